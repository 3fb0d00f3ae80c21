//! `demarche eval`: a gold file in, a table of figures out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use demarche_coder::{Coding, code, relation};
use demarche_eval::{Coded, Problem, Report, coded, desk, petrarch, plv, polnear};
use demarche_ingest::language_of;
use demarche_knowledge::Knowledge;
use demarche_language::Analyser;
use demarche_record::Article;
use flate2::read::MultiGzDecoder;

use crate::articles;
use crate::flags::{Eval, Gold};
use crate::output::print;

/// Scores what the flags name and prints the table. Exit status 1 where a line of the inputs could not be read; the others are scored.
pub fn run(flags: &Eval) -> Result<ExitCode> {
    let mut failed = false;
    let report = match flags.kind {
        Gold::Desk => desk_report(flags, &mut failed)?,
        Gold::Plv => plv_report(flags, &mut failed)?,
        Gold::Petrarch => petrarch_report(flags, &mut failed)?,
        Gold::Polnear => polnear_report(flags, &mut failed)?,
    };
    let mut report = report;
    for (heading, lines) in &mut report.lists {
        if lines.len() > flags.show {
            heading.push_str(&format!(", the first {} of {}; --show for more", flags.show, lines.len()));
            lines.truncate(flags.show);
        }
    }
    report.lists.retain(|(_, lines)| !lines.is_empty());
    print(&report.to_string())?;
    Ok(ExitCode::from(u8::from(failed)))
}

fn desk_report(flags: &Eval, failed: &mut bool) -> Result<Report> {
    let gold = readable(&flags.gold, desk::gold, failed)?;
    let mut texts = BTreeMap::new();
    let mut articles_read = Vec::new();
    if let Some(path) = &flags.articles {
        *failed |= articles::each(std::slice::from_ref(path), true, |article| {
            texts.insert(article.id.clone(), article.text.clone());
            articles_read.push(article);
            Ok(())
        })?;
    }
    let records = match (&flags.records, &flags.articles) {
        (Some(path), _) => readable(path, coded, failed)?,
        (None, Some(_)) => {
            let codings = Coder::new(flags.threads)?.code(&articles_read, failed);
            codings.iter().flat_map(|c| &c.events).map(Coded::try_from).collect::<Result<_, _>>()?
        }
        (None, None) => Vec::new(),
    };
    let known: BTreeSet<String> = records.iter().map(Coded::document).chain(texts.keys().cloned()).collect();
    if !gold.iter().any(|g| known.contains(&g.doc)) {
        bail!(
            "no article is one of the gold file's: its documents are named {:?}, …; give articles with these ids",
            gold.first().map(|g| &g.doc)
        );
    }
    Ok(desk::score(&gold, &records, &texts))
}

fn plv_report(flags: &Eval, failed: &mut bool) -> Result<Report> {
    let pairs = readable(&flags.gold, plv::gold, failed)?;
    let analyser = Analyser::new(flags.threads)?.with_scores();
    let (mut kept, mut given) = (Vec::new(), Vec::new());
    for batch in pairs.chunks(256) {
        let texts: Vec<&str> = batch.iter().map(|p| p.text.as_str()).collect();
        for (pair, analysis) in batch.iter().zip(analyser.analyse_all(&texts)) {
            match analysis {
                Ok(analysis) => {
                    given.push(plv::best_root(&relation(&analysis, pair.source, pair.target).scores));
                    kept.push(pair.clone());
                }
                Err(error) => say(failed, &format!("a sentence could not be analysed: {error}")),
            }
        }
    }
    Ok(plv::score(&kept, &given))
}

fn petrarch_report(flags: &Eval, failed: &mut bool) -> Result<Report> {
    let sentences = readable(&flags.gold, petrarch::gold, failed)?;
    let coder = Coder::new(flags.threads)?;
    let articles: Vec<Article> = sentences
        .iter()
        .map(|s| Article {
            id: s.id.clone(),
            published: s.published.clone(),
            language: "en".to_owned(),
            text: s.text.clone(),
            ..Article::default()
        })
        .collect();
    let codings = coder.code(&articles, failed);
    let records =
        codings.iter().map(|c| c.events.iter().map(Coded::try_from).collect::<Result<_, _>>()).collect::<Result<Vec<Vec<Coded>>, _>>()?;
    let states = &coder.knowledge.states;
    let names_state = |code: &str, text: &str| {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let names = |n: usize| words.windows(n).any(|w| states.senses(&w.join(" "), None).iter().any(|s| s.id == code));
        (1..=4).any(names)
    };
    Ok(petrarch::score(&sentences, &records, names_state))
}

