use std::rc::Rc;

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::*;
use crate::app::kept::{Goal, Head, Keep, KeepIntent, Trouble};
use crate::app::samples;
use crate::app::state::{DialogKind, SaveState};
use crate::app::tests::script::Person;

fn opened(name: &str, text: &str) -> Intent {
    let files = vec![ReadFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }];
    Intent::File(FileIntent::Opened { files, can_save_back: false })
}

fn save_text(person: &mut Person) -> (String, String, u64) {
    person.effects.clear();
    person.acts(ActionId::Save);
    person
        .effects
        .iter()
        .find_map(|e| match e {
            Effect::SaveFile { name, contents, revision, .. } => Some((name.clone(), contents.clone(), *revision)),
            _ => None,
        })
        .expect("asks the shell to save")
}

#[test]
fn what_is_saved_opens_again_as_the_same_map() {
    let mut person = Person::with_tea_shop();
    let (name, text, revision) = save_text(&mut person);
    assert_eq!(name, "Untitled-map_2026-03-04.map.json");
    assert_eq!(person.app.file_state().saved.words(), "Not saved");
    person.does(Intent::File(FileIntent::Saved { name, clock: "14:02".into(), can_save_back: true, revision }));
    assert_eq!(person.app.file_state().saved.words(), "Saved to file 14:02");
    assert!(!person.app.has_unsaved_changes());
    let before = Rc::clone(person.app.document());
    let mut other = Person::new();
    other.does(opened("map.json", &text));
    assert_eq!(other.app.document().components, before.components);
    assert_eq!(other.app.document().links, before.links);
    assert_eq!(save_text(&mut other).1, text, "saving again writes the same bytes");
}

#[test]
fn a_change_made_while_saving_is_still_unsaved() {
    let mut person = Person::with_tea_shop();
    let (name, _, revision) = save_text(&mut person);
    person.clicks(person.spot("Kettle"));
    person.key("ArrowRight");
    person.does(Intent::File(FileIntent::Saved { name, clock: "14:02".into(), can_save_back: true, revision }));
    assert!(person.app.has_unsaved_changes());
    assert_eq!(person.app.file_state().saved.words(), "Not saved");
}

/// What the app wants kept now: heads and texts, newest state last.
fn kept(person: &mut Person, now_ms: f64) -> Vec<Keep> {
    person.effects.clear();
    person.does(Intent::Keep(KeepIntent::Due(now_ms)));
    let found = person.effects.iter().filter_map(|e| match e {
        Effect::Keep(keep) => Some(keep.clone()),
        _ => None,
    });
    found.collect()
}

#[test]
fn the_words_follow_what_is_kept_and_leaving_is_guarded() {
    let mut person = Person::new();
    assert_eq!(person.app.file_state().saved, SaveState::Untouched);
    person.double_clicks(person.screen(0.5, 0.5));
    person.types_name("Kettle");
    assert!(person.effects.contains(&Effect::ScheduleDraft) && person.effects.contains(&Effect::GuardLeaving(true)));
    let [keep] = kept(&mut person, 1_000.0).try_into().expect("one text");
    let head = Head { at_ms: 1_000.0, ..keep.head.clone() };
    person.does(Intent::Keep(KeepIntent::Stored { head: Box::new(head.clone()), cleared: false }));
    assert_eq!(person.app.file_state().saved.words(), "Changes only in this browser");
    assert_eq!(kept(&mut person, 1_400.0), [], "nothing changed since");

    person.key("Escape");
    person.double_clicks(person.screen(0.7, 0.7));
    person.types_name("Tea");
    let [second] = kept(&mut person, 2_000.0).try_into().expect("one text");
    let refused = KeepIntent::Refused { head: Box::new(second.head), trouble: Trouble::Blocked, in_memory: false };
    person.does(Intent::Keep(refused));
    assert_eq!(person.app.file_state().saved.words(), "Not saved: this browser keeps nothing");
    assert!(person.status().contains("Save to a file"), "{}", person.status());

    // The next session, after a crash.
    let mut next = Person::in_session(8);
    next.does(Intent::Keep(KeepIntent::Listed { heads: vec![head.clone()], elsewhere: Vec::new() }));
    assert_eq!(next.app.offered_drafts(), std::slice::from_ref(&head));
    next.does(Intent::Keep(KeepIntent::Open(head.document.clone())));
    let fetched = KeepIntent::Fetched { head: Box::new(head.clone()), text: keep.text, goal: Goal::Open };
    next.does(Intent::Keep(fetched));
    assert_eq!(next.names(), ["Kettle"]);
    assert!(next.app.has_unsaved_changes(), "a recovered draft is in no file yet");
    assert_eq!(next.app.document().settings.document_id, head.document, "it is the same document");
    assert_eq!(next.app.offered_drafts(), []);
}

