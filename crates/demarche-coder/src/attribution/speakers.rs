//! Whose words a cue reports.

use demarche_language::{AnalysedSentence, RoleKind};

use super::best_role;
use crate::tree::{case_of, child, children, is_nominal, lower, subject_of, word_is};

/// The head word of a cue's speaker: whom "according to" or the verb's own subject names, else as the model says, else as the tree does.
pub(crate) fn speaker_word(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    if is_according(sentence, cue) {
        return to_whom(sentence, cue);
    }
    own_subject(sentence, cue)
        .or_else(|| best_role(sentence, cue, RoleKind::Speaker, 0.5))
        .or_else(|| subject_of(sentence, cue))
        .or_else(|| best_role(sentence, cue, RoleKind::Speaker, 0.3))
        .filter(|w| can_speak(sentence, *w))
}

/// The subject that hangs on the cue itself.
fn own_subject(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    let subject = child(sentence, cue, &["nsubj"])?;
    (word_is(sentence, cue, &["VERB"]) && can_speak(sentence, subject) && !is_relative(sentence, subject)).then_some(subject)
}

/// A nominal, or a word that stands for one as a subject: "all", "many", "46".
fn can_speak(sentence: &AnalysedSentence, word: usize) -> bool {
    is_nominal(sentence, word) || word_is(sentence, word, &["DET", "NUM", "ADJ"]) && &*sentence.words[word].rel == "nsubj"
}

fn is_relative(sentence: &AnalysedSentence, word: usize) -> bool {
    matches!(lower(&sentence.words[word]).as_str(), "who" | "which" | "that" | "whom" | "what")
}

/// The relative pronoun by which a cue names its speaker: "the senator, who said". "That" narrows its noun, which speaks itself.
pub(crate) fn relative_speaker(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    let relative = &*sentence.words[cue].rel == "acl:relcl";
    child(sentence, cue, &["nsubj"]).filter(|s| relative && matches!(lower(&sentence.words[*s]).as_str(), "who" | "which"))
}

/// Whether a word is the first of "according to".
pub(crate) fn is_according(sentence: &AnalysedSentence, word: usize) -> bool {
    lower(&sentence.words[word]) == "according"
}

/// "according to X", "in the words of X".
pub(crate) fn to_whom(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    let head = sentence.words[cue].head;
    if &*sentence.words[cue].rel == "case" && head != cue {
        return Some(head);
    }
    children(sentence, cue).find(|&i| case_of(sentence, i).as_deref() == Some("to")).or_else(|| child(sentence, cue, &["obl", "nmod"]))
}

/// The speaker of a cue that a rule found: its subject as the tree has it, or whom "according to" names.
pub(super) fn by_tree(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    if is_according(sentence, cue) {
        return to_whom(sentence, cue);
    }
    let subject = match &*sentence.words[cue].upos {
        // "her claim that", "a warning by the ministry that"; a noun beside a verb ("made a claim") belongs to whoever the model says.
        "NOUN" => child(sentence, cue, &["nmod:poss"])
            .or_else(|| children(sentence, cue).find(|&i| case_of(sentence, i).as_deref() == Some("by"))),
        // A participle that narrows a noun ("a law banning …") reports nothing, one behind a comma goes on with what the subject says.
        _ if &*sentence.words[cue].rel == "acl" => after_comma(sentence, cue).then(|| clause_subject(sentence, cue))?,
        _ => subject_of(sentence, cue),
    };
    subject.filter(|w| *w != cue && can_speak(sentence, *w))
}

/// Whether a comma stands right before a participle, adverbs aside: ", later adding that".
fn after_comma(sentence: &AnalysedSentence, word: usize) -> bool {
    let before = (0..word).rev().find(|&i| !word_is(sentence, i, &["ADV"]));
    before.is_some_and(|i| sentence.words[i].text == ",")
}

/// The subject of the clause around a word.
fn clause_subject(sentence: &AnalysedSentence, word: usize) -> Option<usize> {
    let mut at = word;
    for _ in 0..8 {
        let above = sentence.words[at].head;
        if above == at {
            return None;
        }
        at = above;
        if let Some(subject) = child(sentence, at, &["nsubj"]).filter(|s| *s < word) {
            return Some(subject);
        }
    }
    None
}
