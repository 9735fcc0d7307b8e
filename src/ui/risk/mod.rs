//! The risk view: summary, pictures, register, records. What stands in it comes from `app::report`.

mod data_table;
mod picture;
mod records;

use std::rc::Rc;

use yew::prelude::*;

use crate::analysis::money::YearlyLoss;
use crate::analysis::Analysis;
use crate::app::action::ActionId;
use crate::app::intent::{Intent, RiskIntent, SelectIntent, ShowIntent};
use crate::app::ranking::{Audience, RiskPage};
use crate::app::report::records::RecordKind;
use crate::app::report::{pictures, register, summary, TopRisk};
use crate::app::state::{SidePanel, ViewTab};
use crate::model::{AnyRecordId, Document};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::mark::risk_mark;
use crate::ui::ptr::PtrEq;
use crate::ui::risk::data_table::SortedTable;

const PAGES: [(RiskPage, &str); 4] = [
    (RiskPage::Summary, "Summary"),
    (RiskPage::Pictures, "Pictures"),
    (RiskPage::Register, "Risk register"),
    (RiskPage::Records, "Records"),
];

/// The view as the app has it now.
pub(crate) fn risk(view: &View<'_>) -> Html {
    let state = view.app.ranking();
    html! {
        <div class="risk-view" id="view-risk" role="tabpanel" aria-label="Risk">
            <div class="chip-row" role="group" aria-label="Page">
                { for PAGES.iter().map(|(page, words)| chip(view, words, state.page() == *page, RiskIntent::Page(*page))) }
                <button type="button" class="button is-small" onclick={view.on(Intent::Action(ActionId::Print))}>
                    { "Print this page" }
                </button>
            </div>
            {
                if state.page() == RiskPage::Records {
                    records::records(view)
                } else {
                    html! {
                        <Page
                            page={state.page()}
                            audience={state.audience()}
                            document={PtrEq::from(view.app.document())}
                            analysis={PtrEq::from(view.app.analysis())}
                            losses={state.losses().map(PtrEq::from)}
                            working={state.is_working()}
                            dispatch={view.dispatch.clone()} />
                    }
                }
            }
        </div>
    }
}

