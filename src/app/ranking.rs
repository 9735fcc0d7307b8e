//! The ranking at work: the opened row, the lists, weights that move the order live, judgements, and how firm it is.
//!
//! What takes long is done in slices between the browser's frames ([`RiskIntent::Work`]); what was computed for the
//! order before stays visible until the new one is there. Knows no screen.

use std::rc::Rc;

use crate::analysis::money::{YearSimulation, YearlyLoss, DEFAULT_YEARS};
use crate::analysis::rank::firmness::{Drawn, Firmness, FirmnessJob, DEFAULT_DRAWS};
use crate::analysis::rank::judged::{judged_order, ORDER_FIELD};
use crate::analysis::rank::{normalized, shown, Ranking, INDEX_CRITERIA};
use crate::app::effect::Effect;
use crate::app::report::records::{changed, new_record, RecordError, RecordKind};
use crate::app::report::register;
use crate::app::state::{SidePanel, ViewTab};
use crate::app::App;
use crate::date::days_after;
use crate::edit::{AnyRecord, Command, GestureId};
use crate::model::{AnyRecordId, ComponentId, Document, Judgement, RiskSettings, Settings};

/// Systems times draws done in one slice: a few milliseconds.
const SLICE: usize = 40_000;
/// Simulated years in one slice.
const YEARS_SLICE: u32 = 500;
/// Fewest characters of a reason.
pub const REASON_LENGTH: usize = 30;
/// Longest a judgement may act, days.
pub const MOST_DAYS: u32 = 365;

/// A list of the ranking panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RankList {
    /// By the sum.
    #[default]
    Order,
    /// As judged.
    Judged,
    /// What to find out first.
    FindOut,
    /// Give notice by.
    Notice,
    /// What to do next.
    Next,
}

/// A page of the risk view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RiskPage {
    /// The top risks on one page.
    #[default]
    Summary,
    /// Matrices, bars and the loss curve.
    Pictures,
    /// The risk register.
    Register,
    /// Pathways, contracts, people, alternatives.
    Records,
}

/// Whom the summary is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// A board.
    #[default]
    Board,
    /// Clinicians.
    Clinical,
}

/// What happened to the ranking.
#[derive(Debug, Clone, PartialEq)]
pub enum RiskIntent {
    /// Show this list.
    List(RankList),
    /// Show this page of the risk view.
    Page(RiskPage),
    /// Write the summary for these.
    For(Audience),
    /// Open a row, or close the open one.
    Open(Option<ComponentId>),
    /// A criterion gets this share, 0..=1, of the weight; the others share the rest in proportion. While a slider moves.
    Weight(usize, f64),
    /// The slider was let go.
    WeightDone,
    /// The usual weights.
    UsualWeights,
    /// Somebody judges that a system belongs elsewhere in the order.
    Judge(NewJudgement),
    /// Time for a slice of work.
    Work,
    /// Show records of this kind.
    Records(RecordKind),
    /// Add a record of the kind that is shown.
    AddRecord,
    /// Put a text into a field of a record.
    Field(AnyRecordId, usize, String),
    /// The register as a file for spreadsheets.
    ExportRegister,
}

/// A text that a field could not take, kept until it can or something else is typed.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongField {
    /// The record.
    pub record: AnyRecordId,
    /// The field.
    pub field: usize,
    /// What was typed.
    pub text: String,
    /// Why not.
    pub error: RecordError,
}

/// A judgement as it is entered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewJudgement {
    /// The system.
    pub component: ComponentId,
    /// Place it should have, from 1.
    pub place: u32,
    /// Why.
    pub reason: String,
    /// Role of the judge.
    pub by: String,
    /// Days it acts.
    pub days: u32,
}

/// Why a judgement cannot be recorded. Shown as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JudgementError {
    /// The reason is too short.
    #[error("Give a reason of at least {REASON_LENGTH} characters, so that others can follow it.")]
    Reason,
    /// Nobody is named.
    #[error("Say whose judgement it is: a role such as “chief clinical information officer”.")]
    By,
    /// Too long or no time at all.
    #[error("A judgement lasts from 1 to {MOST_DAYS} days.")]
    Days,
}

/// What the ranking remembers. Nothing of it is in the document.
#[derive(Debug, Default)]
pub struct RankingState {
    list: RankList,
    page: RiskPage,
    audience: Audience,
    open: Option<ComponentId>,
    gesture: Option<GestureId>,
    scheduled: bool,
    draws: Option<FirmnessJob>,
    /// The order the draws are of.
    drawn_of: Option<Rc<Ranking>>,
    firmness: Option<Rc<Firmness>>,
    years: Option<YearSimulation>,
    years_of: Option<Rc<Document>>,
    losses: Option<Rc<YearlyLoss>>,
    records: RecordKind,
    wrong: Option<WrongField>,
}

