//! The ranking at work: the opened row, the lists, weights that move the order live, judgements, and how firm it is.
//!
//! What takes long is done in slices between the browser's frames (`work`). Knows no screen.

mod accept;
mod act;
mod judge;
mod work;

pub use accept::{answer_key, answer_of, is_from_facts};
pub use judge::{JudgementError, NewJudgement, MOST_DAYS, REASON_LENGTH};
pub use work::Work;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::litraf::Criterion;
use crate::analysis::rank::{normalized, shown, INDEX_CRITERIA};
use crate::app::effect::Effect;
use crate::app::report::records::{changed, new_record, RecordError, RecordKind};
use crate::app::report::{order_csv, register};
use crate::app::state::ViewTab;
use crate::app::App;
use crate::edit::{Command, GestureId};
use crate::model::{AnyRecordId, ComponentId, RiskSettings, Settings};

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
    /// The six lenses side by side.
    Lenses,
    /// Shared causes, single points of failure, time, chances.
    WeakPoints,
    /// Matrices, bars and the loss curve.
    Pictures,
    /// The sheet of each system that can be reported.
    Sheets,
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
    /// Keep the summary to one printed page, or say everything.
    Brief(bool),
    /// Open a row, or close the open one.
    Open(Option<ComponentId>),
    /// A criterion gets this share, 0..=1, of the weight; the others share the rest in proportion. While a slider moves.
    Weight(usize, f64),
    /// The slider was let go.
    WeightDone,
    /// The usual weights.
    UsualWeights,
    /// Somebody would like a system at this place, from 1; the reason is asked for next. `None` to give it up.
    Propose(Option<(ComponentId, u32)>),
    /// Somebody judges that a system belongs elsewhere in the order.
    Judge(NewJudgement),
    /// The levels that the facts suggest are taken over: for one question, or for all that have no answer yet.
    Accept(BTreeSet<ComponentId>, Option<Criterion>),
    /// The same answer for all of these: a level, `na` when it does not apply, `unknown`.
    Answer(BTreeSet<ComponentId>, Criterion, String),
    /// The sheet of this system is shown; of the first in the order when `None`.
    Sheet(Option<ComponentId>),
    /// Time for a slice of work.
    Work,
    /// Stop computing; what was computed before stays, marked as old.
    Cancel,
    /// Go on after all.
    Resume,
    /// Show records of this kind.
    Records(RecordKind),
    /// Add a record of the kind that is shown; a risk from this template.
    AddRecord(usize),
    /// Put a text into a field of a record.
    Field(AnyRecordId, usize, String),
    /// Show where the value of a field comes from, or put it away again.
    Source(AnyRecordId, usize),
    /// The register as a file for spreadsheets.
    ExportRegister,
    /// The order with every figure as a file for spreadsheets.
    ExportOrder,
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

/// What the ranking remembers. Nothing of it is in the document.
#[derive(Debug, Default)]
pub struct RankingState {
    list: RankList,
    page: RiskPage,
    audience: Audience,
    brief: bool,
    open: Option<ComponentId>,
    gesture: Option<GestureId>,
    proposed: Option<(ComponentId, u32)>,
    sheet: Option<ComponentId>,
    work: Work,
    records: RecordKind,
    wrong: Option<WrongField>,
    source: Option<(AnyRecordId, usize)>,
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
    /// Whether the summary keeps to one printed page.
    pub fn brief(&self) -> bool {
        self.brief
    }
    /// The open row.
    pub fn open(&self) -> Option<ComponentId> {
        self.open
    }
    /// The place somebody would like a system to have, while the reason is asked for.
    pub fn proposed(&self) -> Option<(ComponentId, u32)> {
        self.proposed
    }
    /// The system whose sheet was asked for; `None` for those of the first in the order.
    pub fn sheet(&self) -> Option<ComponentId> {
        self.sheet
    }
    /// What takes long to compute.
    pub fn work(&self) -> &Work {
        &self.work
    }
    /// What was stopped goes on when somebody asks for it.
    pub(in crate::app) fn resume_work(&mut self) {
        if self.work.is_cancelled() {
            self.work.resume();
        }
    }
    /// The kind of records that is shown.
    pub fn records(&self) -> RecordKind {
        self.records
    }
    /// The field of which is shown where its value comes from.
    pub fn source(&self) -> Option<(AnyRecordId, usize)> {
        self.source
    }
    /// The last text that a field could not take.
    pub fn wrong(&self) -> Option<&WrongField> {
        self.wrong.as_ref()
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
            RiskIntent::Brief(brief) => self.ranking.brief = brief,
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
            RiskIntent::Propose(place) => self.ranking.proposed = place,
            RiskIntent::Judge(judgement) => self.judge(judgement, effects),
            RiskIntent::Accept(components, criterion) => self.accept_suggestions(&components, criterion, effects),
            RiskIntent::Answer(components, criterion, text) => {
                self.answer_together(&components, criterion, &text, effects);
            }
            RiskIntent::Sheet(id) => {
                self.ranking.sheet = id;
                self.ranking.page = RiskPage::Sheets;
                self.set_tab(ViewTab::Risk);
            }
            RiskIntent::Records(kind) => self.ranking.records = kind,
            RiskIntent::AddRecord(template) => {
                let kind = self.ranking.records;
                if let Some(record) = new_record(&self.document, kind, &mut self.ids, template, self.today) {
                    self.run(&Command::Put(record), effects);
                }
            }
            RiskIntent::Field(record, field, text) => {
                self.ranking.wrong = None;
                match changed(&self.document, record, field, &text, self.today, &mut self.ids) {
                    Ok(None) => {}
                    Ok(Some(command)) => _ = self.run(&command, effects),
                    Err(error) => {
                        self.complain(&error.to_string(), effects);
                        self.ranking.wrong = Some(WrongField { record, field, text, error });
                    }
                }
            }
            RiskIntent::Source(record, field) => {
                let field = (record, field);
                self.ranking.source = Some(field).filter(|field| self.ranking.source != Some(*field));
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
            RiskIntent::ExportOrder => {
                let firm = self.ranking.work.firmness().filter(|_| !self.ranking.work.is_old());
                effects.push(Effect::Download {
                    name: "ranking.csv".to_owned(),
                    contents: order_csv(&self.document, self.derived.analysis(), firm.map(|firm| &**firm)),
                    media_type: "text/csv",
                });
                let text = match firm {
                    Some(_) => "The ranking was exported.",
                    None => "The ranking was exported. How firm it is was not worked out yet and is left empty.",
                };
                self.say(text, false, effects);
            }
            RiskIntent::Work => {
                self.dependency_work(effects);
                let before = self.ranking.work.findings().map(Rc::as_ptr);
                if !self.ranking.work.slice() {
                    return;
                }
                if before != self.ranking.work.findings().map(Rc::as_ptr) {
                    self.single_points_are_known(effects);
                }
            }
            RiskIntent::Cancel => {
                self.ranking.work.cancel();
                self.say("Stopped. Figures from before stay and are marked as old.", false, effects);
            }
            RiskIntent::Resume => self.ranking.work.resume(),
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
