//! Whether a mention tells again what an earlier one told: "the attack", "their dialogue", or the same act between the same parties.

use std::collections::HashSet;

use demarche_language::Mention;
use demarche_record::{Actor, DateInterval, Event, EventType};

use crate::coding::Scene;
use crate::event_date::differ;
use crate::tree::{children, lower, word_is};

/// Sentences back to the mention that is resumed.
const REACH: usize = 8;

/// The earlier mention that this one resumes: "the attack", "their dialogue", or the same act told again between the same parties.
pub(crate) fn resumed<'e>(
    scene: &Scene<'_>,
    index: usize,
    mention: &Mention,
    event: EventType,
    before: &'e [Event],
    (actors, recipients): (&[Actor], &[Actor]),
    date: &DateInterval,
) -> Option<&'e Event> {
    let sentence = &scene.analysis.sentences[index];
    let at = mention.word;
    let countries = |list: &[Actor]| list.iter().filter_map(|a| a.country.clone()).collect::<HashSet<_>>();
    let (mine, theirs) = (countries(actors), countries(recipients));
    let noun = word_is(sentence, at, &["NOUN", "PROPN", "PRON"]);
    let definite = children(sentence, at).any(|i| {
        matches!(lower(&sentence.words[i]).as_str(), "the" | "this" | "that" | "these" | "those" | "their" | "his" | "her" | "its" | "such")
    });
    let lemma = sentence.words[at].lemma.to_lowercase();
    let fitting = |e: &&'e Event| {
        if e.event != event || index.saturating_sub(e.sentence.index) > REACH || differ(date, &e.date) {
            return None;
        }
        let (a, r) = (countries(&e.actors), countries(&e.recipients));
        let all: HashSet<String> = a.union(&r).cloned().collect();
        let fits = mine.iter().chain(&theirs).all(|c| all.contains(c));
        let exact = mine == a && theirs == r && !(mine.is_empty() && theirs.is_empty());
        let earlier = &scene.analysis.sentences[e.sentence.index];
        let earlier_lemma =
            earlier.words.iter().find(|w| w.span.start == e.trigger.start).map(|w| w.lemma.to_lowercase()).unwrap_or_default();
        let same_word = related(&lemma, &earlier_lemma);
        let found =
            noun && definite && fits && (same_word || e.sentence.index + 2 >= index) || exact && same_word && index != e.sentence.index;
        found.then_some((*e, same_word))
    };
    let mut found = before.iter().rev().take(25).filter_map(|e| fitting(&e));
    let (latest, same_word) = found.next()?;
    // Of several acts in one sentence, the one with the same word.
    let better = || found.take_while(|(e, _)| e.sentence.index == latest.sentence.index).find(|(_, same)| *same);
    Some(if same_word { latest } else { better().map_or(latest, |(e, _)| e) })
}

/// "attack" and "attacked", "meet" and "meeting", "agree" and "agreement".
pub(crate) fn related(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    a == b || shared >= 4 && shared + 2 >= a.chars().count().min(b.chars().count())
}
