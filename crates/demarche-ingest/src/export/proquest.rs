//! `ProQuest`: articles with their fields under labels.

use super::Part;
use super::lines::{is_page, labelled, paragraphs};
use crate::fields::Fields;
use crate::{byline, parse_date};

/// Labels that stand before a value, in the order in which longer ones are tried first.
const LABELS: [&str; 38] = [
    "Author",
    "Publication info",
    "Abstract (English)",
    "Abstract",
    "Links",
    "Full text",
    "Subject",
    "Business indexing term",
    "Location",
    "People",
    "Company / organization",
    "Identifier / keyword",
    "Title",
    "Publication title",
    "Pages",
    "Number of pages",
    "Publication year",
    "Publication date",
    "Year",
    "Section",
    "Publisher",
    "Place of publication",
    "Country of publication",
    "Publication subject",
    "ISSN",
    "Source type",
    "Language of publication",
    "Document type",
    "ProQuest document ID",
    "Document URL",
    "Copyright",
    "Last updated",
    "Database",
    "Credit",
    "Word count",
    "Dateline",
    "Column",
    "First page",
];
/// Headings that stand alone on their line.
const HEADINGS: [&str; 6] = ["FULL TEXT", "ABSTRACT", "ABSTRACT (ENGLISH)", "DETAILS", "LINKS", "Full Text"];

/// Whether a line begins an article: `Document 1 of 25`.
pub(crate) fn begins(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    words.next() == Some("Document") && number(words.next()) && words.next() == Some("of") && number(words.next()) && words.next().is_none()
}

/// Whether a line stands in this archive's articles alone.
pub(crate) fn tells(line: &str) -> bool {
    labelled(line, "ProQuest document ID").is_some() || line == "ProQuest document link"
}

/// The articles of an export.
pub(crate) fn split(lines: &[&str]) -> Vec<Part> {
    let mut starts: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| begins(line)).map(|(index, _)| index + 1).collect();
    if starts.is_empty() {
        // Without numbers, rules of underscores stand between the articles.
        starts = [0].into_iter().chain(lines.iter().enumerate().filter(|(_, line)| is_rule(line)).map(|(index, _)| index + 1)).collect();
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| {
        let chunk = lines.get(*start..end)?;
        let tells_all =
            chunk.iter().any(|line| tells(line) || labelled(line, "Publication title").is_some() || labelled(line, "Full text").is_some());
        tells_all.then(|| Part { line: start + 1, fields: article(chunk), cut_off: false })
    });
    parts.collect()
}

fn is_rule(line: &str) -> bool {
    line.len() >= 10 && line.bytes().all(|byte| byte == b'_')
}

/// The label that a line begins with, and its value.
fn label(line: &str) -> Option<(String, &str)> {
    if HEADINGS.contains(&line) {
        return Some((line.to_lowercase(), ""));
    }
    LABELS.iter().find_map(|label| Some((label.to_lowercase(), labelled(line, label)?)))
}

fn article(lines: &[&str]) -> Fields {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    let mut top: Vec<&str> = Vec::new();
    for line in lines.iter().filter(|line| !is_rule(line) && !is_page(line)) {
        match (label(line), found.last_mut()) {
            (Some((name, value)), _) => found.push((name, vec![value])),
            (None, Some((_, values))) => values.push(line),
            (None, None) if !line.is_empty() && !tells(line) => top.push(line),
            (None, None) => {}
        }
    }
    let values = |wanted: &str| {
        found
            .iter()
            .find(|(name, values)| name == wanted && values.iter().any(|value| !value.is_empty()))
            .map(|(_, values)| values.as_slice())
    };
    let value = |wanted: &str| {
        let first: Vec<&str> =
            values(wanted)?.iter().skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()).copied().collect();
        (!first.is_empty()).then(|| first.join(" "))
    };
    let text =
        ["full text", "abstract (english)", "abstract"].iter().find_map(|name| values(name)).map(|lines| paragraphs(lines).join("\n"));
    let info = value("publication info");
    // `The Example, Late Edition; London [London]02 Mar 2020: A.1.`
    let source = value("publication title").or_else(|| info.clone()).map(|name| {
        let end = name.find(';').or_else(|| name.find('[')).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().trim();
        // The edition is no part of the name.
        name.split_once(", ").filter(|(_, rest)| rest.contains("dition")).map_or(name, |(name, _)| name).to_owned()
    });
    let in_info =
        info.as_deref().and_then(|info| info.rsplit(']').next()).map(|rest| rest.split(':').next().unwrap_or_default().trim().to_owned());
    let published = value("publication date").filter(|day| parse_date(day).is_some()).or(in_info);
    Fields {
        id: value("proquest document id"),
        title: value("title").or_else(|| top.first().map(|line| (*line).to_owned())),
        text,
        url: value("document url").filter(|address| address.starts_with("http")),
        source,
        published,
        authors: value("author")
            .map(|names| byline::names(names.split("Author Affiliation").next().unwrap_or_default()))
            .unwrap_or_default(),
        language: value("language of publication"),
    }
}
