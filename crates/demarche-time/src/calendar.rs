//! From what an expression says to days and a TIMEX3 value.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::find::{part_mark, period};
use crate::{Expression, Holiday, Kind, Part, Saying, Unit, Which};

/// How wide the days are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// One week.
    Week,
    /// One month.
    Month,
    /// One year.
    Year,
    /// Something else: a quarter, a decade, a weekend.
    Interval,
}

/// What relative expressions are counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The day of publication, if known.
    pub published: Option<Date>,
    /// The date that the text last spoke of: "two days later", "the same year", and in a narrative the year of "5 May".
    pub spoken: Option<(Date, Precision)>,
    /// Whether the text tells history: the last date spoken of goes before the day of publication.
    pub narrative: bool,
    /// Whether the clause lies in the future; none where its tense does not say.
    pub ahead: Option<bool>,
}

/// A placed expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// TIMEX3 value; `X` stands for what is not known.
    pub value: String,
    /// First and last day, and how wide that is.
    pub days: Option<(Date, Date, Precision)>,
    /// A date whose year or more is missing: `--10-13`.
    pub partial: Option<String>,
}

impl Placed {
    fn open(value: impl Into<String>) -> Self {
        Self { value: value.into(), days: None, partial: None }
    }

    fn partial(value: String, partial: String) -> Self {
        Self { value, days: None, partial: Some(partial) }
    }

    fn day(date: Date) -> Self {
        Self { value: date.to_string(), days: Some((date, date, Precision::Day)), partial: None }
    }

    fn span(value: String, from: Option<Date>, to: Option<Date>, precision: Precision) -> Self {
        Self { value, days: from.zip(to).map(|(a, b)| (a, b, precision)), partial: None }
    }

    fn year(year: i16) -> Self {
        Self::span(format!("{year:04}"), Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok(), Precision::Year)
    }

    fn month(year: i16, month: i8) -> Self {
        let first = Date::new(year, month, 1).ok();
        Self::span(format!("{year:04}-{month:02}"), first, first.map(Date::last_of_month), Precision::Month)
    }

    fn week(day: Date) -> Self {
        let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok();
        let week = day.iso_week_date();
        Self::span(
            format!("{:04}-W{:02}", week.year(), week.week()),
            monday,
            monday.and_then(|m| m.checked_add(6.days()).ok()),
            Precision::Week,
        )
    }

    fn weekend(day: Date) -> Self {
        let saturday = day.checked_add((5 - i64::from(day.weekday().to_monday_zero_offset())).days()).ok();
        let week = day.iso_week_date();
        Self::span(
            format!("{:04}-W{:02}-WE", week.year(), week.week()),
            saturday,
            saturday.and_then(|d| d.checked_add(1.days()).ok()),
            Precision::Interval,
        )
    }

    fn decade(first: i16) -> Self {
        Self::span(format!("{}", first / 10), Date::new(first, 1, 1).ok(), Date::new(first + 9, 12, 31).ok(), Precision::Interval)
    }

    fn century(number: i16) -> Self {
        let first = (number - 1) * 100;
        Self::span(
            format!("{:02}", number - 1),
            Date::new(first.max(1), 1, 1).ok(),
            Date::new(first + 99, 12, 31).ok(),
            Precision::Interval,
        )
    }

    fn part(year: i16, part: Part) -> Self {
        let (mark, first, months) = match part {
            Part::Spring => ("SP".to_owned(), 3, 3),
            Part::Summer => ("SU".to_owned(), 6, 3),
            Part::Autumn => ("FA".to_owned(), 9, 3),
            Part::Winter => ("WI".to_owned(), 12, 3),
            Part::Quarter(n) => (format!("Q{n}"), n as i8 * 3 - 2, 3),
            Part::Half(n) => (format!("H{n}"), n as i8 * 6 - 5, 6),
        };
        let from = Date::new(year, first, 1).ok();
        let to = from.and_then(|d| d.checked_add((months - 1).months()).ok()).map(Date::last_of_month);
        Self::span(format!("{year:04}-{mark}"), from, to, Precision::Interval)
    }
}

impl Expression {
    /// Places the expression on the calendar.
    pub fn resolve(&self, reference: &Reference) -> Placed {
        place(&self.saying, reference)
    }

