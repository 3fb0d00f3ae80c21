//! Times that recur: "every day", "twice a week", "Fridays".

use super::{Found, View, part_mark, period};
use crate::words::{day_part, month, number, ordinal, plural_weekday, unit, weekday};
use crate::{Kind, Saying};

impl View<'_> {
    /// "every day", "each year", "twice a week", "daily", "Fridays".
    pub(super) fn recurring(&self, i: usize) -> Option<Found> {
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
}
