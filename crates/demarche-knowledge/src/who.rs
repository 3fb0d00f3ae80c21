//! Everything the tables know by a name: states, organisations, persons with their offices, nouns.

use jiff::civil::Date;
use serde::Serialize;

use crate::fold::fold;
use crate::persons::{Person, Term};
use crate::table::Period;
use crate::{FIRST_DAY, FIRST_DAY_OF_PERSONS, Knowledge, LAST_DAY};

/// One candidate for a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// `state`, `organisation`, `person` or `noun`.
    pub kind: &'static str,
    /// The table's id; none for nouns.
    pub id: Option<String>,
    /// The usual name.
    pub name: String,
    /// How the words name it: `name`, `capital`, `metonym`, …; `part of the name` where only the first or last word of a person's
    /// name was given.
    pub called: &'static str,
    /// ISO 3166 alpha-3 country, `IGO` or `NGO`.
    pub country: Option<String>,
    /// Sector codes, the main one first.
    pub sectors: Vec<String>,
    /// When it existed or was so called, as `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day of that.
    pub to: Option<String>,
    /// Codes of other lists of states, such as `COW 732`.
    pub codes: Vec<String>,
    /// A person's offices in order of time.
    pub offices: Vec<OfficeHeld>,
    /// What the tables say of the day asked for.
    pub on: Option<OnDay>,
    /// What the table says besides.
    pub note: Option<String>,
}

/// A term of office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficeHeld {
    /// The office, with "(acting)" and the like.
    pub title: String,
    /// State or organisation.
    pub of: String,
    /// First day as exactly as it is known.
    pub from: Option<String>,
    /// Last day; none where the term had not ended when the tables were written.
    pub to: Option<String>,
    /// Whether it was held on the day asked for.
    pub held: bool,
}

/// What is known of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnDay {
    /// The day asked for.
    pub date: String,
    /// `yes`: it existed, or held the offices so marked; `no`; `unknown`: the tables do not reach so far.
    pub answer: &'static str,
    /// The answer in words.
    pub detail: String,
}

/// All candidates for a name: what bears it exactly first, then persons of whose name it is the first or last word. With a day, those of
/// the day stand first of each kind.
pub fn who(knowledge: &Knowledge, name: &str, on: Option<Date>) -> Vec<Answer> {
    let mut out = states(knowledge, name, on);
    out.extend(organisations(knowledge, name, on));
    out.extend(persons(knowledge, name, on));
    out.extend(knowledge.sectors.get(name).map(|noun| Answer {
        kind: "noun",
        id: None,
        name: noun.text.to_owned(),
        called: match noun.kind {
            demarche_record::Kind::Group => "group",
            demarche_record::Kind::Organisation => "organisation",
            _ => "person",
        },
        sectors: owned(&noun.sectors),
        ..empty()
    }));
    out
}

fn empty() -> Answer {
    Answer {
        kind: "noun",
        id: None,
        name: String::new(),
        called: "name",
        country: None,
        sectors: Vec::new(),
        from: None,
        to: None,
        codes: Vec::new(),
        offices: Vec::new(),
        on: None,
        note: None,
    }
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}

fn written(day: Date) -> Option<String> {
    (day != Date::MIN && day != Date::MAX).then(|| day.to_string())
}

/// The answer for a day outside the tables' span.
fn outside(day: Date, first: Date, open: bool) -> Option<OnDay> {
    let detail = if day < FIRST_DAY || day < first {
        format!("outside the tables' span: they begin {}", first.year())
    } else if day > LAST_DAY && open {
        format!("unknown, table ends {}", LAST_DAY.year())
    } else {
        return None;
    };
    Some(OnDay { date: day.to_string(), answer: "unknown", detail })
}

fn existed(day: Date, period: Period, what: &str) -> OnDay {
    let open = period.to == Date::MAX && period.from <= day;
    outside(day, FIRST_DAY, open).unwrap_or_else(|| {
        let yes = period.contains(day);
        let detail = if yes { what.to_owned() } else { format!("not {what} on that day") };
        OnDay { date: day.to_string(), answer: if yes { "yes" } else { "no" }, detail }
    })
}

fn states(knowledge: &Knowledge, name: &str, on: Option<Date>) -> Vec<Answer> {
    let mut senses = knowledge.states.all_senses(name);
    // One reading a state: the plainest of the day.
    let mut seen: Vec<&str> = Vec::new();
    senses.sort_by_key(|s| (on.is_some_and(|day| !s.period.contains(day)), s.naming));
    senses.retain(|s| {
        let new = !seen.contains(&s.id);
        seen.push(s.id);
        new
    });
    let answer = |sense: &crate::NameSense<'_>| {
        let state = knowledge.states.get(sense.id, on);
        let life = state.map(|s| s.period);
        // The word's own time where the table gives one, within the state's life.
        let period = Period {
            from: sense.period.from.max(life.map_or(Date::MIN, |p| p.from)),
            to: sense.period.to.min(life.map_or(Date::MAX, |p| p.to)),
        };
        let code = |list: &str, number: Option<u16>| number.map(|n| format!("{list} {n}"));
        let codes = state.map(|s| [code("COW", s.cow), code("GW", s.gw), s.fips.map(|f| format!("FIPS {f}"))]).unwrap_or_default();
        Answer {
            kind: "state",
            id: Some(sense.id.to_owned()),
            name: state.map_or(sense.text, |s| s.name).to_owned(),
            called: sense.naming.name(),
            country: knowledge.states.country(sense.id).map(str::to_owned),
            sectors: vec![sense.sector.unwrap_or("GOV").to_owned()],
            from: written(period.from),
            to: written(period.to),
            codes: codes.into_iter().flatten().collect(),
            on: on.map(|day| existed(day, period, "so called")),
            note: Some(sense.note.to_owned()).filter(|n| !n.is_empty()),
            ..empty()
        }
    };
    senses.iter().map(answer).collect()
}

