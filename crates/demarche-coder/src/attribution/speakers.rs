//! Whose words a cue reports.

use demarche_language::{AnalysedSentence, RoleKind};

use super::best_role;
use crate::tree::{case_of, child, children, is_nominal, lower, subject_of};

/// The head word of a cue's speaker: as the model says, else as the tree does.
pub(crate) fn speaker_word(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    best_role(sentence, cue, RoleKind::Speaker, 0.5)
        .or_else(|| if is_according(sentence, cue) { to_whom(sentence, cue) } else { subject_of(sentence, cue) })
        .or_else(|| best_role(sentence, cue, RoleKind::Speaker, 0.3))
        .filter(|w| is_nominal(sentence, *w))
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
    // A word without a subject of its own that only continues another's object or clause has nobody's.
    subject_of(sentence, cue).filter(|w| *w != cue && is_nominal(sentence, *w))
}
