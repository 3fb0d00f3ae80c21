//! Entries of the user's that contradict one another (an error: the first holds) or take the place of the tables' (a warning: theirs is out).

use std::collections::{HashMap, HashSet};

use crate::check::overlap;
use crate::fold::fold;
use crate::table::{Period, Problem, Severity, items};
use crate::tables::{Place, Tables};

/// What one row says of a name.
#[derive(Clone)]
struct Says {
    place: Place,
    period: Period,
    what: String,
    table: Table,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    States,
    Organisations,
}

/// Reports, and takes out what does not hold.
pub(crate) fn settle(tables: &mut Tables) -> Vec<Problem> {
    let mut said: HashMap<String, Vec<Says>> = HashMap::new();
    for row in &tables.names {
        let says = Says { place: row.place, period: row.period, what: format!("the state {}", row.id), table: Table::States };
        said.entry(fold(&row.text)).or_default().push(says);
    }
    for row in &tables.organisations {
        let what = format!("{} ({} {})", row.name, row.country, row.sectors.replace('|', " "));
        for text in std::iter::once(row.name.as_str()).chain(items(&row.aliases)) {
            let says = Says { place: row.place, period: row.period, what: what.clone(), table: Table::Organisations };
            said.entry(fold(text)).or_default().push(says);
        }
    }
    let mut problems = Vec::new();
    let mut out: HashSet<(usize, usize)> = HashSet::new();
    let mut names: Vec<&String> = said.iter().filter(|(_, all)| all.iter().any(|s| s.place.own)).map(|(name, _)| name).collect();
    names.sort();
    for name in names {
        let all = &said[name];
        let own: Vec<&Says> = all.iter().filter(|s| s.place.own).collect();
        for (n, late) in own.iter().enumerate() {
            let against = own[..n].iter().find(|o| o.what != late.what && overlap(o.period, late.period));
            if let Some(first) = against {
                let file =
                    if first.place.file == late.place.file { String::new() } else { format!("{}, ", tables.files[first.place.file]) };
                let problem = format!(
                    "'{name}' is {} here and {} in {file}line {}, for the same time: keep one of them, or give them dates",
                    late.what, first.what, first.place.line
                );
                problems.push(tables.problem(late.place, Severity::Error, problem));
                out.insert((late.place.file, late.place.line));
            }
        }
        if let Some(first) = own.first() {
            let theirs: Vec<&Says> =
                all.iter().filter(|s| !s.place.own && overlap(s.period, first.period) && s.what != first.what).collect();
            if let Some(one) = theirs.first() {
                let others = if theirs.len() > 1 { format!(" and {} more", theirs.len() - 1) } else { String::new() };
                let problem = format!("'{name}' is {} here; the tables' {}{others} gives way to it", first.what, one.what);
                problems.push(tables.problem(first.place, Severity::Warning, problem));
            }
            for table in [Table::States, Table::Organisations] {
                if own.iter().any(|s| s.table != table) && own.iter().all(|s| s.table != table) {
                    let replaced = if table == Table::States { &mut tables.not_states } else { &mut tables.not_organisations };
                    replaced.insert(name.clone());
                }
            }
        }
    }
    tables.names.retain(|r| !out.contains(&(r.place.file, r.place.line)) || !r.place.own);
    tables.organisations.retain(|r| !out.contains(&(r.place.file, r.place.line)) || !r.place.own);
    let mut nouns: HashMap<String, (Place, String)> = HashMap::new();
    for row in tables.sectors.iter().filter(|r| r.place.own) {
        match nouns.get(&fold(&row.text)) {
            Some((first, sectors)) if *sectors != row.sectors => {
                let problem = format!("'{}' is {} here and {sectors} in line {}: keep one of them", row.text, row.sectors, first.line);
                problems.push(tables.problem(row.place, Severity::Error, problem));
            }
            Some(_) => {}
            None => {
                nouns.insert(fold(&row.text), (row.place, row.sectors.clone()));
            }
        }
    }
    problems
}
