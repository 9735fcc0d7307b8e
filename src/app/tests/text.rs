//! The text beside the map: typing makes the map, the map makes the text, and nothing typed is lost.

use proptest::prelude::{any, prop, prop_assert_eq, prop_oneof, proptest, Just, ProptestConfig, Strategy};

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::*;
use crate::app::tests::script::Person;
use crate::edit::Command;
use crate::format::owm;
use crate::geom::Vector;
use crate::model::AnyRecordId;

const TEA: &str = "title Tea shop\n\n// what people come for\nanchor Public [0.95, 0.78]\n\
component Cup of tea [0.79, 0.61]\ncomponent Kettle [0.43, 0.35] label [-57, 4]   // heavy\n\nPublic->Cup of tea\n\
Cup of tea->Kettle; to boil\nsome words nobody understands\n";

impl Person {
    fn with_text(text: &str) -> Self {
        let mut person = Self::new();
        person.opens("tea.owm", text);
        person.acts(ActionId::ToggleText);
        person
    }
    fn opens(&mut self, name: &str, text: &str) {
        let files = vec![ReadFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }];
        self.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    }
    fn shown(&self) -> String {
        self.app.text_pane().text().to_string()
    }
    fn types_text(&mut self, text: &str, caret: usize) {
        self.does(Intent::Text(TextIntent::Typed { text: text.to_owned(), caret }));
    }
    /// Types letters one by one where `mark` begins.
    fn types_at(&mut self, mark: &str, letters: &str) {
        let mut at = self.shown().find(mark).expect("the place to type at");
        for letter in letters.chars() {
            let mut text = self.shown();
            text.insert(at, letter);
            at += letter.len_utf8();
            self.types_text(&text, at);
        }
    }
    fn replaces(&mut self, old: &str, new: &str) {
        let text = self.shown();
        let at = text.find(old).expect("what is replaced");
        self.types_text(&text.replacen(old, new, 1), at + new.len());
    }
    fn text_follows(&mut self) {
        self.does(Intent::Text(TextIntent::Due));
    }
    fn moves_on_map(&mut self, name: &str, x: f64, y: f64) {
        let records = [self.record(name)].into();
        self.does(Intent::Edit(Command::Move { records, by: Vector::new(x, y) }));
    }
    fn marked(&self) -> Vec<String> {
        let text = self.shown();
        self.app.text_marks().into_iter().map(|range| text[range].to_owned()).collect()
    }
}

/// Numbers of the lines that differ.
fn differing(a: &str, b: &str) -> Vec<usize> {
    assert_eq!(a.lines().count(), b.lines().count(), "{a}\n---\n{b}");
    a.lines().zip(b.lines()).enumerate().filter(|(_, (a, b))| a != b).map(|(n, _)| n + 1).collect()
}

#[test]
fn what_is_typed_is_on_the_map_and_stays_to_the_byte() {
    let mut person = Person::with_text(TEA);
    assert_eq!(person.shown(), TEA);
    person.types_at("component Kettle", "component Power [0.1, 0.7]\n");
    person.replaces("Cup of tea->Kettle; to boil\n", "Cup of tea->Kettle; to boil\nKettle->Power\n");
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Power", "Public"]);
    assert_eq!(person.place("Power"), (0.7, 0.1));
    assert_eq!(person.app.document().links.len(), 3);
    assert_eq!(owm::write(person.app.document()).text, person.shown());
}

#[test]
fn moving_on_the_map_changes_that_line_only() {
    let mut person = Person::with_text(TEA);
    person.moves_on_map("Kettle", 0.1, 0.05);
    assert!(person.effects.contains(&Effect::ScheduleText));
    assert_eq!(person.shown(), TEA, "the text follows when there is time");
    person.text_follows();
    assert_eq!(differing(TEA, &person.shown()), [6]);
    assert!(person.shown().contains("component Kettle [0.48, 0.45] label [-57, 4]   // heavy\n"), "{}", person.shown());
}

