use std::fmt;

/// What went wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file as it was given or found; `standard input` for the stream.
    pub input: String,
    /// Line in the file, from 1, where one is to blame.
    pub place: Option<usize>,
    /// What happened and what to do.
    pub message: String,
    /// Whether this article or file was not read; else a note, such as an assumed encoding.
    pub fatal: bool,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(line) => write!(formatter, "{}:{line}: {}", self.input, self.message),
            None => write!(formatter, "{}: {}", self.input, self.message),
        }
    }
}

impl std::error::Error for Problem {}
