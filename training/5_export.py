#!/usr/bin/env python3
"""Step 4: a checkpoint → the shipped model: `model/demarche.onnx`, `labels.json`, `coreference.json`, `tokenizer.json` and
`reference.json` beside it.

The graph takes one sentence: `pieces` [T] and `first` [W] (the index of each word's first piece, [CLS] for the root first). Weights are 8-bit
with a scale a column (embeddings: a row); activations are quantised per sentence, so that a sentence's numbers never depend on others.
"""
import json
import os
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import common
import coreference
from model import ATTENTION, WIDTH, Pieces, load

POSITIONS = 320  # the longest window, in pieces


class Graph:
    """Builds ONNX nodes; every method returns the name of its result."""

    def __init__(self, quantise):
        self.nodes, self.constants, self.count, self.quantise = [], [], 0, quantise

    def name(self, hint):
        self.count += 1
        return f"{hint}_{self.count}"

    def constant(self, value, hint="c"):
        name = self.name(hint)
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind, *inputs, outputs=1, **attributes):
        names = [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def reshape(self, x, *shape):
        return self.op("Reshape", x, self.constant(np.array(shape, np.int64)))

    def activations(self, x):
        """Quantised activations, shared by the products that use them."""
        return (x, *self.op("DynamicQuantizeLinear", x, outputs=3)) if self.quantise else (x,)

    def linear(self, x, layer):
        """x: what `activations` gave."""
        weight, bias = layer.weight.detach().numpy().T, layer.bias.detach().numpy()
        if not self.quantise:
            return self.op("Add", self.op("MatMul", x[0], self.constant(weight)), self.constant(bias))
        scale = np.abs(weight).max(0) / 127.0 + 1e-12
        quantised = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        zero = self.constant(np.zeros(weight.shape[1], np.int8), "zero")
        product = self.op("MatMulInteger", x[1], self.constant(quantised, "w"), x[3], zero)
        scaled = self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT), self.op("Mul", x[2], self.constant(scale.astype(np.float32), "scale")))
        return self.op("Add", scaled, self.constant(bias, "b"))

    def norm(self, x, layer):
        return self.op("LayerNormalization", x, self.constant(layer.weight.detach().numpy()), self.constant(layer.bias.detach().numpy()),
                       axis=-1, epsilon=layer.eps)

    def stored(self, value, axis):
        """A constant kept in 8 bits with a scale along `axis`, dequantised on use."""
        if not self.quantise:
            return self.constant(value.astype(np.float32))
        others = tuple(i for i in range(value.ndim) if i != axis)
        scale = (np.abs(value).max(others) / 127.0 + 1e-12).astype(np.float32)
        shape = [1] * value.ndim
        shape[axis] = -1
        quantised = np.clip(np.round(value / scale.reshape(shape)), -127, 127).astype(np.int8)
        return self.op("DequantizeLinear", self.constant(quantised, "q"), self.constant(scale, "scale"), self.constant(np.zeros(len(scale), np.int8)), axis=axis)


