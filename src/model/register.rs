//! Records about the estate that are not drawn as components: pathways, contracts, who knows what,
//! risks, redundancy groups, support dates and professional judgements.

use std::collections::BTreeSet;

use crate::date::Date;
use crate::id::Id;
use crate::known::Known;
use crate::model::{ComponentId, Control, Extra};

/// Identifier of a [`Pathway`].
pub type PathwayId = Id<Pathway>;
/// Identifier of a [`Contract`].
pub type ContractId = Id<Contract>;
/// Identifier of a [`KnowledgeHolding`].
pub type KnowledgeId = Id<KnowledgeHolding>;
/// Identifier of a [`Risk`].
pub type RiskId = Id<Risk>;
/// Identifier of a [`RedundancyGroup`].
pub type RedundancyGroupId = Id<RedundancyGroup>;
/// Identifier of a [`Lifecycle`].
pub type LifecycleId = Id<Lifecycle>;
/// Identifier of a [`Judgement`].
pub type JudgementId = Id<Judgement>;

/// Money in pence; negative amounts are refused by readers.
pub type Pence = i64;

/// What a pathway is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PathwayKind {
    /// Care for a disease.
    Disease,
    /// An activity.
    #[default]
    Activity,
}

/// A chain of steps that people depend on, such as care for a disease.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pathway {
    /// Name.
    pub name: String,
    /// Disease or activity.
    pub kind: PathwayKind,
    /// Components in order.
    pub steps: Vec<ComponentId>,
    /// What happens to people if it stops.
    pub harm_if_stopped: String,
    /// Importance, 1..=5.
    pub importance: Known<u8>,
    /// People a day.
    pub volume_per_day: Known<u64>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// A way out of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContractBreak {
    /// Break date.
    pub date: Option<Date>,
    /// Months of notice, 0..=36.
    pub notice_months: u32,
    /// What it costs, pence.
    pub charge: Pence,
}

/// Terms for leaving at any time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Convenience {
    /// Months of notice, 0..=36.
    pub notice_months: u32,
    /// What it costs, pence.
    pub charge: Pence,
}

/// What comes after a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replacement {
    /// Nothing arranged.
    #[default]
    None,
    /// Being bought.
    InProcurement,
    /// Agreed.
    Agreed,
}

/// An agreement with a supplier.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contract {
    /// Name or reference.
    pub name: String,
    /// Supplier.
    pub supplier: String,
    /// What it covers.
    pub components: BTreeSet<ComponentId>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Last day with the extension.
    pub extension_to: Option<Date>,
    /// Renews by itself.
    pub auto_renews: Known<bool>,
    /// Months of notice, 0..=36.
    pub notice_months: Known<u32>,
    /// Break dates.
    pub breaks: Vec<ContractBreak>,
    /// Leaving at any time.
    pub terminate_for_convenience: Known<Convenience>,
    /// Charge a year, pence.
    pub annual_charge: Known<Pence>,
    /// Rise a year, per cent.
    pub indexation_pct: Known<f64>,
    /// Paid from capital rather than running money.
    pub capital: bool,
    /// There is a plan for leaving.
    pub exit_plan: Known<bool>,
    /// Data come back at the end.
    pub data_return: Known<bool>,
    /// What may not be handed over.
    pub transfer_restrictions: String,
    /// Source is held in escrow.
    pub escrow: Known<bool>,
    /// What comes after.
    pub replacement: Replacement,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// Who a holder of knowledge is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HolderKind {
    /// On the staff.
    #[default]
    Staff,
    /// Contractor.
    Contractor,
    /// Supplier.
    Supplier,
    /// Retired.
    Retired,
    /// Volunteer.
    Volunteer,
}

/// What a holder can do with the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ability {
    /// Run it.
    Operate,
    /// Mend it.
    Fix,
    /// Change it.
    Change,
}

/// How soon a holder can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Availability {
    /// The same day.
    SameDay,
    /// Within a week.
    #[default]
    Week,
    /// Hardly.
    Hard,
    /// Not any more.
    Gone,
}

/// Somebody who knows a system.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnowledgeHolding {
    /// The system.
    pub component: ComponentId,
    /// Role or initials.
    pub holder: String,
    /// Staff, supplier, …
    pub holder_kind: HolderKind,
    /// What they can do.
    pub can: BTreeSet<Ability>,
    /// How soon they can be had.
    pub available: Availability,
    /// When they leave.
    pub leaves_on: Option<Date>,
    /// Share that is written down and was tried by somebody else, 0..=1.
    pub written_down: Known<f64>,
    /// Skills, such as COBOL.
    pub skills: BTreeSet<String>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// What a loss consists of. Harm to patients is never one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LossKind {
    /// Hours of staff.
    #[default]
    StaffTime,
    /// Dealing with it.
    Response,
    /// Buying again.
    Replacement,
    /// Income not had.
    Income,
    /// Penalties.
    Penalty,
    /// Claims.
    Claims,
    /// Costs of other organisations.
    OtherOrganisation,
}

