//! The user's own tables: entries added to the program's or put in their place.
//!
//! Three forms are read: one table of mixed rows (`mixed.rs`), the program's own tables, and actor and agent dictionaries as TABARI and
//! PETRARCH use them (`dictionary.rs`).

mod codes;
mod conflicts;
mod dictionary;
mod mixed;

pub(crate) use conflicts::settle;
use sha2::{Digest, Sha256};

use crate::index::read::Index;
use crate::index::write::compile;
use crate::table::{Problem, Severity, header};
use crate::tables::Tables;
use crate::{Knowledge, shipped_tables};

impl Knowledge {
    /// The program's tables with the user's (name and text of each file). Lines that are wrong are left out and reported; where an entry of
    /// the user's names what the tables know already, his holds, which is reported as a warning.
    pub fn with(files: &[(String, String)]) -> (Self, Vec<Problem>) {
        if files.is_empty() {
            return (Self::load(), Vec::new());
        }
        let mut tables = shipped_tables(&[], &mut Vec::new());
        let mut problems = Vec::new();
        let mut hash = Sha256::new_with_prefix(Self::shipped_digest());
        for (name, text) in files {
            // The digest is that of the content: a file may be moved.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
            problems.extend(add(&mut tables, name, text));
        }
        problems.extend(settle(&mut tables));
        problems.sort_by(|a, b| (a.severity, &a.file, a.line).cmp(&(b.severity, &b.file, b.line)));
        let digits: Vec<String> = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let digest = format!("sha256:{}", digits.concat());
        // An index of names that are all different and sorted can always be made.
        let index = compile(&tables).map_or_else(|_| Index::made(Vec::new()), Index::made);
        (Self::of(&index, digest), problems)
    }
}

/// Adds a user's file, of whatever form.
pub(crate) fn add(tables: &mut Tables, name: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let columns = header(text);
    if columns.first() == Some(&"kind") {
        mixed::add(tables, name, text, &mut problems);
    } else if !tables.add(name, text, true, &mut problems) {
        if columns.len() < 3 && text.lines().any(|l| l.contains('[') && l.contains(']')) {
            dictionary::add(tables, name, text, &mut problems);
        } else {
            problems.push(Problem {
                file: name.to_owned(),
                line: 1,
                problem: format!(
                    "no table: expected a first line 'kind<tab>{}', the header of a table of knowledge/, or lines NAME [CODE] of a TABARI or PETRARCH dictionary",
                    mixed::COLUMNS[1..].join("<tab>")
                ),
                severity: Severity::Error,
            });
        }
    }
    problems
}

