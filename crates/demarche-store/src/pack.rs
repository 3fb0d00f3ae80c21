//! A record's JSON as the store keeps it: without what other columns hold, without the words of the article, compressed.
//!
//! Words are cut from the article's text again when the record is read, so that a text that may not be kept takes its words with it. What comes
//! back is the JSON that went in, to the byte.

use demarche_record::{ArticleRef, EngineInfo};
use serde_json::Value;

use crate::ErrorKind;

/// Typical records: what they share costs nothing. Every store keeps the one it was made with, so this one may change.
pub(crate) const DICTIONARY: &[u8] = include_bytes!("../data/dictionary.txt");

/// Bytes of one record, at most; a damaged length must not exhaust memory.
const MOST: u32 = 64 << 20;

/// Packed as it is: taking it apart would have lost something.
const WHOLE: u8 = 0;
/// Packed without the words of the text.
const CUT: u8 = 1;
/// Packed without the words of the text, which is not kept.
const BARE: u8 = 2;

/// A text that can be cut by code points.
pub(crate) struct Text<'a> {
    text: &'a str,
    /// Byte offset of each code point and of the end; empty where bytes are code points.
    offsets: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let offsets = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() };
        Self { text, offsets }
    }

    pub(crate) fn cut(&self, start: usize, end: usize) -> Option<&'a str> {
        if self.offsets.is_empty() { self.text.get(start..end) } else { self.text.get(*self.offsets.get(start)?..*self.offsets.get(end)?) }
    }
}

/// What stands in columns of its own beside a record.
pub(crate) struct Beside<'a> {
    pub(crate) id: &'a str,
    pub(crate) article: &'a ArticleRef,
    pub(crate) engine: &'a EngineInfo,
}

/// Packs a record. `keep` says whether the article's text is kept beside it.
pub(crate) fn pack(json: &str, beside: &Beside<'_>, text: &Text<'_>, keep: bool, dictionary: &[u8]) -> Result<Vec<u8>, ErrorKind> {
    let whole: Value = serde_json::from_str(json).map_err(|e| ErrorKind::broken(beside.id, &e))?;
    let mut value = whole.clone();
    walk(&mut value, &mut |start, end, words| {
        if text.cut(start, end) == Some(words.as_str()) || !keep {
            words.clear();
        }
    });
    if !keep {
        bare(&mut value);
    }
    for field in ["id", "article", "engine"] {
        value[field] = Value::Null;
    }
    let packed = compress(if keep { CUT } else { BARE }, &value, dictionary);
    if keep && complete(value, CUT, beside, Some(text))? != whole {
        return Ok(compress(WHOLE, &whole, dictionary));
    }
    Ok(packed)
}

/// The record again, as one line of JSON.
pub(crate) fn unpack(packed: &[u8], beside: &Beside<'_>, text: Option<&Text<'_>>, dictionary: &[u8]) -> Result<Value, ErrorKind> {
    let broken = |detail: &dyn std::fmt::Display| ErrorKind::broken(beside.id, &detail);
    let (kind, rest) = packed.split_first().ok_or_else(|| broken(&"it is empty"))?;
    if rest.first_chunk::<4>().is_none_or(|bytes| u32::from_le_bytes(*bytes) > MOST) {
        return Err(broken(&"its length is wrong"));
    }
    let json = lz4_flex::block::decompress_size_prepended_with_dict(rest, dictionary).map_err(|e| broken(&e))?;
    complete(serde_json::from_slice(&json).map_err(|e| broken(&e))?, *kind, beside, text)
}

/// Puts back what was taken out.
fn complete(mut value: Value, kind: u8, beside: &Beside<'_>, text: Option<&Text<'_>>) -> Result<Value, ErrorKind> {
    if kind == WHOLE {
        return Ok(value);
    }
    let part = |part: serde_json::Result<Value>| part.map_err(|e| ErrorKind::broken(beside.id, &e));
    let Some(fields) = value.as_object_mut() else { return Err(ErrorKind::broken(beside.id, &"it is no object")) };
    fields.insert("id".to_owned(), Value::String(beside.id.to_owned()));
    fields.insert("article".to_owned(), part(serde_json::to_value(beside.article))?);
    fields.insert("engine".to_owned(), part(serde_json::to_value(beside.engine))?);
    if let (CUT, Some(text)) = (kind, text) {
        walk(&mut value, &mut |start, end, words| {
            if words.is_empty()
                && let Some(cut) = text.cut(start, end)
            {
                words.push_str(cut);
            }
        });
    }
    Ok(value)
}

