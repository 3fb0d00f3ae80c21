//! The rows of the tables as they are written, with where they stand: what the index is compiled from and what the checks look at.

use std::collections::HashSet;

use crate::table::{Period, Problem, Row, Severity, header, rows};

/// Where a row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index into [`Tables::files`].
    pub file: usize,
    /// Line number, from 1.
    pub line: usize,
    /// Whether the user gave it.
    pub own: bool,
}

/// A row of `states.tsv`.
#[derive(Clone, Debug)]
pub struct StateRow {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) official: String,
    pub(crate) cow: String,
    pub(crate) gw: String,
    pub(crate) fips: String,
    pub(crate) kind: String,
    pub(crate) capital: String,
    pub(crate) successor: String,
    pub(crate) period: Period,
}

/// A row of `state-names.tsv`.
#[derive(Clone, Debug)]
pub struct NameRow {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) kind: String,
    pub(crate) note: String,
    pub(crate) period: Period,
}

/// A row of `sectors.tsv`.
#[derive(Clone, Debug)]
pub struct SectorRow {
    pub(crate) place: Place,
    pub(crate) text: String,
    pub(crate) sectors: String,
    pub(crate) kind: String,
    pub(crate) number: String,
}

/// A row of `organisations.tsv`.
#[derive(Clone, Debug)]
pub struct OrganisationRow {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) aliases: String,
    pub(crate) kind: String,
    pub(crate) sectors: String,
    pub(crate) country: String,
    pub(crate) members: String,
    pub(crate) note: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) period: Period,
}

/// A row of `persons/*.tsv`.
#[derive(Clone, Debug)]
pub struct TermRow {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) aliases: String,
    pub(crate) of: String,
    pub(crate) title: String,
    pub(crate) sector: String,
    pub(crate) status: String,
    pub(crate) sure: String,
    pub(crate) note: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) period: Period,
}

/// All rows of who and where.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Names of the files read.
    pub files: Vec<String>,
    pub(crate) states: Vec<StateRow>,
    pub(crate) names: Vec<NameRow>,
    pub(crate) sectors: Vec<SectorRow>,
    pub(crate) organisations: Vec<OrganisationRow>,
    pub(crate) terms: Vec<TermRow>,
    /// Folded names that the user gave to something else: no state of the program's tables has them.
    pub(crate) not_states: HashSet<String>,
    /// The same for organisations.
    pub(crate) not_organisations: HashSet<String>,
}

/// Which table a file is, by its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `states.tsv`.
    States,
    /// `state-names.tsv`.
    StateNames,
    /// `sectors.tsv`.
    Sectors,
    /// `organisations.tsv`.
    Organisations,
    /// `persons/*.tsv`.
    Persons,
}

impl Form {
    /// The form of a table's text.
    pub fn of(text: &str) -> Option<Self> {
        let columns = header(text);
        let has = |wanted: &[&str]| wanted.iter().all(|w| columns.contains(w));
        if has(&["id", "name", "cow", "gw", "kind"]) {
            Some(Self::States)
        } else if has(&["id", "text", "kind", "from", "to"]) {
            Some(Self::StateNames)
        } else if has(&["text", "sectors", "kind"]) {
            Some(Self::Sectors)
        } else if has(&["id", "name", "aliases", "sectors", "country", "from", "to"]) {
            Some(Self::Organisations)
        } else if has(&["id", "name", "of", "title", "sector", "status", "from", "to"]) {
            Some(Self::Persons)
        } else {
            None
        }
    }
}

impl Tables {
    /// Adds a table of one of the project's own forms. False where the columns are those of none.
    pub fn add(&mut self, file: &str, text: &str, own: bool, problems: &mut Vec<Problem>) -> bool {
        let Some(form) = Form::of(text) else { return false };
        let index = self.file(file);
        rows(file, text, |row| {
            let place = Place { file: index, line: row.line, own };
            cells_are_clean(row, problems);
            self.row(form, row, place, problems);
        });
        true
    }

    pub(crate) fn file(&mut self, file: &str) -> usize {
        self.files.push(file.to_owned());
        self.files.len() - 1
    }

    fn row(&mut self, form: Form, row: &Row<'_, '_>, place: Place, problems: &mut Vec<Problem>) {
        let get = |column: &str| row.get(column).to_owned();
        match form {
            Form::States => self.states.push(StateRow {
                place,
                id: get("id"),
                name: get("name"),
                official: get("official"),
                cow: get("cow"),
                gw: get("gw"),
                fips: get("fips"),
                kind: get("kind"),
                capital: get("capital"),
                successor: get("successor"),
                period: row.period("from", "to", problems),
            }),
            Form::StateNames => self.names.push(NameRow {
                place,
                id: get("id"),
                text: get("text"),
                kind: get("kind"),
                note: get("note"),
                period: row.period("from", "to", problems),
            }),
            Form::Sectors => {
                self.sectors.push(SectorRow {
                    place,
                    text: get("text"),
                    sectors: get("sectors"),
                    kind: get("kind"),
                    number: get("number"),
                });
            }
            Form::Organisations => self.organisations.push(OrganisationRow {
                place,
                id: get("id"),
                name: get("name"),
                aliases: get("aliases"),
                kind: get("kind"),
                sectors: get("sectors"),
                country: get("country"),
                members: get("members"),
                note: get("note"),
                from: get("from"),
                to: get("to"),
                period: row.period("from", "to", problems),
            }),
            Form::Persons => self.terms.push(TermRow {
                place,
                id: get("id"),
                name: get("name"),
                aliases: get("aliases"),
                of: get("of"),
                title: get("title"),
                sector: get("sector"),
                status: get("status"),
                sure: get("sure"),
                note: get("note"),
                from: get("from"),
                to: get("to"),
                period: row.period("from", "to", problems),
            }),
        }
    }

    /// A problem at a row.
    pub(crate) fn problem(&self, place: Place, severity: Severity, problem: String) -> Problem {
        Problem { file: self.files.get(place.file).cloned().unwrap_or_default(), line: place.line, problem, severity }
    }
}

/// Stray spaces, cells beyond the header, empty list items.
fn cells_are_clean(row: &Row<'_, '_>, problems: &mut Vec<Problem>) {
    for (column, cell) in row.cells() {
        if cell != cell.trim() || cell.contains("  ") {
            problems.push(row.problem(format!("stray spaces in column {column} ('{cell}'): one space between words, none around them")));
        }
        if matches!(column, "aliases" | "sectors" | "sector") && (cell.contains("| ") || cell.contains(" |") || cell.contains("||")) {
            problems.push(row.problem(format!("the list in column {column} ('{cell}') has spaces or empty items: write A|B")));
        }
    }
    if row.surplus() > 0 {
        problems.push(row.problem(format!("{} cells more than the header has columns: take away the surplus tabs", row.surplus())));
    }
}
