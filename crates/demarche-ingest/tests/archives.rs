//! Compressed inputs and web archives, sound and damaged.

use std::io::Write;
use std::ops::ControlFlow;

use demarche_ingest::{Item, read_from};
use demarche_record::Article;
use flate2::Compression;
use flate2::write::GzEncoder;

const PAGE: &str = "<!DOCTYPE html><html lang=en><title>Talks begin</title><body>
    <p>The president met the protest leaders in the capital on Tuesday, and both sides spoke of progress.</p>
    <p>Police had fired tear gas at the crowd on Monday, wounding at least twelve people, doctors said.</p>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(bytes: &[u8]) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let _ = read_from("file", None, &mut &*bytes, &mut |item| {
        match item {
            Item::Article(article) => articles.push(article),
            Item::Problem(problem) => problems.push(format!("{}{problem}", if problem.fatal { "!" } else { "" })),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

fn check(bytes: &[u8], texts: &[&str], problems: &[&str]) {
    let (articles, found) = read(bytes);
    assert_eq!(articles.iter().map(|article| article.text.as_str()).collect::<Vec<_>>(), texts, "{found:?}");
    assert_eq!(found.len(), problems.len(), "{found:?}");
    for (found, expect) in found.iter().zip(problems) {
        assert!(found.starts_with(expect), "{found} does not begin with {expect}");
    }
}

#[test]
fn compressed_inputs() {
    check(&gzip(b"A left."), &["A left."], &[]);
    check(&[gzip(b"{\"text\": \"A.\"}\n"), gzip(b"{\"text\": \"B.\"}\n")].concat(), &["A.", "B."], &[]);
    let zstd = ruzstd::encoding::compress_to_vec(&b"text,id\nA left.,1\n"[..], ruzstd::encoding::CompressionLevel::Fastest);
    check(&zstd, &["A left."], &[]);
    check(&gzip(&gzip(b"A left.")), &[], &["!file: an archive within an archive; unpack the outer one first"]);
    check(&gzip(b""), &[], &["!file: the file is empty"]);
}

#[test]
fn cut_off_inputs_keep_what_came_before() {
    let lines: String = (0..2000)
        .map(|number| format!("{{\"id\": {number}, \"text\": \"Troops left town {number} on day {}.\"}}\n", number * 7919 % 2003))
        .collect();
    let packed = gzip(lines.as_bytes());
    let (articles, problems) = read(&packed[..packed.len() / 2]);
    assert!(articles.len() > 500, "{}", articles.len());
    assert_eq!(articles[500].text, "Troops left town 500 on day 1572.");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("cannot be read: the gzip data is cut off or damaged"), "{problems:?}");
    assert!(problems[0].starts_with(&format!("!file:{}", articles.len() + 1)), "{problems:?}");
}

#[test]
fn bombs_are_refused() {
    let bomb = gzip(&vec![b'a'; 120_000_000]);
    let (articles, problems) = read(&bomb);
    assert_eq!(articles, []);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("!file: over 50 MB in one text"), "{problems:?}");
    let lines = gzip(&[b"{\"text\": \"A.\"}\n".to_vec(), vec![b'\n'; 90_000_000]].concat());
    let (_, problems) = read(&lines);
    assert!(problems.last().unwrap().contains("unpacks to over 64 MB and over 250 times its size"), "{problems:?}");
}

fn record(kind: &str, head: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <http://example.org/talks>\r\n{head}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", "Content-Type: application/http; msgtype=response\r\n", &block)
}

#[test]
fn web_archives() {
    let page = response("200 OK\r\nContent-Type: text/html; charset=utf-8", PAGE.as_bytes());
    let (articles, problems) = read(&page);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(articles[0].url.as_deref(), Some("http://example.org/talks"));
    assert_eq!(articles[0].title.as_deref(), Some("Talks begin"));
    assert!(articles[0].text.ends_with("wounding at least twelve people, doctors said."));
    let packed = response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(PAGE.as_bytes()));
    let resource = record("resource", "Content-Type: text/html\r\n", PAGE.as_bytes());
    let plain = record("conversion", "Content-Type: text/plain\r\n", b"A left.");
    let others = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x"),
        record("request", "", b"GET / HTTP/1.1\r\n\r\n"),
        response("404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()),
        response("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
    ];
    let all = [packed, resource, plain].into_iter().chain(others).collect::<Vec<_>>();
    let members: Vec<u8> = all.iter().flat_map(|record| gzip(record)).collect();
    for archive in [all.concat(), members] {
        let (articles, problems) = read(&archive);
        assert_eq!(articles.len(), 3);
        assert_eq!(articles[2].text, "A left.");
        assert_eq!(problems, ["file: of 7 records, left out as they are no pages: 1 image/png, 1 with status 404"]);
    }
}

#[test]
fn damaged_web_archives() {
    let page = response("200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
    let texts = |archive: &[u8]| {
        let (articles, problems) = read(archive);
        (articles.len(), problems)
    };
    let mut broken = page.clone();
    broken.truncate(page.len() - 100);
    let (count, problems) = texts(&broken);
    assert_eq!(count, 0);
    assert!(problems[0].starts_with("!file, record 1 (http://example.org/talks): the archive ends within this record"), "{problems:?}");
    // Rubbish between records.
    let (count, problems) = texts(&[page.clone(), b"rubbish\r\n".to_vec(), page.clone()].concat());
    assert_eq!((count, problems.len()), (2, 1), "{problems:?}");
    assert!(problems[0].starts_with("file: before record 2: bytes that belong to no record"), "{problems:?}");
    // A member with a wrong sum: the record is read, the damage named, the next one read.
    let mut wrong = gzip(&page);
    let sum = wrong.len() - 6;
    wrong[sum] ^= 1;
    let (count, problems) = texts(&[gzip(&page), wrong, gzip(&page)].concat());
    assert_eq!((count, problems.len()), (3, 1), "{problems:?}");
    assert!(problems[0].contains("the gzip data is cut off or damaged"), "{problems:?}");
    let (count, problems) = texts(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n");
    assert_eq!(count, 0);
    assert!(problems[0].starts_with("!file: before the first record: a record without a length"), "{problems:?}");
    let (_, problems) = texts(&response("200 OK\r\nContent-Type: text/html", b"<p>No."));
    assert!(problems[0].starts_with("file, record 1 (http://example.org/talks): no article was found"), "{problems:?}");
}
