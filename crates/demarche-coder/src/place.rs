//! Where an event happened, as the text says.

use demarche_language::{AnalysedSentence, RoleKind};
use demarche_places::Located;
use demarche_record::{Place, PlacePrecision, Span};

use crate::coding::Scene;
use crate::tree::{case_of, children, name_at, phrase, span_of, word_is};

/// Prepositions by which a place is tied to what happened there.
const WHERE: [&str; 13] =
    ["in", "at", "near", "outside", "inside", "across", "around", "throughout", "off", "along", "within", "on", "over"];

/// The place of the mention at word `at`: the likeliest word in that part, else a place that the tree ties to it. The dateline never counts.
pub(crate) fn place(scene: &Scene<'_>, index: usize, at: usize) -> Option<Place> {
    let sentence = &scene.analysis.sentences[index];
    let mut roles: Vec<_> = sentence.roles.iter().filter(|r| r.of == at && r.kind == RoleKind::Place && r.score >= 0.5).collect();
    roles.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.word.cmp(&b.word)));
    let by_role = roles.into_iter().find_map(|role| {
        let words = phrase(sentence, role.word);
        match located(scene, sentence, role.word, &words) {
            Some(located) => Some(of_text(scene, located)),
            // Named, but not found as a place: the words stand, nothing is made up.
            None => name_at(sentence, role.word)
                .map(|n| span_of(sentence, &[n.first, n.last]))
                .filter(|span| !in_dateline(&scene.analysis.text, span.end))
                .map(|span| unknown(scene.analysis.slice(span))),
        }
    });
    by_role.or_else(|| tied(scene, sentence, at).map(|l| of_text(scene, l)))
}

/// The place that a word, or else a word of its phrase, names.
fn located<'a>(scene: &'a Scene<'_>, sentence: &AnalysedSentence, word: usize, words: &[usize]) -> Option<&'a Located> {
    let covers = |span: Span| {
        let found = scene.places.partition_point(|l| l.end <= span.start);
        scene.places.get(found).filter(|l| l.start < span.end && !l.demonym && !in_dateline(&scene.analysis.text, l.end))
    };
    covers(sentence.words[word].span).or_else(|| words.iter().find_map(|w| covers(sentence.words[*w].span)))
}

/// A place that hangs on the mention with a preposition of place, or on the plain verb whose subject or object the mention is ("clashes erupted in X").
fn tied<'a>(scene: &'a Scene<'_>, sentence: &AnalysedSentence, at: usize) -> Option<&'a Located> {
    let word = &sentence.words[at];
    let light = matches!(&*word.rel, "nsubj" | "nsubj:pass" | "obj")
        && word.head != at
        && word_is(sentence, word.head, &["VERB"])
        && sentence.mentions.iter().all(|m| m.word != word.head);
    [Some(at), light.then_some(word.head)].into_iter().flatten().find_map(|head| {
        children(sentence, head)
            .filter(|i| matches!(&*sentence.words[*i].rel, "obl" | "nmod"))
            .filter(|i| case_of(sentence, *i).is_some_and(|c| WHERE.contains(&c.as_str())))
            .find_map(|i| located(scene, sentence, i, &phrase(sentence, i)))
            .filter(|l| l.latitude.is_some())
    })
}

/// Whether a name that ends here opens a report: "NAIROBI, Kenya (Agency) – …".
fn in_dateline(text: &[char], end: usize) -> bool {
    let line = text[..end].iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
    if end - line > 60 {
        return false;
    }
    let before = &text[line..end];
    if before.iter().filter(|c| c.is_whitespace()).count() > 6 || !before.iter().any(|c| c.is_alphabetic()) {
        return false;
    }
    // Up to the dash stand only names and marks: no word in small letters but "and" or "of".
    let rest: String = text[end..].iter().take(60).collect();
    let Some(dash) = [" – ", " — ", " -- ", " - ", "— ", "– "].iter().filter_map(|d| rest.find(d)).min() else { return false };
    let opening: String = before.iter().collect::<String>() + &rest[..dash];
    let shouted = before.iter().filter(|c| c.is_alphabetic()).take(4).all(|c| c.is_uppercase());
    let names = opening.split_whitespace().all(|w| {
        let first = w.trim_start_matches(['(', '[']).chars().next();
        first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) || matches!(w, "and" | "of" | "the")
    });
    names && (shouted || opening.contains('(') || line == 0)
}

fn unknown(text: String) -> Place {
    let name = text.clone();
    Place { name, country: None, admin1: None, geonames: None, latitude: None, longitude: None, precision: PlacePrecision::City, text }
}

/// The place as the record holds it. A country has no point of its own: none is pinned on its capital or its middle.
fn of_text(scene: &Scene<'_>, located: &Located) -> Place {
    let states = &scene.knowledge.states;
    // States of the past are in the tables of states only.
    let state = || states.senses(&located.text, scene.published).first().and_then(|s| states.country(s.id)).map(str::to_owned);
    let Some(precision) = located.precision else {
        return Place { country: state(), ..unknown(located.text.clone()) };
    };
    let whole = precision == PlacePrecision::Country;
    Place {
        name: located.name.clone(),
        country: located.country.clone().or_else(state),
        admin1: located.admin1.clone(),
        geonames: located.geonames,
        latitude: located.latitude.filter(|_| !whole),
        longitude: located.longitude.filter(|_| !whole),
        precision,
        text: located.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        fn check(text: &str, name: &str, expect: bool) {
            let end = text.find(name).map_or(0, |i| text[..i].chars().count() + name.chars().count());
            let text: Vec<char> = text.chars().collect();
            assert_eq!(in_dateline(&text, end), expect, "{name}");
        }
        check("NAIROBI – Somali troops retook a village.", "NAIROBI", true);
        check("NAIROBI, Kenya (Agency) — Somali troops retook a village.", "Kenya", true);
        check("Nairobi (Agency) -- Somali troops retook a village.", "Nairobi", true);
        check("Report\nGOMA, 3 May – Rebels left.", "GOMA", true);
        check("Troops in Nairobi – about 200 – left.", "Nairobi", false);
        check("Somali troops retook Marka.", "Marka", false);
    }
}
