//! When an event happened that its own sentence does not date: the time of another event that the text tells with it.

use std::collections::BTreeSet;

use demarche_language::{AnalysedSentence, Mention};
use demarche_record::{Actor, Basis, DateInterval, Event, EventType, Precision};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::cast::{Chosen, cast};
use crate::coding::Scene;
use crate::event_date::{carrier, is_known, is_occasion, tied};
use crate::inference::identity;
use crate::quotes::inside;
use crate::resumption::related;
use crate::tree::{children, is_nominal, lower, word_is};

/// Sentences after a headline or lead in which the same act is told again with its date.
const LEAD_REACH: usize = 4;
/// Days before publication within which a report goes on telling from one sentence to the next.
const NEWS_DAYS: i64 = 7;
/// Days around publication in which the act of a headline may lie.
const NEWS_REACH: i32 = 30;

/// The date of an act of the headline or lead, where the sentences after it tell the same act with its date.
pub(crate) fn of_lead(scene: &Scene<'_>, index: usize, mention: &Mention, event: EventType) -> Option<DateInterval> {
    if index > 1 {
        return None;
    }
    let sentences = &scene.analysis.sentences;
    let mine = countries(scene, index, mention.word, event);
    let meet = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.is_empty() || b.is_empty() || !a.is_disjoint(b);
    let lemma = sentences[index].words[mention.word].lemma.to_lowercase();
    (index + 1..sentences.len().min(index + 1 + LEAD_REACH)).find_map(|later| {
        let sentence = &sentences[later];
        sentence.mentions.iter().filter(|m| m.event == Some(event)).find_map(|m| {
            let same_word = related(&lemma, &sentence.words[m.word].lemma.to_lowercase());
            let told_again = is_nominal(sentence, m.word) && is_definite(sentence, m.word);
            let theirs = countries(scene, later, m.word, event);
            let fits = meet(&mine.0, &theirs.0) && (!mine.0.is_empty() && !theirs.0.is_empty() || meet(&mine.1, &theirs.1));
            let date = ((same_word || told_again) && fits).then(|| tied(scene, later, m.word))?;
            (is_known(&date) && is_near(scene, &date)).then_some(date)
        })
    })
}

fn is_definite(sentence: &AnalysedSentence, noun: usize) -> bool {
    children(sentence, noun).any(|i| matches!(lower(&sentence.words[i]).as_str(), "the" | "this" | "that" | "these" | "those"))
}

/// Whether a date is no further from publication than a report's news may be.
fn is_near(scene: &Scene<'_>, date: &DateInterval) -> bool {
    match (scene.published, date.from.as_deref().and_then(|d| d.parse::<Date>().ok())) {
        (Some(published), Some(day)) => (published - day).get_days().abs() <= NEWS_REACH,
        _ => true,
    }
}

/// The countries of those who act in a mention, and of those acted on.
fn countries(scene: &Scene<'_>, index: usize, at: usize, event: EventType) -> (BTreeSet<String>, BTreeSet<String>) {
    let (actors, recipients) = cast(&scene.analysis.sentences[index], at, event);
    let of = |list: &[Chosen]| list.iter().flat_map(|c| scene.actors_at(index, c.word)).filter_map(|a| a.country).collect();
    (of(&actors), of(&recipients))
}

/// The event whose time an undated one shares: the occasion it happened on ("at the talks he promised"), the verb it is joined to or the act it
/// is part of; in a tale that goes on from the sentence before, the event told there.
pub(crate) fn shared<'e>(
    scene: &Scene<'_>,
    index: usize,
    at: usize,
    event: EventType,
    parties: (&[Actor], &[Actor]),
    before: &'e [Event],
) -> Option<&'e Event> {
    let sentence = &scene.analysis.sentences[index];
    occasion(sentence, index, at, event, before).or_else(|| continued(scene, index, at, event, parties, before))
}

fn event_at<'e>(sentence: &AnalysedSentence, index: usize, word: usize, before: &'e [Event]) -> Option<&'e Event> {
    let start = sentence.words[word].span.start;
    before.iter().rev().take_while(|e| e.sentence.index == index).find(|e| e.trigger.start == start && is_dated(e))
}

