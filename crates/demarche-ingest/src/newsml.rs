//! NewsML-G2: items with their metadata and content, alone or in messages.

use std::ops::ControlFlow;

use crate::fields::Fields;
use crate::html::plain;
use crate::nitf;
use crate::sink::Sink;
use crate::xml::Element;
use crate::{byline, parse_date};

/// A NewsML-G2 document.
pub(crate) fn read(root: &Element, sink: &mut Sink) -> ControlFlow<()> {
    match root.name.as_str() {
        "newsItem" => item(root, sink),
        "newsMessage" => message(root, sink),
        // The content of an item, without the item.
        "contentSet" => match content(root) {
            Ok(fields) => fields.finish(None, sink),
            Err(why) => sink.failure(None, &why),
        },
        name => sink.failure(None, &format!("a NewsML-G2 `{name}`, which {} and holds no article; give news items", about(name))),
    }
}

/// The items of a message. Packages and the like beside them are what holds the message together.
fn message(root: &Element, sink: &mut Sink) -> ControlFlow<()> {
    let items = root.at(&["itemSet"]).unwrap_or(root);
    let mut found = false;
    for (number, element) in items.elements().enumerate().filter(|(_, element)| element.name == "newsItem") {
        found = true;
        let name = format!("{}, item {}", sink.name(), number + 1);
        item(element, &mut sink.within(&name))?;
    }
    if found {
        return ControlFlow::Continue(());
    }
    let others: Vec<String> =
        items.elements().filter(|element| element.name.ends_with("Item")).map(|element| format!("`{}`", element.name)).collect();
    let holds = if others.is_empty() { "nothing".to_owned() } else { others.join(", ") };
    sink.failure(None, &format!("a NewsML-G2 message that holds {holds}, and no news item; ask its sender for the items"))
}

/// What the other kinds of item are about.
fn about(name: &str) -> &'static str {
    match name {
        "packageItem" => "lists other items",
        "planningItem" => "plans coverage",
        "catalogItem" => "lists code schemes",
        _ => "describes concepts",
    }
}

fn item(root: &Element, sink: &mut Sink) -> ControlFlow<()> {
    let management = root.at(&["itemMeta"]);
    let meta = root.at(&["contentMeta"]);
    let status = management.and_then(|meta| meta.at(&["pubStatus"])).map_or("", |status| status.attribute("qcode"));
    if let Some(status @ ("canceled" | "cancelled" | "withheld")) = status.rsplit(':').next() {
        return sink.failure(None, &format!("a news item that its publisher has {status}; leave it out"));
    }
    let mut fields = match content(root) {
        Ok(fields) => fields,
        Err(why) => {
            let class = management.and_then(|meta| meta.at(&["itemClass"])).map_or("", |class| class.attribute("qcode"));
            let class = class.rsplit(':').next().filter(|class| !class.is_empty()).unwrap_or("unknown");
            return sink.failure(None, &format!("a news item of class `{class}` without a text to read: {why}"));
        }
    };
    let under = |parent: Option<&Element>, path: &[&str]| parent.and_then(|parent| parent.text_at(path));
    let attribute =
        |element: Option<&Element>, name: &str| element.map(|element| element.attribute(name).to_owned()).filter(|value| !value.is_empty());
    let dates = [
        under(meta, &["contentCreated"]),
        under(management, &["firstCreated"]),
        under(management, &["versionCreated"]),
        fields.published.take(),
    ];
    let mut dates = dates.into_iter().flatten();
    let first = dates.next();
    fields.published = match first {
        Some(first) if parse_date(&first).is_none() => dates.find(|date| parse_date(date).is_some()).or(Some(first)),
        first => first,
    };
    fields.id = Some(root.attribute("guid").to_owned()).filter(|id| !id.is_empty()).or(fields.id);
    fields.title = under(meta, &["headline"]).or(fields.title).or_else(|| under(management, &["title"]));
    let provider = management.and_then(|meta| meta.at(&["provider"]));
    fields.source = under(provider, &["name"])
        .or_else(|| under(meta, &["infoSource", "name"]))
        .or_else(|| under(root.at(&["rightsInfo"]), &["copyrightHolder", "name"]))
        .or(fields.source)
        .or_else(|| attribute(provider, "literal"))
        .or_else(|| attribute(provider, "qcode"));
    let creators: Vec<String> = meta.map_or_else(Vec::new, |meta| {
        meta.elements().filter(|element| element.name == "creator").filter_map(|creator| creator.text_at(&["name"])).collect()
    });
    if let Some(by) = under(meta, &["by"]) {
        fields.authors = byline::names(&by);
    } else if !creators.is_empty() {
        fields.authors = creators;
    }
    let tag = attribute(meta.and_then(|meta| meta.at(&["language"])), "tag");
    fields.language = tag.or(fields.language).or_else(|| Some(root.attribute("lang").to_owned()).filter(|tag| !tag.is_empty()));
    fields.finish(None, sink)
}

/// The text of an item and what stands in it; the error says why there is none.
fn content(root: &Element) -> Result<Fields, String> {
    let set = if root.name == "contentSet" { Some(root) } else { root.at(&["contentSet"]) };
    let Some(set) = set else {
        return Err("it has no content; ask its sender for the content".to_owned());
    };
    let mut why = "its content is empty".to_owned();
    for part in set.elements() {
        let kind = part.attribute("contenttype");
        let fields = match part.name.as_str() {
            "inlineXML" => match part.elements().next() {
                Some(inner) if inner.name == "nitf" => nitf::fields(inner),
                Some(inner) if matches!(inner.name.as_str(), "html" | "body" | "div" | "section" | "article" | "p") => markup(part),
                Some(inner) => {
                    why = format!("its content is `{}` ({kind}), which is data and no prose", inner.name);
                    continue;
                }
                None => continue,
            },
            "inlineData" if part.attribute("encoding").is_empty() => {
                let raw = part.text();
                let text = if kind.contains("html") { plain(&raw) } else { nitf::paragraphs(part).join("\n") };
                Fields { text: Some(text), ..Fields::default() }
            }
            "inlineData" => {
                why = format!("its content is encoded as {}; ask for inline text", part.attribute("encoding"));
                continue;
            }
            "remoteContent" => {
                why = format!("its content lies elsewhere ({}); give that file", part.attribute("href"));
                continue;
            }
            _ => continue,
        };
        if fields.text.as_ref().is_some_and(|text| !text.trim().is_empty()) {
            return Ok(fields);
        }
    }
    Err(why)
}

/// XHTML inside an item.
fn markup(part: &Element) -> Fields {
    let title = part.all("title").first().map(|title| title.text());
    let body = part.all("body").first().copied().unwrap_or(part);
    Fields { title, text: Some(nitf::paragraphs(body).join("\n")), ..Fields::default() }
}
