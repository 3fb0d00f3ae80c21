//! What is found and what it means, rule family by rule family.

use demarche_time::{Reference, Word, find};
use jiff::civil::Date;

/// A rough tag for tests: names, numbers and the words that rules ask about.
fn tag(word: &str) -> &'static str {
    match word.to_lowercase().as_str() {
        "now" => "ADV",
        w if w.starts_with(|c: char| c.is_ascii_digit()) => "NUM",
        "spring" | "summer" | "people" | "past" | "vote" => "NOUN",
        "the" | "his" => "DET",
        "march" if word == "march" => "VERB",
        "may" if word == "may" => "AUX",
        _ if word.starts_with(char::is_uppercase) => "PROPN",
        _ => "X",
    }
}

fn check(text: &str, reference: Reference, expect: &[(&str, &str)]) {
    let texts: Vec<&str> = text.split(' ').collect();
    let words: Vec<Word> = texts.iter().map(|text| Word { text, upos: tag(text) }).collect();
    let found: Vec<(String, String)> =
        find(&words).iter().map(|e| (texts[e.first..=e.last].join(" "), e.resolve(&reference).value)).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expect, "in {text:?}");
}

/// Published on Thursday, 10 April 2025.
fn thursday() -> Reference {
    Reference { published: Date::new(2025, 4, 10).ok(), ..Reference::default() }
}

fn ahead() -> Reference {
    Reference { ahead: Some(true), ..thursday() }
}

#[test]
fn full_dates_need_nothing_else() {
    let none = Reference::default();
    check("on 8 April 2025 and April 9 , 2025", none, &[("8 April 2025", "2025-04-08"), ("April 9 , 2025", "2025-04-09")]);
    check("in March 2014 and since 2011", none, &[("March 2014", "2014-03"), ("2011", "2011")]);
    check("on 13 - Jan - 2018", none, &[("13 - Jan - 2018", "2018-01-13")]);
    check("on 13/01/2018 or 2018-01-14", none, &[("13/01/2018", "2018-01-13"), ("2018-01-14", "2018-01-14")]);
    check("the 5th of May 1945", none, &[("the 5th of May 1945", "1945-05-05")]);
    check("from 3 to 5 June 1967", none, &[("3", "1967-06-03"), ("5 June 1967", "1967-06-05")]);
}

#[test]
fn a_date_without_a_year_stays_partial_without_an_anchor() {
    check("on 13 October they met", Reference::default(), &[("13 October", "XXXX-10-13")]);
    check("on Tuesday they met", Reference::default(), &[("Tuesday", "XXXX-WXX-2")]);
    let words = [Word { text: "13", upos: "NUM" }, Word { text: "October", upos: "PROPN" }];
    let placed = find(&words)[0].resolve(&Reference::default());
    assert_eq!((placed.days, placed.partial.as_deref()), (None, Some("--10-13")));
}

#[test]
fn weekdays_follow_the_tense() {
    check("on Tuesday", thursday(), &[("Tuesday", "2025-04-08")]);
    check("on Thursday", thursday(), &[("Thursday", "2025-04-10")]);
    check("on Friday", thursday(), &[("Friday", "2025-04-04")]);
    check("postponed until Monday", ahead(), &[("Monday", "2025-04-14")]);
    check("last Friday", thursday(), &[("last Friday", "2025-04-04")]);
    check("next Friday", thursday(), &[("next Friday", "2025-04-11")]);
    check("on Monday night", thursday(), &[("Monday night", "2025-04-07TNI")]);
    check("Fridays", thursday(), &[("Fridays", "XXXX-WXX-5")]);
}

#[test]
fn days_weeks_and_years_from_publication() {
    check("yesterday , last week", thursday(), &[("yesterday", "2025-04-09"), ("last week", "2025-W14")]);
    check("two months ago", thursday(), &[("two months ago", "2025-02")]);
    check("three days ago", thursday(), &[("three days ago", "2025-04-07")]);
    check("late last year", thursday(), &[("late last year", "2024")]);
    check("this morning and tonight", thursday(), &[("this morning", "2025-04-10TMO"), ("tonight", "2025-04-10TNI")]);
    check("on 13 October they met", thursday(), &[("13 October", "2024-10-13")]);
    check("on 1 May they will meet", ahead(), &[("1 May", "2025-05-01")]);
}

