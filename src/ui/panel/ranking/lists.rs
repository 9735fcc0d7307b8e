//! The other lists of the ranking: as judged, what to find out first, by when to give notice, what to do next.

use yew::prelude::*;

use crate::analysis::rank::judged::judged_order;
use crate::analysis::rank::shown;
use crate::analysis::voice::{date_in_words, find_out_first, give_notice_by, next_steps, Item};
use crate::app::intent::{Intent, RiskIntent, SelectIntent};
use crate::app::ranking::RankList;
use crate::edit::Command;
use crate::model::{AnyRecordId, ComponentId, JudgementId};
use crate::ui::panel::ranking::RankingProps;

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
    html! {
        <>
            <p class="panel-lead section">{ agreement }</p>
            <ol class="item-list">
                { for order.rows.iter().take(MOST).enumerate().map(|(at, row)| html! {
                    <li key={row.component.to_string()}>
                        <span class="rank-place">{ at + 1 }</span>
                        <button type="button" class="link-button" onclick={reveal(props, row.component)}>{ name(row.component) }</button>
                        if row.computed as usize != at + 1 {
                            <span class="summary-note">{ format!("by risk {}", row.computed) }</span>
                        }
                        { row.judgement.map(judgement).unwrap_or_default() }
                    </li>
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
