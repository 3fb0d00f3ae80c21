//! Which words of a sentence play actor and recipient of an event in it: what the model says, mended where grammar is exact.

use demarche_language::{AnalysedSentence, Role, RoleKind};
use demarche_record::EventType;

use crate::tree::{
    act_around, between, case_of, child, children, is_nominal, name_at, object_of, passive_subject, subject_of, sufferer, word_is,
};

/// A party counts from this probability on, or from the lower one where the tree agrees.
const LEAST_PARTY: f32 = 0.5;
const LEAST_PARTY_WITH_TREE: f32 = 0.3;
/// The likeliest word counts from here on where no other plays the part.
const LEAST_LONE_PARTY: f32 = 0.4;

/// A word chosen for a part, with its probability, and whether the tree has it there too.
pub(crate) struct Chosen {
    pub(crate) word: usize,
    pub(crate) score: f32,
    pub(crate) tree: bool,
}

/// The words that play actor and recipient for the mention at word `at`.
pub(crate) fn cast(sentence: &AnalysedSentence, at: usize, event: EventType) -> (Vec<Chosen>, Vec<Chosen>) {
    let choose = |kind: RoleKind| {
        let by_tree = if kind == RoleKind::Actor { subject_of(sentence, at) } else { object_of(sentence, at) };
        let roles: Vec<_> = sentence.roles.iter().filter(|r| r.of == at && r.kind == kind && r.word != at).collect();
        let sure = |r: &&&Role| r.score >= LEAST_PARTY || r.score >= LEAST_PARTY_WITH_TREE && by_tree == Some(r.word);
        let mut chosen: Vec<Chosen> =
            roles.iter().filter(sure).map(|r| Chosen { word: r.word, score: r.score, tree: by_tree == Some(r.word) }).collect();
        if chosen.is_empty() {
            let likeliest = roles.iter().filter(|r| r.score >= LEAST_LONE_PARTY).max_by(|a, b| a.score.total_cmp(&b.score));
            chosen.extend(likeliest.map(|r| Chosen { word: r.word, score: r.score, tree: false }));
        }
        chosen
    };
    let (mut actors, mut recipients) = (choose(RoleKind::Actor), choose(RoleKind::Recipient));
    // "talks between X and Y": they and nobody else, all alike.
    let mutual = matches!(event, EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Assault | EventType::Support);
    if let Some(first) = between(sentence, at).filter(|_| mutual && is_nominal(sentence, at)) {
        let score = actors.iter().chain(&recipients).find(|c| c.word == first).map_or(LEAST_PARTY, |c| c.score);
        let mut words = vec![first];
        words.extend(children(sentence, first).filter(|&i| &*sentence.words[i].rel == "conj" && is_nominal(sentence, i)));
        return (words.into_iter().map(|word| Chosen { word, score, tree: true }).collect(), Vec::new());
    }
    // The passive is plain grammar: its subject suffers the act.
    if let Some(i) = passive_subject(sentence, at).and_then(|s| actors.iter().position(|a| a.word == s)) {
        let moved = actors.remove(i);
        if recipients.iter().all(|r| r.word != moved.word) {
            recipients.push(Chosen { tree: true, ..moved });
        }
    }
    // Who is the subject of another clause beside this one does not share in what its own subject does.
    if let Some(own) = subject_of(sentence, at).filter(|s| !is_nominal(sentence, at) && actors.iter().any(|a| a.word == *s)) {
        let elsewhere = |w: usize| {
            let verb = sentence.words[w].head;
            let shared = verb == sentence.words[own].head && &*sentence.words[own].rel == "nsubj";
            w != own && &*sentence.words[w].rel == "nsubj" && verb != at && !shared
        };
        actors.retain(|a| !elsewhere(a.word));
    }
    // Whom the model leaves out, the grammar of a plain clause still shows.
    if actors.is_empty() && word_is(sentence, at, &["VERB"]) && passive_subject(sentence, at).is_none() {
        let subject = child(sentence, at, &["nsubj"]).filter(|s| recipients.iter().all(|r| r.word != *s));
        actors.extend(subject.map(|word| Chosen { word, score: LEAST_LONE_PARTY, tree: true }));
    }
    // "a call with X", "spoke with X": he takes part.
    if event == EventType::Consult {
        let with = |i: &usize| matches!(&*sentence.words[*i].rel, "nmod" | "obl") && case_of(sentence, *i).as_deref() == Some("with");
        let new = |i: &usize| actors.iter().chain(&recipients).all(|c| c.word != *i) && is_nominal(sentence, *i);
        let beside: Vec<usize> = children(sentence, at).filter(with).filter(new).collect();
        recipients.extend(beside.into_iter().map(|word| Chosen { word, score: LEAST_LONE_PARTY, tree: true }));
    }
    // What is coordinated plays one part: that of the surer word.
    let together = |a: usize, b: usize| {
        let conj = |x: usize, y: usize| sentence.words[x].head == y && &*sentence.words[x].rel == "conj";
        conj(a, b)
            || conj(b, a)
            || sentence.words[a].head == sentence.words[b].head && &*sentence.words[a].rel == "conj" && &*sentence.words[b].rel == "conj"
    };
    let torn: Vec<(usize, usize)> = actors
        .iter()
        .flat_map(|a| recipients.iter().filter(|r| together(a.word, r.word)).map(|r| (a.word, r.word)).collect::<Vec<_>>())
        .collect();
    for (a, r) in torn {
        let score = |list: &[Chosen], w: usize| list.iter().find(|c| c.word == w).map_or(0.0, |c| c.score);
        let (from, to, word) =
            if score(&actors, a) >= score(&recipients, r) { (&mut recipients, &mut actors, r) } else { (&mut actors, &mut recipients, a) };
        if let Some(i) = from.iter().position(|c| c.word == word) {
            let moved = from.remove(i);
            to.push(moved);
        }
    }
    // "appeals from X", "a threat by X": who it comes from does it.
    if is_nominal(sentence, at) && (crate::events::is_speech(event) || event == EventType::Aid) {
        let comes_from = |c: &Chosen| {
            let top = if &*sentence.words[c.word].rel == "conj" { sentence.words[c.word].head } else { c.word };
            sentence.words[top].head == at && matches!(case_of(sentence, top).as_deref(), Some("from" | "by"))
        };
        let (mut moved, kept): (Vec<Chosen>, Vec<Chosen>) = recipients.into_iter().partition(comes_from);
        recipients = kept;
        actors.append(&mut moved);
    }
    let violent = matches!(event, EventType::Assault | EventType::Coerce);
    if actors.is_empty() && violent {
        let doer = act_around(sentence, at).and_then(|act| subject_of(sentence, act));
        actors.extend(doer.map(|word| Chosen { word, score: LEAST_PARTY, tree: true }));
    }
    if let Some(sufferer) = sufferer(sentence, at).filter(|_| violent && is_nominal(sentence, at)) {
        let score = actors.iter().find(|a| a.word == sufferer).map_or(LEAST_PARTY, |a| a.score);
        actors.retain(|a| a.word != sufferer);
        if recipients.is_empty() {
            recipients.push(Chosen { word: sufferer, score, tree: true });
        }
    }
    // "will join Jordan in the exercise": both take part.
    let shared = matches!(event, EventType::Agree | EventType::Cooperate | EventType::Consult | EventType::Assault);
    if shared && sentence.words[at].lemma == "join" {
        let beside = child(sentence, at, &["obj"]).filter(|o| name_at(sentence, *o).is_some() && actors.iter().all(|a| a.word != *o));
        recipients.retain(|r| Some(r.word) != beside);
        actors.extend(beside.map(|word| Chosen { word, score: LEAST_PARTY, tree: true }));
    }
    // "the visit focused on support to Syria": what hangs on another noun is no part of a meeting.
    if event == EventType::Consult && is_nominal(sentence, at) {
        let apart = |r: &Chosen| {
            let above = sentence.words[r.word].head;
            !r.tree && &*sentence.words[r.word].rel == "nmod" && above != at && word_is(sentence, above, &["NOUN"]) && r.score < 0.8
        };
        recipients.retain(|r| !apart(r));
    }
    // The conjuncts of a party are parties too, unless they play another part.
    for list in [0, 1] {
        let taken: Vec<usize> = actors.iter().chain(&recipients).map(|c| c.word).collect();
        let own = if list == 0 { &mut actors } else { &mut recipients };
        let more: Vec<Chosen> = own
            .iter()
            .flat_map(|c| {
                let conjuncts = children(sentence, c.word).filter(|&i| &*sentence.words[i].rel == "conj" && is_nominal(sentence, i));
                conjuncts.filter(|i| !taken.contains(i)).map(|word| Chosen { word, score: c.score, tree: false }).collect::<Vec<_>>()
            })
            .collect();
        own.extend(more);
    }
    // "X's invasion of Y": the noun's complement is whom it is aimed at.
    let aimed =
        matches!(event, EventType::Assault | EventType::Coerce | EventType::Sanction) && is_nominal(sentence, at) && !actors.is_empty();
    if recipients.is_empty() && aimed {
        recipients.extend(object_of(sentence, at).filter(|w| actors.iter().all(|a| a.word != *w)).map(|word| Chosen {
            word,
            score: LEAST_PARTY,
            tree: true,
        }));
    }
    actors.sort_by_key(|c| c.word);
    recipients.sort_by_key(|c| c.word);
    (actors, recipients)
}
