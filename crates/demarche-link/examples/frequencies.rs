//! Makes `src/frequencies.tsv`: JSON Lines of articles `{"story", "text"}` on standard input → the share of articles that each stem stands in.
//!
//! A story's articles share its names and topics, so each story counts once: a stem's share is the mean over stories of its share among the story's
//! articles. Stems of fewer than three stories are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use demarche_link::{stem, words};

const STORIES: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut stories: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
    for line in input.lines() {
        let article: serde_json::Value = serde_json::from_str(line)?;
        let (Some(story), Some(text)) = (article["story"].as_str(), article["text"].as_str()) else {
            return Err("each line needs \"story\" and \"text\"".into());
        };
        stories.entry(story.to_owned()).or_default().push(words(text).map(stem).collect());
    }
    let mut shares: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for articles in stories.values() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for stem in articles.iter().flatten() {
            *counts.entry(stem).or_default() += 1;
        }
        for (stem, count) in counts {
            let share = shares.entry(stem).or_default();
            share.0 += count as f64 / articles.len() as f64 / stories.len() as f64;
            share.1 += 1;
        }
    }
    let mut out = std::io::stdout().lock();
    for (stem, (share, _)) in shares.iter().filter(|(stem, (_, in_stories))| *in_stories >= STORIES && stem.chars().count() > 1) {
        writeln!(out, "{stem}\t{share:.4}")?;
    }
    Ok(())
}
