//! Positions: what an actor declares it holds, will or will not do, on an issue.
//!
//! Read off records whose type is itself a declaration: a refusal is a position against what is refused, a demand one for what is demanded.

use demarche_record::{Event, EventType, Position, Span, Stance, Status, Words};

use crate::coding::Scene;
use crate::quotes::inside;
use crate::tree::{case_of, children, lower, phrase, span_of, word_is};
use crate::{engine, record_id};

/// Words that make a declaration strong.
const STRONG: [&str; 14] = [
    "never",
    "irreversible",
    "absolutely",
    "firmly",
    "categorically",
    "unconditionally",
    "flatly",
    "strongly",
    "resolutely",
    "under no circumstances",
    "completely",
    "immediately",
    "unequivocally",
    "ever",
];

pub(crate) fn positions(scene: &Scene<'_>, events: &[Event]) -> Vec<Position> {
    let mut out: Vec<Position> = Vec::new();
    for event in events.iter().filter(|e| e.status == Status::Actual && !e.actors.is_empty()) {
        let stance = match event.event {
            EventType::Reject if event.modes.iter().any(|m| m == "yield" || m == "change" || m == "assist") => Stance::Refuses,
            EventType::Reject => Stance::Against,
            EventType::Request => Stance::Demands,
            EventType::Agree | EventType::Support => Stance::For,
            EventType::Accuse if event.modes.iter().any(|m| m == "disapprove") => Stance::Against,
            _ => continue,
        };
        let sentence = &scene.analysis.sentences[event.sentence.index];
        let Some(at) = sentence.words.iter().position(|w| w.span.start == event.trigger.start) else { continue };
        let Some((issue, span)) = issue(scene, event.sentence.index, at) else { continue };
        let strength: Vec<Words> =
            sentence.words.iter().filter(|w| STRONG.contains(&lower(w).as_str())).map(|w| scene.words(w.span)).collect();
        let quote = inside(&scene.quotes, event.trigger.start)
            .then(|| scene.quotes.iter().find(|q| q.start <= event.trigger.start && event.trigger.start < q.end))
            .flatten();
        for holder in &event.actors {
            let previous = out
                .iter()
                .rev()
                .find(|p| p.holder.country == holder.country && p.holder.country.is_some() && same_issue(&p.issue, &issue))
                .map(|p| p.id.clone());
            out.push(Position {
                id: record_id("po", &[&scene.article.id, &format!("{}-{}", span.start, span.end), event.event.name(), &holder.name]),
                article: scene.article.into(),
                sentence: event.sentence.clone(),
                holder: holder.clone(),
                issue: issue.clone(),
                stance,
                strength: strength.clone(),
                quote: quote.map(|q| scene.words(*q)),
                attribution: event.attribution.clone(),
                date: event.date.clone(),
                previous,
                engine: engine(scene.knowledge),
            });
        }
    }
    out
}

/// What the declaration is about: the clause or the noun phrase under the trigger, that is no party.
fn issue(scene: &Scene<'_>, index: usize, at: usize) -> Option<(String, Span)> {
    let sentence = &scene.analysis.sentences[index];
    let verb = |i: usize| word_is(sentence, i, &["VERB"]);
    let clause = children(sentence, at).find(|&i| matches!(&*sentence.words[i].rel, "xcomp" | "ccomp" | "acl" | "advcl") && verb(i));
    if let Some(clause) = clause {
        let object = children(sentence, clause).find(|&i| matches!(&*sentence.words[i].rel, "obj" | "obl"));
        let mut words = vec![clause];
        if let Some(object) = object {
            words.extend(phrase(sentence, object));
        }
        let span = span_of(sentence, &words);
        return Some((scene.analysis.slice(span).to_lowercase(), span));
    }
    let noun = children(sentence, at).find(|&i| {
        matches!(&*sentence.words[i].rel, "obj" | "nsubj:pass" | "nmod" | "obl")
            && case_of(sentence, i).is_none_or(|c| matches!(c.as_str(), "for" | "of" | "on" | "over" | "to" | "against"))
            && word_is(sentence, i, &["NOUN"])
            && scene.actors_at(index, i).is_empty()
    })?;
    let span = span_of(sentence, &phrase(sentence, noun));
    Some((scene.analysis.slice(span).to_lowercase(), span))
}

/// Two issues share their main words.
fn same_issue(a: &str, b: &str) -> bool {
    let words =
        |s: &str| s.split_whitespace().filter(|w| w.chars().count() > 4).map(|w| w.chars().take(6).collect::<String>()).collect::<Vec<_>>();
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a.iter().filter(|w| b.contains(w)).count() * 2 >= a.len().min(b.len()).max(1)
}
