//! The page that takes over what the other map has: by thing, by group, or as a three-way merge with its conflicts.

use yew::prelude::*;

use crate::app::compare::{CompareIntent, Comparing, Kind, Merging};
use crate::app::describe::count;
use crate::app::intent::Intent;
use crate::compare::{Conflict, ConflictKind, Side};
use crate::ui::compare::list::sign;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// Most things that are listed with a box to tick.
const MOST: usize = 300;

/// The page.
pub(super) fn page(view: &View<'_>, comparing: &Comparing) -> Html {
    let read_only = view.app.file_state().read_only;
    if read_only {
        return html! {
            <p class="panel-lead section">{ "This map can only be looked at, so nothing can be taken over into it." }</p>
        };
    }
    html! {
        <>
            {
                match comparing.merging() {
                    Some(merging) => merge(view, comparing, merging),
                    None => ancestor(view),
                }
            }
            if comparing.merging().is_none() { { choose(view, comparing) } }
        </>
    }
}

fn ancestor(view: &View<'_>) -> Html {
    html! {
        <div class="section">
            <h2>{ "Merge" }</h2>
            <p class="panel-lead">
                { "With the version that both maps started from, everything that only one side changed is merged by \
                   itself, and you are asked only about what both changed." }
            </p>
            <button type="button" class="button is-small" onclick={view.on(Intent::Compare(CompareIntent::PickAncestor))}>
                { icon(Icon::Open) }{ "Choose the version both started from…" }
            </button>
        </div>
    }
}

/// Things with a box to tick, group by group.
fn choose(view: &View<'_>, comparing: &Comparing) -> Html {
    let rows: Vec<_> = comparing.takeable().collect();
    let wanted = comparing.wanted().len();
    let mut items = Vec::new();
    let mut last = None;
    for (at, row) in rows.iter().take(MOST).enumerate() {
        if last != Some(row.kind) {
            last = Some(row.kind);
            let kind = row.kind;
            let all = rows.iter().filter(|row| row.kind == kind).all(|row| comparing.wanted().contains(&row.record));
            items.push(group(view, Some(kind), kind.label(), all));
        }
        let (record, on) = (row.record, !comparing.wanted().contains(&row.record));
        let id = format!("take-{at}");
        items.push(html! {
            <label key={id.clone()} class="take-row" for={id.clone()}>
                <input type="checkbox" {id} checked={!on}
                    onchange={view.on::<Event>(Intent::Compare(CompareIntent::Want(record, on)))} />
                { sign(row.kind, row.what) }
                <span class="difference-words">{ &row.sentence }</span>
            </label>
        });
    }
    let all = rows.iter().all(|row| comparing.wanted().contains(&row.record));
    html! {
        <>
            <div class="section">
                <h2>{ "Take over what you tick" }</h2>
                <p class="panel-lead">
                    { format!("What is ticked becomes as in {}; all else stays as it is here.", comparing.name()) }
                </p>
                <button type="button" class="button is-primary" disabled={wanted == 0}
                    onclick={view.on(Intent::Compare(CompareIntent::Take))}>
                    { if wanted == 0 { "Take over".to_owned() } else { format!("Take over {}", count(wanted, "thing")) } }
                </button>
            </div>
            <div class="take-list">
                { group(view, None, "Everything", all) }
                { items }
            </div>
            if rows.len() > MOST {
                <p class="panel-lead section">
                    { format!("and {} more, which can be ticked by their group.", rows.len() - MOST) }
                </p>
            }
        </>
    }
}

fn group(view: &View<'_>, kind: Option<Kind>, words: &'static str, all: bool) -> Html {
    let id = format!("take-all-{}", words.to_lowercase());
    html! {
        <label key={words} class="take-row is-group" for={id.clone()}>
            <input type="checkbox" {id} checked={all}
                onchange={view.on::<Event>(Intent::Compare(CompareIntent::WantGroup(kind, !all)))} />
            <b>{ words }</b>
        </label>
    }
}

