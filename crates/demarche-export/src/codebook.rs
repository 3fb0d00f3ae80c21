//! What the codebook says of a type, mode, status or sector: its own words, read from the page.

const PAGE: &str = include_str!("../../../docs/codebook.md");

/// The page's paragraph on an event type.
pub(crate) fn event_type(name: &str) -> Option<String> {
    let (_, rest) = PAGE.split_once(&format!("\n### {name}\n"))?;
    let paragraph: Vec<&str> = rest.lines().skip_while(|l| l.is_empty()).take_while(|l| !l.is_empty() && !l.starts_with('|')).collect();
    (!paragraph.is_empty()).then(|| paragraph.join(" "))
}

/// The page's gloss on a mode of a type.
pub(crate) fn mode(event: &str, mode: &str) -> Option<&'static str> {
    let (_, rest) = PAGE.split_once("\n## Modes\n")?;
    let rest = rest.split("\n## ").next()?;
    let mut own = false;
    for cells in rest.lines().filter(|l| l.starts_with('|')).map(cells) {
        let [name, m, _, gloss] = cells[..] else { continue };
        if !name.is_empty() {
            own = name == event;
        }
        if own && m.trim_matches('`') == mode {
            return Some(gloss);
        }
    }
    None
}

/// The page's meaning of a status.
pub(crate) fn status(name: &str) -> Option<&'static str> {
    let (_, rest) = PAGE.split_once("\n## Status\n")?;
    rest.lines().map(cells).find(|c| c.len() == 4 && c[0].trim_matches('`') == name).map(|c| c[1])
}

/// The page's words for a sector.
pub(crate) fn sector(code: &str) -> Option<&'static str> {
    let (_, rest) = PAGE.split_once("\n### Sectors\n")?;
    let rest = rest.split("\n## ").next()?;
    rest.lines().map(cells).find_map(|c| c.chunks(2).find(|p| p.len() == 2 && p[0].trim_matches('`') == code).map(|p| p[1]))
}

fn cells(line: &'static str) -> Vec<&'static str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use demarche_record::{EventType, Status};

    use super::*;

    #[test]
    fn every_type_mode_status_and_sector_is_on_the_page() {
        for event in EventType::ALL {
            assert!(event_type(event.name()).is_some_and(|d| d.len() > 20), "{}", event.name());
        }
        let table = include_str!("../../../knowledge/plover.tsv");
        for row in table.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| !r[1].is_empty()) {
            assert!(mode(row[0], row[1]).is_some_and(|g| !g.is_empty()), "{row:?}");
        }
        assert!(Status::ALL.iter().all(|s| status(s.name()).is_some()));
        assert_eq!(sector("MIL"), Some("armed forces"));
        assert_eq!(sector("LAB"), Some("labour, unions"));
    }

    #[test]
    fn what_is_not_there_is_none() {
        assert_eq!(event_type("WAR"), None);
        assert_eq!(mode("CONSULT", "withdraw"), None);
        assert_eq!(mode("AGREE", "–").unwrap_or("no modes"), "no modes");
        assert_eq!(status("maybe"), None);
        assert_eq!(sector("XXX"), None);
    }
}
