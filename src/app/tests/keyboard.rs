use crate::app::action::{action_for, ActionId, Menu, Scope, ACTIONS};
use crate::app::intent::*;
use crate::app::state::{DialogKind, Preview, SidePanel, ToolKind};
use crate::app::tests::script::Person;

#[test]
fn no_two_actions_share_a_key() {
    let mut clashes = Vec::new();
    for (i, a) in ACTIONS.iter().enumerate() {
        for b in ACTIONS.iter().skip(i + 1) {
            for x in a.shortcuts {
                for y in b.shortcuts {
                    if (x.ctrl, x.shift, x.alt, x.key) == (y.ctrl, y.shift, y.alt, y.key) {
                        clashes.push(format!("{} and {}: {}", a.label, b.label, x.words()));
                    }
                }
            }
        }
    }
    assert!(clashes.is_empty(), "{clashes:?}");
}

#[test]
fn keys_of_the_browser_are_left_alone() {
    for row in ACTIONS {
        for s in row.shortcuts {
            let taken = (s.ctrl && !s.shift && matches!(s.key, "w" | "t" | "n" | "l"))
                || matches!(s.key, "F5" | "F11")
                || (s.alt && matches!(s.key, "ArrowLeft" | "ArrowRight"))
                || (s.ctrl && s.shift && s.key == "i")
                || (s.ctrl && s.alt);
            assert!(!taken, "{} takes {}", row.label, s.words());
            assert!(!s.is_letter() || s.scope == Scope::Map || s.key == "?", "{} works outside the map", row.label);
        }
        assert!(!row.label.is_empty() && Menu::ALL.contains(&row.menu));
    }
}

#[test]
fn british_german_and_cyrillic_keyboards() {
    let key = |key: &str, code: &str, shift: bool, ctrl: bool| KeyInput {
        key: key.into(),
        code: code.into(),
        ctrl,
        shift,
        alt: false,
        context: KeyContext::Map,
    };
    assert_eq!(action_for(&key("\"", "Digit2", true, false), true), Some(ActionId::FitSelection));
    assert_eq!(action_for(&key("=", "Digit0", true, false), true), Some(ActionId::ZoomActual));
    assert_eq!(action_for(&key("z", "KeyY", false, true), true), Some(ActionId::Undo), "German: by what is typed");
    assert_eq!(action_for(&key("я", "KeyZ", false, true), true), Some(ActionId::Undo), "Cyrillic: by the place");
    assert_eq!(action_for(&key("?", "Minus", true, false), true), Some(ActionId::Help));
    assert_eq!(action_for(&key("h", "KeyH", false, false), false), None, "letters can be switched off");
    let typed = KeyInput { context: KeyContext::TextField, ..key("z", "KeyZ", false, true) };
    assert_eq!(action_for(&typed, true), None, "text fields keep their own undo");
}

#[test]
fn french_keyboards() {
    // What a French (AZERTY) keyboard sends: (key, code, Shift, Ctrl). Digits need Shift there, `-` and `'` do not.
    let cases = [
        (("1", "Digit1", true, false), Some(ActionId::FitAll)),
        (("2", "Digit2", true, false), Some(ActionId::FitSelection)),
        (("0", "Digit0", true, false), Some(ActionId::ZoomActual)),
        (("à", "Digit0", false, true), Some(ActionId::ZoomActual)),
        (("&", "Digit1", false, false), None),
        (("?", "KeyM", true, false), Some(ActionId::Help)),
        (("/", "Period", true, true), Some(ActionId::Palette)),
        (("+", "Equal", true, true), Some(ActionId::ZoomIn)),
        (("=", "Equal", false, true), Some(ActionId::ZoomIn)),
        (("-", "Digit6", false, true), Some(ActionId::ZoomOut)),
        (("'", "Digit4", false, true), Some(ActionId::ToggleSnapping)),
        (("z", "KeyW", false, true), Some(ActionId::Undo)),
        (("w", "KeyZ", false, true), None),
        (("a", "KeyQ", false, true), Some(ActionId::SelectAll)),
        (("q", "KeyA", false, true), None),
        (("m", "Semicolon", false, false), Some(ActionId::MoveTo)),
        ((",", "KeyM", false, false), Some(ActionId::WalkPrevious)),
        ((".", "Comma", true, false), Some(ActionId::WalkNext)),
        (("ù", "Quote", false, false), None),
        (("^", "BracketLeft", false, false), None),
    ];
    for ((key, code, shift, ctrl), wanted) in cases {
        let context = KeyContext::Map;
        let input = KeyInput { key: key.into(), code: code.into(), ctrl, shift, alt: false, context };
        assert_eq!(action_for(&input, true), wanted, "{key} {code}");
    }
}

