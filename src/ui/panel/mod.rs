//! The side panel: what is selected, the ranking, the problems.

mod component;
mod facts;
pub(crate) mod form;
mod inspector;
mod links;
mod problems;
mod ranking;

use yew::prelude::*;

use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::SidePanel;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::panel::problems::ProblemsPanel;
use crate::ui::panel::ranking::RankingPanel;
use crate::ui::ptr::PtrEq;
use crate::ui::risk::work;

/// The panel, or a narrow strip to open it again.
pub(crate) fn side(view: &View<'_>) -> Html {
    let Some(panel) = view.app.side() else { return closed(view) };
    let class = classes!("side", view.local.sheet.then_some("is-open"));
    let problems = view.app.file_state().diagnostics.len();
    html! {
        <aside {class} aria-label="Details">
            <div key="tabs" class="tabs">
                <div class="tab-list" role="tablist" aria-label="Details">
                    if view.app.comparing().is_some() { { tab(view, SidePanel::Compare, "Compare", None) } }
                    { tab(view, SidePanel::Inspector, "Details", None) }
                    { tab(view, SidePanel::Ranking, "Ranking", None) }
                    if view.app.comparing().is_none() {
                        { tab(view, SidePanel::Problems, "Problems", (problems > 0).then_some(problems)) }
                    }
                </div>
                <button type="button" class="icon-button is-small tabs-end" aria-label="Close details" data-tip="Close"
                    onclick={close(view)}>
                    { icon(Icon::Close) }
                </button>
            </div>
            // A new panel begins at its top.
            <div key={tab_id(panel)} class="side-body" id="side-body" role="tabpanel" tabindex="0" aria-labelledby={tab_id(panel)}>
                {
                    match panel {
                        SidePanel::Compare => crate::ui::compare::panel(view),
                        SidePanel::Inspector => inspector::inspector(view),
                        SidePanel::Ranking => html! {
                            <RankingPanel
                                document={PtrEq::from(view.app.document())}
                                analysis={PtrEq::from(view.app.analysis())}
                                selection={view.app.selection().clone()}
                                marks={view.app.risk_marks()}
                                list={view.app.ranking().list()}
                                open={view.app.ranking().open()}
                                firmness={view.app.ranking().work().firmness().map(PtrEq::from)}
                                proposed={view.app.ranking().proposed()}
                                work={work::work(view, "ranking-progress")}
                                old={view.app.ranking().work().is_old()}
                                read_only={view.app.file_state().read_only}
                                dispatch={view.dispatch.clone()} />
                        },
                        SidePanel::Problems => html! {
                            <ProblemsPanel
                                document={PtrEq::from(view.app.document())}
                                analysis={PtrEq::from(view.app.analysis())}
                                diagnostics={view.app.file_state().diagnostics.clone()}
                                original={view.app.file_state().original.as_ref().map(|file| file.name.clone())}
                                dispatch={view.dispatch.clone()} />
                        },
                    }
                }
            </div>
        </aside>
    }
}

fn close(view: &View<'_>) -> Callback<MouseEvent> {
    let (set_sheet, dispatch, sheet) = (view.set_sheet.clone(), view.dispatch.clone(), view.local.sheet);
    Callback::from(move |_| {
        set_sheet.emit(false);
        // A sheet goes away by itself; the panel of wide screens is put away.
        if !sheet {
            dispatch.emit(Intent::Show(ShowIntent::Side(None)));
        }
    })
}

fn closed(view: &View<'_>) -> Html {
    let open = |panel, words: &'static str, sign| {
        html! {
            <button type="button" class="rail-button" onclick={view.on(Intent::Show(ShowIntent::Side(Some(panel))))}>
                { icon(sign) }<span>{ words }</span>
            </button>
        }
    };
    html! {
        <aside class="side is-strip" aria-label="Details">
            if view.app.comparing().is_some() { { open(SidePanel::Compare, "Compare", Icon::Compare) } }
            { open(SidePanel::Inspector, "Details", Icon::Details) }
            { open(SidePanel::Ranking, "Ranking", Icon::Ranking) }
            { open(SidePanel::Problems, "Problems", Icon::Warning) }
        </aside>
    }
}

const ORDER: [SidePanel; 3] = [SidePanel::Inspector, SidePanel::Ranking, SidePanel::Problems];
/// There is room for three: nothing is mended while maps are compared.
const ORDER_COMPARING: [SidePanel; 3] = [SidePanel::Compare, SidePanel::Inspector, SidePanel::Ranking];

fn tab_id(panel: SidePanel) -> &'static str {
    match panel {
        SidePanel::Compare => "side-tab-compare",
        SidePanel::Inspector => "side-tab-details",
        SidePanel::Ranking => "side-tab-ranking",
        SidePanel::Problems => "side-tab-problems",
    }
}

fn tab(view: &View<'_>, panel: SidePanel, words: &'static str, count: Option<usize>) -> Html {
    let selected = view.app.side() == Some(panel);
    let order = if view.app.comparing().is_some() { &ORDER_COMPARING } else { &ORDER };
    let at = order.iter().position(|it| *it == panel).unwrap_or(0);
    let neighbor = move |by: usize| order.get((at + by) % order.len()).copied().unwrap_or(panel);
    let dispatch = view.dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let next = match event.key().as_str() {
            "ArrowRight" => neighbor(1),
            "ArrowLeft" => neighbor(order.len() - 1),
            _ => return,
        };
        event.prevent_default();
        dispatch.emit(Intent::Show(ShowIntent::Side(Some(next))));
        crate::platform::dom::focus_soon(tab_id(next));
    });
    html! {
        <button type="button" class="tab" role="tab" id={tab_id(panel)} aria-selected={selected.to_string()}
            aria-controls={selected.then_some("side-body")} tabindex={if selected { "0" } else { "-1" }} {onkeydown}
            onclick={view.on(Intent::Show(ShowIntent::Side(Some(panel))))}>
            { words }
            if let Some(count) = count { <span class="tab-count">{ count }</span> }
        </button>
    }
}
