//! Words by which places are found. Each list is one string, words apart by spaces.

/// A list of words.
pub(crate) struct Words(&'static str);

impl Words {
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.0.split(' ').any(|w| w == word)
    }
}

/// Words after a place's name that make it the seat of a body: "Kano police", "Alexandria City Council".
pub(crate) const BODIES: Words = Words(
    "police city county council university department fire school schools high hospital court sheriff sheriff's board chamber community \
     college medical regional public airport international metropolitan municipal township town village district division times state \
     central middle elementary junior north south east west area general memorial civic mayor parks planning water port housing health \
     independent crown magistrates parish fair museum library convention",
);

/// Nouns in small letters for those who act for a place right before: "Kano police".
pub(crate) const SEATED: Words = Words("police authorities officials residents prosecutors government officers firefighters airport");

/// Prepositions before a place.
pub(crate) const BEFORE: Words = Words("in at from near to around outside across of into through throughout toward towards via inside");

/// Nouns that, capitalised after a name, belong to it.
pub(crate) const FEATURES: Words = Words(
    "county parish township province oblast governorate prefecture river lake valley island islands peninsula mountains mountain hills \
     bay beach sea ocean strait desert forest park creek street avenue road drive lane highway boulevard parkway bridge square airport \
     base camp dam canal city district region heights springs falls",
);

/// Words that alone name no place, whatever the recogniser says.
pub(crate) const NO_PLACE: Words = Words(
    "center centre city county street police school hospital road avenue district house elementary state states highway church hall \
     airport station building park north south east west northwest northeast southwest southeast central court route parkway drive lane \
     college university international republic river lake bridge st home wilderness refuge bench turnpike interstate",
);

/// Numbered roads: "Highway 19", "Interstate 45".
pub(crate) const ROADS: Words = Words("highway interstate route i road fm");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_whole_words() {
        assert!(FEATURES.holds("county") && BEFORE.holds("in") && BODIES.holds("planning"));
        assert!(!FEATURES.holds("count") && !FEATURES.holds("") && !SEATED.holds("policemen"));
    }
}
