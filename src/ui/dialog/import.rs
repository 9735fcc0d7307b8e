//! The review of a table: what its columns mean, what would be made, changed and left.

use yew::prelude::*;

use crate::app::import::{choice_at, choices, confidence_words, summary, ImportIntent, Review, TableReview};
use crate::app::intent::Intent;
use crate::format::csv::{Confidence, DateOrder, Matched, Outcome, RowsAre, SEPARATORS};
use crate::format::text::Encoding;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::field::SelectField;
use crate::ui::frame::View;

/// Lines of each list that are shown; the rest is counted.
const MOST_LISTED: usize = 100;

const ENCODINGS: [(Encoding, &str); 3] = [
    (Encoding::Utf8, "Unicode (UTF-8)"),
    (Encoding::Windows1252, "Windows, Western Europe (1252)"),
    (Encoding::Utf16, "Unicode (UTF-16)"),
];

/// The open review.
pub(super) fn import(view: &View<'_>) -> Html {
    let Some(review) = view.app.review() else { return Html::default() };
    let take = match &review.outcome {
        Ok(outcome) if !outcome.is_nothing() => {
            Some(if review.as_new { "Open as a new map" } else { "Add to this map" })
        }
        _ => None,
    };
    html! {
        <Dialog title={format!("Check before taking in {}", review.name())} wide=true on_close={view.on(close_intent())}>
            <div class="dialog-body import">
                if !view.app.document().is_empty() && !view.app.file_state().read_only { { destination(view, review) } }
                { for review.tables.iter().enumerate().map(|(at, table)| self::table(view, at, table, review.tables.len() > 1)) }
                <section class="import-outcome" aria-labelledby="import-outcome">
                    <h3 id="import-outcome">{ "What will happen" }</h3>
                    { match &review.outcome {
                        Ok(outcome) => self::outcome(outcome),
                        Err(message) => html! { <p class="import-error">{ message.clone() }</p> },
                    } }
                </section>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" disabled={take.is_none()}
                    onclick={view.on(Intent::Import(ImportIntent::Take))}>{ take.unwrap_or("Nothing to take in") }</button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Cancel" }</button>
            </div>
        </Dialog>
    }
}

fn destination(view: &View<'_>, review: &Review) -> Html {
    let choice = |as_new: bool, words: &'static str| {
        html! {
            <label class="import-radio">
                <input type="radio" name="import-to" checked={review.as_new == as_new}
                    onchange={view.on(Intent::Import(ImportIntent::AsNew(as_new)))} />
                { words }
            </label>
        }
    };
    html! {
        <fieldset class="import-where">
            <legend>{ "Take it in" }</legend>
            { choice(false, "into the open map (can be undone)") }
            { choice(true, "as a new map") }
        </fieldset>
    }
}

/// A list to choose from; sends the place of what was chosen.
fn select(id: String, label: &str, options: Vec<(bool, String)>, shown: bool, chosen: Callback<usize>) -> Html {
    let value = options.iter().position(|(selected, _)| *selected).unwrap_or(0).to_string();
    let choices: Vec<(AttrValue, AttrValue)> =
        options.into_iter().enumerate().map(|(place, (_, words))| (place.to_string().into(), words.into())).collect();
    let label = html! { <span class={classes!((!shown).then_some("visually-hidden"))}>{ label }</span> };
    let on_change = chosen.reform(|value: String| value.parse().unwrap_or(0));
    html! { <SelectField {id} {label} {choices} {value} {on_change} /> }
}

