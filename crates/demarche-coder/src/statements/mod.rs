//! Who said what to whom: every cue with its speaker and content, event or no event.

mod content;
mod labels;

use demarche_record::{Actor, Link, Span, Statement, Words};

use crate::attribution::{Cue, chain, relative_speaker};
use crate::coding::Scene;
use crate::events::sentence_ref;
use crate::quotes::inside;
use crate::{engine, record_id};

/// A saying whose content is known.
struct Saying {
    sentence: usize,
    speaker: Actor,
    cue: Words,
    addressee: Option<Actor>,
    content: Span,
    attribution: Vec<Link>,
    /// Whether the model marks the cue.
    learned: bool,
}

pub(crate) fn statements(scene: &Scene<'_>) -> Vec<Statement> {
    let mut sayings: Vec<Saying> = scene.cues.iter().filter_map(|cue| saying(scene, cue)).collect();
    sayings.extend(labels::labelled(scene));
    sayings.sort_by_key(|s| (s.cue.start, s.cue.end));
    sayings.iter().filter(|s| s.learned || !is_told(scene, s, &sayings)).map(|s| statement(scene, s)).collect()
}

fn saying(scene: &Scene<'_>, cue: &Cue) -> Option<Saying> {
    let sentence = &scene.analysis.sentences[cue.sentence];
    Some(Saying {
        sentence: cue.sentence,
        speaker: speaker(scene, cue),
        cue: cue.link.cue.clone(),
        addressee: content::addressee(sentence, cue.word)
            .and_then(|i| scene.actors_at(cue.sentence, i).into_iter().next().or_else(|| scene.unresolved(cue.sentence, i))),
        content: content::content(scene, cue)?,
        attribution: chain(scene, cue.sentence, cue.word),
        learned: cue.learned,
    })
}

/// The cue's speaker; where a relative pronoun names him, by that word.
fn speaker(scene: &Scene<'_>, cue: &Cue) -> Actor {
    let mut speaker = cue.link.speaker.clone();
    let sentence = &scene.analysis.sentences[cue.sentence];
    if let Some(pronoun) = relative_speaker(sentence, cue.word) {
        let antecedent = Words { text: speaker.text, start: speaker.start, end: speaker.end };
        let word = scene.words(sentence.words[pronoun].span);
        (speaker.text, speaker.start, speaker.end) = (word.text, word.start, word.end);
        speaker.resolution.antecedent.get_or_insert(antecedent);
    }
    speaker
}

/// Whether a cue that only a rule shows stands in somebody else's words: within a quotation, or within what another cue reports. There a "want" or "think"
/// is part of what is said.
fn is_told(scene: &Scene<'_>, saying: &Saying, all: &[Saying]) -> bool {
    let within = |content: Span, cue: &Words| content.start <= cue.start && cue.start < content.end;
    inside(&scene.quotes, saying.cue.start)
        || all.iter().any(|other| within(other.content, &saying.cue) && !within(saying.content, &other.cue) && other.cue != saying.cue)
}

fn statement(scene: &Scene<'_>, saying: &Saying) -> Statement {
    let (cue, content) = (&saying.cue, saying.content);
    Statement {
        id: record_id("st", &[&scene.article.id, &format!("{}-{}", cue.start, cue.end), &format!("{}-{}", content.start, content.end)]),
        article: scene.article.into(),
        sentence: sentence_ref(scene, saying.sentence),
        speaker: Some(saying.speaker.clone()),
        cue: cue.clone(),
        addressee: saying.addressee.clone(),
        content: scene.words(content),
        verbatim: inside(&scene.quotes, content.start + 1),
        attribution: saying.attribution.clone(),
        engine: engine(scene.knowledge),
    }
}
