//! Organisations.

use std::collections::{HashMap, HashSet};

use super::{Found, overlap};
use crate::fold::fold;
use crate::table::{day, items};

const KINDS: [&str; 14] = [
    "igo",
    "court",
    "armed",
    "criminal",
    "party",
    "movement",
    "agency",
    "ngo",
    "thinktank",
    "labour",
    "media",
    "company",
    "ethnic",
    "religious",
];

pub(super) fn check(found: &mut Found<'_>) {
    let tables = found.tables;
    let states: HashSet<&str> = tables.states.iter().map(|s| s.id.as_str()).collect();
    let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_name: HashMap<(String, &str), Vec<usize>> = HashMap::new();
    for (i, row) in tables.organisations.iter().enumerate() {
        found.span(row.place, row.period, true);
        found.sectors(row.place, &row.sectors);
        if row.sectors.is_empty() {
            found.error(row.place, format!("'{}' has no sector: write at least one code", row.name));
        }
        if !KINDS.contains(&row.kind.as_str()) {
            found.error(row.place, format!("'{}' is no kind: write {}", row.kind, KINDS.join(", ")));
        }
        if !row.country.is_empty() && !states.contains(row.country.as_str()) && !matches!(row.country.as_str(), "IGO" | "NGO") {
            found.error(
                row.place,
                format!("'{}' is no state: write an id of states.tsv, or nothing for a body without a state", row.country),
            );
        }
        if states.contains(row.id.as_str()) {
            found.error(row.place, format!("the id '{}' is that of a state: choose another", row.id));
        }
        for member in items(&row.members) {
            let (id, dates) = member.split_once('@').unwrap_or((member, ""));
            if !states.contains(id) {
                found.error(row.place, format!("'{id}' among the members is no state: write an id of states.tsv"));
            }
            let (from, to) = dates.split_once("..").unwrap_or((dates, ""));
            let (first, last) = (day(from, false), day(to, true));
            let bad = |text: &str, read: Option<jiff::civil::Date>| !text.is_empty() && read.is_none();
            if bad(from, first) || bad(to, last) || first.zip(last).is_some_and(|(a, b)| a > b) {
                found.error(row.place, format!("'{member}' among the members: write ID, ID@FROM or ID@FROM..TO, FROM before TO"));
            }
        }
        let same = by_id.entry(&row.id).or_default();
        if let Some(other) = same.iter().map(|j| &tables.organisations[*j]).find(|o| {
            overlap(o.period, row.period)
                && o.period.to != row.period.from
                && row.period.to != o.period.from
                && o.place.own == row.place.own
        }) {
            let at = found.at(other.place);
            found.error(row.place, format!("two rows of '{}' overlap in time (the other: {at}): give them other dates or ids", row.id));
        }
        same.push(i);
        let rows = by_name.entry((fold(&row.name), &row.country)).or_default();
        if let Some(other) = rows.iter().map(|j| &tables.organisations[*j]).find(|o| o.id != row.id && overlap(o.period, row.period)) {
            let at = found.at(other.place);
            if other.place.own == row.place.own {
                found.error(
                    row.place,
                    format!(
                        "'{}' is also the name of '{}' ({at}), same country, same time: make them one, or tell the names apart",
                        row.name, other.id
                    ),
                );
            }
        }
        rows.push(i);
    }
}
