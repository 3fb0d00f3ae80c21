//! The time in which people held the offices that a text gives them.

use jiff::civil::Date;

use crate::LAST_DAY;
use crate::fold::fold;
use crate::persons::Person;
use crate::table::Period;

/// The longest window that still says something of a date.
const LONGEST_DAYS: i32 = 3 * 366;

/// The periods in which a person held an office so called, joined where one follows the other. "Acting" and the like in the title ask for
/// such a term; without it every incumbent fits.
pub fn held(person: &Person<'_>, title: &str) -> Vec<Period> {
    let (acting, elect, wanted) = parse(title);
    if wanted.is_empty() {
        return Vec::new();
    }
    let provisional = |status: &str| matches!(status, "acting" | "interim" | "caretaker");
    let fits = person.terms.iter().filter(|t| {
        let (_, of_elect, own) = parse(t.title);
        let status = if elect { t.status == "elect" } else { t.is_office() && !of_elect && (!acting || provisional(t.status)) };
        status && own == wanted
    });
    let mut out: Vec<Period> = Vec::new();
    for period in fits.map(|t| Period { from: t.period.from, to: t.period.to.min(LAST_DAY.max(t.period.from)) }) {
        match out.last_mut().filter(|last| last.to.saturating_add(jiff::Span::new().days(2)) >= period.from) {
            Some(last) => last.to = last.to.max(period.to),
            None => out.push(period),
        }
    }
    out
}

/// A title without what qualifies it: whether provisional, whether elect, and the words that name the office.
fn parse(title: &str) -> (bool, bool, Vec<String>) {
    let folded = fold(title).replace("-elect", " elect").replace("vice-", "vice ").replace("prime-", "prime ");
    let (mut acting, mut elect, mut words) = (false, false, Vec::new());
    for word in folded.split(' ') {
        match word {
            "acting" | "interim" | "caretaker" | "provisional" => acting = true,
            "elect" => elect = true,
            "the" | "of" | "for" | "mr" | "mr." | "mrs" | "ms" | "affairs" => {}
            "defense" => words.push("defence".to_owned()),
            "premier" => words.extend(["prime".to_owned(), "minister".to_owned()]),
            word => words.push(word.to_owned()),
        }
    }
    (acting, elect, words)
}

/// The stretches of days that lie in a period of each, in order of time; none where there is none, or where they reach over more than about
/// three years.
pub fn shared(of_each: &[Vec<Period>]) -> Vec<Period> {
    let Some((first, rest)) = of_each.split_first() else { return Vec::new() };
    let mut common = first.clone();
    for periods in rest {
        let cut = |a: &Period| -> Vec<Period> {
            let both = periods.iter().map(|b| Period { from: a.from.max(b.from), to: a.to.min(b.to) });
            both.filter(|p| p.from <= p.to).collect()
        };
        common = common.iter().flat_map(cut).collect();
    }
    let short = |from: Date, to: Date| from != Date::MIN && (to - from).get_days() <= LONGEST_DAYS;
    match (common.first(), common.last()) {
        (Some(first), Some(last)) if short(first.from, last.to) => common,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    /// The shared window of holders and their titles, as `from..to`.
    fn check(holders: &[(&str, &str)], expect: &[&str]) {
        let knowledge = Knowledge::load();
        let each: Vec<Vec<Period>> = holders.iter().map(|(name, title)| held(&knowledge.persons.find(name)[0], title)).collect();
        let got: Vec<String> = shared(&each).iter().map(|p| format!("{}..{}", p.from, p.to)).collect();
        assert_eq!(got, expect, "of {holders:?}");
    }

    #[test]
    fn offices_held_at_the_same_time() {
        check(&[("Theresa May", "Prime Minister"), ("Donald Trump", "President")], &["2017-01-20..2019-07-24"]);
        check(&[("Theresa May", "Home Secretary")], &[]);
        check(&[("Han Duck-soo", "acting President")], &["2024-12-14..2024-12-27", "2025-03-24..2025-05-01"]);
        check(&[("Han Duck-soo", "acting President"), ("Donald Trump", "President-elect")], &["2024-12-14..2024-12-27"]);
    }

    #[test]
    fn offices_that_never_were_held_together() {
        check(&[("Theresa May", "Prime Minister"), ("George W. Bush", "President")], &[]);
        check(&[("Theresa May", "Emperor")], &[]);
    }

    #[test]
    fn titles_are_read_apart() {
        assert_eq!(parse("Acting President"), (true, false, vec!["president".to_owned()]));
        assert_eq!(parse("President-elect"), (false, true, vec!["president".to_owned()]));
        assert_eq!(parse("Minister of Foreign Affairs").2, ["minister", "foreign"]);
    }
}
