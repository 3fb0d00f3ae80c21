//! Where time expressions are, by form. Each rule looks at the words from one place on and says how many it takes; the longest wins.

use crate::words::{day, day_part, doubtful, holiday, month, number, ordinal, plural_weekday, season, unit, weekday, year};
use crate::{DayPart, Expression, Kind, Part, Saying, Unit, Which, Word};

/// What a rule found: the number of words, the type, what it says.
type Found = (usize, Kind, Saying);

/// The time expressions of a sentence, in order; they do not overlap.
pub fn find(words: &[Word<'_>]) -> Vec<Expression> {
    let lower: Vec<String> = words.iter().map(|w| w.text.to_lowercase()).collect();
    let view = View { words, lower: &lower };
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((length, kind, saying)) = view.expression(at) {
            out.push(Expression { first: at, last: at + length - 1, kind, saying });
            at += length;
        } else {
            at += 1;
        }
    }
    out
}

struct View<'a> {
    words: &'a [Word<'a>],
    lower: &'a [String],
}

fn date(saying: Saying) -> (Kind, Saying) {
    (Kind::Date, saying)
}

impl View<'_> {
    fn low(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    fn raw(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.text)
    }

    fn tag(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.upos)
    }

    fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |k| self.low(k))
    }

    fn dash(&self, i: usize) -> bool {
        matches!(self.low(i), "-" | "–" | "—" | "‑")
    }

    fn expression(&self, i: usize) -> Option<Found> {
        let rules = [
            Self::figures(self, i),
            Self::clock(self, i),
            Self::modified(self, i),
            Self::recurring(self, i),
            Self::distance(self, i),
            Self::length(self, i),
            Self::deictic(self, i),
            Self::plain(self, i),
        ];
        rules
            .into_iter()
            .flatten()
            .fold(None, |best: Option<Found>, f| if best.as_ref().is_none_or(|b| f.0 > b.0) { Some(f) } else { best })
    }

    /// 2025-04-08, 13/01/2018, 3.4.1999. Where day and month could be either, the day is first.
    #[expect(clippy::many_single_char_names, reason = "year, month, day")]
    fn figures(&self, i: usize) -> Option<Found> {
        let one: Vec<&str> = self.raw(i).split(['-', '/', '.']).collect();
        let several: Vec<&str>;
        let (length, parts) = if one.len() == 3 {
            (1, one)
        } else if matches!(self.low(i + 1), "-" | "/") && self.low(i + 3) == self.low(i + 1) {
            several = vec![self.raw(i), self.raw(i + 2), self.raw(i + 4)];
            (5, several)
        } else {
            return None;
        };
        if let (Some(d), Some(m)) = (day(parts[0]), month(parts[1])) {
            let year = year(parts[2])?;
            return Some((length, Kind::Date, Saying::Day { year: Some(year), month: m, day: d }));
        }
        let small = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok()).flatten();
        let (y, a, b) = match (year(parts[0]), year(parts[2])) {
            (Some(y), _) => (y, small(parts[2])?, small(parts[1])?),
            (None, Some(y)) => (y, small(parts[0])?, small(parts[1])?),
            _ => return None,
        };
        let (d, m) = if b > 12 { (b, a) } else { (a, b) };
        ((1..=12).contains(&m) && (1..=31).contains(&d)).then_some((length, Kind::Date, Saying::Day { year: Some(y), month: m, day: d }))
    }

    /// "4:30 p.m.", "10 am", "1600 GMT", "noon on Friday" without its day.
    fn clock(&self, i: usize) -> Option<Found> {
        let (mut length, mut hour, minute, colon) = if let Some((h, m)) = self.raw(i).split_once([':', '.']) {
            (1, h.parse::<i32>().ok()?, m.parse::<i32>().ok().filter(|_| m.len() == 2)?, self.raw(i).contains(':'))
        } else if self.low(i + 1) == ":" {
            (3, self.raw(i).parse().ok()?, self.raw(i + 2).parse().ok()?, true)
        } else {
            (1, number(self.low(i)).filter(|n| n.fract() == 0.0)? as i32, 0, false)
        };
        if !(0..=59).contains(&minute) {
            return None;
        }
        let half = self.low(i + length).trim_end_matches('.').replace('.', "");
        let zone = |text: &str| matches!(text, "GMT" | "UTC" | "BST" | "EST" | "EDT" | "CET" | "PST");
        if matches!(half.as_str(), "am" | "pm") && (1..=12).contains(&hour) {
            length += 1;
            hour = hour % 12 + if half == "pm" { 12 } else { 0 };
        } else if self.low(i + length) == "o'clock" && (1..=12).contains(&hour) {
            length += 1;
        } else if zone(self.raw(i + length)) && self.raw(i).len() == 4 && !colon {
            let figures: i32 = self.raw(i).parse().ok()?;
            if figures % 100 > 59 || figures >= 2400 {
                return None;
            }
            return Some((length + 1, Kind::Time, Saying::Clock(Box::new(today()), format!("{:02}:{:02}", figures / 100, figures % 100))));
        } else if !(colon && (0..=24).contains(&hour)) {
            return None;
        }
        if zone(self.raw(i + length)) {
            length += 1;
        }
        Some((length, Kind::Time, Saying::Clock(Box::new(today()), format!("{hour:02}:{minute:02}"))))
    }

    /// "early March 2011", "the end of 2012", "mid-July", "later this year": the inner date, with its modifier in the extent.
    fn modified(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.low(i) == "the");
        let k = i + the;
        // "mid-November" as one word.
        if let Some(rest) = self.raw(k).strip_prefix("mid-").or_else(|| self.raw(k).strip_prefix("Mid-")) {
            let (more, following) = self.year_after(k + 1);
            if let Some(m) = month(rest) {
                return Some((the + 1 + more, Kind::Date, Saying::Month { year: following, month: m, which: Which::Open }));
            }
            return year(rest).map(|y| (the + 1, Kind::Date, Saying::Year(y)));
        }
        let taken = match self.low(k) {
            "early" | "late" | "earlier" | "later" => 1,
            "mid" => 1 + usize::from(self.dash(k + 1)),
            "beginning" | "end" | "start" | "middle" | "close" | "turn" if the == 1 && self.low(k + 1) == "of" => 2,
            "beginning" | "end" | "start" | "middle" if self.low(k + 1) == "of" => 2,
            _ => return None,
        };
        let (length, kind, saying) = self.deictic(k + taken).or_else(|| self.plain(k + taken))?;
        if matches!(self.low(k), "earlier" | "later") && self.low(k + 1) != "this" && !matches!(saying, Saying::Weekday(..)) {
            return None;
        }
        // "the end of the war", "late President X" are none: the inner part must be a date of its own.
        (kind == Kind::Date || kind == Kind::Time).then_some((the + taken + length, kind, saying))
    }

    /// "every day", "each year", "twice a week", "daily", "Fridays".
    fn recurring(&self, i: usize) -> Option<Found> {
        let set = |length, value: String| Some((length, Kind::Set, Saying::Recurring(value)));
        match self.low(i) {
            "daily" => return set(1, "P1D".to_owned()),
            "weekly" => return set(1, "P1W".to_owned()),
            "monthly" => return set(1, "P1M".to_owned()),
            "annually" | "yearly" | "annual" => return set(1, "P1Y".to_owned()),
            "nightly" => return set(1, "XXXX-XX-XXTNI".to_owned()),
            _ => {}
        }
        if plural_weekday(self.raw(i)) && weekday(self.raw(i)).is_some() {
            return set(1, format!("XXXX-WXX-{}", weekday(self.raw(i))?));
        }
        if matches!(self.low(i), "every" | "each") {
            if let Some(d) = weekday(self.raw(i + 1)) {
                let part = day_part(self.low(i + 2));
                return set(2 + usize::from(part.is_some()), format!("XXXX-WXX-{d}{}", part.map_or("", part_mark)));
            }
            if let Some(part) = day_part(self.low(i + 1)) {
                return set(2, format!("XXXX-XX-XX{}", part_mark(part)));
            }
            if let Some(m) = month(self.raw(i + 1)) {
                return set(2, format!("XXXX-{m:02}"));
            }
            let many = number(self.low(i + 1)).or(match self.low(i + 1) {
                "few" | "couple" => Some(f64::NAN),
                "other" => Some(2.0),
                _ => None,
            });
            let skip = usize::from(many.is_some() || ordinal(self.low(i + 1)).is_some());
            let (unit, _) = unit(self.low(i + 1 + skip))?;
            let count = many.or_else(|| ordinal(self.low(i + 1)).map(f64::from)).unwrap_or(1.0);
            return set(2 + skip, period(unit, Some(count).filter(|c| !c.is_nan())));
        }
        let times = match self.low(i) {
            "once" | "twice" | "thrice" => 1,
            _ if number(self.low(i)).is_some() && self.low(i + 1) == "times" => 2,
            _ => return None,
        };
        if matches!(self.low(i + times), "a" | "an" | "per" | "each" | "every") {
            let (unit, plural) = unit(self.low(i + times + 1))?;
            return if plural { None } else { set(times + 2, period(unit, Some(1.0))) };
        }
        None
    }

    /// "three days ago", "two weeks later", "the day before", "the following year", "years ago", "two days after".
    fn distance(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.low(i) == "the");
        // "the next day", "the previous year", "the same month", "that year".
        let step = match self.low(i + the) {
            "following" | "next" if the == 1 => Some(1),
            "previous" | "preceding" if the == 1 || unit(self.low(i + 1)).is_some() => Some(-1),
            "same" if the == 1 => Some(0),
            "that" if the == 0 && self.tag(i) != "SCONJ" => Some(0),
            _ => None,
        };
        if let (Some(count), Some((unit, false))) = (step, unit(self.low(i + the + 1)))
            && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century | Unit::Season)
        {
            return Some((the + 2, Kind::Date, Saying::Then { unit, count, whole: true }));
        }
        if let (Some(count), Some(part)) = (step, day_part(self.low(i + the + 1))) {
            let day = Saying::Then { unit: Unit::Day, count, whole: true };
            return Some((the + 2, Kind::Time, Saying::Within(Box::new(day), part)));
        }
        // "the day before", "the year after".
        if the == 1
            && let Some((unit, false)) = unit(self.low(i + 1))
        {
            let count = match self.low(i + 2) {
                "before" | "earlier" => -1,
                "after" | "later" => 1,
                _ => 0,
            };
            if count != 0 {
                return Some((3, Kind::Date, Saying::Then { unit, count, whole: true }));
            }
        }
        let (length, unit, count) = self.counted(i)?;
        let end = i + length;
        let (kind, whole) = (if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) { Kind::Time } else { Kind::Date }, false);
        let vague = count.is_none();
        let n = count.unwrap_or(1.0) as i32;
        let exact = count.is_none_or(|c| c.fract() == 0.0);
        // "a month earlier than usual" only measures.
        if self.low(end + 1) == "than" {
            return None;
        }
        match self.low(end) {
            "ago" if exact && !vague => Some((length + 1, kind, Saying::Ago { unit, count: -n, whole })),
            "hence" if exact && !vague => Some((length + 1, kind, Saying::Ago { unit, count: n, whole })),
            "from" if self.low(end + 1) == "now" && exact && !vague => Some((length + 2, kind, Saying::Ago { unit, count: n, whole })),
            "ago" | "earlier" | "before" | "previously" | "beforehand" if vague => Some((length + 1, kind, Saying::Vague("PAST_REF"))),
            "later" | "afterwards" | "afterward" if vague => Some((length + 1, kind, Saying::Vague("FUTURE_REF"))),
            "earlier" | "before" | "previously" | "beforehand" if exact => {
                Some((length + 1, kind, Saying::Then { unit, count: -n, whole }))
            }
            "later" | "afterwards" | "afterward" if exact => Some((length + 1, kind, Saying::Then { unit, count: n, whole })),
            _ => None,
        }
    }

    /// A number with its unit: "two years", "a week", "several months", "ten more days", "half a century".
    fn counted(&self, i: usize) -> Option<(usize, Unit, Option<f64>)> {
        if self.low(i) == "half" && matches!(self.low(i + 1), "a" | "an" | "-") {
            let (unit, _) = unit(self.low(i + 2))?;
            return Some((3, unit, Some(0.5)));
        }
        let (mut length, count) = match self.low(i) {
            "a" | "an" => match self.low(i + 1) {
                "few" => (2, None),
                "couple" => (2 + usize::from(self.low(i + 2) == "of"), Some(2.0)),
                "dozen" => (2, Some(12.0)),
                "half" => return None,
                "single" | "whole" | "full" => (2, Some(1.0)),
                "decade" if self.low(i + 2) == "and" && self.low(i + 3) == "a" && self.low(i + 4) == "half" => {
                    return Some((5, Unit::Year, Some(15.0)));
                }
                _ => (1, Some(1.0)),
            },
            "several" | "many" | "few" | "some" => (1, None),
            "both" => (1, Some(2.0)),
            "dozens" | "hundreds" | "thousands" if self.low(i + 1) == "of" => (2, None),
            word => {
                let first = number(word)?;
                let factor = match self.low(i + 1) {
                    "hundred" => 100.0,
                    "thousand" => 1000.0,
                    "million" => 1e6,
                    "dozen" => 12.0,
                    _ => 1.0,
                };
                let mut length = 1 + usize::from(factor > 1.0);
                let mut count = first * factor;
                if self.low(i + length) == "and" && self.low(i + length + 1) == "a" && self.low(i + length + 2) == "half" {
                    count += 0.5;
                    length += 3;
                } else if matches!(self.low(i + length), "to" | "or" | "-" | "–") && number(self.low(i + length + 1)).is_some() {
                    // "three to five days": the larger.
                    count = number(self.low(i + length + 1))?;
                    length += 2;
                }
                (length, Some(count))
            }
        };
        if self.dash(i + length) && unit(self.low(i + length + 1)).is_some() {
            length += 1;
        }
        for extra in ["more", "full", "whole", "long", "straight", "consecutive", "additional", "calendar", "further"] {
            length += usize::from(self.low(i + length) == extra);
        }
        let (unit, plural) = unit(self.low(i + length))?;
        // "10 second" is no duration; "a years" neither.
        if unit == Unit::Second && !plural && count != Some(1.0) {
            return None;
        }
        if self.low(i) == "a" && plural && count == Some(1.0) {
            return None;
        }
        Some((length + 1, unit, count))
    }

    /// "two years", "more than a decade", "the past three months", "years", "recent weeks".
    fn length(&self, i: usize) -> Option<Found> {
        // "nearly two years", "more than a decade": the modifier is inside.
        let modifier = match (self.low(i), self.low(i + 1)) {
            ("almost" | "nearly" | "over" | "about" | "around" | "approximately" | "roughly" | "barely" | "under", _) => 1,
            ("more" | "less" | "fewer" | "longer", "than") | ("at", "least" | "most") | ("up", "to") | ("just", "over" | "under") => 2,
            _ => 0,
        };
        if modifier > 0 && self.counted(i + modifier).is_some() {
            return self.length(i + modifier).filter(|f| f.1 == Kind::Duration).map(|f| (f.0 + modifier, f.1, f.2));
        }
        let the = usize::from(self.low(i) == "the");
        if matches!(self.low(i + the), "coming" | "next" | "ahead" | "recent")
            && let Some((unit, true)) = unit(self.low(i + the + 1))
        {
            return Some((the + 2, Kind::Duration, Saying::Length { unit, count: None }));
        }
        // "the past (two) years", "the first six months".
        if matches!(self.low(i + the), "past" | "last" | "next" | "coming" | "previous" | "first" | "following" | "final") {
            let k = i + the + 1;
            if let Some((length, unit, count)) = self.counted(k).filter(|_| !matches!(self.low(k), "a" | "an")) {
                return Some((the + 1 + length, Kind::Duration, Saying::Length { unit, count }));
            }
            if let Some((unit, plural)) =
                unit(self.low(k)).filter(|_| self.low(i + the) == "past" || (the == 1 && unit(self.low(k)).is_some_and(|u| u.1)))
            {
                return Some((the + 2, Kind::Duration, Saying::Length { unit, count: (!plural).then_some(1.0) }));
            }
            return None;
        }
        if let Some((length, unit, count)) = self.counted(i) {
            let end = i + length;
            // "17-year-old", "two years old", "$5 a day", "60 a day", "a second".
            if self.low(end) == "old" || (self.dash(end) && self.low(end + 1) == "old") || unit == Unit::Season {
                return None;
            }
            let rate =
                matches!(self.low(i), "a" | "an") && count == Some(1.0) && (self.tag(i.wrapping_sub(1)) == "NUM" || self.times_before(i));
            if rate || (unit == Unit::Second && count == Some(1.0)) || (unit == Unit::Quarter && count != Some(2.0)) {
                return None;
            }
            return Some((length, Kind::Duration, Saying::Length { unit, count }));
        }
        // "years", "for decades", "hours".
        if let Some((unit, true)) = unit(self.low(i))
            && matches!(unit, Unit::Minute | Unit::Hour | Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century)
            && matches!(
                self.before(i),
                "for" | "over" | "in" | "after" | "within" | "of" | "took" | "take" | "takes" | "lasted" | "spent" | "during"
            )
        {
            return Some((1, Kind::Duration, Saying::Length { unit, count: None }));
        }
        None
    }

    fn times_before(&self, i: usize) -> bool {
        matches!(self.before(i), "times" | "once" | "twice" | "$" | "percent" | "%" | "barrels" | "dollars" | "hours")
    }

    /// "today", "last week", "next Friday", "this morning", "now", "recently", "the weekend".
    fn deictic(&self, i: usize) -> Option<Found> {
        let vague = |length, reference| Some((length, Kind::Date, Saying::Vague(reference)));
        let on = |length, (kind, saying)| Some((length, kind, saying));
        match self.low(i) {
            "today" => return self.with_part(i, 1, Saying::Ago { unit: Unit::Day, count: 0, whole: true }),
            "yesterday" => return self.with_part(i, 1, Saying::Ago { unit: Unit::Day, count: -1, whole: true }),
            "tomorrow" => return self.with_part(i, 1, Saying::Ago { unit: Unit::Day, count: 1, whole: true }),
            "tonight" | "overnight" => return Some((1, Kind::Time, Saying::Within(Box::new(today()), DayPart::Night))),
            "now" if self.tag(i) == "ADV" => return vague(1, "PRESENT_REF"),
            "currently" | "nowadays" => return vague(1, "PRESENT_REF"),
            "recently" | "lately" => return vague(1, "PAST_REF"),
            "future" if self.before(i) != "the" && self.before(i) == "near" => return None,
            "the" => match (self.low(i + 1), self.low(i + 2)) {
                ("future", _) => return vague(2, "FUTURE_REF"),
                ("near", "future") => return vague(3, "FUTURE_REF"),
                ("past", after) if self.tag(i + 1) == "NOUN" && unit(after).is_none() => return vague(2, "PAST_REF"),
                ("weekend", _) => return on(2, date(Saying::Ago { unit: Unit::Weekend, count: 0, whole: true })),
                ("day", "before") if self.low(i + 3) == "yesterday" => {
                    return on(4, date(Saying::Ago { unit: Unit::Day, count: -2, whole: true }));
                }
                ("day", "after") if self.low(i + 3) == "tomorrow" => {
                    return on(4, date(Saying::Ago { unit: Unit::Day, count: 2, whole: true }));
                }
                _ => {}
            },
            _ => {}
        }
        let the = usize::from(self.low(i) == "the");
        let k = i + the;
        let (which, step) = match self.low(k) {
            "last" | "past" => (Which::Last, -1),
            "this" | "current" => (Which::This, 0),
            "next" | "coming" | "upcoming" => (Which::Next, 1),
            _ => return None,
        };
        if self.low(k) == "current" && the == 0 || self.low(k) == "past" && weekday(self.raw(k + 1)).is_none() {
            return None;
        }
        if let Some(d) = weekday(self.raw(k + 1)) {
            return self.with_part(i, the + 2, Saying::Weekday(d, which));
        }
        if let Some(m) = month(self.raw(k + 1)) {
            return on(the + 2, date(Saying::Month { year: None, month: m, which }));
        }
        if let Some(part) = season(self.low(k + 1)) {
            return on(the + 2, date(Saying::PartOfYear { year: None, part, which }));
        }
        if let Some(part) = day_part(self.low(k + 1)).filter(|_| the == 0) {
            return match (which, part) {
                (Which::Last, DayPart::Night | DayPart::Evening) => {
                    let day = Saying::Ago { unit: Unit::Day, count: -1, whole: true };
                    Some((2, Kind::Time, Saying::Within(Box::new(day), part)))
                }
                (Which::This, _) => Some((2, Kind::Time, Saying::Within(Box::new(today()), part))),
                _ => None,
            };
        }
        let (unit, plural) = unit(self.low(k + 1))?;
        if plural || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Season) && self.low(k) != "this" {
            return None;
        }
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Season) {
            return None;
        }
        on(the + 2, date(Saying::Ago { unit, count: step, whole: true }))
    }

    /// Adds a part of the day ("Monday night", "yesterday afternoon").
    #[expect(clippy::unnecessary_wraps, reason = "rules give an option")]
    fn with_part(&self, i: usize, length: usize, saying: Saying) -> Option<Found> {
        match day_part(self.low(i + length)) {
            Some(part) => Some((length + 1, Kind::Time, Saying::Within(Box::new(saying), part))),
            None => Some((length, Kind::Date, saying)),
        }
    }

    /// Dates by name and number: "8 April 2025", "March 2014", "1999", "the 1990s", "Friday", "summer 2012".
    fn plain(&self, i: usize) -> Option<Found> {
        self.day_and_month(i)
            .or_else(|| self.month_alone(i))
            .or_else(|| self.years(i))
            .or_else(|| self.part_of_year(i))
            .or_else(|| self.weekday_alone(i))
            .or_else(|| self.holidays(i))
    }

    /// A year after an optional comma or "of": the words it takes and the year.
    fn year_after(&self, i: usize) -> (usize, Option<i16>) {
        let skip = usize::from(matches!(self.low(i), "," | "of" | "in") || self.dash(i));
        match year(self.raw(i + skip)).filter(|_| self.low(i + skip + 1) != "%" && unit(self.low(i + skip + 1)).is_none()) {
            Some(y) => (skip + 1, Some(y)),
            None => (0, None),
        }
    }

    fn day_and_month(&self, i: usize) -> Option<Found> {
        // "Friday, 22 March"
        if weekday(self.raw(i)).is_some() {
            let comma = usize::from(self.low(i + 1) == ",");
            let inner = self.day_and_month(i + 1 + comma).filter(|f| matches!(f.2, Saying::Day { .. }))?;
            return Some((inner.0 + 1 + comma, inner.1, inner.2));
        }
        let the = usize::from(self.low(i) == "the");
        if let Some(d) = day(self.low(i + the)) {
            let of = usize::from(self.low(i + the + 1) == "of" || self.dash(i + the + 1));
            if let Some(m) = month(self.raw(i + the + 1 + of)) {
                let (more, year) = self.year_after(i + the + 2 + of);
                return Some((the + 2 + of + more, Kind::Date, Saying::Day { year, month: m, day: d }));
            }
            // "3 to 5 June": the first day has the month of the second.
            if matches!(self.low(i + the + 1), "to" | "and" | "-" | "–" | "or")
                && day(self.low(i + the + 2)).is_some()
                && let Some(m) = month(self.raw(i + the + 3))
            {
                let (_, year) = self.year_after(i + the + 4);
                return Some((the + 1, Kind::Date, Saying::Day { year, month: m, day: d }));
            }
        }
        if let Some(d) = ordinal(self.low(i + 1)).filter(|_| the == 1 && self.low(i + 1).starts_with(|c: char| c.is_ascii_digit())) {
            let before = self.before(i);
            let date_like = matches!(before, "on" | "by" | "until" | "from" | "of") && !matches!(self.tag(i + 2), "NOUN" | "ADJ" | "PROPN");
            return date_like.then_some((2, Kind::Date, Saying::DayOfMonth(d)));
        }
        let m = month(self.raw(i))?;
        let the = usize::from(self.low(i + 1) == "the");
        let d = day(self.low(i + 1 + the)).filter(|_| unit(self.low(i + 2 + the)).is_none() && self.low(i + 2 + the) != "%")?;
        let (more, year) = self.year_after(i + 2 + the);
        Some((2 + the + more, Kind::Date, Saying::Day { year, month: m, day: d }))
    }

    fn month_alone(&self, i: usize) -> Option<Found> {
        let m = month(self.raw(i))?;
        let (more, year) = self.year_after(i + 1);
        if year.is_some() {
            return Some((1 + more, Kind::Date, Saying::Month { year, month: m, which: Which::Open }));
        }
        let timely = matches!(
            self.before(i),
            "in" | "of"
                | "since"
                | "until"
                | "till"
                | "by"
                | "from"
                | "during"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "mid"
                | "before"
                | "after"
                | "through"
        ) || self.before(i) == "-" && i >= 2 && self.low(i - 2) == "mid";
        let named = self.tag(i) == "PROPN" && !doubtful(self.raw(i)) && self.raw(i).len() > 4;
        (timely || named || self.raw(i).ends_with('.') && self.raw(i).len() > 3).then_some((
            1,
            Kind::Date,
            Saying::Month { year: None, month: m, which: Which::Open },
        ))
    }

    fn years(&self, i: usize) -> Option<Found> {
        let text = self.raw(i);
        let the = usize::from(self.low(i) == "the");
        // "1990s", "the '90s", "the nineties".
        let decade = |word: &str| {
            let digits = word.trim_start_matches(['\'', '’', '‘']).strip_suffix('s')?.trim_end_matches(['\'', '’']);
            match digits.len() {
                4 => year(digits).filter(|y| y % 10 == 0).map(Saying::Decade),
                2 => digits.parse::<i16>().ok().filter(|d| d % 10 == 0 && *d > 10).map(Saying::OpenDecade),
                _ => None,
            }
        };
        if let Some(saying) = decade(self.raw(i + the)) {
            return Some((the + 1, Kind::Date, saying));
        }
        const NAMED: [(&str, i16); 8] = [
            ("twenties", 20),
            ("thirties", 30),
            ("forties", 40),
            ("fifties", 50),
            ("sixties", 60),
            ("seventies", 70),
            ("eighties", 80),
            ("nineties", 90),
        ];
        if let Some((_, d)) = NAMED.iter().find(|(w, _)| the == 1 && self.low(i + 1) == *w) {
            return Some((2, Kind::Date, Saying::OpenDecade(*d)));
        }
        // "the 19th century", "twentieth-century".
        if let Some(n) = ordinal(self.low(i + the)) {
            let dash = usize::from(self.dash(i + the + 1));
            if self.low(i + the + 1 + dash) == "century" {
                let era = usize::from(matches!(self.low(i + the + 2 + dash), "bc" | "bce"));
                let saying = if era == 1 { Saying::Bc(i16::from(n) * 100) } else { Saying::Century(i16::from(n)) };
                return Some((the + 2 + dash + era, Kind::Date, saying));
            }
        }
        if matches!(self.low(i + 1), "bc" | "bce" | "b.c." | "b.c") {
            let y = number(self.low(i)).filter(|n| n.fract() == 0.0 && *n < 10000.0)?;
            return Some((2, Kind::Date, Saying::Bc(y as i16)));
        }
        if let Some(short) = text.strip_prefix(['\'', '’', '‘']).filter(|s| s.len() == 2) {
            return short.parse().ok().map(|y| (1, Kind::Date, Saying::ShortYear(y)));
        }
        let y = year(text)?;
        let (before, after) = (self.before(i), self.low(i + 1));
        if matches!(
            before,
            "$" | "€"
                | "£"
                | "about"
                | "around"
                | "approximately"
                | "nearly"
                | "over"
                | "least"
                | "than"
                | "some"
                | "almost"
                | "resolution"
                | "no."
                | "number"
        ) {
            return None;
        }
        if matches!(
            after,
            "%" | "percent" | "per" | "people" | "troops" | "soldiers" | "km" | "miles" | "meters" | "metres" | "gmt" | "utc"
        ) || unit(after).is_some_and(|u| u.1)
        {
            return None;
        }
        let timely = matches!(
            before,
            "in" | "since"
                | "of"
                | "from"
                | "until"
                | "till"
                | "by"
                | "before"
                | "after"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "to"
                | "between"
                | "and"
                | "through"
                | "the"
                | "("
                | ","
                | "–"
                | "-"
                | "year"
                | "for"
                | "its"
                | "his"
                | "a"
        ) || month(self.raw(i.wrapping_sub(1))).is_some();
        let plural_noun =
            self.tag(i + 1) == "NOUN" && after.ends_with('s') && !matches!(before, "in" | "since" | "of" | "the" | "its" | "his");
        let modern = (1500..=2100).contains(&y);
        ((timely || i == 0 || matches!(after, "," | ")" | "." | ":" | "" | "-" | "–"))
            && !plural_noun
            && (modern || matches!(before, "in" | "since" | "until" | "from" | "of" | "by" | "(" | "to")))
        .then_some((1, Kind::Date, Saying::Year(y)))
    }

    fn part_of_year(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.low(i) == "the");
        let k = i + the;
        // "the first quarter of 2012", "the second half of the year".
        let which = match self.low(k) {
            "last" | "final" => Some(4),
            word => ordinal(word).map(|n| n as u8).filter(|n| *n <= 4),
        };
        if let Some(n) = which {
            let part = match self.low(k + 1) {
                "quarter" => Part::Quarter(n),
                "half" if n <= 2 => Part::Half(n),
                _ => return None,
            };
            let fiscal = usize::from(self.low(k + 2) == "of" && matches!(self.low(k + 3), "fiscal" | "the"));
            let (more, year) = self.year_after(k + 2 + fiscal * 2);
            let more = if year.is_some() { more + fiscal * 2 } else { 0 };
            let relative = self.low(k + 2) == "of" && matches!(self.low(k + 3), "this" | "last" | "next") && self.low(k + 4) == "year";
            let which = match (relative, self.low(k + 3)) {
                (true, "last") => Which::Last,
                (true, "next") => Which::Next,
                (true, _) => Which::This,
                _ => Which::Open,
            };
            if matches!(part, Part::Half(_)) && year.is_none() && !relative {
                return None;
            }
            return Some((the + 2 + more + if relative { 3 } else { 0 }, Kind::Date, Saying::PartOfYear { year, part, which }));
        }
        let part = season(self.low(k))?;
        let (more, year) = self.year_after(k + 1);
        let named = matches!(self.low(k), "summer" | "winter" | "autumn") && self.tag(k) != "VERB";
        let timely = matches!(self.before(i), "in" | "during" | "since" | "until" | "by" | "early" | "late" | "this" | "mid" | "of");
        let fits =
            year.is_some() || named && (the == 1 || timely) || self.low(k) == "spring" && self.tag(k) == "NOUN" && (timely || the == 1);
        fits.then_some((the + 1 + more, Kind::Date, Saying::PartOfYear { year, part, which: Which::Open }))
    }

    fn weekday_alone(&self, i: usize) -> Option<Found> {
        let d = weekday(self.raw(i)).filter(|_| !plural_weekday(self.raw(i)))?;
        // "Bloody Sunday", "Friday Harbor", "Ruby Friday".
        if self.tag(i + 1) == "PROPN"
            && day_part(self.low(i + 1)).is_none()
            && month(self.raw(i + 1)).is_none()
            && self.tag(i.wrapping_sub(1)) == "PROPN"
        {
            return None;
        }
        self.with_part(i, 1, Saying::Weekday(d, Which::Open))
    }

    fn holidays(&self, i: usize) -> Option<Found> {
        if !self.raw(i).starts_with(char::is_uppercase) {
            return None;
        }
        let possessive = usize::from(matches!(self.low(i + 1), "'s" | "’s"));
        let (length, holiday) = holiday(self.low(i), self.low(i + 1 + possessive))?;
        let (more, year) = self.year_after(i + length + possessive.min(length - 1));
        Some((length + possessive.min(length - 1) + more, Kind::Date, Saying::Holiday { year, holiday }))
    }
}

