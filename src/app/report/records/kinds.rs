//! The kinds of records with the table of their fields, and the words to choose from.

use crate::model::LossKind;

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordKind {
    /// Pathways.
    #[default]
    Pathway,
    /// Areas.
    Area,
    /// Contracts.
    Contract,
    /// Who knows what.
    Knowledge,
    /// Alternatives.
    Redundancy,
    /// Lines of the risk register.
    Risk,
    /// Ends of support.
    Support,
}

/// Kinds with their headings, the word for one, and what they are for.
pub const KINDS: [(RecordKind, &str, &str, &str); 7] = [
    (
        RecordKind::Pathway,
        "Pathways",
        "pathway",
        "Chains of steps that people depend on, such as the care for a disease.",
    ),
    (
        RecordKind::Area,
        "Areas",
        "area",
        "Parts of the organisation or the map, to filter and to look at one at a time.",
    ),
    (RecordKind::Contract, "Contracts", "contract", "Agreements with suppliers, their ends and the ways out of them."),
    (RecordKind::Knowledge, "Who knows what", "person", "Posts and people who can run, mend or change a system."),
    (
        RecordKind::Redundancy,
        "Alternatives",
        "set of alternatives",
        "Systems that stand in for one another: any of the links in a set suffices, as far as they share nothing.",
    ),
    (
        RecordKind::Risk,
        "Risks",
        "risk",
        "Lines of the risk register: what may happen, how often, and what it does to people and money.",
    ),
    (
        RecordKind::Support,
        "Support dates",
        "release",
        "When the maker stops looking after a product’s release. Opening a file of endoflife.date fills them in.",
    ),
];

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordField {
    /// Words above it.
    pub label: &'static str,
    /// How it is filled in, in a few words.
    pub hint: &'static str,
    /// Words to choose from; empty for a free text.
    pub choices: &'static [&'static str],
    /// It takes the whole width.
    pub wide: bool,
    /// It takes several lines.
    pub lines: bool,
}

