//! `demarche classify`: texts with two marked spans in, the relation between the spans out.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use demarche_coder::{Relation, relation};
use demarche_language::{Analyser, LONGEST_ARTICLE};
use demarche_record::{EventType, Span};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::output::Output;

/// Pairs analysed together.
const BATCH: usize = 256;

/// One line of input.
#[derive(Debug, Deserialize)]
struct Pair {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    source: Option<Marked>,
    #[serde(default)]
    target: Option<Marked>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Marked {
    start: usize,
    end: usize,
}

impl From<Marked> for Span {
    fn from(marked: Marked) -> Self {
        Self { start: marked.start, end: marked.end }
    }
}

/// Classifies every line of the files. Exit status 1 where a line could not be read; the others go on.
pub fn run(paths: Vec<PathBuf>, output: Option<&Path>, threads: usize) -> Result<ExitCode> {
    let analyser = Analyser::new(threads)?.with_scores();
    let mut output = Output::open(output, false)?;
    let paths = if paths.is_empty() { vec![PathBuf::from("-")] } else { paths };
    let mut failed = false;
    for path in &paths {
        let (name, reader): (String, Box<dyn BufRead>) = if path.as_os_str() == "-" {
            ("standard input".to_owned(), Box::new(BufReader::new(std::io::stdin())))
        } else {
            match std::fs::File::open(path) {
                Ok(file) => (path.display().to_string(), Box::new(BufReader::new(file))),
                Err(error) => {
                    failed = true;
                    anstream::eprintln!("demarche: {}: cannot be read ({error}); give a file of JSON Lines", path.display());
                    continue;
                }
            }
        };
        let mut batch = Vec::new();
        for (number, line) in reader.split(b'\n').enumerate() {
            let line = line.with_context(|| format!("{name}: reading stopped at line {}", number + 1))?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            match pair(line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line)) {
                Ok(pair) => batch.push((number + 1, pair)),
                Err(message) => {
                    failed = true;
                    anstream::eprintln!("demarche: {name}:{}: {message}", number + 1);
                }
            }
            if batch.len() >= BATCH {
                failed |= !flush(&analyser, &name, &mut batch, &mut output)?;
            }
        }
        failed |= !flush(&analyser, &name, &mut batch, &mut output)?;
    }
    output.finish()?;
    Ok(ExitCode::from(u8::from(failed)))
}

/// Reads and checks one line.
fn pair(line: &[u8]) -> Result<Pair, String> {
    const FORM: &str = "{\"id\", \"text\", \"source\": {\"start\", \"end\"} or null, \"target\": {\"start\", \"end\"} or null}";
    let pair: Pair = serde_json::from_slice(line).map_err(|e| format!("{e}; a line is {FORM}"))?;
    let characters: Vec<char> = pair.text.chars().collect();
    if characters.len() > LONGEST_ARTICLE {
        return Err(format!("the text has {} characters; give at most {LONGEST_ARTICLE}", characters.len()));
    }
    for (name, span) in [("source", pair.source), ("target", pair.target)] {
        let Some(Marked { start, end }) = span else { continue };
        if start >= end || end > characters.len() {
            let length = characters.len();
            return Err(format!(
                "{name} {start}–{end} lies outside the text of {length} characters; start < end ≤ {length}, in code points"
            ));
        }
        if characters[start..end].iter().all(|c| c.is_whitespace()) {
            return Err(format!("{name} {start}–{end} marks only blanks; mark the words of a party, or null"));
        }
    }
    Ok(pair)
}

/// Writes the relations of the waiting pairs; whether all could be analysed.
fn flush(analyser: &Analyser, name: &str, batch: &mut Vec<(usize, Pair)>, output: &mut Output) -> Result<bool> {
    let batch = std::mem::take(batch);
    let texts: Vec<&str> = batch.iter().map(|(_, p)| p.text.as_str()).collect();
    let mut all = true;
    for ((line, pair), found) in batch.iter().zip(analyser.analyse_all(&texts)) {
        match found {
            Ok(analysis) => {
                let relation = relation(&analysis, pair.source.map(Span::from), pair.target.map(Span::from));
                output.write(&format!("{}\n", written(&pair.id, &relation)))?;
            }
            Err(error) => {
                all = false;
                anstream::eprintln!("demarche: {name}:{line}: {error}");
            }
        }
    }
    Ok(all)
}

fn written(id: &Value, relation: &Relation) -> Value {
    let scores: Map<String, Value> = EventType::ALL.iter().zip(relation.scores).map(|(t, p)| (t.name().to_owned(), json!(p))).collect();
    json!({"id": id, "event": relation.event, "modes": relation.modes, "quad": relation.event.quad(), "scores": scores})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &str) {
        match pair(line.as_bytes()) {
            Ok(pair) => assert_eq!(expect, "", "{pair:?}"),
            Err(message) => assert!(!expect.is_empty() && message.contains(expect), "{message}"),
        }
    }

    #[test]
    fn lines_are_checked() {
        check(r#"{"id":1,"text":"Chad met Niger","source":{"start":0,"end":4},"target":{"start":9,"end":14}}"#, "");
        check(r#"{"text":"Chad","source":null}"#, "");
        check(r#"{"text":"Chad","source":{"start":2,"end":9}}"#, "source 2–9 lies outside the text of 4 characters");
        check(r#"{"text":"Chad","target":{"start":3,"end":3}}"#, "start < end");
        check(r#"{"text":"Chad  met","target":{"start":4,"end":6}}"#, "only blanks");
        check(r#"{"source":null}"#, "missing field `text`");
        check("no json", "a line is {");
    }
}