/// An id made of a name.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "kind\tname\taliases\tcountry\tsectors\toffice\tfrom\tto\n";

    fn with(text: &str) -> (Knowledge, Vec<String>) {
        let (knowledge, problems) = Knowledge::with(&[("mine.tsv".to_owned(), text.to_owned())]);
        (knowledge, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn rows_of_all_kinds_are_found() {
        let rows = "organisation\tZubrowka Front\tZuF\tKEN\tREB\n\
                    person\tAda Mwangi\t\tKEN\tGOV\tTrade Minister\t2031-02\n\
                    state\tHill of Zub\t\tKEN\tLEG\n\
                    noun\tzubrist\t\t\tOPP\n";
        let (knowledge, problems) = with(&format!("{HEAD}{rows}"));
        assert!(problems.is_empty(), "{problems:?}");
        let front = knowledge.organisations.find("the ZuF", None, &[]).unwrap();
        assert_eq!((front.name, front.country, front.sectors.as_slice()), ("Zubrowka Front", Some("KEN"), &["REB"][..]));
        let ada = &knowledge.persons.find("Ada Mwangi")[0];
        let on = |day: &str| ada.term(day.parse().ok()).map(|t| t.title);
        assert_eq!((on("2031-02-01"), on("2031-01-31")), (Some("Trade Minister"), None));
        assert_eq!(knowledge.states.senses("Hill of Zub", None)[0].sector, Some("LEG"));
        assert_eq!(knowledge.sectors.get("zubrist").unwrap().sectors, ["OPP"]);
        assert_ne!(knowledge.digest(), Knowledge::shipped_digest());
    }

    #[test]
    fn a_wrong_line_is_named_and_the_rest_used() {
        let (knowledge, problems) = with(&format!("{HEAD}organisation\tA Front\t\tKEM\tREB\norganisation\tB Front\t\tKEN\tREB\n"));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("mine.tsv:2: 'KEM'"), "{problems:?}");
        assert!(knowledge.organisations.find("A Front", None, &[]).is_none());
        assert!(knowledge.organisations.find("B Front", None, &[]).is_some());
    }

    #[test]
    fn an_entry_takes_the_place_of_the_tables_and_is_reported() {
        let (knowledge, problems) = with(&format!("{HEAD}organisation\tGeorgia\t\tUSA\tGOV\n"));
        assert!(problems.len() == 1 && problems[0].contains("warning") && problems[0].contains("Georgia"), "{problems:?}");
        assert!(knowledge.states.senses("Georgia", None).is_empty());
        assert_eq!(knowledge.organisations.find("Georgia", None, &[]).unwrap().country, Some("USA"));
    }

    #[test]
    fn two_entries_of_one_name_conflict() {
        let (_, problems) = with(&format!("{HEAD}organisation\tA Front\t\tKEN\tREB\norganisation\tA Front\t\tSOM\tREB\n"));
        assert!(problems.len() == 1 && problems[0].contains("mine.tsv:3") && problems[0].contains("line 2"), "{problems:?}");
        let apart = "organisation\tA Front\t\tKEN\tREB\t\t1990\t1999\norganisation\tA Front\t\tSOM\tREB\t\t2000\n";
        assert!(with(&format!("{HEAD}{apart}")).1.is_empty());
    }

    #[test]
    fn a_person_of_the_tables_gets_another_term() {
        let (knowledge, problems) = with(&format!("{HEAD}person\tTheresa May\t\tGBR\tGOV\tChancellor\t2030-01-01\n"));
        assert!(problems.is_empty(), "{problems:?}");
        let may = &knowledge.persons.find("Theresa May")[0];
        let on = |day: &str| may.term(day.parse().ok()).map(|t| t.title);
        assert_eq!((on("2017-01-01"), on("2030-01-01"), may.id), (Some("Prime Minister"), Some("Chancellor"), "theresa-may"));
    }

    #[test]
    fn dictionaries_of_actors() {
        let text = "<!-- our own -->\nZUBROW_FRONT [KENREB] # a note\n+ZUBROWISTS\n\nJANE_Q_DOE\n\t[KENGOV 20010120-20090120]\n\t[KENELI >20090120]\n\
                    ZUBLAND_ [KEN]\nBAD_ONE [KE]\n";
        let (knowledge, problems) = with(text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("mine.tsv:9: ") && problems[0].contains("three letters"), "{problems:?}");
        let front = knowledge.organisations.find("Zubrowists", None, &[]).unwrap();
        assert_eq!((front.name, front.country, front.sectors.as_slice()), ("Zubrow Front", Some("KEN"), &["REB"][..]));
        let jane = &knowledge.persons.find("Jane Q Doe")[0];
        let on = |day: &str| jane.term(day.parse().ok()).map(|t| t.sectors.clone());
        assert_eq!((on("2005-01-01"), on("2015-01-01"), on("1999-01-01")), (Some(vec!["GOV"]), Some(vec!["ELI"]), None));
        assert_eq!(knowledge.states.senses("Zubland", None)[0].id, "KEN");
    }

    #[test]
    fn dictionaries_of_agents() {
        let text = "!FOLK! = MAN, MEN\nZUBGUARD {ZUBGUARDEN} [~MIL] ; x\nZUB_!FOLK! [~CVL]\nZUBPRESS {} [~MED]\n";
        let (knowledge, problems) = with(text);
        assert!(problems.is_empty(), "{problems:?}");
        for (phrase, sector) in [("zubguard", "MIL"), ("zubguarden", "MIL"), ("zub men", "CVL"), ("zubpress", "JRN")] {
            assert_eq!(knowledge.sectors.get(phrase).map(|d| d.sectors), Some(vec![sector]), "{phrase}");
        }
    }

    #[test]
    fn what_is_no_table_is_said_to_be_none() {
        let (_, problems) = with("Dear colleague,\nplease add Kenya.\n");
        assert!(problems.len() == 1 && problems[0].contains("mine.tsv:1: no table"), "{problems:?}");
    }
}
