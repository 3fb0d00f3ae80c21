//! POLECAT event table.

use super::cells;
use super::pairs::Row;
use super::party::Party;
use super::place::Scene;
use demarche_record::PlacePrecision;

/// Column names, in order.
pub const POLECAT_COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(crate) fn row(row: &Row<'_>) -> [String; 40] {
    let event = row.event;
    let none = String::new;
    let scene = Scene::of(event, row.knowledge);
    let [a_name, a_country, a_cow, a_sector, a_sectors, a_title, a_raw] = party(&row.actor);
    let [r_name, r_country, r_cow, r_sector, r_sectors, r_title, r_raw] = party(&row.recipient);
    let story = &row.entry.story;
    [
        row.id(),
        cells::text(event.date.from.as_deref()),
        event.event.name().to_owned(),
        event.modes.join("; "),
        event.score.to_string(),
        quad(event.quad).to_owned(),
        event.contexts.iter().map(|c| c.name()).collect::<Vec<_>>().join("; "),
        a_name,
        a_country,
        a_cow,
        a_sector,
        a_sectors,
        a_title,
        a_raw,
        none(),
        r_name,
        r_country,
        r_cow,
        r_sector,
        r_sectors,
        r_title,
        r_raw,
        none(),
        scene.name().to_owned(),
        scene.city().to_owned(),
        none(),
        scene.province().to_owned(),
        scene.country_name().to_owned(),
        cells::number(scene.latitude()),
        cells::number(scene.longitude()),
        scene.place.and_then(|p| p.geonames).map(|g| g.to_string()).unwrap_or_default(),
        cells::text(scene.place.map(|p| p.text.as_str())),
        feature(&scene).to_owned(),
        cells::text(event.article.source.as_deref()),
        cells::text(event.article.published.as_deref()),
        story.people.join("; "),
        story.organisations.join("; "),
        story.places.join("; "),
        event.article.language.clone(),
        format!("demarche-{}", event.engine.version),
    ]
}

/// Name, country, COW number, main sector, all sectors, title, words.
fn party(party: &Party<'_>) -> [String; 7] {
    let sectors = party.actor.map(|a| a.sectors.as_slice()).unwrap_or_default();
    [
        party.name(),
        party.country_name().to_owned(),
        party.cow(),
        cells::text(sectors.first().map(String::as_str)),
        sectors.join("; "),
        cells::text(party.actor.and_then(|a| a.office.as_ref()).map(|o| o.title.as_str())),
        party.words(),
    ]
}

fn quad(quad: u8) -> &'static str {
    match quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    }
}

/// The `GeoNames` feature code that the precision tells.
fn feature(scene: &Scene<'_>) -> &'static str {
    match scene.place.filter(|p| p.geonames.is_some()).map(|p| p.precision) {
        Some(PlacePrecision::Country) => "PCLI",
        Some(PlacePrecision::Admin1) => "ADM1",
        Some(PlacePrecision::City) => "PPL",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use crate::exports::Layout;
    use crate::exports::sample::{accusation, cells};

    #[test]
    fn a_row_value_by_value() {
        assert_eq!(
            cells(Layout::Polecat, accusation()),
            [
                "ev_be7589d70ecc8b45",
                "2023-09-14",
                "ACCUSE",
                "allege",
                "-3.5",
                "VERBAL CONFLICT",
                "military; territory",
                "Kyrgyzstan",
                "Kyrgyzstan",
                "703",
                "GOV",
                "GOV",
                "",
                "Kyrgyzstan",
                "",
                "Tajikistan",
                "Tajikistan",
                "702",
                "MIL",
                "MIL",
                "",
                "Tajik forces",
                "",
                "Batken",
                "Batken",
                "",
                "Batken Region",
                "Kyrgyzstan",
                "40.0628",
                "70.8194",
                "1463740",
                "Batken",
                "PPL",
                "The Danube Courier",
                "2023-09-15",
                "Emomali Rahmon",
                "",
                "Batken",
                "en",
                "demarche-0.1.0",
            ]
        );
    }

    #[test]
    fn persons_have_their_title() {
        let mut event = accusation();
        event.actors = vec![event.attribution[0].speaker.clone()];
        let found = cells(Layout::Polecat, event);
        assert_eq!(found[7..14], ["Emomali Rahmon", "Tajikistan", "702", "GOV", "GOV", "President", "Emomali Rahmon"]);
    }
}
