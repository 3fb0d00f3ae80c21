//! What the coder makes of sentences written for the purpose, one family of phenomena a test. Each line of an expectation is a record:
//! type, actors > recipients, then what is not the default.

use std::sync::LazyLock;

use demarche_coder::{Coding, code};
use demarche_knowledge::Knowledge;
use demarche_language::{Analyser, Analysis};
use demarche_record::{Actor, Article, Event, Status};

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(1).unwrap());
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

fn article(text: &str, published: Option<&str>) -> Article {
    Article { id: "a".into(), published: published.map(str::to_owned), language: "en".into(), text: text.into(), ..Article::default() }
}

fn coded(text: &str, published: Option<&str>) -> (Article, Analysis, Coding) {
    let article = article(text, published);
    let analysis = ANALYSER.analyse(text).unwrap();
    let coding = code(&article, &analysis, &KNOWLEDGE);
    (article, analysis, coding)
}

fn who(list: &[Actor]) -> String {
    list.iter()
        .map(|a| a.country.clone().or_else(|| a.sectors.first().cloned()).unwrap_or_else(|| "?".into()))
        .collect::<Vec<_>>()
        .join("+")
}

fn line(e: &Event) -> String {
    let mut out = format!("{} {} > {}", e.event.name(), who(&e.actors), who(&e.recipients));
    if e.status != Status::Actual {
        out += &format!(" {}", e.status.name());
    }
    if !e.attribution.is_empty() {
        let chain: Vec<Actor> = e.attribution.iter().map(|l| l.speaker.clone()).collect();
        out += &format!(" by {}", who(&chain));
    }
    if let Some(from) = &e.date.from {
        out += &format!(" on {from}");
    }
    for m in &e.magnitude {
        out += &format!(" {} {}", m.what, m.value);
    }
    out
}

/// The records of a text, each as a line.
fn check(text: &str, expect: &[&str]) {
    check_on(text, None, expect);
}

fn check_on(text: &str, published: Option<&str>, expect: &[&str]) {
    let (_, _, coding) = coded(text, published);
    let got: Vec<String> = coding.events.iter().map(line).collect();
    assert_eq!(got, expect, "in {text:?}");
}

#[test]
fn active_passive_and_by_phrase() {
    check("Egyptian police arrested three activists.", &["COERCE EGY > EGY detained 3"]);
    check("Three activists were arrested by Egyptian police.", &["COERCE EGY > EGY"]);
    check("Kenya accused Somalia.", &["ACCUSE KEN > SOM"]);
    check(
        "Kyrgyzstan accused Tajik forces of crossing the border and shelling a village.",
        &["ACCUSE KGZ > TJK", "MOBILIZE TJK > KGZ by KGZ", "ASSAULT TJK > KGZ by KGZ"],
    );
    check("Somalia was accused by Kenya.", &["ACCUSE KEN > SOM"]);
}

#[test]
fn nominal_events() {
    check("France condemned Russia's invasion of Ukraine.", &["ACCUSE FRA > RUS", "ASSAULT RUS > UKR"]);
}

#[test]
fn coordination_makes_one_record_with_several_parties() {
    check("The United States and France accused Russia.", &["ACCUSE USA+FRA > RUS"]);
}

#[test]
fn capitals_and_demonyms_stand_for_governments() {
    check("Seoul urged Pyongyang to resume talks.", &["REQUEST KOR > PRK"]);
    check("The Kremlin criticised France.", &["ACCUSE RUS > FRA"]);
}

#[test]
fn all_who_meet_are_actors() {
    check("The foreign ministers of Japan and India met in Tokyo.", &["CONSULT JPN+IND > "]);
}

#[test]
fn who_says_so() {
    check("The Malian army said it had killed 12 rebels.", &["ASSAULT MLI > REB by MLI dead 12"]);
}

#[test]
fn status_other_than_actual() {
    check("Egyptian police have not arrested the activists.", &["COERCE EGY > EGY negated"]);
}

#[test]
fn dates_from_the_day_of_publication() {
    check_on("Kenyan police arrested the opposition leader on Tuesday.", Some("2025-04-10"), &["COERCE KEN > KEN on 2025-04-08"]);
    check("Kenyan police arrested the opposition leader on Tuesday.", &["COERCE KEN > KEN"]);
}

#[test]
fn no_events_where_there_are_none() {
    check("Arsenal attacked from the first minute but the goalkeeper saved a fierce shot.", &[]);
    check("The stock market crashed on Monday as investors sold shares.", &[]);
    check("Heavy rain killed the coffee harvest in the highlands.", &[]);
}

/// The places of the records of a text: name, unit, country, precision, and whether there is a point.
fn check_places(text: &str, expect: &[&str]) {
    let got: Vec<String> = coded(text, None)
        .2
        .events
        .iter()
        .map(|e| match &e.place {
            None => "none".to_owned(),
            Some(p) => {
                let parts = [
                    Some(p.name.clone()),
                    p.admin1.clone(),
                    p.country.clone(),
                    Some(format!("{:?}", p.precision)),
                    p.latitude.map(|_| "point".to_owned()),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
        })
        .collect();
    assert_eq!(got, expect, "in {text:?}");
}

#[test]
fn places_of_events() {
    check_places("Protesters marched in Springfield, Illinois.", &["Springfield Illinois USA City point"]);
    // A country has no pin on its capital.
    check_places("Soldiers arrested twelve people in Syria.", &["Syria SYR Country"]);
    // The dateline is where the report was written.
    check_places("NAIROBI, Kenya (Agency) – Gunmen killed four officers.", &["none"]);
    check_places("Rebels seized the town of Nowheresville.", &["Nowheresville City"]);
}

/// The coding under the words, so that a change can be read.
#[test]
fn snapshot_of_a_short_report() {
    let text = "Kenya on Monday accused Somalia of sending troops across the border. \"We will defend every inch of our land,\" Defence Minister Aden Warsame told \
                reporters in Nairobi. Somalia's government rejected the accusation and called for talks. The two sides had met in Djibouti last month, but the \
                meeting ended without a deal. About 200 people fled the town of Mandera, the Kenya Red Cross said.";
    let (article, analysis, coding) = coded(text, Some("2025-04-10"));
    let sentences: Vec<_> = analysis.sentences.iter().map(|s| s.span).collect();
    let view = demarche_export::readable(&article, &sentences, &coding.events, demarche_export::Style { width: 100, colour: false });
    insta::assert_snapshot!(view);
}
