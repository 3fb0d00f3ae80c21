//! From the first bytes of an input to the reader of its format.

use std::io::{self, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use crate::sink::Sink;
use crate::unpack::Packing;
use crate::{Format, archive, bytes, document, html, json, table, text, warc};

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
        Some(error) => Box::new(Broken { error: Some(error), rest: reader }),
        None => Box::new(reader),
    };
    if let Some(packing) = Packing::detect(&head) {
        if inside {
            return sink.failure(None, "an archive within an archive; unpack the outer one first");
        }
        return read(format, &mut packing.unpack(head.chain(rest)), true, sink);
    }
    match Format::by_magic(&head) {
        Some(Format::Zip) => return archive::read(&head, &mut rest, inside, sink),
        Some(Format::Document) => return document::read(&head, &mut rest, sink),
        Some(Format::Warc) => return warc::read(&head, rest, sink),
        _ => {}
    }
    if let Some(message) = bytes::binary(&head) {
        return sink.failure(None, &message);
    }
    if let Some(named @ (Format::Zip | Format::Document | Format::Warc)) = format {
        return sink.failure(None, &format!("not {}, whatever its name says; check how it was saved", named.described()));
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
    match format.unwrap_or_else(|| Format::detect(head)) {
        Format::Xml => html::read_xml(head, &mut rest, sink),
        Format::Html => html::read(head, &mut rest, sink),
        Format::JsonLines => json::read(&mut BufReader::new(head.chain(rest)), sink),
        Format::Csv => table::read(head, rest, sink),
        _ => text::read(head, &mut rest, sink),
    }
}

/// A reader that gives the error that came before, and then goes on.
struct Broken<R> {
    error: Option<io::Error>,
    rest: R,
}

impl<R: Read> Read for Broken<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}
