//! Prints the articles of files and folders as JSON Lines, and problems on standard error.

use std::ops::ControlFlow;
use std::path::PathBuf;

use demarche_ingest::{Item, inputs, read};

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (found, problems) = inputs(&paths);
    for problem in problems {
        eprintln!("{problem}");
    }
    for input in &found {
        let _ = read(input, &mut |item| {
            match item {
                Item::Article(article) => println!("{}", serde_json::json!(article)),
                Item::Problem(problem) => eprintln!("{problem}"),
            }
            ControlFlow::Continue(())
        });
    }
}
