//! Names as the indexes hold them.

/// One space between words, no leading article, no apostrophes ("Da'esh", "Dae’sh"), hyphens without spaces, lower case.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        let joins = matches!(word, "-" | "–" | "'" | "’s" | "'s" | "," | ".") || out.ends_with('-');
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\'' | '’' | '‘' | 'ʼ' | '`' => {}
                '–' | '‐' | '‑' => out.push('-'),
                c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    if out.starts_with("the ") {
        out.drain(..4);
    }
    out
}

/// The words of a name by which news may call its bearer alone: the first and the last.
pub(crate) fn ends(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    match words.as_slice() {
        [] | [_] => Vec::new(),
        [first, .., last] => {
            let mut out = vec![(*last).to_owned()];
            if first != last {
                out.push((*first).to_owned());
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        assert_eq!(fold("The  People’s Republic"), "peoples republic");
        assert_eq!(fold("Dae’sh"), fold("Da'esh"));
        assert_eq!(fold("Han Duck - soo"), "han duck-soo");
        assert_eq!(fold("St . John 's"), "st. johns");
        assert_eq!(fold("ÉMILE"), "émile");
    }

    #[test]
    fn ends_of_names() {
        assert_eq!(ends("Theresa May"), ["may", "theresa"]);
        assert!(ends("Pelé").is_empty());
    }
}
