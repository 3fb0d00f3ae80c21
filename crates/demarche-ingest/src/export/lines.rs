//! Lines of exports, and how they make paragraphs.

/// Characters of a line that can be one of a wrapped paragraph, at most.
const WIDEST: usize = 110;

/// Whether a line says nothing but how long an article is: `1,024 words`.
pub(crate) fn word_count(line: &str) -> bool {
    let number = line.strip_suffix(" words").or_else(|| line.strip_suffix(" word"));
    number.is_some_and(|number| {
        number.len() < 10
            && number.starts_with(|first: char| first.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
    })
}

/// The value of a line such as `Byline: By Jane Doe`, for a label in any case.
pub(crate) fn labelled<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let start = line.get(..label.len()).filter(|start| start.eq_ignore_ascii_case(label))?;
    let rest = line.get(start.len()..)?.trim_start();
    Some(rest.strip_prefix(':')?.trim())
}

/// Whether a line numbers a page: `Page 2 of 17`, also with the name of the archive after it.
pub(crate) fn is_page(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = |words: &mut std::str::SplitWhitespace| words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("page"))
        && number(&mut words)
        && words.next() == Some("of")
        && number(&mut words)
        && words.next().is_none_or(|word| word.starts_with(['©', '(', '|']))
}

/// The paragraphs of lines: each line, or where lines are wrapped, what stands between empty lines.
pub(crate) fn paragraphs(lines: &[&str]) -> Vec<String> {
    let full = lines.iter().filter(|line| !line.is_empty());
    let widest = full.clone().map(|line| line.chars().count()).max().unwrap_or(0);
    let wrapped = (40..=WIDEST).contains(&widest);
    let mut found: Vec<String> = Vec::new();
    // Whether the next line goes on with the last paragraph.
    let mut open = false;
    for line in lines {
        let text = line.trim();
        if text.is_empty() {
            open = false;
            continue;
        }
        match found.last_mut() {
            Some(last) if open => {
                if !last.ends_with('-') {
                    last.push(' ');
                }
                last.push_str(text);
            }
            _ => found.push(text.to_owned()),
        }
        // A short line ends its paragraph.
        open = wrapped && (text.chars().count() * 10 >= widest * 6 || !ends_sentence(text));
    }
    found
}

/// Whether a text ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '!', '?', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_wrapped_lines() {
        let check = |text: &str, expect: &[&str]| assert_eq!(paragraphs(&text.split('|').collect::<Vec<_>>()), expect, "{text}");
        check(
            "The president met the leaders of the protest in the capital on Tuesday, and|both sides spoke of progress.||Police had fired.",
            &[
                "The president met the leaders of the protest in the capital on Tuesday, and both sides spoke of progress.",
                "Police had fired.",
            ],
        );
        check(
            "The president met the leaders of the protest in the capital on Tuesday.|Short.|Police had fired tear gas at the crowd on Monday, wounding at least twelve",
            &[
                "The president met the leaders of the protest in the capital on Tuesday. Short.",
                "Police had fired tear gas at the crowd on Monday, wounding at least twelve",
            ],
        );
        check("A.|B.", &["A.", "B."]);
        let long = "word ".repeat(40);
        check(&format!("{}|B.", long.trim()), &[long.trim(), "B."]);
    }

    #[test]
    fn reads_lines() {
        assert!(word_count("1,024 words") && !word_count("He wrote 12 words"));
        assert_eq!(labelled("BYLINE: By A", "Byline"), Some("By A"));
        assert_eq!(labelled("Bylines", "Byline"), None);
        assert!(is_page("Page 2 of 17") && is_page("Page 2 of 17 © 2020 Factiva, Inc.") && !is_page("Page 2 of the treaty"));
    }
}
