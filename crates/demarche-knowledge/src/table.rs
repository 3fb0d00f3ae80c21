//! Reading the tables: tab-separated text with a header line, `#` comments, lists split by `|`, dates of three precisions.

use jiff::civil::Date;

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct Problem {
    /// The table.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong and what is expected.
    pub problem: String,
}

/// One row, read by column name.
pub(crate) struct Row<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
    header: &'a [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The cell of a column; empty where the row is short.
    pub(crate) fn get(&self, column: &str) -> &'a str {
        self.header.iter().position(|h| *h == column).and_then(|i| self.cells.get(i)).copied().unwrap_or("").trim()
    }

    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        self.get(column).split('|').map(str::trim).filter(|item| !item.is_empty())
    }

    /// First and last day of a period given by two columns; open ends are `Date::MIN` and `Date::MAX`.
    pub(crate) fn period(&self, from: &str, to: &str, problems: &mut Vec<Problem>) -> Period {
        let mut day = |column: &str, last: bool, open: Date| match self.get(column) {
            "" => open,
            text => day(text, last).unwrap_or_else(|| {
                problems.push(self.problem(format!("'{text}' in column {column} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")));
                open
            }),
        };
        let period = Period { from: day(from, false, Date::MIN), to: day(to, true, Date::MAX) };
        if period.from > period.to {
            problems.push(self.problem(format!("the period ends ({}) before it begins ({})", self.get(to), self.get(from))));
        }
        period
    }

    pub(crate) fn problem(&self, problem: String) -> Problem {
        Problem { file: self.file.to_owned(), line: self.line, problem }
    }
}

/// Days from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The first (or last) day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let number = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    match (month, number) {
        (None, None) if last => Date::new(year, 12, 31).ok(),
        (None, _) => Date::new(year, 1, 1).ok(),
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            Some(if last { first.last_of_month() } else { first })
        }
        (Some(month), Some(number)) => Date::new(year, month, number).ok(),
    }
}

/// Calls `read` for each row of a table.
pub(crate) fn rows(file: &str, text: &str, mut read: impl FnMut(&Row<'_>)) {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    let Some((_, header)) = lines.next() else { return };
    let header: Vec<&str> = header.split('\t').collect();
    for (i, line) in lines {
        read(&Row { file, line: i + 1, header: &header, cells: line.split('\t').collect() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_three_precisions() {
        let iso = |text, last| day(text, last).map(|d| d.to_string());
        assert_eq!(iso("1990", false).as_deref(), Some("1990-01-01"));
        assert_eq!(iso("1990", true).as_deref(), Some("1990-12-31"));
        assert_eq!(iso("2024-02", true).as_deref(), Some("2024-02-29"));
        assert_eq!(iso("2024-02-03", true).as_deref(), Some("2024-02-03"));
        assert_eq!(iso("2024-02-30", true), None);
        assert_eq!(iso("soon", true), None);
    }
}
