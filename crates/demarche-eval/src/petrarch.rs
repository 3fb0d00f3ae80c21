//! PETRARCH's validation records: stylised sentences with the codes its own dictionaries give.
//!
//! Their event codes are WEIS codes of a validation dictionary (some made up for a test of patterns), and most of their states are invented. So only
//! this is compared: whether an event of the right kind is found, and source and target where they are states that the tables know and the sentence
//! names.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::coded::{Coded, Party, shown};
use crate::report::{f1_row, one_line, share_row};
use crate::{Problem, Report, weis};

/// What a sentence should give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coding {
    /// Actor code of the source.
    pub source: String,
    /// Actor code of the target.
    pub target: String,
    /// Event code.
    pub code: String,
}

/// One validation record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Id, with a number where the file repeats it.
    pub id: String,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Category of the test.
    pub category: String,
    /// The text.
    pub text: String,
    /// What is expected; empty where nothing or an error of that program is.
    pub codings: Vec<Coding>,
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|a| a.key.as_ref() == name.as_bytes());
    found.map(|a| String::from_utf8_lossy(&a.value).trim().to_owned()).unwrap_or_default()
}

/// Reads the file's `<Sentence>` elements.
pub fn gold(text: &str) -> (Vec<Sentence>, Vec<Problem>) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = false;
    let (mut sentences, mut problems): (Vec<Sentence>, Vec<Problem>) = (Vec::new(), Vec::new());
    let mut seen: Vec<String> = Vec::new();
    let mut current: Option<Sentence> = None;
    let mut in_text = false;
    loop {
        let event = reader.read_event();
        let line = || text.get(..reader.buffer_position() as usize).unwrap_or(text).lines().count().max(1);
        match event {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.name().as_ref() {
                b"Sentence" => {
                    let mut id = attribute(&tag, "id");
                    seen.push(id.clone());
                    let times = seen.iter().filter(|s| **s == id).count();
                    if times > 1 {
                        id = format!("{id}#{times}");
                    }
                    let date: Vec<char> = attribute(&tag, "date").chars().filter(char::is_ascii_digit).collect();
                    let part = |from: usize, to: usize| date[from..to].iter().collect::<String>();
                    let published = (date.len() == 8).then(|| format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)));
                    current = Some(Sentence { id, published, category: attribute(&tag, "category"), ..Sentence::default() });
                }
                b"EventCoding" => {
                    if let Some(sentence) = &mut current {
                        let coding = Coding {
                            source: attribute(&tag, "sourcecode"),
                            target: attribute(&tag, "targetcode"),
                            code: attribute(&tag, "eventcode"),
                        };
                        if !coding.code.is_empty() {
                            sentence.codings.push(coding);
                        }
                    }
                }
                b"Text" => in_text = true,
                _ => {}
            },
            Ok(Event::Text(words)) if in_text => {
                if let Some(sentence) = &mut current {
                    sentence.text += &String::from_utf8_lossy(&words);
                }
            }
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                b"Text" => in_text = false,
                b"Sentence" => {
                    if let Some(mut sentence) = current.take() {
                        sentence.text = one_line(&sentence.text);
                        sentences.push(sentence);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                problems.push(Problem {
                    line: line(),
                    message: format!("{error}; expected PETRARCH's XML of <Sentence> elements, read up to here"),
                });
                break;
            }
        }
    }
    if sentences.is_empty() && problems.is_empty() {
        problems.push(Problem { line: 1, message: "no <Sentence> element; expected PETRARCH's XML of validation records".to_owned() });
    }
    (sentences, problems)
}

