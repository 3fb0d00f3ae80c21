//! Groups articles: JSON Lines `{"id", "title", "text", "published"}` on standard input → `{"id", "copy_of", "story"}`, both ids of first members.
//! With `--repeat N` the articles are read N times over, each time with other words and a later day, and only times and counts are printed; `--words N` reads
//! the first N words of each.

use std::collections::HashMap;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Write};
use std::time::Instant;

use demarche_link::{Comparable, Fixed, Profile, Signature, compare, day_of, group};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let articles: Vec<Value> = input.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let flag = |name: &str| std::env::args().skip_while(|a| a != name).nth(1);
    match flag("--repeat") {
        Some(times) => {
            let words = flag("--words").map_or(Ok(usize::MAX), |words| words.parse())?;
            repeat(&articles, times.parse()?, words);
            Ok(())
        }
        None => print(&articles),
    }
}

fn day(article: &Value) -> Option<i32> {
    day_of(article["published"].as_str()?)
}

fn print(articles: &[Value]) -> Result<(), Box<dyn Error>> {
    let mut order: Vec<&Value> = articles.iter().collect();
    order.sort_by_key(|a| (day(a), a["id"].as_str().unwrap_or_default()));
    let text = |a: &Value| a["text"].as_str().unwrap_or_default().to_owned();
    let signatures: Vec<Signature> = order.iter().map(|a| Signature::of(&text(a))).collect();
    let profiles: Vec<Profile> = order.iter().map(|a| Profile::of(a["title"].as_str(), &text(a), day(a))).collect();
    let copies = group(&signatures, &compare(&signatures), &Fixed::default());
    let pairs = compare(&profiles);
    eprintln!("{} pairs alike", pairs.len());
    let stories = group(&profiles, &pairs, &Fixed::default());
    let mut out = std::io::stdout().lock();
    for (at, article) in order.iter().enumerate() {
        let id = |first: &[u32]| order[first[at] as usize]["id"].clone();
        writeln!(out, "{}", json!({"id": article["id"], "copy_of": id(&copies.first), "story": id(&stories.first)}))?;
    }
    Ok(())
}

/// Another text of the same shape: in each repeat, capitalised words and seven in ten of the other longer words get another ending, the same wherever they stand in
/// the repeat. Repeats of an article are thus other stories with some words in common; the articles of one repeat keep what they had in common.
fn renamed(text: &str, time: usize) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        out += bare;
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let mut hasher = DefaultHasher::new();
        (bare.to_lowercase(), time).hash(&mut hasher);
        if capital || (bare.len() > 4 && hasher.finish() % 10 < 7) {
            out += &format!("x{time}");
        }
        out += &word[bare.len()..];
    }
    out
}

fn repeat(articles: &[Value], times: usize, words: usize) {
    let start = Instant::now();
    let mut profiles = Vec::new();
    let mut signatures = Vec::new();
    let texts: Vec<String> = articles
        .iter()
        .map(|a| a["text"].as_str().unwrap_or_default().split_inclusive(char::is_whitespace).take(words).collect())
        .collect();
    for time in 0..times {
        for text in &texts {
            let text = renamed(text, time);
            profiles.push(Profile::of(None, &text, Some(time as i32 / 4)));
            signatures.push(Signature::of(&text));
        }
    }
    let sketched = start.elapsed();
    println!("{} articles: sketches {:.1} s", profiles.len(), sketched.as_secs_f64());
    report("copies", &signatures);
    report("stories", &profiles);
}

fn report<T: Comparable>(what: &str, items: &[T]) {
    let start = Instant::now();
    let pairs = compare(items);
    let compared = start.elapsed();
    let start = Instant::now();
    let groups = group(items, &pairs, &Fixed::default());
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    groups.first.iter().for_each(|f| *sizes.entry(*f).or_default() += 1);
    println!(
        "{what}: {} pairs alike in {:.1} s, {} groups (greatest {}) in {:.1} s",
        pairs.len(),
        compared.as_secs_f64(),
        sizes.len(),
        sizes.values().max().unwrap_or(&0),
        start.elapsed().as_secs_f64()
    );
}
