//! The cues of an article, each with its speaker: those that the model marks, and those that the table or the tree shows.

use demarche_language::AnalysedSentence;
use demarche_record::{Link, Span};

use super::lexicon::{ANYTHING, CLAUSE, Takes, takes};
use super::speakers::{by_tree, is_according};
use super::{LEAST_CUE, cue_words, link};
use crate::coding::Scene;
use crate::events::is_speech;
use crate::quotes::inside;
use crate::tree::{child, children, lower, word_is};

/// A word that the model takes for an act of speech counts as a cue from this probability of the act on.
const LEAST_ACT: f32 = 0.5;

/// A cue with its speaker, for statements and for quotations that run on.
#[derive(Clone)]
pub(crate) struct Cue {
    pub(crate) sentence: usize,
    pub(crate) word: usize,
    pub(crate) link: Link,
    /// Whether the cue's sentence ends in a colon: what follows is the statement.
    pub(crate) opens: bool,
    pub(crate) span: Span,
    /// Whether the model marks it. Only such cues lend their speaker to quotations that run on.
    pub(crate) learned: bool,
    /// What it takes as its content.
    pub(crate) takes: &'static Takes,
}

/// All cues of the article that have a speaker, in order.
pub(crate) fn cues(scene: &Scene<'_>) -> Vec<Cue> {
    let mut out = Vec::new();
    for (index, sentence) in scene.analysis.sentences.iter().enumerate() {
        let colon = sentence.words.last().is_some_and(|w| w.text == ":");
        for word in 0..sentence.words.len() {
            let learned = sentence.mentions.iter().any(|m| m.word == word && m.event.is_none() && m.score >= LEAST_CUE);
            // What the table knows of a word only with objects or prepositions can still have a clause here.
            let tabled = takes(sentence, word).filter(|t| t.clause || !learned && !tells(sentence, word));
            let Some(takes) = tabled.or_else(|| untabled(sentence, word, learned)) else { continue };
            let found = if learned { link(scene, index, word, false) } else { by_rule(scene, index, word) };
            let Some(link) = found else { continue };
            out.push(Cue { sentence: index, word, link, opens: colon && learned, span: sentence.words[word].span, learned, takes });
        }
    }
    out
}

/// What a word takes that is a cue without standing in the table.
fn untabled(sentence: &AnalysedSentence, word: usize, learned: bool) -> Option<&'static Takes> {
    let act = || sentence.mentions.iter().any(|m| m.word == word && m.any >= LEAST_ACT && m.event.is_some_and(is_speech));
    if learned || is_according(sentence, word) || act() {
        return Some(&ANYTHING);
    }
    tells(sentence, word).then(|| &*CLAUSE)
}

/// A verb with a subject and a whole clause as its object tells what somebody says, thinks, wants or asks, whatever verb it is.
fn tells(sentence: &AnalysedSentence, at: usize) -> bool {
    word_is(sentence, at, &["VERB"])
        && child(sentence, at, &["nsubj"]).is_some()
        && child(sentence, at, &["ccomp"]).is_some_and(|c| sentence.words[c].upos.starts_with(['V', 'N', 'A', 'P']))
        && !matches!(
            sentence.words[at].lemma.as_str(),
            "make" | "let" | "see" | "help" | "have" | "mean" | "ensure" | "show" | "cause" | "get" | "go"
        )
}

/// The link of a cue that a rule found. Outside quotation marks nobody inside them speaks.
fn by_rule(scene: &Scene<'_>, index: usize, cue: usize) -> Option<Link> {
    let sentence = &scene.analysis.sentences[index];
    if is_supposed(sentence, cue) {
        return None;
    }
    let speaker = by_tree(sentence, cue)?;
    let within = |word: usize| inside(&scene.quotes, sentence.words[word].span.start);
    if within(speaker) && !within(cue) {
        return None;
    }
    let speaker = scene.actors_at(index, speaker).into_iter().next().or_else(|| scene.unresolved(index, speaker))?;
    Some(Link { speaker, cue: cue_words(scene, index, cue), verbatim: false })
}

/// "would say", "may want": what nobody has said.
fn is_supposed(sentence: &AnalysedSentence, cue: usize) -> bool {
    let modal =
        |w: &str| matches!(w, "would" | "could" | "can" | "may" | "might" | "should" | "must" | "will" | "'d" | "’d" | "'ll" | "’ll");
    children(sentence, cue).any(|i| &*sentence.words[i].rel == "aux" && modal(&lower(&sentence.words[i])))
}
