//! Figures as a table that people read.

use std::fmt;

/// A figure with its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What it is: `P`, `R`, `F1`, or empty for a share.
    pub name: &'static str,
    /// 0 to 1.
    pub value: f64,
    /// 95% interval; absent where too little was counted.
    pub interval: Option<(f64, f64)>,
}

/// One line of the table: a field with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The field.
    pub name: String,
    /// Its figures.
    pub measures: Vec<Measure>,
    /// Of how many of what.
    pub of: String,
}

/// What scoring a gold file gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was scored, and how to read it.
    pub notes: Vec<String>,
    /// The figures.
    pub rows: Vec<Row>,
    /// Gold label, given label, how often; most frequent first.
    pub confusions: Vec<(String, String, usize)>,
    /// Headed lists: misses, extras.
    pub lists: Vec<(String, Vec<String>)>,
}

impl Report {
    /// The figure `measure` of the row `name`.
    pub fn value(&self, name: &str, measure: &str) -> Option<f64> {
        self.rows.iter().find(|r| r.name == name)?.measures.iter().find(|m| m.name == measure).map(|m| m.value)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        writeln!(out)?;
        let width = self.rows.iter().map(|r| r.name.chars().count()).max().unwrap_or(0);
        for row in &self.rows {
            write!(out, "{:width$}", row.name)?;
            for m in &row.measures {
                let name = if m.name.is_empty() { String::new() } else { format!("{} ", m.name) };
                let interval = m.interval.map_or(String::new(), |(a, b)| format!(" [{a:.3}, {b:.3}]"));
                write!(out, "  {name}{:.3}{interval}", m.value)?;
            }
            writeln!(out, "  {}", row.of)?;
        }
        if !self.confusions.is_empty() {
            writeln!(out, "\nconfusions (gold → given)")?;
            for (gold, given, count) in &self.confusions {
                writeln!(out, "{gold} → {given}  {count}")?;
            }
        }
        for (heading, lines) in &self.lists {
            writeln!(out, "\n{heading} ({})", lines.len())?;
            for line in lines {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}

/// Precision, recall and F1 of `hits` right among `given` records and `gold` expected ones.
pub fn f1(hits: f64, given: f64, gold: f64) -> [f64; 3] {
    let p = if given > 0.0 { hits / given } else { 0.0 };
    let r = if gold > 0.0 { hits / gold } else { 0.0 };
    [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
}

fn summed<const N: usize>(documents: &[[f64; N]], drawn: impl Iterator<Item = usize>) -> [f64; N] {
    drawn.fold([0.0; N], |mut sum, d| {
        (0..N).for_each(|k| sum[k] += documents[d][k]);
        sum
    })
}

/// A row of precision, recall and F1 with their intervals, from what was right, given and expected in each document.
pub(crate) fn f1_row(name: &str, documents: &[[f64; 3]]) -> Row {
    let of = |[hits, given, gold]: [f64; 3]| f1(hits, given, gold);
    let sum = summed(documents, 0..documents.len());
    let measures = ["P", "R", "F1"].into_iter().enumerate().map(|(k, name)| Measure {
        name,
        value: of(sum)[k],
        interval: Some(crate::interval(documents.len(), |drawn| of(summed(documents, drawn.iter().copied()))[k])),
    });
    let [hits, given, gold] = sum;
    Row { name: name.to_owned(), measures: measures.collect(), of: format!("({hits:.0} right of {given:.0} given, {gold:.0} in gold)") }
}

/// A row with one share and its interval, from what was right and what there was in each document.
pub(crate) fn share_row(name: &str, what: &str, documents: &[[f64; 2]]) -> Row {
    let of = |[hits, all]: [f64; 2]| if all > 0.0 { hits / all } else { 0.0 };
    let sum = summed(documents, 0..documents.len());
    let interval = (sum[1] > 0.0).then(|| crate::interval(documents.len(), |drawn| of(summed(documents, drawn.iter().copied()))));
    Row { name: name.to_owned(), measures: vec![Measure { name: "", value: of(sum), interval }], of: format!("of {:.0} {what}", sum[1]) }
}

/// Counted pairs of labels, most frequent first.
pub(crate) fn ranked(counts: std::collections::BTreeMap<(String, String), usize>) -> Vec<(String, String, usize)> {
    let mut out: Vec<_> = counts.into_iter().map(|((a, b), n)| (a, b, n)).collect();
    out.sort_by_key(|c| std::cmp::Reverse(c.2));
    out
}

/// A text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
