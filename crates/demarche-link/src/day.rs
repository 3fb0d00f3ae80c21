use jiff::civil::{Date, date};

/// A day as a number, counted from 1970-01-01.
pub fn day(of: Date) -> i32 {
    (of - date(1970, 1, 1)).get_days()
}

/// The day of an ISO 8601 date or date and time; what comes after the day is left out.
pub fn day_of(text: &str) -> Option<i32> {
    text.get(..10)?.parse().ok().map(day)
}
