//! The time expressions of an article, placed on the calendar.
//!
//! Relative expressions count from the day of publication and the tense of their clause; "two days later" and, in a text without such a day, "5 May"
//! count from the date the text last spoke of. Nothing falls back in silence.

use demarche_language::{AnalysedSentence, Analysis};
use demarche_record::{Basis, DateInterval, Precision, Span};
use demarche_time::{Expression, Placed, Reference, Word, find};
use jiff::civil::Date;

use crate::tree::{children, lower};

/// A time expression in its text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Number of its sentence.
    pub sentence: usize,
    /// First and last word.
    pub words: (usize, usize),
    /// Where it stands, in code points.
    pub span: Span,
    /// TIMEX3 type: DATE, TIME, DURATION or SET.
    pub kind: &'static str,
    /// TIMEX3 value; `X` stands for what is not known.
    pub value: String,
    /// The days it means, with its words.
    pub date: DateInterval,
    /// Whether it names days of its own, as a duration does not.
    pub names_days: bool,
    /// Whether it names a day or a month together with its year.
    pub full: bool,
}

/// Finds and places all time expressions of an article.
pub fn dates(analysis: &Analysis, published: Option<Date>) -> Vec<TimeExpression> {
    let found: Vec<Vec<Expression>> = analysis.sentences.iter().map(found_in).collect();
    // A text without a day of publication tells its own time; so does one that mostly names whole dates long before that day.
    let whole: Vec<Date> =
        found.iter().flatten().filter(|e| e.is_whole()).filter_map(|e| e.resolve(&Reference::default()).days.map(|d| d.1)).collect();
    let old =
        published.is_some_and(|p| whole.len() >= 8 && whole.iter().filter(|d| d.year() + 2 < p.year()).count() * 10 > whole.len() * 8);
    let narrative = published.is_none() || old;
    let mut spoken = None;
    let mut out = Vec::new();
    for (index, (sentence, expressions)) in analysis.sentences.iter().zip(&found).enumerate() {
        // "on 4 April and from 5 to 6 April 2016": the year may come later in the sentence.
        let in_sentence =
            || expressions.iter().filter(|e| e.is_whole()).find_map(|e| e.resolve(&Reference::default()).days.map(|d| (d.0, d.2)));
        if spoken.is_none() {
            spoken = in_sentence();
        }
        for expression in expressions {
            let reference = Reference { published, spoken, narrative, ahead: ahead(sentence, expression.first) };
            let placed = expression.resolve(&reference);
            if let Some((from, _, precision)) = placed.days
                && expression.is_spoken()
            {
                spoken = Some((from, precision));
            }
            let span = Span::new(sentence.words[expression.first].span.start, sentence.words[expression.last].span.end);
            let names_days = matches!(expression.kind, demarche_time::Kind::Date | demarche_time::Kind::Time);
            let text = analysis.slice(span);
            out.push(TimeExpression {
                sentence: index,
                words: (expression.first, expression.last),
                span,
                kind: expression.kind.name(),
                value: placed.value.clone(),
                date: interval(placed, text),
                names_days,
                full: expression.is_full(),
            });
        }
    }
    out
}

fn found_in(sentence: &AnalysedSentence) -> Vec<Expression> {
    find(&sentence.words.iter().map(|w| Word { text: &w.text, upos: &w.upos }).collect::<Vec<_>>())
}

/// Whether a word is part of a time expression: "May", "March", "Sunday".
pub(crate) fn in_time_expression(sentence: &AnalysedSentence, word: usize) -> bool {
    found_in(sentence).iter().any(|e| e.first <= word && word <= e.last)
}

fn interval(placed: Placed, text: String) -> DateInterval {
    let precision = placed.days.map(|d| match d.2 {
        demarche_time::Precision::Day => Precision::Day,
        demarche_time::Precision::Week => Precision::Week,
        demarche_time::Precision::Month => Precision::Month,
        demarche_time::Precision::Year => Precision::Year,
        demarche_time::Precision::Interval => Precision::Interval,
    });
    DateInterval {
        from: placed.days.map(|d| d.0.to_string()),
        to: placed.days.map(|d| d.1.to_string()),
        precision,
        basis: Basis::Text,
        text: Some(text),
        partial: placed.partial,
    }
}

/// Whether the clause of a word lies in the future, by its verb; none where no verb says.
pub(crate) fn ahead(sentence: &AnalysedSentence, word: usize) -> Option<bool> {
    let mut at = word;
    for _ in 0..sentence.words.len() {
        let w = &sentence.words[at];
        if matches!(&*w.upos, "VERB" | "AUX") {
            let helpers: Vec<String> =
                children(sentence, at).filter(|c| &*sentence.words[*c].upos == "AUX").map(|c| lower(&sentence.words[c])).collect();
            if helpers.iter().any(|h| matches!(h.as_str(), "will" | "'ll" | "’ll" | "shall" | "wo")) {
                return Some(true);
            }
            let infinitive = w.feats.contains("VerbForm=Inf") && children(sentence, at).any(|c| lower(&sentence.words[c]) == "to");
            if infinitive {
                return Some(true);
            }
            if w.feats.contains("Tense=Past")
                || helpers.iter().any(|h| matches!(h.as_str(), "was" | "were" | "had" | "did" | "has" | "have" | "been"))
            {
                return Some(false);
            }
            if w.feats.contains("VerbForm=Fin") || !helpers.is_empty() {
                let scheduled =
                    matches!(w.lemma.as_str(), "due" | "schedule" | "set" | "plan" | "expect" | "begin" | "start" | "open" | "go");
                return scheduled.then_some(true);
            }
        }
        if matches!(w.lemma.as_str(), "due" | "next" | "upcoming" | "forthcoming") {
            return Some(true);
        }
        if w.head == at {
            return None;
        }
        at = w.head;
    }
    None
}
