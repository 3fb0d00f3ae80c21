//! Place names of a text, found and resolved.
//!
//! [`locate`] finds the place names of an analysed text ([`find`]) and resolves them together ([`resolve`]): which of the places of that name is meant
//! follows from how well known each is, from units named right after ("Paris, Texas") and from the other places of the text. What cannot be
//! resolved stays in the list without a point; it never costs another name its place. Nothing here reads a file, a clock or a network.

mod candidates;
mod find;
mod fold;
mod gazetteer;
mod kind;
mod resolve;
mod words;

use demarche_language::Analysis;
use demarche_record::PlacePrecision;
use serde::Serialize;

pub use find::{Mention, find};
pub use fold::fold;
pub use gazetteer::{Entry, Gazetteer, PlaceId, Reading, distance};
pub use kind::Kind;
pub use resolve::resolve;

/// A place name of a text with the place that it names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Located {
    /// The words in the text.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The place's usual name; the words of the text where it is not known.
    pub name: String,
    /// `GeoNames` id, where the place is known and has one.
    pub geonames: Option<u64>,
    /// Degrees north; none where the place is not known.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// ISO 3166 alpha-3 of the country it lies in.
    pub country: Option<String>,
    /// First-order unit it is or lies in.
    pub admin1: Option<String>,
    /// Second-order unit it is or lies in.
    pub admin2: Option<String>,
    /// What it is: `city`, `county`, `river`, ….
    pub kind: Option<&'static str>,
    /// How exactly the point places things.
    pub precision: Option<PlacePrecision>,
    /// Probability among the places of that name, three decimals; 0 where none is known.
    pub score: f64,
    /// Whether the words name the people or the adjective ("Kenyan").
    pub demonym: bool,
    /// The next likely places, likeliest first, at most five.
    pub alternatives: Vec<Alternative>,
}

/// Another place that the words may name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// Its usual name.
    pub name: String,
    /// `GeoNames` id, where it has one.
    pub geonames: Option<u64>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-order unit.
    pub admin1: Option<String>,
    /// What it is.
    pub kind: &'static str,
    /// Probability.
    pub score: f64,
}

/// The place names of a text, in its order. Demonyms ("Kenyan") always help to resolve; they are listed only where `demonyms` is set.
pub fn locate(analysis: &Analysis, demonyms: bool) -> Vec<Located> {
    let mut out = resolve(&analysis.text, &find(analysis));
    out.retain(|l| demonyms || !l.demonym);
    out
}
