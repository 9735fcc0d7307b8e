//! A form of the app on the screen: every row of every kind of element goes through here.

use yew::prelude::*;

use crate::app::form::{Control, Field, FieldKey, Form, FormIntent, Group, Part};
use crate::app::intent::{Intent, SelectIntent};
use crate::ui::field::{CheckField, SelectField, TextField};
use crate::ui::frame::{words_of, View};
use crate::ui::icon::{icon, Icon};

/// The places of a name as they lie around the symbol, with their numbers; 0 in the middle is the automatic one.
const PLACES: [(u8, &str, &str); 9] = [
    (5, "Upper left", "↖"),
    (7, "Above", "↑"),
    (2, "Upper right", "↗"),
    (4, "Left", "←"),
    (0, "Automatic", "A"),
    (1, "Right", "→"),
    (6, "Lower left", "↙"),
    (8, "Below", "↓"),
    (3, "Lower right", "↘"),
];

/// The groups of a form. Those of one kind of element stay the same elements, so that an opened one stays open.
pub(crate) fn groups(view: &View<'_>, form: &Form) -> Html {
    html! { <>{ for form.groups.iter().enumerate().map(|(number, group)| group_of(view, form, number, group)) }</> }
}

fn group_of(view: &View<'_>, form: &Form, number: usize, group: &Group) -> Html {
    let parts = group.parts.iter().enumerate().map(|(number, it)| part(view, form, number, it));
    if group.title.is_empty() {
        html! { <section key={number} class="section">{ for parts }</section> }
    } else {
        html! {
            <details key={group.title} class="section" open={group.open}>
                <summary>{ group.title }</summary>
                { for parts }
            </details>
        }
    }
}

fn part(view: &View<'_>, form: &Form, number: usize, part: &Part) -> Html {
    let read_only = view.app.file_state().read_only;
    match part {
        Part::Field(it) => field(view, form, it),
        Part::Row { words, fields, remove } => html! {
            <fieldset key={number} class="form-row">
                if !words.is_empty() {
                    <legend class="field-label">{ words }</legend>
                }
                <div class="form-fields">{ for fields.iter().map(|it| field(view, form, it)) }</div>
                { remove_button(view, remove.as_ref()) }
            </fieldset>
        },
        Part::Hint(words) => html! { <p key={number} class="field-hint">{ words }</p> },
        Part::Item { words, record, remove } => html! {
            <div key={number} class="form-item">
                <button type="button" class="link-button"
                    onclick={view.on(Intent::Select(SelectIntent::Reveal(*record)))}>{ words }</button>
                { remove_button(view, remove.as_ref()) }
            </div>
        },
        Part::Button(words, intent) => html! {
            <button key={number} type="button" class="button is-small" disabled={read_only}
                onclick={view.on(intent.clone())}>{ *words }</button>
        },
        Part::Action(id) => {
            let (label, keys) = words_of(*id);
            html! {
                <button key={number} type="button" class="button is-small" disabled={!view.app.is_enabled(*id)}
                    data-tip={keys.as_ref().map(|_| label)} data-keys={keys} onclick={view.on(Intent::Action(*id))}>
                    { label }
                </button>
            }
        }
        Part::LabelPlaces { key, chosen } => label_places(view, *key, *chosen),
    }
}

fn remove_button(view: &View<'_>, remove: Option<&(String, Intent)>) -> Html {
    let Some((words, intent)) = remove else { return Html::default() };
    html! {
        <button type="button" class="icon-button is-small" aria-label={words.clone()} data-tip={words.clone()}
            disabled={view.app.file_state().read_only} onclick={view.on(intent.clone())}>{ icon(Icon::Close) }</button>
    }
}

fn take(key: FieldKey, index: usize, text: String) -> Intent {
    Intent::Form(FormIntent::Take { key, index, text })
}

fn field(view: &View<'_>, form: &Form, field: &Field) -> Html {
    let (key, index) = (field.key, field.index);
    let element = format!("{}/{}", form.key, field.id());
    let id = field.id();
    let label = match index {
        0 => AttrValue::from(key.words().1),
        index => AttrValue::from(format!("{} {index}", key.words().1)),
    };
    let disabled = field.disabled || (key != FieldKey::Look && view.app.file_state().read_only);
    let on_text = view.dispatch.reform(move |text: String| take(key, index, text));
    let error = AttrValue::from(field.error.clone().unwrap_or_default());
    match &field.control {
        Control::Choice(choices) => {
            let choices: Vec<(AttrValue, AttrValue)> =
                choices.iter().map(|(key, words)| (key.to_string().into(), words.to_string().into())).collect();
            html! {
                <SelectField key={element} {id} label={html! { &label }} {choices} value={field.value.clone()} {disabled} {error}
                    on_change={on_text} />
            }
        }
        Control::Tick => html! {
            <CheckField key={element} {id} {label} checked={field.value == "yes"} {disabled}
                on_change={on_text.reform(|on: bool| if on { "yes" } else { "no" }.to_owned())} />
        },
        control => {
            let (placeholder, unit, numeric) = match control {
                Control::Line(words) => (*words, "", false),
                Control::Number(_, _, unit) => ("", *unit, true),
                _ => ("", "", false),
            };
            let placeholder = if field.mixed { "Various" } else { placeholder };
            html! {
                <TextField key={element} {id} {label} value={field.value.clone()} {placeholder} {unit} {numeric} {error} {disabled}
                    multiline={*control == Control::Lines} on_commit={on_text}
                    on_restore={view.dispatch.reform(|()| Intent::Form(FormIntent::Restore))} />
            }
        }
    }
}

/// Eight buttons around the symbol, and one for the automatic place.
pub(crate) fn label_places(view: &View<'_>, key: FieldKey, chosen: Option<u8>) -> Html {
    let disabled = view.app.file_state().read_only;
    let words = key.words().1;
    html! {
        <fieldset key={words} class="form-row">
            <legend class="field-label">{ words }</legend>
            <div class="label-places">
                { for PLACES.iter().map(|(place, words, sign)| html! {
                    <button type="button" class="icon-button" aria-label={*words} data-tip={*words} {disabled}
                        aria-pressed={(chosen == Some(*place)).to_string()}
                        onclick={view.on(take(key, 0, place.to_string()))}>
                        <span aria-hidden="true">{ *sign }</span>
                    </button>
                }) }
            </div>
        </fieldset>
    }
}
