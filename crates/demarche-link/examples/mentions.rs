//! Groups mentions: `mentions ARTICLES.jsonl < MENTIONS.jsonl` → `{"id", "event"}`, the latter the id of the first mention of the group.
//!
//! Articles: `{"id", "title", "text", "published"}`. A mention is an event record, or, for mentions that no coder found, `{"id", "article", "start", "trigger",
//! "sentence", "event", "actors", "recipients", "place"}` with names as texts; all but the first five may be absent. With `--pairs`, prints the grounds of each pair that is alike enough instead.

use std::collections::HashMap;
use std::error::Error;
use std::io::{Read, Write};
use std::sync::Arc;

use demarche_link::{Fixed, Mention, Party, Profile, Site, compare, day_of, group, name, reasons, trigger};
use demarche_record::EventType;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let articles = arguments.iter().find(|a| !a.starts_with("--")).ok_or("name a file of articles")?;
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
    mentions.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
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
    let groups = group(&mentions, &pairs, &Fixed { together, apart: Vec::new() });
    for (mention, first) in mentions.iter().zip(groups.first) {
        writeln!(out, "{}", json!({"id": mention.id, "event": mentions[first as usize].id}))?;
    }
    Ok(())
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
