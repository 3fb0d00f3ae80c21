//! Where a text names places.

use std::collections::HashSet;

use demarche_language::{AnalysedSentence, Analysis, NameKind, Word};
use demarche_record::Span;

use crate::candidates::candidates;
use crate::words::{BEFORE, BODIES, FEATURES, NO_PLACE, ROADS, SEATED};
use crate::{Gazetteer, fold};

/// A name of a place in a text, or of a people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in code points.
    pub span: Span,
    /// Whether it names the people or is the adjective ("Kenyan").
    pub demonym: bool,
}

/// The place names and demonyms of an analysed text, in its order, none overlapping another.
pub fn find(analysis: &Analysis) -> Vec<Mention> {
    let mut finder = Finder { gazetteer: Gazetteer::shipped(), persons: persons(analysis) };
    let mut found: Vec<Found> = analysis.sentences.iter().map(|s| finder.named(s)).collect();
    // Names that the recogniser saw once are seen everywhere, except within names of persons.
    let sure: HashSet<String> = analysis
        .sentences
        .iter()
        .zip(&found)
        .flat_map(|(s, f)| f.iter().filter(|m| !m.2).map(|m| fold(&words(s, m.0, m.1))).collect::<Vec<_>>())
        .filter(|w| w.len() > 2)
        .collect();
    for name in &sure {
        finder.persons.remove(name);
    }
    for (sentence, found) in analysis.sentences.iter().zip(&mut found) {
        Finder::again(sentence, &sure, found);
        finder.by_context(sentence, found);
        found.sort_unstable();
    }
    let mut out: Vec<Mention> = Vec::new();
    for (sentence, found) in analysis.sentences.iter().zip(found) {
        for (first, last, demonym) in found {
            let mut span = Span::new(sentence.words[first].span.start, sentence.words[last].span.end);
            // The dot of "W.Va." and "U.S." belongs to the name, also where it ends the sentence.
            if analysis.text.get(span.end) == Some(&'.') && finder.is_dotted(&analysis.slice(span)) {
                span.end += 1;
            }
            if out.last().is_none_or(|before| before.span.end <= span.start) {
                out.push(Mention { span, demonym });
            }
        }
    }
    out
}

/// The last words of the names of persons.
fn persons(analysis: &Analysis) -> HashSet<String> {
    let mut out = HashSet::new();
    for sentence in &analysis.sentences {
        for name in sentence.names.iter().filter(|n| n.kind == NameKind::Person && n.last > n.first) {
            out.insert(fold(&sentence.words[name.last].text));
        }
    }
    out
}

struct Finder {
    gazetteer: Gazetteer,
    /// Folded surnames of the text that nothing shows to be places too.
    persons: HashSet<String>,
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

fn preposition_before(sentence: &AnalysedSentence, first: usize) -> bool {
    let before = |n: usize| first.checked_sub(n).map(|i| sentence.words[i].text.to_lowercase());
    let is = |w: Option<String>| w.is_some_and(|w| BEFORE.holds(&w));
    is(before(1)) || before(1).as_deref() == Some("the") && is(before(2))
}

impl Finder {
    fn known(&self, text: &str) -> bool {
        !candidates(self.gazetteer, text, false).is_empty()
    }

    fn demonym(&self, text: &str) -> bool {
        !candidates(self.gazetteer, text, true).is_empty()
    }

    /// Whether the words are an abbreviation that is written with a dot at its end.
    fn is_dotted(&self, text: &str) -> bool {
        let letters: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        let code = letters.len() <= 5
            && (!self.gazetteer.lookup(&format!(",{letters}")).is_empty() || !self.gazetteer.lookup(&format!("={letters}")).is_empty());
        code && (text.contains('.') || letters.chars().any(char::is_lowercase))
            && !text.ends_with('.')
            && self.gazetteer.lookup(&fold(text)).iter().all(|r| r.alternate)
    }

