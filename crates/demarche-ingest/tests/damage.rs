//! Files with bytes changed, cut out or cut off: whatever comes of them, reading them does not panic.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use demarche_ingest::{Format, read_from};

/// Copies of each file.
const COPIES: u64 = 60;

const FEED: &str = "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Example</title>
    <item><title>A &amp; B</title><guid>1</guid><pubDate>Sat, 13 Jan 2018 23:30:00 GMT</pubDate><content:encoded><![CDATA[<p>A left.</p>]]></content:encoded></item>
    <item><title>C</title><description>&lt;p&gt;C came.&lt;/p&gt;</description></item></channel></rss>";
const ATOM: &str = "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>1</id><title type='html'>A</title>
    <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>A left.</p></div></content><link href='http://a.org/1'/></entry></feed>";
const ITEM: &str =
    "<newsItem guid='1'><itemMeta><itemClass qcode='ninat:text'/></itemMeta><contentSet><inlineXML><nitf><body><body.content>
    <p>A left.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>";
const NINJS: &str = "{\"uri\": \"1\", \"headline\": \"A\", \"body_xhtml\": \"<p>A left.</p>\", \"associations\": [{\"uri\": \"2\", \"bodies\": [{\"value\": \"B\"}]}]}";
const WARC: &str = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.org/\r\nContent-Type: application/http\r\nContent-Length: 90\r\n\r\n\
    HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>A.\r\n0\r\n\r\n      \r\n\r\n";

/// The next number of a fixed row.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

fn damaged(bytes: &[u8], state: &mut u64) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=next(state) % 4 {
        let length = bytes.len().max(1);
        let at = next(state) % length;
        match next(state) % 5 {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + next(state) % 50).min(bytes.len()))),
            2 => bytes.insert(at.min(bytes.len()), (next(state) % 256) as u8),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = (next(state) % 256) as u8;
                }
            }
        }
    }
    bytes
}

fn check(name: &str, bytes: &[u8]) {
    let mut state = name.bytes().fold(7, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    for _ in 0..COPIES {
        let copy = damaged(bytes, &mut state);
        let _ = read_from(name, Format::of_path(Path::new(name)), &mut &*copy, &mut |_| ControlFlow::Continue(()));
    }
}

#[test]
fn documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/exports");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        check(&path.file_name().unwrap().to_string_lossy(), &fs::read(&path).unwrap());
    }
}

#[test]
fn feeds_items_and_archives() {
    for (name, text) in [("a.rss", FEED), ("a.atom", ATOM), ("a.xml", ITEM), ("a.json", NINJS), ("a.warc", WARC)] {
        check(name, text.as_bytes());
    }
}
