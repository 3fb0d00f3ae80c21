"""Coreference: which words may be mentions, what is seen of a pair of them, and the scorer. The runtime mirrors `Mention` and `features`.

A mention is known by its head word. The score of a pair (later, earlier) is a bilinear form of the two words' vectors plus entries of small
tables of what the words themselves show; "no antecedent" scores 0.
"""
import torch
from torch import nn
from torch.nn import functional as F

SIZE = 96
WORDS = {
    "i": "i me my mine myself", "we": "we us our ours ourselves", "you": "you your yours yourself yourselves", "he": "he him his himself",
    "she": "she her hers herself", "it": "it its itself", "they": "they them their theirs themselves", "this": "this that these those",
}
CLASS_OF = {w: c for c, words in WORDS.items() for w in words.split()}
CLASSES = list(WORDS) + ["pronoun", "name", "noun", "nouns", "verb"]
DETERMINERS = {"the": 1, "a": 2, "an": 2, "this": 3, "that": 3, "these": 3, "those": 3, "its": 4, "his": 4, "her": 4, "their": 4, "our": 4, "my": 4, "your": 4}
NOT_MENTIONS = {"who", "whom", "whose", "which", "what", "there", "whoever", "whatever", "everything", "nothing", "anything", "something"}
# Tables: (rows, columns).
TABLES = {"match": (8, 5), "sentences": (7, 3), "between": (7, 3), "place": (7, 3), "classes": (13, 13)}


class Mention:
    """A word that may refer. `sentence` is a dictionary with words, upos, head (1-based, 0 for the root) and rel; `order` counts sentences."""

    def __init__(self, sentence, order, word):
        self.order, self.word = order, word
        text, tag = sentence["words"][word].lower(), sentence["upos"][word]
        head, rel = sentence["head"], sentence["rel"]
        self.text, self.up, self.rel = text, head[word] - 1, rel[word].split(":")[0]
        self.reflexive = text.endswith(("self", "selves"))
        self.path = []
        k = head[word] - 1
        while k >= 0 and k not in self.path and len(self.path) < 40:
            self.path.append(k)
            k = head[k] - 1
        children = [i for i, h in enumerate(head) if h - 1 == word]
        if tag in ("PRON", "DET"):
            self.kind = CLASSES.index(CLASS_OF.get(text, "pronoun"))
        elif tag == "PROPN":
            self.kind = CLASSES.index("name")
        elif tag in ("VERB", "AUX", "ADJ", "ADV"):
            self.kind = CLASSES.index("verb")
        else:
            self.kind = CLASSES.index("nouns" if text.endswith("s") and not text.endswith("ss") else "noun")
        self.group = 0 if self.kind < 9 else 1 if self.kind == 9 else 2
        self.determiner = max([DETERMINERS.get(sentence["words"][i].lower(), 0) for i in children if rel[i].split(":")[0] in ("det", "nmod")], default=0)
        parts = [i for i in children if sentence["upos"][i] == "PROPN" and rel[i].split(":")[0] in ("flat", "compound", "nmod", "goeswith")
                 and not any(head[j] - 1 == i and rel[j] == "case" for j in range(len(head)))]
        self.names = {text} | {sentence["words"][i].lower() for i in parts} if self.kind == 9 else set()
        self.initials = "".join(sentence["words"][i][0].lower() for i in sorted(parts + [word])) if self.kind == 9 else ""
        self.lemma = sentence["lemma_text"][word] if "lemma_text" in sentence else text


def may_refer(sentence, word):
    """Whether a word may be a mention without being annotated as one."""
    tag, rel = sentence["upos"][word], sentence["rel"][word].split(":")[0]
    if tag == "PRON":
        return sentence["words"][word].lower() not in NOT_MENTIONS and rel not in ("expl", "fixed")
    if rel in ("flat", "fixed", "goeswith"):
        return False
    if tag == "PROPN":
        up = sentence["head"][word] - 1
        return not (rel == "compound" and up >= 0 and sentence["upos"][up] == "PROPN")
    return tag == "NOUN" and rel != "compound"


def bucket(n):
    return 0 if n < 1 else min(6, n.bit_length())


def match(i, j):
    if i.kind < 9 and j.kind < 9:
        return 7 if i.text == j.text else 0
    if i.kind == 9 and j.kind == 9:
        if i.names == j.names:
            return 2
        if i.names <= j.names or j.names <= i.names:
            return 3
        if i.names & j.names:
            return 4
    if len(i.text) > 1 and (i.text == j.initials or j.text == i.initials):
        return 5
    if i.kind > 9 and j.kind > 9 and i.lemma == j.lemma:
        return 1
    if (i.kind == 9 and j.lemma in i.names) or (j.kind == 9 and i.lemma in j.names):
        return 6
    return 0


def place(i, j):
    """How the two stand in one sentence."""
    if i.order != j.order:
        return 0
    if j.word in i.path:
        return 5 if i.rel == "appos" and i.up == j.word else 6 if i.rel == "conj" and i.up == j.word else 2
    if i.word in j.path:
        return 3
    if i.up == j.up and i.rel != "conj" and j.rel != "conj":
        return 4
    return 1


def features(i, j, between):
    """Entries of the tables for later i and earlier j: (row, column) in the order of TABLES."""
    own = 2 if i.reflexive else 0 if i.kind < 9 else 1
    return ((match(i, j), i.determiner), (bucket(i.order - j.order), i.group), (bucket(between), i.group), (place(i, j), own), (i.kind, j.kind))


OFFSETS, _size = [], 0
for _rows, _columns in TABLES.values():
    OFFSETS.append((_size, _columns))
    _size += _rows * _columns


def pairs(mentions):
    """The entries of all pairs as indices into the joined tables: [later, earlier, tables]."""
    n = len(mentions)
    at = torch.zeros(n, n, len(TABLES), dtype=torch.int16)
    for i in range(n):
        for j in range(i):
            at[i, j] = torch.tensor([o + r * c + k for (o, c), (r, k) in zip(OFFSETS, features(mentions[i], mentions[j], i - j - 1))], dtype=torch.int16)
    return at


class Scorer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.vector = nn.Linear(width, SIZE)
        self.mention = nn.Linear(width, 2)  # as the later and as the earlier of a pair
        self.bilinear = nn.Parameter(torch.zeros(SIZE, SIZE))
        nn.init.normal_(self.bilinear, std=0.5 / SIZE)
        self.tables = nn.Parameter(torch.zeros(_size))

    def forward(self, vectors, at):
        """Scores [later, earlier] of mentions in the order of the text; `vectors` [mentions, width], `at` from `pairs`. Earlier < later counts."""
        v = F.dropout(F.gelu(self.vector(vectors)), 0.2, self.training)
        later, earlier = self.mention(vectors).float().unbind(-1)
        return ((v @ self.bilinear) @ v.T).float() + later[:, None] + earlier[None, :] + self.tables[at.long()].sum(-1)


def loss(scores, clusters):
    """Marginal likelihood of the right antecedents, or of none; `clusters`: a label or None for each mention."""
    n = len(clusters)
    before = torch.ones(n, n, dtype=torch.bool).tril(-1)
    right = torch.tensor([[j < i and clusters[i] is not None and clusters[i] == clusters[j] for j in range(n)] for i in range(n)])
    scores = scores.masked_fill(~before, -1e9)
    whole = torch.logsumexp(torch.cat([torch.zeros(n, 1), scores], 1), 1)
    none = torch.where(right.any(1), -1e9, 0.0)[:, None]
    gold = torch.logsumexp(torch.cat([none, scores.masked_fill(~right, -1e9)], 1), 1)
    return (whole - gold).mean()