#[test]
fn arrows_walk_when_focused_and_move_when_selected() {
    let mut person = Person::with_tea_shop();
    person.does(Intent::Select(SelectIntent::MapFocused(true)));
    person.does(Intent::Select(SelectIntent::Focus(Some(person.record("Public")))));
    person.key("ArrowDown");
    assert_eq!(person.app.focus(), Some(person.record("Cup of tea")));
    assert_eq!(person.place("Public"), (0.6, 0.95), "walking moves nothing");
    assert!(
        person.heard().starts_with("Cup of tea, component, evolution Product 65 %, visibility 80 %"),
        "{}",
        person.heard()
    );
    assert!(person.heard().contains("needs 1, needed by 1"), "{}", person.heard());
    person.key(" ");
    assert_eq!(person.selected(), ["Cup of tea"]);
    person.key("ArrowRight");
    person.key("ArrowRight");
    person.key("Shift+ArrowUp");
    assert_eq!(person.place("Cup of tea"), (0.67, 0.85));
    assert_eq!(person.heard(), "Moved Cup of tea to Product 67 %, visibility 85 %.");
    person.key("Ctrl+z");
    assert_eq!(person.place("Cup of tea"), (0.65, 0.8), "presses in a row are one step");
}

#[test]
fn a_map_from_nothing_with_the_keyboard_alone() {
    let mut person = Person::new();
    person.does(Intent::Select(SelectIntent::MapFocused(true)));
    person.key("u");
    person.types_name("Public");
    person.key("Ctrl+Enter");
    person.does(Intent::Label(LabelIntent::Commit("Cup of tea".into(), AfterLabel::LinkedNeighbour)));
    person.types_name("Tea");
    person.key("F2");
    person.types_name("Tea leaves");
    assert_eq!(person.names(), ["Cup of tea", "Public", "Tea leaves"]);
    assert_eq!(person.app.document().links.len(), 2);
    let heights: Vec<f64> = ["Public", "Cup of tea", "Tea leaves"].map(|n| person.place(n).1).to_vec();
    assert!(heights.windows(2).all(|w| w[0] > w[1]), "{heights:?}");
    person.key("Alt+ArrowUp");
    assert_eq!(person.app.focus(), Some(person.record("Cup of tea")));
    person.key("Enter");
    person.key("Delete");
    assert_eq!(person.names(), ["Public", "Tea leaves"]);
    assert_eq!(person.status(), "Deleted Cup of tea and 2 links.");
}

#[test]
fn name_enter_name_enter_hangs_parts_on_the_selected_one() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Cup of tea"));
    person.key("Insert");
    for name in ["Tea", "Cup", "Hot water"] {
        person.types_name(name);
    }
    person.types_name("");
    assert!(person.app.label_edit().is_none());
    let tea = person.id("Cup of tea");
    assert_eq!(person.app.document().links.values().filter(|l| l.from == tea).count(), 4);
}

#[test]
fn escape_goes_down_one_rung_at_a_time() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    person.key("?");
    assert_eq!(person.app.dialog(), Some(&DialogKind::Help));
    person.key("Escape");
    assert!(person.app.dialog().is_none());
    assert_eq!(person.selected(), ["Kettle"]);
    person.key("h");
    person.key("Escape");
    assert_eq!(person.app.tool(), ToolKind::Select);
    assert_eq!(person.selected(), ["Kettle"]);
    person.key("Escape");
    assert!(person.selected().is_empty());
}

