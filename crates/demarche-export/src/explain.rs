//! One record in words: why each field is what it is. Drawn from the record itself and the codebook; nothing is coded again.

use demarche_record::{Actor, Basis, DateInterval, Event, Evidence, Kind, Place, PlacePrecision};

use crate::codebook;

/// The explanation, a heading with its reasons for each field.
pub fn explain(event: &Event) -> String {
    let mut out = Page::default();
    header(&mut out, event);
    kind(&mut out, event);
    for (name, whose, list) in [("actors", "who does it", &event.actors), ("recipients", "to whom", &event.recipients)] {
        out.heading(name, whose);
        if list.is_empty() {
            out.say("Nobody: the text does not say, or nobody was found in this part.");
        }
        list.iter().for_each(|actor| party(&mut out, actor, event));
        out.evidence(event, name);
    }
    status(&mut out, event);
    attribution(&mut out, event);
    date(&mut out, &event.date);
    out.evidence(event, "date");
    place(&mut out, event.place.as_ref());
    out.evidence(event, "place");
    if !event.magnitude.is_empty() {
        out.heading("magnitude", "how many");
        for m in &event.magnitude {
            let about = m.qualifier.as_ref().map_or(String::new(), |q| format!("{q} "));
            out.say(&format!("{} {about}{}, from the words \"{}\".", m.what, m.value, m.text));
        }
    }
    codes(&mut out, event);
    confidence(&mut out, event);
    out.heading("engine", "what made the record");
    out.say(&format!("demarche {}, ontology {}.", event.engine.version, event.engine.ontology));
    out.say(&format!("Model {}; knowledge tables {}.", short(&event.engine.model), short(&event.engine.knowledge)));
    out.text
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn heading(&mut self, name: &str, question: &str) {
        self.text += &format!("\n{name} ({question})\n");
    }

    fn say(&mut self, line: &str) {
        self.text += &format!("  {line}\n");
    }

    /// What the record notes as evidence for a field.
    fn evidence(&mut self, event: &Event, field: &str) {
        for e in event.evidence.iter().filter(|e| e.field == field && !e.detail.starts_with("runner-up")) {
            let line = reason(e);
            self.say(&line);
        }
    }
}

fn reason(e: &Evidence) -> String {
    let by = match e.by.as_str() {
        "model" => "The model",
        "rule" => "A rule",
        "knowledge" => "The tables",
        other => other,
    };
    let score = e.score.map_or(String::new(), |s| format!(", probability {s}"));
    format!("{by}: {}{score}.", e.detail)
}

fn header(out: &mut Page, event: &Event) {
    let parties = |list: &[Actor]| list.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let to = if event.recipients.is_empty() { String::new() } else { format!(" → {}", parties(&event.recipients)) };
    out.text += &format!("{}: {}{} {}{to}\n", event.id, event.event.name(), modes(event), parties(&event.actors));
    let title = event.article.title.as_ref().map_or(String::new(), |t| format!(" \"{t}\""));
    let published = event.article.published.as_ref().map_or(", day of publication not known".to_owned(), |d| format!(", published {d}"));
    out.say(&format!("Article {}{title}{published}.", event.article.id));
    out.say(&format!("Sentence {}: {}", event.sentence.index + 1, event.sentence.text.split_whitespace().collect::<Vec<_>>().join(" ")));
    out.say(&format!("It rests on the words \"{}\" (characters {} to {}).", event.trigger.text, event.trigger.start, event.trigger.end));
    if let Some(first) = &event.same_as {
        out.say(&format!("It is another mention of the event in {first}."));
        out.evidence(event, "same_as");
    }
}

fn modes(event: &Event) -> String {
    event.modes.iter().map(|m| format!("/{m}")).collect()
}

