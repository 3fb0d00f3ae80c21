#!/usr/bin/env python3
"""Cross-document event coreference on ECB+'s test topics, from raw text (standard library only).

Usage: bench/crossdoc.py [--binary target/release/demarche] [--mentions target/release/examples/mentions] [--shared ../shared] [--threads 1] [--train]

Needs `cargo build --release` and `cargo build --release -p demarche-link --example mentions`. All test documents in one pool, no topics told; mentions of the sentences that
ECB+ chose; singletons count. Gold mentions: only their extents are gold; words, names, types and parties are the program's. Found mentions: a
found mention is a gold one where it is its head word. Beside it the head-lemma baseline: one event for each lemma of a head word, in the whole pool, or in each gold topic.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import tempfile

from coreference import HERE, conll
from ecbplus import TEST, Sentence, analysed, find_heads, read, with_record


def clusters(labels):
    """Mention → label, turned into sets of mentions."""
    out = collections.defaultdict(set)
    for mention, label in labels.items():
        out[label].add(mention)
    return list(out.values())


def score(gold, found):
    """CoNLL scores of two labellings of mentions. Clusters that share no mention are scored apart, which changes no sum."""
    parents = {}

    def root(x):
        while parents.setdefault(x, x) != x:
            x = parents[x]
        return x

    for labelling, side in ((gold, "g"), (found, "f")):
        for mention, label in labelling.items():
            parents[root((side, label))] = root(mention)
    parts = collections.defaultdict(lambda: ([], []))
    for at, labelling in enumerate((gold, found)):
        for cluster in clusters(labelling):
            parts[root(next(iter(cluster)))][at].append(cluster)
    return conll(parts.values())


def grouped(binary, articles, mentions):
    """The program's groups: mention → label."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8", delete=False) as file:
        for article in articles:
            file.write(json.dumps({"id": article["id"], "text": article["text"]}) + "\n")
    try:
        lines = "".join(json.dumps(m) + "\n" for m in mentions)
        out = subprocess.run([binary, file.name], input=lines, capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    return {row["id"]: row["event"] for row in map(json.loads, out.splitlines())}


def prepare(binary, shared, topics, threads):
    """Articles, their analysed sentences and records, gold mentions with heads."""
    articles = read(shared, topics)
    words, records = analysed(binary, articles, threads)
    gold = []
    for article in articles:
        sentences = article["sentences"] = [Sentence(s) for s in words[article["id"]] if s]
        for mention in article["mentions"]:
            sentence, at = find_heads(article, sentences, mention["spans"])
            if sentence:
                gold.append((article, mention, sentence, at))
    return articles, records, gold


def gold_mentions(gold, records):
    out = []
    for article, mention, sentence, at in gold:
        made = with_record(sentence.mention(article, at), records.get(article["id"], []))
        out.append(made | {"id": mention["id"]})
    return out


CONTENT = ("NOUN", "VERB", "ADJ", "PROPN")


def event_words(shared):
    """Word forms that ECB+'s training topics mark as events where they stand, mostly, in the chosen sentences."""
    marked, all_words = collections.Counter(), collections.Counter()
    for article in read(shared, range(1, 36)):
        marked.update(article["text"][m["spans"][-1][0] : m["spans"][-1][1]].lower() for m in article["mentions"])
        for start, end in article["chosen"]:
            all_words.update(word.lower() for word in re.findall(r"\w+", article["text"][start:end]))
    return {word for word, count in marked.items() if count > 1 and 2 * count > all_words[word]}


def found_mentions(articles, records, wide, known=frozenset()):
    """Triggers of records; `wide`: also every other verb or noun that has arguments, and the words given. Only of the chosen sentences."""
    out = []
    for article in articles:
        chosen = lambda at: any(a <= at < b for a, b in article["chosen"])
        for sentence in article["sentences"]:
            for at in range(len(sentence.rows)):
                if not chosen(sentence.spans[at][0]):
                    continue
                mention = sentence.mention(article, at)
                made = with_record(mention, records.get(article["id"], []))
                kind, form = sentence.rows[at][3], sentence.rows[at][1].lower()
                other = (at in sentence.predicates and kind in ("VERB", "NOUN")) or (kind in CONTENT and form in known)
                if made is not mention or (wide and other):
                    out.append(made)
    return out


def main():
    parser = argparse.ArgumentParser()
    release = os.path.join(HERE, "..", "target", "release")
    parser.add_argument("--binary", default=os.path.join(release, "demarche"))
    parser.add_argument("--mentions", default=os.path.join(release, "examples", "mentions"))
    parser.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--train", action="store_true", help="the training topics instead")
    options = parser.parse_args()
    topics = range(1, 36) if options.train else TEST
    articles, records, gold = prepare(options.binary, options.shared, topics, options.threads)
    labels = {m["id"]: m["cluster"] for a in articles for m in a["mentions"]}
    lemma = {m["id"]: s.rows[at][2].lower() for _, m, s, at in gold}
    topic = {m["id"]: a["topic"] for a in articles for m in a["mentions"]}

    def show(name, found, against=labels):
        print(f"| {name} | " + " | ".join(f"{v:.1f}" for v in score(against, found)) + " |")

    print(f"{len(articles)} documents, {len(labels)} gold mentions, {len(set(labels.values()))} events\n")
    print("| mentions, grouping | MUC | B³ | CEAF-e | CoNLL F1 |\n|---|---|---|---|---|")
    missing = {m: ("missing", m) for m in labels if m not in lemma}
    show("gold, head lemma in the pool", lemma | missing)
    show("gold, head lemma in the gold topic", {m: (topic[m], l) for m, l in lemma.items()} | missing)
    show("gold, the program", grouped(options.mentions, articles, gold_mentions(gold, records)) | missing)
    heads = {f"{a['id']}@{s.spans[at][0]}": m["id"] for a, m, s, at in gold}
    known = event_words(options.shared)
    for name, wide in (("records", False), ("records and other predicates", True)):
        mentions = found_mentions(articles, records, wide, known)
        as_gold = lambda labelling: {heads.get(m, m): label for m, label in labelling.items()}
        hits = sum(m["id"] in heads for m in mentions)
        show(f"{name} ({len(mentions)} mentions, {hits} of them gold), the program", as_gold(grouped(options.mentions, articles, mentions)))
        text = lambda m: m["trigger"] if isinstance(m["trigger"], str) else m["trigger"]["text"]
        show(f"{name}, head lemma in the pool", as_gold({m["id"]: text(m).lower() for m in mentions}))
        kept = {heads[m["id"]] for m in mentions if m["id"] in heads}
        program = {heads[m]: label for m, label in grouped(options.mentions, articles, mentions).items() if m in heads}
        show(f"{name}, only those that are gold, the program", program, {m: labels[m] for m in kept})


if __name__ == "__main__":
    main()