#[test]
fn opening_over_unsaved_work_asks_first() {
    let mut person = Person::new();
    person.double_clicks(person.screen(0.5, 0.5));
    person.types_name("Other");
    let (_, other, _) = save_text(&mut person);
    let mut person = Person::with_tea_shop();
    person.does(opened("other.json", &other));
    assert!(matches!(person.app.dialog(), Some(DialogKind::UnsavedChanges(_))));
    assert!(person.names().contains(&"Kettle".to_owned()), "nothing lost yet");
    person.does(Intent::File(FileIntent::ContinueWithoutSaving));
    assert_eq!(person.names(), ["Other"]);
    assert!(!person.app.has_unsaved_changes());
}

#[test]
fn a_broken_file_says_what_and_leaves_the_map_alone() {
    let mut person = Person::new();
    person.does(opened("broken.json", "{\"format\": \"portolan-map\", \"version\": 1, "));
    let Some(DialogKind::CannotOpen { message }) = person.app.dialog().cloned() else { panic!("no message") };
    assert!(message.contains("broken.json"), "{message}");
    person.key("Escape");
    person.does(opened("picture.pdf", "%PDF-1.7 ..."));
    assert!(matches!(person.app.dialog(), Some(DialogKind::CannotOpen { .. })));
}

#[test]
fn every_sample_opens_without_complaint() {
    assert!(samples::all().len() >= 4);
    for sample in samples::all() {
        let mut person = Person::new();
        person.does(Intent::Show(ShowIntent::OpenSample(sample.id)));
        assert!(!person.app.document().is_empty(), "{}", sample.id);
        assert!(person.status().starts_with("Opened"), "{}: {}", sample.id, person.status());
        assert!(person.app.file_state().name.is_none(), "an example is nobody's file");
    }
}

#[test]
fn copies_come_back_with_their_links_and_lines_become_components() {
    let mut person = Person::with_tea_shop();
    person.drags(person.screen(0.3, 0.5), person.screen(0.8, 0.05));
    person.effects.clear();
    person.key("Ctrl+c");
    let text = person
        .effects
        .iter()
        .find_map(|e| match e {
            Effect::WriteClipboard(text) => Some(text.clone()),
            _ => None,
        })
        .unwrap();
    let mut other = Person::new();
    other.does(Intent::File(FileIntent::Pasted(text)));
    assert_eq!(other.names(), ["Kettle", "Power"]);
    assert_eq!(other.app.document().links.len(), 1);
    other.acts(ActionId::SelectNone);
    other.does(Intent::File(FileIntent::Pasted("Tea\n\n  Milk \n".into())));
    assert_eq!(other.names(), ["Kettle", "Milk", "Power", "Tea"]);
    other.key("Ctrl+z");
    assert_eq!(other.names(), ["Kettle", "Power"], "one paste is one step");
}

#[test]
fn map_text_is_exported_and_opens_again() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::ExportOwm);
    let text = person
        .effects
        .iter()
        .find_map(|e| match e {
            Effect::Download { name, contents, .. } if name.ends_with(".owm") => Some(contents.clone()),
            _ => None,
        })
        .expect("offers a download");
    let mut other = Person::new();
    other.does(opened("tea.owm", &text));
    assert_eq!(other.names(), person.names());
    assert_eq!(other.place("Kettle"), person.place("Kettle"));
    assert_eq!(other.app.document().links.len(), 3);
}

/// A file as it is saved, of a map with a title, links and facts.
fn a_real_file() -> String {
    let mut person = Person::new();
    person.does(Intent::Show(ShowIntent::OpenSample(samples::all()[0].id)));
    save_text(&mut person).1
}

#[test]
fn every_beginning_of_a_file_is_read_with_a_remark_or_refused_in_words() {
    let text = a_real_file();
    let whole = crate::format::json::read(text.as_bytes()).unwrap();
    assert!(!whole.document.is_empty());
    // Every length at the beginning and the end, and a step that meets every place within a record between them.
    let lengths = (0..text.len()).filter(|n| *n < 400 || text.len() - n < 400 || n % 7 == 0);
    for length in lengths {
        match crate::format::json::read(&text.as_bytes()[..length]) {
            Ok(read) => {
                let told = read.diagnostics.iter().any(|d| d.severity > crate::diag::Severity::Notice);
                assert!(
                    told || read.document == whole.document,
                    "{length} bytes: something is missing and nobody says so"
                );
                assert_eq!(crate::model::violations(&read.document), vec![], "{length} bytes");
            }
            Err(error) => assert!(error.sentence("map.json").len() > 20, "{length} bytes: {error:?}"),
        }
    }
}
