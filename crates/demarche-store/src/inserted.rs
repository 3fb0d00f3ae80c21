//! A record added by hand: what was given, with the rest filled in.

use demarche_record::{ArticleRef, Event, EventType};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::ErrorKind;
use crate::correct::{Hand, evidence};
use crate::pack::Text;
use crate::stored::Kept;

/// The whole record.
pub(crate) fn event(given: &Value, article: &Kept, hand: Hand<'_>) -> Result<Event, ErrorKind> {
    let asked = |message: &str| ErrorKind::Asked(format!("the record to insert {message}"));
    let span = |of: &Value| Some((usize::try_from(of["start"].as_u64()?).ok()?, usize::try_from(of["end"].as_u64()?).ok()?));
    let (start, end) =
        span(&given["trigger"]).ok_or_else(|| asked("needs \"trigger\": {\"start\": …, \"end\": …}, in code points of the text"))?;
    let kind =
        given["event"].as_str().and_then(EventType::from_name).ok_or_else(|| asked("needs \"event\": a type such as \"ASSAULT\""))?;
    let text = Text::new(&article.article.text);
    let cut = |start: usize, end: usize| text.cut(start, end).unwrap_or_default().to_owned();
    if start >= end || (article.kept && text.cut(start, end).is_none()) {
        return Err(asked("has a trigger that lies outside of the article's text"));
    }
    let (from, to) = span(&given["sentence"]).unwrap_or_else(|| line(&article.article.text, start, end));
    let mut record = json!({
        "id": "", "article": ArticleRef::from(&article.article),
        "sentence": {"index": 0, "start": from, "end": to, "text": cut(from, to)},
        "trigger": {"text": cut(start, end), "start": start, "end": end},
        "event": kind.name(), "modes": [], "contexts": [], "quad": kind.quad(), "score": 0.0, "cameo": null,
        "actors": [], "recipients": [], "status": "actual", "status_cues": [], "attribution": [],
        "date": {"from": null, "to": null, "precision": null, "basis": "none", "text": null, "partial": null},
        "place": null, "magnitude": [], "confidence": 1.0, "same_as": null, "evidence": [],
        "engine": {"version": env!("CARGO_PKG_VERSION"), "model": "hand", "ontology": "plover-2.0", "knowledge": "hand"},
    });
    for (field, value) in given.as_object().into_iter().flatten() {
        if ["id", "article", "sentence", "trigger", "engine", "evidence", "quad"].contains(&field.as_str()) {
            continue;
        }
        let mut value = value.clone();
        if field == "actors" || field == "recipients" {
            value.as_array_mut().into_iter().flatten().for_each(|party| *party = filled(party));
        }
        match &mut record[field.as_str()] {
            Value::Object(whole) if value.is_object() => value.as_object().into_iter().flatten().for_each(|(name, part)| {
                whole.insert(name.clone(), part.clone());
            }),
            other => *other = value,
        }
    }
    let mut event: Event =
        serde_json::from_value(record).map_err(|e| asked(&format!("is not right: {e}; see `demarche schema events`")))?;
    if given.get("score").is_none() {
        (hand.derive)(&mut event);
    }
    event.evidence = vec![evidence("event", hand)];
    event.id = id(&event);
    Ok(event)
}

/// An actor of which only some is given.
fn filled(party: &Value) -> Value {
    let mut whole = json!({
        "name": "", "text": "", "start": 0, "end": 0, "kind": "unknown", "id": null, "country": null, "sectors": [], "office": null,
        "resolution": {"by": "hand", "score": 1.0, "antecedent": null},
    });
    for (name, value) in party.as_object().into_iter().flatten() {
        whole[name.as_str()] = value.clone();
    }
    whole
}

/// The line of the text that holds a span.
fn line(text: &str, start: usize, end: usize) -> (usize, usize) {
    let (mut first, mut last) = (0, None);
    for (at, c) in text.chars().enumerate() {
        if c == '\n' && at < start {
            first = at + 1;
        }
        if c == '\n' && at >= end && last.is_none() {
            last = Some(at);
        }
    }
    (first, last.unwrap_or_else(|| text.chars().count().max(end)))
}

fn id(event: &Event) -> String {
    let mut hash = Sha256::new();
    let names = |actors: &[demarche_record::Actor]| actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join("+");
    let parts = [
        "hand".to_owned(),
        event.article.id.clone(),
        format!("{}-{}", event.trigger.start, event.trigger.end),
        event.event.name().to_owned(),
        names(&event.actors),
        names(&event.recipients),
    ];
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    let digits: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("ev_{digits}")
}
