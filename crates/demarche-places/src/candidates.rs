//! Words → the places that they may name.

use crate::{Entry, Gazetteer, Kind, fold};

/// A place that the words may name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) entry: Entry,
    /// Whether it is usually called otherwise, or only a part of the words is its name.
    pub(crate) alternate: bool,
    /// Whether the words say what it is ("Greene County", "the city of Kano").
    pub(crate) said: bool,
}

/// Words that say what a place is when they follow its name; the second is what they say.
const AFTER: [(&str, Said); 24] = [
    ("county", Said::Unit),
    ("parish", Said::Unit),
    ("province", Said::Unit),
    ("oblast", Said::Unit),
    ("governorate", Said::Unit),
    ("region", Said::Unit),
    ("state", Said::Unit),
    ("prefecture", Said::Unit),
    ("department", Said::Unit),
    ("district", Said::Unit),
    ("division", Said::Unit),
    ("republic", Said::Unit),
    ("territory", Said::Unit),
    ("city", Said::Town),
    ("town", Said::Town),
    ("township", Said::Town),
    ("village", Said::Town),
    ("municipality", Said::Town),
    ("borough", Said::Town),
    ("metro", Said::Town),
    ("suburb", Said::Town),
    ("suburbs", Said::Town),
    ("area", Said::Nothing),
    ("valley", Said::Nothing),
];

/// Words that may stand before a name.
const BEFORE: [(&str, Said); 26] = [
    ("city of", Said::Town),
    ("town of", Said::Town),
    ("village of", Said::Town),
    ("township of", Said::Town),
    ("county", Said::Unit),
    ("co", Said::Unit),
    ("state of", Said::Unit),
    ("county of", Said::Unit),
    ("province of", Said::Unit),
    ("republic of", Said::Unit),
    ("commonwealth of", Said::Unit),
    ("island of", Said::Nothing),
    ("isle of", Said::Nothing),
    ("downtown", Said::Town),
    ("greater", Said::Nothing),
    ("metro", Said::Town),
    ("central", Said::Nothing),
    ("upper", Said::Nothing),
    ("northern", Said::Nothing),
    ("southern", Said::Nothing),
    ("eastern", Said::Nothing),
    ("western", Said::Nothing),
    ("north", Said::Nothing),
    ("south", Said::Nothing),
    ("east", Said::Nothing),
    ("west", Said::Nothing),
];

#[derive(Clone, Copy, PartialEq)]
enum Said {
    Town,
    Unit,
    Nothing,
}

impl Said {
    fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Town => kind.is_town(),
            Self::Unit => !kind.is_town() && !matches!(kind, Kind::COUNTRY | Kind::CONTINENT),
            Self::Nothing => false,
        }
    }
}

/// No more places than these are weighed for one name; the least known go.
const MOST: usize = 300;

/// Every place that the words may name, the best known first.
pub(crate) fn candidates(gazetteer: Gazetteer, text: &str, demonym: bool) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut add = |key: &str, part: bool, said: Said| {
        let before = out.len();
        for reading in gazetteer.lookup(key).into_iter().take(MOST) {
            if out.iter().all(|c| c.entry.id != reading.id) {
                let entry = gazetteer.entry(reading.id);
                out.push(Candidate { entry, alternate: reading.alternate || part && !said.fits(entry.kind), said: said.fits(entry.kind) });
            }
        }
        out.len() > before
    };
    let folded = fold(text);
    if !text.chars().any(char::is_uppercase) {
        return out;
    }
    if demonym {
        add(&format!("~{folded}"), false, Said::Nothing);
        return out;
    }
    let bare = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
    let code: String = bare.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let shouted = code.chars().all(|c| !c.is_lowercase());
    let mut found = false;
    if code.len() <= 5 && shouted {
        found |= add(&format!("={code}"), false, Said::Nothing);
    }
    if code.len() <= 6 {
        found |= add(&format!(",{code}"), false, Said::Nothing);
    }
    // A short word in capitals that is a code is nothing else ("US", "LA").
    if !(found && shouted && code.len() <= 3) {
        found |= add(&folded, false, Said::Nothing);
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if let [rest @ .., last] = words.as_slice()
        && !rest.is_empty()
        && let Some((_, said)) = AFTER.iter().find(|(w, _)| w == last)
        && !found
    {
        found |= add(&rest.join(" "), true, *said);
    }
    if !found {
        for (before, said) in BEFORE {
            if let Some(rest) = folded.strip_prefix(before).and_then(|r| r.strip_prefix(' ')) {
                found |= add(rest, true, said);
            }
        }
    }
    if !found && words.len() > 1 {
        let long = match words[0] {
            "n" => "north",
            "s" => "south",
            "e" => "east",
            "w" => "west",
            "mt" | "ft" => "",
            _ => return out,
        };
        add(format!("{long} {}", words[1..].join(" ")).trim(), false, Said::Nothing);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let gazetteer = Gazetteer::shipped();
        let got: Vec<String> = candidates(gazetteer, text, false)
            .iter()
            .take(expect.len().max(1))
            .map(|c| format!("{} {}", c.entry.name, gazetteer.country(c.entry.unit).map_or("-", |c| c.1)))
            .collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn forms_of_names() {
        check("Moscow", &["Moscow RUS"]);
        check("MOSCOW", &["Moscow RUS"]);
        check("U.S", &["United States USA"]);
        check("the US", &["United States USA"]);
        check("us", &[]);
        check("Calif.", &["California USA"]);
        check("Saint Petersburg", &["St.-Petersburg RUS"]);
        check("Sao Paulo", &["São Paulo BRA"]);
        check("Helmand province", &["Helmand AFG"]);
        check("northern Iraq", &["Iraq IRQ"]);
        check("Nowhere Whatsoever", &[]);
    }
}
