//! Factiva: articles with their fields in a fixed order, or under codes of two or three letters.

use super::Part;
use super::lines::{is_page, paragraphs, word_count};
use crate::fields::Fields;
use crate::{byline, parse_date};

/// The codes of fields, as Factiva names them.
const CODES: &str = "SE HD CR WC PD ET SN SC ED PG VOL LA CY LP TD ART CT RF CO IN NS RE IPC IPD PUB AN BY CLM DLN";
/// Languages as the fields' order names them.
const LANGUAGES: [&str; 12] =
    ["English", "French", "German", "Spanish", "Italian", "Portuguese", "Russian", "Arabic", "Chinese", "Japanese", "Turkish", "Dutch"];

/// Whether a line ends an article: `Document LBA0000020200302eg3200abc`.
pub(crate) fn ends(line: &str) -> bool {
    accession(line).is_some()
}

fn accession(line: &str) -> Option<&str> {
    let line = line.strip_prefix("AN").map_or(line, str::trim_start);
    let number = line.strip_prefix("Document ")?.trim();
    let known = (20..=32).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 8
        && number.starts_with(|first: char| first.is_ascii_uppercase());
    known.then_some(number)
}

/// The articles of an export.
pub(crate) fn split(lines: &[&str]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        let Some(number) = accession(line) else { continue };
        let chunk = lines.get(start..index).unwrap_or_default();
        let kept: Vec<&str> = chunk.iter().filter(|line| !is_furniture(line)).copied().collect();
        let skipped = chunk.iter().take_while(|line| line.is_empty() || is_furniture(line)).count();
        let coded = kept.iter().any(|line| code(line).is_some_and(|(code, _)| code == "HD"))
            && kept.iter().any(|line| code(line).is_some_and(|(code, _)| code == "PD"));
        let mut fields = if coded { by_codes(&kept) } else { by_order(&kept) };
        fields.id = Some(number.to_owned());
        parts.push(Part { line: start + skipped + 1, fields, cut_off: false });
        start = index + 1;
    }
    let rest = lines.get(start..).unwrap_or_default();
    if rest.iter().any(|line| word_count(line) || code(line).is_some_and(|(code, _)| code == "HD")) {
        parts.push(Part { line: start + 1, fields: Fields::default(), cut_off: true });
    }
    parts
}

fn is_furniture(line: &str) -> bool {
    is_page(line) || (line.contains("Factiva, Inc.") && line.contains("rights reserved"))
}

/// A code at the start of a line, and what follows it.
fn code(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    CODES.split(' ').any(|known| known == word).then_some((word, rest.trim()))
}

fn by_codes(lines: &[&str]) -> Fields {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match code(line) {
            Some((code, rest)) if !found.iter().any(|(known, _)| *known == code) => found.push((code, vec![rest])),
            _ => {
                if let Some((_, values)) = found.last_mut() {
                    values.push(line);
                }
            }
        }
    }
    let value = |wanted: &str| found.iter().find(|(code, _)| *code == wanted).map(|(_, lines)| lines.as_slice());
    let line = |wanted: &str| {
        let joined = value(wanted)?.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
        (!joined.is_empty()).then_some(joined)
    };
    let mut text: Vec<String> = Vec::new();
    for code in ["LP", "TD"] {
        text.extend(value(code).map(paragraphs).unwrap_or_default());
    }
    Fields {
        title: line("HD"),
        text: Some(text.join("\n")),
        source: line("SN"),
        published: line("PD"),
        authors: line("BY").map(|line| byline::names(&line)).unwrap_or_default(),
        language: line("LA"),
        ..Fields::default()
    }
}

fn by_order(lines: &[&str]) -> Fields {
    let count = lines.iter().position(|line| word_count(line));
    let Some(count) = count else {
        return Fields {
            text: None,
            title: lines.iter().find(|line| !line.is_empty()).map(|line| (*line).to_owned()),
            ..Fields::default()
        };
    };
    let head: Vec<&str> = lines.get(..count).unwrap_or_default().iter().filter(|line| !line.is_empty()).copied().collect();
    let (title, by) = headline(&head);
    let rest = lines.get(count + 1..).unwrap_or_default();
    // Day, time, source, code, edition, page, language, copyright; then the text.
    let top = rest.get(..rest.len().min(32)).unwrap_or_default();
    let day = top.iter().position(|line| parse_date(line).is_some()).unwrap_or(0);
    let is_time = |line: &str| line.len() <= 8 && line.contains(':') && line.starts_with(|first: char| first.is_ascii_digit());
    let source = top.iter().skip(day + 1).find(|line| !line.is_empty() && !is_time(line)).map(|line| (*line).to_owned());
    let language = top.iter().position(|line| LANGUAGES.contains(line));
    let is_copyright = |line: &str| ["Copyright", "(c)", "(C)", "©"].iter().any(|mark| line.starts_with(mark));
    let copyright = top.iter().position(|line| is_copyright(line));
    let mut start = copyright.or(language).map_or(day + 2, |at| at + 1);
    while rest.get(start).is_some_and(|line| is_copyright(line) || line.eq_ignore_ascii_case("all rights reserved.")) {
        start += 1;
    }
    let text = paragraphs(rest.get(start..).unwrap_or_default());
    Fields {
        title,
        text: Some(text.join("\n")),
        source,
        published: top.get(day).map(|line| (*line).to_owned()),
        authors: by.map(byline::names).unwrap_or_default(),
        language: language.and_then(|at| top.get(at)).map(|line| (*line).to_owned()),
        ..Fields::default()
    }
}

/// The headline and the byline among the lines before the count of words: a section may stand first, a byline last.
fn headline<'a>(head: &[&'a str]) -> (Option<String>, Option<&'a str>) {
    let is_by = |line: &str| {
        let names = line.split_whitespace().count() <= 5 && !line.ends_with(['.', '?', '!']);
        let capitals = line.split_whitespace().all(|word| word.starts_with(|first: char| first.is_uppercase()) || word == "and");
        line.len() > 3
            && (line.to_lowercase().starts_with("by ")
                || (names && capitals && head.len() > 1 && head.iter().any(|other| other.split_whitespace().count() > 5)))
    };
    match head.split_last() {
        Some((last, [.., before])) if is_by(last) => (Some((*before).to_owned()), Some(*last)),
        Some((last, _)) => (Some((*last).to_owned()), None),
        None => (None, None),
    }
}
