//! Sending the map as one page: what goes along, how large it gets, and what to know about it.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, SendIntent};
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::field::CheckField;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// The dialog.
pub(crate) fn send(view: &View<'_>) -> Html {
    let state = view.app.sending();
    let came = view.app.came_in_a_page();
    let title = if came { "Save this map" } else { "Send to someone without the tool" };
    let choice = |id: &'static str, words: &'static str, on: bool, intent: fn(bool) -> SendIntent| {
        let told = view.dispatch.clone();
        let on_change = Callback::from(move |on| told.emit(Intent::Send(intent(on))));
        html! { <CheckField {id} label={words} checked={on} {on_change} /> }
    };
    let size = match (state.size, state.problem()) {
        (_, Some(problem)) => format!("The page for it could not be had: {problem}. Try again when this site can be reached, or open portolan.html and send from there."),
        (Some(bytes), None) => format!("The file will have {}.", size_in_words(bytes)),
        (None, None) => "Fetching the page…".to_owned(),
    };
    html! {
        <Dialog {title} on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>{ "One HTML file with this map inside. It opens in any browser, without this tool and without a network: \
                      to read and print even where scripts are switched off, else to change and save again." }</p>
                <fieldset>
                    <legend>{ "What goes along" }</legend>
                    { choice("send-notes", "Descriptions, notes and remarks", state.notes, SendIntent::Notes) }
                    { choice("send-facts", "Facts about risk: owners, answers, contracts, costs and scores", state.facts, SendIntent::Facts) }
                </fieldset>
                <p>{ "Whoever gets the file can read everything that goes along, also what the map does not show." }</p>
                <p>{ "Some mail systems hold HTML files back; a picture and the map file reach everybody." }</p>
                <p id="send-size" role="status" class={classes!(state.problem().map(|_| "field-error"))}>{ size }</p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true disabled={state.size.is_none()}
                    onclick={view.on(Intent::Send(SendIntent::Download))}>
                    { icon(Icon::Save) }{ "Download the HTML file" }
                </button>
                if came {
                    <button type="button" class="button" onclick={view.on(Intent::Action(ActionId::SaveAs))}>
                        { "Save as a map file" }
                    </button>
                }
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Close" }</button>
            </div>
        </Dialog>
    }
}

/// Tenths of a megabyte, or kilobytes.
fn size_in_words(bytes: usize) -> String {
    if bytes >= 1_000_000 {
        let tenths = (bytes + 50_000) / 100_000;
        format!("{}.{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} KB", bytes.div_ceil(1_000))
    }
}
