//! Nexis Uni, and `LexisNexis` Academic before it.

use super::Part;
use super::lines::{is_page, labelled, paragraphs};
use crate::fields::Fields;
use crate::{byline, parse_date};

/// Labels before the text.
const BEFORE: [&str; 8] = ["Section", "Length", "Byline", "Dateline", "Highlight", "Correction-Date", "Series", "Distribution"];
/// Labels after the text.
const AFTER: [&str; 17] = [
    "Load-Date",
    "Language",
    "Publication-Type",
    "Graphic",
    "Subject",
    "Company",
    "Organization",
    "Person",
    "Geographic",
    "Industry",
    "Ticker",
    "Document-Type",
    "Journal Code",
    "Notes",
    "Country",
    "State",
    "City",
];
/// Headings after the text.
const HEADINGS: [&str; 5] = ["Classification", "Graphic", "Notes", "Correction", "Load-Date"];

/// Whether a line ends an article of Nexis Uni.
pub(crate) fn ends(line: &str) -> bool {
    line == "End of Document"
}

/// Whether a line begins an article of the older layout.
pub(crate) fn begins_classic(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    number(words.next())
        && words.next() == Some("of")
        && number(words.next())
        && words.next() == Some("DOCUMENTS")
        && words.next().is_none()
}

/// Articles that each end in "End of Document".
pub(crate) fn split(lines: &[&str]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| ends(line)) {
        if let Some(chunk) = lines.get(start..index) {
            parts.extend(article(chunk, start, parts.is_empty()));
        }
        start = index + 1;
    }
    // What a cut-off file still holds.
    let rest = lines.get(start..).unwrap_or_default();
    if rest.contains(&"Body") {
        parts.extend(article(rest, start, parts.is_empty()).map(|part| Part { cut_off: true, ..part }));
    }
    parts
}

/// `first` where the list of documents may stand before the article.
fn article(lines: &[&str], offset: usize, first: bool) -> Option<Part> {
    let body = lines.iter().position(|line| *line == "Body");
    let length = lines.iter().position(|line| labelled(line, "Length").is_some());
    let head_end = body.or(length)?;
    let head = lines.get(..head_end)?;
    let copyright = head.iter().rposition(|line| line.starts_with("Copyright ") || line.starts_with('©')).unwrap_or(head_end);
    // The cover page has dates, too, under labels.
    let day = head.get(..copyright)?.iter().rposition(|line| !line.contains(": ") && parse_date(line).is_some())?;
    let full = |line: &&&str| !line.is_empty() && !is_page(line);
    let before: Vec<&str> = head.get(..day)?.iter().filter(full).copied().collect();
    let (source, titles) = before.split_last()?;
    let title = if first || titles.len() > 3 { titles.last().copied().map(str::to_owned) } else { Some(titles.join(" ")) };
    let label = |name: &str| head.iter().find_map(|line| labelled(line, name)).filter(|value| !value.is_empty());
    let after_labels = head.iter().rposition(|line| BEFORE.iter().any(|name| labelled(line, name).is_some()));
    let start = body.unwrap_or_else(|| after_labels.unwrap_or(head_end)) + 1;
    let rest = lines.get(start..)?;
    let end = rest.iter().position(|line| HEADINGS.contains(line) || AFTER.iter().take(4).any(|name| labelled(line, name).is_some()));
    let furniture = |line: &&&str| !is_page(line) && title.as_deref() != Some(**line);
    let text: Vec<&str> = rest.get(..end.unwrap_or(rest.len()))?.iter().filter(furniture).copied().collect();
    Some(Part {
        line: offset + day.saturating_sub(1).max(1),
        cut_off: false,
        fields: Fields {
            title,
            text: Some(paragraphs(&text).join("\n")),
            source: Some((*source).to_owned()),
            published: head.get(day).map(|line| (*line).to_owned()),
            authors: label("Byline").map(byline::names).unwrap_or_default(),
            language: lines.iter().find_map(|line| labelled(line, "Language")).map(str::to_owned),
            ..Fields::default()
        },
    })
}

/// Articles that each begin with "1 of 25 DOCUMENTS".
pub(crate) fn split_classic(lines: &[&str]) -> Vec<Part> {
    let starts: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| begins_classic(line)).map(|(index, _)| index).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| classic(lines.get(start + 1..end)?, *start)).collect()
}

fn classic(lines: &[&str], offset: usize) -> Option<Part> {
    let blocks = blocks(lines);
    let day = blocks.iter().position(|block| block.first().is_some_and(|line| parse_date(line).is_some()))?;
    let is_copyright = |block: &[&str]| block.first().is_some_and(|line| line.starts_with("Copyright "));
    let source = blocks.get(..day)?.iter().find(|block| !is_copyright(block)).map(|block| block.join(" "));
    let label_of = |block: &[&str], names: &[&str]| {
        let line = block.first()?;
        names.iter().find(|name| labelled(line, name).is_some()).map(|name| (*name).to_owned())
    };
    let value = |name: &str| {
        let block = blocks.iter().find(|block| block.first().is_some_and(|line| labelled(line, name).is_some()))?;
        labelled(&block.join(" "), name).map(str::to_owned)
    };
    let rest = blocks.get(day + 1..)?;
    let last_label = rest.iter().position(|block| label_of(block, &["Length"]).is_some());
    // The edition may stand between the day and the title.
    let titles = rest.iter().take_while(|block| label_of(block, &BEFORE).is_none()).filter(|block| !is_copyright(block));
    let title = titles.last().map(|block| block.join(" "));
    let mut start = last_label.map_or(1, |index| index + 1);
    while rest.get(start).is_some_and(|block| label_of(block, &BEFORE).is_some()) {
        start += 1;
    }
    let end = rest.iter().skip(start).position(|block| label_of(block, &AFTER).is_some() || (is_copyright(block) && block.len() < 4));
    let text = rest.get(start..end.map_or(rest.len(), |end| start + end))?;
    let lines: Vec<&str> = text.iter().flat_map(|block| block.iter().copied().chain([""])).collect();
    Some(Part {
        line: offset + 1,
        cut_off: false,
        fields: Fields {
            title,
            text: Some(paragraphs(&lines).join("\n")),
            source,
            published: blocks.get(day)?.first().map(|line| (*line).to_owned()),
            authors: value("Byline").map(|line| byline::names(&line)).unwrap_or_default(),
            language: value("Language"),
            ..Fields::default()
        },
    })
}

/// Runs of lines that are not empty; single lines where a document keeps each paragraph in one.
fn blocks<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    if lines.iter().filter(|line| line.is_empty()).count() * 5 < lines.len() {
        return lines.iter().filter(|line| !line.is_empty()).map(|line| vec![*line]).collect();
    }
    let parts = lines.split(|line| line.is_empty());
    parts.filter(|part| !part.is_empty()).map(<[&str]>::to_vec).collect()
}