impl RankingState {
    /// The list that is shown.
    pub fn list(&self) -> RankList {
        self.list
    }
    /// The page of the risk view.
    pub fn page(&self) -> RiskPage {
        self.page
    }
    /// Whom the summary is for.
    pub fn audience(&self) -> Audience {
        self.audience
    }
    /// The open row.
    pub fn open(&self) -> Option<ComponentId> {
        self.open
    }
    /// How firm the order is, once computed; of an earlier order while [`Self::is_working`].
    pub fn firmness(&self) -> Option<&Rc<Firmness>> {
        self.firmness.as_ref()
    }
    /// What a year may cost, once computed.
    pub fn losses(&self) -> Option<&Rc<YearlyLoss>> {
        self.losses.as_ref()
    }
    /// The kind of records that is shown.
    pub fn records(&self) -> RecordKind {
        self.records
    }
    /// The last text that a field could not take.
    pub fn wrong(&self) -> Option<&WrongField> {
        self.wrong.as_ref()
    }
    /// Something is being computed anew.
    pub fn is_working(&self) -> bool {
        self.draws.is_some() || self.years.is_some()
    }
}

impl App {
    /// The ranking panel and the risk view.
    pub fn ranking(&self) -> &RankingState {
        &self.ranking
    }

    pub(super) fn risk_intent(&mut self, intent: RiskIntent, effects: &mut Vec<Effect>) {
        match intent {
            RiskIntent::List(list) => self.ranking.list = list,
            RiskIntent::Page(page) => self.ranking.page = page,
            RiskIntent::For(audience) => self.ranking.audience = audience,
            RiskIntent::Open(id) => self.ranking.open = id.filter(|id| Some(*id) != self.ranking.open),
            RiskIntent::Weight(place, share) => self.set_weight(place, share, effects),
            RiskIntent::WeightDone => {
                self.ranking.gesture = None;
                self.say_order(effects);
            }
            RiskIntent::UsualWeights => {
                let weights = RiskSettings::default().weights;
                self.put_weights(weights, None, effects);
                self.say_order(effects);
            }
            RiskIntent::Judge(judgement) => self.judge(judgement, effects),
            RiskIntent::Records(kind) => self.ranking.records = kind,
            RiskIntent::AddRecord => {
                if let Some(record) = new_record(&self.document, self.ranking.records, &mut self.ids) {
                    self.run(&Command::Put(record), effects);
                }
            }
            RiskIntent::Field(record, field, text) => {
                self.ranking.wrong = None;
                match changed(&self.document, record, field, &text, self.today) {
                    Ok(record) => _ = self.run(&Command::Put(record), effects),
                    Err(error) => {
                        self.complain(&error.to_string(), effects);
                        self.ranking.wrong = Some(WrongField { record, field, text, error });
                    }
                }
            }
            RiskIntent::ExportRegister => {
                let table = register(&self.document);
                let headings = table.headings.iter().map(|(words, _)| (*words).to_owned()).collect();
                effects.push(Effect::Download {
                    name: "risk-register.csv".to_owned(),
                    contents: crate::format::csv::write_rows(headings, table.rows),
                    media_type: "text/csv",
                });
                self.say("The risk register was exported.", false, effects);
            }
            RiskIntent::Work => {
                self.ranking.scheduled = false;
                if !self.work() {
                    return;
                }
            }
        }
        self.changes.panels = true;
    }

    fn set_weight(&mut self, place: usize, share: f64, effects: &mut Vec<Effect>) {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { return };
        let now = normalized(self.document.settings.risk.weights);
        let Some(own) = now.get(place).copied() else { return };
        let others = 1.0 - own;
        let mut weights = now;
        for (at, weight) in weights.iter_mut().enumerate() {
            *weight = if at == place {
                share
            } else if others > 1e-9 {
                *weight * (1.0 - share) / others
            } else {
                (1.0 - share) / (INDEX_CRITERIA as f64 - 1.0)
            };
        }
        let gesture = match self.ranking.gesture {
            Some(gesture) => gesture,
            None => self.new_gesture(),
        };
        self.ranking.gesture = Some(gesture);
        self.put_weights(weights, Some(gesture), effects);
    }

    fn put_weights(&mut self, weights: [f64; INDEX_CRITERIA], gesture: Option<GestureId>, effects: &mut Vec<Effect>) {
        let mut settings = Settings::clone(&self.document.settings);
        settings.risk.weights = weights;
        let change = Command::ChangeSettings(Box::new(settings));
        self.run_in(&Command::Batch(vec![change], "Change the weights".to_owned()), gesture, effects);
    }

    /// The first three, for those who do not see the order move.
    fn say_order(&mut self, effects: &mut Vec<Effect>) {
        let rows = self.derived.analysis().ranking.rows.iter().take(3);
        let names: Vec<String> = rows
            .filter_map(|row| self.document.components.get(&row.component))
            .map(|component| shown(&component.name))
            .collect();
        if !names.is_empty() {
            self.say(&format!("First in the order: {}.", names.join(", ")), true, effects);
        }
    }

