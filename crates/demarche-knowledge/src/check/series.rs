//! Offices that one person holds at a time: two holders at once, years without one.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::Found;
use crate::table::day;
use crate::tables::TermRow;
use crate::{FIRST_DAY_OF_PERSONS, LAST_DAY};

/// Titles of heads of state and of government, as the tables write them.
const SOLE: [&str; 12] = [
    "President",
    "Prime Minister",
    "Premier",
    "Chancellor",
    "King",
    "Queen",
    "Emperor",
    "Emir",
    "Sultan",
    "Grand Duke",
    "Supreme Leader",
    "Taoiseach",
];

/// The days on which a term certainly ran: of an inexact beginning the last day, of an inexact end the first.
fn certain(row: &TermRow) -> (Date, Date) {
    (day(&row.from, true).unwrap_or(row.period.from), day(&row.to, false).unwrap_or(row.period.to))
}

pub(super) fn check(found: &mut Found<'_>) {
    let tables = found.tables;
    // A throne is one office, whoever sits on it.
    let office = |title: &'static str| if title == "Queen" { "King" } else { title };
    let mut series: BTreeMap<(&str, &str), Vec<&TermRow>> = BTreeMap::new();
    let states: HashSet<&str> = tables.states.iter().map(|s| s.id.as_str()).collect();
    for row in tables.terms.iter().filter(|t| states.contains(t.of.as_str())) {
        if let Some(title) = SOLE.iter().find(|s| **s == row.title) {
            series.entry((&row.of, office(title))).or_default().push(row);
        }
    }
    for ((of, title), mut rows) in series {
        rows.sort_by_key(|r| (r.period.from, r.place.file, r.place.line));
        let sole: Vec<&&TermRow> = rows.iter().filter(|r| r.status == "in-office" && !r.note.contains("joint")).collect();
        for (n, a) in sole.iter().enumerate() {
            for b in &sole[n + 1..] {
                let (from, to) = (certain(a).0.max(certain(b).0), certain(a).1.min(certain(b).1));
                if a.id != b.id && from < to && a.place.own == b.place.own {
                    let at = found.at(a.place);
                    found.error(
                        b.place,
                        format!(
                            "{} and {} ({at}) are both {title} of {of} from {from} to {to}: correct the dates, or mark one acting or disputed, or both joint in the note",
                            b.name, a.name
                        ),
                    );
                }
            }
        }
        let mut end: Option<(Date, &TermRow)> = None;
        for row in rows.iter().filter(|r| !matches!(r.status.as_str(), "elect" | "exile" | "relative")) {
            if let Some((last, before)) = end
                && last >= FIRST_DAY_OF_PERSONS
                && last < LAST_DAY
                && last.saturating_add(jiff::Span::new().days(366)) < row.period.from
            {
                let name = &before.name;
                found.warning(row.place, format!("nobody is {title} of {of} between {last} ({name}) and {}: add who was, or let it stand if the office did not exist", row.period.from));
            }
            if end.is_none_or(|(last, _)| row.period.to > last) {
                end = Some((row.period.to, row));
            }
        }
    }
}
