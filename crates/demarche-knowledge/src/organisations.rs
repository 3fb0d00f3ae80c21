//! Organisations: international bodies, parties, armed groups, media, companies, agencies.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::fold;
use crate::table::{Period, Problem, rows};

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// The table's id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Sector codes, the main one first.
    pub sectors: Vec<String>,
    /// ISO 3166 alpha-3 of its state; `IGO` or `NGO` for international bodies; none for bodies without a state.
    pub country: Option<String>,
    /// When it existed.
    pub period: Period,
}

/// The table, indexed by name and alias.
#[derive(Debug, Default)]
pub struct Organisations {
    all: Vec<Organisation>,
    names: HashMap<String, Vec<(usize, Option<String>)>>,
}

impl Organisations {
    pub(crate) fn read(table: (&str, &str), problems: &mut Vec<Problem>) -> Self {
        let mut out = Self::default();
        rows(table.0, table.1, |row| {
            let period = row.period("from", "to", problems);
            let sectors: Vec<String> = row.list("sectors").map(str::to_owned).collect();
            let country = match (row.get("country"), sectors.first().map(String::as_str)) {
                ("", Some("IGO")) => Some("IGO".to_owned()),
                ("", Some("NGO")) => Some("NGO".to_owned()),
                ("", _) => None,
                (country, _) => Some(country.to_owned()),
            };
            let index = out.all.len();
            for text in std::iter::once(row.get("name")).chain(row.list("aliases")) {
                // Acronyms and short names must match in case.
                let cased = (text.chars().count() <= 5).then(|| text.to_owned());
                let entry = out.names.entry(fold(text)).or_default();
                if !entry.iter().any(|(i, _)| *i == index) {
                    entry.push((index, cased));
                }
            }
            out.all.push(Organisation { id: row.get("id").to_owned(), name: row.get("name").to_owned(), sectors, country, period });
        });
        out
    }

    /// The organisation with this name on a day (without one: a living one); where several share it, the one whose country is among `countries`, else the first.
    pub fn find(&self, text: &str, on: Option<Date>, countries: &[String]) -> Option<&Organisation> {
        let bare = text.trim().trim_start_matches("the ").trim_start_matches("The ");
        let found: Vec<&Organisation> = self
            .names
            .get(&fold(text))?
            .iter()
            .filter(|(_, cased)| cased.as_ref().is_none_or(|c| c == bare))
            .map(|(i, _)| &self.all[*i])
            .collect();
        let then: Vec<&Organisation> =
            found.iter().copied().filter(|o| on.map_or(o.period.to == Date::MAX, |day| o.period.contains(day))).collect();
        let then = if then.is_empty() { found } else { then };
        then.iter().find(|o| o.country.as_ref().is_some_and(|c| countries.contains(c))).or(then.first()).copied()
    }
}
