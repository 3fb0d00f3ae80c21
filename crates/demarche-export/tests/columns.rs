//! The columns of every table against the list of the published ones, where it is at hand.

use std::path::Path;

use demarche_export::exports::{GDELT_COLUMNS, ICEWS_COLUMNS, PETRARCH2_COLUMNS, PHOENIX_COLUMNS, POLECAT_COLUMNS};

/// What the list says of a table: the number in brackets and the names after it.
fn listed(page: &str, table: &str) -> (usize, String) {
    let start = format!("- **{table}** (");
    let mut lines = page.lines().skip_while(|l| !l.starts_with(&start));
    let first = lines.next().unwrap_or_else(|| panic!("{table} is not listed"));
    let rest: Vec<&str> = lines.take_while(|l| l.starts_with("  ")).map(str::trim).collect();
    let (bracket, names) = first[start.len()..].split_once("):").unwrap();
    let count = bracket.split([',', ' ']).next().unwrap().parse().unwrap();
    (count, format!("{} {}", names.trim(), rest.join(" ")).trim_end_matches(['.', ' ']).to_owned())
}

fn page() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/tables.md");
    let page = std::fs::read_to_string(&path).ok();
    if page.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{} must be there in CI", path.display());
        eprintln!("skipped 1 test: {} is absent", path.display());
    }
    page
}

#[test]
fn icews_phoenix_and_polecat_have_the_listed_columns() {
    let Some(page) = page() else { return };
    for (table, columns) in [("ICEWS", &ICEWS_COLUMNS[..]), ("Phoenix", &PHOENIX_COLUMNS[..]), ("POLECAT", &POLECAT_COLUMNS[..])] {
        let (count, names) = listed(&page, table);
        assert_eq!(columns.len(), count, "{table}");
        assert_eq!(columns, names.split(", ").collect::<Vec<_>>(), "{table}");
    }
}

#[test]
fn gdelt_has_the_listed_columns() {
    let Some(page) = page() else { return };
    let (count, names) = listed(&page, "GDELT 2.0 events");
    // "Actor1 then Actor2, each {Code, …}" and "Actor1Geo, …, ActionGeo, each {_Type, …}" stand for a group of columns each.
    let (before, rest) = names.split_once("; Actor1 then Actor2, each {").unwrap();
    let (actor, rest) = rest.split_once("}; ").unwrap();
    let (event, rest) = rest.split_once("; Actor1Geo, Actor2Geo, ActionGeo, each {").unwrap();
    let (geo, after) = rest.split_once("}; ").unwrap();
    let plain = |list: &str| -> Vec<String> { list.split(", ").map(|n| n.split(" (").next().unwrap().trim().to_owned()).collect() };
    let group = |prefixes: &[&str], list: &str| -> Vec<String> {
        prefixes.iter().flat_map(|p| plain(list).into_iter().map(move |n| format!("{p}{n}"))).collect()
    };
    let expect = [
        plain(before),
        group(&["Actor1", "Actor2"], actor),
        plain(event),
        group(&["Actor1Geo", "Actor2Geo", "ActionGeo"], geo),
        plain(after),
    ]
    .concat();
    assert_eq!(GDELT_COLUMNS.len(), count);
    assert_eq!(GDELT_COLUMNS.to_vec(), expect);
}

#[test]
fn petrarch2_has_all_its_columns() {
    // The published list names columns by what they hold and brackets those that may be left out; texts and roots are two each.
    let Some(page) = page() else { return };
    assert!(page.contains("source of text, [actor texts], [event text], [actor roots]"));
    assert_eq!(PETRARCH2_COLUMNS.len(), 6 + 1 + 1 + 2 + 1 + 2);
}
