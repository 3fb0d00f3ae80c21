#!/usr/bin/env python3
"""Reads, checks and counts the event training set (standard library only).

Usage: check.py [FILE ...]      checks the given files, or every *.txt beside this script; exit 1 where something is wrong.
       check.py --statistics    also prints counts per type, mode, status and kind of non-event, and the share of near-duplicates.

`read(path)` yields the blocks; the training code uses it too.
"""
import collections
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STATUSES = {"actual", "historical", "planned", "hypothetical", "negated", "unconfirmed"}
STANCES = {"for", "against", "demands", "refuses", "conditional", "undeclared"}
COUNTED = {"dead", "injured", "detained", "displaced", "soldiers", "participants", "weapons", "money"}
KINDS = "plonfv"
CONTEXTS = set("""military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal
reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping
health asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs
trafficking""".split())
OPEN = re.compile(r"\[(\d{1,2})?([plonfv])?(?:=([\d+]+))? |\{([A-Z]) ")
RECORD = re.compile(r"([A-Z])(\?)? ([A-Z]+)(?:/(\S+))? ([\d,]*)>([\d,]*)((?: [a-z]+=\S+)*)$")


def frame():
    """Event → set of modes, from the coding frame's table."""
    events = collections.defaultdict(set)
    with open(os.path.join(HERE, "..", "..", "knowledge", "plover.tsv"), encoding="utf8") as table:
        for line in table:
            cells = line.rstrip("\n").split("\t")
            if cells[0].isupper():
                events[cells[0]].update({cells[1]} - {""})
    return events


class Block:
    """One passage: `text` without marks; `spans` and `triggers` with character offsets; `records`."""

    def __init__(self, path, line):
        self.path, self.line = path, line
        self.text, self.spans, self.triggers = "", [], {}
        self.records, self.statements, self.positions, self.kind = [], [], [], None
        self.problems = []

    def wrong(self, message, offset=0):
        self.problems.append(f"{self.path}:{self.line + offset}: {message}")


def parse_text(block, marked):
    out, stack, i, size = [], [], 0, 0
    while i < len(marked):
        c = marked[i]
        if c in "[{":
            m = OPEN.match(marked, i)
            if not m or not (m.group(1) or m.group(2) or m.group(4)):
                block.wrong(f"'{marked[i:i + 14]}…' opens no mark: write [1 …], [1p …], [p …] or {{A …}}")
                return
            stack.append((m, size))
            i = m.end()
            continue
        if c in "]}":
            if not stack or (c == "}") != bool(stack[-1][0].group(4)):
                block.wrong(f"'{c}' after '{''.join(out)[-14:]}' closes nothing, or the wrong mark")
                return
            m, start = stack.pop()
            if start == size:
                block.wrong("an empty mark")
            if m.group(4):
                if m.group(4) in block.triggers:
                    block.wrong(f"trigger {m.group(4)} is marked twice")
                block.triggers[m.group(4)] = (start, size)
            else:
                block.spans.append({"number": int(m.group(1)) if m.group(1) else None, "kind": m.group(2), "start": start, "end": size,
                                    "members": [int(n) for n in m.group(3).split("+")] if m.group(3) else []})
            i += 1
            continue
        out.append(c)
        size += 1
        i += 1
    if stack:
        block.wrong(f"the mark '{stack[-1][0].group(0)}' is never closed")
    block.text = "".join(out)
    if block.text != block.text.strip() or "  " in block.text:
        block.wrong("double, leading or trailing spaces in the text")


def numbers(text):
    return [int(n) for n in text.split(",") if n]


def parse_record(block, line, offset, events):
    m = RECORD.match(line)
    if not m:
        block.wrong(f"not a record line: '{line}' (LETTER EVENT/mode ACTORS>RECIPIENTS key=value …)", offset)
        return
    letter, optional, event, modes, actors, recipients, rest = m.groups()
    modes = modes.split("+") if modes else []
    known = {s["number"] for s in block.spans if s["number"]}
    if letter not in block.triggers:
        block.wrong(f"record {letter} has no trigger {{{letter} …}} in the text", offset)
    if event not in events:
        block.wrong(f"'{event}' is no event type", offset)
    for mode in modes:
        if event in events and mode not in events[event]:
            block.wrong(f"{event} has no mode '{mode}' (it has {', '.join(sorted(events[event])) or 'none'})", offset)
    record = {"letter": letter, "optional": bool(optional), "event": event, "modes": modes, "actors": numbers(actors), "recipients": numbers(recipients),
              "status": "actual", "cue": [], "by": [], "when": None, "where": None, "count": [], "about": [], "same": None}
    used = set(record["actors"] + record["recipients"])
    if set(record["actors"]) & set(record["recipients"]):
        block.wrong("a party is actor and recipient at once", offset)
    for pair in rest.split():
        key, value = pair.split("=", 1)
        try:
            if key == "status":
                record["status"] = value
                if value not in STATUSES:
                    block.wrong(f"'{value}' is no status", offset)
            elif key == "cue":
                record["cue"] = numbers(value)
                used.update(record["cue"])
            elif key == "by":
                for link in value.split(","):
                    verbatim = link.endswith('"')
                    speaker, cue = link.rstrip('"').split(":")
                    link = {"speaker": int(speaker) if speaker else None, "cue": int(cue) if cue else None, "verbatim": verbatim}
                    record["by"].append(link)
                    used.update(n for n in (link["speaker"], link["cue"]) if n)
            elif key in ("when", "where"):
                record[key] = numbers(value)[0]
                used.update(numbers(value))
            elif key == "count":
                for item in value.split(","):
                    n, what = item.split(":")
                    record["count"].append((int(n), what))
                    used.add(int(n))
                    if what not in COUNTED:
                        block.wrong(f"count of '{what}': one of {', '.join(sorted(COUNTED))}", offset)
            elif key == "about":
                record["about"] = value.split(",")
                for c in record["about"]:
                    if c not in CONTEXTS:
                        block.wrong(f"'{c}' is no context", offset)
            elif key == "same":
                record["same"] = value
                if value not in block.triggers:
                    block.wrong(f"same={value}: no such trigger", offset)
            else:
                block.wrong(f"unknown key '{key}'", offset)
        except (ValueError, IndexError):
            block.wrong(f"cannot read '{pair}'", offset)
    for n in sorted(used - known):
        block.wrong(f"number {n} is not marked in the text", offset)
    block.records.append(record)


