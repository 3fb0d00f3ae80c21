//! From event records to what is linked.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use demarche_record::{Article, Event};

use crate::compare::compare;
use crate::day::day_of;
use crate::events::ArticleNote;
use crate::group::{Fixed, group};
use crate::mention::Mention;
use crate::{Profile, Signature};

/// Mentions and notes of articles for [`crate::link()`]. Of an article whose text is not given, the sentences that its records quote stand for the text.
pub fn from_records(events: &[Event], texts: &[Article]) -> (Vec<Mention>, Vec<ArticleNote>) {
    let given: HashMap<&str, &Article> = texts.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut of_article: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        of_article.entry(&event.article.id).or_default().push(event);
    }
    let mut articles: Vec<(Option<i32>, &str, Signature, Arc<Profile>)> = of_article
        .iter()
        .map(|(id, events)| {
            let about = &events[0].article;
            let day = about.published.as_deref().and_then(day_of);
            let text = given.get(id).map_or_else(|| quoted(events), |article| article.text.clone());
            (day, *id, Signature::of(&text), Arc::new(Profile::of(about.title.as_deref(), &text, day)))
        })
        .collect();
    articles.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let signatures: Vec<&Signature> = articles.iter().map(|a| &a.2).collect();
    let copies = group(&signatures, &compare(&signatures), &Fixed::default());
    let notes = articles
        .iter()
        .zip(&copies.first)
        .map(|((published, id, ..), first)| ArticleNote {
            id: (*id).to_owned(),
            source: of_article[id][0].article.source.clone(),
            published: *published,
            copy_of: articles[*first as usize].1.to_owned(),
        })
        .collect();
    let stories: HashMap<&str, &Arc<Profile>> = articles.iter().map(|(_, id, _, profile)| (*id, profile)).collect();
    let mentions = events.iter().filter_map(|event| Some(Mention::of(event, stories.get(event.article.id.as_str())?))).collect();
    (mentions, notes)
}

/// The sentences that an article's records rest on, each once, in order.
fn quoted(events: &[&Event]) -> String {
    let sentences: BTreeMap<usize, &str> = events.iter().map(|e| (e.sentence.start, e.sentence.text.as_str())).collect();
    sentences.into_values().collect::<Vec<_>>().join(" ")
}
