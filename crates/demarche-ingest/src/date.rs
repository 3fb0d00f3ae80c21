use jiff::civil::Date;

/// Characters of a date with its time and zone, at most; longer text is prose.
const LONGEST: usize = 100;

const MONTHS: &str = "january february march april may june \
    july august september october november december";

/// The calendar day of a date as feeds, pages and archives write it, in the zone it is written in.
///
/// Reads ISO 8601 and other year-first orders, `20180113`, and days with an English month name in any order and
/// company (RFC 2822, `December 13, 2016 4:51 pm ET`). Days and months in numbers are read only where a single order
/// makes a date; years have four digits.
///
/// ```
/// # use demarche_ingest::parse_date;
/// assert_eq!(parse_date("13-Jan-2018").unwrap().to_string(), "2018-01-13");
/// assert_eq!(parse_date("13/1/2018").unwrap().to_string(), "2018-01-13");
/// assert_eq!(parse_date("1/5/2018"), None);
/// ```
pub fn parse_date(text: &str) -> Option<Date> {
    if text.len() > LONGEST {
        return None;
    }
    in_numbers(text.trim_start_matches(|character: char| !character.is_ascii_digit())).or_else(|| with_month_name(text))
}

/// Year, month, day; or day and month in either order, then year.
fn in_numbers(text: &str) -> Option<Date> {
    let (first, rest) = digits(text);
    // A day alone, or with a time that has no separators.
    if matches!(first.len(), 8 | 12 | 14) {
        return date(first.get(..4)?, first.get(4..6)?, first.get(6..8)?);
    }
    let separator = rest.chars().next().filter(|separator| matches!(separator, '-' | '/' | '.'))?;
    let (second, rest) = digits(rest.strip_prefix(separator)?);
    let (third, _) = digits(rest.strip_prefix(separator)?);
    match (first.len(), second.len(), third.len()) {
        (4, 1 | 2, 1 | 2) => date(first, second, third),
        (1 | 2, 1 | 2, 4) => match (date(third, second, first), date(third, first, second)) {
            (Some(one), Some(other)) => (one == other).then_some(one),
            (one, other) => one.or(other),
        },
        _ => None,
    }
}

/// `17 December 2016`, `December 17, 2016`, `2016 Dec 17`, `Sat Dec 17 10:00:00 UTC 2016`.
fn with_month_name(text: &str) -> Option<Date> {
    let words = words(text);
    let at = |index: Option<usize>| index.and_then(|index| words.get(index)).copied().unwrap_or_default();
    (0..words.len()).find_map(|index| {
        let month = month(at(Some(index)))?;
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        if is_year(before) && is_day(after) {
            date(before, month, after)
        } else if is_day(before) && is_year(after) {
            date(after, month, before)
        } else if is_day(after) {
            let year = words.get(index + 2..)?.iter().find(|word| is_year(word))?;
            date(year, month, after)
        } else {
            None
        }
    })
}

/// Runs of letters, and of digits with the colons of times; `st` to `th` after a number and `of` are left out.
fn words(text: &str) -> Vec<&str> {
    let kind = |character: char| match character {
        '0'..='9' | ':' => 1,
        _ if character.is_alphabetic() => 2,
        _ => 0,
    };
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|character| kind(character) != kind(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if kind(first) != 0 && !matches!(word, "st" | "nd" | "rd" | "th" | "of") {
            words.push(word);
        }
        rest = after;
    }
    words
}

/// The month's number, in digits.
fn month(word: &str) -> Option<&'static str> {
    const NUMBERS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let word = word.to_lowercase();
    let word = if word == "sept" { "sep" } else { word.as_str() };
    let place = MONTHS.split(' ').position(|month| word == month || month.get(..3) == Some(word))?;
    NUMBERS.get(place).copied()
}

fn is_day(word: &str) -> bool {
    word.len() <= 2 && word.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: i16| year >= 1600)
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len()))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| (1600..3000).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        let check = |text: &str, expect: &str| {
            let found = parse_date(text).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(found, expect, "{text}");
        };
        for text in [
            "2018-01-13",
            " 2018-01-13T23:30:00Z",
            "2018-01-13T23:30:00.123-05:00",
            "2018-01-13 08:00",
            "2018/01/13",
            "2018-1-13",
            "2018.01.13",
            "20180113",
            "20180113T120000Z",
            "20180113120000",
            "Sat, 13 Jan 2018 23:30:00 -0500",
            "13 Jan 2018 23:30 GMT",
            "13 January 2018",
            "13th of January, 2018",
            "2018 Jan 13",
            "January 13, 2018 4:51 pm ET",
            "Jan. 13, 2018",
            "Jan.13,2018",
            "13-Jan-2018",
            "13JAN2018",
            "Sat Jan 13 2018",
            "Sat Jan 13 23:30:00 +0000 2018",
            "Sat Jan 13 23:30:00 UTC 2018",
            "Saturday 13 January 2018 06.00 GMT",
            "Published 4:51 PM ET, Sat January 13, 2018",
            "13/01/2018",
            "1/13/2018",
            "13.1.2018",
            "Published: 2018-01-13",
        ] {
            check(text, "2018-01-13");
        }
        check("17 December 2016", "2016-12-17");
        check("2016 Oct 10", "2016-10-10");
        check("Sept. 5, 2016", "2016-09-05");
        check("Tue Nov 24 2026", "2026-11-24");
        check("05/05/2018", "2018-05-05");
        for text in [
            "",
            "1/5/2018",
            "01-05-18",
            "13/01/18",
            "2018-02-30",
            "32 January 2018",
            "2018",
            "January 2018",
            "2018-01",
            "13 January",
            "yesterday",
            "0001-01-01",
            "12345678",
            "1515888000",
            "3 of 5 voters may go in 2018",
        ] {
            check(text, "");
        }
        check(&format!("2018-01-13 {}", "x".repeat(100)), "");
    }
}
