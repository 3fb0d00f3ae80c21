//! Organisations: international bodies, parties, armed groups, media, companies, agencies.

use jiff::civil::Date;

use crate::fold::fold;
use crate::index::read::{Index, Keys, Rows};
use crate::index::{ALIAS_WIDTH, NONE, ORGANISATION_WIDTH, Part};
use crate::table::{Period, day, items};

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation<'a> {
    /// The table's id.
    pub id: &'a str,
    /// Name in English.
    pub name: &'a str,
    /// `igo`, `party`, `armed`, ….
    pub kind: &'a str,
    /// Sector codes, the main one first.
    pub sectors: Vec<&'a str>,
    /// ISO 3166 alpha-3 of its state; `IGO` or `NGO` for international bodies; none for bodies without a state.
    pub country: Option<&'a str>,
    /// First day as the table writes it.
    pub from: &'a str,
    /// Last day as the table writes it.
    pub to: &'a str,
    /// When it existed.
    pub period: Period,
    /// Whether the user gave it.
    pub own: bool,
    members: &'a str,
}

impl Organisation<'_> {
    /// The ids of its member states on a day; without a day, of all that ever were.
    pub fn members(&self, on: Option<Date>) -> Vec<&str> {
        let holds = |dates: &str, on: Date| {
            let (from, to) = dates.split_once("..").unwrap_or((dates, ""));
            day(from, false).is_none_or(|d| d <= on) && day(to, true).is_none_or(|d| on <= d)
        };
        items(self.members)
            .filter_map(|member| {
                let (id, dates) = member.split_once('@').unwrap_or((member, ""));
                on.is_none_or(|on| dates.is_empty() || holds(dates, on)).then_some(id)
            })
            .collect()
    }
}

/// The table, indexed by name and alias.
pub struct Organisations {
    rows: Rows,
    aliases: Rows,
    ids: Keys,
    names: Keys,
}

impl Organisations {
    pub(crate) fn of(index: &Index) -> Self {
        Self {
            rows: index.rows(Part::Organisations, ORGANISATION_WIDTH),
            aliases: index.rows(Part::Aliases, ALIAS_WIDTH),
            ids: index.keys(Part::OrganisationIds),
            names: index.keys(Part::OrganisationNames),
        }
    }

    fn organisation(&self, row: usize) -> Organisation<'_> {
        let sectors: Vec<&str> = items(self.rows.text(row, 3)).collect();
        let country = self.rows.some(row, 4).or_else(|| sectors.first().copied().filter(|s| matches!(*s, "IGO" | "NGO")));
        Organisation {
            id: self.rows.text(row, 0),
            name: self.rows.text(row, 1),
            kind: self.rows.text(row, 2),
            sectors,
            country,
            from: self.rows.text(row, 5),
            to: self.rows.text(row, 6),
            period: self.rows.period(row, 7, 8),
            members: self.rows.text(row, 9),
            own: self.rows.flag(row, 10),
        }
    }

    /// Every organisation with this name or alias, in the table's order. Acronyms and short names must match in case.
    pub fn all(&self, text: &str) -> Vec<Organisation<'_>> {
        let bare = text.trim().trim_start_matches("the ").trim_start_matches("The ");
        let cased = |alias: usize| self.aliases.cell(alias, 1) == NONE || self.aliases.text(alias, 1) == bare;
        self.names
            .get(&fold(text))
            .filter(|alias| cased(*alias))
            .map(|alias| self.organisation(self.aliases.cell(alias, 0) as usize))
            .collect()
    }

    /// The organisation with this id on a day; without one, its first row.
    pub fn get(&self, id: &str, on: Option<Date>) -> Option<Organisation<'_>> {
        let rows: Vec<Organisation<'_>> = self.ids.get(id).map(|row| self.organisation(row)).collect();
        let then = on.and_then(|day| rows.iter().find(|o| o.period.contains(day)));
        then.or(rows.first()).cloned()
    }

    /// The organisation with this name on a day (without one: a living one); where several share it, the one whose country is among
    /// `countries`, else the first.
    pub fn find(&self, text: &str, on: Option<Date>, countries: &[String]) -> Option<Organisation<'_>> {
        let mut found = self.all(text);
        let lives = |o: &Organisation<'_>| on.map_or(o.period.to == Date::MAX, |day| o.period.contains(day));
        if found.iter().any(lives) {
            found.retain(lives);
        }
        if found.iter().any(|o| o.own) {
            found.retain(|o| o.own);
        }
        let near = found.iter().position(|o| o.country.is_some_and(|c| countries.iter().any(|x| x == c)));
        let at = near.unwrap_or(0);
        (at < found.len()).then(|| found.swap_remove(at))
    }
}
