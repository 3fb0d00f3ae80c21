use std::io::Read;
use std::ops::ControlFlow;

use crate::bytes::{decode, whole};
use crate::fields::Fields;
use crate::sink::Sink;

/// The whole file is one article.
pub(crate) fn read(head: &[u8], rest: &mut dyn Read, sink: &mut Sink) -> ControlFlow<()> {
    let (text, note) = match whole(head, rest) {
        Ok(bytes) => decode(bytes, None),
        Err(message) => return sink.failure(None, &message),
    };
    if let Some(note) = note {
        sink.note(None, &note)?;
    }
    Fields { text: Some(text), ..Fields::default() }.finish(None, sink)
}
