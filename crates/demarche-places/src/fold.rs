//! The form in which names are compared; `knowledge/places/build.py` folds the same way.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents, dots and apostrophes; hyphens and slashes as spaces; Saint, Mount and Fort shortened; no leading article.
pub fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            '.' | '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʻ' | 'ʿ' | 'ʾ' | '′' => {}
            '-' | '‐' | '‑' | '–' | '—' | '/' | ',' | '_' | '(' | ')' => plain.push(' '),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'þ' => plain.push_str("th"),
            'ə' => plain.push('a'),
            c if is_combining_mark(c) => {}
            c => plain.push(c),
        }
    }
    let mut words: Vec<&str> = plain
        .split_whitespace()
        .map(|w| match w {
            "saint" => "st",
            "sainte" => "ste",
            "mount" => "mt",
            "fort" => "ft",
            w => w,
        })
        .collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_fold() {
        for (name, expect) in [
            ("St. Petersburg", "st petersburg"),
            ("Saint-Étienne", "st etienne"),
            ("Côte d’Ivoire", "cote divoire"),
            ("the Hague", "hague"),
            ("The", "the"),
            ("Łódź", "lodz"),
            ("FORT  WORTH", "ft worth"),
            ("U.S.", "us"),
        ] {
            assert_eq!(fold(name), expect);
        }
    }
}
