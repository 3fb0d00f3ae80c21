//! ninjs 1 to 3: news items as JSON objects.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use crate::fields::Fields;
use crate::html::plain;
use crate::sink::Sink;
use crate::{byline, parse_date};

/// Names that only news items have.
const TELLING: &str = "uri versioncreated body_text body_xhtml body_html bodies headlines headline $standard standard associations";
/// Associated items inside each other, at most.
const DEEPEST: usize = 8;

/// Whether an object without our own `text` is a ninjs item.
pub(crate) fn is_item(object: &Map<String, Value>) -> bool {
    !object.contains_key("text") && TELLING.split(' ').any(|name| object.contains_key(name))
}

/// Reads an item and the items associated with it that have texts of their own.
pub(crate) fn read(object: &Map<String, Value>, place: usize, sink: &mut Sink) -> ControlFlow<()> {
    item(object, place, 0, sink)
}

fn item(object: &Map<String, Value>, place: usize, depth: usize, sink: &mut Sink) -> ControlFlow<()> {
    let inner = depth > 0;
    if let Some(status @ ("canceled" | "cancelled" | "withheld")) = text(object, "pubstatus") {
        return sink.failure(Some(place), &format!("a ninjs item that its publisher has {status}; leave it out"));
    }
    match body(object) {
        Err(why) => sink.failure(Some(place), &why)?,
        // Pictures beside a text are expected to have none.
        Ok(None) if inner => {}
        Ok(None) => {
            let kind = text(object, "type").unwrap_or("unstated");
            let message = format!("a ninjs item of type `{kind}` without a body; ask its sender for the text, or leave it out");
            sink.failure(Some(place), &message)?;
        }
        Ok(Some(body)) => fields(object, body).finish(Some(place), sink)?,
    }
    let associated: Vec<&Value> = match object.get("associations") {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(Value::Object(values)) => values.values().collect(),
        _ => Vec::new(),
    };
    if depth < DEEPEST {
        for value in associated.into_iter().filter_map(Value::as_object) {
            item(value, place, depth + 1, sink)?;
        }
    }
    ControlFlow::Continue(())
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The text of an item, from its best body: one with paragraphs first.
fn body(object: &Map<String, Value>) -> Result<Option<String>, String> {
    let mut bodies: Vec<(bool, String)> = Vec::new();
    for (name, value) in object.iter().filter(|(name, _)| name.starts_with("body_")) {
        match value {
            Value::String(value) => bodies.push((looks_marked(name, value), value.clone())),
            Value::Null => {}
            _ => return Err(format!("`{name}` is not a string; correct the item")),
        }
    }
    match object.get("bodies") {
        None | Some(Value::Null) => {}
        Some(Value::Array(values)) => {
            for value in values.iter().filter_map(Value::as_object) {
                let kind = text(value, "contenttype").or_else(|| text(value, "contentType")).unwrap_or_default();
                if let Some(body) = text(value, "value") {
                    bodies.push((looks_marked(kind, body), body.to_owned()));
                }
            }
        }
        Some(_) => return Err("`bodies` is not a list; correct the item".to_owned()),
    }
    let texts = bodies.into_iter().map(|(marked, body)| (marked, if marked { plain(&body) } else { body }));
    let texts: Vec<(bool, String)> = texts.filter(|(_, text)| !text.trim().is_empty()).collect();
    let longest = texts.iter().map(|(_, text)| text.len()).max().unwrap_or(0);
    // Some items carry a short teaser as a body, too.
    let whole = |text: &str| text.len() * 10 >= longest * 9;
    let best = texts.iter().find(|(marked, text)| *marked && whole(text)).or_else(|| texts.iter().find(|(_, text)| whole(text)));
    Ok(best.map(|(_, text)| text.clone()))
}

/// Whether a body holds HTML, by its name or media type, or by what stands in it.
fn looks_marked(kind: &str, body: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.contains("html") || (!kind.contains("plain") && body.contains("</p>"))
}

fn fields(object: &Map<String, Value>, body: String) -> Fields {
    let name_in = |key: &str| object.get(key)?.as_array()?.iter().find_map(|party| text(party.as_object()?, "name")).map(str::to_owned);
    let dates = ["contentcreated", "contentCreated", "firstcreated", "firstCreated", "versioncreated", "versionCreated"];
    let dates: Vec<&str> = dates.iter().filter_map(|name| text(object, name)).collect();
    let published = dates.iter().find(|date| parse_date(date).is_some()).or(dates.first());
    let by = ["byline", "by"].iter().find_map(|name| text(object, name));
    let source = ["infosource", "infosources", "infoSources"].iter().find_map(|key| name_in(key));
    Fields {
        id: text(object, "uri").map(str::to_owned),
        title: title(object),
        text: Some(body),
        url: None,
        source: source.or_else(|| {
            ["source", "provider", "copyrightholder", "copyrightHolder"].iter().find_map(|name| text(object, name)).map(str::to_owned)
        }),
        published: published.map(|date| (*date).to_owned()),
        authors: by.map(byline::names).unwrap_or_default(),
        language: text(object, "language").map(str::to_owned),
    }
}

/// The main headline, else the first.
fn title(object: &Map<String, Value>) -> Option<String> {
    let lines: Vec<&Map<String, Value>> =
        object.get("headlines").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect();
    let main = lines.iter().find(|line| text(line, "role") == Some("main")).or(lines.first());
    let listed = main.and_then(|line| text(line, "value"));
    let named = || ["headline", "headline_main", "headline_text", "title"].iter().find_map(|name| text(object, name));
    listed.or_else(named).map(|title| if title.contains('<') { plain(title) } else { title.to_owned() })
}
