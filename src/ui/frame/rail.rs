//! The tools, with words.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::{ToolKind, ViewTab};
use crate::ui::frame::{words_of, View};
use crate::ui::icon::{icon, Icon};

/// The rail. Tools stay in hand until Escape; the rest acts at once.
pub(crate) fn rail(view: &View<'_>) -> Html {
    html! {
        <nav class="rail" aria-label="Tools">
            { tool(view, ToolKind::Select, Icon::Select, "Select", "Select and move") }
            { tool(view, ToolKind::Hand, Icon::Hand, "Pan", "Move the view") }
            <hr class="rail-divider" />
            { tool(view, ToolKind::Component, Icon::Component, "Add", "Add components: click where they stand") }
            { tool(view, ToolKind::Anchor, Icon::Anchor, "User", "Add users: click where they stand") }
            { tool(view, ToolKind::Link, Icon::Link, "Link", "Link: click a component, then what it needs") }
            { tool(view, ToolKind::Note, Icon::Note, "Note", "Add a note: click where it stands") }
            <hr class="rail-divider" />
            { tool(view, ToolKind::Area, Icon::Area, "Area", "Select an area: click two corners") }
            { risk_marks(view) }
        </nav>
    }
}

fn tool(view: &View<'_>, kind: ToolKind, sign: Icon, words: &'static str, tip: &'static str) -> Html {
    let pressed = view.app.tool() == kind;
    let on_map = view.app.tab() == ViewTab::Map;
    let changes = !matches!(kind, ToolKind::Select | ToolKind::Hand | ToolKind::Area);
    // Only these two have a key that does the same as the tool.
    let keys = match kind {
        ToolKind::Select => words_of(ActionId::SelectTool).1,
        ToolKind::Hand => words_of(ActionId::HandTool).1,
        _ => None,
    };
    // A second click on a tool puts it down again.
    let next = if pressed { ToolKind::Select } else { kind };
    html! {
        <button type="button" class="rail-button" aria-pressed={pressed.to_string()} data-tip={tip} data-keys={keys}
            data-tip-side="right" disabled={!on_map || (changes && view.app.file_state().read_only)}
            onclick={view.on(Intent::Show(ShowIntent::Tool(next)))}>
            { icon(sign) }
            <span>{ words }</span>
        </button>
    }
}

fn risk_marks(view: &View<'_>) -> Html {
    let on = view.app.risk_marks();
    html! {
        <button type="button" class="rail-button" aria-pressed={on.to_string()} data-tip="Risk marks on the map"
            data-tip-side="right" onclick={view.on(Intent::Show(ShowIntent::RiskMarks(!on)))}>
            { icon(Icon::Warning) }
            <span>{ "Risk" }</span>
        </button>
    }
}
