use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::import::{summary, ImportIntent};
use crate::app::intent::*;
use crate::app::state::DialogKind;
use crate::app::tests::script::Person;
use crate::format::csv::{DateOrder, Field, Meaning, RowsAre};
use crate::model::{AnyRecordId, Document};

fn opens(person: &mut Person, name: &str, text: &str) {
    let files = vec![ReadFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }];
    person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
}

fn imports(person: &mut Person, intent: ImportIntent) {
    person.does(Intent::Import(intent));
}

fn says(person: &Person) -> String {
    person.app.review().unwrap().outcome.as_ref().map_or_else(Clone::clone, |it| summary(it))
}

const TABLE: &str = "Name,Who,EOL\nKettle,Estates,03/04/2026\nTeapot,Estates,05/06/2026\n";

#[test]
fn a_table_joins_the_open_map_as_one_step_that_can_be_undone() {
    let mut person = Person::with_tea_shop();
    let before = std::rc::Rc::clone(person.app.document());
    opens(&mut person, "systems.csv", TABLE);
    assert_eq!(person.app.dialog(), Some(&DialogKind::Import));
    assert_eq!(**person.app.document(), *before, "nothing has happened yet");
    assert_eq!(says(&person), "makes 1 system and changes 1 system");
    // The guess for the second column is put right.
    let meaning = Meaning::Field(Field::OwnerBusiness);
    imports(&mut person, ImportIntent::Column { table: 0, column: 1, meaning });
    // Nothing settles the order of day and month.
    let review = person.app.review().unwrap();
    assert_eq!(review.tables[0].open_date.as_deref(), Some("03/04/2026"));
    imports(&mut person, ImportIntent::Order(0, DateOrder::MonthFirst));
    imports(&mut person, ImportIntent::Take);
    assert_eq!(person.app.dialog(), None);
    let kettle = &person.app.document().components[&person.id("Kettle")];
    assert_eq!(kettle.facts().owner_business.value().map(String::as_str), Some("Estates"));
    let dates: Vec<_> = person.app.document().lifecycles.values().map(|it| format!("{:?}", it.security_ends)).collect();
    assert_eq!(dates, ["On(2026-03-04)", "On(2026-05-06)"]);
    assert_eq!(person.app.undo_label(), Some("Take in systems.csv"));
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), *before);
    person.acts(ActionId::Redo);
    assert_eq!(person.app.document().components.len(), 5);
}

#[test]
fn a_new_map_asks_about_unsaved_changes_only_when_it_is_taken() {
    let mut person = Person::with_tea_shop();
    opens(&mut person, "My estate.csv", TABLE);
    imports(&mut person, ImportIntent::AsNew(true));
    assert_eq!(says(&person), "makes 2 systems");
    imports(&mut person, ImportIntent::Take);
    assert!(matches!(person.app.dialog(), Some(DialogKind::UnsavedChanges(_))));
    assert_eq!(person.app.document().components.len(), 4);
    person.does(Intent::File(FileIntent::ContinueWithoutSaving));
    assert_eq!(person.app.document().components.len(), 2);
    assert_eq!(person.app.title(), "My estate");
}

#[test]
fn a_wrong_guess_of_headings_separator_and_rows_is_put_right() {
    let mut person = Person::new();
    opens(&mut person, "odd.csv", "what;ever\nalpha;beta,1\ngamma;delta,2\n");
    imports(&mut person, ImportIntent::Separator(0, b','));
    assert_ne!(person.app.review().unwrap().tables[0].sheet.headings[0], "what");
    imports(&mut person, ImportIntent::Separator(0, b';'));
    imports(&mut person, ImportIntent::Headings(0, 1));
    assert_eq!(person.app.review().unwrap().tables[0].sheet.headings[0], "alpha");
    imports(&mut person, ImportIntent::Headings(0, 0));
    imports(&mut person, ImportIntent::Rows(0, RowsAre::Links));
    assert!(says(&person).starts_with("Choose the column that says who needs"), "{}", says(&person));
    imports(&mut person, ImportIntent::Take);
    assert!(person.app.document().is_empty(), "what is refused cannot be taken");
    for (column, field) in [(0, Field::Source), (1, Field::Target)] {
        imports(&mut person, ImportIntent::Column { table: 0, column, meaning: Meaning::Field(field) });
    }
    assert_eq!(says(&person), "makes 4 systems and makes 2 links");
    // A second column of the same meaning takes it from the first.
    imports(&mut person, ImportIntent::Column { table: 0, column: 0, meaning: Meaning::Field(Field::Target) });
    assert_eq!(person.app.review().unwrap().tables[0].meanings[1], Meaning::Keep);
}

