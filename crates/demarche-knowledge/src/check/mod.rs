//! What can be seen to be wrong in the tables without knowing the facts: unknown codes, ids that lead nowhere, impossible or overlapping
//! dates, gaps in series of office, rows that stand twice.

mod organisations;
mod persons;
mod series;
mod states;

pub(crate) use persons::STATUSES;

use std::collections::HashSet;

use jiff::civil::{Date, date};

use crate::table::{Period, Problem, Severity, items};
use crate::tables::{Place, Tables};
use crate::{SECTORS, shipped_frame, shipped_tables, user};

/// Days that a row may name.
const FIRST: Date = date(1816, 1, 1);
const LAST: Date = date(2026, 12, 31);

/// Checks the tables that are part of the program.
pub fn shipped() -> Vec<Problem> {
    let mut problems = Vec::new();
    shipped_frame(&mut problems);
    for problem in &mut problems {
        problem.file.insert_str(0, "knowledge/");
    }
    let tables = shipped_tables(&[], &mut problems);
    problems.extend(rows(&tables));
    sorted(problems)
}

/// Checks the files given (name and text), against the tables of the program where they refer to them. A file that bears the name of one of
/// those stands in its place.
pub fn files(given: &[(String, String)]) -> Vec<Problem> {
    let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let names: Vec<String> = given.iter().map(|(name, _)| base(name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut problems = Vec::new();
    let mut tables = shipped_tables(&names, &mut Vec::new());
    for (name, text) in given {
        problems.extend(user::add(&mut tables, name, text));
    }
    let ours: HashSet<&str> = given.iter().map(|(name, _)| name.as_str()).collect();
    problems.extend(rows(&tables).into_iter().filter(|p| ours.contains(p.file.as_str())));
    let known: HashSet<(String, usize)> = problems.iter().map(|p| (p.file.clone(), p.line)).collect();
    problems.extend(user::settle(&mut tables).into_iter().filter(|p| !known.contains(&(p.file.clone(), p.line))));
    sorted(problems)
}

/// All checks on rows.
fn rows(tables: &Tables) -> Vec<Problem> {
    let mut found = Found { tables, problems: Vec::new() };
    states::check(&mut found);
    organisations::check(&mut found);
    persons::check(&mut found);
    series::check(&mut found);
    found.problems
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (&a.file, a.line, a.severity, &a.problem).cmp(&(&b.file, b.line, b.severity, &b.problem)));
    problems.dedup();
    problems
}

/// The tables with what has been found in them.
struct Found<'a> {
    tables: &'a Tables,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn error(&mut self, place: Place, problem: String) {
        self.problems.push(self.tables.problem(place, Severity::Error, problem));
    }

    fn warning(&mut self, place: Place, problem: String) {
        self.problems.push(self.tables.problem(place, Severity::Warning, problem));
    }

    /// Sector codes of a list cell.
    fn sectors(&mut self, place: Place, list: &str) {
        for code in items(list).filter(|s| !SECTORS.contains(s)) {
            self.error(place, format!("'{code}' is no sector code: write one of {}", SECTORS.join(" ")));
        }
    }

    /// Days outside the time that the tables speak of. Persons and bodies may have begun earlier.
    fn span(&mut self, place: Place, period: Period, early: bool) {
        let open = |d: Date| d == Date::MIN || d == Date::MAX;
        for day in [period.from, period.to] {
            if !open(day) && (day > LAST || day < FIRST && !(early && day == period.from)) {
                self.error(place, format!("{day} lies outside 1816 to 2026: correct the year or leave the cell empty"));
            }
        }
    }

    /// Where a row stands, for messages about another.
    fn at(&self, place: Place) -> String {
        format!("{}:{}", self.tables.files.get(place.file).map_or("", String::as_str), place.line)
    }
}

