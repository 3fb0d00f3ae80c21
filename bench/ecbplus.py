"""ECB+ for the other scripts: raw texts, gold event mentions and clusters, and what the binary sees of them (standard library only)."""
import collections
import csv
import glob
import json
import os
import re
import subprocess
import tarfile
import tempfile
import xml.etree.ElementTree as ET

from coreference import documents

CLOSE_UP_LEFT = set(". , ; : ! ? ) ] } % 's n't 're 've 'll 'd 'm '' ' ’s ’".split())
CLOSE_UP_RIGHT = set("( [ { $ `` #".split())
TEST = range(36, 46)


def running_text(sentences):
    """Tokens of sentences → text as it may have stood, and the span of each token in it."""
    out, size, spans, quoted = [], 0, {}, False
    for number, tokens in enumerate(sentences):
        if number:
            out.append(" " if re.search(r"[.!?][\"')”’]*$", "".join(out[-3:])) else "\n")
            size += 1
        before = None
        for token, word in tokens:
            quote = word == '"'
            close = word in CLOSE_UP_LEFT or before in CLOSE_UP_RIGHT or (quote and quoted) or (before == '"' and quoted)
            if before is not None and not close:
                out.append(" ")
                size += 1
            quoted ^= quote
            spans[token] = (size, size + len(word))
            out.append(word)
            size += len(word)
            before = word
    return "".join(out), spans


def read_document(path, chosen):
    tree = ET.parse(path).getroot()
    name = os.path.basename(path)[:-4]
    topic = int(name.split("_")[0])
    sentences, sentence_of = collections.OrderedDict(), {}
    for token in tree.iter("token"):
        number = int(token.get("sentence"))
        sentences.setdefault(number, []).append((token.get("t_id"), token.text or ""))
        sentence_of[token.get("t_id")] = number
    # The first "sentence" of the added texts is the address of the page.
    kept = {n: s for n, s in sentences.items() if not (n == 0 and s[0][1].startswith("http"))}
    text, spans = running_text(kept.values())
    marked = {m.get("m_id"): (m.tag, [a.get("t_id") for a in m.findall("token_anchor")]) for m in tree.find("Markables")}
    cluster = {}
    for relation in tree.find("Relations"):
        label = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else f"{name}:{relation.get('r_id')}"
        cluster.update((source.get("m_id"), label) for source in relation.findall("source"))
    mentions = []
    for number, (tag, tokens) in marked.items():
        if tag.startswith(("ACTION", "NEG")) and tokens and all(t in spans for t in tokens) and sentence_of[tokens[0]] in chosen:
            label = cluster.get(number, f"{name}:single {number}")
            mentions.append({"id": f"{name}#{number}", "spans": [spans[t] for t in tokens], "cluster": label})
    ranges = [(spans[s[0][0]][0], spans[s[-1][0]][1]) for n, s in kept.items() if n in chosen]
    return {"id": name, "topic": topic, "story": name[: name.index("_")] + ("+" if name.endswith("plus") else ""), "text": text, "mentions": mentions, "chosen": ranges}


def read(shared, topics):
    """The documents of the topics: text, gold mentions of the chosen sentences, with clusters."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(os.path.join(shared, "train/ecbplus/ecbplus.tar.xz")) as file:
            file.extractall(folder, filter="data")
        root = os.path.join(folder, "ECB+_LREC2014")
        chosen = collections.defaultdict(set)
        with open(os.path.join(root, "ECBplus_coreference_sentences.csv"), encoding="utf8") as file:
            for row in csv.DictReader(file):
                chosen[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
        paths = sorted(glob.glob(os.path.join(root, "ECB+/*/*.xml")))
        return [read_document(p, chosen[os.path.basename(p)[:-4]]) for p in paths if int(os.path.basename(p).split("_")[0]) in topics]


def analysed(binary, texts, threads):
    """What the binary makes of the texts: words by article (with offsets), and records by article."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8", delete=False) as file:
        for document in texts:
            file.write(json.dumps({"id": document["id"], "text": document["text"]}) + "\n")
    flags = ["--any-language", "--threads", str(threads)]
    try:
        words = dict(zip((d["id"] for d in texts), documents(binary, [*flags, file.name])))
        out = subprocess.run([binary, "code", "--all", "--format", "jsonl", *flags, file.name], capture_output=True, text=True, check=True).stdout
    finally:
        os.unlink(file.name)
    records = collections.defaultdict(list)
    for line in out.splitlines():
        record = json.loads(line)
        records[record["article"]["id"]].append(record)
    return words, records


def misc(row):
    return dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)


def span(row):
    values = misc(row)
    return int(values["start_char"]), int(values["end_char"])


class Sentence:
    """One analysed sentence: its words, and who plays a part in what."""

    def __init__(self, rows):
        self.rows, self.misc, self.spans = rows, [misc(r) for r in rows], [span(r) for r in rows]
        self.start, self.end = self.spans[0][0], self.spans[-1][1]
        self.parts = {}
        self.predicates = set()
        for at, values in enumerate(self.misc):
            for part in values.get("Srl", "").split(",") + values.get("Role", "").split(","):
                if ":" in part:
                    label, head = part.rsplit(":", 1)
                    self.parts.setdefault((int(head) - 1, label), []).append(at)
                    if part in values.get("Srl", "").split(","):
                        self.predicates.add(int(head) - 1)

    def name(self, at):
        """The name that a word begins or stands in."""
        tag = self.misc[at].get("NER", "O")
        if tag == "O":
            return None
        first = at
        while first and self.misc[first].get("NER", "").startswith("I-"):
            first -= 1
        last = at + 1
        while last < len(self.rows) and self.misc[last].get("NER", "").startswith("I-"):
            last += 1
        return " ".join(r[1] for r in self.rows[first:last])

    def names(self, predicate, labels):
        found = (self.name(at) for label in labels for at in self.parts.get((predicate, label), []))
        return sorted({n for n in found if n})

    def mention(self, article, predicate):
        return {
            "id": f"{article['id']}@{self.spans[predicate][0]}",
            "article": article["id"],
            "start": self.spans[predicate][0],
            "trigger": self.rows[predicate][2],
            "sentence": article["text"][self.start : self.end],
            "event": self.misc[predicate].get("Event", "").split(",")[0] or None,
            "actors": self.names(predicate, ("actor", "ARG0")),
            "recipients": self.names(predicate, ("recipient", "ARG1")),
            "place": next(iter(self.names(predicate, ("place", "ARGM-LOC"))), None),
        }


def head(sentence, places):
    """Of some words, the one whose governor stands outside."""
    return next((at for at in places if int(sentence.rows[at][6]) - 1 not in places), places[0])


def find_heads(article, sentences, spans):
    """The sentence and the head word of a gold mention, by offsets."""
    for sentence in sentences:
        places = [at for at, (a, b) in enumerate(sentence.spans) if any(a < y and x < b for x, y in spans)]
        if places:
            return sentence, head(sentence, places)
    return None, None


def with_record(mention, records):
    """The record on a mention's trigger, if there is one, in the mention's name; else the mention."""
    for record in records:
        if record["trigger"]["start"] <= mention["start"] < record["trigger"]["end"]:
            return record | {"id": mention["id"], "trigger": record["trigger"] | {"text": mention["trigger"], "start": mention["start"]}, "same_as": None}
    return mention


if __name__ == "__main__":
    # The training topics as `crates/demarche-link/examples/frequencies.rs` reads them.
    for document in read(os.environ.get("SHARED", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared")), range(1, 36)):
        print(json.dumps({"story": document["story"], "text": document["text"]}))
