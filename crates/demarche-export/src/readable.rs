//! The readable view: the article sentence by sentence, marks under its words, and a line per record.

use std::fmt::Write;

use anstyle::{AnsiColor, Style as Ansi};
use demarche_record::{Actor, Article, Basis, DateInterval, Event, Span, Status};
use unicode_width::UnicodeWidthChar;

/// How the view is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to use colours.
    pub colour: bool,
}

/// What a word is marked as; later ones win where roles meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    None,
    Speaker,
    Recipient,
    Actor,
    Trigger,
}

impl Mark {
    fn sign(self) -> char {
        match self {
            Self::None => ' ',
            Self::Speaker => '·',
            Self::Recipient => '~',
            Self::Actor => '-',
            Self::Trigger => '^',
        }
    }

    fn ansi(self) -> Ansi {
        match self {
            Self::None => Ansi::new(),
            Self::Speaker => Ansi::new().fg_color(Some(AnsiColor::Magenta.into())),
            Self::Recipient => Ansi::new().fg_color(Some(AnsiColor::Cyan.into())),
            Self::Actor => Ansi::new().fg_color(Some(AnsiColor::Green.into())),
            Self::Trigger => Ansi::new().fg_color(Some(AnsiColor::Yellow.into())).bold(),
        }
    }
}

/// The article with its records. `sentences` are the sentences' spans in the article's text; records lie in the order of their triggers.
pub fn readable(article: &Article, sentences: &[Span], events: &[Event], style: Style) -> String {
    let text: Vec<char> = article.text.chars().collect();
    let mut out = String::new();
    let title = article.title.as_deref().unwrap_or(&article.id);
    let paint = |s: &str, ansi: Ansi| if style.colour { format!("{ansi}{s}{ansi:#}") } else { s.to_owned() };
    let _ = writeln!(out, "{}", paint(title, Ansi::new().bold()));
    let facts: Vec<&str> =
        [article.source.as_deref(), article.published.as_deref(), article.url.as_deref()].into_iter().flatten().collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "{}", paint(&facts.join(" · "), Ansi::new().dimmed()));
    }
    for (index, span) in sentences.iter().enumerate() {
        let here: Vec<&Event> = events.iter().filter(|e| e.sentence.index == index).collect();
        let marks = marks(*span, &here);
        out.push('\n');
        for (a, b) in lines(&text, *span, style.width.saturating_sub(5).max(20)) {
            let _ = write!(
                out,
                "{}",
                paint(&if a == span.start { format!("{:>3}  ", index + 1) } else { "     ".to_owned() }, Ansi::new().dimmed())
            );
            line(&mut out, &text, (a, b), span.start, &marks, style);
        }
        for event in here {
            let _ = writeln!(out, "     {}", painted_summary(event, events, style));
        }
    }
    out
}

fn marks(span: Span, events: &[&Event]) -> Vec<Mark> {
    let mut marks = vec![Mark::None; span.end - span.start];
    let mut mark = |start: usize, end: usize, with: Mark| {
        if span.start <= start && end <= span.end {
            for m in &mut marks[start - span.start..end - span.start] {
                *m = (*m).max(with);
            }
        }
    };
    for e in events {
        e.attribution.iter().for_each(|l| mark(l.speaker.start, l.speaker.end, Mark::Speaker));
        e.recipients.iter().for_each(|a| mark(a.start, a.end, Mark::Recipient));
        e.actors.iter().for_each(|a| mark(a.start, a.end, Mark::Actor));
        mark(e.trigger.start, e.trigger.end, Mark::Trigger);
    }
    marks
}

/// Breaks a sentence into lines of at most `width` columns, at spaces.
fn lines(text: &[char], span: Span, width: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = span.start;
    while start < span.end {
        let (mut end, mut columns, mut space) = (start, 0, None);
        while end < span.end && columns + text[end].width().unwrap_or(0) <= width {
            if text[end].is_whitespace() {
                space = Some(end);
            }
            columns += text[end].width().unwrap_or(0);
            end += 1;
        }
        if end < span.end {
            end = space.filter(|s| *s > start).unwrap_or(end.max(start + 1));
        }
        out.push((start, end));
        start = end;
        while start < span.end && text[start].is_whitespace() {
            start += 1;
        }
    }
    out
}

