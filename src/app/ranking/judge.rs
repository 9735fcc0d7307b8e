//! Judgements of the order, as people record them: checked, dated, and taking the place of the one before.

use std::collections::BTreeSet;

use crate::analysis::rank::judged::{judged_order, ORDER_FIELD};
use crate::app::effect::Effect;
use crate::app::ranking::RankList;
use crate::app::App;
use crate::date::days_after;
use crate::edit::{AnyRecord, Command};
use crate::model::{AnyRecordId, ComponentId, Judgement};

/// Fewest characters of a reason.
pub const REASON_LENGTH: usize = 30;
/// Longest a judgement may act, days.
pub const MOST_DAYS: u32 = 365;

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

impl App {
    pub(super) fn judge(&mut self, new: NewJudgement, effects: &mut Vec<Effect>) {
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
        let older: BTreeSet<_> = older
            .filter(|(_, j)| j.field == ORDER_FIELD && j.on == self.today)
            .map(|(id, _)| AnyRecordId::Judgement(*id))
            .collect();
        if !older.is_empty() {
            commands.push(Command::Delete(older));
        }
        commands.push(Command::Put(AnyRecord::Judgement(id, judgement)));
        if self.run(&Command::Batch(commands, "Record judgement".to_owned()), effects).is_some() {
            self.ranking.list = RankList::Judged;
            self.ranking.proposed = None;
            let order = judged_order(&self.document, self.derived.analysis());
            let agreement = format!("The two orders agree to {:.2} of 1.", order.tau);
            self.say(&agreement, true, effects);
        }
    }
}
