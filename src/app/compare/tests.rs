use crate::app::action::ActionId;
use crate::app::compare::{CompareIntent, Kind};
use crate::app::effect::Effect;
use crate::app::intent::{Intent, ReadFile, Start};
use crate::app::state::{DialogKind, Look, SidePanel};
use crate::app::App;
use crate::compare::Side;
use crate::edit::Command;

fn app() -> App {
    App::new(Start {
        seed: 7,
        today: crate::date::parse_iso("2026-03-04"),
        look: Look::Light,
        wheel_zooms: Some(false),
        letter_shortcuts: true,
        address: String::new(),
        text_pane: (false, 400),
    })
}

fn sample(id: &str) -> ReadFile {
    let sample = crate::app::samples::all().iter().find(|sample| sample.id == id).unwrap();
    ReadFile { name: sample.file_name.to_owned(), bytes: sample.content.as_bytes().to_vec() }
}

/// The letters before the move, compared with those after it.
fn letters() -> App {
    let mut app = app();
    app.update(Intent::Show(crate::app::intent::ShowIntent::OpenSample("letters-before")));
    app.update(Intent::Compare(CompareIntent::Opened { files: vec![sample("letters-after")], ancestor: false }));
    app
}

fn sentences(app: &App) -> Vec<String> {
    app.comparing().unwrap().rows().iter().map(|row| row.sentence.clone()).collect()
}

#[test]
fn a_comparison_lists_every_difference_as_a_sentence() {
    let app = letters();
    assert_eq!(app.side(), Some(SidePanel::Compare));
    let said = sentences(&app);
    for line in &said {
        assert!(line.ends_with('.') && !line.contains("  "), "{line}");
        assert!(line.chars().next().is_some_and(|c| !c.is_lowercase()), "{line}");
    }
    assert!(said.iter().any(|line| line.contains(" is new")), "{said:#?}");
    assert!(said.iter().any(|line| line.contains(" no longer needs ")), "{said:#?}");
}

#[test]
fn the_same_map_has_no_differences_and_a_broken_file_is_refused_in_words() {
    let mut app = letters();
    app.update(Intent::Compare(CompareIntent::Opened { files: vec![sample("letters-before")], ancestor: false }));
    assert!(sentences(&app).is_empty());
    assert!(app.status().is_some_and(|status| status.text.contains("say the same")));
    let broken = ReadFile { name: "broken.json".into(), bytes: b"{\"format\":\"portolan\",\"sch".to_vec() };
    app.update(Intent::Compare(CompareIntent::Opened { files: vec![broken], ancestor: false }));
    assert!(matches!(app.dialog(), Some(DialogKind::CannotOpen { .. })));
}

#[test]
fn swapped_what_was_added_was_removed() {
    let mut app = letters();
    let of = |app: &App, kind: Kind| app.comparing().unwrap().rows().iter().filter(|row| row.kind == kind).count();
    let (added, removed) = (of(&app, Kind::Added), of(&app, Kind::Removed));
    assert!(added > 0 || removed > 0);
    app.update(Intent::Action(ActionId::SwapCompared));
    assert_eq!((of(&app, Kind::Removed), of(&app, Kind::Added)), (added, removed));
}

#[test]
fn keys_walk_through_the_differences_and_round() {
    let mut app = letters();
    let rows = app.comparing().unwrap().rows().len();
    for at in (0..rows).chain([0]) {
        app.update(Intent::Action(ActionId::NextDifference));
        assert_eq!(app.comparing().unwrap().current(), Some(at));
    }
    app.update(Intent::Action(ActionId::PreviousDifference));
    assert_eq!(app.comparing().unwrap().current(), Some(rows - 1));
    let only = app.comparing().unwrap().rows()[rows - 1].kind;
    app.update(Intent::Compare(CompareIntent::Only(Some(only))));
    for _ in 0..rows {
        app.update(Intent::Action(ActionId::NextDifference));
        let comparing = app.comparing().unwrap();
        assert_eq!(comparing.rows()[comparing.current().unwrap()].kind, only);
    }
}

#[test]
fn the_map_is_not_edited_while_it_is_compared() {
    let mut app = letters();
    let before = std::rc::Rc::clone(app.document());
    let all = before.components.keys().map(|id| crate::model::AnyRecordId::Component(*id)).collect();
    app.update(Intent::Edit(Command::Delete(all)));
    assert_eq!(*app.document(), before);
    assert!(app.status().is_some_and(|status| status.is_error && status.text.contains("compare")));
    app.update(Intent::Action(ActionId::StopComparing));
    assert!(app.comparing().is_none());
}

