//! The event's place in the parts that tables ask for.

use demarche_knowledge::{Knowledge, State, prio_grid};
use demarche_record::{Event, Place, PlacePrecision};

use super::party::day;

/// A place with its state on the event's day. Without a place all parts are empty.
pub(crate) struct Scene<'a> {
    pub(crate) place: Option<&'a Place>,
    state: Option<State<'a>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn of(event: &'a Event, knowledge: &'a Knowledge) -> Self {
        let place = event.place.as_ref();
        let state = place.and_then(|p| p.country.as_deref()).and_then(|c| knowledge.states.get(c, day(event)));
        Self { place, state }
    }

    fn is(&self, precisions: &[PlacePrecision]) -> bool {
        self.place.is_some_and(|p| precisions.contains(&p.precision))
    }

    /// The name, where the place is a town or a point.
    pub(crate) fn city(&self) -> &'a str {
        if self.is(&[PlacePrecision::City, PlacePrecision::Point]) { self.name() } else { "" }
    }

    pub(crate) fn name(&self) -> &'a str {
        self.place.map_or("", |p| p.name.as_str())
    }

    /// The first-order unit that the place is or lies in.
    pub(crate) fn province(&self) -> &'a str {
        let own = if self.is(&[PlacePrecision::Admin1]) { self.name() } else { "" };
        self.place.and_then(|p| p.admin1.as_deref()).unwrap_or(own)
    }

    pub(crate) fn country_name(&self) -> &'a str {
        self.state.map_or("", |s| s.name)
    }

    pub(crate) fn iso3(&self) -> &'a str {
        self.place.and_then(|p| p.country.as_deref()).unwrap_or("")
    }

    pub(crate) fn fips(&self) -> &'a str {
        self.state.and_then(|s| s.fips).unwrap_or("")
    }

    pub(crate) fn latitude(&self) -> Option<f64> {
        self.place.and_then(|p| p.latitude)
    }

    pub(crate) fn longitude(&self) -> Option<f64> {
        self.place.and_then(|p| p.longitude)
    }

    /// The PRIO-GRID cell, where the place is a town or a point: the middle of a province says nothing about a half-degree cell.
    pub(crate) fn cell(&self) -> Option<u32> {
        let exact = self.is(&[PlacePrecision::City, PlacePrecision::Point]);
        self.latitude().zip(self.longitude()).filter(|_| exact).and_then(|(north, east)| prio_grid(north, east))
    }

    /// The name with the units around it: `Batken, Batken Region, Kyrgyzstan`.
    pub(crate) fn full_name(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in [self.name(), self.province(), self.country_name()] {
            if !part.is_empty() && !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }

    /// The two letters of a unit of the United States.
    pub(crate) fn us_state(&self) -> &'static str {
        if self.iso3() == "USA" { us_state(self.province()) } else { "" }
    }
}

fn us_state(name: &str) -> &'static str {
    const UNITS: &str = include_str!("../../../../knowledge/places/admin1.tsv");
    let rows = UNITS.lines().filter_map(|line| line.strip_prefix("US."));
    rows.filter_map(|row| row.split_once('\t'))
        .find(|(_, rest)| rest.split('\t').next().is_some_and(|names| names.split('|').any(|n| n.trim_start_matches('~') == name)))
        .map_or("", |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::sample::accusation;

    #[test]
    fn parts_of_a_town_a_unit_and_a_country() {
        let knowledge = Knowledge::load();
        let mut event = accusation();
        let parts = |event: &Event| {
            let s = Scene::of(event, &knowledge);
            (s.city().to_owned(), s.province().to_owned(), s.full_name(), s.fips().to_owned(), s.us_state(), s.cell())
        };
        let own = |city: &str, province: &str, full: &str, fips: &str, us, cell| {
            (city.to_owned(), province.to_owned(), full.to_owned(), fips.to_owned(), us, cell)
        };
        let cell = Some(260 * 720 + 501 + 1);
        assert_eq!(parts(&event), own("Batken", "Batken Region", "Batken, Batken Region, Kyrgyzstan", "KG", "", cell));
        let place = Place {
            name: "California".to_owned(),
            country: Some("USA".to_owned()),
            admin1: Some("California".to_owned()),
            precision: PlacePrecision::Admin1,
            ..event.place.take().unwrap()
        };
        event.place = Some(place.clone());
        assert_eq!(parts(&event), own("", "California", "California, United States", "US", "CA", None));
        let name = "United States".to_owned();
        event.place = Some(Place { name, admin1: None, precision: PlacePrecision::Country, ..place });
        assert_eq!(parts(&event), own("", "", "United States", "US", "", None));
        event.place = None;
        assert_eq!(parts(&event), own("", "", "", "", "", None));
    }

    #[test]
    fn states_of_the_union() {
        assert_eq!((us_state("Georgia"), us_state("New York"), us_state("Atlantis")), ("GA", "NY", ""));
    }
}
