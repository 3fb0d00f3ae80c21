//! Time expressions and what they say of an event's date.
//!
//! Expressions are found by form and resolved from the day of publication where they are relative. Nothing falls back to that day in silence: an
//! expression that cannot be placed keeps its words and no date.

use demarche_record::{Basis, DateInterval, Precision, Span};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What an expression says, before it is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Day(i16, i8, i8),
    Month(i16, i8),
    Year(i16),
    /// First and last year.
    Years(i16, i16),
    /// A day of the year, the year not given.
    DayOfYear(i8, i8),
    /// A month, the year not given.
    MonthOfYear(i8),
    Weekday(Weekday, Direction),
    /// Days from the anchor.
    Days(i32),
    /// Weeks, months, years from the anchor's own.
    Weeks(i32),
    Months(i32),
    YearsFrom(i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Last,
    Next,
    Nearest,
}

/// A time expression: words `first..=last`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    pub(crate) first: usize,
    pub(crate) last: usize,
    value: Value,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

fn month(word: &str) -> Option<i8> {
    let bare = word.trim_end_matches('.').to_lowercase();
    // "may" and "march" are months only with a capital; the callers look at what stands beside them.
    if matches!(bare.as_str(), "may" | "march") && !word.starts_with(char::is_uppercase) {
        return None;
    }
    let long = MONTHS.iter().position(|m| *m == bare);
    let short = (bare.len() >= 3 && bare.len() <= 4).then(|| MONTHS.iter().position(|m| m.len() > 4 && m.starts_with(&bare))).flatten();
    long.or(short).map(|i| i as i8 + 1)
}

fn weekday(word: &str) -> Option<Weekday> {
    let bare = word.trim_end_matches('.').to_lowercase();
    WEEKDAYS
        .iter()
        .find(|(name, _)| {
            *name == bare
                || bare.len() >= 3 && bare.len() <= 5 && name.starts_with(&bare) && word.starts_with(char::is_uppercase) && bare != "sun"
        })
        .map(|(_, d)| *d)
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let suffix = &word[digits.len()..];
    let fits = suffix.is_empty() || matches!(suffix.to_lowercase().as_str(), "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|d| fits && (1..=31).contains(d))
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..=2100).contains(y))
}

fn small_number(word: &str) -> Option<i32> {
    const WORDS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "a" | "an" => Some(1),
        "several" | "few" => None,
        _ => WORDS.iter().position(|w| *w == word).map(|n| n as i32).or_else(|| word.parse().ok().filter(|n| *n < 400)),
    }
}

/// Finds the time expressions of a sentence's words.
pub(crate) fn expressions(words: &[&str]) -> Vec<Expression> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((length, value)) = expression(&words[at..], at > 0) {
            out.push(Expression { first: at, last: at + length - 1, value });
            at += length;
        } else {
            at += 1;
        }
    }
    out
}

