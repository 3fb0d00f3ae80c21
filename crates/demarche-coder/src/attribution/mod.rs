//! Who says so: the chain of cues above an event, with their speakers.

mod cues;
mod lexicon;
mod speakers;

pub(crate) use cues::{Cue, cues};
use demarche_language::{AnalysedSentence, RoleKind};
use demarche_record::{Link, Words};
pub(crate) use speakers::{is_according, relative_speaker, speaker_word, to_whom};

use crate::coding::Scene;
use crate::quotes::inside;
use crate::tree::{child, children, lower, span_of};

/// A cue counts from this probability on.
pub(crate) const LEAST_CUE: f32 = 0.5;

/// The likeliest word in a part, above a probability.
pub(crate) fn best_role(sentence: &AnalysedSentence, of: usize, kind: RoleKind, least: f32) -> Option<usize> {
    sentence
        .roles
        .iter()
        .filter(|r| r.of == of && r.kind == kind && r.score >= least && r.word != of)
        .max_by(|a, b| a.score.total_cmp(&b.score))
        .map(|r| r.word)
}

/// The words of a cue: a verb with its particle, "according to".
fn cue_words(scene: &Scene<'_>, index: usize, cue: usize) -> Words {
    let sentence = &scene.analysis.sentences[index];
    let mut words = vec![cue];
    words.extend(children(sentence, cue).filter(|&i| matches!(&*sentence.words[i].rel, "compound:prt" | "fixed")));
    if is_according(sentence, cue) && sentence.words.get(cue + 1).is_some_and(|w| lower(w) == "to") {
        words.push(cue + 1);
    }
    scene.words(span_of(sentence, &words))
}

/// The chain above word `at`, outermost first.
pub(crate) fn chain(scene: &Scene<'_>, index: usize, at: usize) -> Vec<Link> {
    let sentence = &scene.analysis.sentences[index];
    let verbatim = inside(&scene.quotes, sentence.words[at].span.start);
    let mut links = Vec::new();
    let mut seen = vec![at];
    let mut of = at;
    while let Some(cue) = best_role(sentence, of, RoleKind::Cue, LEAST_CUE).filter(|c| !seen.contains(c)) {
        seen.push(cue);
        if let Some(link) = link(scene, index, cue, verbatim && links.is_empty()) {
            links.push(link);
        }
        of = cue;
        if seen.len() > 5 {
            break;
        }
    }
    if links.is_empty()
        && let Some(speaker) = best_role(sentence, at, RoleKind::Speaker, LEAST_CUE)
    {
        let words = scene.references.at(index, speaker).map_or(sentence.words[speaker].span, |r| r.span);
        links.extend(scene.actors_at(index, speaker).into_iter().take(1).map(|speaker| Link {
            speaker,
            cue: scene.words(words),
            verbatim,
        }));
    }
    if links.is_empty() {
        links.extend(observer(sentence, at).and_then(|cue| link(scene, index, cue, false)));
    }
    if links.is_empty() {
        links.extend(scene.running_speaker(index, sentence.words[at].span));
    }
    links.reverse();
    links
}

/// "The army detected soldiers crossing": what somebody observed is known from him.
fn observer(sentence: &AnalysedSentence, at: usize) -> Option<usize> {
    let observes = |verb: usize| {
        let text = lower(&sentence.words[verb]);
        &*sentence.words[verb].upos == "VERB"
            && child(sentence, verb, &["nsubj"]).is_some()
            && ["identif", "detect", "spot", "observ", "sight", "document", "record", "film"].iter().any(|stem| text.starts_with(stem))
    };
    let head = sentence.words[at].head;
    match &*sentence.words[at].rel {
        "xcomp" | "ccomp" => Some(head).filter(|h| observes(*h)),
        "acl" => Some(sentence.words[head].head).filter(|v| &*sentence.words[head].rel == "obj" && observes(*v)),
        _ => None,
    }
}

fn link(scene: &Scene<'_>, index: usize, cue: usize, verbatim: bool) -> Option<Link> {
    let sentence = &scene.analysis.sentences[index];
    let speaker = speaker_word(sentence, cue)?;
    let speaker = scene.actors_at(index, speaker).into_iter().next().or_else(|| scene.unresolved(index, speaker))?;
    Some(Link { speaker, cue: cue_words(scene, index, cue), verbatim })
}
