//! When an event happened, by the words of its own sentence. Every step may find nothing; an event without a date stays without one.

use demarche_language::{AnalysedSentence, RoleKind};
use demarche_record::{Basis, DateInterval, EventType, Precision};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::attribution::{LEAST_CUE, best_role, speaker_word};
use crate::cast::Chosen;
use crate::coding::Scene;
use crate::dates::TimeExpression;
use crate::inference::identity;
use crate::tree::{case_of, child, children, is_nominal, lower, word_is};

/// A word may date an event from this probability on.
const LEAST_TIME: f32 = 0.4;
/// From here on the model's choice needs no support from the tree.
const SURE_TIME: f32 = 0.5;

/// Whether anything places the event, if only in part.
pub(crate) fn is_known(date: &DateInterval) -> bool {
    date.from.is_some() || date.partial.is_some()
}

/// Whether the two cannot be one time.
pub(crate) fn differ(a: &DateInterval, b: &DateInterval) -> bool {
    match (&a.from, &a.to, &b.from, &b.to) {
        (Some(a), Some(a_to), Some(b), Some(b_to)) => a_to < b || b_to < a,
        _ => a.partial.is_some() && b.partial.is_some() && a.partial != b.partial,
    }
}

/// The date that the event's own sentence states: by a modifier of its own, by the time between it and another event, by the expression that
/// the model or the tree ties to it.
pub(crate) fn stated(scene: &Scene<'_>, index: usize, at: usize) -> DateInterval {
    counted(scene, index, at).unwrap_or_else(|| tied(scene, index, at))
}

/// The same without a time that is counted from another event.
pub(crate) fn tied(scene: &Scene<'_>, index: usize, at: usize) -> DateInterval {
    let sentence = &scene.analysis.sentences[index];
    let here: Vec<&TimeExpression> = scene.dates.iter().filter(|d| d.sentence == index && d.names_days).collect();
    if let Some(e) = modifier(sentence, &here, at) {
        return e.date.clone();
    }
    match by_model(sentence, &here, at).or_else(|| by_tree(sentence, &here, at)) {
        Some(e) => stretch(scene, sentence, &here, e),
        None => DateInterval::none(),
    }
}

/// Whether an expression hangs on a word.
fn hangs(sentence: &AnalysedSentence, e: &TimeExpression, on: usize) -> bool {
    (e.words.0..=e.words.1).any(|w| sentence.words[w].head == on) && !(e.words.0..=e.words.1).contains(&on)
}

/// "the 13 November attacks", "Friday's bombing": a date inside the noun's phrase, before the noun.
fn modifier<'e>(sentence: &AnalysedSentence, here: &[&'e TimeExpression], at: usize) -> Option<&'e TimeExpression> {
    here.iter().find(|e| e.words.1 < at && is_nominal(sentence, at) && hangs(sentence, e, at) && no_preposition(sentence, e)).copied()
}

fn no_preposition(sentence: &AnalysedSentence, e: &TimeExpression) -> bool {
    !(e.words.0..=e.words.1).any(|w| children(sentence, w).any(|c| &*sentence.words[c].rel == "case" && &*sentence.words[c].upos == "ADP"))
}

/// The expression that the time head picks: the word itself, or one inside its phrase ("on the morning of 8 April").
fn by_model<'e>(sentence: &AnalysedSentence, here: &[&'e TimeExpression], at: usize) -> Option<&'e TimeExpression> {
    let mut roles: Vec<_> = sentence.roles.iter().filter(|r| r.of == at && r.kind == RoleKind::Time && r.score >= LEAST_TIME).collect();
    roles.sort_by(|a, b| b.score.total_cmp(&a.score));
    roles.into_iter().find_map(|role| {
        let phrase = crate::tree::phrase(sentence, role.word);
        let e = here
            .iter()
            .find(|e| e.words.0 <= role.word && role.word <= e.words.1)
            .or_else(|| here.iter().find(|e| phrase.contains(&e.words.0) || phrase.contains(&e.words.1)))?;
        // A weak choice yields to another act on which the expression hangs.
        let taken = role.score < SURE_TIME && sentence.mentions.iter().any(|m| m.word != at && hangs(sentence, e, m.word));
        (!taken).then_some(*e)
    })
}

