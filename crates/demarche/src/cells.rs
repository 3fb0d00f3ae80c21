//! Rows of cells as CSV or as columns for reading.

use unicode_width::UnicodeWidthStr;

/// One line of CSV with its end.
pub fn csv<S: AsRef<str>>(cells: &[S]) -> String {
    let quoted = |cell: &str| {
        if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    cells.iter().map(|cell| quoted(cell.as_ref())).collect::<Vec<_>>().join(",") + "\n"
}

/// Columns as wide as their widest cell, up to `widest`; numbers to the right.
pub fn columns(header: &[&str], rows: &[Vec<String>], widest: usize) -> String {
    let shown = |cell: &str| {
        let cell = cell.replace(['\n', '\t'], " ");
        if cell.width() <= widest {
            return cell;
        }
        let mut out = String::new();
        for c in cell.chars() {
            if out.width() + 2 > widest {
                break;
            }
            out.push(c);
        }
        out + "…"
    };
    let header: Vec<String> = header.iter().map(ToString::to_string).collect();
    let lines: Vec<Vec<String>> = [&header].into_iter().chain(rows).map(|row| row.iter().map(|cell| shown(cell)).collect()).collect();
    let width = |column: usize| lines.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let number = |cell: &str| cell.parse::<f64>().is_ok();
    let mut out = String::new();
    for row in &lines {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            line += &if number(cell) { format!("{space}{cell}  ") } else { format!("{cell}{space}  ") };
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(csv(&["a", "b, c", "say \"no\""]), "a,\"b, c\",\"say \"\"no\"\"\"\n");
    }

    #[test]
    fn columns_stand_below_each_other() {
        let rows = vec![vec!["Kenya".to_owned(), "3".to_owned()], vec!["São Tomé and Príncipe".to_owned(), "12".to_owned()]];
        assert_eq!(columns(&["name", "events"], &rows, 10), "name        events\nKenya            3\nSão Tomé …      12\n");
    }
}
