//! PLV: sentences with a marked source and target and the root event between them, as tab-separated values.

use std::collections::{BTreeMap, BTreeSet};

use demarche_record::{EventType, Span};

use crate::report::{Measure, Row, one_line, ranked};
use crate::{Problem, Report, f1, interval};

/// A sentence with its marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The sentence.
    pub text: String,
    /// Who.
    pub source: Option<Span>,
    /// To whom.
    pub target: Option<Span>,
    /// The root event.
    pub root: String,
}

/// Reads the table; of its columns only `marked_sentence` and `gold_root` are looked at.
pub fn gold(text: &str) -> (Vec<Pair>, Vec<Problem>) {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(text.as_bytes());
    let problem = |line: usize, message: String| Problem { line, message };
    let column = |name: &str, headers: &csv::StringRecord| headers.iter().position(|h| h == name);
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => return (Vec::new(), vec![problem(1, error.to_string())]),
    };
    let (Some(marked), Some(root)) = (column("marked_sentence", &headers), column("gold_root", &headers)) else {
        return (
            Vec::new(),
            vec![problem(1, "expected a head with the columns `marked_sentence` and `gold_root`, separated by tabs".to_owned())],
        );
    };
    let (mut pairs, mut problems) = (Vec::new(), Vec::new());
    for row in reader.records() {
        match row {
            Ok(row) => {
                let line = row.position().map_or(0, |p| p.line() as usize);
                match (row.get(marked), row.get(root).map(str::trim).filter(|r| !r.is_empty())) {
                    (Some(marked), Some(root)) => pairs.push(unmark(marked, root)),
                    _ => problems.push(problem(line, "expected a marked sentence and a root event".to_owned())),
                }
            }
            Err(error) => problems.push(problem(error.position().map_or(0, |p| p.line() as usize), error.to_string())),
        }
    }
    (pairs, problems)
}

/// Takes `<s>…</s>` and `<t>…</t>` out of a sentence; of a party marked twice the first mark counts.
fn unmark(marked: &str, root: &str) -> Pair {
    let (mut text, mut length) = (String::new(), 0);
    let mut opened = [None; 2];
    let mut spans = [None; 2];
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let mark = ["<s>", "<t>", "</s>", "</t>"].into_iter().enumerate().find(|(_, m)| rest.starts_with(m));
        if let Some((k, mark)) = mark {
            if k < 2 {
                opened[k] = Some(length);
            } else if let (None, Some(start)) = (spans[k - 2], opened[k - 2]) {
                spans[k - 2] = (start < length).then(|| Span::new(start, length));
            }
            rest = &rest[mark.len()..];
        } else {
            text.push(c);
            length += 1;
            rest = &rest[c.len_utf8()..];
        }
    }
    Pair { text, source: spans[0], target: spans[1], root: root.to_owned() }
}

/// The root that a type belongs to: concessions in word and deed are one, `YIELD`.
pub fn root(event: EventType) -> &'static str {
    match event {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.name(),
    }
}

/// The likeliest root: probabilities of types that share one are added.
pub fn best_root(scores: &[f64; 16]) -> &'static str {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for (event, p) in EventType::ALL.into_iter().zip(scores) {
        *sums.entry(root(event)).or_default() += p;
    }
    let best = EventType::ALL.into_iter().map(root).fold(("", f64::MIN), |best, r| if sums[r] > best.1 { (r, sums[r]) } else { best });
    best.0
}