/// The expression that hangs on the event, on the verb whose time it shares, on a verb that only says that the noun's event took place ("The talks
/// were held on Monday"), or on the occasion ("killed in Friday's attack").
fn by_tree<'e>(sentence: &AnalysedSentence, here: &[&'e TimeExpression], at: usize) -> Option<&'e TimeExpression> {
    let on = |word: usize| here.iter().find(|e| hangs(sentence, e, word)).copied();
    let mut word = at;
    for _ in 0..4 {
        if let Some(e) = on(word) {
            return Some(e);
        }
        let Some(head) = same_time(sentence, word) else { break };
        word = head;
    }
    if let Some(carrier) = carrier(sentence, at) {
        let other = sentence.mentions.iter().any(|m| m.word == carrier && m.event != type_of(sentence, at));
        return if other { None } else { on(carrier) };
    }
    children(sentence, at)
        .filter(|&i| &*sentence.words[i].rel == "obl" && is_occasion(sentence, i))
        .find_map(|i| modifier(sentence, here, i))
}

/// The word whose time another shares: "On Friday, fishermen rescued 700 and the navy saved 200", "A bomb went off on Friday, killing two",
/// "the attack on Friday that killed two", "began on Friday to withdraw".
fn same_time(sentence: &AnalysedSentence, at: usize) -> Option<usize> {
    let word = &sentence.words[at];
    let head = &sentence.words[word.head];
    let shares = match &*word.rel {
        "conj" => true,
        "advcl" => word.feats.contains("Tense=Pres|VerbForm=Part") && child(sentence, at, &["mark"]).is_none(),
        "acl" | "acl:relcl" => type_of(sentence, at).is_some_and(|t| type_of(sentence, word.head) == Some(t)),
        "xcomp" => matches!(head.lemma.as_str(), "begin" | "start" | "continue" | "resume" | "stop"),
        _ => false,
    };
    (shares && word.head != at).then_some(word.head)
}

/// The type of the event that a word names.
fn type_of(sentence: &AnalysedSentence, word: usize) -> Option<EventType> {
    sentence.mentions.iter().find(|m| m.word == word)?.event
}

/// "in the attack", "at the talks": the phrase of an occasion.
pub(crate) fn is_occasion(sentence: &AnalysedSentence, i: usize) -> bool {
    matches!(case_of(sentence, i).as_deref(), Some("in" | "during" | "at" | "on"))
}

/// The verb whose subject or object a noun is, alone or as one of "a series of" such.
pub(crate) fn carrier(sentence: &AnalysedSentence, at: usize) -> Option<usize> {
    const MANY: [&str; 8] = ["series", "wave", "string", "spate", "round", "number", "rash", "pair"];
    let of_many = |i: usize| {
        let word = &sentence.words[i];
        &*word.rel == "nmod" && case_of(sentence, i).as_deref() == Some("of") && MANY.contains(&sentence.words[word.head].lemma.as_str())
    };
    let top = if of_many(at) { sentence.words[at].head } else { at };
    let word = &sentence.words[top];
    let part = matches!(&*word.rel, "nsubj" | "nsubj:pass" | "obj" | "obl");
    (is_nominal(sentence, at) && part && word.head != top && word_is(sentence, word.head, &["VERB"])).then_some(word.head)
}

