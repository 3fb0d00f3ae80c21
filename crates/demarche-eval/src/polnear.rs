//! `PolNeAR`: news texts with every attribution marked: who (source), by what words (cue), said what (content). Brat's standoff files.

use std::collections::BTreeMap;

use demarche_record::{Span, Statement};

use crate::report::{f1_row, one_line, share_row};
use crate::{Problem, Report, json_lines};

/// One marked attribution; a part may lie in several pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who says it; empty where the text names nobody.
    pub source: Vec<Span>,
    /// The words that show the saying.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// A document: its text and what is marked in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The name of its text file without `.txt`.
    pub id: String,
    /// The text.
    pub text: String,
    /// Attributions with content.
    pub attributions: Vec<Attribution>,
}

/// Reads an `.ann` file.
pub fn annotations(text: &str) -> (Vec<Attribution>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| l.starts_with('T')) {
        match bound(line) {
            Some((id, pieces)) => {
                spans.insert(id, pieces);
            }
            None => problems
                .push(Problem { line: number + 1, message: "expected `T1<tab>Label start end[;start end…]<tab>words`".to_owned() }),
        }
    }
    let mut out = Vec::new();
    for line in text.lines().filter(|l| l.starts_with('E')) {
        let mut attribution = Attribution::default();
        for (name, id) in line.split_whitespace().skip(1).filter_map(|part| part.split_once(':')) {
            let pieces = spans.get(id).cloned().unwrap_or_default();
            match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => attribution.source.extend(pieces),
                "Cue" => attribution.cue.extend(pieces),
                "Content" => attribution.content.extend(pieces),
                _ => {}
            }
        }
        if !attribution.content.is_empty() {
            out.push(attribution);
        }
    }
    (out, problems)
}

fn bound(line: &str) -> Option<(&str, Vec<Span>)> {
    let mut cells = line.split('\t');
    let (id, what) = (cells.next()?, cells.next()?);
    let (_, places) = what.split_once(' ')?;
    let piece = |p: &str| {
        let (a, b) = p.split_once(' ')?;
        let (a, b) = (a.parse().ok()?, b.parse().ok()?);
        (a <= b).then(|| Span::new(a, b))
    };
    Some((id, places.split(';').map(piece).collect::<Option<Vec<_>>>()?))
}

/// Reads statement records as `demarche code --format statements` writes them.
pub fn statements(text: &str) -> (Vec<Statement>, Vec<Problem>) {
    json_lines(text, "a statement record as `demarche code --format statements` writes it")
}

fn shared(pieces: &[Span], span: Span) -> usize {
    pieces.iter().map(|p| p.end.min(span.end).saturating_sub(p.start.max(span.start))).sum()
}

/// Pairs attributions with statements, one to one, the greatest overlap first. `overlap` is 0 where the two do not go together.
fn matched(
    attributions: &[&Attribution],
    given: &[&Statement],
    overlap: impl Fn(&Attribution, &Statement) -> usize,
) -> Vec<(usize, usize)> {
    let all = attributions.iter().enumerate().flat_map(|(i, a)| given.iter().enumerate().map(move |(j, s)| (i, a, j, s)));
    let mut candidates: Vec<(usize, usize, usize)> = all.map(|(i, a, j, s)| (overlap(a, s), i, j)).filter(|c| c.0 > 0).collect();
    candidates.sort_by_key(|&(n, i, j)| (std::cmp::Reverse(n), i, j));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in candidates {
        if out.iter().all(|(a, b)| *a != i && *b != j) {
            out.push((i, j));
        }
    }
    out
}

