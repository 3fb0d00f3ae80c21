//! Computes the model's digest once, while building, so that no run has to.

use std::path::PathBuf;
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../model");
    let mut hash = Sha256::new();
    for name in ["demarche.onnx", "tokenizer.json", "labels.json", "coreference.json", "calibration.tsv"] {
        let path = folder.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        hash.update(fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    let digits: Vec<String> = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    println!("cargo::rustc-env=DEMARCHE_MODEL_DIGEST=sha256:{}", digits.concat());
    Ok(())
}
