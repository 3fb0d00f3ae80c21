//! States since 1816, historical and partially recognised ones included, and the words by which news names them.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::fold;
use crate::table::{Period, Problem, rows};

/// One state in one period of its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// ISO 3166 alpha-3, or a code of the table's own for states that ISO never listed.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Correlates of War number in this period.
    pub cow: Option<u16>,
    /// Gleditsch and Ward number in this period.
    pub gw: Option<u16>,
    /// FIPS 10-4 code.
    pub fips: Option<String>,
    /// `state`, `historical`, `partial` or `dependency`.
    pub kind: String,
    /// When it existed.
    pub period: Period,
}

/// How a word names a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// The usual name.
    Name,
    /// The official name.
    Official,
    /// A short form.
    Short,
    /// An abbreviation.
    Abbreviation,
    /// A name given up.
    Former,
    /// The demonym adjective.
    Adjective,
    /// The people.
    People,
    /// The seat of government.
    Capital,
    /// A palace, ministry or nickname that stands for the government.
    Metonym,
}

impl Naming {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "name" => Self::Name,
            "official" => Self::Official,
            "short" => Self::Short,
            "abbreviation" => Self::Abbreviation,
            "former" => Self::Former,
            "adjective" => Self::Adjective,
            "people" => Self::People,
            "capital" => Self::Capital,
            "metonym" => Self::Metonym,
            _ => return None,
        })
    }
}

/// One reading of a word as a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSense {
    /// The state.
    pub id: String,
    /// How the word names it.
    pub naming: Naming,
    /// When it did.
    pub period: Period,
    /// The sector a metonym stands for.
    pub sector: Option<String>,
    /// Whether the table warns of other readings.
    pub ambiguous: bool,
    /// Case as the table writes it, where case tells it from a common word.
    cased: Option<String>,
}

/// The two tables, indexed.
#[derive(Debug, Default)]
pub struct States {
    periods: HashMap<String, Vec<State>>,
    names: HashMap<String, Vec<NameSense>>,
    /// The state that an unlisted entity lies in, where the tables say.
    within: HashMap<String, String>,
}

impl States {
    pub(crate) fn read(states: (&str, &str), names: (&str, &str), problems: &mut Vec<Problem>) -> Self {
        let mut out = Self::default();
        rows(states.0, states.1, |row| {
            let period = row.period("from", "to", problems);
            let number = |column| row.get(column).parse().ok();
            let state = State {
                id: row.get("id").to_owned(),
                name: row.get("name").to_owned(),
                cow: number("cow"),
                gw: number("gw"),
                fips: Some(row.get("fips").to_owned()).filter(|f| !f.is_empty()),
                kind: row.get("kind").to_owned(),
                period,
            };
            if !matches!(state.kind.as_str(), "state" | "historical" | "partial" | "dependency") {
                problems.push(row.problem(format!("'{}' is no kind: write state, historical, partial or dependency", state.kind)));
            }
            if let Some(parent) = row.list("successor").next() {
                out.within.entry(state.id.clone()).or_insert_with(|| parent.to_owned());
            }
            out.periods.entry(state.id.clone()).or_default().push(state);
        });
        // What no state system lists and a body of the same name may be: kept apart, so that an armed group is not taken for a state.
        let own_code = |id: &str| id.starts_with('X') && id != "XKX";
        rows(names.0, names.1, |row| {
            let period = row.period("from", "to", problems);
            let (id, text, note) = (row.get("id"), row.get("text"), row.get("note"));
            let Some(naming) = Naming::from_name(row.get("kind")) else {
                problems.push(row.problem(format!("'{}' is no kind of name", row.get("kind"))));
                return;
            };
            if !out.periods.contains_key(id) {
                problems.push(row.problem(format!("'{id}' is not in {}", states.0)));
                return;
            }
            if let Some(parent) = note.split(';').find_map(|n| n.trim().strip_prefix("part_of=")) {
                out.within.insert(id.to_owned(), parent.to_owned());
            }
            let sector = note.split(';').find_map(|n| n.trim().strip_prefix("sector=")).map(str::to_owned);
            let short = text.chars().filter(|c| c.is_alphabetic()).count() <= 4 || naming == Naming::Metonym;
            out.names.entry(fold(text)).or_default().push(NameSense {
                id: id.to_owned(),
                naming,
                period,
                sector,
                ambiguous: note.contains("ambiguous=") || own_code(id) && out.periods[id].iter().all(|s| s.kind == "partial"),
                cased: short.then(|| text.strip_prefix("the ").unwrap_or(text).to_owned()),
            });
        });
        for senses in out.names.values_mut() {
            senses.sort_by(|a, b| (a.ambiguous, a.naming, &a.id).cmp(&(b.ambiguous, b.naming, &b.id)));
        }
        out
    }

    /// The state with this id on a day; without a day, its latest period.
    pub fn get(&self, id: &str, on: Option<Date>) -> Option<&State> {
        let periods = self.periods.get(id)?;
        match on {
            Some(day) => periods.iter().find(|s| s.period.contains(day)).or(periods.last()),
            None => periods.last(),
        }
    }

    /// Whether the id is that of an entity that no state system lists ("Islamic State", Kurdistan).
    pub fn is_unlisted(&self, id: &str) -> bool {
        id.starts_with('X')
            && id != "XKX"
            && self.periods.get(id).is_some_and(|p| p.iter().all(|s| s.kind == "partial" || s.kind == "dependency"))
    }

    /// The country code of an id: itself for states, the state around it for an autonomous region, none for an entity that no state system lists.
    pub fn country<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        if !self.is_unlisted(id) {
            return Some(id);
        }
        let region = self.periods.get(id).is_some_and(|p| p.iter().all(|s| s.kind == "dependency"));
        self.within.get(id).map(String::as_str).filter(|_| region)
    }

    /// The state's English name.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.periods.get(id).and_then(|p| p.last()).map(|s| s.name.as_str())
    }

    /// Every reading of these words as a state, the plainest first. Short names must match in case ("US" is no "us"). With a day, readings
    /// of other times are left out, unless none is left.
    pub fn senses(&self, text: &str, on: Option<Date>) -> Vec<&NameSense> {
        let Some(senses) = self.names.get(&fold(text)) else { return Vec::new() };
        let bare = text.trim().trim_start_matches("the ").trim_start_matches("The ");
        let plain = |s: &str| s.replace([' ', '’', '\''], "");
        let all_caps = bare.chars().all(|c| !c.is_lowercase()) && bare.chars().filter(|c| c.is_alphabetic()).count() > 4;
        let fits: Vec<&NameSense> =
            senses.iter().filter(|s| all_caps || s.cased.as_ref().is_none_or(|c| plain(c) == plain(bare))).collect();
        let Some(day) = on else {
            // Undated text is read as of now: living states before dead ones.
            let living: Vec<&NameSense> = fits.iter().copied().filter(|s| s.period.to == Date::MAX && self.is_living(&s.id)).collect();
            return if living.is_empty() { fits } else { living };
        };
        let then: Vec<&NameSense> = fits.iter().copied().filter(|s| s.period.contains(day) && self.lived(&s.id, day)).collect();
        if then.is_empty() { fits } else { then }
    }

    fn is_living(&self, id: &str) -> bool {
        self.periods.get(id).is_some_and(|p| p.iter().any(|s| s.period.to == Date::MAX))
    }

    fn lived(&self, id: &str, day: Date) -> bool {
        self.periods.get(id).is_some_and(|p| p.iter().any(|s| s.period.contains(day)))
    }
}