#[test]
fn parts_of_years_decades_and_centuries() {
    check("in mid-July 1990", thursday(), &[("mid-July 1990", "1990-07")]);
    check("the early 1990s", thursday(), &[("the early 1990s", "199")]);
    check("in the summer of 2012", thursday(), &[("the summer of 2012", "2012-SU")]);
    check("the first quarter of 2013", thursday(), &[("the first quarter of 2013", "2013-Q1")]);
    check("in the 19th century", thursday(), &[("the 19th century", "18")]);
    check("the end of 2012", thursday(), &[("the end of 2012", "2012")]);
    check("in 490 BC", Reference::default(), &[("490 BC", "BC0490")]);
}

#[test]
fn narratives_count_from_what_was_spoken_of() {
    let spoken = Reference {
        spoken: Date::new(1942, 11, 8).ok().map(|d| (d, demarche_time::Precision::Day)),
        narrative: true,
        ..Reference::default()
    };
    check("two days later", spoken, &[("two days later", "1942-11-10")]);
    check("the following year", spoken, &[("the following year", "1943")]);
    check("on 13 November", spoken, &[("13 November", "1942-11-13")]);
    check("in January", spoken, &[("January", "1943-01")]);
    check("the day before", spoken, &[("the day before", "1942-11-07")]);
}

#[test]
fn lengths_and_sets_have_no_days() {
    check("for more than two years", thursday(), &[("more than two years", "P2Y")]);
    check("over the past three months", thursday(), &[("the past three months", "P3M")]);
    check("several weeks", thursday(), &[("several weeks", "PXW")]);
    check("twice a week", thursday(), &[("twice a week", "P1W")]);
    check("every day", thursday(), &[("every day", "P1D")]);
    check("half an hour", thursday(), &[("half an hour", "PT30M")]);
    check("a 17 - year - old boy", thursday(), &[]);
}

#[test]
fn words_that_only_look_like_times() {
    check("Theresa May may march", thursday(), &[]);
    check("2000 people in Gaza", thursday(), &[]);
    check("about 1500 troops", thursday(), &[]);
    check("a month earlier than usual", thursday(), &[("a month", "P1M")]);
}

#[test]
fn figures_that_may_be_day_or_month_give_the_year() {
    check("on 03/05/2018", Reference::default(), &[("03/05/2018", "2018")]);
    check("on 05/05/2018", Reference::default(), &[("05/05/2018", "2018-05-05")]);
    check("am 3.5.2018", Reference::default(), &[("3.5.2018", "2018-05-03")]);
}

#[test]
fn ranges_of_days_and_years() {
    let none = Reference::default();
    check("from June 3 to 5 , 1967 they", none, &[("June 3", "1967-06-03"), ("5 , 1967", "1967-06-05")]);
    check("May 15 - 24 .", thursday(), &[("May 15", "2024-05-15"), ("24", "2024-05-24")]);
    check("in 1957 - 58 .", none, &[("1957", "1957"), ("58", "1958")]);
    check("on May 4 and 5 people died", thursday(), &[("May 4", "2024-05-04")]);
}

#[test]
fn a_year_that_is_pointed_at() {
    let spoken = Reference { spoken: Date::new(1940, 2, 1).ok().map(|d| (d, demarche_time::Precision::Day)), ..thursday() };
    check("in August of that year", spoken, &[("August of that year", "1940-08")]);
    check("on 25 July of the same year", spoken, &[("25 July of the same year", "1940-07-25")]);
    check("that same spring", spoken, &[("that same spring", "1940-SP")]);
    check("in August of last year", thursday(), &[("August of last year", "2024-08")]);
    check("the August of his life", thursday(), &[]);
}

#[test]
fn parts_of_a_day_with_their_day() {
    check("on the night of 13 February 1904", Reference::default(), &[("the night of 13 February 1904", "1904-02-13TNI")]);
    check("until 15:00 GMT Saturday", ahead(), &[("15:00 GMT Saturday", "2025-04-12T15:00")]);
    check("the night of the vote", thursday(), &[]);
}

#[test]
fn ends_of_units_and_modified_distances() {
    check("by the end of the year", thursday(), &[("the end of the year", "2025")]);
    check("late in 1957", thursday(), &[("late in 1957", "1957")]);
    check("almost two years ago", thursday(), &[("almost two years ago", "2023")]);
    check("three hours before the vote", thursday(), &[("three hours", "PT3H")]);
    check("the end of the war", thursday(), &[]);
}
