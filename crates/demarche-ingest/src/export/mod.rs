//! What licensed archives hand out: many articles in one document, told apart by its layout.

mod factiva;
mod lines;
mod nexis;
mod proquest;

pub(crate) use lines::{ends_sentence, is_page};

use crate::fields::Fields;

/// An archive, by the way it lays out its exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Nexis Uni: each article ends in "End of Document".
    Nexis,
    /// `LexisNexis` Academic, before 2019: each article begins with "1 of 25 DOCUMENTS".
    NexisClassic,
    /// Factiva: each article ends in "Document" and its accession number.
    Factiva,
    /// `ProQuest`: each article begins with "Document 1 of 25" or names its number there.
    ProQuest,
}

/// One article of an export, with the line it begins in, from 1.
pub(crate) struct Part {
    pub(crate) line: usize,
    pub(crate) fields: Fields,
    /// Whether the export ends before the article does.
    pub(crate) cut_off: bool,
}

impl Layout {
    /// The layout of a text; none where it is no export of a known archive.
    pub(crate) fn of(text: &str) -> Option<Self> {
        text.lines().map(str::trim).find_map(|line| {
            if nexis::ends(line) {
                Some(Self::Nexis)
            } else if nexis::begins_classic(line) {
                Some(Self::NexisClassic)
            } else if factiva::ends(line) {
                Some(Self::Factiva)
            } else if proquest::begins(line) || proquest::tells(line) {
                Some(Self::ProQuest)
            } else {
                None
            }
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nexis | Self::NexisClassic => "Nexis",
            Self::Factiva => "Factiva",
            Self::ProQuest => "ProQuest",
        }
    }
}

/// The articles of an export. An article whose text is not in it comes without `text`.
pub(crate) fn split(text: &str, layout: Layout) -> Vec<Part> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    match layout {
        Layout::Nexis => nexis::split(&lines),
        Layout::NexisClassic => nexis::split_classic(&lines),
        Layout::Factiva => factiva::split(&lines),
        Layout::ProQuest => proquest::split(&lines),
    }
}

/// Whether a text looks like many articles in a layout that is not known: lines that state an article's length or day of loading come again and again.
pub(crate) fn seems_many(text: &str) -> bool {
    let mut counts = [0_usize; 4];
    for line in text.lines() {
        let line = line.trim().to_lowercase();
        let kinds = [
            lines::word_count(&line) || line.starts_with("length:") || line.starts_with("word count:"),
            line.starts_with("load-date:") || line.starts_with("publication date:"),
            line.starts_with("byline:"),
            line.starts_with("document ") && line.contains(" of ") && line.ends_with(|last: char| last.is_ascii_digit()),
        ];
        for (count, found) in counts.iter_mut().zip(kinds) {
            *count += usize::from(found);
        }
    }
    counts.iter().any(|count| *count > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_layouts() {
        let check = |text: &str, expect: Option<Layout>| assert_eq!(Layout::of(text), expect, "{text}");
        check("A\n  End of Document\n", Some(Layout::Nexis));
        check("      2 of 25 DOCUMENTS", Some(Layout::NexisClassic));
        check("A\nDocument LBA0000020200302eg3200abc", Some(Layout::Factiva));
        check("Document 1 of 20", Some(Layout::ProQuest));
        check("ProQuest document ID: 2368123456", Some(Layout::ProQuest));
        check("Document 12 of the treaty was signed.\nThe end of document control.", None);
        assert!(seems_many("A\n512 words\nB\n80 words"));
        assert!(!seems_many("He wrote 512 words.\nA\n512 words\n"));
    }
}
