//! CoNLL-U: what the language layer sees of a text.
//!
//! MISC holds `start_char` and `end_char` (code points of the article), `SpaceAfter=No`, names as `NER=B-PER`, event mentions as `Event=ASSAULT`
//! (or `Event=CUE` for a cue of attribution), their parts as `Role=actor:3` (the number of the mention's word), `PropBank` roles as `Srl=ARG0:3`,
//! and the event factuality of verbs, nouns and adjectives as `Fact=2.91`. Coreference is bracketed over the words of each mention: `Entity=(3(7)`
//! opens a mention of 3 and is a mention of 7 whole, `Entity=3)` closes the first; mentions of one number name the same. What is named once has no
//! number.

use std::collections::HashMap;
use std::fmt::Write;

use demarche_language::{AnalysedSentence, Analysis, extent};

/// A text's sentences in CoNLL-U, with a `newdoc` comment.
pub fn conllu(id: &str, analysis: &Analysis) -> String {
    let mut out = format!("# newdoc id = {}\n", id.replace(['\n', '\r'], " "));
    let entities = entities(analysis);
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let text: String = analysis.slice(sentence.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(out, "# sent_id = {}\n# text = {text}\n", index + 1);
        for i in 0..sentence.words.len() {
            word(&mut out, sentence, i, entities.get(&(index, i)));
        }
        out.push('\n');
    }
    out
}

/// The brackets at each (sentence, word): wider mentions open first and close last.
fn entities(analysis: &Analysis) -> HashMap<(usize, usize), String> {
    let mut members: HashMap<usize, usize> = HashMap::new();
    for reference in &analysis.references {
        *members.entry(reference.chain).or_default() += 1;
    }
    let mut spans: Vec<(usize, usize, usize, usize)> = analysis
        .references
        .iter()
        .filter(|r| members[&r.chain] > 1)
        .map(|r| {
            let (first, last) = extent(&analysis.sentences[r.sentence].words, r.word);
            (r.sentence, first, last, r.chain + 1)
        })
        .collect();
    // One bracket a span: two heads of one extent (a rare slip of the tree) would read as two mentions of the same words.
    spans.sort_by_key(|(s, first, last, chain)| (*s, *first, std::cmp::Reverse(*last), *chain));
    spans.dedup_by_key(|(s, first, last, _)| (*s, *first, *last));
    let mut out: HashMap<(usize, usize), String> = HashMap::new();
    for (sentence, first, last, chain) in &spans {
        let bracket = if first == last { format!("({chain})") } else { format!("({chain}") };
        out.entry((*sentence, *first)).or_default().push_str(&bracket);
    }
    for (sentence, _, last, chain) in spans.iter().rev().filter(|(_, first, last, _)| first != last) {
        out.entry((*sentence, *last)).or_default().push_str(&format!("{chain})"));
    }
    out
}

fn word(out: &mut String, sentence: &AnalysedSentence, i: usize, entity: Option<&String>) {
    let w = &sentence.words[i];
    let head = if w.head == i { 0 } else { w.head + 1 };
    let mut misc = vec![format!("start_char={}", w.span.start), format!("end_char={}", w.span.end)];
    if sentence.words.get(i + 1).is_some_and(|next| next.span.start == w.span.end) {
        misc.push("SpaceAfter=No".to_owned());
    }
    if let Some(name) = sentence.names.iter().find(|n| n.first <= i && i <= n.last) {
        misc.push(format!("NER={}-{}", if name.first == i { "B" } else { "I" }, name.kind.name()));
    }
    if let Some(mention) = sentence.mentions.iter().find(|m| m.word == i && (m.any >= 0.5 || m.event.is_none())) {
        misc.push(format!("Event={}", mention.event.map_or("CUE", |e| e.name())));
    }
    if matches!(&*w.upos, "VERB" | "NOUN" | "ADJ" | "AUX") {
        misc.push(format!("Fact={:.2}", w.factuality));
    }
    if let Some(entity) = entity {
        misc.push(format!("Entity={entity}"));
    }
    let roles = sentence.roles.iter().filter(|r| r.word == i && r.score >= 0.5).map(|r| format!("{}:{}", r.kind.name(), r.of + 1));
    let roles: Vec<String> = roles.collect();
    if !roles.is_empty() {
        misc.push(format!("Role={}", roles.join(",")));
    }
    let srl: Vec<String> =
        sentence.semantic_roles.iter().filter(|(_, _, a)| *a == i).map(|(p, label, _)| format!("{label}:{}", p + 1)).collect();
    if !srl.is_empty() {
        misc.push(format!("Srl={}", srl.join(",")));
    }
    let _ = writeln!(out, "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{}", i + 1, w.text, w.lemma, w.upos, w.feats, w.rel, misc.join("|"));
}
