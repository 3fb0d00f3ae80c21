//! Reading the tables: tab-separated text with a header line, `#` comments, lists split by `|`, dates of three precisions.

use jiff::civil::Date;

/// Whether a problem makes a table unusable in that place or only doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Wrong: has to be mended.
    Error,
    /// Doubtful: worth a look.
    Warning,
}

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The table.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong, what is expected, and the remedy.
    pub problem: String,
    /// How bad it is.
    pub severity: Severity,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let note = if self.severity == Severity::Warning { "warning: " } else { "" };
        write!(f, "{}:{}: {note}{}", self.file, self.line, self.problem)
    }
}

/// One row, read by column name.
pub(crate) struct Row<'h, 'a> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
    header: &'h [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Row<'_, 'a> {
    /// The cell of a column; empty where the row is short.
    pub(crate) fn get(&self, column: &str) -> &'a str {
        self.header.iter().position(|h| *h == column).and_then(|i| self.cells.get(i)).copied().unwrap_or("").trim()
    }

    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        items(self.get(column))
    }

    /// The cells as they stand.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.header.iter().copied().zip(self.cells.iter().copied())
    }

    /// How many cells stand beyond the header's.
    pub(crate) fn surplus(&self) -> usize {
        self.cells.len().saturating_sub(self.header.len())
    }

    /// First and last day of a period given by two columns; open ends are `Date::MIN` and `Date::MAX`.
    pub(crate) fn period(&self, from: &str, to: &str, problems: &mut Vec<Problem>) -> Period {
        let mut at = |column: &str, last: bool, open: Date| match self.get(column) {
            "" => open,
            text => day(text, last).unwrap_or_else(|| {
                problems.push(self.problem(format!("'{text}' in column {column} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")));
                open
            }),
        };
        let period = Period { from: at(from, false, Date::MIN), to: at(to, true, Date::MAX) };
        if period.from > period.to {
            let (first, last) = (self.get(from), self.get(to));
            problems.push(self.problem(format!("the period ends ({last}) before it begins ({first}): correct one of the two dates")));
        }
        period
    }

    pub(crate) fn problem(&self, problem: String) -> Problem {
        Problem { file: self.file.to_owned(), line: self.line, problem, severity: Severity::Error }
    }
}

/// The items of a list cell.
pub(crate) fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|item| !item.is_empty())
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

/// The columns of a table.
pub(crate) fn header(text: &str) -> Vec<&str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    lines.next().map(|l| l.split('\t').map(str::trim).collect()).unwrap_or_default()
}

/// Calls `read` for each row of a table.
pub(crate) fn rows<'a>(file: &'a str, text: &'a str, mut read: impl FnMut(&Row<'_, 'a>)) {
    let header = header(text);
    let lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
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
