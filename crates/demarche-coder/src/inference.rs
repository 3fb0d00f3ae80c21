//! Parties that the clause of an event leaves out and the article tells all the same: in the object of a judgement, in the dealing that an act
//! answers, in another mention of the same act. Each finding names its reason in the evidence, and its score is lower than that of a word read.

use demarche_language::{AnalysedSentence, Word};
use demarche_record::{Actor, Event, EventType, Evidence, Kind};

use crate::coding::Scene;
use crate::resumption::related;
use crate::tree::{case_of, child, children, is_nominal, lower, subject_of};

/// Sentences back to the act that an act without a recipient may answer.
const ANSWER_REACH: usize = 2;
/// Sentences back to another mention of an act that is named without its doer.
const SAME_ACT_REACH: usize = 8;
/// How much of a party's score is left when it is carried over.
const CARRIED: f64 = 0.6;

/// Fills what the sentence just coded tells together with those before it.
pub(crate) fn of_sentence(scene: &Scene<'_>, index: usize, events: &mut [Event]) {
    let sentence = &scene.analysis.sentences[index];
    let start = events.iter().position(|e| e.sentence.start == sentence.span.start).unwrap_or(events.len());
    for i in start..events.len() {
        claimed(sentence, &mut events[i]);
        met(sentence, events, i);
        told_before(sentence, events, i);
    }
    for i in start..events.len() {
        topic_of_the_judged(sentence, events, i);
        judged(sentence, events, start, i);
        owner_of_the_judged(scene, index, &mut events[i]);
        despite(scene, index, &mut events[i]);
        answered(sentence, index, events, i);
    }
}

