//! The risk mark: number, shape and colour together, so that none of them has to be seen.

use yew::prelude::*;

/// Words of the five steps.
pub(crate) fn risk_word(level: u8) -> &'static str {
    match level {
        1 => "lowest",
        2 => "low",
        3 => "moderate",
        4 => "high",
        _ => "red",
    }
}

/// The mark of a step, 1..=5; `unsure` when what is not known leaves it open.
pub(crate) fn risk_mark(level: u8, unsure: bool) -> Html {
    let class = match level {
        1 => "is-1",
        2 => "is-2",
        3 => "is-3",
        4 => "is-4",
        _ => "is-5",
    };
    let words = if unsure {
        format!("Risk {level} of 5, not known to be below red")
    } else {
        format!("Risk {level} of 5, {}", risk_word(level))
    };
    html! {
        <span class={classes!("risk-mark", class, unsure.then_some("is-unsure"))} role="img" aria-label={words}>
            { level }
            if unsure { <span class="risk-question">{ "?" }</span> }
        </span>
    }
}
