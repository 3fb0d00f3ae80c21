//! Event mentions → event records.

use demarche_language::{AnalysedSentence, Mention, RoleKind};
use demarche_record::{Actor, Basis, Cameo, Context, Event, EventType, Evidence, Kind, SentenceRef, Span, Status, Words};

use jiff::civil::Date;

use crate::attribution::chain;
use crate::calibration::calibrated;
use crate::carried_date;
use crate::cast::{Chosen, cast};
use crate::coding::Scene;
use crate::event_date::{self, is_history, is_known};
use crate::inference::{self, identity};
use crate::magnitude::magnitudes;
use crate::place::place;
use crate::reasons;
use crate::resumption::resumed;
use crate::tree::{children, lower, span_of, word_is};
use crate::window::Window;
use crate::{engine, record_id, round};

/// A mention counts when an event of some type is likelier than none; its type is the likeliest one.
const LEAST_EVENT: f32 = 0.4;
pub(crate) const LEAST_MODE: f32 = 0.5;
const LEAST_CONTEXT: f32 = 0.5;

pub(crate) fn events(scene: &Scene<'_>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    for (index, sentence) in scene.analysis.sentences.iter().enumerate() {
        for mention in &sentence.mentions {
            let Some(event) = mention.event.filter(|_| mention.any >= LEAST_EVENT) else { continue };
            let record = record(scene, index, mention, event, &out);
            out.push(record);
        }
        inference::of_sentence(scene, index, &mut out);
    }
    inference::of_article(scene, &mut out);
    out
}

/// The parties of a mention in one role, with the lowest probability among them.
struct Parties {
    actors: Vec<Actor>,
    score: f32,
    evidence: Vec<Evidence>,
}

