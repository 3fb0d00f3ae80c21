//! `demarche who`: all that the tables know by a name.

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::Result;
use demarche_knowledge::who::{Answer, who};

use crate::flags::{OwnTables, WhoFormat, day};
use crate::knowledge::load;
use crate::output::print;

/// Candidates that the readable form shows.
const MOST: usize = 20;

/// Exit status 1 where no table knows the name.
pub fn run(name: &str, on: Option<&str>, format: Option<WhoFormat>, own: &OwnTables) -> Result<ExitCode> {
    let on = on.map(|text| day("--on", text)).transpose()?;
    let answers = who(&load(own)?, name, on);
    let default = if std::io::stdout().is_terminal() { WhoFormat::Table } else { WhoFormat::Jsonl };
    let mut out = String::new();
    match format.unwrap_or(default) {
        WhoFormat::Jsonl => {
            for answer in &answers {
                out += &serde_json::to_string(answer)?;
                out.push('\n');
            }
        }
        WhoFormat::Table => {
            for answer in answers.iter().take(MOST) {
                out += &paragraph(answer);
            }
            if answers.len() > MOST {
                out += &format!("and {} more; --format jsonl shows all\n", answers.len() - MOST);
            }
        }
    }
    print(&out)?;
    if answers.is_empty() {
        anstream::eprintln!("demarche: no table knows '{name}'; try the full name, or add it with --knowledge");
    }
    Ok(ExitCode::from(u8::from(answers.is_empty())))
}

fn paragraph(answer: &Answer) -> String {
    let mut out = format!("{} ({}, {})", answer.name, answer.kind, answer.called);
    let country = answer.country.as_deref().filter(|c| answer.id.as_deref() != Some(c));
    for part in answer.id.as_deref().into_iter().chain(country).chain(answer.sectors.iter().map(String::as_str)) {
        out += &format!(" {part}");
    }
    if answer.from.is_some() || answer.to.is_some() {
        out += &format!(", {}", period(answer.from.as_deref(), answer.to.as_deref()));
    }
    for code in &answer.codes {
        out += &format!(", {code}");
    }
    out.push('\n');
    if let Some(on) = &answer.on {
        out += &format!("    on {}: {}\n", on.date, on.detail);
    }
    for office in &answer.offices {
        let mark = if office.held { '>' } else { ' ' };
        let period = period(office.from.as_deref(), office.to.as_deref());
        out += &format!("  {mark} {period:<24} {} ({})\n", office.title, office.of);
    }
    if let Some(note) = &answer.note {
        out += &format!("    note: {note}\n");
    }
    out
}

fn period(from: Option<&str>, to: Option<&str>) -> String {
    format!("{} – {}", from.unwrap_or("?"), to.unwrap_or(""))
}
