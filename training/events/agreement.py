#!/usr/bin/env python3
"""Agreement of the two readings of the training set (standard library only): agreement.py

`second/` holds a blind second reading of a fifth of the passages: the reader saw the text and the coding frame, never the first marks. Mentions are
matched where their triggers overlap; parties are compared as sets of overlapping spans.
"""
import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check  # noqa: E402


def spans(block, number):
    return [(s["start"], s["end"]) for s in block.spans if s["number"] == number]


def same_parties(a, numbers_a, b, numbers_b):
    """Every party of one reading overlaps one of the other, and the other way round."""
    meets = lambda x, y: any(s < e2 and s2 < e for s, e in x for s2, e2 in y)
    left, right = [spans(a, n) for n in numbers_a], [spans(b, n) for n in numbers_b]
    return all(any(meets(x, y) for y in right) for x in left) and all(any(meets(x, y) for x in left) for y in right)


def speakers(block, record):
    return [link["speaker"] for link in record["by"] if link["speaker"]]


def main():
    first = {b.text: b for path in glob.glob(os.path.join(check.HERE, "*.txt")) for b in check.read(path)}
    passages = mentions_a = mentions_b = matched = typed = actors = recipients = status = said = triples = 0
    for path in sorted(glob.glob(os.path.join(check.HERE, "second", "*.txt"))):
        for b in check.read(path):
            a = first.get(b.text)
            if a is None or a.problems or b.problems:
                continue
            passages += 1
            rows_a, rows_b = ([r for r in x.records if not r["optional"]] for x in (a, b))
            mentions_a += len(rows_a)
            mentions_b += len(rows_b)
            used = set()
            for r in rows_a:
                s, e = a.triggers[r["letter"]]
                hit = next((q for q in rows_b if id(q) not in used and b.triggers[q["letter"]][0] < e and s < b.triggers[q["letter"]][1]), None)
                if hit is None:
                    continue
                used.add(id(hit))
                matched += 1
                if r["event"] != hit["event"]:
                    continue
                typed += 1
                same_actors = same_parties(a, r["actors"], b, hit["actors"])
                same_recipients = same_parties(a, r["recipients"], b, hit["recipients"])
                actors += same_actors
                recipients += same_recipients
                triples += same_actors and same_recipients
                status += r["status"] == hit["status"]
                said += same_parties(a, speakers(a, r), b, speakers(b, hit))
    f1 = lambda n: 2 * n / max(1, mentions_a + mentions_b)
    print(f"passages read twice      {passages}")
    print(f"mentions                 {mentions_a} and {mentions_b}")
    print(f"mention F1               {f1(matched):.3f}")
    print(f"mention and type F1      {f1(typed):.3f}")
    print(f"triple F1                {f1(triples):.3f}  (type, actors and recipients alike)")
    for name, n in (("actors", actors), ("recipients", recipients), ("status", status), ("speakers", said)):
        print(f"{name:24s} {n / max(1, typed):.3f} of mentions with one type")


if __name__ == "__main__":
    main()
