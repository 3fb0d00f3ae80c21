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

/// The only article of a sample.
fn article<'a>(outcomes: &'a BTreeMap<String, Outcome>, name: &str) -> &'a Article {
    let (_, found) = outcomes.iter().find(|(known, _)| known.ends_with(name)).unwrap();
    assert_eq!(found.articles.len(), 1, "{name}");
    &found.articles[0]
}

#[test]
fn ninjs() {
    let Some(outcomes) = outcomes("ninjs") else { return };
    // Every sample that has a body is read; the rest has none, is no valid JSON, or is an event or a plan.
    assert_eq!(summary(&outcomes), (253, 34, 219));
    let simple = article(&outcomes, "2.2/004_simple_text_article.json");
    assert!(simple.text.starts_with("GROSSETO, Italy (AP)"), "{}", simple.text);
    let complex = article(&outcomes, "2.2/005_complex_text_article.json");
    assert_eq!(complex.title.as_deref(), Some("Captain of wrecked cruise ship on trial in Italy"));
    assert_eq!(complex.published.as_deref(), Some("2013-07-09"));
    assert_eq!(complex.authors, ["Paulo Santalucia", "Frances d'Emilio"]);
    assert!(complex.text.lines().count() > 3, "{}", complex.text);
    assert_eq!(article(&outcomes, "1.6/005_complex_text_article.json").text, complex.text);
}

#[test]
fn newsml_g2() {
    let Some(outcomes) = outcomes("newsml_g2") else { return };
    // The others are packages, concepts, plans, pictures, parts of documents, and schemas.
    assert_eq!(summary(&outcomes), (40, 5, 35));
    let text = article(&outcomes, "LISTING_2_NewsML-G2_Text_Document.xml");
    assert_eq!(text.id, "urn:newsml:acmenews.com:20161121:US-FINANCE-FED");
    assert_eq!(text.title.as_deref(), Some("Fed to halt QE to avert \"bubble\""));
    assert_eq!((text.published.as_deref(), text.source.as_deref()), (Some("2016-11-21"), Some("Associated Press")));
    assert_eq!(text.authors, ["Meredith Jameson"]);
    assert!(text.text.starts_with("(New York, NY - October 21) Et, sent luptat luptat, commy Nim zzriureet"), "{}", text.text);
    assert_eq!(text.text.lines().count(), 2);
    let part = article(&outcomes, "LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml");
    assert!(part.text.starts_with("(Sports Network) - With the Philadelphia Phillies picking up momentum"), "{}", part.text);
}

#[test]
fn web_archives() {
    let Some(outcomes) = outcomes("warc_samples") else { return };
    // Left out beside those refused: a picture and answers in JSON, each with a note.
    assert_eq!(summary(&outcomes), (16, 8, 6));
    for name in [
        "example.warc",
        "example.warc.gz",
        "example-bad-non-chunked.warc.gz",
        "example-wget-bad-target-uri.warc.gz",
        "example-wrong-chunks.warc.gz",
    ] {
        let page = article(&outcomes, name);
        assert_eq!((page.title.as_deref(), page.url.as_deref()), (Some("Example Domain"), Some("http://example.com/")), "{name}");
        assert!(
            page.text.starts_with("This domain is established to be used for illustrative examples in documents."),
            "{name}: {}",
            page.text
        );
    }
    let refused = |name: &str| outcomes.iter().find(|(known, _)| known.ends_with(name)).unwrap().1.reasons.join(" ");
    assert!(refused("example.arc.gz").contains("old ARC form; convert it to WARC"), "{}", refused("example.arc.gz"));
    assert!(refused("example-digest.warc").contains("none of its 4 records holds a page"));
}
