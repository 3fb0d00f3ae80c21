//! Flags in two steps: raw as typed, ready as the program needs them.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use demarche_export::RecordKind;
use jiff::civil::Date;

use crate::format::Format;
use crate::{add, correct, lists, recode, records, release, series};

/// Reads news and keeps a sourced record of who did or said what to whom, when and where, who says so, and whether it really happened.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, max_term_width = 100)]
pub struct Flags {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code articles: files of text, HTML, feeds, PDF, JSON Lines, CSV and more, archives, folders, or standard input.
    Code(RawCode),
    /// Write what the language layer sees, as CoNLL-U: words, lemmas, tags, trees, names, event mentions and roles.
    Analyse {
        /// Files and folders as for `code`; of `.conllu` files the words are taken as they are. `-` or nothing reads standard input.
        inputs: Vec<PathBuf>,
        /// Sentences analysed at once [default: one per core].
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
        /// Also texts that do not seem to be English.
        #[arg(long)]
        any_language: bool,
    },
    /// Write the place names of articles, resolved, as JSON Lines.
    Locate {
        /// Files and folders as for `code`; `-` or nothing reads standard input.
        inputs: Vec<PathBuf>,
        /// Also adjectives and peoples ("Kenyan"), with the place they belong to.
        #[arg(long)]
        demonyms: bool,
        /// Sentences analysed at once [default: one per core].
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
        /// Also texts that do not seem to be English.
        #[arg(long)]
        any_language: bool,
    },
    /// List the time expressions of articles with their values and days, as JSON Lines.
    Dates {
        /// Files and folders as for `code`; `-` or nothing reads standard input.
        inputs: Vec<PathBuf>,
        /// Day of publication for articles that do not say theirs; without one a text is read as a narrative.
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<Date>,
        /// Sentences analysed at once [default: one per core].
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
        /// Also texts that do not seem to be English.
        #[arg(long)]
        any_language: bool,
    },
    /// Say who or what a name is: states, organisations, persons with their offices, nouns.
    Who {
        /// The name as news writes it.
        name: String,
        /// The day asked for [default: any].
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<String>,
        /// Output format [default: table on a terminal, jsonl elsewhere].
        #[arg(long, value_enum)]
        format: Option<WhoFormat>,
        #[command(flatten)]
        own: OwnTables,
    },
    /// Work on the knowledge tables.
    Knowledge {
        #[command(subcommand)]
        command: KnowledgeCommand,
    },
    /// Tell the relation between two marked spans: JSON Lines `{"id", "text", "source": {"start", "end"}, "target": {"start", "end"}}` in,
    /// `{"id", "event", "modes", "quad", "scores"}` out. Either span may be null; offsets count code points.
    Classify {
        /// Files of JSON Lines; `-` or nothing reads standard input.
        inputs: Vec<PathBuf>,
        /// Write here instead of standard output.
        #[arg(short, long, value_name = "PATH")]
        output: Option<PathBuf>,
        /// Sentences analysed at once [default: one per core].
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
    },
    /// Score records against a gold file: a table of figures with 95% intervals, confusions, misses and extras with their sentences.
    Eval(RawEval),
    /// Code articles and add them, with their records, to a record on disk. What is there already is not added again.
    Add(add::Add),
    /// Event mentions of a record on disk.
    Events(Box<records::Events>),
    /// Statements of a record on disk.
    Statements(Box<records::Statements>),
    /// Positions of a record on disk.
    Positions(Box<records::Positions>),
    /// Articles of a record on disk.
    Articles(Box<lists::Articles>),
    /// Actors of the events of a record on disk, the busiest first.
    Actors(Box<lists::Actors>),
    /// Counts, mean scores and the balance of cooperation and conflict over time, with what was read, of a record on disk.
    Series(Box<series::Flags>),
    /// Correct a record on disk by hand. What was is kept.
    Correct {
        #[command(subcommand)]
        command: correct::Correct,
    },
    /// Code the articles of a record on disk anew, where another engine coded them, and show what changed.
    Recode(recode::Recode),
    /// Freeze a record on disk under a name, with a checksum.
    Release(release::Flags),
    /// Say of one record why each field is what it is.
    Explain {
        /// A file with one record (`-` reads standard input), or the id of a record in the file that --records names.
        record: String,
        /// JSON Lines of event records to look the id up in.
        #[arg(long, value_name = "FILE")]
        records: Option<PathBuf>,
    },
    /// Group event records of many articles: same event, one event, with its reports and independent sources, as JSON Lines.
    Link {
        /// Files of event records as JSON Lines, from `code --format jsonl`; `-` reads standard input.
        #[arg(required = true)]
        records: Vec<PathBuf>,
        /// The articles themselves, files and folders as for `code`: copies and stories are then told from whole texts instead of the quoted sentences.
        #[arg(long, value_name = "PATH")]
        articles: Vec<PathBuf>,
        /// JSON Lines of your own decisions: `{"together": [ID, ID]}` or `{"apart": [ID, ID]}`, with ids of records.
        #[arg(long, value_name = "FILE")]
        by_hand: Option<PathBuf>,
    },
    /// Print the JSON Schema of the record kinds.
    Schema {
        /// Only this kind.
        kind: Option<Kind>,
    },
}