    /// What the recogniser names.
    fn named(&self, sentence: &AnalysedSentence) -> Found {
        let mut found = Vec::new();
        for name in &sentence.names {
            let (mut first, mut last) = (name.first, name.last);
            while first < last
                && !capital(&sentence.words[first])
                && !sentence.words[first].text.starts_with(|c: char| c.is_ascii_digit())
                && !matches!(sentence.words[first].text.as_str(), "al" | "el" | "de")
            {
                first += 1;
            }
            if first < last && matches!(sentence.words[first].text.as_str(), "the" | "The" | "THE") {
                first += 1;
            }
            while first < last
                && (matches!(&*sentence.words[last].upos, "PUNCT" | "PART") || matches!(sentence.words[last].text.as_str(), "'s" | "’s"))
            {
                last -= 1;
            }
            match name.kind {
                NameKind::Place | NameKind::Facility => {
                    let text = words(sentence, first, last);
                    if self.demonym(&text) && !self.known(&text) {
                        found.push((first, last, true));
                    } else {
                        self.split(sentence, first, last, name.score, &mut found);
                    }
                }
                NameKind::Adherence => {
                    let text = words(sentence, first, last);
                    if text.chars().all(|c| !c.is_lowercase()) && self.unit(&text) {
                        // "U.S. troops": the abbreviation is the country's name.
                        found.push((first, last, false));
                    } else if let Some(i) = (first..=last).find(|i| self.demonym(&sentence.words[*i].text)) {
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
    fn split(&self, sentence: &AnalysedSentence, first: usize, last: usize, score: f32, found: &mut Found) {
        let mut from = first;
        for i in first..=last + 1 {
            if i > last || sentence.words[i].text == "," {
                if i > from {
                    let (first, last) = grown(sentence, from, i - 1);
                    if free(found, first, last) && self.is_place(sentence, first, last, score) {
                        found.push((first, last, false));
                    }
                }
                from = i + 1;
            }
        }
    }

    /// Whether what the recogniser calls a place may be one: no common noun, no surname of the text, and not both unknown and doubtful.
    fn is_place(&self, sentence: &AnalysedSentence, first: usize, last: usize, score: f32) -> bool {
        let text = words(sentence, first, last);
        let folded = fold(&text);
        if NO_PLACE.holds(&folded) || !text.chars().any(char::is_uppercase) || folded.len() < 2 {
            return false;
        }
        let after = sentence.words.get(last + 1).map_or("", |w| w.text.as_str());
        let strong =
            preposition_before(sentence, first) || after == "," && sentence.words.get(last + 2).is_some_and(|w| self.unit(&w.text));
        if strong {
            return true;
        }
        if first == last && self.persons.contains(&folded) {
            return false;
        }
        first < last || self.known(&text) || score >= 0.9
    }

    /// The place that a body's name begins with, where a word for a body follows.
    fn seat(&self, sentence: &AnalysedSentence, first: usize, last: usize, found: &mut Found) {
        for end in (first..last).rev() {
            let next = sentence.words[end + 1].text.to_lowercase();
            let name = words(sentence, first, end);
            if BODIES.holds(&next) && end - first < 4 && self.known(&name) && !NO_PLACE.holds(&fold(&name)) {
                let (first, last) = grown(sentence, first, end);
                found.push((first, last, false));
                return;
            }
        }
        // "University of Georgia", "Bank of Canada": the unit that a body is of.
        let of = (first + 1..last).rev().find(|i| matches!(sentence.words[*i].text.as_str(), "of" | "in"));
        if let Some(of) = of
            && self.unit(&words(sentence, of + 1, last))
        {
            found.push((of + 1, last, false));
            return;
        }
        if let Some(i) = (first..=last).find(|i| self.demonym(&sentence.words[*i].text)) {
            found.push((i, i, true));
        }
    }

    /// Names that stand elsewhere in the text as places.
    fn again(sentence: &AnalysedSentence, sure: &HashSet<String>, found: &mut Found) {
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
                    let (first, last) = grown(sentence, first, last);
                    if free(found, first, last) {
                        found.push((first, last, false));
                    }
                    break;
                }
            }
        }
    }

    /// Capitalised words of the gazetteer with "in" before them, or a known unit after, or that are long enough to be nothing else; units after a
    /// known place.
    fn by_context(&self, sentence: &AnalysedSentence, found: &mut Found) {
        let count = sentence.words.len();
        let text = |i: usize| sentence.words.get(i).map_or("", |w| w.text.as_str());
        for first in 0..count {
            let word = &sentence.words[first];
            if !capital(word) || matches!(word.text.as_str(), "The" | "THE") {
                continue;
            }
            // "Atlanta, Ga."
            let after_comma = first > 1 && text(first - 1) == "," && found.iter().any(|f| f.1 + 2 == first && !f.2);
            let preposition = preposition_before(sentence, first);
            for last in (first..(first + 5).min(count)).rev() {
                let inner = |i: usize| {
                    capital(&sentence.words[i])
                        || i > first && i < last && matches!(text(i), "of" | "the" | "and" | "de" | "-" | "al" | "la")
                };
                if (first..=last).any(|i| !inner(i)) {
                    continue;
                }
                // A longer name of the gazetteer takes the place of its parts.
                let over = found.iter().filter(|f| f.0 <= last && first <= f.1).copied().collect::<Vec<_>>();
                if over.iter().any(|f| f.2 || f.0 < first || f.1 > last || f.1 - f.0 >= last - first) {
                    continue;
                }
                let name = words(sentence, first, last);
                let longer = last + 1 < count && capital(&sentence.words[last + 1]) && &*sentence.words[last + 1].upos == "PROPN";
                let unit_after = text(last + 1) == "," && self.unit(text(last + 2));
                let named = inside_name(sentence, first, last);
                let body_after = SEATED.holds(text(last + 1));
                let fits = if NO_PLACE.holds(&fold(&name)) {
                    false
                } else if last > first {
                    !named && self.named_so(&name, 100) || after_comma && self.unit(&name) || unit_after && self.known(&name)
                } else {
                    after_comma && self.unit(&name)
                        || unit_after && self.known(&name)
                        || !longer
                            && !named
                            && &*word.upos == "PROPN"
                            && ((preposition || body_after) && self.named_so(&name, 145) || self.unit(&name))
                };
                if fits {
                    found.retain(|f| f.1 < first || last < f.0);
                    let (first, last) = grown(sentence, first, last);
                    found.push((first, last, false));
                    break;
                }
            }
            let adjective = matches!(&*word.upos, "ADJ" | "PROPN" | "NOUN") && word.text.len() > 3;
            if adjective && free(found, first, first) && !inside_name(sentence, first, first) && self.demonym(&word.text) {
                found.push((first, first, true));
            }
        }
    }

    /// Whether the words name a state of a federation, a province or a country.
    fn unit(&self, text: &str) -> bool {
        candidates(self.gazetteer, text, false).iter().any(|c| matches!(c.entry.kind.name(), "admin1" | "country") && !c.alternate)
    }

    /// Whether exactly these words are the name of a place of at least that size.
    fn named_so(&self, text: &str, size: u8) -> bool {
        self.gazetteer.lookup(&fold(text)).iter().any(|r| !r.alternate && self.gazetteer.entry(r.id).size >= size)
    }
}

/// A name with the capitalised noun after it that belongs to it ("Laurel" → "Laurel County"), and the number of a road.
fn grown(sentence: &AnalysedSentence, first: usize, mut last: usize) -> (usize, usize) {
    if let Some(next) = sentence.words.get(last + 1) {
        let adjacent = next.span.start <= sentence.words[last].span.end + 1;
        let lower = next.text.to_lowercase();
        let noun = adjacent
            && capital(next)
            && FEATURES.holds(lower.trim_end_matches('.'))
            && !FEATURES.holds(&sentence.words[last].text.to_lowercase());
        let number =
            first == last && ROADS.holds(&sentence.words[last].text.to_lowercase()) && next.text.chars().all(|c| c.is_ascii_digit());
        if noun || number {
            last += 1;
        }
    }
    (first, last)
}

/// Whether the words belong to a name of a person, a body or an event.
fn inside_name(sentence: &AnalysedSentence, first: usize, last: usize) -> bool {
    sentence
        .names
        .iter()
        .any(|n| n.first <= last && first <= n.last && matches!(n.kind, NameKind::Person | NameKind::Event | NameKind::Organisation))
}
