//! Answers of web servers as web archives keep them.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::bytes::WHOLE_LIMIT;
use crate::unpack::Packing;

/// An answer with its body as a browser would see it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Media type with its parameters.
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// Reads an answer; none where the bytes are not one, or its body is packed and damaged.
pub(crate) fn answer(bytes: &[u8]) -> Option<Answer> {
    let (head, body) = split_head(bytes)?;
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
    let headers: Vec<(String, &str)> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim())).collect();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value);
    let mut body = body.to_vec();
    if header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        body = unchunked(&body).unwrap_or(body);
    }
    for coding in header("content-encoding").rsplit(',') {
        // Many archives keep the header and store the body decoded.
        match decoded(&body, &coding.trim().to_ascii_lowercase()) {
            Some(bytes) => body = bytes,
            None if Packing::detect(&body).is_some() => return None,
            None => {}
        }
    }
    Some(Answer { status, content_type: header("content-type").to_owned(), body })
}

/// Lines up to the first empty one, and what follows.
pub(crate) fn split_head(bytes: &[u8]) -> Option<(String, &[u8])> {
    let crlf = bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = bytes.windows(2).position(|window| window == b"\n\n").map(|at| (at, at + 2));
    let (end, start) = [crlf, lf].into_iter().flatten().min()?;
    Some((String::from_utf8_lossy(bytes.get(..end)?).into_owned(), bytes.get(start..)?))
}

/// The body of a chunked transfer; none where it is not one. What a cut-off transfer brought is kept.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line_end = rest.iter().position(|byte| *byte == b'\n');
        let line = String::from_utf8_lossy(rest.get(..line_end?)?);
        let size = usize::from_str_radix(line.trim().split(';').next()?.trim(), 16);
        let Ok(size) = size else {
            return (!body.is_empty()).then_some(body);
        };
        if size == 0 {
            return Some(body);
        }
        rest = rest.get(line_end? + 1..)?;
        body.extend(rest.get(..size.min(rest.len()))?);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(body);
        }
    }
}

/// A body without its coding; none where it does not have it or unpacks to over the limit of a page.
fn decoded(body: &[u8], coding: &str) -> Option<Vec<u8>> {
    let packed: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" | "zstd" => Packing::detect(body)?.unpack(body),
        "br" => Box::new(Decompressor::new(body, 4096)),
        "deflate" => Box::new(ZlibDecoder::new(body)),
        _ => return None,
    };
    let read = |packed: Box<dyn Read + '_>| {
        let mut bytes = Vec::new();
        packed.take(WHOLE_LIMIT + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= WHOLE_LIMIT).then_some(bytes)
    };
    // Some servers send deflate data without its zlib wrapper.
    read(packed).or_else(|| if coding == "deflate" { read(Box::new(DeflateDecoder::new(body))) } else { None })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    fn check(head: &str, body: &[u8], expect: &str) {
        let message = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n").as_bytes(), body].concat();
        let found = answer(&message).unwrap();
        assert_eq!((found.status, found.content_type.as_str()), (200, "text/html"));
        assert_eq!(String::from_utf8_lossy(&found.body), expect);
    }

    #[test]
    fn reads_bodies() {
        check("", b"<p>A.", "<p>A.");
        let chunked = "Transfer-Encoding: chunked\r\n";
        check(chunked, b"4\r\n<p>A\r\n1;x=y\r\n.\r\n0\r\n\r\n", "<p>A.");
        check(chunked, b"<p>A.\n", "<p>A.\n");
        check(chunked, b"4\r\n<p>A\r\n9\r\n.", "<p>A.");
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"<p>A.").unwrap();
        let gzip = gzip.finish().unwrap();
        check("content-encoding: gzip\r\n", &gzip, "<p>A.");
        check("Content-Encoding: gzip\r\n", b"<p>A.", "<p>A.");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"<p>A.").unwrap();
        let zlib = zlib.finish().unwrap();
        check("Content-Encoding: deflate\r\n", &zlib, "<p>A.");
        check("Content-Encoding: deflate\r\n", &zlib[2..], "<p>A.");
        // Six bytes stored as they are: the shortest brotli stream of `<p>A.\n`.
        check("Content-Encoding: br\r\n", b"\x8b\x02\x80<p>A.\n\x03", "<p>A.\n");
    }

    #[test]
    fn tells_what_is_no_answer() {
        assert!(answer(b"GET / HTTP/1.1\r\n\r\n").is_none());
        assert!(answer(b"HTTP/1.1 200 OK\r\n").is_none());
        // Packed and cut off.
        assert!(answer(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0").is_none());
        assert_eq!(answer(b"HTTP/1.0 404 Not Found\n\n").unwrap().status, 404);
    }
}