fn kind(out: &mut Page, event: &Event) {
    let name = event.event.name();
    out.heading("event", "what kind of act");
    if let Some(definition) = codebook::event_type(name) {
        out.say(&format!("{name} in the codebook: {definition}"));
    }
    let quad = ["", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
    out.say(&format!("Quad {}: {}.", event.quad, quad.get(usize::from(event.quad)).unwrap_or(&"")));
    out.evidence(event, "event");
    let runner_up = event.evidence.iter().find(|e| e.field == "event" && e.detail.starts_with("runner-up"));
    match runner_up {
        Some(e) => {
            let other = e.detail.trim_start_matches("runner-up").trim();
            let score = e.score.map_or(String::new(), |s| format!(", probability {s}"));
            let definition = codebook::event_type(other).map_or(String::new(), |d| format!(" ({d})"));
            out.say(&format!("The next likeliest type was {other}{score}{definition}"));
        }
        None => out.say("No other type was likely (none had a probability of 0.02)."),
    }
    out.heading("modes", "how, or about what");
    if event.modes.is_empty() {
        out.say("None was likely enough (0.5), or the type has none.");
    }
    for mode in &event.modes {
        out.say(&format!("{mode}: {}.", codebook::mode(name, mode).unwrap_or("not in this program's codebook")));
    }
    out.evidence(event, "modes");
    if !event.contexts.is_empty() {
        let names: Vec<&str> = event.contexts.iter().map(|c| c.name()).collect();
        out.heading("contexts", "in what field");
        out.say(&format!("{}: each found likely by the model, over the sentence.", names.join(", ")));
    }
}

fn party(out: &mut Page, actor: &Actor, event: &Event) {
    let sectors: Vec<String> =
        actor.sectors.iter().map(|s| codebook::sector(s).map_or(s.clone(), |words| format!("{s} {words}"))).collect();
    let country = actor.country.as_deref().unwrap_or("no country");
    let sectors = if sectors.is_empty() { String::new() } else { format!(", {}", sectors.join("; ")) };
    out.say(&format!("{} — {country}{sectors} — from the words \"{}\".", actor.name, actor.text));
    let how = match actor.resolution.by.as_str() {
        "gazetteer" => "a name in the tables".to_owned(),
        "demonym" => "an adjective or people of a state in the tables".to_owned(),
        "capital" => "a capital that stands for its government".to_owned(),
        "metonym" => "a palace or seat that stands for its government".to_owned(),
        "office" => "an office whose holder on that day is in the tables".to_owned(),
        "description" => "a description: the noun says what sort of actor it is".to_owned(),
        "office-holders" => "an office, resolved by who held it".to_owned(),
        "coreference" => "words that refer back".to_owned(),
        "unresolved" => "unresolved: nothing in text or tables says who is meant".to_owned(),
        other => other.to_owned(),
    };
    let antecedent =
        actor.resolution.antecedent.as_ref().map_or(String::new(), |w| format!(" to \"{}\" (characters {} to {})", w.text, w.start, w.end));
    let score = if actor.resolution.score > 0.0 { format!(", score {}", actor.resolution.score) } else { String::new() };
    out.say(&format!("  How: {how}{antecedent}{score}."));
    if let Some(id) = &actor.id {
        let table = match actor.kind {
            Kind::State => "states.tsv",
            Kind::Person => "persons/",
            Kind::Organisation => "organisations.tsv",
            Kind::Group | Kind::Unknown => "sectors.tsv",
        };
        out.say(&format!("  Row {id} of knowledge/{table}."));
    }
    if let Some(office) = &actor.office {
        let day = event.date.from.as_deref().map_or("the day of publication, as the event has no date", |d| d);
        let term = format!("{} to {}", office.from.as_deref().unwrap_or("?"), office.to.as_deref().unwrap_or("now or not known"));
        out.say(&format!("  Office: {} of {}, {term}; looked up for {day}.", office.title, office.of));
    } else if actor.kind == Kind::Person {
        out.say("  Office: none is known for that day.");
    }
}

fn status(out: &mut Page, event: &Event) {
    let name = event.status.name();
    out.heading("status", "did it happen");
    out.say(&format!("{name}: {}.", codebook::status(name).unwrap_or("not in this program's codebook")));
    if event.status_cues.is_empty() {
        out.say("No single words were found that show it; the sentence as a whole does.");
    } else {
        let cues: Vec<String> = event.status_cues.iter().map(|c| format!("\"{}\"", c.text)).collect();
        out.say(&format!("Words that show it: {}.", cues.join(", ")));
    }
    out.evidence(event, "status");
}

fn attribution(out: &mut Page, event: &Event) {
    out.heading("attribution", "who says so");
    if event.attribution.is_empty() {
        out.say("The article itself, or the actor, whose act of speech it is.");
    }
    for (depth, link) in event.attribution.iter().enumerate() {
        let quoted = if link.verbatim { "in quotation marks" } else { "reported, not quoted" };
        out.say(&format!("{}. {}, by the word \"{}\", {quoted}.", depth + 1, link.speaker.name, link.cue.text));
        party(out, &link.speaker, event);
    }
    out.evidence(event, "attribution");
}

fn date(out: &mut Page, date: &DateInterval) {
    out.heading("date", "when");
    let words = date.text.as_ref().map_or(String::new(), |t| format!(" \"{t}\""));
    let basis = match date.basis {
        Basis::Text => "the time expression",
        Basis::Dateline => "the article's dateline",
        Basis::Publication => "the day of publication, which the text names",
        Basis::OfficeHolders => "the terms of the office-holders that the text names",
        Basis::None => "",
    };
    match (&date.from, &date.to, &date.partial) {
        (Some(from), to, _) => {
            let to = to.as_ref().filter(|t| *t != from).map_or(String::new(), |t| format!(" to {t}"));
            let precision = date.precision.map_or(String::new(), |p| format!(", to the {}", format!("{p:?}").to_lowercase()));
            out.say(&format!("{from}{to}{precision}, from {basis}{words}."));
        }
        (None, _, Some(partial)) => out.say(&format!("{partial}: {basis}{words} has no year, and nothing gives one.")),
        (None, ..) if date.basis != Basis::None => out.say(&format!("Not known: {basis}{words} could not be placed in the calendar.")),
        (None, ..) => out.say("Not known: no time expression belongs to this event. The day of publication is never put in its place."),
    }
}

fn place(out: &mut Page, place: Option<&Place>) {
    out.heading("place", "where");
    let Some(place) = place else {
        out.say("Not known: the text names no place of this event, or none was found. A dateline is never put in its place.");
        return;
    };
    let precision = match place.precision {
        PlacePrecision::Point => "a point",
        PlacePrecision::City => "a city or village",
        PlacePrecision::Admin1 => "a first-level unit of a country",
        PlacePrecision::Region => "a region",
        PlacePrecision::Country => "a country",
    };
    let country = place.country.as_deref().unwrap_or("country not known");
    let unit = place.admin1.as_ref().map_or(String::new(), |a| format!(", {a}"));
    out.say(&format!("{} ({country}{unit}), {precision}, from the words \"{}\".", place.name, place.text));
    if let Some(id) = place.geonames {
        out.say(&format!("GeoNames {id}."));
    }
}

fn codes(out: &mut Page, event: &Event) {
    out.heading("scores and CAMEO", "derived");
    let from = if event.modes.is_empty() { "its type" } else { "its type and modes (the one farthest from zero)" };
    out.say(&format!("PLOVER score {}: that of {from}.", event.score));
    match &event.cameo {
        Some(c) => out.say(&format!("CAMEO {} \"{}\", root {}; Goldstein {}, that of the code.", c.code, c.name, c.root, c.goldstein)),
        None => out.say("No CAMEO code fits."),
    }
    out.evidence(event, "cameo");
}

fn confidence(out: &mut Page, event: &Event) {
    out.heading("confidence", "how likely event and parties are right");
    out.say(&format!("{}.", event.confidence));
    let raw = event.evidence.iter().find(|e| e.field == "confidence");
    if let Some(raw) = raw {
        out.say(&format!("Made of {}: {}.", raw.detail, raw.score.unwrap_or(0.0)));
    }
}

/// The first digits of a digest.
fn short(digest: &str) -> String {
    let head: String = digest.chars().take(19).collect();
    if head.len() < digest.len() { format!("{head}…") } else { head }
}
