//! The list of differences: one stop for Tab, arrow keys walk, Enter shows the thing on the map.

use yew::prelude::*;

use crate::app::compare::{CompareIntent, Kind, Row};
use crate::app::intent::Intent;
use crate::compare::What;
use crate::platform::dom;
use crate::ui::ptr::PtrEq;

/// Most rows that are shown at once.
const MOST: usize = 400;

/// Properties of [`DifferenceList`].
#[derive(Properties, PartialEq)]
pub(crate) struct ListProps {
    /// All differences.
    pub(crate) rows: PtrEq<[Row]>,
    /// The group that is shown alone.
    pub(crate) only: Option<Kind>,
    /// Where people are.
    pub(crate) current: Option<usize>,
    /// Takes intents.
    pub(crate) dispatch: Callback<Intent>,
}

/// The list.
#[component]
pub(crate) fn DifferenceList(props: &ListProps) -> Html {
    let shown: Vec<usize> = {
        let rows = props.rows.iter().enumerate();
        rows.filter(|(_, row)| props.only.is_none_or(|kind| kind == row.kind)).map(|(at, _)| at).collect()
    };
    use_effect_with(props.current, |current| {
        if let Some(row) = current.and_then(|at| dom::by_id(&row_id(at))) {
            dom::scroll_near(&row);
        }
    });
    let onkeydown = {
        let shown = shown.clone();
        Callback::from(move |event: KeyboardEvent| {
            let here = dom::document().and_then(|d| d.active_element()).map(|active| active.id());
            let at = shown.iter().position(|at| here.as_deref() == Some(row_id(*at).as_str()));
            let last = shown.len().min(MOST).saturating_sub(1);
            let next = match (event.key().as_str(), at) {
                ("ArrowDown", Some(at)) if !event.alt_key() => (at + 1).min(last),
                ("ArrowUp", Some(at)) if !event.alt_key() => at.saturating_sub(1),
                ("Home", Some(_)) => 0,
                ("End", Some(_)) => last,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(row) = shown.get(next).and_then(|at| dom::by_id(&row_id(*at))) {
                let _refused = row.focus();
            }
        })
    };
    let stop = props.current.filter(|at| shown.contains(at)).or(shown.first().copied());
    let mut last = None;
    let mut items = Vec::new();
    for at in shown.iter().copied().take(MOST) {
        let Some(row) = props.rows.get(at) else { continue };
        if last != Some(row.kind) {
            last = Some(row.kind);
            let number = props.rows.iter().filter(|other| other.kind == row.kind).count();
            items.push(html! {
                <h2 key={row.kind.label()} class="group-heading">{ format!("{} ({number})", row.kind.label()) }</h2>
            });
        }
        items.push(item(props, at, row, stop == Some(at)));
    }
    html! {
        <div class="difference-list" {onkeydown}>
            { items }
            if shown.len() > MOST {
                <p class="panel-lead section">
                    { format!("and {} more: choose a group above, or download the report.", shown.len() - MOST) }
                </p>
            }
        </div>
    }
}

fn row_id(at: usize) -> String {
    format!("difference-{at}")
}

/// The sign of a change, as on the map.
pub(super) fn sign(kind: Kind, what: What) -> Html {
    let (class, sign) = match what {
        _ if kind == Kind::Risk => ("difference-sign", "!"),
        What::Added => ("difference-sign is-added", "+"),
        What::Removed => ("difference-sign is-removed", "–"),
        What::Moved => ("difference-sign is-moved", "→"),
        What::Renamed | What::Changed => ("difference-sign is-changed", "~"),
    };
    html! { <span {class} aria-hidden="true">{ sign }</span> }
}

fn item(props: &ListProps, at: usize, row: &Row, stop: bool) -> Html {
    html! {
        <button key={row_id(at)} id={row_id(at)} type="button" class="difference"
            aria-current={(props.current == Some(at)).then_some("true")} tabindex={if stop { "0" } else { "-1" }}
            onclick={props.dispatch.reform(move |_| Intent::Compare(CompareIntent::Go(at)))}>
            { sign(row.kind, row.what) }
            <span class="difference-words">
                { &row.sentence }
                { for row.fields.iter().map(|field| html! { <span class="difference-field">{ field }{ ". " }</span> }) }
            </span>
        </button>
    }
}
