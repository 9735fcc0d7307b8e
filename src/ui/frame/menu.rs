//! Menus: the main menu with a flyout for each group, and a floating menu. Both are made from the action table.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use crate::app::action::{ActionId, Menu, ACTIONS};
use crate::app::intent::Intent;
use crate::platform::dom;
use crate::platform::held::HeldKeys;
use crate::ui::frame::words_of;
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;

/// A row of a menu.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    /// What it does.
    pub(crate) id: ActionId,
    /// It can be done now.
    pub(crate) enabled: bool,
}

pub(super) fn row(row: Row, on_choose: &Callback<ActionId>) -> Html {
    let (label, keys) = words_of(row.id);
    let (id, enabled) = (row.id, row.enabled);
    let on_choose = on_choose.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if enabled {
            on_choose.emit(id);
        }
    });
    html! {
        <button key={format!("{id:?}")} type="button" class="menu-item" role="menuitem" tabindex="-1"
            aria-disabled={(!enabled).to_string()} {onclick}>
            <span class="menu-label">{ label }</span>
            if let Some(keys) = keys { <kbd>{ keys }</kbd> }
        </button>
    }
}

/// Moves the focus among the items of a menu: -1, +1, or to its ends.
pub(super) fn step(menu: &NodeRef, by: i32) {
    let Some(menu) = menu.cast::<HtmlElement>() else { return };
    let Ok(items) = menu.query_selector_all(":scope > [role=menuitem]") else { return };
    let count = i32::try_from(items.length()).unwrap_or(0);
    let active = dom::document().and_then(|document| document.active_element());
    let now = (0..items.length()).find(|i| {
        let item = items.item(*i);
        active.as_ref().is_some_and(|active| item.as_ref() == Some(active.unchecked_ref::<Node>()))
    });
    let next = match (now.and_then(|now| i32::try_from(now).ok()), by) {
        (_, i32::MIN) => 0,
        (_, i32::MAX) => count - 1,
        (None, _) => 0,
        (Some(now), by) => (now + by).rem_euclid(count.max(1)),
    };
    let item = u32::try_from(next).ok().and_then(|next| items.item(next));
    if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _refused = item.focus();
    }
}

/// What the keys of a list of items mean.
pub(super) fn step_of_key(key: &str) -> Option<i32> {
    match key {
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        "Home" => Some(i32::MIN),
        "End" => Some(i32::MAX),
        _ => None,
    }
}

/// Whether the focus goes to something outside the element.
pub(super) fn leaves(root: &NodeRef, event: &FocusEvent) -> bool {
    let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    root.get().is_none_or(|root| !root.contains(to.as_ref()))
}

/// Properties of [`MainMenu`].
#[derive(Properties, PartialEq)]
pub(crate) struct MainMenuProps {
    /// What cannot be done now.
    pub(crate) disabled: Vec<ActionId>,
    /// Takes the chosen action.
    pub(crate) dispatch: Callback<Intent>,
    /// Keys typed while the menu opens wait for it.
    pub(crate) keys: PtrEq<HeldKeys>,
}

