//! `demarche dates`: the time expressions of articles, placed, as JSON Lines.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use demarche_coder::TimeExpression;
use demarche_language::{Analyser, Analysis};
use demarche_record::{Article, DateInterval};
use jiff::civil::Date;
use serde::Serialize;

use crate::articles::each;
use crate::output::print;

/// One time expression, as written out.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    text: &'a str,
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'a str,
    value: &'a str,
    date: &'a DateInterval,
}

/// Lists the time expressions of everything named. Exit status as for `code`.
pub fn run(paths: &[PathBuf], date: Option<Date>, threads: usize, any_language: bool) -> Result<ExitCode> {
    let analyser = Analyser::new(threads)?;
    let failed = each(paths, any_language, |article| {
        let analysis = analyser.analyse(&article.text)?;
        Ok(print(&lines(&article, &analysis, date)?)?)
    })?;
    Ok(ExitCode::from(u8::from(failed)))
}

fn lines(article: &Article, analysis: &Analysis, date: Option<Date>) -> Result<String> {
    let published = article.published.as_deref().and_then(|p| p.parse().ok()).or(date);
    let mut out = String::new();
    for TimeExpression { span, kind, value, date, .. } in demarche_coder::dates(analysis, published) {
        let text = analysis.slice(span);
        let line = Line { article: &article.id, text: &text, start: span.start, end: span.end, kind, value: &value, date: &date };
        out += &serde_json::to_string(&line)?;
        out.push('\n');
    }
    Ok(out)
}
