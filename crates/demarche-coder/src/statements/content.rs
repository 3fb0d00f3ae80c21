//! What a cue reports: its clause, the clause it is dropped into, a quotation beside it, its object, or what a colon opens.

use demarche_language::AnalysedSentence;
use demarche_record::Span;

use crate::attribution::{Cue, is_according, to_whom};
use crate::coding::Scene;
use crate::dates::in_time_expression;
use crate::quotes::inside;
use crate::tree::{case_of, child, children, is_passive, lower, span_of, word_is};

/// The content of a cue; none where the words after it are not what is said.
pub(super) fn content(scene: &Scene<'_>, cue: &Cue) -> Option<Span> {
    let sentence = &scene.analysis.sentences[cue.sentence];
    let found = if is_according(sentence, cue.word) {
        around_source(sentence, cue.word)
    } else if word_is(sentence, cue.word, &["VERB"]) {
        of_verb(scene, sentence, cue)
    } else {
        complements(sentence, cue)
    };
    let found = found.or_else(|| opened(scene, sentence, cue))?;
    Some(run_on(scene, cue, found))
}

/// The words under a head, without those of some branches; marks at the edges are not content.
fn under(sentence: &AnalysedSentence, head: usize, without: &[usize]) -> Vec<usize> {
    let mut found = vec![head];
    let mut at = 0;
    while at < found.len() {
        let next: Vec<usize> = children(sentence, found[at]).filter(|i| !without.contains(i) && !found.contains(i)).collect();
        found.extend(next);
        at += 1;
    }
    found.sort_unstable();
    let mark = |i: &usize| word_is(sentence, *i, &["PUNCT"]);
    while found.len() > 1 && found.first().is_some_and(mark) {
        found.remove(0);
    }
    while found.len() > 1 && found.last().is_some_and(mark) {
        found.pop();
    }
    found
}

/// "according to X": the clause that the phrase is dropped into.
fn around_source(sentence: &AnalysedSentence, cue: usize) -> Option<Span> {
    let by_case = &*sentence.words[cue].rel == "case";
    let source = to_whom(sentence, cue)?;
    let phrase = if by_case { source } else { cue };
    let above = sentence.words[phrase].head;
    (above != phrase).then(|| span_of(sentence, &under(sentence, above, &[phrase])))
}

fn of_verb(scene: &Scene<'_>, sentence: &AnalysedSentence, cue: &Cue) -> Option<Span> {
    let at = cue.word;
    let word = &sentence.words[at];
    // "was praised by X", "a plan proposed by X".
    if is_passive(sentence, at) && child(sentence, at, &["obl:agent"]).is_some() {
        if let Some(about) = child(sentence, at, &["nsubj:pass", "csubj:pass"]) {
            return Some(span_of(sentence, &under(sentence, about, &[])));
        }
        return (&*word.rel == "acl").then(|| span_of(sentence, &under(sentence, word.head, &[at])));
    }
    if cue.takes.clause {
        if let Some(clause) = child(sentence, at, &["ccomp"]) {
            return Some(span_of(sentence, &under(sentence, clause, &[])));
        }
        // "questioned the vote": the object comes before a quotation further on.
        let further = cue.takes.object || cue.takes.infinitive;
        if let Some(found) = complements(sentence, cue).filter(|_| further && !cue.learned) {
            return Some(found);
        }
        // "…," he said: the cue hangs on what is said.
        if word.head != at && &*word.rel == "parataxis" {
            return Some(span_of(sentence, &under(sentence, word.head, &[at])));
        }
        if let Some(quote) = quotation(scene, sentence, at) {
            return Some(quote);
        }
        let clause = |i: &usize| &*sentence.words[*i].rel == "parataxis" && *i > at && child(sentence, *i, &["nsubj"]).is_some();
        if let Some(clause) = children(sentence, at).find(clause) {
            return Some(span_of(sentence, &under(sentence, clause, &[])));
        }
    }
    complements(sentence, cue).or_else(|| relative(sentence, cue))
}

/// The quotation nearest to a cue outside it, of at least two words, in its sentence.
fn quotation(scene: &Scene<'_>, sentence: &AnalysedSentence, at: usize) -> Option<Span> {
    let cue = sentence.words[at].span;
    let words = |q: &Span| scene.analysis.slice(*q).split_whitespace().count();
    // A verb with a subject of its own between them has the quotation.
    let another_between = |q: &Span| {
        let (from, to) = if q.start >= cue.end { (cue.end, q.start) } else { (q.end, cue.start) };
        (0..sentence.words.len()).any(|i| {
            let start = sentence.words[i].span.start;
            from <= start && start < to && word_is(sentence, i, &["VERB"]) && child(sentence, i, &["nsubj"]).is_some()
        })
    };
    let beside = |q: &&Span| {
        let touches = q.start < sentence.span.end && q.end > sentence.span.start;
        touches && !(q.start <= cue.start && cue.start < q.end) && words(q) > 1 && !another_between(q)
    };
    let gap = |q: &&Span| if q.start >= cue.end { q.start - cue.end } else { cue.start.saturating_sub(q.end) };
    scene.quotes.iter().filter(beside).min_by_key(gap).copied()
}

