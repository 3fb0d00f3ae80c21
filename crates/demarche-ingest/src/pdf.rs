//! The text of PDF documents: what is shown where, put back into lines and paragraphs.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object};

use crate::export::{ends_sentence, is_page};

/// Bytes that one page's content may unpack to.
const PAGE_LIMIT: usize = 20_000_000;
/// Pages of one document, at most.
const MOST_PAGES: usize = 20_000;
/// Graphics states inside each other, at most.
const DEEPEST: usize = 500;
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Scale, skew and shift, as PDF writes them.
type Matrix = [f32; 6];

/// The text of a document, a paragraph per line; the error is a message.
pub(crate) fn text(bytes: &[u8]) -> Result<String, String> {
    let document = Document::load_mem_with_options(bytes, LoadOptions::default());
    let document = document.map_err(|error| match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => LOCKED.to_owned(),
        error => format!("the PDF is damaged or cut off ({error}); download it again"),
    })?;
    if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
        return Err(LOCKED.to_owned());
    }
    let pages = document.get_pages();
    if pages.len() > MOST_PAGES {
        return Err("the PDF has over 20,000 pages; split it".to_owned());
    }
    let mut lines = Vec::new();
    for page in pages.into_values() {
        let found = page_lines(&document, page);
        if !found.is_empty() {
            lines.push(found);
        }
    }
    let text = joined(&lines);
    if text.trim().is_empty() {
        return Err("the PDF holds no text: its pages seem to be pictures; run text recognition (OCR) over it first".to_owned());
    }
    Ok(text)
}

const LOCKED: &str = "the PDF is locked with a password; save it without one";

/// A line and where it stands.
struct Line {
    y: f32,
    size: f32,
    /// Where its last word ends.
    end: f32,
    text: String,
}

/// A font as far as text needs it.
struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    widths: BTreeMap<u32, f32>,
    default_width: f32,
    two_bytes: bool,
}

fn page_lines(document: &Document, page: lopdf::ObjectId) -> Vec<Line> {
    let Ok(content) = document.get_page_content_with_limit(page, PAGE_LIMIT) else {
        return Vec::new();
    };
    let Ok(content) = Content::decode(&content) else {
        return Vec::new();
    };
    let fonts: BTreeMap<Vec<u8>, Font> =
        document.get_page_fonts(page).unwrap_or_default().into_iter().map(|(name, font)| (name, read_font(document, font))).collect();
    let mut pen = Pen::default();
    for operation in &content.operations {
        pen.draw(operation, &fonts);
    }
    pen.lines
}

fn read_font<'a>(document: &'a Document, font: &'a Dictionary) -> Font<'a> {
    let mut widths = BTreeMap::new();
    let two_bytes = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
    let mut default_width = 0.5;
    let array = |dictionary: &'a Dictionary, key: &[u8]| {
        dictionary.get(key).and_then(|object| document.dereference(object)).ok().and_then(|(_, object)| object.as_array().ok())
    };
    if two_bytes {
        let inner = array(font, b"DescendantFonts").and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        if let Some(inner) = inner {
            default_width = inner.get(b"DW").ok().and_then(number).map_or(1.0, |width| width / 1000.0);
            add_widths(array(inner, b"W").map(Vec::as_slice).unwrap_or_default(), document, &mut widths);
        }
    } else if let (Some(list), Some(first)) = (array(font, b"Widths"), font.get(b"FirstChar").ok().and_then(number)) {
        for (offset, width) in list.iter().enumerate() {
            if let Some(width) = number(width) {
                widths.insert(first as u32 + offset as u32, width / 1000.0);
            }
        }
    }
    Font { encoding: font.get_font_encoding(document).ok(), widths, default_width, two_bytes }
}

/// Reads the widths of a composite font: a first code with a list, or a first and a last code with one width.
fn add_widths(list: &[Object], document: &Document, widths: &mut BTreeMap<u32, f32>) {
    let mut rest = list;
    while let [first, second, after @ ..] = rest {
        let Some(first) = number(first) else {
            return;
        };
        let second = document.dereference(second).map_or(second, |(_, object)| object);
        if let Ok(each) = second.as_array() {
            for (offset, width) in each.iter().enumerate() {
                widths.insert(first as u32 + offset as u32, number(width).unwrap_or(1000.0) / 1000.0);
            }
            rest = after;
        } else if let (Some(last), Some(width)) = (number(second), after.first().and_then(number)) {
            for code in (first as u32..=last as u32).take(65_536) {
                widths.insert(code, width / 1000.0);
            }
            rest = after.get(1..).unwrap_or_default();
        } else {
            return;
        }
    }
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok()
}

/// Follows the drawing operations of a page.
struct Pen {
    page: Matrix,
    kept: Vec<Matrix>,
    text: Matrix,
    line: Matrix,
    font: Vec<u8>,
    size: f32,
    leading: f32,
    /// Where the last text ended.
    end: f32,
    lines: Vec<Line>,
}

impl Default for Pen {
    fn default() -> Self {
        Self {
            page: IDENTITY,
            kept: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            font: Vec::new(),
            size: 10.0,
            leading: 0.0,
            end: 0.0,
            lines: Vec::new(),
        }
    }
}

