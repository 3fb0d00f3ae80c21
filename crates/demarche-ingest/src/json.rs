use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use crate::bytes::{RECORD_LIMIT, Records};
use crate::fields::Fields;
use crate::sink::Sink;
use crate::{json_feed, ninjs};

/// A JSON object per line; an array of objects; or objects that span lines.
pub(crate) fn read(reader: &mut dyn BufRead, sink: &mut Sink) -> ControlFlow<()> {
    let mut first = Vec::new();
    let mut line = 1;
    match next_line(reader, &mut line, &mut first) {
        Ok(Found::Record(start)) if spans_lines(&first) => {
            let first = first.trim_ascii_start();
            let mut rest = first.strip_prefix(b"[").unwrap_or(first).chain(reader);
            articles(&mut rest, start, next_element, sink)
        }
        // The line is read again, with the others.
        Ok(Found::Record(start)) => articles(&mut first.as_slice().chain(reader), start, next_line, sink),
        Ok(Found::TooLong(start)) => {
            sink.failure(Some(start), TOO_LONG)?;
            articles(reader, line, next_line, sink)
        }
        Ok(Found::End) => ControlFlow::Continue(()),
        Err(error) => sink.unreadable(Some(line), &error),
    }
}

const TOO_LONG: &str = "over 64 MB in one article; split it into articles";

/// What was found in the stream, with the line it starts in.
enum Found {
    Record(usize),
    TooLong(usize),
    End,
}

type Next = fn(&mut dyn BufRead, &mut usize, &mut Vec<u8>) -> io::Result<Found>;

/// Reads record after record with `next`; `line` is the stream's first.
fn articles(reader: &mut dyn BufRead, mut line: usize, next: Next, sink: &mut Sink) -> ControlFlow<()> {
    let mut records = Records::new();
    let mut record = Vec::new();
    let mut empty = true;
    loop {
        match next(reader, &mut line, &mut record) {
            Ok(Found::Record(start)) => article(&record, start, &mut records, sink)?,
            Ok(Found::TooLong(start)) => sink.failure(Some(start), TOO_LONG)?,
            Ok(Found::End) if empty => return sink.note(None, "there are no articles in it"),
            Ok(Found::End) => return ControlFlow::Continue(()),
            Err(error) => return sink.unreadable(Some(line), &error),
        }
        empty = false;
    }
}

/// Whether the first line of a file begins an array or an object that goes on below.
fn spans_lines(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let unfinished = || serde_json::from_slice::<Value>(line).is_err_and(|error| error.is_eof());
    line.starts_with(b"[") || (matches!(line.last(), Some(b'{' | b'[' | b',')) && unfinished())
}

/// The next line that is not blank.
fn next_line(reader: &mut dyn BufRead, line: &mut usize, record: &mut Vec<u8>) -> io::Result<Found> {
    loop {
        record.clear();
        let mut read = reader.take(RECORD_LIMIT as u64).read_until(b'\n', record)?;
        if read == 0 {
            return Ok(Found::End);
        }
        let start = *line;
        *line += 1;
        if read == RECORD_LIMIT && !record.ends_with(b"\n") {
            while read > 0 && !record.ends_with(b"\n") {
                record.clear();
                read = reader.take(RECORD_LIMIT as u64).read_until(b'\n', record)?;
            }
            return Ok(Found::TooLong(start));
        }
        if !record.trim_ascii().is_empty() {
            return Ok(Found::Record(start));
        }
    }
}

/// The next value of an array whose bracket has been read, or of a row of values.
fn next_element(reader: &mut dyn BufRead, line: &mut usize, record: &mut Vec<u8>) -> io::Result<Found> {
    record.clear();
    let mut start = None;
    let mut too_long = false;
    let mut finished = false;
    let mut depth = 0_usize;
    let (mut quoted, mut escaped) = (false, false);
    while !finished {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let mut used = 0;
        for &byte in bytes {
            used += 1;
            let between = depth == 0 && !quoted && (byte.is_ascii_whitespace() || matches!(byte, b',' | b']'));
            if between && start.is_some() {
                finished = true;
            } else if !between {
                start.get_or_insert(*line);
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' => quoted = !quoted,
                    _ if quoted => {}
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth = depth.saturating_sub(1);
                        finished = depth == 0;
                    }
                    _ => {}
                }
                too_long |= record.len() >= RECORD_LIMIT;
                if !too_long {
                    record.push(byte);
                }
            }
            *line += usize::from(byte == b'\n');
            if finished {
                break;
            }
        }
        reader.consume(used);
    }
    Ok(match start {
        Some(start) if too_long => Found::TooLong(start),
        Some(start) => Found::Record(start),
        None => Found::End,
    })
}

fn article(record: &[u8], start: usize, records: &mut Records, sink: &mut Sink) -> ControlFlow<()> {
    let (encoding, note) = records.encoding(record);
    if let Some(note) = note {
        sink.note(Some(start), &note)?;
    }
    match serde_json::from_str(encoding.decode_without_bom_handling(record).0.trim_end()) {
        Ok(Value::Object(object)) => from_object(object, start, sink),
        Ok(_) => sink.failure(Some(start), "not an article: write an object such as {\"id\": \"a1\", \"text\": \"…\"}"),
        Err(error) => {
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or(&said);
            let message = format!("not valid JSON at column {}: {said}; correct it or leave it out", error.column());
            sink.failure(Some(start + error.line().saturating_sub(1)), &message)
        }
    }
}

fn from_object(object: Map<String, Value>, start: usize, sink: &mut Sink) -> ControlFlow<()> {
    if json_feed::is_feed(&object) {
        return json_feed::read(&object, start, sink);
    }
    if ninjs::is_item(&object) {
        return ninjs::read(&object, start, sink);
    }
    let mut fields = Fields::default();
    for (name, value) in object {
        if name == "authors" {
            fields.authors = names(&value);
            continue;
        }
        let Some(field) = fields.named(&name) else {
            continue;
        };
        match value {
            Value::String(value) => *field = Some(value),
            Value::Null => {}
            Value::Number(value) if name == "id" || name == "published" => {
                *field = Some(value.to_string());
            }
            _ if name == "text" => {
                return sink.failure(Some(start), "`text` is not a string; give the article's text");
            }
            _ => sink.note(Some(start), &format!("`{name}` is not a string and is left out"))?,
        }
    }
    fields.finish(Some(start), sink)
}

/// The authors of an article: a list of names, or one string of them.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(value) => value.split(';').map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
