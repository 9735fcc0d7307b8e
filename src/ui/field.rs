//! Form fields: what is typed is a draft until the field is left or Enter is pressed; Escape brings back what was.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

fn typed(event: &InputEvent) -> String {
    let Some(target) = event.target() else { return String::new() };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
    }
}

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub(crate) struct TextFieldProps {
    /// Id of the field, for its label.
    pub(crate) id: AttrValue,
    /// Its words; read to screen readers even when not `shown`.
    pub(crate) label: AttrValue,
    /// Show the words above the field.
    #[prop_or(true)]
    pub(crate) shown: bool,
    /// What it holds.
    pub(crate) value: AttrValue,
    /// Text while it is empty.
    #[prop_or_default]
    pub(crate) placeholder: AttrValue,
    /// Several lines.
    #[prop_or_default]
    pub(crate) multiline: bool,
    /// For a number.
    #[prop_or_default]
    pub(crate) numeric: bool,
    /// Unit behind the field.
    #[prop_or_default]
    pub(crate) unit: AttrValue,
    /// Why what it holds was refused; empty when it was not.
    #[prop_or_default]
    pub(crate) error: AttrValue,
    /// Cannot be changed.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Called with the new text when it differs.
    pub(crate) on_commit: Callback<String>,
    /// Called when what was refused is given up.
    #[prop_or_default]
    pub(crate) on_restore: Callback<()>,
}

/// A field for text.
#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let draft = use_state(|| None::<String>);
    let shown = draft.as_ref().map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    let commit = {
        let (draft, value, on_commit) = (draft.clone(), props.value.clone(), props.on_commit.clone());
        move || {
            if let Some(text) = draft.as_ref() {
                if text.as_str() != value.as_str() {
                    on_commit.emit(text.clone());
                }
                draft.set(None);
            }
        }
    };
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(Some(typed(&event))))
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |_: FocusEvent| commit())
    };
    let onkeydown = {
        let (multiline, refused, on_restore) = (props.multiline, !props.error.is_empty(), props.on_restore.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !multiline || event.ctrl_key() => commit(),
            "Escape" if refused => {
                draft.set(None);
                on_restore.emit(());
                event.stop_propagation();
            }
            "Escape" if draft.is_some() => {
                draft.set(None);
                event.stop_propagation();
            }
            _ => {}
        })
    };
    let label_class = if props.shown { "field-label" } else { "visually-hidden" };
    let wrong = !props.error.is_empty();
    let error_id = wrong.then(|| error_id(&props.id));
    html! {
        <div class="field">
            <label class={label_class} for={props.id.clone()}>{ &props.label }</label>
            <div class={if props.numeric { "input-unit" } else { "input-whole" }}>
                if props.multiline {
                    <textarea class="textarea" id={props.id.clone()} rows="3" value={shown} disabled={props.disabled}
                        placeholder={props.placeholder.clone()} aria-invalid={wrong.then_some("true")}
                        aria-describedby={error_id} {oninput} {onblur} {onkeydown} />
                } else {
                    <input class="input" id={props.id.clone()} type="text" value={shown} disabled={props.disabled}
                        placeholder={props.placeholder.clone()} autocomplete="off" aria-invalid={wrong.then_some("true")}
                        aria-describedby={error_id} inputmode={props.numeric.then_some("decimal")}
                        {oninput} {onblur} {onkeydown} />
                }
                if !props.unit.is_empty() { <span>{ &props.unit }</span> }
            </div>
            { refusal(&props.id, &props.error) }
        </div>
    }
}

fn error_id(field: &str) -> String {
    format!("{field}-error")
}

/// Why what was typed was refused.
fn refusal(field: &str, error: &AttrValue) -> Html {
    if error.is_empty() {
        return Html::default();
    }
    html! { <p class="field-error" id={error_id(field)}>{ error }</p> }
}

/// Properties of [`NumberField`].
#[derive(Properties, PartialEq)]
pub(crate) struct NumberFieldProps {
    /// Id of the field, for its label.
    pub(crate) id: AttrValue,
    /// Its words.
    pub(crate) label: AttrValue,
    /// Show the words above the field.
    #[prop_or(true)]
    pub(crate) shown: bool,
    /// Unit behind the field.
    #[prop_or_default]
    pub(crate) unit: AttrValue,
    /// What it holds; `None` is empty.
    pub(crate) value: Option<f64>,
    /// Smallest value.
    pub(crate) min: f64,
    /// Largest value.
    pub(crate) max: f64,
    /// Digits behind the point.
    #[prop_or_default]
    pub(crate) digits: usize,
    /// Cannot be changed.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Called with the new value when it differs; `None` when the field was emptied.
    pub(crate) on_commit: Callback<Option<f64>>,
}

