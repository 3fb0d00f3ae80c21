#!/usr/bin/env python3
"""Coreference of the shipped binary (standard library only).

Usage: bench/coreference.py [--binary target/release/demarche] [--shared ../shared]

OntoGUM test documents of the permitted genres, gold words, predicted mentions: MUC, B-cubed, CEAF-e and their mean (CoNLL F1), exact spans, no
singletons on either side; news apart. GAP test, from raw text: for each of two names and a pronoun, whether the pronoun names it; overall F1 over
the names as the set's authors count it. A name is found where its chain holds a mention whose words lie in the name or the name in them.
"""
import argparse
import collections
import csv
import gzip
import json
import os
import re
import subprocess
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NON_COMMERCIAL = ("GUM_whow", "GUM_fiction", "GUM_reddit")


def documents(binary, paths):
    """Runs the binary; yields the rows of each document."""
    out = subprocess.run([binary, "analyse", *paths], capture_output=True, text=True, check=True).stdout
    for part in out.split("# newdoc id = ")[1:]:
        sentences, rows = [], []
        for line in part.split("\n")[1:]:
            if line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                sentences.append(rows)
                rows = []
        yield sentences


def chains(sentences):
    """Entity brackets → number → set of (sentence, first, last)."""
    found = collections.defaultdict(set)
    for n, rows in enumerate(sentences):
        opened = []
        for i, row in enumerate(rows):
            m = re.search(r"Entity=([^|]*)", row[9])
            for token in re.findall(r"\([^()]+\)?|[^()]+\)", m.group(1) if m else ""):
                number = token.strip("()").split("-")[0]
                if token[0] == "(":
                    opened.append((number, i))
                if token[-1] == ")":
                    at = max((k for k, (other, _) in enumerate(opened) if other == number), default=None)
                    if at is not None:
                        found[number].add((n, opened.pop(at)[1], i))
    return [c for c in found.values() if len(c) > 1]


def muc(gold, got):
    hit = total = 0
    where = {m: k for k, c in enumerate(got) for m in c}
    for c in gold:
        parts = len({where[m] for m in c if m in where}) + sum(m not in where for m in c)
        hit += len(c) - parts
        total += len(c) - 1
    return hit, total


def b_cubed(gold, got):
    where = {m: k for k, c in enumerate(got) for m in c}
    hit = sum(len(c & got[where[m]]) / len(c) for c in gold for m in c if m in where)
    return hit, sum(map(len, gold))