/// Object, infinitive and prepositional phrases that the cue takes; of a noun also its clause.
fn complements(sentence: &AnalysedSentence, cue: &Cue) -> Option<Span> {
    let (at, takes) = (cue.word, cue.takes);
    let verb = word_is(sentence, at, &["VERB"]);
    let mut heads: Vec<usize> = Vec::new();
    let mut objects: Vec<usize> = Vec::new();
    let mut called = false;
    for i in children(sentence, at) {
        let rel = &*sentence.words[i].rel;
        match rel {
            "obj" | "iobj" if verb => objects.push(i),
            "xcomp" if verb => {
                let names = !word_is(sentence, i, &["VERB"]);
                let mark = child(sentence, i, &["mark"]).map(|m| lower(&sentence.words[m]));
                called |= names || mark.as_deref() == Some("as");
                let introduced = mark.is_some_and(|m| takes.after.contains(&m.as_str()));
                if introduced || (takes.infinitive || takes.object) && !names || takes.named || takes.clause && names {
                    heads.push(i);
                }
            }
            "xcomp" | "ccomp" if takes.infinitive || takes.clause => heads.push(i),
            "acl" if !verb && takes.clause => heads.push(i),
            "obl" | "nmod" | "advcl" | "acl" if i > at => {
                let introduced = child(sentence, i, &["case", "mark"]).map(|c| lower(&sentence.words[c]));
                let as_named = takes.named && introduced.as_deref() == Some("as");
                called |= as_named;
                let purpose = verb && takes.infinitive && rel == "advcl" && introduced.as_deref() == Some("to");
                let about = introduced.is_some_and(|c| takes.after.contains(&c.as_str())) && !in_time_expression(sentence, i);
                if as_named || purpose || about {
                    heads.push(i);
                }
            }
            _ => {}
        }
    }
    if takes.object || takes.named && called || takes.infinitive && !heads.is_empty() {
        heads.append(&mut objects);
    }
    let words: Vec<usize> = heads.iter().flat_map(|h| under(sentence, *h, &[])).collect();
    (!words.is_empty()).then(|| span_of(sentence, &words))
}

/// "the view that everyone echoed": what the relative clause is about.
fn relative(sentence: &AnalysedSentence, cue: &Cue) -> Option<Span> {
    let word = &sentence.words[cue.word];
    let own =
        child(sentence, cue.word, &["nsubj"]).is_some_and(|s| !matches!(lower(&sentence.words[s]).as_str(), "who" | "which" | "that"));
    let about = own && cue.takes.object && &*word.rel == "acl:relcl" && word.head != cue.word;
    about.then(|| span_of(sentence, &under(sentence, word.head, &[cue.word])))
}

/// What a colon at the end of the cue's sentence opens: the next sentence.
fn opened(scene: &Scene<'_>, sentence: &AnalysedSentence, cue: &Cue) -> Option<Span> {
    let colon = sentence.words.last().is_some_and(|w| w.text == ":") && cue.takes.clause;
    colon.then(|| scene.analysis.sentences.get(cue.sentence + 1).map(|s| s.span))?
}

/// A quotation that the content reaches into from outside belongs to it to its end.
fn run_on(scene: &Scene<'_>, cue: &Cue, content: Span) -> Span {
    if inside(&scene.quotes, cue.span.start) {
        return content;
    }
    let mut end = scene.quotes.iter().find(|q| q.start < content.end && content.end <= q.end).map_or(content.end, |q| q.end);
    // The comma before the closing mark is the reporter's.
    while end > content.start + 1 && matches!(scene.analysis.text.get(end - 1), Some(',' | ' ')) {
        end -= 1;
    }
    Span::new(content.start, end)
}

/// To whom the cue's words are said: "told reporters that", "urged Mali to", "said to him".
pub(super) fn addressee(sentence: &AnalysedSentence, cue: usize) -> Option<usize> {
    let clause = child(sentence, cue, &["ccomp", "xcomp"]).is_some();
    let addressed = matches!(
        sentence.words[cue].lemma.as_str(),
        "ask"
            | "urge"
            | "warn"
            | "remind"
            | "inform"
            | "assure"
            | "advise"
            | "order"
            | "instruct"
            | "invite"
            | "encourage"
            | "beg"
            | "implore"
    );
    let told = sentence.words[cue].lemma == "tell" || addressed && clause;
    children(sentence, cue).find(|&i| {
        let rel = &*sentence.words[i].rel;
        matches!(rel, "iobj" | "obj") && told || rel == "obl" && case_of(sentence, i).as_deref() == Some("to")
    })
}
