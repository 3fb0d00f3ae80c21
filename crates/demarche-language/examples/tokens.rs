//! Reads JSON strings, one a line, and writes each text's sentences as lists of token offsets: what the training code uses, so that
//! training and coding split words alike.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        let chars: Vec<char> = text.chars().collect();
        let sentences: Vec<Vec<(usize, usize)>> =
            demarche_language::split(&chars).iter().map(|s| s.tokens.iter().map(|t| (t.start, t.end)).collect()).collect();
        serde_json::to_writer(&mut out, &sentences)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