def assignment(gain):
    """The largest total of a one-to-one choice in a matrix (Kuhn 1955, with potentials)."""
    n, m = len(gain), len(gain[0])
    if n > m:
        return assignment([list(column) for column in zip(*gain)])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], column = i, 0
        least, back, used = [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while True:
            used[column] = True
            row, delta, following = match[column], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    cost = -gain[row - 1][j - 1] - u[row] - v[j]
                    if cost < least[j]:
                        least[j], back[j] = cost, column
                    if least[j] < delta:
                        delta, following = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column] = match[back[column]]
            column = back[column]
    return sum(gain[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def ceaf_e(gold, got):
    if not gold or not got:
        return 0.0
    return assignment([[2 * len(a & b) / (len(a) + len(b)) for b in got] for a in gold])


def ratio(hit, precision_of, recall_of):
    p, r = hit[0] / max(1, precision_of), hit[1] / max(1, recall_of)
    return 2 * p * r / max(1e-9, p + r)


def conll(pairs):
    """(gold, found) chains of each document → MUC, B³, CEAF-e, mean, in per cent."""
    sums = collections.Counter()
    for gold, got in pairs:
        for name, measure in (("muc", muc), ("b3", b_cubed)):
            hit, total = measure(gold, got)
            sums[name + " r"] += hit
            sums[name + " gold"] += total
            hit, total = measure(got, gold)
            sums[name + " p"] += hit
            sums[name + " got"] += total
        sums["ceaf"] += ceaf_e(gold, got)
        sums["gold"] += len(gold)
        sums["got"] += len(got)
    scores = [100 * ratio((sums[n + " p"], sums[n + " r"]), sums[n + " got"], sums[n + " gold"]) for n in ("muc", "b3")]
    scores.append(100 * ratio((sums["ceaf"], sums["ceaf"]), sums["got"], sums["gold"]))
    return scores + [sum(scores) / 3]


def test_documents(shared):
    with gzip.open(os.path.join(shared, "train/ud_gum/en_gum-ud-test.conllu.gz"), "rt", encoding="utf8") as file:
        return sorted({line[12:].strip().rsplit("-", 1)[0] for line in file if line.startswith("# sent_id = ")})


def onto_gum(binary, shared, part=None):
    wanted = {d for d in part or test_documents(shared) if not d.startswith(NON_COMMERCIAL)}
    gold = {}
    with tarfile.open(os.path.join(shared, "train/ontogum/ontogum.tar.xz")) as tar:
        for member in tar:
            name = os.path.basename(member.name).removesuffix(".conllu")
            if name in wanted:
                sentences, rows = [], []
                for line in tar.extractfile(member).read().decode("utf8").splitlines() + [""]:
                    cells = line.split("\t")
                    if cells[0].isdigit():
                        rows.append(cells)
                    elif not line and rows:
                        sentences.append(rows)
                        rows = []
                gold[name] = sentences
    names = sorted(gold)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name in names:
            paths.append(os.path.join(folder, name + ".conllu"))
            with open(paths[-1], "w", encoding="utf8") as file:
                for rows in gold[name]:
                    file.writelines(f"{i}\t{r[1]}\n" for i, r in enumerate(rows, 1))
                    file.write("\n")
        found = list(documents(binary, paths))
    assert len(found) == len(names), (len(found), len(names))
    pairs = {name: (chains(gold[name]), chains(out)) for name, out in zip(names, found)}
    return pairs


def gap(binary, shared, part="test"):
    with gzip.open(os.path.join(shared, f"measure/gap/gap-{part}.tsv.gz"), "rt", encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8", delete=False) as file:
        for row in rows:
            file.write(json.dumps({"id": row["ID"], "text": row["Text"]}) + "\n")
    try:
        out = subprocess.run([binary, "analyse", "--any-language", file.name], capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    found = {}
    for part_ in out.split("# newdoc id = ")[1:]:
        name, rest = part_.split("\n", 1)
        sentences, current = [], []
        for line in rest.split("\n"):
            if line and line[0] != "#":
                current.append(line.split("\t"))
            elif not line and current:
                sentences.append(current)
                current = []
        found[name] = sentences
    tally = collections.defaultdict(collections.Counter)
    for row in rows:
        sentences = found.get(row["ID"], [])
        spans = []
        for chain in chains(sentences):
            spans.append([tuple(int(re.search(key + r"=(\d+)", sentences[s][i][9]).group(1)) for key, i in (("start_char", a), ("end_char", b))) for s, a, b in chain])
        at = int(row["Pronoun-offset"])
        mine = [c for c in spans if any(a == at and b == at + len(row["Pronoun"]) for a, b in c)]
        feminine = row["Pronoun"].lower() in ("she", "her", "hers")
        for name in "AB":
            a, b = int(row[name + "-offset"]), int(row[name + "-offset"]) + len(row[name])
            guess = any((x <= a and b <= y and y - x <= 2 * (b - a) + 24) or (a <= x and y <= b) for c in mine for x, y in c if x != at)
            gold = row[name + "-coref"].upper() == "TRUE"
            for group in ("all", "feminine" if feminine else "masculine"):
                tally[group].update(hit=guess and gold, got=guess, gold=gold)
    return {g: 200 * c["hit"] / max(1, c["got"] + c["gold"]) for g, c in tally.items()} | {"P": 100 * tally["all"]["hit"] / max(1, tally["all"]["got"])}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "demarche"))
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    options = parser.parse_args()
    pairs = onto_gum(options.binary, options.shared)
    for name, chosen in (("all permitted genres", pairs), ("news", {k: v for k, v in pairs.items() if k.startswith("GUM_news")})):
        scores = conll(chosen.values())
        print(f"| coreference, predicted mentions | OntoGUM test, {name} ({len(chosen)} documents) | " + ", ".join(f"{n} {v:.1f}" for n, v in zip(("MUC", "B³", "CEAF-e", "CoNLL"), scores)) + " |")
    print("| pronouns | GAP test | " + ", ".join(f"{k} F1 {v:.1f}" if k != "P" else f"precision {v:.1f}" for k, v in gap(options.binary, options.shared).items()) + " |")


if __name__ == "__main__":
    main()
