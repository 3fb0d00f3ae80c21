//! What could not be read of a gold or record file.

use std::fmt;

use serde::de::DeserializeOwned;

/// What is wrong, on which line, and what is expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What was found and what is expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.message)
    }
}

/// The values of JSON Lines; `expected` says in a few words what a line should be.
pub fn json_lines<T: DeserializeOwned>(text: &str, expected: &str) -> (Vec<T>, Vec<Problem>) {
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(value) => values.push(value),
            Err(error) => problems.push(Problem { line: number + 1, message: format!("{error}; expected {expected}") }),
        }
    }
    (values, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_lines_are_named_and_the_rest_is_read() {
        let (values, problems) = json_lines::<Vec<u8>>("[1]\n\nno\n[2]\n", "a list of numbers");
        assert_eq!(values, [vec![1], vec![2]]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().starts_with("line 3: ") && problems[0].message.ends_with("expected a list of numbers"));
    }
}