#[derive(Debug, Subcommand)]
pub enum KnowledgeCommand {
    /// Report what is wrong in the tables. Exit status 1 where something is; warnings do not count.
    Check {
        /// Tables, or files as for `--knowledge` [default: the tables inside the program].
        files: Vec<PathBuf>,
        /// The same.
        #[arg(long, value_name = "FILE")]
        knowledge: Vec<PathBuf>,
    },
}

/// The user's own tables.
#[derive(Clone, Debug, Default, Args)]
pub struct OwnTables {
    /// Your own entries, added to the tables or in place of theirs: a table as in knowledge/README.md, or a TABARI or PETRARCH dictionary.
    #[arg(long = "knowledge", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Leave wrong lines of those files out instead of stopping.
    #[arg(long, requires = "files")]
    pub lenient: bool,
}

/// What `who` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhoFormat {
    /// A paragraph per candidate.
    Table,
    /// A candidate a line, as JSON.
    Jsonl,
}

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Events,
    Statements,
    Positions,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "event",
            Self::Statements => "statement",
            Self::Positions => "position",
        }
    }
}

impl From<Kind> for RecordKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Events => Self::Event,
            Kind::Statements => Self::Statement,
            Kind::Positions => Self::Position,
        }
    }
}

#[derive(Debug, Args)]
pub struct RawCode {
    /// Files and folders; `-` or nothing reads standard input.
    inputs: Vec<PathBuf>,
    /// Day of publication for articles that do not say theirs.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Output format [default: table on a terminal, jsonl elsewhere].
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Also events that are planned, hypothetical, negated or unconfirmed.
    #[arg(long)]
    all: bool,
    /// Write here instead of standard output.
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Go on with an interrupted run: skip articles that the output already holds.
    #[arg(long, requires = "output")]
    resume: bool,
    /// Sentences analysed at once [default: one per core].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Also code texts that do not seem to be English.
    #[arg(long)]
    any_language: bool,
    #[command(flatten)]
    own: OwnTables,
}

/// What a coding run needs to know.
#[derive(Debug)]
pub struct Code {
    pub inputs: Vec<PathBuf>,
    /// ISO date.
    pub date: Option<String>,
    pub format: Format,
    pub all: bool,
    pub output: Option<PathBuf>,
    pub resume: bool,
    pub threads: usize,
    pub any_language: bool,
    pub own: OwnTables,
    /// Columns of the readable view.
    pub width: usize,
}

impl RawCode {
    /// Checks what was typed and fills in what was not.
    pub fn ready(self) -> Result<Code> {
        let date = self.date.as_deref().map(|text| day("--date", text)).transpose()?.map(|d| d.to_string());
        let to_terminal = self.output.is_none() && std::io::stdout().is_terminal();
        let format = self.format.unwrap_or(if to_terminal { Format::Table } else { Format::Jsonl });
        if self.resume && !format.is_lines() {
            bail!("--resume goes with formats of lines alone; table, parquet, geojson, graphml and rss are written in one run");
        }
        if to_terminal && format == Format::Parquet {
            bail!("--format parquet is no text; name a file with -o, or send the output to one");
        }
        let threads = threads(self.threads)?;
        let inputs = if self.inputs.is_empty() { vec![PathBuf::from("-")] } else { self.inputs };
        let width = terminal_size::terminal_size().map_or(100, |(w, _)| usize::from(w.0)).clamp(40, 140);
        Ok(Code {
            inputs,
            date,
            format,
            all: self.all,
            output: self.output,
            resume: self.resume,
            threads,
            any_language: self.any_language,
            own: self.own,
            width,
        })
    }
}