    fn judge(&mut self, new: NewJudgement, effects: &mut Vec<Effect>) {
        let error = if new.reason.trim().chars().count() < REASON_LENGTH {
            Some(JudgementError::Reason)
        } else if new.by.trim().is_empty() {
            Some(JudgementError::By)
        } else if !(1..=MOST_DAYS).contains(&new.days) {
            Some(JudgementError::Days)
        } else {
            None
        };
        if let Some(error) = error {
            return self.complain(&error.to_string(), effects);
        }
        let Some(row) = self.derived.analysis().row(new.component).copied() else { return };
        let mut id = self.ids.next('j');
        while self.document.judgements.contains_key(&id) {
            id = self.ids.next('j');
        }
        let judgement = Judgement {
            component: new.component,
            field: ORDER_FIELD.to_owned(),
            computed: f64::from(row.rank),
            judged: f64::from(new.place.max(1)),
            reason: new.reason.trim().to_owned(),
            by: new.by.trim().to_owned(),
            on: self.today,
            expires: self.today.and_then(|today| days_after(today, u64::from(new.days))),
            ..Judgement::default()
        };
        let mut commands = Vec::new();
        // A newer judgement of the order replaces the one before.
        let older = self.document.judgements.iter().filter(|(_, j)| j.component == new.component);
        let older: std::collections::BTreeSet<_> = older
            .filter(|(_, j)| j.field == ORDER_FIELD && j.on == self.today)
            .map(|(id, _)| AnyRecordId::Judgement(*id))
            .collect();
        if !older.is_empty() {
            commands.push(Command::Delete(older));
        }
        commands.push(Command::Put(AnyRecord::Judgement(id, judgement)));
        if self.run(&Command::Batch(commands, "Record judgement".to_owned()), effects).is_some() {
            self.ranking.list = RankList::Judged;
            let order = judged_order(&self.document, self.derived.analysis());
            let agreement = format!("The two orders agree to {:.2} of 1.", order.tau);
            self.say(&agreement, true, effects);
        }
    }

    /// Starts what must be computed anew for what is looked at, and asks for time when there is work.
    pub(super) fn begin_work(&mut self, effects: &mut Vec<Effect>) {
        let in_view = self.tab == ViewTab::Risk;
        let ranking = &self.derived.analysis().ranking;
        let stale = !self.ranking.drawn_of.as_ref().is_some_and(|of| Rc::ptr_eq(of, ranking));
        if stale && (in_view || self.side == Some(SidePanel::Ranking)) && !ranking.is_silent() {
            self.ranking.draws = Some(FirmnessJob::new(ranking, Drawn::Weights, DEFAULT_DRAWS));
            self.ranking.drawn_of = Some(Rc::clone(ranking));
        }
        let wanted = in_view && matches!(self.ranking.page, RiskPage::Pictures | RiskPage::Summary);
        let stale = !self.ranking.years_of.as_ref().is_some_and(|of| Rc::ptr_eq(of, &self.document));
        if wanted && stale && !self.document.risks.is_empty() {
            self.ranking.years = Some(YearSimulation::of_document(&self.document, DEFAULT_YEARS));
            self.ranking.years_of = Some(Rc::clone(&self.document));
        }
        if self.ranking.is_working() && !self.ranking.scheduled {
            self.ranking.scheduled = true;
            effects.push(Effect::WorkSoon);
        }
    }

    /// One slice. Whether something was finished.
    fn work(&mut self) -> bool {
        let state = &mut self.ranking;
        if let Some(job) = &mut state.draws {
            let rows = state.drawn_of.as_ref().map_or(1, |of| of.rows.len().clamp(1, 300));
            if job.step((SLICE / rows).max(20) as u32).is_done() {
                state.firmness = job.result().map(Rc::new);
                state.draws = None;
                return true;
            }
            return false;
        }
        if let Some(years) = &mut state.years {
            if years.step(YEARS_SLICE).is_done() {
                state.losses = years.result().map(Rc::new);
                state.years = None;
                return true;
            }
        }
        false
    }
}

impl App {
    /// How many components it needs, and how many need it.
    pub fn link_counts(&self, id: ComponentId) -> (usize, usize) {
        (self.derived.analysis().needs(id).len(), self.derived.analysis().needed_by(id).len())
    }

    /// "risk 4 of 5", when anything is known about it.
    pub fn risk_words(&self, id: ComponentId) -> Option<String> {
        let row = self.derived.analysis().row(id).filter(|row| row.has_facts)?;
        let sure = if row.hatched { ", not known to be below red" } else { "" };
        Some(format!("risk {} of 5{sure}", row.level))
    }
}
