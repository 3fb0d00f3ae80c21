//! Where time expressions are, by form. Each rule looks at the words from one place on and says how many it takes; the longest wins.

mod deictic;
mod figures;
mod lengths;
mod named;
mod sets;

use crate::{DayPart, Expression, Kind, Saying, Unit, Word};

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
