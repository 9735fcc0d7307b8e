use crate::app::action::ActionId;
use crate::app::compare::{CompareIntent, Kind};
use crate::app::effect::Effect;
use crate::app::intent::{Intent, ReadFile, Start};
use crate::app::state::{DialogKind, Look, SidePanel};
use crate::app::App;
use crate::edit::Command;

fn app() -> App {
    App::new(Start {
        seed: 7,
        today: crate::date::parse_iso("2026-03-04"),
        look: Look::Light,
        wheel_zooms: Some(false),
        letter_shortcuts: true,
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
    app.update(Intent::Compare(CompareIntent::Opened(vec![sample("letters-after")])));
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
    app.update(Intent::Compare(CompareIntent::Opened(vec![sample("letters-before")])));
    assert!(sentences(&app).is_empty());
    assert!(app.status().is_some_and(|status| status.text.contains("say the same")));
    let broken = ReadFile { name: "broken.json".into(), bytes: b"{\"format\":\"portolan\",\"sch".to_vec() };
    app.update(Intent::Compare(CompareIntent::Opened(vec![broken])));
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
    let before = app.document().clone();
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
    let scene = app.scene().clone();
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
    let effects = app.update(Intent::Action(ActionId::ExportSvg));
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
