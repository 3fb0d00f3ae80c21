//! Published samples of the formats, as others made them: each is read right or refused with a reason.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use demarche_ingest::{Format, Input, Item, read};
use demarche_record::Article;

/// A folder of samples; absent outside our own machines.
fn samples(name: &str) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/measure").join(name);
    if !folder.exists() {
        eprintln!("skipped 1 test: {} is absent", folder.display());
        return None;
    }
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != "README.origin" {
                files.push(path);
            }
        }
    }
    files.sort();
    Some(files)
}

/// What came of a file: its articles and the reasons for what was not read.
struct Outcome {
    articles: Vec<Article>,
    reasons: Vec<String>,
    notes: Vec<String>,
}

fn outcome(path: &Path) -> Outcome {
    let mut found = Outcome { articles: vec![], reasons: vec![], notes: vec![] };
    let _ = read(&Input { format: Format::of_path(path), path: Some(path.to_owned()) }, &mut |item| {
        match item {
            Item::Article(article) => found.articles.push(article),
            Item::Problem(problem) if problem.fatal => found.reasons.push(problem.message),
            Item::Problem(problem) => found.notes.push(problem.message),
        }
        ControlFlow::Continue(())
    });
    found
}

/// Outcomes by file name; every file is read or refused.
fn outcomes(name: &str) -> Option<BTreeMap<String, Outcome>> {
    let files = samples(name)?;
    let mut outcomes = BTreeMap::new();
    for path in files {
        let found = outcome(&path);
        let shown = path.display().to_string();
        assert!(!found.articles.is_empty() || !found.reasons.is_empty() || !found.notes.is_empty(), "{shown}: neither read nor refused");
        for reason in &found.reasons {
            assert!(reason.contains(';') || reason.contains(':'), "{shown}: {reason}: names no remedy");
        }
        let short: Vec<&str> = shown.rsplit('/').take(3).collect();
        outcomes.insert(short.into_iter().rev().collect::<Vec<_>>().join("/"), found);
    }
    Some(outcomes)
}

fn summary(outcomes: &BTreeMap<String, Outcome>) -> (usize, usize, usize) {
    for (name, found) in outcomes {
        println!("{name}: {} articles; refused {:?}; notes {:?}", found.articles.len(), found.reasons, found.notes);
    }
    let read = outcomes.values().filter(|found| !found.articles.is_empty()).count();
    let refused = outcomes.values().filter(|found| found.articles.is_empty() && !found.reasons.is_empty()).count();
    (outcomes.len(), read, refused)
}

#[test]
fn ninjs() {
    let Some(outcomes) = outcomes("ninjs") else { return };
    println!("{:?}", summary(&outcomes));
}

#[test]
fn newsml_g2() {
    let Some(outcomes) = outcomes("newsml_g2") else { return };
    println!("{:?}", summary(&outcomes));
}

#[test]
fn web_archives() {
    let Some(outcomes) = outcomes("warc_samples") else { return };
    println!("{:?}", summary(&outcomes));
}
