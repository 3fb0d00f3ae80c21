//! `GeoJSON` (RFC 7946): one collection, a feature an event. Lists stay lists.

use demarche_knowledge::Knowledge;
use demarche_record::Actor;
use serde_json::{Value, json};

use super::Entry;
use super::party::{Party, day};
use super::place::Scene;

pub(crate) const START: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n";
pub(crate) const END: &str = "\n]}\n";

/// One feature, after a comma where it is not the first. Events without a point have a null geometry.
pub(crate) fn feature(entry: &Entry, knowledge: &Knowledge, first: bool) -> String {
    let event = &entry.event;
    let scene = Scene::of(event, knowledge);
    let point = scene.longitude().zip(scene.latitude()).map(|(east, north)| json!({"type": "Point", "coordinates": [east, north]}));
    let value = json!({
        "type": "Feature",
        "id": event.id,
        "geometry": point,
        "properties": {
            "event": event.event,
            "modes": event.modes,
            "contexts": event.contexts,
            "quad": event.quad,
            "score": event.score,
            "cameo": event.cameo.as_ref().map(|c| &c.code),
            "goldstein": event.cameo.as_ref().map(|c| c.goldstein),
            "status": event.status,
            "actors": parties(&event.actors, entry, knowledge),
            "recipients": parties(&event.recipients, entry, knowledge),
            "date_from": event.date.from,
            "date_to": event.date.to,
            "date_precision": event.date.precision,
            "place": scene.place.map(|p| &p.name),
            "place_country": scene.place.and_then(|p| p.country.as_ref()),
            "place_fips": some(scene.fips()),
            "place_precision": scene.place.map(|p| p.precision),
            "admin1": scene.place.and_then(|p| p.admin1.as_ref()),
            "geonames": scene.place.and_then(|p| p.geonames),
            "prio_grid": scene.cell(),
            "confidence": event.confidence,
            "mentions": entry.mentions,
            "sentence": event.sentence.text,
            "article": event.article.id,
            "title": event.article.title,
            "source": event.article.source,
            "url": event.article.url,
            "published": event.article.published,
        },
    });
    format!("{}{value}", if first { "" } else { ",\n" })
}

fn parties(actors: &[Actor], entry: &Entry, knowledge: &Knowledge) -> Vec<Value> {
    let on = day(&entry.event);
    let one = |actor: &Actor| {
        let party = Party::new(Some(actor), on, knowledge);
        json!({
            "name": actor.name,
            "text": actor.text,
            "kind": actor.kind,
            "country": actor.country,
            "cow": some(&party.cow()),
            "gw": some(&party.gw()),
            "fips": some(party.fips()),
            "sectors": actor.sectors,
        })
    };
    actors.iter().map(one).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Layout;
    use crate::exports::sample::{accusation, file};

    #[test]
    fn a_collection_value_by_value() {
        let mut nowhere = accusation();
        nowhere.id = "ev_0000000000000002".to_owned();
        nowhere.place = None;
        let out = file(Layout::GeoJson, &[accusation(), nowhere]);
        let value: Value = serde_json::from_str(&out).unwrap();
        let first = &value["features"][0];
        assert_eq!(
            *first,
            json!({
                "type": "Feature",
                "id": "ev_be7589d70ecc8b45",
                "geometry": {"type": "Point", "coordinates": [70.8194, 40.0628]},
                "properties": {
                    "event": "ACCUSE",
                    "modes": ["allege"],
                    "contexts": ["military", "territory"],
                    "quad": 3,
                    "score": -3.5,
                    "cameo": "112",
                    "goldstein": -2.0,
                    "status": "actual",
                    "actors": [{
                        "name": "Kyrgyzstan", "text": "Kyrgyzstan", "kind": "state", "country": "KGZ",
                        "cow": "703", "gw": "703", "fips": "KG", "sectors": ["GOV"],
                    }],
                    "recipients": [{
                        "name": "Tajikistan", "text": "Tajik forces", "kind": "state", "country": "TJK",
                        "cow": "702", "gw": "702", "fips": "TI", "sectors": ["MIL"],
                    }],
                    "date_from": "2023-09-14",
                    "date_to": "2023-09-14",
                    "date_precision": "day",
                    "place": "Batken",
                    "place_country": "KGZ",
                    "place_fips": "KG",
                    "place_precision": "city",
                    "admin1": "Batken Region",
                    "geonames": 1_463_740,
                    "prio_grid": 187_702,
                    "confidence": 0.595,
                    "mentions": 1,
                    "sentence": "\"Kyrgyzstan\" on Thursday accused Tajik forces of\tshelling Batken.",
                    "article": "dc-17",
                    "title": "Shells fall on Batken",
                    "source": "The Danube Courier",
                    "url": "https://courier.example/17?a=1&b=2",
                    "published": "2023-09-15",
                },
            })
        );
        assert_eq!(value["features"][1]["geometry"], Value::Null);
        assert_eq!(value["features"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn a_collection_of_nothing_is_one() {
        let value: Value = serde_json::from_str(&file(Layout::GeoJson, &[])).unwrap();
        assert_eq!(value["features"], json!([]));
    }
}