pub(super) const fn text(label: &'static str, hint: &'static str) -> RecordField {
    RecordField { label, hint, choices: &[], wide: false, lines: false }
}
pub(super) const fn wide(label: &'static str, hint: &'static str) -> RecordField {
    RecordField { label, hint, choices: &[], wide: true, lines: false }
}
pub(super) const fn lines(label: &'static str, hint: &'static str) -> RecordField {
    RecordField { label, hint, choices: &[], wide: true, lines: true }
}
pub(super) const fn choice(label: &'static str, choices: &'static [&'static str]) -> RecordField {
    RecordField { label, hint: "", choices, wide: false, lines: false }
}

pub(super) const MONEY: &[&str] = &["Running money", "Capital"];
pub(super) const STAGES: &[&str] = &["Before controls", "Now", "Aimed at"];
const SYSTEMS: &str = "names, separated by semicolons";
const DAY: &str = "2027-03-31";
pub(super) const KNOWN: &[&str] = &["Not known", "Yes", "No", "Does not apply"];
pub(super) const PATHWAY_KINDS: &[&str] = &["Activity", "Disease"];
pub(super) const REPLACEMENTS: &[&str] = &["Nothing arranged", "Being bought", "Agreed"];
pub(super) const HOLDERS: &[&str] = &["Staff", "Contractor", "Supplier", "Retired", "Volunteer"];
pub(super) const AVAILABLE: &[&str] = &["Same day", "Within a week", "Hardly", "Not any more"];

pub(super) static PATHWAY: &[RecordField] = &[
    wide("Name", ""),
    choice("About", PATHWAY_KINDS),
    text("People a day", "a number or ?"),
    text("Importance", "1 to 5 or ?"),
    wide("Steps in order", SYSTEMS),
    wide("What happens to people if it stops", ""),
];
pub(super) static AREA: &[RecordField] = &[wide("Name", ""), wide("Systems", SYSTEMS), wide("What it is about", "")];
pub(super) static CONTRACT: &[RecordField] = &[
    wide("Name or reference", ""),
    text("Supplier", ""),
    text("Pounds a year", "a number or ?"),
    wide("Systems it covers", SYSTEMS),
    text("First day", DAY),
    text("Last day", DAY),
    text("With the extension until", DAY),
    choice("Renews by itself", KNOWN),
    text("Months of notice", "0 to 36 or ?"),
    choice("What comes after", REPLACEMENTS),
    wide("Break dates", "2027-03-31, 6 months, £10,000; …"),
    choice("Plan for leaving", KNOWN),
    choice("Data come back", KNOWN),
    text("Leaving at any time", "6 months, £10,000 or ?"),
    text("Rise a year, %", "a number or ?"),
    choice("Paid from", MONEY),
    choice("Source kept with a third party", KNOWN),
    wide("What may not be handed over", ""),
];
pub(super) static KNOWLEDGE: &[RecordField] = &[
    wide("Role or initials", ""),
    wide("System", "its name"),
    choice("Is", HOLDERS),
    choice("Can be had", AVAILABLE),
    text("Can", "operate, fix, change"),
    text("Leaves on", DAY),
    text("Written down, %", "0 to 100 or ?"),
    text("Skills", "separated by commas"),
];
pub(super) static REDUNDANCY: &[RecordField] = &[
    wide("Name", ""),
    text("How many must work", "at least 1"),
    text("Failures with a common cause, %", "0 to 100 or ?"),
    wide("What they share", "site, power, supplier …, separated by commas"),
    lines("Links in it", "Ward → Data centre A, one in a line"),
];

pub(super) const RESPONSES: &[&str] = &["Not decided", "Tolerate", "Treat", "Transfer", "Terminate"];
pub(super) const STATUSES: &[&str] = &["Open", "Transferred", "Closed"];
const LEVEL: &str = "1 to 5 or ?";
/// Words for [`LossKind`], in its order.
pub(super) const LOSSES: [(LossKind, &str); 7] = [
    (LossKind::StaffTime, "staff time"),
    (LossKind::Response, "response"),
    (LossKind::Replacement, "replacement"),
    (LossKind::Income, "income"),
    (LossKind::Penalty, "penalty"),
    (LossKind::Claims, "claims"),
    (LossKind::OtherOrganisation, "others"),
];
pub(super) static RISK: &[RecordField] = &[
    wide("What", "If …, then …, so …"),
    wide("Systems", SYSTEMS),
    wide("Cause", ""),
    wide("Event", ""),
    wide("Consequence", ""),
    text("Times a year", "0.2 or 0.1–0.5 or ?"),
    wide("Pounds lost each time", "staff time 20,000–180,000; response 40,000–600,000 likely 120,000"),
    text("Worst harm to patients", LEVEL),
    text("Likelihood of that harm", LEVEL),
    text("Trust register: likelihood", LEVEL),
    text("Trust register: consequence", LEVEL),
    choice("Response", RESPONSES),
    text("Owner", "a person or post"),
    text("Next review", DAY),
    choice("Status", STATUSES),
    choice("Stands for the state", STAGES),
    wide("Pathways", SYSTEMS),
    text("People harmed at worst", "a number or ?"),
    text("Domain of the trust’s matrix", "safety, money …"),
    lines("Controls", "Alarm is tested weekly | in place since 2025-03-01"),
    lines("Actions", "Buy a second cooler | Estates | by 2027-03-31 | £80,000 | outages halve"),
    text("Healthy years of life lost", "a number, a range or ?"),
];

const END: &str = "2027-03-31, over, no date or ?";
pub(super) static SUPPORT: &[RecordField] = &[
    wide("Product", ""),
    text("Release", "2012 R2"),
    text("Security support ends", END),
    text("Active support ends", END),
    text("Extended support ends", END),
    wide("What shows that extended support was bought", "order or contract; only then does its date count"),
    text("Where the dates come from", "endoflife.date"),
    text("Taken in on", DAY),
];

/// A line of the register to begin with: a few words for it, cause, event, consequence. Made up.
pub const RISK_TEMPLATES: [(&str, &str, &str, &str); 8] = [
    ("A blank one", "(cause)", "(event)", "(harm)"),
    (
        "Support has ended",
        "the maker no longer mends weaknesses in (system)",
        "somebody uses one to get in",
        "the service stops for days and records may be lost",
    ),
    (
        "Only one person knows it",
        "the one person who can mend (system) is ill or leaves",
        "a fault is not put right in time",
        "the clinic falls back to paper and people are seen late",
    ),
    (
        "The server room overheats",
        "the cooling of the server room fails on a hot day",
        "every system in it stops at once",
        "wards work without results, images and drug charts",
    ),
    (
        "A list kept in a spreadsheet",
        "patients are tracked in a spreadsheet that nobody checks",
        "a row is lost or sorted wrongly",
        "somebody is not called back and their illness goes on",
    ),
    (
        "The backup does not come back",
        "nobody has tried to bring (system) back from its backup",
        "it cannot be brought back after a fault",
        "weeks of records are typed in again from paper",
    ),
    (
        "The contract runs out",
        "the contract for (system) ends with nothing to follow",
        "the supplier switches it off or asks for much more",
        "money meant for care goes into keeping it running",
    ),
    (
        "A message is lost on the way",
        "the link between two systems fails without anybody noticing",
        "results or referrals do not arrive",
        "treatment begins late or not at all",
    ),
];
