//! Where an event happened, as the text says.

use demarche_knowledge::Naming;
use demarche_language::RoleKind;
use demarche_record::{Place, PlacePrecision};

use crate::coding::Scene;
use crate::mentions::text_of;
use crate::tree::{name_at, phrase};

/// The place of the mention at word `at`: the likeliest word in that part that the tables can place.
pub(crate) fn place(scene: &Scene<'_>, index: usize, at: usize) -> Option<Place> {
    let sentence = &scene.analysis.sentences[index];
    let mut roles: Vec<_> = sentence.roles.iter().filter(|r| r.of == at && r.kind == RoleKind::Place && r.score >= 0.5).collect();
    roles.sort_by(|a, b| b.score.total_cmp(&a.score));
    roles.into_iter().find_map(|role| {
        let name = name_at(sentence, role.word).or_else(|| {
            let words = phrase(sentence, role.word);
            sentence.names.iter().find(|n| words.contains(&n.first))
        })?;
        let text = text_of(sentence, name.first, name.last);
        let sense = scene.knowledge.states.senses(&text, scene.published).first().copied();
        let Some(sense) = sense else {
            // Named, but not in the tables: the words stand, nothing is made up.
            return Some(Place {
                name: text.clone(),
                country: None,
                admin1: None,
                geonames: None,
                latitude: None,
                longitude: None,
                precision: PlacePrecision::City,
                text,
            });
        };
        let (name, precision) = match sense.naming {
            Naming::Capital => (text.clone(), PlacePrecision::City),
            Naming::Metonym => (text.clone(), PlacePrecision::Point),
            _ => (scene.knowledge.states.name(sense.id).unwrap_or(&text).to_owned(), PlacePrecision::Country),
        };
        Some(Place {
            name,
            country: scene.knowledge.states.country(sense.id).map(str::to_owned),
            admin1: None,
            geonames: None,
            latitude: None,
            longitude: None,
            precision,
            text,
        })
    })
}
