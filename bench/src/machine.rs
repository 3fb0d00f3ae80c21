//! What a run must name: date, commit, machine, toolchain, checksums.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Names and values; "unknown" where the machine does not tell.
pub fn facts(root: &Path, program: &Path) -> Result<Vec<(&'static str, String)>> {
    let unknown = || "unknown".to_owned();
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cores = processors.lines().filter(|line| line.starts_with("processor")).count();
    let gibibytes = field("/proc/meminfo", "MemTotal").and_then(|kib| kib.strip_suffix("kB")?.trim().parse::<f64>().ok());
    let load = fs::read_to_string("/proc/loadavg").ok().and_then(|l| Some(l.split(' ').next()?.to_owned()));
    Ok(vec![
        ("date", Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string()),
        ("commit", commit(root).unwrap_or_else(unknown)),
        ("command", command()),
        ("processor", field("/proc/cpuinfo", "model name").unwrap_or_else(unknown)),
        ("cores", cores.to_string()),
        ("memory", gibibytes.map_or_else(unknown, |kib| format!("{:.1} GiB", kib / f64::from(1 << 20)))),
        ("load before the run (1 minute)", load.unwrap_or_else(unknown)),
        ("system", output(Command::new("uname").args(["-s", "-r", "-m"])).unwrap_or_else(unknown)),
        ("rustc", output(Command::new("rustc").arg("--version")).unwrap_or_else(unknown)),
        ("program", output(Command::new(program).arg("--version")).unwrap_or_else(unknown)),
        ("program, sha256", sha256(&[program.to_owned()])?),
        ("model/demarche.onnx, sha256", sha256(&[root.join("model/demarche.onnx")])?),
    ])
}

/// The commit, with "+changes" where the working tree differs from it.
fn commit(root: &Path) -> Option<String> {
    let git = |arguments: &[&str]| output(Command::new("git").arg("-C").arg(root).args(arguments));
    let changes = if git(&["status", "--porcelain"])?.is_empty() { "" } else { "+changes" };
    Some(git(&["rev-parse", "--short", "HEAD"])? + changes)
}

/// This process's command line; arguments with spaces or quotes in quotes.
fn command() -> String {
    let quoted = |a: String| if a.contains(|c: char| c.is_whitespace() || c == '\'' || c == '"') { format!("{a:?}") } else { a };
    std::env::args().map(quoted).collect::<Vec<_>>().join(" ")
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The value of the first `name: value` line.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Size of a file, in bytes.
pub fn size(path: &Path) -> Result<u64> {
    Ok(fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len())
}

/// Checksum over the files' contents, one after another.
pub fn sha256(paths: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in paths {
        hash.update(fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?);
    }
    Ok(hex(hash))
}

pub fn hex(hash: Sha256) -> String {
    let digits: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}
