//! Phoenix event table.

use super::pairs::Row;
use super::party::Party;
use super::place::Scene;
use super::{cameo, cells};

/// Column names, in order. The file has no header.
pub const PHOENIX_COLUMNS: [&str; 26] = [
    "EventID",
    "Date",
    "Year",
    "Month",
    "Day",
    "SourceActorFull",
    "SourceActorEntity",
    "SourceActorRole",
    "SourceActorAttribute",
    "TargetActorFull",
    "TargetActorEntity",
    "TargetActorRole",
    "TargetActorAttribute",
    "EventCode",
    "EventRootCode",
    "PentaClass",
    "GoldsteinScore",
    "Issues",
    "Lat",
    "Lon",
    "LocationName",
    "StateName",
    "CountryCode",
    "SentenceID",
    "URLs",
    "NewsSources",
];

pub(crate) fn row(row: &Row<'_>) -> [String; 26] {
    let event = row.event;
    let date = cells::compact(event.date.from.as_deref());
    let part = |from: usize, to: usize| date.get(from..to).unwrap_or("").to_owned();
    let (year, month, day) = (part(0, 4), part(4, 6), part(6, 8));
    let [source, source_entity, source_role, source_attribute] = party(&row.actor);
    let [target, target_entity, target_role, target_attribute] = party(&row.recipient);
    let scene = Scene::of(event, row.knowledge);
    [
        row.number().to_string(),
        date,
        year,
        month,
        day,
        source,
        source_entity,
        source_role,
        source_attribute,
        target,
        target_entity,
        target_role,
        target_attribute,
        cameo::code(event),
        cameo::root(event).to_owned(),
        penta_class(cameo::root(event)).map(|p| p.to_string()).unwrap_or_default(),
        event.cameo.as_ref().map(|c| format!("{:.1}", c.goldstein)).unwrap_or_default(),
        issues(row),
        cells::number(scene.latitude()),
        cells::number(scene.longitude()),
        scene.name().to_owned(),
        scene.province().to_owned(),
        scene.iso3().to_owned(),
        sentence_id(row),
        cells::text(event.article.url.as_deref()),
        cells::text(event.article.source.as_deref()),
    ]
}

/// Contexts as issues, each counted once: `military,1;territory,1`.
pub(crate) fn issues(row: &Row<'_>) -> String {
    row.event.contexts.iter().map(|c| format!("{},1", c.name())).collect::<Vec<_>>().join(";")
}

/// The article's id and the number of the sentence, from 1.
pub(crate) fn sentence_id(row: &Row<'_>) -> String {
    format!("{}_{}", row.event.article.id, row.event.sentence.index + 1)
}

/// Full code, entity, role, attributes. Only these thirteen roles count as such; all else is an attribute.
fn party(party: &Party<'_>) -> [String; 4] {
    const ROLES: [&str; 13] = ["GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"];
    let parts = party.parts();
    let entity = party.root();
    let mut rest: Vec<&str> = parts.into_iter().filter(|p| *p != entity).collect();
    let role = if rest.first().is_some_and(|r| ROLES.contains(r)) { rest.remove(0) } else { "" };
    [party.code(), entity.to_owned(), role.to_owned(), rest.join(";")]
}

/// 0 neutral, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, by CAMEO root as Phoenix sorts them: reduced relations are verbal.
fn penta_class(root: &str) -> Option<u8> {
    Some(match root.parse::<u8>().ok()? {
        1 | 2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        9..=13 | 16 => 3,
        14 | 15 | 17..=20 => 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use demarche_record::Kind;

    use crate::exports::Layout;
    use crate::exports::sample::{accusation, actor, cells};

    #[test]
    fn a_row_value_by_value() {
        assert_eq!(
            cells(Layout::Phoenix, accusation()),
            [
                "3350592528379080",
                "20230914",
                "2023",
                "09",
                "14",
                "KGZGOV",
                "KGZ",
                "GOV",
                "",
                "TJKMIL",
                "TJK",
                "MIL",
                "",
                "112",
                "11",
                "3",
                "-2.0",
                "military,1;territory,1",
                "40.0628",
                "70.8194",
                "Batken",
                "Batken Region",
                "KGZ",
                "dc-17_1",
                "https://courier.example/17?a=1&b=2",
                "The Danube Courier",
            ]
        );
    }

    #[test]
    fn roles_and_attributes() {
        let check = |id: Option<&str>, country: Option<&str>, sectors: &[&str], expect: [&str; 4]| {
            let mut event = accusation();
            event.actors = vec![actor("X", Kind::Organisation, id, country, sectors)];
            assert_eq!(cells(Layout::Phoenix, event)[5..9], expect);
        };
        check(Some("united-nations"), Some("IGO"), &["IGO"], ["IGOUNO", "IGO", "", "UNO"]);
        check(None, Some("FRA"), &["LAB", "CVL"], ["FRALABCVL", "FRA", "", "LAB;CVL"]);
        check(None, None, &["CVL"], ["CVL", "", "CVL", ""]);
    }
}