/// One line of a loss, a 90 % range in pence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LossLine {
    /// What it is.
    pub kind: LossKind,
    /// 5 % point, above 0.
    pub low: Pence,
    /// Most likely amount, when somebody said one.
    pub likely: Option<Pence>,
    /// 95 % point.
    pub high: Pence,
}

/// Harm to people.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Harm {
    /// DCB0129 severity, 1..=5.
    pub severity: Known<u8>,
    /// DCB0129 likelihood, 1..=5.
    pub likelihood: Known<u8>,
    /// People.
    pub patients: Known<u64>,
    /// Quality-adjusted life years.
    pub qaly: Known<f64>,
}

/// Before any control, now, or as aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RiskStage {
    /// Before controls.
    Inherent,
    /// Now.
    #[default]
    Current,
    /// Aimed at.
    Target,
}

/// What is done about a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// Live with it.
    Tolerate,
    /// Reduce it.
    Treat,
    /// Let somebody else carry it.
    Transfer,
    /// Stop what causes it.
    Terminate,
}

/// Whether a risk is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RiskStatus {
    /// Open.
    #[default]
    Open,
    /// Carried by somebody else.
    Transferred,
    /// Closed.
    Closed,
}

/// Something to do about a risk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RiskAction {
    /// What.
    pub text: String,
    /// Who.
    pub owner: String,
    /// By when.
    pub due: Option<Date>,
    /// Pence.
    pub cost: Option<Pence>,
    /// What is expected afterwards.
    pub expected_after: String,
}

/// A line of the risk register.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Risk {
    /// "If cause, then event, so harm".
    pub title: String,
    /// Systems.
    pub components: BTreeSet<ComponentId>,
    /// Pathways.
    pub pathways: BTreeSet<PathwayId>,
    /// Why.
    pub cause: String,
    /// What.
    pub event: String,
    /// So what.
    pub consequence: String,
    /// Inherent, current or target.
    pub stage: RiskStage,
    /// Events a year, 0..=365.
    pub frequency: Known<f64>,
    /// Money.
    pub loss: Vec<LossLine>,
    /// People.
    pub harm: Harm,
    /// NHS 5 × 5 likelihood, 1..=5.
    pub nhs_likelihood: Known<u8>,
    /// NHS 5 × 5 consequence, 1..=5.
    pub nhs_consequence: Known<u8>,
    /// NHS domain of the consequence.
    pub nhs_domain: String,
    /// What is done about it.
    pub response: Option<Response>,
    /// What keeps it down.
    pub controls: Vec<Control>,
    /// What is to be done.
    pub actions: Vec<RiskAction>,
    /// A person or post.
    pub owner: String,
    /// Next look.
    pub next_review: Option<Date>,
    /// Open, transferred, closed.
    pub status: RiskStatus,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// Alternatives: `need` of the members suffice.
#[derive(Debug, Clone, PartialEq)]
pub struct RedundancyGroup {
    /// Name.
    pub name: String,
    /// How many must work, at least 1.
    pub need: u32,
    /// Share of failures with a common cause, 0..=1; unknown is planned as 1.
    pub beta: Known<f64>,
    /// What the members share: site, power, supplier, version, team.
    pub shared: BTreeSet<String>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

impl Default for RedundancyGroup {
    fn default() -> Self {
        Self { name: String::new(), need: 1, beta: Known::unknown(), shared: BTreeSet::new(), extra: Extra::default() }
    }
}

/// End of support: a date, a plain yes or no, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SupportEnd {
    /// Not known.
    #[default]
    Unknown,
    /// Over already, date not known.
    Over,
    /// Not over, no date published.
    NoDate,
    /// Ends or ended on this day.
    On(Date),
}

/// Support dates of a product's release cycle, from an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lifecycle {
    /// Product.
    pub product: String,
    /// Release cycle.
    pub cycle: String,
    /// End of active support.
    pub support_ends: SupportEnd,
    /// End of security support.
    pub security_ends: SupportEnd,
    /// End of extended support.
    pub extended_ends: SupportEnd,
    /// What shows that extended support was bought; empty when nothing does, and its end does not count then.
    pub extended_bought: String,
    /// Where the dates come from.
    pub source: String,
    /// When they were imported.
    pub imported_on: Option<Date>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// A professional judgement beside a computed value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// The system it is about.
    pub component: ComponentId,
    /// Which value: `order` or the name of a score.
    pub field: String,
    /// What was computed when the judgement was made.
    pub computed: f64,
    /// What was judged.
    pub judged: f64,
    /// Why, at least 30 characters.
    pub reason: String,
    /// What backs it.
    pub evidence: String,
    /// Role of the judge.
    pub by: String,
    /// When.
    pub on: Option<Date>,
    /// Until when, a year at the most.
    pub expires: Option<Date>,
    /// Who agreed.
    pub agreed_by: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}
