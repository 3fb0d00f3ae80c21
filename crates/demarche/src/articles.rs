//! Going through the articles of all inputs, one by one, with their problems reported.

use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::Result;
use demarche_ingest::{Input, Item, inputs, read};
use demarche_record::Article;

use crate::messages;

/// Calls `work` for each article in English (or in any language). What cannot be read is reported and the rest goes on; an error of `work` ends
/// the run. Whether something could not be read.
pub fn each(paths: &[PathBuf], any_language: bool, mut work: impl FnMut(Article) -> Result<()>) -> Result<bool> {
    let standard_input = [PathBuf::from("-")];
    let (sources, problems) = inputs(if paths.is_empty() { &standard_input } else { paths });
    let mut failed = false;
    for problem in problems {
        failed |= problem.fatal;
        anstream::eprintln!("{}", messages::problem(&problem));
    }
    for source in &sources {
        items(source, |item| {
            match item {
                Item::Problem(problem) => {
                    failed |= problem.fatal;
                    anstream::eprintln!("{}", messages::problem(&problem));
                }
                Item::Article(article) if article.language != "en" && !any_language => {
                    anstream::eprintln!("{}", messages::skipped(&article));
                }
                Item::Article(article) => work(article)?,
            }
            Ok(())
        })?;
    }
    Ok(failed)
}

/// Calls `work` for each item of a source, in order; an error of `work` ends the reading.
pub fn items(source: &Input, mut work: impl FnMut(Item) -> Result<()>) -> Result<()> {
    let mut stopped = Ok(());
    let _ = read(source, &mut |item| match work(item) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            stopped = Err(error);
            ControlFlow::Break(())
        }
    });
    stopped
}
