//! What there is to say about the text: place, reason, and a button where one press mends it.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::describe::count;
use crate::app::intent::{Intent, TextIntent};
use crate::diag::{Diagnostic, Place, Severity};
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;

/// Longest list that is shown whole.
const MOST: usize = 100;

/// Properties of [`Remarks`].
#[derive(Properties, PartialEq)]
pub(super) struct RemarksProps {
    /// What there is to say, in the order of the text.
    pub(super) diagnostics: PtrEq<[Diagnostic]>,
    /// Nothing can be changed.
    pub(super) read_only: bool,
    /// There is no text at all.
    pub(super) is_empty: bool,
    /// Takes intents.
    pub(super) dispatch: Callback<Intent>,
}

/// Sign, style and word of a severity.
pub(super) fn sign_of(severity: Severity) -> (Icon, &'static str, &'static str) {
    match severity {
        Severity::Error => (Icon::Error, "is-error", "Error"),
        Severity::Warning => (Icon::Warning, "is-warning", "Warning"),
        Severity::Notice => (Icon::Notice, "is-notice", "Notice"),
    }
}

/// The list below the text.
#[component]
pub(super) fn Remarks(props: &RemarksProps) -> Html {
    let all = &props.diagnostics;
    if all.is_empty() {
        let words =
            if props.is_empty { "Type “component Name [0.6, 0.4]” to begin." } else { "Every line is understood." };
        return html! { <p class="text-fine">{ words }</p> };
    }
    let act = |id: ActionId| props.dispatch.reform(move |_: MouseEvent| Intent::Action(id));
    let go = |id: ActionId, words: &'static str, keys: &'static str, sign: Icon| {
        html! {
            <button type="button" class="icon-button is-small" aria-label={words} data-tip={words} data-keys={keys}
                onclick={act(id)}>
                { icon(sign) }
            </button>
        }
    };
    html! {
        <div class="text-remarks">
            <div class="text-remarks-head">
                <h3>{ count(all.len(), "remark") }</h3>
                { go(ActionId::PreviousRemark, "Go to the remark before", "Shift+F8", Icon::Up) }
                { go(ActionId::NextRemark, "Go to the next remark", "F8", Icon::Down) }
            </div>
            <ul tabindex="0" aria-label="Remarks about the text">
                { for all.iter().take(MOST).enumerate().map(|(number, diagnostic)| row(props, number, diagnostic)) }
                if all.len() > MOST { <li class="text-fine">{ format!("and {} more", all.len() - MOST) }</li> }
            </ul>
        </div>
    }
}

fn row(props: &RemarksProps, number: usize, diagnostic: &Diagnostic) -> Html {
    let (sign, class, word) = sign_of(diagnostic.severity);
    let send = |make: fn(Box<Diagnostic>) -> TextIntent| {
        let diagnostic = diagnostic.clone();
        props.dispatch.reform(move |_: MouseEvent| Intent::Text(make(Box::new(diagnostic.clone()))))
    };
    let place = match &diagnostic.place {
        Place::Text { line, column, .. } => html! {
            <button type="button" class="link-button is-small" onclick={send(TextIntent::GoTo)}>
                { format!("Line {line}, column {column}") }
            </button>
        },
        _ => Html::default(),
    };
    html! {
        <li key={number} class={classes!("problem", class)}>
            { icon(sign) }
            <div>
                <p><span class="visually-hidden">{ word }{ ": " }</span>{ &diagnostic.message }</p>
                <div class="text-remark-actions">
                    { place }
                    if let Some(fix) = diagnostic.fix.as_ref().filter(|_| !props.read_only) {
                        <button type="button" class="button is-small" onclick={send(TextIntent::Fix)}>
                            { &fix.label }
                            <span class="visually-hidden">{ place_words(&diagnostic.place) }</span>
                        </button>
                    }
                </div>
            </div>
        </li>
    }
}

fn place_words(place: &Place) -> String {
    match place {
        Place::Text { line, .. } => format!(", line {line}"),
        _ => String::new(),
    }
}
