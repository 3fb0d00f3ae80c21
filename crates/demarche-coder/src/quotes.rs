//! Where an article quotes: stretches inside quotation marks, and statements that a colon opens.

use demarche_language::Analysis;
use demarche_record::Span;

/// The quoted stretches of a text, marks excluded, in order. A mark that is never closed ends with its paragraph; a paragraph that begins with
/// an opening mark goes on with the quotation of the one before.
pub(crate) fn quoted(text: &[char]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (i, &c) in text.iter().enumerate() {
        // Two apostrophes are a mark, as agencies write it.
        if c == '\'' && text.get(i + 1) == Some(&'\'') {
            match open.take() {
                Some(start) => out.push(Span::new(start, i)),
                None => open = Some(i + 2),
            }
            continue;
        }
        match c {
            '“' | '«' | '„' => open = open.or(Some(i + 1)),
            '”' | '»' | '\n' => {
                if let Some(start) = open.take() {
                    out.push(Span::new(start, i));
                }
            }
            '"' => match open.take() {
                Some(start) => out.push(Span::new(start, i)),
                None => open = Some(i + 1),
            },
            _ => {}
        }
    }
    if let Some(start) = open {
        out.push(Span::new(start, text.len()));
    }
    out.retain(|s| s.end > s.start);
    out
}

/// Whether a place lies in one of the stretches.
pub(crate) fn inside(quotes: &[Span], at: usize) -> bool {
    let next = quotes.partition_point(|q| q.end <= at);
    quotes.get(next).is_some_and(|q| q.start <= at)
}

/// Whether a sentence speaks in the first person outside quotation marks: a statement printed as such.
pub(crate) fn first_person(analysis: &Analysis, index: usize, quotes: &[Span]) -> bool {
    analysis.sentences[index].words.iter().any(|w| {
        &*w.upos == "PRON"
            && matches!(w.text.to_lowercase().as_str(), "i" | "we" | "my" | "our" | "us" | "me")
            && !inside(quotes, w.span.start)
            && w.text != "US"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_both_kinds() {
        let text: Vec<char> = "He said \"no\", ''yes'' and “yes, “maybe” still”.\n“One.\n“Two.” End".chars().collect();
        let found: Vec<String> = quoted(&text).iter().map(|s| text[s.start..s.end].iter().collect()).collect();
        assert_eq!(found, ["no", "yes", "yes, “maybe", "One.", "Two."]);
    }
}
