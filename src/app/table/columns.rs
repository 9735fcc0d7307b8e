//! The columns of the table of systems: one row here for each, and what their cells say.
//!
//! Knows documents and analyses; knows no keys, no screen and nothing of how cells are changed (see `cell`).

use crate::analysis::deadline::lifecycle_of;
use crate::analysis::litraf::{Criterion, Group};
use crate::analysis::rank::{score_in_words, RankRow};
use crate::analysis::Analysis;
use crate::date::to_iso;
use crate::format::csv::known_by::text_of;
use crate::known::{Knowledge, Known};
use crate::model::{
    folded_name, Component, ComponentId, Document, Oversight, Strategy, SupportEnd, SystemFacts, SystemKind,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Name of the system.
    Name,
    /// What sort of thing it is.
    Kind,
    /// Whether those in charge know it and look after it.
    Oversight,
    /// Per cent of the evolution axis.
    Evolution,
    /// Per cent of the value chain axis.
    Visibility,
    /// Who answers for it in the organisation.
    Owner,
    /// Who answers for it technically.
    Team,
    /// Supplier.
    Supplier,
    /// Where it runs.
    Site,
    /// Areas it is in, separated by semicolons.
    Area,
    /// Who can mend or change it, separated by semicolons.
    KnownBy,
    /// First product it is made with.
    Product,
    /// Version of that product.
    Version,
    /// End of that product's security support.
    SupportEnds,
    /// People who use it.
    Users,
    /// Patients it touches on a normal day.
    Patients,
    /// One of the thirteen questions.
    Answer(Criterion),
    /// Hours it may be away before harm begins.
    Tolerable,
    /// Hours to bring it back.
    Recovery,
    /// Failures of its own a year.
    FailRate,
    /// How well it does its job, 1..=5.
    FunctionalFit,
    /// How sound it is, 1..=5.
    TechnicalFit,
    /// What is planned for it.
    Strategy,
    /// How it was found.
    FoundHow,
    /// What it is, in a sentence.
    Description,
    /// Tags, separated by commas.
    Tags,
    /// Web address.
    Url,
    /// Free notes.
    Notes,
    /// Place in the order.
    Rank,
    /// Red, not known to be below red, below red.
    Group,
    /// Risk score with its range.
    Score,
    /// Index of the order, 0..=100.
    Index,
    /// Answers that are not known.
    Unknown,
    /// How many it needs.
    Needs,
    /// How many need it.
    NeededBy,
    /// Pathways it is a step of.
    Pathways,
    /// Contracts that cover it.
    Contracts,
}

/// What sort of values a column takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Takes {
    /// Any text; empty is nothing.
    Text,
    /// A text that may be unknown or not apply.
    KnownText,
    /// A whole level from 1 to this, a range, unknown, or not applicable.
    Level(u8),
    /// A number between these; whole when the flag is set.
    Number(f64, f64, bool),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A day, or that support is over, or has no date.
    Date,
    /// Worked out; cannot be typed in.
    Nothing,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Heading.
    pub words: &'static str,
    /// Width, CSS pixels.
    pub width: u16,
    /// Shown until somebody chooses otherwise.
    pub shown: bool,
    /// What can be typed in.
    pub takes: Takes,
}

impl Column {
    /// Numbers stand to the right.
    pub fn is_number(&self) -> bool {
        matches!(self.takes, Takes::Level(_) | Takes::Number(..))
            || matches!(
                self.field,
                Field::Rank | Field::Score | Field::Index | Field::Unknown | Field::Needs | Field::NeededBy
            )
    }

    /// What can be typed in, as a list to choose from.
    pub fn choices(&self) -> &'static [&'static str] {
        match self.takes {
            Takes::Choice(words) => words,
            _ => &[],
        }
    }
}

