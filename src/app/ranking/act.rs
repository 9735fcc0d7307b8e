//! What the actions about risk do, and when they can be done.

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::ranking::{RiskIntent, RiskPage};
use crate::app::state::ViewTab;
use crate::app::App;

/// The page of the risk view that an action shows.
const PAGES: [(ActionId, RiskPage); 7] = [
    (ActionId::RiskSummary, RiskPage::Summary),
    (ActionId::RiskLenses, RiskPage::Lenses),
    (ActionId::RiskWeakPoints, RiskPage::WeakPoints),
    (ActionId::RiskPictures, RiskPage::Pictures),
    (ActionId::RiskRegister, RiskPage::Register),
    (ActionId::RiskSheets, RiskPage::Sheets),
    (ActionId::RiskRecords, RiskPage::Records),
];

impl App {
    /// Whether an action about risk can be done now; `None` for all other actions.
    pub(in crate::app) fn can_risk(&self, id: ActionId) -> Option<bool> {
        let work = &self.ranking.work;
        Some(match id {
            ActionId::ExportRegister => !self.document.risks.is_empty(),
            ActionId::ExportRanking => !self.derived.analysis().ranking.rows.is_empty(),
            ActionId::AcceptSuggestions => !self.selected_components().is_empty(),
            ActionId::StopWork => work.percent().is_some(),
            ActionId::GoOnWorking => work.is_cancelled(),
            id if PAGES.iter().any(|(page, _)| *page == id) => true,
            _ => return None,
        })
    }

    pub(in crate::app) fn act_on_risk(&mut self, id: ActionId, effects: &mut Vec<Effect>) {
        if let Some((_, page)) = PAGES.iter().find(|(action, _)| *action == id) {
            self.set_tab(ViewTab::Risk);
            return self.risk_intent(RiskIntent::Page(*page), effects);
        }
        let intent = match id {
            ActionId::ExportRegister => RiskIntent::ExportRegister,
            ActionId::ExportRanking => RiskIntent::ExportOrder,
            ActionId::AcceptSuggestions => {
                RiskIntent::Accept(crate::order::set(self.selected_components().iter().copied()), None)
            }
            ActionId::GoOnWorking => RiskIntent::Resume,
            _ => RiskIntent::Cancel,
        };
        self.risk_intent(intent, effects);
    }
}
