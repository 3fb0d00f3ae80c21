//! "Minister: talks go on", "SMITH: I disagree.": headlines and transcripts that name the speaker before a colon.

use demarche_language::{AnalysedSentence, NameKind, Word};
use demarche_record::Span;

use super::Saying;
use crate::coding::Scene;
use crate::tree::{is_nominal, word_is};

/// A label has at most this many words before its colon, and what it labels at least [`LEAST_WORDS`].
const LONGEST_LABEL: usize = 6;
const LEAST_WORDS: usize = 3;

/// Nouns that can stand before a colon for whoever says what follows.
const SOURCES: [&str; 26] = [
    "poll",
    "survey",
    "report",
    "study",
    "official",
    "minister",
    "ministry",
    "president",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "analyst",
    "expert",
    "police",
    "army",
    "military",
    "court",
    "judge",
    "witness",
    "source",
    "chief",
    "leader",
    "governor",
    "senator",
    "question",
    "answer",
];

/// The sayings that a name and a colon at the start of a paragraph show. In a transcript, a label in capitals has the whole paragraph.
pub(super) fn labelled(scene: &Scene<'_>) -> Vec<Saying> {
    let sentences = scene.analysis.sentences.iter().enumerate();
    sentences.filter_map(|(index, sentence)| label(scene, index, sentence)).collect()
}

fn label(scene: &Scene<'_>, index: usize, sentence: &AnalysedSentence) -> Option<Saying> {
    let text = &scene.analysis.text;
    // A transcript may stand in quotation marks.
    let first = usize::from(sentence.words.first().is_some_and(|w| matches!(w.text.as_str(), "\"" | "“")));
    let begins = text[..sentence.span.start].iter().rev().find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| *c == '\n');
    let colon = sentence.words.iter().position(|w| w.text == ":").filter(|k| *k > first && *k <= LONGEST_LABEL)?;
    if !begins
        || sentence.words.len() < colon + 1 + LEAST_WORDS
        || (first..colon).any(|i| word_is(sentence, i, &["VERB", "AUX", "PUNCT", "NUM"]))
    {
        return None;
    }
    let named =
        sentence.names.iter().find(|n| n.first >= first && n.last < colon && matches!(n.kind, NameKind::Person | NameKind::Organisation));
    let capitals =
        sentence.words[first..colon].iter().all(|w| w.text.chars().count() > 2 && w.text.chars().all(|c| c.is_uppercase() || c == '.'));
    let noun = (first..colon).rev().find(|&i| SOURCES.contains(&sentence.words[i].lemma.to_lowercase().as_str()));
    let speaker = match (named, noun) {
        (_, Some(noun)) if noun + 1 == colon => noun,
        (Some(name), _) => {
            (name.first..=name.last).find(|&i| !(name.first..=name.last).contains(&sentence.words[i].head)).unwrap_or(name.last)
        }
        _ if capitals || is_surname(scene, &sentence.words[first..colon]) => (first..colon).find(|&i| is_nominal(sentence, i))?,
        _ => return None,
    };
    let speaker = scene.actors_at(index, speaker).into_iter().next().or_else(|| scene.unresolved(index, speaker))?;
    let start = sentence.words[colon + 1].span.start;
    let paragraph = || start + text[start..].iter().take_while(|c| **c != '\n').count();
    let end = if capitals { paragraph() } else { sentence.span.end };
    Some(Saying {
        sentence: index,
        speaker,
        cue: scene.words(sentence.words[colon].span),
        addressee: None,
        content: Span::new(start, end),
        attribution: Vec::new(),
        learned: true,
    })
}

/// Whether a label is one word that the article elsewhere has in a person's name.
fn is_surname(scene: &Scene<'_>, label: &[Word]) -> bool {
    let [word] = label else { return false };
    let mut names = scene.analysis.sentences.iter().flat_map(|s| s.names.iter().map(move |n| (s, n)));
    names.any(|(s, n)| n.kind == NameKind::Person && n.last > n.first && s.words[n.last].text == word.text)
}
