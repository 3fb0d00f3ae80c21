//! Words: text → tokens, in the manner of Universal Dependencies' English treebanks.
//!
//! Offsets are code points. Every code point that is not white space (nor an invisible format character at a token's edge) lies in exactly
//! one token, and tokens never overlap.

use std::collections::HashSet;
use std::sync::LazyLock;

use demarche_record::Span;

/// Words that keep their last period. Lower case, without that period.
static ABBREVIATIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../data/abbreviations.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect());

/// First parts of a hyphenated word that stay joined to the rest.
const JOINED_PREFIXES: &[&str] = &[
    "e", "non", "pro", "re", "co", "anti", "post", "mid", "semi", "pre", "pan", "multi", "ex", "cross", "psycho", "neo", "quasi",
    "counter", "inter", "intra", "ultra", "vice", "sub", "un", "bi", "tri", "mis", "over", "under", "micro", "macro", "mini", "super",
    "trans", "pseudo", "proto", "socio", "self_",
];

/// Ends of words that are tokens of their own, longest first.
const CLITICS: &[&str] = &["n't", "'ll", "'re", "'ve", "'s", "'m", "'d"];

/// Words written together that are two tokens, with the length of the first.
const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("wont", 2),
    ("cant", 2),
    ("isnt", 2),
];

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '‐' | '‑' | '−' | '―')
}

/// Characters that show nothing: zero-width marks, soft hyphens, byte-order marks, direction marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}')
}

pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether this is a closing or opening mark that is always a token of its own.
fn is_single(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | ','
            | ';'
            | '!'
            | '?'
            | '…'
            | '<'
            | '>'
            | '|'
            | '*'
            | '='
            | '~'
            | '•'
            | '·'
            | '。'
            | '،'
            | '؟'
            | '、'
    )
}

fn lower(chars: &[char]) -> String {
    chars.iter().filter(|c| !is_invisible(**c)).flat_map(|c| c.to_lowercase()).map(|c| if is_apostrophe(c) { '\'' } else { c }).collect()
}

fn is_number_like(chars: &[char]) -> bool {
    chars.first().is_some_and(char::is_ascii_digit) && chars.iter().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))
}

/// A word of single letters each with a period: `U.S.`, `a.m.`, `J.`
pub(crate) fn is_initials(chars: &[char]) -> bool {
    chars.len() >= 2 && chars.chunks(2).all(|pair| pair[0].is_alphabetic() && pair.get(1).is_none_or(|c| *c == '.')) && chars.contains(&'.')
}

fn looks_like_address(chars: &[char]) -> bool {
    let word = lower(chars);
    word.contains("://")
        || word.starts_with("www.")
        || (word.contains('@') && word.contains('.') && !word.starts_with('@'))
        || [".com", ".org", ".net", ".gov"].iter().any(|end| word.ends_with(end) && word.len() > end.len())
}

/// Splits the code points of `range` into tokens.
pub fn tokenize(text: &[char], range: Span) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if is_space(text[at]) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < range.end && !is_space(text[end]) {
            end += 1;
        }
        chunk(text, at, end, &mut tokens);
        at = end;
    }
    tokens
}

