//! The command line: flags → calls, nothing else.

mod add;
mod analyse;
mod articles;
mod ask;
mod cells;
mod classify;
mod code;
mod coders;
mod correct;
mod dates;
mod eval;
mod explain;
mod flags;
mod format;
mod knowledge;
mod link;
mod lists;
mod locate;
mod messages;
mod output;
mod progress;
mod recode;
mod records;
mod release;
mod resume;
mod series;
mod who;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use demarche_export::{RecordKind, schema};
use flags::{Command, Flags, KnowledgeCommand};

fn main() -> ExitCode {
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(error) => {
            // A reader that left early is no error of ours; clap's own text goes where it belongs.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(flags) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("demarche: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(flags: Flags) -> Result<ExitCode> {
    match flags.command {
        Command::Code(raw) => code::run(&raw.ready()?),
        Command::Analyse { inputs, threads, any_language } => analyse::run(inputs, flags::threads(threads)?, any_language),
        Command::Locate { inputs, demonyms, threads, any_language } => {
            locate::run(&inputs, demonyms, flags::threads(threads)?, any_language)
        }
        Command::Dates { inputs, date, threads, any_language } => dates::run(&inputs, date, flags::threads(threads)?, any_language),
        Command::Who { name, on, format, own } => who::run(&name, on.as_deref(), format, &own),
        Command::Knowledge { command: KnowledgeCommand::Check { mut files, knowledge } } => {
            files.extend(knowledge);
            knowledge::check(&files)
        }
        Command::Classify { inputs, output, threads } => classify::run(inputs, output.as_deref(), flags::threads(threads)?),
        Command::Eval(raw) => eval::run(&raw.ready()?),
        Command::Add(flags) => add::run(&flags),
        Command::Events(flags) => records::events(*flags),
        Command::Statements(flags) => records::statements(*flags),
        Command::Positions(flags) => records::positions(*flags),
        Command::Articles(flags) => lists::articles(*flags),
        Command::Actors(flags) => lists::actors(*flags),
        Command::Series(flags) => series::run(*flags),
        Command::Correct { command } => correct::run(command),
        Command::Recode(flags) => recode::run(&flags),
        Command::Release(flags) => release::run(&flags),
        Command::Explain { record, records } => explain::run(&record, records.as_deref()),
        Command::Link { records, articles, by_hand } => link::run(&link::Request { records, articles, by_hand }),
        Command::Schema { kind } => {
            let kinds = match kind {
                Some(kind) => vec![kind],
                None => vec![flags::Kind::Events, flags::Kind::Statements, flags::Kind::Positions],
            };
            let mut schemas = serde_json::Map::new();
            for kind in &kinds {
                schemas.insert(kind.name().to_owned(), schema(RecordKind::from(*kind)));
            }
            let value = match (kinds.len(), schemas.values().next()) {
                (1, Some(only)) => only.clone(),
                _ => serde_json::Value::Object(schemas),
            };
            output::print(&format!("{}\n", serde_json::to_string_pretty(&value)?))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Whether the reader of our output went away: the work is simply no longer wanted.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
