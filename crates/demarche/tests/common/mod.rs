//! What the tests of the binary share.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of data that is not part of the repository; `None`, said on standard error, where it is absent. In CI it must be there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    assert!(std::env::var_os("CI").is_none(), "{} must be there in CI", found.display());
    eprintln!("skipped 1 test: {} is absent", found.display());
    None
}

/// Runs the program with arguments and standard input.
pub fn demarche(arguments: &[&str], input: &[u8]) -> Output {
    assert_cmd::Command::cargo_bin("demarche").unwrap().env("NO_COLOR", "1").args(arguments).write_stdin(input).output().unwrap()
}

/// Runs `demarche code` on a text given on standard input and reads its records.
pub fn code(text: &str, arguments: &[&str]) -> Vec<Value> {
    let out = demarche(&[&["code", "--all", "--format", "jsonl"], arguments].concat(), text.as_bytes());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    records(&out.stdout)
}

/// JSON Lines → values.
pub fn records(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Countries (or first sectors) of a list of actors, sorted.
pub fn parties(list: &Value) -> Vec<String> {
    let mut out: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|a| {
            let sector = || a["sectors"][0].as_str().or(a["sector"].as_str()).unwrap_or("?").to_owned();
            a["country"].as_str().map_or_else(sector, str::to_owned)
        })
        .collect();
    out.sort();
    out.dedup();
    out
}
