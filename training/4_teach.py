#!/usr/bin/env python3
"""Step 4: the teacher labels real news that nobody has labelled (`WORK/taught.jsonl`). `4_teach.py TEACHER --data FILE … --sets ecb cnc …`.

For names and event mentions the student gets the teacher's probabilities; of the parts of each likely event, those the teacher is sure of, and the
doubtful ones train nothing.
"""
import argparse
import os
import zlib

import torch

import common
from model import Pieces, load

LIKELY, SURE, DOUBTFUL = 0.5, 0.7, 0.3


def sparse(probabilities):
    """[word, probabilities] of the words that are not plainly without a label."""
    return [[i, [round(float(p), 3) for p in row]] for i, row in enumerate(probabilities) if row[0] < 0.985]


@torch.no_grad()
def label(network, pieces, words):
    ids, first = pieces.sentence(words)
    x = network.words(torch.tensor([ids]), torch.tensor([first]))
    event = torch.nn.functional.gelu(network.events(x))
    scores = {n: h(event if n in ("trigger", "mode", "status", "context") else x)[0, 1:].float() for n, h in network.heads.items()}
    trigger, names = scores["trigger"].softmax(-1), scores["names"].softmax(-1)
    row = {"words": words, "trigger": [], "taught": {"trigger": sparse(trigger), "names": sparse(names)},
           "status": [], "mode": [], "context": [], "roles": [], "role_from": [], "ignore": []}
    likely = [i for i, p in enumerate(trigger) if p[0] < 1 - LIKELY]
    if not likely:
        return row
    role = network.role(event)[0, :, 1:, 1:].float().softmax(0)
    modes, contexts = network.labels["mode"], network.labels["context"]
    for i in likely:
        best = int(trigger[i].argmax())
        row["role_from"].append(i)
        for j in range(len(words)):
            p, kind = role[:, i, j].max(0)
            if p < SURE or (kind == 0 and 1 - p > DOUBTFUL):
                row["ignore"].append((i, j))
            elif kind:
                row["roles"].append((i, j, network.labels["role"][kind]))
        event_type = network.labels["trigger"][best]
        if event_type in common.EVENTS:
            p, status = scores["status"][i].softmax(-1).max(0)
            if p > SURE:
                row["status"].append((i, network.labels["status"][status]))
            sure = scores["mode"][i].sigmoid()
            row["mode"].append((i, [m for m, q in zip(modes, sure) if q > 0.5 and m.startswith(event_type + "/")]))
            row["context"].append((i, [c for c, q in zip(contexts, scores["context"][i].sigmoid()) if q > 0.5]))
    return row


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("teacher")
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--sets", nargs="+", required=True)
    parser.add_argument("--share", type=float, default=1.0, help="share of the sentences, chosen by their words")
    parser.add_argument("--name", help="of the file, where shares run apart")
    parser.add_argument("--part", default="0/1", help="this process's share, for running several: number/of")
    options = parser.parse_args()
    number, parts = (int(n) for n in options.part.split("/"))
    network, _ = load(options.teacher)
    network.bfloat16().eval()
    pieces = Pieces(teacher=True)
    seen, rows = set(), []
    for path in options.data:
        for s in common.read_jsonl(path):
            key = " ".join(s["words"])
            # Test parts are measured on: the teacher does not touch them.
            if s["set"] not in options.sets or s["split"] == "test" or key in seen or not 4 <= len(s["words"]) <= 90:
                continue
            if zlib.crc32(key.encode()) % 1000 >= 1000 * options.share:
                continue
            seen.add(key)
            if len(seen) % parts == number and len(pieces.sentence(s["words"])[0]) <= 200:
                rows.append({"set": "taught", "split": "train"} | label(network, pieces, s["words"]))
                if len(rows) % 1000 == 0:
                    print(len(rows), flush=True)
    common.write_jsonl(os.path.join(common.WORK, f"taught{options.name or number}.jsonl"), rows)


if __name__ == "__main__":
    main()
