//! Stretches of time, and what lies one of them away: "two years", "two weeks later".

use super::{Found, View};
use crate::words::{day_part, number, season, unit};
use crate::{Kind, Saying, Unit, Which};

impl View<'_> {
    /// "three days ago", "two weeks later", "the day before", "the following year", "years ago", "two days after".
    pub(super) fn distance(&self, i: usize) -> Option<Found> {
        // "that same day" is "the same day".
        let same = usize::from(self.low(i) == "that" && self.low(i + 1) == "same");
        let the = same + usize::from(self.low(i) == "the");
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
        // "that same spring"
        if let (Some(0), Some(part)) = (step, season(self.low(i + the + 1))) {
            let season = Saying::PartOfYear { year: None, part, which: Which::Open };
            let year = Saying::Then { unit: Unit::Year, count: 0, whole: true };
            return Some((the + 2, Kind::Date, Saying::InYear(Box::new(season), Box::new(year))));
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
            // "the day before the vote" is counted from the vote.
            if count != 0 && self.governs(i + 2) {
                return (unit == Unit::Day).then_some((2, Kind::Date, Saying::Vague("XXXX-XX-XX")));
            }
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
        // "a month earlier than usual" only measures; "three hours before the vote" is counted from the vote.
        if self.low(end + 1) == "than" || self.governs(end) {
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

    /// Whether "before" or "after" is a preposition here, or opens a clause.
    fn governs(&self, i: usize) -> bool {
        matches!(self.low(i), "before" | "after")
            && matches!(self.tag(i + 1), "DET" | "NOUN" | "PROPN" | "PRON" | "NUM" | "ADJ")
            && !matches!(self.low(i + 1), "that" | "all")
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
    pub(super) fn length(&self, i: usize) -> Option<Found> {
        // "nearly two years", "more than a decade": the modifier is inside.
        let modifier = match (self.low(i), self.low(i + 1)) {
            ("almost" | "nearly" | "over" | "about" | "around" | "approximately" | "roughly" | "barely" | "under", _) => 1,
            ("more" | "less" | "fewer" | "longer", "than") | ("at", "least" | "most") | ("up", "to") | ("just", "over" | "under") => 2,
            _ => 0,
        };
        if modifier > 0 && self.counted(i + modifier).is_some() {
            // "less than a week later"
            if let Some((length, kind, saying)) = self.distance(i + modifier) {
                return Some((length + modifier, kind, saying));
            }
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
}