def build(network, quantise=True):
    g = Graph(quantise)
    e = network.encoder
    word = e.word.weight.detach().numpy()
    if quantise:
        scale = (np.abs(word).max(1, keepdims=True) / 127.0 + 1e-12).astype(np.float32)
        rows = g.op("Cast", g.op("Gather", g.constant(np.round(word / scale).astype(np.int8), "words"), "pieces", axis=0), to=TensorProto.FLOAT)
        x = g.op("Mul", rows, g.op("Gather", g.constant(scale, "scale"), "pieces", axis=0))
    else:
        x = g.op("Gather", g.constant(word), "pieces", axis=0)
    position = (e.position.weight[:POSITIONS] + e.kind).detach().numpy()
    length = g.op("Shape", "pieces")
    x = g.op("Add", x, g.op("Slice", g.constant(position, "positions"), g.constant(np.array([0], np.int64)), length, g.constant(np.array([0], np.int64))))
    x = g.norm(x, e.norm)
    mix = torch.softmax(e.mix, 0).detach().numpy()
    mixed = None
    size = WIDTH // ATTENTION
    for weight, layer in zip(mix, e.layers):
        qkv = g.linear(g.activations(x), layer.qkv)
        q, k, v = g.op("Split", qkv, g.constant(np.array([WIDTH] * 3, np.int64)), outputs=3, axis=-1)
        heads = lambda y, perm: g.op("Transpose", g.reshape(y, -1, ATTENTION, size), perm=perm)
        scores = g.op("MatMul", heads(q, [1, 0, 2]), heads(k, [1, 2, 0]))
        scores = g.op("Softmax", g.op("Mul", scores, g.constant(np.array(size**-0.5, np.float32))), axis=-1)
        y = g.reshape(g.op("Transpose", g.op("MatMul", scores, heads(v, [1, 0, 2])), perm=[1, 0, 2]), -1, WIDTH)
        x = g.norm(g.op("Add", x, g.linear(g.activations(y), layer.out)), layer.norm1)
        y = g.op("Gelu", g.linear(g.activations(x), layer.up))
        x = g.norm(g.op("Add", x, g.linear(g.activations(y), layer.down)), layer.norm2)
        part = g.op("Mul", x, g.constant(np.array(weight, np.float32)))
        mixed = part if mixed is None else g.op("Add", mixed, part)
    x = g.op("Gather", mixed, "first", axis=0)
    words = g.activations(x)
    event = g.activations(g.op("Gelu", g.linear(words, network.events)))
    outputs = {}
    for name, head in network.heads.items():
        outputs[name] = g.linear(event if name in ("trigger", "mode", "status", "context") else words, head)
    outputs["extra"] = g.linear(words, network.extra)
    outputs["vectors"] = x

    def pairs(x, module):
        one = lambda y: g.op("Pad", y, g.constant(np.array([0, 0, 0, 1], np.int64)), g.constant(np.array(1.0, np.float32)))
        s, t = (one(g.op("Gelu", g.linear(x, layer))) for layer in (module.source, module.target))
        bilinear = g.stored(module.bilinear.detach().numpy(), 0)
        s = g.op("Unsqueeze", s, g.constant(np.array([0], np.int64)))
        return g.op("MatMul", g.op("MatMul", s, bilinear), g.op("Transpose", t, perm=[1, 0]))

    for name, x in (("arc", words), ("rel", words), ("srl", words), ("role", event)):
        outputs[name] = pairs(x, getattr(network, name))
    # Coreference: what a word offers as the later and as the earlier of a pair, and how gladly it is either.
    c = network.coreference
    vector = g.op("Gelu", g.linear(words, c.vector))
    outputs["later"] = g.op("MatMul", vector, g.constant(c.bilinear.detach().numpy()))
    outputs["earlier"] = vector
    outputs["mention"] = g.linear(words, c.mention)
    final = []
    for name, result in outputs.items():
        g.nodes.append(helper.make_node("Identity", [result], [name]))
        final.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["L", "W", "W"] if name in ("arc", "rel", "srl", "role") else ["W", f"{name} labels"]))
    inputs = [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["T"]), helper.make_tensor_value_info("first", TensorProto.INT64, ["W"])]
    graph = helper.make_graph(g.nodes, "demarche", inputs, final, g.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


REFERENCE = [
    "South Korean forces fired warning shots at North Korean soldiers who breached the border .",
    "In Nairobi , the ministry said on Tuesday that it had not received any request from the rebels .",
    "Thousands of workers marched through Dhaka to demand the release of union leaders .",
    "The president told Maria Mwale that she could see her lawyer before the lawyer left Lusaka .",
    "No .",
]


def antecedents(network, x, words, out):
    """[later word, earlier word, score] of every pair of words that may refer."""
    heads = out["arc"][0, 1:].argmax(-1).tolist()
    sentence = {"words": words, "head": heads, "upos": [network.labels["upos"][i] for i in out["upos"][0, 1:].argmax(-1)],
                "rel": ["root" if h == 0 else network.labels["rel"][out["rel"][0, :, i, h].argmax()] for i, h in enumerate(heads, 1)]}
    found = [coreference.Mention(sentence, 0, w) for w in range(len(words)) if coreference.may_refer(sentence, w)]
    if len(found) < 2:
        return []
    scores = network.coreference(x[0, [m.word + 1 for m in found]], coreference.pairs(found))
    return [[a.word, b.word, round(float(scores[i, j]), 3)] for i, a in enumerate(found) for j, b in enumerate(found[:i])]


@torch.no_grad()
def reference(network, pieces):
    """What the training code computes (not quantised) on a few sentences of ours; the runtime is held to it in a test."""
    rows = []
    for text in REFERENCE:
        ids, first = pieces.sentence(text.split())
        x = network.words(torch.tensor([ids]), torch.tensor([first]))
        out = network(x)
        rows.append({
            "words": text.split(), "pieces": ids, "first": first,
            "upos": [network.labels["upos"][i] for i in out["upos"][0, 1:].argmax(-1)],
            # "?" where the lead is so small that 8-bit arithmetic may turn it.
            "trigger": [network.labels["trigger"][int(best[1][0])] if best[0][0] - best[0][1] > 1.5 else "?" for best in (row.topk(2) for row in out["trigger"][0, 1:])],
            "names": [network.labels["names"][i] for i in out["names"][0, 1:].argmax(-1)],
            "head": out["arc"][0, 1:].argmax(-1).tolist(),
            "antecedent_scores": antecedents(network, x, text.split(), out),
            "upos_scores": [[round(float(v), 3) for v in row] for row in out["upos"][0, 1:]],
        })
    return rows


def lemmas(tag):
    """The verbs or nouns of EWT's and GUM's training parts: the program gives no verb a lemma that is none where it can help it."""
    found = set()
    with open(os.path.join(common.WORK, "corpora.jsonl"), encoding="utf8") as file:
        for row in map(json.loads, file):
            if row["set"] not in ("ewt", "gum") or row["split"] != "train":
                continue
            for word, upos, script in zip(row["words"], row["upos"], row["lemma"]):
                if upos == tag and script:
                    base = word.lower() if script[0] == "l" else word
                    cut = int("".join(c for c in script[1:3] if c.isdigit()))
                    lemma = base[: max(0, len(base) - cut)] + script[1 + len(str(cut)) :]
                    if len(lemma) > 1 and lemma.isascii() and lemma.islower() and lemma.replace("-", "").isalpha():
                        found.add(lemma)
    return sorted(found)


def main():
    checkpoint, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else common.MODEL
    quantise = "--float" not in sys.argv
    network, saved = load(checkpoint)
    network.eval()
    os.makedirs(folder, exist_ok=True)
    model = build(network, quantise)
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(folder, "demarche.onnx"))
    pieces = Pieces()
    pieces.tokenizer.save(os.path.join(folder, "tokenizer.json"), pretty=False)
    with open(os.path.join(folder, "labels.json"), "w", encoding="utf8") as file:
        json.dump(network.labels, file, ensure_ascii=False, indent=0)
        file.write("\n")
    with open(os.path.join(folder, "reference.json"), "w", encoding="utf8") as file:
        json.dump(reference(network, pieces), file)
        file.write("\n")
    tables, at = {}, 0
    for name, (rows, columns) in coreference.TABLES.items():
        values = network.coreference.tables.detach()[at : at + rows * columns].view(rows, columns)
        tables[name] = [[round(float(v), 4) for v in row] for row in values]
        at += rows * columns
    with open(os.path.join(folder, "coreference.json"), "w", encoding="utf8") as file:
        json.dump(tables, file)
        file.write("\n")
    for name, upos in (("verbs", "VERB"), ("nouns", "NOUN")):
        with open(os.path.join(folder, f"{name}.txt"), "w", encoding="utf8") as file:
            file.writelines(f"{lemma}\n" for lemma in lemmas(upos))
    print({f: os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder)}, "dev", saved.get("dev"))


if __name__ == "__main__":
    main()
