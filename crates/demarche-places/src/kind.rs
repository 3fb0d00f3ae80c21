//! What a place is, and how exactly its point places something that happened there.

use demarche_record::PlacePrecision;

/// Kinds of places; the gazetteer holds them by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(u8);

/// Names in the order of `knowledge/places/build.py`.
const NAMES: [&str; 35] = [
    "country",
    "admin1",
    "county",
    "city",
    "capital",
    "continent",
    "region",
    "area",
    "ocean",
    "sea",
    "bay",
    "strait",
    "canal",
    "lake",
    "river",
    "dam",
    "mountain",
    "desert",
    "island",
    "peninsula",
    "valley",
    "border",
    "park",
    "forest",
    "pass",
    "base",
    "nuclear",
    "battlefield",
    "airport",
    "port",
    "building",
    "facility",
    "prison",
    "camp",
    "crossing",
];

impl Kind {
    /// A state or dependency.
    pub const COUNTRY: Self = Self(0);
    /// A first-order unit: state, province, region.
    pub const ADMIN1: Self = Self(1);
    /// A second-order unit.
    pub const COUNTY: Self = Self(2);
    /// A town or village.
    pub const CITY: Self = Self(3);
    /// A seat of government.
    pub const CAPITAL: Self = Self(4);
    /// A continent.
    pub const CONTINENT: Self = Self(5);
    /// A region of the world.
    pub const REGION: Self = Self(6);

    pub(crate) fn from_number(number: u8) -> Self {
        Self(number)
    }

    /// The name in output.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or("place")
    }

    /// How exactly the point places things.
    pub fn precision(self) -> PlacePrecision {
        match self.name() {
            "country" => PlacePrecision::Country,
            "admin1" => PlacePrecision::Admin1,
            "city" | "capital" => PlacePrecision::City,
            "dam" | "pass" | "base" | "nuclear" | "battlefield" | "airport" | "port" | "building" | "facility" | "prison" | "camp"
            | "crossing" => PlacePrecision::Point,
            _ => PlacePrecision::Region,
        }
    }

    /// A town, village or capital.
    pub fn is_town(self) -> bool {
        matches!(self, Self::CITY | Self::CAPITAL)
    }

    /// So large that its point says nothing about what lies near.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::COUNTRY | Self::CONTINENT | Self::REGION) || matches!(self.name(), "ocean" | "sea" | "desert" | "river")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gazetteer;

    #[test]
    fn the_file_holds_the_same_kinds() {
        let names: Vec<&str> = (0..35).map(|i| Kind::from_number(i).name()).collect();
        assert_eq!(names.join(" "), Gazetteer::shipped().kinds());
        assert_eq!(Kind::from_number(200).name(), "place");
    }
}
