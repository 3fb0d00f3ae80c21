//! Documents of one or many articles: RTF, PDF, and text of any origin.

use std::io::Read;
use std::ops::ControlFlow;

use crate::bytes::whole;
use crate::export::{self, Layout};
use crate::fields::Fields;
use crate::sink::Sink;
use crate::{pdf, rtf};

/// An RTF or a PDF document.
pub(crate) fn read(head: &[u8], rest: &mut dyn Read, sink: &mut Sink) -> ControlFlow<()> {
    let bytes = match whole(head, rest) {
        Ok(bytes) => bytes,
        Err(message) => return sink.failure(None, &message),
    };
    let text = if bytes.starts_with(b"{\\rtf") {
        rtf::text(&bytes).map_err(|why| format!("the RTF document cannot be read: {why}"))
    } else {
        pdf::text(&bytes)
    };
    match text {
        Ok(text) => read_text(text, true, sink),
        Err(message) => sink.failure(None, &message),
    }
}

/// A document's text: an export of an archive with its articles, else one article. `rich` where it comes of a document
/// whose lines are not those of a file, so that articles are counted instead.
pub(crate) fn read_text(text: String, rich: bool, sink: &mut Sink) -> ControlFlow<()> {
    let Some(layout) = Layout::of(&text) else {
        if export::seems_many(&text) {
            return sink.failure(
                None,
                "this seems to be an export with many articles whose layout is not known: Nexis Uni, Factiva and ProQuest are; \
                 export it as one of them with full texts, or split it into articles",
            );
        }
        let full = || text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let text = if rich { full() } else { text };
        return Fields { text: Some(text), ..Fields::default() }.finish(None, sink);
    };
    // A line of a document is a paragraph, however short; only files of text wrap.
    let text = if rich { text.replace('\n', "\n\n") } else { text };
    let parts = export::split(&text, layout);
    if parts.is_empty() {
        return sink.failure(None, &format!("no articles were found in this {} export; export it again with full texts", layout.name()));
    }
    for (number, part) in parts.into_iter().enumerate() {
        let name = format!("{}, article {}", sink.name(), number + 1);
        let place = (!rich).then_some(part.line);
        let mut sink = sink.within(&name);
        if part.cut_off {
            sink.failure(place, "the export ends within this article; download it again")?;
        } else {
            part.fields.finish(place, &mut sink)?;
        }
    }
    ControlFlow::Continue(())
}
