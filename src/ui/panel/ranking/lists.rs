//! The other lists of the ranking: as judged, what to find out first, by when to give notice, what to do next.

use yew::prelude::*;

use crate::analysis::rank::judged::judged_order;
use crate::analysis::rank::shown;
use crate::analysis::voice::{date_in_words, find_out_first, give_notice_by, next_steps, Item};
use crate::app::intent::{Intent, RiskIntent, SelectIntent};
use crate::app::ranking::RankList;
use crate::edit::Command;
use crate::id::Id;
use crate::model::{AnyRecordId, ComponentId, JudgementId};
use crate::ui::panel::ranking::row::JudgeForm;
use crate::ui::panel::ranking::RankingProps;

/// What a dragged row carries, so that nothing else is taken for one.
const DRAGGED: &str = "text/x-portolan-system";
/// Most lines of a list.
const MOST: usize = 60;

const LISTS: [(RankList, &str); 5] = [
    (RankList::Order, "By risk"),
    (RankList::Judged, "As judged"),
    (RankList::FindOut, "Find out first"),
    (RankList::Notice, "Give notice by"),
    (RankList::Next, "What to do next"),
];

pub(super) fn chooser(props: &RankingProps) -> Html {
    html! {
        <div class="chip-row" role="group" aria-label="List">
            { for LISTS.iter().map(|(list, words)| {
                let list = *list;
                html! {
                    <button key={*words} type="button" class="chip" aria-pressed={(props.list == list).to_string()}
                        onclick={props.dispatch.reform(move |_| Intent::Risk(RiskIntent::List(list)))}>{ *words }</button>
                }
            }) }
        </div>
    }
}

fn reveal(props: &RankingProps, id: ComponentId) -> Callback<MouseEvent> {
    props.dispatch.reform(move |_| Intent::Select(SelectIntent::Reveal(AnyRecordId::Component(id))))
}

pub(super) fn items(props: &RankingProps, list: RankList) -> Html {
    let today = props.analysis.today();
    let (items, none): (Vec<Item>, &str) = match list {
        RankList::FindOut => {
            (find_out_first(&props.document, &props.analysis, MOST), "Everything that could move the order is known.")
        }
        RankList::Notice => (
            today.map(|today| give_notice_by(&props.document, today)).unwrap_or_default(),
            "No contract is recorded, so nobody can say when notice is due.",
        ),
        _ => (next_steps(&props.document, &props.analysis, today), "No action is recorded and nothing is red."),
    };
    if items.is_empty() {
        return html! { <div class="section"><p class="panel-lead">{ none }</p></div> };
    }
    let left = items.len().saturating_sub(MOST);
    html! {
        <>
            <ol class="item-list">
                { for items.into_iter().take(MOST).enumerate().map(|(at, item)| html! {
                    <li key={at}>
                        {
                            match item.component {
                                Some(id) => html! {
                                    <button type="button" class="link-button" onclick={reveal(props, id)}>{ item.title }</button>
                                },
                                None => html! { <strong>{ item.title }</strong> },
                            }
                        }
                        <p>{ item.text }</p>
                    </li>
                }) }
            </ol>
            if left > 0 { <p class="panel-lead section">{ format!("and {left} more") }</p> }
        </>
    }
}

