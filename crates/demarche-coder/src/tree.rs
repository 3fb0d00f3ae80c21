//! Questions that the coder asks of a sentence's tree.

use demarche_language::{AnalysedSentence, Name, Word};
use demarche_record::Span;

/// Relations whose dependents belong to the noun phrase of their head.
const INSIDE: [&str; 13] = [
    "det",
    "det:predet",
    "amod",
    "compound",
    "nummod",
    "nmod:desc",
    "flat",
    "nmod:unmarked",
    "goeswith",
    "fixed",
    "compound:prt",
    "nmod:poss",
    "advmod",
];

pub(crate) fn children(sentence: &AnalysedSentence, head: usize) -> impl Iterator<Item = usize> {
    sentence.words.iter().enumerate().filter(move |(i, w)| w.head == head && *i != head).map(|(i, _)| i)
}

pub(crate) fn child(sentence: &AnalysedSentence, head: usize, relations: &[&str]) -> Option<usize> {
    children(sentence, head).find(|&i| relations.contains(&&*sentence.words[i].rel))
}

pub(crate) fn word_is(sentence: &AnalysedSentence, i: usize, upos: &[&str]) -> bool {
    upos.contains(&&*sentence.words[i].upos)
}

pub(crate) fn lower(word: &Word) -> String {
    word.text.to_lowercase()
}

pub(crate) fn is_nominal(sentence: &AnalysedSentence, i: usize) -> bool {
    word_is(sentence, i, &["NOUN", "PROPN", "PRON"])
}

/// The preposition of a nominal.
pub(crate) fn case_of(sentence: &AnalysedSentence, i: usize) -> Option<String> {
    child(sentence, i, &["case"]).map(|c| lower(&sentence.words[c]))
}

/// The name that covers a word.
pub(crate) fn name_at(sentence: &AnalysedSentence, i: usize) -> Option<&Name> {
    sentence.names.iter().find(|n| n.first <= i && i <= n.last)
}

/// The words of the noun phrase around a head, in order: determiners, modifiers, names, "of" phrases; no relative clause, no loose apposition,
/// no further conjunct.
pub(crate) fn phrase(sentence: &AnalysedSentence, head: usize) -> Vec<usize> {
    let mut found = vec![head];
    let mut todo = vec![head];
    while let Some(at) = todo.pop() {
        for i in children(sentence, at) {
            let rel = &*sentence.words[i].rel;
            let name = name_at(sentence, at).is_some_and(|n| n.first <= i && i <= n.last);
            let of = rel == "nmod"
                && case_of(sentence, i).is_some_and(|c| {
                    matches!(c.as_str(), "of" | "for") || (matches!(c.as_str(), "in" | "from") && name_at(sentence, i).is_some())
                });
            let inner = at != head && matches!(rel, "case" | "conj" | "cc" | "punct");
            let clitic = rel == "case" && matches!(lower(&sentence.words[i]).as_str(), "'s" | "’s" | "'" | "’") && at != head;
            if found.contains(&i) {
                continue;
            }
            if name
                || of
                || clitic
                || inner && (rel != "punct" || is_dash(&sentence.words[i].text))
                || INSIDE.contains(&rel) && (rel != "advmod" || i + 2 > at && i < at)
                || rel == "punct" && is_dash(&sentence.words[i].text)
            {
                found.push(i);
                todo.push(i);
            }
        }
    }
    if let Some(name) = name_at(sentence, head) {
        found.extend((name.first..=name.last).filter(|i| !found.contains(i)).collect::<Vec<_>>());
    }
    found.sort_unstable();
    // Only what hangs together around the head: a gap of more than a mark ends the phrase.
    let beside = |a: usize, b: usize| b - a == 1 || b - a == 2 && !word_is(sentence, a + 1, &["VERB", "AUX"]);
    let at = found.iter().position(|i| *i == head).unwrap_or(0);
    let mut first = at;
    while first > 0 && beside(found[first - 1], found[first]) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < found.len() && beside(found[last], found[last + 1]) {
        last += 1;
    }
    found[first..=last].to_vec()
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–" | "‐" | "‑")
}

/// From the first word's start to the last word's end.
pub(crate) fn span_of(sentence: &AnalysedSentence, words: &[usize]) -> Span {
    let first = words.iter().min().copied().unwrap_or(0);
    let last = words.iter().max().copied().unwrap_or(0);
    Span::new(sentence.words[first].span.start, sentence.words[last].span.end)
}

/// Whether a verb is passive here.
pub(crate) fn is_passive(sentence: &AnalysedSentence, verb: usize) -> bool {
    child(sentence, verb, &["aux:pass", "nsubj:pass", "obl:agent"]).is_some() || sentence.words[verb].feats.contains("Voice=Pass")
}

