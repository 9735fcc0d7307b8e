//! Title, axes, size and look of the map as a whole, and the place of a label: forms in a dialog.

use yew::prelude::*;

use crate::app::form::FieldKey;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;
use crate::ui::panel::form;

/// The dialog of the map. Every field takes effect at once and can be undone.
pub(crate) fn settings(view: &View<'_>) -> Html {
    let shown = view.app.map_form();
    html! {
        <Dialog title={shown.title.clone()} on_close={view.on(close_intent())}>
            <div class="dialog-form">{ form::groups(view, &shown) }</div>
        </Dialog>
    }
}

/// Where the name of the selected component stands.
pub(crate) fn label_place(view: &View<'_>) -> Html {
    let Some(id) = view.app.only_component() else { return Html::default() };
    let evolves = view.app.document().components.get(&id).is_some_and(|c| c.evolve.is_some());
    html! {
        <Dialog title="Where should the label stand?" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                { form::label_places(view, FieldKey::LabelSide, view.app.label_place(id, false)) }
                if evolves {
                    { form::label_places(view, FieldKey::EvolvedLabelSide, view.app.label_place(id, true)) }
                }
            </div>
        </Dialog>
    }
}
