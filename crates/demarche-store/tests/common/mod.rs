//! Articles and records for tests.
#![allow(dead_code, reason = "each test file uses its own part")]

use demarche_record::{Article, ArticleRef, EngineInfo, Event, EventType, Position, Statement};
use demarche_store::{Added, Coded, Filter, Kind, Store, View};
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// An engine of a version.
pub fn engine(version: &str) -> EngineInfo {
    EngineInfo { version: version.into(), model: "sha256:ab".into(), ontology: "plover-2.0".into(), knowledge: "sha256:cd".into() }
}

/// An article whose text is "SOURCE met TARGET…".
pub fn article(id: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        title: Some(format!("Title of {id}")),
        url: None,
        source: Some("Gazette".into()),
        published: Some("2025-04-08".into()),
        language: "en".into(),
        text: text.into(),
        ..Article::default()
    }
}

fn actor(words: &str, start: usize, country: &str) -> Value {
    json!({"name": words, "text": words, "start": start, "end": start + words.chars().count(), "kind": "state", "id": country, "country": country,
        "sectors": ["GOV"], "office": null, "resolution": {"by": "gazetteer", "score": 0.98, "antecedent": null}})
}

/// An event whose trigger is the first `words` of the text.
pub fn event(article: &Article, words: &str, kind: EventType, parties: (&str, &str), day: &str) -> Event {
    let at = article.text.find(words).map_or(0, |byte| article.text[..byte].chars().count());
    let length = article.text.chars().count();
    let value = json!({
        "id": format!("ev_{}_{at}_{}", article.id, kind.name()), "article": ArticleRef::from(article),
        "sentence": {"index": 0, "start": 0, "end": length, "text": article.text},
        "trigger": {"text": words, "start": at, "end": at + words.chars().count()},
        "event": kind.name(), "modes": [], "contexts": ["military"], "quad": kind.quad(), "score": -7.5, "cameo": null,
        "actors": [actor(parties.0, 0, parties.0)], "recipients": [actor(parties.1, 0, parties.1)],
        "status": "actual", "status_cues": [], "attribution": [],
        "date": {"from": day, "to": day, "precision": "day", "basis": "text", "text": "on Tuesday", "partial": null},
        "place": {"name": "Nairobi", "country": "KEN", "admin1": null, "geonames": 184_745, "latitude": -1.28, "longitude": 36.82,
            "precision": "city", "text": "Nairobi"},
        "magnitude": [], "confidence": 0.91, "same_as": null,
        "evidence": [{"field": "event", "by": "model", "detail": format!("event head on \"{words}\""), "score": 0.93}],
        "engine": engine("1"),
    });
    serde_json::from_value(value).unwrap()
}

/// A position of the first party.
pub fn position(article: &Article) -> Position {
    serde_json::from_value(json!({
        "id": format!("po_{}", article.id), "article": ArticleRef::from(article),
        "sentence": {"index": 0, "start": 0, "end": 4, "text": article.text.chars().take(4).collect::<String>()},
        "holder": actor("KEN", 0, "KEN"), "issue": "the border talks", "stance": "against", "strength": [], "quote": null, "attribution": [],
        "date": {"from": null, "to": null, "precision": null, "basis": "none", "text": null, "partial": null}, "previous": null,
        "engine": engine("1"),
    }))
    .unwrap()
}

/// Adds an article with its events.
pub fn add(store: &mut Store, article: &Article, events: &[Event], keep_text: bool) -> Added {
    let positions = [position(article)];
    let statements: [Statement; 0] = [];
    let coded = Coded { article, sentences: 3, engine: &engine("1"), events, statements: &statements, positions: &positions };
    store.add(coded, keep_text).unwrap()
}

/// Records as lines of JSON.
pub fn lines(store: &Store, kind: Kind, filter: &Filter, view: View) -> Vec<String> {
    let mut out = Vec::new();
    store
        .records(kind, filter, view, &mut |record| {
            out.push(record.to_string());
            ControlFlow::Continue(())
        })
        .unwrap();
    out
}

/// Ids of the events that fit.
pub fn ids(store: &Store, filter: &Filter, view: View) -> Vec<String> {
    let id = |line: String| serde_json::from_str::<Value>(&line).unwrap()["id"].as_str().unwrap().to_owned();
    lines(store, Kind::Events, filter, view).into_iter().map(id).collect()
}
