//! Nouns and noun phrases that describe actors ("riot police", "lawmaker"), with their sectors.

use demarche_record::Kind;

use crate::fold::fold;
use crate::index::read::{Index, Keys, Rows};
use crate::index::{Part, SECTOR_WIDTH};
use crate::table::items;

/// The sector codes of the coding frame.
pub const SECTORS: [&str; 28] = [
    "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "SPY", "UAF", "CRM", "CVL", "REF", "BUS", "LAB", "AGR", "EDU", "REL",
    "MED", "JRN", "SOC", "ELI", "PRE", "IGO", "NGO", "MNC", "UNK",
];

/// What a noun says about an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described<'a> {
    /// The phrase as the table writes it.
    pub text: &'a str,
    /// Sector codes, the main one first.
    pub sectors: Vec<&'a str>,
    /// Person, group or organisation.
    pub kind: Kind,
}

/// The table, indexed by phrase.
pub struct Sectors {
    rows: Rows,
    texts: Keys,
    longest: usize,
}

impl Sectors {
    pub(crate) fn of(index: &Index) -> Self {
        let rows = index.rows(Part::Sectors, SECTOR_WIDTH);
        let longest = (0..rows.len()).map(|row| rows.cell(row, 3) as usize).max().unwrap_or(0);
        Self { rows, texts: index.keys(Part::SectorTexts), longest }
    }

    fn described(&self, row: usize) -> Described<'_> {
        let kind = match self.rows.text(row, 2) {
            "person" => Kind::Person,
            "group" => Kind::Group,
            "organisation" => Kind::Organisation,
            _ => Kind::Unknown,
        };
        Described { text: self.rows.text(row, 0), sectors: items(self.rows.text(row, 1)).collect(), kind }
    }

    /// What exactly this phrase says.
    pub fn get(&self, phrase: &str) -> Option<Described<'_>> {
        self.texts.get(&fold(phrase)).next().map(|row| self.described(row))
    }

    /// The longest listed phrase that contains word `head` of `words`; `lemmas` are the words' dictionary forms.
    pub fn describe(&self, words: &[&str], lemmas: &[&str], head: usize) -> Option<Described<'_>> {
        for length in (1..=self.longest.min(words.len())).rev() {
            for first in (head + 1).saturating_sub(length)..=head.min(words.len() - length) {
                let last = first + length - 1;
                let find = |lemma_at: Option<usize>| {
                    let phrase: Vec<&str> = (first..=last).map(|i| if Some(i) == lemma_at { lemmas[i] } else { words[i] }).collect();
                    self.get(&phrase.join(" "))
                };
                let inflected = |i: usize| lemmas[i] != words[i];
                let found = find(None)
                    .or_else(|| find(Some(last)).filter(|_| inflected(last)))
                    .or_else(|| find(Some(head)).filter(|_| head != last && inflected(head)));
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::Knowledge;

    fn check(phrase: &str, head: usize, expect: &[&str]) {
        let knowledge = Knowledge::load();
        let words: Vec<&str> = phrase.split(' ').collect();
        let sectors = knowledge.sectors.describe(&words, &words, head).map(|d| d.sectors).unwrap_or_default();
        assert_eq!(sectors, expect, "of {phrase:?}");
    }

    #[test]
    fn the_longest_phrase_decides() {
        check("riot police", 1, &["COP"]);
        check("the foreign minister", 2, &["GOV"]);
        check("a blue teapot", 2, &[]);
    }
}