/// The day that a flag gives.
pub fn day(flag: &str, text: &str) -> Result<jiff::civil::Date> {
    text.parse().or_else(|_| bail!("{flag}: '{text}' is no date; write it as YYYY-MM-DD"))
}

/// Formats of gold files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Gold {
    /// JSON Lines of event mentions with one or two readings each; needs --articles or --records.
    Desk,
    /// Tab-separated sentences with a marked source and target, through `classify`.
    Plv,
    /// XML of PETRARCH's validation records.
    Petrarch,
    /// A folder with text/*.txt and attributions/*.ann (brat), against statements.
    Polnear,
}

#[derive(Debug, Args)]
pub struct RawEval {
    /// The gold file, or folder; also packed with gzip.
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Its format.
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    kind: Gold,
    /// The articles of the gold file, to be coded now; `id` must be the gold file's.
    #[arg(long, value_name = "FILE")]
    articles: Option<PathBuf>,
    /// Records coded before (`--format jsonl --all`, for polnear `--format statements`).
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
    /// Lines of each list to show.
    #[arg(long, value_name = "N", default_value_t = 40)]
    show: usize,
    /// Sentences analysed at once [default: one per core].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

/// What scoring needs to know.
#[derive(Debug)]
pub struct Eval {
    pub gold: PathBuf,
    pub kind: Gold,
    pub articles: Option<PathBuf>,
    pub records: Option<PathBuf>,
    pub show: usize,
    pub threads: usize,
}

impl RawEval {
    /// Checks which files go with which format.
    pub fn ready(self) -> Result<Eval> {
        match self.kind {
            Gold::Desk if self.articles.is_none() && self.records.is_none() => {
                bail!("--as desk needs --articles FILE (coded now) or --records FILE (coded before, with --all)")
            }
            Gold::Plv | Gold::Petrarch if self.articles.is_some() || self.records.is_some() => {
                bail!("--as plv and --as petrarch take their sentences from the gold file; leave out --articles and --records")
            }
            Gold::Polnear if self.articles.is_some() => bail!("--as polnear takes its texts from the gold folder; leave out --articles"),
            _ => {}
        }
        let threads = threads(self.threads)?;
        Ok(Eval { gold: self.gold, kind: self.kind, articles: self.articles, records: self.records, show: self.show, threads })
    }
}

/// The number of threads asked for, else one per core.
pub fn threads(asked: Option<usize>) -> Result<usize> {
    match asked {
        Some(0) => bail!("--threads: at least 1"),
        Some(n) => Ok(n),
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str]) -> Result<Code> {
        let flags = Flags::try_parse_from([&["demarche", "code"], arguments].concat())?;
        match flags.command {
            Command::Code(raw) => raw.ready(),
            _ => bail!("not code"),
        }
    }

    #[test]
    fn eval_takes_what_its_format_needs() {
        let ready = |arguments: &[&str]| match Flags::try_parse_from([&["demarche", "eval", "--gold", "g"], arguments].concat())?.command {
            Command::Eval(raw) => raw.ready(),
            _ => bail!("not eval"),
        };
        assert!(ready(&["--as", "desk"]).unwrap_err().to_string().contains("--articles"));
        assert!(ready(&["--as", "plv", "--records", "r"]).unwrap_err().to_string().contains("leave out"));
        assert!(ready(&["--as", "polnear", "--articles", "r"]).is_err());
        assert_eq!(ready(&["--as", "desk", "--records", "r"]).unwrap().show, 40);
    }

    #[test]
    fn defaults_and_mistakes() {
        let code = check(&["a.txt", "--date", "2025-04-08", "-o", "x"]).unwrap();
        assert_eq!((code.date.as_deref(), code.format, code.all), (Some("2025-04-08"), Format::Jsonl, false));
        assert!(check(&["--date", "8 April"]).unwrap_err().to_string().contains("YYYY-MM-DD"));
        assert!(check(&["--threads", "0"]).is_err());
        assert!(check(&["--resume"]).is_err());
        assert!(check(&["-o", "x", "--resume", "--format", "geojson"]).unwrap_err().to_string().contains("in one run"));
        assert_eq!(check(&["-o", "x", "--resume", "--format", "gdelt"]).unwrap().format, Format::Gdelt);
        assert_eq!(check(&[]).unwrap().inputs, [PathBuf::from("-")]);
    }
}
