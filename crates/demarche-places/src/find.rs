//! Where a text names places.

use std::collections::HashSet;

use demarche_language::{AnalysedSentence, Analysis, NameKind, Word};
use demarche_record::Span;

use crate::candidates::candidates;
use crate::{Gazetteer, fold};

/// A name of a place in a text, or of a people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in code points.
    pub span: Span,
    /// Whether it names the people or is the adjective ("Kenyan").
    pub demonym: bool,
}

/// Words after a place's name that make it the seat of a body: "Kano police", "Alexandria City Council".
const BODIES: [&str; 60] = [
    "police", "city", "county", "council", "university", "department", "fire", "school", "schools", "high", "hospital", "court", "sheriff", "sheriff's", "board",
    "chamber", "community", "college", "medical", "regional", "public", "airport", "international", "metropolitan", "municipal", "township", "town", "village",
    "district", "division", "times", "state", "central", "middle", "elementary", "junior", "north", "south", "east", "west", "area", "general", "memorial", "civic",
    "mayor", "parks", "planning", "water", "port", "housing", "health", "independent", "crown", "magistrates", "parish", "fair", "museum", "library", "convention", "planning",
];

/// Prepositions before a place.
const BEFORE: [&str; 14] = ["in", "at", "from", "near", "to", "around", "outside", "across", "of", "into", "through", "throughout", "toward", "via"];

/// The place names and demonyms of an analysed text, in its order, none overlapping another.
pub fn find(analysis: &Analysis) -> Vec<Mention> {
    let finder = Finder { gazetteer: Gazetteer::shipped() };
    let mut found: Vec<Vec<(usize, usize, bool)>> = analysis.sentences.iter().map(|s| finder.named(s)).collect();
    // Names that the recogniser saw once are seen everywhere, except within names of persons.
    let sure: HashSet<String> = analysis
        .sentences
        .iter()
        .zip(&found)
        .flat_map(|(s, f)| f.iter().filter(|m| !m.2).map(|m| fold(&words(s, m.0, m.1))).collect::<Vec<_>>())
        .filter(|w| w.len() > 2)
        .collect();
    for (sentence, found) in analysis.sentences.iter().zip(&mut found) {
        finder.again(sentence, &sure, found);
        finder.by_context(sentence, found);
        found.sort_unstable();
    }
    let mut out: Vec<Mention> = Vec::new();
    for (sentence, found) in analysis.sentences.iter().zip(found) {
        for (first, last, demonym) in found {
            let span = Span::new(sentence.words[first].span.start, sentence.words[last].span.end);
            if out.last().is_none_or(|before| before.span.end <= span.start) {
                out.push(Mention { span, demonym });
            }
        }
    }
    out
}

struct Finder {
    gazetteer: Gazetteer,
}

type Found = Vec<(usize, usize, bool)>;