/// "from 5 to 8 April", "between 3 and 6 May": the whole stretch.
fn stretch(scene: &Scene<'_>, sentence: &AnalysedSentence, here: &[&TimeExpression], first: &TimeExpression) -> DateInterval {
    let low = |i: usize| sentence.words.get(i).map(lower).unwrap_or_default();
    let joined = |e: &&&TimeExpression| {
        e.words.0 == first.words.1 + 2
            && match low(first.words.1 + 1).as_str() {
                "-" | "–" | "—" => true,
                "to" | "until" | "till" | "through" => first.words.0 > 0 && low(first.words.0 - 1) == "from",
                "and" => first.words.0 > 0 && low(first.words.0 - 1) == "between",
                _ => false,
            }
    };
    let last = here.iter().find(joined).filter(|e| matches!((&first.date.from, &e.date.to), (Some(a), Some(b)) if a < b));
    last.map_or_else(
        || first.date.clone(),
        |e| {
            let span = demarche_record::Span::new(first.span.start, e.span.end);
            DateInterval {
                to: e.date.to.clone(),
                precision: Some(Precision::Interval),
                text: Some(scene.analysis.slice(span)),
                ..first.date.clone()
            }
        },
    )
}

/// "It comes a week after 44 people were killed": as long before the time of the main clause as the text says.
fn counted(scene: &Scene<'_>, index: usize, at: usize) -> Option<DateInterval> {
    let sentence = &scene.analysis.sentences[index];
    let (clause, link) = linked(sentence, at)?;
    let earlier = matches!(lower(&sentence.words[link]).as_str(), "after" | "since" | "following");
    let length = scene.dates.iter().find(|d| d.sentence == index && d.kind == "DURATION" && d.words.1 + 1 == link)?;
    let span: Span = length.value.parse().ok()?;
    let main = sentence.words[clause].head;
    let told = scene.dates.iter().find(|d| d.sentence == index && d.names_days && hangs(sentence, d, main));
    let anchor: Option<Date> = match told {
        Some(e) => e.date.from.as_deref().filter(|_| e.date.precision == Some(Precision::Day)).and_then(|d| d.parse().ok()),
        None => scene.published.filter(|_| is_news(sentence, main)),
    };
    let day = anchor.and_then(|day| if earlier { day.checked_sub(span) } else { day.checked_add(span) }.ok());
    let days = day.and_then(|day| match length.value.chars().last() {
        Some('D' | 'W') => Some((day, day, Precision::Day)),
        Some('M') if !length.value.contains('T') => Some((day.first_of_month(), day.last_of_month(), Precision::Month)),
        Some('Y') => Some((day.first_of_year(), day.last_of_year(), Precision::Year)),
        _ => None,
    });
    // Without a day to count from, the words still say that it was another time.
    let words = demarche_record::Span::new(length.span.start, sentence.words[link].span.end);
    Some(DateInterval {
        from: days.map(|d| d.0.to_string()),
        to: days.map(|d| d.1.to_string()),
        precision: days.map(|d| d.2),
        basis: Basis::Text,
        text: Some(scene.analysis.slice(words)),
        partial: None,
    })
}

/// The head of the clause or phrase around an event that "after" or "before" ties to another, and that word.
fn linked(sentence: &AnalysedSentence, at: usize) -> Option<(usize, usize)> {
    let mut top = at;
    for _ in 0..6 {
        let link = children(sentence, top).find(|&c| {
            matches!(&*sentence.words[c].rel, "mark" | "case")
                && matches!(lower(&sentence.words[c]).as_str(), "after" | "before" | "since" | "following")
        });
        if let Some(link) = link {
            return Some((top, link));
        }
        let word = &sentence.words[top];
        if word.head == top || !matches!(&*word.rel, "nsubj" | "nsubj:pass" | "obj" | "obl" | "nmod" | "conj" | "compound") {
            return None;
        }
        top = word.head;
    }
    None
}

