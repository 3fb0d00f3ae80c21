use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are looked at before the format of an input is settled.
pub(crate) const HEAD: u64 = 64 * 1024;
/// Bytes of a text or HTML file, at most.
pub(crate) const WHOLE_LIMIT: u64 = 50_000_000;
/// Bytes of one JSON line or table row, at most.
pub(crate) const RECORD_LIMIT: usize = 64_000_000;
/// UTF-8's byte order mark.
pub(crate) const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

const UNPACK: &str = "unpack it first";
const SAVE: &str = "save it as plain text in UTF-8";
const EXPORT: &str = "export its articles as CSV or JSON Lines";
const OTHER: &str = "give the article's text instead";

/// Where they stand, the bytes that give a kind of file away, its name and the remedy.
const MAGIC: [(usize, &[u8], &str, &str); 17] = [
    (0, b"\xd0\xcf\x11\xe0", "an old Office document", SAVE),
    (4, b"1AY&SY", "bzip2 data", UNPACK),
    (0, b"\xfd7zXZ", "xz data", UNPACK),
    (0, b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (0, b"\x89PNG", "an image", OTHER),
    (0, b"\xff\xd8\xff", "an image", OTHER),
    (0, b"GIF87a", "an image", OTHER),
    (0, b"GIF89a", "an image", OTHER),
    (8, b"WEBP", "an image", OTHER),
    (4, b"ftyp", "a video or an image", OTHER),
    (0, b"ID3", "a sound file", OTHER),
    (0, b"\x7fELF", "a program", OTHER),
    (0, b"SQLite format 3", "an SQLite database", EXPORT),
    (0, b"PAR1", "a Parquet file", EXPORT),
    (0, b"\xff\xfe\0\0", "UTF-32 text", SAVE),
    (257, b"ustar", "a tar archive", UNPACK),
    (0, b"filedesc://", "a web archive in the old ARC form", "convert it to WARC first, for example with `warcio recompress`"),
];

/// What the start of a file that is not text seems to be, and what to do; none for text.
pub(crate) fn binary(head: &[u8]) -> Option<String> {
    let magic = MAGIC.iter().find(|(at, magic, ..)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    if let Some((_, _, what, remedy)) = magic {
        return Some(format!("not text: this seems to be {what}; {remedy}"));
    }
    if is_utf16(head) {
        return None;
    }
    let control = |byte: &&u8| matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127);
    let binary = head.contains(&0) || head.iter().filter(control).count() * 50 > head.len();
    binary.then(|| {
        "not text: this seems to be a binary file; give text, HTML, JSON Lines or CSV in UTF-8 \
         (UTF-16 needs a byte order mark)"
            .to_owned()
    })
}

/// Whether a byte order mark says UTF-16.
pub(crate) fn is_utf16(head: &[u8]) -> bool {
    matches!(Encoding::for_bom(head), Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE)
}

/// All the bytes of an input; the error is a message.
pub(crate) fn whole(head: &[u8], rest: &mut dyn Read) -> Result<Vec<u8>, String> {
    let mut bytes = head.to_vec();
    let left = (WHOLE_LIMIT + 1).saturating_sub(head.len() as u64);
    rest.take(left).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > WHOLE_LIMIT {
        return Err("over 50 MB in one text; split it into articles, or give JSON Lines or CSV in UTF-8".to_owned());
    }
    Ok(bytes)
}

/// The text of bytes, without a byte order mark, and a note where its encoding had to be assumed.
///
/// A byte order mark counts first, then well-formed UTF-8, then what the file declares, then a guess.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> (String, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let text = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
        return (text, None);
    }
    let bytes = if declared == Some(ISO_2022_JP) {
        bytes
    } else {
        match String::from_utf8(bytes) {
            Ok(text) => return (text, None),
            Err(error) => error.into_bytes(),
        }
    };
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return (text.into_owned(), None);
    }
    let encoding = guess(&mut new_detector(), &bytes);
    (encoding.decode_without_bom_handling(&bytes).0.into_owned(), Some(assumed(encoding)))
}

