//! `classify`, `eval` and `explain` end to end: output, bad lines, exit status.

mod common;

use common::{code, demarche, records};
use serde_json::Value;

fn stderr(out: &std::process::Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const PAIRS: &str = concat!(
    r#"{"id":7,"text":"Kenya accused Somalia of arming rebels.","source":{"start":0,"end":5},"target":{"start":14,"end":21}}"#,
    "\n",
    r#"{"id":"b","text":"Somalia","source":{"start":3,"end":90},"target":null}"#,
    "\n\n",
    r#"{"id":"c","text":"Police arrested the editor.","source":null,"target":{"start":16,"end":26}}"#,
    "\n"
);

#[test]
fn pairs_are_classified_and_bad_lines_named() {
    let out = demarche(&["classify"], PAIRS.as_bytes());
    assert_eq!(out.status.code(), Some(1));
    assert!(stderr(&out).contains("standard input:2: source 3–90 lies outside the text of 7 characters"), "{}", stderr(&out));
    let found = records(&out.stdout);
    assert_eq!(found.len(), 2);
    assert_eq!((&found[0]["id"], &found[0]["event"], &found[0]["quad"]), (&Value::from(7), &Value::from("ACCUSE"), &Value::from(3)));
    assert_eq!(
        (&found[1]["id"], &found[1]["event"], &found[1]["modes"][0]),
        (&Value::from("c"), &Value::from("COERCE"), &Value::from("arrest"))
    );
    let scores = found[0]["scores"].as_object().unwrap();
    assert_eq!(scores.len(), 16);
    assert!((scores.values().map(|p| p.as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 0.01);
    assert_eq!(
        demarche(&["classify", "--threads", "1"], PAIRS.as_bytes()).stdout,
        demarche(&["classify", "--threads", "3"], PAIRS.as_bytes()).stdout
    );
    assert_eq!(demarche(&["classify", "no-such-file"], b"").status.code(), Some(1));
}

#[test]
fn desk_gold_is_scored_from_articles_and_from_records() {
    let folder = tempfile::tempdir().unwrap();
    let articles = file(&folder, "articles.jsonl", "{\"id\":\"a\",\"text\":\"Kenya accused Somalia of arming rebels.\"}\n");
    let gold = file(
        &folder,
        "gold.jsonl",
        concat!(
            r#"{"doc":"a","start":6,"trigger":"accused","optional":false,"alternatives":[{"event":"ACCUSE","actors":[{"country":"KEN","sector":"GOV"}],"recipients":[{"country":"SOM","sector":"GOV"}],"status":"actual"}]}"#,
            "\nbroken\n",
            r#"{"doc":"a","start":22,"trigger":"arming","optional":true,"alternatives":[{"event":"AID","actors":[],"recipients":[],"status":"actual"}]}"#,
            "\n",
            r#"{"doc":"b","start":0,"trigger":"Riots","optional":false,"alternatives":[{"event":"PROTEST","actors":[],"recipients":[],"status":"actual"}]}"#,
            "\n"
        ),
    );
    let coded = demarche(&["code", &articles, "--all", "--format", "jsonl"], b"").stdout;
    let coded = file(&folder, "records.jsonl", std::str::from_utf8(&coded).unwrap());
    for arguments in [["--articles", articles.as_str()], ["--records", coded.as_str()]] {
        let out = demarche(&[&["eval", "--gold", &gold, "--as", "desk"], &arguments[..]].concat(), b"");
        let table = String::from_utf8_lossy(&out.stdout).into_owned();
        assert_eq!(out.status.code(), Some(1), "{}", stderr(&out));
        assert!(stderr(&out).contains("gold.jsonl:2: ") && stderr(&out).contains("expected a gold mention"), "{}", stderr(&out));
        assert!(table.contains("R 0.500") && table.contains("2 in gold"), "{table}");
        assert!(table.contains("missed (1)") && table.contains("b 0 \"Riots\" PROTEST – > –"), "{table}");
    }
    let other = file(&folder, "other.jsonl", "{\"id\":\"z\",\"text\":\"Nothing happened.\"}\n");
    let out = demarche(&["eval", "--gold", &gold, "--as", "desk", "--articles", &other], b"");
    assert_eq!(out.status.code(), Some(2));
    assert!(stderr(&out).contains("no article is one of the gold file's"), "{}", stderr(&out));
    assert_eq!(demarche(&["eval", "--gold", &gold, "--as", "desk"], b"").status.code(), Some(2));
}

#[test]
fn plv_petrarch_and_polnear_gold_are_scored() {
    let folder = tempfile::tempdir().unwrap();
    let eval = |gold: &str, kind: &str| {
        let out = demarche(&["eval", "--gold", gold, "--as", kind], b"");
        assert!(out.status.success(), "{}", stderr(&out));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let plv = file(
        &folder,
        "plv.tsv",
        "marked_sentence\tgold_root\n<s>Kenya</s> accused <t>Somalia</t> of arming rebels.\tACCUSE\n<s>Police</s> arrested <t>an editor</t>.\tYIELD\n",
    );
    let table = eval(&plv, "plv");
    assert!(table.contains("accuracy  0.500") && table.contains("YIELD → COERCE  1"), "{table}");
    let petrarch = file(
        &folder,
        "records.xml",
        r#"<V><Sentence date="20010203" id="T-1" category="T"><EventCoding sourcecode="KENGOV" targetcode="SOM" eventcode="121"/><Text>Kenya accused Somalia of arming rebels.</Text></Sentence></V>"#,
    );
    let table = eval(&petrarch, "petrarch");
    assert!(table.contains("R 1.000") && table.contains("of 1 real states"), "{table}");
    file(&folder, "p/text/one.txt", "The minister said the bridge was closed.");
    file(
        &folder,
        "p/attributions/one_x.ann",
        "T1\tSource 0 12\tThe minister\nT2\tCue 13 17\tsaid\nT3\tContent 18 39\tthe bridge was closed\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n",
    );
    let table = eval(folder.path().join("p").to_str().unwrap(), "polnear");
    assert!(table.contains("source and content") && table.contains("1 right of 1 given, 1 in gold"), "{table}");
}

#[test]
fn a_record_is_explained_by_id_from_a_file_and_from_standard_input() {
    let text = "Kenya's foreign ministry said Somalia had reportedly shelled a border post on Monday.";
    let found = code(text, &["--date", "2025-04-10"]);
    let assault = found.iter().find(|r| r["event"] == "ASSAULT").expect("an assault");
    let id = assault["id"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let lines: String = found.iter().map(|r| format!("{r}\n")).collect();
    let all = file(&folder, "all.jsonl", &lines);
    let one = file(&folder, "one.json", &serde_json::to_string_pretty(assault).unwrap());
    let by_id = demarche(&["explain", id, "--records", &all], b"");
    assert!(by_id.status.success(), "{}", stderr(&by_id));
    assert_eq!(by_id.stdout, demarche(&["explain", &one], b"").stdout);
    assert_eq!(by_id.stdout, demarche(&["explain", "-"], assault.to_string().as_bytes()).stdout);
    let page = String::from_utf8(by_id.stdout).unwrap();
    for words in [
        "ASSAULT in the codebook: ",
        "The model: event head on \"shelled\", probability",
        "Words that show it: \"reportedly\"",
        "told as fact with a hedge",
        "by the word \"said\", reported, not quoted",
        "Row SOM of knowledge/states.tsv",
        "from the time expression \"",
        "Goldstein",
        "before calibration",
    ] {
        assert!(page.contains(words), "{words:?} is missing in\n{page}");
    }
    let missing = demarche(&["explain", "ev_0", "--records", &all], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("no record has the id ev_0"), "{}", stderr(&missing));
    assert!(stderr(&demarche(&["explain", id], b"")).contains("--records FILE"));
}
