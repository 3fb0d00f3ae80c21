//! Measures speed, start-up, memory and size of Démarche and writes a dated run; see `bench/README.md`.

mod binary;
mod lookups;
mod machine;
mod report;
mod stages;
mod texts;
mod times;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use demarche_knowledge::Knowledge;
use demarche_language::Analyser;
use report::{Report, Row};
use texts::Set;
use times::{Times, repeat, times};

/// Measures speed, start-up, memory and size of Démarche and writes a dated run.
#[derive(Parser)]
#[command(max_term_width = 100)]
struct Flags {
    /// Texts to measure on: a file or folder [default: ../shared/measure/reuters21578 beside the repository, else its examples].
    #[arg(long, value_name = "PATH")]
    texts: Option<PathBuf>,
    /// Only the knowledge tables: start-up and look-ups, printed and not written.
    #[arg(long)]
    lookups: bool,
    /// Folder for the run's report and raw numbers [default: bench/runs of the repository].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Repeat each stage for about this many seconds, and at least three times.
    #[arg(long, value_name = "N", default_value_t = 20)]
    seconds: u64,
    /// The program to measure [default: target/release/demarche of the repository].
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

const THREADS: [usize; 2] = [1, 2];
const START_UPS: usize = 7;
const ONE_SENTENCE: &str = "Rebels attacked the town on Monday.\n";

fn main() -> Result<()> {
    let flags = Flags::parse();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("bench/ stands in no folder")?;
    let program = flags.binary.unwrap_or_else(|| root.join("target/release/demarche"));
    let out = flags.out.unwrap_or_else(|| root.join("bench/runs"));
    let budget = Duration::from_secs(flags.seconds);
    if cfg!(debug_assertions) {
        bail!("this is a debug build, its times mean nothing; run with `cargo run --release`");
    }
    ensure!(program.is_file(), "{} is not there; build it with `cargo build --release` or name it with --binary", program.display());

    let mut facts = machine::facts(root, &program)?;
    check_model(root, &program)?;
    if flags.lookups {
        print!("{}", lookups::run(root, flags.texts.as_deref(), facts)?);
        return Ok(());
    }
    let set = Set::read(root, flags.texts.as_deref())?;
    let prepared = stages::Prepared::new(&set.articles);
    facts.extend(set.facts());
    facts.push(("sentences", prepared.sentences.to_string()));
    facts.push(("tokens", prepared.tokens.to_string()));

    eprintln!("{} texts, {} sentences, {} tokens; start-up …", set.articles.len(), prepared.sentences, prepared.tokens);
    let start_up = start_up(&program)?;
    let mut memory = vec![("one sentence, 1 thread".to_owned(), least_memory(&program)?)];
    let mut rows = vec![stages::split(&prepared, budget)?];
    for threads in THREADS {
        eprintln!("{threads} thread(s): the stages …");
        rows.extend(stages::stages(&set.articles, threads, budget, &rows[0])?);
        eprintln!("{threads} thread(s): the program …");
        let (row, peak) = whole_program(&program, &set, threads, budget)?;
        rows.push(row);
        memory.push((format!("all texts, {threads} thread(s)"), peak));
    }

    let report =
        Report { facts, sentences: prepared.sentences, tokens: prepared.tokens, rows, start_up, memory, sizes: sizes(root, &program)? };
    let written = report.write(&out)?;
    println!("{}", written.display());
    Ok(())
}

/// Makes sure that this program, the repository and the measured program hold the same model and tables.
fn check_model(root: &Path, program: &Path) -> Result<()> {
    let files = ["demarche.onnx", "tokenizer.json", "labels.json"].map(|name| root.join("model").join(name));
    let digest = format!("sha256:{}", machine::sha256(&files)?);
    ensure!(digest == demarche_language::model_digest(), "model/ has changed since this benchmark was built; build it again");
    let output = String::from_utf8(binary::run(program, 1, ONE_SENTENCE, None)?.output).context("the program's output is not UTF-8")?;
    let engine = demarche_coder::engine(&Knowledge::load());
    // Without a record the program does not say what it holds.
    let same = output.is_empty() || output.contains(&engine.model) && output.contains(&engine.knowledge);
    ensure!(same, "{} holds another model or other tables than this benchmark; build both from the same state", program.display());
    Ok(())
}

/// Loading in this process, and the program on one sentence.
fn start_up(program: &Path) -> Result<Vec<(&'static str, Times)>> {
    let (model, _) = times(START_UPS, || Ok(Analyser::new(1)?))?;
    let (knowledge, _) = times(START_UPS, || Ok(Knowledge::load()))?;
    let (one, _) = times(START_UPS, || binary::run(program, 1, ONE_SENTENCE, None))?;
    Ok(vec![("load the model", model), ("load the knowledge tables", knowledge), ("the program on one sentence", one)])
}

/// The greatest peak of memory, in KiB, of several runs on one sentence.
fn least_memory(program: &Path) -> Result<u64> {
    let mut peak = 0;
    for _ in 0..START_UPS {
        let run = binary::run(program, 1, ONE_SENTENCE, Some(Duration::from_millis(1)))?;
        peak = peak.max(run.peak_kib.context("the program's memory could not be read from /proc")?);
    }
    Ok(peak)
}

/// The program on all texts, from JSON Lines to JSON Lines.
fn whole_program(program: &Path, set: &Set, threads: usize, budget: Duration) -> Result<(Row, u64)> {
    let mut peak = 0;
    let (times, ()) = repeat(budget, || {
        let run = binary::run(program, threads, &set.lines, Some(Duration::from_millis(50)))?;
        peak = peak.max(run.peak_kib.context("the program ended before its memory could be read; give it more texts")?);
        Ok(())
    })?;
    Ok((Row::measured("7. the program, from start to end", threads, times), peak))
}

fn sizes(root: &Path, program: &Path) -> Result<Vec<(String, u64)>> {
    let mut sizes = Vec::new();
    for name in ["model/demarche.onnx", "model/tokenizer.json", "model/labels.json"] {
        sizes.push((name.to_owned(), machine::size(&root.join(name))?));
    }
    sizes.push(("the program, model and tables inside".to_owned(), machine::size(program)?));
    Ok(sizes)
}