/// Words for [`SystemKind`], in its order.
pub const KINDS: &[&str] = &[
    "User need",
    "Pathway step",
    "Service",
    "Application",
    "Data",
    "Integration",
    "Platform",
    "Hardware",
    "Device",
    "Site",
    "Supplier’s service",
];
const KIND_VALUES: [SystemKind; 11] = [
    SystemKind::UserNeed,
    SystemKind::PathwayStep,
    SystemKind::Service,
    SystemKind::Application,
    SystemKind::Data,
    SystemKind::Integration,
    SystemKind::Platform,
    SystemKind::Hardware,
    SystemKind::Device,
    SystemKind::Site,
    SystemKind::SupplierService,
];
/// Words for [`Oversight`], in its order.
pub const OVERSIGHTS: &[&str] = &["Managed", "Known, unmanaged", "Shadow", "Suspected"];
const OVERSIGHT_VALUES: [Oversight; 4] =
    [Oversight::Managed, Oversight::KnownUnmanaged, Oversight::Shadow, Oversight::Suspected];
/// Words for [`Strategy`], in its order; the first is none.
pub const STRATEGIES: &[&str] =
    &["Not decided", "Retain", "Retire", "Rehost", "Relocate", "Repurchase", "Replatform", "Refactor"];
const STRATEGY_VALUES: [Strategy; 7] = [
    Strategy::Retain,
    Strategy::Retire,
    Strategy::Rehost,
    Strategy::Relocate,
    Strategy::Repurchase,
    Strategy::Replatform,
    Strategy::Refactor,
];

/// The place of the kind among [`KINDS`], and back.
pub(super) fn kind_at(place: usize) -> SystemKind {
    KIND_VALUES.get(place).copied().unwrap_or_default()
}
pub(super) fn oversight_at(place: usize) -> Oversight {
    OVERSIGHT_VALUES.get(place).copied().unwrap_or_default()
}
pub(super) fn strategy_at(place: usize) -> Option<Strategy> {
    STRATEGY_VALUES.get(place.checked_sub(1)?).copied()
}

const fn column(field: Field, words: &'static str, width: u16, shown: bool, takes: Takes) -> Column {
    Column { field, words, width, shown, takes }
}
const fn likelihood(place: usize, words: &'static str) -> Column {
    column(Field::Answer(Criterion::Likelihood(place)), words, 104, true, Takes::Level(6))
}
const fn impact(place: usize, words: &'static str) -> Column {
    column(Field::Answer(Criterion::Impact(place)), words, 104, true, Takes::Level(5))
}

const PER_CENT: Takes = Takes::Number(0.0, 100.0, false);
const COUNT: Takes = Takes::Number(0.0, 1e9, true);
const HOURS: Takes = Takes::Number(0.0, 8_760.0, false);

static NAME: Column = column(Field::Name, "Name", 220, true, Takes::Text);

