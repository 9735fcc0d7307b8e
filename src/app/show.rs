//! What is shown and with which tool: tabs, panels, dialogs, marks, preferences.

use crate::app::*;

/// Said once, and shown until it is loaded.
pub(super) const UPDATE_READY: &str = "A new version of Portolan is ready.";

impl App {
    pub(super) fn show(&mut self, intent: ShowIntent, effects: &mut Vec<Effect>) {
        match intent {
            ShowIntent::Tab(tab) => self.set_tab(tab),
            ShowIntent::Side(side) => {
                self.side = side;
                self.problems_again();
            }
            ShowIntent::Dialog(dialog) => {
                if dialog.is_none() && self.dialog.is_some() {
                    effects.push(Effect::FocusMap);
                }
                self.dialog = dialog;
                self.refused = None;
            }
            ShowIntent::Tool(tool) => self.set_tool(tool, effects),
            ShowIntent::Look(look) => {
                self.look = look;
                self.changes.scene = true;
                effects.push(Effect::StorePreference { key: "look", value: describe::look_key(look).to_owned() });
            }
            ShowIntent::RiskMarks(on) => {
                self.color_by(if on { Marks::Risk } else { Marks::None });
                self.say(if on { "Risk marks shown." } else { "Risk marks hidden." }, false, effects);
            }
            ShowIntent::HiddenComponents(on) => {
                self.shown.hidden = on;
                self.redraw();
                self.say(
                    if on { "Hidden components shown faintly." } else { "Hidden components left out." },
                    false,
                    effects,
                );
            }
            ShowIntent::WheelZooms(on) => {
                self.wheel_zooms = on;
                self.wheel_question = None;
                effects.push(Effect::StorePreference { key: "wheel-zooms", value: on.to_string() });
            }
            ShowIntent::LetterShortcuts(on) => {
                self.letter_shortcuts = on;
                effects.push(Effect::StorePreference { key: "letter-shortcuts", value: on.to_string() });
            }
            ShowIntent::UpdateReady => {
                self.update_ready = true;
                effects.push(Effect::Announce { text: UPDATE_READY.to_owned(), urgent: false });
            }
            ShowIntent::DismissStatus => self.status = None,
            ShowIntent::Guide(text) => self.guide(&text, effects),
            ShowIntent::Find(text) => self.find = text,
            ShowIntent::OpenSample(id) => self.ask_before(state::AfterUnsaved::Sample(id), effects),
        }
        self.changes.panels = true;
        self.changes.overlay = true;
    }

    pub(super) fn set_tool(&mut self, tool: ToolKind, effects: &mut Vec<Effect>) {
        if self.tool == tool {
            return;
        }
        if self.in_dependencies() && (tool.places() || matches!(tool, ToolKind::Interest)) {
            return self.complain("Things are put on the map: show the map to add them.", effects);
        }
        self.tool = tool;
        self.gesture = Gesture::Idle;
        self.preview = Preview::None;
        self.changes.preview = true;
        self.changes.overlay = true;
        self.changes.panels = true;
        if let (ToolKind::Link, Some(from)) = (tool, self.only_component()) {
            // With a component in hand, the next click is what it needs.
            self.start_link(from);
            let name = describe::name_of(self, from);
            return self.say(&format!("Linking from {name}. Click what it needs, or press Esc."), false, effects);
        }
        if tool.places() {
            effects.push(Effect::FocusMap);
        }
        if let Some(hint) = describe::tool_hint(tool) {
            self.say(hint, false, effects);
        } else {
            self.status = None;
        }
    }
}