#[test]
fn a_burst_of_typing_is_one_step_and_a_pause_begins_another() {
    let mut person = Person::with_text(TEA);
    person.types_at("component Kettle", "component Pot [0.5, 0.5]\n");
    person.does(Intent::Text(TextIntent::Paused));
    person.types_at("component Kettle", "component Lid [0.4, 0.5]\n");
    person.acts(ActionId::Undo);
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Pot", "Public"]);
    assert!(person.shown().contains("Pot") && !person.shown().contains("Lid"));
    person.acts(ActionId::Undo);
    assert_eq!(person.shown(), TEA);
    assert_eq!(person.app.undo_label(), None);
    person.acts(ActionId::Redo);
    person.acts(ActionId::Redo);
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Lid", "Pot", "Public"]);
}

#[test]
fn the_caret_in_another_line_begins_another_step() {
    let mut person = Person::with_text(TEA);
    person.replaces("[0.79, 0.61]", "[0.79, 0.62]");
    let at = person.shown().find("Kettle").unwrap();
    person.does(Intent::Text(TextIntent::Caret(at)));
    person.replaces("[0.43, 0.35]", "[0.44, 0.35]");
    person.acts(ActionId::Undo);
    assert_eq!((person.place("Cup of tea"), person.place("Kettle")), ((0.62, 0.79), (0.35, 0.43)));
}

#[test]
fn an_edit_on_the_map_ends_the_burst() {
    let mut person = Person::with_text(TEA);
    person.replaces("[0.79, 0.61]", "[0.79, 0.62]");
    person.moves_on_map("Kettle", 0.1, 0.0);
    person.text_follows();
    person.replaces("[0.79, 0.62]", "[0.79, 0.63]");
    for expected in [(0.62, 0.45), (0.62, 0.35), (0.61, 0.35)] {
        person.acts(ActionId::Undo);
        assert_eq!((person.place("Cup of tea").0, person.place("Kettle").0), expected);
    }
    assert_eq!(person.shown(), TEA);
}

#[test]
fn typing_that_is_taken_back_leaves_no_step() {
    let mut person = Person::with_tea_shop();
    let (steps, before) = (person.app.undo_label().map(str::to_owned), std::rc::Rc::clone(person.app.document()));
    person.acts(ActionId::ToggleText);
    let text = person.shown();
    person.types_at("component", "x");
    person.types_text(&text, 0);
    assert_eq!(person.app.undo_label().map(str::to_owned), steps);
    assert_eq!(person.app.document(), &before);
}

#[test]
fn a_name_typed_anew_costs_no_links_and_no_facts() {
    let mut person = Person::with_text(TEA);
    let kettle = person.id("Kettle");
    let links = person.app.document().links.clone();
    person.replaces("component Kettle", "component Kettl");
    assert_eq!(person.app.document().links.len(), 1, "the link's end is not there for a moment");
    person.does(Intent::Text(TextIntent::Paused));
    person.replaces("component Kettl", "component Kettle");
    assert_eq!(person.id("Kettle"), kettle);
    assert_eq!(person.app.document().links, links);
    assert_eq!(person.shown(), TEA);
}

#[test]
fn a_line_that_breaks_keeps_the_map_and_what_was_typed() {
    let mut person = Person::with_text(TEA);
    let before = std::rc::Rc::clone(person.app.document());
    person.replaces("component Kettle", "compnent Kettle");
    assert_eq!(person.app.document(), &before);
    assert_eq!(person.shown(), TEA.replace("component Kettle", "compnent Kettle"));
    assert_eq!(person.app.text_pane().waits_for(), Some(6));
    assert!(person.app.has_unsaved_changes(), "the typed text is in no file");
    // Mended, it is as if nothing had happened.
    person.replaces("compnent Kettle", "component Kettle");
    assert_eq!((person.app.text_pane().waits_for(), person.app.document()), (None, &before));
    assert!(!person.app.has_unsaved_changes());
}

#[test]
fn a_broken_line_and_an_edit_on_the_map_come_together() {
    let mut person = Person::with_text(TEA);
    person.replaces("component Kettle", "compnent Kettle");
    person.moves_on_map("Cup of tea", 0.1, 0.0);
    person.text_follows();
    let expected = TEA.replace("component Kettle", "compnent Kettle").replace("[0.79, 0.61]", "[0.79, 0.71]");
    assert_eq!(person.shown(), expected);
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Public"]);
    person.replaces("compnent", "component");
    assert_eq!((person.place("Cup of tea"), person.place("Kettle")), ((0.71, 0.79), (0.35, 0.43)));
    assert_eq!(person.app.document().links.len(), 2);
}

