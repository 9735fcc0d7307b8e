//! The table of systems as a spreadsheet: keys, cells, clipboard, one step each.

use crate::analysis::litraf::Criterion;
use crate::app::action::ActionId;
use crate::app::intent::{Intent, KeyInput, SelectIntent, ShowIntent, TableIntent};
use crate::app::state::ViewTab;
use crate::app::table::columns::Field;
use crate::app::table::AfterCell;
use crate::app::tests::script::Person;
use crate::edit::{Command, ComponentChange};
use crate::model::{ComponentKind, Document, SupportEnd};

fn key(person: &mut Person, name: &str, shift: bool, ctrl: bool) {
    let key = KeyInput { key: name.to_owned(), shift, ctrl, ..KeyInput::default() };
    person.does(Intent::Table(TableIntent::Key(key)));
}

/// The tea shop (three systems and a user) in the table.
fn at_the_table() -> Person {
    let mut person = Person::with_tea_shop();
    let change = ComponentChange::Kind(ComponentKind::Anchor);
    person.does(Intent::Edit(Command::ChangeComponents { ids: vec![person.id("Public")], change }));
    person.does(Intent::Show(ShowIntent::Tab(ViewTab::Table)));
    person
}

fn go(person: &mut Person, name: &str, field: Field, extend: bool) {
    let id = person.id(name);
    let row = person.app.table().rows().iter().position(|it| *it == id).expect("is shown");
    if !person.app.table().shown().contains(&field) {
        person.does(Intent::Table(TableIntent::ShowColumn(field, true)));
    }
    let column = person.app.table().shown().iter().position(|it| *it == field).expect("is shown");
    person.does(Intent::Table(TableIntent::Go { row, column, extend }));
}

fn types(person: &mut Person, name: &str, field: Field, text: &str) {
    go(person, name, field, false);
    person.does(Intent::Table(TableIntent::Type(text.to_owned())));
    person.does(Intent::Table(TableIntent::Commit(text.to_owned(), AfterCell::Down)));
}

fn cell(person: &Person, name: &str, field: Field) -> String {
    person.app.table_text(person.id(name), field)
}

const L1: Field = Field::Answer(Criterion::Likelihood(0));
const C1: Field = Field::Answer(Criterion::Impact(0));

fn names(person: &Person) -> Vec<String> {
    person.app.table().rows().iter().map(|id| person.app.document().components[id].name.clone()).collect()
}

#[test]
fn systems_are_rows_and_users_are_none() {
    let mut person = at_the_table();
    assert_eq!(names(&person), ["Cup of tea", "Kettle", "Power"]);
    person.does(Intent::Table(TableIntent::Find("power".to_owned())));
    assert_eq!((names(&person).len(), person.app.table().of()), (1, 3));
    person.does(Intent::Table(TableIntent::Find(String::new())));
    types(&mut person, "Kettle", L1, "5");
    person.does(Intent::Table(TableIntent::Filter(L1, ">3".to_owned())));
    assert_eq!(names(&person), ["Kettle"]);
    person.does(Intent::Table(TableIntent::Filter(L1, "?".to_owned())));
    assert_eq!(names(&person), ["Cup of tea", "Power"]);
}

#[test]
fn a_cell_is_one_step_and_moves_on() {
    let mut person = at_the_table();
    let before = Document::clone(person.app.document());
    go(&mut person, "Kettle", Field::Owner, false);
    assert_eq!(person.app.only_component(), Some(person.id("Kettle")), "the map's selection follows");
    key(&mut person, "Enter", false, false);
    assert_eq!(person.app.table().edit().unwrap().text, "?");
    person.does(Intent::Table(TableIntent::Commit("Catering".to_owned(), AfterCell::Down)));
    assert_eq!(cell(&person, "Kettle", Field::Owner), "Catering");
    assert_eq!(person.app.only_component(), Some(person.id("Power")));
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), before);
}