/// All columns from left to right.
pub static COLUMNS: &[Column] = &[
    column(Field::Name, "Name", 220, true, Takes::Text),
    column(Field::Rank, "Rank", 64, true, Takes::Nothing),
    column(Field::Group, "Risk", 220, true, Takes::Nothing),
    column(Field::Score, "Score of 30", 160, true, Takes::Nothing),
    column(Field::Index, "Index", 70, false, Takes::Nothing),
    column(Field::Unknown, "Not known", 100, true, Takes::Nothing),
    column(Field::Kind, "Kind", 130, true, Takes::Choice(KINDS)),
    column(Field::Oversight, "Looked after", 150, false, Takes::Choice(OVERSIGHTS)),
    column(Field::Evolution, "Evolution %", 108, true, PER_CENT),
    column(Field::Visibility, "Visibility %", 108, true, PER_CENT),
    column(Field::Owner, "Owner", 160, true, Takes::KnownText),
    column(Field::Team, "Technical owner", 160, false, Takes::KnownText),
    column(Field::KnownBy, "Known by", 160, false, Takes::Text),
    column(Field::Supplier, "Supplier", 150, true, Takes::Text),
    column(Field::Area, "Area", 140, true, Takes::Text),
    column(Field::Site, "Site", 120, false, Takes::Text),
    column(Field::Product, "Product", 150, false, Takes::Text),
    column(Field::Version, "Version", 90, false, Takes::Text),
    column(Field::SupportEnds, "Support ends", 120, true, Takes::Date),
    likelihood(0, "L1 Support"),
    likelihood(1, "L2 Contract"),
    likelihood(2, "L3 People"),
    likelihood(3, "L4 Needs"),
    likelihood(4, "L5 Place"),
    likelihood(5, "L6 Security"),
    likelihood(6, "L7 Trouble"),
    impact(0, "C1 Health"),
    impact(1, "C2 Standing"),
    impact(2, "C3 Cost"),
    impact(3, "C4 Public"),
    impact(4, "C5 Staff"),
    impact(5, "C6 Others"),
    column(Field::Tolerable, "Hours to harm", 110, false, HOURS),
    column(Field::Recovery, "Hours to recover", 130, false, HOURS),
    column(Field::FailRate, "Failures a year", 120, false, Takes::Number(0.0, 365.0, false)),
    column(Field::Users, "Users", 90, false, COUNT),
    column(Field::Patients, "Patients a day", 115, false, COUNT),
    column(Field::FunctionalFit, "Does its job", 100, false, Takes::Level(5)),
    column(Field::TechnicalFit, "Is sound", 90, false, Takes::Level(5)),
    column(Field::Strategy, "Plan", 120, false, Takes::Choice(STRATEGIES)),
    column(Field::Needs, "Needs", 70, false, Takes::Nothing),
    column(Field::NeededBy, "Needed by", 90, false, Takes::Nothing),
    column(Field::Pathways, "Pathways", 180, false, Takes::Nothing),
    column(Field::Contracts, "Contracts", 180, false, Takes::Nothing),
    column(Field::FoundHow, "How it was found", 180, false, Takes::Text),
    column(Field::Description, "Description", 220, false, Takes::Text),
    column(Field::Tags, "Tags", 140, false, Takes::Text),
    column(Field::Url, "Web address", 180, false, Takes::Text),
    column(Field::Notes, "Notes", 240, true, Takes::Text),
];

/// The column of a field.
pub fn column_of(field: Field) -> &'static Column {
    COLUMNS.iter().find(|column| column.field == field).unwrap_or(&NAME)
}

/// What stands in a cell for a value that nobody knows, and for one that does not apply.
pub const NOT_KNOWN: &str = "?";
/// See [`NOT_KNOWN`].
pub const NOT_APPLICABLE: &str = "n/a";

/// A number without needless digits.
pub(crate) fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

fn known<T: Copy>(known: &Known<T>, number: fn(T) -> f64) -> String {
    match known.knowledge {
        Knowledge::Unknown => NOT_KNOWN.to_owned(),
        Knowledge::NotApplicable => NOT_APPLICABLE.to_owned(),
        Knowledge::Known { value, low, high } => {
            let (value, low, high) = (number(value), number(low), number(high));
            if low == high {
                plain(value)
            } else {
                format!("{} ({}–{})", plain(value), plain(low), plain(high))
            }
        }
    }
}

fn known_text(known: &Known<String>) -> String {
    match &known.knowledge {
        Knowledge::Unknown => NOT_KNOWN.to_owned(),
        Knowledge::NotApplicable => NOT_APPLICABLE.to_owned(),
        Knowledge::Known { value, .. } => value.clone(),
    }
}

/// The answer to one of the thirteen questions.
pub(super) fn answer_of(facts: &SystemFacts, criterion: Criterion) -> Option<&Known<u8>> {
    match criterion {
        Criterion::Likelihood(place) => facts.likelihood.get(place),
        Criterion::Impact(place) => facts.impact.get(place),
    }
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(name);
    }
    text
}

/// "red" with a capital.
fn group_words(group: Group) -> &'static str {
    match group {
        Group::A => "Red",
        Group::B => "Not known to be below red",
        Group::C => "Below red",
    }
}