fn expression(words: &[&str], inner: bool) -> Option<(usize, Value)> {
    let lower: Vec<String> = words.iter().take(7).map(|w| w.to_lowercase()).collect();
    let get = |i: usize| lower.get(i).map_or("", String::as_str);
    let raw = |i: usize| words.get(i).copied().unwrap_or("");
    // 2025-04-08, whole or in three words.
    if let Ok(date) = raw(0).parse::<Date>()
        && raw(0).len() == 10
    {
        return Some((1, Value::Day(date.year(), date.month(), date.day())));
    }
    if let (Some(y), "-", Some(m), "-", Some(d)) = (year(raw(0)), get(1), day_number(raw(2)), get(3), day_number(raw(4)))
        && Date::new(y, m, d).is_ok()
    {
        return Some((5, Value::Day(y, m, d)));
    }
    // 8 April (2025), 8th of April.
    if let Some(d) = day_number(raw(0)) {
        let of = usize::from(get(1) == "of" || get(1) == "-");
        if let Some(m) = month(raw(1 + of)) {
            let comma = usize::from(matches!(get(2 + of), "," | "-"));
            if let Some(y) = year(raw(2 + of + comma)) {
                return Date::new(y, m, d).ok().map(|_| (3 + of + comma, Value::Day(y, m, d)));
            }
            return Some((2 + of, Value::DayOfYear(m, d)));
        }
    }
    // April 8(, 2025), April 2025, April.
    if let Some(m) = month(raw(0)) {
        if let Some(d) = day_number(raw(1)) {
            let comma = usize::from(get(2) == ",");
            if let Some(y) = year(raw(2 + comma)) {
                return Date::new(y, m, d).ok().map(|_| (3 + comma, Value::Day(y, m, d)));
            }
            return Some((2, Value::DayOfYear(m, d)));
        }
        let comma = usize::from(matches!(get(1), "," | "of"));
        if let Some(y) = year(raw(1 + comma)) {
            return Some((2 + comma, Value::Month(y, m)));
        }
        // "May" alone may be a name or a verb: only after a word that makes it a month, which the caller's span shows.
        let alone = raw(0).starts_with(char::is_uppercase)
            && inner
            && (MONTHS[m as usize - 1].len() > 5 || get(0).ends_with('.') || matches!(get(0), "april" | "june" | "july"));
        return alone.then_some((1, Value::MonthOfYear(m)));
    }
    if let Some(d) = weekday(raw(0)) {
        return Some((1, Value::Weekday(d, Direction::Nearest)));
    }
    // A year, a pair of years, a decade.
    if let Some(y) = year(raw(0)) {
        if matches!(get(1), "-" | "–" | "to" | "and") {
            let second =
                year(raw(2)).or_else(|| (raw(2).len() == 2).then(|| raw(2).parse::<i16>().ok()).flatten().map(|n| y / 100 * 100 + n));
            if let Some(z) = second.filter(|z| *z > y && get(1) != "and") {
                return Some((3, Value::Years(y, z)));
            }
        }
        return Some((1, Value::Year(y)));
    }
    if let Some(decade) = raw(0).strip_suffix('s').and_then(year) {
        return Some((1, Value::Years(decade, decade + 9)));
    }
    match get(0) {
        "today" | "tonight" | "overnight" => return Some((1, Value::Days(0))),
        "yesterday" => return Some((1, Value::Days(-1))),
        "tomorrow" => return Some((1, Value::Days(1))),
        _ => {}
    }
    if matches!(get(0), "last" | "this" | "next" | "past" | "previous" | "coming") {
        let step = match get(0) {
            "last" | "past" | "previous" => -1,
            "this" => 0,
            _ => 1,
        };
        let direction = match step {
            -1 => Direction::Last,
            0 => Direction::Nearest,
            _ => Direction::Next,
        };
        if let Some(d) = weekday(raw(1)) {
            return Some((2, Value::Weekday(d, direction)));
        }
        if let Some(m) = month(raw(1)) {
            return Some((2, Value::MonthOfYear(m)));
        }
        return match get(1) {
            "week" | "weekend" => Some((2, Value::Weeks(step))),
            "month" => Some((2, Value::Months(step))),
            "year" => Some((2, Value::YearsFrom(step))),
            "night" if step < 0 => Some((2, Value::Days(-1))),
            "morning" | "afternoon" | "evening" if step == 0 => Some((2, Value::Days(0))),
            _ => None,
        };
    }
    // "three days ago", "two weeks earlier".
    if let Some(n) = small_number(get(0)) {
        let (unit, back) = (get(1), get(2));
        let sign = match back {
            "ago" | "earlier" | "before" => -1,
            "later" | "hence" => 1,
            _ => return None,
        };
        return match unit {
            "day" | "days" => Some((3, Value::Days(sign * n))),
            "week" | "weeks" => Some((3, Value::Weeks(sign * n))),
            "month" | "months" => Some((3, Value::Months(sign * n))),
            "year" | "years" => Some((3, Value::YearsFrom(sign * n))),
            _ => None,
        };
    }
    None
}

