//! Lists the person tables (a new file under `knowledge/persons/` becomes part of the program without a change of code) and computes the
//! digest of all tables.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../knowledge/persons");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut hash = Sha256::new();
    let mut take = |path: &Path| -> Result<(), Box<dyn std::error::Error>> {
        println!("cargo::rerun-if-changed={}", path.display());
        hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(fs::read(path)?);
        Ok(())
    };
    let tables = folder.join("..");
    let mut other: Vec<PathBuf> = fs::read_dir(&tables)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    other.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    other.sort();
    for file in &other {
        take(file)?;
    }
    take(&tables.join("places/gazetteer.bin"))?;
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        take(&file)?;
        let path = fs::canonicalize(&file)?;
        let path = path.to_str().ok_or("the repository's path is not UTF-8")?;
        writeln!(list, "    (\"persons/{name}\", include_str!({path:?})),")?;
    }
    list += "]";
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("persons.rs"), list)?;
    let digits: Vec<String> = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    println!("cargo::rustc-env=DEMARCHE_KNOWLEDGE_DIGEST=sha256:{}", digits.concat());
    Ok(())
}
