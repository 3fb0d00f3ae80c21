use std::io::Read;
use std::ops::ControlFlow;

use crate::bytes::{decode, whole};
use crate::document;
use crate::sink::Sink;

/// The whole file is one article, or the export of an archive with many.
pub(crate) fn read(head: &[u8], rest: &mut dyn Read, sink: &mut Sink) -> ControlFlow<()> {
    let (text, note) = match whole(head, rest) {
        Ok(bytes) => decode(bytes, None),
        Err(message) => return sink.failure(None, &message),
    };
    if let Some(note) = note {
        sink.note(None, &note)?;
    }
    document::read_text(text, false, sink)
}
