#!/usr/bin/env python3
"""PropBank roles and event factuality of the shipped binary, on gold words (standard library only).

Usage: bench/roles.py [--binary target/release/demarche] [--shared ../shared]

Roles: the English Web Treebank's test sentences with PropBank, gold predicates; an argument is its label and its head word (of the gold span in
the gold tree), labels as in PropBank with continuations and references. Factuality: Pearson's r of the score on the annotated words.
"""
import argparse
import gzip
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def analyse(binary, sentences):
    """Runs the binary on lists of (word, MISC); the rows of each sentence."""
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf8", delete=False) as file:
        for words in sentences:
            file.writelines(f"{i}\t{w}" + "\t_" * 7 + f"\t{misc}\n" for i, (w, misc) in enumerate(words, 1))
            file.write("\n")
    try:
        out = subprocess.run([binary, "analyse", file.name], capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    found, rows = [], []
    for line in out.split("\n"):
        if line and line[0] != "#":
            rows.append(dict(pair.split("=", 1) for pair in line.split("\t")[9].split("|")))
        elif not line and rows:
            found.append(rows)
            rows = []
    return found


def roles(binary, shared):
    os.environ["DEMARCHE_CORPORA"] = os.path.join(shared, "train")
    sys.path.insert(0, os.path.join(HERE, "..", "training"))
    spec = importlib.util.spec_from_file_location("corpora", os.path.join(HERE, "..", "training", "1_corpora.py"))
    corpora = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpora)
    gold = [s for s in corpora.ewt() if s["split"] == "test" and "srl" in s]
    predicates = [{p for p, _ in s["srl"]} for s in gold]
    found = analyse(binary, [[(w, "Predicate=" + ("Yes" if i in own else "No")) for i, w in enumerate(s["words"])] for s, own in zip(gold, predicates)])
    hit = got = total = 0
    for s, rows in zip(gold, found):
        right = {(p, a, label) for p, args in s["srl"] for a, label in args}
        guess = {(int(p) - 1, a, label) for a, row in enumerate(rows) for label, p in (x.rsplit(":", 1) for x in row.get("Srl", "").split(",") if x)}
        hit, got, total = hit + len(right & guess), got + len(guess), total + len(right)
    return len(gold), 100 * hit / got, 100 * hit / total


def factuality(binary, path):
    opened = gzip.open(path, "rt", encoding="utf8") if path.endswith("gz") else open(path, encoding="utf8")
    with opened as file:
        rows = [json.loads(line) for line in file]
    found = analyse(binary, [[(w, "_") for w in row["text"].split(" ")] for row in rows])
    assert len(rows) == len(found)
    pairs, absent = [], 0
    for row, out in zip(rows, found):
        for target in row["targets"]:
            at = target["span1"][0]
            value = out[at].get("Fact")
            absent += value is None
            pairs.append((target["label"], float(value or 2.0)))
    n = len(pairs)
    mx, my = (sum(p[k] for p in pairs) / n for k in (0, 1))
    covariance = sum((x - mx) * (y - my) for x, y in pairs)
    r = covariance / math.sqrt(sum((x - mx) ** 2 for x, _ in pairs) * sum((y - my) ** 2 for _, y in pairs))
    return n, absent, r, sum(abs(x - y) for x, y in pairs) / n


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "demarche"))
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    options = parser.parse_args()
    n, p, r = roles(options.binary, options.shared)
    print(f"| roles, gold predicates | PropBank on EWT test ({n} sentences) | P {p:.1f}, R {r:.1f}, F1 {2 * p * r / (p + r):.1f} |")
    for name, path in (("UDS-IH2 test", "UDS_IH2/test.jsonl.gz"), ("MEANTIME test", "MEANTIME/test.jsonl")):
        n, absent, r, error = factuality(options.binary, os.path.join(options.shared, "train/factuality", path))
        print(f"| factuality | {name} ({n} words, {absent} without a score taken as 2) | Pearson r {r:.3f}, mean absolute error {error:.2f} |")


if __name__ == "__main__":
    main()
