//! Index → rows, read in place. A damaged index reads as empty, never as a panic.

use std::sync::Arc;

use fst::Map;
use jiff::civil::Date;

use super::{NONE, PARTS, Part};
use crate::table::Period;

/// The bytes of one part.
#[derive(Clone)]
pub(crate) struct Bytes {
    whole: Whole,
    start: usize,
    end: usize,
}

#[derive(Clone)]
enum Whole {
    Shipped(&'static [u8]),
    Made(Arc<[u8]>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        let whole: &[u8] = match &self.whole {
            Whole::Shipped(bytes) => bytes,
            Whole::Made(bytes) => bytes,
        };
        whole.get(self.start..self.end).unwrap_or_default()
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

/// The whole index.
#[derive(Clone)]
pub(crate) struct Index {
    whole: Bytes,
}

impl Index {
    pub(crate) fn shipped(bytes: &'static [u8]) -> Self {
        Self { whole: Bytes { whole: Whole::Shipped(bytes), start: 0, end: bytes.len() } }
    }

    pub(crate) fn made(bytes: Vec<u8>) -> Self {
        let end = bytes.len();
        Self { whole: Bytes { whole: Whole::Made(bytes.into()), start: 0, end } }
    }

    fn part(&self, part: Part) -> Bytes {
        let at = part as usize * 8;
        debug_assert!(at < PARTS * 8);
        let header = self.whole.as_ref();
        let start = word(header, at).unwrap_or(0) as usize;
        let length = word(header, at + 4).unwrap_or(0) as usize;
        Bytes { whole: self.whole.whole.clone(), start, end: start + length }
    }

    pub(crate) fn rows(&self, part: Part, width: usize) -> Rows {
        Rows { bytes: self.part(part), texts: self.part(Part::Texts), width }
    }

    pub(crate) fn keys(&self, part: Part) -> Keys {
        Keys { map: Map::new(self.part(part)).ok(), groups: self.part(Part::Groups) }
    }
}

/// The rows of one table.
#[derive(Clone)]
pub(crate) struct Rows {
    bytes: Bytes,
    texts: Bytes,
    width: usize,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.bytes.as_ref().len() / (4 * self.width)
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> u32 {
        word(self.bytes.as_ref(), (row * self.width + column) * 4).unwrap_or(NONE)
    }

    /// A cell's text; empty where there is none.
    pub(crate) fn text(&self, row: usize, column: usize) -> &str {
        let at = self.cell(row, column);
        if at == NONE {
            return "";
        }
        let texts = self.texts.as_ref();
        let length = word(texts, at as usize).unwrap_or(0) as usize;
        let start = at as usize + 4;
        texts.get(start..start + length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    pub(crate) fn some(&self, row: usize, column: usize) -> Option<&str> {
        Some(self.text(row, column)).filter(|t| !t.is_empty())
    }

    pub(crate) fn flag(&self, row: usize, column: usize) -> bool {
        self.cell(row, column) == 1
    }

    /// A period in two columns.
    pub(crate) fn period(&self, row: usize, from: usize, to: usize) -> Period {
        let day = |number: u32| Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8);
        let from = match self.cell(row, from) {
            0 => Date::MIN,
            number => day(number).unwrap_or(Date::MIN),
        };
        let to = match self.cell(row, to) {
            u32::MAX => Date::MAX,
            number => day(number).unwrap_or(Date::MAX),
        };
        Period { from, to }
    }
}

/// A map from folded names to row numbers.
#[derive(Clone)]
pub(crate) struct Keys {
    map: Option<Map<Bytes>>,
    groups: Bytes,
}

impl Keys {
    /// The rows under a key, in the order they were given.
    pub(crate) fn get<'k>(&'k self, key: &str) -> impl Iterator<Item = usize> + use<'k> {
        let at = self.map.as_ref().and_then(|m| m.get(key));
        let groups = self.groups.as_ref();
        let count = at.and_then(|at| word(groups, at as usize)).unwrap_or(0) as usize;
        let first = at.unwrap_or(0) as usize + 4;
        (0..count).filter_map(move |i| word(groups, first + i * 4)).map(|row| row as usize)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.map.as_ref().is_some_and(|m| m.contains_key(key))
    }
}
