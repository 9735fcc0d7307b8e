//! The conventions of tools that people come from, one by one: what a hand that knows them presses must do the same
//! here. The table is of its own, so that no change of the action table goes unnoticed.

use crate::app::action::{action, action_for, ActionId as A};
use crate::app::effect::Effect;
use crate::app::intent::*;
use crate::app::tests::script::Person;
use crate::geom::{Point, Vector};

/// What is pressed while the map has the focus, and what it does.
const CONVENTIONS: &[(&str, A)] = &[
    ("Ctrl+z", A::Undo),
    ("Ctrl+y", A::Redo),
    ("Ctrl+Shift+z", A::Redo),
    ("Ctrl+d", A::Duplicate),
    ("Delete", A::Delete),
    ("Backspace", A::Delete),
    ("Ctrl+a", A::SelectAll),
    ("Escape", A::Escape),
    ("Ctrl++", A::ZoomIn),
    ("Ctrl+-", A::ZoomOut),
    ("Ctrl+0", A::ZoomActual),
    ("Shift+0", A::ZoomActual),
    ("Shift+1", A::FitAll),
    ("Home", A::FitAll),
    ("Shift+2", A::FitSelection),
    ("h", A::HandTool),
    ("PageUp", A::PanUp),
    ("PageDown", A::PanDown),
    ("Shift+PageUp", A::PanLeft),
    ("Shift+PageDown", A::PanRight),
    ("ArrowLeft", A::WalkLeft),
    ("ArrowRight", A::WalkRight),
    ("ArrowUp", A::WalkUp),
    ("ArrowDown", A::WalkDown),
    ("Shift+ArrowLeft", A::MoveFarLeft),
    ("Shift+ArrowRight", A::MoveFarRight),
    ("Shift+ArrowUp", A::MoveFarUp),
    ("Shift+ArrowDown", A::MoveFarDown),
    ("Insert", A::AddComponent),
    ("n", A::AddComponent),
    ("Ctrl+Enter", A::AddLinkedBelow),
    ("Ctrl+ArrowDown", A::AddLinkedBelow),
    ("Ctrl+ArrowUp", A::AddLinkedAbove),
    ("Ctrl+ArrowLeft", A::AddLinkedLeft),
    ("Ctrl+ArrowRight", A::AddLinkedRight),
    (" ", A::ToggleSelected),
    ("Shift+ ", A::AddToSelection),
    ("Alt+ArrowUp", A::WalkToUser),
    ("Alt+ArrowDown", A::WalkToNeed),
    ("Enter", A::Rename),
    ("F2", A::Rename),
    ("Ctrl+g", A::AddArea),
    ("Ctrl+Shift+g", A::RemoveArea),
    ("Alt+s", A::ToggleSnapping),
    ("Ctrl+'", A::ToggleSnapping),
    ("Ctrl+Shift+ArrowLeft", A::AlignLeft),
    ("Ctrl+Shift+ArrowRight", A::AlignRight),
    ("Ctrl+Shift+ArrowUp", A::AlignTop),
    ("Ctrl+Shift+ArrowDown", A::AlignBottom),
    ("Ctrl+k", A::Palette),
    ("Ctrl+/", A::Palette),
    ("Ctrl+f", A::Find),
    ("?", A::Help),
    ("F1", A::Help),
    ("Ctrl+Shift+c", A::CopyPicture),
    ("Ctrl+o", A::Open),
    ("Ctrl+s", A::Save),
    ("Ctrl+Shift+s", A::SaveAs),
    ("Ctrl+p", A::Print),
    ("p", A::OnlyMap),
    ("k", A::Laser),
    ("l", A::LinkTo),
];

/// Reached by the menus and by name, without a key.
const WITHOUT_A_KEY: &[(A, &str)] = &[
    (A::InvertSelection, "invert"),
    (A::SelectArea, "two clicks"),
    (A::DistributeEvolution, "evenly"),
    (A::DistributeVisibility, "evenly"),
    (A::LookDark, "dark"),
];

