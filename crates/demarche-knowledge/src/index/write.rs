//! Tables → index.

use std::collections::{BTreeMap, HashMap};

use fst::MapBuilder;
use jiff::civil::Date;

use super::{NONE, PARTS, Part};
use crate::fold::{ends, fold};
use crate::table::items;
use crate::tables::Tables;

/// Names and the rows they lead to.
type Keys = BTreeMap<String, Vec<u32>>;

/// A reading of a state's name, in the order of plainness: the user's first, then those without rivals, then by how the word names the state.
type Reading<'a> = (bool, bool, usize, &'a str, u32);

struct Writer {
    parts: [Vec<u8>; PARTS],
    texts: HashMap<String, u32>,
}

impl Writer {
    fn text(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let pool = &mut self.parts[Part::Texts as usize];
        let at = pool.len() as u32;
        pool.extend((text.len() as u32).to_le_bytes());
        pool.extend(text.as_bytes());
        self.texts.insert(text.to_owned(), at);
        at
    }

    fn row(&mut self, part: Part, cells: &[u32]) {
        for cell in cells {
            self.parts[part as usize].extend(cell.to_le_bytes());
        }
    }

    fn map(&mut self, part: Part, keys: Keys) -> Result<(), fst::Error> {
        let mut builder = MapBuilder::memory();
        for (key, rows) in keys {
            let groups = &mut self.parts[Part::Groups as usize];
            let at = groups.len() as u64;
            groups.extend((rows.len() as u32).to_le_bytes());
            groups.extend(rows.iter().flat_map(|r| r.to_le_bytes()));
            builder.insert(key, at)?;
        }
        self.parts[part as usize] = builder.into_inner()?;
        Ok(())
    }
}

/// A day as a number that sorts like it.
fn number(day: Date) -> u32 {
    match day {
        Date::MIN => 0,
        Date::MAX => u32::MAX,
        day => day.year().max(0) as u32 * 10_000 + day.month() as u32 * 100 + day.day() as u32,
    }
}

fn add(keys: &mut Keys, key: String, row: u32) {
    let rows = keys.entry(key).or_default();
    if !rows.contains(&row) {
        rows.push(row);
    }
}

/// How words name a state, the plainest first.
pub(crate) const NAMINGS: [&str; 9] = ["name", "official", "short", "abbreviation", "former", "adjective", "people", "capital", "metonym"];

/// The note of a name that case does not tell from a common word.
const ANY_CASE: &str = "any case";

/// Whether the id is one of the tables' own, for what no list of states has.
pub(crate) fn own_code(id: &str) -> bool {
    id.starts_with('X') && id != "XKX"
}

/// Compiles the tables. Rows that name nothing known are left out; the checks report them.
pub(crate) fn compile(tables: &Tables) -> Result<Vec<u8>, fst::Error> {
    let mut out = Writer { parts: Default::default(), texts: HashMap::new() };
    states(&mut out, tables)?;
    sectors(&mut out, tables)?;
    organisations(&mut out, tables)?;
    persons(&mut out, tables)?;
    let mut bytes = Vec::new();
    let mut at = (PARTS * 8) as u32;
    for part in &out.parts {
        bytes.extend(at.to_le_bytes());
        bytes.extend((part.len() as u32).to_le_bytes());
        at += part.len() as u32;
    }
    for part in &out.parts {
        bytes.extend(part);
    }
    Ok(bytes)
}

fn states(out: &mut Writer, tables: &Tables) -> Result<(), fst::Error> {
    let mut ids = Keys::new();
    let mut partial: HashMap<&str, bool> = HashMap::new();
    let mut within: HashMap<&str, &str> = HashMap::new();
    for row in &tables.states {
        let all = partial.entry(&row.id).or_insert(true);
        *all &= row.kind == "partial";
        if let Some(parent) = items(&row.successor).next() {
            within.entry(&row.id).or_insert(parent);
        }
    }
    for row in &tables.names {
        if let Some(parent) = row.note.split(';').find_map(|n| n.trim().strip_prefix("part_of=")) {
            within.insert(&row.id, parent);
        }
    }
    for (i, row) in tables.states.iter().enumerate() {
        let code = |text: &str| text.parse().unwrap_or(NONE);
        let cells = [
            out.text(&row.id),
            out.text(&row.name),
            out.text(&row.official),
            code(&row.cow),
            code(&row.gw),
            out.text(&row.fips),
            out.text(&row.kind),
            out.text(&row.capital),
            out.text(&row.successor),
            out.text(within.get(row.id.as_str()).copied().unwrap_or("")),
            number(row.period.from),
            number(row.period.to),
            u32::from(row.place.own),
        ];
        out.row(Part::States, &cells);
        add(&mut ids, row.id.clone(), i as u32);
    }
    let mut keys: BTreeMap<String, Vec<Reading<'_>>> = BTreeMap::new();
    let mut count = 0;
    for row in &tables.names {
        let Some(naming) = NAMINGS.iter().position(|n| *n == row.kind).filter(|_| ids.contains_key(&row.id)) else { continue };
        if !row.place.own && tables.not_states.contains(&fold(&row.text)) {
            continue;
        }
        let sector = row.note.split(';').find_map(|n| n.trim().strip_prefix("sector=")).unwrap_or("");
        let short = row.text.chars().filter(|c| c.is_alphabetic()).count() <= 4 || row.kind == "metonym";
        let short = short && row.note != ANY_CASE;
        // What no state system lists, a body of the same name may be: kept apart, so that an armed group is not taken for a state.
        let ambiguous = row.note.contains("ambiguous=") || own_code(&row.id) && partial.get(row.id.as_str()).copied().unwrap_or(false);
        let cells = [
            out.text(&row.id),
            out.text(&row.text),
            naming as u32,
            number(row.period.from),
            number(row.period.to),
            out.text(sector),
            u32::from(ambiguous),
            u32::from(short),
            out.text(&row.note),
            u32::from(row.place.own),
        ];
        out.row(Part::Names, &cells);
        keys.entry(fold(&row.text)).or_default().push((!row.place.own, ambiguous, naming, &row.id, count));
        count += 1;
    }
    out.map(Part::StateIds, ids)?;
    let sorted = keys.into_iter().map(|(key, mut rows)| {
        rows.sort_unstable();
        (key, rows.into_iter().map(|r| r.4).collect())
    });
    out.map(Part::StateNames, sorted.collect())
}

