//! The gazetteer: one file inside the program, used where it lies. Nothing is read or built at start-up.
//!
//! The file, little-endian: eight bytes `DPLACES1`, the number of names (4), offset and length of eight sections (4 + 4 each):
//!
//! 1. names of the kinds, by number, with a space between;
//! 2. countries, 6 bytes each: ISO 3166 alpha-3, place number (3);
//! 3. first-order units, 4 bytes each: place number (3; all ones for a country's "no known unit"), country number (1);
//! 4. second-order units, 3 bytes each: place number;
//! 5. places, 18 bytes each, the best known first: name (3, offset in 6), latitude (3), longitude (3), `GeoNames` id (3, 0 for none), size (1, ten times
//!    the binary logarithm of the people), unit (2), second-order unit (2), kind (1);
//! 6. names as shown: length (1), UTF-8;
//! 7. offsets in 8 of every sixteenth name (4);
//! 8. folded names in byte order: bytes shared with the name before (1), further bytes (1), these; then as variable-length numbers how many places have
//!    the name, and the differences of their numbers, doubled, plus one where the name is an alternate.
//!
//! A key begins with `=` where the case of letters counts ("=US"), with `,` where it is the code of a unit (",CA"), with `~` where it is a demonym.

use std::cmp::Ordering;

use crate::Kind;

static SHIPPED: &[u8] = include_bytes!("../../../knowledge/places/gazetteer.bin");

/// Number of a place in the gazetteer.
pub type PlaceId = u32;

/// No place.
const NONE: u32 = 0x00FF_FFFF;

const BLOCK: usize = 16;
const PLACE: usize = 18;

/// One place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Its number.
    pub id: PlaceId,
    /// Its usual name.
    pub name: &'static str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// `GeoNames` id.
    pub geonames: Option<u64>,
    /// How well known it is: ten times the binary logarithm of its people, or as much as its kind is usually worth.
    pub size: u8,
    /// Number of its first-order unit; 0 for none.
    pub unit: u16,
    /// Number of its second-order unit; 0 for none.
    pub county: u16,
    /// What it is.
    pub kind: Kind,
}

/// A place that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The place.
    pub id: PlaceId,
    /// Whether it is usually called otherwise.
    pub alternate: bool,
}

/// The gazetteer inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer {
    data: &'static [u8],
}

impl Gazetteer {
    /// The one that is part of the program.
    pub fn shipped() -> Self {
        Self { data: SHIPPED }
    }

    fn number(self, at: usize, bytes: usize) -> u32 {
        (0..bytes).fold(0, |n, i| n | u32::from(self.data.get(at + i).copied().unwrap_or(0)) << (8 * i))
    }

    /// Offset and length of a section, from 1.
    fn section(self, section: usize) -> (usize, usize) {
        let at = 12 + 8 * (section - 1);
        (self.number(at, 4) as usize, self.number(at + 4, 4) as usize)
    }