#[test]
fn what_cannot_be_taken_stays_in_hand_with_a_reason() {
    let mut person = at_the_table();
    let before = person.app.revision();
    types(&mut person, "Kettle", L1, "9");
    let edit = person.app.table().edit().expect("still open");
    assert_eq!(edit.text, "9");
    assert!(edit.error.unwrap().to_string().contains("1 to 6"));
    assert_eq!(person.app.revision(), before);
    person.does(Intent::Table(TableIntent::Commit("3-5".to_owned(), AfterCell::Stay)));
    assert_eq!(cell(&person, "Kettle", L1), "4 (3–5)");
    for (text, shown) in [("Likely", "4"), ("n/a", "n/a"), ("?", "?"), ("4 (2–6)", "4 (2–6)")] {
        types(&mut person, "Kettle", L1, text);
        assert_eq!(cell(&person, "Kettle", L1), shown);
    }
    go(&mut person, "Kettle", Field::Score, false);
    key(&mut person, "F2", false, false);
    assert!(person.app.table().edit().is_none() && person.app.status().unwrap().is_error);
}

#[test]
fn a_pasted_block_is_one_step_and_bad_cells_are_kept() {
    let mut person = at_the_table();
    let before = Document::clone(person.app.document());
    go(&mut person, "Cup of tea", L1, false);
    person.does(Intent::Table(TableIntent::Paste("4\t5\r\nsoon\t6\r\n2\t1\r\n3\t3\r\n".to_owned())));
    assert_eq!(cell(&person, "Cup of tea", L1), "4");
    assert_eq!(cell(&person, "Kettle", Field::Answer(Criterion::Likelihood(1))), "6");
    let refused: Vec<&str> = person.app.table().refused().iter().map(|it| it.text.as_str()).collect();
    assert_eq!(refused, ["soon", "3", "3"], "one is no level, a row lies below the table");
    assert!(person.app.status().unwrap().text.contains("5 cells taken, 3 not"));
    // The refused text can be put right where it belongs.
    person.does(Intent::Table(TableIntent::Refused(0)));
    assert_eq!(person.app.table().edit().unwrap().text, "soon");
    person.does(Intent::Table(TableIntent::Cancel));
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), before);
}

#[test]
fn copied_cells_are_the_same_when_pasted_and_one_cell_fills_a_range() {
    let mut person = at_the_table();
    types(&mut person, "Cup of tea", L1, "2-4");
    types(&mut person, "Cup of tea", Field::Owner, "Tea lady; \"Jo\"");
    go(&mut person, "Cup of tea", Field::Owner, false);
    go(&mut person, "Cup of tea", L1, true);
    let copied = person.app.table_copied();
    go(&mut person, "Power", Field::Owner, false);
    person.does(Intent::Table(TableIntent::Paste(copied.clone())));
    assert_eq!(person.app.table_copied(), copied, "what was pasted is marked");
    go(&mut person, "Cup of tea", C1, false);
    go(&mut person, "Power", C1, true);
    person.does(Intent::Table(TableIntent::Paste("5".to_owned())));
    assert_eq!(["Cup of tea", "Kettle", "Power"].map(|name| cell(&person, name, C1)), ["5", "5", "5"]);
}

#[test]
fn fill_down_and_clear_are_one_step_each() {
    let mut person = at_the_table();
    types(&mut person, "Cup of tea", Field::Supplier, "Harrow");
    let filled = person.app.revision();
    go(&mut person, "Cup of tea", Field::Supplier, false);
    key(&mut person, "ArrowDown", true, true);
    key(&mut person, "d", false, true);
    assert_eq!(cell(&person, "Power", Field::Supplier), "Harrow");
    assert_eq!(person.app.revision(), filled + 1);
    assert_eq!(person.app.selected_components().len(), 3);
    key(&mut person, "Delete", false, false);
    assert_eq!(cell(&person, "Kettle", Field::Supplier), "");
    person.acts(ActionId::Undo);
    assert_eq!(cell(&person, "Kettle", Field::Supplier), "Harrow");
    // A name cannot be empty; nothing is lost.
    go(&mut person, "Kettle", Field::Name, false);
    key(&mut person, "Delete", false, false);
    assert_eq!(cell(&person, "Kettle", Field::Name), "Kettle");
    assert_eq!(person.app.table().refused().len(), 1);
}

