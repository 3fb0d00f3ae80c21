//! Text in XML.

/// Text as it stands between tags or in an attribute; characters that XML 1.0 does not know become spaces.
pub(crate) fn text(text: &str) -> String {
    let known = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let clean: String = text.chars().map(|c| if known(c) { c } else { ' ' }).collect();
    quick_xml::escape::escape(clean.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_escaped_and_controls_dropped() {
        assert_eq!(super::text("a<b & \"c\"\u{1}\u{ffff}🇫🇷"), "a&lt;b &amp; &quot;c&quot;  🇫🇷");
    }
}
