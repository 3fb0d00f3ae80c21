//! XML as a tree, read leniently where that is safe, and what its root says it is.

use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::sink::Sink;
use crate::{feed, html, newsml, nitf};

/// Elements inside each other, at most.
const DEEPEST: usize = 256;
/// Root elements of NewsML-G2, without those that never hold an article by themselves.
const NEWSML: &str = "newsItem newsMessage packageItem conceptItem knowledgeItem planningItem catalogItem contentSet";

/// An element by its name without prefix, its attributes and what it holds.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Where reading XML stopped: line from 1, and why.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) why: String,
}

impl Element {
    /// An attribute by its name without prefix; empty where there is none.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| if let Node::Element(element) = child { Some(element) } else { None })
    }

    /// The first element under a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        self.elements().filter(|element| element.name == *first).find_map(|element| element.at(rest))
    }

    /// The elements of a name at any depth, in order, but not inside each other.
    pub(crate) fn all(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else {
                found.extend(element.all(name));
            }
        }
        found
    }

    /// All text inside, with white space as single spaces.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, to: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => to.push_str(text),
                Node::Element(element) => element.add_text(to),
            }
        }
    }

    /// The text under a path, where it says anything.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<String> {
        self.at(path).map(Self::text).filter(|text| !text.is_empty())
    }
}

/// The tree under the root element.
pub(crate) fn tree(source: &str) -> Result<Element, Fault> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_comments = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event();
        let fault = |position: u64, why: String| {
            let line = source.get(..position as usize).unwrap_or(source).matches('\n').count() + 1;
            Err(Fault { line, why })
        };
        match event {
            Ok(Event::Start(tag)) if open.len() > DEEPEST => {
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                return fault(reader.buffer_position(), format!("`{name}` and others are nested more than {DEEPEST} deep"));
            }
            Ok(Event::Start(tag)) => open.push(element(&tag)),
            Ok(Event::Empty(tag)) => add(&mut open, Node::Element(element(&tag))),
            Ok(Event::End(_)) => {
                if let Some(closed) = open.pop() {
                    add(&mut open, Node::Element(closed));
                }
            }
            Ok(Event::Text(text)) => add(&mut open, Node::Text(String::from_utf8_lossy(&text).into_owned())),
            Ok(Event::CData(text)) => add(&mut open, Node::Text(String::from_utf8_lossy(&text).into_owned())),
            Ok(Event::GeneralRef(reference)) => add(&mut open, Node::Text(resolved(&reference))),
            Ok(Event::Eof) if open.len() > 1 => {
                let name = open.last().map(|element| element.name.clone()).unwrap_or_default();
                return fault(source.len() as u64, format!("the file ends before `{name}` is closed"));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return fault(reader.error_position(), error.to_string()),
        }
    }
    let root = open.pop().unwrap_or_default().children.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    root.ok_or_else(|| Fault { line: 1, why: "there is no element in it".to_owned() })
}

fn add(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

fn element(tag: &BytesStart) -> Element {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = attribute.unescape_value_with(resolve_html5_entity);
        let value = value.map_or_else(|_| text(&attribute.value), std::borrow::Cow::into_owned);
        attributes.push((text(attribute.key.local_name().as_ref()), value));
    }
    Element { name: text(tag.local_name().as_ref()), attributes, children: Vec::new() }
}

/// What a reference stands for; as it is written where nobody knows.
pub(crate) fn resolved(reference: &BytesRef) -> String {
    let name = String::from_utf8_lossy(reference).into_owned();
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => resolve_html5_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned),
    }
}

/// The name of the root element without its prefix; none where the text does not begin as XML with a root does.
pub(crate) fn root(source: &str) -> Option<&str> {
    let mut rest = source.trim_start_matches('\u{feff}').trim_start();
    loop {
        let skipped = if rest.starts_with("<!--") {
            rest.split_once("-->")?.1
        } else if rest.starts_with("<?") {
            rest.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            let (start, after) = rest.split_once('>')?;
            if start.contains('[') { rest.split_once("]>").map_or(after, |(_, after)| after) } else { after }
        } else {
            break;
        };
        rest = skipped.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let name = name.split([' ', '>', '\t', '\r', '\n', '/']).next()?;
    let name = name.rsplit(':').next()?;
    name.starts_with(|first: char| first.is_alphabetic()).then_some(name)
}

/// Whether text that begins with a tag is XML other than a web page.
pub(crate) fn is_news(source: &str) -> bool {
    let known = |root: &str| matches!(root, "rss" | "RDF" | "feed" | "entry" | "nitf") || NEWSML.split(' ').any(|known| known == root);
    match root(source) {
        Some(root) if root.eq_ignore_ascii_case("html") => false,
        Some(root) => known(root) || source.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml"),
        None => source.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml"),
    }
}

/// Reads decoded XML by its root element.
pub(crate) fn read(source: String, address: Option<&str>, sink: &mut Sink) -> ControlFlow<()> {
    match root(&source) {
        Some("rss" | "RDF" | "feed" | "entry") => feed::read(&source, sink),
        Some(name) if name == "nitf" || NEWSML.split(' ').any(|known| known == name) => match tree(&source) {
            Ok(root) if name == "nitf" => nitf::read(&root, sink),
            Ok(root) => newsml::read(&root, sink),
            Err(Fault { line, why }) => {
                sink.failure(Some(line), &format!("not well-formed XML: {why}; correct it, or ask its sender for it again"))
            }
        },
        Some(name) if name.eq_ignore_ascii_case("html") => html::decoded_page(source, address, sink),
        Some(name) => {
            let shown: String = name.chars().take(40).collect();
            let message = format!(
                "XML of an unknown kind (`{shown}`); RSS, Atom, NewsML-G2, NITF and web pages are read: save its articles as one of them, as text or as JSON Lines"
            );
            sink.failure(None, &message)
        }
        None => sink.failure(None, "XML without a root element; fetch the file again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_root() {
        let check = |source: &str, expect: &str| assert_eq!(root(source).unwrap_or_default(), expect, "{source}");
        check("<?xml version='1.0'?><!-- <a> --><!DOCTYPE nitf SYSTEM \"nitf.dtd\" [<!ENTITY a 'b'>]>\n<nitf>", "nitf");
        check("\u{feff}<rdf:RDF xmlns='x'>", "RDF");
        check("<!DOCTYPE html><html>", "html");
        check("text <p>", "");
        check("<?xml version='1.0'?>", "");
    }

    #[test]
    fn reads_trees() {
        let root = tree("<a:b x:c='1 &amp; 2'> A&#32;&amp;&nbsp;B &unknown; & <d/><e><![CDATA[<p>]]></e>\n</a:b>").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("c")), ("b", "1 & 2"));
        assert_eq!(root.text(), "A & B &unknown; & <p>");
        assert_eq!(root.text_at(&["e"]).as_deref(), Some("<p>"));
        let fault = |source: &str| tree(source).map(|_| ()).unwrap_err();
        assert_eq!(fault("<a>\n<b>").line, 2);
        assert_eq!(fault("<a>\n<b></c></a>").line, 2);
        assert!(fault(&"<a>".repeat(100_000)).why.contains("nested more than 256 deep"));
        // References are not expanded, so they cannot multiply.
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>";
        assert_eq!(tree(bomb).unwrap().text(), "&c;");
    }
}
