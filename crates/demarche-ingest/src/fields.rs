use std::fmt::Write;
use std::ops::ControlFlow;

use demarche_record::Article;
use sha2::{Digest, Sha256};

use crate::language::{declared_language, told_language};
use crate::parse_date;
use crate::sink::Sink;

/// Characters of one article, at most.
const TEXT_LIMIT: usize = 4_000_000;

/// What an input says about an article, before it is checked.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) authors: Vec<String>,
    /// The language that the input declares, as a BCP 47 tag; it counts where the text does not tell.
    pub(crate) language: Option<String>,
}

impl Fields {
    /// The field of a name, where there is one.
    pub(crate) fn named(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "id" => Some(&mut self.id),
            "title" => Some(&mut self.title),
            "text" => Some(&mut self.text),
            "url" => Some(&mut self.url),
            "source" => Some(&mut self.source),
            "published" => Some(&mut self.published),
            "language" => Some(&mut self.language),
            _ => None,
        }
    }

    /// Checks the fields and hands over the article, or says why there is none.
    pub(crate) fn finish(self, place: Option<usize>, sink: &mut Sink) -> ControlFlow<()> {
        let Some(text) = self.text.map(normal).filter(|text| !text.trim().is_empty()) else {
            return sink.failure(place, "the article has no text; fill in `text` or leave the article out");
        };
        if text.len() > TEXT_LIMIT && text.chars().count() > TEXT_LIMIT {
            return sink.failure(place, "the text is longer than 4,000,000 characters; split it into articles");
        }
        let filled = |field: Option<String>| field.map(|field| field.trim().to_owned()).filter(|field| !field.is_empty());
        let published = filled(self.published);
        let date = published.as_deref().and_then(parse_date);
        if let (Some(published), None) = (&published, date) {
            let shown: String = published.chars().take(40).collect();
            let message = format!("the date `{shown}` cannot be read with certainty and is left out; write YYYY-MM-DD");
            sink.note(place, &message)?;
        }
        let id = filled(self.id);
        if let Some(id) = &id {
            sink.given_id(place, id)?;
        }
        let declared = self.language.as_deref().and_then(declared_language);
        let mut authors: Vec<String> = self.authors.iter().map(|author| author.trim().to_owned()).collect();
        authors.retain(|author| !author.is_empty());
        sink.article(Article {
            id: id.unwrap_or_else(|| id_of(&text)),
            authors,
            title: filled(self.title),
            url: filled(self.url),
            source: filled(self.source),
            published: date.map(|date| date.to_string()),
            language: told_language(&text).or(declared).unwrap_or("en").to_owned(),
            text,
        })
    }
}

/// Line ends as LF and no byte order mark; otherwise the text as it was given.
fn normal(text: String) -> String {
    if text.starts_with('\u{feff}') || text.contains("\r\n") { text.trim_start_matches('\u{feff}').replace("\r\n", "\n") } else { text }
}

/// `ar_` and the first 16 hexadecimal digits of the text's SHA-256.
fn id_of(text: &str) -> String {
    let mut id = "ar_".to_owned();
    for byte in Sha256::digest(text.as_bytes()).iter().take(8) {
        // Writing to a string does not fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifies_by_text() {
        // printf abc | sha256sum
        assert_eq!(id_of("abc"), "ar_ba7816bf8f01cfea");
    }

    #[test]
    fn changes_nothing_but_line_ends() {
        let check = |text: &str, expect: &str| assert_eq!(normal(text.to_owned()), expect);
        check("\u{feff}A.\r\nB.\n", "A.\nB.\n");
        check("A.\rB.  \u{a0}C.\n\n", "A.\rB.  \u{a0}C.\n\n");
    }
}
