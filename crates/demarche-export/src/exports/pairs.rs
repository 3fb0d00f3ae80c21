//! Dyads: one row for every pair of an actor and a recipient.

use demarche_knowledge::Knowledge;
use demarche_record::{Actor, Event, EventType};
use sha2::{Digest, Sha256};

use super::Entry;
use super::party::{Party, day};

/// One row of a dyadic table.
pub(crate) struct Row<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) event: &'a Event,
    pub(crate) actor: Party<'a>,
    pub(crate) recipient: Party<'a>,
    pub(crate) knowledge: &'a Knowledge,
    /// Number of the pair, from 0.
    pair: usize,
    /// How many pairs the record has.
    pairs: usize,
}

impl Row<'_> {
    /// The record's id; where it has several pairs, with the pair's number after it, from 1: `ev_be7589d70ecc8b45-2`.
    pub(crate) fn id(&self) -> String {
        if self.pairs == 1 { self.event.id.clone() } else { format!("{}-{}", self.event.id, self.pair + 1) }
    }

    /// The same as a number: the first 13 hexadecimal digits of the record's id, plus the pairs before this one.
    pub(crate) fn number(&self) -> u64 {
        number(&self.event.id) + self.pair as u64
    }
}

/// The rows of an event. Sides that are not named are empty; an event that names nobody is one row all the same.
///
/// Where all take part alike the record has actors only. A meeting or a joint work of several is then a row for each of them with each other one, as
/// dyadic tables count them; other types are a row an actor, since actors who strike together do not strike each other.
pub(crate) fn rows<'a>(entry: &'a Entry, knowledge: &'a Knowledge) -> Vec<Row<'a>> {
    let event = &entry.event;
    let on = day(event);
    let mutual = event.recipients.is_empty() && matches!(event.event, EventType::Consult | EventType::Cooperate);
    let pairs: Vec<(Option<&Actor>, Option<&Actor>)> = if mutual && event.actors.len() > 1 {
        let of = |i: usize| event.actors.iter().enumerate().filter(move |(j, _)| *j != i).map(|(_, other)| other);
        event.actors.iter().enumerate().flat_map(|(i, a)| of(i).map(move |b| (Some(a), Some(b)))).collect()
    } else {
        let side = |list: &'a [Actor]| if list.is_empty() { vec![None] } else { list.iter().map(Some).collect() };
        let recipients = side(&event.recipients);
        side(&event.actors).into_iter().flat_map(|a| recipients.iter().map(move |r| (a, *r))).collect()
    };
    let count = pairs.len();
    let row = |(pair, (actor, recipient))| Row {
        entry,
        event,
        actor: Party::new(actor, on, knowledge),
        recipient: Party::new(recipient, on, knowledge),
        knowledge,
        pair,
        pairs: count,
    };
    pairs.into_iter().enumerate().map(row).collect()
}

/// A number of at most 52 bits for an id, so that programs that read numbers as floating point lose nothing: the first 13 hexadecimal digits after the
/// prefix; of an id of another form, those of its SHA-256.
pub(crate) fn number(id: &str) -> u64 {
    let own = id.split_once('_').map_or(id, |(_, digits)| digits);
    let digits = own.get(..13).filter(|d| own.len() == 16 && d.bytes().all(|b| b.is_ascii_hexdigit()));
    match digits.and_then(|d| u64::from_str_radix(d, 16).ok()) {
        Some(number) => number,
        None => Sha256::digest(id.as_bytes()).iter().take(7).fold(0, |n, byte| n << 8 | u64::from(*byte)) >> 4,
    }
}

#[cfg(test)]
mod tests {
    use demarche_record::Kind;

    use super::*;
    use crate::exports::entries;
    use crate::exports::sample::{accusation, actor};

    fn check(event: &Event, expect: &[(&str, &str, &str)]) {
        let knowledge = Knowledge::load();
        let entries = entries(std::slice::from_ref(event), |_| true);
        let rows = rows(&entries[0], &knowledge);
        let found: Vec<(String, String, String)> = rows.iter().map(|r| (r.id(), r.actor.code(), r.recipient.code())).collect();
        let expect: Vec<(String, String, String)> =
            expect.iter().map(|(i, a, r)| ((*i).to_owned(), (*a).to_owned(), (*r).to_owned())).collect();
        assert_eq!(found, expect);
        let numbers: Vec<u64> = rows.iter().map(Row::number).collect();
        assert!(numbers.windows(2).all(|w| w[0] + 1 == w[1]) && numbers[0] == 0xb_e758_9d70_ecc8);
    }

    #[test]
    fn every_actor_with_every_recipient() {
        let state = |id: &str| actor(id, Kind::State, Some(id), Some(id), &[]);
        let mut event = accusation();
        event.actors = vec![state("USA"), state("FRA")];
        event.recipients = vec![state("RUS"), state("BLR")];
        check(
            &event,
            &[
                ("ev_be7589d70ecc8b45-1", "USA", "RUS"),
                ("ev_be7589d70ecc8b45-2", "USA", "BLR"),
                ("ev_be7589d70ecc8b45-3", "FRA", "RUS"),
                ("ev_be7589d70ecc8b45-4", "FRA", "BLR"),
            ],
        );
        event.recipients.clear();
        check(&event, &[("ev_be7589d70ecc8b45-1", "USA", ""), ("ev_be7589d70ecc8b45-2", "FRA", "")]);
        event.event = EventType::Consult;
        check(&event, &[("ev_be7589d70ecc8b45-1", "USA", "FRA"), ("ev_be7589d70ecc8b45-2", "FRA", "USA")]);
        event.actors.truncate(1);
        check(&event, &[("ev_be7589d70ecc8b45", "USA", "")]);
        event.actors.clear();
        check(&event, &[("ev_be7589d70ecc8b45", "", "")]);
    }

    #[test]
    fn numbers_of_ids() {
        assert_eq!(number("ev_be7589d70ecc8b45"), 0xb_e758_9d70_ecc8);
        for id in ["held00", "", "ev_", "ev_zz7589d70ecc8b45", "ev_ключключключключ"] {
            assert!(number(id) < 1 << 52, "{id}");
        }
        assert_ne!(number("held00"), number("held01"));
    }
}