/// Scores the given roots of all pairs, in their order.
pub fn score(pairs: &[Pair], given: &[&str]) -> Report {
    let gold: Vec<&str> = pairs.iter().map(|p| if p.root == "FIGHT" { "ASSAULT" } else { p.root.as_str() }).collect();
    let labels: BTreeSet<&str> = gold.iter().copied().collect();
    let by_label = |drawn: &[usize]| {
        let mut counts: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
        for &i in drawn {
            counts.entry(gold[i]).or_default()[2] += 1.0;
            counts.entry(given[i]).or_default()[1] += 1.0;
            if gold[i] == given[i] {
                counts.entry(gold[i]).or_default()[0] += 1.0;
            }
        }
        counts
    };
    let of =
        |counts: &BTreeMap<&str, [f64; 3]>, label: &str| counts.get(label).map_or([0.0; 3], |[hits, given, gold]| f1(*hits, *given, *gold));
    // A root that a draw does not hold is left out of that draw's mean.
    let macro_f1 = |drawn: &[usize]| {
        let counts = by_label(drawn);
        let held: Vec<f64> = counts.iter().filter(|(_, c)| c[2] > 0.0).map(|(label, _)| of(&counts, label)[2]).collect();
        held.iter().sum::<f64>() / held.len().max(1) as f64
    };
    let accuracy = |drawn: &[usize]| drawn.iter().filter(|&&i| gold[i] == given[i]).count() as f64 / drawn.len().max(1) as f64;
    let all: Vec<usize> = (0..pairs.len()).collect();
    let one = |name, value, interval| Measure { name, value, interval: Some(interval) };
    let count = format!("of {} sentences, {} roots", pairs.len(), labels.len());
    let mut rows = vec![
        Row { name: "macro".to_owned(), measures: vec![one("F1", macro_f1(&all), interval(all.len(), macro_f1))], of: count.clone() },
        Row { name: "accuracy".to_owned(), measures: vec![one("", accuracy(&all), interval(all.len(), accuracy))], of: count },
    ];
    let counts = by_label(&all);
    for label in &labels {
        let measures = ["P", "R", "F1"].into_iter().enumerate();
        let measures =
            measures.map(|(k, name)| one(name, of(&counts, label)[k], interval(all.len(), |drawn| of(&by_label(drawn), label)[k])));
        let [hits, given, gold] = counts[label];
        let of = format!("({hits:.0} right of {given:.0} given, {gold:.0} in gold)");
        rows.push(Row { name: (*label).to_owned(), measures: measures.collect(), of });
    }
    let mut confusions: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (i, pair) in pairs.iter().enumerate().filter(|(i, _)| gold[*i] != given[*i]) {
        *confusions.entry((gold[i].to_owned(), given[i].to_owned())).or_default() += 1;
        wrong.push(format!("gold {}, given {} | {}", gold[i], given[i], one_line(&pair.text)));
    }
    Report {
        notes: vec![
            "Root of the relation between the marked spans; CONCEDE and RETREAT count as YIELD. 95% intervals over sentences.".to_owned(),
        ],
        rows,
        confusions: ranked(confusions),
        lists: vec![("wrong".to_owned(), wrong)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let table = "\tsentence\tmarked_sentence\tgold_root\n0\tx\t<s>Pérou</s> thanked <t>Chile</t> and <t>Chile</t>.\tSUPPORT\n1\tx\t<t>A \"town\"</t> burned\tASSAULT\n2\n";
        let (pairs, problems) = gold(table);
        assert_eq!(pairs.len(), 2);
        assert_eq!(problems.len(), 1);
        assert_eq!(
            (pairs[0].text.as_str(), pairs[0].source, pairs[0].target),
            ("Pérou thanked Chile and Chile.", Some(Span::new(0, 5)), Some(Span::new(14, 19)))
        );
        assert_eq!((pairs[1].source, pairs[1].target), (None, Some(Span::new(0, 8))));
        assert!(gold("a\tb\n1\t2\n").1[0].message.contains("`gold_root`"));
    }

    #[test]
    fn types_of_one_root_are_added() {
        let mut scores = [0.0; 16];
        scores[1] = 0.4;
        scores[3] = 0.3;
        scores[6] = 0.3;
        assert_eq!(best_root(&scores), "YIELD");
        assert_eq!(best_root(&[0.0; 16]), "AGREE");
    }

    #[test]
    fn macro_f1_is_the_mean_over_the_roots_of_gold() {
        let pair = |root: &str| Pair { text: String::new(), source: None, target: None, root: root.to_owned() };
        let pairs = [pair("AID"), pair("AID"), pair("FIGHT"), pair("YIELD")];
        let report = score(&pairs, &["AID", "ASSAULT", "ASSAULT", "AGREE"]);
        // AID: P 1, R .5; ASSAULT: P .5, R 1; YIELD: 0.
        assert!((report.value("macro", "F1").unwrap() - (2.0 / 3.0 + 2.0 / 3.0) / 3.0).abs() < 1e-9);
        assert!((report.value("accuracy", "").unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(report.confusions.len(), 2);
    }
}
