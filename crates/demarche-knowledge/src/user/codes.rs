//! CAMEO actor codes (`KENGOV`) → country and sectors.

use std::collections::HashSet;

use crate::sectors::SECTORS;

/// The roles of CAMEO that the coding frame calls otherwise.
const ROLES: [(&str, &str); 23] = [
    ("MED", "JRN"),
    ("HLH", "MED"),
    ("INS", "REB"),
    ("SEP", "REB"),
    ("IMG", "REB"),
    ("RAD", "OPP"),
    ("MOP", "OPP"),
    ("NGM", "NGO"),
    ("HRI", "SOC"),
    ("ENV", "SOC"),
    ("DEV", "SOC"),
    ("SET", "CVL"),
    ("CHR", "REL"),
    ("MOS", "REL"),
    ("MUS", "REL"),
    ("JEW", "REL"),
    ("HIN", "REL"),
    ("BUD", "REL"),
    ("BAH", "REL"),
    ("BED", "CVL"),
    ("INT", "UNK"),
    ("MIG", "REF"),
    ("JAN", "REL"),
];

/// A code read: the state, if it begins with one, and the sectors of its other parts. Parts that name a group or a faith of CAMEO's own lists
/// say nothing more here.
pub(super) fn read(code: &str, states: &HashSet<String>) -> Result<(Option<String>, Vec<&'static str>), String> {
    let code = code.to_ascii_uppercase();
    if code.is_empty() || !code.len().is_multiple_of(3) || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(format!("'{code}' is no code: expected parts of three letters, a state's ISO 3166 alpha-3 code first, such as KENGOV"));
    }
    let parts: Vec<&str> = (0..code.len()).step_by(3).map(|i| &code[i..i + 3]).collect();
    let country = parts.first().filter(|p| states.contains(**p)).map(|p| (*p).to_owned());
    let mut sectors: Vec<&'static str> = Vec::new();
    for part in &parts[usize::from(country.is_some())..] {
        let role = ROLES.iter().find(|(cameo, _)| cameo == part).map(|(_, ours)| *ours);
        let sector = role.or_else(|| SECTORS.iter().copied().find(|s| s == part));
        sectors.extend(sector.filter(|s| !sectors.contains(s)));
    }
    if country.is_none() && sectors.is_empty() {
        return Err(format!(
            "'{code}' begins with neither a state's code nor a role: expected an id of knowledge/states.tsv (KEN) or a role of CAMEO (GOV)"
        ));
    }
    Ok((country, sectors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read() {
        let states = HashSet::from(["KEN".to_owned()]);
        let check = |code: &str, country: Option<&str>, sectors: &[&str]| {
            let (c, s) = read(code, &states).unwrap();
            assert_eq!((c.as_deref(), s.as_slice()), (country, sectors), "{code}");
        };
        check("KENGOV", Some("KEN"), &["GOV"]);
        check("kenrebxyz", Some("KEN"), &["REB"]);
        check("IGOUNO", None, &["IGO"]);
        check("KENMED", Some("KEN"), &["JRN"]);
        assert!(read("KE", &states).is_err());
        assert!(read("QQQ", &states).is_err());
    }
}
