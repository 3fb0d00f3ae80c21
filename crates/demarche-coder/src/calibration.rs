//! From a raw confidence to the share of such records that is right, by a small table that goes with the model.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../model/calibration.tsv");

/// The calibrated confidence, three decimals.
pub(crate) fn calibrated(raw: f64) -> f64 {
    static POINTS: OnceLock<Vec<(f64, f64)>> = OnceLock::new();
    crate::round(along(POINTS.get_or_init(|| points(TABLE)), raw))
}

fn points(table: &str) -> Vec<(f64, f64)> {
    let row = |line: &str| {
        let (raw, right) = line.split_once('\t')?;
        Some((raw.parse().ok()?, right.trim().parse().ok()?))
    };
    table.lines().filter_map(row).collect()
}

/// The value at `raw` of the line through the points; level beyond its ends; `raw` itself where there are none.
fn along(points: &[(f64, f64)], raw: f64) -> f64 {
    let after = points.partition_point(|(x, _)| *x < raw);
    match (after.checked_sub(1).map(|i| points[i]), points.get(after)) {
        (None, None) => raw,
        (Some((_, y)), None) | (None, Some(&(_, y))) => y,
        (Some((x0, y0)), Some(&(x1, y1))) => {
            if x1 > x0 {
                y0 + (y1 - y0) * (raw - x0) / (x1 - x0)
            } else {
                y1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: f64, expect: f64) {
        let found = along(&points("# words\nraw\tright\n0.2\t0.1\n0.6\t0.5\n1\t0.9\n"), raw);
        assert!((found - expect).abs() < 1e-9, "{raw}: {found}");
    }

    #[test]
    fn straight_between_and_level_beyond() {
        check(0.4, 0.3);
        check(0.6, 0.5);
        check(0.1, 0.1);
        check(1.0, 0.9);
        assert!((along(&[], 0.37) - 0.37).abs() < 1e-9);
    }

    #[test]
    fn the_shipped_table_never_falls() {
        let points = points(TABLE);
        assert!(points.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1), "{points:?}");
        assert!(points.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)), "{points:?}");
        assert_eq!(points.len(), TABLE.lines().filter(|l| !l.starts_with('#') && !l.starts_with("raw")).count());
    }
}