def parse_block(path, first, lines, events):
    block = Block(path, first)
    parse_text(block, lines[0])
    for offset, line in enumerate(lines[1:], 1):
        if line.startswith("- "):
            block.kind = line[2:].strip()
        elif line.startswith('"'):
            m = re.match(r'"(\d*):(\d*)$', line)
            if m:
                block.statements.append(tuple(int(n) if n else None for n in m.groups()))
            else:
                block.wrong(f"not a statement line: '{line}'", offset)
        elif line.startswith("^ "):
            m = re.match(r"\^ (\d+) (\w+): (.+)$", line)
            if m and m.group(2) in STANCES:
                block.positions.append((int(m.group(1)), m.group(2), m.group(3)))
            else:
                block.wrong(f"not a position line: '{line}'", offset)
        else:
            parse_record(block, line, offset, events)
    recorded = [r["letter"] for r in block.records]
    for letter in block.triggers:
        if letter not in recorded:
            block.wrong(f"trigger {letter} has no record line")
    for letter, n in collections.Counter(recorded).items():
        if n > 1 and len({(r["event"]) for r in block.records if r["letter"] == letter}) < 1:
            block.wrong(f"two records for {letter}")
    if not block.records and block.kind is None and not block.statements and not block.positions:
        block.wrong("no record line; a block without an event ends in a line '- kind' (sport, market, weather, accident, idiom, …)")
    if block.records and block.kind is not None:
        block.wrong("a block with records cannot also be a non-event")
    return block


def read(path, events=None):
    """Yields the blocks of one file, good or not (`problems` says)."""
    events = events or frame()
    lines, first = [], 0
    with open(path, encoding="utf8") as file:
        for number, line in enumerate(list(file) + [""], 1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                continue
            if line.strip():
                first = first or number
                lines.append(line)
            elif lines:
                yield parse_block(os.path.relpath(path), first, lines, events)
                lines, first = [], 0


def shingles(text):
    """Three-word runs with names and numbers folded, so that a shared skeleton is seen behind other names."""
    words = [("#" if w[0].isdigit() else "N" if w[0].isupper() and i else w.lower()) for i, w in enumerate(re.findall(r"\w+", text))]
    folded = [w for i, w in enumerate(words) if not (w == "N" and i and words[i - 1] == "N")]
    return {tuple(folded[i:i + 3]) for i in range(len(folded) - 2)}


def near_duplicates(blocks, limit=0.5):
    """Blocks whose folded three-word runs overlap an earlier block's by the limit (Jaccard) or more."""
    index, found = collections.defaultdict(list), []
    sets = [shingles(b.text) for b in blocks]
    for i, s in enumerate(sets):
        shared = collections.Counter(j for g in s for j in index[g])
        hit = [j for j, n in shared.most_common(3) if n / len(s | sets[j]) >= limit]
        if hit:
            found.append((i, hit[0]))
        for g in s:
            index[g].append(i)
    return found


def main(arguments):
    statistics = "--statistics" in arguments
    paths = [a for a in arguments if not a.startswith("--")] or sorted(glob.glob(os.path.join(HERE, "*.txt")))
    events, blocks = frame(), []
    for path in paths:
        blocks += read(path, events)
    problems = [p for b in blocks for p in b.problems]
    for p in problems:
        print(p)
    twins = near_duplicates(blocks)
    for i, j in twins[:20] if statistics or len(paths) == 1 else []:
        print(f"{blocks[i].path}:{blocks[i].line}: much like {blocks[j].path}:{blocks[j].line}")
    records = [r for b in blocks for r in b.records]
    print(f"{len(blocks)} blocks in {len(paths)} files, {len(records)} records, {sum(b.kind is not None for b in blocks)} non-events, "
          f"{len(twins)} near-duplicates ({len(twins) / max(1, len(blocks)):.1%}), {len(problems)} problems")
    if statistics:
        for title, counts in (("type", collections.Counter(r["event"] for r in records)),
                              ("mode", collections.Counter(f"{r['event']}/{m}" for r in records for m in r["modes"])),
                              ("status", collections.Counter(r["status"] for r in records)),
                              ("links of attribution", collections.Counter(len(r["by"]) for r in records)),
                              ("non-event", collections.Counter(b.kind for b in blocks if b.kind is not None))):
            print(f"\n{title}")
            for name, n in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
                print(f"  {n:6d}  {name}")
    if problems or len(twins) > 0.05 * len(blocks):
        if not problems:
            print("more than 5% near-duplicates")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
