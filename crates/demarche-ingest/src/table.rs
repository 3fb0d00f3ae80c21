use std::io::Read;
use std::ops::ControlFlow;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use crate::bytes::{Limited, Records};
use crate::fields::Fields;
use crate::format::delimiter;
use crate::sink::Sink;

/// A table whose first row names the columns; one article per row.
pub(crate) fn read(head: &[u8], rest: impl Read, sink: &mut Sink) -> ControlFlow<()> {
    let delimiter = delimiter(&String::from_utf8_lossy(head)).unwrap_or_else(|| most_frequent(head));
    let input = Limited::new(head.chain(rest));
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
    let names: Vec<String> = match reader.byte_headers() {
        Ok(header) => header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect(),
        Err(error) => return sink.failure(Some(1), &error_message(&error)),
    };
    if !names.iter().any(|name| name.eq_ignore_ascii_case("text")) {
        let shown: Vec<String> = names.iter().take(20).map(|name| name.chars().take(40).collect()).collect();
        let message = format!("no column is named `text`: the first row names {}; rename one", shown.join(", "));
        return sink.failure(None, &message);
    }
    let mut records = Records::new();
    let mut row = ByteRecord::new();
    let mut empty = true;
    loop {
        reader.get_mut().refill();
        let line = reader.position().line() as usize;
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) if empty => {
                return sink.note(None, "there are no articles under the column names");
            }
            Ok(false) => return ControlFlow::Continue(()),
            Err(error) => return sink.failure(Some(line), &error_message(&error)),
        }
        empty = false;
        let line = row.position().map_or(line, |position| position.line() as usize);
        if row.len() != names.len() {
            let message = format!(
                "the row has {} fields where the first row names {}; put fields with delimiters or quotes in quotes",
                row.len(),
                names.len()
            );
            sink.failure(Some(line), &message)?;
            continue;
        }
        let (encoding, note) = records.encoding(row.as_slice());
        if let Some(note) = note {
            sink.note(Some(line), &note)?;
        }
        let mut fields = Fields::default();
        for (name, value) in names.iter().zip(&row) {
            if name.eq_ignore_ascii_case("authors") {
                let listed = encoding.decode_without_bom_handling(value).0;
                fields.authors = listed.split(';').map(str::to_owned).collect();
            } else if let Some(field @ None) = fields.named(&name.to_ascii_lowercase()) {
                *field = Some(encoding.decode_without_bom_handling(value).0.into_owned());
            }
        }
        fields.finish(Some(line), sink)?;
    }
}

/// The likely delimiter of a table that has no `text` column.
fn most_frequent(head: &[u8]) -> u8 {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let fields = |delimiter: u8| first.split(|byte| *byte == delimiter).count();
    // The last of equals wins.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| fields(*delimiter)).unwrap_or(b',')
}

fn error_message(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::Io(error) => format!("cannot be read from here on: {error}"),
        _ => format!("cannot be read from here on: {error}; save it as CSV again"),
    }
}
