//! The dialog of pictures: what to draw and how, as it will look, and who will be able to read what.

use yew::prelude::*;

use crate::app::intent::{Intent, PictureIntent};
use crate::app::picture::{Choice, Colors, Kind, Preview};
use crate::ui::dialog::{close_intent, preview, Dialog};
use crate::ui::field::CheckField;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// One row of alternatives: its words, what it chooses, whether it is chosen, whether it can be.
pub(super) type Option1 = (&'static str, Choice, bool, bool);

/// Alternatives of which one is chosen.
pub(super) fn alternatives(view: &View<'_>, legend: &'static str, name: &'static str, options: &[Option1]) -> Html {
    html! {
        <fieldset class="picture-options">
            <legend class="field-label">{ legend }</legend>
            { for options.iter().map(|(words, choice, chosen, enabled)| html! {
                <label class="picture-choice" key={*words}>
                    <input type="radio" {name} checked={*chosen} disabled={!enabled} onchange={view.on(choose(*choice))} />
                    { *words }
                </label>
            }) }
        </fieldset>
    }
}

/// A box to tick.
pub(super) fn tick(
    view: &View<'_>,
    id: &'static str,
    label: &'static str,
    on: bool,
    choice: fn(bool) -> Choice,
) -> Html {
    html! { <CheckField {id} {label} checked={on} on_change={view.dispatch.reform(move |on| choose(choice(on)))} /> }
}

pub(super) fn choose(choice: Choice) -> Intent {
    Intent::Picture(PictureIntent::Choose(choice))
}

/// The dialog.
pub(super) fn picture(view: &View<'_>) -> Html {
    let choices = view.app.picture_choices();
    let selected = view.app.selection().len();
    let shown = view.app.picture_preview();
    let is_png = choices.kind == Kind::Png;
    let too_large = shown.filter(|_| is_png).and_then(|shown| shown.too_large());
    let kinds = [
        ("SVG: for documents and print", Choice::Kind(Kind::Svg), !is_png, true),
        ("PNG: for chats, slides, anything", Choice::Kind(Kind::Png), is_png, true),
    ];
    let parts = [
        ("The whole map", Choice::Selection(false), !choices.selection, true),
        ("What is selected", Choice::Selection(true), choices.selection, selected > 0),
    ];
    let scale = |words, scale| (words, Choice::Scale(scale), choices.scale == scale, true);
    let scales = [scale("1×", 1), scale("2×", 2), scale("3×", 3), scale("4×", 4)];
    let color = |words, colors| (words, Choice::Colors(colors), choices.colors == colors, true);
    let colors =
        [color("Light", Colors::Light), color("Dark", Colors::Dark), color("Black on white, for print", Colors::Print)];
    html! {
        <Dialog title="Export picture" wide=true on_close={view.on(close_intent())}>
            <div class="dialog-body picture-dialog">
                <div class="picture-choices">
                    { alternatives(view, "Kind of picture", "picture-kind", &kinds) }
                    { alternatives(view, "What to show", "picture-part", &parts) }
                    if is_png { { alternatives(view, "Size", "picture-scale", &scales) } }
                    { alternatives(view, "Colours", "picture-colors", &colors) }
                    { tick(view, "picture-legend", "With the legend", choices.legend, Choice::Legend) }
                    { tick(view, "picture-only", "Picture only", choices.picture_only, Choice::PictureOnly) }
                    <p class="field-hint" id="picture-privacy">{ privacy(choices.picture_only) }</p>
                </div>
                <figure class="picture-preview">
                    if let Some(shown) = shown { { preview::preview(&shown.svg) } }
                    <figcaption><span role="status">{ size_words(shown.map(|shown| &**shown), is_png, &too_large) }</span></figcaption>
                </figure>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true disabled={too_large.is_some()}
                    onclick={view.on(Intent::Picture(PictureIntent::Save))}>
                    { icon(Icon::Save) }{ "Save picture" }
                </button>
                <button type="button" class="button" onclick={view.on(Intent::Picture(PictureIntent::Copy))}>
                    { "Copy" }
                </button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Close" }</button>
            </div>
        </Dialog>
    }
}

fn privacy(picture_only: bool) -> &'static str {
    if picture_only {
        "Nobody can read more than they see. The picture cannot be opened as a map again."
    } else {
        "The map is inside the picture: anyone you send it to can open it here and read every field, including notes, \
         owners and risk answers. Chat programs that make a new picture of it take the map out."
    }
}

fn size_words(shown: Option<&Preview>, is_png: bool, too_large: &Option<String>) -> String {
    match (shown, too_large) {
        (_, Some(words)) => words.clone(),
        (Some(shown), None) if is_png => format!("{} × {} pixels", shown.width, shown.height),
        _ => "Sharp at any size".to_owned(),
    }
}