impl Expression {
    /// Whether it names a day or a month together with its year.
    pub(crate) fn is_full(&self) -> bool {
        matches!(self.value, Value::Day(..) | Value::Month(..))
    }
}

/// Places an expression: `anchor` is the day of publication, `ahead` says that the event lies in the future.
pub(crate) fn resolve(expression: &Expression, text: &str, anchor: Option<Date>, ahead: bool) -> DateInterval {
    let unplaced = |partial: Option<String>| DateInterval {
        from: None,
        to: None,
        precision: None,
        basis: Basis::Text,
        text: Some(text.to_owned()),
        partial,
    };
    let placed = |from: Date, to: Date, precision| DateInterval {
        from: Some(from.to_string()),
        to: Some(to.to_string()),
        precision: Some(precision),
        basis: Basis::Text,
        text: Some(text.to_owned()),
        partial: None,
    };
    let day = |d: Date| placed(d, d, Precision::Day);
    let whole_month =
        |y: i16, m: i8| Date::new(y, m, 1).map_or_else(|_| unplaced(None), |d| placed(d, d.last_of_month(), Precision::Month));
    let years = |a: i16, b: i16, precision| match (Date::new(a, 1, 1), Date::new(b, 12, 31)) {
        (Ok(from), Ok(to)) => placed(from, to, precision),
        _ => unplaced(None),
    };
    match (expression.value, anchor) {
        (Value::Day(y, m, d), _) => Date::new(y, m, d).map_or_else(|_| unplaced(None), day),
        (Value::Month(y, m), _) => whole_month(y, m),
        (Value::Year(y), _) => years(y, y, Precision::Year),
        (Value::Years(a, b), _) => years(a, b, Precision::Interval),
        (Value::DayOfYear(m, d), None) => unplaced(Some(format!("--{m:02}-{d:02}"))),
        (Value::MonthOfYear(m), None) => unplaced(Some(format!("--{m:02}"))),
        (_, None) => unplaced(None),
        (Value::DayOfYear(m, d), Some(anchor)) => {
            let candidates: Vec<Date> = (-1..=1).filter_map(|k| Date::new(anchor.year() + k, m, d).ok()).collect();
            nearest(&candidates, anchor, ahead).map_or_else(|| unplaced(Some(format!("--{m:02}-{d:02}"))), day)
        }
        (Value::MonthOfYear(m), Some(anchor)) => {
            let candidates: Vec<Date> = (-1..=1).filter_map(|k| Date::new(anchor.year() + k, m, 1).ok()).collect();
            nearest(&candidates, anchor, ahead).map_or_else(|| unplaced(Some(format!("--{m:02}"))), |d| whole_month(d.year(), d.month()))
        }
        (Value::Weekday(w, direction), Some(anchor)) => {
            let back = (i32::from(anchor.weekday().to_monday_zero_offset()) - i32::from(w.to_monday_zero_offset())).rem_euclid(7);
            let offset = match direction {
                Direction::Last => {
                    if back == 0 {
                        -7
                    } else {
                        -back
                    }
                }
                Direction::Next => 7 - back,
                Direction::Nearest if ahead => {
                    if back == 0 {
                        0
                    } else {
                        7 - back
                    }
                }
                Direction::Nearest => -back,
            };
            shifted(anchor, offset.days()).map_or_else(|| unplaced(None), day)
        }
        (Value::Days(n), Some(anchor)) => shifted(anchor, n.days()).map_or_else(|| unplaced(None), day),
        (Value::Weeks(n), Some(anchor)) => {
            let monday = shifted(anchor, (-i32::from(anchor.weekday().to_monday_zero_offset())).days());
            monday
                .and_then(|d| shifted(d, n.weeks()))
                .and_then(|d| Some(placed(d, shifted(d, 6.days())?, Precision::Week)))
                .unwrap_or_else(|| unplaced(None))
        }
        (Value::Months(n), Some(anchor)) => {
            shifted(anchor.first_of_month(), n.months()).map_or_else(|| unplaced(None), |d| whole_month(d.year(), d.month()))
        }
        (Value::YearsFrom(n), Some(anchor)) => {
            let y = anchor.year().saturating_add(n as i16);
            years(y, y, Precision::Year)
        }
    }
}

