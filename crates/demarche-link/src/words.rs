//! The words of a text, brought to one form, and how much each tells.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Share of news articles that a word of the table stands in. Words that fewer than three stories of the tabulated corpora have are left out:
/// they count as rare. Made by the example `frequencies` from what `bench/ecbplus.py` writes.
const TABLE: &str = include_str!("frequencies.tsv");

/// The share that every word outside the table counts with.
const RARE: f64 = 0.003;

static SHARES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(w, s)| Some((w, s.parse().ok()?)))
        .collect()
});

/// Forms of common verbs of news that no ending gives away, with their base.
const FORMS: &str = include_str!("irregular.tsv");

static IRREGULAR: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| FORMS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect());

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
    if let Some(base) = IRREGULAR.get(word.as_str()) {
        word = (*base).to_owned();
    }
    let long = |word: &str, more_than: usize| word.chars().count() > more_than;
    if long(&word, 5) && (word.ends_with("ies") || word.ends_with("ied")) {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if long(&word, 4) && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    if long(&word, 5) && word.ends_with("ing") {
        word.truncate(word.len() - 3);
        undouble(&mut word);
    } else if long(&word, 4) && word.ends_with("ed") {
        word.truncate(word.len() - 2);
        undouble(&mut word);
    } else if long(&word, 3) && word.ends_with('e') {
        word.pop();
    }
    word
}

/// "plann" of "planned" → "plan"; "kill" and "miss" stay.
fn undouble(word: &mut String) {
    let last = word.as_bytes();
    if last.len() > 3
        && last[last.len() - 1] == last[last.len() - 2]
        && matches!(last[last.len() - 1], b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't')
    {
        word.pop();
    }
}

/// How much a stem tells: the logarithm of one over its share of articles; 0 for a word that half of all articles have.
pub(crate) fn weight(stem: &str) -> f64 {
    let share = SHARES.get(stem).copied().unwrap_or(RARE).max(RARE);
    if share >= 0.5 { 0.0 } else { -share.ln() }
}

/// The weight of the rarest words.
pub(crate) fn most() -> f64 {
    -RARE.ln()
}

/// Whether so many articles have a stem that it tells no name or trigger from another.
pub(crate) fn is_common(stem: &str) -> bool {
    weight(stem) < 1.5
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
        for (a, b) in [
            ("attacks", "attacked"),
            ("Kyiv’s", "Kyiv"),
            ("talks", "talking"),
            ("ministries", "ministry"),
            ("missiles", "missile"),
            ("charges", "charged"),
            ("planned", "plan"),
            ("met", "meeting"),
            ("struck", "strikes"),
            ("denied", "denies"),
        ] {
            assert_eq!(stem(a), stem(b));
        }
        assert_ne!(stem("bus"), stem("bu"));
        assert_eq!(stem("press"), "press");
    }

    #[test]
    fn rare_words_tell_more() {
        let tells = |word: &str| weight(&stem(word));
        assert!(tells("the") < 0.01);
        assert!(tells("said") < tells("missile"));
        assert!(tells("Zaporizhzhia") > 5.0);
    }
}
