//! Downloads of licensed archives: many articles in one file, whatever its form. `data/make.py` wrote the files.

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use demarche_ingest::{Format, Input, Item, Problem, read, read_from};
use demarche_record::Article;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/exports").join(name)
}

fn read_file(name: &str) -> (Vec<Article>, Vec<Problem>) {
    let path = path(name);
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let _ = read(&Input { format: Format::of_path(&path), path: Some(path) }, &mut |item| {
        match item {
            Item::Article(article) => articles.push(article),
            Item::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

/// Title, source, day, first and last words of each text, of the three articles that every file holds.
const EXPECT: [(&str, &str, &str, &str, &str); 3] = [
    (
        "Talks on Lake Border Resume in Varna Bay",
        "The Example Times",
        "2020-03-02",
        "PORT ALDA — The foreign ministers of Alda and Brenn met on Monday for the first time since a patrol boat was sunk",
        "End of last week, the opposition had called the talks a surrender.",
    ),
    (
        "Police Fire Tear Gas at Marchers in Dorrin",
        "Example News Agency",
        "2020-03-03",
        "Police in Dorrin fired tear gas on Tuesday at several thousand marchers who demanded the release of the union leader",
        "stones had been thrown first; organisers denied it.",
    ),
    (
        "Brenn Sends Grain to Flooded Province",
        "Alda Courier",
        "2020-03-05",
        "Brenn has sent 4,000 tonnes of grain and two field hospitals to the flooded province of Ostmark, its ministry",
        "The governor of Ostmark thanked the neighbouring country and asked for boats.",
    ),
];

fn check(name: &str) {
    let (articles, problems) = read_file(name);
    assert_eq!(problems, [], "{name}");
    assert_eq!(articles.len(), 3, "{name}: {articles:#?}");
    for (article, (title, source, day, first, last)) in articles.iter().zip(EXPECT) {
        assert_eq!(article.title.as_deref(), Some(title), "{name}");
        assert_eq!(article.source.as_deref(), Some(source), "{name}");
        assert_eq!(article.published.as_deref(), Some(day), "{name}");
        assert!(article.text.starts_with(first), "{name}: {}", article.text);
        assert!(article.text.ends_with(last), "{name}: {}", article.text);
        assert_eq!(article.language, "en");
    }
    let paragraphs: Vec<usize> = articles.iter().map(|article| article.text.lines().count()).collect();
    assert_eq!(paragraphs, [3, 2, 2], "{name}: {articles:#?}");
    let authors: Vec<Vec<String>> =
        articles.iter().map(|article| article.authors.iter().map(|name| name.to_uppercase()).collect()).collect();
    assert_eq!(authors, [vec!["MIRA HALDEN", "TOM OKOYE"], vec!["ANA PETRESCU"], vec![]], "{name}");
}

#[test]
fn nexis_uni() {
    ["nexis.txt", "nexis.html", "nexis.rtf", "nexis.docx", "nexis.pdf"].into_iter().for_each(check);
}

#[test]
fn lexisnexis_academic() {
    ["nexis_classic.txt", "nexis_classic.html"].into_iter().for_each(check);
}

#[test]
fn factiva() {
    ["factiva.txt", "factiva.html", "factiva.rtf", "factiva.docx", "factiva.pdf"].into_iter().for_each(check);
    let (articles, _) = read_file("factiva.rtf");
    assert_eq!(articles[1].id, "EXNA000020200303eg33001xy");
}

#[test]
fn factiva_under_codes() {
    ["factiva_coded.txt", "factiva_coded.rtf", "factiva_coded.html"].into_iter().for_each(check);
}

#[test]
fn proquest() {
    ["proquest.txt", "proquest.html", "proquest.rtf", "proquest.docx", "proquest.pdf"].into_iter().for_each(check);
    let (articles, _) = read_file("proquest.docx");
    assert_eq!(articles[0].id, "2368123401");
    assert_eq!(articles[0].url.as_deref(), Some("https://example.org/docview/2368123401"));
}

fn problems_of(name: &str, bytes: &[u8]) -> (usize, Vec<String>) {
    let (mut articles, mut problems) = (0, Vec::new());
    let format = Format::of_path(Path::new(name));
    let _ = read_from(name, format, &mut &*bytes, &mut |item| {
        match item {
            Item::Article(_) => articles += 1,
            Item::Problem(problem) => problems.push(format!("{}{problem}", if problem.fatal { "!" } else { "" })),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

#[test]
fn what_cannot_be_read_is_named() {
    let check = |name: &str, bytes: &[u8], expect: &str| {
        let (articles, problems) = problems_of(name, bytes);
        assert_eq!((articles, problems.len()), (0, 1), "{name}: {problems:?}");
        assert!(problems[0].starts_with(expect), "{problems:?}");
    };
    let file = |name: &str| fs::read(path(name)).unwrap();
    check("a.pdf", &file("locked.pdf"), "!a.pdf: the PDF is locked with a password; save");
    check("a.pdf", &file("scanned.pdf"), "!a.pdf: the PDF holds no text: its pages seem to be pictures; run text recognition");
    check("a.pdf", &file("nexis.pdf")[..600], "!a.pdf: the PDF ");
    check("a.pdf", b"Not a PDF.", "!a.pdf: not an RTF or PDF document, whatever its name says");
    let docx = file("nexis.docx");
    check("a.docx", &docx[..docx.len() / 2], "!a.docx: the zip archive or Office document is damaged or cut off");
    let rtf = file("factiva.rtf");
    check("a.rtf", &rtf[..rtf.len() / 2], "!a.rtf: the RTF document cannot be read: it ends within a group");
    check(
        "a.txt",
        b"A title\nBYLINE: A\nA left.\nB title\nBYLINE: B\nB came.\n",
        "!a.txt: this seems to be an export with many articles whose layout",
    );
    // A cut-off text still holds its whole articles; the last one is named.
    let text = file("factiva.txt");
    let cut = String::from_utf8(text).unwrap();
    let cut = &cut[..cut.find("Document ALDC").unwrap()];
    let (articles, problems) = problems_of("a.txt", cut.as_bytes());
    assert_eq!((articles, problems.len()), (2, 1));
    assert!(problems[0].ends_with("the export ends within this article; download it again"), "{problems:?}");
    let without = "Document 1 of 2\n\nA title\n\nPublication title: The Example\n\nProQuest document ID: 1\n\nDocument 2 of 2\n\nB title\n\nFull text: B came.\n\nSubject: B\n";
    let (articles, problems) = problems_of("a.txt", without.as_bytes());
    assert_eq!(articles, 1);
    assert!(problems[0].starts_with("!a.txt, article 1:2: the article has no text"), "{problems:?}");
}

#[test]
fn zip_archives() {
    let zipped = |files: &[(&str, &[u8])]| {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let docx = fs::read(path("nexis.docx")).unwrap();
    let inner = zipped(&[("a.txt", b"A left.")]);
    let archive = zipped(&[
        ("b/nexis.docx", &docx),
        ("a.txt", b"A left."),
        ("c.png", b"x"),
        ("d.zip", &inner),
        ("__MACOSX/a.txt", b"x"),
        ("e.txt", b""),
    ]);
    let (articles, problems) = problems_of("a.zip", &archive);
    assert_eq!(articles, 4);
    assert_eq!(
        problems,
        [
            "!a.zip/d.zip: an archive within an archive; unpack the outer one first",
            "!a.zip/e.txt: the file is empty; give a file with text in it",
            "a.zip: 1 files of other kinds in this archive are left out",
        ]
    );
    let bomb = zipped(&[("a.txt", &vec![b' '; 80_000_000])]);
    let (articles, problems) = problems_of("a.zip", &bomb);
    assert_eq!(articles, 0);
    assert!(problems[0].starts_with("!a.zip/a.txt: "), "{problems:?}");
    let (_, problems) = problems_of("a.zip", &zipped(&[("a.png", b"x")]));
    assert!(problems[0].starts_with("!a.zip: no files to read in this zip archive"), "{problems:?}");
}
