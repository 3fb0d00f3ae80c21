//! The stages that the libraries' public functions allow to measure one by one.

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use demarche_coder::{Coding, code};
use demarche_knowledge::Knowledge;
use demarche_language::{Analyser, Analysis, Sentence};
use demarche_record::Article;

use crate::report::Row;
use crate::times::repeat;

/// The texts with their counts.
pub struct Prepared<'a> {
    texts: Vec<&'a str>,
    pub sentences: usize,
    pub tokens: usize,
}

impl<'a> Prepared<'a> {
    pub fn new(articles: &'a [Article]) -> Self {
        let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
        let split: Vec<Sentence> = texts.iter().flat_map(|t| split_text(t)).collect();
        Self { texts, sentences: split.len(), tokens: split.iter().map(|s| s.tokens.len()).sum() }
    }
}

fn split_text(text: &str) -> Vec<Sentence> {
    let points: Vec<char> = text.chars().collect();
    demarche_language::split(&points)
}

/// Splitting into sentences and words; the analyser does it on one thread, whatever the number of its workers.
pub fn split(prepared: &Prepared, budget: Duration) -> Result<Row> {
    let (times, ()) = repeat(budget, || {
        prepared.texts.iter().for_each(|text| drop(black_box(split_text(text))));
        Ok(())
    })?;
    Ok(Row::measured("1. sentence and word splitting", 1, times))
}

/// Analysis, coding and JSON, with the rows computed from them.
pub fn stages(articles: &[Article], threads: usize, budget: Duration, split: &Row) -> Result<Vec<Row>> {
    let model = Analyser::new(threads)?;
    let knowledge = Knowledge::load();
    let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
    let (times, analysed) =
        repeat(budget, || model.analyse_all(&texts).into_iter().collect::<Result<Vec<Analysis>, _>>().context("a text was not analysed"))?;
    let analysis = Row::measured("2. analysis: 1 and word pieces, encoder, heads, decoding", threads, times);
    let (times, codings) = repeat(budget, || Ok(spread(threads, articles.len(), |i| code(&articles[i], &analysed[i], &knowledge))))?;
    let coding = Row::measured("4. coding", threads, times);
    let (times, _) = repeat(budget, || spread(threads, codings.len(), |i| json(&codings[i])).into_iter().collect::<Result<Vec<String>>>())?;
    let json = Row::measured("5. JSON", threads, times);
    let rest = Row::computed("3. analysis without splitting: 2 − 1", threads, analysis.seconds() - split.seconds());
    let all = Row::computed("6. all stages: 2 + 4 + 5", threads, analysis.seconds() + coding.seconds() + json.seconds());
    Ok(vec![analysis, rest, coding, json, all])
}

/// All records of an article as JSON Lines.
fn json(coding: &Coding) -> Result<String> {
    let events = coding.events.iter().map(serde_json::to_string);
    let statements = coding.statements.iter().map(serde_json::to_string);
    let positions = coding.positions.iter().map(serde_json::to_string);
    let lines: Vec<String> = events.chain(statements).chain(positions).collect::<Result<_, _>>()?;
    Ok(lines.join("\n"))
}

/// Does `work` for each number below `count` on so many threads; the results are in order.
fn spread<T: Send>(threads: usize, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut mine = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= count {
                return mine;
            }
            mine.push((i, work(i)));
        }
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_keeps_the_order() {
        assert_eq!(spread(2, 5, |i| i * i), [0, 1, 4, 9, 16]);
        assert!(spread(2, 0, |i| i).is_empty());
    }
}
