//! From the first bytes of an input to the reader of its format.

use std::io::{self, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use crate::sink::Sink;
use crate::unpack::Packing;
use crate::{Format, bytes, html, json, table, text, warc};

/// Reads a stream of any format; `inside` where it lies in another file, which must not hold archives again.
pub(crate) fn read(format: Option<Format>, reader: &mut dyn Read, inside: bool, sink: &mut Sink) -> ControlFlow<()> {
    let mut head = Vec::new();
    let broken = reader.take(bytes::HEAD).read_to_end(&mut head).err();
    if let (true, Some(error)) = (head.is_empty(), &broken) {
        return sink.unreadable(None, error);
    }
    if head.iter().all(u8::is_ascii_whitespace) && (head.len() as u64) < bytes::HEAD {
        return sink.failure(None, "the file is empty; give a file with text in it");
    }
    let mut rest: Box<dyn Read + '_> = match broken {
        Some(error) => Box::new(Broken(Some(error))),
        None => Box::new(reader),
    };
    if let Some(packing) = Packing::detect(&head) {
        if inside {
            return sink.failure(None, "an archive within an archive; unpack the outer one first");
        }
        return read(format, &mut packing.unpack(head.chain(rest)), true, sink);
    }
    if let Some(message) = bytes::binary(&head) {
        return sink.failure(None, &message);
    }
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
    match Format::by_magic(head).or(format).unwrap_or_else(|| Format::detect(head)) {
        Format::Text => text::read(head, &mut rest, sink),
        Format::Html => html::read(head, &mut rest, sink),
        Format::JsonLines => json::read(&mut BufReader::new(head.chain(rest)), sink),
        Format::Csv => table::read(head, rest, sink),
        Format::Warc => warc::read(head, rest, sink),
    }
}

/// A reader that gives the error that came before.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
