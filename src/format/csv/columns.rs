//! What a column means: by its heading, and by whether its cells can be read that way.
//!
//! One row of [`FIELDS`] for each thing a column can hold: what it is called in our own tables, in the words of the
//! screen, and in the inventories of other people. Everything else is kept under its heading.

use crate::format::csv::cells::{self, DateOrder};
use crate::format::csv::sheet::{Sheet, MAX_COLUMNS};
use crate::format::Detected;

/// Cells of a column that are looked at to check a guess.
const LOOKED_AT: usize = 200;

/// What a column can hold: a field of a system, or of a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is described in the words of its row in FIELDS")]
pub enum Field {
    Id,
    Name,
    Kind,
    Oversight,
    Evolution,
    Visibility,
    Area,
    /// Who knows it.
    KnownBy,
    Description,
    Tags,
    OwnerBusiness,
    OwnerTechnical,
    Supplier,
    Site,
    Product,
    Version,
    SupportEnds,
    SecurityEnds,
    ExtendedEnds,
    Users,
    PatientsPerDay,
    TolerableOutage,
    Recovery,
    FailRate,
    FunctionalFit,
    TechnicalFit,
    Strategy,
    FoundHow,
    Url,
    Notes,
    Likelihood(u8),
    Impact(u8),
    ContractEnds,
    ContractCharge,
    ContractNotice,
    ContractRenews,
    Status,
    TagWhenYes,
    DependsOn,
    Source,
    Target,
    LinkKind,
    LinkLabel,
    Interface,
    Strength,
    Buffer,
}

/// What is done with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Its cells go into this field.
    Field(Field),
    /// Its cells are kept under their heading and written back.
    Keep,
    /// Its cells are not taken in.
    LeaveOut,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowsAre {
    /// A system each.
    Systems,
    /// A dependency each: the source needs the target.
    Links,
}

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Nothing speaks for any meaning.
    None,
    /// Something speaks for it.
    Guess,
    /// The heading says much the same.
    Likely,
    /// The heading says so and the cells can be read that way.
    Sure,
}

/// A guessed meaning with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The meaning.
    pub meaning: Meaning,
    /// How sure.
    pub confidence: Confidence,
    /// Why, as a sentence.
    pub reason: String,
}

/// What the cells of a field look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Anything.
    Text,
    /// A number, a range, unknown, not applicable.
    Number,
    /// A whole level from 1 to this, a range, unknown, not applicable.
    Level(u8),
    /// A share of 1, or per cent.
    Share,
    /// A day, or that support is over, or has no date.
    SupportEnd,
    /// A day.
    Date,
    /// An amount of money.
    Money,
    /// Yes or no.
    YesNo,
    /// An address of the web or of mail.
    Address,
}

/// A thing that a column can hold.
#[derive(Debug, Clone, Copy)]
pub struct FieldRow {
    /// Which.
    pub field: Field,
    /// Heading in our own tables; empty when they have no such column.
    pub heading: &'static str,
    /// What it is called on the screen.
    pub words: &'static str,
    /// What its cells look like.
    pub takes: Takes,
    /// Headings that mean it, folded, the better first.
    synonyms: &'static [&'static str],
}

impl FieldRow {
    /// What rows this is a field of.
    pub fn rows(&self) -> RowsAre {
        if self.field >= Field::Source {
            RowsAre::Links
        } else {
            RowsAre::Systems
        }
    }
}

const fn row(
    field: Field,
    heading: &'static str,
    words: &'static str,
    takes: Takes,
    synonyms: &'static [&'static str],
) -> FieldRow {
    FieldRow { field, heading, words, takes, synonyms }
}
const fn likelihood(
    place: u8,
    heading: &'static str,
    words: &'static str,
    synonyms: &'static [&'static str],
) -> FieldRow {
    row(Field::Likelihood(place), heading, words, Takes::Level(6), synonyms)
}
const fn impact(place: u8, heading: &'static str, words: &'static str, synonyms: &'static [&'static str]) -> FieldRow {
    row(Field::Impact(place), heading, words, Takes::Level(5), synonyms)
}