/// Decodes the records of one file, which share an encoding that becomes clearer with every record.
pub(crate) struct Records {
    detector: EncodingDetector,
    noted: Option<&'static Encoding>,
}

impl Records {
    pub(crate) fn new() -> Self {
        Self { detector: new_detector(), noted: None }
    }

    /// The encoding of one record, and a note where it is assumed for the first time.
    pub(crate) fn encoding(&mut self, record: &[u8]) -> (&'static Encoding, Option<String>) {
        if std::str::from_utf8(record).is_ok() {
            return (UTF_8, None);
        }
        let encoding = guess(&mut self.detector, record);
        let news = self.noted.replace(encoding) != Some(encoding);
        (encoding, news.then(|| assumed(encoding)))
    }
}

fn new_detector() -> EncodingDetector {
    EncodingDetector::new(Iso2022JpDetection::Deny)
}

/// UTF-8 where few characters are broken, else what the bytes fed so far look like.
fn guess(detector: &mut EncodingDetector, bytes: &[u8]) -> &'static Encoding {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole >= 10 * broken {
        return UTF_8;
    }
    detector.feed(bytes, false);
    detector.guess(None, Utf8Detection::Deny)
}

fn assumed(encoding: &'static Encoding) -> String {
    if encoding == UTF_8 {
        "broken UTF-8: what could not be read stands as \u{fffd}; save the file as UTF-8 again".to_owned()
    } else {
        format!("not UTF-8: read as {}; save the file as UTF-8 if letters look wrong", encoding.name())
    }
}

/// A reader that gives up once it has read more than a record may hold since it was last refilled.
pub(crate) struct Limited<R> {
    inner: R,
    left: usize,
}

impl<R> Limited<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, left: RECORD_LIMIT }
    }

    pub(crate) fn refill(&mut self) {
        self.left = RECORD_LIMIT;
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("a row is over 64 MB; look for a quotation mark that is not closed"));
        }
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    #[test]
    fn decodes() {
        let check = |bytes: &[u8], declared, text: &str, note: &str| {
            let (found, said) = decode(bytes.to_vec(), declared);
            assert_eq!(found, text);
            let said = said.unwrap_or_default();
            assert!(said.contains(note) && said.is_empty() == note.is_empty(), "{said}");
        };
        check("Orbán left.".as_bytes(), None, "Orbán left.", "");
        check(b"\xef\xbb\xbfA.", None, "A.", "");
        check(b"\xff\xfeA\0.\0", None, "A.", "");
        check(b"\xfe\xff\0A\0.", None, "A.", "");
        check(b"The \x93caf\xe9\x94 closed.", Some(WINDOWS_1252), "The “café” closed.", "");
        check(b"The caf\xe9 in Qu\xe9bec closed.", None, "The café in Québec closed.", "read as windows-1252");
        check("Orbán".as_bytes(), Some(WINDOWS_1252), "Orbán", "");
        let mut cut = "Größe äöü äöü äöü".as_bytes().to_vec();
        cut.extend(b" \xc3");
        check(&cut, None, "Größe äöü äöü äöü \u{fffd}", "broken UTF-8");
    }

    #[test]
    fn recognises_binary_files() {
        let check = |bytes: &[u8], expect: &str| {
            let found = binary(bytes).unwrap_or_default();
            assert!(found.contains(expect) && found.is_empty() == expect.is_empty(), "{found}");
        };
        check(b"filedesc://a.arc 127.0.0.1", "ARC");
        check(b"BZh91AY&SY", "bzip2");
        check(b"RIFF1234WEBP", "image");
        check(b"abc\0def", "binary");
        check(b"\x01\x02\x03abc", "binary");
        check(b"\xff\xfeA\0", "");
        check(b"Tab\there\x0c and page.", "");
    }
}
