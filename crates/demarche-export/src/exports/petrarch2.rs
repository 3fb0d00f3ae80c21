//! The lines that PETRARCH2 writes, with all of its optional columns.

use super::pairs::Row;
use super::party::Party;
use super::phoenix::{issues, sentence_id};
use super::{cameo, cells};

/// Column names, in order. The file has no header.
pub const PETRARCH2_COLUMNS: [&str; 13] = [
    "date",
    "source",
    "target",
    "code",
    "issues",
    "ids",
    "url",
    "story source",
    "source text",
    "target text",
    "event text",
    "source root",
    "target root",
];

/// What PETRARCH2 writes where something is not there.
const ABSENT: &str = "---";

pub(crate) fn row(row: &Row<'_>) -> [String; 13] {
    let event = row.event;
    let or = |text: String| if text.is_empty() { ABSENT.to_owned() } else { text };
    let root = |party: &Party<'_>| or(party.name().to_uppercase().replace(' ', "_"));
    [
        cells::compact(event.date.from.as_deref()),
        or(row.actor.code()),
        or(row.recipient.code()),
        or(cameo::code(event)),
        issues(row),
        sentence_id(row),
        cells::text(event.article.url.as_deref()),
        event.article.source.clone().unwrap_or_else(|| "NULL".to_owned()),
        or(row.actor.words()),
        or(row.recipient.words()),
        or(event.trigger.text.clone()),
        root(&row.actor),
        root(&row.recipient),
    ]
}

#[cfg(test)]
mod tests {
    use demarche_record::DateInterval;

    use crate::exports::Layout;
    use crate::exports::sample::{accusation, cells};

    #[test]
    fn a_row_value_by_value() {
        assert_eq!(
            cells(Layout::Petrarch2, accusation()),
            [
                "20230914",
                "KGZGOV",
                "TJKMIL",
                "112",
                "military,1;territory,1",
                "dc-17_1",
                "https://courier.example/17?a=1&b=2",
                "The Danube Courier",
                "Kyrgyzstan",
                "Tajik forces",
                "accused",
                "KYRGYZSTAN",
                "TAJIKISTAN",
            ]
        );
    }

    #[test]
    fn what_is_absent_is_dashes() {
        let mut event = accusation();
        event.recipients.clear();
        event.date = DateInterval::none();
        event.article.source = None;
        event.article.url = None;
        let found = cells(Layout::Petrarch2, event);
        assert_eq!(found[..4], ["", "KGZGOV", "---", "112"]);
        assert_eq!(found[6..], ["", "NULL", "Kyrgyzstan", "---", "accused", "KYRGYZSTAN", "---"]);
    }
}
