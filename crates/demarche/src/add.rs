//! `demarche add`: articles and their records into a record on disk, a transaction an article.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use demarche_coder::{Coding, engine};
use demarche_ingest::{Item, inputs};
use demarche_record::{Article, EngineInfo};
use demarche_store::{Added, Coded, Store};

use crate::coders::Coders;
use crate::flags::{self, OwnTables};
use crate::progress::Progress;
use crate::{articles, knowledge, messages};

/// Articles (or bytes) analysed together; what is analysed and not yet written is lost when the program is killed, and done again.
const BATCH_ARTICLES: usize = 32;
const BATCH_BYTES: usize = 200_000;

/// Flags of `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// Files and folders as for `code`; `-` or nothing reads standard input.
    inputs: Vec<PathBuf>,
    /// The record, made where there is none.
    #[arg(long, value_name = "PATH")]
    record: PathBuf,
    /// Keep offsets and a hash instead of the text and its words.
    #[arg(long)]
    no_text: bool,
    /// Day of publication for articles that do not say theirs.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Sentences analysed at once [default: one per core].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Also texts that do not seem to be English.
    #[arg(long)]
    any_language: bool,
    #[command(flatten)]
    own: OwnTables,
}

#[derive(Default)]
struct Counts {
    new: usize,
    same: usize,
    versions: usize,
    events: usize,
}

struct Run<'a> {
    flags: &'a Add,
    date: Option<String>,
    store: Store,
    coders: Coders<'a>,
    engine: EngineInfo,
    progress: Progress,
    batch: Vec<Article>,
    bytes: usize,
    counts: Counts,
    failed: bool,
}

/// Adds everything the flags name. Exit status 0: all done; 1: something could not be read, the rest is added.
pub fn run(add: &Add) -> Result<ExitCode> {
    let threads = flags::threads(add.threads)?;
    let date = add.date.as_deref().map(|text| flags::day("--date", text)).transpose()?.map(|d| d.to_string());
    // The record first: what is wrong with it should not show after the model is loaded.
    let store = Store::create(&add.record)?;
    let knowledge = knowledge::load(&add.own)?;
    let standard_input = [PathBuf::from("-")];
    let (sources, problems) = inputs(if add.inputs.is_empty() { &standard_input } else { &add.inputs });
    let mut run = Run {
        flags: add,
        date,
        store,
        coders: Coders::new(threads, &knowledge)?,
        engine: engine(&knowledge),
        progress: Progress::new(&sources, false),
        batch: Vec::new(),
        bytes: 0,
        counts: Counts::default(),
        failed: false,
    };
    for problem in problems {
        run.failed |= problem.fatal;
        run.progress.say(&messages::problem(&problem));
    }
    for source in &sources {
        articles::items(source, |item| run.item(item))?;
        run.progress.source_done(source);
    }
    run.flush()?;
    run.progress.finish();
    run.report();
    Ok(ExitCode::from(u8::from(run.failed)))
}

impl Run<'_> {
    fn item(&mut self, item: Item) -> Result<()> {
        let mut article = match item {
            Item::Problem(problem) => {
                self.failed |= problem.fatal;
                self.progress.say(&messages::problem(&problem));
                return Ok(());
            }
            Item::Article(article) => article,
        };
        if article.language != "en" && !self.flags.any_language {
            self.progress.say(&messages::skipped(&article));
            return Ok(());
        }
        article.published = article.published.or_else(|| self.date.clone());
        if self.store.holds(&article)? {
            self.counts.same += 1;
            return Ok(());
        }
        self.bytes += article.text.len();
        self.batch.push(article);
        if self.batch.len() >= BATCH_ARTICLES || self.bytes >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// Analyses, codes and stores the waiting articles.
    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let coded = self.coders.code(&batch.iter().collect::<Vec<_>>(), |_, analysis, coding| Ok((analysis.sentences.len(), coding)));
        for (article, coded) in batch.iter().zip(coded) {
            match coded {
                Ok((sentences, coding)) => self.store(article, sentences, &coding)?,
                Err(error) => {
                    self.failed = true;
                    self.progress.say(&format!("demarche: {}: {error:#}", article.id));
                }
            }
            self.progress.article_done(article);
        }
        Ok(())
    }

    fn store(&mut self, article: &Article, sentences: usize, coding: &Coding) -> Result<()> {
        let coded = Coded {
            article,
            sentences,
            engine: &self.engine,
            events: &coding.events,
            statements: &coding.statements,
            positions: &coding.positions,
        };
        let id = &article.id;
        match self.store.add(coded, !self.flags.no_text)? {
            Added::Same => {
                self.counts.same += 1;
                return Ok(());
            }
            Added::New => {}
            Added::Version(version) => {
                self.counts.versions += 1;
                self.progress
                    .say(&format!("demarche: note: {id}: a changed text; kept as version {version}, the earlier one stays beside it"));
            }
            Added::Clash => {
                let note = "another article, of another source or address, has this id; both are kept. Give each article an id of its own";
                self.progress.say(&format!("demarche: note: {id}: {note}"));
            }
        }
        self.counts.new += 1;
        self.counts.events += coding.events.len();
        Ok(())
    }

    fn report(&self) {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let Counts { new, same, versions, events } = self.counts;
        let mut line = format!("{} added with {}", count(new, "article"), count(events, "event record"));
        if versions > 0 {
            line += &format!(", {versions} of them changed versions");
        }
        if same > 0 {
            line += &format!("; {} there already", if new == 0 { count(same, "article") } else { same.to_string() });
        }
        anstream::eprintln!("demarche: {line}");
    }
}
