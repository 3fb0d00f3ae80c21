//! WEIS codes against PLOVER types. PETRARCH's validation records come from TABARI's suite and carry WEIS codes (World Event/Interaction Survey, 1976), not CAMEO's.

use demarche_record::EventType::{
    self, Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request, Retreat, Sanction, Support,
    Threaten,
};

/// The types that a WEIS code can be in PLOVER; none where it has no counterpart (comments) or is no WEIS code.
pub(crate) fn types(code: &str) -> &'static [EventType] {
    if code.len() != 3 {
        return &[];
    }
    match &code[..2] {
        "01" => &[Retreat, Concede],
        "03" => &[Consult],
        "04" => &[Support],
        "05" => &[Agree],
        // Regret, asylum, recognition, release.
        "06" => &[Support, Concede, Retreat, Agree],
        "07" => &[Aid, Cooperate],
        // An agreement in substance may be told as signed.
        "08" => &[Agree, Support, Cooperate],
        "09" | "10" | "15" => &[Request],
        "11" | "14" => &[Reject],
        "12" | "13" => &[Accuse],
        "16" | "17" => &[Threaten],
        "18" => &[Protest, Mobilize],
        // A meeting called off, relations broken.
        "19" => &[Reject, Sanction],
        "20" => &[Sanction, Coerce],
        "21" => &[Coerce],
        "22" => &[Assault, Coerce],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_weis_and_others() {
        assert_eq!(types("122"), [Accuse]);
        assert!(types("223").contains(&Assault));
        assert!(types("023").is_empty(), "a comment is no PLOVER event");
        assert!(types("903").is_empty() && types("1721").is_empty() && types("").is_empty() && types("é").is_empty());
    }
}