fn word(words: &[&'static str], place: Option<usize>) -> String {
    place.and_then(|place| words.get(place)).map_or_else(String::new, |word| (*word).to_owned())
}

/// What a cell says. Lists and worked-out columns included; never fails.
pub fn text(document: &Document, analysis: &Analysis, field: Field, id: ComponentId) -> String {
    if !document.components.contains_key(&id) {
        return String::new();
    }
    let row = || analysis.row(id);
    let of_row = |words: fn(&RankRow) -> String| row().map_or_else(String::new, words);
    match field {
        Field::Rank => of_row(|row| row.rank.to_string()),
        Field::Group => of_row(|row| group_words(row.score.group).to_owned()),
        Field::Score => row().map_or_else(String::new, |row| {
            let score = row.score.overall;
            let number = |value| score_in_words(value, document.settings.risk.red_from);
            if score.is_exact() {
                number(score.plan)
            } else {
                format!("{} ({}–{})", number(score.plan), number(score.low), number(score.high))
            }
        }),
        Field::Index => of_row(|row| format!("{:.1}", row.index.plan * 100.0)),
        Field::Unknown => of_row(|row| format!("{} of 13", row.score.unknown)),
        Field::Needs => analysis.needs(id).len().to_string(),
        Field::NeededBy => analysis.needed_by(id).len().to_string(),
        field => facts_text(document, field, id).unwrap_or_default(),
    }
}

/// What a cell says that nothing has to be worked out for; `None` for the others.
pub fn facts_text(document: &Document, field: Field, id: ComponentId) -> Option<String> {
    let component = document.components.get(&id)?;
    let facts = component.facts();
    let per_cent = |share: Option<f64>| share.map_or_else(|| NOT_KNOWN.to_owned(), |share| plain(share * 100.0));
    Some(match field {
        Field::Name => component.name.clone(),
        Field::Kind => word(KINDS, KIND_VALUES.iter().position(|kind| *kind == facts.kind)),
        Field::Oversight => word(OVERSIGHTS, OVERSIGHT_VALUES.iter().position(|it| *it == facts.oversight)),
        Field::Evolution => per_cent(component.evolution.map(|e| e.get())),
        Field::Visibility => per_cent(component.visibility.map(|v| v.get())),
        Field::Owner => known_text(&facts.owner_business),
        Field::Team => known_text(&facts.owner_technical),
        Field::Supplier => facts.supplier.clone(),
        Field::Site => facts.site.clone(),
        Field::Area => names(document.areas.values().filter(|a| a.members.contains(&id)).map(|a| &a.name)),
        Field::KnownBy => {
            text_of(document.knowledge.values().filter(|holding| holding.component == id).map(|holding| &**holding))
        }
        Field::Product => facts.technologies.first().map_or_else(String::new, |t| t.product.clone()),
        Field::Version => facts.technologies.first().map_or_else(String::new, |t| t.version.clone()),
        Field::SupportEnds => support_words(support_end(document, component)),
        Field::Users => known(&facts.users, |n| n as f64),
        Field::Patients => known(&facts.patients_per_day, |n| n as f64),
        Field::Answer(criterion) => answer_of(facts, criterion).map_or_else(String::new, |a| known(a, f64::from)),
        Field::Tolerable => known(&facts.tolerable_outage_h, |n| n),
        Field::Recovery => known(&facts.recovery_h, |n| n),
        Field::FailRate => known(&facts.fail_rate, |n| n),
        Field::FunctionalFit => known(&facts.functional_fit, f64::from),
        Field::TechnicalFit => known(&facts.technical_fit, f64::from),
        Field::Strategy => {
            let at = facts.strategy.and_then(|s| STRATEGY_VALUES.iter().position(|it| *it == s));
            word(STRATEGIES, Some(at.map_or(0, |at| at + 1)))
        }
        Field::FoundHow => facts.found_how.clone(),
        Field::Description => component.description.clone(),
        Field::Tags => names(component.tags.iter()).replace("; ", ", "),
        Field::Url => component.url.clone().unwrap_or_default(),
        Field::Notes => facts.notes.clone(),
        Field::Pathways => names(document.pathways.values().filter(|p| p.steps.contains(&id)).map(|p| &p.name)),
        Field::Contracts => names(document.contracts.values().filter(|c| c.components.contains(&id)).map(|c| &c.name)),
        Field::Rank | Field::Group | Field::Score | Field::Index | Field::Unknown | Field::Needs | Field::NeededBy => {
            return None;
        }
    })
}

/// What an end of support says, as it can be typed in.
pub fn support_words(end: SupportEnd) -> String {
    match end {
        SupportEnd::Unknown => NOT_KNOWN.to_owned(),
        SupportEnd::Over => "over".to_owned(),
        SupportEnd::NoDate => "no date".to_owned(),
        SupportEnd::On(date) => to_iso(date),
    }
}

/// End of security support of the first product.
pub(super) fn support_end(document: &Document, component: &Component) -> SupportEnd {
    let technology = component.facts().technologies.first();
    technology.and_then(|t| lifecycle_of(document, t)).map_or(SupportEnd::Unknown, |l| l.security_ends)
}

/// Where a cell stands in the order of its column: numbers by size, texts as folded; what is empty or not known last.
fn sort_key(document: &Document, analysis: &Analysis, field: Field, id: ComponentId) -> (u64, String) {
    let cell = text(document, analysis, field, id);
    let name = || document.components.get(&id).map_or_else(String::new, |c| folded_name(&c.name));
    if cell.is_empty() || cell == NOT_KNOWN || cell == NOT_APPLICABLE {
        return (u64::MAX, name());
    }
    let column = column_of(field);
    if field == Field::Group {
        // By what is worse, not by letter.
        return (analysis.row(id).map_or(u64::MAX - 1, |row| u64::from(row.rank)), String::new());
    }
    if column.is_number() {
        let digits: String = cell.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        // Never negative, so the bits of the numbers are in the order of the numbers.
        let number = digits.parse::<f64>().unwrap_or(0.0).max(0.0);
        return (number.to_bits(), name());
    }
    (0, folded_name(&cell))
}

/// Systems that pass the filters, in the order of the column. Every component but users (anchors) is a system.
pub fn rows(
    document: &Document,
    analysis: &Analysis,
    find: &str,
    filters: &[(Field, String)],
    shown: &[Field],
    sort: Option<(Field, bool)>,
) -> Vec<ComponentId> {
    let wanted = folded_name(find);
    let passes = |id: ComponentId| {
        let holds = |field: &Field| folded_name(&text(document, analysis, *field, id)).contains(&wanted);
        (wanted.is_empty() || shown.iter().any(holds))
            && filters.iter().all(|(field, filter)| filter_passes(&text(document, analysis, *field, id), filter))
    };
    let (field, falling) = sort.unwrap_or((Field::Name, false));
    let mut keyed: Vec<((u64, String), ComponentId)> = Vec::new();
    for (id, component) in &document.components {
        if !component.is_anchor() && passes(*id) {
            keyed.push((sort_key(document, analysis, field, *id), *id));
        }
    }
    keyed.sort_unstable();
    if falling {
        // What is not known stays at the end either way.
        let known = keyed.partition_point(|(key, _)| key.0 < u64::MAX);
        if let Some(known) = keyed.get_mut(..known) {
            known.reverse();
        }
    }
    keyed.into_iter().map(|(_, id)| id).collect()
}

/// Whether a cell passes a filter: `?` finds what is not known, `>3`, `<3`, `>=3`, `<=3` and `=text` compare, `!text`
/// leaves out, anything else is looked for inside.
pub fn filter_passes(cell: &str, filter: &str) -> bool {
    let filter = filter.trim();
    if filter.is_empty() {
        return true;
    }
    if filter == NOT_KNOWN {
        return cell.is_empty() || cell == NOT_KNOWN;
    }
    let cell = folded_name(cell);
    let number = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        text.get(..end).and_then(|digits| digits.parse::<f64>().ok())
    };
    for (sign, test) in [
        (">=", (|a, b| a >= b) as fn(f64, f64) -> bool),
        ("<=", |a, b| a <= b),
        (">", |a, b| a > b),
        ("<", |a, b| a < b),
    ] {
        if let Some(limit) = filter.strip_prefix(sign).and_then(|rest| number(rest.trim())) {
            return number(&cell).is_some_and(|value| test(value, limit));
        }
    }
    match (filter.strip_prefix('='), filter.strip_prefix('!')) {
        (Some(exact), _) => cell == folded_name(exact),
        (_, Some(without)) => !cell.contains(&folded_name(without)),
        _ => cell.contains(&folded_name(filter)),
    }
}
