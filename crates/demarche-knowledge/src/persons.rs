//! Persons and the offices they held, with dates.

use std::collections::HashMap;

use demarche_record::Office;
use jiff::civil::Date;

use crate::fold;
use crate::table::{Period, Problem, rows};

/// One term of office, or another standing connection (a relative, a party post).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The office with what qualifies it: "President (acting)".
    pub title: String,
    /// State or organisation.
    pub of: String,
    /// `in-office`, `acting`, `elect`, `relative`, ….
    pub status: String,
    /// Sector codes, the main one first.
    pub sectors: Vec<String>,
    /// Days of the term; an open end is `Date::MAX`.
    pub period: Period,
    from: String,
    to: String,
}

impl Term {
    fn is(&self, sector: &str) -> bool {
        self.sectors.first().is_some_and(|s| s == sector)
    }

    /// As records show it.
    pub fn office(&self) -> Office {
        let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        Office { title: self.title.clone(), of: self.of.clone(), from: some(&self.from), to: some(&self.to) }
    }
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The table's id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Terms in order of time.
    pub terms: Vec<Term>,
}

impl Person {
    /// The term held on a day. Without a day: the only term, if there is one.
    pub fn term(&self, on: Option<Date>) -> Option<&Term> {
        match on {
            Some(day) => self.terms.iter().rev().find(|t| t.period.contains(day)),
            None => self.terms.first().filter(|_| self.terms.len() == 1),
        }
    }

    /// The term that says best who the person is: the one held on the day, else the latest begun by then; a state's office before others.
    pub fn principal(&self, on: Option<Date>) -> Option<&Term> {
        let begun = |t: &&Term| on.is_none_or(|day| t.period.from <= day);
        let rank = |t: &&Term| (t.is("GOV") && t.status == "in-office", !t.is("IGO") && !t.is("ELI"), t.period.from);
        self.term(on).filter(|_| on.is_some()).or_else(|| self.terms.iter().filter(begun).max_by_key(rank)).or(self.terms.first())
    }

    /// Whether any office was held or begun by the day.
    pub fn known_by(&self, day: Date) -> bool {
        self.terms.iter().any(|t| t.period.from <= day)
    }
}

/// The tables, indexed by full name and alias.
#[derive(Debug, Default)]
pub struct Persons {
    all: Vec<Person>,
    names: HashMap<String, Vec<usize>>,
}

impl Persons {
    pub(crate) fn read(tables: &[(&str, &str)], problems: &mut Vec<Problem>) -> Self {
        let mut out = Self::default();
        let mut by_id: HashMap<String, usize> = HashMap::new();
        for (file, text) in tables {
            rows(file, text, |row| {
                let period = row.period("from", "to", problems);
                let id = row.get("id").to_owned();
                let index = *by_id.entry(id.clone()).or_insert_with(|| {
                    out.all.push(Person { id, name: row.get("name").to_owned(), terms: Vec::new() });
                    out.all.len() - 1
                });
                for text in std::iter::once(row.get("name")).chain(row.list("aliases")) {
                    let entry = out.names.entry(fold(text)).or_default();
                    if !entry.contains(&index) {
                        entry.push(index);
                    }
                }
                let status = row.get("status");
                let title = if matches!(status, "" | "in-office" | "relative") {
                    row.get("title").to_owned()
                } else {
                    format!("{} ({status})", row.get("title"))
                };
                out.all[index].terms.push(Term {
                    title,
                    of: row.get("of").to_owned(),
                    status: status.to_owned(),
                    sectors: row.list("sector").map(str::to_owned).collect(),
                    period,
                    from: row.get("from").to_owned(),
                    to: row.get("to").to_owned(),
                });
            });
        }
        for person in &mut out.all {
            person.terms.sort_by_key(|t| t.period.from);
        }
        out
    }

    /// Everyone with this full name or alias.
    pub fn find(&self, name: &str) -> Vec<&Person> {
        self.names.get(&fold(name)).map(|found| found.iter().map(|i| &self.all[*i]).collect()).unwrap_or_default()
    }
}
