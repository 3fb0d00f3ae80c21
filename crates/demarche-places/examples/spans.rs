//! Resolves given names: reads JSON Lines `{"id", "text", "spans": [[start, end], …]}` on standard input, writes one located place a span.

use std::io::{BufRead, stdin};

use demarche_places::{Gazetteer, Mention, fold, resolve};
use demarche_record::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gazetteer = Gazetteer::shipped();
    for line in stdin().lock().lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let text: Vec<char> = article["text"].as_str().unwrap_or("").chars().collect();
        let spans = article["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let mentions: Vec<Mention> = spans
            .iter()
            .map(|s| {
                let end = |i: usize| s[i].as_u64().map_or(0, |n| (n as usize).min(text.len()));
                let words: String = text[end(0)..end(1)].iter().collect();
                // The recogniser would tell peoples from places; here a word is a place where a well-known one has the name.
                let place = gazetteer.lookup(&fold(&words)).iter().any(|r| gazetteer.entry(r.id).size >= 150);
                let demonym = !place && !gazetteer.lookup(&format!("~{}", fold(&words))).is_empty();
                Mention { span: Span::new(end(0), end(1)), demonym }
            })
            .collect();
        for located in resolve(&text, &mentions) {
            let mut value = serde_json::to_value(located)?;
            value["article"] = article["id"].clone();
            println!("{value}");
        }
    }
    Ok(())
}
