//! What is told from where the writer stands: "today", "last week", "next Friday", "early this year".

use super::{Found, View, date, today};
use crate::words::{day_part, month, season, unit, weekday, year};
use crate::{DayPart, Kind, Saying, Unit, Which};

impl View<'_> {
    /// "early March 2011", "the end of 2012", "mid-July", "later this year": the inner date, with its modifier in the extent.
    pub(super) fn modified(&self, i: usize) -> Option<Found> {
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
        if let Some(found) = self.part_of_day_of(i) {
            return Some(found);
        }
        let taken = match self.low(k) {
            "early" | "late" | "earlier" | "later" if self.low(k + 1) == "in" => 2,
            "early" | "late" | "earlier" | "later" => 1,
            "mid" => 1 + usize::from(self.dash(k + 1)),
            "beginning" | "end" | "start" | "middle" | "close" | "turn" if the == 1 && self.low(k + 1) == "of" => 2,
            "beginning" | "end" | "start" | "middle" if self.low(k + 1) == "of" => 2,
            _ => return None,
        };
        // "by the end of the year"
        if self.low(k + taken - 1) == "of"
            && self.low(k + taken) == "the"
            && let Some((unit @ (Unit::Month | Unit::Year | Unit::Decade), false)) = unit(self.low(k + taken + 1))
            && !matches!(self.low(k + taken + 2), "of" | "before" | "after" | "-")
        {
            return Some((the + taken + 2, Kind::Date, Saying::Ago { unit, count: 0, whole: true }));
        }
        let told = |f: &Found| f.1 != Kind::Duration && matches!(f.2, Saying::Then { .. } | Saying::Within(..) | Saying::InYear(..));
        let (length, kind, saying) =
            self.deictic(k + taken).or_else(|| self.plain(k + taken)).or_else(|| self.distance(k + taken).filter(told))?;
        let pointing = matches!(self.low(k + 1), "this" | "that" | "the" | "in");
        if matches!(self.low(k), "earlier" | "later") && !pointing && !matches!(saying, Saying::Weekday(..)) {
            return None;
        }
        // "the end of the war", "late President X" are none: the inner part must be a date of its own.
        (kind == Kind::Date || kind == Kind::Time).then_some((the + taken + length, kind, saying))
    }

    /// "the night of 13 February", "the early morning hours of 5 May 1954".
    fn part_of_day_of(&self, i: usize) -> Option<Found> {
        let mut k = i + usize::from(self.low(i) == "the");
        k += usize::from(matches!(self.low(k), "early" | "late"));
        let part = day_part(self.low(k))?;
        k += 1 + usize::from(self.low(k + 1) == "hours");
        if self.low(k) != "of" {
            return None;
        }
        let (length, kind, saying) = self.plain(k + 1)?;
        let day = matches!(saying, Saying::Day { .. } | Saying::Weekday(..) | Saying::InYear(..)) && kind == Kind::Date;
        day.then(|| (k + 1 + length - i, Kind::Time, Saying::Within(Box::new(saying), part)))
    }

    /// "today", "last week", "next Friday", "this morning", "now", "recently", "the weekend".
    pub(super) fn deictic(&self, i: usize) -> Option<Found> {
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
        let fiscal = usize::from(self.low(k + 1) == "fiscal" && self.low(k + 2) == "year");
        let (unit, plural) = unit(self.low(k + 1 + fiscal))?;
        if plural || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Season) && self.low(k) != "this" {
            return None;
        }
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Season) {
            return None;
        }
        on(the + 2 + fiscal, date(Saying::Ago { unit, count: step, whole: true }))
    }

    /// Adds a part of the day ("Monday night", "yesterday afternoon").
    #[expect(clippy::unnecessary_wraps, reason = "rules give an option")]
    pub(super) fn with_part(&self, i: usize, length: usize, saying: Saying) -> Option<Found> {
        match day_part(self.low(i + length)) {
            Some(part) => Some((length + 1, Kind::Time, Saying::Within(Box::new(saying), part))),
            None => Some((length, Kind::Date, saying)),
        }
    }
}