/// The three-way merge.
fn merge(view: &View<'_>, comparing: &Comparing, merging: &Merging) -> Html {
    let open = merging.open();
    let all = |side, words: &'static str| {
        html! {
            <button type="button" class="button is-small"
                onclick={view.on(Intent::Compare(CompareIntent::SettleAll(side)))}>{ words }</button>
        }
    };
    let state = match (merging.is_empty(), open, merging.conflicts().len()) {
        (true, ..) => "Nothing is left to merge.".to_owned(),
        (_, 0, 0) => "Nothing was changed by both sides.".to_owned(),
        (_, 0, n) => format!("All settled: {}.", count(n, "conflict")),
        (_, open, n) => format!("{open} of {} to settle.", count(n, "conflict")),
    };
    html! {
        <>
            <div class="section">
                <h2>{ "Merge" }</h2>
                <p class="panel-lead">
                    { format!("Both started from {}. {}", merging.base_name(), merging.summary()) }
                </p>
                <p role="status" class="merge-state">{ state }</p>
                <button type="button" class="button is-primary" disabled={open > 0 || merging.is_empty()}
                    onclick={view.on(Intent::Compare(CompareIntent::Merge))}>
                    { icon(Icon::Compare) }{ format!("Merge with {}", comparing.name()) }
                </button>
                <button type="button" class="button is-small"
                    onclick={view.on(Intent::Compare(CompareIntent::PickAncestor))}>
                    { "Choose another starting version…" }
                </button>
            </div>
            if !merging.conflicts().is_empty() {
                <div class="section">
                    <h2>{ "What both changed" }</h2>
                    <div class="chip-group">
                        { all(Some(Side::Ours), "Take all mine") }
                        { all(Some(Side::Theirs), "Take all theirs") }
                        { all(None, "Leave all open") }
                    </div>
                </div>
                { for merging.conflicts().iter().take(MOST).enumerate().map(|(at, it)| conflict(view, at, it)) }
                if merging.conflicts().len() > MOST {
                    <p class="panel-lead section">
                        { format!("and {} more, settled by the buttons above.", merging.conflicts().len() - MOST) }
                    </p>
                }
            }
        </>
    }
}

fn conflict(view: &View<'_>, at: usize, conflict: &Conflict) -> Html {
    let about = match conflict.kind {
        ConflictKind::BothChanged => format!("{}: {}", conflict.name, conflict.label),
        ConflictKind::RemovedAndChanged { .. } => format!("{}: removed or changed", conflict.name),
        ConflictKind::RemovedAndNeeded { .. } => format!("{}: removed or needed", conflict.name),
    };
    let taken = conflict.settled.then_some(conflict.taken);
    let option = |side: Side, words: &'static str, value: &str| {
        let id = format!("conflict-{at}-{}", if side == Side::Ours { "mine" } else { "theirs" });
        let intent = CompareIntent::Settle(conflict.record, conflict.field.clone(), Some(side));
        html! {
            <label class="conflict-side" for={id.clone()}>
                <input type="radio" {id} name={format!("conflict-{at}")} checked={taken == Some(side)}
                    onchange={view.on::<Event>(Intent::Compare(intent))} />
                <span><b>{ words }</b>{ ": " }{ value.to_owned() }</span>
            </label>
        }
    };
    html! {
        <fieldset key={format!("conflict-{at}")} class={classes!("conflict", (!conflict.settled).then_some("is-open"))}>
            <legend>
                { about }
                if !conflict.settled { <span class="conflict-open">{ " – to settle" }</span> }
            </legend>
            <p class="conflict-base">{ format!("Was: {}", conflict.base) }</p>
            { option(Side::Ours, "Mine", &conflict.ours) }
            { option(Side::Theirs, "Theirs", &conflict.theirs) }
        </fieldset>
    }
}
