//! How far the long computations are, how to stop them, and that what is shown is old.

use yew::prelude::*;

use crate::app::intent::{Intent, RiskIntent};
use crate::ui::frame::View;

/// The line above what is computed; nothing while all of it is up to date. It may stand in two places at once: `id` tells
/// them apart.
pub(crate) fn work(view: &View<'_>, id: &'static str) -> Html {
    let work = view.app.ranking().work();
    let percent = work.percent();
    let stopped = work.is_cancelled();
    if percent.is_none() && !work.is_old() && !stopped {
        return Html::default();
    }
    html! {
        <div class="work-line">
            if work.is_old() {
                <p role="status" class="work-old">
                    { "Old: chances, yearly amounts and how firm the order is are still those from before the last change." }
                </p>
            }
            if let Some(percent) = percent {
                <label for={id}>{ "Working it out" }</label>
                <progress {id} max="100" value={percent.to_string()} />
                <span>{ format!("{percent} %") }</span>
                <button type="button" class="button is-small" onclick={view.on(Intent::Risk(RiskIntent::Cancel))}>
                    { "Stop working it out" }
                </button>
            } else if stopped {
                <p>{ "Stopped before the end: some figures are missing or old." }</p>
                <button type="button" class="button is-small" onclick={view.on(Intent::Risk(RiskIntent::Resume))}>
                    { "Work it out" }
                </button>
            }
        </div>
    }
}
