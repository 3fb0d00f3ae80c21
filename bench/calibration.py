#!/usr/bin/env python3
"""Is `confidence` the share of records that are right? Reliability curve and expected calibration error (standard library only).

Usage: bench/calibration.py [--binary target/release/demarche] [--desk ../shared/measure/desk] [--fit]

A record is right where its type, actors and recipients are. Two sets:

* the development part of our training set (texts whose SHA-256 is divisible by 25, as `training/3_events.py` splits): trigger and parties by their places in the text;
* the desk set, where it is at hand: as its own `score.py` counts triples; records matched to optional mentions are left out.

`--fit` writes `model/calibration.tsv` from the first set alone: isotonic regression of right on the raw confidence (which a record's evidence keeps), in steps of at least 25 records,
a point at each step's mean. Build again afterwards, and fit again whenever the model is trained again. The desk set is never fitted on.
"""
import argparse
import collections
import glob
import hashlib
import importlib.util
import json
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..")
TABLE = os.path.join(ROOT, "model", "calibration.tsv")


def coded(binary, articles):
    """Records of every status by article."""
    lines = "".join(json.dumps(a) + "\n" for a in articles)
    out = subprocess.run([binary, "code", "-", "--format", "jsonl", "--all", "--any-language"], input=lines, capture_output=True, text=True).stdout
    records = collections.defaultdict(list)
    for line in out.splitlines():
        record = json.loads(line)
        records[record["article"]["id"]].append(record)
    return records


def raw(record):
    return next(e["score"] for e in record["evidence"] if e["field"] == "confidence")


def own(binary):
    """(raw, calibrated, right) of the records of our development texts."""
    spec = importlib.util.spec_from_file_location("check", os.path.join(ROOT, "training", "events", "check.py"))
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    blocks = [b for path in sorted(glob.glob(os.path.join(ROOT, "training", "events", "*.txt"))) for b in check.read(path) if not b.problems]
    blocks = [b for b in blocks if int(hashlib.sha256(b.text.encode()).hexdigest(), 16) % 25 == 0]
    records = coded(binary, [{"id": str(i), "text": b.text} for i, b in enumerate(blocks)])
    out = []
    for i, block in enumerate(blocks):
        spans = collections.defaultdict(list)
        for span in block.spans:
            if span["number"]:
                spans[span["number"]].append((span["start"], span["end"]))

        def same(numbers, actors):
            """Every numbered party is among the actors, and every actor is one of them."""
            hit = lambda n, a: any(s < a["end"] and a["start"] < e for s, e in spans[n])
            return all(any(hit(n, a) for a in actors) for n in numbers) and all(any(hit(n, a) for n in numbers) for a in actors)

        used = set()
        for record in records[str(i)]:
            trigger = record["trigger"]
            near = [r for r in block.records if block.triggers[r["letter"]][0] < trigger["end"] and trigger["start"] < block.triggers[r["letter"]][1] and id(r) not in used]
            if near and near[0]["optional"]:
                continue
            used.update(id(r) for r in near[:1])
            right = bool(near) and near[0]["event"] == record["event"] and same(near[0]["actors"], record["actors"]) and same(near[0]["recipients"], record["recipients"])
            out.append((raw(record), record["confidence"], right))
    return out, len(blocks)


def desk(binary, folder):
    sys.path.insert(0, folder)
    import score
    articles = json.load(open(os.path.join(folder, "articles.json"), encoding="utf8"))
    gold = [json.loads(line) for line in open(os.path.join(folder, "gold.jsonl"), encoding="utf8")]
    records = coded(binary, articles)
    out = []
    for article in articles:
        golds, given = [g for g in gold if g["doc"] == article["id"]], records[article["id"]]
        taken, used = {}, set()
        candidates = []
        for i, g in enumerate(golds):
            for j, p in enumerate(given):
                if p["sentence"]["start"] <= g["start"] < p["sentence"]["end"]:
                    over = p["trigger"]["start"] < g["start"] + len(g["trigger"]) and g["start"] < p["trigger"]["end"]
                    for a in g["alternatives"]:
                        same = a["event"] == p["event"]
                        if same or over:
                            fit = sum(score.parties(a[k]) == score.parties(p[k]) for k in ("actors", "recipients"))
                            candidates.append((4 * same + 2 * over + 0.5 * fit + 0.1 * (not g["optional"]), i, j))
        for _, i, j in sorted(candidates, reverse=True):
            if i not in used and j not in taken:
                used.add(i)
                taken[j] = golds[i]
        for j, p in enumerate(given):
            g = taken.get(j)
            if g and g["optional"]:
                continue
            right = bool(g) and any(a["event"] == p["event"] and all(score.parties(a[k]) == score.parties(p[k]) for k in ("actors", "recipients")) for a in g["alternatives"])
            out.append((raw(p), p["confidence"], right))
    return out, len(articles)