fn line(out: &mut String, text: &[char], (a, b): (usize, usize), offset: usize, marks: &[Mark], style: Style) {
    let visible = |c: char| if c.is_whitespace() || c.is_control() { ' ' } else { c };
    if style.colour {
        let mut at = a;
        while at < b {
            let mark = marks[at - offset];
            let end = (at..b).find(|&i| marks[i - offset] != mark).unwrap_or(b);
            let words: String = text[at..end].iter().map(|c| visible(*c)).collect();
            let ansi = mark.ansi();
            let _ = write!(out, "{ansi}{words}{ansi:#}");
            at = end;
        }
        out.push('\n');
        return;
    }
    let words: String = text[a..b].iter().map(|c| visible(*c)).collect();
    let _ = writeln!(out, "{words}");
    let signs: String = (a..b).flat_map(|i| std::iter::repeat_n(marks[i - offset].sign(), text[i].width().unwrap_or(0))).collect();
    if !signs.trim().is_empty() {
        let _ = writeln!(out, "     {}", signs.trim_end());
    }
}

/// One record in one line: sign, type, modes, who → whom, status, date, place, who says so.
pub fn summary(event: &Event) -> String {
    parts(event, None).into_iter().map(|(s, _)| s).collect()
}

fn painted_summary(event: &Event, all: &[Event], style: Style) -> String {
    let parts = parts(event, Some(all));
    parts.into_iter().map(|(s, ansi)| if style.colour { format!("{ansi}{s}{ansi:#}") } else { s }).collect()
}

fn parts(event: &Event, all: Option<&[Event]>) -> Vec<(String, Ansi)> {
    let plain = Ansi::new();
    let colour = |c: AnsiColor| Ansi::new().fg_color(Some(c.into()));
    let (sign, tone) = if event.quad <= 2 { ("✓", AnsiColor::Green) } else { ("✗", AnsiColor::Red) };
    let mut out = vec![(format!("{sign} {}", event.event.name()), colour(tone).bold())];
    if !event.modes.is_empty() {
        out.push((format!(" {}", event.modes.join("+")), colour(tone)));
    }
    let who = |actors: &[Actor]| if actors.is_empty() { "–".to_owned() } else { actors.iter().map(party).collect::<Vec<_>>().join(", ") };
    out.push((format!(" · {}", who(&event.actors)), plain));
    if !event.recipients.is_empty() {
        out.push((format!(" → {}", who(&event.recipients)), plain));
    }
    if event.status != Status::Actual {
        let cues: Vec<&str> = event.status_cues.iter().map(|c| c.text.as_str()).collect();
        let cues = if cues.is_empty() { String::new() } else { format!(" (\"{}\")", cues.join("\", \"")) };
        out.push((format!(" · {}{cues}", event.status.name()), colour(AnsiColor::Yellow)));
    }
    for m in &event.magnitude {
        out.push((format!(" · {}: {}{}", m.what, m.qualifier.as_ref().map(|q| format!("{q} ")).unwrap_or_default(), m.value), plain));
    }
    out.push((format!(" · {}", when(&event.date)), Ansi::new().dimmed()));
    if let Some(place) = &event.place {
        let country = place.country.as_ref().filter(|c| **c != place.name).map(|c| format!(" ({c})")).unwrap_or_default();
        out.push((format!(" · in {}{country}", place.name), Ansi::new().dimmed()));
    }
    if !event.attribution.is_empty() {
        let chain: Vec<String> = event.attribution.iter().map(|l| party(&l.speaker)).collect();
        out.push((format!(" · says {}", chain.join(", who cites ")), colour(AnsiColor::Magenta)));
    }
    if let Some(first) = event.same_as.as_ref().and_then(|id| all?.iter().find(|e| e.id == *id)) {
        out.push((format!(" · same as \"{}\" in sentence {}", first.trigger.text, first.sentence.index + 1), Ansi::new().dimmed()));
    }
    out
}

fn party(actor: &Actor) -> String {
    let codes: Vec<&str> = actor.country.iter().map(String::as_str).chain(actor.sectors.first().map(String::as_str)).collect();
    let name = if actor.kind == demarche_record::Kind::State { &actor.text } else { &actor.name };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if codes.is_empty() { format!("{name} (unresolved)") } else { format!("{name} ({})", codes.join(" ")) }
}

fn when(date: &DateInterval) -> String {
    match (&date.from, &date.to, &date.partial, date.basis) {
        (Some(from), Some(to), _, _) if from == to => from.clone(),
        (Some(from), Some(to), _, _) => format!("{from} to {to}"),
        (_, _, Some(partial), _) => format!("{partial} (no year)"),
        (_, _, _, Basis::None) => "no date".to_owned(),
        _ => format!("no date (\"{}\")", date.text.as_deref().unwrap_or("")),
    }
}
