//! `demarche locate`: articles in, their place names out, resolved, in the order of the input.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use demarche_language::{Analyser, Analysis};
use demarche_places::{Located, locate};
use demarche_record::Article;
use serde::Serialize;

use crate::articles::each;
use crate::output::print;

/// Articles (or bytes) analysed together.
const BATCH_ARTICLES: usize = 64;
const BATCH_BYTES: usize = 400_000;

/// A line of output.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    #[serde(flatten)]
    located: Located,
}

struct Run {
    analyser: Analyser,
    demonyms: bool,
    batch: Vec<Article>,
    bytes: usize,
    failed: bool,
}

/// Locates everything named. Exit status as for `code`.
pub fn run(paths: &[PathBuf], demonyms: bool, threads: usize, any_language: bool) -> Result<ExitCode> {
    let mut run = Run { analyser: Analyser::new(threads)?, demonyms, batch: Vec::new(), bytes: 0, failed: false };
    let unread = each(paths, any_language, |article| run.article(article))?;
    run.flush()?;
    Ok(ExitCode::from(u8::from(unread || run.failed)))
}

impl Run {
    fn article(&mut self, article: Article) -> Result<()> {
        self.bytes += article.text.len();
        self.batch.push(article);
        if self.batch.len() >= BATCH_ARTICLES || self.bytes >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let texts: Vec<&str> = batch.iter().map(|a| a.text.as_str()).collect();
        for (article, analysis) in batch.iter().zip(self.analyser.analyse_all(&texts)) {
            match analysis {
                Ok(analysis) => print(&lines(article, &analysis, self.demonyms)?)?,
                Err(error) => {
                    self.failed = true;
                    anstream::eprintln!("demarche: {}: {error}", article.id);
                }
            }
        }
        Ok(())
    }
}

fn lines(article: &Article, analysis: &Analysis, demonyms: bool) -> Result<String> {
    let mut out = String::new();
    for located in locate(analysis, demonyms) {
        out += &serde_json::to_string(&Line { article: &article.id, located }).context("a place could not be written as JSON")?;
        out.push('\n');
    }
    Ok(out)
}