def error(pairs):
    """Expected calibration error in ten bins of equal width, and the bins."""
    bins = collections.defaultdict(list)
    for confidence, right in pairs:
        bins[min(9, int(10 * confidence))].append((confidence, right))
    gap = sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values()) / max(1, len(pairs))
    return gap, sorted(bins.items())


def show(name, rows, size):
    print(f"\n{name}: {size} texts, {len(rows)} records, {sum(r for *_, r in rows)} right")
    for column, label in ((0, "raw"), (1, "confidence")):
        gap, bins = error([(r[column], r[2]) for r in rows])
        print(f"expected calibration error, {label}: {gap:.3f}")
        for k, b in bins:
            print(f"  {k / 10:.1f}-{(k + 1) / 10:.1f}  records {len(b):4d}  mean {sum(c for c, _ in b) / len(b):.3f}  right {sum(r for _, r in b) / len(b):.3f}")


def fit(rows, least=25):
    """Isotonic regression by pooling neighbours; points (mean raw, share right)."""
    rows = sorted((r[0], r[2]) for r in rows)
    steps = []
    for at in range(0, len(rows), least):
        part = rows[at:at + least]
        if len(part) < least and steps:
            steps[-1] += part
        else:
            steps.append(part)
    share = lambda step: sum(r for _, r in step) / len(step)
    at = 0
    while at + 1 < len(steps):
        if share(steps[at]) >= share(steps[at + 1]):
            steps[at:at + 2] = [steps[at] + steps[at + 1]]
            at = max(0, at - 1)
        else:
            at += 1
    return [(sum(c for c, _ in s) / len(s), share(s)) for s in steps]


def along(points, raw):
    """The table's value, as the program reads it."""
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x0 <= raw <= x1:
            return y0 + (y1 - y0) * (raw - x0) / max(1e-9, x1 - x0)
    return points[0][1] if raw < points[0][0] else points[-1][1]


def cross_fitted(rows, folds=5):
    """Confidences from tables fitted on the other folds (records in a shuffled order that is always the same)."""
    order = list(range(len(rows)))
    random.Random(20261125).shuffle(order)
    out = []
    for k in range(folds):
        points = fit([rows[i] for i in order if i % folds != k])
        out += [(along(points, rows[i][0]), rows[i][2]) for i in order if i % folds == k]
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "demarche"))
    parser.add_argument("--desk", default=os.path.join(ROOT, "..", "shared", "measure", "desk"))
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    rows, size = own(options.binary)
    show("our development part", rows, size)
    print(f"expected calibration error, 5-fold (tables fitted on the other records): {error(cross_fitted(rows))[0]:.3f}")
    if os.path.isdir(options.desk):
        show("desk set", *desk(options.binary, options.desk))
    else:
        print(f"\nno desk set: {options.desk} is absent")
    if options.fit:
        points = fit(rows)
        with open(TABLE, encoding="utf8") as file:
            head = [line for line in file if line.startswith("#")]
        with open(TABLE, "w", encoding="utf8") as file:
            file.writelines(head + ["raw\tright\n"] + [f"{x:.3f}\t{y:.3f}\n" for x, y in points])
        print("\nwritten:", TABLE, " ".join(f"{x:.2f}→{y:.2f}" for x, y in points))


if __name__ == "__main__":
    main()