fn record(scene: &Scene<'_>, index: usize, mention: &Mention, event: EventType, before: &[Event]) -> Event {
    let sentence = &scene.analysis.sentences[index];
    let at = mention.word;
    let trigger = scene.words(trigger_span(sentence, at));
    let (status, status_score) = best_status(mention);
    let yields = matches!(event, EventType::Retreat | EventType::Concede);
    let refused = yields && status == Status::Negated && is_refused(sentence, at);
    let (event, status) = if refused { (EventType::Reject, Status::Actual) } else { (event, status) };
    let (as_actors, as_recipients) = cast(sentence, at, event);
    let stated = event_date::stated(scene, index, at);
    let undated = stated.text.is_none() && !is_known(&stated);
    let said = || if is_speech(event) { event_date::of_saying(scene, index, at, &as_actors) } else { None };
    let elsewhere = || said().or_else(|| carried_date::of_lead(scene, index, mention, event));
    let told = undated.then(elsewhere).flatten().unwrap_or(stated);
    // What is told as current, with nothing that dates it, lies in the time that the offices allow.
    let current = undated && matches!(status, Status::Actual | Status::Unconfirmed) && !event_date::of_another_time(scene, index, at);
    let window = scene.window.as_ref().filter(|_| current && status == Status::Actual);
    // Offices are those of the event's day, else of the day of publication.
    let on = told.from.as_deref().and_then(|d| d.parse().ok()).or(scene.published).or(window.map(Window::day));
    let mut actors = parties(scene, index, &as_actors, RoleKind::Actor, on);
    let mut recipients = parties(scene, index, &as_recipients, RoleKind::Recipient, on);
    if event == EventType::Consult && meets_alike(sentence, mention) {
        let joined = std::mem::take(&mut recipients.actors);
        actors.actors.extend(joined.into_iter().filter(|r| !as_actors.is_empty() || r.country.is_some()));
        actors.evidence.append(&mut recipients.evidence);
        let mut seen: Vec<String> = Vec::new();
        actors.actors.retain(|a| {
            let id = identity(a);
            let new = !seen.contains(&id);
            seen.push(id);
            new
        });
    }
    // Nobody does a thing to himself: the surer role keeps him.
    let both: Vec<String> = actors.actors.iter().map(identity).filter(|a| recipients.actors.iter().any(|r| identity(r) == *a)).collect();
    let weaker = if actors.score >= recipients.score { &mut recipients } else { &mut actors };
    weaker.actors.retain(|a| !both.contains(&identity(a)));

    // An official does not act against the state he speaks for.
    let governments: Vec<String> = actors.actors.iter().filter(|a| is_government(a)).filter_map(|a| a.country.clone()).collect();
    recipients
        .actors
        .retain(|r| !(r.kind == Kind::State && is_government(r) && r.country.as_ref().is_some_and(|c| governments.contains(c))));

    let mut evidence = vec![Evidence {
        field: "event".to_owned(),
        by: "model".to_owned(),
        detail: format!("event head on \"{}\"", sentence.words[at].text),
        score: Some(round(f64::from(mention.score))),
    }];
    let resumed = resumed(scene, index, mention, event, before, (&actors.actors, &recipients.actors), &told);
    if let Some(first) = resumed {
        if actors.actors.is_empty() {
            actors.actors.clone_from(&first.actors);
        }
        if recipients.actors.is_empty() {
            recipients.actors =
                first.recipients.iter().filter(|r| !actors.actors.iter().any(|a| identity(a) == identity(r))).cloned().collect();
        }
        evidence.push(Evidence {
            field: "same_as".to_owned(),
            by: "rule".to_owned(),
            detail: format!("resumes \"{}\"", first.trigger.text),
            score: None,
        });
    }
    evidence.append(&mut actors.evidence);
    evidence.append(&mut recipients.evidence);

    // A mention that resumes another happened when and where that one did.
    let shared = resumed.filter(|first| !is_known(&told) && is_known(&first.date)).or_else(|| {
        let free = undated && !is_known(&told);
        free.then(|| carried_date::shared(scene, index, at, event, (&actors.actors, &recipients.actors), before))?
    });
    let date = shared.map_or(told, |other| other.date.clone());
    if let Some(other) = shared {
        let detail = format!("the time of \"{}\"", other.trigger.text);
        evidence.push(Evidence { field: "date".to_owned(), by: "rule".to_owned(), detail, score: None });
    }
    let history = status == Status::Actual && is_history(scene, sentence, at, &date);
    let status = if history { Status::Historical } else { status };

    let mut modes: Vec<String> = mention.modes.iter().filter(|(_, p)| *p >= LEAST_MODE).map(|(m, _)| m.clone()).collect();
    if refused {
        modes = vec!["yield".to_owned()];
        let detail = "a refusal to yield".to_owned();
        evidence.push(Evidence { field: "event".to_owned(), by: "rule".to_owned(), detail, score: None });
    }
    let mut contexts: Vec<Context> = mention.contexts.iter().filter(|(_, p)| *p >= LEAST_CONTEXT).map(|(c, _)| *c).collect();
    contexts.sort_unstable();
    evidence.push(Evidence {
        field: "status".to_owned(),
        by: "model".to_owned(),
        detail: "status head".to_owned(),
        score: Some(round(f64::from(status_score))),
    });
    if history {
        let detail = "well before the news, by its words or its date".to_owned();
        evidence.push(Evidence { field: "status".to_owned(), by: "rule".to_owned(), detail, score: None });
    }
    let attribution = chain(scene, index, at);
    // An act of speech reported as the speaker's own keeps him as actor and needs no chain.
    let attribution = if is_speech(event) && attribution.last().is_some_and(|l| actors.actors.iter().any(|a| same_party(a, &l.speaker))) {
        attribution[..attribution.len() - 1].to_vec()
    } else {
        attribution
    };
    let before = attribution.is_empty() && children(sentence, at).any(|i| lower(&sentence.words[i]) == "had");
    let window = window.filter(|_| date.basis == Basis::None && !before);
    evidence.extend(window.map(Window::evidence));
    let date = window.map_or(date, Window::interval);
    let week = (current && !before && date.basis == Basis::None).then(|| event_date::week_of_publication(scene)).flatten();
    let date = week.map_or(date, |week| {
        let detail = "inferred, not in the text: told as current on the day of publication".to_owned();
        evidence.push(Evidence { field: "date".to_owned(), by: "rule".to_owned(), detail, score: None });
        week
    });
    let place = place(scene, index, at).or_else(|| resumed.and_then(|first| first.place.clone()));
    let magnitude = magnitudes(scene, index, at, event);
    let status_cues = cues(scene, index, at);
    let lemmas = neighbour_lemmas(sentence, at);
    let context_names: Vec<&str> = contexts.iter().map(|c| c.name()).collect();
    let cameo = scene.knowledge.frame.derive(event, &modes, &lemmas, &context_names).map(|c| Cameo {
        code: c.code.clone(),
        root: c.code[..2].to_owned(),
        name: c.name.clone(),
        goldstein: c.goldstein,
    });
    let reasons = reasons::reasons(sentence, mention, &modes, &attribution, &date, place.as_ref());
    evidence.extend(reasons.into_iter().filter(|e| shared.is_none() || e.field != "date"));
    evidence.extend(cameo.is_some().then(|| reasons::cameo(&lemmas)));
    let parties_score =
        if actors.actors.is_empty() && recipients.actors.is_empty() { 0.6 } else { actors.score.min(recipients.score) }.clamp(0.3, 1.0);
    let raw_confidence = f64::from(mention.score * parties_score);
    evidence.push(reasons::confidence(mention.score, parties_score, raw_confidence));
    let id = record_id(
        "ev",
        &[
            &scene.article.id,
            &scene.analysis.text.len().to_string(),
            &format!("{}-{}", trigger.start, trigger.end),
            event.name(),
            &actors.actors.iter().map(identity).collect::<Vec<_>>().join("+"),
            &recipients.actors.iter().map(identity).collect::<Vec<_>>().join("+"),
            date.from.as_deref().unwrap_or(""),
            place.as_ref().map_or("", |p| p.name.as_str()),
        ],
    );
    Event {
        id,
        article: scene.article.into(),
        sentence: sentence_ref(scene, index),
        trigger,
        event,
        score: scene.knowledge.frame.score(event, &modes),
        modes,
        contexts,
        quad: event.quad(),
        cameo,
        actors: actors.actors,
        recipients: recipients.actors,
        status,
        status_cues,
        attribution,
        date,
        place,
        magnitude,
        confidence: calibrated(raw_confidence),
        same_as: resumed.map(|f| f.same_as.clone().unwrap_or_else(|| f.id.clone())),
        evidence,
        engine: engine(scene.knowledge),
    }
}