/// "comes", "follows": verbs of the present that place what is new itself.
fn is_news(sentence: &AnalysedSentence, verb: usize) -> bool {
    matches!(sentence.words[verb].lemma.as_str(), "come" | "follow") && !sentence.words[verb].feats.contains("Tense=Past")
        || &*sentence.words[verb].upos == "VERB" && child(sentence, verb, &["aux"]).is_some_and(|a| sentence.words[a].lemma == "have")
}

/// Whether the words around tell the event as something of another time than the news: by an adverb, or by a time that is on no calendar
/// ("during the primaries", "prior to the ruling").
pub(crate) fn of_another_time(scene: &Scene<'_>, index: usize, at: usize) -> bool {
    let sentence = &scene.analysis.sentences[index];
    let adverb = |w: &str| matches!(w, "previously" | "earlier" | "once" | "formerly" | "before" | "historically" | "originally");
    if children(sentence, at).any(|i| adverb(&lower(&sentence.words[i]))) {
        return true;
    }
    let top = if &*sentence.words[at].rel == "conj" { sentence.words[at].head } else { at };
    let on_calendar = |w: usize| scene.dates.iter().any(|d| d.sentence == index && d.words.0 <= w && w <= d.words.1);
    let is_event = |w: usize| sentence.mentions.iter().any(|m| m.word == w);
    [at, top].into_iter().flat_map(|v| children(sentence, v)).any(|i| {
        if &*sentence.words[i].rel != "obl" || on_calendar(i) {
            return false;
        }
        match case_of(sentence, i).as_deref() {
            Some("prior" | "before" | "until" | "since") => true,
            Some("during" | "throughout" | "under") => {
                let role = sentence.roles.iter().any(|r| r.of == at && r.word == i && r.kind == RoleKind::Time && r.score >= LEAST_TIME);
                role && !is_event(i)
            }
            _ => false,
        }
    })
}

/// The week up to the day of publication or the dateline.
pub(crate) fn week_of_publication(scene: &Scene<'_>) -> Option<DateInterval> {
    let to = scene.published?;
    let from = to.checked_sub(6.days()).ok()?;
    Some(DateInterval {
        from: Some(from.to_string()),
        to: Some(to.to_string()),
        precision: Some(Precision::Week),
        basis: if scene.article.published.is_some() { Basis::Publication } else { Basis::Dateline },
        ..DateInterval::none()
    })
}

/// The date of the saying ("The minister said on Tuesday that France rejects the plan"), for an act of speech of the speaker's own.
pub(crate) fn of_saying(scene: &Scene<'_>, index: usize, at: usize, actors: &[Chosen]) -> Option<DateInterval> {
    let sentence = &scene.analysis.sentences[index];
    let cue = best_role(sentence, at, RoleKind::Cue, LEAST_CUE)?;
    let speaker = speaker_word(sentence, cue)?;
    let who = |word: usize| scene.actors_at(index, word).iter().map(identity).collect::<Vec<_>>();
    let own = |a: &Chosen| a.word == speaker || who(a.word).iter().any(|id| who(speaker).contains(id));
    if !actors.iter().any(own) {
        return None;
    }
    let date = tied(scene, index, cue);
    is_known(&date).then_some(date)
}

/// Whether an act told as a fact lies well before the news: by a word for it, or by its own date.
pub(crate) fn is_history(scene: &Scene<'_>, sentence: &AnalysedSentence, at: usize, date: &DateInterval) -> bool {
    let long_past = |w: &str| matches!(w, "previously" | "formerly" | "historically" | "once");
    let word = children(sentence, at).any(|i| &*sentence.words[i].rel == "advmod" && long_past(&lower(&sentence.words[i])));
    let end: Option<Date> = date.to.as_deref().filter(|_| date.basis == Basis::Text).and_then(|d| d.parse().ok());
    let least = scene.published.and_then(|p| p.checked_sub(60.days()).ok());
    let begun = date.text.as_deref().is_some_and(|t| t.to_lowercase().starts_with("since"));
    word || !begun && matches!((end, least), (Some(end), Some(least)) if end < least)
}