    /// Whether the expression names its days by itself, without anything to count from.
    pub fn is_whole(&self) -> bool {
        matches!(
            self.saying,
            Saying::Day { year: Some(_), .. }
                | Saying::Month { year: Some(_), .. }
                | Saying::Year(_)
                | Saying::PartOfYear { year: Some(_), .. }
                | Saying::Decade(_)
        )
    }

    /// Whether it names a day or a month together with its year.
    pub fn is_full(&self) -> bool {
        matches!(self.saying, Saying::Day { year: Some(_), .. } | Saying::Month { year: Some(_), .. })
    }

    /// Whether it is counted back from another time: "ten years earlier", "two years ago".
    pub fn counts_back(&self) -> bool {
        matches!(self.saying, Saying::Ago { count, .. } | Saying::Then { count, .. } if count < 0)
    }

    /// Whether what was placed is a date that later expressions may count from.
    pub fn is_spoken(&self) -> bool {
        matches!(self.kind, Kind::Date | Kind::Time)
            && !matches!(self.saying, Saying::Vague(_) | Saying::Century(_) | Saying::Bc(_) | Saying::Decade(_) | Saying::OpenDecade(_))
    }
}

fn shift(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let n = i64::from(count);
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day => n.days(),
        Unit::Week | Unit::Weekend => n.weeks(),
        Unit::Month => n.months(),
        Unit::Quarter | Unit::Season => (n * 3).months(),
        Unit::Year => n.years(),
        Unit::Decade => (n * 10).years(),
        Unit::Century => (n * 100).years(),
    };
    day.checked_add(span).ok()
}

/// The unit that holds the day.
fn whole(day: Date, unit: Unit) -> Placed {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Placed::day(day),
        Unit::Weekend => Placed::weekend(day),
        Unit::Week => Placed::week(day),
        Unit::Month => Placed::month(day.year(), day.month()),
        Unit::Quarter => Placed::part(day.year(), Part::Quarter((day.month() as u8 - 1) / 3 + 1)),
        Unit::Season => Placed::part(day.year(), season_of(day)),
        Unit::Year => Placed::year(day.year()),
        Unit::Decade => Placed::decade(day.year() / 10 * 10),
        Unit::Century => Placed::century(day.year() / 100 + 1),
    }
}

fn season_of(day: Date) -> Part {
    match day.month() {
        3..=5 => Part::Spring,
        6..=8 => Part::Summer,
        9..=11 => Part::Autumn,
        _ => Part::Winter,
    }
}

/// What "two years ago" or "three weeks later" means: as wide as its unit.
fn distance(day: Date, unit: Unit) -> Placed {
    match unit {
        Unit::Weekend => Placed::weekend(day),
        _ => whole(day, unit),
    }
}

