//! Copies: articles that are for the most part the same words, such as two outlets' versions of one wire story.
//!
//! Texts are compared by their shingles (four words in a row, in lower case). A [`Signature`] keeps, of 128 shares of all possible shingles, the
//! least hash that the text has (one-permutation MinHash): the share of equal numbers estimates the Jaccard index of the two sets, with a standard error of 4 points.

use serde::{Deserialize, Serialize};

use crate::compare::{Comparable, Likeness, SAME};
use crate::hash::{hash, hash_numbers};
use crate::words::words;

const BINS: usize = 128;
const LEAD_BINS: usize = 8;
/// Words in a shingle.
const SHINGLE: usize = 4;
/// Words at the start of a text, after the first few, that excerpts share with the whole.
const LEAD: usize = 60;
/// Keys from the whole text, of three numbers each: two texts with a Jaccard index of .5 share one of them in 99 of 100 cases, of .1 in 3.
const BANDS: usize = 32;

/// What is kept of a text to find its copies: 560 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Distinct shingles of the text.
    pub shingles: u32,
    /// The least hash of each of 128 shares of the shingles; empty for a text without words.
    pub minima: Vec<u32>,
    /// The same of 8 shares of the shingles in the first 60 words.
    pub lead: Vec<u32>,
}

impl Signature {
    /// The signature of a text.
    pub fn of(text: &str) -> Self {
        let words: Vec<String> = words(text).map(str::to_lowercase).collect();
        let mut shingles: Vec<u64> = shingles(&words);
        let lead = minima::<LEAD_BINS>(&shingles[..shingles.len().min(LEAD)]);
        let minima = minima::<BINS>(&shingles);
        shingles.sort_unstable();
        shingles.dedup();
        Self { shingles: shingles.len() as u32, minima, lead }
    }

    /// The estimated share of common shingles among all shingles of the two, 0 to 1.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let equal = self.minima.iter().zip(&other.minima).filter(|(a, b)| a == b).count();
        equal as f64 / BINS as f64
    }

    /// The estimated share of the smaller text's shingles that the greater has too, 0 to 1.
    pub fn contained(&self, other: &Self) -> f64 {
        let jaccard = self.jaccard(other);
        let common = jaccard / (1.0 + jaccard) * f64::from(self.shingles + other.shingles);
        (common / f64::from(self.shingles.min(other.shingles).max(1))).min(1.0)
    }
}

impl Comparable for Signature {
    const ENOUGH: Likeness = SAME / 2;

    fn keys(&self) -> Vec<u64> {
        let numbers = |part: u64, values: &[u32]| {
            hash_numbers(&[&[part], values.iter().map(|v| u64::from(*v)).collect::<Vec<_>>().as_slice()].concat())
        };
        let bands = self.minima.chunks_exact(3).take(BANDS).enumerate().map(|(at, band)| numbers(at as u64, band));
        let lead = self.lead.chunks_exact(2).enumerate().map(|(at, band)| numbers((BANDS + at) as u64, band));
        bands.chain(lead).collect()
    }

    /// The Jaccard index; or, where the texts have a fifth of their shingles in common, five eighths of the share of the smaller text that the
    /// greater holds: copies are texts with half of all shingles in common, or a text and its excerpt of which four fifths stand in it.
    fn likeness(&self, other: &Self) -> Likeness {
        if self.minima.is_empty() || other.minima.is_empty() {
            return 0;
        }
        let jaccard = self.jaccard(other);
        let excerpt = if jaccard >= 0.2 { self.contained(other) * 0.625 } else { 0.0 };
        (jaccard.max(excerpt) * f64::from(SAME)).round() as Likeness
    }
}

/// Hashes of every four words in a row, in order; of all words where there are fewer.
fn shingles(words: &[String]) -> Vec<u64> {
    if words.is_empty() {
        return Vec::new();
    }
    let size = SHINGLE.min(words.len());
    words.windows(size).map(|w| hash(&w.iter().map(String::as_str).collect::<Vec<_>>())).collect()
}

/// The least hash of each share; a share without any takes that of another, the same for every text.
fn minima<const SHARES: usize>(shingles: &[u64]) -> Vec<u32> {
    if shingles.is_empty() {
        return Vec::new();
    }
    let mut least: Vec<Option<u32>> = vec![None; SHARES];
    for shingle in shingles {
        let share = &mut least[(shingle >> 32) as usize % SHARES];
        let value = *shingle as u32;
        *share = Some(share.map_or(value, |v| v.min(value)));
    }
    (0..SHARES)
        .map(|at| {
            least[at]
                .unwrap_or_else(|| (0..).find_map(|turn| least[hash_numbers(&[at as u64, turn]) as usize % SHARES]).unwrap_or_default())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::group::{Fixed, group};

    /// Words of our own that stand for an article: `count` sentences from number `from` on.
    fn text(from: usize, count: usize) -> String {
        (from..from + count).map(|n| format!("The envoy of district {n} met delegation {} on bridge {}. ", n * 7, n * 13)).collect()
    }

    fn check(texts: &[String], expect: &[u32]) {
        let signatures: Vec<Signature> = texts.iter().map(|t| Signature::of(t)).collect();
        assert_eq!(group(&signatures, &compare(&signatures), &Fixed::default()).first, expect);
    }

    #[test]
    fn a_wire_story_with_another_headline_is_a_copy() {
        check(&[text(0, 30), format!("Bridge talks resume\n{}", text(0, 30)), text(500, 30)], &[0, 0, 2]);
    }

    #[test]
    fn an_excerpt_is_a_copy() {
        check(&[text(0, 30), text(0, 12)], &[0, 0]);
    }

    #[test]
    fn a_quoted_paragraph_is_not() {
        check(&[text(0, 30), format!("{}{}", text(300, 25), text(0, 5))], &[0, 1]);
    }

    #[test]
    fn texts_without_words_are_no_copies_of_each_other() {
        check(&["—".to_owned(), String::new()], &[0, 1]);
    }

    #[test]
    fn the_estimate_is_near() {
        let whole = Signature::of(&text(0, 100));
        let half = Signature::of(&text(0, 50));
        assert!((whole.jaccard(&half) - 0.5).abs() < 0.12, "{}", whole.jaccard(&half));
        assert!(whole.contained(&half) > 0.8);
    }
}