/// A choice among several.
fn chip(view: &View<'_>, words: &'static str, pressed: bool, intent: RiskIntent) -> Html {
    html! {
        <button key={words} type="button" class="chip" aria-pressed={pressed.to_string()} onclick={view.on(Intent::Risk(intent))}>
            { words }
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct PageProps {
    page: RiskPage,
    audience: Audience,
    document: PtrEq<Document>,
    analysis: PtrEq<Analysis>,
    losses: Option<PtrEq<YearlyLoss>>,
    working: bool,
    dispatch: Callback<Intent>,
}

#[component]
fn Page(props: &PageProps) -> Html {
    // A new page begins at its top.
    let content = match props.page {
        RiskPage::Pictures => pictures_page(props),
        RiskPage::Register => register_page(props),
        _ => html! { <SummaryPage ..PageProps { ..props.copy() } /> },
    };
    html! { <div key={props.page as usize} class="report" tabindex="0" role="region" aria-label="Report">{ content }</div> }
}

impl PageProps {
    fn copy(&self) -> Self {
        Self {
            document: self.document.clone(),
            analysis: self.analysis.clone(),
            losses: self.losses.clone(),
            dispatch: self.dispatch.clone(),
            ..*self
        }
    }
}

/// Chains and sentences of the top systems are worked out when something they depend on has changed, not with each
/// drawing of the page.
#[component]
fn SummaryPage(props: &PageProps) -> Html {
    let page = use_memo(
        (props.document.clone(), props.analysis.clone(), props.audience, props.losses.clone()),
        |(document, analysis, audience, losses)| summary(document, analysis, *audience, losses.as_deref()),
    );
    let audience = |words: &'static str, audience: Audience| {
        html! {
            <button type="button" class="chip" aria-pressed={(props.audience == audience).to_string()}
                onclick={props.dispatch.reform(move |_| Intent::Risk(RiskIntent::For(audience)))}>{ words }</button>
        }
    };
    let chips = html! {
        <div class="chip-row" role="group" aria-label="Written for">
            { audience("For a board", Audience::Board) }
            { audience("For clinicians", Audience::Clinical) }
        </div>
    };
    if page.risks.is_empty() {
        return html! {
            <div class="report-page">
                { chips }
                <h2>{ "Nothing is known yet" }</h2>
                <p>{ "The summary begins as soon as somebody answers a question about a system, in its details or in the table." }</p>
            </div>
        };
    }
    html! {
        <div class="report-page">
            { chips }
            <h2>{ &page.title }</h2>
            { for page.lead.iter().map(|text| html! { <p>{ text }</p> }) }
            if props.working { <p role="status" class="panel-lead">{ "Simulating what a year may cost…" }</p> }
            { for page.risks.iter().enumerate().map(|(at, risk)| top_risk(props, at, risk)) }
            { for page.lists.iter().map(|(heading, lines)| html! {
                <section key={*heading}>
                    <h3>{ *heading }</h3>
                    <ul class="sentences">{ for lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
                </section>
            }) }
        </div>
    }
}

fn top_risk(props: &PageProps, at: usize, risk: &TopRisk) -> Html {
    let (id, dispatch) = (risk.component, props.dispatch.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.emit(Intent::Show(ShowIntent::Tab(ViewTab::Map)));
        dispatch.emit(Intent::Select(SelectIntent::Reveal(AnyRecordId::Component(id))));
        dispatch.emit(Intent::Show(ShowIntent::Side(Some(SidePanel::Inspector))));
    });
    html! {
        <section key={id.to_string()} class="top-risk">
            { risk_mark(risk.mark.0, risk.mark.1) }
            <h3>
                { format!("{}. ", at + 1) }
                <button type="button" class="link-button" {onclick} data-tip="Show it on the map">{ &risk.name }</button>
            </h3>
            <div>{ for risk.text.iter().map(|text| html! { <p>{ text }</p> }) }</div>
        </section>
    }
}

fn pictures_page(props: &PageProps) -> Html {
    let all = pictures(&props.document, &props.analysis, props.losses.as_deref());
    html! {
        <>
            <h2>{ "Pictures" }</h2>
            if all.is_empty() {
                <p>{ "There is nothing to draw yet: no question about a system is answered and no risk is on the register." }</p>
            }
            { for all.into_iter().map(picture::picture) }
            if props.working { <p role="status" class="panel-lead">{ "Simulating what a year may cost…" }</p> }
        </>
    }
}

fn register_page(props: &PageProps) -> Html {
    let table = register(&props.document);
    if table.rows.is_empty() {
        return html! {
            <>
                <h2>{ "Risk register" }</h2>
                <p>{ "No risk is on the register. Open the example “Hospital trust” to see what one looks like." }</p>
                <p>{ edit_risks(props) }</p>
            </>
        };
    }
    html! {
        <>
            <h2>{ "Risk register" }</h2>
            <p>
                <button type="button" class="button is-small"
                    onclick={props.dispatch.reform(|_| Intent::Risk(RiskIntent::ExportRegister))}>
                    { icon(Icon::Save) }{ "Export for a spreadsheet (CSV)" }
                </button>
                { " " }{ edit_risks(props) }
            </p>
            <SortedTable table={Rc::new(table)} label="Risk register" />
        </>
    }
}

/// The way from the register to its editor.
fn edit_risks(props: &PageProps) -> Html {
    let dispatch = props.dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.emit(Intent::Risk(RiskIntent::Records(RecordKind::Risk)));
        dispatch.emit(Intent::Risk(RiskIntent::Page(RiskPage::Records)));
    });
    html! { <button type="button" class="button is-small" {onclick}>{ icon(Icon::Rename) }{ "Add or change risks" }</button> }
}
