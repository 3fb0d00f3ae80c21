//! Web archives (WARC 0.17 to 1.1): the pages in their response, resource and conversion records.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use encoding_rs::Encoding;

use crate::bytes::WHOLE_LIMIT;
use crate::http::answer;
use crate::sink::Sink;
use crate::{html, stream};

/// Bytes of a line in a record's head, at most.
const LONGEST_LINE: u64 = 64 * 1024;
/// Lines in a record's head, at most.
const MOST_LINES: usize = 1000;
/// Kinds of record that bring a document.
const DOCUMENTS: [&str; 3] = ["response", "resource", "conversion"];

/// What stands in a record's head, and the length of what follows.
struct Head {
    fields: BTreeMap<String, String>,
    length: u64,
    /// Whether bytes that belong to no record stand before it.
    lost: bool,
}

impl Head {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Whether the record brings a document.
    fn is_document(&self) -> bool {
        DOCUMENTS.iter().any(|kind| kind.eq_ignore_ascii_case(self.field("warc-type")))
    }
}

/// Why reading a record failed.
enum Fault {
    /// The record, and how to go on is clear.
    Record(String),
    /// The stream under it.
    Stream(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

/// Reads every page of an archive. Damaged records are named and the next one is read; what is not a page is counted.
pub(crate) fn read(head: &[u8], rest: impl Read, sink: &mut Sink) -> ControlFlow<()> {
    let mut reader = BufReader::new(head.chain(rest));
    let mut passed: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = 0;
    let mut documents = 0;
    let mut faults = 0;
    loop {
        match next_head(&mut reader) {
            Ok(None) => break,
            Ok(Some(head)) => {
                number += 1;
                documents += usize::from(head.is_document());
                if head.lost {
                    sink.note(None, &format!("before record {number}: {LOST}"))?;
                }
                record(&mut reader, &head, number, &mut passed, sink)?;
            }
            Err(fault) => {
                let (message, ends) = match fault {
                    Fault::Record(message) => (message, false),
                    Fault::Stream(error) => (format!("cannot be read: {error}"), faults > 0 && number == 0),
                };
                faults += 1;
                let place = if number == 0 { "before the first record".to_owned() } else { format!("after record {number}") };
                sink.failure(None, &format!("{place}: {message}"))?;
                if ends || faults == 1000 {
                    break;
                }
            }
        }
    }
    if number == 0 && faults == 0 {
        return sink.failure(None, "no records were found in this web archive; fetch the file again");
    }
    if documents == 0 && number > 0 {
        return sink.failure(
            None,
            &format!("none of its {number} records holds a page (they are requests and the like); capture pages with their answers"),
        );
    }
    if passed.is_empty() {
        return ControlFlow::Continue(());
    }
    let counts: Vec<String> = passed.iter().map(|(what, count)| format!("{count} {what}")).collect();
    sink.note(None, &format!("of {number} records, left out as they are no pages: {}", counts.join(", ")))
}

/// The head of the next record; none at the end of the archive.
fn next_head(reader: &mut impl BufRead) -> Result<Option<Head>, Fault> {
    let mut lost = false;
    loop {
        let Some(line) = line(reader)? else {
            return if lost { Err(Fault::Record(LOST.to_owned())) } else { Ok(None) };
        };
        if line.starts_with("WARC/") {
            break;
        }
        lost |= !line.is_empty();
    }
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for _ in 0..MOST_LINES {
        let Some(line) = line(reader)? else {
            return Err(Fault::Record("the archive ends within the head of a record; fetch the file again".to_owned()));
        };
        if line.is_empty() {
            let length = fields.get("content-length").and_then(|length| length.parse().ok());
            let length = length.ok_or_else(|| Fault::Record("a record without a length is left out".to_owned()))?;
            return Ok(Some(Head { fields, length, lost }));
        }
        if line.starts_with([' ', '\t']) {
            if let Some(value) = fields.get_mut(&last) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            last = name.trim().to_ascii_lowercase();
            fields.insert(last.clone(), value.trim().to_owned());
        }
    }
    Err(Fault::Record("the head of a record does not end; the record is left out".to_owned()))
}

const LOST: &str = "bytes that belong to no record are left out; the archive is damaged there";

/// A line without its end; none at the end of the stream.
fn line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if reader.take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned()))
}

