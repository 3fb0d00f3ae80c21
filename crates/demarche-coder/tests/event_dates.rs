//! When events happened, in passages written for the purpose. Each line of an expectation is a record: its trigger, its days (one where both are the
//! same, the partial date, or `-`), and the basis where that is not the text.

use std::sync::LazyLock;

use demarche_coder::code;
use demarche_knowledge::Knowledge;
use demarche_language::Analyser;
use demarche_record::{Article, Basis, Event};

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(1).unwrap());
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

fn line(e: &Event) -> String {
    let date = &e.date;
    let days = match (&date.from, &date.to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from}..{to}"),
        _ => date.partial.clone().unwrap_or_else(|| "-".to_owned()),
    };
    let basis = match date.basis {
        Basis::Publication => " publication",
        Basis::Dateline => " dateline",
        Basis::OfficeHolders => " office-holders",
        Basis::Text | Basis::None => "",
    };
    format!("{} {days}{basis}", e.trigger.text)
}

fn events(text: &str, published: Option<&str>) -> Vec<Event> {
    let article =
        Article { id: "a".into(), published: published.map(str::to_owned), language: "en".into(), text: text.into(), ..Article::default() };
    code(&article, &ANALYSER.analyse(text).unwrap(), &KNOWLEDGE).events
}

fn check(text: &str, published: Option<&str>, expect: &[&str]) {
    let got: Vec<String> = events(text, published).iter().map(line).collect();
    assert_eq!(got, expect, "in {text:?}");
}

/// Thursday.
const DAY: Option<&str> = Some("2025-04-10");

#[test]
fn a_headline_has_the_date_of_the_act_that_the_text_tells() {
    check(
        "Police arrest opposition leader in Nairobi\n\nKenyan police arrested the opposition leader on Tuesday.",
        DAY,
        &["arrest 2025-04-08", "arrested 2025-04-08"],
    );
    // Another act does not lend it its date.
    check(
        "France condemns the coup in Niger\n\nKenyan police arrested the opposition leader on Tuesday.",
        DAY,
        &["condemns 2025-04-04..2025-04-10 publication", "coup 2025-04-04..2025-04-10 publication", "arrested 2025-04-08"],
    );
}

#[test]
fn a_tale_goes_on_in_the_simple_past() {
    check(
        "The Kenyan president met the president of Uganda on 3 March 2025. The Kenyan president thanked Uganda for its help.",
        None,
        &["met 2025-03-03", "thanked 2025-03-03"],
    );
    // The perfect does not tell on.
    check(
        "The Kenyan president met the president of Uganda on 3 March 2025. The Kenyan president has thanked Uganda for its help.",
        None,
        &["met 2025-03-03", "thanked -"],
    );
}

#[test]
fn a_time_counted_from_another_event() {
    check(
        "The arrest comes a week after five soldiers were killed in Mali.",
        DAY,
        &["arrest 2025-04-04..2025-04-10 publication", "killed 2025-04-03"],
    );
}

#[test]
fn a_clause_shares_the_time_of_another() {
    check("Rebels attacked a village in Mali on Tuesday, killing five soldiers.", DAY, &["attacked 2025-04-08", "killing 2025-04-08"]);
    check("Five soldiers were killed in Tuesday's attack in Mali.", DAY, &["killed 2025-04-08", "attack 2025-04-08"]);
    check("The talks between Kenya and Uganda were held on Tuesday.", DAY, &["talks 2025-04-08"]);
    check("The French government said on Tuesday that it rejects the demands of Niger.", DAY, &["rejects 2025-04-08"]);
    // What somebody says on a day need not have happened on it.
    check("France on Tuesday condemned the coup in Niger.", DAY, &["condemned 2025-04-08", "coup 2025-04-04..2025-04-10 publication"]);
}

#[test]
fn a_date_before_a_noun_is_the_nouns() {
    check("France condemned the 13 November attacks in Mali.", None, &["condemned -", "attacks --11-13"]);
}

#[test]
fn from_the_first_day_to_the_last() {
    check("The Kenyan president visited Uganda from 3 to 5 March 2025.", None, &["visited 2025-03-03..2025-03-05"]);
    check("The Kenyan president visited Uganda from March 3 to 5, 2025.", None, &["visited 2025-03-03..2025-03-05"]);
}

#[test]
fn an_exercise_carries_its_year_in_its_name() {
    let got = events("Kenyan troops will join Uganda in Exercise Desert Wind 19 from May 15 to 24.", None);
    assert!(
        got.iter().all(|e| line(e).ends_with(" 2019-05-15..2019-05-24")) && !got.is_empty(),
        "{:?}",
        got.iter().map(line).collect::<Vec<_>>()
    );
    let got = events("Kenyan troops will join Uganda in the exercise from May 15 to 24.", None);
    assert!(got.iter().all(|e| line(e).ends_with(" --05-15")) && !got.is_empty(), "{:?}", got.iter().map(line).collect::<Vec<_>>());
}

#[test]
fn a_dateline_is_the_day_of_writing() {
    check("NAIROBI, April 10, 2025 (Desk) - Kenyan police arrested the opposition leader on Tuesday.", None, &["arrested 2025-04-08"]);
    check("Thursday, 10 April 2025\n\nKenyan police arrested the opposition leader on Tuesday.", None, &["arrested 2025-04-08"]);
    // A date in a sentence is none.
    check("On 10 April 2025 Kenya voted. Kenyan police arrested the opposition leader on Tuesday.", None, &["arrested -"]);
}

#[test]
fn the_week_of_publication_is_not_for_what_lies_elsewhere_in_time() {
    check("Kenyan police arrested the opposition leader.", DAY, &["arrested 2025-04-04..2025-04-10 publication"]);
    check("Prior to the ruling, Kenyan police arrested the opposition leader.", DAY, &["arrested -"]);
}
