#!/usr/bin/env python3
"""Accuracy of the language layer in the shipped binary, on gold words (standard library only).

Usage: bench/accuracy.py [--binary target/release/demarche] [--shared ../shared] [--out bench/runs]

Tags and trees: UD EWT test, UD GUM test without its non-commercial genres, UD PUD; relations with subtypes. Names: all documents of the English Worldwide
Newswire set; exact spans and kinds. Label mapping: PERSON → PER, ORGANIZATION → ORG, LOCATION → LOC; the set's other labels are left out on both sides. Writes a dated table.
"""
import argparse
import collections
import datetime
import gzip
import hashlib
import os
import re
import subprocess
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NON_COMMERCIAL = ("GUM_whow", "GUM_fiction", "GUM_reddit")
NAMES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}


def conllu(lines):
    sentence, rows = "", []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# sent_id = "):
            sentence = line[12:]
        elif line and line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            yield sentence, rows
            rows = []
    if rows:
        yield sentence, rows


def opened(path):
    return gzip.open(path, "rt", encoding="utf8") if path.endswith(".gz") else open(path, encoding="utf8")


def analyse(binary, sentences):
    """Runs the binary on lists of words."""
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf8", delete=False) as file:
        for words in sentences:
            file.writelines(f"{i}\t{w}\n" for i, w in enumerate(words, 1))
            file.write("\n")
    try:
        out = subprocess.run([binary, "analyse", file.name], capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    return [rows for _, rows in conllu(out.split("\n"))]


def trees(binary, path, leave_out=()):
    gold = [rows for sentence, rows in conllu(opened(path)) if not sentence.startswith(leave_out or ("\0",)) and any(r[1] != "_" for r in rows)]
    got = analyse(binary, [[r[1] for r in rows] for rows in gold])
    assert len(gold) == len(got), (len(gold), len(got))
    count = collections.Counter()
    for a, b in zip(gold, got):
        for x, y in zip(a, b):
            count["words"] += 1
            count["upos"] += x[3] == y[3]
            count["lemma"] += x[2] == y[2]
            count["uas"] += x[6] == y[6]
            count["las"] += x[6] == y[6] and x[7] == y[7]
    n = count["words"]
    return len(gold), n, {k: 100 * count[k] / n for k in ("upos", "lemma", "uas", "las")}


def spans(tags):
    """Begin/inside (or BIOES) tags → set of (first, last, kind)."""
    out = []
    for i, tag in enumerate(tags):
        mark, _, kind = tag.partition("-")
        if mark in ("B", "S") or mark in ("I", "E") and not (out and out[-1][1] == i - 1 and out[-1][2] == kind):
            out.append([i, i, kind])
        elif mark in ("I", "E"):
            out[-1][1] = i
    return {tuple(s) for s in out}


def names(binary, path):
    sentences = []
    with tarfile.open(path) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if not member.isfile():
                continue
            rows = []
            for line in tar.extractfile(member).read().decode("utf8").splitlines() + [""]:
                cells = line.split("\t")
                if len(cells) >= 2 and cells[0].strip():
                    rows.append((cells[0].strip(), cells[1].strip()))
                elif rows:
                    sentences.append(rows)
                    rows = []
    got = analyse(binary, [[re.sub(r"\s", "", w) or "_" for w, _ in rows] for rows in sentences])
    tally = collections.defaultdict(collections.Counter)
    for rows, out in zip(sentences, got):
        gold = {(a, b, NAMES[k.upper()]) for a, b, k in spans([t for _, t in rows]) if k.upper() in NAMES}
        tags = [(re.search(r"NER=([BI]-\w+)", r[9]) or [None, "O"])[1] for r in out]
        found = {s for s in spans(tags) if s[2] in NAMES.values()}
        for kind in ("PER", "ORG", "LOC", "all"):
            of = lambda s: {x for x in s if kind in ("all", x[2])}
            tally[kind].update(hit=len(of(gold) & of(found)), gold=len(of(gold)), got=len(of(found)))
    result = {}
    for kind, c in tally.items():
        p, r = c["hit"] / max(1, c["got"]), c["hit"] / max(1, c["gold"])
        result[kind] = (100 * p, 100 * r, 200 * p * r / max(1e-9, p + r))
    return len(sentences), result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "demarche"))
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    parser.add_argument("--out", default=os.path.join(HERE, "runs"))
    options = parser.parse_args()
    shared = options.shared
    lines = ["| task | set | sentences | result |", "|---|---|---|---|"]
    for name, path, out in (("UD EWT test", "train/ud_ewt/en_ewt-ud-test.conllu.gz", ()), ("UD GUM test, permitted genres", "train/ud_gum/en_gum-ud-test.conllu.gz", NON_COMMERCIAL),
                            ("UD PUD", "measure/ud_pud/en_pud-ud-test.conllu.gz", ())):
        count, words, scores = trees(options.binary, os.path.join(shared, path), out)
        lines.append(f"| tags, lemmas, trees (gold words) | {name} | {count} ({words} words) | " + ", ".join(f"{k.upper()} {v:.2f}" for k, v in scores.items()) + " |")
        print(lines[-1], flush=True)
    count, scores = names(options.binary, os.path.join(shared, "measure/en_worldwide_ner/processed_annotated.tar.xz"))
    for kind, (p, r, f) in scores.items():
        lines.append(f"| names, {kind} | English Worldwide Newswire, all documents | {count} | P {p:.2f}, R {r:.2f}, F1 {f:.2f} |")
        print(lines[-1], flush=True)
    model = hashlib.sha256(open(os.path.join(HERE, "..", "model", "demarche.onnx"), "rb").read()).hexdigest()
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True).stdout.strip()
    day = datetime.date.today().isoformat()
    path = os.path.join(options.out, f"{day}-language.md")
    os.makedirs(options.out, exist_ok=True)
    with open(path, "w", encoding="utf8") as file:
        file.write(f"# Accuracy of the language layer, {day}\n\n`bench/accuracy.py`, shipped binary at {commit} (and what was not committed), model sha256 {model[:16]}…, {cpu}. Gold words; relations with "
                   "subtypes; names by exact span and kind (PERSON → PER, ORGANIZATION → ORG, LOCATION → LOC, other labels left out).\n\n" + "\n".join(lines) + "\n")
    print(path)


if __name__ == "__main__":
    main()
