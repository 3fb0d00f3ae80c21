#!/usr/bin/env python3
"""Accuracy of `demarche locate` on raw text (standard library only).

Usage: bench/places.py [--binary target/release/demarche] [--spans target/release/examples/spans] [--shared ../shared] [--half even|odd] [--misses N] [--out bench/runs]

Sets: LGL, TR-News, GeoVirus. Finding: precision, recall and F1 of the spans, exact and overlapping. "Places" leaves out adjectives and peoples (words that
knowledge/state-names.tsv calls so) on both sides; "all" keeps them, the program run with --demonyms. Resolving: of the gold names that have coordinates and were
found (exact span), the share that lies within 161 km of the gold point; a name without a point is wrong. Mean and median error in km are over names with a point.
"Given names" feeds the gold spans to the resolver (cargo build --release -p demarche-places --example spans). --half takes every other article, so that what is
tuned on one half can be held to the other. GeoVirus marks no demonyms. A gold name that does
not stand at its offset is taken where it stands next to it.
Writes a dated table to --out where it is given.
"""
import argparse
import collections
import datetime
import gzip
import json
import math
import os
import statistics
import subprocess
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
NEAR = 161.0


def demonyms():
    words = set()
    for line in open(os.path.join(HERE, "..", "knowledge", "state-names.tsv"), encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) > 2 and cells[2] in ("adjective", "people") and not cells[1].isupper():
            words.add(cells[1].lower())
    return words


def nearest(text, phrase, start):
    """Where the phrase stands next to `start`: some offsets of the sets are off by a few characters."""
    found = [i for i in range(len(text)) if text.startswith(phrase, i)]
    return min(found, key=lambda i: abs(i - start), default=None)


def articles(path):
    """(id, text, [(start, end, phrase, latitude, longitude)]) of each article."""
    root = ET.fromstring(gzip.open(path).read())
    for i, article in enumerate(root.findall("article")):
        text = article.findtext("text")
        gold = []
        for x in list(article.iter("toponym")) + list(article.iter("location")):
            point = x.find("gaztag") if x.find("gaztag") is not None else x
            lat, lon = point.findtext("lat"), point.findtext("lon")
            start, phrase = int(x.findtext("start")), x.findtext("phrase") or x.findtext("name")
            start = nearest(text, phrase, start)
            if start is not None:
                gold.append((start, start + len(phrase), phrase, float(lat) if lat else None, float(lon) if lon else None))
        yield f"{i}", text, gold


def km(a, b, c, d):
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def run(command, lines):
    out = subprocess.run(command, input="\n".join(map(json.dumps, lines)) + "\n", capture_output=True, text=True, check=True).stdout
    got = collections.defaultdict(dict)
    for line in out.splitlines():
        place = json.loads(line)
        got[place["article"]][(place["start"], place["end"])] = place
    return got


def prf(hit_gold, hit_got, gold, got):
    p, r = hit_got / max(1, got), hit_gold / max(1, gold)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def resolved(pairs, misses=0):
    """`pairs`: (gold row, place or none)."""
    errors, right, wrong = [], 0, collections.Counter()
    for gold, place in pairs:
        if place is None or place["latitude"] is None:
            wrong[(gold[2], "–", None)] += 1
            continue
        errors.append(km(gold[3], gold[4], place["latitude"], place["longitude"]))
        if errors[-1] <= NEAR:
            right += 1
        else:
            wrong[(gold[2], f'{place["name"]} {place["admin1"]} {place["country"]}', (gold[3], gold[4]))] += 1
    for item, count in wrong.most_common(misses):
        print("   ", count, item)
    return (f"{right / max(1, len(pairs)):.3f} of {len(pairs)}", f"{statistics.mean(errors or [0]):.0f}", f"{statistics.median(errors or [0]):.1f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "demarche"))
    parser.add_argument("--spans")
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--only")
    parser.add_argument("--out")
    options = parser.parse_args()
    words = demonyms()
    lines = []
    for name, file in (("LGL", "lgl"), ("TR-News", "TR-News"), ("GeoVirus", "GeoVirus")):
        if options.only and options.only != name:
            continue
        docs = list(articles(os.path.join(options.shared, "measure", "geo", "Corpora", f"{file}.xml.gz")))
        docs = docs[{"even": 0, "odd": 1}[options.half]::2] if options.half else docs
        if options.spans:
            got = run([options.spans], [{"id": i, "text": t, "spans": [[g[0], g[1]] for g in gold]} for i, t, gold in docs])
            pairs = [(g, got[i].get((g[0], g[1]))) for i, _, gold in docs for g in gold if g[3] is not None]
            lines.append(f"| {name} | given names | | | " + " | ".join(resolved(pairs, options.misses)) + " |")
            print(lines[-1], flush=True)
        if not os.path.exists(options.binary):
            continue
        got = run([options.binary, "locate", "--demonyms", "--any-language", "-"], [{"id": i, "text": t} for i, t, _ in docs])
        for what in ("places", "all"):
            if what == "all" and name == "GeoVirus":
                continue
            keep = lambda text: what == "all" or text.lower() not in words
            tally, pairs = collections.Counter(), []
            lost, extra = collections.Counter(), collections.Counter()
            for i, _, gold in docs:
                gold = {(g[0], g[1]): g for g in gold if keep(g[2])}
                mine = {s: p for s, p in got[i].items() if what == "all" or not p["demonym"]}
                tally.update(gold=len(gold), got=len(mine), exact=len(set(gold) & set(mine)))
                over = lambda s, others: any(a < s[1] and s[0] < b for a, b in others)
                tally.update(gold_over=sum(over(s, mine) for s in gold), got_over=sum(over(s, gold) for s in mine))
                lost.update(g[2] for s, g in gold.items() if s not in mine)
                extra.update(p["text"] for s, p in mine.items() if s not in gold)
                pairs += [(gold[s], mine[s]) for s in gold if s in mine and gold[s][3] is not None]
            if options.misses:
                print("    lost", lost.most_common(options.misses), "\n    extra", extra.most_common(options.misses))
            lines.append(f"| {name} | found, {what} | {prf(tally['exact'], tally['exact'], tally['gold'], tally['got'])} | "
                         f"{prf(tally['gold_over'], tally['got_over'], tally['gold'], tally['got'])} | " + " | ".join(resolved(pairs)) + " |")
            print(lines[-1], flush=True)
    if options.out:
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True).stdout.strip()
        day = datetime.date.today().isoformat()
        cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")
        path = os.path.join(options.out, f"{day}-places.md")
        with open(path, "w", encoding="utf8") as out:
            out.write(f"# Place names, {day}\n\n`bench/places.py`, shipped binary at {commit} (and what was not committed), {cpu}. The columns are explained in the script's head.\n\n"
                      "| set | names | finding, exact spans | finding, overlapping | within 161 km | mean error, km | median |\n|---|---|---|---|---|---|---|\n" + "\n".join(lines) + "\n")
        print(path)


if __name__ == "__main__":
    main()