/// "will not withdraw", "has no intention of surrendering": who says that he will not yield refuses.
fn is_refused(sentence: &AnalysedSentence, at: usize) -> bool {
    let word = |i: usize| lower(&sentence.words[i]);
    let will = children(sentence, at).any(|i| matches!(word(i).as_str(), "will" | "would" | "wo" | "'ll" | "’ll" | "shall"));
    let not = children(sentence, at).any(|i| matches!(word(i).as_str(), "not" | "never" | "n't" | "n’t"));
    let above = sentence.words[at].head;
    let no_wish = matches!(sentence.words[above].lemma.as_str(), "intention" | "plan" | "desire" | "wish" | "readiness" | "willingness")
        && above != at
        && children(sentence, above).any(|i| matches!(word(i).as_str(), "no" | "any"));
    will && not || no_wish
}

pub(crate) fn sentence_ref(scene: &Scene<'_>, index: usize) -> SentenceRef {
    let span = scene.analysis.sentences[index].span;
    SentenceRef { index, start: span.start, end: span.end, text: scene.analysis.slice(span) }
}

/// The trigger's words: the word with its particle.
fn trigger_span(sentence: &AnalysedSentence, at: usize) -> Span {
    let mut words = vec![at];
    words.extend(children(sentence, at).filter(|&i| &*sentence.words[i].rel == "compound:prt" && i == at + 1));
    span_of(sentence, &words)
}

/// One person named twice, once without a country.
fn same_name(a: &Actor, b: &Actor) -> bool {
    a.kind == Kind::Person && a.name == b.name && (a.country.is_none() || b.country.is_none())
}

fn is_government(actor: &Actor) -> bool {
    actor.sectors.first().is_some_and(|s| s == "GOV")
}

