//! Sentences: text → paragraphs → sentences with their tokens.

use std::collections::HashSet;
use std::sync::LazyLock;

use demarche_record::Span;

use crate::tokens::{is_initials, is_space, tokenize};

/// A sentence and its tokens, in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first token's start to the last token's end.
    pub span: Span,
    /// The tokens.
    pub tokens: Vec<Span>,
}

/// Words that, after an abbreviation with its period, show that a new sentence has begun.
static STARTERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "The A An In On At He She It They We I You But And This That These Those There However Meanwhile His Her Its Their Our My If When While Although \
     After Before Since As For From With Under According Some Many Most All No Not Officials Police Both Earlier Later Last"
        .split_whitespace()
        .collect()
});

/// Abbreviations that a name or number follows: never the end of a sentence.
const OPEN_ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "adm", "cmdr", "brig", "rep", "reps", "sen", "sens", "gov",
    "pres", "rev", "hon", "sec", "amb", "st", "mt", "ft", "vs", "cf", "viz", "i.e", "e.g", "supt", "insp", "fig",
];

/// Whether lines of the text are broken at a fixed width, so that a line's end inside a paragraph means nothing.
fn is_hard_wrapped(text: &[char]) -> bool {
    let lines: Vec<usize> = text.split(|c| *c == '\n').map(|l| l.iter().rposition(|c| !is_space(*c)).map_or(0, |p| p + 1)).collect();
    let inner: Vec<usize> = lines.windows(2).filter(|w| w[0] > 0 && w[1] > 0).map(|w| w[0]).collect();
    inner.len() >= 3 && inner.iter().all(|n| *n <= 110) && inner.iter().filter(|n| **n >= 50).count() * 10 >= inner.len() * 7
}

/// The paragraphs of a text.
fn paragraphs(text: &[char]) -> Vec<Span> {
    let wrapped = is_hard_wrapped(text);
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at <= text.len() {
        let breaks = at == text.len()
            || matches!(text[at], '\u{2029}' | '\u{c}')
            || text[at] == '\n' && (!wrapped || text[at + 1..].iter().take_while(|c| is_space(**c)).any(|c| *c == '\n'));
        if breaks {
            if text[start..at].iter().any(|c| !is_space(*c)) {
                out.push(Span::new(start, at));
            }
            start = at + 1;
        }
        at += 1;
    }
    out
}

/// Splits a text into sentences.
pub fn split(text: &[char]) -> Vec<Sentence> {
    let mut out = Vec::new();
    for paragraph in paragraphs(text) {
        let tokens = tokenize(text, paragraph);
        let mut first = 0;
        let mut i = 0;
        while i < tokens.len() {
            if let Some(last) = sentence_end(text, &tokens, first, i) {
                push(&tokens[first..=last], &mut out);
                first = last + 1;
                i = last;
            }
            i += 1;
        }
        if first < tokens.len() {
            push(&tokens[first..], &mut out);
        }
    }
    out
}

fn push(tokens: &[Span], out: &mut Vec<Sentence>) {
    out.push(Sentence { span: Span::new(tokens[0].start, tokens[tokens.len() - 1].end), tokens: tokens.to_vec() });
}

/// If a sentence ends at token `i`, the index of its last token (closing quotes and brackets included).
fn sentence_end(text: &[char], tokens: &[Span], first: usize, i: usize) -> Option<usize> {
    let of = |k: usize| &text[tokens[k].start..tokens[k].end];
    let word = of(i);
    let stop = word.iter().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '؟'));
    let period_inside = !stop && word.len() > 1 && word.ends_with(&['.']);
    if !stop && !period_inside {
        return None;
    }
    // Closing marks belong to the sentence when they touch it, or when a quotation that was opened in it closes.
    let mut last = i;
    while last + 1 < tokens.len() {
        let next = of(last + 1);
        let touches = tokens[last + 1].start == tokens[last].end;
        let closes = match next {
            ['"' | '\''] => {
                touches
                    && (tokens.get(last + 2).is_none_or(|t| t.start > tokens[last + 1].end)
                        || !text[tokens[last + 1].end..].first().is_some_and(|c| c.is_alphanumeric()))
            }
            ['”' | '’' | '»' | ')' | ']' | '.' | '!' | '?'] | ['\'', '\''] => touches,
            _ => false,
        };
        if !closes {
            break;
        }
        last += 1;
    }
    let Some(next) = (last + 1 < tokens.len()).then(|| of(last + 1)) else { return Some(last) };
    if tokens[last + 1].start == tokens[last].end && !next[0].is_uppercase() {
        return None;
    }
    let opener = |w: &[char]| {
        matches!(w, ['"' | '“' | '„' | '«' | '(' | '[' | '\'' | '‘' | '–' | '—' | '-' | '•' | '*'] | ['`', '`'] | ['\'', '\''])
    };
    let head = if opener(next) && last + 2 < tokens.len() { of(last + 2) } else { next };
    let capital = head[0].is_uppercase()
        || head[0].is_ascii_digit()
        || !head[0].is_alphabetic() && !matches!(head[0], ',' | ';' | ':' | '-' | '–' | '—' | ')')
        || (head[0].is_alphabetic() && !head[0].is_lowercase());
    if period_inside {
        let bare: String = word[..word.len() - 1].iter().flat_map(|c| c.to_lowercase()).collect();
        let begins: String = head.iter().collect();
        if OPEN_ABBREVIATIONS.contains(&bare.as_str()) || word.len() == 2 && is_initials(word) && last == i {
            return None;
        }
        return (last > i && capital || STARTERS.contains(begins.as_str())).then_some(last);
    }
    // "…?" he asked: the sentence goes on in lower case.
    if !capital {
        return None;
    }
    // A number and a period at the line's start number a list.
    if i == first + 1 && of(first).iter().all(char::is_ascii_digit) && word == ['.'] {
        return None;
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = split(&chars).iter().map(|s| chars[s.span.start..s.span.end].iter().collect()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn stops_and_closing_quotes() {
        check(
            "They were mere “fantasies.” She left. \"Go!\" he said. (It was late.) Nobody went.",
            &["They were mere “fantasies.”", "She left.", "\"Go!\" he said.", "(It was late.)", "Nobody went."],
        );
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check(
            "Mr. Sow met Lt. Gen. J. Doe in the U.S. Senate. It was sent to the U.S. The talks failed.",
            &["Mr. Sow met Lt. Gen. J. Doe in the U.S. Senate.", "It was sent to the U.S.", "The talks failed."],
        );
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        check("A headline without a stop\nThe text begins.", &["A headline without a stop", "The text begins."]);
        let wrapped = "The minister said on Tuesday that the two sides would meet again in\nthe capital next week to discuss the border, and that the army would not\nmove before then. The rebels did not answer the offer, which was made on\nMonday.\n\nNew paragraph.";
        check(
            wrapped,
            &[
                "The minister said on Tuesday that the two sides would meet again in\nthe capital next week to discuss the border, and that the army would not\nmove before then.",
                "The rebels did not answer the offer, which was made on\nMonday.",
                "New paragraph.",
            ],
        );
    }
}
