//! The progress bar: rate and time left, on standard error, only on a terminal and only where the output is not on it.

use std::io::IsTerminal;

use demarche_ingest::Input;
use demarche_record::Article;
use indicatif::{ProgressBar, ProgressStyle};

/// Progress in bytes of input.
pub struct Progress {
    bar: ProgressBar,
    before: u64,
}

impl Progress {
    /// A bar over the inputs' sizes; hidden where `to_stdout` shares its terminal.
    pub fn new(sources: &[Input], to_stdout: bool) -> Self {
        let total: u64 = sources.iter().filter_map(|s| std::fs::metadata(s.path.as_ref()?).ok()).map(|m| m.len()).sum();
        let shown = std::io::stderr().is_terminal() && !(to_stdout && std::io::stdout().is_terminal()) && total > 0;
        let bar = if shown { ProgressBar::new(total) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3}%  {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left  {msg}")
        {
            bar.set_style(style);
        }
        Self { bar, before: 0 }
    }

    /// Counts an article.
    pub fn article_done(&mut self, article: &Article) {
        self.bar.inc(article.text.len() as u64);
    }

    /// Sets the bar to the end of a source: markup and metadata count with it.
    pub fn source_done(&mut self, source: &Input) {
        self.before += source.path.as_ref().and_then(|p| std::fs::metadata(p).ok()).map_or(0, |m| m.len());
        self.bar.set_position(self.before.min(self.bar.length().unwrap_or(0)));
    }

    /// A line on standard error that does not disturb the bar.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| anstream::eprintln!("{line}"));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
