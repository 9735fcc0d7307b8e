//! The list of names that fit what is being typed: chosen by arrow keys and Enter, or by a click; never in the way.
//!
//! Nothing is chosen until an arrow key is pressed, so Enter begins a new line as always.

use std::ops::Range;

use web_sys::MouseEvent;
use yew::prelude::*;

use crate::app::describe::count;
use crate::app::text::complete::Completions;
use crate::platform::dom;

/// Id of the list.
pub(super) const LIST_ID: &str = "text-names";

/// The names, and the one that is chosen.
#[derive(Default)]
pub(super) struct Names {
    /// With the number of the line they are for.
    found: Option<(Completions, usize)>,
    active: Option<usize>,
}

impl Names {
    pub(super) fn new(found: Option<Completions>, line: usize) -> Self {
        Self { found: found.map(|found| (found, line)), active: None }
    }

    pub(super) fn is_open(&self) -> bool {
        self.found.is_some()
    }

    /// Closes the list; whether it was open.
    pub(super) fn close(&mut self) -> bool {
        self.active = None;
        self.found.take().is_some()
    }

    pub(super) fn line(&self) -> Option<usize> {
        self.found.as_ref().map(|(_, line)| *line)
    }

    pub(super) fn active(&self) -> Option<usize> {
        self.active
    }

    pub(super) fn active_id(&self) -> Option<String> {
        self.active.map(|number| format!("text-name-{number}"))
    }

    /// To the next name or the one before, round at the ends.
    pub(super) fn walk(&mut self, down: bool) {
        let count = self.found.as_ref().map_or(0, |(found, _)| found.names.len()).max(1);
        self.active = Some(match (self.active, down) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        });
    }

    /// Line, bytes of it to replace, and the name with this number.
    pub(super) fn choice(&self, number: usize) -> Option<(usize, Range<usize>, String)> {
        let (found, line) = self.found.as_ref()?;
        let (_, written) = found.names.get(number)?;
        Some((*line, found.replaces.clone(), written.clone()))
    }

    pub(super) fn view(&self, take: &Callback<usize>) -> Html {
        let names = self.found.as_ref().map(|(found, _)| found.names.as_slice()).unwrap_or_default();
        let told = if names.is_empty() {
            String::new()
        } else {
            format!("{} fit: arrow down to choose", count(names.len(), "name"))
        };
        html! {
            <>
                <p class="visually-hidden" role="status">{ told }</p>
                if !names.is_empty() {
                    <ul class="text-names" id={LIST_ID} role="listbox" aria-label="Names of components">
                        { for names.iter().enumerate().map(|(number, (name, _))| {
                            let active = self.active == Some(number);
                            let onmousedown = take.reform(move |event: MouseEvent| {
                                // The field keeps the focus.
                                event.prevent_default();
                                number
                            });
                            html! {
                                <li id={format!("text-name-{number}")} role="option" aria-selected={active.to_string()}
                                    {onmousedown}>
                                    { name }
                                </li>
                            }
                        }) }
                    </ul>
                }
            </>
        }
    }
}

/// Puts the list below its line, or above it where there is no room below. All in CSS pixels from the top of the frame.
pub(super) fn place(line_top: f64, line_height: f64, room: f64) {
    let Some(list) = dom::by_id(LIST_ID) else { return };
    let height = list.get_bounding_client_rect().height();
    let below = line_top + line_height + 6.0;
    let top = if below + height > room && line_top > height { line_top - height } else { below };
    dom::style(&list, "inset-block-start", &format!("{top}px"));
}
