//! How many mentions are resolved from the tables in a second, on one thread.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use demarche_knowledge::Knowledge;
use demarche_language::{Analyser, Analysis};
use jiff::civil::{Date, date};

use crate::texts::Set;
use crate::times::{Times, times};

const PASSES: usize = 21;
const ON: Date = date(2020, 6, 1);

/// The names of the tables themselves, one look-up each by every index, and the mentions of real texts through the coder's own resolution.
pub fn run(root: &Path, texts: Option<&Path>, facts: Vec<(&'static str, String)>) -> Result<String> {
    let set = Set::read(root, texts)?;
    let analyser = Analyser::new(1)?;
    let analyses = set.articles.iter().map(|a| analyser.analyse(&a.text)).collect::<Result<Vec<Analysis>, _>>()?;
    let names: Vec<String> = analyses
        .iter()
        .flat_map(|a| a.sentences.iter())
        .flat_map(|s| s.names.iter().map(|n| s.words[n.first..=n.last].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")))
        .collect();
    let (load, knowledge) = times(PASSES, || Ok(Knowledge::load()))?;
    let (lookups, found) = times(PASSES, || Ok(names.iter().filter(|n| resolve(&knowledge, n)).count()))?;
    let mut mentions = 0;
    let (resolution, _) = times(PASSES, || {
        mentions = set
            .articles
            .iter()
            .zip(&analyses)
            .map(|(article, analysis)| demarche_coder::mention_count(article, analysis, &knowledge))
            .sum();
        Ok(mentions)
    })?;
    let own = root.join("knowledge/organisations.tsv");
    let text = std::fs::read_to_string(&own).with_context(|| format!("cannot read {}", own.display()))?;
    let start = Instant::now();
    let _ = Knowledge::with(&[("own.tsv".to_owned(), text)]);
    let merged = start.elapsed().as_secs_f64();
    let rate = |count: usize, times: &Times| format!("{:.0}", count as f64 / times.median());
    let mut out =
        String::from("# Knowledge: start-up and look-ups\n\nWhat each row means: [`bench/README.md`](../README.md).\n\n| | |\n|---|---|\n");
    for (name, value) in facts.into_iter().chain(set.facts()) {
        out += &format!("| {name} | {value} |\n");
    }
    out +=
        &format!("| names in the texts | {}, of which the tables know {found} |\n| mentions resolved a pass | {mentions} |\n", names.len());
    out += "\n| what | threads | median | least – most | passes |\n|---|---:|---:|---:|---:|\n";
    let ms = |t: f64| format!("{:.3} ms", t * 1e3);
    out += &format!("| start-up of the tables | 1 | {} | {} – {} | {PASSES} |\n", ms(load.median()), ms(load.least()), ms(load.most()));
    out += &format!("| start-up with a user's file (organisations.tsv again) | 1 | {} | | 1 |\n", ms(merged));
    out += &format!(
        "| names looked up in all tables, a second | 1 | {} | {} – {} a pass | {PASSES} |\n",
        rate(names.len(), &lookups),
        ms(lookups.least()),
        ms(lookups.most())
    );
    out += &format!(
        "| mentions resolved by the coder, a second | 1 | {} | {} – {} a pass | {PASSES} |\n",
        rate(mentions, &resolution),
        ms(resolution.least()),
        ms(resolution.most())
    );
    Ok(out)
}

/// A name asked of every table, as the coder does on a day.
fn resolve(knowledge: &Knowledge, name: &str) -> bool {
    let state = !knowledge.states.senses(name, Some(ON)).is_empty();
    let body = knowledge.organisations.find(name, Some(ON), &[]).is_some();
    let person = knowledge.persons.find(name).iter().any(|p| p.term(Some(ON)).is_some());
    let noun = knowledge.sectors.get(name).is_some();
    state || body || person || noun
}
