//! Raw text → places, with the shipped model.

use std::sync::LazyLock;

use demarche_language::Analyser;
use demarche_places::{Located, locate};

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(1).unwrap());

fn located(text: &str, demonyms: bool) -> Vec<Located> {
    locate(&ANALYSER.analyse(text).unwrap(), demonyms)
}

/// The names found, in order; each must be the exact words of its span.
fn check(text: &str, expect: &[&str]) {
    let chars: Vec<char> = text.chars().collect();
    let got = located(text, false);
    for l in &got {
        assert_eq!(chars[l.start..l.end].iter().collect::<String>(), l.text);
    }
    assert_eq!(got.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), expect, "in {text:?}");
}

#[test]
fn names_with_their_units() {
    check("Police arrested a man in Springfield, Ill., on Monday.", &["Springfield", "Ill."]);
    check("The fire began in Laurel County and spread.", &["Laurel County"]);
    check("He moved from the U.S. to Nairobi.", &["U.S.", "Nairobi"]);
}

#[test]
fn names_of_persons_are_no_places() {
    check("George Washington met Bill Clinton.", &[]);
    check("Jordan Henderson scored twice. Henderson was pleased.", &[]);
}

#[test]
fn bodies_named_after_places() {
    check("Kano police arrested twelve men.", &["Kano"]);
    check("She studied at the University of Kentucky.", &["Kentucky"]);
    check("The Green Party opposed the bill.", &[]);
    check("The Ministry of Health closed a clinic.", &[]);
}

#[test]
fn demonyms_only_on_request() {
    let text = "Kenyan troops crossed into Somalia.";
    check(text, &["Somalia"]);
    let all = located(text, true);
    assert_eq!(
        all.iter().map(|l| (l.text.as_str(), l.country.as_deref(), l.demonym)).collect::<Vec<_>>(),
        [("Kenyan", Some("KEN"), true), ("Somalia", Some("SOM"), false)]
    );
}

#[test]
fn the_same_alone_and_twice() {
    let text = "Rebels shelled Goma and Bukavu. Troops left Long Beach, CA.";
    assert_eq!(located(text, true), located(text, true));
    assert!(located("", true).is_empty());
    assert!(located("no place here, and none there.", true).is_empty());
}