fn compress(kind: u8, value: &Value, dictionary: &[u8]) -> Vec<u8> {
    let mut out = vec![kind];
    out.extend(lz4_flex::block::compress_prepend_size_with_dict(value.to_string().as_bytes(), dictionary));
    out
}

/// Gives every `text` that has a `start` and an `end` beside it to `change`.
fn walk(value: &mut Value, change: &mut dyn FnMut(usize, usize, &mut String)) {
    match value {
        Value::Object(fields) => {
            let number = |name: &str| fields.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
            if let (Some(start), Some(end)) = (number("start"), number("end"))
                && let Some(Value::String(words)) = fields.get_mut("text")
            {
                change(start, end, words);
            }
            fields.values_mut().for_each(|v| walk(v, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|v| walk(v, change)),
        _ => {}
    }
}

/// Takes out the article's words that stand without offsets. Names of parties, places and issues are findings and stay.
fn bare(record: &mut Value) {
    if let Some(date) = record.get_mut("date").filter(|d| d.is_object()) {
        date["text"] = Value::Null;
    }
    if let Some(place) = record.get_mut("place").filter(|p| p.is_object()) {
        place["text"] = Value::String(String::new());
    }
    for (list, field) in [("magnitude", "text"), ("evidence", "detail")] {
        for item in record.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let shown = if list == "evidence" { item[field].as_str().map(without_words).unwrap_or_default() } else { String::new() };
            item[field] = Value::String(shown);
        }
    }
}

/// A reason up to the first words it quotes.
fn without_words(detail: &str) -> String {
    let end = [detail.find('"'), detail.find(", with the words")].into_iter().flatten().min().unwrap_or(detail.len());
    detail[..end].trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Señor Núñez met envoys on Tuesday.";

    fn engine() -> EngineInfo {
        EngineInfo { version: "1".into(), model: "m".into(), ontology: "o".into(), knowledge: "k".into() }
    }

    fn round(fields: &str, keep: bool) -> (String, String, Vec<u8>) {
        let article = ArticleRef { id: "a".into(), language: "en".into(), ..ArticleRef::default() };
        let head = format!("{{\"id\":\"ev_1\",\"article\":{}", serde_json::to_string(&article).unwrap());
        let json = format!("{head},{fields},\"engine\":{}}}", serde_json::to_string(&engine()).unwrap());
        let text = Text::new(TEXT);
        let beside = Beside { id: "ev_1", article: &article, engine: &engine() };
        let packed = pack(&json, &beside, &text, keep, DICTIONARY).unwrap();
        let back = unpack(&packed, &beside, keep.then_some(&text), DICTIONARY).unwrap();
        (json, back.to_string(), packed)
    }

    fn check(fields: &str) {
        let (json, back, _) = round(fields, true);
        assert_eq!(back, json);
    }

    #[test]
    fn what_goes_in_comes_out() {
        check(r#""trigger":{"text":"met","start":12,"end":15},"score":-7.5,"confidence":1.0"#);
        check(r#""actors":[{"name":"x","text":"Señor Núñez","start":0,"end":11,"sectors":[]}]"#);
        // Words that are not the text's own, or none where there should be some.
        check(r#""trigger":{"text":"other","start":12,"end":15}"#);
        check(r#""trigger":{"text":"","start":12,"end":15}"#);
        check(r#""trigger":{"text":"met","start":900,"end":1000}"#);
        check(r#""trigger":{"text":"","start":0,"end":0}"#);
    }

    #[test]
    fn a_text_that_is_not_kept_takes_its_words_along() {
        let fields = r#""trigger":{"text":"met","start":12,"end":15},"date":{"from":null,"text":"on Tuesday"},"place":{"name":"Lima","text":"Limas"},
            "magnitude":[{"value":2.0,"text":"two envoys"}],"evidence":[{"detail":"event head on \"met\""},{"detail":"type and modes, with the words met"}]"#;
        let (_, back, packed) = round(fields, false);
        for words in ["met", "Tuesday", "Limas", "envoys"] {
            assert!(!back.contains(words), "{words} in {back}");
        }
        assert!(back.contains(r#""text":"","start":12,"end":15"#) && back.contains("Lima") && back.contains("event head on"));
        assert!(!packed.windows(3).any(|w| w == b"met"));
    }

    #[test]
    fn damage_is_named() {
        let article = ArticleRef::default();
        for packed in [&[][..], &[1], &[1, 255, 255, 255, 255, 0], &[1, 3, 0, 0, 0, 9, 9], &[0, 0, 0, 0, 0]] {
            let error = unpack(packed, &Beside { id: "ev_7", article: &article, engine: &engine() }, None, DICTIONARY).unwrap_err();
            assert!(error.to_string().contains("ev_7"), "{error}");
        }
    }
}
