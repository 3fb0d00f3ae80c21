//! Compiles the tables under `knowledge/` to the index that the program starts with, and computes their digest. A new file under
//! `knowledge/persons/` becomes part of the program without a change of code.

#![allow(dead_code, reason = "the build script shares the table readers with the library and needs only a part of them")]

use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

use sha2::{Digest, Sha256};

#[path = "src/fold.rs"]
mod fold;
#[path = "src/index/mod.rs"]
mod index;
#[path = "src/table.rs"]
#[allow(clippy::struct_field_names, clippy::trivially_copy_pass_by_ref, reason = "the library exports these items as they are")]
mod table;
#[path = "src/tables.rs"]
mod tables;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

fn tsv(folder: &PathBuf) -> Done<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    Ok(files)
}

fn main() -> Done<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../knowledge");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for shared in ["build.rs", "src/fold.rs", "src/index", "src/table.rs", "src/tables.rs"] {
        println!("cargo::rerun-if-changed={shared}");
    }
    let mut hash = Sha256::new();
    let mut tables = tables::Tables::default();
    let gazetteer = root.join("places/gazetteer.bin");
    println!("cargo::rerun-if-changed={}", gazetteer.display());
    hash.update(fs::read(&gazetteer).map_err(|e| format!("{}: {e}", gazetteer.display()))?);
    let mut list = String::from("&[\n");
    for (folder, prefix) in [(root.clone(), ""), (root.join("persons"), "persons/")] {
        for file in tsv(&folder)? {
            println!("cargo::rerun-if-changed={}", file.display());
            let name = file.file_name().and_then(|n| n.to_str()).ok_or("a table's name is not UTF-8")?.to_owned();
            let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            hash.update(&name);
            hash.update(&text);
            // What is wrong in them fails the tests, not the build.
            tables.add(&format!("{prefix}{name}"), &text, false, &mut Vec::new());
            let path = fs::canonicalize(&file)?;
            let path = path.to_str().ok_or("the repository's path is not UTF-8")?;
            writeln!(list, "    (\"{prefix}{name}\", include_str!({path:?})),")?;
        }
    }
    list += "]";
    fs::write(out.join("tables.rs"), list)?;
    fs::write(out.join("knowledge.bin"), index::write::compile(&tables)?)?;
    let digits: Vec<String> = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    println!("cargo::rustc-env=DEMARCHE_KNOWLEDGE_DIGEST=sha256:{}", digits.concat());
    Ok(())
}
