//! Who says what to whom, one family of sayings a test. Each line of an expectation is a statement: speaker {cue} content, then the addressee
//! where one is named.

use std::sync::LazyLock;

use demarche_coder::code;
use demarche_knowledge::Knowledge;
use demarche_language::Analyser;
use demarche_record::{Article, Statement};

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(1).unwrap());
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

fn statements(text: &str) -> Vec<Statement> {
    let article = Article { id: "a".into(), language: "en".into(), text: text.into(), ..Article::default() };
    code(&article, &ANALYSER.analyse(text).unwrap(), &KNOWLEDGE).statements
}

fn line(s: &Statement) -> String {
    let speaker = s.speaker.as_ref().map_or("", |a| a.text.as_str());
    let to = s.addressee.as_ref().map(|a| format!(" to {}", a.text)).unwrap_or_default();
    format!("{speaker} {{{}}} {}{to}", s.cue.text, s.content.text)
}

fn check(text: &str, expect: &[&str]) {
    let got: Vec<String> = statements(text).iter().map(line).collect();
    assert_eq!(got, expect, "in {text:?}");
}

#[test]
fn a_place_or_time_beside_the_cue_is_not_its_content() {
    check(
        "The minister said at a rally in Nairobi that the border would stay closed.",
        &["The minister {said} that the border would stay closed"],
    );
    check("The minister spoke on Monday at a rally in Nairobi.", &[]);
}

#[test]
fn quotations_before_and_around_the_cue() {
    check("\"The border will stay closed,\" the minister said on Monday.", &["the minister {said} The border will stay closed"]);
}

#[test]
fn a_quotation_is_content_to_its_end() {
    let text = "The minister said: \"The border will stay closed. Nobody will pass.\"";
    let found = statements(text);
    assert!(found[0].content.text.ends_with("Nobody will pass."), "{:?}", found[0].content);
    assert!(found[0].verbatim);
}

#[test]
fn sources_after_according_to() {
    check("According to the army, two soldiers died near the border.", &["the army {According to} two soldiers died near the border"]);
}

#[test]
fn acts_of_speech_have_their_object_as_content() {
    check("The senator mocked the new budget.", &["The senator {mocked} the new budget"]);
    check("The union criticised the minister for the delay.", &["The union {criticised} the minister for the delay"]);
}

#[test]
fn intentions_and_demands_have_infinitives_as_content() {
    check("The party vowed to lower taxes.", &["The party {vowed} to lower taxes"]);
    check("The mayor asked residents to leave.", &["The mayor {asked} residents to leave to residents"]);
}

#[test]
fn names_that_are_called() {
    check("The president called the ruling a disgrace.", &["The president {called} the ruling a disgrace"]);
    check("The mayor called his brother.", &[]);
}

#[test]
fn beliefs_and_fears() {
    check("Farmers fear that the harvest will fail.", &["Farmers {fear} that the harvest will fail"]);
    check("The governor is worried about the river.", &["The governor {worried} about the river"]);
}

#[test]
fn a_relative_pronoun_speaks_for_whom_it_stands() {
    let text = "The trader, who wants to reopen the market, left on Monday.";
    check(text, &["who {wants} to reopen the market"]);
    let found = statements(text);
    let speaker = found[0].speaker.as_ref().unwrap();
    assert_eq!(speaker.resolution.antecedent.as_ref().map(|a| a.text.as_str()), Some("The trader"));
}

#[test]
fn what_would_be_said_is_not_said() {
    check("The party would like a new law.", &[]);
}

#[test]
fn thoughts_within_a_quotation_are_the_speakers() {
    check("\"I think that farmers want a new law,\" the senator said.", &["the senator {said} I think that farmers want a new law"]);
}

#[test]
fn whole_clauses_of_any_verb_and_of_counted_speakers() {
    check("They argue that the council overstepped its powers.", &["They {argue} that the council overstepped its powers"]);
    check("Many say that the price is too high.", &["Many {say} that the price is too high"]);
}

#[test]
fn free_participles_go_on_with_the_subjects_words() {
    check(
        "The judge rejected the request of the paper, saying that the file was private.",
        &["The judge {rejected} the request of the paper", "The judge {saying} that the file was private"],
    );
}

#[test]
fn two_apostrophes_are_a_quotation_mark() {
    check("''The border will stay closed,'' the minister said.", &["the minister {said} The border will stay closed"]);
}

#[test]
fn labels_of_headlines_and_transcripts() {
    check("Poll: Most voters reject the plan", &["Poll {:} Most voters reject the plan"]);
    let text = "WARSAME: The border is closed. It will stay closed.\nSAID: Until when?\n";
    let found = statements(text);
    assert_eq!(found[0].content.text, "The border is closed. It will stay closed.");
    check("Update: The road is open again after the storm.", &[]);
}
