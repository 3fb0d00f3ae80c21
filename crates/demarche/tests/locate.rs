//! `demarche locate` end to end.

mod common;

use common::{demarche, records};

#[test]
fn places_of_several_articles_as_json_lines() {
    let input = concat!(
        "{\"id\": \"one\", \"text\": \"¡Atención! Gunmen fled from Long Beach, CA, to Qwertzville and Nairobi.\"}\n",
        "not json\n",
        "{\"id\": \"two\", \"text\": \"Kenyan troops crossed into Somalia.\"}\n"
    );
    let out = demarche(&["locate", "-"], input.as_bytes());
    assert_eq!(out.status.code(), Some(1), "the broken line is reported");
    let got = records(&out.stdout);
    let brief: Vec<_> = got.iter().map(|p| (p["article"].as_str().unwrap(), p["text"].as_str().unwrap(), p["country"].as_str())).collect();
    assert_eq!(
        brief,
        [
            ("one", "Long Beach", Some("USA")),
            ("one", "CA", Some("USA")),
            ("one", "Qwertzville", None),
            ("one", "Nairobi", Some("KEN")),
            ("two", "Somalia", Some("SOM")),
        ]
    );
    let long_beach = &got[0];
    assert_eq!((long_beach["start"].as_u64(), long_beach["end"].as_u64()), (Some(28), Some(38)), "offsets are code points");
    assert_eq!(
        (long_beach["admin1"].as_str(), long_beach["precision"].as_str(), long_beach["kind"].as_str()),
        (Some("California"), Some("city"), Some("city"))
    );
    assert_eq!(long_beach["geonames"].as_u64(), Some(5_367_929));
    assert!(got[2]["geonames"].is_null() && got[2]["latitude"].is_null() && got[2]["precision"].is_null());
    assert!(got.iter().all(|p| p["alternatives"].as_array().is_some_and(|a| a.len() <= 5)));
}

#[test]
fn demonyms_and_other_languages() {
    let out = demarche(&["locate", "--demonyms"], b"Kenyan troops crossed into Somalia.");
    assert_eq!(records(&out.stdout).len(), 2);
    let german = "Die Polizei in Hamburg hat am Dienstag drei Menschen festgenommen, wie ein Sprecher der Stadt am Abend mitteilte.";
    let out = demarche(&["locate"], german.as_bytes());
    assert!(out.status.success() && out.stdout.is_empty());
    assert!(String::from_utf8_lossy(&out.stderr).contains("--any-language"));
    assert_eq!(demarche(&["locate", "--no-such-flag"], b"").status.code(), Some(2));
}
