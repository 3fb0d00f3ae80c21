//! NITF: news items of agencies as structured text.

use std::ops::ControlFlow;

use crate::fields::Fields;
use crate::sink::Sink;
use crate::xml::{Element, Node};

/// Elements that are a paragraph of their own.
const BLOCKS: &str =
    "p hl1 hl2 h1 h2 h3 h4 h5 h6 li dt dd tr caption div block blockquote bq pre ul ol dl table section article body br hr lede";
/// Elements whose text is not the article's.
const LEFT_OUT: &str = "media media-caption media-metadata media-producer script style head body.head body.end fn note figcaption figure";

/// An NITF document.
pub(crate) fn read(root: &Element, sink: &mut Sink) -> ControlFlow<()> {
    fields(root).finish(None, sink)
}

/// What an NITF document says.
pub(crate) fn fields(root: &Element) -> Fields {
    let head = root.at(&["head"]);
    let data = head.and_then(|head| head.at(&["docdata"]));
    let top = root.at(&["body", "body.head"]);
    let data_attribute = |element: &str, name: &str| {
        data.and_then(|data| data.at(&[element])).map(|element| element.attribute(name).to_owned()).filter(|value| !value.is_empty())
    };
    let publication = head.and_then(|head| head.at(&["pubdata"]));
    let published = publication.map(|data| data.attribute("date.publication").to_owned()).filter(|date| !date.is_empty());
    let source = publication.map(|data| data.attribute("name").to_owned()).filter(|name| !name.is_empty());
    let byline = top.map(|top| top.all("byline").into_iter().map(byline).collect()).unwrap_or_default();
    Fields {
        id: data_attribute("doc-id", "id-string"),
        title: top.and_then(|top| top.text_at(&["hedline", "hl1"])).or_else(|| head.and_then(|head| head.text_at(&["title"]))),
        text: root.at(&["body", "body.content"]).or_else(|| root.at(&["body"])).map(|content| paragraphs(content).join("\n")),
        url: publication.map(|data| data.attribute("ex-ref").to_owned()).filter(|address| address.starts_with("http")),
        source: source.or_else(|| top.and_then(|top| top.text_at(&["distributor"]))).or_else(|| data_attribute("doc.copyright", "holder")),
        published: published.or_else(|| data_attribute("date.issue", "norm")).or_else(|| data_attribute("date.release", "norm")),
        authors: byline,
        language: root.at(&["body"]).map(|body| body.attribute("lang").to_owned()).filter(|tag| !tag.is_empty()),
    }
}

/// The writer of a byline, without "By" and title.
fn byline(element: &Element) -> String {
    if let Some(person) = element.text_at(&["person"]) {
        return person;
    }
    let own: String =
        element.children.iter().filter_map(|child| if let Node::Text(text) = child { Some(text.as_str()) } else { None }).collect();
    crate::byline::without_by(&own.split_whitespace().collect::<Vec<_>>().join(" ")).trim_end_matches(',').to_owned()
}

/// The paragraphs under an element, one string each.
pub(crate) fn paragraphs(element: &Element) -> Vec<String> {
    let mut lines = vec![String::new()];
    add(element, &mut lines);
    let lines = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

fn add(element: &Element, lines: &mut Vec<String>) {
    for child in &element.children {
        match child {
            Node::Text(text) => {
                if let Some(last) = lines.last_mut() {
                    last.push_str(text);
                }
            }
            Node::Element(inner) if LEFT_OUT.split(' ').any(|name| name == inner.name) => {}
            Node::Element(inner) => {
                let block = BLOCKS.split(' ').any(|name| name == inner.name);
                if block {
                    lines.push(String::new());
                }
                add(inner, lines);
                if block {
                    lines.push(String::new());
                } else if let (true, Some(last)) = (matches!(inner.name.as_str(), "td" | "th"), lines.last_mut()) {
                    last.push(' ');
                }
            }
        }
    }
}
