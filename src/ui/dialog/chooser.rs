//! Choosing from many by typing: an action, a component to find, a component to link to.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::action::{action, ActionId, ACTIONS};
use crate::app::form::{FormIntent, Pick};
use crate::app::intent::{Intent, SelectIntent};
use crate::app::{describe, App};
use crate::edit::{Command, NewComponent};
use crate::model::{folded_name, AnyRecordId, ComponentId, LinkKind};
use crate::platform::dom;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;

/// Most rows shown at once.
const MOST: usize = 60;

/// What a choice does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Deed {
    Act(ActionId),
    Reveal(ComponentId),
    Connect { from: ComponentId, to: ComponentId },
    AddNeeded { by: ComponentId },
    Pick(Pick, ComponentId),
    Show(AnyRecordId),
}

impl Deed {
    fn intent(self, typed: &str) -> Intent {
        match self {
            Self::Act(id) => Intent::Action(id),
            Self::Reveal(id) => Intent::Select(SelectIntent::Reveal(AnyRecordId::Component(id))),
            Self::Connect { from, to } => Intent::Edit(Command::Connect { from, to, kind: LinkKind::Need }),
            Self::Pick(pick, id) => Intent::Form(FormIntent::Picked(pick, id)),
            Self::Show(record) => Intent::Select(SelectIntent::Reveal(record)),
            Self::AddNeeded { by } => {
                let new = NewComponent { name: typed.to_owned(), needed_by: Some(by), ..NewComponent::default() };
                Intent::Edit(Command::AddComponent(new))
            }
        }
    }
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    /// What it is called.
    words: String,
    /// More about it, at the right.
    detail: String,
    deed: Deed,
}

/// Every action by name.
pub(crate) fn palette(view: &View<'_>) -> Html {
    let choices: Vec<Choice> = ACTIONS
        .iter()
        .filter(|row| row.id != ActionId::Palette && view.app.is_enabled(row.id))
        .map(|row| Choice {
            words: row.label.to_owned(),
            detail: row.shortcuts.first().map_or_else(|| row.menu.label().to_owned(), |keys| keys.words()),
            deed: Deed::Act(row.id),
        })
        .collect();
    let title = action(ActionId::Palette).map_or("", |row| row.label).trim_end_matches('…');
    html! {
        <Dialog {title} on_close={view.on(close_intent())}>
            <Chooser label="What do you want to do?" {choices} dispatch={view.dispatch.clone()} />
        </Dialog>
    }
}

/// Components by name, to go to.
pub(crate) fn find(view: &View<'_>) -> Html {
    let mut choices = components(view.app, |_| true, Deed::Reveal);
    // What has no name of its own is found by its words.
    choices.extend(view.app.other_records().into_iter().map(|record| Choice {
        words: describe::record(view.app, record).trim_end_matches('.').to_owned(),
        detail: String::new(),
        deed: Deed::Show(record),
    }));
    html! {
        <Dialog title="Find on the map" on_close={view.on(close_intent())}>
            <Chooser label="Name" {choices} dispatch={view.dispatch.clone()} />
        </Dialog>
    }
}

/// Components by name, for a form.
pub(crate) fn pick(view: &View<'_>, pick: Pick) -> Html {
    let choices = components(view.app, |id| view.app.can_pick(pick, id), |id| Deed::Pick(pick, id));
    let title = match pick {
        Pick::Member(_) => "Which component belongs to the area?",
        Pick::Variant(_) => "Which component is a variant in the pipeline?",
    };
    html! {
        <Dialog {title} on_close={view.on(close_intent())}>
            <Chooser label="Name of a component" {choices} dispatch={view.dispatch.clone()} />
        </Dialog>
    }
}

/// Components by name, to link to; a new name makes a new one.
pub(crate) fn link_to(view: &View<'_>, from: ComponentId) -> Html {
    let needed = view.app.analysis().needs(from);
    let free = |id| id != from && !needed.iter().any(|neighbor| neighbor.component == id);
    let choices = components(view.app, free, |to| Deed::Connect { from, to });
    let name = describe::name_of(view.app, from);
    html! {
        <Dialog title={format!("What does {name} need?")} on_close={view.on(close_intent())}>
            <Chooser label="Name of a component, or of a new one" {choices} new_for={Some(from)}
                dispatch={view.dispatch.clone()} />
        </Dialog>
    }
}

