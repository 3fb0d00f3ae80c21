#!/usr/bin/env python3
"""Story clustering on the news clusters of Giveme5W1H: B-cubed precision, recall, F1 (standard library only).

Usage: bench/stories.py [--stories target/release/examples/stories] [--shared ../shared]

Needs `cargo build --release -p demarche-link --example stories`. All 383 articles in one pool: title, text, day of publication as the page gives it. Beside it, the
articles of ECB+: one story for each half of a topic, undated; the threshold was set on its topics 1 to 35.
"""
import argparse
import ast
import collections
import json
import os
import subprocess
import tarfile

from coreference import HERE
from ecbplus import TEST, read


def b_cubed(found, gold):
    """Two labellings of the same articles → precision, recall, F1."""
    sides = []
    for labels in (found, gold):
        members = collections.defaultdict(set)
        for article, label in labels.items():
            members[label].add(article)
        sides.append({article: members[label] for article, label in labels.items()})
    common = {article: len(sides[0][article] & sides[1][article]) for article in gold}
    precision, recall = (sum(common[a] / len(side[a]) for a in gold) / len(gold) for side in sides)
    return precision, recall, 2 * precision * recall / (precision + recall)


def giveme5w1h(shared):
    articles, gold = [], {}
    with tarfile.open(os.path.join(shared, "measure/giveme5w1h/g5w.tar.xz")) as file:
        for member in file:
            if "news_cluster/data/" in member.name and member.name.endswith(".json"):
                row = json.load(file.extractfile(member))
                cluster = row["newsCluster"]
                cluster = ast.literal_eval(cluster) if isinstance(cluster, str) else cluster
                articles.append({"id": row["dId"], "title": row["title"], "text": row["text"], "published": row["date_publish"][:10], "source": row["source_domain"]})
                gold[row["dId"]] = cluster["EventId"]
    return sorted(articles, key=lambda a: a["id"]), gold


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", default=os.path.join(HERE, "..", "target", "release", "examples", "stories"))
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    parser.add_argument("--write", metavar="FILE", help="write the articles as JSON Lines, for --repeat of the example")
    options = parser.parse_args()
    articles, gold = giveme5w1h(options.shared)
    if options.write:
        with open(options.write, "w", encoding="utf8") as file:
            file.writelines(json.dumps(a) + "\n" for a in articles)
        return
    sets = [("Giveme5W1H", articles, gold), ("Giveme5W1H without days", [a | {"published": None} for a in articles], gold)]
    for name, topics in (("ECB+ training topics", range(1, 36)), ("ECB+ test topics", TEST)):
        documents = read(options.shared, topics)
        sets.append((name, [{"id": d["id"], "text": d["text"]} for d in documents], {d["id"]: d["story"] for d in documents}))
    print("| set | articles | stories | found | precision | recall | B³ F1 | articles that are copies |\n|---|---|---|---|---|---|---|---|")
    for name, texts, stories in sets:
        lines = "".join(json.dumps(a) + "\n" for a in texts)
        out = subprocess.run([options.stories], input=lines, capture_output=True, text=True, check=True).stdout
        rows = [json.loads(line) for line in out.splitlines()]
        found = {r["id"]: r["story"] for r in rows}
        scores = " | ".join(f"{v:.3f}" for v in b_cubed(found, stories))
        copies = sum(r["copy_of"] != r["id"] for r in rows)
        print(f"| {name} | {len(texts)} | {len(set(stories.values()))} | {len(set(found.values()))} | {scores} | {copies} |")


if __name__ == "__main__":
    main()
