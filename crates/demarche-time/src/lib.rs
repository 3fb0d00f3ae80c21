//! Time expressions of English text: where they are, what they say, and which days they mean.
//!
//! [`find`] reads the words of a sentence by form alone; [`Expression::resolve`] places what was found on the calendar, from the day of publication, the
//! reference date of a narrative and the tense of the clause. Nothing falls back in silence: what cannot be placed has a value with `X`s or a
//! partial date, and no days. Values are those of TIMEX3, which are ISO 8601 where that has a form.

mod calendar;
mod find;
mod words;

pub use calendar::{Placed, Precision, Reference};
pub use find::find;

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// Universal part-of-speech tag.
    pub upos: &'a str,
}

/// The four types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A calendar day or something longer.
    Date,
    /// A time of day, as clock time or part of the day.
    Time,
    /// A stretch of time by its length.
    Duration,
    /// Times that recur.
    Set,
}

impl Kind {
    /// The name in TIMEX3.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// Units of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

/// Seasons and other named parts of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Spring,
    Summer,
    Autumn,
    Winter,
    Quarter(u8),
    Half(u8),
}

/// Parts of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

/// Which of the recurring days, months, … is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Which {
    /// The tense decides.
    Open,
    Last,
    This,
    Next,
}

/// A day on which something falls every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Holiday {
    Fixed(i8, i8),
    Easter(i8),
}

/// What an expression says, before it is placed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Saying {
    /// Day of a month; the year may be missing.
    Day {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    /// Day of the month named before ("the 14th").
    DayOfMonth(i8),
    Month {
        year: Option<i16>,
        month: i8,
        which: Which,
    },
    Year(i16),
    /// "'96": a year of a century that the reference decides.
    ShortYear(i8),
    /// First year, and whether it is a decade or a century.
    Decade(i16),
    /// "the twenties": decade without its century.
    OpenDecade(i16),
    Century(i16),
    /// Year before Christ.
    Bc(i16),
    PartOfYear {
        year: Option<i16>,
        part: Part,
        which: Which,
    },
    Weekday(i8, Which),
    Holiday {
        year: Option<i16>,
        holiday: Holiday,
    },
    /// Days, weeks, … from the day of publication: "last week", "two years ago", "tomorrow". `whole` keeps the unit ("last week"); else the day.
    Ago {
        unit: Unit,
        count: i32,
        whole: bool,
    },
    /// The same, from the reference of the narrative: "the day before", "two weeks later", "that year".
    Then {
        unit: Unit,
        count: i32,
        whole: bool,
    },
    /// An unknown number of units from publication: "years ago", "in recent weeks".
    Vague(&'static str),
    Length {
        unit: Unit,
        count: Option<f64>,
    },
    Recurring(String),
    /// Something without a year, in a year that another expression names: "August of that year".
    InYear(Box<Saying>, Box<Saying>),
    /// A part of the day that the inner expression names.
    Within(Box<Saying>, DayPart),
    /// A clock time on the day that the inner expression names.
    Clock(Box<Saying>, String),
}

/// A time expression: words `first..=last` of its sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// Its type.
    pub kind: Kind,
    pub(crate) saying: Saying,
}
