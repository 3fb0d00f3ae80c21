//! Bytes → articles: text, HTML, JSON Lines and CSV from files, folders or any stream.
//!
//! [`inputs`] expands folders, [`read`] hands over the articles of one input as they are read. Nothing here stops a
//! batch: what could not be read comes as a [`Problem`] between the articles, with its place and what to do about it.

mod bytes;
mod date;
mod fields;
mod folder;
mod format;
mod html;
mod json;
mod language;
mod page;
mod problem;
mod sink;
mod table;
mod text;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use demarche_record::Article;

pub use date::parse_date;
pub use folder::inputs;
pub use format::Format;
pub use language::{language_name, language_of};
pub use problem::Problem;

use sink::Sink;

/// One file or stream to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The file; none is standard input.
    pub path: Option<PathBuf>,
    /// How to read it; none decides by content.
    pub format: Option<Format>,
}

/// What reading hands over, in the order of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An article.
    Article(Article),
    /// Something the reader of the results should know; nothing was lost unless it is fatal.
    Problem(Problem),
}

/// Reads one input and gives each item to `each` as soon as it is read, until `each` breaks.
///
/// JSON Lines, JSON arrays and CSV are never held whole. Returns `Break` where `each` did.
pub fn read(input: &Input, each: &mut dyn FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
    let Some(path) = &input.path else {
        return read_from("standard input", input.format, &mut io::stdin().lock(), each);
    };
    let name = path.display().to_string();
    match File::open(path) {
        Ok(mut file) => read_from(&name, input.format, &mut file, each),
        Err(error) => Sink::new(&name, each).unreadable(None, &error),
    }
}

/// Reads an open stream as [`read`] does; `name` stands in its problems.
pub fn read_from(
    name: &str,
    format: Option<Format>,
    reader: &mut dyn Read,
    each: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut sink = Sink::new(name, each);
    let mut head = Vec::new();
    if let Err(error) = reader.take(bytes::HEAD).read_to_end(&mut head) {
        return sink.unreadable(None, &error);
    }
    if head.iter().all(u8::is_ascii_whitespace) && (head.len() as u64) < bytes::HEAD {
        return sink.failure(None, "the file is empty; give a file with text in it");
    }
    if let Some(message) = bytes::binary(&head) {
        return sink.failure(None, &message);
    }
    let mut rest: Box<dyn Read + '_> = Box::new(reader);
    if bytes::is_utf16(&head) {
        let whole = match bytes::whole(&head, &mut rest) {
            Ok(whole) => whole,
            Err(message) => return sink.failure(None, &message),
        };
        let mut decoded = bytes::decode(whole, None).0.into_bytes();
        let tail = decoded.split_off(decoded.len().min(bytes::HEAD as usize));
        head = decoded;
        rest = Box::new(Cursor::new(tail));
    }
    let head = head.strip_prefix(bytes::UTF8_MARK).unwrap_or(&head);
    match format.unwrap_or_else(|| Format::detect(head)) {
        Format::Text => text::read(head, &mut rest, &mut sink),
        Format::Html => html::read(head, &mut rest, &mut sink),
        Format::JsonLines => json::read(&mut BufReader::new(head.chain(rest)), &mut sink),
        Format::Csv => table::read(head, rest, &mut sink),
    }
}
