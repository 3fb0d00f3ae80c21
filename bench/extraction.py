#!/usr/bin/env python3
"""Article text from web pages: Démarche, dom_smoothie and trafilatura on the article extraction benchmark.

    bench/extraction.py [--set FOLDER] [--program PROGRAM] [--worst N] [--engine NAME]

FOLDER (default ../shared/measure/art_extract beside the repository) holds html.tar.xz and ground-truth.json.gz. PROGRAM is
the binary of bench/extraction (default bench/extraction/target/release/demarche-bench-extraction). Prints a table.

Measures as the benchmark defines them: a text is the multiset of its runs of four words (a run of letters and digits is
a word). Per page, precision and recall of these runs; both averaged over the pages that have some, and F1 from the two
averages. Accuracy: pages whose words are exactly right. Intervals: 95 percent, 1,000 resamples of the pages, seed 1.
"""
import argparse
import collections
import gzip
import json
import pathlib
import random
import re
import statistics
import subprocess
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def words(text):
    return re.findall(r"\w+", text or "")


def runs(text):
    found = words(text)
    return collections.Counter(r for r in (tuple(found[i:i + 4]) for i in range(max(1, len(found) - 3))) if r)


def page(true, found):
    """Shares of runs that are right, too many, and missing; whether all words are right."""
    t, f = runs(true), runs(found)
    right = sum((t & f).values())
    extra, missing = sum((f - t).values()), sum((t - f).values())
    return right, extra, missing, words(true) == words(found)


def share(right, wrong):
    return right / (right + wrong) if right + wrong else None


def figures(pages):
    precision = statistics.mean(p for p in (share(r, e) for r, e, m, _ in pages) if p is not None)
    recall = statistics.mean(p for p in (share(r, m) for r, e, m, _ in pages) if p is not None)
    f1 = 2 * precision * recall / (precision + recall)
    return precision, recall, f1, statistics.mean(a for *_, a in pages)


def resampled(pages):
    """Figures of 1,000 resamples; the same pages are drawn for every engine."""
    draw = random.Random(1)
    return [figures(draw.choices(pages, k=len(pages))) for _ in range(1000)]


def middle(values):
    return sorted(values)[25], sorted(values)[974]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", type=pathlib.Path, default=ROOT.parent / "shared/measure/art_extract")
    parser.add_argument("--program", default=str(ROOT / "bench/extraction/target/release/demarche-bench-extraction"))
    parser.add_argument("--worst", type=int, default=0, help="also list this many pages with the lowest F1")
    parser.add_argument("--engine", default="demarche", help="whose worst pages")
    flags = parser.parse_args()
    with gzip.open(flags.set / "ground-truth.json.gz", "rt", encoding="utf8") as file:
        truth = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(flags.set / "html.tar.xz") as archive:
            archive.extractall(folder, filter="data")
        out = pathlib.Path(folder) / "out"
        done = subprocess.run([flags.program, str(pathlib.Path(folder) / "html"), str(out)], check=True, stderr=subprocess.PIPE, text=True)
        seconds = {line.split("\t")[0]: float(line.split("\t")[2]) for line in done.stderr.splitlines() if line.count("\t") == 2}
        print("| engine | precision | recall | F1 | accuracy | F1 less Démarche's | pages/s |\n|---|---|---|---|---|---|---|")
        ours = None
        for path in sorted(out.glob("*.json")):
            found = json.loads(path.read_text(encoding="utf8"))
            assert found.keys() == truth.keys(), "the pages are not those of the ground truth"
            scored = {key: page(truth[key].get("articleBody", ""), found[key]["articleBody"]) for key in truth}
            samples = resampled(list(scored.values()))
            ours = ours or samples  # the first by name
            spans = [middle(values) for values in zip(*samples)]
            cells = [f"{v:.3f} ({low:.3f}–{high:.3f})" for v, (low, high) in zip(figures(list(scored.values())), spans)]
            low, high = middle([sample[2] - own[2] for sample, own in zip(samples, ours)])
            cells.append("" if samples is ours else f"{low:+.3f} to {high:+.3f}")
            print(f"| {path.stem} | {' | '.join(cells)} | {len(truth) / seconds[path.stem]:.0f} |")
            if path.stem == flags.engine:
                worst = sorted(scored, key=lambda k: scored[k][0] / max(1, sum(scored[k][:3])))[:flags.worst]
        for key in worst if flags.worst else []:
            r, e, m, _ = scored_of(out, flags.engine, truth, key)
            print(f"{key} right {r} extra {e} missing {m}")


def scored_of(out, engine, truth, key):
    found = json.loads((out / f"{engine}.json").read_text(encoding="utf8"))
    return page(truth[key].get("articleBody", ""), found[key]["articleBody"])


if __name__ == "__main__":
    main()