/// A field for a number, with its range said when it was missed.
#[component]
pub(crate) fn NumberField(props: &NumberFieldProps) -> Html {
    let draft = use_state(|| None::<String>);
    let wrong = use_state(|| false);
    let digits = props.digits;
    let written = props.value.map_or_else(String::new, |value| format!("{value:.digits$}"));
    let shown = draft.as_ref().cloned().unwrap_or_else(|| written.clone());
    let commit = {
        let (draft, wrong, on_commit) = (draft.clone(), wrong.clone(), props.on_commit.clone());
        let (min, max) = (props.min, props.max);
        move || {
            let Some(text) = draft.as_ref().map(|text| text.trim().replace(',', ".")) else { return };
            let text = text.trim_end_matches('%').trim_end();
            if text == written {
                draft.set(None);
                wrong.set(false);
            } else if text.is_empty() {
                on_commit.emit(None);
                draft.set(None);
                wrong.set(false);
            } else {
                match text.parse::<f64>() {
                    Ok(value) if (min..=max).contains(&value) => {
                        on_commit.emit(Some(value));
                        draft.set(None);
                        wrong.set(false);
                    }
                    _ => wrong.set(true),
                }
            }
        }
    };
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(Some(typed(&event))))
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |_: FocusEvent| commit())
    };
    let onkeydown = {
        let wrong = wrong.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => commit(),
            "Escape" if draft.is_some() => {
                draft.set(None);
                wrong.set(false);
                event.stop_propagation();
            }
            _ => {}
        })
    };
    let label_class = if props.shown { "field-label" } else { "visually-hidden" };
    let error_id = format!("{}-error", props.id);
    html! {
        <div class="field">
            <label class={label_class} for={props.id.clone()}>{ &props.label }</label>
            <div class="input-unit">
                <input class="input" id={props.id.clone()} type="text" inputmode="decimal" value={shown}
                    disabled={props.disabled} autocomplete="off" aria-invalid={wrong.to_string()}
                    aria-describedby={wrong.then(|| error_id.clone())} {oninput} {onblur} {onkeydown} />
                if !props.unit.is_empty() { <span>{ &props.unit }</span> }
            </div>
            if *wrong {
                <p class="field-error" id={error_id}>
                    { format!("Enter a number from {} to {}", props.min, props.max) }
                </p>
            }
        </div>
    }
}

/// Properties of [`SelectField`].
#[derive(Properties, PartialEq)]
pub(crate) struct SelectFieldProps {
    /// Id of the field, for its label.
    pub(crate) id: AttrValue,
    /// Its words.
    pub(crate) label: Html,
    /// (value, words) of each choice.
    pub(crate) choices: Vec<(AttrValue, AttrValue)>,
    /// The chosen value.
    pub(crate) value: AttrValue,
    /// Why the choice was refused; empty when it was not.
    #[prop_or_default]
    pub(crate) error: AttrValue,
    /// Cannot be changed.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Called with the new value.
    pub(crate) on_change: Callback<String>,
}

/// A plain list to choose from.
#[component]
pub(crate) fn SelectField(props: &SelectFieldProps) -> Html {
    let on_change = props.on_change.clone();
    let element = use_node_ref();
    // The browser keeps what a person chose, whatever the markup says afterwards (undo, another component).
    use_effect_with((props.value.clone(), props.choices.len()), {
        let element = element.clone();
        move |(value, _): &(AttrValue, usize)| {
            if let Some(select) = element.cast::<HtmlSelectElement>().filter(|select| select.value() != value.as_str())
            {
                select.set_value(value);
            }
        }
    });
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            on_change.emit(select.value());
        }
    });
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <select ref={element} class="select" id={props.id.clone()} disabled={props.disabled}
                aria-describedby={(!props.error.is_empty()).then(|| error_id(&props.id))} {onchange}>
                { for props.choices.iter().map(|(value, words)| html! {
                    <option key={value.to_string()} value={value.clone()}>{ words }</option>
                }) }
            </select>
            { refusal(&props.id, &props.error) }
        </div>
    }
}

/// Properties of [`TitleField`].
#[derive(Properties, PartialEq)]
pub(crate) struct TitleFieldProps {
    /// The title; empty when there is none.
    pub(crate) value: AttrValue,
    /// Cannot be changed.
    pub(crate) disabled: bool,
    /// Called with the new title when it differs.
    pub(crate) on_commit: Callback<String>,
}

/// The title of the map in the bar: looks like a heading until it is pointed at.
#[component]
pub(crate) fn TitleField(props: &TitleFieldProps) -> Html {
    let draft = use_state(|| None::<String>);
    let shown = draft.as_ref().map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    let (value, on_commit) = (props.value.clone(), props.on_commit.clone());
    let onblur = {
        let draft = draft.clone();
        Callback::from(move |_: FocusEvent| {
            if let Some(text) = draft.as_ref() {
                if text.trim() != value.as_str() {
                    on_commit.emit(text.trim().to_owned());
                }
                draft.set(None);
            }
        })
    };
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(Some(typed(&event))))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        match event.key().as_str() {
            "Enter" => crate::platform::dom::focus_soon(crate::platform::MAP_ID),
            "Escape" => {
                draft.set(None);
                let _refused = field.blur();
                event.stop_propagation();
            }
            _ => {}
        }
    });
    html! {
        <input type="text" id="map-title" aria-label="Title of the map" placeholder="Untitled map" value={shown}
            disabled={props.disabled} autocomplete="off" maxlength="500" {oninput} {onblur} {onkeydown} />
    }
}

/// Properties of [`CheckField`].
#[derive(Properties, PartialEq)]
pub(crate) struct CheckFieldProps {
    /// Id of the field, for its label.
    pub(crate) id: AttrValue,
    /// Its words.
    pub(crate) label: AttrValue,
    /// On.
    pub(crate) checked: bool,
    /// Cannot be changed.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Called with the new state.
    pub(crate) on_change: Callback<bool>,
}

/// A box to tick.
#[component]
pub(crate) fn CheckField(props: &CheckFieldProps) -> Html {
    let (checked, on_change) = (props.checked, props.on_change.clone());
    let onchange = Callback::from(move |_: Event| on_change.emit(!checked));
    html! {
        <div class="check-field">
            <input type="checkbox" id={props.id.clone()} {checked} disabled={props.disabled} {onchange} />
            <label for={props.id.clone()}>{ &props.label }</label>
        </div>
    }
}
