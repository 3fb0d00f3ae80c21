//! What must not hurt a record: kills, other writers, full disks, damage, other files.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{add, article, event, ids, lines};
use demarche_record::EventType::Consult;
use demarche_store::{Filter, Kind, Store, View};

/// With these set, a test is the writer that another test starts.
const PATH: &str = "DEMARCHE_TEST_RECORD";
const PREFIX: &str = "DEMARCHE_TEST_PREFIX";

fn write(path: &Path, prefix: &str, count: usize) {
    let mut store = Store::create(path).unwrap();
    for n in 0..count {
        let a = article(&format!("{prefix}{n}"), &format!("Kenya met Somalia for the {n}th time. {}", "More words follow. ".repeat(40)));
        let events = [event(&a, "met", Consult, ("KEN", "SOM"), "2025-04-08"), event(&a, "time", Consult, ("SOM", "KEN"), "2025-04-08")];
        add(&mut store, &a, &events, true);
        println!("{}", a.id);
    }
}

/// Does nothing by itself: the writer that the others start and kill.
#[test]
fn writer() {
    if let (Some(path), Ok(prefix)) = (std::env::var_os(PATH), std::env::var(PREFIX)) {
        write(Path::new(&path), &prefix, 100_000);
    }
}

fn start(path: &Path, prefix: &str, out: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture"])
        .env(PATH, path)
        .env(PREFIX, prefix)
        .stdout(std::fs::File::create(out).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn killed_at_any_instant_it_holds_every_finished_article() {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("r.db"), folder.path().join("out"));
    let mut finished = 0;
    for round in 0..25_u64 {
        let prefix = format!("r{round}-");
        let mut child = start(&path, &prefix, &out);
        // From the first instant, while the record is being made, to well into it.
        std::thread::sleep(Duration::from_millis(round * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = std::fs::read_to_string(&out).unwrap();
        let said = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let told: Vec<&str> = said.lines().filter_map(|line| line.split_whitespace().last()).filter(|id| id.starts_with(&prefix)).collect();
        let store = Store::create(&path).unwrap();
        let articles = store.articles(&Filter::default(), View::Now, true).unwrap();
        for id in &told {
            assert!(articles.iter().any(|a| a.id == *id), "{id} was finished and is gone");
        }
        // Whole or not at all.
        assert!(articles.iter().all(|a| a.events == 2));
        assert_eq!(ids(&store, &Filter::default(), View::Now).len(), articles.len() * 2);
        finished += told.len();
    }
    assert!(finished > 0, "no writer got far enough to be killed at work");
}

#[test]
fn two_writers_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    // Both begin on a record that is not there.
    let threads: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|prefix| {
            let path = path.clone();
            std::thread::spawn(move || write(&path, prefix, 40))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let store = Store::open(&path).unwrap();
    assert_eq!(store.articles(&Filter::default(), View::Now, false).unwrap().len(), 120);
}

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    write(&path, "a", 3);
    let writer = rusqlite::Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; INSERT INTO changes (at, kind) VALUES (0, 'add')").unwrap();
    let before = Instant::now();
    let store = Store::open(&path).unwrap();
    assert_eq!(ids(&store, &Filter::default(), View::Now).len(), 6);
    assert!(before.elapsed() < Duration::from_secs(5));
}

#[test]
fn files_that_are_no_record_of_this_version_are_refused_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let message = |path: &Path| Store::create(path).map(|_| ()).unwrap_err().to_string();
    assert!(Store::open(&at("none.db")).map(|_| ()).unwrap_err().to_string().contains("demarche add"));
    std::fs::write(at("text.db"), "This is a text and no record, long enough to be looked at. ".repeat(20)).unwrap();
    assert!(message(&at("text.db")).contains("no record of demarche"), "{}", message(&at("text.db")));
    rusqlite::Connection::open(at("other.db")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(message(&at("other.db")).contains("no record of demarche"));
    drop(Store::create(&at("newer.db")).unwrap());
    rusqlite::Connection::open(at("newer.db")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(message(&at("newer.db")).contains("format 99") && message(&at("newer.db")).contains("newer demarche"));
    assert!(message(&at("no/such/folder.db")).contains("folder exists"));
}

#[test]
fn damage_is_named_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    write(&path, "a", 60);
    let whole = std::fs::read(&path).unwrap();
    let mut named = 0;
    for part in 1..40 {
        let mut bytes = whole.clone();
        let at = bytes.len() * part / 40;
        let end = (at + 4096).min(bytes.len());
        bytes[at..end].fill(0xa5);
        let broken = folder.path().join(format!("b{part}.db"));
        std::fs::write(&broken, bytes).unwrap();
        let read = Store::open(&broken)
            .and_then(|store| store.records(Kind::Events, &Filter::default(), View::Now, &mut |_| std::ops::ControlFlow::Continue(())));
        if let Err(error) = read {
            named += usize::from(error.to_string().contains("damaged") && error.to_string().contains(".recover"));
        }
    }
    assert!(named > 5, "{named}");
    // Cut off in the middle.
    let cut = folder.path().join("cut.db");
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let read = Store::open(&cut)
        .and_then(|store| store.records(Kind::Events, &Filter::default(), View::Now, &mut |_| std::ops::ControlFlow::Continue(())));
    assert!(read.unwrap_err().to_string().contains("damaged"));
}

#[test]
fn every_earlier_format_opens() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut formats = 0;
    for format in 1..=demarche_store::FORMAT {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        std::fs::copy(kept.join(format!("format-{format}.db")), &path).unwrap();
        let mut store = Store::open(&path).unwrap();
        let expected = std::fs::read_to_string(kept.join(format!("format-{format}.jsonl"))).unwrap();
        let found: String = lines(&store, Kind::Events, &Filter::default(), View::Now).into_iter().map(|line| line + "\n").collect();
        assert_eq!(found, expected);
        assert_eq!(store.corrections(None).unwrap().len(), 2);
        let release = store.releases().unwrap().remove(0);
        let view = store.view_of_release(&release.name).unwrap();
        assert_eq!(store.checksum(view).unwrap(), release.checksum);
        // And takes more.
        let a = article("new", "Kenya met Somalia.");
        add(&mut store, &a, &[event(&a, "met", Consult, ("KEN", "SOM"), "2025-04-08")], true);
        formats += 1;
    }
    assert_eq!(formats, demarche_store::FORMAT);
}
