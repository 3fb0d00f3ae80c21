//! `demarche recode`: code the articles of a record anew and show what changed.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use demarche_coder::engine;
use demarche_record::Article;
use demarche_store::{Coded, Recoded, Store};

use crate::coders::Coders;
use crate::correct::derive;
use crate::flags::{self, OwnTables};
use crate::knowledge;
use crate::output::print;

/// Articles analysed together.
const BATCH: usize = 32;

/// Flags of `recode`.
#[derive(Debug, Args)]
pub struct Recode {
    /// The record.
    #[arg(long, value_name = "PATH")]
    record: PathBuf,
    /// Also articles that this engine has coded already.
    #[arg(long)]
    all: bool,
    /// Sentences analysed at once [default: one per core].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    own: OwnTables,
}

#[derive(Default)]
struct Totals {
    articles: usize,
    without_text: usize,
    unchanged: usize,
    changed: usize,
    added: usize,
    removed: usize,
    corrections: usize,
    conflicts: usize,
    failed: usize,
}

/// Writes a line of JSON for each article in which something changed or a correction has no place any more. Exit status 1 where there are conflicts.
pub fn run(flags: &Recode) -> Result<ExitCode> {
    let threads = flags::threads(flags.threads)?;
    let mut store = Store::open(&flags.record)?;
    let knowledge = knowledge::load(&flags.own)?;
    let engine = engine(&knowledge);
    let coders = Coders::new(threads, &knowledge)?;
    let mut totals = Totals::default();
    let mut after = 0;
    loop {
        let mut waiting = store.waiting(&engine, flags.all, after, BATCH)?;
        let Some(last) = waiting.last() else { break };
        after = last.key;
        let found = waiting.len();
        waiting.retain(|w| w.text_kept);
        totals.without_text += found - waiting.len();
        let articles: Vec<&Article> = waiting.iter().map(|w| &w.article).collect();
        let coded = coders.code(&articles, |_, analysis, coding| Ok((analysis.sentences.len(), coding)));
        for (waiting, coded) in waiting.iter().zip(coded) {
            let (sentences, coding) = match coded {
                Ok(coded) => coded,
                Err(error) => {
                    totals.failed += 1;
                    anstream::eprintln!("demarche: {}: {error:#}; its records stay as they are", waiting.article.id);
                    continue;
                }
            };
            let coded = Coded {
                article: &waiting.article,
                sentences,
                engine: &engine,
                events: &coding.events,
                statements: &coding.statements,
                positions: &coding.positions,
            };
            report(&store.recode(waiting.key, coded, derive)?, &mut totals)?;
        }
    }
    totals.say();
    Ok(ExitCode::from(u8::from(totals.conflicts + totals.failed > 0)))
}

fn report(done: &Recoded, totals: &mut Totals) -> Result<()> {
    totals.articles += 1;
    totals.unchanged += done.unchanged;
    totals.changed += done.changed.len();
    totals.added += done.added.len();
    totals.removed += done.removed.len();
    totals.corrections += done.corrections;
    totals.conflicts += done.conflicts.len();
    if done.changed.is_empty() && done.added.is_empty() && done.removed.is_empty() && done.conflicts.is_empty() {
        return Ok(());
    }
    print(&format!("{}\n", serde_json::to_string(done)?))?;
    Ok(())
}

impl Totals {
    fn say(&self) {
        let Self { articles, unchanged, changed, added, removed, corrections, .. } = self;
        anstream::eprintln!(
            "demarche: {articles} articles coded anew: {unchanged} events as before, {changed} changed, {added} new, {removed} gone; {corrections} corrections made again"
        );
        if self.conflicts > 0 {
            anstream::eprintln!("demarche: {} corrections have no place any more; `demarche correct history` says why", self.conflicts);
        }
        if self.without_text > 0 {
            anstream::eprintln!(
                "demarche: note: {} articles were added with --no-text and cannot be coded anew; add their files to a new record",
                self.without_text
            );
        }
    }
}
