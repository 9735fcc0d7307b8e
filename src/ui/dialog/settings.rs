//! Title, axes, size and look of the map as a whole.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::Look;
use crate::edit::Command;
use crate::geom::Size;
use crate::model::{EvolutionAxis, MapStyle, Settings, StagePreset};
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::field::{NumberField, SelectField, TextField};
use crate::ui::frame::View;

const PRESETS: [(&str, StagePreset); 4] = [
    ("Activities: genesis to commodity", StagePreset::Activities),
    ("Practices: novel to best", StagePreset::Practices),
    ("Data: unmodelled to modelled", StagePreset::Data),
    ("Knowledge: concept to accepted", StagePreset::Knowledge),
];

const STYLES: [(&str, &str, MapStyle); 4] = [
    ("plain", "Plain, as the app looks", MapStyle::Plain),
    ("wardley", "Wardley, with grey flanks", MapStyle::Wardley),
    ("colour", "Colour", MapStyle::Colour),
    ("dark", "Dark", MapStyle::Dark),
];

/// The dialog. Every field takes effect at once and can be undone.
pub(crate) fn settings(view: &View<'_>) -> Html {
    let settings = Rc::clone(&view.app.document().settings);
    let disabled = view.app.file_state().read_only;
    let change = |edit: fn(&mut Settings, String)| text_change(view, &settings, edit);
    let preset = PRESETS
        .iter()
        .position(|(_, preset)| EvolutionAxis::preset(*preset).stages == settings.evolution.stages)
        .map_or_else(|| "own".to_owned(), |at| at.to_string());
    let mut presets: Vec<(AttrValue, AttrValue)> =
        PRESETS.iter().enumerate().map(|(at, (words, _))| (at.to_string().into(), (*words).into())).collect();
    if preset == "own" {
        presets.push(("own".into(), "Own words".into()));
    }
    let style = STYLES.iter().find(|(_, _, style)| *style == settings.style).map_or("other", |(key, _, _)| *key);
    let mut styles: Vec<(AttrValue, AttrValue)> =
        STYLES.iter().map(|(key, words, _)| ((*key).into(), (*words).into())).collect();
    if style == "other" {
        styles.push(("other".into(), "As the file says".into()));
    }
    let size = settings.frame_size();
    html! {
        <Dialog title="Title, axes and size" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <TextField id="settings-title" label="Title" value={settings.title.clone()} {disabled}
                    on_commit={change(|s, text| s.title = text)} />
                <TextField id="settings-description" label="What the map is about" multiline=true
                    value={settings.description.clone()} {disabled} on_commit={change(|s, text| s.description = text)} />
                <SelectField id="settings-stages" label={html! { "Stages of evolution" }} value={preset} choices={presets}
                    {disabled} on_change={change(set_preset)} />
                <div class="field-row">
                    <TextField id="settings-top" label="Top of the value chain" value={settings.value_chain.top.clone()}
                        {disabled} on_commit={change(|s, text| s.value_chain.top = text)} />
                    <TextField id="settings-bottom" label="Bottom of the value chain"
                        value={settings.value_chain.bottom.clone()} {disabled}
                        on_commit={change(|s, text| s.value_chain.bottom = text)} />
                </div>
                <div class="field-row">
                    <NumberField id="settings-width" label="Width" unit="pixels" value={size.width} min=200.0 max=20000.0
                        {disabled} on_commit={size_change(view, &settings, |s, width| Size::new(width, s.height))} />
                    <NumberField id="settings-height" label="Height" unit="pixels" value={size.height} min=200.0 max=20000.0
                        {disabled} on_commit={size_change(view, &settings, |s, height| Size::new(s.width, height))} />
                </div>
                <SelectField id="settings-style" label={html! { "Look of the map" }} value={style} choices={styles}
                    {disabled} on_change={change(set_style)} />
                <SelectField id="settings-look" label={html! { "Look of the app" }} value={look_key(view.app.look())}
                    choices={vec![
                        ("system".into(), "As the system".into()),
                        ("light".into(), "Light".into()),
                        ("dark".into(), "Dark".into()),
                        ("contrast".into(), "High contrast".into()),
                    ]}
                    on_change={view.dispatch.reform(|value: String| Intent::Show(ShowIntent::Look(look(&value))))} />
            </div>
        </Dialog>
    }
}

fn text_change(view: &View<'_>, settings: &Rc<Settings>, edit: fn(&mut Settings, String)) -> Callback<String> {
    let settings = Rc::clone(settings);
    view.dispatch.reform(move |text: String| {
        let mut changed = Settings::clone(&settings);
        edit(&mut changed, text);
        Intent::Edit(Command::ChangeSettings(Box::new(changed)))
    })
}

type Sizes = Size<crate::geom::World>;

fn size_change(view: &View<'_>, settings: &Rc<Settings>, edit: fn(Sizes, f64) -> Sizes) -> Callback<Option<f64>> {
    let settings = Rc::clone(settings);
    view.dispatch.reform(move |value: Option<f64>| {
        let size = value.map(|value| edit(settings.frame_size(), value));
        Intent::Edit(Command::ChangeSettings(Box::new(Settings { size, ..Settings::clone(&settings) })))
    })
}

fn set_preset(settings: &mut Settings, value: String) {
    if let Some((_, preset)) = value.parse().ok().and_then(|at: usize| PRESETS.get(at)) {
        settings.evolution.stages = EvolutionAxis::preset(*preset).stages;
        settings.evolution.boundaries = EvolutionAxis::preset(*preset).boundaries;
    }
}

fn set_style(settings: &mut Settings, value: String) {
    if let Some((_, _, style)) = STYLES.iter().find(|(key, _, _)| *key == value) {
        settings.style = style.clone();
    }
}

fn look_key(look: Look) -> &'static str {
    match look {
        Look::System => "system",
        Look::Light => "light",
        Look::Dark => "dark",
        Look::HighContrast => "contrast",
    }
}

fn look(key: &str) -> Look {
    match key {
        "light" => Look::Light,
        "dark" => Look::Dark,
        "contrast" => Look::HighContrast,
        _ => Look::System,
    }
}
