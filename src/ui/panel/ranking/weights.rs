//! The weights of the order as sliders: the order moves while one is moved.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::analysis::rank::IndexCriterion;
use crate::app::intent::{Intent, RiskIntent};
use crate::ui::panel::ranking::RankingProps;

/// The five sliders, folded away.
pub(super) fn weights(props: &RankingProps) -> Html {
    let risk = props.dispatch.reform(Intent::Risk);
    let sliders = IndexCriterion::ALL.into_iter().zip(props.analysis.ranking.weights).enumerate();
    let sliders = sliders.map(|(place, (criterion, weight))| {
        let id = format!("weight-{place}");
        let percent = (weight * 100.0).round();
        let oninput = risk.reform(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            RiskIntent::Weight(place, value.parse::<f64>().unwrap_or(0.0) / 100.0)
        });
        html! {
            <div key={place} class="slider-field">
                <label for={id.clone()}>{ criterion.name() }</label>
                <input {id} type="range" min="0" max="100" step="1" value={percent.to_string()}
                    aria-valuetext={format!("{percent} per cent")} disabled={props.read_only} {oninput}
                    onchange={risk.reform(|_: Event| RiskIntent::WeightDone)} />
                <output>{ format!("{percent} %") }</output>
            </div>
        }
    });
    html! {
        <details class="section">
            <summary>{ "What weighs how much" }</summary>
            <p class="field-hint">
                { "Only inside a group: what is red stays above what could be, and harm to patients comes first. \
                   The other weights share the rest." }
            </p>
            { for sliders }
            <button type="button" class="button is-small" disabled={props.read_only}
                onclick={risk.reform(|_: MouseEvent| RiskIntent::UsualWeights)}>
                { "Use the usual weights" }
            </button>
        </details>
    }
}
