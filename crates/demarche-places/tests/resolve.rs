//! Names given in brackets → places, one family of rules a test. An expectation is "name, unit, country" as far as each is known.

use std::time::Instant;

use demarche_places::{Located, Mention, resolve};
use demarche_record::{PlacePrecision, Span};

fn resolved(marked: &str) -> Vec<Located> {
    let (mut text, mut mentions, mut start) = (Vec::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '[' => start = text.len(),
            ']' => {
                mentions.push(Mention { span: Span::new(start, text.len()), demonym: false });
            }
            c => text.push(c),
        }
    }
    resolve(&text, &mentions)
}

fn shown(l: &Located) -> String {
    let unit = l.admin1.clone().filter(|a| *a != l.name);
    let country = l.country.clone().filter(|_| l.latitude.is_some());
    [Some(l.name.clone()).filter(|_| l.latitude.is_some()), unit, country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn check(marked: &str, expect: &[&str]) {
    let got: Vec<String> = resolved(marked).iter().map(shown).collect();
    assert_eq!(got, expect, "in {marked:?}");
}

#[test]
fn units_named_right_after() {
    check("in [Long Beach], [CA], and later", &["Long Beach, California, USA", "California, USA"]);
    check("A farmer of [Paris], [Texas], won.", &["Paris, Texas, USA", "Texas, USA"]);
    check("The mayor of [Springfield] ([Illinois]) won.", &["Springfield, Illinois, USA", "Illinois, USA"]);
    check("[Athens], [Ga.] is small.", &["Athens, Georgia, USA", "Georgia, USA"]);
    // Not what contains the first, only the next of a list.
    check("between [Paris], [London] and [Rome]", &["Paris, Île-de-France, FRA", "London, England, GBR", "Rome, Lazio, ITA"]);
    check("talks in [Paris]. [Texas] was not there.", &["Paris, Île-de-France, FRA", "Texas, USA"]);
}

#[test]
fn forms_of_states() {
    check("He fled the [U.S]", &["United States, USA"]);
    check("They travelled to [China].", &["China, CHN"]);
    let china = &resolved("They travelled to [China].")[0];
    assert_eq!((china.precision, china.kind), (Some(PlacePrecision::Country), Some("country")));
    check("the [UK] and the [DRC]", &["United Kingdom, GBR", "Democratic Republic of the Congo, COD"]);
}

#[test]
fn one_unknown_name_loses_no_other() {
    check("from [Qwertzville] to [Nairobi] and [Mombasa]", &["", "Nairobi, Nairobi County, KEN", "Mombasa, Mombasa County, KEN"]);
    let unknown = &resolved("in [Qwertzville]")[0];
    assert_eq!((unknown.name.as_str(), unknown.geonames, unknown.latitude, unknown.score), ("Qwertzville", None, None, 0.0));
}

#[test]
fn a_port_lies_where_its_town_lies() {
    check("ships left the [Port of Rotterdam]", &["Port of Rotterdam, NLD"]);
    check("ships left [Rotterdam port]", &["Port of Rotterdam, NLD"]);
}

#[test]
fn other_places_of_the_text_decide() {
    check(
        "[Georgia] accused [Russia] of shelling near [Gori] and [Tbilisi].",
        &["Georgia, GEO", "Russia, RUS", "Gori, Shida Kartli, GEO", "Tbilisi, GEO"],
    );
    check(
        "In [Georgia], the towns of [Macon], [Valdosta] and [Savannah] voted.",
        &["Georgia, USA", "Macon, Georgia, USA", "Valdosta, Georgia, USA", "Savannah, Georgia, USA"],
    );
    check("[Tripoli] is the port north of [Beirut].", &["Tripoli, North Lebanon, LBN", "Beirut, LBN"]);
    check("[Tripoli] fell after [Misrata] and [Benghazi].", &["Tripoli, LBY", "Misratah, LBY", "Benghazi, Banghazi, LBY"]);
    // Many places of one county: the small town is meant, not the great one.
    check(
        "The sheriff of [Lamar County] said the [Paris] fire reached [Reno] and [Blossom] in [Texas].",
        &["Lamar County, Texas, USA", "Paris, Texas, USA", "Reno, Texas, USA", "Blossom, Texas, USA", "Texas, USA"],
    );
}

#[test]
fn what_alone_is_best_known() {
    check("He flew to [London].", &["London, England, GBR"]);
    check("Officials in [Washington] declined.", &["Washington, District of Columbia, USA"]);
    check("the [Durand Line] and the [Strait of Hormuz]", &["Durand Line", "Strait of Hormuz"]);
    check("the [city of Kano] and [Kano state]", &["Kano, Kano State, NGA", "Kano State, NGA"]);
    check("fighting in [Helmand province] and [Donbas]", &["Helmand, AFG", "Donbas, UKR"]);
}

#[test]
fn one_name_one_place_unless_the_text_says_otherwise() {
    check(
        "[Springfield], [Ohio], and [Springfield], [Missouri]. [Springfield] won.",
        &["Springfield, Ohio, USA", "Ohio, USA", "Springfield, Missouri, USA", "Missouri, USA", "Springfield, Ohio, USA"],
    );
}

#[test]
fn long_texts_and_odd_input() {
    assert!(resolve(&[], &[]).is_empty());
    let text = "[Paris] [London] [Springfield] [Kano] [Georgia] [San Antonio] [Qwertz] ".repeat(500);
    let before = Instant::now();
    assert_eq!(resolved(&text).len(), 3500);
    assert!(before.elapsed().as_secs() < 20);
}