fn sectors(out: &mut Writer, tables: &Tables) -> Result<(), fst::Error> {
    let mut keys = Keys::new();
    for (i, row) in tables.sectors.iter().enumerate() {
        let phrase = fold(&row.text);
        let cells =
            [out.text(&row.text), out.text(&row.sectors), out.text(&row.kind), phrase.split(' ').count() as u32, u32::from(row.place.own)];
        out.row(Part::Sectors, &cells);
        let rows = keys.entry(phrase).or_default();
        // The user's row before the tables'; else the first.
        let first = rows.iter().position(|r| !tables.sectors[*r as usize].place.own);
        match first.filter(|_| row.place.own) {
            Some(at) => rows.insert(at, i as u32),
            None => rows.push(i as u32),
        }
    }
    out.map(Part::SectorTexts, keys)
}

fn organisations(out: &mut Writer, tables: &Tables) -> Result<(), fst::Error> {
    let (mut ids, mut names) = (Keys::new(), Keys::new());
    let mut count = 0;
    for (i, row) in tables.organisations.iter().enumerate() {
        let cells = [
            out.text(&row.id),
            out.text(&row.name),
            out.text(&row.kind),
            out.text(&row.sectors),
            out.text(&row.country),
            out.text(&row.from),
            out.text(&row.to),
            number(row.period.from),
            number(row.period.to),
            out.text(&row.members),
            u32::from(row.place.own),
        ];
        out.row(Part::Organisations, &cells);
        add(&mut ids, row.id.clone(), i as u32);
        let mut seen: Vec<String> = Vec::new();
        for text in std::iter::once(row.name.as_str()).chain(items(&row.aliases)) {
            let key = fold(text);
            if seen.contains(&key) || !row.place.own && tables.not_organisations.contains(&key) {
                continue;
            }
            // Acronyms and short names must match in case.
            let cased = if text.chars().count() <= 5 && row.note != ANY_CASE { out.text(text) } else { NONE };
            out.row(Part::Aliases, &[i as u32, cased]);
            names.entry(key.clone()).or_default().push(count);
            seen.push(key);
            count += 1;
        }
    }
    out.map(Part::OrganisationIds, ids)?;
    out.map(Part::OrganisationNames, names)
}

fn persons(out: &mut Writer, tables: &Tables) -> Result<(), fst::Error> {
    // Terms of one person together, in order of time.
    let mut order: Vec<&str> = Vec::new();
    let mut terms: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, row) in tables.terms.iter().enumerate() {
        let own = terms.entry(&row.id).or_default();
        if own.is_empty() {
            order.push(&row.id);
        }
        own.push(i);
    }
    let (mut names, mut last, mut of) = (Keys::new(), Keys::new(), Keys::new());
    let mut count = 0;
    for (person, id) in order.iter().enumerate() {
        let mut own = terms.remove(id).unwrap_or_default();
        let Some(first) = own.first().map(|i| &tables.terms[*i]) else { continue };
        let cells = [out.text(id), out.text(&first.name), count, own.len() as u32];
        out.row(Part::Persons, &cells);
        for row in own.iter().map(|i| &tables.terms[*i]) {
            for text in std::iter::once(row.name.as_str()).chain(items(&row.aliases)) {
                add(&mut names, fold(text), person as u32);
                for end in ends(text) {
                    add(&mut last, end, person as u32);
                }
            }
        }
        own.sort_by_key(|i| tables.terms[*i].period.from);
        for row in own.iter().map(|i| &tables.terms[*i]) {
            let cells = [
                person as u32,
                out.text(&row.title),
                out.text(&row.of),
                out.text(&row.status),
                out.text(&row.sector),
                out.text(&row.from),
                out.text(&row.to),
                number(row.period.from),
                number(row.period.to),
                out.text(&row.sure),
                out.text(&row.note),
                u32::from(row.place.own),
                row.place.line as u32,
            ];
            out.row(Part::Terms, &cells);
            add(&mut of, row.of.clone(), count);
            count += 1;
        }
    }
    out.map(Part::PersonNames, names)?;
    out.map(Part::PersonEnds, last)?;
    out.map(Part::OfficesOf, of)
}
