//! The texts to measure on.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use demarche_ingest::{Format, Item, inputs, read, read_from};
use demarche_record::Article;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::machine::hex;

/// Articles of the newswire that are looked at, in the order of the files.
const REUTERS_ARTICLES: usize = 2000;

/// The texts, and the same as the JSON Lines that the program is given.
pub struct Set {
    name: String,
    pub articles: Vec<Article>,
    pub lines: String,
}

impl Set {
    /// Reads a file, or a folder without its subfolders; without a path the newswire where it is, else the examples.
    pub fn read(root: &Path, path: Option<&Path>) -> Result<Self> {
        let reuters = root.join("../shared/measure/reuters21578");
        let default = if reuters.is_dir() { reuters } else { root.join("examples") };
        let path =
            path.unwrap_or(&default).canonicalize().with_context(|| format!("no texts at {}", path.unwrap_or(&default).display()))?;
        let mut files = if path.is_dir() { files(&path)? } else { vec![path.clone()] };
        files.sort();
        let (mut articles, mut kind) = (Vec::new(), "");
        if files.iter().any(|f| is_reuters(f)) {
            files.retain(|f| is_reuters(f));
            articles = reuters_articles(&files)?;
            kind = ", those with a body of the first 2,000 articles";
        } else {
            let (sources, problems) = inputs(&files);
            ensure!(problems.is_empty(), "{}", problems[0]);
            for source in &sources {
                let _ = read(source, &mut |item| keep(item, &mut articles));
            }
        }
        ensure!(!articles.is_empty(), "no articles in {}", path.display());
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let lines =
            articles.iter().map(|a| json!({"id": a.id, "title": a.title, "published": a.published, "text": a.text}).to_string() + "\n");
        Ok(Self { name: name + kind, lines: lines.collect(), articles })
    }

    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let digest = hex(Sha256::new_with_prefix(&self.lines));
        vec![("set", self.name.clone()), ("set as given to the program, sha256", digest), ("texts", self.articles.len().to_string())]
    }
}

/// Keeps an article; says on standard error what could not be read.
fn keep(item: Item, articles: &mut Vec<Article>) -> ControlFlow<()> {
    match item {
        Item::Article(article) => articles.push(article),
        Item::Problem(problem) => eprintln!("{problem}"),
    }
    ControlFlow::Continue(())
}

/// The files of a folder that hold texts.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && (is_reuters(&path) || Format::of_path(&path).is_some()) {
            files.push(path);
        }
    }
    Ok(files)
}

fn is_reuters(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".sgm") || name.ends_with(".sgm.gz")
}

/// The Reuters-21578 articles that have a body, read back through the product's own reader.
fn reuters_articles(files: &[PathBuf]) -> Result<Vec<Article>> {
    let mut lines = String::new();
    let mut seen = 0;
    for file in files {
        let text = plain(file)?;
        for element in text.split("<REUTERS ").skip(1).take(REUTERS_ARTICLES - seen) {
            seen += 1;
            lines.extend(reuters_line(element));
        }
    }
    let mut articles = Vec::new();
    let _ = read_from("reuters21578", Some(Format::JsonLines), &mut lines.as_bytes(), &mut |item| keep(item, &mut articles));
    Ok(articles)
}

/// A file's text; `gzip` unpacks it where it is packed.
fn plain(file: &Path) -> Result<String> {
    let bytes = if file.extension().is_some_and(|e| e == "gz") {
        let output = Command::new("gzip").arg("-dc").arg(file).output().context("gzip cannot be run; install it")?;
        ensure!(output.status.success(), "{}: gzip cannot unpack it", file.display());
        output.stdout
    } else {
        fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?
    };
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// One article as a line of JSON; none where it has no body.
fn reuters_line(element: &str) -> Option<String> {
    let between = |open: &str, close: &str| Some(element.split_once(open)?.1.split_once(close)?.0);
    let number = between("NEWID=\"", "\"")?;
    let body = unescape(between("<BODY>", "</BODY>")?);
    let published = between("<DATE>", "</DATE>").and_then(|date| Date::strptime("%d-%b-%Y", date.split_whitespace().next()?).ok());
    let title = between("<TITLE>", "</TITLE>").map(unescape);
    let line = json!({
        "id": format!("reuters-{number}"),
        "title": title,
        "published": published.map(|date| date.to_string()),
        "text": without_signature(&body),
    });
    Some(format!("{line}\n"))
}

/// The marks that the bodies hold: `<`, `&`, and control characters, which are dropped.
fn unescape(text: &str) -> String {
    text.replace("&#3;", "").replace("&#127;", "").replace("&lt;", "<").replace("&amp;", "&")
}

/// A body without its last line where that is only the agency's name, which would count as a sentence.
fn without_signature(body: &str) -> &str {
    let body = body.trim_end();
    match body.rsplit_once('\n') {
        Some((rest, last)) if last.trim().trim_end_matches('.').eq_ignore_ascii_case("reuter") => rest,
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reuters_article() {
        let element = "TOPICS=\"YES\" NEWID=\"7\">\n<DATE> 3-MAR-1987 09:17:32.30</DATE>\n<TEXT>&#2;\n<TITLE>A &lt;B> C</TITLE>\n<DATELINE>  PARIS, \
                       March 3 - </DATELINE><BODY>The talks\nfailed.\n    They said so.\n Reuter\n&#3;</BODY></TEXT>";
        let expect =
            json!({"id": "reuters-7", "title": "A <B> C", "published": "1987-03-03", "text": "The talks\nfailed.\n    They said so."});
        assert_eq!(reuters_line(element), Some(format!("{expect}\n")));
        assert_eq!(reuters_line("NEWID=\"8\">\n<TEXT TYPE=\"BRIEF\">&#2;\n<TITLE>A</TITLE></TEXT>"), None);
    }
}
