#!/usr/bin/env python3
"""Step 1: corpora → one sentence a line with every annotation it has (`WORK/corpora.jsonl`).

Left out of training: GUM's non-commercial genres and its five news documents that are measured elsewhere, UW's test part, and the official
test parts of every corpus. Dev parts are kept apart for choosing; test parts are written so that a run can be scored on them.
"""
import collections
import csv
import glob
import gzip
import json
import os
import re
import tarfile
from xml.etree import ElementTree

from common import CORPORA, WORK, lemma_script, write_jsonl

NON_COMMERCIAL = ("GUM_whow", "GUM_fiction", "GUM_reddit")
MEASURED = {"GUM_news_asylum", "GUM_news_worship", "GUM_news_korea", "GUM_news_election", "GUM_news_questionnaire"}
TITLES = set("mr mrs ms miss dr prof professor president minister judge justice senator sen rep representative captain general gen colonel sir lord lady queen king prince princess pope father sister saint chancellor secretary chief".split())
GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}


def conllu(path):
    """Yields (document, sentence id, rows) with basic tokens only."""
    document, sentence, rows = None, None, []
    with gzip.open(path, "rt", encoding="utf8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document = line[14:]
            elif line.startswith("# sent_id = "):
                sentence = line[12:]
            elif line and line[0] != "#":
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line and rows:
                yield document, sentence, rows
                rows = []


def tree(rows):
    words = [r[1] for r in rows]
    return {
        "words": words,
        "upos": [r[3] for r in rows],
        "feats": [r[5] for r in rows],
        "lemma": [lemma_script(r[1], r[2]) for r in rows],
        "head": [int(r[6]) for r in rows],
        "rel": [r[7] for r in rows],
    }


def head_of(span, head):
    """The word of a span (set of 0-based indices) whose head lies outside; the first of them."""
    for i in sorted(span):
        if head[i] - 1 not in span:
            return i
    return min(span)


def gum_names(rows):
    """Names inside GUM's entity mentions: the run of proper nouns around the mention's head. None where the mention does not say."""
    n = len(rows)
    names, open_mentions = ["O"] * n, []
    mentions = []
    for i, row in enumerate(rows):
        m = re.search(r"Entity=([^|]*)", row[9])
        if not m:
            continue
        for token in re.findall(r"\([^()]*\)?|[^()]*\)", m.group(1)):
            if token.startswith("("):
                kind = token[1:].split("-")[1] if token.count("-") else ""
                open_mentions.append((i, kind, token.strip("()").split("-")[0]))
                if token.endswith(")"):
                    start, kind, _ = open_mentions.pop()
                    mentions.append((start, i, kind))
            elif token:
                entity = token.rstrip(")").split("-")[0]
                for k in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[k][2] == entity:
                        start, kind, _ = open_mentions.pop(k)
                        mentions.append((start, i, kind))
                        break
    heads = [int(r[6]) for r in rows]
    # A name within a name ("University of California") is part of it: the wider mention has the last word.
    for start, end, kind in sorted(mentions, key=lambda m: m[1] - m[0]):
        span = set(range(start, end + 1))
        h = head_of(span, heads)
        if rows[h][3] != "PROPN":
            continue
        first = last = h
        while first - 1 >= start and (rows[first - 1][3] == "PROPN" or rows[first - 1][4].startswith("NNP")):
            first -= 1
        while last + 1 <= end and (rows[last + 1][3] == "PROPN" or rows[last + 1][4].startswith("NNP")
                                   or (rows[last + 1][1] in ("of", "for", "the", "-", "and") and last + 2 <= end
                                       and (rows[last + 2][3] == "PROPN" or rows[last + 2][1] == "the") and kind == "organization")):
            last += 1
        while kind == "person" and first < last and rows[first][1].rstrip(".").lower() in TITLES:
            first += 1
        label = GUM_NAMES.get(kind)
        if kind == "person" and rows[h][4] == "NNPS":
            label = "NORP"
        for i in range(first, last + 1):
            names[i] = f"{'B' if i == first else 'I'}-{label}" if label else "?"
    for i, row in enumerate(rows):
        if names[i] == "O":
            if row[3] == "PROPN":
                names[i] = "?"
            elif row[3] == "ADJ" and row[1][:1].isupper() and i and re.search(r"(an|ian|ish|ese|i|ch)$", row[1]):
                names[i] = "B-NORP"
    return names


def coreference():
    """Sentence id → (head, cluster) of every mention that OntoGUM joins to another."""
    out = {}
    with tarfile.open(os.path.join(CORPORA, "ontogum", "ontogum.tar.xz")) as tar:
        for member in tar:
            if not member.name.endswith(".conllu"):
                continue
            sentence, rows = None, []
            for line in tar.extractfile(member).read().decode("utf8").splitlines() + [""]:
                if line.startswith("# sent_id = "):
                    sentence = line[12:]
                elif line and line[0] != "#":
                    cells = line.split("\t")
                    if cells[0].isdigit():
                        rows.append(cells)
                elif not line and rows:
                    out[sentence] = clusters(rows)
                    rows = []
    return out


def clusters(rows):
    heads = [int(r[6]) for r in rows]
    found, opened = [], []
    for i, row in enumerate(rows):
        m = re.search(r"Entity=([^|]*)", row[9])
        for token in re.findall(r"\([^()]+\)?|[^()]+\)", m.group(1) if m else ""):
            number = token.strip("()").split("-")[0]
            if token[0] == "(":
                opened.append((number, i))
            if token[-1] == ")":
                k = max((k for k, (n, _) in enumerate(opened) if n == number), default=None)
                if k is not None:
                    _, start = opened.pop(k)
                    found.append((head_of(set(range(start, i + 1)), heads), number, start, i))
    return found


def propbank():
    """(document key, sentence number) → list of (predicate, {label: set of word indices})."""
    out = collections.defaultdict(dict)
    with tarfile.open(os.path.join(CORPORA, "propbank_ewt", "ewt.tar.xz")) as tar:
        for member in tar:
            if not member.name.endswith(".gold_skel"):
                continue
            key = re.sub(r"[^A-Za-z0-9]", "", os.path.basename(member.name)[: -len(".gold_skel")]).removesuffix("xml")
            rows = []
            for line in tar.extractfile(member).read().decode("utf8").splitlines() + [""]:
                if line.strip():
                    rows.append(line.split())
                elif rows:
                    number = int(rows[0][1])
                    out[key][number] = (len(rows), propositions(rows))
                    rows = []
    return out


def propositions(rows):
    found = []
    columns = len(rows[0]) - 8
    for c in range(columns):
        predicate, arguments, current = None, [], None
        for i, row in enumerate(rows):
            cell = row[8 + c]
            m = re.match(r"\(([^*()]+)", cell)
            if m:
                current = (m.group(1), set())
                arguments.append(current)
            if current:
                current[1].add(i)
                if current[0] == "V" and predicate is None:
                    predicate = i
            if ")" in cell:
                current = None
        if predicate is not None:
            found.append((predicate, [(label, span) for label, span in arguments if label != "V"]))
    return found


def ewt():
    roles = propbank()
    matched = missed = 0
    for split, name in (("train", "en_ewt-ud-train.rebuilt"), ("dev", "en_ewt-ud-dev"), ("test", "en_ewt-ud-test")):
        for _, sentence, rows in conllu(os.path.join(CORPORA, "ud_ewt", name + ".conllu.gz")):
            item = tree(rows) | {"set": "ewt", "split": split, "id": sentence}
            genre, rest = sentence.split("-", 1)
            document, number = rest.rsplit("-", 1)
            key = re.sub(r"[^A-Za-z0-9]", "", document)
            size, found = roles.get(key, {}).get(int(number) - 1, (0, None))
            if found is not None and size == len(rows):
                matched += 1
                item["srl"] = [(p, sorted({(head_of(span, item["head"]), label) for label, span in args})) for p, args in found]
            else:
                missed += 1
            yield item
    print(f"PropBank: {matched} sentences matched, {missed} without roles")


def gum():
    joined = coreference()
    for split, name in (("train", "en_gum-ud-train.rebuilt"), ("dev", "en_gum-ud-dev"), ("test", "en_gum-ud-test")):
        for document, sentence, rows in conllu(os.path.join(CORPORA, "ud_gum", name + ".conllu.gz")):
            if sentence.startswith(NON_COMMERCIAL) or all(r[1] == "_" for r in rows):
                continue
            document = sentence.rsplit("-", 1)[0]
            part = "held" if document in MEASURED and split != "test" else split
            item = tree(rows) | {"set": "gum", "split": part, "id": sentence, "doc": document, "ner": gum_names(rows)}
            if sentence in joined:
                item["coref"] = joined[sentence]
            yield item


def wnut():
    kinds = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
    for split, name in (("train", "wnut17train.conll.gz"), ("dev", "emerging.dev.conll")):
        path = os.path.join(CORPORA, "wnut17", name)
        opened = gzip.open(path, "rt", encoding="utf8") if path.endswith("gz") else open(path, encoding="utf8")
        words, names = [], []
        for line in list(opened) + ["\n"]:
            cells = line.strip().split("\t")
            if len(cells) == 2:
                words.append(cells[0])
                bio, _, kind = cells[1].partition("-")
                names.append("O" if bio == "O" else f"{bio}-{kinds[kind]}" if kind in kinds else "?")
            elif words:
                yield {"set": "wnut", "split": split, "words": words, "ner": names}
                words, names = [], []


def factuality():
    test_texts = set()
    for name in ("UW/test.jsonl", "UDS_IH2/test.jsonl.gz", "MEANTIME/test.jsonl"):
        test_texts.update(r["text"] for r in jsonl(os.path.join(CORPORA, "factuality", name)))
    for corpus, files in (("UW", ("train", "dev")), ("UDS_IH2", ("train", "dev", "test")), ("MEANTIME", ("train", "dev", "test"))):
        for split in files:
            for path in glob.glob(os.path.join(CORPORA, "factuality", corpus, split + ".jsonl*")):
                for row in jsonl(path):
                    if split != "test" and row["text"] in test_texts:
                        continue
                    values = [(t["span1"][0], t["label"]) for t in row["targets"]]
                    yield {"set": corpus.lower(), "split": split, "words": row["text"].split(" "), "fact": values}


def untaught():
    """Real news without labels of ours, for the teacher to label: ECB+ (training topics) and the Causal News Corpus."""
    with tarfile.open(os.path.join(CORPORA, "ecbplus", "ecbplus.tar.xz")) as tar:
        for member in tar:
            name = os.path.basename(member.name)
            m = re.match(r"(\d+)_", name)
            if not name.endswith(".xml") or not m or int(m.group(1)) > 35:
                continue
            words, last = [], None
            for token in ElementTree.fromstring(tar.extractfile(member).read()).iter("token"):
                if words and token.get("sentence") != last:
                    yield {"set": "ecb", "split": "train", "words": words}
                    words = []
                last = token.get("sentence")
                words.append((token.text or "_").strip() or "_")
            if words:
                yield {"set": "ecb", "split": "train", "words": words}
    for name in ("train_subtask1.csv.gz", "dev_subtask1.csv"):
        path = os.path.join(CORPORA, "cnc", "V2", name)
        with gzip.open(path, "rt", encoding="utf8") if name.endswith("gz") else open(path, encoding="utf8") as file:
            for row in csv.DictReader(file):
                yield {"set": "cnc", "split": "train", "words": row["text"].split()}


def jsonl(path):
    opened = gzip.open(path, "rt", encoding="utf8") if path.endswith("gz") else open(path, encoding="utf8")
    with opened as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    rows = [*ewt(), *gum(), *wnut(), *factuality(), *untaught()]
    write_jsonl(os.path.join(WORK, "corpora.jsonl"), rows)
