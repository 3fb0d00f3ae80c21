#!/usr/bin/env python3
"""Time expressions of the shipped binary, from raw text (standard library only).

Usage: bench/dates.py [--binary target/release/demarche] [--shared ../shared] [--misses N]

TE-3 platinum: all 20 documents, the day of publication given. WikiWars: all 22 documents, no day given (a history tells its own time). Strict F1: exact
extents. Relaxed: any overlap, one to one. Value F1 as in TempEval-3: found by overlap and of the same value. WikiWars' TIMEX2 values are compared
as they stand, without the marks of parts of a day.
"""
import argparse
import collections
import datetime
import glob
import html
import json
import os
import re
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def inline(text, tag):
    """Marked-up text → plain text and spans (start, end, attributes); other marks are dropped."""
    out, size, spans, opened = [], 0, [], []
    for part in re.split(r"(<[^>]*>)", text):
        m = re.match(r"<(/?)(\w+)([^>]*)>", part)
        if m:
            if m.group(2) == tag:
                if m.group(1):
                    start, attributes = opened.pop()
                    spans.append((start, size, attributes))
                else:
                    opened.append((size, dict(re.findall(r'(\w+)="([^"]*)"', m.group(3)))))
        elif not part.startswith("<"):
            part = html.unescape(part)
            out.append(part)
            size += len(part)
    return "".join(out), spans


def te3(shared):
    for path in sorted(glob.glob(os.path.join(shared, "measure/timeml/te3-platinum/tml/*.tml"))):
        raw = open(path, encoding="utf8").read()
        day = re.search(r"<DCT><TIMEX3[^>]*value=\"(\d{4}-\d\d-\d\d)", raw).group(1)
        text, spans = inline(re.search(r"<TEXT>(.*?)</TEXT>", raw, re.S).group(1), "TIMEX3")
        yield os.path.basename(path), day, text, [(a, b, x.get("value", "")) for a, b, x in spans]


def wikiwars(shared):
    for path in sorted(glob.glob(os.path.join(shared, "measure/wikiwars/WikiWars_20120218_v104/keyinline/*.xml"))):
        raw = open(path, encoding="utf8").read()
        body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.S).group(1)
        text, spans = inline(body, "TIMEX2")
        yield os.path.basename(path), None, text, [(a, b, x.get("val") or x.get("VAL") or "") for a, b, x in spans]


def run(binary, documents):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8", delete=False) as file:
        for name, day, text, _ in documents:
            file.write(json.dumps({"id": name, "text": text} | ({"published": day} if day else {})) + "\n")
    try:
        out = subprocess.run([binary, "dates", "--any-language", file.name], capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    found = collections.defaultdict(list)
    for line in out.splitlines():
        row = json.loads(line)
        found[row["article"]].append((row["start"], row["end"], row["value"]))
    return found


def score(documents, found, same):
    tally = collections.Counter()
    misses = []
    for name, _, text, gold in documents:
        got = found[name]
        tally.update(gold=len(gold), got=len(got))
        free = list(got)
        for a, b, value in gold:
            strict = next((g for g in free if g[:2] == (a, b)), None)
            hit = strict or next((g for g in free if g[0] < b and a < g[1]), None)
            tally.update(strict=strict is not None, relaxed=hit is not None, value=hit is not None and same(hit[2], value))
            if hit:
                free.remove(hit)
            if not strict or not same(hit[2], value):
                misses.append((name, text[max(0, a - 40) : a].replace("\n", " "), text[a:b], value, hit and (text[hit[0] : hit[1]], hit[2])))
        misses += [(name, text[max(0, a - 40) : a].replace("\n", " "), None, None, (text[a:b], v)) for a, b, v in free]
    f = lambda key: 200 * tally[key] / max(1, tally["gold"] + tally["got"])
    return tally, {k: f(k) for k in ("strict", "relaxed", "value")}, misses


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "demarche"))
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    bare = lambda v: re.sub(r"T(MO|MI|AF|EV|NI|DT)?$", "", v)
    for title, reader, same in (("TE-3 platinum", te3, lambda a, b: a == b), ("WikiWars", wikiwars, lambda a, b: bare(a) == bare(b))):
        documents = list(reader(options.shared))
        tally, scores, misses = score(documents, run(options.binary, documents), same)
        print(f"| time expressions | {title} ({len(documents)} documents, {tally['gold']} expressions, {tally['got']} found) | " + ", ".join(f"{k} F1 {v:.1f}" for k, v in scores.items()) + " |")
        for miss in misses[: options.misses]:
            print("   ", miss)


if __name__ == "__main__":
    main()
