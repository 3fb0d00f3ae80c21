//! One table for everything: a row names a state, an organisation, a person in an office, or a noun.

use std::collections::{HashMap, HashSet};

use super::slug;
use crate::check::STATUSES;
use crate::fold::fold;
use crate::sectors::SECTORS;
use crate::table::{Problem, Row, items, rows};
use crate::tables::{NameRow, OrganisationRow, Place, SectorRow, Tables, TermRow};

pub(super) const COLUMNS: [&str; 10] = ["kind", "name", "aliases", "country", "sectors", "office", "from", "to", "status", "id"];

/// What the rows may refer to.
struct Known {
    states: HashSet<String>,
    bodies: HashSet<String>,
    /// Ids of persons by folded name.
    persons: HashMap<String, Vec<String>>,
}

impl Known {
    fn of(tables: &Tables) -> Self {
        let mut persons: HashMap<String, Vec<String>> = HashMap::new();
        for row in &tables.terms {
            let ids = persons.entry(fold(&row.name)).or_default();
            if !ids.contains(&row.id) {
                ids.push(row.id.clone());
            }
        }
        Self {
            states: tables.states.iter().map(|s| s.id.clone()).collect(),
            bodies: tables.organisations.iter().map(|o| o.id.clone()).collect(),
            persons,
        }
    }
}

pub(super) fn add(tables: &mut Tables, file: &str, text: &str, problems: &mut Vec<Problem>) {
    let index = tables.file(file);
    let mut known = Known::of(tables);
    let mut unknown: Option<Problem> = None;
    rows(file, text, |row| {
        let strange = row.cells().map(|(column, _)| column).find(|c| !COLUMNS.contains(c));
        if let Some(column) = strange.filter(|_| unknown.is_none()) {
            let problem = format!("'{column}' in the header is no column: expected some of {}", COLUMNS.join(", "));
            unknown = Some(Problem { line: 1, ..row.problem(problem) });
        }
        let before = problems.len();
        let problem = wrong(row, &known, problems);
        problems.extend(problem.map(|p| row.problem(p)));
        if problems.len() == before {
            take(tables, row, Place { file: index, line: row.line, own: true }, &mut known);
        }
    });
    problems.extend(unknown);
}

/// What is wrong with a row.
fn wrong(row: &Row<'_, '_>, known: &Known, problems: &mut Vec<Problem>) -> Option<String> {
    let (kind, country) = (row.get("kind"), row.get("country"));
    if !matches!(kind, "state" | "organisation" | "person" | "noun" | "group") {
        return Some(format!("'{kind}' is no kind: expected state, organisation, person, noun or group"));
    }
    if row.get("name").is_empty() {
        return Some("the name is missing: expected the words as news writes them".to_owned());
    }
    if let Some(code) = row.list("sectors").find(|s| !SECTORS.contains(s)) {
        return Some(format!("'{code}' is no sector: expected codes of {}, two separated by |", SECTORS.join(" ")));
    }
    let state = known.states.contains(country);
    let fits = match kind {
        "state" => state,
        "person" => state || known.bodies.contains(country),
        "organisation" => state || matches!(country, "" | "IGO" | "NGO"),
        _ => country.is_empty(),
    };
    if !fits {
        let expected = match kind {
            "state" => "expected the id of a state as in knowledge/states.tsv (ISO 3166 alpha-3: KEN)",
            "person" => "expected the id of a state (KEN) or of an organisation as in the tables or above in this file",
            "organisation" => "expected the id of a state (KEN), IGO, NGO, or nothing",
            _ => "expected nothing: a noun has no country of its own",
        };
        return Some(format!("'{country}' in column country: {expected}"));
    }
    if kind != "state" && row.get("sectors").is_empty() {
        return Some("the sectors are missing: expected at least one code, such as GOV".to_owned());
    }
    if kind == "person" && row.get("office").is_empty() {
        return Some("the office is missing: expected a title, such as Trade Minister".to_owned());
    }
    let status = row.get("status");
    if !status.is_empty() && !STATUSES.contains(&status) {
        return Some(format!("'{status}' is no status: expected {}", STATUSES.join(", ")));
    }
    row.period("from", "to", problems);
    None
}

fn take(tables: &mut Tables, row: &Row<'_, '_>, place: Place, known: &mut Known) {
    let get = |column: &str| row.get(column).to_owned();
    let period = row.period("from", "to", &mut Vec::new());
    let name = row.get("name");
    let given = Some(row.get("id")).filter(|id| !id.is_empty());
    match row.get("kind") {
        "state" => {
            let sector = items(row.get("sectors")).next();
            let (kind, note) = sector.map_or(("name", String::new()), |s| ("metonym", format!("sector={s}")));
            for text in std::iter::once(name).chain(row.list("aliases")) {
                tables.names.push(NameRow {
                    place,
                    id: get("country"),
                    text: text.to_owned(),
                    kind: kind.to_owned(),
                    note: note.clone(),
                    period,
                });
            }
        }
        "organisation" => {
            let id = given.map_or_else(|| slug(name), str::to_owned);
            known.bodies.insert(id.clone());
            tables.organisations.push(OrganisationRow {
                place,
                id,
                name: name.to_owned(),
                aliases: get("aliases"),
                kind: "movement".to_owned(),
                sectors: get("sectors"),
                country: get("country"),
                members: String::new(),
                note: String::new(),
                from: get("from"),
                to: get("to"),
                period,
            });
        }
        "person" => {
            // A person of the tables gets another term; of several with one name, only the id tells which.
            let same = known.persons.get(&fold(name)).filter(|ids| ids.len() == 1).map(|ids| ids[0].clone());
            let id = given.map(str::to_owned).or(same).unwrap_or_else(|| slug(name));
            known.persons.entry(fold(name)).or_default().push(id.clone());
            let status = Some(get("status")).filter(|s| !s.is_empty()).unwrap_or_else(|| "in-office".to_owned());
            tables.terms.push(TermRow {
                place,
                id,
                name: name.to_owned(),
                aliases: get("aliases"),
                of: get("country"),
                title: get("office"),
                sector: get("sectors"),
                status,
                sure: String::new(),
                note: String::new(),
                from: get("from"),
                to: get("to"),
                period,
            });
        }
        kind => {
            let kind = if kind == "group" { "group" } else { "person" };
            for text in std::iter::once(name).chain(row.list("aliases")) {
                tables.sectors.push(SectorRow {
                    place,
                    text: text.to_lowercase(),
                    sectors: get("sectors"),
                    kind: kind.to_owned(),
                    number: String::new(),
                });
            }
        }
    }
}
