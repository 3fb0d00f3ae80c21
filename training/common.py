"""What every step of the training shares: places of files, labels, words and their pieces."""
import collections
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
CORPORA = os.environ.get("DEMARCHE_CORPORA", os.path.join(os.path.dirname(ROOT), "shared", "train"))
WORK = os.environ.get("DEMARCHE_WORK", os.path.join(os.path.dirname(ROOT), "work"))
MODEL = os.path.join(ROOT, "model")
SEED = 20261125

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NAMES = ["O"] + [f"{b}-{k}" for k in ("PER", "ORG", "LOC", "NORP", "FAC", "EVENT") for b in "BI"]
NAME_OF_LETTER = {"p": "PER", "o": "ORG", "l": "LOC", "n": "NORP", "f": "FAC", "v": "EVENT"}
EVENTS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
# A cue of attribution is a node of its own: triggers hang on cues, cues on speakers and on outer cues.
TRIGGERS = ["O"] + EVENTS + ["CUE"]
STATUSES = "actual historical planned hypothetical negated unconfirmed".split()
# Relations from a trigger or cue to a word.
ROLES = ["none", "actor", "recipient", "place", "time", "count", "status", "cue", "speaker"]
CONTEXTS = """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal
reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping
health asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs
trafficking""".split()


def modes():
    """All `EVENT/mode` of the coding frame, in its order."""
    with open(os.path.join(ROOT, "knowledge", "plover.tsv"), encoding="utf8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table if line[0].isupper()]
    return [f"{r[0]}/{r[1]}" for r in rows if r[1]]


def lemma_script(word, lemma):
    """How to get from a word to its lemma: characters to cut at the end, what to add, and whether case is kept."""
    keep = "k" if lemma and lemma[0].isupper() and word[0].isupper() else "l"
    base = word if keep == "k" else word.lower()
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{keep}{len(base) - same}{lemma[same:]}"


def read_jsonl(path):
    with open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file]


def write_jsonl(path, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w", encoding="utf8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    os.replace(path + ".part", path)
    print(path, len(rows), dict(collections.Counter(r.get("set", "?") for r in rows)))


def labels(sentences):
    """The label lists of the heads, those of open heads counted on the training part."""
    def frequent(values, least):
        counts = collections.Counter(values)
        return [v for v, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]

    train = [s for s in sentences if s["split"] == "train"]
    return {
        "upos": UPOS,
        "feats": frequent((f for s in train for f in s.get("feats", [])), 3),
        "lemma": frequent((f for s in train for f in s.get("lemma", [])), 4),
        "rel": frequent((f for s in train for f in s.get("rel", [])), 5),
        "names": NAMES,
        "srl": ["none"] + frequent((label for s in train for _, args in s.get("srl", []) for _, label in args), 40),
        "trigger": TRIGGERS,
        "mode": modes(),
        "status": STATUSES,
        "context": CONTEXTS,
        "role": ROLES,
    }