/// The order as people have judged it, with what moved each.
pub(super) fn judged(props: &RankingProps) -> Html {
    let order = judged_order(&props.document, &props.analysis);
    let agreement = if order.rows.iter().all(|row| row.judgement.is_none()) {
        "Nobody has judged the order yet: open a row of the list by risk and say where it belongs.".to_owned()
    } else if order.asks_for_a_criterion() {
        format!(
            "The two orders agree poorly ({:.2} of 1). Is there something that the index does not count?",
            order.tau
        )
    } else {
        format!("The two orders agree to {:.2} of 1.", order.tau)
    };
    let name = |id: ComponentId| props.document.components.get(&id).map_or_else(String::new, |c| shown(&c.name));
    let remove = |id: JudgementId| {
        let record = AnyRecordId::Judgement(id);
        props.dispatch.reform(move |_: MouseEvent| Intent::Edit(Command::Delete([record].into())))
    };
    let judgement = |id: JudgementId| {
        let Some(judgement) = props.document.judgements.get(&id) else { return Html::default() };
        let until = judgement.expires.map_or_else(String::new, |date| format!(" Until {}.", date_in_words(date)));
        html! {
            <>
                <p>{ format!("{}: {}{until}", shown(&judgement.by), judgement.reason) }</p>
                if !props.read_only {
                    <button type="button" class="link-button is-small" onclick={remove(id)}>{ "Remove the judgement" }</button>
                }
            </>
        }
    };
    let count = order.rows.len().min(MOST) as u32;
    html! {
        <>
            <p class="panel-lead section">{ agreement }</p>
            if !props.read_only {
                <p class="panel-lead section">
                    { "Drag a system to the place where it belongs, or use the buttons beside it or Alt with the arrow keys. \
                       You are asked for the reason." }
                </p>
            }
            <ol class="item-list judged-list">
                { for order.rows.iter().take(MOST).enumerate().map(|(at, row)| {
                    let (id, place) = (row.component, at as u32 + 1);
                    let proposed = props.proposed.filter(|(of, _)| *of == id).map(|(_, place)| place);
                    html! {
                        <JudgedItem key={id.to_string()} {id} {place} {count} {proposed} name={name(id)} computed={row.computed}
                            read_only={props.read_only} dispatch={props.dispatch.clone()}>
                            { row.judgement.map(judgement).unwrap_or_default() }
                        </JudgedItem>
                    }
                }) }
            </ol>
            if !order.lapsed.is_empty() {
                <h2 class="group-heading">{ format!("Lapsed judgements ({})", order.lapsed.len()) }</h2>
                <ol class="item-list">
                    { for order.lapsed.iter().map(|id| html! {
                        <li key={id.to_string()}>
                            { props.document.judgements.get(id).map(|j| name(j.component)).unwrap_or_default() }
                            { judgement(*id) }
                        </li>
                    }) }
                </ol>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct JudgedProps {
    id: ComponentId,
    /// Where it stands in the judged order, from 1.
    place: u32,
    /// Rows of the list.
    count: u32,
    /// Where somebody would like it, while the reason is asked for.
    proposed: Option<u32>,
    name: String,
    /// Its place by the sum.
    computed: u32,
    read_only: bool,
    dispatch: Callback<Intent>,
    /// The judgement that moved it.
    children: Html,
}

/// A system in the judged order: dragged, moved by buttons or keys, with the form that asks why.
#[component]
fn JudgedItem(props: &JudgedProps) -> Html {
    let (id, count) = (props.id, props.count);
    let at = props.proposed.unwrap_or(props.place);
    let propose = |place: Option<u32>| {
        let place = place.map(|place| (id, place.clamp(1, count.max(1))));
        props.dispatch.reform(move |_: MouseEvent| Intent::Risk(RiskIntent::Propose(place)))
    };
    let onkeydown = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            let place = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => at.saturating_sub(1).max(1),
                "ArrowDown" if event.alt_key() => (at + 1).min(count),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            dispatch.emit(Intent::Risk(RiskIntent::Propose(Some((id, place)))));
        })
    };
    let ondragstart = Callback::from(move |event: DragEvent| {
        if let Some(transfer) = event.data_transfer() {
            // A browser that does not take it just does not drag.
            let _refused = transfer.set_data(DRAGGED, &id.to_string());
        }
    });
    let ondragover = Callback::from(|event: DragEvent| {
        if event.data_transfer().is_some_and(|it| it.types().includes(&DRAGGED.into(), 0)) {
            event.prevent_default();
        }
    });
    let ondrop = {
        let (dispatch, place) = (props.dispatch.clone(), props.place);
        Callback::from(move |event: DragEvent| {
            let dragged = event.data_transfer().and_then(|it| it.get_data(DRAGGED).ok());
            if let Some(dragged) = dragged.and_then(|text| Id::parse(&text).ok()) {
                event.prevent_default();
                event.stop_propagation();
                dispatch.emit(Intent::Risk(RiskIntent::Propose(Some((dragged, place)))));
            }
        })
    };
    let reveal =
        props.dispatch.reform(move |_: MouseEvent| Intent::Select(SelectIntent::Reveal(AnyRecordId::Component(id))));
    let draggable = if props.read_only { "false" } else { "true" };
    html! {
        <li {draggable} {onkeydown} {ondragstart} {ondragover} {ondrop}>
            <div class="judged-row">
                if !props.read_only { <span class="judged-grip" aria-hidden="true">{ "⠿" }</span> }
                <span class="rank-place">{ props.place }</span>
                <button type="button" class="link-button" onclick={reveal} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown">
                    { &props.name }
                </button>
                if !props.read_only {
                    <button type="button" class="icon-button is-small" aria-label={format!("Move {} up", props.name)}
                        data-tip="Move up" disabled={at <= 1} onclick={propose(Some(at.saturating_sub(1)))}>
                        <span aria-hidden="true">{ "▲" }</span>
                    </button>
                    <button type="button" class="icon-button is-small" aria-label={format!("Move {} down", props.name)}
                        data-tip="Move down" disabled={at >= count} onclick={propose(Some(at + 1))}>
                        <span aria-hidden="true">{ "▼" }</span>
                    </button>
                }
            </div>
            if props.computed != props.place {
                <span class="summary-note">{ format!("by risk {}", props.computed) }</span>
            }
            { props.children.clone() }
            if let Some(place) = props.proposed {
                <JudgeForm {id} {place} dispatch={props.dispatch.clone()} give_up={propose(None)} />
            }
        </li>
    }
}
