//! The relation between two marked spans: which of the 16 types, with what probability.
//!
//! Every word that may name an event votes for its types. A vote counts by how well the marked spans fit the word's parts: the source as its
//! actor, the target as its recipient. The constants were fitted on the development part of the training set, never on an outside set.

use demarche_language::{AnalysedSentence, Analysis, RoleKind};
use demarche_record::{EventType, Span};

use crate::round;

/// A word counts a little even where the source is not its actor, or the target not its recipient.
const ACTOR_FLOOR: f64 = 0.02;
const RECIPIENT_FLOOR: f64 = 0.1;
/// Where all take part alike, the target may stand in the actor's part: worth this much of a recipient.
const ALIKE: f64 = 0.5;
/// What a word says counts less with every step below the sentence's main word: "agreed to withdraw" is agreed.
const DEEPER: f64 = 0.9;
/// Votes are softened by this power: the heads are surer than they are right.
const SOFTER: f64 = 0.8;
/// What every type has before any word is heard, so that there is always a best guess.
const PRIOR: f64 = 1e-4;

/// The relation between a source and a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The likeliest type.
    pub event: EventType,
    /// Its modes, as the word says that speaks for it most.
    pub modes: Vec<String>,
    /// Probability of each type in the order of [`EventType::ALL`], three decimals.
    pub scores: [f64; 16],
}

/// The relation between two spans of a text, either of which may be missing. The text must have been analysed with scores
/// ([`demarche_language::Analyser::with_scores`]); else all types are equally likely.
pub fn relation(analysis: &Analysis, source: Option<Span>, target: Option<Span>) -> Relation {
    let mut votes = [PRIOR; 16];
    // The heaviest vote for each type: its weight, sentence and word.
    let mut heaviest = [(0.0, 0, 0); 16];
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let scores = &sentence.scores;
        let (sources, targets) = (words_in(sentence, source), words_in(sentence, target));
        let marked = source.is_some() || target.is_some();
        if marked && sources.is_empty() && targets.is_empty() {
            continue;
        }
        for (word, types) in scores.types.iter().enumerate() {
            let likeliest = |kind, words: &[usize]| words.iter().map(|w| f64::from(scores.part(kind, word, *w))).fold(0.0, f64::max);
            let depth = DEEPER.powi(depth(sentence, word));
            let acts = if sources.is_empty() { 1.0 } else { ACTOR_FLOOR + likeliest(RoleKind::Actor, &sources) };
            let suffers = RECIPIENT_FLOOR + likeliest(RoleKind::Recipient, &targets);
            let joins = ALIKE * likeliest(RoleKind::Actor, &targets);
            for (k, event) in EventType::ALL.into_iter().enumerate() {
                let meets = match (targets.is_empty(), is_mutual(event)) {
                    (true, _) => 1.0,
                    (false, true) => suffers + joins,
                    (false, false) => suffers,
                };
                let vote = f64::from(types[k]) * depth * acts * meets;
                votes[k] += vote;
                if vote > heaviest[k].0 {
                    heaviest[k] = (vote, index, word);
                }
            }
        }
    }
    let votes = votes.map(|v| v.powf(SOFTER));
    let sum: f64 = votes.iter().sum();
    let best = (0..16).fold(0, |best, k| if votes[k] > votes[best] { k } else { best });
    let event = EventType::ALL[best];
    let (weight, index, word) = heaviest[best];
    let modes = analysis.sentences.get(index).filter(|_| weight > 0.0).map(|s| s.scores.modes(word, event)).unwrap_or_default();
    let modes = modes.into_iter().filter(|(_, p)| *p >= crate::events::LEAST_MODE).map(|(m, _)| m).collect();
    Relation { event, modes, scores: votes.map(|v| round(v / sum)) }
}

/// Types in which both sides can do the same.
fn is_mutual(event: EventType) -> bool {
    matches!(event, EventType::Agree | EventType::Consult | EventType::Support | EventType::Cooperate)
}

fn words_in(sentence: &AnalysedSentence, span: Option<Span>) -> Vec<usize> {
    let Some(span) = span else { return Vec::new() };
    (0..sentence.words.len()).filter(|&i| sentence.words[i].span.overlaps(span)).collect()
}

/// Steps to the sentence's main word.
fn depth(sentence: &AnalysedSentence, word: usize) -> i32 {
    let (mut at, mut steps) = (word, 0);
    while sentence.words[at].head != at && steps < 60 {
        at = sentence.words[at].head;
        steps += 1;
    }
    steps
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use demarche_language::Analyser;

    use super::*;

    /// `text` marks the source `<…>` and the target `{…}`.
    fn of(text: &str) -> Relation {
        static ANALYSER: OnceLock<Analyser> = OnceLock::new();
        let analyser = ANALYSER.get_or_init(|| Analyser::new(1).unwrap().with_scores());
        let mut plain = String::new();
        let mut at = [None; 4];
        for c in text.chars() {
            match "<>{}".find(c) {
                Some(i) => at[i] = Some(plain.chars().count()),
                None => plain.push(c),
            }
        }
        let span = |i: usize| Some(Span::new(at[i]?, at[i + 1]?));
        relation(&analyser.analyse(&plain).unwrap(), span(0), span(2))
    }

    fn check(text: &str, expect: EventType) {
        let found = of(text);
        assert_eq!(found.event, expect, "{text}: {found:?}");
        assert!((found.scores.iter().sum::<f64>() - 1.0).abs() < 0.02, "{text}: {found:?}");
    }

    #[test]
    fn the_marked_spans_decide() {
        check("<Kenya> accused {Somalia} of arming the rebels.", EventType::Accuse);
        check("<Kenya> accused Somalia after {Uganda} sent food to Kenya.", EventType::Accuse);
        check("<Ghana> condemned Togo, and Benin met {Niger} in Cotonou.", EventType::Accuse);
        check("Ghana condemned Togo, and <Benin> held talks with {Niger} in Cotonou.", EventType::Consult);
    }

    #[test]
    fn either_span_may_be_missing() {
        check("Police arrested {the opposition leader} at the airport.", EventType::Coerce);
        check("<Thousands of teachers> marched through the capital.", EventType::Protest);
        check("Soldiers shot dead two farmers.", EventType::Assault);
    }

    #[test]
    fn there_is_always_a_guess() {
        for text in ["<Rice> is {white}.", "", "<?>"] {
            let found = of(text);
            assert!(found.scores.iter().all(|p| p.is_finite()) && found.scores.iter().any(|p| *p > 0.0), "{text}: {found:?}");
        }
    }

    #[test]
    fn modes_are_those_of_the_type() {
        assert_eq!(of("<The president> visited {Chad} on Monday.").modes, ["visit"]);
        assert!(of("<Peru> thanked {Chile} for its support.").modes.is_empty());
    }
}
