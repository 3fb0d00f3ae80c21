//! JSON Feed: the items of an object.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use crate::fields::Fields;
use crate::html::plain;
use crate::sink::Sink;

/// Whether an object is a JSON Feed.
pub(crate) fn is_feed(object: &Map<String, Value>) -> bool {
    let version = object.get("version").and_then(Value::as_str).unwrap_or_default();
    version.contains("jsonfeed.org") && object.get("items").is_some_and(Value::is_array)
}

/// Reads an article per item.
pub(crate) fn read(feed: &Map<String, Value>, place: usize, sink: &mut Sink) -> ControlFlow<()> {
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if items.is_empty() {
        return sink.note(Some(place), "there are no items in this feed");
    }
    for (number, item) in items.iter().enumerate() {
        let name = format!("{}, item {}", sink.name(), number + 1);
        let mut sink = sink.within(&name);
        let Some(item) = item.as_object() else {
            sink.failure(Some(place), "not an object; correct the feed")?;
            continue;
        };
        fields(item, feed).finish(Some(place), &mut sink)?;
    }
    ControlFlow::Continue(())
}

fn fields(item: &Map<String, Value>, feed: &Map<String, Value>) -> Fields {
    let text = |object: &Map<String, Value>, name: &str| {
        object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    // Ids should be strings, and often are numbers.
    let id = item.get("id").and_then(|id| match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    let title = text(item, "title");
    let body = text(item, "content_html").map(|body| plain(&body)).filter(|body| !body.is_empty());
    let body = body.or_else(|| text(item, "content_text")).or_else(|| text(item, "summary")).or_else(|| title.clone());
    let people = |object: &Map<String, Value>| -> Vec<String> {
        let listed = object.get("authors").and_then(Value::as_array).into_iter().flatten();
        let people = listed.chain(object.get("author")).filter_map(|person| text(person.as_object()?, "name"));
        people.collect()
    };
    let own = people(item);
    Fields {
        id,
        title,
        text: body,
        url: text(item, "url").or_else(|| text(item, "external_url")),
        source: text(feed, "title"),
        published: text(item, "date_published").or_else(|| text(item, "date_modified")),
        authors: if own.is_empty() { people(feed) } else { own },
        language: text(item, "language").or_else(|| text(feed, "language")),
    }
}
