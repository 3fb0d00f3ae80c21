//! Stories: articles about the same thing, in whatever words.
//!
//! Articles are compared by the words of their first [`LEAD`] words, weighted by how often a word stands there and how rare it is in news. How rare is read from a
//! fixed table, not from the articles at hand: two articles are as alike in a store of ten as in one of a million.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::compare::{Comparable, Likeness, SAME};
use crate::hash::{hash, hash_numbers};
use crate::words::{stem, weight, words};

/// Words of title and text that are read.
const LEAD: usize = 200;
/// Words that are kept.
const KEPT: usize = 48;
/// Of these, the weightiest whose pairs are keys.
const KEYS: usize = 8;
/// The sum of squares of the weights.
const UNIT: f64 = 10_000.0;

/// What is kept of an article to find its story: about 300 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Day of publication, counted from 1970-01-01; absent where it is not known.
    pub day: Option<i32>,
    /// The weightiest words: the hash of a stem and its weight, by hash. The squares of the weights add up to 10⁸.
    pub words: Vec<(u32, u16)>,
}

impl Profile {
    /// The profile of an article: its title, where it has one, its text, and its day of publication, counted from 1970-01-01.
    pub fn of(title: Option<&str>, text: &str, day: Option<i32>) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in title.into_iter().flat_map(words).chain(words(text)).take(LEAD) {
            *counts.entry(stem(word)).or_default() += 1;
        }
        let mut weighted: Vec<(f64, u32)> = counts
            .iter()
            .filter(|(stem, _)| stem.chars().count() > 1)
            .map(|(stem, count)| ((1.0 + f64::from(*count).ln()) * weight(stem), hash(&[stem]) as u32))
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        weighted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        weighted.truncate(KEPT);
        let length = weighted.iter().map(|(w, _)| w * w).sum::<f64>().sqrt();
        let mut words: Vec<(u32, u16)> = weighted.into_iter().map(|(w, hash)| (hash, (w / length * UNIT).round() as u16)).collect();
        words.sort_unstable();
        Self { day, words }
    }

    /// The cosine of the two lists of words, in ten-thousandths.
    pub fn cosine(&self, other: &Self) -> Likeness {
        let (mut a, mut b, mut sum) = (self.words.iter().peekable(), other.words.iter().peekable(), 0i64);
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => a.next(),
                std::cmp::Ordering::Greater => b.next(),
                std::cmp::Ordering::Equal => {
                    sum += i64::from(x.1) * i64::from(y.1);
                    a.next();
                    b.next()
                }
            };
        }
        (sum / 10_000).min(SAME.into()) as Likeness
    }

    /// The hashes of the weightiest words, the weightiest first.
    pub(crate) fn weightiest(&self, count: usize) -> Vec<u32> {
        let mut words = self.words.clone();
        words.sort_unstable_by_key(|(hash, weight)| (std::cmp::Reverse(*weight), *hash));
        words.into_iter().take(count).map(|(hash, _)| hash).collect()
    }
}

impl Comparable for Profile {
    /// Where B-cubed F1 was best on the training topics of ECB+ (66 stories).
    const ENOUGH: Likeness = 2_000;

    fn keys(&self) -> Vec<u64> {
        let mut words = self.weightiest(KEYS);
        words.sort_unstable();
        let pairs = words.iter().enumerate().flat_map(|(at, a)| words[..at].iter().map(move |b| (*a, *b)));
        pairs.map(|(a, b)| hash_numbers(&[a.into(), b.into()])).collect()
    }

    fn likeness(&self, other: &Self) -> Likeness {
        self.cosine(other) * nearness(self.day, other.day) / 100
    }
}

/// What a likeness keeps, in hundredths, when this many days lie between: all up to ten days, 70 after ninety. Days of publication that pages give are often wrong, so they
/// speak against a story and do not rule it out.
fn nearness(a: Option<i32>, b: Option<i32>) -> i32 {
    match (a, b) {
        (Some(a), Some(b)) => 100 - (i64::from(a).abs_diff(b.into()).clamp(10, 90) as i32 - 10) * 30 / 80,
        _ => 100,
    }
}

const _: () = assert!(SAME == 10_000, "cosines are in the units of likeness");
