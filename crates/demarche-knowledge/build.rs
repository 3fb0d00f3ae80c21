//! Lists the person tables: a new file under `knowledge/persons/` becomes part of the program without a change of code.

use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../knowledge/persons");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        println!("cargo::rerun-if-changed={}", file.display());
        list += &format!("    (\"persons/{name}\", include_str!({:?})),\n", fs::canonicalize(&file)?);
    }
    list += "]";
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("persons.rs"), list)?;
    Ok(())
}