fn words(sentence: &AnalysedSentence, first: usize, last: usize) -> String {
    let mut out = String::new();
    for (i, word) in sentence.words[first..=last].iter().enumerate() {
        if i > 0 && sentence.words[first + i - 1].span.end < word.span.start {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
    out
}

fn capital(word: &Word) -> bool {
    word.text.chars().next().is_some_and(char::is_uppercase)
}

fn free(found: &Found, first: usize, last: usize) -> bool {
    found.iter().all(|f| last < f.0 || f.1 < first)
}

impl Finder {
    fn known(&self, text: &str) -> bool {
        !candidates(self.gazetteer, text, false).is_empty()
    }

    fn demonym(&self, text: &str) -> bool {
        !candidates(self.gazetteer, text, true).is_empty()
    }

    /// What the recogniser names.
    fn named(&self, sentence: &AnalysedSentence) -> Found {
        let mut found = Vec::new();
        for name in &sentence.names {
            let (mut first, mut last) = (name.first, name.last);
            while first < last && (matches!(&*sentence.words[first].upos, "DET" | "PUNCT") || !capital(&sentence.words[first])) && !self.known(&words(sentence, first, last)) {
                first += 1;
            }
            if first < last && matches!(sentence.words[first].text.as_str(), "the" | "The" | "THE") {
                first += 1;
            }
            while first < last && (matches!(&*sentence.words[last].upos, "PUNCT" | "PART") || matches!(sentence.words[last].text.as_str(), "'s" | "’s")) {
                last -= 1;
            }
            match name.kind {
                NameKind::Place | NameKind::Facility => {
                    if self.demonym(&words(sentence, first, last)) && !self.known(&words(sentence, first, last)) {
                        found.push((first, last, true));
                    } else {
                        self.split(sentence, first, last, &mut found);
                    }
                }
                NameKind::Adherence => {
                    if let Some(i) = (first..=last).find(|i| self.demonym(&sentence.words[*i].text)) {
                        found.push((i, i, true));
                    } else if self.demonym(&words(sentence, first, last)) {
                        found.push((first, last, true));
                    }
                }
                NameKind::Organisation => self.seat(sentence, first, last, &mut found),
                NameKind::Person | NameKind::Event => {}
            }
        }
        found
    }

    /// A name with commas inside names several places.
    fn split(&self, sentence: &AnalysedSentence, first: usize, last: usize, found: &mut Found) {
        let mut from = first;
        for i in first..=last + 1 {
            if i > last || sentence.words[i].text == "," {
                if i > from {
                    found.push((from, i - 1, false));
                }
                from = i + 1;
            }
        }
    }

    /// The place that a body's name begins with, where a word for a body follows.
    fn seat(&self, sentence: &AnalysedSentence, first: usize, last: usize, found: &mut Found) {
        for end in (first..last).rev() {
            let next = sentence.words[end + 1].text.to_lowercase();
            let name = words(sentence, first, end);
            if BODIES.contains(&next.as_str()) && end - first < 4 && self.known(&name) {
                found.push((first, end, false));
                return;
            }
        }
        if let Some(i) = (first..=last).find(|i| self.demonym(&sentence.words[*i].text)) {
            found.push((i, i, true));
        }
    }

    /// Names that stand elsewhere in the text as places.
    fn again(&self, sentence: &AnalysedSentence, sure: &HashSet<String>, found: &mut Found) {
        let count = sentence.words.len();
        for first in 0..count {
            if !capital(&sentence.words[first]) {
                continue;
            }
            for last in (first..(first + 4).min(count)).rev() {
                if !capital(&sentence.words[last]) || !free(found, first, last) || inside_name(sentence, first, last) {
                    continue;
                }
                if sure.contains(&fold(&words(sentence, first, last))) {
                    found.push((first, last, false));
                    break;
                }
            }
        }
    }

    /// Capitalised words of the gazetteer with "in" before them or a known unit after; units after a known place.
    fn by_context(&self, sentence: &AnalysedSentence, found: &mut Found) {
        let count = sentence.words.len();
        let text = |i: usize| sentence.words.get(i).map_or("", |w| w.text.as_str());
        for first in 0..count {
            let word = &sentence.words[first];
            if !capital(word) || !free(found, first, first) {
                continue;
            }
            // "Atlanta, Ga."
            let after_comma = first > 1 && text(first - 1) == "," && found.iter().any(|f| f.1 + 2 == first && !f.2);
            let preposition = first > 0 && BEFORE.contains(&text(first - 1).to_lowercase().as_str());
            for last in (first..(first + 4).min(count)).rev() {
                if (first..=last).any(|i| !capital(&sentence.words[i])) || !free(found, first, last) {
                    continue;
                }
                let name = words(sentence, first, last);
                let longer = last + 1 < count && capital(&sentence.words[last + 1]) && &*sentence.words[last + 1].upos == "PROPN";
                let unit_after = text(last + 1) == "," && self.unit(text(last + 2));
                let named = sentence.names.iter().any(|n| n.first <= last && first <= n.last);
                let fits = after_comma && self.unit(&name)
                    || unit_after && self.known(&name)
                    || preposition && !longer && !named && &*word.upos == "PROPN" && self.well_known(&name);
                if fits {
                    found.push((first, last, false));
                    break;
                }
            }
            if free(found, first, first) && !inside_name(sentence, first, first) && matches!(&*word.upos, "ADJ" | "PROPN" | "NOUN") && word.text.len() > 3 && self.demonym(&word.text) {
                found.push((first, first, true));
            }
        }
    }

    /// Whether the words name a state of a federation, a province or a country.
    fn unit(&self, text: &str) -> bool {
        candidates(self.gazetteer, text, false).iter().any(|c| matches!(c.entry.kind.name(), "admin1" | "country") && !c.alternate)
    }

    fn well_known(&self, text: &str) -> bool {
        candidates(self.gazetteer, text, false).iter().any(|c| c.entry.size >= 145 && !c.alternate)
    }
}

/// Whether the words belong to a name of a person, a body or an event.
fn inside_name(sentence: &AnalysedSentence, first: usize, last: usize) -> bool {
    sentence.names.iter().any(|n| n.first <= last && first <= n.last && matches!(n.kind, NameKind::Person | NameKind::Event | NameKind::Organisation))
}