fn table(view: &View<'_>, at: usize, table: &TableReview, several: bool) -> Html {
    let sheet = &table.sheet;
    let send = |intent: fn(usize, usize) -> Option<ImportIntent>| {
        let dispatch = view.dispatch.clone();
        Callback::from(move |place: usize| {
            if let Some(intent) = intent(at, place) {
                dispatch.emit(Intent::Import(intent));
            }
        })
    };
    let separators = ["Comma", "Semicolon", "Tab", "Bar |"].iter().zip(SEPARATORS);
    let separators = separators.map(|(words, sign)| (sign == sheet.separator, (*words).to_owned())).collect();
    let encodings = ENCODINGS.iter().map(|(it, words)| (*it == table.encoding, (*words).to_owned())).collect();
    let headings = sheet.beginning.iter().enumerate();
    let headings =
        headings.map(|(place, (row, words))| (place == sheet.heading_row, format!("Row {row}: {words}"))).collect();
    let rows = vec![
        (table.rows == RowsAre::Systems, "A system".to_owned()),
        (table.rows == RowsAre::Links, "A link: who needs what".to_owned()),
    ];
    html! {
        <section class="import-table" aria-label={table.name.clone()}>
            if several { <h3>{ &table.name }</h3> }
            <p>{ format!("{} rows and {} columns were found.", sheet.rows.len(), sheet.headings.len()) }</p>
            <div class="import-cut">
                { select(format!("import-rows-{at}"), "Each row is", rows, true, send(|at, place| {
                    Some(ImportIntent::Rows(at, if place == 0 { RowsAre::Systems } else { RowsAre::Links }))
                })) }
                { select(format!("import-headings-{at}"), "Headings are in", headings, true, send(|at, place| Some(ImportIntent::Headings(at, place)))) }
                { select(format!("import-separator-{at}"), "Between cells", separators, true, send(|at, place| {
                    SEPARATORS.get(place).map(|sign| ImportIntent::Separator(at, *sign))
                })) }
                { select(format!("import-encoding-{at}"), "Letters", encodings, true, send(|at, place| {
                    ENCODINGS.get(place).map(|(encoding, _)| ImportIntent::Encoded(at, *encoding))
                })) }
            </div>
            if table.has_dates() { { order(view, at, table) } }
            { columns(view, at, table) }
        </section>
    }
}

/// What 03/04/2026 means: asked aloud when nothing in the table settles it.
fn order(view: &View<'_>, at: usize, table: &TableReview) -> Html {
    let open = table.open_date.as_deref();
    let choice = |order: DateOrder, words: &'static str| {
        html! {
            <label class="import-radio">
                <input type="radio" name={format!("import-order-{at}")} checked={table.order == order}
                    onchange={view.on(Intent::Import(ImportIntent::Order(at, order)))} />
                { words }
            </label>
        }
    };
    html! {
        <fieldset class={classes!("import-order", open.is_some().then_some("is-asked"))}>
            <legend>{ match open {
                Some(date) => format!("“{date}” can be read in two ways. Which is meant?"),
                None => "Dates with numbers only are written".to_owned(),
            } }</legend>
            { choice(DateOrder::DayFirst, "Day first: 03/04 is 3 April") }
            { choice(DateOrder::MonthFirst, "Month first: 03/04 is 4 March") }
        </fieldset>
    }
}

fn columns(view: &View<'_>, at: usize, table: &TableReview) -> Html {
    let rows_are = table.rows;
    let row = |column: usize| {
        let sheet = &table.sheet;
        let heading = sheet.headings.get(column).map_or("", |it| it.trim());
        let heading = if heading.is_empty() { format!("Column {}", column + 1) } else { heading.to_owned() };
        let meaning = table.meanings.get(column).copied();
        let guess = table.guesses.get(column);
        let changed = guess.map(|guess| guess.meaning) != meaning;
        let options = choices(rows_are).map(|(it, words)| (Some(it) == meaning, words.to_owned())).collect();
        let dispatch = view.dispatch.clone();
        let chosen = Callback::from(move |place: usize| {
            if let Some(meaning) = choice_at(rows_are, place) {
                dispatch.emit(Intent::Import(ImportIntent::Column { table: at, column, meaning }));
            }
        });
        let confidence = guess.map_or(Confidence::None, |guess| guess.confidence);
        let (sure, reason) = if changed {
            ("Chosen", "You chose this.".to_owned())
        } else {
            (confidence_words(confidence), guess.map(|guess| guess.reason.clone()).unwrap_or_default())
        };
        html! {
            <tr key={column} class={classes!((!changed && confidence < Confidence::Likely).then_some("is-unsure"))}>
                <th scope="row">{ heading.clone() }</th>
                <td class="import-examples">{ sheet.examples(column, 3).join(" · ") }</td>
                <td>{ select(format!("import-column-{at}-{column}"), &format!("“{heading}” means"), options, false, chosen) }</td>
                <td><strong>{ sure }</strong><span class="import-reason">{ reason }</span></td>
            </tr>
        }
    };
    html! {
        <div class="import-scroll" role="region" aria-label="Columns" tabindex="0">
            <table class="import-columns">
                <thead><tr>
                    <th scope="col">{ "Column" }</th><th scope="col">{ "For example" }</th>
                    <th scope="col">{ "Means" }</th><th scope="col">{ "How sure" }</th>
                </tr></thead>
                <tbody>{ for (0..table.sheet.headings.len()).map(row) }</tbody>
            </table>
        </div>
    }
}

