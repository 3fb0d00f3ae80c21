//! `demarche knowledge check`, and loading the tables with the user's own.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use demarche_knowledge::{Knowledge, Problem, Severity, check};

use crate::flags::OwnTables;
use crate::output::print;

/// Messages of one kind that are printed; the others are counted.
const MOST_ERRORS: usize = 50;
const MOST_WARNINGS: usize = 10;

/// The tables of the program with the user's. Wrong lines stop the run, unless it is lenient.
pub fn load(own: &OwnTables) -> Result<Knowledge> {
    let files = own.files.iter().map(|path| read(path, own.lenient)).collect::<Result<Vec<_>>>()?;
    let (knowledge, problems) = Knowledge::with(&files);
    let (errors, warnings): (Vec<&Problem>, Vec<&Problem>) = problems.iter().partition(|p| p.severity == Severity::Error);
    say(&errors, MOST_ERRORS, "wrong lines");
    say(&warnings, MOST_WARNINGS, "warnings; `demarche knowledge check FILE` shows all");
    if !errors.is_empty() && !own.lenient {
        bail!("{} wrong in the files given with --knowledge; correct them, or use the rest with --lenient", lines(errors.len()));
    }
    Ok(knowledge)
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") }
}

fn say(problems: &[&Problem], most: usize, what: &str) {
    for problem in problems.iter().take(most) {
        anstream::eprintln!("demarche: {problem}");
    }
    if problems.len() > most {
        anstream::eprintln!("demarche: and {} more {what}", problems.len() - most);
    }
}

/// A file's name and text.
fn read(path: &PathBuf, lenient: bool) -> Result<(String, String)> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}; check the name and its permissions"))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if lenient => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        Err(error) => {
            let read = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
            let line = 1 + read.matches('\n').count();
            bail!("{name}:{line}: the text is not UTF-8; save the file as UTF-8");
        }
    };
    Ok((name, text.trim_start_matches('\u{feff}').to_owned()))
}

/// Checks the tables inside the program, or the files given.
pub fn check(files: &[PathBuf]) -> Result<ExitCode> {
    let problems = if files.is_empty() {
        check::shipped()
    } else {
        check::files(&files.iter().map(|path| read(path, false)).collect::<Result<Vec<_>>>()?)
    };
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    for problem in &problems {
        print(&format!("{problem}\n"))?;
    }
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    anstream::eprintln!("{}, {}", count(errors, "error"), count(problems.len() - errors, "warning"));
    Ok(ExitCode::from(u8::from(errors > 0)))
}
