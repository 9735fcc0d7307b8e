//! What is known about the system behind a component.
//!
//! Only facts; scores are computed in `analysis`. Field names, ranges and defaults follow the risk model:
//! LITRAF likelihood levels are 1..=6, impact levels 1..=5 (UK central government's legacy IT risk
//! assessment framework).

use std::sync::LazyLock;

use crate::date::Date;
use crate::known::Known;
use crate::model::Extra;

/// Number of LITRAF likelihood criteria.
pub const LIKELIHOOD_CRITERIA: usize = 7;
/// Number of LITRAF impact criteria.
pub const IMPACT_CRITERIA: usize = 6;

/// What sort of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum SystemKind {
    /// Something a user wants.
    UserNeed,
    /// A step of a pathway.
    PathwayStep,
    /// A service.
    Service,
    /// An application.
    #[default]
    Application,
    /// Data.
    Data,
    /// An interface or integration engine.
    Integration,
    /// A platform.
    Platform,
    /// Hardware.
    Hardware,
    /// A device.
    Device,
    /// A site.
    Site,
    /// A service of a supplier.
    SupplierService,
}

/// Whether those in charge know it and look after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Oversight {
    /// Known and looked after.
    Managed,
    /// Known, not looked after.
    #[default]
    KnownUnmanaged,
    /// Shadow IT.
    Shadow,
    /// Suspected to exist.
    Suspected,
}

/// Gartner's pace layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaceLayer {
    /// System of record.
    Record,
    /// System of differentiation.
    Differentiation,
    /// System of innovation.
    Innovation,
}

/// What is planned for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Keep.
    Retain,
    /// Switch off.
    Retire,
    /// Move as it is.
    Rehost,
    /// Move the platform as a whole.
    Relocate,
    /// Buy something else.
    Repurchase,
    /// Move with small changes.
    Replatform,
    /// Build anew.
    Refactor,
}

/// A product it is made with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Technology {
    /// Product name.
    pub product: String,
    /// Version in use; empty when not known.
    pub version: String,
    /// Key of a lifecycle record; empty for none.
    pub lifecycle_ref: String,
    /// Programming language; empty when not known.
    pub language: String,
}

/// Something that keeps a risk down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Control {
    /// What it does.
    pub text: String,
    /// Whether it exists already; only built controls count.
    pub built: bool,
    /// Since when.
    pub built_on: Option<Date>,
}

/// A document that backs a fact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Title.
    pub title: String,
    /// Where it is kept.
    pub place: String,
    /// Its date.
    pub date: Option<Date>,
}

/// Everything known about a system.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SystemFacts {
    /// What sort of thing it is.
    pub kind: SystemKind,
    /// Whether it is known and looked after.
    pub oversight: Oversight,
    /// How it was found, for shadow IT.
    pub found_how: String,
    /// Who answers for it in the organisation.
    pub owner_business: Known<String>,
    /// Who answers for it technically.
    pub owner_technical: Known<String>,
    /// Supplier; empty when none or not known.
    pub supplier: String,
    /// Where it runs; empty when not known.
    pub site: String,
    /// What it is made with.
    pub technologies: Vec<Technology>,
    /// People who use it.
    pub users: Known<u64>,
    /// Patients it touches on a normal day.
    pub patients_per_day: Known<u64>,
    /// LITRAF likelihood L1..L7, each 1..=6.
    pub likelihood: [Known<u8>; LIKELIHOOD_CRITERIA],
    /// LITRAF impact C1..C6, each 1..=5.
    pub impact: [Known<u8>; IMPACT_CRITERIA],
    /// Hours it may be away before harm begins, 0..=8760.
    pub tolerable_outage_h: Known<f64>,
    /// Hours to bring it back, 0..=8760.
    pub recovery_h: Known<f64>,
    /// When recovery was last tried.
    pub recovery_tested_on: Option<Date>,
    /// Failures of its own a year, 0..=365.
    pub fail_rate: Known<f64>,
    /// How well it does its job, 1..=5.
    pub functional_fit: Known<u8>,
    /// How sound it is, 1..=5.
    pub technical_fit: Known<u8>,
    /// Pace layer.
    pub pace_layer: Option<PaceLayer>,
    /// What is planned.
    pub strategy: Option<Strategy>,
    /// What keeps its risks down.
    pub controls: Vec<Control>,
    /// Free notes.
    pub notes: String,
    /// Documents.
    pub evidence: Vec<Evidence>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

impl SystemFacts {
    /// The facts of a system nobody has described.
    pub fn nothing_known() -> &'static Self {
        static NOTHING: LazyLock<SystemFacts> = LazyLock::new(SystemFacts::default);
        &NOTHING
    }
}
