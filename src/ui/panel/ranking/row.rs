//! An opened row: four questions with their answers, how firm the place is, and a judgement beside the sum.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::analysis::rank::firmness::Firmness;
use crate::analysis::voice::{firmness_in_words, why};
use crate::analysis::Analysis;
use crate::app::intent::{Intent, RiskIntent};
use crate::app::ranking::{NewJudgement, MOST_DAYS, REASON_LENGTH};
use crate::model::{ComponentId, Document};
use crate::ui::ptr::PtrEq;

/// Properties of [`RowDetails`].
#[derive(Properties, PartialEq)]
pub(crate) struct DetailsProps {
    pub(crate) id: ComponentId,
    /// Place by the sum, from 1.
    pub(crate) place: u32,
    pub(crate) document: PtrEq<Document>,
    pub(crate) analysis: PtrEq<Analysis>,
    pub(crate) firmness: Option<PtrEq<Firmness>>,
    pub(crate) old: bool,
    pub(crate) read_only: bool,
    pub(crate) dispatch: Callback<Intent>,
}

/// The details.
#[component]
pub(crate) fn RowDetails(props: &DetailsProps) -> Html {
    let answers = use_memo((props.document.clone(), props.analysis.clone(), props.id), |(document, analysis, id)| {
        why(document, analysis, *id)
    });
    let firm = props.firmness.as_ref().map(|f| firmness_in_words(&props.document, f, props.id)).unwrap_or_default();
    html! {
        <div class="rank-details">
            { for answers.iter().map(|answer| html! {
                <section key={answer.question}>
                    <h3>{ answer.question }</h3>
                    <ul class="sentences">{ for answer.sentences.iter().map(|it| html! { <li>{ it }</li> }) }</ul>
                </section>
            }) }
            <section key="firm">
                <h3>{ "How firm is its place?" }</h3>
                <ul class="sentences">
                    { for firm.into_iter().map(|it| html! { <li>{ it }</li> }) }
                    if props.old { <li>{ "Old: from before the last change." }</li> }
                </ul>
            </section>
            if !props.read_only { <JudgeForm id={props.id} place={props.place} dispatch={props.dispatch.clone()} /> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct JudgeProps {
    pub(super) id: ComponentId,
    pub(super) place: u32,
    pub(super) dispatch: Callback<Intent>,
    /// Gives up what was proposed.
    #[prop_or_default]
    pub(super) give_up: Option<Callback<MouseEvent>>,
}

/// Where somebody says a system belongs, and why.
#[component]
pub(super) fn JudgeForm(props: &JudgeProps) -> Html {
    let place = use_state(|| props.place);
    // A new proposal sets the place anew.
    use_effect_with(props.place, {
        let place = place.clone();
        move |proposed| place.set(*proposed)
    });
    let (reason, by, days) = (use_node_ref(), use_node_ref(), use_node_ref());
    let step = |by: i32| {
        let place = place.clone();
        Callback::from(move |_: MouseEvent| place.set(place.saturating_add_signed(by).max(1)))
    };
    let oninput = {
        let place = place.clone();
        Callback::from(move |event: InputEvent| {
            if let Ok(value) = event.target_unchecked_into::<HtmlInputElement>().value().parse::<u32>() {
                place.set(value.max(1));
            }
        })
    };
    let onsubmit = {
        let (dispatch, id) = (props.dispatch.clone(), props.id);
        let (reason, by, days, place) = (reason.clone(), by.clone(), days.clone(), place.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = |node: &NodeRef| node.cast::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default();
            dispatch.emit(Intent::Risk(RiskIntent::Judge(NewJudgement {
                component: id,
                place: *place,
                reason: reason.cast::<HtmlTextAreaElement>().map(|it| it.value()).unwrap_or_default(),
                by: text(&by),
                days: text(&days).parse().unwrap_or(0),
            })));
        })
    };
    let name = Rc::new(props.id.to_string());
    html! {
        <form class="judge-form" {onsubmit}>
            <h3>{ "Does it belong elsewhere?" }</h3>
            <div class="field-row">
                <div class="field">
                    <label for={format!("judge-place-{name}")}>{ "Place" }</label>
                    <input id={format!("judge-place-{name}")} class="input" type="number" min="1" value={place.to_string()}
                        {oninput} />
                </div>
                <button type="button" class="button is-small" onclick={step(-1)}>{ "One up" }</button>
                <button type="button" class="button is-small" onclick={step(1)}>{ "One down" }</button>
            </div>
            <div class="field">
                <label for={format!("judge-reason-{name}")}>{ format!("Reason (at least {REASON_LENGTH} characters)") }</label>
                <textarea ref={reason} id={format!("judge-reason-{name}")} class="textarea" rows="2" />
            </div>
            <div class="field-row">
                <div class="field">
                    <label for={format!("judge-by-{name}")}>{ "Judged by (role)" }</label>
                    <input ref={by} id={format!("judge-by-{name}")} class="input" type="text" autocomplete="off" />
                </div>
                <div class="field">
                    <label for={format!("judge-days-{name}")}>{ "Days it lasts" }</label>
                    <input ref={days} id={format!("judge-days-{name}")} class="input" type="number" min="1"
                        max={MOST_DAYS.to_string()} value="180" />
                </div>
            </div>
            <div class="field-row">
                <button type="submit" class="button is-small">{ "Record judgement" }</button>
                if let Some(give_up) = &props.give_up {
                    <button type="button" class="button is-small" onclick={give_up.clone()}>{ "Leave it where it was" }</button>
                }
            </div>
        </form>
    }
}
