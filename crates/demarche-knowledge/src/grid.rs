//! PRIO-GRID: the half-degree cells by which conflict research counts.

/// Cells to a degree.
const PER_DEGREE: f64 = 2.0;
const ROWS: u32 = 360;
const COLUMNS: u32 = 720;

/// The number of the PRIO-GRID cell that a point lies in: 1 in the south-west corner of the map, counted eastwards and then northwards to
/// 259,200. `latitude` and `longitude` are degrees north and east; `None` where they are no point of the Earth.
///
/// A point on the line between two cells belongs to the one in the north or east; the pole and the 180th meridian belong to the last row and column.
pub fn prio_grid(latitude: f64, longitude: f64) -> Option<u32> {
    if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
        return None;
    }
    let row = (((latitude + 90.0) * PER_DEGREE) as u32).min(ROWS - 1);
    let column = (((longitude + 180.0) * PER_DEGREE) as u32).min(COLUMNS - 1);
    Some(row * COLUMNS + column + 1)
}

/// The middle of a cell, degrees north and east; `None` where there is no cell of that number.
pub fn prio_grid_middle(cell: u32) -> Option<(f64, f64)> {
    let index = cell.checked_sub(1).filter(|i| *i < ROWS * COLUMNS)?;
    let middle = |i: u32| (f64::from(i) + 0.5) / PER_DEGREE;
    Some((middle(index / COLUMNS) - 90.0, middle(index % COLUMNS) - 180.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_points() {
        let check = |latitude: f64, longitude: f64, cell: Option<u32>| {
            assert_eq!(prio_grid(latitude, longitude), cell, "{latitude}, {longitude}");
        };
        check(-90.0, -180.0, Some(1));
        check(-89.51, -179.5, Some(2));
        check(-89.5, -180.0, Some(721));
        // Seoul: 255 whole rows below, 613 whole columns to the west.
        check(37.5665, 126.978, Some(255 * 720 + 613 + 1));
        // Nairobi lies south of the equator.
        check(-1.286, 36.817, Some(177 * 720 + 433 + 1));
        check(0.0, 0.0, Some(180 * 720 + 360 + 1));
        check(90.0, 180.0, Some(259_200));
        check(90.01, 0.0, None);
        check(0.0, f64::NAN, None);
    }

    #[test]
    fn the_middle_of_a_cell_lies_in_it() {
        // 139 whole rows and 387 whole columns come before it.
        assert_eq!(prio_grid_middle(100_468), Some((-20.25, 13.75)));
        for cell in (1..=259_200).step_by(97) {
            let (latitude, longitude) = prio_grid_middle(cell).unwrap();
            assert_eq!(prio_grid(latitude, longitude), Some(cell));
        }
        assert_eq!(prio_grid_middle(0), None);
        assert_eq!(prio_grid_middle(259_201), None);
    }
}