#[test]
fn a_text_that_waits_can_be_taken_as_it_is_or_taken_back() {
    let mut person = Person::with_text(TEA);
    person.replaces("component Kettle", "no more Kettle");
    assert!(person.app.is_enabled(ActionId::Undo));
    person.acts(ActionId::Undo);
    assert_eq!((person.shown().as_str(), person.app.text_pane().waits_for()), (TEA, None));
    person.replaces("component Kettle", "no more Kettle");
    person.does(Intent::Text(TextIntent::TakeAsIs));
    assert_eq!(person.names(), ["Cup of tea", "Public"]);
    assert!(person.shown().contains("no more Kettle"));
    // The line counts as known now: others are taken in at once.
    person.replaces("[0.79, 0.61]", "[0.79, 0.62]");
    assert_eq!((person.app.text_pane().waits_for(), person.place("Cup of tea").0), (None, 0.62));
    person.acts(ActionId::Undo);
    person.acts(ActionId::Undo);
    assert_eq!(person.shown(), TEA);
}

#[test]
fn half_a_new_line_neither_waits_nor_hurts() {
    let mut person = Person::with_text(TEA);
    person.types_at("Public->", "comp");
    assert_eq!(person.app.text_pane().waits_for(), None);
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Public"]);
}

#[test]
fn a_map_that_never_was_text_is_written_and_typed_the_same_way() {
    let mut person = Person::with_tea_shop();
    let links = person.app.document().links.clone();
    person.acts(ActionId::ToggleText);
    assert!(person.shown().contains("component Kettle [0.40, 0.40]\n"), "{}", person.shown());
    person.replaces("[0.40, 0.40]", "[0.50, 0.40]");
    assert_eq!(person.place("Kettle"), (0.4, 0.5));
    assert_eq!(person.app.document().links, links);
    // An empty map, too.
    let mut person = Person::new();
    person.acts(ActionId::ToggleText);
    person.types_text("component A [0.5, 0.5]\ncomponent B\nA->B", 10);
    assert_eq!((person.names(), person.app.document().links.len()), (vec!["A".to_owned(), "B".to_owned()], 1));
}

#[test]
fn the_caret_selects_on_the_map_and_the_map_marks_the_line() {
    let mut person = Person::with_text(TEA);
    let order = person.app.text_pane().order().serial;
    let at = person.shown().find("->Cup").unwrap();
    person.effects.clear();
    person.does(Intent::Text(TextIntent::Caret(at)));
    assert_eq!(person.app.selection().len(), 1);
    assert!(matches!(person.app.selection().first(), Some(AnyRecordId::Link(_))));
    assert_eq!(person.marked(), ["Public->Cup of tea"]);
    assert_eq!(person.app.text_pane().order().serial, order, "the text does not scroll under the caret");
    assert!(person.effects.iter().all(|e| !matches!(e, Effect::Announce { .. } | Effect::FocusMap)));
    // And the other way.
    let kettle = person.spot("Kettle");
    person.clicks(kettle);
    assert_eq!(person.marked(), ["component Kettle [0.43, 0.35] label [-57, 4]"]);
    let order = person.app.text_pane().order();
    assert_eq!(&person.shown()[order.show.clone()], "component Kettle [0.43, 0.35] label [-57, 4]");
    assert!(!order.select);
    // A comment selects nothing anew.
    person.does(Intent::Text(TextIntent::Caret(person.shown().find("what people").unwrap())));
    assert_eq!(person.selected(), ["Kettle"]);
}

#[test]
fn the_caret_stays_at_its_element_when_the_map_changes_the_text() {
    let mut person = Person::with_text(TEA);
    let at = person.shown().find("ettle [0.43").unwrap();
    person.does(Intent::Text(TextIntent::Caret(at)));
    let cup = person.id("Cup of tea");
    let change = crate::edit::ComponentChange::Name("Mug of builder's tea".to_owned());
    person.does(Intent::Edit(Command::ChangeComponents { ids: vec![cup], change }));
    person.text_follows();
    let pane = person.app.text_pane();
    assert!(pane.text()[pane.caret()..].starts_with("ettle [0.43"), "{:?}", &pane.text()[pane.caret()..]);
}

