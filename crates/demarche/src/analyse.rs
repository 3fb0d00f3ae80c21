//! `demarche analyse`: articles in, CoNLL-U out.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use demarche_export::conllu;
use demarche_language::{Analyser, GivenSentence};

use crate::articles::each;
use crate::output::print;

/// Analyses everything named. Exit status as for `code`.
pub fn run(paths: Vec<PathBuf>, threads: usize, any_language: bool) -> Result<ExitCode> {
    let analyser = Analyser::new(threads)?;
    let (treebanks, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|p| p.extension().is_some_and(|e| e == "conllu"));
    for path in &treebanks {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        print(&conllu(&path.display().to_string(), &analyser.analyse_words(&sentences(&text))?))?;
    }
    if paths.is_empty() && !treebanks.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let failed = each(&paths, any_language, |article| Ok(print(&conllu(&article.id, &analyser.analyse(&article.text)?))?))?;
    Ok(ExitCode::from(u8::from(failed)))
}

/// The words of a CoNLL-U text, sentence by sentence. `Predicate=Yes` and `Predicate=No` in MISC say which words have roles; without either the
/// model finds them.
fn sentences(text: &str) -> Vec<GivenSentence> {
    let mut out = vec![GivenSentence::default()];
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        match (cells.first(), cells.get(1)) {
            (Some(id), Some(form)) if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) => {
                let Some(sentence) = out.last_mut() else { continue };
                let marks = cells.get(9).map_or("", |misc| misc.split('|').find_map(|m| m.strip_prefix("Predicate=")).unwrap_or(""));
                if !marks.is_empty() {
                    let predicates = sentence.predicates.get_or_insert_default();
                    if marks == "Yes" {
                        predicates.push(sentence.words.len());
                    }
                }
                sentence.words.push((*form).to_owned());
            }
            (Some(&"") | None, _) => out.push(GivenSentence::default()),
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
        let check = |text: &str, expect: &[(&[&str], Option<&[usize]>)]| {
            let found = sentences(text);
            let found: Vec<(Vec<&str>, Option<&[usize]>)> =
                found.iter().map(|s| (s.words.iter().map(String::as_str).collect(), s.predicates.as_deref())).collect();
            let expect: Vec<(Vec<&str>, Option<&[usize]>)> = expect.iter().map(|(w, p)| (w.to_vec(), *p)).collect();
            assert_eq!(found, expect);
        };
        check("# text = It's\n1-2\tIt's\t_\n1\tIt\t_\n2\t's\t_\n\n1\tNo\t_\n", &[(&["It", "'s"], None), (&["No"], None)]);
        let row = |id, form, misc| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
        check(&[row(1, "He", "Predicate=No"), row(2, "left", "SpaceAfter=No|Predicate=Yes")].concat(), &[(&["He", "left"], Some(&[1]))]);
    }
}
