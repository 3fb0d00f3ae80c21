//! States since 1816, historical and partially recognised ones included, and the words by which news names them.

use jiff::civil::Date;

use crate::fold::fold;
use crate::index::read::{Index, Keys, Rows};
use crate::index::write::own_code;
use crate::index::{NAME_WIDTH, NONE, Part, STATE_WIDTH};
use crate::table::Period;

/// One state in one period of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State<'a> {
    /// ISO 3166 alpha-3, or a code of the table's own for states that ISO never listed.
    pub id: &'a str,
    /// Name in English.
    pub name: &'a str,
    /// Official names in order of time, separated by "; ".
    pub official: &'a str,
    /// Correlates of War number in this period.
    pub cow: Option<u16>,
    /// Gleditsch and Ward number in this period.
    pub gw: Option<u16>,
    /// FIPS 10-4 code.
    pub fips: Option<&'a str>,
    /// `state`, `historical`, `partial` or `dependency`.
    pub kind: &'a str,
    /// The seat of government.
    pub capital: Option<&'a str>,
    /// When it existed.
    pub period: Period,
}

/// How a word names a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// The usual name.
    Name,
    /// The official name.
    Official,
    /// A short form.
    Short,
    /// An abbreviation.
    Abbreviation,
    /// A name given up.
    Former,
    /// The demonym adjective.
    Adjective,
    /// The people.
    People,
    /// The seat of government.
    Capital,
    /// A palace, ministry or nickname that stands for the government.
    Metonym,
}

impl Naming {
    const ALL: [Self; 9] = [
        Self::Name,
        Self::Official,
        Self::Short,
        Self::Abbreviation,
        Self::Former,
        Self::Adjective,
        Self::People,
        Self::Capital,
        Self::Metonym,
    ];

    /// As the tables write it.
    pub fn name(self) -> &'static str {
        crate::index::write::NAMINGS[self as usize]
    }
}

/// One reading of a word as a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSense<'a> {
    /// The state.
    pub id: &'a str,
    /// The word as the table writes it.
    pub text: &'a str,
    /// How the word names it.
    pub naming: Naming,
    /// When it did.
    pub period: Period,
    /// The sector a metonym stands for.
    pub sector: Option<&'a str>,
    /// Whether the table warns of other readings.
    pub ambiguous: bool,
    /// The table's note.
    pub note: &'a str,
    /// Whether the user gave it.
    pub own: bool,
    /// Whether case tells it from a common word.
    cased: bool,
}

/// The two tables, indexed.
pub struct States {
    rows: Rows,
    names: Rows,
    ids: Keys,
    texts: Keys,
}

impl States {
    pub(crate) fn of(index: &Index) -> Self {
        Self {
            rows: index.rows(Part::States, STATE_WIDTH),
            names: index.rows(Part::Names, NAME_WIDTH),
            ids: index.keys(Part::StateIds),
            texts: index.keys(Part::StateNames),
        }
    }

    fn state(&self, row: usize) -> State<'_> {
        let number = |column| Some(self.rows.cell(row, column)).filter(|n| *n != NONE).map(|n| n as u16);
        State {
            id: self.rows.text(row, 0),
            name: self.rows.text(row, 1),
            official: self.rows.text(row, 2),
            cow: number(3),
            gw: number(4),
            fips: self.rows.some(row, 5),
            kind: self.rows.text(row, 6),
            capital: self.rows.some(row, 7),
            period: self.rows.period(row, 10, 11),
        }
    }

    /// Every period of the state with this id, in the table's order.
    pub fn periods<'s>(&'s self, id: &str) -> impl Iterator<Item = State<'s>> + use<'s> {
        self.ids.get(id).map(|row| self.state(row)).collect::<Vec<_>>().into_iter()
    }

    /// The state with this id on a day; without a day, its latest period.
    pub fn get(&self, id: &str, on: Option<Date>) -> Option<State<'_>> {
        let periods: Vec<State<'_>> = self.periods(id).collect();
        let then = on.and_then(|day| periods.iter().find(|s| s.period.contains(day)));
        then.or(periods.last()).copied()
    }

    /// Whether the id is that of an entity that no state system lists ("Islamic State", Kurdistan).
    pub fn is_unlisted(&self, id: &str) -> bool {
        own_code(id) && self.all_are(id, &["partial", "dependency"])
    }

    fn all_are(&self, id: &str, kinds: &[&str]) -> bool {
        let mut periods = self.periods(id).peekable();
        periods.peek().is_some() && periods.all(|s| kinds.contains(&s.kind))
    }

    /// The country code of an id: itself for states, the state around it for an autonomous region, none for an entity that no state system lists.
    pub fn country<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        if !self.is_unlisted(id) {
            return Some(id);
        }
        let row = self.ids.get(id).next()?;
        self.rows.some(row, 9).filter(|_| self.all_are(id, &["dependency"]))
    }

    /// The state's English name.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.ids.get(id).last().map(|row| self.rows.text(row, 1))
    }

    fn sense(&self, row: usize) -> NameSense<'_> {
        NameSense {
            id: self.names.text(row, 0),
            text: self.names.text(row, 1),
            naming: Naming::ALL.get(self.names.cell(row, 2) as usize).copied().unwrap_or(Naming::Name),
            period: self.names.period(row, 3, 4),
            sector: self.names.some(row, 5),
            ambiguous: self.names.flag(row, 6),
            cased: self.names.flag(row, 7),
            note: self.names.text(row, 8),
            own: self.names.flag(row, 9),
        }
    }

    /// Every reading of these words as a state, whatever the day, the plainest first. Short names must match in case ("US" is no "us").
    pub fn all_senses(&self, text: &str) -> Vec<NameSense<'_>> {
        let mut senses = self.texts.get(&fold(text)).map(|row| self.sense(row)).peekable();
        if senses.peek().is_none() {
            return Vec::new();
        }
        let bare = without_article(text);
        let plain = |s: &str| s.replace([' ', '’', '\''], "");
        let written = plain(bare);
        let all_caps = bare.chars().all(|c| !c.is_lowercase()) && bare.chars().filter(|c| c.is_alphabetic()).count() > 4;
        senses.filter(|s| all_caps || !s.cased || plain(without_article(s.text)) == written).collect()
    }

    /// Every reading of these words as a state, the plainest first. With a day, readings of other times are left out, unless none is left.
    pub fn senses(&self, text: &str, on: Option<Date>) -> Vec<NameSense<'_>> {
        let fits = self.all_senses(text);
        let lives = |s: &NameSense<'_>, day: Date| s.period.contains(day) && self.periods(s.id).any(|p| p.period.contains(day));
        // Undated text is read as of now: living states before dead ones.
        let day = on.unwrap_or(Date::MAX);
        let then: Vec<NameSense<'_>> = fits.iter().copied().filter(|s| lives(s, day)).collect();
        let mut found = if then.is_empty() { fits } else { then };
        if found.iter().any(|s| s.own) {
            found.retain(|s| s.own);
        }
        found
    }
}

fn without_article(text: &str) -> &str {
    text.trim().trim_start_matches("the ").trim_start_matches("The ")
}
