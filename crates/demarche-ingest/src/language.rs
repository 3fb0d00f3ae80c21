use whatlang::{Info, Lang, Script};

/// Characters a text needs before its language is told.
const ENOUGH: usize = 40;
/// Characters that are looked at.
const SAMPLE: usize = 2_000;

#[rustfmt::skip] // seventy lines else
const CODES: [(&str, Lang); 70] = [
    ("af", Lang::Afr), ("ak", Lang::Aka), ("am", Lang::Amh), ("ar", Lang::Ara), ("az", Lang::Aze),
    ("be", Lang::Bel), ("bg", Lang::Bul), ("bn", Lang::Ben), ("ca", Lang::Cat), ("cs", Lang::Ces),
    ("cy", Lang::Cym), ("da", Lang::Dan), ("de", Lang::Deu), ("el", Lang::Ell), ("en", Lang::Eng),
    ("eo", Lang::Epo), ("es", Lang::Spa), ("et", Lang::Est), ("fa", Lang::Pes), ("fi", Lang::Fin),
    ("fr", Lang::Fra), ("gu", Lang::Guj), ("he", Lang::Heb), ("hi", Lang::Hin), ("hr", Lang::Hrv),
    ("hu", Lang::Hun), ("hy", Lang::Hye), ("id", Lang::Ind), ("it", Lang::Ita), ("ja", Lang::Jpn),
    ("jv", Lang::Jav), ("ka", Lang::Kat), ("km", Lang::Khm), ("kn", Lang::Kan), ("ko", Lang::Kor),
    ("la", Lang::Lat), ("lt", Lang::Lit), ("lv", Lang::Lav), ("mk", Lang::Mkd), ("ml", Lang::Mal),
    ("mr", Lang::Mar), ("my", Lang::Mya), ("nb", Lang::Nob), ("ne", Lang::Nep), ("nl", Lang::Nld),
    ("or", Lang::Ori), ("pa", Lang::Pan), ("pl", Lang::Pol), ("pt", Lang::Por), ("ro", Lang::Ron),
    ("ru", Lang::Rus), ("si", Lang::Sin), ("sk", Lang::Slk), ("sl", Lang::Slv), ("sn", Lang::Sna),
    ("sr", Lang::Srp), ("sv", Lang::Swe), ("ta", Lang::Tam), ("te", Lang::Tel), ("th", Lang::Tha),
    ("tk", Lang::Tuk), ("tl", Lang::Tgl), ("tr", Lang::Tur), ("uk", Lang::Ukr), ("ur", Lang::Urd),
    ("uz", Lang::Uzb), ("vi", Lang::Vie), ("yi", Lang::Yid), ("zh", Lang::Cmn), ("zu", Lang::Zul),
];

/// The ISO 639-1 code of a text's language; `en` where the text is too short to tell or the guess unsure.
pub fn language_of(text: &str) -> &'static str {
    told_language(text).unwrap_or("en")
}

/// The ISO 639-1 code of a text's language, where the text tells it.
pub(crate) fn told_language(text: &str) -> Option<&'static str> {
    let sample = text.char_indices().nth(SAMPLE).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    sample.chars().nth(ENOUGH)?;
    // An unsure guess counts only for scripts that English is not written in.
    let sure = |info: &Info| info.is_reliable() || info.script() != Script::Latin;
    let language = whatlang::detect(sample).filter(sure)?.lang();
    CODES.iter().find(|(_, known)| *known == language).map(|(code, _)| *code)
}

/// The ISO 639-1 code of a tag such as `en-GB`, an ISO 639-3 code or an English name, where it is a language that we tell.
pub(crate) fn declared_language(tag: &str) -> Option<&'static str> {
    let first = tag.trim().split(['-', '_', ';', ',']).next().unwrap_or_default().trim().to_lowercase();
    let known =
        |(code, language): &&(&str, Lang)| *code == first || language.code() == first || language.eng_name().to_lowercase() == first;
    CODES.iter().find(known).map(|(code, _)| *code)
}

/// The English name of a language by its ISO 639-1 code; the code itself where it is not known.
pub fn language_name(code: &str) -> &str {
    CODES.iter().find(|(known, _)| *known == code).map_or(code, |(_, language)| language.eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages() {
        let check = |text: &str, expect: &str| assert_eq!(language_of(text), expect, "{text}");
        check("The president met protest leaders in the capital on Tuesday.", "en");
        check("Le président a rencontré les chefs de la contestation mardi dans la capitale.", "fr");
        check("Президент встретился с лидерами протеста во вторник в столице страны.", "ru");
        check("Le président est parti.", "en");
        check("12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56", "en");
    }

    #[test]
    fn reads_declared_languages() {
        let check = |tag: &str, expect: Option<&str>| assert_eq!(declared_language(tag), expect, "{tag}");
        check("en-GB", Some("en"));
        check("fr_FR", Some("fr"));
        check("ENGLISH", Some("en"));
        check("deu", Some("de"));
        check("x-klingon", None);
        check("", None);
    }

    #[test]
    fn names_every_language() {
        assert_eq!(language_name("fr"), "French");
        assert_eq!(language_name("xx"), "xx");
        assert!(Lang::all().iter().all(|language| CODES.iter().any(|(_, known)| known == language)));
    }
}