fn polnear_report(flags: &Eval, failed: &mut bool) -> Result<Report> {
    let documents = documents(&flags.gold, failed)?;
    let statements = if let Some(path) = &flags.records {
        readable(path, polnear::statements, failed)?
    } else {
        let article = |d: &polnear::Document| {
            let language = language_of(&d.text);
            Article { id: d.id.clone(), language: language.to_owned(), text: d.text.clone(), ..Article::default() }
        };
        let articles: Vec<Article> = documents.iter().map(article).collect();
        Coder::new(flags.threads)?.code(&articles, failed).into_iter().flat_map(|c| c.statements).collect()
    };
    Ok(polnear::score(&documents, &statements))
}

/// The documents of a folder with `text/*.txt` and `attributions/*.ann`. An annotation is named as its text with an annotator's mark behind; of
/// several the first in the order of names counts.
fn documents(folder: &Path, failed: &mut bool) -> Result<Vec<polnear::Document>> {
    let names = |part: &str, ending: &str| -> Result<Vec<PathBuf>> {
        let inner = folder.join(part);
        let list = std::fs::read_dir(&inner).with_context(|| {
            format!("{}: cannot be listed; --as polnear takes a folder with text/*.txt and attributions/*.ann, unpacked", inner.display())
        })?;
        let mut paths: Vec<PathBuf> = list.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
        paths.sort();
        Ok(paths)
    };
    let marks = names("attributions", "ann")?;
    let stem = |path: &Path| path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let mut out = Vec::new();
    for path in names("text", "txt")? {
        let id = stem(&path);
        let own = marks.iter().find(|m| {
            let name = stem(m);
            name == id || name.rsplit_once('_').is_some_and(|(text, _)| text == id)
        });
        let Some(own) = own else { continue };
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let attributions = readable(own, polnear::annotations, failed)?;
        out.push(polnear::Document { id, text, attributions });
    }
    if out.is_empty() {
        bail!("{}: no text has an annotation; expected text/NAME.txt with attributions/NAME_ANNOTATOR.ann", folder.display());
    }
    Ok(out)
}

struct Coder {
    analyser: Analyser,
    knowledge: Knowledge,
}

impl Coder {
    fn new(threads: usize) -> Result<Self> {
        Ok(Self { analyser: Analyser::new(threads)?, knowledge: Knowledge::load() })
    }

    /// Codes articles; one that cannot be analysed is reported and has no records.
    fn code(&self, articles: &[Article], failed: &mut bool) -> Vec<Coding> {
        let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
        let analyses = self.analyser.analyse_all(&texts);
        let pairs = articles.iter().zip(analyses);
        pairs
            .map(|(article, analysis)| match analysis {
                Ok(analysis) => code(article, &analysis, &self.knowledge),
                Err(error) => {
                    say(failed, &format!("{}: {error}", article.id));
                    Coding::default()
                }
            })
            .collect()
    }
}

fn say(failed: &mut bool, message: &str) {
    *failed = true;
    anstream::eprintln!("demarche: {message}");
}

/// Reads a file (also gzip) with a reader of its format and reports what it could not read.
fn readable<T>(path: &Path, reader: impl Fn(&str) -> (Vec<T>, Vec<Problem>), failed: &mut bool) -> Result<Vec<T>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut text = String::new();
    let read = if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)
    } else {
        (&bytes[..]).read_to_string(&mut text)
    };
    read.with_context(|| format!("{}: is no UTF-8 text, plain or gzip", path.display()))?;
    let (values, problems) = reader(&text);
    for problem in problems {
        say(failed, &format!("{}:{}: {}", path.display(), problem.line, problem.message));
    }
    if values.is_empty() {
        bail!("{}: holds nothing to score", path.display());
    }
    Ok(values)
}