fn organisations(knowledge: &Knowledge, name: &str, on: Option<Date>) -> Vec<Answer> {
    let mut found = knowledge.organisations.all(name);
    if let Some(day) = on {
        found.sort_by_key(|o| !o.period.contains(day));
    }
    let answer = |body: &crate::Organisation<'_>| Answer {
        kind: "organisation",
        id: Some(body.id.to_owned()),
        name: body.name.to_owned(),
        called: if fold(body.name) == fold(name) { "name" } else { "alias" },
        country: body.country.map(str::to_owned),
        sectors: owned(&body.sectors),
        from: Some(body.from.to_owned()).filter(|d| !d.is_empty()),
        to: Some(body.to.to_owned()).filter(|d| !d.is_empty()),
        on: on.map(|day| existed(day, body.period, "in existence")),
        ..empty()
    };
    found.iter().map(answer).collect()
}

fn persons(knowledge: &Knowledge, name: &str, on: Option<Date>) -> Vec<Answer> {
    let exact = knowledge.persons.find(name);
    let mut partly: Vec<Person<'_>> = knowledge.persons.called(name);
    partly.retain(|p| exact.iter().all(|e| e.id != p.id));
    let begun = |p: &Person<'_>| p.terms.iter().filter(|t| on.is_none_or(|day| t.period.from <= day)).map(|t| t.period.from).max();
    partly.sort_by_key(|p| (on.is_some_and(|day| p.term(Some(day)).is_none()), std::cmp::Reverse(begun(p)), p.id));
    let exact = exact.into_iter().map(|p| (p, "name"));
    exact.chain(partly.into_iter().map(|p| (p, "part of the name"))).map(|(p, called)| person(knowledge, &p, called, on)).collect()
}

fn person(knowledge: &Knowledge, person: &Person<'_>, called: &'static str, on: Option<Date>) -> Answer {
    let office = |term: &Term<'_>| {
        let office = term.office();
        OfficeHeld { title: office.title, of: office.of, from: office.from, to: office.to, held: on.is_some_and(|day| term.held(day)) }
    };
    let offices: Vec<OfficeHeld> = person.terms.iter().map(office).collect();
    let of = person.principal(on);
    let country = of.and_then(|t| {
        let state = knowledge.states.name(t.of).and_then(|_| knowledge.states.country(t.of));
        state.or_else(|| knowledge.organisations.get(t.of, on).and_then(|o| o.country))
    });
    let day = on.map(|day| {
        let held: Vec<&str> = offices.iter().filter(|o| o.held).map(|o| o.title.as_str()).collect();
        if !held.is_empty() {
            return OnDay { date: day.to_string(), answer: "yes", detail: held.join("; ") };
        }
        let open = person.terms.iter().any(|t| t.period.to == Date::MAX);
        let detail = || OnDay { date: day.to_string(), answer: "no", detail: "no office that the tables know".to_owned() };
        outside(day, FIRST_DAY_OF_PERSONS, open || day > LAST_DAY).unwrap_or_else(detail)
    });
    Answer {
        kind: "person",
        id: Some(person.id.to_owned()),
        name: person.name.to_owned(),
        called,
        country: country.map(str::to_owned),
        sectors: of.map(|t| owned(&t.sectors)).unwrap_or_default(),
        offices,
        on: day,
        ..empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, on: &str, expect: &[(&str, &str, &str)]) {
        let knowledge = Knowledge::load();
        let found = who(&knowledge, name, on.parse().ok());
        for (id, answer, detail) in expect {
            let one = found.iter().find(|a| a.id.as_deref() == Some(id)).unwrap_or_else(|| panic!("{id} in {found:#?}"));
            let day = one.on.as_ref().unwrap();
            assert!(day.answer == *answer && day.detail.contains(detail), "{name} on {on}: {day:?}");
        }
    }

    #[test]
    fn the_office_of_the_day() {
        check("Theresa May", "2017-03-01", &[("theresa-may", "yes", "Prime Minister")]);
        check("Theresa May", "2012-03-01", &[("theresa-may", "yes", "Home Secretary")]);
        check("May", "2017-03-01", &[("theresa-may", "yes", "Prime Minister")]);
    }

    #[test]
    fn after_the_tables_end_nobody_is_in_office() {
        check("Lee Jae-myung", "2025-07-01", &[("lee-jae-myung", "yes", "President")]);
        check("Lee Jae-myung", "2027-07-01", &[("lee-jae-myung", "unknown", "unknown, table ends 2025")]);
        check("Kim Jong Un", "1939-07-01", &[("kim-jong-un", "unknown", "outside the tables' span")]);
    }

    #[test]
    fn several_candidates_are_all_shown() {
        check("Georgia", "2008-08-08", &[("GEO", "yes", "so called")]);
        check("Korea", "2008-08-08", &[("KOR", "yes", ""), ("PRK", "yes", ""), ("XKR", "no", "")]);
        check("France", "1790-01-01", &[("FRA", "unknown", "begin 1816")]);
        let knowledge = Knowledge::load();
        assert!(who(&knowledge, "Bush", None).len() >= 2);
        assert_eq!(who(&knowledge, "riot police", None)[0].sectors, ["COP"]);
        assert_eq!(who(&knowledge, "the Kremlin", None)[0].called, "metonym");
        assert!(who(&knowledge, "Zubrowka", None).is_empty());
    }
}
