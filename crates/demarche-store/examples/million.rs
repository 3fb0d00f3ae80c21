//! Measures a record of many events: size, and time of filtered questions.
//!
//! `million RECORDS.jsonl EVENTS RECORD.db`: takes real event records as patterns, gives each copy another article, day, place, parties, offsets
//! and scores, adds them without text, and asks. Prints a table for `bench/runs`.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use demarche_record::{Article, ArticleRef, Event, EventType, Status};
use demarche_store::{Coded, Dyad, Filter, Kind, Period, Series, Store, Unit, View};

const PER_ARTICLE: usize = 20;
const COUNTRIES: [&str; 30] = [
    "USA", "CHN", "RUS", "UKR", "ISR", "PSE", "IRN", "IND", "PAK", "TUR", "SYR", "KEN", "SOM", "ETH", "ERI", "SDN", "TCD", "FRA", "DEU",
    "GBR", "JPN", "KOR", "PRK", "BRA", "VEN", "COL", "MEX", "NGA", "MLI", "ZAF",
];

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// Few countries make most of the news.
    fn country(&mut self) -> String {
        let n = self.below(COUNTRIES.len()).min(self.below(COUNTRIES.len()));
        COUNTRIES[n].to_owned()
    }

    fn share(&mut self) -> f64 {
        self.below(1000) as f64 / 1000.0
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, patterns, events, path] = arguments.as_slice() else { return Err("usage: million RECORDS.jsonl EVENTS RECORD.db".into()) };
    let patterns: Vec<Event> = std::fs::read_to_string(patterns)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let count: usize = events.parse()?;
    let path = Path::new(path);
    if !path.exists() {
        fill(path, &patterns, count)?;
    }
    let store = Store::open(path)?;
    let bytes = std::fs::metadata(path)?.len();
    let counts = store.counts(View::Now)?;
    println!("| events | {} |\n| articles | {} |\n| bytes | {bytes} |", counts.events, counts.articles);
    println!("| bytes an event, indexes and articles included | {:.0} |", bytes as f64 / counts.events as f64);
    ask(&store)?;
    Ok(())
}

