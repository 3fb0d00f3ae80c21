use std::path::Path;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The whole file is one article.
    Text,
    /// A web page with one article.
    Html,
    /// A feed (RSS, Atom) or a news item (NewsML-G2, NITF).
    Xml,
    /// A JSON object per line; also one JSON array of objects, or one object over several lines. Objects are articles
    /// with a `text`, ninjs items or JSON Feeds.
    JsonLines,
    /// A table with named columns, separated by commas, semicolons or tabs.
    Csv,
    /// A web archive with many pages.
    Warc,
    /// An RTF or PDF document of one article, or an archive's export with many.
    Document,
    /// A zip archive of files, or a Word document, which is one.
    Zip,
}

/// The file name extensions that are read in folders.
pub(crate) const EXTENSIONS: [(&str, Format); 17] = [
    ("txt", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xml", Format::Xml),
    ("rss", Format::Xml),
    ("atom", Format::Xml),
    ("nitf", Format::Xml),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("json", Format::JsonLines),
    ("csv", Format::Csv),
    ("tsv", Format::Csv),
    ("warc", Format::Warc),
    ("rtf", Format::Document),
    ("pdf", Format::Document),
    ("docx", Format::Zip),
    ("zip", Format::Zip),
];

/// What compressed files' names end in.
const PACKED: [&str; 2] = [".gz", ".zst"];

impl Format {
    /// The format that a file name's extension (in either case, before `.gz` or `.zst`) stands for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = PACKED.iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
        let extension = Path::new(name).extension()?.to_str()?;
        EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, format)| *format)
    }

    /// The format that the first bytes of a file leave no doubt about, whatever its name.
    pub(crate) fn by_magic(head: &[u8]) -> Option<Self> {
        let known: [(&[u8], Self); 5] = [
            (b"WARC/", Self::Warc),
            (b"{\\rtf", Self::Document),
            (b"%PDF-", Self::Document),
            (b"PK\x03\x04", Self::Zip),
            (b"PK\x05\x06", Self::Zip),
        ];
        known.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, format)| *format)
    }

    /// What a file of the format is, with its article.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Html => "a web page",
            Self::Xml => "XML",
            Self::JsonLines => "JSON",
            Self::Csv => "a table",
            Self::Warc => "a web archive",
            Self::Document => "an RTF or PDF document",
            Self::Zip => "a zip archive or Word document",
        }
    }

    /// The format that the first bytes of a file look like; plain text where they look like nothing else.
    pub fn detect(head: &[u8]) -> Self {
        let head = String::from_utf8_lossy(head);
        let head = head.trim_start_matches('\u{feff}').trim_start();
        let second = |first: char| head.strip_prefix(first).and_then(|rest| rest.trim_start().chars().next());
        if matches!(second('{'), Some('"' | '}')) || matches!(second('['), Some('{' | ']')) {
            Self::JsonLines
        } else if second('<').is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '!' | '?')) {
            Self::Html
        } else if delimiter(head).is_some() {
            Self::Csv
        } else {
            Self::Text
        }
    }
}

/// The delimiter under which the first line of a table names a `text` column beside others.
pub(crate) fn delimiter(head: &str) -> Option<u8> {
    let header = head.lines().next()?;
    [',', ';', '\t'].into_iter().find_map(|delimiter| {
        let names: Vec<&str> = header.split(delimiter).map(|name| name.trim().trim_matches('"')).collect();
        let found = names.len() > 1 && names.iter().any(|name| name.eq_ignore_ascii_case("text"));
        found.then_some(delimiter as u8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_by_content() {
        let check = |head: &str, expect: Format| {
            assert_eq!(Format::detect(head.as_bytes()), expect, "{head}");
        };
        check("{\"text\": \"A.\"}\n", Format::JsonLines);
        check("\u{feff}{\n  \"text\": 1", Format::JsonLines);
        check("[\n {\"text\"", Format::JsonLines);
        check("[]", Format::JsonLines);
        check("[Reuters] Troops left.", Format::Text);
        check("{{Infobox}} Troops left.", Format::Text);
        check("<!DOCTYPE html><html>", Format::Html);
        check("\n<html lang=en>", Format::Html);
        check("<p>Troops left.</p>", Format::Html);
        check("< 5 soldiers left", Format::Text);
        check("id,text\n1,Troops left.", Format::Csv);
        check("\"id\";\"Text\"\r\n", Format::Csv);
        check("text\tdate\n", Format::Csv);
        check("text", Format::Text);
        check("In Paris, the text of the accord was signed.", Format::Text);
        check("", Format::Text);
    }

    #[test]
    fn knows_extensions() {
        let check = |path: &str, expect: Option<Format>| {
            assert_eq!(Format::of_path(Path::new(path)), expect, "{path}");
        };
        check("a/b.TXT", Some(Format::Text));
        check("b.htm", Some(Format::Html));
        check("b.ndjson", Some(Format::JsonLines));
        check("b.json", Some(Format::JsonLines));
        check("b.tsv", Some(Format::Csv));
        check("b.Xml", Some(Format::Xml));
        check("b.pdf", Some(Format::Document));
        check("b.docx", Some(Format::Zip));
        check("b.png", None);
        check("b.jsonl.gz", Some(Format::JsonLines));
        check("b.warc.GZ", Some(Format::Warc));
        check("b.csv.zst", Some(Format::Csv));
        check("b.gz", None);
        check("csv", None);
    }
}
