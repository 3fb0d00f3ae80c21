//! ICEWS coded events.

use super::pairs::{Row, number};
use super::party::Party;
use super::place::Scene;
use super::{cameo, cells};

/// Column names, in order.
pub const ICEWS_COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

pub(crate) fn row(row: &Row<'_>) -> [String; 20] {
    let event = row.event;
    let scene = Scene::of(event, row.knowledge);
    [
        row.number().to_string(),
        cells::text(event.date.from.as_deref()),
        row.actor.name(),
        sectors(&row.actor),
        row.actor.country_name().to_owned(),
        cells::text(event.cameo.as_ref().map(|c| c.name.as_str())),
        cameo::code(event),
        cells::number(event.cameo.as_ref().map(|c| c.goldstein)),
        row.recipient.name(),
        sectors(&row.recipient),
        row.recipient.country_name().to_owned(),
        number(&event.article.id).to_string(),
        (event.sentence.index + 1).to_string(),
        cells::text(event.article.source.as_deref()),
        scene.city().to_owned(),
        String::new(),
        scene.province().to_owned(),
        scene.country_name().to_owned(),
        cells::number(scene.latitude()),
        cells::number(scene.longitude()),
    ]
}

/// The party's sectors by ICEWS's names, each once, separated by commas.
fn sectors(party: &Party<'_>) -> String {
    let mut out: Vec<&str> = Vec::new();
    for name in party.actor.iter().flat_map(|a| a.sectors.iter()).flat_map(|s| sector(s)) {
        if !out.contains(name) {
            out.push(name);
        }
    }
    out.join(",")
}

/// A sector of the coding frame in ICEWS's words, the narrower first.
fn sector(code: &str) -> &'static [&'static str] {
    match code {
        "GOV" => &["Government"],
        "MIL" => &["Military", "Government"],
        "COP" => &["Police", "Government"],
        "JUD" => &["Judicial", "Government"],
        "LEG" => &["Legislative / Parliamentary", "Government"],
        "SPY" => &["Intelligence", "Government"],
        "PTY" => &["Parties"],
        "OPP" => &["Opposition", "Dissident"],
        "REB" => &["Rebel", "Dissident"],
        "PRM" | "UAF" => &["Unidentified Forces"],
        "CRM" => &["Criminals / Gangs"],
        "CVL" | "REF" | "SOC" => &["General Population / Civilian / Social", "Social"],
        "BUS" => &["Business"],
        "MNC" => &["Multinational Corporation", "Business"],
        "LAB" => &["Labor", "Social"],
        "AGR" => &["Agricultural", "Business"],
        "EDU" => &["Education", "Social"],
        "REL" => &["Religious", "Social"],
        "MED" => &["Medical / Health", "Social"],
        "JRN" => &["Media", "Business"],
        "ELI" => &["Elite"],
        "IGO" => &["International Government Organization"],
        "NGO" => &["Nongovernmental Organization / Activists"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use demarche_knowledge::SECTORS;

    use super::*;
    use crate::exports::Layout;
    use crate::exports::sample::{accusation, cells};

    #[test]
    fn a_row_value_by_value() {
        let found = cells(Layout::Icews, accusation());
        let story = number("dc-17").to_string();
        assert_eq!(
            found,
            [
                "3350592528379080",
                "2023-09-14",
                "Kyrgyzstan",
                "Government",
                "Kyrgyzstan",
                "Accuse",
                "112",
                "-2",
                "Tajikistan",
                "Military,Government",
                "Tajikistan",
                &story,
                "1",
                "The Danube Courier",
                "Batken",
                "",
                "Batken Region",
                "Kyrgyzstan",
                "40.0628",
                "70.8194",
            ]
        );
    }

    #[test]
    fn sectors_have_names() {
        let without: Vec<&str> = SECTORS.into_iter().filter(|s| sector(s).is_empty()).collect();
        assert_eq!(without, ["PRE", "UNK"]);
    }
}