/// Verbs whose object, not subject, does what the complement says.
const OBJECT_CONTROL: [&str; 22] = [
    "urge",
    "ask",
    "order",
    "tell",
    "call",
    "press",
    "push",
    "force",
    "allow",
    "invite",
    "persuade",
    "encourage",
    "request",
    "want",
    "expect",
    "help",
    "lead",
    "permit",
    "warn",
    "advise",
    "instruct",
    "compel",
];

/// Verbs that carry a noun's event and lend it their subject.
pub(crate) const LIGHT: [&str; 40] = [
    "hold",
    "make",
    "launch",
    "give",
    "take",
    "have",
    "carry",
    "conduct",
    "stage",
    "impose",
    "issue",
    "open",
    "mount",
    "wage",
    "begin",
    "start",
    "join",
    "sign",
    "reach",
    "announce",
    "offer",
    "send",
    "pay",
    "lodge",
    "file",
    "deliver",
    "provide",
    "undertake",
    "commit",
    "perform",
    "express",
    "resume",
    "continue",
    "lift",
    "declare",
    "place",
    "put",
    "enter",
    "attend",
    "host",
];

/// Who does what word `at` says, read off the tree: the nominal's head word.
pub(crate) fn subject_of(sentence: &AnalysedSentence, at: usize) -> Option<usize> {
    subject(sentence, at, 0)
}

fn subject(sentence: &AnalysedSentence, at: usize, depth: usize) -> Option<usize> {
    if depth > 6 {
        return None;
    }
    let word = &sentence.words[at];
    let head = word.head;
    if is_nominal(sentence, at) && child(sentence, at, &["nsubj", "cop"]).is_none() {
        // "X's attack", "the attack by X", "the Kenyan attack", "X launched an attack".
        if let Some(owner) = child(sentence, at, &["nmod:poss"]) {
            return Some(owner);
        }
        if let Some(by) = children(sentence, at)
            .find(|&i| matches!(&*sentence.words[i].rel, "nmod" | "obl:agent") && case_of(sentence, i).as_deref() == Some("by"))
        {
            return Some(by);
        }
        if let Some(name) =
            children(sentence, at).find(|&i| matches!(&*sentence.words[i].rel, "amod" | "compound") && name_at(sentence, i).is_some())
        {
            return Some(name);
        }
        let light = matches!(&*word.rel, "obj" | "nsubj:pass" | "obl") && LIGHT.contains(&sentence.words[head].lemma.as_str());
        return if light && head != at { subject(sentence, head, depth + 1) } else { None };
    }
    if let Some(agent) = child(sentence, at, &["obl:agent"]) {
        return Some(agent);
    }
    if is_passive(sentence, at) {
        return act_around(sentence, at).and_then(|act| subject(sentence, act, depth + 1));
    }
    // The parser may hang the subject on the auxiliary.
    let on_auxiliary = || child(sentence, at, &["aux", "cop"]).and_then(|aux| child(sentence, aux, &["nsubj"]));
    if let Some(s) = child(sentence, at, &["nsubj", "nsubj:outer"]).or_else(on_auxiliary) {
        let relative = matches!(lower(&sentence.words[s]).as_str(), "who" | "which" | "that" | "whom");
        return if relative && &*word.rel == "acl:relcl" && head != at { Some(head) } else { Some(s) };
    }
    match &*word.rel {
        // "accused X of crossing", "criticised X for crossing", "kept X from crossing".
        "advcl" | "obl" if head != at && of_the_object(sentence, at).is_some() => of_the_object(sentence, at),
        "conj" | "advcl" | "parataxis" | "ccomp" | "advcl:relcl" if head != at => {
            if &*word.rel == "conj"
                || word.feats.contains("VerbForm=Ger")
                || word.feats.contains("VerbForm=Part")
                || word.feats.contains("VerbForm=Inf")
            {
                subject(sentence, head, depth + 1)
            } else {
                None
            }
        }
        "xcomp" if head != at => {
            let object = child(sentence, head, &["obj", "iobj", "nsubj:pass"]);
            if OBJECT_CONTROL.contains(&sentence.words[head].lemma.as_str()) {
                object.or_else(|| subject(sentence, head, depth + 1))
            } else {
                subject(sentence, head, depth + 1)
            }
        }
        "acl" | "acl:relcl" if head != at => Some(head),
        _ => None,
    }
}