/// One run without white space.
fn chunk(text: &[char], mut start: usize, mut end: usize, out: &mut Vec<Span>) {
    while start < end && is_invisible(text[start]) {
        start += 1;
    }
    while start < end && is_invisible(text[end - 1]) {
        end -= 1;
    }
    if start == end {
        return;
    }
    let mut tail = Vec::new();
    // Marks before the word.
    while start < end {
        let c = text[start];
        let next = text.get(start + 1).copied().filter(|_| start + 1 < end);
        let run = (start..end).take_while(|&i| text[i] == c).count();
        if matches!(c, '.' | '-' | '_' | '=' | '*' | '~' | '#') && run > 1 {
            out.push(Span::new(start, start + run));
            start += run;
        } else if is_apostrophe(c) {
            let rest = lower(&text[start..end]);
            if run == 2 && matches!(c, '\'' | '`') {
                out.push(Span::new(start, start + 2));
                start += 2;
            } else if next.is_some_and(|n| n.is_ascii_digit()) || CLITICS.iter().any(|clitic| rest.trim_end_matches(['.', ',']) == *clitic)
            {
                break;
            } else {
                out.push(Span::new(start, start + 1));
                start += 1;
            }
        } else if is_single(c)
            || is_dash(c) && !next.is_some_and(|n| n.is_ascii_digit() && start == 0)
            || matches!(c, '$' | '£' | '€' | '¥' | '₹' | '/' | '\\' | '%' | ':' | '&' | '+' | '°')
            || (c == '.' && !next.is_some_and(|n| n.is_ascii_digit()))
        {
            out.push(Span::new(start, start + 1));
            start += 1;
        } else {
            break;
        }
    }
    // Marks after the word, collected from the end.
    while start < end {
        let c = text[end - 1];
        let run = (start..end).rev().take_while(|&i| text[i] == c).count();
        let word = &text[start..end];
        if c == '.' && run > 1 {
            tail.push(Span::new(end - run, end));
            end -= run;
        } else if c == '.' {
            if word.len() > 1 && keeps_period(word) {
                break;
            }
            tail.push(Span::new(end - 1, end));
            end -= 1;
        } else if is_apostrophe(c) {
            let width = if run >= 2 && c == '\'' { 2 } else { 1 };
            tail.push(Span::new(end - width, end));
            end -= width;
        } else if is_single(c) || is_dash(c) || matches!(c, ':' | '/' | '%' | '$' | '£' | '€' | '°' | '+') {
            let width = if is_dash(c) { run } else { 1 };
            tail.push(Span::new(end - width, end));
            end -= width;
        } else {
            break;
        }
    }
    if start < end {
        word(text, start, end, out);
    }
    out.extend(tail.into_iter().rev());
}

fn keeps_period(word: &[char]) -> bool {
    let bare = &word[..word.len() - 1];
    let last_part = bare.rsplit(|c| is_dash(*c)).next().unwrap_or(bare);
    is_initials(word) && bare.iter().any(|c| c.is_alphabetic()) && (bare.len() > 1 || bare[0].is_uppercase())
        || ABBREVIATIONS.contains(lower(last_part).as_str())
}