#[test]
fn windows_line_breaks_stay() {
    let text = TEA.replace('\n', "\r\n");
    let mut person = Person::with_text(&text);
    assert_eq!(person.shown(), TEA);
    person.replaces("[0.79, 0.61]", "[0.79, 0.62]");
    person.types_at("Public->", "Kettle->Public\n");
    let source = person.app.document().source.as_ref().unwrap();
    let expected = text.replace("[0.79, 0.61]", "[0.79, 0.62]").replace("Public->Cup", "Kettle->Public\r\nPublic->Cup");
    assert_eq!(source.text, expected);
    person.moves_on_map("Cup of tea", 0.1, 0.0);
    person.text_follows();
    assert!(!person.shown().contains('\r'));
    assert_eq!(owm::write(person.app.document()).text, expected.replace("[0.79, 0.62]", "[0.79, 0.72]"));
}

#[test]
fn remarks_are_walked_through_and_mended_one_by_one() {
    let mut person =
        Person::with_text("title T\ncomponent A [0.5, 0.5]\nComponent B [0.4, 0.4]\nA->B\nA->Cc\nbuy->B\n");
    person.acts(ActionId::NextRemark);
    let first = person.app.text_pane().order().clone();
    assert!(first.select);
    assert_eq!(&person.shown()[first.show], "Component");
    assert!(person.heard().contains("line 3"), "{}", person.heard());
    person.acts(ActionId::NextRemark);
    person.acts(ActionId::PreviousRemark);
    assert_eq!(&person.shown()[person.app.text_pane().order().show.clone()], "Component");
    let remark = person.app.text_pane().diagnostics().iter().find(|d| d.code == "owm-keyword-case").unwrap().clone();
    person.does(Intent::Text(TextIntent::Fix(Box::new(remark.clone()))));
    assert!(person.shown().contains("\ncomponent B [0.4, 0.4]\n"));
    assert!(person.app.text_pane().diagnostics().iter().all(|d| d.code != "owm-keyword-case"));
    // A second press on a button that is going away does nothing.
    let text = person.shown();
    person.does(Intent::Text(TextIntent::Fix(Box::new(remark))));
    assert_eq!(person.shown(), text);
    person.acts(ActionId::Undo);
    assert!(person.shown().contains("\nComponent B [0.4, 0.4]\n"));
}

#[test]
fn a_missing_end_of_a_link_is_added_by_one_press() {
    let mut person = Person::with_text("title T\ncomponent A [0.5, 0.5]\n\nA->Power supply\n// end\n");
    let remark = person.app.text_pane().diagnostics().iter().find(|d| d.code == "owm-dangling-link").unwrap().clone();
    person.does(Intent::Text(TextIntent::Fix(Box::new(remark))));
    assert_eq!(person.names(), ["A", "Power supply"]);
    assert_eq!(person.app.document().links.len(), 1);
    assert!(person.app.text_pane().diagnostics().iter().all(|d| d.code != "owm-dangling-link"));
}

#[test]
fn a_closed_pane_computes_nothing_and_catches_up() {
    let mut person = Person::with_text(TEA);
    person.acts(ActionId::ToggleText);
    person.does(Intent::Show(ShowIntent::Side(None)));
    person.effects.clear();
    person.moves_on_map("Kettle", 0.1, 0.0);
    assert!(!person.effects.contains(&Effect::ScheduleText));
    assert_eq!(person.shown(), TEA);
    person.acts(ActionId::ToggleText);
    assert!(person.shown().contains("component Kettle [0.43, 0.45]"));
    assert!(person.effects.contains(&Effect::FocusText));
}

#[test]
fn another_file_brings_its_own_text() {
    let mut person = Person::with_text(TEA);
    person.replaces("component Kettle", "compnent Kettle");
    person.does(Intent::File(FileIntent::Opened { files: Vec::new(), can_save_back: false }));
    assert!(person.app.dialog().is_some(), "typed text that the map does not show is asked about");
    person.does(Intent::Show(ShowIntent::Dialog(None)));
    person.acts(ActionId::Undo);
    person.opens("b.owm", "title B\n");
    assert_eq!((person.shown().as_str(), person.app.text_pane().caret()), ("title B\n", 0));
}