fn components(app: &App, wanted: impl Fn(ComponentId) -> bool, deed: impl Fn(ComponentId) -> Deed) -> Vec<Choice> {
    let mut choices: Vec<Choice> = app
        .document()
        .components
        .keys()
        .filter(|id| wanted(**id))
        .map(|id| Choice {
            words: describe::name_of(app, *id),
            detail: app.position(*id).map(|at| describe::stage_name(app, at.x)).unwrap_or_default(),
            deed: deed(*id),
        })
        .collect();
    choices.sort_by_cached_key(|choice| folded_name(&choice.words));
    choices
}

/// Properties of [`Chooser`].
#[derive(Properties, PartialEq, Clone)]
pub(crate) struct ChooserProps {
    /// Words above the field.
    label: AttrValue,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// A name that is not among them makes a component that this one needs.
    #[prop_or_default]
    new_for: Option<ComponentId>,
    /// Takes intents.
    dispatch: Callback<Intent>,
}

/// A field with the list of what fits below it.
#[component]
pub(crate) fn Chooser(props: &ChooserProps) -> Html {
    let text = use_state(String::new);
    let at = use_state(|| 0usize);
    let rows = rows_for(props, &text);
    let current = (*at).min(rows.len().saturating_sub(1));
    let choose = {
        let dispatch = props.dispatch.clone();
        move |choice: &Choice, typed: &str| {
            // An action closes the list itself.
            if !matches!(choice.deed, Deed::Act(_)) {
                dispatch.emit(close_intent());
            }
            dispatch.emit(choice.deed.intent(typed.trim()));
        }
    };
    let onkeydown = {
        let (props, shown, at, choose) = (props.clone(), text.clone(), at.clone(), choose.clone());
        let count = rows.len().max(1);
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => at.set((current + 1) % count),
                "ArrowUp" => at.set((current + count - 1) % count),
                "Enter" => {
                    // By what stands in the field, which may be newer than the list.
                    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                    let typed = field.map_or_else(|| (*shown).clone(), |field| field.value());
                    let row = if typed == *shown { current } else { 0 };
                    if let Some(choice) = rows_for(&props, &typed).get(row) {
                        choose(choice, &typed);
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let oninput = {
        let (text, at) = (text.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                text.set(input.value());
                at.set(0);
            }
        })
    };
    use_effect_with(current, |current| {
        if let Some(row) = dom::by_id(&format!("choice-{current}")) {
            dom::scroll_near(&row);
        }
    });
    html! {
        <div class="chooser">
            <div class="field">
                <label for="chooser-field">{ &props.label }</label>
                <input id="chooser-field" class="input" type="text" autofocus=true role="combobox" aria-expanded="true"
                    aria-controls="chooser-list" aria-autocomplete="list" autocomplete="off"
                    aria-activedescendant={(!rows.is_empty()).then(|| format!("choice-{current}"))}
                    value={(*text).clone()} {oninput} {onkeydown} />
            </div>
            <div class="chooser-list" id="chooser-list" role="listbox" aria-label="What fits">
                { for rows.iter().enumerate().map(|(number, choice)| {
                    let onclick = { let (choice, choose, text) = (choice.clone(), choose.clone(), text.clone()); Callback::from(move |_: MouseEvent| choose(&choice, &text)) };
                    html! {
                        <div key={number} id={format!("choice-{number}")} class="choice" role="option"
                            aria-selected={(number == current).to_string()} {onclick}>
                            <span class="choice-words">{ &choice.words }</span>
                            <span class="choice-detail">{ &choice.detail }</span>
                        </div>
                    }
                }) }
            </div>
            if rows.is_empty() { <p class="panel-lead" role="status">{ "Nothing of that name." }</p> }
        </div>
    }
}

/// What is offered for a text.
fn rows_for(props: &ChooserProps, text: &str) -> Vec<Choice> {
    let mut rows: Vec<Choice> = matching(&props.choices, text).into_iter().take(MOST).cloned().collect();
    let typed = text.trim();
    let exact = rows.iter().any(|row| folded_name(&row.words) == folded_name(typed));
    if let Some(by) = props.new_for.filter(|_| !typed.is_empty() && !exact) {
        let words = format!("Add “{typed}”");
        rows.push(Choice { words, detail: "new component".to_owned(), deed: Deed::AddNeeded { by } });
    }
    rows
}

/// Choices that hold all words of the text; those that begin with it first.
fn matching<'a>(choices: &'a [Choice], text: &str) -> Vec<&'a Choice> {
    let wanted = folded_name(text);
    let fits = |choice: &&Choice| {
        let words = folded_name(&choice.words);
        wanted.split(' ').all(|word| words.contains(word))
    };
    let (first, rest): (Vec<&Choice>, Vec<&Choice>) =
        choices.iter().filter(fits).partition(|choice| folded_name(&choice.words).starts_with(&wanted));
    first.into_iter().chain(rest).collect()
}