pub(crate) fn overlap(a: Period, b: Period) -> bool {
    a.from <= b.to && b.from <= a.to
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The problems of one small table, without file and line.
    pub(super) fn check(text: &str, expect: &[&str]) {
        let text = text.replace(", ", "\t");
        let found: Vec<String> =
            files(&[("t.tsv".to_owned(), text.clone())]).iter().map(|p| format!("{}: {}", p.line, p.problem)).collect();
        assert_eq!(found.len(), expect.len(), "{found:#?}");
        for (found, expect) in found.iter().zip(expect) {
            assert!(found.contains(expect), "{found} should say {expect}");
        }
    }

    #[test]
    fn the_tables_are_sound() {
        let errors: Vec<String> = shipped().iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }

    #[test]
    fn a_person_in_an_unknown_body_with_impossible_dates() {
        let head = "id, name, aliases, of, title, sector, status, from, to, sure, note\n";
        check(&format!("{head}ada-b, Ada B, , KEN, Envoy, GOV, in-office, 2001, 2003, 3"), &[]);
        check(&format!("{head}ada-b, Ada B, , KEM, Envoy, GOV, in-office, 2001, 2003, 3"), &["2: 'KEM' is neither"]);
        check(&format!("{head}ada-b, Ada B, , KEN, Envoy, GOW, in-office, 2001, 2003, 3"), &["'GOW' is no sector code"]);
        check(&format!("{head}ada-b, Ada B, , KEN, Envoy, GOV, in-office, 2004, 2003, 3"), &["ends (2003) before it begins (2004)"]);
        check(&format!("{head}ada-b, Ada B, , KEN, Envoy, GOV, ruling, 2001, 2003, 3"), &["'ruling' is no status"]);
        check(&format!("{head}ada-b, Ada B, , KEN, Envoy, GOV, in-office, 2001, 2031, 3"), &["lies outside"]);
        check(&format!("{head}ada-b, Ada  B, , KEN, Envoy, GOV, in-office, 2001, 2003, 3"), &["stray spaces"]);
    }

    #[test]
    fn two_heads_of_one_state() {
        let head = "id, name, aliases, of, title, sector, status, from, to, sure, note\n";
        let one = "a-one, A One, , XZB, King, GOV, in-office, 1901-01-05, 1920-03-01, 3\n";
        let meanwhile = "b-two, B Two, , XZB, King, GOV, in-office, 1910-01-01, 1911-01-01, 3\n";
        let regent = "b-two, B Two, , XZB, King, GOV, acting, 1910-01-01, 1911-01-01, 3\n";
        let states = |rows: &str| {
            let given = [
                (
                    "s.tsv".to_owned(),
                    "id\tname\tofficial\tiso2\tcow\tgw\tfips\tfrom\tto\tkind\nXZB\tZubrovia\t\t\t\t\t\t1900\t1930\thistorical\n".to_owned(),
                ),
                ("t.tsv".to_owned(), format!("{head}{rows}").replace(", ", "\t")),
            ];
            files(&given).iter().filter(|p| p.file == "t.tsv" && p.severity == Severity::Error).count()
        };
        assert_eq!(states(&format!("{one}{meanwhile}")), 1);
        assert_eq!(states(&format!("{one}{regent}")), 0);
    }

    #[test]
    fn a_name_for_an_unknown_state() {
        let head = "id, text, kind, from, to, note\n";
        check(&format!("{head}KEN, Kenya land, name"), &[]);
        check(&format!("{head}KEM, Kenya land, name"), &["2: 'KEM' is not in"]);
        check(&format!("{head}KEN, Kenya land, nickname"), &["'nickname' is no kind"]);
    }

    #[test]
    fn an_organisation_of_an_unknown_country() {
        let head = "id, name, aliases, kind, sectors, country, from, to, members, note\n";
        check(&format!("{head}zub, Zubrowka Union, ZUB, labour, LAB, KEN, 1990"), &[]);
        check(&format!("{head}zub, Zubrowka Union, ZUB, labour, LAB, KEM, 1990"), &["'KEM' is no state"]);
        check(&format!("{head}zub, Zubrowka Union, ZUB, club, LAB, KEN, 1990"), &["'club' is no kind"]);
        check(&format!("{head}zub, Zubrowka Union, ZUB, igo, IGO, , 1990, , KEN|QQQ"), &["'QQQ' among the members"]);
    }
}
