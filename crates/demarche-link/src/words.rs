//! The words of a text, brought to one form, and how much each tells.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Share of news articles that a word of the table stands in. Words that fewer than three stories of the tabulated corpora have are left out:
/// they count as rare. Made by `training/link/frequencies.py`.
const TABLE: &str = include_str!("frequencies.tsv");

/// The share that every word outside the table counts with.
const RARE: f64 = 0.003;

static SHARES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).filter_map(|(w, s)| Some((w, s.parse().ok()?))).collect()
});

/// The words of a text in order, as written: runs of letters and digits, with an apostrophe inside.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || is_apostrophe(c))).map(|w| w.trim_matches(is_apostrophe)).filter(|w| !w.is_empty())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// A word in lower case without the endings of number, tense and possession: rough, the same for all forms of most words.
pub fn stem(word: &str) -> String {
    let mut word = word.to_lowercase();
    if let Some(at) = word.find(is_apostrophe) {
        word.truncate(at);
    }
    let long = |word: &str, more_than: usize| word.chars().count() > more_than;
    if long(&word, 5) && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if long(&word, 4) && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    if long(&word, 5) && word.ends_with("ing") {
        word.truncate(word.len() - 3);
    } else if long(&word, 4) && word.ends_with("ed") {
        word.truncate(word.len() - 2);
    }
    word
}

/// How much a stem tells: the logarithm of one over its share of articles; 0 for a word that half of all articles have.
pub(crate) fn weight(stem: &str) -> f64 {
    let share = SHARES.get(stem).copied().unwrap_or(RARE).max(RARE);
    if share >= 0.5 { 0.0 } else { -share.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<&str> = words("“It's 3.5% — Kyiv’s ‘offer’,” she said.").collect();
        assert_eq!(found, ["It's", "3", "5", "Kyiv’s", "offer", "she", "said"]);
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (a, b) in [("attacks", "attacked"), ("Kyiv’s", "Kyiv"), ("talks", "talking"), ("ministries", "ministry"), ("missiles", "missile")] {
            assert_eq!(stem(a), stem(b));
        }
        assert_ne!(stem("bus"), stem("bu"));
        assert_eq!(stem("press"), "press");
    }

    #[test]
    fn rare_words_tell_more() {
        assert!(weight("the") < 0.01);
        assert!(weight("said") < weight("missile"));
        assert!(weight("zaporizhzhia") > 5.0);
    }
}
