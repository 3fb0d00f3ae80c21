//! Actor and agent dictionaries as TABARI and PETRARCH read them.
//!
//! `NAME [CODE]` names an actor, `+NAME` gives another spelling, `[CODE 20010120-20090120]` on a line of its own (or `<date`, `>date`) a code
//! for a time, `NAME {PLURAL} [~CODE]` a noun, `!NAME! = A, B` a list to put in elsewhere. `#`, `;` and `<!-- -->` begin comments.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{codes, slug};
use crate::fold::fold;
use crate::table::{Period, Problem, Severity};
use crate::tables::{NameRow, OrganisationRow, Place, SectorRow, Tables, TermRow};

/// A code with the time it holds for.
struct Code {
    text: String,
    period: Period,
    line: usize,
}

/// An entry as far as it has been read.
struct Entry {
    line: usize,
    names: Vec<String>,
    /// What stands in braces: nothing there means that the noun has no plural.
    plural: Option<String>,
    codes: Vec<Code>,
}

struct Reader<'a> {
    file: &'a str,
    index: usize,
    tables: &'a mut Tables,
    states: HashSet<String>,
    /// Kinds of the nouns that the tables know.
    nouns: HashMap<String, String>,
    lists: HashMap<String, Vec<String>>,
    entry: Option<Entry>,
    problems: &'a mut Vec<Problem>,
}

pub(super) fn add(tables: &mut Tables, file: &str, text: &str, problems: &mut Vec<Problem>) {
    let states = tables.states.iter().map(|s| s.id.clone()).collect();
    let nouns = tables.sectors.iter().map(|s| (fold(&s.text), s.kind.clone())).collect();
    let index = tables.file(file);
    let mut reader = Reader { file, index, tables, states, nouns, lists: HashMap::new(), entry: None, problems };
    let mut comment = false;
    for (i, raw) in text.lines().enumerate() {
        let mut line = raw;
        if comment || line.trim_start().starts_with('<') {
            comment = !line.contains("-->");
            line = line.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let line = line.split(['#', ';']).next().unwrap_or("");
        if !line.trim().is_empty() {
            reader.line(i + 1, line);
        }
    }
    reader.finish();
}

impl Reader<'_> {
    fn problem(&mut self, line: usize, problem: String) {
        self.problems.push(Problem { file: self.file.to_owned(), line, problem, severity: Severity::Error });
    }

    fn line(&mut self, number: usize, line: &str) {
        let trimmed = line.trim();
        if let Some((name, list)) = trimmed.split_once('=').filter(|(n, _)| n.trim().starts_with('!') && n.trim().ends_with('!')) {
            self.lists.insert(name.trim().to_owned(), list.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect());
            return;
        }
        if let Some(name) = trimmed.strip_prefix('+') {
            let names = self.names(name.split('[').next().unwrap_or(name));
            match &mut self.entry {
                Some(entry) => entry.names.extend(names),
                None => {
                    self.problem(
                        number,
                        "'+' gives another name for the entry above, but there is none: begin with NAME [CODE]".to_owned(),
                    );
                }
            }
            return;
        }
        let (head, rest) = trimmed.find('[').map_or((trimmed, ""), |at| trimmed.split_at(at));
        if !head.trim().is_empty() {
            self.finish();
            let (name, plural) = match head.split_once('{') {
                Some((name, plural)) => (name, Some(plural.split('}').next().unwrap_or("").trim().to_owned())),
                None => (head, None),
            };
            let names = self.names(name);
            self.entry = Some(Entry { line: number, names, plural, codes: Vec::new() });
        }
        for part in rest.split('[').skip(1) {
            let Some((inside, _)) = part.split_once(']') else {
                self.problem(number, format!("'[{}' is not closed: expected ']' after the code", part.trim()));
                continue;
            };
            match code(inside, number) {
                Ok(code) => match &mut self.entry {
                    Some(entry) => entry.codes.push(code),
                    None => self.problem(number, "a code without a name above it: expected NAME [CODE]".to_owned()),
                },
                Err(problem) => self.problem(number, problem),
            }
        }
    }

    /// A name with the lists in it written out.
    fn names(&self, text: &str) -> Vec<String> {
        let mut names = vec![text.trim().to_owned()];
        for (list, words) in &self.lists {
            if names.iter().any(|n| n.contains(list.as_str())) {
                names = names.iter().flat_map(|n| words.iter().map(move |w| n.replace(list.as_str(), &format!(" {w}")))).collect();
            }
        }
        names.iter().map(|n| title_case(n)).filter(|n| !n.is_empty()).collect()
    }

    /// Takes the entry that has been read to its end.
    fn finish(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        if entry.codes.is_empty() {
            // A wrong code has been reported already.
            if !self.problems.iter().any(|p| p.line >= entry.line) {
                self.problem(entry.line, format!("'{}' has no code: expected NAME [CODE]", entry.names.join(", ")));
            }
            return;
        }
        let dated = entry.codes.iter().any(|c| c.period.from != Date::MIN || c.period.to != Date::MAX);
        for code in &entry.codes {
            // A code of dashes takes a word out of PETRARCH's own lists; there is nothing to add.
            if code.text.contains("---") {
                continue;
            }
            let agent = code.text.contains('~');
            match codes::read(&code.text.replace(['~', ' '], ""), &self.states) {
                Ok((country, sectors)) => self.take(&entry, code, country, &sectors, agent, dated),
                Err(problem) => self.problem(code.line, problem),
            }
        }
    }

    fn take(&mut self, entry: &Entry, code: &Code, country: Option<String>, sectors: &[&str], agent: bool, dated: bool) {
        let place = Place { file: self.index, line: code.line, own: true };
        let Some(name) = entry.names.first() else { return };
        let (aliases, period) = (entry.names[1..].join("|"), code.period);
        if agent {
            let plural = entry.plural.as_deref().filter(|p| !p.is_empty()).map(title_case);
            for text in entry.names.iter().chain(&plural) {
                let known = self.nouns.get(&fold(text)).cloned();
                let kind = known.unwrap_or_else(|| if entry.plural.as_deref() == Some("") { "group" } else { "person" }.to_owned());
                self.tables.sectors.push(SectorRow {
                    place,
                    text: text.to_lowercase(),
                    sectors: sectors.join("|"),
                    kind,
                    number: String::new(),
                });
            }
        } else if dated {
            let id = slug(name);
            self.tables.terms.push(TermRow {
                place,
                id,
                name: name.clone(),
                aliases,
                of: country.unwrap_or_default(),
                title: code.text.clone(),
                sector: sectors.join("|"),
                status: "in-office".to_owned(),
                sure: String::new(),
                note: String::new(),
                from: written(period.from),
                to: written(period.to),
                period,
            });
        } else if let Some(country) = country.as_ref().filter(|_| sectors.is_empty()) {
            for text in &entry.names {
                self.tables.names.push(NameRow {
                    place,
                    id: country.clone(),
                    text: text.clone(),
                    kind: "name".to_owned(),
                    note: "any case".to_owned(),
                    period,
                });
            }
        } else {
            self.tables.organisations.push(OrganisationRow {
                place,
                id: slug(name),
                name: name.clone(),
                aliases,
                kind: "movement".to_owned(),
                sectors: sectors.join("|"),
                country: country.unwrap_or_default(),
                members: String::new(),
                note: "any case".to_owned(),
                from: String::new(),
                to: String::new(),
                period,
            });
        }
    }
}