#[test]
fn rows_keep_their_places_while_they_are_edited() {
    let mut person = at_the_table();
    person.does(Intent::Table(TableIntent::Sort(Field::Name)));
    person.does(Intent::Table(TableIntent::Sort(Field::Name)));
    assert_eq!(names(&person), ["Power", "Kettle", "Cup of tea"]);
    types(&mut person, "Power", Field::Name, "Electricity");
    assert_eq!(names(&person), ["Electricity", "Kettle", "Cup of tea"]);
    person.does(Intent::Table(TableIntent::Sort(L1)));
    types(&mut person, "Kettle", L1, "6");
    person.does(Intent::Table(TableIntent::Sort(L1)));
    assert_eq!(names(&person)[0], "Kettle", "what is not known comes last either way");
    let kettle = person.record("Kettle");
    person.does(Intent::Select(SelectIntent::Only([kettle].into())));
    person.acts(ActionId::Delete);
    assert_eq!(names(&person).len(), 2);
}

#[test]
fn areas_and_support_dates_are_records_of_their_own() {
    let mut person = at_the_table();
    types(&mut person, "Kettle", Field::Area, "Kitchen; Front");
    types(&mut person, "Power", Field::Area, "kitchen");
    assert_eq!(person.app.document().areas.len(), 2);
    assert_eq!(cell(&person, "Power", Field::Area), "Kitchen");
    types(&mut person, "Kettle", Field::Area, "Front");
    assert_eq!(cell(&person, "Kettle", Field::Area), "Front");

    types(&mut person, "Kettle", Field::SupportEnds, "2027-03-31");
    assert!(person.app.table().edit().unwrap().error.is_some(), "no product, no support date");
    person.does(Intent::Table(TableIntent::Cancel));
    types(&mut person, "Kettle", Field::Product, "Boilmaster");
    types(&mut person, "Kettle", Field::SupportEnds, "31/3/2027");
    assert_eq!(cell(&person, "Kettle", Field::SupportEnds), "2027-03-31");
    types(&mut person, "Kettle", Field::SupportEnds, "over");
    let lifecycles = &person.app.document().lifecycles;
    assert_eq!(lifecycles.values().map(|l| l.security_ends).collect::<Vec<_>>(), [SupportEnd::Over]);
}

#[test]
fn numbers_as_people_write_them() {
    let mut person = at_the_table();
    for (field, text, shown) in [
        (Field::Users, "1,200", "1200"),
        (Field::Recovery, "4–24", "14 (4–24)"),
        (Field::Tolerable, "0,5", "0.5"),
        (Field::Evolution, "61.5 %", "61.5"),
        (Field::Kind, "platform", "Platform"),
    ] {
        types(&mut person, "Kettle", field, text);
        assert_eq!(cell(&person, "Kettle", field), shown, "{text}");
    }
    assert_eq!(person.place("Kettle").0, 0.615, "the map moves along");
}

/// Every change of a table's cell can be copied, taken back by undo and pasted again.
#[test]
fn the_hospital_survives_a_round_trip_through_the_clipboard() {
    let mut person = Person::new();
    person.does(Intent::Show(ShowIntent::OpenSample("hospital-estate")));
    person.does(Intent::Show(ShowIntent::Tab(ViewTab::Table)));
    for column in crate::app::table::columns::COLUMNS {
        person.does(Intent::Table(TableIntent::ShowColumn(column.field, true)));
    }
    let before = Document::clone(person.app.document());
    key(&mut person, "a", false, true);
    let copied = person.app.table_copied();
    assert!(copied.lines().count() > 30);
    person.does(Intent::Table(TableIntent::Paste(copied)));
    assert_eq!(**person.app.document(), before, "pasting what is there changes nothing");
    assert_eq!(person.app.table().refused().len(), 0);
}