/// Scores the records of each sentence, in the order of `sentences`. `names_state(code, text)` says whether the tables know the code as a state that the text
/// names.
pub fn score(sentences: &[Sentence], records: &[Vec<Coded>], names_state: impl Fn(&str, &str) -> bool) -> Report {
    let (mut kinds, mut sources, mut targets) = (Vec::new(), Vec::new(), Vec::new());
    let (mut missed, mut extra, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let (mut left_out, mut codings) = (0, 0);
    for (sentence, records) in sentences.iter().zip(records) {
        codings += sentence.codings.len();
        // One act between many is expected once: codes, not pairs, are looked for.
        let codes: BTreeSet<&str> = sentence.codings.iter().map(|c| c.code.as_str()).filter(|c| !weis::types(c).is_empty()).collect();
        left_out += sentence.codings.iter().filter(|c| weis::types(&c.code).is_empty()).count();
        if codes.is_empty() {
            continue;
        }
        let is = |record: &Coded, code: &str| weis::types(code).iter().any(|t| t.name() == record.event);
        let mut used = vec![false; records.len()];
        let mut hits = 0.0;
        for code in &codes {
            let Some(j) = (0..records.len()).find(|&j| !used[j] && is(&records[j], code)) else {
                missed.push(format!("{} {code} | {}", sentence.id, sentence.text));
                continue;
            };
            used[j] = true;
            hits += 1.0;
            let own: Vec<&Coding> = sentence.codings.iter().filter(|c| c.code == **code).collect();
            let state = |code: &str| code.get(..3).filter(|c| names_state(c, &sentence.text)).map(str::to_owned);
            let record = &records[j];
            let countries = |parties: &[Party]| parties.iter().filter_map(|p| p.country.clone()).collect::<Vec<_>>();
            for (is_source, list) in [(true, &mut sources), (false, &mut targets)] {
                let codes: BTreeSet<String> = own.iter().filter_map(|c| state(if is_source { &c.source } else { &c.target })).collect();
                // Who meets is actor on both sides.
                let mut given = countries(if is_source { &record.actors } else { &record.recipients });
                if record.recipients.is_empty() && !is_source {
                    given = countries(&record.actors);
                }
                for code in codes {
                    let right = given.contains(&code);
                    list.push([f64::from(u8::from(right)), 1.0]);
                    if !right {
                        let what = if is_source { "source" } else { "target" };
                        let given = format!("{} > {}", shown(&record.actors), shown(&record.recipients));
                        wrong.push(format!("{} {what} {code}, given {given} | {}", sentence.id, sentence.text));
                    }
                }
            }
        }
        for (record, _) in records.iter().zip(&used).filter(|(_, used)| !**used) {
            extra.push(format!("{} \"{}\" {} | {}", sentence.id, record.trigger.text, record.event, sentence.text));
        }
        kinds.push([hits, records.len() as f64, codes.len() as f64]);
    }
    Report {
        notes: vec![
            format!("{} sentences with {codings} expected codings. 95% intervals over sentences.", sentences.len()),
            format!(
                "Not comparable and left out: {left_out} codings whose code has no PLOVER type (comments) or is none of WEIS; sentences for which an error or no event is \
                 expected (that hangs on the test dictionary); source and target unless they are states of our tables that the sentence names: most \
                 are invented."
            ),
            "kind: the code's WEIS category is one that the record's PLOVER type can be. Precision is low by design: that dictionary leaves out most acts.".to_owned(),
        ],
        rows: vec![
            f1_row("kind", &kinds),
            share_row("source", "real states in found codings", &sources),
            share_row("target", "real states in found codings", &targets),
        ],
        confusions: Vec::new(),
        lists: vec![("missed".to_owned(), missed), ("extra".to_owned(), extra), ("wrong party".to_owned(), wrong)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"<?xml version="1.0"?><V><!-- a -- b --><Sentences>
<Sentence date="19950106" id="X-1" category="DEMO" sentence="true"><!-- c -->
<EventCoding sourcecode="PERGOV" targetcode="CHL" eventcode="122"></EventCoding>
<EventCoding sourcecode="QQQ" targetcode="CHL" eventcode="023"/>
<Text>
Peru condemned
Chile.
</Text><Parse>(S)</Parse></Sentence>
<Sentence date="19950106" id="X-1" category="DEMO"><EventCoding noevents="True"></EventCoding><Text>Nothing.</Text></Sentence>
</Sentences></V>"#;

    fn record(event: &str, actor: &str, recipient: &str) -> Coded {
        let line = format!(
            r#"{{"article":{{"id":"x"}},"sentence":{{"text":""}},"trigger":{{"text":"t"}},"event":"{event}","actors":[{{"country":"{actor}"}}],"recipients":[{{"country":"{recipient}"}}],"status":"actual"}}"#
        );
        crate::coded(&line).0.remove(0)
    }

    #[test]
    fn the_file_is_read() {
        let (sentences, problems) = gold(FILE);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(sentences.len(), 2);
        assert_eq!((sentences[0].text.as_str(), sentences[0].published.as_deref()), ("Peru condemned Chile.", Some("1995-01-06")));
        assert_eq!(sentences[0].codings.len(), 2);
        assert_eq!(sentences[1].id, "X-1#2");
        assert!(gold("<Sentence><Text>").1[0].message.contains("expected PETRARCH's XML"));
        assert_eq!(gold("nothing").1.len(), 1);
    }

    #[test]
    fn kinds_and_real_states_are_compared() {
        let (sentences, _) = gold(FILE);
        let known = |code: &str, text: &str| code == "PER" && text.contains("Peru") || code == "CHL" && text.contains("Chile");
        let right = score(&sentences, &[vec![record("ACCUSE", "PER", "CHL")], vec![]], known);
        assert_eq!((right.value("kind", "F1"), right.value("source", ""), right.value("target", "")), (Some(1.0), Some(1.0), Some(1.0)));
        let swapped = score(&sentences, &[vec![record("ACCUSE", "CHL", "PER")], vec![]], known);
        assert_eq!((swapped.value("kind", "R"), swapped.value("source", "")), (Some(1.0), Some(0.0)));
        let other = score(&sentences, &[vec![record("AID", "PER", "CHL")], vec![]], known);
        assert_eq!((other.value("kind", "R"), other.lists[0].1.len(), other.lists[1].1.len()), (Some(0.0), 1, 1));
    }
}