/// Reads the block of one record and the page in it.
fn record(reader: &mut impl BufRead, head: &Head, number: usize, passed: &mut BTreeMap<String, usize>, sink: &mut Sink) -> ControlFlow<()> {
    let kind = head.field("warc-type").to_ascii_lowercase();
    let address = head.field("warc-target-uri").trim_start_matches('<').trim_end_matches('>').to_owned();
    let name = format!("{}, record {number} ({address})", sink.name());
    let mut sink = sink.within(&name);
    let wanted = head.is_document();
    if !wanted || head.length > WHOLE_LIMIT {
        if let Err(error) = io::copy(&mut reader.take(head.length), &mut io::sink()) {
            return sink.unreadable(None, &error);
        }
        if wanted {
            return sink.failure(None, "over 50 MB in one record, which is left out; split it from the archive");
        }
        return ControlFlow::Continue(());
    }
    let mut block = Vec::new();
    match reader.take(head.length).read_to_end(&mut block) {
        Err(error) => return sink.unreadable(None, &error),
        Ok(read) if (read as u64) < head.length => {
            let message = format!("the archive ends within this record, {read} of {} bytes; fetch the file again", head.length);
            return sink.failure(None, &message);
        }
        Ok(_) => {}
    }
    if head.field("warc-segment-number").parse().is_ok_and(|part: u32| part > 1) || kind == "continuation" {
        return sink.failure(None, "a part of a record that is spread over several; join them first");
    }
    let mut content_type = head.field("content-type").to_owned();
    let mut body = block;
    let is_http = address.starts_with("http") && content_type.to_ascii_lowercase().starts_with("application/http");
    if kind == "response" && is_http {
        let Some(answer) = answer(&body) else {
            return sink.failure(None, "what the server answered cannot be read; capture the page again");
        };
        if !(200..300).contains(&answer.status) {
            *passed.entry(format!("with status {}", answer.status)).or_default() += 1;
            return ControlFlow::Continue(());
        }
        (content_type, body) = (answer.content_type, answer.body);
    }
    if address.starts_with("metadata:") {
        // Crawlers keep their own logs so.
        *passed.entry("of the crawler".to_owned()).or_default() += 1;
        return ControlFlow::Continue(());
    }
    let answered = kind == "response";
    document(&content_type, body, &address, answered, passed, &mut sink.lenient())
}

/// Reads a document by its media type; `answered` where a server sent it.
fn document(
    content_type: &str,
    body: Vec<u8>,
    address: &str,
    answered: bool,
    passed: &mut BTreeMap<String, usize>,
    sink: &mut Sink,
) -> ControlFlow<()> {
    let lower = content_type.to_ascii_lowercase();
    let media = lower.split(';').next().unwrap_or_default().trim();
    let charset = lower.split_once("charset=").map(|(_, charset)| charset.trim_matches(['"', '\'', ' ']));
    match media {
        "text/html" | "application/xhtml+xml" => {
            let declared = charset.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
            html::page(body, declared, Some(address), sink)
        }
        // A plain text that a server sends is `robots.txt` or the like.
        "text/plain" if !answered => stream::read(None, &mut &*body, true, sink),
        "text/xml" | "application/xml" | "application/rss+xml" | "application/atom+xml" | "application/pdf" | "application/rtf" => {
            stream::read(None, &mut &*body, true, sink)
        }
        _ => {
            let media = if media.is_empty() { "of no media type" } else { media };
            *passed.entry(media.to_owned()).or_default() += 1;
            ControlFlow::Continue(())
        }
    }
}
