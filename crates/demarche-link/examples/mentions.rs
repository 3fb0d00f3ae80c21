//! Groups mentions: `mentions ARTICLES.jsonl < MENTIONS.jsonl` → `{"id", "event"}`, the latter the id of the first mention of the group.
//!
//! Articles: `{"id", "title", "text", "published"}`. A mention is an event record, or, for mentions that no coder found, `{"id", "article", "start", "trigger",
//! "sentence", "event", "actors", "recipients", "place"}` with names as texts; all but the first five may be absent. With `--repeat N` the mentions are read N times over, each
//! time in other articles with other words on later days, and only times and counts are printed. With `--pairs`, prints the grounds of each pair that is alike enough instead.

use std::collections::HashMap;
use std::error::Error;
use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Instant;

use demarche_link::{Fixed, Mention, Party, Profile, Site, compare, day_of, group, name, reasons, trigger};
use demarche_record::EventType;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let articles = arguments.first().filter(|a| !a.starts_with("--")).ok_or("name a file of articles")?;
    let mut stories = HashMap::new();
    for line in std::fs::read_to_string(articles)?.lines() {
        let article: Value = serde_json::from_str(line)?;
        let day = article["published"].as_str().and_then(day_of);
        let profile = Profile::of(article["title"].as_str(), article["text"].as_str().unwrap_or_default(), day);
        stories.insert(article["id"].as_str().unwrap_or_default().to_owned(), Arc::new(profile));
    }
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut mentions: Vec<Mention> =
        input.lines().map(|l| mention(&serde_json::from_str(l)?, &stories)).collect::<Result<_, Box<dyn Error>>>()?;
    if let Some(times) = arguments.iter().position(|a| a == "--repeat").and_then(|at| arguments.get(at + 1)) {
        let times: i32 = times.parse()?;
        mentions = (0..times).flat_map(|time| repeated(&mentions, time)).collect();
        eprintln!("{} mentions", mentions.len());
    }
    mentions.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
    let start = Instant::now();
    let pairs = compare(&mentions);
    let mut out = std::io::stdout().lock();
    if arguments.iter().any(|a| a == "--pairs") {
        for pair in pairs {
            let (a, b) = (&mentions[pair.first as usize], &mentions[pair.second as usize]);
            writeln!(out, "{}", json!({"a": a.id, "b": b.id, "likeness": pair.likeness, "reasons": reasons(a, b)}))?;
        }
        return Ok(());
    }
    let places: HashMap<&str, u32> = mentions.iter().zip(0..).map(|(m, at)| (m.id.as_str(), at)).collect();
    let together = mentions.iter().zip(0..).filter_map(|(m, at)| Some((*places.get(m.same_as.as_deref()?)?, at))).collect();
    let compared = start.elapsed();
    let start = Instant::now();
    let groups = group(&mentions, &pairs, &Fixed { together, apart: Vec::new() });
    if arguments.iter().any(|a| a == "--repeat") {
        let events = groups.first.iter().zip(0..).filter(|(first, at)| *first == at).count();
        println!(
            "{} mentions: {} pairs alike in {:.1} s, {events} events in {:.1} s",
            mentions.len(),
            pairs.len(),
            compared.as_secs_f64(),
            start.elapsed().as_secs_f64()
        );
        return Ok(());
    }
    for (mention, first) in mentions.iter().zip(groups.first) {
        writeln!(out, "{}", json!({"id": mention.id, "event": mentions[first as usize].id}))?;
    }
    Ok(())
}

/// The same mentions in other articles: parties and places stay, seven in ten of the telling words are others, four repeats fall on one day.
fn repeated(mentions: &[Mention], time: i32) -> Vec<Mention> {
    let other = |profile: &Profile| {
        let word = |hash: u32| if hash % 10 < 7 { hash.wrapping_add(0x9e37_79b9_u32.wrapping_mul(time as u32)) } else { hash };
        let mut words: Vec<(u32, u16)> = profile.words.iter().map(|(hash, weight)| (word(*hash), *weight)).collect();
        words.sort_unstable();
        Arc::new(Profile { day: Some(time / 4), words })
    };
    let mut stories: HashMap<&str, Arc<Profile>> = HashMap::new();
    let mut out = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let story = stories.entry(&mention.article).or_insert_with(|| other(&mention.story));
        out.push(Mention {
            id: format!("{}x{time}", mention.id),
            article: format!("{}x{time}", mention.article),
            published: Some(time / 4),
            days: mention.days.map(|_| (time / 4, time / 4)),
            sentence: other(&mention.sentence),
            story: Arc::clone(story),
            same_as: mention.same_as.as_ref().map(|id| format!("{id}x{time}")),
            ..mention.clone()
        });
    }
    out
}

fn mention(value: &Value, stories: &HashMap<String, Arc<Profile>>) -> Result<Mention, Box<dyn Error>> {
    let of = |id: &str| stories.get(id).cloned().ok_or_else(|| format!("article {id} is not in the file of articles"));
    if value.get("engine").is_some() {
        let event: demarche_record::Event = serde_json::from_value(value.clone())?;
        return Ok(Mention::of(&event, &of(&event.article.id)?));
    }
    let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let names = |field: &str| {
        value[field].as_array().into_iter().flatten().filter_map(Value::as_str).map(name).filter(|n| !n.is_empty()).collect::<Vec<_>>()
    };
    let parties = |field: &str| names(field).into_iter().map(|name| Party { name, ..Party::default() }).collect();
    Ok(Mention {
        id: text("id"),
        article: text("article"),
        start: value["start"].as_u64().unwrap_or_default() as usize,
        published: None,
        days: None,
        event: value["event"].as_str().and_then(EventType::from_name),
        status: None,
        trigger: trigger(&text("trigger")),
        actors: parties("actors"),
        recipients: parties("recipients"),
        place: value["place"].as_str().map(|p| Site { name: name(p), ..Site::default() }),
        numbers: Vec::new(),
        sentence: Arc::new(Profile::of(None, &text("sentence"), None)),
        story: of(&text("article"))?,
        same_as: None,
    })
}
