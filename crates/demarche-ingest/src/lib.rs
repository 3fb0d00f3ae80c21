//! Bytes → articles: text, HTML, feeds, news items, JSON Lines, CSV, web archives and the exports of licensed archives,
//! also compressed, from files, folders or any stream.
//!
//! [`inputs`] expands folders, [`read`] hands over the articles of one input as they are read. Nothing here stops a
//! batch: what could not be read comes as a [`Problem`] between the articles, with its place and what to do about it.

mod archive;
mod byline;
mod bytes;
mod date;
mod document;
mod export;
mod feed;
mod fields;
mod folder;
mod format;
mod html;
mod http;
mod json;
mod json_feed;
mod language;
mod newsml;
mod ninjs;
mod nitf;
mod page;
mod pdf;
mod problem;
mod rtf;
mod sink;
mod stream;
mod table;
mod text;
mod unpack;
mod warc;
mod xml;

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use demarche_record::Article;

pub use date::parse_date;
pub use folder::inputs;
pub use format::Format;
pub use language::{language_name, language_of};
pub use problem::Problem;

use sink::{Ids, Sink};

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
/// JSON Lines, JSON arrays, CSV and web archives are never held whole. Gzip and zstd are unpacked as they are read, to
/// at most 250 times their size (or 64 MB). Returns `Break` where `each` did.
pub fn read(input: &Input, each: &mut dyn FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
    let Some(path) = &input.path else {
        return read_from("standard input", input.format, &mut io::stdin().lock(), each);
    };
    let name = path.display().to_string();
    match File::open(path) {
        Ok(mut file) => read_from(&name, input.format, &mut file, each),
        Err(error) => Sink::new(&name, each, &mut Ids::default()).unreadable(None, &error),
    }
}

/// Reads an open stream as [`read`] does; `name` stands in its problems.
pub fn read_from(
    name: &str,
    format: Option<Format>,
    reader: &mut dyn Read,
    each: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut ids = Ids::default();
    stream::read(format, reader, false, &mut Sink::new(name, each, &mut ids))
}
