#!/usr/bin/env python3
"""Step 3: the event training set → one sentence a line (`WORK/events.jsonl`). `3_events.py CHECKPOINT`.

Words come from the program's own tokenizer (`cargo build --release -p demarche-language --example tokens`), heads of spans from the parser that
step 2 has trained: the runtime reads parties off the same trees.
"""
import collections
import glob
import hashlib
import importlib.util
import json
import os
import subprocess
import sys

import torch

import common
from model import Pieces, load

spec = importlib.util.spec_from_file_location("check", os.path.join(common.HERE, "events", "check.py"))
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)


def tokenised(blocks):
    """Sentences of each block as lists of (start, end)."""
    tool = os.path.join(common.ROOT, "target", "release", "examples", "tokens")
    text = "".join(json.dumps(b.text) + "\n" for b in blocks)
    out = subprocess.run([tool], input=text, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


@torch.no_grad()
def parse(network, pieces, sentences):
    """Greedy trees: heads (0-based, the root its own head), relations and tags of each sentence."""
    network.eval()
    out = []
    for words in sentences:
        ids, first = pieces.sentence(words)
        if len(ids) > 300:
            out.append((list(range(len(words))), ["dep"] * len(words), ["X"] * len(words)))
            continue
        x = network.words(torch.tensor([ids]), torch.tensor([first]))
        arc = network.arc(x)[0, 0]
        arc.fill_diagonal_(-1e4)
        heads = arc[1:].argmax(-1).tolist()
        rel = network.rel(x)[0, :, range(1, len(heads) + 1), heads].argmax(0).tolist()
        tags = network.heads["upos"](x)[0, 1:].argmax(-1).tolist()
        out.append(([(j if h == 0 else h - 1) for j, h in enumerate(heads)], [network.labels["rel"][r] for r in rel], [network.labels["upos"][t] for t in tags]))
    return out


class Sentence:
    """One sentence of a block, with the words' offsets and heads."""

    def __init__(self, text, tokens, tree):
        self.tokens = tokens
        self.heads, self.rel, self.tags = tree
        self.words = [text[a:b] for a, b in tokens]
        self.start, self.end = tokens[0][0], tokens[-1][1]

    def words_of(self, start, end):
        return [i for i, (a, b) in enumerate(self.tokens) if a < end and start < b]

    def head_of(self, start, end):
        inside = self.words_of(start, end)
        if not inside:
            return None
        solid = [i for i in inside if any(c.isalnum() for c in self.words[i])] or inside
        outer = [i for i in solid if self.heads[i] not in inside or self.heads[i] == i]
        return (outer or solid)[0]

    def distance(self, a, b):
        def path(i):
            found = [i]
            while self.heads[i] != i and len(found) < 60 and self.heads[i] not in found:
                i = self.heads[i]
                found.append(i)
            return found

        pa, pb = path(a), path(b)
        common_ = next((i for i in pa if i in pb), None)
        return 99 if common_ is None else pa.index(common_) + pb.index(common_)


def rows_of(block, sentences, split):
    kind = next((k for k in ("plain", "running", "world") if os.path.basename(block.path).startswith(k)), "events")
    found = [(s, {"set": kind, "split": split, "words": s.words, "ner": ["O"] * len(s.words), "trigger": ["O"] * len(s.words),
                  "status": [], "mode": [], "context": [], "roles": [], "role_from": [], "ignore": []}) for s in sentences]

    def at(start):
        return next(((s, row) for s, row in found if s.start <= start < s.end), (None, None))

    for span in sorted((x for x in block.spans if x["kind"]), key=lambda x: x["start"] - x["end"], reverse=True):
        s, row = at(span["start"])
        for k, i in enumerate(s.words_of(span["start"], span["end"]) if s else []):
            row["ner"][i] = f"{'I' if k else 'B'}-{common.NAME_OF_LETTER[span['kind']]}"
    spans = {}
    for span in block.spans:
        if span["number"]:
            spans.setdefault(span["number"], []).append(span)

    def mentions(number, s):
        """Heads of a number's spans in this sentence."""
        return [h for x in spans.get(number, []) if s.start <= x["start"] < s.end for h in [s.head_of(x["start"], x["end"])] if h is not None]

    def link(s, row, source, number, role):
        heads = [h for h in mentions(number, s) if h != source]
        if not heads:
            return None
        heads.sort(key=lambda h: (s.distance(source, h), h))
        row["roles"].append((source, heads[0], role))
        row["ignore"] += [(source, h) for h in heads[1:] if h != heads[0]]
        return heads[0]

    def cue(s, row, number):
        """Marks a cue word as a node; its head."""
        heads = mentions(number, s)
        if not heads:
            return None
        if row["trigger"][heads[0]] == "O":
            row["trigger"][heads[0]] = "CUE"
        if heads[0] not in row["role_from"]:
            row["role_from"].append(heads[0])
        return heads[0]

    triggers = {}
    for record in block.records:
        start, end = block.triggers[record["letter"]]
        s, row = at(start)
        if s is None:
            continue
        word = s.head_of(start, end)
        triggers[record["letter"]] = (s, row, word)
        if record["optional"]:
            row["trigger"][word] = "?"
        elif row["trigger"][word] in ("O", "CUE"):
            row["trigger"][word] = record["event"]
    for record in block.records:
        if record["letter"] not in triggers or record["optional"]:
            continue
        s, row, word = triggers[record["letter"]]
        if row["trigger"][word] != record["event"] or any(i == word for i, _ in row["status"]):
            continue  # a second record on the same word
        row["status"].append((word, record["status"]))
        row["mode"].append((word, [f"{record['event']}/{m}" for m in record["modes"]]))
        row["context"].append((word, record["about"]))
        row["role_from"].append(word)
        for role, numbers in (("actor", record["actors"]), ("recipient", record["recipients"]), ("time", [record["when"]]), ("place", [record["where"]]),
                              ("count", [n for n, _ in record["count"]]), ("status", record["cue"])):
            for number in numbers:
                if number:
                    link(s, row, word, number, role)
        source = word
        for inner in reversed(record["by"]):
            head = cue(s, row, inner["cue"]) if inner["cue"] else None
            if head is not None and head != source:
                row["roles"].append((source, head, "cue"))
                source = head
            if inner["speaker"]:
                link(s, row, source, inner["speaker"], "speaker")
    for speaker, number in block.statements:
        for s, row in found:
            head = cue(s, row, number) if number else None
            if head is not None and speaker:
                link(s, row, head, speaker, "speaker")
    for _, row in found:
        # One part a pair: an actor that is also the speaker of the same word stays the actor.
        rank = {r: i for i, r in enumerate(("actor", "recipient", "speaker", "cue", "status", "count", "time", "place"))}
        best = {}
        for source, target, role in row["roles"]:
            if (source, target) not in best or rank[role] < rank[best[source, target]]:
                best[source, target] = role
        row["roles"] = [(a, b, r) for (a, b), r in best.items()]
        row["ignore"] = [p for p in row["ignore"] if tuple(p) not in best]
        row["role_from"] = sorted(set(row["role_from"]))
    joined(block, found, triggers)
    return [row for _, row in found]


def joined(block, found, triggers):
    """Which words of the block name the same party or event. Only numbered parties and marked triggers are known, no other word."""
    clusters = collections.defaultdict(set)
    for n, (s, _) in enumerate(found):
        for span in block.spans:
            if span["number"] and s.start <= span["start"] < s.end:
                head = s.head_of(span["start"], span["end"])
                if head is not None:
                    clusters[str(span["number"])].add((n, head))
    first = {}
    for record in block.records:
        if record["letter"] in triggers and not record["optional"]:
            s, row, word = triggers[record["letter"]]
            event = first[record["letter"]] = first.get(record["same"], record["letter"]) if record["same"] else record["letter"]
            clusters[event].add((next(n for n, (other, _) in enumerate(found) if other is s), word))
    taken = collections.Counter(at for members in clusters.values() for at in members)
    if not any(len(members) > 1 for members in clusters.values()):
        return
    name = hashlib.sha256(block.text.encode()).hexdigest()[:16]
    for n, (s, row) in enumerate(found):
        row["doc"] = name
        row["coref"] = sorted((word, cluster) for cluster, members in clusters.items() for m, word in members if m == n and taken[m, word] == 1)
        row["guess"] = {"upos": s.tags, "head": [0 if h == i else h + 1 for i, h in enumerate(s.heads)], "rel": s.rel}


def main():
    network, _ = load(sys.argv[1])
    pieces = Pieces()
    blocks = [b for path in sorted(glob.glob(os.path.join(common.HERE, "events", "*.txt"))) for b in check.read(path) if not b.problems]
    split = tokenised(blocks)
    flat = [[b.text[a:c] for a, c in tokens] for b, sentences in zip(blocks, split) for tokens in sentences]
    trees = iter(parse(network, pieces, flat))
    rows = []
    for block, sentences in zip(blocks, split):
        part = "dev" if int(hashlib.sha256(block.text.encode()).hexdigest(), 16) % 25 == 0 else "train"
        rows += rows_of(block, [Sentence(block.text, [tuple(t) for t in tokens], next(trees)) for tokens in sentences], part)
    common.write_jsonl(os.path.join(common.WORK, "events.jsonl"), rows)


if __name__ == "__main__":
    main()