#[test]
fn the_report_is_copied_and_downloaded_with_both_names() {
    let mut app = letters();
    let effects = app.update(Intent::Action(ActionId::CopyDifferences));
    let copied = effects.iter().find_map(|effect| match effect {
        Effect::WriteClipboard(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    let first = format!("From {} to letters-after.map.json\n", app.title());
    assert!(copied.starts_with(&first), "{copied}");
    let effects = app.update(Intent::Action(ActionId::SaveDifferences));
    let same = |effect: &Effect| matches!(effect, Effect::Download { contents, .. } if *contents == copied);
    assert!(effects.iter().any(same));
}

#[test]
fn what_is_dropped_while_comparing_is_compared_and_never_written_over() {
    let mut app = letters();
    let opened = crate::app::intent::FileIntent::Opened { files: vec![sample("tea-shop")], can_save_back: true };
    let effects = app.update(Intent::File(opened));
    assert_eq!(app.comparing().unwrap().name(), "tea-shop.owm");
    assert!(effects.contains(&Effect::ForgetFile) && !app.file_state().can_save_back);
    // Opening ends the comparison.
    let effects = app.update(Intent::Action(ActionId::Open));
    assert!(app.comparing().is_none() && effects.contains(&Effect::PickFiles));
}

#[test]
fn the_picture_has_signs_ghosts_and_arrows_also_as_svg() {
    use crate::scene::display::{Dash, ItemKey, Role, Shape};
    let mut app = letters();
    let comparing = app.comparing().unwrap();
    let scene = std::rc::Rc::clone(app.scene());
    for row in comparing.rows().iter() {
        // What is on the map has a sign, or an arrow from where it stood.
        if scene.item(ItemKey::Record(row.record)).is_some() && row.kind != Kind::Risk {
            let (sign, arrow) = (ItemKey::Difference(row.record), ItemKey::MovedFrom(row.record));
            assert!(scene.item(sign).is_some() || scene.item(arrow).is_some(), "{}", row.sentence);
        }
        if row.kind == Kind::Removed && row.record.component().is_some() {
            let ghost = scene.item(ItemKey::Record(row.record)).unwrap();
            let dashed = |shape: &Shape| matches!(shape, Shape::Circle { stroke: Some(stroke), .. } if stroke.role == Role::Removed && stroke.dash != Dash::Solid);
            assert!(ghost.shapes.iter().any(dashed), "{}", row.sentence);
        }
    }
    app.update(Intent::Action(ActionId::ExportPicture));
    let effects = app.update(Intent::Picture(crate::app::intent::PictureIntent::Save));
    let svg = effects.iter().find_map(|effect| match effect {
        Effect::Download { contents, .. } => Some(contents.clone()),
        _ => None,
    });
    let svg = svg.unwrap();
    for sign in [">+<", ">–<", ">~<"] {
        assert!(svg.contains(sign), "{sign}");
    }
    // The map before alone has nothing that was added.
    app.update(Intent::Compare(CompareIntent::Draw(crate::app::compare::Drawn::Before)));
    let before = app.scene();
    for row in app.comparing().unwrap().rows().iter().filter(|row| row.kind == Kind::Added) {
        assert!(before.item(ItemKey::Record(row.record)).is_none());
    }
    app.update(Intent::Action(ActionId::StopComparing));
    assert!(app.scene().items().all(|item| !matches!(item.key, ItemKey::Difference(_))));
}

const TEA: &str = "title Tea\nanchor Public [0.95, 0.6]\ncomponent Tea [0.8, 0.61]\n\
component Kettle [0.45, 0.4]\ncomponent Power [0.1, 0.7]\nPublic->Tea\nTea->Kettle\nKettle->Power\n";

fn file(name: &str, text: &str) -> ReadFile {
    ReadFile { name: name.into(), bytes: text.as_bytes().to_vec() }
}

/// Ours is open and compared with theirs.
fn compared(ours: &str, theirs: &str) -> App {
    let mut app = app();
    let files = vec![file("ours.owm", ours)];
    app.update(Intent::File(crate::app::intent::FileIntent::Opened { files, can_save_back: false }));
    app.update(Intent::Compare(CompareIntent::Opened { files: vec![file("theirs.owm", theirs)], ancestor: false }));
    app
}

fn merging(ours: &str, theirs: &str) -> App {
    let mut app = compared(ours, theirs);
    app.update(Intent::Compare(CompareIntent::Opened { files: vec![file("base.owm", TEA)], ancestor: true }));
    app
}

fn open_conflicts(app: &App) -> usize {
    app.comparing().unwrap().merging().unwrap().open()
}

fn names(app: &App) -> Vec<String> {
    app.document().components.values().map(|component| component.name.clone()).collect()
}

#[test]
fn renamed_here_and_moved_there_merges_by_itself_in_one_step() {
    let ours = TEA.replace("Kettle", "Boiler");
    let theirs = TEA.replace("[0.45, 0.4]", "[0.45, 0.8]");
    let mut app = merging(&ours, &theirs);
    assert_eq!(open_conflicts(&app), 0);
    let before = std::rc::Rc::clone(app.document());
    app.update(Intent::Compare(CompareIntent::Merge));
    let (_, boiler) = app.document().component_named("Boiler").unwrap();
    assert_eq!(boiler.evolution.unwrap().get(), 0.8);
    assert!(crate::model::violations(app.document()).is_empty());
    let said = app.status().unwrap();
    assert!(said.text.contains("Merged with theirs.owm") && said.can_undo, "{}", said.text);
    // What is left is what was only changed here.
    assert_eq!(app.comparing().unwrap().rows().len(), 1);
    app.update(Intent::Action(ActionId::Undo));
    assert_eq!(*app.document(), before);
}

#[test]
fn what_both_changed_is_asked_and_nothing_is_merged_before_it_is_settled() {
    let ours = TEA.replace("[0.45, 0.4]", "[0.45, 0.2]");
    let theirs = TEA.replace("[0.45, 0.4]", "[0.45, 0.8]").replace("Power", "Mains");
    let mut app = merging(&ours, &theirs);
    assert_eq!(open_conflicts(&app), 1);
    let before = std::rc::Rc::clone(app.document());
    app.update(Intent::Compare(CompareIntent::Merge));
    assert_eq!(*app.document(), before);
    assert!(app.status().unwrap().is_error);
    let conflict = app.comparing().unwrap().merging().unwrap().conflicts()[0].clone();
    assert!(
        conflict.base.contains("0.4") && conflict.ours.contains("0.2") && conflict.theirs.contains("0.8"),
        "{conflict:?}"
    );
    let settle = |side| Intent::Compare(CompareIntent::Settle(conflict.record, conflict.field.clone(), side));
    app.update(settle(Some(Side::Theirs)));
    assert_eq!(open_conflicts(&app), 0);
    app.update(settle(None));
    assert_eq!(open_conflicts(&app), 1);
    for (side, evolution) in [(Side::Ours, 0.2), (Side::Theirs, 0.8)] {
        app.update(Intent::Compare(CompareIntent::SettleAll(Some(side))));
        app.update(Intent::Compare(CompareIntent::Merge));
        let kettle = app.document().component_named("Kettle").unwrap().1.evolution.unwrap().get();
        assert_eq!((kettle, names(&app).contains(&"Mains".to_owned())), (evolution, true));
        app.update(Intent::Action(ActionId::Undo));
        assert_eq!(*app.document(), before);
    }
}

#[test]
fn chosen_things_are_taken_over_and_nothing_else() {
    let theirs = TEA.replace("[0.45, 0.4]", "[0.45, 0.8]").replace("title Tea", "title Tea\ncomponent Milk [0.6, 0.6]")
        + "Tea->Milk\n";
    let mut app = compared(TEA, &theirs);
    app.update(Intent::Compare(CompareIntent::WantGroup(Some(Kind::Links), true)));
    app.update(Intent::Compare(CompareIntent::Take));
    // The link brings what it leads to.
    assert!(names(&app).contains(&"Milk".to_owned()));
    assert_eq!(app.document().component_named("Kettle").unwrap().1.evolution.unwrap().get(), 0.4);
    app.update(Intent::Compare(CompareIntent::WantGroup(None, true)));
    app.update(Intent::Compare(CompareIntent::Take));
    assert!(app.comparing().unwrap().rows().is_empty(), "{:?}", sentences(&app));
    app.update(Intent::Action(ActionId::Undo));
    app.update(Intent::Action(ActionId::Undo));
    assert!(!names(&app).contains(&"Milk".to_owned()));
}

#[test]
fn a_match_is_undone_and_made_by_hand() {
    let theirs = TEA.replace("Kettle", "Water kettle");
    let mut app = compared(TEA, &theirs);
    let pair =
        |app: &App| app.comparing().unwrap().matches(app.document()).pairs.into_iter().find(|p| p.name == "Kettle");
    let found = pair(&app).unwrap();
    assert_eq!(found.other_name, "Water kettle");
    app.update(Intent::Compare(CompareIntent::NotTheSame(found.theirs)));
    assert_eq!(pair(&app), None);
    let matches = app.comparing().unwrap().matches(app.document());
    assert_eq!((matches.only_ours.len(), matches.only_theirs.len()), (1, 1));
    assert!(sentences(&app).iter().any(|line| line == "Kettle is gone, was in Product."), "{:?}", sentences(&app));
    app.update(Intent::Compare(CompareIntent::Same(found.ours, found.theirs)));
    assert_eq!(pair(&app).unwrap().how, crate::compare::How::Person);
    app.update(Intent::Compare(CompareIntent::ForgetCorrections));
    assert_eq!(pair(&app), Some(found));
}

#[test]
fn labels_that_only_moved_are_one_row_and_hide_nothing() {
    let mut app = letters();
    let mut document = crate::model::Document::clone(app.document());
    for component in document.components.values_mut().take(12) {
        std::rc::Rc::make_mut(component).label_offset = Some(crate::geom::Vector::new(33.0, -7.0));
    }
    let last = document.components.values_mut().last().unwrap();
    std::rc::Rc::make_mut(last).name = "Fax".to_owned();
    let text = crate::format::json::write(&document, &crate::format::FileInfo::default());
    let other = ReadFile { name: "other.map.json".into(), bytes: text.into_bytes() };
    app.update(Intent::Compare(CompareIntent::Opened { files: vec![other], ancestor: false }));
    let said = sentences(&app);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].ends_with("is now called “Fax”."), "{said:#?}");
    assert_eq!(said[1], "Only labels moved: 12.");
    let comparing = app.comparing().unwrap();
    assert_eq!(comparing.rows()[1].fields.len(), 12, "which ones stands below");
}
