//! Intervals by drawing documents again and again: how much a figure would move with other documents of the same kind.

const DRAWS: usize = 1000;
const SEED: u64 = 2026;

/// 95% interval of a figure over `documents` documents: `measure` of the numbers of as many documents, drawn with replacement; 1,000 draws,
/// always the same ones.
pub fn interval(documents: usize, measure: impl Fn(&[usize]) -> f64) -> (f64, f64) {
    if documents == 0 {
        return (0.0, 0.0);
    }
    let mut state = SEED;
    let mut drawn = vec![0; documents];
    let mut values: Vec<f64> = (0..DRAWS)
        .map(|_| {
            drawn.iter_mut().for_each(|d| *d = (next(&mut state) % documents as u64) as usize);
            measure(&drawn)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    (values[DRAWS / 40], values[DRAWS - 1 - DRAWS / 40])
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_holds_the_figure_and_is_always_the_same() {
        // 100 documents, 40 of them right: the share is .4, its standard error about .05.
        let share = |drawn: &[usize]| drawn.iter().filter(|i| *i % 5 < 2).count() as f64 / 100.0;
        let (low, high) = interval(100, share);
        assert!((0.28..0.34).contains(&low) && (0.46..0.53).contains(&high), "{low} {high}");
        assert_eq!((low, high), interval(100, share));
        assert_eq!(interval(7, |drawn| drawn.len() as f64), (7.0, 7.0));
        assert_eq!(interval(0, |_| 1.0), (0.0, 0.0));
    }
}
