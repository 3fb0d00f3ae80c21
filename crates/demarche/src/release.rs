//! `demarche release`: freeze the record under a name.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche_store::{Filter, Kind, Release, Store, View};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::output::{Output, print};

/// What the codes mean, as this program has it.
const CODEBOOK: &str = include_str!("../../../docs/codebook.md");

/// Flags of `release`.
#[derive(Debug, Args)]
pub struct Flags {
    /// Its name, given once.
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// The record.
    #[arg(long, value_name = "PATH")]
    record: PathBuf,
    /// Also write it to this folder: records as JSON Lines, the codebook, a manifest, how to cite it.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// List the releases instead, as JSON Lines.
    #[arg(long, conflicts_with_all = ["to", "verify"])]
    list: bool,
    /// Check instead that the record still holds the release as it was.
    #[arg(long, conflicts_with = "to")]
    verify: bool,
}

pub fn run(flags: &Flags) -> Result<ExitCode> {
    let mut store = Store::open(&flags.record)?;
    let Some(name) = flags.name.as_deref().filter(|_| !flags.list) else {
        for release in store.releases()? {
            print(&format!("{}\n", serde_json::to_string(&release)?))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    if flags.verify {
        return verify(&store, name);
    }
    let codebook: String = Sha256::digest(CODEBOOK).iter().map(|b| format!("{b:02x}")).collect();
    let release = store.release(name, json!({"codebook": format!("sha256:{codebook}"), "program": env!("CARGO_PKG_VERSION")}))?;
    if let Some(folder) = &flags.to {
        export(&store, &release, folder)?;
    }
    print(&format!("{}\n", serde_json::to_string_pretty(&release)?))?;
    anstream::eprintln!("demarche: to cite it: {}", citation(&release));
    Ok(ExitCode::SUCCESS)
}

fn verify(store: &Store, name: &str) -> Result<ExitCode> {
    let Some(release) = store.releases()?.into_iter().find(|release| release.name == name) else {
        bail!("there is no release '{name}'; `demarche release --list --record PATH` names them")
    };
    let found = store.checksum(store.view_of_release(name)?)?;
    if found == release.checksum {
        print(&format!("{name}: {found}, as released on {}\n", release.at))?;
        return Ok(ExitCode::SUCCESS);
    }
    anstream::eprintln!("demarche: {name}: the record gives {found}, the release had {}; restore a copy of the record", release.checksum);
    Ok(ExitCode::from(1))
}

/// One sentence for a list of references.
fn citation(release: &Release) -> String {
    let day = release.at.get(..10).unwrap_or(&release.at);
    let short = release.checksum.get(..19).unwrap_or(&release.checksum);
    let counts = release.counts;
    format!(
        "Event data release \"{}\" (no. {}), {day}: {} events from {} articles, coded with Démarche {}, {short}.",
        release.name,
        release.number,
        counts.events,
        counts.articles,
        env!("CARGO_PKG_VERSION")
    )
}

fn export(store: &Store, release: &Release, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let view = store.view_of_release(&release.name)?;
    for (kind, name) in [(Kind::Events, "events.jsonl"), (Kind::Statements, "statements.jsonl"), (Kind::Positions, "positions.jsonl")] {
        records(store, kind, view, &folder.join(name))?;
    }
    let manifest = serde_json::to_string_pretty(release)? + "\n";
    for (name, text) in [("manifest.json", manifest.as_str()), ("codebook.md", CODEBOOK), ("CITATION.txt", &(citation(release) + "\n"))] {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}; is the disk full?", path.display()))?;
    }
    Ok(())
}

fn records(store: &Store, kind: Kind, view: View, path: &Path) -> Result<()> {
    let mut output = Output::open(Some(path), false)?;
    let mut failed = None;
    store.records(kind, &Filter::default(), view, &mut |record| match output.write(&format!("{record}\n")) {
        Ok(()) => std::ops::ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            std::ops::ControlFlow::Break(())
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => output.finish(),
    }
}
