//! The dialog of links: the link when it is short enough, what goes along, and what to do when it is not.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, PictureIntent};
use crate::app::picture::Choice;
use crate::ui::dialog::picture::tick;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// The dialog.
pub(super) fn link(view: &View<'_>) -> Html {
    let choices = view.app.picture_choices();
    let Some(offer) = view.app.link_offer() else { return Html::default() };
    let what = if choices.link_all {
        "Anyone who gets the link can read every field of the map, including notes, owners and risk answers."
    } else {
        "Names, places, links and areas go along. Notes, remarks, descriptions and everything known about systems and \
         risks stay here."
    };
    let can_send = offer.fits && !offer.only_here;
    html! {
        <Dialog title="Share as a link" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>
                    { "The map is in the link itself, behind the #. That part never reaches a server; whoever has the \
                       link has the map, and a link cannot be taken back." }
                </p>
                { tick(view, "link-all", "With notes and risk answers", choices.link_all, Choice::LinkAll) }
                <p class="field-hint">{ what }</p>
                <div role="status">
                    if offer.only_here {
                        <p>{ "This page was opened from a file on this computer, so a link to it works for nobody else. \
                              Send the map file, or a picture with the map inside." }</p>
                    } else if offer.fits {
                        <p>{ format!("{} of at most 2,000 characters.", thousands(offer.length)) }</p>
                    } else {
                        <p>{ format!("Too big for a link: {} characters, and mail and chat programs cut links off at \
                            2,000. Send the map file, or a picture with the map inside.", thousands(offer.length)) }</p>
                    }
                </div>
                if can_send {
                    <label class="field-label" for="link-text">{ "Link" }</label>
                    <textarea id="link-text" class="link-text" rows="4" readonly=true value={offer.address.clone()} />
                }
            </div>
            <div class="dialog-foot">
                if can_send {
                    <button type="button" class="button is-primary" autofocus=true
                        onclick={view.on(Intent::Picture(PictureIntent::CopyLink))}>{ "Copy link" }</button>
                } else {
                    <button type="button" class="button is-primary" autofocus=true
                        onclick={view.on(Intent::Action(ActionId::SaveAs))}>{ icon(Icon::Save) }{ "Save the map file" }</button>
                    <button type="button" class="button" onclick={view.on(Intent::Action(ActionId::ExportPicture))}>
                        { "Export picture…" }
                    </button>
                }
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Close" }</button>
            </div>
        </Dialog>
    }
}

/// "3,472"
fn thousands(number: usize) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1_000, number % 1_000)
}