/// Everything a column can hold, in the order of our own tables.
pub static FIELDS: &[FieldRow] = &[
    row(
        Field::Id,
        "id",
        "Id",
        Takes::Text,
        &[
            "id",
            "key",
            "system_id",
            "application_id",
            "app_id",
            "asset_id",
            "identifier",
            "reference",
            "ref",
            "asset_tag",
        ],
    ),
    row(
        Field::Name,
        "label",
        "Name",
        Takes::Text,
        &[
            "label",
            "name",
            "application_name",
            "system_name",
            "app_name",
            "application",
            "system",
            "title",
            "product_name",
            "service_name",
            "asset_name",
        ],
    ),
    row(
        Field::Kind,
        "kind",
        "Kind",
        Takes::Text,
        &["kind", "type", "component_type", "system_type", "application_type"],
    ),
    row(
        Field::Oversight,
        "looked_after",
        "Looked after",
        Takes::Text,
        &["looked_after", "oversight", "management_status"],
    ),
    row(Field::Evolution, "evolution", "Evolution", Takes::Share, &["evolution"]),
    row(Field::Visibility, "visibility", "Visibility", Takes::Share, &["visibility"]),
    row(
        Field::Area,
        "area",
        "Area",
        Takes::Text,
        &[
            "area",
            "domain",
            "category",
            "department",
            "directorate",
            "division",
            "system",
            "model",
            "project",
            "business_area",
        ],
    ),
    row(
        Field::Description,
        "description",
        "Description",
        Takes::Text,
        &["description", "comments", "comment", "summary", "purpose"],
    ),
    row(Field::Tags, "tags", "Tags", Takes::Text, &["tags", "labels", "stereotypes", "keywords"]),
    row(
        Field::OwnerBusiness,
        "owner",
        "Owner",
        Takes::Text,
        &["owner", "business_owner", "owned_by", "product_owner", "information_asset_owner", "iao", "system_owner"],
    ),
    row(
        Field::OwnerTechnical,
        "team",
        "Technical owner",
        Takes::Text,
        &["team", "technical_owner", "service_owner", "maintainer", "support_team", "it_owner", "system_manager"],
    ),
    row(
        Field::KnownBy,
        "known_by",
        "Known by (who can mend it)",
        Takes::Text,
        &[
            "known_by",
            "custodian",
            "custodians",
            "sole_custodian",
            "expert",
            "experts",
            "subject_matter_expert",
            "sme",
            "who_knows_it",
        ],
    ),
    row(
        Field::Supplier,
        "supplier",
        "Supplier",
        Takes::Text,
        &["supplier", "vendor", "manufacturer", "provider", "supplier_name", "vendor_name"],
    ),
    row(
        Field::Site,
        "site",
        "Site",
        Takes::Text,
        &[
            "site",
            "location",
            "hosted_on",
            "hosting",
            "production_hosted_on",
            "data_centre",
            "data_center",
            "hosted_at",
        ],
    ),
    row(
        Field::Product,
        "technology",
        "Product",
        Takes::Text,
        &["technology", "product", "platform", "technologies", "software"],
    ),
    row(Field::Version, "version", "Version", Takes::Text, &["version", "product_version", "software_version"]),
    row(
        Field::SupportEnds,
        "support_ends",
        "Active support ends",
        Takes::SupportEnd,
        &[
            "support_ends",
            "active_support_end",
            "end_of_support",
            "support_end",
            "support_end_date",
            "mainstream_support_end",
        ],
    ),
    row(
        Field::SecurityEnds,
        "security_ends",
        "Support ends",
        Takes::SupportEnd,
        &["security_ends", "end_of_life", "eol", "eol_date", "end_of_life_date", "security_support_ends"],
    ),
    row(
        Field::ExtendedEnds,
        "extended_ends",
        "Extended support ends",
        Takes::SupportEnd,
        &["extended_ends", "extended_support_end", "extended_support"],
    ),
    row(
        Field::Users,
        "users",
        "Users",
        Takes::Number,
        &["users", "number_of_users", "user_count", "no_of_users", "user_numbers", "active_users"],
    ),
    row(
        Field::PatientsPerDay,
        "patients_per_day",
        "Patients a day",
        Takes::Number,
        &["patients_per_day", "patients_a_day"],
    ),
    row(
        Field::TolerableOutage,
        "tolerable_outage_h",
        "Hours to harm",
        Takes::Number,
        &["tolerable_outage_h", "hours_to_harm", "mtpd_hours", "maximum_tolerable_downtime_hours"],
    ),
    row(
        Field::Recovery,
        "recovery_h",
        "Hours to recover",
        Takes::Number,
        &["recovery_h", "rto_h", "hours_to_recover", "rto_hours"],
    ),
    row(
        Field::FailRate,
        "failures_per_year",
        "Failures a year",
        Takes::Number,
        &["failures_per_year", "failures_a_year", "incidents_per_year"],
    ),
    row(
        Field::FunctionalFit,
        "functional_fit",
        "Does its job (1–5)",
        Takes::Level(5),
        &["functional_fit", "does_its_job"],
    ),
    row(Field::TechnicalFit, "technical_fit", "Is sound (1–5)", Takes::Level(5), &["technical_fit", "is_sound"]),
    row(Field::Strategy, "plan", "Plan", Takes::Text, &["plan", "strategy", "disposition"]),
    row(
        Field::FoundHow,
        "found_how",
        "How it was found",
        Takes::Text,
        &["found_how", "how_it_was_found", "discovered_by"],
    ),
    row(Field::Url, "url", "Web address", Takes::Address, &["url", "homepage", "link", "website", "web_address"]),
    row(Field::Notes, "notes", "Notes", Takes::Text, &["notes"]),
    likelihood(0, "L1", "L1 Support", &["l1", "l1_support"]),
    likelihood(1, "L2", "L2 Contract", &["l2", "l2_contract"]),
    likelihood(2, "L3", "L3 People", &["l3", "l3_people"]),
    likelihood(3, "L4", "L4 Needs", &["l4", "l4_needs"]),
    likelihood(4, "L5", "L5 Place", &["l5", "l5_place"]),
    likelihood(5, "L6", "L6 Security", &["l6", "l6_security"]),
    likelihood(6, "L7", "L7 Trouble", &["l7", "l7_trouble"]),
    impact(0, "C1", "C1 Health", &["c1", "c1_health"]),
    impact(1, "C2", "C2 Standing", &["c2", "c2_standing"]),
    impact(2, "C3", "C3 Cost", &["c3", "c3_cost"]),
    impact(3, "C4", "C4 Public", &["c4", "c4_public"]),
    impact(4, "C5", "C5 Staff", &["c5", "c5_staff"]),
    impact(5, "C6", "C6 Others", &["c6", "c6_others"]),
    row(
        Field::ContractEnds,
        "contract_ends",
        "Contract ends",
        Takes::Date,
        &[
            "contract_ends",
            "contract_end",
            "contract_end_date",
            "contract_expiry",
            "contract_expiry_date",
            "licence_expiry",
        ],
    ),
    row(
        Field::ContractCharge,
        "contract_charge",
        "Contract: charge a year",
        Takes::Money,
        &[
            "contract_charge",
            "annual_cost",
            "annual_charge",
            "yearly_cost",
            "cost_per_year",
            "annual_contract_value",
            "annual_licence_cost",
        ],
    ),
    row(
        Field::ContractNotice,
        "contract_notice_months",
        "Contract: months of notice",
        Takes::Number,
        &["contract_notice_months", "notice_months", "notice_period_months"],
    ),
    row(
        Field::ContractRenews,
        "contract_renews",
        "Contract renews by itself",
        Takes::YesNo,
        &["contract_renews", "auto_renew", "auto_renews", "auto_renewal"],
    ),
    row(Field::Status, "", "Status (a tag)", Takes::Text, &["status", "state", "lifecycle_status"]),
    row(Field::TagWhenYes, "", "A tag where it says yes", Takes::YesNo, &[]),
    row(
        Field::DependsOn,
        "",
        "Needs (names of systems)",
        Takes::Text,
        &["dependencies", "depends_on", "needs", "requires", "uses"],
    ),
    row(
        Field::Source,
        "source",
        "Who needs",
        Takes::Text,
        &["source", "from", "source_id", "from_id", "consumer", "client", "dependent"],
    ),
    row(
        Field::Target,
        "target",
        "What is needed",
        Takes::Text,
        &["target", "to", "target_id", "to_id", "destination", "depends_on", "provider"],
    ),
    row(Field::LinkKind, "kind", "Kind of dependency", Takes::Text, &["kind", "type", "dependency", "relation"]),
    row(Field::LinkLabel, "label", "Text on the line", Takes::Text, &["label", "context", "description"]),
    row(Field::Interface, "interface", "Interface", Takes::Text, &["interface", "technology", "protocol"]),
    row(Field::Strength, "strength", "Strength (0 to 1)", Takes::Share, &["strength"]),
    row(Field::Buffer, "buffer_h", "Hours it copes without", Takes::Number, &["buffer_h", "hours_it_copes_without"]),
];