/// Fills what only the whole article tells: a headline names the act, the text its doer.
pub(crate) fn of_article(scene: &Scene<'_>, events: &mut [Event]) {
    for i in 0..events.len() {
        let index = events[i].sentence.index;
        if index > 1 || !events[i].actors.is_empty() {
            continue;
        }
        let sentence = &scene.analysis.sentences[index];
        let Some(at) = word_of(sentence, &events[i]) else { continue };
        let doers = events[i + 1..]
            .iter()
            .find(|e| is_same_act(sentence, at, &events[i], e, scene) && !e.actors.is_empty())
            .map(|e| (e.actors.clone(), e.trigger.text.clone()));
        if let Some((doers, trigger)) = doers {
            let free = |a: &Actor| !events[i].recipients.iter().any(|r| identity(r) == identity(a));
            let doers: Vec<Actor> = doers.into_iter().filter(free).collect();
            take(&mut events[i], Side::Actors, doers, format!("doers of \"{trigger}\""));
            let start = events.iter().position(|e| e.sentence.index == index).unwrap_or(i);
            let end = events.iter().rposition(|e| e.sentence.index == index).unwrap_or(i);
            for j in start..=end {
                judged(sentence, events, start, j);
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Actors,
    Recipients,
}

/// Gives an event parties that stand elsewhere.
fn take(event: &mut Event, side: Side, mut parties: Vec<Actor>, why: String) {
    if parties.is_empty() {
        return;
    }
    for party in &mut parties {
        "coreference".clone_into(&mut party.resolution.by);
        party.resolution.score = crate::round(party.resolution.score * CARRIED);
    }
    let (field, list) = match side {
        Side::Actors => ("actors", &mut event.actors),
        Side::Recipients => ("recipients", &mut event.recipients),
    };
    event.evidence.push(Evidence { field: field.to_owned(), by: "rule".to_owned(), detail: why, score: None });
    list.extend(parties);
}

fn word_of(sentence: &AnalysedSentence, event: &Event) -> Option<usize> {
    sentence.words.iter().position(|w| w.span.start == event.trigger.start)
}

pub(crate) fn identity(actor: &Actor) -> String {
    format!(
        "{}/{}/{}",
        actor.id.as_deref().unwrap_or(&actor.name),
        actor.country.as_deref().unwrap_or(""),
        actor.sectors.first().map_or("", String::as_str)
    )
}

/// "X claimed the attack", "the attack, claimed by X": who claims an act says that he did it.
fn claimed(sentence: &AnalysedSentence, event: &mut Event) {
    let violent = matches!(event.event, EventType::Assault | EventType::Coerce | EventType::Mobilize);
    let Some(link) = event.attribution.last().filter(|_| violent && event.actors.is_empty()) else { return };
    let claims = matches!(link.cue.text.to_lowercase().as_str(), "claimed" | "claims" | "claim" | "claiming");
    let named = word_of(sentence, event).is_some_and(|at| is_nominal(sentence, at));
    if claims && named {
        let speaker = link.speaker.clone();
        take(event, Side::Actors, vec![speaker], "who claims the act".to_owned());
    }
}

/// "The ministers discussed…", "he met officials and discussed…": a talk told on is held by those who met.
fn met(sentence: &AnalysedSentence, events: &mut [Event], i: usize) {
    if events[i].event != EventType::Consult || events[i].actors.len() > 1 || !events[i].recipients.is_empty() {
        return;
    }
    let Some(at) = word_of(sentence, &events[i]) else { return };
    let joined = |e: &Event| {
        e.sentence.start == events[i].sentence.start
            && word_of(sentence, e).is_some_and(|w| {
                sentence.words[at].head == w && &*sentence.words[at].rel == "conj" && subject_of(sentence, at) == subject_of(sentence, w)
            })
    };
    let subject = subject_of(sentence, at);
    let several = subject.is_some_and(|s| plural(&sentence.words[s]) || matches!(lower(&sentence.words[s]).as_str(), "they" | "both"));
    let before = |e: &Event| several && e.sentence.index + 1 == events[i].sentence.index;
    let knows = |e: &Event| events[i].actors.iter().all(|a| e.actors.iter().any(|b| a.country == b.country));
    let found = events[..i]
        .iter()
        .rev()
        .find(|e| e.event == EventType::Consult && e.actors.len() > 1 && e.recipients.is_empty() && knows(e) && (joined(e) || before(e)));
    if let Some(e) = found {
        let own: Vec<Option<String>> = events[i].actors.iter().map(|a| a.country.clone()).collect();
        let others: Vec<Actor> = e.actors.iter().filter(|a| own.is_empty() || !own.contains(&a.country)).cloned().collect();
        let why = format!("those of \"{}\"", e.trigger.text);
        take(&mut events[i], Side::Actors, others, why);
    }
}

/// "the attack", "the violations" without a doer: the doers of the same kind of act told before.
fn told_before(sentence: &AnalysedSentence, events: &mut [Event], i: usize) {
    if !events[i].actors.is_empty() || !events[i].recipients.is_empty() {
        return;
    }
    let Some(at) = word_of(sentence, &events[i]).filter(|at| is_nominal(sentence, *at)) else { return };
    let definite = children(sentence, at).any(|c| matches!(lower(&sentence.words[c]).as_str(), "the" | "this" | "these" | "those"));
    if !definite || events[i].same_as.is_some() {
        return;
    }
    let index = events[i].sentence.index;
    let lemma = sentence.words[at].lemma.to_lowercase();
    let same = |e: &&Event| {
        e.event == events[i].event
            && e.sentence.index + SAME_ACT_REACH >= index
            && !e.actors.is_empty()
            && related(&lemma, &e.trigger.text.to_lowercase())
    };
    if let Some(e) = events[..i].iter().rev().find(same) {
        let (actors, why) = (e.actors.clone(), format!("doers of \"{}\"", e.trigger.text));
        take(&mut events[i], Side::Actors, actors, why);
    }
}

/// Whether a later event tells the act that a headline's noun names.
fn is_same_act(sentence: &AnalysedSentence, at: usize, headline: &Event, other: &Event, scene: &Scene<'_>) -> bool {
    if headline.event != other.event || !is_nominal(sentence, at) || headline.status != other.status {
        return false;
    }
    let later = &scene.analysis.sentences[other.sentence.index];
    let noun = word_of(later, other).map(|w| later.words[w].lemma.to_lowercase()).unwrap_or_default();
    let place = |e: &Event| e.place.as_ref().map(|p| p.name.clone());
    let apart = matches!((place(headline), place(other)), (Some(a), Some(b)) if a != b);
    related(&sentence.words[at].lemma.to_lowercase(), &noun) && !apart
}

/// "welcomes new Syria sanctions": a word inside the name of the judged act is what the act is about, unless it does that act.
fn topic_of_the_judged(sentence: &AnalysedSentence, events: &mut [Event], i: usize) {
    if !matches!(events[i].event, EventType::Accuse | EventType::Support) {
        return;
    }
    let Some(act) = word_of(sentence, &events[i]).and_then(|at| child(sentence, at, &["obj"])) else { return };
    let doers = events.iter().find(|e| e.trigger.start == sentence.words[act].span.start).map(|e| e.actors.clone());
    let Some(doers) = doers else { return };
    let inside: Vec<usize> =
        children(sentence, act).filter(|&c| &*sentence.words[c].rel == "compound").map(|c| sentence.words[c].span.end).collect();
    events[i].recipients.retain(|r| !inside.contains(&r.end) || doers.iter().any(|d| identity(d) == identity(r)));
}

/// "condemned the attacks by X", "welcomes the deal between X and Y": who is judged are the parties of the act, where the sentence names
/// nobody else.
fn judged(sentence: &AnalysedSentence, events: &mut [Event], start: usize, i: usize) {
    if !matches!(events[i].event, EventType::Accuse | EventType::Support) || !events[i].recipients.is_empty() {
        return;
    }
    let Some(at) = word_of(sentence, &events[i]) else { return };
    let objects: Vec<usize> =
        children(sentence, at).filter(|&c| matches!(&*sentence.words[c].rel, "obj" | "obl" | "nmod" | "ccomp" | "nsubj:pass")).collect();
    let act = (start..events.len())
        .filter(|&j| j != i && events[j].sentence.start == events[i].sentence.start)
        .find(|&j| objects.iter().any(|&o| sentence.words[o].span.start == events[j].trigger.start));
    if let Some(act) = act {
        let own: Vec<String> = events[i].actors.iter().map(identity).collect();
        let parties: Vec<Actor> = events[act].actors.iter().filter(|a| !own.contains(&identity(a))).cloned().collect();
        let why = format!("parties of \"{}\"", events[act].trigger.text);
        take(&mut events[i], Side::Recipients, parties, why);
    }
}

/// "welcomed the efforts of X", "in condemnation of X's policies", "appreciate that X agreed": whose the judged thing is.
fn owner_of_the_judged(scene: &Scene<'_>, index: usize, event: &mut Event) {
    let praise = event.event == EventType::Support;
    if !(praise || event.event == EventType::Accuse) || !event.recipients.is_empty() {
        return;
    }
    let sentence = &scene.analysis.sentences[index];
    let Some(at) = word_of(sentence, event) else { return };
    let thing = if is_nominal(sentence, at) {
        children(sentence, at).find(|&c| {
            &*sentence.words[c].rel == "nmod" && case_of(sentence, c).is_some_and(|w| matches!(w.as_str(), "of" | "for" | "at" | "with"))
        })
    } else {
        child(sentence, at, &["obj"]).or_else(|| child(sentence, at, &["ccomp"]))
    };
    let Some(thing) = thing else { return };
    let owner = owner(scene, index, thing, praise, 0);
    let own: Vec<Option<String>> = event.actors.iter().map(|a| a.country.clone()).collect();
    let mut parties: Vec<Actor> = owner.map(|w| scene.actors_at(index, w)).unwrap_or_default();
    parties.retain(|a| a.country.is_some() && !own.contains(&a.country) || a.country.is_none() && a.sectors.iter().any(|s| s != "UNK"));
    let why = format!("whose \"{}\" it is", sentence.words[thing].text);
    take(event, Side::Recipients, parties, why);
}

fn owner(scene: &Scene<'_>, index: usize, thing: usize, praise: bool, depth: usize) -> Option<usize> {
    let sentence = &scene.analysis.sentences[index];
    if !is_nominal(sentence, thing) {
        return subject_of(sentence, thing);
    }
    let by: &[&str] = if praise { &["by", "of", "between", "from"] } else { &["by", "from"] };
    if let Some(owner) = child(sentence, thing, &["nmod:poss"]) {
        return Some(owner);
    }
    let next = children(sentence, thing)
        .find(|&c| &*sentence.words[c].rel == "nmod" && case_of(sentence, c).is_some_and(|w| by.contains(&w.as_str())))?;
    let somebody = scene.actors_at(index, next).iter().any(|a| a.kind != Kind::Unknown && (a.country.is_some() || !a.sectors.is_empty()));
    if somebody || depth > 3 { Some(next) } else { owner(scene, index, next, praise, depth + 1) }
}

/// "Despite appeals from X, Y refused": what is said to somebody is said to the one who then acts.
fn despite(scene: &Scene<'_>, index: usize, event: &mut Event) {
    let directed =
        matches!(event.event, EventType::Request | EventType::Accuse | EventType::Threaten | EventType::Reject | EventType::Sanction);
    if !directed || !event.recipients.is_empty() || event.actors.is_empty() {
        return;
    }
    let sentence = &scene.analysis.sentences[index];
    let Some(at) = word_of(sentence, event).filter(|at| is_nominal(sentence, *at)) else { return };
    let hangs = &*sentence.words[at].rel == "obl"
        && case_of(sentence, at).is_some_and(|c| matches!(c.as_str(), "despite" | "after" | "amid" | "amidst" | "following" | "under"));
    let verb = sentence.words[at].head;
    let below = || child(sentence, verb, &["xcomp"]).and_then(|x| child(sentence, x, &["nsubj"]));
    let Some(subject) = child(sentence, verb, &["nsubj"]).or_else(below).filter(|_| hangs) else { return };
    let own: Vec<Option<String>> = event.actors.iter().map(|a| a.country.clone()).collect();
    let mut parties = scene.actors_at(index, subject);
    parties.retain(|a| a.country.is_some() && !own.contains(&a.country));
    let why = format!("who acts \"{}\" it", case_of(sentence, at).unwrap_or_default());
    take(event, Side::Recipients, parties, why);
}

/// "… accused Dushanbe. The ministry rejected the charge": an act against somebody whom the sentence leaves out goes to the one on the other
/// side of the actor's latest dealing.
fn answered(sentence: &AnalysedSentence, index: usize, events: &mut [Event], i: usize) {
    let lemma = word_of(sentence, &events[i]).map(|w| sentence.words[w].lemma.to_lowercase()).unwrap_or_default();
    let reply = matches!(lemma.as_str(), "respond" | "reply" | "answer" | "reciprocate" | "retaliate");
    let speech =
        matches!(events[i].event, EventType::Reject | EventType::Accuse | EventType::Threaten | EventType::Request | EventType::Sanction);
    let [actor] = events[i].actors.as_slice() else { return };
    let move_of_troops = matches!(events[i].event, EventType::Mobilize | EventType::Retreat)
        && actor.sectors.first().is_some_and(|s| matches!(s.as_str(), "MIL" | "REB" | "PRM"));
    if !(speech || reply || move_of_troops) || !events[i].recipients.is_empty() || actor.country.is_none() {
        return;
    }
    let own = actor.country.clone();
    let side = |parties: &[Actor]| parties.iter().any(|a| a.country == own);
    let other = |parties: &[Actor]| parties.iter().all(|a| a.country.is_some() && a.country != own) && parties.len() == 1;
    let fits = |e: &&Event| {
        !move_of_troops || matches!(e.event, EventType::Assault | EventType::Mobilize | EventType::Threaten | EventType::Coerce)
    };
    let across = events[..i].iter().rev().take_while(|e| e.sentence.index + ANSWER_REACH >= index).filter(fits).find_map(|e| {
        if side(&e.actors) && other(&e.recipients) {
            Some((e.recipients.clone(), e.trigger.text.clone()))
        } else if side(&e.recipients) && other(&e.actors) {
            Some((e.actors.clone(), e.trigger.text.clone()))
        } else {
            None
        }
    });
    if let Some((parties, trigger)) = across {
        take(&mut events[i], Side::Recipients, parties, format!("the other side of \"{trigger}\""));
    }
}

fn plural(word: &Word) -> bool {
    word.feats.contains("Number=Plur")
}
