//! The event that the tests of all formats write.

use demarche_record::{
    Actor, ArticleRef, Basis, Cameo, Context, DateInterval, EngineInfo, Event, EventType, Kind, Link, Office, Place, PlacePrecision,
    Precision, Resolution, SentenceRef, Status, Words,
};

pub(crate) fn actor(name: &str, kind: Kind, id: Option<&str>, country: Option<&str>, sectors: &[&str]) -> Actor {
    Actor {
        name: name.to_owned(),
        text: name.to_owned(),
        start: 0,
        end: name.chars().count(),
        kind,
        id: id.map(str::to_owned),
        country: country.map(str::to_owned),
        sectors: sectors.iter().map(|s| (*s).to_owned()).collect(),
        office: None,
        resolution: Resolution { by: "gazetteer".to_owned(), score: 0.98, antecedent: None },
    }
}

/// Kyrgyzstan accuses Tajik forces, on the president's word, at Batken.
pub(crate) fn accusation() -> Event {
    let words = |text: &str, start: usize| Words { text: text.to_owned(), start, end: start + text.chars().count() };
    let some = |text: &str| Some(text.to_owned());
    let mut speaker = actor("Emomali Rahmon", Kind::Person, Some("tjk-rahmon"), Some("TJK"), &["GOV"]);
    speaker.office = Some(Office { title: "President".to_owned(), of: "TJK".to_owned(), from: some("1994"), to: None });
    let sentence = "\"Kyrgyzstan\" on Thursday accused Tajik forces of\tshelling Batken.";
    Event {
        id: "ev_be7589d70ecc8b45".to_owned(),
        article: ArticleRef {
            id: "dc-17".to_owned(),
            title: some("Shells fall on Batken"),
            url: some("https://courier.example/17?a=1&b=2"),
            source: some("The Danube Courier"),
            published: some("2023-09-15"),
            language: "en".to_owned(),
        },
        sentence: SentenceRef { index: 0, start: 0, end: sentence.chars().count(), text: sentence.to_owned() },
        trigger: words("accused", 25),
        event: EventType::Accuse,
        modes: vec!["allege".to_owned()],
        contexts: vec![Context::Military, Context::Territory],
        quad: 3,
        score: -3.5,
        cameo: Some(Cameo { code: "112".to_owned(), root: "11".to_owned(), name: "Accuse".to_owned(), goldstein: -2.0 }),
        actors: vec![actor("Kyrgyzstan", Kind::State, Some("KGZ"), Some("KGZ"), &["GOV"])],
        recipients: vec![Actor { text: "Tajik forces".to_owned(), ..actor("Tajikistan", Kind::State, Some("TJK"), Some("TJK"), &["MIL"]) }],
        status: Status::Actual,
        status_cues: Vec::new(),
        attribution: vec![Link { speaker, cue: words("said", 60), verbatim: false }],
        date: DateInterval {
            from: some("2023-09-14"),
            to: some("2023-09-14"),
            precision: Some(Precision::Day),
            basis: Basis::Text,
            text: some("on Thursday"),
            partial: None,
        },
        place: Some(Place {
            name: "Batken".to_owned(),
            country: some("KGZ"),
            admin1: some("Batken Region"),
            geonames: Some(1_463_740),
            latitude: Some(40.0628),
            longitude: Some(70.8194),
            precision: PlacePrecision::City,
            text: "Batken".to_owned(),
        }),
        magnitude: Vec::new(),
        confidence: 0.595,
        same_as: None,
        evidence: Vec::new(),
        engine: EngineInfo {
            version: "0.1.0".to_owned(),
            model: "sha256:m".to_owned(),
            ontology: "plover-2.0".to_owned(),
            knowledge: "sha256:k".to_owned(),
        },
    }
}

/// The cells of one line that a format writes of the sample.
pub(crate) fn cells(layout: super::Layout, event: Event) -> Vec<String> {
    let knowledge = demarche_knowledge::Knowledge::load();
    let bytes = super::Exporter::new(layout, &knowledge).unwrap().write(&super::entries(&[event], |_| true)).unwrap();
    let out = String::from_utf8(bytes).unwrap();
    assert_eq!(out.matches('\n').count(), 1);
    out.trim_end_matches('\n').split('\t').map(str::to_owned).collect()
}

/// A whole file that a format writes, an event at a time.
pub(crate) fn file(layout: super::Layout, events: &[Event]) -> String {
    let knowledge = demarche_knowledge::Knowledge::load();
    let mut exporter = super::Exporter::new(layout, &knowledge).unwrap();
    let mut out = exporter.start();
    for event in events {
        out.extend(exporter.write(&super::entries(std::slice::from_ref(event), |_| true)).unwrap());
    }
    out.extend(exporter.finish().unwrap());
    String::from_utf8(out).unwrap()
}
