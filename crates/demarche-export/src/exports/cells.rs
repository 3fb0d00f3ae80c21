//! Cells of tab-separated lines.

/// One line with its end. There is no quoting in these formats: tabs and line ends in a cell become spaces, and straight double quotes single ones,
/// since many readers take them for quoting all the same.
pub(crate) fn line(cells: &[String]) -> String {
    let mut out = String::new();
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push('\t');
        }
        out.extend(cell.chars().map(|c| match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            '"' => '\'',
            c => c,
        }));
    }
    out.push('\n');
    out
}

/// A value where there is one.
pub(crate) fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

/// A number where there is one.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// `2025-04-08` → `20250408`; nothing where there is no whole day.
pub(crate) fn compact(day: Option<&str>) -> String {
    day.and_then(parse).map(|d| format!("{:04}{:02}{:02}", d.year(), d.month(), d.day())).unwrap_or_default()
}

/// The day that a record's `YYYY-MM-DD` names.
pub(crate) fn parse(day: &str) -> Option<jiff::civil::Date> {
    day.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_ends_it() {
        assert_eq!(line(&["a\tb".to_owned(), "\"c\"\r\nd".to_owned(), String::new()]), "a b\t'c'  d\t\n");
    }

    #[test]
    fn days() {
        assert_eq!(compact(Some("2025-04-08")), "20250408");
        assert_eq!(compact(Some("2025-04-08T10:00:00Z")), "20250408");
        assert_eq!(compact(Some("2025-04")), "");
        assert_eq!(compact(None), "");
    }
}
