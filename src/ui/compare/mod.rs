//! Comparing with another map: the bar over the view and the panel beside it.
//!
//! Plain functions from the app's state to markup.

mod list;
mod matches;
mod merge;

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::compare::{CompareIntent, Comparing, Drawn, Kind, Page};
use crate::app::describe::count;
use crate::app::intent::Intent;
use crate::compare::in_short;
use crate::ui::compare::list::DifferenceList;
use crate::ui::compare::matches::MatchesPage;
use crate::ui::frame::{words_of, View};
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;

/// The bar over the view while maps are compared.
pub(crate) fn bar(view: &View<'_>) -> Html {
    let (Some(comparing), Some((before, after))) = (view.app.comparing(), view.app.compared_names()) else {
        return Html::default();
    };
    let place = match (comparing.current(), comparing.rows().len()) {
        (_, 0) => "They say the same.".to_owned(),
        (None, all) => count(all, "difference"),
        (Some(at), all) => format!("Difference {} of {all}", at + 1),
    };
    html! {
        <div class="compare-bar" role="region" aria-label="Comparison">
            <p class="compare-names">
                <span>{ "Before: " }<b>{ before }</b></span>
                <span>{ "After: " }<b>{ after }</b></span>
            </p>
            <div class="compare-drawn" role="group" aria-label="What is drawn">
                { drawn(view, comparing, Drawn::Before, "Before") }
                { drawn(view, comparing, Drawn::Both, "Both") }
                { drawn(view, comparing, Drawn::After, "After") }
            </div>
            <span class="compare-place">{ place }</span>
            { view.icon_button(ActionId::PreviousDifference, Icon::Up) }
            { view.icon_button(ActionId::NextDifference, Icon::Down) }
            { view.icon_button(ActionId::SwapCompared, Icon::Compare) }
            { button(view, ActionId::StopComparing, Icon::Close) }
        </div>
    }
}

fn drawn(view: &View<'_>, comparing: &Comparing, drawn: Drawn, words: &'static str) -> Html {
    html! {
        <button type="button" class="chip" aria-pressed={(comparing.drawn() == drawn).to_string()}
            onclick={view.on(Intent::Compare(CompareIntent::Draw(drawn)))}>
            { words }
        </button>
    }
}

/// A button with an action's words.
fn button(view: &View<'_>, id: ActionId, sign: Icon) -> Html {
    let (label, _) = words_of(id);
    html! {
        <button type="button" class="button is-small" disabled={!view.app.is_enabled(id)}
            onclick={view.on(Intent::Action(id))}>
            { icon(sign) }{ label }
        </button>
    }
}

/// The panel beside the map.
pub(crate) fn panel(view: &View<'_>) -> Html {
    let Some(comparing) = view.app.comparing() else { return Html::default() };
    html! {
        <>
            <div class="compare-pages" role="group" aria-label="Page">
                { page(view, comparing, Page::Differences, "Differences") }
                { page(view, comparing, Page::TakeOver, "Take over") }
                { page(view, comparing, Page::Matches, "Matches") }
            </div>
            {
                match comparing.page() {
                    Page::Differences => differences(view, comparing),
                    Page::TakeOver => merge::page(view, comparing),
                    Page::Matches => html! {
                        <MatchesPage matches={comparing.matches(view.app.document())} other={comparing.name().to_owned()}
                            corrected={comparing.is_corrected()} dispatch={view.dispatch.clone()} />
                    },
                }
            }
        </>
    }
}

fn page(view: &View<'_>, comparing: &Comparing, page: Page, words: &'static str) -> Html {
    html! {
        <button type="button" class="chip" aria-pressed={(comparing.page() == page).to_string()}
            onclick={view.on(Intent::Compare(CompareIntent::Page(page)))}>
            { words }
        </button>
    }
}

fn differences(view: &View<'_>, comparing: &Comparing) -> Html {
    if comparing.rows().is_empty() {
        return html! {
            <div class="panel-empty">
                <h2 class="panel-title">{ "No differences" }</h2>
                <p>{ format!("This map and {} say the same. Their texts may still differ in comments and spelling.",
                    comparing.name()) }</p>
                { button(view, ActionId::CompareFile, Icon::Compare) }
            </div>
        };
    }
    html! {
        <>
            <p class="panel-lead section">{ in_short(comparing.comparison()).join(" ") }</p>
            <div class="chip-row" role="group" aria-label="Which differences">
                { chip(view, comparing, None) }
                { for Kind::ALL.into_iter().map(|kind| chip(view, comparing, Some(kind))) }
            </div>
            <DifferenceList rows={PtrEq::from(comparing.rows())} only={comparing.only()} current={comparing.current()}
                dispatch={view.dispatch.clone()} />
            <div class="section">
                { button(view, ActionId::CopyDifferences, Icon::Duplicate) }
                { button(view, ActionId::SaveDifferences, Icon::Save) }
                { button(view, ActionId::CompareFile, Icon::Compare) }
            </div>
        </>
    }
}

fn chip(view: &View<'_>, comparing: &Comparing, kind: Option<Kind>) -> Html {
    let number = comparing.rows().iter().filter(|row| kind.is_none_or(|kind| kind == row.kind)).count();
    if number == 0 {
        return Html::default();
    }
    let words = kind.map_or("All", Kind::label);
    html! {
        <button key={words} type="button" class="chip" aria-pressed={(comparing.only() == kind).to_string()}
            onclick={view.on(Intent::Compare(CompareIntent::Only(kind)))}>
            { words }{ " " }<span class="tab-count">{ number }</span>
        </button>
    }
}
