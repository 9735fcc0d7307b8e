//! The risk view: summary, lenses, weak points, pictures, register, sheets, records. What stands in it comes from
//! `app::report`.

mod data_table;
mod picture;
pub(crate) mod records;
mod sheets;
pub(crate) mod work;

use std::rc::Rc;

use yew::prelude::*;

use crate::analysis::dependency::{Findings, Gain, SimulationResult};
use crate::analysis::money::YearlyLoss;
use crate::analysis::Analysis;
use crate::app::action::ActionId;
use crate::app::intent::{Intent, RiskIntent};
use crate::app::ranking::{Audience, RiskPage};
use crate::app::report::records::RecordKind;
use crate::app::report::{lenses, pictures, register, summary, weak_points, Section, TopRisk};
use crate::model::{ComponentId, Document};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::mark::risk_mark;
use crate::ui::ptr::PtrEq;
use crate::ui::risk::data_table::SortedTable;

const PAGES: [(RiskPage, &str); 7] = [
    (RiskPage::Summary, "Summary"),
    (RiskPage::Lenses, "Six lenses"),
    (RiskPage::WeakPoints, "Weak points"),
    (RiskPage::Pictures, "Pictures"),
    (RiskPage::Register, "Risk register"),
    (RiskPage::Sheets, "Sheets"),
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
                            brief={state.brief()}
                            sheet={state.sheet()}
                            document={PtrEq::from(view.app.document())}
                            analysis={PtrEq::from(view.app.analysis())}
                            losses={state.work().losses().map(PtrEq::from)}
                            findings={state.work().findings().map(PtrEq::from)}
                            failures={state.work().failures().map(PtrEq::from)}
                            gains={state.work().gains().map(PtrEq::from)}
                            dispatch={view.dispatch.clone()} />
                    }
                }
            }
            { work::work(view, "work-progress") }
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
    brief: bool,
    document: PtrEq<Document>,
    analysis: PtrEq<Analysis>,
    sheet: Option<ComponentId>,
    losses: Option<PtrEq<YearlyLoss>>,
    findings: Option<PtrEq<Findings>>,
    failures: Option<PtrEq<SimulationResult>>,
    gains: Option<PtrEq<Vec<Gain>>>,
    dispatch: Callback<Intent>,
}

#[component]
fn Page(props: &PageProps) -> Html {
    let class = if props.page == RiskPage::Register { "report is-landscape" } else { "report" };
    // A new page begins at its top.
    let content = match props.page {
        RiskPage::Pictures => pictures_page(props),
        RiskPage::Register => register_page(props),
        RiskPage::Sheets => sheets::sheets(&props.document, &props.analysis, props.sheet, &props.dispatch),
        RiskPage::Lenses => lenses_page(props),
        RiskPage::WeakPoints => weak_points_page(props),
        _ => html! { <SummaryPage ..PageProps { ..props.copy() } /> },
    };
    html! { <div key={props.page as usize} class={class} tabindex="0" role="region" aria-label="Report">{ content }</div> }
}

impl PageProps {
    fn copy(&self) -> Self {
        Self {
            document: self.document.clone(),
            analysis: self.analysis.clone(),
            losses: self.losses.clone(),
            findings: self.findings.clone(),
            failures: self.failures.clone(),
            gains: self.gains.clone(),
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
        (props.document.clone(), props.analysis.clone(), (props.audience, props.brief), props.losses.clone()),
        |(document, analysis, readers, losses)| summary(document, analysis, *readers, losses.as_deref()),
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
            <button type="button" class="chip" aria-pressed={props.brief.to_string()}
                onclick={let brief = !props.brief; props.dispatch.reform(move |_| Intent::Risk(RiskIntent::Brief(brief)))}>
                { "On one page" }
            </button>
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
        <div class={classes!("report-page", props.brief.then_some("is-brief"))}>
            { chips }
            <h2>{ &page.title }</h2>
            { for page.lead.iter().map(|text| html! { <p>{ text }</p> }) }
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
    let id = risk.component;
    let onclick = data_table::show(&props.dispatch, &[id]);
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
            { for all.into_iter().map(|it| picture::picture(it, &props.dispatch)) }
        </>
    }
}

fn lenses_page(props: &PageProps) -> Html {
    let all = lenses(&props.document, &props.analysis);
    if all.is_empty() {
        return html! {
            <>
                <h2>{ "The six lenses" }</h2>
                <p>{ "There is nothing to compare yet: no question about a system is answered." }</p>
            </>
        };
    }
    sections(all, props)
}

fn weak_points_page(props: &PageProps) -> Html {
    let (findings, failures) = (props.findings.as_deref(), props.failures.as_deref());
    let gains = props.gains.as_deref().map(Vec::as_slice);
    sections(weak_points(&props.document, &props.analysis, findings, failures, gains), props)
}

fn sections(all: Vec<Section>, props: &PageProps) -> Html {
    let all = all.into_iter().map(|section| {
        html! {
            <section key={section.heading} class="report-section">
                <h2>{ section.heading }</h2>
                { for section.lines.iter().map(|line| html! { <p>{ line }</p> }) }
                if !section.table.rows.is_empty() {
                    <div class="table-scroll" tabindex="0" role="region" aria-label={format!("{}, as a table", section.heading)}>
                        <SortedTable table={Rc::new(section.table)} label={section.heading} dispatch={props.dispatch.clone()} />
                    </div>
                }
            </section>
        }
    });
    html! { <>{ for all }</> }
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
            <SortedTable table={Rc::new(table)} label="Risk register" dispatch={props.dispatch.clone()} />
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