    #[cfg(test)]
    pub(crate) fn kinds(self) -> &'static str {
        let (at, length) = self.section(1);
        std::str::from_utf8(&self.data[at..at + length]).unwrap_or("")
    }

    /// How many places it holds.
    pub fn len(self) -> usize {
        self.section(5).1 / PLACE
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The place with this number; the number must come from this gazetteer.
    pub fn entry(self, id: PlaceId) -> Entry {
        let at = self.section(5).0 + id as usize * PLACE;
        let name = self.section(6).0 + self.number(at, 3) as usize;
        let length = self.number(name, 1) as usize;
        let degrees = |at, span: f64| f64::from(self.number(at, 3)) / f64::from(NONE) * span - span / 2.0;
        Entry {
            id,
            name: self.data.get(name + 1..name + 1 + length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or(""),
            latitude: degrees(at + 3, 180.0),
            longitude: degrees(at + 6, 360.0),
            geonames: Some(u64::from(self.number(at + 9, 3))).filter(|g| *g > 0),
            size: self.number(at + 12, 1) as u8,
            unit: self.number(at + 13, 2) as u16,
            county: self.number(at + 15, 2) as u16,
            kind: Kind::from_number(self.number(at + 17, 1) as u8),
        }
    }

    /// The country that a unit lies in: number, ISO 3166 alpha-3 and place.
    pub fn country(self, unit: u16) -> Option<(u8, &'static str, PlaceId)> {
        if unit == 0 {
            return None;
        }
        let number = self.number(self.section(3).0 + usize::from(unit) * 4 + 3, 1);
        let at = self.section(2).0 + number as usize * 6;
        let code = self.data.get(at..at + 3).and_then(|b| std::str::from_utf8(b).ok())?;
        Some((number as u8, code, self.number(at + 3, 3)))
    }

    /// The place that is this first-order unit.
    pub fn unit(self, unit: u16) -> Option<PlaceId> {
        Some(self.number(self.section(3).0 + usize::from(unit) * 4, 3)).filter(|id| unit > 0 && *id != NONE)
    }

    /// The place that is this second-order unit.
    pub fn county(self, county: u16) -> Option<PlaceId> {
        Some(self.number(self.section(4).0 + usize::from(county) * 3, 3)).filter(|id| county > 0 && *id != NONE)
    }

    /// The places with this key, the best known first.
    pub fn lookup(self, key: &str) -> Vec<Reading> {
        let ((index, length), (names, _)) = (self.section(7), self.section(8));
        let key = key.as_bytes();
        let start = |block: usize| names + self.number(index + block * 4, 4) as usize;
        let first = |block: usize| {
            let at = start(block);
            let length = self.number(at + 1, 1) as usize;
            self.data.get(at + 2..at + 2 + length).unwrap_or(&[])
        };
        // The last block whose first name is not after the key.
        let (mut low, mut high) = (0, length / 4);
        while low < high {
            let middle = usize::midpoint(low, high);
            if first(middle) <= key { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return Vec::new() };
        let mut at = start(block);
        let mut name: Vec<u8> = Vec::new();
        for _ in 0..BLOCK {
            let (shared, further) = (self.number(at, 1) as usize, self.number(at + 1, 1) as usize);
            name.truncate(shared);
            name.extend_from_slice(self.data.get(at + 2..at + 2 + further).unwrap_or(&[]));
            at += 2 + further;
            let order = name.as_slice().cmp(key);
            if order == Ordering::Greater || at >= self.data.len() {
                break;
            }
            let count = self.variable(&mut at);
            let mut held = 0;
            let mut found = Vec::new();
            for _ in 0..count {
                held += self.variable(&mut at);
                if order == Ordering::Equal {
                    found.push(Reading { id: held / 2, alternate: held % 2 == 1 });
                }
            }
            if order == Ordering::Equal {
                return found;
            }
        }
        Vec::new()
    }

    fn variable(self, at: &mut usize) -> u32 {
        let mut value = 0;
        for shift in (0..28).step_by(7) {
            let byte = self.number(*at, 1);
            *at += 1;
            value |= (byte & 127) << shift;
            if byte < 128 {
                break;
            }
        }
        value
    }
}

/// Kilometres between two places.
pub fn distance(a: &Entry, b: &Entry) -> f64 {
    let (la, lb) = (a.latitude.to_radians(), b.latitude.to_radians());
    let (dy, dx) = ((lb - la) / 2.0, (b.longitude - a.longitude).to_radians() / 2.0);
    let h = dy.sin().powi(2) + la.cos() * lb.cos() * dx.sin().powi(2);
    12_742.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_places() {
        let gazetteer = Gazetteer::shipped();
        let check = |key: &str, name: &str, country: Option<&str>, latitude: f64, longitude: f64| {
            let first = gazetteer.lookup(key).first().map(|r| gazetteer.entry(r.id));
            let found = first.map(|f| (f.name, gazetteer.country(f.unit).map(|c| c.1)));
            assert_eq!(found, Some((name, country)), "{key}");
            let near = first.is_some_and(|f| (f.latitude - latitude).abs() < 0.2 && (f.longitude - longitude).abs() < 0.2);
            assert!(near, "{key}: {first:?}");
        };
        check("paris", "Paris", Some("FRA"), 48.85, 2.35);
        check("=US", "United States", Some("USA"), 39.8, -98.5);
        check(",CA", "California", Some("USA"), 37.3, -119.8);
        check("rapides parish", "Rapides Parish", Some("USA"), 31.2, -92.5);
        check("durand line", "Durand Line", None, 33.0, 69.8);
        check("~kenyan", "Kenya", Some("KEN"), 1.0, 38.0);
        assert!(gazetteer.lookup("no such place at all").is_empty());
        assert!(gazetteer.lookup("").is_empty());
        assert!(gazetteer.lookup("zzzzzzzz").is_empty());
    }

    #[test]
    fn units_contain_their_places() {
        let gazetteer = Gazetteer::shipped();
        let tyler = gazetteer.entry(gazetteer.lookup("tyler")[0].id);
        assert_eq!(gazetteer.unit(tyler.unit).map(|u| gazetteer.entry(u).name), Some("Texas"));
        assert_eq!(gazetteer.county(tyler.county).map(|u| gazetteer.entry(u).name), Some("Smith County"));
        assert_eq!(tyler.geonames, Some(4_738_214));
    }

    #[test]
    fn every_place_can_be_read() {
        let gazetteer = Gazetteer::shipped();
        for id in 0..gazetteer.len() as PlaceId {
            let entry = gazetteer.entry(id);
            assert!(!entry.name.is_empty() && entry.latitude.abs() <= 90.0 && entry.longitude.abs() <= 180.0, "{entry:?}");
        }
    }
}
