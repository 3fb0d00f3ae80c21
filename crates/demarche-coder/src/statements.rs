//! Who said what to whom: every cue with its speaker and content, event or no event.

use demarche_language::AnalysedSentence;
use demarche_record::{Link, Span, Statement};

use crate::attribution::{Cue, chain};
use crate::coding::Scene;
use crate::events::sentence_ref;
use crate::quotes::inside;
use crate::tree::{case_of, child, children, lower, span_of};
use crate::{engine, record_id};

pub(crate) fn statements(scene: &Scene<'_>) -> Vec<Statement> {
    let mut cues = scene.cues.clone();
    for (index, sentence) in scene.analysis.sentences.iter().enumerate() {
        let told =
            (0..sentence.words.len()).filter(|&i| tells(sentence, i) && !scene.cues.iter().any(|c| (c.sentence, c.word) == (index, i)));
        cues.extend(told.filter_map(|word| by_clause(scene, index, word)));
    }
    cues.sort_by_key(|c| c.span.start);
    cues.iter()
        .filter_map(|cue| {
            let sentence = &scene.analysis.sentences[cue.sentence];
            let content = content(scene, cue.sentence, sentence, cue.word)?;
            let addressee = children(sentence, cue.word)
                .find(|&i| {
                    matches!(&*sentence.words[i].rel, "iobj" | "obj") && sentence.words[cue.word].lemma == "tell"
                        || &*sentence.words[i].rel == "obl" && case_of(sentence, i).as_deref() == Some("to")
                })
                .and_then(|i| scene.actors_at(cue.sentence, i).into_iter().next());
            let content = scene.words(content);
            let verbatim = inside(&scene.quotes, content.start + 1);
            let speaker = cue.link.speaker.clone();
            Some(Statement {
                id: record_id(
                    "st",
                    &[&scene.article.id, &format!("{}-{}", cue.span.start, cue.span.end), &format!("{}-{}", content.start, content.end)],
                ),
                article: scene.article.into(),
                sentence: sentence_ref(scene, cue.sentence),
                speaker: Some(speaker),
                cue: cue.link.cue.clone(),
                addressee,
                content,
                verbatim,
                attribution: chain(scene, cue.sentence, cue.word),
                engine: engine(scene.knowledge),
            })
        })
        .collect()
}

/// A verb with a subject and a whole clause as its object tells what somebody says, thinks, wants or asks, whatever verb it is.
fn tells(sentence: &AnalysedSentence, at: usize) -> bool {
    &*sentence.words[at].upos == "VERB"
        && child(sentence, at, &["nsubj"]).is_some()
        && child(sentence, at, &["ccomp"]).is_some_and(|c| c != at && sentence.words[c].upos.starts_with(['V', 'N', 'A', 'P']))
        && !matches!(
            sentence.words[at].lemma.as_str(),
            "make" | "let" | "see" | "help" | "have" | "mean" | "ensure" | "show" | "cause" | "get"
        )
}

/// The cue that such a verb is, with its subject as the speaker.
fn by_clause(scene: &Scene<'_>, index: usize, word: usize) -> Option<Cue> {
    let sentence = &scene.analysis.sentences[index];
    let subject = child(sentence, word, &["nsubj"])?;
    let speaker = scene.actors_at(index, subject).into_iter().next().or_else(|| scene.unresolved(index, subject))?;
    let span = sentence.words[word].span;
    let link = Link { speaker, cue: scene.words(span), verbatim: false };
    Some(Cue { sentence: index, word, link, opens: false, span })
}

/// What the cue reports: its clause, the clause it is dropped into, or what a colon opens.
fn content(scene: &Scene<'_>, index: usize, sentence: &AnalysedSentence, cue: usize) -> Option<Span> {
    let words = |head: usize| {
        let mut found = vec![head];
        let mut at = 0;
        while at < found.len() {
            let next: Vec<usize> = children(sentence, found[at]).filter(|i| *i != cue && !found.contains(i)).collect();
            found.extend(next);
            at += 1;
        }
        // Marks at the edges are not content.
        found.sort_unstable();
        while found.len() > 1 && found.first().is_some_and(|i| &*sentence.words[*i].upos == "PUNCT") {
            found.remove(0);
        }
        while found.len() > 1 && found.last().is_some_and(|i| &*sentence.words[*i].upos == "PUNCT") {
            found.pop();
        }
        span_of(sentence, &found)
    };
    if lower(&sentence.words[cue]) == "according" {
        let above = sentence.words[cue].head;
        let top = if &*sentence.words[cue].rel == "case" { sentence.words[above].head } else { above };
        return Some(words(top));
    }
    if let Some(clause) = child(sentence, cue, &["ccomp", "xcomp", "parataxis", "obj", "obl", "advcl", "acl"]) {
        return Some(words(clause));
    }
    // "…," he said: the cue hangs on what is said.
    let above = sentence.words[cue].head;
    if above != cue && matches!(&*sentence.words[cue].rel, "parataxis" | "advcl" | "conj" | "acl:relcl") {
        return Some(words(above));
    }
    if sentence.words.last().is_some_and(|w| w.text == ":") {
        return scene.analysis.sentences.get(index + 1).map(|s| s.span);
    }
    None
}
