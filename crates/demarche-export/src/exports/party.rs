//! One side of a row: a party with its codes on the event's day.

use demarche_knowledge::{Knowledge, State};
use demarche_record::{Actor, Event};
use jiff::civil::Date;

use super::{cameo, cells};

/// A party, or nobody.
#[derive(Clone, Copy)]
pub(crate) struct Party<'a> {
    pub(crate) actor: Option<&'a Actor>,
    state: Option<State<'a>>,
}

/// The day on which codes are looked up: that of the event, else of publication.
pub(crate) fn day(event: &Event) -> Option<Date> {
    let of = |day: Option<&String>| day.and_then(|d| cells::parse(d));
    of(event.date.from.as_ref()).or_else(|| of(event.article.published.as_ref()))
}

impl<'a> Party<'a> {
    pub(crate) fn new(actor: Option<&'a Actor>, on: Option<Date>, knowledge: &'a Knowledge) -> Self {
        let state = actor.and_then(|a| a.country.as_deref()).and_then(|c| knowledge.states.get(c, on));
        Self { actor, state }
    }

    pub(crate) fn name(&self) -> String {
        cells::text(self.actor.map(|a| a.name.as_str()))
    }

    /// The words in the text.
    pub(crate) fn words(&self) -> String {
        cells::text(self.actor.map(|a| a.text.as_str()))
    }

    /// ISO 3166 alpha-3 of the party's state; none for bodies without one.
    pub(crate) fn iso3(&self) -> &'a str {
        self.state.map_or("", |s| s.id)
    }

    /// The state's English name.
    pub(crate) fn country_name(&self) -> &'a str {
        self.state.map_or("", |s| s.name)
    }

    /// Correlates of War number on the day.
    pub(crate) fn cow(&self) -> String {
        self.state.and_then(|s| s.cow).map(|n| n.to_string()).unwrap_or_default()
    }

    /// Gleditsch and Ward number on the day.
    pub(crate) fn gw(&self) -> String {
        self.state.and_then(|s| s.gw).map(|n| n.to_string()).unwrap_or_default()
    }

    /// FIPS 10-4 code.
    pub(crate) fn fips(&self) -> &'a str {
        self.state.and_then(|s| s.fips).unwrap_or("")
    }

    /// `IGO`, `NGO` or `MNC` for a body without a state.
    fn body(&self) -> &'static str {
        if self.state.is_some() {
            return "";
        }
        let Some(actor) = self.actor else { return "" };
        let mut codes = actor.country.iter().chain(actor.sectors.first());
        codes.find_map(|c| ["IGO", "NGO", "MNC"].into_iter().find(|b| b == c)).unwrap_or("")
    }

    /// CAMEO's first part: the state, else `IGO`, `NGO` or `MNC`.
    pub(crate) fn root(&self) -> &'a str {
        if self.state.is_some() { self.iso3() } else { self.body() }
    }

    /// CAMEO's code of a well-known group.
    pub(crate) fn group(&self) -> &'static str {
        self.actor.and_then(|a| a.id.as_deref()).and_then(cameo::group).unwrap_or("")
    }

    /// CAMEO roles, the main one first. `IGO` and the like are roles as well.
    pub(crate) fn roles(&self) -> Vec<&'static str> {
        let mut out = Vec::new();
        for role in std::iter::once(self.body()).chain(self.actor.iter().flat_map(|a| a.sectors.iter()).filter_map(|s| cameo::role(s))) {
            if !role.is_empty() && !out.contains(&role) {
                out.push(role);
            }
        }
        out
    }

    /// The parts of the actor code: state or kind of body, group, roles.
    pub(crate) fn parts(&self) -> Vec<&'a str> {
        let mut out: Vec<&str> = Vec::new();
        for part in [self.root(), self.group()].into_iter().chain(self.roles()) {
            if !part.is_empty() && !out.contains(&part) {
                out.push(part);
            }
        }
        out
    }

    /// The CAMEO actor code, `KGZMIL`.
    pub(crate) fn code(&self) -> String {
        self.parts().concat()
    }
}

#[cfg(test)]
mod tests {
    use demarche_record::Kind;
    use jiff::civil::date;

    use super::*;
    use crate::exports::sample::actor;

    fn check(actor: &Actor, on: Option<Date>, code: &str, cow: &str, gw: &str, fips: &str) {
        let knowledge = Knowledge::load();
        let party = Party::new(Some(actor), on, &knowledge);
        assert_eq!(
            (party.code().as_str(), party.cow().as_str(), party.gw().as_str(), party.fips()),
            (code, cow, gw, fips),
            "{}",
            actor.name
        );
    }

    #[test]
    fn codes_of_states_bodies_and_people() {
        let now = Some(date(2025, 4, 8));
        check(&actor("South Korea", Kind::State, Some("KOR"), Some("KOR"), &["MIL"]), now, "KORMIL", "732", "732", "KS");
        check(&actor("United Nations", Kind::Organisation, Some("united-nations"), Some("IGO"), &["IGO"]), now, "IGOUNO", "", "", "");
        check(&actor("protesters", Kind::Group, None, None, &["CVL"]), now, "CVL", "", "", "");
        check(&actor("a teapot", Kind::Unknown, None, None, &["UNK"]), now, "", "", "", "");
        check(&actor("reporters", Kind::Group, None, Some("FRA"), &["JRN", "JRN"]), now, "FRAMED", "220", "220", "FR");
    }

    #[test]
    fn numbers_go_by_date() {
        let germany = actor("Germany", Kind::State, Some("DEU"), Some("DEU"), &[]);
        check(&germany, Some(date(1980, 1, 1)), "DEU", "260", "260", "GE");
        check(&germany, Some(date(1995, 1, 1)), "DEU", "255", "260", "GM");
        check(&germany, Some(date(1930, 1, 1)), "DEU", "255", "255", "");
    }
}