fn shifted(date: Date, by: jiff::Span) -> Option<Date> {
    date.checked_add(by).ok()
}

/// The candidate that is latest up to the anchor, or earliest from it on where the event lies ahead.
fn nearest(candidates: &[Date], anchor: Date, ahead: bool) -> Option<Date> {
    if ahead {
        candidates.iter().copied().filter(|d| *d >= anchor.first_of_month()).min()
    } else {
        candidates.iter().copied().filter(|d| *d <= anchor).max()
    }
}

/// The span of an expression in the sentence.
pub(crate) fn span(sentence: &demarche_language::AnalysedSentence, expression: &Expression) -> Span {
    Span::new(sentence.words[expression.first].span.start, sentence.words[expression.last].span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, anchor: Option<&str>, ahead: bool, expect: &[(&str, &str)]) {
        let words: Vec<&str> = text.split(' ').collect();
        let anchor = anchor.and_then(|a| a.parse().ok());
        let found: Vec<(String, String)> = expressions(&words)
            .iter()
            .map(|e| {
                let text = words[e.first..=e.last].join(" ");
                let date = resolve(e, &text, anchor, ahead);
                let value = match (&date.from, &date.to) {
                    (Some(a), Some(b)) if a == b => a.clone(),
                    (Some(a), Some(b)) => format!("{a}/{b}"),
                    _ => date.partial.unwrap_or_else(|| "?".to_owned()),
                };
                (text, value)
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expect, "in {text:?}");
    }

    #[test]
    fn full_dates_need_no_anchor() {
        check("on 8 April 2025 and April 9 , 2025", None, false, &[("8 April 2025", "2025-04-08"), ("April 9 , 2025", "2025-04-09")]);
        check("in March 2014 and since 2011", None, false, &[("March 2014", "2014-03-01/2014-03-31"), ("2011", "2011-01-01/2011-12-31")]);
        check("the 1950 - 53 war", None, false, &[("1950 - 53", "1950-01-01/1953-12-31")]);
        check("on 13 - Jan - 2018", None, false, &[("13 - Jan - 2018", "2018-01-13")]);
    }

    #[test]
    fn without_a_year_or_an_anchor_a_date_stays_partial() {
        check("on 13 October they met", None, false, &[("13 October", "--10-13")]);
        check("on Tuesday they met", None, false, &[("Tuesday", "?")]);
    }

    #[test]
    fn relative_to_publication() {
        // 2025-04-10 is a Thursday.
        let day = Some("2025-04-10");
        check("on Tuesday", day, false, &[("Tuesday", "2025-04-08")]);
        check("on Thursday", day, false, &[("Thursday", "2025-04-10")]);
        check("on Monday", day, true, &[("Monday", "2025-04-14")]);
        check("last Friday", day, false, &[("last Friday", "2025-04-04")]);
        check(
            "yesterday , last week and two months ago",
            day,
            false,
            &[("yesterday", "2025-04-09"), ("last week", "2025-03-31/2025-04-06"), ("two months ago", "2025-02-01/2025-02-28")],
        );
        check("on 13 October they met", day, false, &[("13 October", "2024-10-13")]);
        check("on 1 May they will meet", day, true, &[("1 May", "2025-05-01")]);
    }

    #[test]
    fn words_that_only_look_like_months() {
        check("Theresa May may march", None, false, &[]);
    }
}