/// Scores statements. A source, cue or content is found where the given one shares at least a character with it (partial match).
pub fn score(documents: &[Document], given: &[Statement]) -> Report {
    let (mut pairs, mut tight, mut contents, mut cues, mut sources) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut missed, mut extra, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents {
        let own: Vec<&Statement> = given.iter().filter(|s| s.article.id == document.id).collect();
        let all: Vec<&Attribution> = document.attributions.iter().collect();
        let with_source: Vec<&Attribution> = all.iter().copied().filter(|a| !a.source.is_empty()).collect();
        let with_speaker: Vec<&Statement> = own.iter().copied().filter(|s| s.speaker.is_some()).collect();
        let content = |a: &Attribution, s: &Statement| shared(&a.content, s.content.span());
        let source = |a: &Attribution, s: &Statement| s.speaker.as_ref().map_or(0, |p| shared(&a.source, Span::new(p.start, p.end)));
        let both = matched(&with_source, &with_speaker, |a, s| if source(a, s) > 0 { content(a, s) } else { 0 });
        // A statement that stands for an attribution without a source is neither right nor wrong here.
        let sourceless: Vec<&Attribution> = all.iter().copied().filter(|a| a.source.is_empty()).collect();
        let spare: Vec<&Statement> =
            (0..with_speaker.len()).filter(|j| both.iter().all(|(_, b)| b != j)).map(|j| with_speaker[j]).collect();
        let aside = matched(&sourceless, &spare, content).len();
        let counted = (with_speaker.len() - aside) as f64;
        pairs.push([both.len() as f64, counted, with_source.len() as f64]);
        let half = |a: &Attribution, s: &Statement| {
            let length: usize = a.content.iter().map(|p| p.end - p.start).sum();
            let both = content(a, s);
            2 * both >= length + (s.content.end - s.content.start) - both
        };
        let close = both.iter().filter(|(i, j)| half(with_source[*i], with_speaker[*j])).count();
        tight.push([close as f64, counted, with_source.len() as f64]);
        let of_content = matched(&all, &own, content);
        contents.push([of_content.len() as f64, own.len() as f64, all.len() as f64]);
        cues.push([matched(&all, &own, |a, s| shared(&a.cue, s.cue.span())).len() as f64, own.len() as f64, all.len() as f64]);
        let named: Vec<_> = of_content.iter().filter(|(i, j)| !all[*i].source.is_empty() && own[*j].speaker.is_some()).collect();
        let right = named.iter().filter(|(i, j)| source(all[*i], own[*j]) > 0).count();
        sources.push([right as f64, named.len() as f64]);
        let characters: Vec<char> = document.text.chars().collect();
        let words = |pieces: &[Span]| {
            let cut = |p: &Span| characters[p.start.min(characters.len())..p.end.min(characters.len())].iter().collect::<String>();
            one_line(&pieces.iter().map(cut).collect::<Vec<_>>().join(" … "))
        };
        for (i, a) in with_source.iter().enumerate().filter(|(i, _)| both.iter().all(|(b, _)| b != i)) {
            let line = format!("{} [{}] {{{}}} {}", document.id, words(&a.source), words(&a.cue), words(&a.content));
            let near = of_content.iter().find(|(k, _)| std::ptr::eq(all[*k], with_source[i])).map(|(_, j)| own[*j]);
            match near.and_then(|s| s.speaker.as_ref()) {
                Some(speaker) => other.push(format!("{line} | given [{}]", one_line(&speaker.text))),
                None => missed.push(line),
            }
        }
        for (j, s) in with_speaker.iter().enumerate().filter(|(j, _)| both.iter().all(|(_, b)| b != j)) {
            if of_content.iter().all(|(_, k)| !std::ptr::eq(own[*k], with_speaker[j])) {
                let speaker = s.speaker.as_ref().map_or("", |p| p.text.as_str());
                extra.push(format!("{} [{}] {{{}}} {}", document.id, one_line(speaker), s.cue.text, one_line(&s.content.text)));
            }
        }
    }
    Report {
        notes: vec![
            format!("{} documents. 95% intervals over documents. Partial match: at least one character shared.", documents.len()),
            "Attributions that name no source do not count in the rows with a source.".to_owned(),
        ],
        rows: vec![
            f1_row("source and content", &pairs),
            f1_row("the same, half of the content", &tight),
            f1_row("content", &contents),
            f1_row("cue", &cues),
            share_row("source, given the content", "contents found with a speaker", &sources),
        ],
        confusions: Vec::new(),
        lists: vec![("missed".to_owned(), missed), ("another source".to_owned(), other), ("extra".to_owned(), extra)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    //                   0         1         2         3         4
    //                   0123456789012345678901234567890123456789012345678
    const TEXT: &str = "Ali said it rains. It will snow, Eva wrote, soon.";
    const MARKS: &str = "T1\tSource 0 3\tAli\nT2\tCue 4 8\tsaid\nT3\tContent 9 17\tit rains\nE1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\n\
        T4\tSource 33 36\tEva\nT5\tCue 37 42\twrote\nT6\tContent 19 31;44 48\tIt will snow soon\nE2\tAttribution:T8 Source:T4 Cue:T5 Content:T6\nT7 broken\n";

    fn statement(speaker: (usize, usize), cue: (usize, usize), content: (usize, usize)) -> Statement {
        let cut = |(a, b): (usize, usize)| format!(r#""text":"{}","start":{a},"end":{b}"#, &TEXT[a..b]);
        let actor = format!(
            r#"{{"name":"x",{},"kind":"unknown","id":null,"country":null,"sectors":[],"office":null,"resolution":{{"by":"x","score":1,"antecedent":null}}}}"#,
            cut(speaker)
        );
        let line = format!(
            r#"{{"id":"st","article":{{"id":"d","title":null,"url":null,"source":null,"published":null,"language":"en"}},"sentence":{{"index":0,"start":0,"end":9,"text":""}},
            "speaker":{actor},"cue":{{{}}},"addressee":null,"content":{{{}}},"verbatim":false,"attribution":[],"engine":{{"version":"","model":"","ontology":"","knowledge":""}}}}"#,
            cut(cue),
            cut(content)
        )
        .replace('\n', " ");
        let (mut found, problems) = statements(&line);
        assert!(problems.is_empty(), "{problems:?}");
        found.remove(0)
    }

    fn check(given: &[Statement], expect: &[(&str, &str, f64)]) {
        let (attributions, problems) = annotations(MARKS);
        assert_eq!((attributions.len(), problems.len(), problems[0].line), (2, 1, 9));
        let report = score(&[Document { id: "d".to_owned(), text: TEXT.to_owned(), attributions }], given);
        for (row, measure, value) in expect {
            let found = report.value(row, measure).unwrap_or(f64::NAN);
            assert!((found - value).abs() < 1e-9, "{row} {measure}: {found}, expected {value}\n{report}");
        }
    }

    #[test]
    fn source_and_content_both_count() {
        let right = statement((0, 3), (4, 8), (9, 17));
        let wrong_speaker = statement((0, 3), (37, 42), (19, 31));
        check(std::slice::from_ref(&right), &[("source and content", "P", 1.0), ("source and content", "R", 0.5), ("cue", "R", 0.5)]);
        check(&[right, wrong_speaker], &[("source and content", "P", 0.5), ("content", "F1", 1.0), ("source, given the content", "", 0.5)]);
    }

    #[test]
    fn a_piece_of_the_content_is_a_partial_match_only() {
        let given = statement((33, 36), (37, 42), (44, 48));
        check(&[given], &[("source and content", "P", 1.0), ("the same, half of the content", "P", 0.0)]);
    }
}