fn outcome(outcome: &Outcome) -> Html {
    let words = summary(outcome);
    let lead = if words.is_empty() { "Nothing would change.".to_owned() } else { format!("The file {words}.") };
    let same = outcome.same + outcome.links_same;
    let group = |open: bool, words: String, rows: Html| {
        html! { <details open={open}><summary>{ words }</summary>{ rows }</details> }
    };
    let more = |count: usize| {
        let rest = count.saturating_sub(MOST_LISTED);
        if rest > 0 {
            html! { <p>{ format!("and {rest} more") }</p> }
        } else {
            Html::default()
        }
    };
    let matched = |matched: Matched| if matched == Matched::Id { "by its id" } else { "by its name" };
    html! {
        <>
            <p role="status" class="import-summary">{ lead }</p>
            if same > 0 { <p>{ format!("{same} rows say what is known already.") }</p> }
            if outcome.untouched > 0 {
                <p>{ format!("{} systems of the map are not in the file and stay as they are.", outcome.untouched) }</p>
            }
            if !outcome.unreadable.is_empty() {
                { group(true, format!("Cells that could not be read: {}", outcome.unreadable.len()), html! { <>
                    <ul>{ for outcome.unreadable.iter().take(MOST_LISTED).map(|it| html! {
                        <li>{ format!("Row {}, {}: “{}”. {}", it.row, it.column, it.cell, capital(&it.reason)) }</li>
                    }) }</ul>
                    { more(outcome.unreadable.len()) }
                </> }) }
            }
            if !outcome.left.is_empty() {
                { group(true, format!("Rows that are left out: {}", outcome.left.len()), html! { <>
                    <ul>{ for outcome.left.iter().take(MOST_LISTED).map(|it| html! {
                        <li>{ format!("Row {}: {}", it.row, it.reason) }</li>
                    }) }</ul>
                    { more(outcome.left.len()) }
                </> }) }
            }
            if !outcome.changed.is_empty() {
                { group(false, format!("Changes, field by field: {}", outcome.changed.len()), html! { <>
                    <div class="import-scroll" role="region" aria-label="Changes" tabindex="0"><table class="import-changes">
                        <thead><tr>
                            <th scope="col">{ "System" }</th><th scope="col">{ "Field" }</th>
                            <th scope="col">{ "Now" }</th><th scope="col">{ "Afterwards" }</th>
                        </tr></thead>
                        <tbody>{ for outcome.changed.iter().take(MOST_LISTED).map(|it| html! {
                            <tr>
                                <th scope="row">{ &it.name }
                                    <span class="import-reason">{ format!("Row {}, found {}", it.row, matched(it.matched)) }</span></th>
                                <td>{ &it.field }</td><td>{ if it.before.is_empty() { "–" } else { &it.before } }</td><td>{ &it.after }</td>
                            </tr>
                        }) }</tbody>
                    </table></div>
                    { more(outcome.changed.len()) }
                </> }) }
            }
            if !outcome.created.is_empty() {
                { group(false, format!("New systems: {}", outcome.created.len()), html! { <>
                    <ul class="import-names">{ for outcome.created.iter().take(MOST_LISTED).map(|it| html! {
                        <li>{ format!("Row {}: {}", it.row, it.name) }</li>
                    }) }</ul>
                    { more(outcome.created.len()) }
                </> }) }
            }
        </>
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