/// A run with the marks around it gone: splits clitics, hyphens, slashes, units.
fn word(text: &[char], start: usize, end: usize, out: &mut Vec<Span>) {
    let chars = &text[start..end];
    if looks_like_address(chars) {
        out.push(Span::new(start, end));
        return;
    }
    // A mark inside: quotes, brackets, ellipses, dashes, and commas or colons that are not inside a number.
    for i in start + 1..end.saturating_sub(1) {
        let (before, c, after) = (text[i - 1], text[i], text[i + 1]);
        let in_number = before.is_ascii_digit() && after.is_ascii_digit();
        let run = (i..end).take_while(|&j| text[j] == c).count();
        let split = match c {
            ',' => !in_number,
            ':' => !(before.is_ascii_digit() || after == '/'),
            '.' => run > 1 || (before.is_lowercase() && after.is_uppercase() && (i - start) > 2),
            '—' | '–' | '―' => true,
            '-' => run > 1,
            c => is_single(c),
        };
        if split {
            let width = if matches!(c, '.' | '-' | '—') { run.min(end - i) } else { 1 };
            if i + width < end {
                word(text, start, i, out);
                out.push(Span::new(i, i + width));
                chunk(text, i + width, end, out);
                return;
            }
        }
    }
    let folded = lower(chars);
    if folded.chars().count() == chars.len() {
        for clitic in CLITICS {
            if let Some(stem) = folded.strip_suffix(clitic).filter(|stem| !stem.is_empty()) {
                let cut = start + stem.chars().count();
                word(text, start, cut, out);
                out.push(Span::new(cut, end));
                return;
            }
        }
        if let Some((_, cut)) = JOINED.iter().find(|(w, _)| *w == folded) {
            out.push(Span::new(start, start + cut));
            out.push(Span::new(start + cut, end));
            return;
        }
    }
    // Hyphens: the parts are words of their own, but for joined prefixes.
    if let Some(i) = (start + 1..end - 1)
        .find(|&i| is_dash(text[i]) && text[i + 1].is_alphanumeric() && (text[i - 1].is_alphanumeric() || text[i - 1] == '.'))
    {
        let first = lower(&text[start..i]);
        if !JOINED_PREFIXES.contains(&first.as_str()) {
            word(text, start, i, out);
            out.push(Span::new(i, i + 1));
            word(text, i + 1, end, out);
            return;
        }
        if let Some(j) = (i + 1..end - 1).find(|&j| is_dash(text[j]) && text[j + 1].is_alphanumeric()) {
            out.push(Span::new(start, j));
            out.push(Span::new(j, j + 1));
            word(text, j + 1, end, out);
            return;
        }
        out.push(Span::new(start, end));
        return;
    }
    if let Some(i) = (start + 1..end - 1).find(|&i| text[i] == '/') {
        let digits = text[start..end].iter().all(|c| c.is_ascii_digit() || *c == '/');
        if !digits {
            word(text, start, i, out);
            out.push(Span::new(i, i + 1));
            word(text, i + 1, end, out);
            return;
        }
    }
    // Units: `5pm`, `10km`, `$3bn`; ordinals and decades (`5th`, `1990s`) stay whole.
    let digits = chars.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    if digits > 0
        && digits < chars.len()
        && is_number_like(&chars[..digits])
        && chars[digits..].iter().all(|c| c.is_alphabetic() || *c == '.')
    {
        let unit = lower(&chars[digits..]);
        if matches!(
            unit.as_str(),
            "am" | "pm"
                | "a.m."
                | "p.m."
                | "a.m"
                | "p.m"
                | "km"
                | "kg"
                | "m"
                | "bn"
                | "mn"
                | "k"
                | "mm"
                | "cm"
                | "ft"
                | "mph"
                | "kph"
                | "lb"
                | "lbs"
                | "tn"
                | "million"
                | "billion"
                | "hrs"
                | "gmt"
                | "mw"
                | "gw"
        ) {
            out.push(Span::new(start, start + digits));
            out.push(Span::new(start + digits, end));
            return;
        }
    }
    out.push(Span::new(start, end));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let chars: Vec<char> = text.chars().collect();
        let words: Vec<String> =
            tokenize(&chars, Span::new(0, chars.len())).iter().map(|s| chars[s.start..s.end].iter().collect()).collect();
        assert_eq!(words.join(" "), expect, "tokens of {text:?}");
    }

    #[test]
    fn punctuation_is_apart() {
        check("He said: \"No.\"", "He said : \" No . \"");
        check("mere “fantasies.” She", "mere “ fantasies . ” She");
        check("one...two—three", "one ... two — three");
        check("(see above), then", "( see above ) , then");
    }

    #[test]
    fn clitics_are_apart() {
        check("North Korea’s leader doesn't", "North Korea ’s leader does n't");
        check("the soldiers' pay; I'd can't cannot", "the soldiers ' pay ; I 'd ca n't can not");
    }

    #[test]
    fn abbreviations_keep_their_period() {
        check("U.S.-led sanctions in the U.S. by Mr. Sow.", "U.S. - led sanctions in the U.S. by Mr. Sow .");
        check("at 5 p.m. on Jan. 3.", "at 5 p.m. on Jan. 3 .");
    }

    #[test]
    fn hyphens_split_but_for_prefixes() {
        check("long-range Duck-soo anti-government ex-president", "long - range Duck - soo anti-government ex-president");
    }

    #[test]
    fn numbers_money_and_units() {
        check("$1,200.50 10% 3bn 5pm 10:30 1990s 13/01/2018", "$ 1,200.50 10 % 3 bn 5 pm 10:30 1990s 13/01/2018");
    }

    #[test]
    fn addresses_stay_whole() {
        check("see https://example.org/a-b, ok", "see https://example.org/a-b , ok");
    }

    #[test]
    fn invisible_characters_never_make_a_token() {
        check("a\u{200b} \u{200b} b\u{ad}c", "a b\u{ad}c");
    }
}