#[test]
fn the_guide_leaves_real_components() {
    let mut person = Person::new();
    person.acts(ActionId::Guide);
    for answer in ["Patients", "An appointment", "Booking system", "Clinic list", ""] {
        person.does(Intent::Show(ShowIntent::Guide(answer.into())));
    }
    assert!(person.app.dialog().is_none());
    assert_eq!(person.names(), ["An appointment", "Booking system", "Clinic list", "Patients"]);
    let need = person.id("An appointment");
    assert_eq!(person.app.document().links.values().filter(|l| l.from == need).count(), 2);
    assert!(person.app.document().components[&person.id("Patients")].is_anchor());
}

#[test]
fn duplicate_repeats_its_last_offset() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    person.key("Ctrl+d");
    person.key("Ctrl+d");
    assert_eq!(person.names().iter().filter(|n| n.starts_with("Kettle")).count(), 3);
    person.key("Ctrl+a");
    assert_eq!(person.selected().len(), 6);
}

#[test]
fn only_the_view_is_shown_on_request_and_escape_brings_everything_back_after_the_selection() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::OnlyMap);
    assert!(person.app.shown().only_view);
    person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
    person.acts(ActionId::Escape);
    assert!(person.app.shown().only_view && person.app.selection().is_empty());
    person.acts(ActionId::Escape);
    assert!(!person.app.shown().only_view);
    assert_eq!(person.status(), "Everything is shown again.");
}

#[test]
fn letters_typed_before_the_field_has_the_focus_are_no_shortcuts() {
    let mut person = Person::with_tea_shop();
    person.key("n");
    let tool = person.app.tool();
    for letter in ["r", "t", "v", "l"] {
        person.key(letter);
    }
    assert!(person.app.label_edit().is_some());
    assert_eq!((person.app.tool(), person.app.side()), (tool, Some(SidePanel::Inspector)));
}

#[test]
fn one_escape_leaves_the_link_tool_with_what_it_had_begun() {
    let mut person = Person::with_tea_shop();
    person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
    person.does(Intent::Show(ShowIntent::Tool(ToolKind::Link)));
    person.acts(ActionId::Escape);
    assert_eq!((person.app.tool(), person.app.preview()), (ToolKind::Select, &Preview::None));
}

#[test]
fn notes_added_by_key_stand_beside_each_other() {
    let mut person = Person::with_tea_shop();
    for text in ["first", "second", "third"] {
        person.acts(ActionId::AddNote);
        person.types_name(text);
    }
    let places: Vec<_> = person.app.document().notes.values().map(|note| note.at).collect();
    for (number, a) in places.iter().enumerate() {
        assert!(places.iter().skip(number + 1).all(|b| a.distance(*b) > 0.03), "{places:?}");
    }
}

#[test]
fn everything_that_can_be_selected_can_be_walked_to() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddNote);
    person.types_name("Agreed in May");
    person.key("Escape");
    person.does(Intent::Select(SelectIntent::Focus(None)));
    let mut seen = Vec::new();
    for _ in 0..20 {
        person.key(".");
        if seen.last() == person.app.focus().as_ref() {
            break;
        }
        seen.extend(person.app.focus());
    }
    let document = person.app.document();
    assert_eq!(seen.len(), document.components.len() + document.links.len() + document.notes.len());
    assert_eq!(seen[0], person.record("Public"), "from the top");
    assert_eq!(person.heard(), "That was the last element.");
    person.key(",");
    assert_eq!(person.app.focus(), seen.iter().rev().nth(1).copied(), "and back");
    // Arrows stop at notes too.
    let note = seen.iter().copied().find(|r| matches!(r, crate::model::AnyRecordId::Note(_))).unwrap();
    let stops: Vec<_> = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]
        .into_iter()
        .filter(|key| {
            person.does(Intent::Select(SelectIntent::Focus(Some(note))));
            person.key(key);
            let back = match *key {
                "ArrowUp" => "ArrowDown",
                "ArrowDown" => "ArrowUp",
                "ArrowLeft" => "ArrowRight",
                _ => "ArrowLeft",
            };
            person.app.focus() != Some(note) && {
                person.key(back);
                person.app.focus() == Some(note)
            }
        })
        .collect();
    assert!(!stops.is_empty());
}