#[test]
fn keys_that_move_make_one_step_although_the_text_follows() {
    let mut person = Person::with_text(TEA);
    let kettle = person.spot("Kettle");
    person.clicks(kettle);
    for _ in 0..3 {
        person.key("ArrowRight");
        person.text_follows();
    }
    assert_eq!(person.place("Kettle").0, 0.38);
    person.acts(ActionId::Undo);
    assert_eq!(person.place("Kettle").0, 0.35);
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn every_real_map_can_be_typed_over_and_moved() {
    let Ok(folder) = std::env::var("PORTOLAN_CORPUS") else {
        return eprintln!("PORTOLAN_CORPUS is not set: skipped");
    };
    let mut names: Vec<_> = std::fs::read_dir(format!("{folder}/owm")).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names.into_iter().filter(|p| p.extension().is_some_and(|e| e == "owm")).step_by(7) {
        let bytes = std::fs::read(&path).unwrap();
        let mut person = Person::new();
        let files = vec![ReadFile { name: "a.owm".to_owned(), bytes: bytes.clone() }];
        person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
        if person.app.document().source.is_none() {
            continue;
        }
        person.acts(ActionId::ToggleText);
        let text = person.shown();
        let end = text.len();
        person.types_text(&format!("{text}\ncomponent Quite new [0.5, 0.5]\n"), end);
        assert!(person.names().contains(&"Quite new".to_owned()), "{path:?}");
        person.moves_on_map("Quite new", 0.1, 0.1);
        person.text_follows();
        assert_eq!(person.shown(), format!("{text}\ncomponent Quite new [0.60, 0.60]\n"), "{path:?}");
        person.acts(ActionId::Undo);
        person.acts(ActionId::Undo);
        assert_eq!(person.shown(), text, "{path:?}");
        assert_eq!(
            owm::write(person.app.document()).text.as_bytes(),
            owm::write(&owm::read(&String::from_utf8_lossy(&bytes)).document).text.as_bytes()
        );
    }
}

#[test]
fn a_remark_of_the_problems_opens_the_text_at_its_place() {
    let mut person = Person::new();
    person.opens("a.owm", "title T\ncomponent A [0.5, 0.5]\nA->Nobody\n");
    let remark = person.app.file_state().diagnostics.iter().find(|d| d.code == "owm-dangling-link").unwrap().clone();
    person.does(Intent::Text(TextIntent::GoTo(Box::new(remark))));
    let order = person.app.text_pane().order().clone();
    assert!(person.app.text_pane().is_open() && order.select);
    assert_eq!(&person.shown()[order.show], "Nobody");
}

#[test]
fn a_mermaid_map_is_shown_in_the_other_language_and_comes_back_by_undo() {
    let mut person = Person::new();
    person.opens("a.mmd", "wardley-beta\ntitle T\ncomponent Kettle [0.43, 0.35]\n");
    let start = std::rc::Rc::clone(person.app.document());
    person.acts(ActionId::ToggleText);
    person.replaces("component Kettle [0.43, 0.35]", "component Kettle [0.43, 0.45]");
    assert_eq!(person.place("Kettle").0, 0.45);
    person.acts(ActionId::Undo);
    assert_eq!(person.app.document(), &start);
}

#[derive(Debug, Clone)]
enum Deed {
    Insert(usize, &'static str),
    Remove(usize, usize),
    Caret(usize),
    MoveOnMap(usize),
    Follows,
    Pauses,
    TakesAsIs,
    Toggles,
    Undoes,
    Redoes,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let letters = prop::sample::select(vec![
        "x",
        " ",
        "\n",
        "//",
        "component ",
        "A->B\n",
        "[0.5, 0.5]",
        "component A [0.2, 0.3]\n",
        "title T\n",
        "{",
        "\"",
        "ä",
    ]);
    let deed = prop_oneof![
        6 => (any::<usize>(), letters).prop_map(|(at, text)| Deed::Insert(at, text)),
        3 => (any::<usize>(), 0..12usize).prop_map(|(at, length)| Deed::Remove(at, length)),
        1 => any::<usize>().prop_map(Deed::Caret),
        2 => any::<usize>().prop_map(Deed::MoveOnMap),
        2 => Just(Deed::Follows),
        1 => Just(Deed::Pauses),
        1 => Just(Deed::TakesAsIs),
        1 => Just(Deed::Toggles),
        2 => Just(Deed::Undoes),
        1 => Just(Deed::Redoes),
    ];
    prop::collection::vec(deed, 1..24)
}

fn place_in(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_typed_and_moved_can_be_taken_back_and_agrees(
        deeds in deeds(),
        breaks in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let source = TEA.replace('\n', breaks);
        let mut person = Person::with_text(&source);
        let start = std::rc::Rc::clone(person.app.document());
        for deed in deeds {
            let text = person.shown();
            let is_open = person.app.text_pane().is_open();
            match deed {
                Deed::Insert(at, letters) if is_open => {
                    let at = place_in(&text, at);
                    let mut typed = text.clone();
                    typed.insert_str(at, letters);
                    person.types_text(&typed, at + letters.len());
                }
                Deed::Remove(at, length) if is_open => {
                    let from = place_in(&text, at);
                    let to = place_in(&text, (from + length).min(text.len()));
                    let mut typed = text.clone();
                    typed.replace_range(from.min(to)..to, "");
                    person.types_text(&typed, from.min(to));
                }
                Deed::Caret(at) if is_open => person.does(Intent::Text(TextIntent::Caret(place_in(&text, at)))),
                Deed::MoveOnMap(which) => {
                    let ids: Vec<_> = person.app.document().components.keys().copied().collect();
                    if !ids.is_empty() {
                        let records = [AnyRecordId::Component(ids[which % ids.len()])].into();
                        person.does(Intent::Edit(Command::Move { records, by: Vector::new(0.03, -0.02) }));
                    }
                }
                Deed::Follows => person.text_follows(),
                Deed::Pauses => person.does(Intent::Text(TextIntent::Paused)),
                Deed::TakesAsIs => person.does(Intent::Text(TextIntent::TakeAsIs)),
                Deed::Toggles => person.acts(ActionId::ToggleText),
                Deed::Undoes => person.acts(ActionId::Undo),
                Deed::Redoes => person.acts(ActionId::Redo),
                _ => {}
            }
        }
        if !person.app.text_pane().is_open() {
            person.acts(ActionId::ToggleText);
        }
        person.text_follows();
        let written = owm::write(person.app.document()).text.replace("\r\n", "\n").replace('\r', "\n");
        if person.app.text_pane().waits_for().is_none() {
            prop_assert_eq!(person.shown(), written);
        }
        for _ in 0..64 {
            person.acts(ActionId::Undo);
        }
        prop_assert_eq!(person.app.undo_label(), None);
        prop_assert_eq!(person.app.document(), &start);
        prop_assert_eq!(person.shown(), TEA);
    }
}

#[test]
fn the_list_of_problems_follows_what_is_mended() {
    let mut person = Person::new();
    person.opens("tea.owm", TEA);
    person.acts(ActionId::ShowProblems);
    if person.app.side() != Some(crate::app::state::SidePanel::Problems) {
        person.acts(ActionId::ShowProblems);
    }
    let concerns = |person: &Person, what: &str| {
        person.app.file_state().diagnostics.iter().filter(|d| d.message.contains(what)).count()
    };
    let unread = "some words nobody understands";
    let line = TEA.lines().position(|line| line == unread).unwrap() as u32 + 1;
    let about_line = |person: &Person| {
        let at = |d: &crate::diag::Diagnostic| matches!(d.place, crate::diag::Place::Text { line: l, .. } if l == line);
        person.app.file_state().diagnostics.iter().filter(|d| at(d)).count()
    };
    assert_eq!(about_line(&person), 1);
    person.acts(ActionId::ToggleText);
    let mended = TEA.replace(unread, "// some words");
    person.types_text(&mended, mended.len());
    assert_eq!(about_line(&person), 0, "mended in the text");
    // A second of the same name, and its end on the map with the pane closed.
    let doubled = format!("{mended}component Kettle [0.2, 0.2]\n");
    person.types_text(&doubled, doubled.len());
    assert_eq!(concerns(&person, "declared twice"), 1);
    person.acts(ActionId::ToggleText);
    let document = person.app.document();
    let second = document.components.iter().filter(|(_, c)| c.name == "Kettle").map(|(id, _)| *id);
    let second =
        second.max_by(|a, b| person.app.position(*b).unwrap().y.total_cmp(&person.app.position(*a).unwrap().y));
    person.does(Intent::Select(SelectIntent::Only([AnyRecordId::Component(second.unwrap())].into())));
    person.key("Delete");
    person.does(Intent::Text(TextIntent::Due));
    assert_eq!(concerns(&person, "declared twice"), 0, "mended on the map");
}
