//! Numbers, months, weekdays and units as words.

use crate::{DayPart, Holiday, Part, Unit};

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ONES: [&str; 20] = [
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
const ORDINALS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

/// A month by its name or abbreviation, 1 to 12. Only with a capital, unless the whole text has none.
pub(crate) fn month(word: &str) -> Option<i8> {
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let bare = word.trim_end_matches('.').to_lowercase();
    let long = MONTHS.iter().position(|m| *m == bare);
    let short = || matches!(bare.len(), 3 | 4).then(|| MONTHS.iter().position(|m| m.len() > 4 && m.starts_with(&bare))).flatten();
    let found = long.or_else(short)?;
    // "Mar", "Dec" are names too, but stand with a number or a stop where they are months; "Juli" is none.
    (bare.len() != 4 || long.is_some() || bare == "sept" || bare == "june" || bare == "july").then_some(found as i8 + 1)
}

/// Months whose name is also another word.
pub(crate) fn doubtful(word: &str) -> bool {
    matches!(word.trim_end_matches('.').to_lowercase().as_str(), "may" | "march" | "mar" | "dec" | "jan" | "august" | "april" | "june")
}

/// 1 Monday to 7 Sunday.
pub(crate) fn weekday(word: &str) -> Option<i8> {
    let bare = word.trim_end_matches('.').to_lowercase();
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let long = WEEKDAYS.iter().position(|d| *d == bare || bare.strip_suffix('s') == Some(*d));
    let short = || match bare.as_str() {
        "mon" => Some(0),
        "tue" | "tues" => Some(1),
        "wed" | "weds" => Some(2),
        "thu" | "thur" | "thurs" => Some(3),
        "fri" => Some(4),
        _ => None,
    };
    long.or_else(|| short().filter(|_| word.ends_with('.'))).map(|d| d as i8 + 1)
}

/// Whether a weekday is written as a plural ("Fridays").
pub(crate) fn plural_weekday(word: &str) -> bool {
    let bare = word.to_lowercase();
    bare.strip_suffix('s').is_some_and(|b| WEEKDAYS.contains(&b))
}

/// A number in figures or one word; "twenty-five" too.
pub(crate) fn number(word: &str) -> Option<f64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace(',', "").parse().ok();
    }
    if let Some(i) = ONES.iter().position(|w| *w == word) {
        return Some(i as f64);
    }
    let (tens, ones) = word.split_once('-').unwrap_or((word, "zero"));
    let t = TENS.iter().position(|w| *w == tens)?;
    let o = ONES.iter().position(|w| *w == ones).filter(|o| *o < 10)?;
    Some((t * 10 + 20 + o) as f64)
}

/// "14th", "2nd", "fifth": 1 to 31.
pub(crate) fn ordinal(word: &str) -> Option<i8> {
    if let Some(i) = ORDINALS.iter().position(|w| *w == word) {
        return Some(i as i8 + 1);
    }
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let suffix = &word[digits.len()..];
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

/// A day of the month in figures or as an ordinal.
pub(crate) fn day(word: &str) -> Option<i8> {
    let plain = || (word.len() <= 2).then(|| word.parse().ok()).flatten().filter(|d| (1..=31).contains(d));
    plain().or_else(|| ordinal(word))
}

/// A year of four figures.
pub(crate) fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten().filter(|y| (1000..=2100).contains(y))
}

/// A unit and whether it is written as a plural.
pub(crate) fn unit(word: &str) -> Option<(Unit, bool)> {
    let (bare, plural) = match word {
        "centuries" => ("century", true),
        "s" | "days'" => return None,
        _ => match word.strip_suffix('s') {
            Some(b) => (b, true),
            None => (word, false),
        },
    };
    let unit = match bare {
        "second" | "sec" => Unit::Second,
        "minute" | "min" => Unit::Minute,
        "hour" | "hr" => Unit::Hour,
        "day" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "season" => Unit::Season,
        "year" | "yr" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    };
    Some((unit, plural))
}

pub(crate) fn season(word: &str) -> Option<Part> {
    Some(match word {
        "spring" | "springtime" => Part::Spring,
        "summer" | "summertime" => Part::Summer,
        "autumn" | "fall" => Part::Autumn,
        "winter" | "wintertime" => Part::Winter,
        _ => return None,
    })
}

pub(crate) fn day_part(word: &str) -> Option<DayPart> {
    Some(match word {
        "morning" | "dawn" | "daybreak" | "sunrise" => DayPart::Morning,
        "noon" | "midday" | "lunchtime" => DayPart::Midday,
        "afternoon" => DayPart::Afternoon,
        "evening" | "dusk" | "sunset" => DayPart::Evening,
        "night" | "midnight" | "nightfall" => DayPart::Night,
        _ => return None,
    })
}

/// Holidays of one or two words: the words they take, and when they are.
pub(crate) fn holiday(first: &str, second: &str) -> Option<(usize, Holiday)> {
    Some(match (first, second) {
        ("christmas", "eve") => (2, Holiday::Fixed(12, 24)),
        ("christmas", "day") => (2, Holiday::Fixed(12, 25)),
        ("christmas", _) => (1, Holiday::Fixed(12, 25)),
        ("boxing", "day") => (2, Holiday::Fixed(12, 26)),
        ("halloween", _) => (1, Holiday::Fixed(10, 31)),
        ("valentine", "day") => (2, Holiday::Fixed(2, 14)),
        ("good", "friday") => (2, Holiday::Easter(-2)),
        ("easter", "sunday") => (2, Holiday::Easter(0)),
        ("easter", "monday") => (2, Holiday::Easter(1)),
        ("easter", _) => (1, Holiday::Easter(0)),
        _ => return None,
    })
}