fn same_party(a: &Actor, b: &Actor) -> bool {
    identity(a) == identity(b)
        || matches!(a.text.to_lowercase().as_str(), "i" | "we" | "us" | "me") && a.country == b.country
        || a.country.is_some() && a.country == b.country && a.start == b.start
        || a.country.is_some()
            && a.country == b.country
            && (a.kind == Kind::State) != (b.kind == Kind::State)
            && a.sectors.first() == b.sectors.first()
}

/// Types that are acts of speech: the saying is the event.
pub(crate) fn is_speech(event: EventType) -> bool {
    matches!(
        event,
        EventType::Agree
            | EventType::Support
            | EventType::Concede
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
    )
}

/// Whether a consultation is one in which all take part alike: a meeting, talks, a call; not a visit, a reception or a mediation.
fn meets_alike(sentence: &AnalysedSentence, mention: &Mention) -> bool {
    let lemma = sentence.words[mention.word].lemma.to_lowercase();
    let one_sided = [
        "visit",
        "host",
        "receive",
        "travel",
        "arrive",
        "fly",
        "mediate",
        "mediation",
        "broker",
        "tour",
        "trip",
        "welcome",
        "brief",
        "greet",
        "reception",
    ];
    let mode = |m: &str| mention.modes.iter().any(|(name, p)| name == m && *p >= LEAST_MODE);
    !one_sided.contains(&lemma.as_str()) && !mode("visit") && !mode("third-party")
}

fn parties(scene: &Scene<'_>, index: usize, chosen: &[Chosen], kind: RoleKind, on: Option<Date>) -> Parties {
    let sentence = &scene.analysis.sentences[index];
    let mut out = Parties { actors: Vec::new(), score: 1.0, evidence: Vec::new() };
    let field = if kind == RoleKind::Actor { "actors" } else { "recipients" };
    for &Chosen { word, score, tree } in chosen {
        let mut found = scene.actors_on(index, word, on);
        if found.is_empty() && word_is(sentence, word, &["PRON"]) {
            found.extend(scene.unresolved(index, word));
        }
        found.retain(can_be_party);
        if found.is_empty() {
            continue;
        }
        let agrees = if tree { ", as the tree has it" } else { "" };
        out.evidence.push(Evidence {
            field: field.to_owned(),
            by: "model".to_owned(),
            detail: format!("role head: \"{}\"{agrees}", sentence.words[word].text),
            score: Some(round(f64::from(score))),
        });
        out.score = out.score.min(score);
        for actor in found {
            // One person under two names here ("we", the speaker) is one party, the better known of the two.
            match out.actors.iter_mut().find(|a| identity(a) == identity(&actor) || same_name(a, &actor)) {
                Some(known) if known.country.is_none() => *known = actor,
                Some(_) => {}
                None => out.actors.push(actor),
            }
        }
    }
    out
}

/// A thing, a place or a topic is never a party: of whom neither country nor sector is known must at least be a person or a named body.
fn can_be_party(actor: &Actor) -> bool {
    actor.country.is_some()
        || !actor.sectors.is_empty()
        || matches!(actor.kind, Kind::Person | Kind::Organisation)
        || actor.resolution.by == "unresolved"
}

fn best_status(mention: &Mention) -> (Status, f32) {
    mention.status.iter().copied().fold((Status::Actual, 0.0), |best, (s, p)| if p > best.1 { (s, p) } else { best })
}

fn cues(scene: &Scene<'_>, index: usize, at: usize) -> Vec<Words> {
    let sentence = &scene.analysis.sentences[index];
    let mut words: Vec<usize> =
        sentence.roles.iter().filter(|r| r.of == at && r.kind == RoleKind::Status && r.score >= 0.5).map(|r| r.word).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|w| scene.words(sentence.words[w].span)).collect()
}

/// Lemmas of the trigger and of what hangs on it or carries it: what the finer codes are told by.
fn neighbour_lemmas(sentence: &AnalysedSentence, at: usize) -> Vec<String> {
    let mut words = vec![at];
    words.extend(children(sentence, at));
    if !word_is(sentence, at, &["VERB"]) {
        words.push(sentence.words[at].head);
    }
    for i in children(sentence, at).collect::<Vec<_>>() {
        words.extend(children(sentence, i));
    }
    words.into_iter().map(|i| sentence.words[i].lemma.to_lowercase()).collect()
}
