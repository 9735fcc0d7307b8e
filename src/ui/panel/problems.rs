//! What was repaired or guessed on opening, and hints about the map.

use yew::prelude::*;

use crate::analysis::{lint, Analysis};
use crate::app::intent::{FileIntent, Intent, SelectIntent, TextIntent};
use crate::diag::{Diagnostic, Place, Severity};
use crate::id::Id;
use crate::model::{AnyRecordId, Document};
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;

/// Longest list that is shown whole.
const MOST: usize = 200;

/// Properties of [`ProblemsPanel`].
#[derive(Properties, PartialEq)]
pub(crate) struct ProblemsProps {
    /// The document.
    pub(crate) document: PtrEq<Document>,
    /// Its analysis.
    pub(crate) analysis: PtrEq<Analysis>,
    /// What reading the file had to say.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Name of the file as it came, when it can be downloaded.
    pub(crate) original: Option<String>,
    /// Takes intents.
    pub(crate) dispatch: Callback<Intent>,
}

/// The panel.
#[component]
pub(crate) fn ProblemsPanel(props: &ProblemsProps) -> Html {
    let hints = use_memo((props.document.clone(), props.analysis.clone()), |(document, analysis)| {
        lint::hints(document, analysis)
    });
    if props.diagnostics.is_empty() && hints.is_empty() {
        return html! {
            <div class="panel-empty">
                <h2 class="panel-title">{ "No problems" }</h2>
                <p>{ "The file was read without repairs, and the map raises no questions." }</p>
            </div>
        };
    }
    html! {
        <>
            { group(props, "In the file and its text", &props.diagnostics) }
            { original(props) }
            { group(props, "About the map", &hints) }
        </>
    }
}

/// What was repaired is still there as it came.
fn original(props: &ProblemsProps) -> Html {
    let Some(name) = &props.original else { return Html::default() };
    html! {
        <p class="section">
            <button type="button" class="button is-small"
                onclick={props.dispatch.reform(|_| Intent::File(FileIntent::DownloadOriginal))}>
                { icon(Icon::Save) }{ format!("Download {name} as it came") }
            </button>
        </p>
    }
}

fn group(props: &ProblemsProps, title: &'static str, list: &[Diagnostic]) -> Html {
    if list.is_empty() {
        return Html::default();
    }
    let rows = list.iter().take(MOST).enumerate().map(|(number, diagnostic)| row(props, number, diagnostic));
    html! {
        <section>
            <h2 class="group-heading">{ format!("{title} ({})", list.len()) }</h2>
            <ul>{ for rows }</ul>
            if list.len() > MOST { <p class="panel-lead section">{ format!("and {} more", list.len() - MOST) }</p> }
        </section>
    }
}

fn row(props: &ProblemsProps, number: usize, diagnostic: &Diagnostic) -> Html {
    let (class, sign, word) = match diagnostic.severity {
        Severity::Error => ("problem is-error", Icon::Error, "Error"),
        Severity::Warning => ("problem is-warning", Icon::Warning, "Warning"),
        Severity::Notice => ("problem is-notice", Icon::Notice, "Notice"),
    };
    let record = match &diagnostic.place {
        Place::Record(text) => Id::parse(text).ok().map(AnyRecordId::Component),
        _ => None,
    }
    .filter(|record| props.document.has(*record));
    html! {
        <li key={number} {class}>
            { icon(sign) }
            <div>
                <p><span class="visually-hidden">{ word }{ ": " }</span>{ &diagnostic.message }</p>
                {
                    match record {
                        Some(record) => html! {
                            <button type="button" class="link-button is-small"
                                onclick={props.dispatch.reform(move |_| Intent::Select(SelectIntent::Reveal(record)))}>
                                { "Show it" }
                            </button>
                        },
                        None if diagnostic.code.starts_with("owm-") && matches!(diagnostic.place, Place::Text { .. }) => {
                            let remark = diagnostic.clone();
                            html! {
                                <button type="button" class="link-button is-small" onclick={props.dispatch.reform(move |_| {
                                    Intent::Text(TextIntent::GoTo(Box::new(remark.clone())))
                                })}>
                                    { place_words(&diagnostic.place) }
                                </button>
                            }
                        }
                        None => html! { <p class="problem-place">{ place_words(&diagnostic.place) }</p> },
                    }
                }
            </div>
        </li>
    }
}

fn place_words(place: &Place) -> String {
    let words = place.to_string();
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + characters.as_str())
}
