//! GDELT 2.0 event table.

use demarche_record::{Event, PlacePrecision};

use super::pairs::Row;
use super::party::Party;
use super::place::Scene;
use super::{cameo, cells};

/// Column names, in order. The file has no header.
pub const GDELT_COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

pub(crate) fn row(row: &Row<'_>) -> [String; 61] {
    let event = row.event;
    let none = String::new;
    let [date, month, year, fraction] = dates(event);
    let [a_code, a_name, a_country, a_group, a1, a2, a3] = party(&row.actor);
    let [r_code, r_name, r_country, r_group, r1, r2, r3] = party(&row.recipient);
    let [geo_type, geo_name, geo_country, adm1, north, east, feature] = geo(&Scene::of(event, row.knowledge));
    let nowhere = || "0".to_owned();
    let added = cells::compact(event.article.published.as_deref());
    [
        row.number().to_string(),
        date,
        month,
        year,
        fraction,
        a_code,
        a_name,
        a_country,
        a_group,
        none(),
        none(),
        none(),
        a1,
        a2,
        a3,
        r_code,
        r_name,
        r_country,
        r_group,
        none(),
        none(),
        none(),
        r1,
        r2,
        r3,
        u8::from(event.sentence.index == 0).to_string(),
        cameo::code(event),
        cameo::base(event),
        cameo::root(event).to_owned(),
        quad_class(event).to_string(),
        cells::number(event.cameo.as_ref().map(|c| c.goldstein)),
        row.entry.mentions.to_string(),
        row.entry.sources.to_string(),
        row.entry.articles.to_string(),
        // Tone is not measured. Readers of this table refuse an empty cell; 0 is its neutral value.
        "0".to_owned(),
        nowhere(),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
        nowhere(),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
        geo_type,
        geo_name,
        geo_country,
        adm1,
        none(),
        north,
        east,
        feature,
        if added.is_empty() { added } else { format!("{added}000000") },
        // Never empty: readers that trim a line would miss its last column.
        event.article.url.as_ref().or(event.article.source.as_ref()).unwrap_or(&event.article.id).clone(),
    ]
}

/// SQLDATE, `MonthYear`, Year and `FractionDate` of the first day. The fraction counts months of 30 days in a year of 365, as GDELT does.
fn dates(event: &Event) -> [String; 4] {
    let Some(day) = event.date.from.as_deref().and_then(cells::parse) else { return Default::default() };
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    let fraction = (f64::from(month - 1) * 30.0 + f64::from(of_month)) / 365.0;
    [
        format!("{year:04}{month:02}{of_month:02}"),
        format!("{year:04}{month:02}"),
        format!("{year:04}"),
        format!("{:.4}", f64::from(year) + fraction.min(0.9999)),
    ]
}

/// Code, name, country, known group, three types.
fn party(party: &Party<'_>) -> [String; 7] {
    // GDELT's list of types has no political parties.
    let parts: Vec<&str> = party.parts().into_iter().filter(|p| *p != "PTY").collect();
    let roles: Vec<&str> = party.roles().into_iter().filter(|r| *r != "PTY").collect();
    let role = |i: usize| cells::text(roles.get(i).copied());
    [parts.concat(), party.name().to_uppercase(), party.iso3().to_owned(), party.group().to_owned(), role(0), role(1), role(2)]
}

/// Type, full name, country, first-order unit, latitude, longitude, feature.
fn geo(scene: &Scene<'_>) -> [String; 7] {
    let Some(place) = scene.place.filter(|p| p.country.is_some() || p.latitude.is_some()) else {
        return ["0".to_owned(), String::new(), String::new(), String::new(), String::new(), String::new(), String::new()];
    };
    let american = scene.iso3() == "USA";
    let kind = match place.precision {
        PlacePrecision::Country => 1,
        PlacePrecision::Admin1 if american => 2,
        PlacePrecision::Admin1 => 5,
        _ if american => 3,
        _ => 4,
    };
    let unit = match (kind, scene.us_state()) {
        (1, _) => scene.fips().to_owned(),
        (_, "") => String::new(),
        (_, state) => format!("US{state}"),
    };
    let feature = match kind {
        1 => scene.fips(),
        2 => scene.us_state(),
        _ => "",
    };
    [
        kind.to_string(),
        scene.full_name(),
        scene.fips().to_owned(),
        unit,
        cells::number(scene.latitude()),
        cells::number(scene.longitude()),
        feature.to_owned(),
    ]
}

