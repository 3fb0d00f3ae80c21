//! Questions about the words of a nominal.

use demarche_language::AnalysedSentence;

use super::Gender;
use crate::tree::{is_nominal, name_at, word_is};

/// The heads of the sentence's nominals that could be parties, in order.
pub(super) fn heads(sentence: &AnalysedSentence) -> Vec<usize> {
    (0..sentence.words.len())
        .filter(|&i| {
            let inner = name_at(sentence, i).is_some_and(|n| {
                let head = sentence.words[i].head;
                n.first <= head && head <= n.last && head != i
            });
            !inner
                && (is_nominal(sentence, i)
                    || word_is(sentence, i, &["NUM", "DET"]) && matches!(&*sentence.words[i].rel, "nsubj" | "obj" | "obl")
                    || name_at(sentence, i).is_some()
                    || word_is(sentence, i, &["ADJ"])
                        && matches!(&*sentence.words[i].rel, "nsubj" | "obj" | "obl" | "nmod" | "conj" | "nsubj:pass"))
        })
        .collect()
}

/// Words `first..=last` as the article writes them.
pub(crate) fn text_of(sentence: &AnalysedSentence, first: usize, last: usize) -> String {
    let mut out = String::new();
    let mut end = None;
    for w in &sentence.words[first..=last] {
        if end.is_some_and(|e| w.span.start > e) {
            out.push(' ');
        }
        out.push_str(&w.text);
        end = Some(w.span.end);
    }
    out
}

pub(super) fn gender_of(words: &[String]) -> Option<Gender> {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    if has(&[
        "mr",
        "mr.",
        "sir",
        "king",
        "prince",
        "brother",
        "father",
        "son",
        "chairman",
        "spokesman",
        "businessman",
        "lord",
        "man",
        "husband",
        "sultan",
        "emir",
        "pope",
        "cardinal",
        "bishop",
    ]) {
        Some(Gender::He)
    } else if has(&[
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "miss",
        "queen",
        "princess",
        "sister",
        "mother",
        "daughter",
        "spokeswoman",
        "chairwoman",
        "lady",
        "woman",
        "wife",
        "dame",
        "baroness",
    ]) {
        Some(Gender::She)
    } else {
        None
    }
}
