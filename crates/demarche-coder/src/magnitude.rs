//! Numbers of people, things and money that belong to an event.

use demarche_language::{AnalysedSentence, RoleKind};
use demarche_record::{EventType, Magnitude};

use crate::coding::Scene;
use crate::tree::{children, lower, phrase, span_of};

const QUALIFIERS: [(&str, &str); 18] = [
    ("approximately", "approximately"),
    ("about", "approximately"),
    ("around", "approximately"),
    ("some", "approximately"),
    ("roughly", "approximately"),
    ("nearly", "approximately"),
    ("almost", "approximately"),
    ("estimated", "approximately"),
    ("at least", "at least"),
    ("more than", "more than"),
    ("over", "more than"),
    ("up to", "up to"),
    ("as many as", "up to"),
    ("fewer than", "fewer than"),
    ("less than", "fewer than"),
    ("under", "fewer than"),
    ("hundreds of", "approximately"),
    ("minimum of", "at least"),
];

/// The magnitudes of the mention at word `at`.
pub(crate) fn magnitudes(scene: &Scene<'_>, index: usize, at: usize, event: EventType) -> Vec<Magnitude> {
    let sentence = &scene.analysis.sentences[index];
    let mut out: Vec<Magnitude> = Vec::new();
    for role in sentence.roles.iter().filter(|r| r.of == at && r.kind == RoleKind::Count && r.score >= 0.5) {
        if let Some(found) = magnitude(scene, sentence, role.word, event)
            && !out.iter().any(|m| m.text == found.text)
        {
            out.push(found);
        }
    }
    out
}

fn magnitude(scene: &Scene<'_>, sentence: &AnalysedSentence, word: usize, event: EventType) -> Option<Magnitude> {
    let is_number = |i: usize| &*sentence.words[i].upos == "NUM" || number_word(&lower(&sentence.words[i])).is_some();
    // The counted noun carries its number; a number may stand alone.
    let number = if is_number(word) {
        word
    } else {
        children(sentence, word).find(|&i| is_number(i)).or_else(|| phrase(sentence, word).into_iter().find(|&i| is_number(i)))?
    };
    let noun = if number == word && &*sentence.words[word].rel == "nummod" { sentence.words[word].head } else { word };
    let mut value = value_of(&lower(&sentence.words[number]))?;
    for next in number + 1..(number + 3).min(sentence.words.len()) {
        match scale(&lower(&sentence.words[next])) {
            Some(factor) => value *= factor,
            None => break,
        }
    }
    let span = span_of(sentence, &phrase(sentence, noun));
    let before: Vec<String> = (number.saturating_sub(3)..number).map(|i| lower(&sentence.words[i])).collect();
    let before = before.join(" ");
    let qualifier = QUALIFIERS.iter().find(|(w, _)| before == *w || before.ends_with(&format!(" {w}"))).map(|(_, q)| (*q).to_owned());
    // "dozens", "hundreds": a number only in kind.
    let in_kind = matches!(lower(&sentence.words[number]).as_str(), "dozens" | "scores" | "hundreds" | "thousands" | "millions");
    let qualifier = qualifier.or_else(|| in_kind.then(|| "approximately".to_owned()));
    let currency = number > 0 && matches!(sentence.words[number - 1].text.as_str(), "$" | "€" | "£" | "¥" | "₹");
    let words: Vec<String> = phrase(sentence, noun).iter().map(|i| sentence.words[*i].lemma.to_lowercase()).collect();
    let what = what(&words, currency, event, &context_words(sentence, noun));
    Some(Magnitude { what: what.to_owned(), value, qualifier, text: scene.analysis.slice(span) })
}

/// The verb or noun that the counted noun hangs on, and its neighbours.
fn context_words(sentence: &AnalysedSentence, noun: usize) -> Vec<String> {
    let head = sentence.words[noun].head;
    let mut out = vec![sentence.words[head].lemma.to_lowercase()];
    out.extend(children(sentence, noun).map(|i| sentence.words[i].lemma.to_lowercase()));
    out
}

fn what(words: &[String], currency: bool, event: EventType, context: &[String]) -> &'static str {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let near = |list: &[&str]| context.iter().any(|w| list.contains(&w.as_str())) || has(list);
    if currency
        || has(&[
            "dollar", "euro", "pound", "yen", "yuan", "rouble", "ruble", "rupee", "franc", "peso", "money", "usd", "eur", "shilling",
            "naira", "rand", "real", "dinar", "rial", "lira", "won", "baht", "krone", "kronor",
        ])
    {
        "money"
    } else if near(&["injure", "wound", "injured", "wounded", "hurt", "injury"]) {
        "injured"
    } else if near(&["kill", "die", "dead", "death", "killed", "fatality", "slay", "execute", "murder", "massacre"]) {
        "dead"
    } else if near(&[
        "arrest", "detain", "detainee", "prisoner", "hostage", "jail", "imprison", "release", "free", "abduct", "kidnap", "capture",
    ]) || event == EventType::Retreat && has(&["person", "people", "man", "woman"])
    {
        "detained"
    } else if near(&["displace", "flee", "refugee", "evacuate", "migrant", "rescue", "expel"]) {
        "displaced"
    } else if has(&[
        "soldier",
        "troop",
        "trooper",
        "peacekeeper",
        "marine",
        "fighter",
        "reservist",
        "officer",
        "police",
        "policeman",
        "rebel",
        "personnel",
    ]) {
        "soldiers"
    } else if has(&[
        "missile",
        "rocket",
        "tank",
        "warship",
        "jet",
        "drone",
        "rifle",
        "weapon",
        "aircraft",
        "ship",
        "vessel",
        "shell",
        "gun",
        "bomb",
        "vehicle",
        "helicopter",
        "warplane",
        "boat",
    ]) {
        "weapons"
    } else {
        match event {
            EventType::Assault => "dead",
            EventType::Coerce | EventType::Retreat | EventType::Sanction => "detained",
            EventType::Mobilize => "soldiers",
            EventType::Aid | EventType::Agree => "displaced",
            _ => "participants",
        }
    }
}

fn number_word(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(n) = WORDS.iter().position(|w| *w == word) {
        return Some(n as f64);
    }
    if let Some(n) = TENS.iter().position(|w| *w == word) {
        return Some((n as f64 + 2.0) * 10.0);
    }
    match word {
        "dozen" => Some(12.0),
        "dozens" => Some(24.0),
        "scores" => Some(40.0),
        "hundred" | "hundreds" => Some(100.0),
        "thousand" | "thousands" => Some(1000.0),
        "million" | "millions" => Some(1e6),
        _ => None,
    }
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(100.0),
        "thousand" | "k" => Some(1000.0),
        "million" | "m" | "mn" => Some(1e6),
        "billion" | "bn" => Some(1e9),
        "trillion" | "tn" => Some(1e12),
        "dozen" => Some(12.0),
        _ => None,
    }
}

fn value_of(word: &str) -> Option<f64> {
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().filter(|v: &f64| v.is_finite()).or_else(|| number_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_digits() {
        assert_eq!(value_of("1,200"), Some(1200.0));
        assert_eq!(value_of("fifty"), Some(50.0));
        assert_eq!(value_of("dozens"), Some(24.0));
        assert_eq!(value_of("inf"), None);
        assert_eq!(value_of("border"), None);
    }
}
