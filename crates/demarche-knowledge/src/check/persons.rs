//! Persons and their terms.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{Found, overlap};
use crate::fold::fold;

pub(crate) const STATUSES: [&str; 8] = ["in-office", "acting", "caretaker", "interim", "elect", "relative", "exile", "disputed"];
/// Years between somebody's first and last office beyond which two people must have been taken for one.
const LONGEST_LIFE_IN_OFFICE: i16 = 85;

pub(super) fn check(found: &mut Found<'_>) {
    let tables = found.tables;
    let bodies: HashSet<&str> =
        tables.states.iter().map(|s| s.id.as_str()).chain(tables.organisations.iter().map(|o| o.id.as_str())).collect();
    let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_office: HashMap<(String, &str, &str), Vec<usize>> = HashMap::new();
    for (i, row) in tables.terms.iter().enumerate() {
        found.span(row.place, row.period, true);
        found.sectors(row.place, &row.sector);
        if row.sector.is_empty() {
            found.error(row.place, format!("the term of {} has no sector: write at least one code", row.name));
        }
        if row.title.is_empty() || row.name.is_empty() || row.id.is_empty() {
            found.error(row.place, "id, name and title must not be empty".to_owned());
        }
        if !bodies.contains(row.of.as_str()) {
            found.error(
                row.place,
                format!("'{}' is neither in states.tsv nor in organisations.tsv: correct the id in column of, or add a row there", row.of),
            );
        }
        if !STATUSES.contains(&row.status.as_str()) {
            found.error(row.place, format!("'{}' is no status: write {}", row.status, STATUSES.join(", ")));
        }
        if !matches!(row.sure.as_str(), "" | "1" | "2" | "3") {
            found.error(row.place, format!("'{}' in column sure: write 3 (certain), 2 (likely) or 1 (doubtful)", row.sure));
        }
        let own = by_id.entry(&row.id).or_default();
        if let Some(first) = own.first().map(|j| &tables.terms[*j])
            && first.name != row.name
        {
            let at = found.at(first.place);
            found.error(
                row.place,
                format!(
                    "'{}' is called '{}' in {at}: one name for one id, other spellings in aliases; two people need two ids",
                    row.id, first.name
                ),
            );
        }
        if let Some(other) = own.iter().map(|j| &tables.terms[*j]).find(|o| {
            o.of == row.of && o.title == row.title && o.status == row.status && o.period == row.period && o.place.own == row.place.own
        }) {
            let at = found.at(other.place);
            found.error(row.place, format!("this term stands twice (also {at}): take one row away"));
        }
        own.push(i);
        let same = by_office.entry((fold(&row.name), &row.of, &row.title)).or_default();
        if let Some(other) = same.iter().map(|j| &tables.terms[*j]).find(|o| o.id != row.id && overlap(o.period, row.period)) {
            let at = found.at(other.place);
            found.error(
                row.place,
                format!("{} holds this office at the same time under the id '{}' ({at}): one person, one id", row.name, other.id),
            );
        }
        same.push(i);
    }
    for rows in by_id.values() {
        let terms = || rows.iter().map(|i| &tables.terms[*i]);
        let first = terms().map(|t| t.period.from).filter(|d| *d != Date::MIN).min();
        let last = terms().map(|t| if t.period.to == Date::MAX { t.period.from } else { t.period.to }).max();
        if let (Some(first), Some(last)) = (first, last)
            && last.year() - first.year() > LONGEST_LIFE_IN_OFFICE
            && let Some(row) = terms().next()
        {
            found
                .error(row.place, format!("{} is in office from {first} to {last}, longer than a life: give two people two ids", row.name));
        }
    }
}
