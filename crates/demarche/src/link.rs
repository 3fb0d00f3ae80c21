//! `demarche link`: records of many articles, grouped to events.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use demarche_link::{Hand, from_records, link};
use demarche_record::Event;
use serde::Deserialize;

use crate::articles::each;
use crate::explain::read;
use crate::output::print;

/// What is linked, and by what.
pub struct Request {
    /// Files of event records.
    pub records: Vec<PathBuf>,
    /// The articles themselves, where they are at hand.
    pub articles: Vec<PathBuf>,
    /// A hand-made list.
    pub by_hand: Option<PathBuf>,
}

/// One line of a hand-made list.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Line {
    Together([String; 2]),
    Apart([String; 2]),
}

/// Writes an event a line. Exit status 1 where an input or a line could not be read; the rest is linked.
pub fn run(request: &Request) -> Result<ExitCode> {
    let mut failed = false;
    let mut events: Vec<Event> = Vec::new();
    for path in &request.records {
        let text = read(path)?;
        lines(path, &text, "is no event record of this version; see `demarche schema events`", &mut failed, |event| events.push(event));
    }
    if events.is_empty() {
        bail!("no event records; make some with demarche code --format jsonl ARTICLES…");
    }
    let mut texts = Vec::new();
    if !request.articles.is_empty() {
        failed |= each(&request.articles, true, |article| {
            texts.push(article);
            Ok(())
        })?;
    }
    let mut hand = Hand::default();
    if let Some(path) = &request.by_hand {
        let text = read(path)?;
        lines(path, &text, r#"is neither {"together": [ID, ID]} nor {"apart": [ID, ID]}"#, &mut failed, |line| match line {
            Line::Together([a, b]) => hand.together.push((a, b)),
            Line::Apart([a, b]) => hand.apart.push((a, b)),
        });
    }
    let (mentions, notes) = from_records(&events, &texts);
    let linked = link(&mentions, &notes, &hand);
    for problem in &linked.problems {
        anstream::eprintln!("demarche: {problem}");
    }
    let mut out = String::new();
    for event in &linked.events {
        out += &serde_json::to_string(event).context("an event cannot be written as JSON")?;
        out.push('\n');
    }
    print(&out)?;
    Ok(ExitCode::from(u8::from(failed || !linked.problems.is_empty())))
}

/// Reads a JSON value a line; says of each other line where it is and what it should be.
fn lines<T: serde::de::DeserializeOwned>(path: &Path, text: &str, wrong: &str, failed: &mut bool, mut take: impl FnMut(T)) {
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(value) => take(value),
            Err(error) => {
                anstream::eprintln!("demarche: {}, line {}: {wrong} ({error})", path.display(), number + 1);
                *failed = true;
            }
        }
    }
}
