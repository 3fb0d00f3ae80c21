//! The table of cues: which words show that somebody says, thinks, wants or feels something, and where its content stands.

use std::collections::HashMap;
use std::sync::LazyLock;

use demarche_language::AnalysedSentence;

const TABLE: &str = include_str!("cues.tsv");

/// What a cue takes as its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a cue can take any of them")]
pub(crate) struct Takes {
    /// A clause or a quotation.
    pub(crate) clause: bool,
    /// "to" and a verb, with the object before it.
    pub(crate) infinitive: bool,
    /// Its object.
    pub(crate) object: bool,
    /// An object with what it is called.
    pub(crate) named: bool,
    /// What follows these prepositions.
    pub(crate) after: Vec<&'static str>,
}

impl Takes {
    fn read(cell: &'static str) -> Self {
        let mut takes = Self::default();
        takes.add(cell);
        takes
    }

    fn add(&mut self, cell: &'static str) {
        for word in cell.split(' ') {
            match word {
                "clause" => self.clause = true,
                "infinitive" => self.infinitive = true,
                "object" => self.object = true,
                "named" => self.named = true,
                preposition => self.after.push(preposition),
            }
        }
    }
}

/// What a cue takes that the table does not hold: anything a verb of saying can take.
pub(crate) static ANYTHING: LazyLock<Takes> =
    LazyLock::new(|| Takes::read("clause infinitive object of for on about against to with at over"));

/// A clause or a quotation, and nothing else.
pub(crate) static CLAUSE: LazyLock<Takes> = LazyLock::new(|| Takes::read("clause"));

/// By part of speech and word.
static WORDS: LazyLock<HashMap<&str, HashMap<&str, Takes>>> = LazyLock::new(|| {
    let mut out: HashMap<&str, HashMap<&str, Takes>> = HashMap::new();
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(part), Some(takes), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
        for word in words.split(' ') {
            out.entry(part).or_default().entry(stem(word)).or_default().add(takes);
        }
    }
    out
});

/// A dictionary form without its last "e", which learned lemmas of unknown words may lack or have too many of ("outlin", "vowe").
fn stem(lemma: &str) -> &str {
    lemma.strip_suffix('e').unwrap_or(lemma)
}

/// "plann" for "plan".
fn undoubled(lemma: &str) -> &str {
    let mut ends = lemma.char_indices().rev();
    match (ends.next(), ends.next()) {
        (Some((at, last)), Some((_, before))) if last == before => &lemma[..at],
        _ => lemma,
    }
}

/// What the table says that a word takes.
pub(crate) fn takes(sentence: &AnalysedSentence, word: usize) -> Option<&'static Takes> {
    let word = &sentence.words[word];
    let part = match &*word.upos {
        "VERB" => "verb",
        "NOUN" => "noun",
        "ADJ" => "adjective",
        _ => return None,
    };
    let lemma = word.lemma.to_lowercase();
    let listed = WORDS.get(part)?;
    listed.get(stem(&lemma)).or_else(|| listed.get(undoubled(&lemma)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_part_what_it_takes_and_words() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && ["verb", "noun", "adjective"].contains(&cells[0]), "{line:?}");
            assert!(cells[1..].iter().all(|c| c.split(' ').all(|w| !w.is_empty() && w.chars().all(char::is_lowercase))), "{line:?}");
        }
    }

    #[test]
    fn rows_of_one_word_add_up() {
        let warn = &WORDS["verb"]["warn"];
        assert!(warn.clause && warn.infinitive && warn.after.contains(&"against"));
        assert!(stem("vowe") == stem("vow") && stem("outlin") == stem("outline") && undoubled("plann") == "plan");
        assert!(!WORDS["verb"][stem("say")].object);
    }
}