/// The main menu: groups on the left, the actions of the chosen group beside them.
#[component]
pub(crate) fn MainMenu(props: &MainMenuProps) -> Html {
    let open = use_state(|| false);
    let group = use_state(|| None::<Menu>);
    let root = use_node_ref();
    let groups = use_node_ref();
    let items = use_node_ref();
    let opening = use_mut_ref(|| false);
    use_effect_with(*open, {
        let (groups, opening, keys) = (groups.clone(), Rc::clone(&opening), props.keys.clone());
        move |open| {
            if *open {
                step(&groups, i32::MIN);
            }
            if opening.replace(false) {
                keys.0.done();
            }
        }
    });
    let enter_group = use_mut_ref(|| false);
    use_effect_with(*group, {
        let (items, enter_group, keys) = (items.clone(), Rc::clone(&enter_group), props.keys.clone());
        move |_| {
            if enter_group.replace(false) {
                step(&items, i32::MIN);
                keys.0.done();
            }
        }
    });
    let close = {
        let (open, group) = (open.clone(), group.clone());
        Callback::from(move |()| {
            open.set(false);
            group.set(None);
        })
    };
    let on_choose = {
        let (close, dispatch) = (close.clone(), props.dispatch.clone());
        Callback::from(move |id: ActionId| {
            close.emit(());
            // At once: what the action opens takes the focus from there.
            if let Some(map) = dom::by_id(crate::platform::MAP_ID) {
                dom::focus_in_place(&map);
            }
            dispatch.emit(Intent::Action(id));
        })
    };
    let onfocusout = {
        let (root, close) = (root.clone(), close.clone());
        Callback::from(move |event: FocusEvent| {
            if leaves(&root, &event) {
                close.emit(());
            }
        })
    };
    let onkeydown = {
        let (groups, items, group, close) = (groups.clone(), items.clone(), group.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let inside = dom::document()
                .and_then(|d| d.active_element())
                .is_some_and(|active| items.get().is_some_and(|items| items.contains(Some(active.unchecked_ref()))));
            match event.key().as_str() {
                "Escape" => {
                    close.emit(());
                    dom::focus_soon("main-menu");
                }
                "ArrowLeft" if inside => {
                    // Before it is closed: the handle reads what was set last.
                    let at = Menu::ALL.iter().filter(|m| **m != Menu::Keyboard).position(|m| Some(*m) == *group);
                    group.set(None);
                    step(&groups, i32::MIN);
                    for _ in 0..at.unwrap_or(0) {
                        step(&groups, 1);
                    }
                }
                key => match step_of_key(key) {
                    Some(by) => step(if inside { &items } else { &groups }, by),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let toggle = {
        let (open, opening, keys) = (open.clone(), Rc::clone(&opening), props.keys.clone());
        Callback::from(move |_: MouseEvent| {
            if !*open && !opening.replace(true) {
                keys.sent();
            }
            open.set(!*open);
        })
    };
    html! {
        <div class="menu-anchor" ref={root} {onfocusout}>
            <button type="button" id="main-menu" class="icon-button" aria-label="Menu" data-tip="Menu" aria-haspopup="menu"
                aria-expanded={open.to_string()} onclick={toggle}>
                { icon(Icon::Rose) }{ icon(Icon::Menu) }
            </button>
            if *open {
                <div class="menu is-main" {onkeydown}>
                    <div class="menu-groups" role="menu" aria-label="Menu" ref={groups}>
                        { for Menu::ALL.into_iter().filter(|menu| *menu != Menu::Keyboard).map(|menu| {
                            let chosen = *group == Some(menu);
                            let show = { let group = group.clone(); move || group.set(Some(menu)) };
                            let onclick = { let show = show.clone(); Callback::from(move |_: MouseEvent| show()) };
                            let onmouseenter = { let show = show.clone(); Callback::from(move |_: MouseEvent| show()) };
                            let onkeydown = {
                                let enter_group = Rc::clone(&enter_group);
                                let (items, keys) = (items.clone(), props.keys.clone());
                                Callback::from(move |event: KeyboardEvent| {
                                    if matches!(event.key().as_str(), "ArrowRight" | "Enter" | " ") {
                                        event.prevent_default();
                                        event.stop_propagation();
                                        if chosen {
                                            step(&items, i32::MIN);
                                        } else {
                                            if !enter_group.replace(true) {
                                                keys.sent();
                                            }
                                            show();
                                        }
                                    }
                                })
                            };
                            html! {
                                <button key={menu.label()} type="button" class={classes!("menu-item", chosen.then_some("is-chosen"))}
                                    role="menuitem" tabindex="-1" aria-haspopup="menu" aria-expanded={chosen.to_string()}
                                    {onclick} {onmouseenter} {onkeydown}>
                                    <span class="menu-label">{ menu.label() }</span>
                                    <span aria-hidden="true">{ "›" }</span>
                                </button>
                            }
                        }) }
                    </div>
                    if let Some(menu) = *group {
                        <div class="menu-items" role="menu" aria-label={menu.label()} ref={items}>
                            { for ACTIONS.iter().filter(|action| action.menu == menu).map(|action| {
                                row(Row { id: action.id, enabled: !props.disabled.contains(&action.id) }, &on_choose)
                            }) }
                        </div>
                    }
                </div>
            }
        </div>
    }
}

/// Properties of [`FloatingMenu`].
#[derive(Properties, PartialEq)]
pub(crate) struct FloatingMenuProps {
    /// Place on the map, CSS pixels from the left.
    pub(crate) x: f64,
    /// And from the top.
    pub(crate) y: f64,
    /// Rows.
    pub(crate) rows: Vec<Row>,
    /// Takes the chosen action.
    pub(crate) dispatch: Callback<Intent>,
    /// Called when the menu wants to be closed.
    pub(crate) on_close: Callback<()>,
}

/// A menu at a place of the map.
#[component]
pub(crate) fn FloatingMenu(props: &FloatingMenuProps) -> Html {
    let menu = use_node_ref();
    use_effect_with((props.x, props.y), {
        let menu = menu.clone();
        move |(x, y): &(f64, f64)| {
            if let Some(element) = menu.cast::<HtmlElement>() {
                // Kept inside the map, whatever its place.
                let room = element
                    .parent_element()
                    .map_or((0.0, 0.0), |area| (f64::from(area.client_width()), f64::from(area.client_height())));
                let left = x.min(room.0 - f64::from(element.offset_width()) - 8.0).max(0.0);
                let top = y.min(room.1 - f64::from(element.offset_height()) - 8.0).max(0.0);
                dom::style(&element, "transform", &format!("translate({left}px,{top}px)"));
                step(&menu, i32::MIN);
            }
        }
    });
    let on_choose = {
        let (close, dispatch) = (props.on_close.clone(), props.dispatch.clone());
        Callback::from(move |id: ActionId| {
            close.emit(());
            // At once: what the action opens takes the focus from there.
            if let Some(map) = dom::by_id(crate::platform::MAP_ID) {
                dom::focus_in_place(&map);
            }
            dispatch.emit(Intent::Action(id));
        })
    };
    let onfocusout = {
        let (menu, close) = (menu.clone(), props.on_close.clone());
        Callback::from(move |event: FocusEvent| {
            if leaves(&menu, &event) {
                close.emit(());
            }
        })
    };
    let onkeydown = {
        let (menu, close) = (menu.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Escape" | "Tab" => {
                    close.emit(());
                    dom::focus_soon(crate::platform::MAP_ID);
                }
                key => match step_of_key(key) {
                    Some(by) => step(&menu, by),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    html! {
        <div class="menu is-context" role="menu" aria-label="Selection" ref={menu} {onfocusout} {onkeydown}>
            { for props.rows.iter().map(|it| row(*it, &on_choose)) }
        </div>
    }
}
