//! Writers' names as bylines print them.

/// A byline without the word before the name.
pub(crate) fn without_by(line: &str) -> &str {
    let line = line.trim();
    for word in ["by ", "from ", "reporting by ", "written by "] {
        if let Some(rest) = line.get(word.len()..).filter(|_| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
        {
            return rest.trim();
        }
    }
    line
}

/// The names in a byline such as `By JANE DOE and John Roe; Reporting from Paris`, or `Doe, Jane; Roe, John`.
pub(crate) fn names(line: &str) -> Vec<String> {
    let line = without_by(line);
    if line.contains(';') && line.split(';').all(|part| part.matches(',').count() <= 1) {
        return line.split(';').map(turned).filter(|name| !name.is_empty()).collect();
    }
    let line = line.split(';').next().unwrap_or_default();
    if line.matches(',').count() == 1 && !line.contains(" and ") && line.split_once(',').is_some_and(|(last, _)| !last.trim().contains(' '))
    {
        return vec![turned(line)];
    }
    let parts =
        line.split(" and ").flat_map(|part| part.split(" AND ")).flat_map(|part| part.split(" & ")).flat_map(|part| part.split(','));
    parts.map(|part| without_by(part.trim()).to_owned()).filter(|name| !name.is_empty()).collect()
}

/// `Doe, Jane` as `Jane Doe`.
fn turned(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()).trim().to_owned(),
        None => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bylines() {
        let check = |line: &str, expect: &[&str]| assert_eq!(names(line), expect, "{line}");
        check("By JANE DOE", &["JANE DOE"]);
        check("By Jane Doe and John Roe", &["Jane Doe", "John Roe"]);
        check("By JANE DOE AND JOHN ROE", &["JANE DOE", "JOHN ROE"]);
        check("by Jane Doe, John Roe and Ann Poe", &["Jane Doe", "John Roe", "Ann Poe"]);
        check("Doe, Jane", &["Jane Doe"]);
        check("Doe, Jane; Roe, John", &["Jane Doe", "John Roe"]);
        check("By JANE DOE; John Roe contributed reporting, from Paris, France.", &["JANE DOE"]);
        check("Bylund Carlsson", &["Bylund Carlsson"]);
        check("", &[]);
    }
}