/// GDELT's own quads, by CAMEO root: 01–05, 06–09, 10–14, 15–20. They are not PLOVER's: there a protest is material and a request conflict.
fn quad_class(event: &Event) -> u8 {
    match cameo::root(event).parse::<u8>() {
        Ok(..=5) => 1,
        Ok(..=9) => 2,
        Ok(..=14) => 3,
        Ok(_) => 4,
        Err(_) => event.quad,
    }
}

#[cfg(test)]
mod tests {
    use demarche_record::{Cameo, DateInterval};

    use super::*;
    use crate::exports::Layout;
    use crate::exports::sample::{accusation, cells};

    #[test]
    fn a_row_value_by_value() {
        let expect = [
            "3350592528379080",
            "20230914",
            "202309",
            "2023",
            "2023.6959",
            "KGZGOV",
            "KYRGYZSTAN",
            "KGZ",
            "",
            "",
            "",
            "",
            "GOV",
            "",
            "",
            "TJKMIL",
            "TAJIKISTAN",
            "TJK",
            "",
            "",
            "",
            "",
            "MIL",
            "",
            "",
            "1",
            "112",
            "112",
            "11",
            "3",
            "-2",
            "1",
            "1",
            "1",
            "0",
            "0",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "0",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "4",
            "Batken, Batken Region, Kyrgyzstan",
            "KG",
            "",
            "",
            "40.0628",
            "70.8194",
            "",
            "20230915000000",
            "https://courier.example/17?a=1&b=2",
        ];
        let found = cells(Layout::Gdelt, accusation());
        for ((name, found), expect) in GDELT_COLUMNS.iter().zip(&found).zip(expect) {
            assert_eq!(found, expect, "{name}");
        }
        assert_eq!(found.len(), expect.len());
    }

    #[test]
    fn the_fraction_counts_months_of_thirty_days() {
        // Days and fractions as GDELT's own files have them.
        for (day, fraction) in
            [("2016-07-01", "2016.4959"), ("2007-07-04", "2007.5041"), ("2017-06-24", "2017.4767"), ("2017-06-30", "2017.4932")]
        {
            let mut event = accusation();
            event.date.from = Some(day.to_owned());
            assert_eq!(dates(&event)[3], fraction, "{day}");
        }
    }

    #[test]
    fn quads_by_root() {
        for (root, quad) in [("02", 1), ("05", 1), ("06", 2), ("09", 2), ("10", 3), ("14", 3), ("15", 4), ("20", 4)] {
            let mut event = accusation();
            event.cameo = Some(Cameo { code: root.to_owned(), root: root.to_owned(), name: String::new(), goldstein: 0.0 });
            assert_eq!(quad_class(&event), quad, "{root}");
            assert_eq!(cameo::code(&event), format!("{root}0"));
        }
    }

    #[test]
    fn what_is_not_known_is_empty() {
        let mut event = accusation();
        event.date = DateInterval::none();
        event.article.published = None;
        event.article.url = None;
        event.article.source = None;
        event.place = None;
        event.recipients.clear();
        let found = cells(Layout::Gdelt, event);
        let at = |name: &str| found[GDELT_COLUMNS.iter().position(|c| *c == name).unwrap()].as_str();
        for name in ["SQLDATE", "MonthYear", "Year", "FractionDate", "Actor2Code", "Actor2Name", "ActionGeo_FullName", "DATEADDED"] {
            assert_eq!(at(name), "", "{name}");
        }
        assert_eq!((at("ActionGeo_Type"), at("SOURCEURL")), ("0", "dc-17"));
    }
}
