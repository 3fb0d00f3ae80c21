//! CAMEO codes as the tables write them.

use demarche_record::Event;

/// The code with at least three digits, as published tables have it: "03" is "030", "express intent to cooperate, not specified".
pub(crate) fn code(event: &Event) -> String {
    event.cameo.as_ref().map(|c| at_least_three(&c.code)).unwrap_or_default()
}

/// The first three digits of the code.
pub(crate) fn base(event: &Event) -> String {
    code(event).chars().take(3).collect()
}

/// The first two digits.
pub(crate) fn root(event: &Event) -> &str {
    event.cameo.as_ref().map_or("", |c| c.root.as_str())
}

fn at_least_three(code: &str) -> String {
    if code.len() == 2 { format!("{code}0") } else { code.to_owned() }
}

/// A sector of the coding frame as a CAMEO role. The coding frame writes MED for doctors and JRN for journalists, CAMEO HLH and MED. Nothing where
/// CAMEO has no such role.
pub(crate) fn role(sector: &str) -> Option<&'static str> {
    Some(match sector {
        "GOV" => "GOV",
        "MIL" => "MIL",
        "COP" => "COP",
        "JUD" => "JUD",
        "LEG" => "LEG",
        "OPP" => "OPP",
        "REB" => "REB",
        "SPY" => "SPY",
        "UAF" => "UAF",
        "CRM" => "CRM",
        "CVL" | "SOC" => "CVL",
        "REF" => "REF",
        "BUS" => "BUS",
        "LAB" => "LAB",
        "AGR" => "AGR",
        "EDU" => "EDU",
        "MED" => "HLH",
        "JRN" => "MED",
        "ELI" => "ELI",
        "IGO" => "IGO",
        "NGO" => "NGO",
        "MNC" => "MNC",
        "PTY" => "PTY",
        _ => return None,
    })
}

/// CAMEO's codes of well-known groups, by id in the tables of organisations; a body's later rows carry the year after its id (`taliban-2021`).
pub(crate) fn group(id: &str) -> Option<&'static str> {
    const GROUPS: [(&str, &str); 40] = [
        ("al-qaeda", "ALQ"),
        ("arab-league", "ARL"),
        ("asean", "ASN"),
        ("cis", "CIS"),
        ("coe", "COE"),
        ("doctors-without-borders", "MSF"),
        ("ecowas", "WAS"),
        ("european-union", "EEC"),
        ("fao", "FAO"),
        ("fatah", "FTA"),
        ("gcc", "GCC"),
        ("group-of-seven", "GOS"),
        ("hamas", "HMS"),
        ("hezbollah", "HEZ"),
        ("human-rights-watch", "HRW"),
        ("iaea", "IAE"),
        ("icc", "ICC"),
        ("icj", "ICJ"),
        ("igad", "IAD"),
        ("ilo", "ILO"),
        ("imf", "IMF"),
        ("international-committee-of-the-red-cross", "IRC"),
        ("interpol", "ITP"),
        ("iom", "IOM"),
        ("muslim-brotherhood", "MBR"),
        ("nato", "NAT"),
        ("oas", "OAS"),
        ("oic", "OIC"),
        ("opec", "OPC"),
        ("osce", "SCE"),
        ("palestine-liberation-organization", "PLO"),
        ("polisario-front", "PLS"),
        ("taliban", "TAL"),
        ("unhcr", "HCR"),
        ("unicef", "KID"),
        ("united-nations", "UNO"),
        ("wfp", "WFP"),
        ("who", "WHO"),
        ("world-bank", "WBK"),
        ("wto", "WTO"),
    ];
    let bare = id.rsplit_once('-').filter(|(_, year)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).map_or(id, |(id, _)| id);
    GROUPS.iter().find(|(known, _)| *known == bare).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use demarche_knowledge::{Knowledge, SECTORS};

    use super::*;

    #[test]
    fn codes_have_three_digits_and_are_in_the_table() {
        let frame = Knowledge::load().frame;
        for root in 1..=20 {
            let code = at_least_three(&format!("{root:02}"));
            assert!(frame.cameo(&code).is_some(), "{code}");
        }
        assert_eq!(at_least_three("0311"), "0311");
    }

    #[test]
    fn sectors_without_a_cameo_role() {
        let without: Vec<&str> = SECTORS.into_iter().filter(|s| role(s).is_none()).collect();
        assert_eq!(without, ["PRM", "REL", "PRE", "UNK"]);
        assert_eq!((role("MED"), role("JRN")), (Some("HLH"), Some("MED")));
    }

    #[test]
    fn every_group_is_in_the_table_of_organisations() {
        for (id, code) in [("united-nations", Some("UNO")), ("taliban-2021", Some("TAL")), ("fatah-alliance", None)] {
            assert_eq!(group(id), code);
        }
        let table = include_str!("../../../../knowledge/organisations.tsv");
        let known: std::collections::BTreeSet<&str> = table.lines().filter_map(|l| l.split('\t').next()).filter_map(group).collect();
        assert_eq!(known.len(), 40);
    }
}
