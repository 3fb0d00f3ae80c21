//! `demarche analyse`: articles in, CoNLL-U out.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use demarche_export::conllu;
use demarche_ingest::{Item, inputs, read};
use demarche_language::Analyser;

use crate::messages;
use crate::output::print;

/// Analyses everything named. Exit status as for `code`.
pub fn run(paths: Vec<PathBuf>, threads: usize, any_language: bool) -> Result<ExitCode> {
    let analyser = Analyser::new(threads)?;
    let (treebanks, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|p| p.extension().is_some_and(|e| e == "conllu"));
    for path in &treebanks {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        print(&conllu(&path.display().to_string(), &analyser.analyse_words(&words(&text))?))?;
    }
    let paths = if paths.is_empty() && treebanks.is_empty() { vec![PathBuf::from("-")] } else { paths };
    let (sources, problems) = inputs(&paths);
    let mut failed = false;
    for problem in problems {
        failed |= problem.fatal;
        anstream::eprintln!("{}", messages::problem(&problem));
    }
    for source in &sources {
        let mut stopped = None;
        let _ = read(source, &mut |item| {
            let article = match item {
                Item::Problem(problem) => {
                    failed |= problem.fatal;
                    anstream::eprintln!("{}", messages::problem(&problem));
                    return ControlFlow::Continue(());
                }
                Item::Article(article) => article,
            };
            if article.language != "en" && !any_language {
                anstream::eprintln!("{}", messages::skipped(&article));
                return ControlFlow::Continue(());
            }
            let written = analyser.analyse(&article.text).map_err(anyhow::Error::from).and_then(|a| Ok(print(&conllu(&article.id, &a))?));
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stopped = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = stopped {
            return Err(error);
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// The words of a CoNLL-U text, sentence by sentence.
fn words(text: &str) -> Vec<Vec<String>> {
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        let mut cells = line.split('\t');
        match (cells.next(), cells.next()) {
            (Some(id), Some(form)) if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) => {
                if let Some(sentence) = out.last_mut() {
                    sentence.push(form.to_owned());
                }
            }
            (Some("") | None, _) => out.push(Vec::new()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_treebank() {
        let text = "# text = It's\n1-2\tIt's\t_\n1\tIt\t_\n2\t's\t_\n\n1\tNo\t_\n";
        assert_eq!(words(text), [vec!["It".to_owned(), "'s".to_owned()], vec!["No".to_owned()]]);
    }
}