fn is_dated(event: &Event) -> bool {
    event.date.basis == Basis::Text && is_known(&event.date)
}

fn occasion<'e>(sentence: &AnalysedSentence, index: usize, at: usize, event: EventType, before: &'e [Event]) -> Option<&'e Event> {
    if let Some(verb) = carrier(sentence, at) {
        return event_at(sentence, index, verb, before).filter(|e| e.event == event);
    }
    if !simple_past(sentence, at) {
        return None;
    }
    let mut own = children(sentence, at).filter(|&i| &*sentence.words[i].rel == "obl" && is_occasion(sentence, i));
    own.find_map(|i| event_at(sentence, index, i, before)).or_else(|| {
        let head = sentence.words[at].head;
        let joined = &*sentence.words[at].rel == "conj" && simple_past(sentence, head);
        joined.then(|| event_at(sentence, index, head, before))?
    })
}

/// "Officials said on Monday … The minister then met …": the same people go on acting in the simple past.
fn continued<'e>(
    scene: &Scene<'_>,
    index: usize,
    at: usize,
    event: EventType,
    (actors, recipients): (&[Actor], &[Actor]),
    before: &'e [Event],
) -> Option<&'e Event> {
    let sentence = &scene.analysis.sentences[index];
    let verb = if is_nominal(sentence, at) { carrier(sentence, at)? } else { at };
    // What another act is about, or what stands beside a time of its own, need not go on.
    let other = verb != at && sentence.mentions.iter().any(|m| m.word == verb && m.event != Some(event));
    let timed = scene.dates.iter().any(|d| d.sentence == index && d.names_days && is_known(&d.date));
    if other || timed || !simple_past(sentence, verb) || !is_main(sentence, verb) {
        return None;
    }
    let quoted = |at: usize| inside(&scene.quotes, at);
    let mine = || actors.iter().chain(recipients);
    before.iter().rev().take_while(|e| e.sentence.index + 1 >= index).filter(|e| e.sentence.index + 1 == index && is_dated(e)).find(|e| {
        let precise = matches!(e.date.precision, Some(Precision::Day | Precision::Week | Precision::Interval) | None);
        if !precise || quoted(e.trigger.start) != quoted(sentence.words[at].span.start) {
            return false;
        }
        let theirs = || e.actors.iter().chain(&e.recipients);
        let doer = actors.iter().any(|a| {
            theirs().any(|b| identity(a) == identity(b)) || a.country.is_some() && e.actors.iter().any(|b| a.country == b.country)
        });
        let compatible = mine().all(|a| a.country.is_none() || theirs().any(|b| b.country == a.country));
        let recent = match (scene.published, e.date.from.as_deref().and_then(|d| d.parse::<Date>().ok())) {
            (Some(published), Some(day)) => day <= published && published.checked_sub(NEWS_DAYS.days()).is_ok_and(|p| day >= p),
            _ => scene.published.is_none(),
        };
        e.event == event && compatible || recent && doer
    })
}

/// Whether a verb tells something done, without the perfect.
fn simple_past(sentence: &AnalysedSentence, verb: usize) -> bool {
    let word = &sentence.words[verb];
    let helpers: Vec<usize> = children(sentence, verb).filter(|c| word_is(sentence, *c, &["AUX"])).collect();
    if helpers.iter().any(|h| matches!(sentence.words[*h].lemma.as_str(), "have" | "will" | "would" | "may" | "might" | "could" | "should"))
    {
        return false;
    }
    let past = |i: usize| sentence.words[i].feats.contains("Tense=Past") && sentence.words[i].feats.contains("VerbForm=Fin");
    past(verb) || word.feats.contains("VerbForm=Part") && helpers.iter().any(|h| past(*h))
}

/// Whether a verb carries the sentence, or what a cue says as a whole.
fn is_main(sentence: &AnalysedSentence, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..4 {
        let word = &sentence.words[at];
        if word.head == at || &*word.rel == "root" {
            return true;
        }
        if !matches!(&*word.rel, "conj" | "parataxis") {
            return false;
        }
        at = word.head;
    }
    false
}
