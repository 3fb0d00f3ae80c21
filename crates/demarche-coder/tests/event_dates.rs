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
    let met = "The Kenyan president met the president of Uganda on 3 March 2025.";
    check(&format!("{met} The Kenyan president visited a refugee camp."), None, &["met 2025-03-03", "visited 2025-03-03"]);
    // The perfect does not tell on.
    check(&format!("{met} The Kenyan president has visited a refugee camp."), None, &["met 2025-03-03", "visited -"]);
    // What an act is about has its own time.
    check(&format!("{met} The Kenyan president thanked Uganda for its help."), None, &["met 2025-03-03", "thanked 2025-03-03", "help -"]);
}

#[test]
fn a_time_counted_from_another_event() {
    check(
        "The attack comes a week after five soldiers were killed in Mali.",
        DAY,
        &["attack 2025-04-04..2025-04-10 publication", "killed 2025-04-03"],
    );
}

#[test]
fn a_clause_shares_the_time_of_another() {
    check("Five soldiers were killed in Tuesday's attack in Mali.", DAY, &["killed 2025-04-08", "attack 2025-04-08"]);
    check("The talks between Kenya and Uganda were held on Tuesday.", DAY, &["talks 2025-04-08", "held 2025-04-08"]);
    check("Kenya began on Monday to withdraw its troops from Somalia.", DAY, &["began 2025-04-07", "withdraw 2025-04-07"]);
    check(
        "France said on Tuesday it rejected the demands of Niger.",
        DAY,
        &["rejected 2025-04-08", "demands 2025-04-04..2025-04-10 publication"],
    );
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
    let values = |text: &str| {
        let found = demarche_coder::dates(&ANALYSER.analyse(text).unwrap(), None);
        found.into_iter().map(|e| e.value).collect::<Vec<_>>()
    };
    assert_eq!(values("Troops will join Uganda in Exercise Desert Wind 19 from May 15 to 24."), ["2019-05-15", "2019-05-24"]);
    assert_eq!(values("Troops will join Uganda in the exercise from May 15 to 24."), ["XXXX-05-15", "XXXX-05-24"]);
}

#[test]
fn a_dateline_is_the_day_of_writing() {
    let arrested = "Kenyan police have arrested the opposition leader.";
    let week = ["arrested 2025-04-04..2025-04-10 dateline"];
    check(&format!("NAIROBI, April 10, 2025 (Desk) - {arrested}"), None, &week);
    check(&format!("Thursday, 10 April 2025\n\n{arrested}"), None, &week);
    // A date in a sentence is none.
    check(&format!("On 10 April 2025 Kenya voted. {arrested}"), None, &["voted 2025-04-10", "arrested -"]);
}

#[test]
fn the_week_of_publication_is_not_for_what_lies_elsewhere_in_time() {
    check("Kenyan police arrested the opposition leader.", DAY, &["arrested 2025-04-04..2025-04-10 publication"]);
    check("Prior to the ruling, Kenyan police arrested the opposition leader.", DAY, &["arrested -"]);
}
