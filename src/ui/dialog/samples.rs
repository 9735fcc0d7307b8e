//! The samples: each opens as a document of its own.

use yew::prelude::*;

use crate::app::intent::{Intent, ShowIntent};
use crate::app::samples;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;

/// The list of samples.
pub(crate) fn samples(view: &View<'_>) -> Html {
    html! {
        <Dialog title="See an example" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>{ "An example opens as a map of its own. Change what you like; the example stays as it is." }</p>
                <div class="sample-list">
                    { for samples::all().iter().map(|sample| html! {
                        <button key={sample.id} type="button" class="sample-card" data-sample={sample.id}
                            onclick={view.on(Intent::Show(ShowIntent::OpenSample(sample.id)))}>
                            <strong>{ sample.title }</strong>
                            <span>{ sample.summary }</span>
                        </button>
                    }) }
                </div>
            </div>
        </Dialog>
    }
}