/// Headings of columns that are worked out here, as the table of systems shows them: nothing to take in.
const WORKED_OUT: &[&str] =
    &["rank", "risk", "score_of_30", "index", "not_known", "needed_by", "pathways", "contracts"];

/// The row of a field.
pub fn field_row(field: Field) -> &'static FieldRow {
    static NONE: FieldRow = row(Field::Id, "", "", Takes::Text, &[]);
    // Every field has its row (a test says so).
    FIELDS.iter().find(|row| row.field == field).unwrap_or(&NONE)
}

/// A heading for comparing: lower case, everything but letters and digits as one underscore.
pub(super) fn folded_heading(heading: &str) -> String {
    let mut folded = String::with_capacity(heading.len());
    for word in heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push('_');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// Several columns may have these meanings.
pub fn may_repeat(meaning: Meaning) -> bool {
    !matches!(
        meaning,
        Meaning::Field(field)
            if !matches!(field, Field::Description | Field::Tags | Field::Kind | Field::TagWhenYes | Field::DependsOn | Field::Status)
    )
}

/// Meanings by headings that say exactly so.
fn exactly(folded: &[String], rows: RowsAre) -> Vec<Option<(Field, Confidence)>> {
    let mut found: Vec<Option<(Field, Confidence)>> = vec![None; folded.len()];
    for row in FIELDS.iter().filter(|row| row.rows() == rows) {
        for word in row.synonyms {
            let place = folded.iter().zip(&found).position(|(heading, taken)| taken.is_none() && heading == word);
            if let Some(slot) = place.and_then(|place| found.get_mut(place)) {
                *slot = Some((row.field, Confidence::Sure));
                if !may_repeat(Meaning::Field(row.field)) {
                    break;
                }
            }
        }
    }
    found
}

/// Meanings by heading alone, first the headings that say exactly so, then those that say it among other words.
fn by_heading(headings: &[String], rows: RowsAre) -> Vec<Option<(Field, Confidence)>> {
    let folded = folded_headings(headings);
    let mut found = exactly(&folded, rows);
    for (place, heading) in folded.iter().enumerate() {
        if found.get(place).is_none_or(Option::is_some) || WORKED_OUT.contains(&heading.as_str()) {
            continue;
        }
        let mut best: Option<(&FieldRow, usize)> = None;
        for row in FIELDS.iter().filter(|row| row.rows() == rows) {
            let free = !found.iter().flatten().any(|(field, _)| *field == row.field);
            // One short word among others says little: "Name of owner", "Type of contract".
            let fits = |word: &&&str| (word.contains('_') || TELLING.contains(*word)) && has_words(heading, word);
            let length = row.synonyms.iter().filter(fits).map(|word| word.len()).max().unwrap_or(0);
            if free && length > best.map_or(0, |(_, most)| most) {
                best = Some((row, length));
            }
        }
        if let (Some((row, _)), Some(slot)) = (best, found.get_mut(place)) {
            *slot = Some((row.field, Confidence::Likely));
        }
    }
    found
}

fn folded_headings(headings: &[String]) -> Vec<String> {
    let mut folded = Vec::with_capacity(headings.len());
    for heading in headings {
        // A cell of many words is no heading.
        folded.push(if heading.len() > 100 { String::new() } else { folded_heading(heading) });
    }
    folded
}

/// Whether these words stand in the heading as whole words.
fn has_words(heading: &str, words: &str) -> bool {
    heading.match_indices(words).any(|(start, _)| {
        let (before, after) = (heading.get(..start), heading.get(start + words.len()..));
        before.is_some_and(|it| it.is_empty() || it.ends_with('_'))
            && after.is_some_and(|it| it.is_empty() || it.starts_with('_'))
    })
}

/// Single words that tell what a column is wherever they stand in its heading.
const TELLING: &[&str] = &[
    "supplier",
    "vendor",
    "manufacturer",
    "eol",
    "version",
    "homepage",
    "directorate",
    "department",
    "users",
    "l1",
    "l2",
    "l3",
    "l4",
    "l5",
    "l6",
    "l7",
];

/// What the rows of a table with these headings are; `None` when the headings do not say.
pub(super) fn rows_of(headings: &[String]) -> Option<RowsAre> {
    if headings.len() > MAX_COLUMNS {
        return None;
    }
    let folded = folded_headings(headings);
    let sure = |rows: RowsAre, field: Field| exactly(&folded, rows).contains(&Some((field, Confidence::Sure)));
    if sure(RowsAre::Links, Field::Source) && sure(RowsAre::Links, Field::Target) {
        return Some(RowsAre::Links);
    }
    (sure(RowsAre::Systems, Field::Id) || sure(RowsAre::Systems, Field::Name)).then_some(RowsAre::Systems)
}

/// How many headings of this row mean something.
pub(super) fn known_headings(headings: &[String]) -> usize {
    if headings.len() > MAX_COLUMNS {
        return 0;
    }
    let folded = folded_headings(headings);
    let count = |rows| exactly(&folded, rows).iter().flatten().count();
    count(RowsAre::Systems).max(count(RowsAre::Links))
}

/// What sort of table these headings belong to; `None` when they are no headings that mean anything.
pub(super) fn kind_of(headings: &[String]) -> Option<Detected> {
    match rows_of(headings) {
        Some(RowsAre::Links) => Some(Detected::EdgesCsv),
        Some(RowsAre::Systems) => Some(Detected::NodesCsv),
        None => {
            let words = headings.iter().filter(|heading| !heading.trim().is_empty()).count();
            (words > 1).then_some(Detected::Csv)
        }
    }
}

/// A guess for every column of the sheet.
pub fn guess(sheet: &Sheet, rows: RowsAre, order: DateOrder) -> Vec<Guess> {
    let mut guesses = Vec::with_capacity(sheet.headings.len());
    let mut named = false;
    for (place, found) in by_heading(&sheet.headings, rows).into_iter().enumerate() {
        let guess = match found {
            _ if !sheet.rows.is_empty() && sheet.is_empty_column(place) => Guess {
                meaning: Meaning::LeaveOut,
                confidence: Confidence::Sure,
                reason: "The column is empty.".to_owned(),
            },
            None if sheet.headings.get(place).is_some_and(|it| WORKED_OUT.contains(&folded_heading(it).as_str())) => {
                Guess {
                    meaning: Meaning::LeaveOut,
                    confidence: Confidence::Likely,
                    reason: "This is worked out here and cannot be taken in.".to_owned(),
                }
            }
            None => Guess {
                meaning: Meaning::Keep,
                confidence: Confidence::None,
                reason: "Nothing here says what it is; it is kept under its heading.".to_owned(),
            },
            Some((field, confidence)) => checked(sheet, place, field, confidence, order),
        };
        named |= matches!(guess.meaning, Meaning::Field(Field::Id | Field::Name));
        guesses.push(guess);
    }
    if !named && rows == RowsAre::Systems {
        if let Some(guess) = name_column(sheet).and_then(|place| guesses.get_mut(place)) {
            *guess = Guess {
                meaning: Meaning::Field(Field::Name),
                confidence: Confidence::Guess,
                reason: "The first column of texts that differ from row to row.".to_owned(),
            };
        }
    }
    guesses
}

/// A guess by the heading, held against the cells.
fn checked(sheet: &Sheet, place: usize, field: Field, confidence: Confidence, order: DateOrder) -> Guess {
    let takes = field_row(field).takes;
    let (mut readable, mut all) = (0usize, 0usize);
    let cells = sheet.rows.iter().map(|row| row.cell(place)).filter(|cell| !cell.is_empty());
    for cell in cells.take(LOOKED_AT) {
        all += 1;
        readable += usize::from(cells::can_be_read(takes, cell, order));
    }
    let heading = sheet.headings.get(place).map_or("", |it| it.trim());
    let (meaning, confidence, reason) = match (confidence, readable * 2 >= all) {
        (Confidence::Sure, true) => (Meaning::Field(field), Confidence::Sure, format!("The heading says “{heading}”.")),
        (_, true) => (Meaning::Field(field), Confidence::Likely, format!("The heading “{heading}” speaks for it.")),
        (Confidence::Sure, false) => (
            Meaning::Field(field),
            Confidence::Guess,
            format!("The heading says “{heading}”, but only {readable} of {all} cells can be read that way."),
        ),
        _ => (
            Meaning::Keep,
            Confidence::None,
            format!("The heading could mean {}, but the cells cannot be read that way.", field_row(field).words),
        ),
    };
    Guess { meaning, confidence, reason }
}

/// The first column that could be names: texts, filled in nearly everywhere, hardly ever the same.
fn name_column(sheet: &Sheet) -> Option<usize> {
    let rows = sheet.rows.len().min(LOOKED_AT);
    (0..sheet.headings.len()).find(|place| {
        let mut seen: Vec<&str> = Vec::new();
        for row in sheet.rows.iter().take(LOOKED_AT) {
            let cell = row.cell(*place);
            if cell.chars().any(char::is_alphabetic) && cells::date(cell, DateOrder::DayFirst).is_none() {
                seen.push(cell);
            }
        }
        let filled = seen.len();
        seen.sort_unstable();
        seen.dedup();
        rows > 0 && filled * 10 >= rows * 9 && seen.len() * 10 >= filled * 9
    })
}
