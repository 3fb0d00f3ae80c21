//! Who said what to whom: every cue with its speaker and content, event or no event.

mod content;

use demarche_record::Statement;

use crate::attribution::chain;
use crate::coding::Scene;
use crate::events::sentence_ref;
use crate::quotes::inside;
use crate::{engine, record_id};

pub(crate) fn statements(scene: &Scene<'_>) -> Vec<Statement> {
    scene
        .cues
        .iter()
        .filter_map(|cue| {
            let sentence = &scene.analysis.sentences[cue.sentence];
            let content = scene.words(content::content(scene, cue)?);
            let addressee = content::addressee(sentence, cue.word).and_then(|i| scene.actors_at(cue.sentence, i).into_iter().next());
            let verbatim = inside(&scene.quotes, content.start + 1);
            let speaker = cue.link.speaker.clone();
            Some(Statement {
                id: record_id(
                    "st",
                    &[&scene.article.id, &format!("{}-{}", cue.span.start, cue.span.end), &format!("{}-{}", content.start, content.end)],
                ),
                article: scene.article.into(),
                sentence: sentence_ref(scene, cue.sentence),
                speaker: Some(speaker),
                cue: cue.link.cue.clone(),
                addressee,
                content,
                verbatim,
                attribution: chain(scene, cue.sentence, cue.word),
                engine: engine(scene.knowledge),
            })
        })
        .collect()
}
