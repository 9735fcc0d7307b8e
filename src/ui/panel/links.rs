//! What a component needs and what needs it, as lists that lead on.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::describe;
use crate::app::intent::{Intent, SelectIntent};
use crate::edit::Command;
use crate::model::{AnyRecordId, ComponentId, LinkId};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// Both lists, with a button to add to them.
pub(crate) fn links(view: &View<'_>, id: ComponentId) -> Html {
    let scene = view.app.scene();
    let ends = || scene.links_of(id).iter().filter_map(|link| scene.ends_of(*link).map(|ends| (*link, ends)));
    let needs: Vec<_> = ends().filter(|(_, (from, _))| *from == id).map(|(link, (_, to))| (link, to)).collect();
    let needed: Vec<_> = ends().filter(|(_, (_, to))| *to == id).map(|(link, (from, _))| (link, from)).collect();
    html! {
        <section class="section">
            <h2>{ format!("Needs {}", needs.len()) }</h2>
            { list(view, &needs) }
            <button type="button" class="button is-small" disabled={!view.app.is_enabled(ActionId::LinkTo)}
                onclick={view.on(Intent::Action(ActionId::LinkTo))}>
                { icon(Icon::Plus) }{ "Link to…" }
            </button>
            <h2>{ format!("Needed by {}", needed.len()) }</h2>
            { list(view, &needed) }
        </section>
    }
}

/// Longest list that is shown whole.
const MOST: usize = 40;

fn list(view: &View<'_>, links: &[(LinkId, ComponentId)]) -> Html {
    if links.is_empty() {
        return Html::default();
    }
    let read_only = view.app.file_state().read_only;
    html! {
        <>
            <ul class="link-list">
                { for links.iter().take(MOST).map(|(link, component)| {
                    let name = describe::name_of(view.app, *component);
                    let remove = Command::Delete([AnyRecordId::Link(*link)].into());
                    html! {
                        <li key={link.to_string()}>
                            <button type="button" class="link-button" onclick={reveal(view, AnyRecordId::Component(*component))}>
                                { &name }
                            </button>
                            <button type="button" class="icon-button is-small" aria-label={format!("Details of the link to {name}")}
                                data-tip="Details of the link" onclick={reveal(view, AnyRecordId::Link(*link))}>
                                { icon(Icon::Link) }
                            </button>
                            <button type="button" class="icon-button is-small" aria-label={format!("Remove the link to {name}")}
                                data-tip="Remove the link" disabled={read_only} onclick={view.on(Intent::Edit(remove))}>
                                { icon(Icon::Close) }
                            </button>
                        </li>
                    }
                }) }
            </ul>
            if links.len() > MOST { <p class="field-hint">{ format!("and {} more", links.len() - MOST) }</p> }
        </>
    }
}

fn reveal(view: &View<'_>, record: AnyRecordId) -> Callback<MouseEvent> {
    view.on(Intent::Select(SelectIntent::Reveal(record)))
}
