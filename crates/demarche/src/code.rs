//! `demarche code`: articles in, records out, in the order of the input.

use std::process::ExitCode;

use anyhow::{Context, Result};
use demarche_coder::Coding;
use demarche_export::exports::{Entry, Exporter, entries};
use demarche_export::{Style, csv_header, csv_rows, readable};
use demarche_ingest::{Item, Problem, inputs};
use demarche_language::Analysis;
use demarche_record::{Article, Event};

use crate::coders::Coders;
use crate::flags::Code;
use crate::format::Format;
use crate::output::Output;
use crate::progress::Progress;
use crate::resume::Done;
use crate::{articles, knowledge, messages};

/// Articles (or characters) analysed together: enough to keep all cores busy, little enough to stay small in memory.
const BATCH_ARTICLES: usize = 64;
const BATCH_CHARACTERS: usize = 400_000;

struct Run<'a> {
    flags: &'a Code,
    coders: Coders<'a>,
    exporter: Option<Exporter<'a>>,
    output: Output,
    done: Done,
    progress: Progress,
    batch: Vec<Article>,
    characters: usize,
    failed: bool,
}

/// Codes everything the flags name. Exit status 0: all done; 1: something could not be read, the rest is coded.
pub fn run(flags: &Code) -> Result<ExitCode> {
    let knowledge = knowledge::load(&flags.own)?;
    let (sources, problems) = inputs(&flags.inputs);
    let done = Done::open(flags)?;
    let output = Output::open(flags.output.as_deref(), flags.resume)?;
    let mut run = Run {
        flags,
        coders: Coders::new(flags.threads, &knowledge)?,
        exporter: flags.format.layout().map(|layout| Exporter::new(layout, &knowledge)).transpose()?,
        output,
        done,
        progress: Progress::new(&sources, flags.output.is_none()),
        batch: Vec::new(),
        characters: 0,
        failed: false,
    };
    for problem in problems {
        run.problem(&problem);
    }
    if flags.format == Format::Csv && !run.output.has_content() {
        run.output.write(&csv_header())?;
    }
    if let Some(exporter) = run.exporter.as_ref().filter(|_| !run.output.has_content()) {
        run.output.write_bytes(&exporter.start())?;
    }
    for source in &sources {
        articles::items(source, |item| run.item(item))?;
        run.progress.source_done(source);
    }
    run.flush()?;
    if let Some(exporter) = run.exporter.take() {
        run.output.write_bytes(&exporter.finish()?)?;
    }
    run.output.finish()?;
    run.progress.finish();
    Ok(ExitCode::from(u8::from(run.failed)))
}

impl Run<'_> {
    fn problem(&mut self, problem: &Problem) {
        self.failed |= problem.fatal;
        self.progress.say(&messages::problem(problem));
    }

    fn item(&mut self, item: Item) -> Result<()> {
        let mut article = match item {
            Item::Problem(problem) => {
                self.problem(&problem);
                return Ok(());
            }
            Item::Article(article) => article,
        };
        if article.language != "en" && !self.flags.any_language {
            self.progress.say(&messages::skipped(&article));
            return Ok(());
        }
        if self.done.contains(&article.id) {
            return Ok(());
        }
        article.published = article.published.or_else(|| self.flags.date.clone());
        self.characters += article.text.len();
        self.batch.push(article);
        if self.batch.len() >= BATCH_ARTICLES || self.characters >= BATCH_CHARACTERS {
            self.flush()?;
        }
        Ok(())
    }

    /// Analyses and codes the waiting articles and writes their records.
    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.characters = 0;
        let flags = self.flags;
        let written =
            self.coders.code(&batch.iter().collect::<Vec<_>>(), |article, analysis, coding| render(flags, article, analysis, coding));
        for (article, rendered) in batch.iter().zip(written) {
            match rendered {
                Ok(rendered) => {
                    match (rendered, &mut self.exporter) {
                        (Rendered::Text(text), _) => self.output.write(&text)?,
                        (Rendered::Entries(entries), Some(exporter)) => self.output.write_bytes(&exporter.write(&entries)?)?,
                        (Rendered::Entries(_), None) => {}
                    }
                    self.done.note(&article.id, &mut self.output)?;
                }
                Err(error) => {
                    self.failed = true;
                    self.progress.say(&format!("demarche: {}: {error:#}", article.id));
                }
            }
            self.progress.article_done(article);
        }
        Ok(())
    }
}

/// One article's records: text that can be written as it is, or events for a file that is made in order.
enum Rendered {
    Text(String),
    Entries(Vec<Entry>),
}

fn render(flags: &Code, article: &Article, analysis: &Analysis, coding: Coding) -> Result<Rendered> {
    if flags.format.layout().is_some() {
        return Ok(Rendered::Entries(entries(&coding.events, |e| flags.all || e.status.is_fact())));
    }
    let events: Vec<Event> = coding.events.into_iter().filter(|e| flags.all || e.status.is_fact()).collect();
    Ok(Rendered::Text(match flags.format {
        Format::Statements => lines(&coding.statements)?,
        Format::Positions => lines(&coding.positions)?,
        Format::Csv => csv_rows(&events),
        Format::Table => {
            let sentences: Vec<_> = analysis.sentences.iter().map(|s| s.span).collect();
            // Colours are always drawn here; the output stream strips them where they are not wanted.
            let colour = flags.output.is_none() && crate::output::colours();
            format!("{}\n", readable(article, &sentences, &events, Style { width: flags.width, colour }))
        }
        _ => lines(&events)?,
    }))
}

fn lines<T: serde::Serialize>(records: &[T]) -> Result<String> {
    let mut out = String::new();
    for record in records {
        out += &serde_json::to_string(record).context("a record could not be written as JSON")?;
        out.push('\n');
    }
    Ok(out)
}