#[test]
fn a_pasted_table_is_reviewed_and_pasted_lines_are_not() {
    let mut person = Person::new();
    person.does(Intent::File(FileIntent::Pasted("Name\tOwner\r\nPortal\tAnn\r\n".to_owned())));
    assert_eq!(person.app.dialog(), Some(&DialogKind::Import));
    person.does(Intent::Show(ShowIntent::Dialog(None)));
    person.does(Intent::File(FileIntent::Pasted("Name of one\nAnother, with a comma\n".to_owned())));
    assert_eq!(person.app.document().components.len(), 2);
}

#[test]
fn what_was_exported_comes_back_without_a_change() {
    let mut person = Person::with_tea_shop();
    let text = crate::format::csv::write_systems(person.app.document());
    opens(&mut person, "back.csv", &text);
    assert!(person.app.review().unwrap().outcome.as_ref().unwrap().is_nothing());
}

/// What was downloaded last.
fn downloaded(person: &Person) -> (String, String) {
    let download = person.effects.iter().rev().find_map(|effect| match effect {
        Effect::Download { name, contents, .. } => Some((name.clone(), contents.clone())),
        _ => None,
    });
    download.expect("something is downloaded")
}

#[test]
fn links_go_out_as_a_table_and_come_back_through_the_review() {
    let mut person = Person::with_tea_shop();
    // Words that a spreadsheet would compute.
    let link = *person.app.document().links.keys().next().unwrap();
    let change = crate::edit::LinkChange::Context("=daily, by hand".to_owned());
    person.does(Intent::Edit(crate::edit::Command::ChangeLink { id: link, change }));
    person.acts(ActionId::ExportLinks);
    let (name, table) = downloaded(&person);
    assert!(name.ends_with(".links.csv"), "{name}");
    assert!(table.starts_with('\u{feff}') && table.contains("\"'=daily, by hand\""), "{table}");

    // Unchanged, nothing would happen.
    opens(&mut person, &name, &table);
    assert!(person.app.review().unwrap().outcome.as_ref().unwrap().is_nothing());
    person.does(Intent::Show(ShowIntent::Dialog(None)));

    // A link that was taken away comes back; undo takes it away again.
    let whole = std::rc::Rc::clone(person.app.document());
    person.does(Intent::Edit(crate::edit::Command::Delete([AnyRecordId::Link(link)].into())));
    let without = std::rc::Rc::clone(person.app.document());
    opens(&mut person, &name, &table);
    assert_eq!(says(&person), "makes 1 link");
    imports(&mut person, ImportIntent::Take);
    let ends = |document: &Document| -> Vec<_> {
        let mut ends: Vec<_> = document.links.values().map(|it| (it.from, it.to, it.context.clone())).collect();
        ends.sort();
        ends
    };
    assert_eq!(ends(person.app.document()), ends(&whole));
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), *without);
}

#[test]
fn both_tables_make_the_same_map_again() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::ExportLinks);
    let links = downloaded(&person);
    person.acts(ActionId::ExportCsv);
    let systems = downloaded(&person);
    let named = |document: &Document| -> Vec<_> {
        let name = |id| document.components[&id].name.clone();
        let mut named: Vec<_> = document.links.values().map(|it| (name(it.from), name(it.to))).collect();
        named.sort();
        named
    };
    let before = named(person.app.document());
    let mut person = Person::new();
    let file = |(name, text): (String, String)| ReadFile { name, bytes: text.into_bytes() };
    let files = vec![file(systems), file(links)];
    person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    imports(&mut person, ImportIntent::Take);
    assert_eq!(named(person.app.document()), before);
    assert_eq!(person.app.document().components.len(), 4);
}

#[test]
fn a_map_without_links_has_no_table_of_them() {
    let person = Person::new();
    assert!(!person.app.is_enabled(ActionId::ExportLinks));
}
