//! The text of RTF documents.

use encoding_rs::{Encoding, WINDOWS_1252};

/// Groups inside each other, at most.
const DEEPEST: usize = 1000;
/// Destinations that hold no text of the document.
const LEFT_OUT: &str = "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf \
    fldinst listtable listoverridetable rsidtbl generator xmlnstbl themedata colorschememapping datastore latentstyles \
    bkmkstart bkmkend footnote annotation atnid atnauthor filetbl revtbl mmathPr wgrffmtfilter nonshppict";

#[derive(Clone, Copy)]
struct Group {
    left_out: bool,
    /// How many characters stand after `\u` for readers that do not know it.
    fallback: usize,
}

/// The text of a document, a paragraph per line; the error is a message.
pub(crate) fn text(bytes: &[u8]) -> Result<String, String> {
    let mut reader = Reader { bytes, at: 0, out: String::new(), pending: Vec::new(), encoding: WINDOWS_1252, skip: 0 };
    let mut group = Group { left_out: false, fallback: 1 };
    let mut outer: Vec<Group> = Vec::new();
    let mut surrogate = None;
    while let Some(byte) = reader.next() {
        match byte {
            b'{' => {
                if outer.len() == DEEPEST {
                    return Err("its groups are nested more than 1,000 deep; save it as plain text".to_owned());
                }
                outer.push(group);
            }
            b'}' => {
                reader.skip = 0;
                match outer.pop() {
                    Some(around) => group = around,
                    None => break,
                }
            }
            b'\\' => control(&mut reader, &mut group, &mut surrogate),
            b'\r' | b'\n' => {}
            _ if group.left_out => {}
            _ => reader.byte(byte),
        }
    }
    if !outer.is_empty() && reader.at >= bytes.len() {
        reader.flush();
        return Err("it ends within a group: it is cut off; download it again".to_owned());
    }
    reader.flush();
    Ok(reader.out)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    out: String,
    /// Bytes in the document's code page.
    pending: Vec<u8>,
    encoding: &'static Encoding,
    /// Fallback characters still to be passed over.
    skip: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.out.push_str(&self.encoding.decode_without_bom_handling(&self.pending).0);
            self.pending.clear();
        }
    }

    fn push(&mut self, text: &str) {
        self.flush();
        self.out.push_str(text);
    }

    /// A control word's letters and number, without the space after it.
    fn word(&mut self) -> (String, Option<i64>) {
        let run = |reader: &mut Self, wanted: fn(&u8) -> bool| {
            let rest = reader.bytes.get(reader.at..).unwrap_or_default();
            let end = rest.iter().position(|byte| !wanted(byte)).unwrap_or(rest.len());
            let text = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
            reader.at += end;
            text
        };
        let name = run(self, u8::is_ascii_alphabetic);
        let number = run(self, |byte| byte.is_ascii_digit() || *byte == b'-');
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        (name, number.parse().ok())
    }
}

/// What follows a backslash.
fn control(reader: &mut Reader, group: &mut Group, surrogate: &mut Option<u16>) {
    match reader.bytes.get(reader.at).copied() {
        Some(b'\'') => {
            let digits = reader.bytes.get(reader.at + 1..reader.at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            reader.at += if byte.is_some() { 3 } else { 1 };
            if let (Some(byte), false) = (byte, group.left_out) {
                reader.byte(byte);
            }
        }
        Some(b'*') => {
            reader.at += 1;
            group.left_out = true;
        }
        Some(b'\r' | b'\n') => {
            reader.at += 1;
            symbol(reader, *group, "\n");
        }
        Some(byte) if !byte.is_ascii_alphabetic() => {
            reader.at += 1;
            match byte {
                b'~' => symbol(reader, *group, "\u{a0}"),
                b'_' => symbol(reader, *group, "-"),
                b'{' | b'}' | b'\\' if !group.left_out => reader.byte(byte),
                _ => {}
            }
        }
        Some(_) => {
            let (name, number) = reader.word();
            word(reader, group, surrogate, &name, number);
        }
        None => {}
    }
}

fn symbol(reader: &mut Reader, group: Group, text: &str) {
    if !group.left_out {
        reader.push(text);
    }
}

fn word(reader: &mut Reader, group: &mut Group, surrogate: &mut Option<u16>, name: &str, number: Option<i64>) {
    let text = match name {
        "par" | "line" | "page" | "sect" | "row" => "\n",
        "tab" | "cell" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "u" => {
            let unit = number.unwrap_or(0).rem_euclid(0x1_0000) as u16;
            if !group.left_out {
                let decoded = match surrogate.take() {
                    Some(high) => String::from_utf16_lossy(&[high, unit]),
                    None if (0xd800..0xdc00).contains(&unit) => {
                        *surrogate = Some(unit);
                        String::new()
                    }
                    None => String::from_utf16_lossy(&[unit]),
                };
                reader.push(&decoded);
                reader.skip = group.fallback;
            }
            return;
        }
        "uc" => {
            group.fallback = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1).min(16);
            return;
        }
        "ansicpg" => {
            let label = format!("windows-{}", number.unwrap_or(1252));
            reader.encoding = match number {
                Some(65001) => encoding_rs::UTF_8,
                Some(932) => encoding_rs::SHIFT_JIS,
                Some(936) => encoding_rs::GBK,
                Some(949) => encoding_rs::EUC_KR,
                Some(950) => encoding_rs::BIG5,
                _ => Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252),
            };
            return;
        }
        "bin" => {
            reader.at += number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
            return;
        }
        name if LEFT_OUT.split_whitespace().any(|known| known == name) => {
            group.left_out = true;
            return;
        }
        _ => return,
    };
    symbol(reader, *group, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_text() {
        let check = |rtf: &str, expect: &str| assert_eq!(text(rtf.as_bytes()).unwrap(), expect, "{rtf}");
        check(
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\\pard The \\b caf\\'e9\\b0\\par\r\n\\{B\\}\\line C\\tab D}",
            "The café\n{B}\nC\tD",
        );
        check("{\\rtf1\\uc1 \\u8220?A\\u8221\\'94 \\u-10179?\\u-8704? B}", "“A” 😀 B");
        check("{\\rtf1\\ansicpg1251 \\'cf\\'f0}", "Пр");
        check("{\\rtf1 {\\field{\\*\\fldinst HYPERLINK \"http://a\"}{\\fldrslt link}} A}", "link A");
        check("{\\rtf1 {\\pict\\bin4 {}{}\\pngblip 00ff}A}", "A");
        assert!(text(b"{\\rtf1 A").unwrap_err().contains("cut off"));
        assert!(text("{".repeat(2000).as_bytes()).unwrap_err().contains("nested"));
    }
}
