//! Dates and times in figures: 2025-04-08, 13/01/2018, 4:30 p.m.

use super::{Found, View, today};
use crate::words::{day, month, number, year};
use crate::{Kind, Saying, Unit};

impl View<'_> {
    /// 2025-04-08, 13/01/2018, 3.4.1999. Where day and month could be either (03/05/2018), only the year is sure; between full stops the day is first.
    #[expect(clippy::many_single_char_names, reason = "year, month, day")]
    pub(super) fn figures(&self, i: usize) -> Option<Found> {
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
        let year_first = year(parts[0]).is_some();
        if !year_first && a != b && a <= 12 && b <= 12 && !self.raw(i).contains('.') {
            return Some((length, Kind::Date, Saying::Year(y)));
        }
        let (d, m) = if b > 12 { (b, a) } else { (a, b) };
        ((1..=12).contains(&m) && (1..=31).contains(&d)).then_some((length, Kind::Date, Saying::Day { year: Some(y), month: m, day: d }))
    }

    /// "4:30 p.m.", "10 am", "1600 GMT", "noon on Friday" without its day.
    pub(super) fn clock(&self, i: usize) -> Option<Found> {
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
        // "15:00 GMT Saturday", "8 p.m. yesterday": the day belongs to it.
        let (more, day) = match self.deictic(i + length).or_else(|| self.weekday_alone(i + length)) {
            Some((more, Kind::Date, day @ (Saying::Weekday(..) | Saying::Ago { unit: Unit::Day, .. }))) => (more, day),
            _ => (0, today()),
        };
        Some((length + more, Kind::Time, Saying::Clock(Box::new(day), format!("{hour:02}:{minute:02}"))))
    }
}
