//! Reading files, folders and streams, good and bad.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use demarche_ingest::{Format, Input, Item, Problem, inputs, read, read_from};
use demarche_record::Article;
use proptest::prelude::*;

const PROSE: &str = "The president met the protest leaders in the capital on Tuesday.";

/// The articles and the problems of one file's bytes.
fn read_bytes(format: Option<Format>, bytes: &[u8]) -> (Vec<Article>, Vec<Problem>) {
    let mut articles = Vec::new();
    let mut problems = Vec::new();
    let flow = read_from("file", format, &mut &*bytes, &mut |item| {
        match item {
            Item::Article(article) => articles.push(article),
            Item::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    (articles, problems)
}

/// Reads bytes and compares the texts, and each problem as it is shown: `!` before fatal ones, then how it begins.
fn check(format: Format, bytes: impl AsRef<[u8]>, texts: &[&str], problems: &[&str]) {
    let (articles, found) = read_bytes(Some(format), bytes.as_ref());
    assert_eq!(articles.iter().map(|article| article.text.as_str()).collect::<Vec<_>>(), texts);
    let shown: Vec<String> = found.iter().map(|p| format!("{}{p}", if p.fatal { "!" } else { "" })).collect();
    assert_eq!(shown.len(), problems.len(), "{shown:?}");
    for (shown, expect) in shown.iter().zip(problems) {
        assert!(shown.starts_with(expect), "{shown} does not begin with {expect}");
    }
}

#[test]
fn text_files() {
    check(Format::Text, "A left.\r\nB came.\n", &["A left.\nB came.\n"], &[]);
    check(Format::Text, b"\xef\xbb\xbfA left.", &["A left."], &[]);
    check(Format::Text, b"\xff\xfeA\0.\0\r\0\n\0", &["A.\n"], &[]);
    check(
        Format::Text,
        b"The caf\xe9 in Qu\xe9bec closed.",
        &["The café in Québec closed."],
        &["file: not UTF-8: read as windows-1252; save"],
    );
    check(Format::Text, "", &[], &["!file: the file is empty"]);
    check(Format::Text, " \n\n", &[], &["!file: the file is empty"]);
    check(Format::Text, b"\xef\xbb\xbf", &[], &["!file: the article has no text"]);
    check(Format::Text, b"%PDF-1.4 \x00", &[], &["!file: the PDF is damaged or cut off"]);
    check(Format::Text, b"abc\0\0\0def", &[], &["!file: not text: this seems to be a binary file; give"]);
    check(Format::Text, "é".repeat(4_000_001), &[], &["!file: the text is longer than 4,000,000 characters; split"]);
    check(Format::Text, "a".repeat(50_000_001), &[], &["!file: over 50 MB in one text; split"]);
}

#[test]
fn json_lines() {
    let lines = "{\"id\": 7, \"title\": \"T\", \"text\": \"A.\", \"url\": \"http://a\", \"source\": \"S\", \
                 \"published\": \"Dec. 13, 2016\", \"more\": [1]}\n\n{\"text\": \"B.\"}";
    let (articles, problems) = read_bytes(None, lines.as_bytes());
    assert_eq!(problems, []);
    assert_eq!(
        articles[0],
        Article {
            id: "7".to_owned(),
            title: Some("T".to_owned()),
            url: Some("http://a".to_owned()),
            source: Some("S".to_owned()),
            published: Some("2016-12-13".to_owned()),
            authors: vec![],
            language: "en".to_owned(),
            text: "A.".to_owned(),
        }
    );
    assert_eq!((articles[1].id.len(), articles[1].text.as_str()), (19, "B."));

    let check = |bytes: &str, texts: &[&str], problems: &[&str]| {
        check(Format::JsonLines, bytes, texts, problems);
    };
    check(
        "{\"text\": \"A.\n{\"text\": \"B.\"}\n\n{\"text\": }\n[1]\n7\n{\"text\": \"C.\"}\n",
        &["B.", "C."],
        &[
            "!file:1: not valid JSON at column 12: EOF while parsing a string; correct",
            "!file:4: not valid JSON at column 10: expected value; correct",
            "!file:5: not an article",
            "!file:6: not an article",
        ],
    );
    check(
        "{\"id\": \"a\"}\n{\"text\": null}\n{\"text\": \" \"}\n{\"text\": 5}\n",
        &[],
        &[
            "!file:1: the article has no text",
            "!file:2: the article has no text",
            "!file:3: the article has no text",
            "!file:4: `text` is not a string",
        ],
    );
    check(
        "{\"text\": \"A.\", \"title\": [], \"published\": \"1/5/2018\"}",
        &["A."],
        &["file:1: `title` is not a string", "file:1: the date `1/5/2018` cannot be read with certainty"],
    );
    check("{\"text\": \"A.\\r\\nB.\", \"published\": 20180113}", &["A.\nB."], &[]);
}

#[test]
fn json_over_several_lines() {
    let check = |bytes: &str, texts: &[&str], problems: &[&str]| {
        check(Format::JsonLines, bytes, texts, problems);
    };
    check("[{\"text\": \"A ]} \\\" [.\"}, {\"text\": \"B.\"}]", &["A ]} \" [.", "B."], &[]);
    check("\n [\n  {\n    \"text\": \"A.\"\n  },\n  {\"text\": \"B.\"}\n]\n", &["A.", "B."], &[]);
    check("{\n  \"text\":\n    \"A.\"\n}\n", &["A."], &[]);
    check("{\"id\": 1,\n \"text\": \"A.\"}\n{\"id\": 2,\n \"text\": \"B.\"}\n", &["A.", "B."], &[]);
    check(
        "[\n{\"text\": \"A.\"},\n{\"text\": ,\n},\n\"B.\", 5,\n{\"text\": \"C.\"},\n{\"text\": \"D.",
        &["A.", "C."],
        &[
            "!file:3: not valid JSON at column 10: expected value",
            "!file:5: not an article",
            "!file:5: not an article",
            "!file:7: not valid JSON at column 12: EOF while parsing a string",
        ],
    );
    check("[]", &[], &["file: there are no articles in it"]);
}

#[test]
fn json_in_other_encodings() {
    check(
        Format::JsonLines,
        b"{\"text\": \"The caf\xe9 in Qu\xe9bec.\"}\n{\"text\": \"Qu\xe9bec\"}",
        &["The café in Québec.", "Québec"],
        &["file:1: not UTF-8: read as windows-1252"],
    );
    let utf16: Vec<u8> = "\u{feff}{\"text\": \"A.\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(Format::JsonLines, utf16, &["A."], &[]);
}

#[test]
fn tables() {
    let table = "id;Title;TEXT;published;x\n7;T;\"A; \"\"B\"\"\nC.\";13-Jan-2018;\n;;D.;;\n";
    let (articles, problems) = read_bytes(None, table.as_bytes());
    assert_eq!(problems, []);
    assert_eq!(articles[0].text, "A; \"B\"\nC.");
    assert_eq!((articles[0].id.as_str(), articles[0].title.as_deref()), ("7", Some("T")));
    assert_eq!(articles[0].published.as_deref(), Some("2018-01-13"));
    assert_eq!((articles[1].id.len(), articles[1].title.as_deref()), (19, None));

    check(Format::Csv, "\u{feff}text,id\nA.,1\n", &["A."], &[]);
    check(Format::Csv, "id\ttext\r\n1\tA, B; C.\r\n", &["A, B; C."], &[]);
    check(Format::Csv, "text\nA.\nB.\n", &["A.", "B."], &[]);
    check(Format::Csv, b"id,text\n1,Qu\xe9bec caf\xe9\n", &["Québec café"], &["file:2: not UTF-8: read as windows-1252"]);
    let body = "id;body\n1;A.\n";
    check(Format::Csv, body, &[], &["!file: no column is named `text`: the first row names id, body; rename one"]);
    check(
        Format::Csv,
        "id,text\n1,A.\n2,B,C.\n3\n4,\n5,E.\n",
        &["A.", "E."],
        &["!file:3: the row has 3 fields where the first row names 2", "!file:4: the row has 1 fields", "!file:5: the article has no text"],
    );
    check(Format::Csv, "id,text\n", &[], &["file: there are no articles under the column names"]);
}

#[test]
fn endless_rows_and_lines_are_refused() {
    let mut table = b"id,text\n1,A.\n2,\"".to_vec();
    table.resize(66_000_000, b'a');
    check(Format::Csv, &table, &["A."], &["!file:3: cannot be read from here on: a row is over 64 MB"]);
    let mut lines = b"{\"text\": \"A.\"}\n{\"text\": \"".to_vec();
    lines.resize(66_000_000, b'a');
    lines.extend(b"\"}\n{\"text\": \"C.\"}\n");
    check(Format::JsonLines, &lines, &["A.", "C."], &["!file:2: over 64 MB in one article; split"]);
}

#[test]
fn reading_stops_when_told() {
    let mut seen = 0;
    let flow = read_from("file", None, &mut &b"{\"text\": \"A.\"}\n{\"text\": \"B.\"}\n"[..], &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    });
    assert_eq!((flow, seen), (ControlFlow::Break(()), 1));
}

#[test]
fn folders() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["b.txt", "a/c.HTML", "a/d.jsonl", "a/.hidden.txt", ".git/e.txt", "f.png", "g.csv", "empty/h.md"] {
        fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        fs::write(at(name), PROSE).unwrap();
    }
    let named = |path: PathBuf| Input { format: Format::of_path(&path), path: Some(path) };

    let (found, problems) = inputs(&[folder.path().to_owned(), at("f.png"), PathBuf::from("-")]);
    assert_eq!(problems, []);
    let expect = ["a/c.HTML", "a/d.jsonl", "b.txt", "g.csv", "f.png"].map(|name| named(at(name)));
    assert_eq!(found[..5], expect);
    assert_eq!(found[5..], [Input::default()]);

    let (found, problems) = inputs(&[at("missing.txt"), at("empty")]);
    assert_eq!(found, []);
    assert!(problems.iter().all(|problem| problem.fatal));
    assert!(problems[0].message.starts_with("cannot be read: No such file"), "{}", problems[0]);
    assert!(problems[1].message.starts_with("no files to read in this folder; looked for .txt .html"));
}

#[test]
fn files_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let message = |path: &Path| {
        let mut message = String::new();
        let _ = read(&Input { path: Some(path.to_owned()), format: None }, &mut |item| {
            if let Item::Problem(problem) = item {
                message = problem.message;
            }
            ControlFlow::Continue(())
        });
        message
    };
    assert!(message(&folder.path().join("missing")).starts_with("cannot be read: No such file"));
    assert!(message(folder.path()).starts_with("cannot be read: Is a directory"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in [None, Some(Format::Text), Some(Format::Html), Some(Format::JsonLines), Some(Format::Csv)] {
            read_bytes(format, &bytes);
        }
    }

    #[test]
    fn reading_markup_never_panics(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "<p>", "</p>", "<div class=share>", "<table>", "<tr><td>", "<br>", "<article>", "<time datetime='", "'>",
                "<script type='application/ld+json'>", "{\"@type\": \"Article\"", "}", "[", "]", "\"", "\\", ",", "\n",
                "text", "</script>", "<meta charset=utf-16>", "é", PROSE, "<svg>", "<noscript><img>", "<b><p><i>", "<!--",
            ]),
            0..60,
        )
    ) {
        for format in [None, Some(Format::Html), Some(Format::JsonLines), Some(Format::Csv)] {
            read_bytes(format, parts.concat().as_bytes());
        }
    }
}
