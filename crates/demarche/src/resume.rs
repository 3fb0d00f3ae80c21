//! `--resume`: which articles an interrupted run has finished.
//!
//! Beside the output stands `OUTPUT.done`: a line per finished article with the output's length after it. What a killed run left half-written
//! lies beyond the last length and is cut off before going on. Articles without records are in the list too.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::flags::Code;
use crate::output::Output;

/// The list of finished articles.
pub struct Done {
    ids: HashSet<String>,
    file: Option<File>,
}

fn list_path(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".done");
    PathBuf::from(name)
}

impl Done {
    /// Opens the list beside the output, empty unless the run resumes; cuts an unfinished end off the output.
    pub fn open(flags: &Code) -> Result<Self> {
        let Some(output) = &flags.output else { return Ok(Self { ids: HashSet::new(), file: None }) };
        let path = list_path(output);
        let mut ids = HashSet::new();
        if flags.resume {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let mut length = 0;
            let mut kept = String::new();
            // A line without its end was being written when the run was killed.
            for line in text.split_inclusive('\n').filter(|l| l.ends_with('\n')) {
                let Some((bytes, id)) = line.trim_end().split_once('\t') else { continue };
                length = bytes.parse().unwrap_or(length);
                ids.insert(id.to_owned());
                kept.push_str(line);
            }
            std::fs::write(&path, kept).with_context(|| format!("cannot write {}", path.display()))?;
            if output.exists() {
                let file = OpenOptions::new().write(true).open(output).with_context(|| format!("cannot write {}", output.display()))?;
                file.set_len(length.min(file.metadata()?.len()))?;
            }
        }
        let file = OpenOptions::new()
            .create(true)
            .append(flags.resume)
            .write(true)
            .truncate(!flags.resume)
            .open(&path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { ids, file: Some(file) })
    }

    /// Whether an earlier run finished the article.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Notes that the article's records are written.
    pub fn note(&mut self, id: &str, output: &mut Output) -> Result<()> {
        if let Some(file) = &mut self.file {
            let id = id.replace(['\n', '\t'], " ");
            file.write_all(format!("{}\t{id}\n", output.length()).as_bytes()).context("the list beside the output cannot be written")?;
        }
        Ok(())
    }
}
