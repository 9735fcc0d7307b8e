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
    // The same shapes as on the map: a disc, from 4 on a triangle, at 5 with a ring around it.
    let grave = level >= 4;
    html! {
        <svg class={classes!("risk-mark", class, unsure.then_some("is-unsure"))} viewBox="0 0 32 32" role="img"
            aria-label={words}>
            if level >= 5 || unsure { <circle class="risk-ring" cx="16" cy="16" r="14.5" /> }
            if grave {
                <path class="risk-fill" d="M16 3.5 28 25H4z" />
            } else {
                <circle class="risk-fill" cx="16" cy="16" r="11.5" />
            }
            <text class="risk-number" x="16" y={if grave { "22.5" } else { "21" }}>{ level }</text>
            if unsure {
                <circle class="risk-question-ground" cx="26" cy="7" r="6" />
                <text class="risk-question" x="26" y="10.5">{ "?" }</text>
            }
        </svg>
    }
}