fn unit_mark(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week => "XXXX-WXX",
        Unit::Month | Unit::Season => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

/// The candidate that tense or word asks for, seen from `anchor`.
fn choose(candidates: &[(Date, Date)], anchor: Date, which: Which, ahead: Option<bool>) -> Option<usize> {
    let last = || candidates.iter().rposition(|(from, _)| *from <= anchor);
    let next = || candidates.iter().position(|(_, to)| *to >= anchor);
    match (which, ahead) {
        (Which::Last, _) => candidates.iter().rposition(|(_, to)| *to < anchor),
        (Which::Next, _) => candidates.iter().position(|(from, _)| *from > anchor),
        (Which::This, _) => candidates.iter().position(|(from, _)| from.year() == anchor.year()),
        (Which::Open, Some(true)) => next(),
        (Which::Open, _) => last(),
    }
}

/// Months by which a tale goes back within a year; a month further back is next year's.
const LONGEST_WAY_BACK: i8 = 7;

/// The year in which something without a year falls. In a narrative it is the year spoken of, or the next where the month has gone back.
fn year_for(reference: &Reference, month: i8, which: Which, spans: impl Fn(i16) -> Option<(Date, Date)>) -> Option<i16> {
    // "last June" points from where the writer stands, where that is known.
    let pointed = which != Which::Open && reference.published.is_some();
    if (reference.narrative || reference.published.is_none()) && !pointed {
        let (spoken, precision) = reference.spoken?;
        let back = matches!(precision, Precision::Day | Precision::Month) && month + LONGEST_WAY_BACK < spoken.month();
        let step = match which {
            Which::Last => -i16::from(month >= spoken.month()),
            Which::Next => i16::from(month <= spoken.month()),
            _ => i16::from(back),
        };
        return Some(spoken.year() + step);
    }
    let anchor = reference.published?;
    let years: Vec<i16> = (-1..=1).map(|k| anchor.year() + k).filter(|y| spans(*y).is_some()).collect();
    let candidates: Vec<(Date, Date)> = years.iter().filter_map(|y| spans(*y)).collect();
    choose(&candidates, anchor, which, reference.ahead).map(|k| years[k])
}

fn place(saying: &Saying, reference: &Reference) -> Placed {
    match saying {
        Saying::Day { year, month, day } => {
            let year = year.or_else(|| year_for(reference, *month, Which::Open, |y| Date::new(y, *month, *day).ok().map(|d| (d, d))));
            match year {
                Some(y) => Date::new(y, *month, *day).map_or_else(|_| Placed::open(format!("{y:04}-{month:02}-{day:02}")), Placed::day),
                None => Placed::partial(format!("XXXX-{month:02}-{day:02}"), format!("--{month:02}-{day:02}")),
            }
        }
        Saying::DayOfMonth(day) => {
            let anchor = if reference.narrative {
                reference.spoken.map(|s| s.0).or(reference.published)
            } else {
                reference.published.or(reference.spoken.map(|s| s.0))
            };
            anchor
                .and_then(|a| Date::new(a.year(), a.month(), *day).ok())
                .map_or_else(|| Placed::partial(format!("XXXX-XX-{day:02}"), format!("---{day:02}")), Placed::day)
        }
        Saying::Month { year, month, which } => {
            let year =
                year.or_else(|| year_for(reference, *month, *which, |y| Date::new(y, *month, 1).ok().map(|d| (d, d.last_of_month()))));
            year.map_or_else(|| Placed::partial(format!("XXXX-{month:02}"), format!("--{month:02}")), |y| Placed::month(y, *month))
        }
        Saying::Year(year) => Placed::year(*year),
        Saying::ShortYear(short) => {
            let century = reference.published.or(reference.spoken.map(|s| s.0)).map_or(1900, |d| d.year() / 100 * 100);
            let year = century + i16::from(*short);
            let late = reference.published.is_some_and(|d| year > d.year() + 10);
            Placed::year(if late { year - 100 } else { year })
        }
        Saying::Decade(first) => Placed::decade(*first),
        Saying::OpenDecade(ten) => {
            let century = match (reference.narrative, reference.spoken) {
                (true, Some((d, _))) => d.year() / 100 * 100,
                _ => 1900,
            };
            Placed::decade(century + ten)
        }
        Saying::Century(number) => Placed::century(*number),
        Saying::Bc(year) => Placed::open(format!("BC{year:04}")),
        Saying::PartOfYear { year, part, which } => {
            let first = match part {
                Part::Spring => 3,
                Part::Summer => 6,
                Part::Autumn => 9,
                Part::Winter => 12,
                Part::Quarter(n) => *n as i8 * 3 - 2,
                Part::Half(n) => *n as i8 * 6 - 5,
            };
            let spans = |y: i16| Placed::part(y, *part).days.map(|d| (d.0, d.1));
            let relative = match which {
                // "the first quarter of last year"
                Which::Last if matches!(part, Part::Quarter(_) | Part::Half(_)) => reference.published.map(|d| d.year() - 1),
                Which::Next if matches!(part, Part::Quarter(_) | Part::Half(_)) => reference.published.map(|d| d.year() + 1),
                _ => None,
            };
            let year = year.or(relative).or_else(|| year_for(reference, first, *which, spans));
            year.map_or_else(|| Placed::open(Placed::part(2000, *part).value.replace("2000", "XXXX")), |y| Placed::part(y, *part))
        }
        Saying::Weekday(day, which) => weekday(*day, *which, reference),
        Saying::Holiday { year, holiday } => {
            let on = |y: i16| match holiday {
                Holiday::Fixed(m, d) => Date::new(y, *m, *d).ok(),
                Holiday::Easter(offset) => easter(y).and_then(|e| e.checked_add(i64::from(*offset).days()).ok()),
            };
            let month = on(2001).map_or(1, Date::month);
            let year = year.or_else(|| year_for(reference, month, Which::Open, |y| on(y).map(|d| (d, d))));
            year.and_then(on).map_or_else(|| Placed::open("XXXX-XX-XX"), Placed::day)
        }
        Saying::Ago { unit, count, whole: keeps } => {
            let anchor =
                if reference.narrative && reference.published.is_none() { reference.spoken.map(|s| s.0) } else { reference.published };
            relative(anchor, *unit, *count, *keeps)
        }
        Saying::Then { unit, count, whole: keeps } => {
            let anchor = reference.spoken.map(|s| s.0).or(reference.published);
            relative(anchor, *unit, *count, *keeps)
        }
        Saying::Vague(value) => Placed::open(*value),
        Saying::Length { unit, count } => Placed::open(period(*unit, *count)),
        Saying::Recurring(value) => Placed::open(value.clone()),
        Saying::InYear(inner, year) => match place(year, reference).days {
            Some((from, _, _)) => place(&with_year(inner, from.year()), reference),
            None => place(inner, &Reference::default()),
        },
        Saying::Within(inner, part) => {
            let day = place(inner, reference);
            let value = if day.days.is_some_and(|d| d.2 == Precision::Day) { day.value.clone() } else { "XXXX-XX-XX".to_owned() };
            Placed { value: format!("{value}{}", part_mark(*part)), ..day }
        }
        Saying::Clock(inner, time) => {
            let day = place(inner, reference);
            let value = if day.days.is_some() { day.value.clone() } else { "XXXX-XX-XX".to_owned() };
            Placed { value: format!("{value}T{time}"), ..day }
        }
    }
}

/// The same in a given year.
fn with_year(saying: &Saying, year: i16) -> Saying {
    match saying {
        Saying::Day { month, day, .. } => Saying::Day { year: Some(year), month: *month, day: *day },
        Saying::Month { month, which, .. } => Saying::Month { year: Some(year), month: *month, which: *which },
        Saying::PartOfYear { part, which, .. } => Saying::PartOfYear { year: Some(year), part: *part, which: *which },
        other => other.clone(),
    }
}

fn relative(anchor: Option<Date>, unit: Unit, count: i32, keeps: bool) -> Placed {
    match anchor.and_then(|a| shift(a, unit, count)) {
        Some(day) if keeps => whole(day, unit),
        Some(day) => distance(day, unit),
        None => Placed::open(unit_mark(unit)),
    }
}

/// "Friday" in a text of a given day: the latest one up to it, or with the future tense the first from it on. "Last Friday" is before this one,
/// "next Friday" after it.
fn weekday(day: i8, which: Which, reference: &Reference) -> Placed {
    let narrative = reference.narrative || reference.published.is_none();
    // A weekday counts from a day; a tale that only names a year is not at one.
    let spoken = reference.spoken.filter(|s| s.1 == Precision::Day || reference.published.is_none()).map(|s| s.0);
    let Some(anchor) = (if narrative { spoken.or(reference.published) } else { reference.published }) else {
        return Placed::open(format!("XXXX-WXX-{day}"));
    };
    let back = (i64::from(anchor.weekday().to_monday_one_offset()) - i64::from(day)).rem_euclid(7);
    let offset = match (which, reference.ahead) {
        (Which::Last, _) if back == 0 => -7,
        (Which::Next, _) => 7 - back,
        (Which::This, Some(false)) | (Which::Last, _) => -back,
        (Which::This, _) | (Which::Open, Some(true)) => (7 - back) % 7,
        (Which::Open, _) => -back,
    };
    anchor.checked_add(offset.days()).map_or_else(|_| Placed::open(format!("XXXX-WXX-{day}")), Placed::day)
}

#[expect(clippy::many_single_char_names, reason = "the letters of the published computus")]
/// Easter Sunday of the Gregorian calendar (the anonymous computus of 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}
