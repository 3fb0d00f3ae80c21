use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The 16 event types of PLOVER 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// Agrees, offers, promises or intends to cooperate.
    Agree,
    /// Meets, talks, visits, phones, negotiates.
    Consult,
    /// Praises, endorses, recognises, signs, improves relations.
    Support,
    /// Concedes in words: apologises, eases, drops a demand, promises withdrawal.
    Concede,
    /// Cooperates materially to mutual benefit.
    Cooperate,
    /// Gives material help.
    Aid,
    /// Concedes materially: withdraws, releases, disarms, observes a ceasefire.
    Retreat,
    /// Asks, demands, urges, orders.
    Request,
    /// Condemns, complains, alleges, sues, investigates.
    Accuse,
    /// Refuses, declines, vetoes, cancels a meeting, bars entry.
    Reject,
    /// Threatens or warns of serious consequences.
    Threaten,
    /// Demonstrates, strikes, riots, blocks.
    Protest,
    /// Reduces or breaks relations, sanctions, expels, convicts.
    Sanction,
    /// Moves or readies armed force without using it.
    Mobilize,
    /// Arrests, seizes, restricts: force short of violence.
    Coerce,
    /// Deliberate violence that can do substantial physical harm.
    Assault,
}

impl EventType {
    /// All types, in the order of the coding frame.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// The name as records write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// The type with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(self) -> u8 {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => 1,
            Self::Cooperate | Self::Aid | Self::Retreat => 2,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => 3,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => 4,
        }
    }
}

/// Whether an event happened, as the text presents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Presented as having happened or happening now.
    Actual,
    /// Actual, but background from well before the report's own news.
    Historical,
    /// Future and intended or scheduled.
    Planned,
    /// Conditional, possible, feared, demanded or hoped for.
    Hypothetical,
    /// The text says it did not happen.
    Negated,
    /// Presented as fact only with a hedge.
    Unconfirmed,
}

impl Status {
    /// All statuses.
    pub const ALL: [Self; 6] = [Self::Actual, Self::Historical, Self::Planned, Self::Hypothetical, Self::Negated, Self::Unconfirmed];

    /// The name as records write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Historical => "historical",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
            Self::Negated => "negated",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Whether the text presents the event as fact, now or long ago: what default exports keep.
    pub fn is_fact(self) -> bool {
        matches!(self, Self::Actual | Self::Historical)
    }
}

/// Why an event happened or in what field, at the level of the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the coding frame's own words")]
pub enum Context {
    Military,
    Intelligence,
    Executive,
    Legislative,
    Election,
    PoliticalInstitutions,
    ProDemocracy,
    ProAutocracy,
    Economic,
    Legal,
    Reparations,
    HumanRights,
    RightsFreedoms,
    Repression,
    HumanSecurity,
    Gender,
    Lgbt,
    ReligionEthnicity,
    Inequality,
    Diplomatic,
    Territory,
    Peacekeeping,
    Health,
    Asylum,
    Migration,
    Disasters,
    NaturalResource,
    Environment,
    Technology,
    Terrorism,
    Cbrn,
    Cyber,
    Misinformation,
    Crime,
    Corruption,
    IllegalDrugs,
    Trafficking,
}

impl Context {
    /// All contexts, in the order of the coding frame.
    pub const ALL: [Self; 37] = [
        Self::Military,
        Self::Intelligence,
        Self::Executive,
        Self::Legislative,
        Self::Election,
        Self::PoliticalInstitutions,
        Self::ProDemocracy,
        Self::ProAutocracy,
        Self::Economic,
        Self::Legal,
        Self::Reparations,
        Self::HumanRights,
        Self::RightsFreedoms,
        Self::Repression,
        Self::HumanSecurity,
        Self::Gender,
        Self::Lgbt,
        Self::ReligionEthnicity,
        Self::Inequality,
        Self::Diplomatic,
        Self::Territory,
        Self::Peacekeeping,
        Self::Health,
        Self::Asylum,
        Self::Migration,
        Self::Disasters,
        Self::NaturalResource,
        Self::Environment,
        Self::Technology,
        Self::Terrorism,
        Self::Cbrn,
        Self::Cyber,
        Self::Misinformation,
        Self::Crime,
        Self::Corruption,
        Self::IllegalDrugs,
        Self::Trafficking,
    ];

    /// The name as records write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Military => "military",
            Self::Intelligence => "intelligence",
            Self::Executive => "executive",
            Self::Legislative => "legislative",
            Self::Election => "election",
            Self::PoliticalInstitutions => "political_institutions",
            Self::ProDemocracy => "pro_democracy",
            Self::ProAutocracy => "pro_autocracy",
            Self::Economic => "economic",
            Self::Legal => "legal",
            Self::Reparations => "reparations",
            Self::HumanRights => "human_rights",
            Self::RightsFreedoms => "rights_freedoms",
            Self::Repression => "repression",
            Self::HumanSecurity => "human_security",
            Self::Gender => "gender",
            Self::Lgbt => "lgbt",
            Self::ReligionEthnicity => "religion_ethnicity",
            Self::Inequality => "inequality",
            Self::Diplomatic => "diplomatic",
            Self::Territory => "territory",
            Self::Peacekeeping => "peacekeeping",
            Self::Health => "health",
            Self::Asylum => "asylum",
            Self::Migration => "migration",
            Self::Disasters => "disasters",
            Self::NaturalResource => "natural_resource",
            Self::Environment => "environment",
            Self::Technology => "technology",
            Self::Terrorism => "terrorism",
            Self::Cbrn => "cbrn",
            Self::Cyber => "cyber",
            Self::Misinformation => "misinformation",
            Self::Crime => "crime",
            Self::Corruption => "corruption",
            Self::IllegalDrugs => "illegal_drugs",
            Self::Trafficking => "trafficking",
        }
    }

    /// The context with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}