fn today() -> Saying {
    Saying::Ago { unit: Unit::Day, count: 0, whole: true }
}

/// The mark of a part of the day in TIMEX3.
pub(crate) fn part_mark(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "TMO",
        DayPart::Midday => "TMI",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
    }
}

/// `P2Y`, `PT3H`, `PXW`.
pub(crate) fn period(unit: Unit, count: Option<f64>) -> String {
    let (time, letters, factor) = match unit {
        Unit::Second => ("T", "S", 1.0),
        Unit::Minute => ("T", "M", 1.0),
        Unit::Hour => ("T", "H", 1.0),
        Unit::Day => ("", "D", 1.0),
        Unit::Weekend => ("", "WE", 1.0),
        Unit::Week => ("", "W", 1.0),
        Unit::Month => ("", "M", 1.0),
        Unit::Quarter => ("", "Q", 1.0),
        Unit::Season => ("", "SE", 1.0),
        Unit::Year => ("", "Y", 1.0),
        Unit::Decade => ("", "Y", 10.0),
        Unit::Century => ("", "Y", 100.0),
    };
    match (count, unit) {
        (None, Unit::Decade) => "PXDE".to_owned(),
        (None, Unit::Century) => "PXCE".to_owned(),
        (None, _) => format!("P{time}X{letters}"),
        (Some(0.5), Unit::Hour) => "PT30M".to_owned(),
        (Some(0.5), Unit::Year) => "P6M".to_owned(),
        (Some(n), _) => {
            let n = n * factor;
            if n.fract() == 0.0 { format!("P{time}{}{letters}", n as i64) } else { format!("P{time}{n}{letters}") }
        }
    }
}
