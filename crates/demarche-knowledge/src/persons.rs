//! Persons and the offices they held, with dates.

use demarche_record::Office;
use jiff::civil::Date;

use crate::LAST_DAY;
use crate::fold::fold;
use crate::index::read::{Index, Keys, Rows};
use crate::index::{PERSON_WIDTH, Part, TERM_WIDTH};
use crate::table::{Period, items};

/// One term of office, or another standing connection (a relative, a party post).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term<'a> {
    /// The office, without what qualifies it.
    pub title: &'a str,
    /// State or organisation.
    pub of: &'a str,
    /// `in-office`, `acting`, `elect`, `relative`, ….
    pub status: &'a str,
    /// Sector codes, the main one first.
    pub sectors: Vec<&'a str>,
    /// Days of the term; an open end is `Date::MAX`.
    pub period: Period,
    /// First day as the table writes it.
    pub from: &'a str,
    /// Last day as the table writes it; empty where the term had not ended when the table was written.
    pub to: &'a str,
    /// Whether the user gave it.
    pub own: bool,
}

impl Term<'_> {
    fn is(&self, sector: &str) -> bool {
        self.sectors.first() == Some(&sector)
    }

    /// Whether the table says that the office was held on the day. Of a term without an end it says so only up to its own last day; the
    /// user's rows have no such day.
    pub fn held(&self, day: Date) -> bool {
        self.period.contains(day) && (self.own || self.period.to != Date::MAX || day <= LAST_DAY)
    }

    /// Whether the office itself was held: no relative, no claimant, no candidate, nothing that is over.
    pub fn is_office(&self) -> bool {
        let former = self.title.to_lowercase().starts_with("former ");
        !former && !matches!(self.status, "relative" | "exile" | "elect")
    }

    /// The office with what qualifies it: "President (acting)".
    pub fn full_title(&self) -> String {
        match self.status {
            "" | "in-office" | "relative" => self.title.to_owned(),
            status if self.title.to_lowercase().contains(status) => self.title.to_owned(),
            status => format!("{} ({status})", self.title),
        }
    }

    /// As records show it.
    pub fn office(&self) -> Office {
        let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        Office { title: self.full_title(), of: self.of.to_owned(), from: some(self.from), to: some(self.to) }
    }
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// The table's id.
    pub id: &'a str,
    /// Full name.
    pub name: &'a str,
    /// Terms in order of time.
    pub terms: Vec<Term<'a>>,
}

impl<'a> Person<'a> {
    /// The terms held on a day, the user's first, then the latest begun.
    pub fn terms_on(&self, day: Date) -> impl Iterator<Item = &Term<'a>> {
        let own = self.terms.iter().rev().filter(move |t| t.own && t.held(day));
        own.chain(self.terms.iter().rev().filter(move |t| !t.own && t.held(day)))
    }

    /// The term held on a day. Without a day: the only term, if there is one.
    pub fn term(&self, on: Option<Date>) -> Option<&Term<'a>> {
        match on {
            Some(day) => self.terms_on(day).next(),
            None => self.terms.first().filter(|_| self.terms.len() == 1),
        }
    }

    /// The term that says best who the person is: the one held on the day, else the latest begun by then; a state's office before others.
    pub fn principal(&self, on: Option<Date>) -> Option<&Term<'a>> {
        let begun = |t: &&Term<'_>| on.is_none_or(|day| t.period.from <= day);
        let rank = |t: &&Term<'_>| (t.own, t.is("GOV") && t.status == "in-office", !t.is("IGO") && !t.is("ELI"), t.period.from);
        self.term(on).filter(|_| on.is_some()).or_else(|| self.terms.iter().filter(begun).max_by_key(rank)).or(self.terms.first())
    }

    /// Whether any office was held or begun by the day.
    pub fn known_by(&self, day: Date) -> bool {
        self.terms.iter().any(|t| t.period.from <= day)
    }
}

/// The tables, indexed by full name and alias.
pub struct Persons {
    rows: Rows,
    terms: Rows,
    names: Keys,
    ends: Keys,
    offices: Keys,
}

impl Persons {
    pub(crate) fn of(index: &Index) -> Self {
        Self {
            rows: index.rows(Part::Persons, PERSON_WIDTH),
            terms: index.rows(Part::Terms, TERM_WIDTH),
            names: index.keys(Part::PersonNames),
            ends: index.keys(Part::PersonEnds),
            offices: index.keys(Part::OfficesOf),
        }
    }

    fn person(&self, row: usize) -> Person<'_> {
        let first = self.rows.cell(row, 2) as usize;
        let count = (self.rows.cell(row, 3) as usize).min(self.terms.len());
        let terms = (first..first + count).map(|t| self.term(t)).collect();
        Person { id: self.rows.text(row, 0), name: self.rows.text(row, 1), terms }
    }

    fn term(&self, row: usize) -> Term<'_> {
        Term {
            title: self.terms.text(row, 1),
            of: self.terms.text(row, 2),
            status: self.terms.text(row, 3),
            sectors: items(self.terms.text(row, 4)).collect(),
            from: self.terms.text(row, 5),
            to: self.terms.text(row, 6),
            period: self.terms.period(row, 7, 8),
            own: self.terms.flag(row, 11),
        }
    }

    /// Everyone with this full name or alias.
    pub fn find(&self, name: &str) -> Vec<Person<'_>> {
        self.names.get(&fold(name)).map(|row| self.person(row)).collect()
    }

    /// Everyone whose name begins or ends with this word.
    pub fn called(&self, word: &str) -> Vec<Person<'_>> {
        self.ends.get(&fold(word)).map(|row| self.person(row)).collect()
    }

    /// Whether a name, an alias, a first or a last name is written so.
    pub fn knows(&self, word: &str) -> bool {
        let key = fold(word);
        self.names.has(&key) || self.ends.has(&key)
    }

    /// Everyone who held an office of this state or body on a day, with the term.
    pub fn in_office(&self, of: &str, on: Date) -> Vec<(Person<'_>, Term<'_>)> {
        let terms = self.offices.get(of).filter(|t| self.term(*t).held(on));
        terms.map(|t| (self.person(self.terms.cell(t, 0) as usize), self.term(t))).collect()
    }
}
