//! States and their names.

use std::collections::HashMap;

use super::{Found, overlap};
use crate::index::write::NAMINGS;
use crate::table::items;

const KINDS: [&str; 4] = ["state", "historical", "partial", "dependency"];

pub(super) fn check(found: &mut Found<'_>) {
    let tables = found.tables;
    let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, row) in tables.states.iter().enumerate() {
        by_id.entry(&row.id).or_default().push(i);
    }
    for row in &tables.states {
        found.span(row.place, row.period, false);
        if !KINDS.contains(&row.kind.as_str()) {
            found.error(row.place, format!("'{}' is no kind: write {}", row.kind, KINDS.join(", ")));
        }
        if row.id.len() != 3 || !row.id.bytes().all(|b| b.is_ascii_uppercase()) {
            found.error(row.place, format!("the id '{}' is not three capital letters", row.id));
        }
        for (column, number) in [("cow", &row.cow), ("gw", &row.gw)] {
            if !number.is_empty() && number.parse::<u16>().is_err() {
                found.error(row.place, format!("'{number}' in column {column} is no state number: write digits or leave the cell empty"));
            }
        }
        for id in items(&row.successor).filter(|id| !by_id.contains_key(id)) {
            found.error(row.place, format!("the successor '{id}' is not an id of this table: correct it or add its row"));
        }
    }
    for rows in by_id.values() {
        for (n, a) in rows.iter().map(|i| &tables.states[*i]).enumerate() {
            for b in rows[..n].iter().map(|i| &tables.states[*i]) {
                // A day of change may belong to both periods.
                if overlap(a.period, b.period) && a.period.from != b.period.to && b.period.from != a.period.to {
                    let at = found.at(b.place);
                    found.error(a.place, format!("two periods of {} overlap (the other: {at}): let one end before the other begins", a.id));
                }
            }
        }
    }
    let mut seen: HashMap<(&str, &str, &str), Vec<usize>> = HashMap::new();
    for (i, row) in tables.names.iter().enumerate() {
        found.span(row.place, row.period, false);
        if !NAMINGS.contains(&row.kind.as_str()) {
            found.error(row.place, format!("'{}' is no kind of name: write {}", row.kind, NAMINGS.join(", ")));
        }
        let Some(periods) = by_id.get(row.id.as_str()) else {
            found.error(row.place, format!("'{}' is not in states.tsv: correct the id or add the state", row.id));
            continue;
        };
        let lived = periods.iter().any(|p| overlap(tables.states[*p].period, row.period));
        if !lived && row.kind != "former" {
            found.warning(
                row.place,
                format!("'{}' names {} at a time when that did not exist: see its periods in states.tsv", row.text, row.id),
            );
        }
        let same = seen.entry((&row.id, &row.text, &row.kind)).or_default();
        if let Some(other) = same.iter().map(|j| &tables.names[*j]).find(|o| overlap(o.period, row.period)) {
            let at = found.at(other.place);
            found.error(row.place, format!("this name stands twice (also {at}): take one row away, or give them other dates"));
        }
        same.push(i);
    }
    let mut texts: HashMap<&str, usize> = HashMap::new();
    for (i, row) in tables.sectors.iter().enumerate() {
        found.sectors(row.place, &row.sectors);
        if !matches!(row.kind.as_str(), "person" | "group" | "organisation") {
            found.error(row.place, format!("'{}' is no kind: write person, group or organisation", row.kind));
        }
        if !matches!(row.number.as_str(), "" | "singular" | "plural" | "collective") {
            found.error(row.place, format!("'{}' is no number: write singular, plural or collective", row.number));
        }
        if let Some(other) = texts.insert(&row.text, i).map(|j| &tables.sectors[j]).filter(|o| o.place.own == row.place.own) {
            let at = found.at(other.place);
            found.error(row.place, format!("'{}' stands twice (also {at}); only the first counts: take one away", row.text));
        }
    }
}
