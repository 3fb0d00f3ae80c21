//! Writes what each extractor finds in the pages of a folder (`KEY.html.gz`) to `OUT/ENGINE.json`, as
//! `{KEY: {"articleBody": TEXT}}`, and its time to standard error: `demarche-bench-extraction PAGES OUT`.

use std::fs;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use demarche_ingest::{Format, Item, read_from};
use dom_smoothie::Readability;
use flate2::read::MultiGzDecoder;
use serde_json::{Map, json};
use trafilatura::{Options, extract};

type Engine = fn(&[u8]) -> String;

const ENGINES: [(&str, Engine); 4] =
    [("demarche", demarche), ("dom_smoothie", dom_smoothie), ("trafilatura", trafilatura), ("trafilatura_no_fallback", trafilatura_plain)];

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: demarche-bench-extraction PAGES OUT";
    let (pages, out) = (arguments.next().context(usage)?, arguments.next().context(usage)?);
    let mut read = Vec::new();
    for entry in fs::read_dir(&pages)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(key) = name.strip_suffix(".html.gz") else { continue };
        let mut page = Vec::new();
        MultiGzDecoder::new(fs::File::open(&path)?).read_to_end(&mut page)?;
        read.push((key.to_owned(), page));
    }
    read.sort();
    fs::create_dir_all(&out)?;
    for (name, engine) in ENGINES {
        let start = Instant::now();
        let found: Map<_, _> = read.iter().map(|(key, page)| (key.clone(), json!({ "articleBody": engine(page) }))).collect();
        eprintln!("{name}\t{}\t{:.3}", read.len(), start.elapsed().as_secs_f64());
        fs::write(out.join(format!("{name}.json")), serde_json::to_string(&found)?)?;
    }
    Ok(())
}

fn demarche(page: &[u8]) -> String {
    let mut text = String::new();
    let _ = read_from("page", Some(Format::Html), &mut &*page, &mut |item| {
        if let Item::Article(article) = item {
            text = article.text;
        }
        ControlFlow::Continue(())
    });
    text
}

fn dom_smoothie(page: &[u8]) -> String {
    let article = Readability::new(String::from_utf8_lossy(page).into_owned(), None, None).and_then(|mut page| page.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn trafilatura(page: &[u8]) -> String {
    extracted(page, true)
}

fn trafilatura_plain(page: &[u8]) -> String {
    extracted(page, false)
}

fn extracted(page: &[u8], fallback: bool) -> String {
    let mut options = Options::default();
    options.enable_fallback = fallback;
    options.exclude_comments = true;
    extract(&String::from_utf8_lossy(page), &options).map(|found| found.content_text).unwrap_or_default()
}