fn fill(path: &Path, patterns: &[Event], count: usize) -> Result<(), Box<dyn std::error::Error>> {
    let mut dice = Dice(7);
    let mut store = Store::create(path)?;
    let engine = patterns.first().ok_or("no records in the file")?.engine.clone();
    let start = Instant::now();
    let mut json = 0;
    for n in 0..count / PER_ARTICLE {
        let day = format!("20{:02}-{:02}-{:02}", 5 + dice.below(20), 1 + dice.below(12), 1 + dice.below(28));
        let article = Article {
            id: format!("ar_{n:016x}"),
            title: None,
            url: Some(format!("https://news.example/{n}")),
            source: Some(format!("Source {}", dice.below(200))),
            published: Some(day.clone()),
            language: "en".to_owned(),
            text: String::new(),
            ..Article::default()
        };
        let events: Vec<Event> = (0..PER_ARTICLE)
            .map(|_| {
                let mut e = patterns[dice.below(patterns.len())].clone();
                vary(&mut e, &article, &day, &mut dice);
                e
            })
            .collect();
        json += events.iter().map(|e| serde_json::to_string(e).map_or(0, |s| s.len())).sum::<usize>();
        store.add(Coded { article: &article, sentences: 30, engine: &engine, events: &events, statements: &[], positions: &[] }, false)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    let made = (count / PER_ARTICLE * PER_ARTICLE) as f64;
    println!("| bytes of JSON an event | {:.0} |", json as f64 / made);
    println!(
        "| ms an article of {PER_ARTICLE} events, on disk, making it up included | {:.2} |",
        seconds * 1000.0 * PER_ARTICLE as f64 / made
    );
    Ok(())
}

fn vary(e: &mut Event, article: &Article, day: &str, dice: &mut Dice) {
    e.id = format!("ev_{:016x}", dice.below(usize::MAX));
    e.article = ArticleRef::from(article);
    let start = dice.below(5000);
    (e.sentence.start, e.sentence.end, e.sentence.index) = (start, start + 150, start / 150);
    (e.trigger.start, e.trigger.end) = (start + 40, start + 40 + e.trigger.text.chars().count());
    (e.date.from, e.date.to) = (Some(day.to_owned()), Some(day.to_owned()));
    let speakers = e.attribution.iter_mut().map(|l| &mut l.speaker);
    for party in e.actors.iter_mut().chain(&mut e.recipients).chain(speakers) {
        party.start = start + dice.below(100);
        party.end = party.start + party.text.chars().count();
        party.resolution.score = dice.share();
        if party.country.is_some() {
            let country = dice.country();
            if party.id == party.country {
                party.id = Some(country.clone());
            }
            party.country = Some(country);
        }
    }
    for reason in &mut e.evidence {
        reason.score = reason.score.map(|_| dice.share());
    }
    if let Some(place) = &mut e.place {
        place.country = Some(dice.country());
        place.geonames = Some(dice.below(9_000_000) as u64);
    }
    e.event = EventType::ALL[dice.below(16)];
    e.quad = e.event.quad();
    e.confidence = dice.share();
}

fn ask(store: &Store) -> Result<(), Box<dyn std::error::Error>> {
    let facts = || Filter { statuses: vec![Status::Actual, Status::Historical], ..Filter::default() };
    let strings = |word: &str| vec![word.to_owned()];
    let days = |from: &str, to: &str| Filter { from: Some(from.into()), to: Some(to.into()), ..facts() };
    let dyad = |mutual| vec![Dyad { source: "KEN".into(), target: "SOM".into(), mutual }];
    let questions = [
        ("one record by id", Filter { ids: store_first(store)?, ..Filter::default() }),
        ("one week", days("2015-03-02", "2015-03-08")),
        ("a dyad one way", Filter { dyads: dyad(false), limit: Some(1000), ..facts() }),
        ("a dyad both ways, one year", Filter { dyads: dyad(true), ..days("2015-01-01", "2015-12-31") }),
        ("one type in one month", Filter { types: vec![EventType::Assault], ..days("2015-03-01", "2015-03-31") }),
        ("an actor, one month", Filter { actors: strings("UKR"), ..days("2015-03-01", "2015-03-31") }),
        (
            "material conflict in a country, one quarter",
            Filter { places: strings("MLI"), quads: vec![4], ..days("2015-01-01", "2015-03-31") },
        ),
        ("a source, one month", Filter { sources: strings("Source 17"), ..days("2015-03-01", "2015-03-31") }),
        ("confidence from 0.95, one month", Filter { confidence: Some(0.95), ..days("2015-03-01", "2015-03-31") }),
        ("the first 100 of all", Filter { limit: Some(100), ..facts() }),
    ];
    println!("\n| question | records | ms, median of 9 | ms, slowest |\n|---|---:|---:|---:|");
    for (name, filter) in &questions {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..9 {
            found = 0;
            let start = Instant::now();
            store.records(Kind::Events, filter, View::Now, &mut |record| {
                found += usize::from(!record.to_string().is_empty());
                ControlFlow::Continue(())
            })?;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        println!("| {name} | {found} | {:.1} | {:.1} |", times[4], times[8]);
    }
    let start = Instant::now();
    let series = Series { period: Period::Month, unit: Unit::Dyad, zeros: false };
    let rows = store.series(&series, &Filter { dyads: dyad(true), ..facts() }, View::Now)?.rows.len();
    println!("| series of a dyad by month | {rows} | {:.1} | |", start.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}

/// An id from the middle.
fn store_first(store: &Store) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut id = Vec::new();
    let filter = Filter { from: Some("2015-03-02".into()), limit: Some(1), ..Filter::default() };
    store.records(Kind::Events, &filter, View::Now, &mut |record| {
        id.extend(record["id"].as_str().map(str::to_owned));
        ControlFlow::Break(())
    })?;
    Ok(id)
}
