//! The runtime held to what the training code computed (`model/reference.json`): the same decisions, and scores within what 8 bits cost.

use demarche_language::Analyser;
use serde::Deserialize;

/// A lead of the best tag over the second that 8-bit arithmetic must not turn.
const SURE: f32 = 1.5;

/// The score from which the runtime takes an antecedent.
const NO_ANTECEDENT: f32 = -1.0;

#[derive(Deserialize)]
struct Reference {
    words: Vec<String>,
    upos: Vec<String>,
    upos_scores: Vec<Vec<f32>>,
    trigger: Vec<String>,
    names: Vec<String>,
    head: Vec<usize>,
    /// Later word, earlier word, score.
    antecedent_scores: Vec<(usize, usize, f32)>,
}

#[test]
fn the_same_decisions_as_in_training() {
    let rows: Vec<Reference> = serde_json::from_str(include_str!("../../../model/reference.json")).unwrap();
    let analyser = Analyser::new(1).unwrap();
    for row in rows {
        let text = row.words.join(" ");
        let analysis = analyser.analyse(&text).unwrap();
        let sentence = &analysis.sentences[0];
        let words: Vec<&str> = sentence.words.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(words, row.words, "words of {text:?}");
        for ((word, tag), scores) in sentence.words.iter().zip(&row.upos).zip(&row.upos_scores) {
            let mut sorted = scores.clone();
            sorted.sort_by(|a, b| b.total_cmp(a));
            assert!(
                &*word.upos == tag || sorted[0] - sorted[1] < SURE,
                "tag of {:?} in {text:?}: {} instead of {tag}",
                word.text,
                word.upos
            );
        }
        let heads: Vec<usize> = sentence.words.iter().enumerate().map(|(i, w)| if w.head == i { 0 } else { w.head + 1 }).collect();
        assert_eq!(heads, row.head, "heads of {text:?}");
        for reference in &analysis.references {
            let mut scores: Vec<(usize, f32)> =
                row.antecedent_scores.iter().filter(|(later, ..)| *later == reference.word).map(|(_, earlier, s)| (*earlier, *s)).collect();
            scores.push((usize::MAX, NO_ANTECEDENT));
            scores.sort_by(|a, b| b.1.total_cmp(&a.1));
            let found = reference.antecedent.map_or(usize::MAX, |k| analysis.references[k].word);
            let sure = scores.get(1).is_none_or(|second| scores[0].1 - second.1 > SURE);
            assert!(
                found == scores[0].0 || !sure,
                "antecedent of {:?} in {text:?}: {found} instead of {}",
                words[reference.word],
                scores[0].0
            );
            if found == scores[0].0 && reference.antecedent.is_some() {
                assert!((reference.score - scores[0].1).abs() < 0.5, "score of {:?} in {text:?}", words[reference.word]);
            }
        }
        let mut names = vec!["O".to_owned(); words.len()];
        for name in &sentence.names {
            for (k, tag) in names[name.first..=name.last].iter_mut().enumerate() {
                *tag = format!("{}-{}", if k == 0 { "B" } else { "I" }, name.kind.name());
            }
        }
        assert_eq!(names, row.names, "names of {text:?}");
        for (i, label) in row.trigger.iter().enumerate() {
            let found = sentence.mentions.iter().find(|m| m.word == i);
            match label.as_str() {
                "?" => {}
                "O" => assert!(found.is_none_or(|m| m.any < 0.6), "an event on {:?} of {text:?}", words[i]),
                "CUE" => assert!(found.is_some_and(|m| m.event.is_none()), "no cue on {:?} of {text:?}", words[i]),
                event => {
                    assert!(found.is_some_and(|m| m.event.is_some_and(|e| e.name() == event)), "no {event} on {:?} of {text:?}", words[i]);
                }
            }
        }
    }
}

#[test]
fn spans_cut_from_the_text_equal_the_words_whatever_the_text() {
    let analyser = Analyser::new(2).unwrap();
    for text in [
        "",
        " \n ",
        "a\u{300}\u{301} e\u{ad}f \u{200b}x",
        "🇫🇷👩‍👩‍👧 met ‏שלום‏ \u{202e}abc",
        "ALL CAPS WIRE COPY: REBELS ATTACK TOWN",
        &"word ".repeat(3000),
        &"x".repeat(10_000),
    ] {
        let analysis = analyser.analyse(text).unwrap();
        for sentence in &analysis.sentences {
            for word in &sentence.words {
                assert_eq!(analysis.slice(word.span), word.text);
            }
            assert!(sentence.words.iter().all(|w| w.head < sentence.words.len()));
        }
    }
}
