//! The review of support dates: which release of the file each system runs on, and what would be set.

use yew::prelude::*;

use crate::analysis::rank::shown;
use crate::app::intent::{Intent, SupportIntent};
use crate::app::support::{Row, SupportReview};
use crate::app::table::columns::support_words;
use crate::model::Document;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::field::{SelectField, TextField};
use crate::ui::frame::View;

/// Rows of each list that are shown; the rest is counted.
const MOST_ROWS: usize = 200;
/// Names of systems in a row.
const MOST_NAMES: usize = 3;

/// The open review.
pub(super) fn support(view: &View<'_>) -> Html {
    let Some(review) = view.app.support_review() else { return Html::default() };
    let document = view.app.document();
    let can_take = review.changes && !view.app.file_state().read_only;
    let lists = [
        (true, "In the file", "What is in the file"),
        (false, "Not found in the file", "What was not found in the file"),
    ];
    let lists = lists.into_iter().map(|(found, words, label)| {
        let rows = || review.rows.iter().enumerate().filter(|(_, row)| row.proposal.product.is_some() == found);
        let count = rows().count();
        if count == 0 {
            return Html::default();
        }
        html! {
            <details key={words} open={found}>
                <summary>{ format!("{words}: {count}") }</summary>
                <div class="import-scroll" role="region" aria-label={label} tabindex="0">
                    <table class="import-columns">
                        <thead><tr>
                            <th scope="col">{ "On the map" }</th><th scope="col">{ "Release in the file" }</th>
                            <th scope="col">{ "Security support ends" }</th>
                        </tr></thead>
                        <tbody>{ for rows().take(MOST_ROWS).map(|(at, row)| self::row(view, document, review, at, row)) }</tbody>
                    </table>
                </div>
                if count > MOST_ROWS { <p>{ format!("and {} more", count - MOST_ROWS) }</p> }
            </details>
        }
    });
    let remarks = &review.dates.diagnostics;
    html! {
        <Dialog title={format!("Support dates from {}", review.name)} wide=true on_close={view.on(close_intent())}>
            <div class="dialog-body import">
                <p>
                    { "Dates as endoflife.date gives them, from the file you opened; nothing is fetched. Each system keeps the \
                       day they were taken in. A date that says “no date” means supported, with no end published." }
                </p>
                if review.dates.named_by_file { { product_name(view, review) } }
                <section class="import-outcome" aria-label="Systems and releases">
                    <p role="status" class="import-summary">{ review.summary() }</p>
                    if review.rows.is_empty() {
                        <p>{ "No system on this map says what it is made with. Fill in “Product” and “Version” in the table first." }</p>
                    }
                    { for lists }
                    if !remarks.is_empty() {
                        <details>
                            <summary>{ format!("What could not be read: {}", remarks.len()) }</summary>
                            <ul>{ for remarks.iter().take(MOST_ROWS).map(|it| html! {
                                <li>{ format!("{} ({})", it.message, it.place) }</li>
                            }) }</ul>
                        </details>
                    }
                </section>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" disabled={!can_take}
                    onclick={view.on(Intent::Support(SupportIntent::Take))}>
                    { if can_take { "Set these dates" } else { "Nothing to set" } }
                </button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Cancel" }</button>
            </div>
        </Dialog>
    }
}

/// A file of one product that does not say which.
fn product_name(view: &View<'_>, review: &SupportReview) -> Html {
    let value = review.dates.products.first().map(|it| it.label.clone()).unwrap_or_default();
    let on_commit = view.dispatch.reform(|text: String| Intent::Support(SupportIntent::Named(text)));
    html! { <TextField id="support-product" label="The file is about" {value} {on_commit} /> }
}

/// A list whose first choice stands for none; sends the place of what was chosen.
fn places(
    view: &View<'_>,
    (id, label): (String, String),
    none: &'static str,
    words: Vec<String>,
    chosen: Option<usize>,
    intent: fn(usize, Option<usize>) -> SupportIntent,
    at: usize,
) -> Html {
    let mut choices: Vec<(AttrValue, AttrValue)> = vec![("".into(), none.into())];
    for (place, words) in words.into_iter().enumerate() {
        choices.push((place.to_string().into(), words.into()));
    }
    let value = chosen.map_or_else(String::new, |place| place.to_string());
    let on_change = view.dispatch.reform(move |text: String| Intent::Support(intent(at, text.parse().ok())));
    let label = html! { <span class="visually-hidden">{ label }</span> };
    html! { <SelectField {id} {label} {choices} {value} {on_change} /> }
}

fn row(view: &View<'_>, document: &Document, review: &SupportReview, at: usize, row: &Row) -> Html {
    let name = SupportReview::row_name(row);
    let products = &review.dates.products;
    let product = row.proposal.product.and_then(|place| products.get(place));
    let others = |words: &str| {
        let label = format!("{words} for {name}");
        html! {
            <button type="button" class="link-button is-small" aria-label={label} aria-expanded={(review.open == Some(at)).to_string()}
                onclick={view.on(Intent::Support(SupportIntent::Open(at)))}>{ words.to_owned() }</button>
        }
    };
    let is_it = match products.as_slice() {
        // With one product in the file there is nothing to choose from.
        [only] if product.is_none() => html! {
            <button type="button" class="link-button is-small" aria-label={format!("{name} is {}", only.label)}
                onclick={view.on(Intent::Support(SupportIntent::Product(at, Some(0))))}>{ format!("It is {}", only.label) }</button>
        },
        [_] => Html::default(),
        _ => others(if product.is_some() { "Another product" } else { "Choose a product" }),
    };
    let now = support_words(row.now);
    let found = review.found(row);
    html! {
        <tr key={at} class={classes!((product.is_some() && !row.proposal.sure).then_some("is-unsure"))}>
            <th scope="row">{ &name }<span class="import-reason">{ systems(document, row) }</span></th>
            <td>
                if let Some(product) = product {
                    <span class="import-reason">{ &product.label }</span>
                    { places(view, (format!("support-release-{at}"), format!("Release of {name}")), "Leave as it is",
                        product.releases.iter().map(|it| release_words(&it.name, &it.label)).collect(),
                        row.proposal.release, SupportIntent::Release, at) }
                }
                <span class="import-reason">{ &row.proposal.why }{ " " }{ is_it }</span>
                if review.open == Some(at) {
                    { places(view, (format!("support-product-{at}"), format!("Product of {name}")), "None of these",
                        products.iter().map(|it| it.label.clone()).collect(), row.proposal.product, SupportIntent::Product, at) }
                }
            </td>
            <td>
                { match found {
                    Some(found) if found == now => html! { <>{ found }<span class="import-reason">{ "as before" }</span></> },
                    Some(found) => html! { <><strong>{ found }</strong><span class="import-reason">{ format!("now {now}") }</span></> },
                    None => html! { { format!("stays {now}") } },
                } }
            </td>
        </tr>
    }
}

fn release_words(name: &str, label: &str) -> String {
    match label {
        "" => name.to_owned(),
        label if label.starts_with(name) => label.to_owned(),
        label => format!("{name} – {label}"),
    }
}

fn systems(document: &Document, row: &Row) -> String {
    let mut words = String::new();
    for id in row.of.systems.iter().take(MOST_NAMES) {
        if let Some(component) = document.components.get(id) {
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(&shown(&component.name));
        }
    }
    match row.of.systems.len().saturating_sub(MOST_NAMES) {
        0 => words,
        more => format!("{words} and {more} more"),
    }
}
