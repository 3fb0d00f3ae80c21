//! The run as a table for people and as raw numbers.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::times::Times;

/// A line of the throughput table.
pub struct Row {
    name: &'static str,
    threads: usize,
    time: Time,
}

enum Time {
    Measured(Times),
    /// From the medians of other rows.
    Computed(f64),
}

impl Row {
    pub fn measured(name: &'static str, threads: usize, times: Times) -> Self {
        Self { name, threads, time: Time::Measured(times) }
    }

    pub fn computed(name: &'static str, threads: usize, seconds: f64) -> Self {
        Self { name, threads, time: Time::Computed(seconds) }
    }

    /// Median seconds of a pass over all texts.
    pub fn seconds(&self) -> f64 {
        match &self.time {
            Time::Measured(times) => times.median(),
            Time::Computed(seconds) => *seconds,
        }
    }
}

/// Everything that a run found.
pub struct Report {
    pub facts: Vec<(&'static str, String)>,
    pub sentences: usize,
    pub tokens: usize,
    pub rows: Vec<Row>,
    pub start_up: Vec<(&'static str, Times)>,
    /// In KiB.
    pub memory: Vec<(String, u64)>,
    /// In bytes.
    pub sizes: Vec<(String, u64)>,
}

impl Report {
    /// Writes `YYYY-MM-DD-speed.md` and `.json`; an earlier run of the day is kept and the new one numbered.
    pub fn write(&self, folder: &Path) -> Result<PathBuf> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let day = self.day();
        let mut path = folder.join(format!("{day}-speed.md"));
        let mut number = 1;
        while path.exists() {
            number += 1;
            path = folder.join(format!("{day}-speed-{number}.md"));
        }
        let raw = path.with_extension("json");
        fs::write(&path, self.table()?).with_context(|| format!("{} cannot be written", path.display()))?;
        let json = serde_json::to_string_pretty(&self.raw())? + "\n";
        fs::write(&raw, json).with_context(|| format!("{} cannot be written", raw.display()))?;
        Ok(path)
    }

    fn day(&self) -> &str {
        self.facts.iter().find(|(name, _)| *name == "date").and_then(|(_, date)| date.get(..10)).unwrap_or("undated")
    }

    fn table(&self) -> Result<String> {
        let mut out = format!("# Speed, {}\n\nWhat each row means: [`bench/README.md`](../README.md).\n\n| | |\n|---|---|\n", self.day());
        for (name, value) in &self.facts {
            writeln!(out, "| {name} | {value} |")?;
        }
        out += "\n## Throughput\n\n| stage | threads | sentences/s | tokens/s | seconds a pass, median | least – most | passes |\n";
        out += "|---|---:|---:|---:|---:|---:|---:|\n";
        for row in &self.rows {
            let seconds = row.seconds();
            let (spread, passes) = match &row.time {
                Time::Measured(times) => (format!("{:.4} – {:.4}", times.least(), times.most()), times.all().len().to_string()),
                Time::Computed(_) => ("computed".to_owned(), String::new()),
            };
            let (sentences, tokens) = (rate(self.sentences, seconds), rate(self.tokens, seconds));
            writeln!(out, "| {} | {} | {sentences} | {tokens} | {seconds:.4} | {spread} | {passes} |", row.name, row.threads)?;
        }
        out += "\n## Start-up\n\n| what | ms, median | least – most | runs |\n|---|---:|---:|---:|\n";
        for (name, times) in &self.start_up {
            let [median, least, most] = [times.median(), times.least(), times.most()].map(|s| s * 1000.0);
            writeln!(out, "| {name} | {median:.1} | {least:.1} – {most:.1} | {} |", times.all().len())?;
        }
        out += "\n## Peak memory of the program\n\n| what | resident, MiB (VmHWM) |\n|---|---:|\n";
        for (name, kib) in &self.memory {
            writeln!(out, "| {name} | {:.1} |", *kib as f64 / 1024.0)?;
        }
        out += "\n## Size\n\n| file | bytes | MiB |\n|---|---:|---:|\n";
        for (name, bytes) in &self.sizes {
            writeln!(out, "| {name} | {bytes} | {:.1} |", *bytes as f64 / f64::from(1 << 20))?;
        }
        Ok(out)
    }

    fn raw(&self) -> Value {
        let texts = |pairs: &[(&str, String)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Value>();
        let counts = |pairs: &[(String, u64)]| pairs.iter().map(|(name, n)| (name.clone(), json!(n))).collect::<Value>();
        let rows = self.rows.iter().map(|row| match &row.time {
            Time::Measured(times) => json!({"stage": row.name, "threads": row.threads, "seconds": times.all()}),
            Time::Computed(seconds) => json!({"stage": row.name, "threads": row.threads, "computed_seconds": seconds}),
        });
        json!({
            "run": texts(&self.facts),
            "throughput": rows.collect::<Value>(),
            "start_up_seconds": self.start_up.iter().map(|(name, times)| ((*name).to_owned(), json!(times.all()))).collect::<Value>(),
            "peak_resident_kib": counts(&self.memory),
            "size_bytes": counts(&self.sizes),
        })
    }
}

/// Things per second: whole numbers, small ones with a decimal.
fn rate(count: usize, seconds: f64) -> String {
    let rate = count as f64 / seconds;
    if rate < 100.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }
}
