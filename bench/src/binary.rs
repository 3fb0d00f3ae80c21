//! Runs of the program itself, in a child process.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// What a run of the program left behind.
pub struct Run {
    /// Peak of the resident memory, where it was watched.
    pub peak_kib: Option<u64>,
    pub output: Vec<u8>,
}

/// Runs `demarche code` from standard input to standard output, and reads its peak of memory every so often.
pub fn run(program: &Path, threads: usize, input: &str, watch: Option<Duration>) -> Result<Run> {
    let threads = threads.to_string();
    let mut child = Command::new(program)
        .args(["code", "-", "--format", "jsonl", "--all", "--any-language", "--threads", &threads])
        .env("RAYON_NUM_THREADS", &threads)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} cannot be run", program.display()))?;
    let process = child.id();
    let mut stdin = child.stdin.take().context("no pipe to the program")?;
    let mut stdout = child.stdout.take().context("no pipe from the program")?;
    let mut output = Vec::new();
    let (stop, stopped) = channel::<()>();
    let (status, peak_kib) = thread::scope(|scope| {
        // A program that stops reading says so by its exit status.
        scope.spawn(move || stdin.write_all(input.as_bytes()).unwrap_or_default());
        let watcher = watch.map(|every| {
            scope.spawn(move || {
                let mut peak = None;
                loop {
                    peak = peak_kib_of(process).max(peak);
                    if stopped.recv_timeout(every) != Err(RecvTimeoutError::Timeout) {
                        return peak;
                    }
                }
            })
        });
        let read = stdout.read_to_end(&mut output);
        let status = child.wait();
        drop(stop);
        let peak = watcher.and_then(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (read.and(status), peak)
    });
    let status = status.context("the program's output could not be read")?;
    ensure!(status.success(), "{} ended with {status}; run `demarche code` on the texts by hand to see why", program.display());
    Ok(Run { peak_kib, output })
}

/// The kernel's mark of a process's greatest resident memory, in KiB; none once the process has ended.
fn peak_kib_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
