//! The time expressions of an article, placed on the calendar.
//!
//! Relative expressions count from the day of publication and the tense of their clause; "two days later" and, in a text without such a day, "5 May"
//! count from the date the text last spoke of. Nothing falls back in silence.

use demarche_language::{AnalysedSentence, Analysis};
use demarche_record::{Article, Basis, DateInterval, Precision, Span};
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
    let published = published.or_else(|| dateline(analysis));
    let found: Vec<Vec<Expression>> = analysis.sentences.iter().map(found_in).collect();
    // A text without a day of publication tells its own time; so does one that mostly names whole dates long before that day.
    let whole: Vec<Date> =
        found.iter().flatten().filter(|e| e.is_whole()).filter_map(|e| e.resolve(&Reference::default()).days.map(|d| d.1)).collect();
    let old =
        published.is_some_and(|p| whole.len() >= 8 && whole.iter().filter(|d| d.year() + 2 < p.year()).count() * 10 > whole.len() * 8);
    let narrative = published.is_none() || old;
    let mut spoken: Option<(Date, demarche_time::Precision)> = None;
    // A year far from the one the tale is at, until the tale is found to have moved there.
    let mut leap: Option<i16> = None;
    // The years that the text names, to tell a glance at another year from a step to it.
    let mut years = found.iter().flatten().filter_map(named_year).skip(1);
    let mut next: Option<i16> = None;
    let mut out = Vec::new();
    for (index, (sentence, expressions)) in analysis.sentences.iter().zip(&found).enumerate() {
        // "on 4 April and from 5 to 6 April 2016": the year may come later in the sentence.
        let in_sentence =
            || expressions.iter().filter(|e| e.is_whole()).find_map(|e| e.resolve(&Reference::default()).days.map(|d| (d.0, d.2)));
        if spoken.is_none() {
            spoken = in_sentence().or_else(|| exercise_year(sentence).filter(|_| published.is_none()));
        }
        for expression in expressions {
            let reference = Reference { published, spoken, narrative, ahead: ahead(sentence, expression.first) };
            let placed = expression.resolve(&reference);
            if named_year(expression).is_some() {
                next = years.next();
            }
            if let Some((from, _, precision)) = placed.days
                && expression.is_spoken()
                && !(narrative && is_aside(sentence, expression))
            {
                let far = |year: i16| from.year().abs_diff(year) > LONGEST_STEP;
                let now = published.is_some_and(|p| p.year().abs_diff(from.year()) <= 1);
                let wide = !matches!(precision, demarche_time::Precision::Day | demarche_time::Precision::Month);
                // "the campaign of 1976", with the next date again in 1975.
                let back = wide && expression.is_whole() && spoken.is_some_and(|s| next == Some(s.0.year()) && s.0.year() != from.year());
                let leaps = narrative && !now && (back || spoken.is_some_and(|s| far(s.0.year())) && leap.is_none_or(far));
                leap = leaps.then(|| from.year());
                if !leaps {
                    spoken = Some((from, precision));
                }
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

/// The year that a whole date names.
fn named_year(expression: &Expression) -> Option<i16> {
    expression.is_whole().then(|| expression.resolve(&Reference::default()).days.map(|d| d.0.year()))?
}

/// Years by which a tale moves on at one step; a date further off is an aside until a second one is near it.
const LONGEST_STEP: u16 = 12;

/// Whether a tale only glances at a date: in brackets, "ten years earlier".
fn is_aside(sentence: &AnalysedSentence, expression: &Expression) -> bool {
    let before = &sentence.words[..expression.first];
    let open = |w: &demarche_language::Word| matches!(w.text.as_str(), "(" | "[");
    let close = |w: &demarche_language::Word| matches!(w.text.as_str(), ")" | "]");
    let bracketed = before.iter().filter(|w| open(w)).count() > before.iter().filter(|w| close(w)).count();
    bracketed || expression.counts_back()
}

/// The day an article was written: that of publication, else that of its dateline.
pub(crate) fn written(article: &Article, analysis: &Analysis) -> Option<Date> {
    match &article.published {
        Some(published) => published.parse().ok(),
        None => dateline(analysis),
    }
}

/// The year that the name of a military exercise carries: "Exercise Desert Wind 16", "Exercise Desert Wind 2016".
fn exercise_year(sentence: &AnalysedSentence) -> Option<(Date, demarche_time::Precision)> {
    let words = &sentence.words;
    let start = words.iter().position(|w| w.text == "Exercise")?;
    let name = words[start + 1..].iter().take_while(|w| w.text.starts_with(char::is_uppercase)).count();
    let digits = &words.get(start + 1 + name).filter(|_| name > 0)?.text;
    let year: i16 = digits.parse().ok()?;
    let year = match digits.len() {
        2 => 2000 + year,
        4 => year,
        _ => return None,
    };
    (1945..2100).contains(&year).then(|| Date::new(year, 1, 1).ok()).flatten().map(|d| (d, demarche_time::Precision::Year))
}

/// Sentences at the top of a text among which its dateline stands.
const DATELINE_REACH: usize = 3;

/// The day of a dateline: a line that is a date, perhaps with places and weekdays ("Geneva, 5 May 2016"), or a date between the place and the
/// dash that opens a report ("BEIRUT, May 5, 2016 (Agency) -").
fn dateline(analysis: &Analysis) -> Option<Date> {
    analysis.sentences.iter().take(DATELINE_REACH).find_map(|sentence| {
        let found = found_in(sentence);
        let day = found.iter().find(|e| e.is_full())?;
        let (from, to, _) = day.resolve(&Reference::default()).days?;
        let around = |w: &demarche_language::Word| !matches!(&*w.upos, "VERB" | "AUX" | "ADP" | "DET" | "PRON" | "SCONJ");
        let head = sentence.words[..day.first].iter().all(around) && day.first <= 8;
        let rest = &sentence.words[day.last + 1..];
        let dash = rest.iter().position(|w| matches!(w.text.as_str(), "-" | "–" | "—" | "--"));
        let ends = rest.iter().all(around) && rest.len() <= 8 || dash.is_some_and(|d| d <= 6 && rest[..d].iter().all(around));
        (from == to && head && ends).then_some(from)
    })
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

/// How verbs begin that move something to a later time.
const POSTPONING: [&str; 11] =
    ["postpon", "delay", "adjourn", "defer", "extend", "reschedul", "suspend", "move", "pushed", "put", "remand"];

/// Whether a time is one up to which or to which something is moved: "until Monday", "to next week".
fn is_target(sentence: &AnalysedSentence, first: usize) -> bool {
    (first.saturating_sub(3)..first).any(|i| matches!(lower(&sentence.words[i]).as_str(), "until" | "till" | "to"))
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
            let bare = |i: usize| sentence.words[i].feats.contains("VerbForm=Inf");
            let passive = children(sentence, at).any(|c| &*sentence.words[c].rel == "aux:pass" && bare(c));
            if (bare(at) || passive) && children(sentence, at).any(|c| lower(&sentence.words[c]) == "to") {
                return Some(true);
            }
            // "has been postponed until Monday": what is put off lies ahead, however it is told.
            let text = lower(w);
            if POSTPONING.iter().any(|stem| text.starts_with(*stem)) && is_target(sentence, word) {
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
