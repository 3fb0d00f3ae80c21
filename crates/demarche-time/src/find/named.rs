//! Dates by name and number: "8 April 2025", "March 2014", "1999", "the 1990s", "Friday", "summer 2012".

use super::{Found, View};
use crate::words::{day, day_part, doubtful, holiday, month, number, ordinal, plural_weekday, season, unit, weekday, year};
use crate::{Kind, Part, Saying, Unit, Which};

impl View<'_> {
    /// Dates by name and number: "8 April 2025", "March 2014", "1999", "the 1990s", "Friday", "summer 2012".
    pub(super) fn plain(&self, i: usize) -> Option<Found> {
        self.day_and_month(i)
            .or_else(|| self.month_alone(i))
            .or_else(|| self.years(i))
            .or_else(|| self.part_of_year(i))
            .or_else(|| self.weekday_alone(i))
            .or_else(|| self.holidays(i))
            .map(|found| self.of_year(i, found))
    }

    /// "August of that year", "25 July of the same year": with the year that is pointed at.
    fn of_year(&self, i: usize, found: Found) -> Found {
        let end = i + found.0;
        let open =
            matches!(found.2, Saying::Day { year: None, .. } | Saying::Month { year: None, .. } | Saying::PartOfYear { year: None, .. });
        let pointed = || {
            let year = self.deictic(end + 1).or_else(|| self.distance(end + 1))?;
            matches!(year.2, Saying::Ago { unit: Unit::Year, .. } | Saying::Then { unit: Unit::Year, .. }).then_some(year)
        };
        match (open && self.low(end) == "of").then(pointed).flatten() {
            Some(year) => (found.0 + 1 + year.0, found.1, Saying::InYear(Box::new(found.2), Box::new(year.2))),
            None => found,
        }
    }

    /// A year after an optional comma or "of": the words it takes and the year.
    pub(super) fn year_after(&self, i: usize) -> (usize, Option<i16>) {
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
        if let Some(found) = self.second_day(i) {
            return Some(found);
        }
        let m = month(self.raw(i))?;
        let the = usize::from(self.low(i + 1) == "the");
        let d = day(self.low(i + 1 + the)).filter(|_| unit(self.low(i + 2 + the)).is_none() && self.low(i + 2 + the) != "%")?;
        // "June 3 to 5, 1967": the year stands after the second day.
        if self.second_day(i + the + 3).is_some() {
            let (_, year) = self.year_after(i + the + 4);
            return Some((2 + the, Kind::Date, Saying::Day { year, month: m, day: d }));
        }
        let (more, year) = self.year_after(i + 2 + the);
        Some((2 + the + more, Kind::Date, Saying::Day { year, month: m, day: d }))
    }

    /// "5" in "June 3 to 5": a day of the month named before the first day.
    fn second_day(&self, i: usize) -> Option<Found> {
        let d = day(self.low(i)).filter(|_| i >= 3)?;
        let joined = matches!(self.before(i), "to" | "and" | "or" | "through" | "until") || self.dash(i - 1);
        let m = month(self.raw(i - 3)).filter(|_| joined)?;
        let first = day(self.low(i - 2)).filter(|first| *first < d)?;
        let counts = matches!(self.tag(i + 1), "NOUN" | "ADJ" | "PROPN" | "NUM") || self.low(i + 1) == "%";
        let (more, year) = self.year_after(i + 1);
        (first > 0 && (!counts || year.is_some())).then_some((1 + more, Kind::Date, Saying::Day { year, month: m, day: d }))
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
        // "1957-58"
        if text.len() == 2
            && i >= 2
            && self.dash(i - 1)
            && let (Some(first), Ok(second)) = (year(self.raw(i - 2)), text.parse::<i16>())
            && second > first % 100
        {
            return Some((1, Kind::Date, Saying::Year(first / 100 * 100 + second)));
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

    pub(super) fn weekday_alone(&self, i: usize) -> Option<Found> {
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
