//! Reasons of a record that no other step leaves: what spoke for another type, for modes, date, place, speaker, CAMEO code and confidence.

use demarche_language::{AnalysedSentence, Mention, RoleKind};
use demarche_record::{Basis, DateInterval, Evidence, Link, Place};

use crate::attribution::best_role;
use crate::round;

fn reason(field: &str, by: &str, detail: String, score: Option<f32>) -> Evidence {
    Evidence { field: field.to_owned(), by: by.to_owned(), detail, score: score.map(|s| round(f64::from(s))) }
}

/// Why type, modes, speaker, date and place of the mention are what they are.
pub(crate) fn reasons(
    sentence: &AnalysedSentence,
    mention: &Mention,
    modes: &[String],
    attribution: &[Link],
    date: &DateInterval,
    place: Option<&Place>,
) -> Vec<Evidence> {
    let mut out = Vec::new();
    let on = |kind: RoleKind| {
        let best = best_role(sentence, mention.word, kind, 0.0)?;
        let score = sentence.roles.iter().find(|r| r.of == mention.word && r.word == best && r.kind == kind)?.score;
        Some((sentence.words[best].text.as_str(), score))
    };
    if let Some((event, score)) = mention.runner_up {
        out.push(reason("event", "model", format!("runner-up {}", event.name()), Some(score)));
    }
    for (mode, score) in mention.modes.iter().filter(|(m, _)| modes.contains(m)) {
        out.push(reason("modes", "model", format!("mode head: {mode}"), Some(*score)));
    }
    if !attribution.is_empty() {
        out.push(match on(RoleKind::Cue) {
            Some((word, score)) => reason("attribution", "model", format!("cue head: \"{word}\""), Some(score)),
            None => reason("attribution", "rule", "the speaker of the quotation or statement it stands in".to_owned(), None),
        });
    }
    if date.basis == Basis::Text {
        out.push(match on(RoleKind::Time) {
            Some((word, score)) => reason("date", "model", format!("time head: \"{word}\""), Some(score)),
            None => reason("date", "rule", "that of the words it belongs to".to_owned(), None),
        });
    }
    if place.is_some() {
        out.push(match on(RoleKind::Place) {
            Some((word, score)) => reason("place", "model", format!("place head: \"{word}\""), Some(score)),
            None => reason("place", "rule", "that of the mention it resumes".to_owned(), None),
        });
    }
    out
}

/// Why the CAMEO code is this one: the words that the finer codes are told by.
pub(crate) fn cameo(lemmas: &[String]) -> Evidence {
    let mut words: Vec<&str> = Vec::new();
    for lemma in lemmas {
        if !words.contains(&lemma.as_str()) && lemma.chars().any(char::is_alphabetic) {
            words.push(lemma);
        }
    }
    reason("cameo", "knowledge", format!("type and modes, with the words {}", words.join(", ")), None)
}

/// What the confidence was made of, with its raw value.
pub(crate) fn confidence(event: f32, parties: f32, raw: f64) -> Evidence {
    let detail = format!("type {event:.3} × parties {parties:.3}, before calibration");
    Evidence { field: "confidence".to_owned(), by: "rule".to_owned(), detail, score: Some(round(raw)) }
}
