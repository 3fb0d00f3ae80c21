//! Nouns and noun phrases that describe actors ("riot police", "lawmaker"), with their sectors.

use std::collections::HashMap;

use demarche_record::Kind;

use crate::fold;
use crate::table::{Problem, rows};

/// The sector codes of the coding frame.
pub(crate) const SECTORS: [&str; 28] = [
    "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "SPY", "UAF", "CRM", "CVL", "REF", "BUS", "LAB", "AGR", "EDU", "REL",
    "MED", "JRN", "SOC", "ELI", "PRE", "IGO", "NGO", "MNC", "UNK",
];

/// What a noun says about an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Sector codes, the main one first.
    pub sectors: Vec<String>,
    /// Person, group or organisation.
    pub kind: Kind,
}

/// The table, indexed by phrase.
#[derive(Debug, Default)]
pub struct Sectors {
    phrases: HashMap<String, Described>,
    longest: usize,
}

impl Sectors {
    pub(crate) fn read(table: (&str, &str), problems: &mut Vec<Problem>) -> Self {
        let mut out = Self::default();
        rows(table.0, table.1, |row| {
            let sectors: Vec<String> = row.list("sectors").map(str::to_owned).collect();
            for s in sectors.iter().filter(|s| !SECTORS.contains(&s.as_str())) {
                problems.push(row.problem(format!("'{s}' is no sector code")));
            }
            let kind = match row.get("kind") {
                "person" => Kind::Person,
                "group" => Kind::Group,
                "organisation" => Kind::Organisation,
                other => {
                    problems.push(row.problem(format!("'{other}' is no kind: write person, group or organisation")));
                    Kind::Unknown
                }
            };
            let phrase = fold(row.get("text"));
            out.longest = out.longest.max(phrase.split(' ').count());
            out.phrases.entry(phrase).or_insert(Described { sectors, kind });
        });
        out
    }

    /// The longest listed phrase that contains word `head` of `words`; `lemmas` are the words' dictionary forms.
    pub fn describe(&self, words: &[&str], lemmas: &[&str], head: usize) -> Option<&Described> {
        for length in (1..=self.longest.min(words.len())).rev() {
            for first in (head + 1).saturating_sub(length)..=head.min(words.len() - length) {
                let last = first + length - 1;
                let as_written = fold(&words[first..=last].join(" "));
                let with_lemma = fold(&[&words[first..last], &lemmas[last..=last]].concat().join(" "));
                let head_lemma = fold(&(first..=last).map(|i| if i == head { lemmas[i] } else { words[i] }).collect::<Vec<_>>().join(" "));
                if let Some(found) = [as_written, with_lemma, head_lemma].iter().find_map(|p| self.phrases.get(p)) {
                    return Some(found);
                }
            }
        }
        None
    }
}
