//! Zip archives: Office documents, and folders of files packed together.

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::bytes::WHOLE_LIMIT;
use crate::sink::Sink;
use crate::unpack::Bounded;
use crate::{Format, document, stream};

/// Bytes of an archive, at most: it is held whole.
const ARCHIVE_LIMIT: u64 = 512_000_000;
/// Files in an archive, at most.
const MOST_FILES: usize = 100_000;

/// Reads an Office document or each file of an archive; `inside` where it lies in another file.
pub(crate) fn read(head: &[u8], rest: &mut dyn Read, inside: bool, sink: &mut Sink) -> ControlFlow<()> {
    let mut bytes = head.to_vec();
    if let Err(error) = rest.take(ARCHIVE_LIMIT + 1 - head.len() as u64).read_to_end(&mut bytes) {
        return sink.unreadable(None, &error);
    }
    if bytes.len() as u64 > ARCHIVE_LIMIT {
        return sink.failure(None, "a zip archive of over 512 MB; unpack it first");
    }
    let packed = Rc::new(Cell::new(bytes.len() as u64));
    let given = Rc::new(Cell::new(0));
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            return sink.failure(None, &format!("the zip archive or Office document is damaged or cut off ({error}); fetch it again"));
        }
    };
    let names: Vec<String> = (0..archive.len())
        .map(|index| archive.by_index_raw(index).ok().and_then(|file| file.name().ok().map(|name| name.to_string())).unwrap_or_default())
        .collect();
    if let Some(index) = names.iter().position(|name| name == "word/document.xml") {
        return match part(&mut archive, index, &packed, &given).and_then(|xml| docx_text(&xml)) {
            Ok(text) => document::read_text(text, true, sink),
            Err(why) => sink.failure(None, &why),
        };
    }
    if names.iter().any(|name| name == "[Content_Types].xml" || name == "mimetype") {
        return sink.failure(None, "an Office document that is no Word document; save its text as DOCX, TXT or CSV");
    }
    if inside {
        return sink.failure(None, "an archive within an archive; unpack the outer one first");
    }
    if names.len() > MOST_FILES {
        return sink.failure(None, "a zip archive of over 100,000 files; unpack it first");
    }
    files(&mut archive, &names, &packed, &given, sink)
}

type Zip = ZipArchive<Cursor<Vec<u8>>>;

/// Reads the files of an archive in the order of their names.
fn files(archive: &mut Zip, names: &[String], packed: &Rc<Cell<u64>>, given: &Rc<Cell<u64>>, sink: &mut Sink) -> ControlFlow<()> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|index| names.get(*index));
    let (mut read, mut passed) = (0, 0);
    for index in order {
        let Some(name) = names.get(index) else { continue };
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if name.ends_with('/') || hidden {
            continue;
        }
        let format = Format::of_path(Path::new(name));
        if format.is_none() {
            passed += 1;
            continue;
        }
        read += 1;
        let label = format!("{}/{name}", sink.name());
        let mut sink = sink.within(&label);
        match part(archive, index, packed, given) {
            Ok(bytes) => stream::read(format, &mut &*bytes, true, &mut sink)?,
            Err(why) => sink.failure(None, &why)?,
        }
    }
    if read == 0 {
        return sink
            .failure(None, "no files to read in this zip archive; unpack it and give its articles as text, HTML, JSON Lines or CSV");
    }
    if passed > 0 {
        return sink.note(None, &format!("{passed} files of other kinds in this archive are left out"));
    }
    ControlFlow::Continue(())
}

/// The bytes of one file in an archive; the error is a message.
fn part(archive: &mut Zip, index: usize, packed: &Rc<Cell<u64>>, given: &Rc<Cell<u64>>) -> Result<Vec<u8>, String> {
    let file = archive.by_index(index).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => "locked with a password; unpack it first".to_owned(),
        error => format!("cannot be unpacked ({error}); fetch the archive again"),
    })?;
    let mut bytes = Vec::new();
    let bounded = Bounded::new(file, Rc::clone(packed), Rc::clone(given));
    bounded.take(WHOLE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be unpacked: {error}"))?;
    if bytes.len() as u64 > WHOLE_LIMIT {
        return Err("over 50 MB in one file of an archive; unpack it first".to_owned());
    }
    Ok(bytes)
}

/// The text of a Word document's main part, a paragraph per line.
fn docx_text(xml: &[u8]) -> Result<String, String> {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    let mut out = String::new();
    let mut in_text = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == b"t" => in_text = true,
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                b"t" => in_text = false,
                b"p" => out.push('\n'),
                _ => {}
            },
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                b"tab" => out.push('\t'),
                b"br" | b"cr" | b"p" => out.push('\n'),
                b"noBreakHyphen" => out.push('-'),
                _ => {}
            },
            Ok(Event::Text(text)) if in_text => out.push_str(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(reference)) if in_text => out.push_str(&crate::xml::resolved(&reference)),
            Ok(Event::Eof) => return Ok(out),
            Ok(_) => {}
            Err(error) => return Err(format!("the Word document is damaged ({error}); save it again")),
        }
    }
}
