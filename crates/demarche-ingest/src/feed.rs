//! RSS 0.9 to 2.0 and Atom, also where they are not well-formed.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::{Builder, Parser};

use crate::fields::Fields;
use crate::html::plain;
use crate::parse_date;
use crate::sink::Sink;
use crate::xml::{self, Fault};

/// Namespaces of RSS 0.90, which differs from RSS 1.0 in nothing that matters here.
const RSS_090: [&str; 2] = ["http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"];
const RSS_10: &str = "http://purl.org/rss/1.0/";

/// Dates that a feed gives and that cannot be read.
type Unread = Arc<Mutex<Vec<String>>>;

/// Reads a decoded feed, an article per item.
pub(crate) fn read(source: &str, sink: &mut Sink) -> ControlFlow<()> {
    let source = normal(source);
    let unread = Unread::default();
    let problem = match xml::tree(&source) {
        Ok(_) => match parser(&unread).parse(source.as_bytes()) {
            Ok(feed) => {
                articles(feed, None, None, sink)?;
                return undated(&unread, sink);
            }
            Err(error) => error.to_string(),
        },
        Err(Fault { line, why }) => {
            sink.note(Some(line), &format!("the feed is not well-formed: {why}; its items are read one by one"))?;
            String::new()
        }
    };
    let found = one_by_one(&source, &unread, sink)?;
    if !found {
        let why = if problem.is_empty() { "no item in it is whole" } else { &problem };
        sink.failure(None, &format!("the feed cannot be read: {why}; fetch it again"))?;
    }
    undated(&unread, sink)
}

/// A parser for one text: it keeps state, and panics where it is used again after a failure.
fn parser(unread: &Unread) -> Parser {
    let unread = Arc::clone(unread);
    let timestamp = move |text: &str| -> Option<DateTime<Utc>> {
        // The day as it is written, whatever the zone: noon in UTC stands for it.
        let noon = parse_date(text).and_then(|day| {
            let day = NaiveDate::from_ymd_opt(day.year().into(), day.month().unsigned_abs().into(), day.day().unsigned_abs().into())?;
            Some(day.and_hms_opt(12, 0, 0)?.and_utc())
        });
        if let (None, false, Ok(mut unread)) = (noon, text.trim().is_empty(), unread.lock()) {
            unread.push(text.trim().chars().take(40).collect());
        }
        noon
    };
    Builder::new().timestamp_parser(timestamp).id_generator(|_, _, _| String::new()).build()
}

/// Notes the dates that could not be read.
fn undated(unread: &Unread, sink: &mut Sink) -> ControlFlow<()> {
    let Some((count, first)) = unread.lock().ok().and_then(|unread| Some((unread.len(), unread.first()?.clone()))) else {
        return ControlFlow::Continue(());
    };
    let message =
        format!("left out dates that cannot be read with certainty ({count}, such as `{first}`); give --date where you know the day");
    sink.note(None, &message)
}

/// The feed from its root on, in UTF-8, under a version that the library knows.
fn normal(source: &str) -> String {
    let start = source.find("<?xml").and_then(|at| Some(at + source.get(at..)?.find("?>")? + 2)).unwrap_or(0);
    // The lines stay where they are.
    let mut text: String = source.get(..start).unwrap_or_default().chars().filter(|character| *character == '\n').collect();
    text.push_str(source.get(start..).unwrap_or_default());
    for namespace in RSS_090 {
        text = text.replace(namespace, RSS_10);
    }
    if let Some(at) = text.find("<rss")
        && let Some(end) = text.get(at..).and_then(|tag| tag.find('>'))
    {
        let tag = text.get(at..at + end).unwrap_or_default();
        let kept: Vec<String> = attributes(tag).into_iter().filter(|(name, _)| name != "version").map(|(_, whole)| whole).collect();
        text.replace_range(at..at + end, &format!("<rss version=\"2.0\" {}", kept.join(" ")));
    }
    text
}

/// Name and whole of each attribute of a start tag.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut rest = tag.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let mut found = Vec::new();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let Some(quote) = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
            break;
        };
        let Some((value, after)) = after.get(1..).and_then(|after| after.split_once(quote)) else {
            break;
        };
        let name = name.trim();
        found.push((name.to_owned(), format!("{name}={quote}{value}{quote}")));
        rest = after;
    }
    found
}

/// Reads the items of a broken feed alone, each mended as feed readers do; whether there was one.
fn one_by_one(source: &str, unread: &Unread, sink: &mut Sink) -> ControlFlow<(), bool> {
    let name = if source.contains("<entry") { "entry" } else { "item" };
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let starts: Vec<usize> = source
        .match_indices(&open)
        .filter(|(at, _)| source.get(at + open.len()..).is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n'])))
        .map(|(at, _)| at)
        .collect();
    let head = source.get(..starts.first().copied().unwrap_or(0)).unwrap_or_default();
    let (before, after) = shell(head);
    let title = between(head, "<title", "</title>").map(|title| plain(&unmarked(&title)));
    let mut found = false;
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(source.len());
        let line = source.get(..*start).unwrap_or_default().matches('\n').count() + 1;
        let item = source.get(*start..end).unwrap_or_default();
        let Some((item, _)) = item.split_once(&close) else {
            sink.failure(Some(line), "this item of the feed is cut off; fetch the feed again")?;
            continue;
        };
        let whole = format!("{before}{}{close}{after}", mended(item));
        match parser(unread).parse(whole.as_bytes()) {
            Ok(feed) if !feed.entries.is_empty() => {
                found = true;
                articles(feed, title.clone(), Some(line), sink)?;
            }
            Ok(_) => {}
            Err(error) => sink.failure(Some(line), &format!("this item of the feed cannot be read: {error}; correct it"))?,
        }
    }
    ControlFlow::Continue(found)
}