#[test]
fn hands_that_know_other_tools_know_this_one() {
    for (keys, wanted) in CONVENTIONS {
        assert_eq!(action_for(&Person::key_input(keys), true), Some(*wanted), "{keys}");
    }
    for (id, words) in WITHOUT_A_KEY {
        let row = action(*id).unwrap();
        assert!(row.label.to_lowercase().contains(words), "{} has {words}", row.label);
    }
}

#[test]
fn what_only_the_map_takes_is_left_to_the_browser_elsewhere() {
    let zooms = ["Ctrl++", "Ctrl+-", "Ctrl+0", "Shift+1", "PageDown", "Home", "Delete", "Ctrl+a", "n", "k"];
    for context in [KeyContext::Elsewhere, KeyContext::TextField] {
        for keys in zooms {
            assert_eq!(action_for(&KeyInput { context, ..Person::key_input(keys) }, true), None, "{keys} {context:?}");
        }
    }
    let typing = KeyInput { context: KeyContext::TextField, ..Person::key_input("Ctrl+f") };
    assert_eq!(action_for(&typing, true), None, "finding in the page while typing");
}

#[test]
fn every_single_letter_can_be_switched_off_and_has_another_route() {
    for (keys, wanted) in CONVENTIONS.iter().filter(|(keys, _)| keys.chars().count() == 1 && *keys != " ") {
        assert_eq!(action_for(&Person::key_input(keys), false), None, "{keys}");
        let row = action(*wanted).unwrap();
        assert_ne!(row.menu, crate::app::action::Menu::Keyboard, "{} is in no menu", row.label);
    }
}

#[test]
fn single_letters_are_switched_off_by_name_and_it_is_kept() {
    let mut person = Person::with_tea_shop();
    person.acts(A::ToggleLetters);
    assert_eq!(person.status(), "Single-letter keys are off.");
    let kept = Effect::StorePreference { key: "letter-shortcuts", value: "false".to_owned() };
    assert!(person.effects.contains(&kept));
    person.key("n");
    assert!(person.app.label_edit().is_none());
    person.key("Insert");
    assert!(person.app.label_edit().is_some(), "the other key goes on working");
}

#[test]
fn the_wheel_pans_and_goes_sideways_with_shift_whoever_turns_it() {
    let mut person = Person::with_tea_shop();
    let wheel = |x: f64, y: f64, shift: bool| {
        Intent::Wheel(WheelInput { at: Point::new(300.0, 200.0), by: Vector::new(x, y), ctrl: false, shift })
    };
    let moved = |person: &mut Person, intent| {
        let before = person.spot("Kettle");
        person.does(intent);
        let by = person.spot("Kettle") - before;
        (by.x.round(), by.y.round())
    };
    assert_eq!(moved(&mut person, wheel(0.0, 40.0, false)), (0.0, -40.0));
    assert_eq!(moved(&mut person, wheel(0.0, 40.0, true)), (-40.0, 0.0), "the browser leaves it to us");
    assert_eq!(moved(&mut person, wheel(40.0, 0.0, true)), (-40.0, 0.0), "the browser has done it");
}

#[test]
fn what_is_added_with_shift_and_space_stays_while_walking() {
    let mut person = Person::with_tea_shop();
    person.does(Intent::Select(SelectIntent::MapFocused(true)));
    person.clicks(person.spot("Kettle"));
    person.key("Shift+ ");
    assert!(person.heard().starts_with("Kept in the selection"), "{}", person.heard());
    person.key("Alt+ArrowUp");
    person.key("Shift+ ");
    assert_eq!(person.selected(), ["Cup of tea", "Kettle"]);
    person.key(".");
    person.key(",");
    person.key("Shift+ ");
    assert_eq!(person.selected(), ["Kettle"], "and out again");
    person.clicks(person.spot("Power"));
    person.key("Alt+ArrowUp");
    assert!(person.selected().is_empty(), "otherwise walking on leaves what is selected");
    assert_eq!(person.place("Kettle"), (0.4, 0.4));
}
