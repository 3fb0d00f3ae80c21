//! Where records go: standard output or a file, whole lines only.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// An open output.
pub struct Output {
    file: Option<File>,
    length: u64,
}

impl Output {
    /// Opens the file, emptied unless the run resumes, or standard output.
    pub fn open(path: Option<&Path>, resume: bool) -> Result<Self> {
        let Some(path) = path else { return Ok(Self { file: None, length: 0 }) };
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(!resume)
            .open(path)
            .with_context(|| format!("cannot write {}; check the folder and its permissions", path.display()))?;
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self { file: Some(file), length })
    }

    /// Whether something stands in it already.
    pub fn has_content(&self) -> bool {
        self.length > 0
    }

    /// Bytes written so far.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Writes whole lines at once.
    pub fn write(&mut self, text: &str) -> Result<()> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes a piece of a file.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.file {
            Some(file) => file.write_all(bytes).context("the output cannot be written; is the disk full?")?,
            None => print_bytes(bytes)?,
        }
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Makes sure that everything is on disk.
    pub fn finish(&mut self) -> Result<()> {
        if let Some(file) = &mut self.file {
            file.sync_all().context("the output cannot be written; is the disk full?")?;
        }
        Ok(())
    }
}

/// Writes to standard output and flushes.
pub fn print(text: &str) -> io::Result<()> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Whether standard output takes colours: a terminal, and `NO_COLOR` not set.
pub fn colours() -> bool {
    io::stdout().is_terminal() && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}