/// `CODE`, `CODE <date`, `CODE >date`, `CODE date-date`, with dates as YYYYMMDD or YYMMDD.
fn code(inside: &str, line: usize) -> Result<Code, String> {
    let inside = inside.trim();
    let (text, dates) = inside.split_once([' ', '\t']).map_or((inside, ""), |(a, b)| (a, b.trim()));
    let wrong = || format!("'{dates}' is no time: expected <YYYYMMDD, >YYYYMMDD or YYYYMMDD-YYYYMMDD after the code");
    let read = |text: &str| compact_day(text.trim()).ok_or_else(wrong);
    let mut period = Period { from: Date::MIN, to: Date::MAX };
    // "[~ GOV]" has a space that means nothing.
    if dates.is_empty() || dates.bytes().all(|b| b.is_ascii_alphabetic() || b == b'~') {
        return Ok(Code { text: format!("{text}{dates}"), period, line });
    }
    if let Some(end) = dates.strip_prefix('<') {
        period.to = read(end)?;
    } else if let Some(begin) = dates.strip_prefix('>') {
        period.from = read(begin)?;
    } else {
        let (begin, end) = dates.split_once('-').ok_or_else(wrong)?;
        (period.from, period.to) = (read(begin)?, read(end)?);
    }
    if period.from > period.to {
        return Err(format!("'{dates}' ends before it begins: expected the earlier day first"));
    }
    Ok(Code { text: text.to_owned(), period, line })
}

fn compact_day(text: &str) -> Option<Date> {
    let number: i32 = text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))?;
    let year = match text.len() {
        8 => number / 10_000,
        // The dictionaries with two digits are of the twentieth century.
        6 => 1900 + number / 10_000,
        _ => return None,
    };
    Date::new(year as i16, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}

fn written(day: Date) -> String {
    if day == Date::MIN || day == Date::MAX { String::new() } else { day.to_string() }
}

/// `ABDUL_RASHID_DOSTUM` as news writes it; single short words are taken for acronyms.
fn title_case(text: &str) -> String {
    let words: Vec<&str> = text.split(['_', ' ', '\t']).filter(|w| !w.is_empty()).collect();
    if let [one] = words.as_slice()
        && one.len() <= 4
    {
        return (*one).to_owned();
    }
    let word = |w: &&str| {
        let mut out = String::new();
        let mut begin = true;
        for c in w.chars() {
            if begin {
                out.extend(c.to_uppercase());
            } else {
                out.extend(c.to_lowercase());
            }
            begin = !c.is_alphanumeric();
        }
        out
    };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}
