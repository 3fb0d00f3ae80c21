//! `demarche explain`: one record in words.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use demarche_export::explain;
use demarche_record::Event;
use serde_json::Value;

use crate::output::print;

/// Explains the record in a file, or the one with an id among the records of another file.
pub fn run(record: &str, records: Option<&Path>) -> Result<ExitCode> {
    let event = if let Some(path) = records {
        with_id(&read(path)?, record).with_context(|| path.display().to_string())?
    } else {
        let path = Path::new(record);
        if record.starts_with("ev_") && !path.exists() {
            bail!("{record} is an id; name the file of records that holds it: demarche explain {record} --records FILE");
        }
        only(&read(path)?).with_context(|| record.to_owned())?
    };
    print(&explain(&event))?;
    Ok(ExitCode::SUCCESS)
}

/// The text of a file, or of standard input for `-`.
pub fn read(path: &Path) -> Result<String> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).context("standard input cannot be read as UTF-8")?;
    } else {
        text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(text)
}

/// The one record of a text, as JSON on one line or on many.
fn only(text: &str) -> Result<Event> {
    let mut values = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<Value>();
    let Some(first) = values.next() else { bail!("holds no record; expected one event record as JSON") };
    if values.next().is_some() {
        bail!("holds several records; give the id of one of them: demarche explain ID --records FILE");
    }
    event(first?)
}

fn with_id(text: &str, id: &str) -> Result<Event> {
    // Only the line that holds the id needs to be sound.
    for (number, line) in text.lines().enumerate().filter(|(_, line)| line.contains(id)) {
        let value: Value = serde_json::from_str(line).with_context(|| format!("line {} is not JSON", number + 1))?;
        if value["id"] == id {
            return event(value).with_context(|| format!("line {}", number + 1));
        }
    }
    bail!("no record has the id {id}; ids begin with ev_ and stand in the field `id`")
}

fn event(value: Value) -> Result<Event> {
    let id = value["id"].as_str().unwrap_or_default();
    if id.starts_with("st_") || id.starts_with("po_") {
        bail!("{id} is a statement or position; only event records are explained");
    }
    serde_json::from_value(value).context("is no event record of this version; see `demarche schema events`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named() {
        let message = |result: Result<Event>| format!("{:#}", result.unwrap_err());
        assert!(message(only("")).contains("holds no record"));
        assert!(message(only("{}\n{}")).contains("several records"));
        assert!(message(only("{}")).contains("no event record"));
        assert!(message(only(r#"{"id":"st_1"}"#)).contains("only event records"));
        assert!(message(with_id("{\"id\":\"ev_2\"}\n", "ev_1")).contains("no record has the id ev_1"));
        assert!(message(with_id("{\"id\":\"ev_1\"\n", "ev_1")).contains("line 1 is not JSON"));
    }
}