/// The object of the verb on which a gerund with "of", "for" or "from" hangs.
fn of_the_object(sentence: &AnalysedSentence, gerund: usize) -> Option<usize> {
    let marked = children(sentence, gerund)
        .any(|i| matches!(&*sentence.words[i].rel, "mark" | "case") && matches!(lower(&sentence.words[i]).as_str(), "of" | "for" | "from"));
    let object = child(sentence, sentence.words[gerund].head, &["obj", "nsubj:pass"]);
    object.filter(|_| marked && sentence.words[gerund].feats.contains("VerbForm=Ger"))
}

/// "were killed in a PKK attack": the act in which something is done to somebody.
pub(crate) fn act_around(sentence: &AnalysedSentence, verb: usize) -> Option<usize> {
    children(sentence, verb).find(|&i| {
        &*sentence.words[i].rel == "obl"
            && matches!(case_of(sentence, i).as_deref(), Some("in" | "during"))
            && matches!(
                sentence.words[i].lemma.as_str(),
                "attack"
                    | "bombing"
                    | "raid"
                    | "strike"
                    | "airstrike"
                    | "shelling"
                    | "ambush"
                    | "operation"
                    | "offensive"
                    | "assault"
                    | "crackdown"
                    | "shooting"
            )
    })
}

/// Verbs whose subject suffers what their object names.
const SUFFER: [&str; 10] = ["suffer", "face", "endure", "undergo", "sustain", "withstand", "experience", "survive", "see", "witness"];

/// "Turkey suffered a series of bombings", "civilians facing shelling": who suffers the act that a noun names.
pub(crate) fn sufferer(sentence: &AnalysedSentence, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..4 {
        let head = sentence.words[at].head;
        match &*sentence.words[at].rel {
            "conj" => at = head,
            "nmod" if case_of(sentence, at).as_deref() == Some("of") => at = head,
            "obj" => {
                let suffers = SUFFER.contains(&sentence.words[head].lemma.as_str());
                return subject_of(sentence, head).filter(|_| suffers);
            }
            _ => return None,
        }
    }
    None
}

/// The parties that a noun names by "between": the first of them, with the others as its conjuncts.
pub(crate) fn between(sentence: &AnalysedSentence, noun: usize) -> Option<usize> {
    children(sentence, noun).find(|&i| {
        &*sentence.words[i].rel == "nmod"
            && matches!(case_of(sentence, i).as_deref(), Some("between" | "among"))
            && (word_is(sentence, i, &["NOUN", "PROPN"]) || child(sentence, i, &["conj"]).is_some())
    })
}

/// Verbs whose participle says how somebody is minded: "is committed", "are united".
const STATIVE: [&str; 14] = [
    "commit",
    "prepare",
    "determine",
    "dedicate",
    "devote",
    "concern",
    "unite",
    "agree",
    "engage",
    "involve",
    "resolve",
    "schedule",
    "interest",
    "convince",
];

/// To whom a participle with an auxiliary of the passive, or one joined to such, is done: "on being warned and fired at, the group".
pub(crate) fn passive_subject(sentence: &AnalysedSentence, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..4 {
        if child(sentence, at, &["aux:pass"]).is_some() && !STATIVE.contains(&sentence.words[at].lemma.as_str()) {
            let own = child(sentence, at, &["nsubj:pass"]);
            let above = sentence.words[at].head;
            let free = || (&*sentence.words[at].rel == "advcl" && above != at).then(|| child(sentence, above, &["nsubj", "nsubj:pass"]))?;
            return own.or_else(free);
        }
        let joined = &*sentence.words[at].rel == "conj" && sentence.words[at].feats.contains("VerbForm=Part");
        if !joined || child(sentence, at, &["nsubj", "aux"]).is_some() {
            return None;
        }
        at = sentence.words[at].head;
    }
    None
}

/// To whom what word `at` says is done, read off the tree.
pub(crate) fn object_of(sentence: &AnalysedSentence, at: usize) -> Option<usize> {
    if is_nominal(sentence, at) {
        return children(sentence, at).find(|&i| {
            &*sentence.words[i].rel == "nmod"
                && case_of(sentence, i).is_some_and(|c| matches!(c.as_str(), "on" | "against" | "with" | "to" | "of" | "at"))
        });
    }
    if is_passive(sentence, at) {
        return child(sentence, at, &["nsubj:pass"]).map(|s| {
            let relative = matches!(lower(&sentence.words[s]).as_str(), "who" | "which" | "that" | "whom");
            if relative && &*sentence.words[at].rel == "acl:relcl" { sentence.words[at].head } else { s }
        });
    }
    child(sentence, at, &["obj", "iobj"]).or_else(|| {
        children(sentence, at).find(|&i| {
            &*sentence.words[i].rel == "obl"
                && case_of(sentence, i).is_some_and(|c| matches!(c.as_str(), "on" | "against" | "with" | "to" | "at" | "upon"))
        })
    })
}