impl Pen {
    fn draw(&mut self, operation: &Operation, fonts: &BTreeMap<Vec<u8>, Font>) {
        let values: Vec<f32> = operation.operands.iter().map(|operand| number(operand).unwrap_or(0.0)).collect();
        let matrix = || <Matrix>::try_from(values.as_slice()).unwrap_or(IDENTITY);
        match (operation.operator.as_str(), values.as_slice()) {
            ("q", _) if self.kept.len() < DEEPEST => self.kept.push(self.page),
            ("Q", _) => self.page = self.kept.pop().unwrap_or(self.page),
            ("cm", _) => self.page = product(matrix(), self.page),
            ("BT", _) => {
                self.text = IDENTITY;
                self.line = IDENTITY;
            }
            ("Tf", [_, size]) => {
                self.size = *size;
                self.font = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
            }
            ("TL", [leading]) => self.leading = *leading,
            ("Td", [x, y]) => self.advance(*x, *y),
            ("TD", [x, y]) => {
                self.leading = -y;
                self.advance(*x, *y);
            }
            ("Tm", _) => {
                self.line = matrix();
                self.text = self.line;
            }
            ("T*", _) => self.advance(0.0, -self.leading),
            ("Tj", _) => self.show(operation.operands.first(), fonts),
            ("'" | "\"", _) => {
                self.advance(0.0, -self.leading);
                self.show(operation.operands.last(), fonts);
            }
            ("TJ", _) => {
                for part in operation.operands.first().and_then(|list| list.as_array().ok()).into_iter().flatten() {
                    match number(part) {
                        Some(back) => self.text = product([1.0, 0.0, 0.0, 1.0, -back / 1000.0 * self.size, 0.0], self.text),
                        None => self.show(Some(part), fonts),
                    }
                }
            }
            _ => {}
        }
    }

    fn advance(&mut self, x: f32, y: f32) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    /// Writes a string where the pen stands: on the same line, after a gap, or on a new line.
    fn show(&mut self, string: Option<&Object>, fonts: &BTreeMap<Vec<u8>, Font>) {
        let (Some(Ok(bytes)), Some(font)) = (string.map(Object::as_str), fonts.get(&self.font)) else {
            return;
        };
        let decoded = font.encoding.as_ref().and_then(|encoding| Document::decode_text(encoding, bytes).ok());
        let text = decoded.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned()).replace(['\r', '\n', '\0'], " ");
        let codes: Vec<u32> = if font.two_bytes {
            bytes.chunks(2).map(|pair| pair.iter().fold(0, |code, byte| (code << 8) | u32::from(*byte))).collect()
        } else {
            bytes.iter().map(|byte| u32::from(*byte)).collect()
        };
        let width: f32 = codes.iter().map(|code| font.widths.get(code).copied().unwrap_or(font.default_width)).sum();
        let place = product(self.text, self.page);
        let scale = (place[0] * place[0] + place[1] * place[1]).sqrt().max(0.001);
        let size = (self.size * scale).abs().max(0.1);
        self.text = product([1.0, 0.0, 0.0, 1.0, width * self.size, 0.0], self.text);
        let end = product(self.text, self.page)[4];
        match self.lines.last_mut() {
            Some(line) if (line.y - place[5]).abs() < 0.4 * size => {
                let gap = place[4] - self.end;
                let parted = line.text.ends_with(' ') || text.starts_with(' ') || line.text.is_empty();
                if gap.abs() > 0.15 * size && !parted {
                    line.text.push(' ');
                }
                line.text.push_str(&text);
                line.end = end;
            }
            _ => self.lines.push(Line { y: place[5], size, end, text }),
        }
        self.end = end;
    }
}

/// First `left`, then `right`.
fn product(left: Matrix, right: Matrix) -> Matrix {
    let cell = |row: [f32; 2], column: usize| row[0] * right[column] + row[1] * right[2 + column];
    let (first, second, shift) = ([left[0], left[1]], [left[2], left[3]], [left[4], left[5]]);
    [cell(first, 0), cell(first, 1), cell(second, 0), cell(second, 1), cell(shift, 0) + right[4], cell(shift, 1) + right[5]]
}

/// A line per paragraph: what follows a line that reaches the margin goes on with it.
fn joined(pages: &[Vec<Line>]) -> String {
    let mut out = String::new();
    // Whether the last line may go on.
    let mut open: Option<&Line> = None;
    for lines in pages {
        let step = usual_step(lines);
        let margin = lines.iter().map(|line| line.end).fold(0.0, f32::max);
        let mut above: Option<&Line> = None;
        for line in lines.iter().filter(|line| !line.text.trim().is_empty() && !is_page(line.text.trim())) {
            let goes_on = open.is_some_and(|last| {
                let same_size = (last.size - line.size).abs() < 1.0;
                let near = above.map_or_else(|| !ends_sentence(&out), |above| (above.y - line.y).abs() < 1.35 * step);
                same_size && near
            });
            if !goes_on {
                out.push('\n');
            } else if !out.ends_with('-') {
                out.push(' ');
            }
            out.push_str(line.text.trim());
            above = Some(line);
            open = (line.end > 0.85 * margin).then_some(line);
        }
    }
    out
}

/// The distance between most lines.
fn usual_step(lines: &[Line]) -> f32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for pair in lines.windows(2) {
        if let [one, other] = pair {
            *counts.entry(((one.y - other.y).abs() * 2.0).round() as i32).or_default() += 1;
        }
    }
    let most = counts.iter().filter(|(step, _)| **step > 2).max_by_key(|(step, count)| (**count, -**step));
    most.map_or(12.0, |(step, _)| *step as f32 / 2.0)
}
