//! Details of one component: its form, its risk, links, facts.

use yew::prelude::*;

use crate::analysis::rank;
use crate::app::form::Form;
use crate::model::ComponentId;
use crate::ui::frame::View;
use crate::ui::mark::risk_mark;
use crate::ui::panel::{facts, form, inspector, links};

/// The panel's content for a component.
pub(crate) fn component(view: &View<'_>, id: ComponentId, shown: &Form) -> Html {
    let Some(component) = view.app.document().components.get(&id) else { return Html::default() };
    html! {
        <>
            // The same elements for every component, so that an opened group of questions stays open.
            <div key="form" class="section-group">
                { risk(view, id) }
                { form::groups(view, shown) }
            </div>
            <div key="facts" class="section-group">
                if !component.is_anchor() { { facts::facts(view, id, component) } }
            </div>
            <div key="links" class="section-group">{ links::links(view, id) }</div>
            <section key="delete" class="section">{ inspector::delete(view) }</section>
        </>
    }
}

fn risk(view: &View<'_>, id: ComponentId) -> Html {
    let Some(row) = view.app.analysis().row(id).filter(|row| row.has_facts) else { return Html::default() };
    html! {
        <div key="risk" class="section risk-line">
            { risk_mark(row.level, row.hatched) }
            <p>{ rank::headline(view.app.document(), row) }</p>
        </div>
    }
}