/// What has to stand before and after an item so that it is a feed.
fn shell(head: &str) -> (String, &'static str) {
    let tag = |name: &str| {
        let at = head.find(name)?;
        let end = head.get(at..)?.find('>')?;
        head.get(at..=at + end)
    };
    if let Some(tag) = tag("<feed") {
        return (tag.to_owned(), "</feed>");
    }
    if let Some(tag) = tag("<rdf:RDF") {
        return (tag.to_owned(), "</rdf:RDF>");
    }
    let common =
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">";
    (format!("{}<channel>", tag("<rss").unwrap_or(common)), "</channel></rss>")
}

/// The inside of the first element of a name.
fn between(text: &str, open: &str, close: &str) -> Option<String> {
    let (_, rest) = text.split_once(open)?;
    let (_, rest) = rest.split_once('>')?;
    Some(rest.split_once(close)?.0.to_owned())
}

/// Text without the marks of a CDATA section.
fn unmarked(text: &str) -> String {
    text.replace("<![CDATA[", "").replace("]]>", "")
}

/// XML without control characters, with `&` and `<` written out where they mark nothing, and with HTML's references resolved.
fn mended(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, marked) = rest.split_at(at);
        out.extend(before.chars().filter(|character| !character.is_control() || character.is_whitespace()));
        if marked.starts_with("<![CDATA[") {
            let end = marked.find("]]>").map_or(marked.len(), |end| end + 3);
            let (section, after) = marked.split_at(end);
            out.extend(section.chars().filter(|character| !character.is_control() || character.is_whitespace()));
            if !section.ends_with("]]>") {
                out.push_str("]]>");
            }
            rest = after;
            continue;
        }
        let (mark, after) = marked.split_at(1);
        if mark == "<" {
            let tag = after.starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
            out.push_str(if tag { "<" } else { "&lt;" });
            rest = after;
            continue;
        }
        let name = after.split_once(';').map(|(name, _)| name).filter(|name| name.len() < 32);
        let numbered = |name: &str| name.starts_with('#') && name.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric());
        match name {
            Some("amp" | "lt" | "gt" | "quot" | "apos") => out.push('&'),
            Some(name) if numbered(name) => out.push('&'),
            Some(name) if quick_xml::escape::resolve_html5_entity(name).is_some() => {
                out.push_str(quick_xml::escape::resolve_html5_entity(name).unwrap_or_default());
                rest = after.get(name.len() + 1..).unwrap_or_default();
                continue;
            }
            _ => out.push_str("&amp;"),
        }
        rest = after;
    }
    out.extend(rest.chars().filter(|character| !character.is_control() || character.is_whitespace()));
    out
}

/// Hands over an article per entry.
fn articles(feed: Feed, title: Option<String>, line: Option<usize>, sink: &mut Sink) -> ControlFlow<()> {
    let source = feed.title.as_ref().map(of_text).filter(|title| !title.is_empty()).or(title);
    if feed.entries.is_empty() {
        return sink.note(line, "there are no items in this feed");
    }
    for entry in feed.entries {
        article(entry, source.as_deref(), feed.language.as_deref(), line, sink)?;
    }
    ControlFlow::Continue(())
}

fn article(entry: Entry, source: Option<&str>, language: Option<&str>, line: Option<usize>, sink: &mut Sink) -> ControlFlow<()> {
    let title = entry.title.as_ref().map(of_text).filter(|title| !title.is_empty());
    let content = entry.content.and_then(|content| {
        let body = content.body?;
        Some(if content.content_type.subty() == "plain" { body } else { plain(&body) })
    });
    let summary = entry.summary.as_ref().map(of_text);
    // A headline is news, too.
    let text = [content, summary, title.clone()].into_iter().flatten().find(|text| !text.trim().is_empty());
    let page = entry.links.iter().find(|link| link.rel.as_deref() == Some("alternate")).or(entry.links.first());
    let url = page.map(|link| link.href.trim().to_owned());
    let name = url.clone().or_else(|| title.clone()).unwrap_or_default();
    let fields = Fields {
        id: Some(entry.id).filter(|id| !id.is_empty()),
        title,
        text,
        url,
        source: entry.source.filter(|source| !source.trim().is_empty()).or_else(|| source.map(str::to_owned)),
        published: entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%d").to_string()),
        authors: entry.authors.into_iter().filter_map(|person| person.name.or(person.email)).collect(),
        language: entry.language.or_else(|| language.map(str::to_owned)),
    };
    if fields.text.is_none() {
        let shown: String = name.chars().take(120).collect();
        return sink.failure(line, &format!("an item of the feed has neither text nor title ({shown}); leave it out"));
    }
    fields.finish(line, sink)
}

/// The text of a construct that may hold HTML.
fn of_text(text: &Text) -> String {
    plain(&text.content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends() {
        let check = |source: &str, expect: &str| assert_eq!(mended(source), expect);
        check("A & B &amp; C &nbsp;&eacute; &#233; &bogus; 1 < 2 <b>\u{7}", "A &amp; B &amp; C \u{a0}é &#233; &amp;bogus; 1 &lt; 2 <b>");
        check("<![CDATA[A & B]]> & C", "<![CDATA[A & B]]> &amp; C");
        check("<![CDATA[A", "<![CDATA[A]]>");
    }
}
