//! What goes out: all of it or without what was left out, readable without scripts, and never more than was chosen.

use std::rc::Rc;

use proptest::prelude::*;

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::{FileIntent, Intent, ReadFile, SendIntent};
use crate::app::send::without;
use crate::app::state::{AfterUnsaved, DialogKind};
use crate::app::tests::script::Person;
use crate::app::{samples, App};
use crate::format::{open, NamedBytes};
use crate::model::arbitrary::arbitrary_document;
use crate::model::{violations, Document};

const SHELL: &str =
    "<!DOCTYPE html><html><head><title>Portolan</title></head><body><!--portolan:page--><div id=\"app-root\">\
                     </div><!--portolan:map--><script>start()</script></body></html>";

fn with_sample(id: &str, name: &str) -> Person {
    let sample = samples::all().iter().find(|s| s.id == id).unwrap();
    let mut person = Person::new();
    let files = vec![ReadFile { name: name.to_owned(), bytes: sample.content.as_bytes().to_vec() }];
    person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    person.effects.clear();
    person
}

/// The file, its name and whether it counts as saved.
fn sent(person: &mut Person, notes: bool, facts: bool) -> (String, String, Option<u64>) {
    person.acts(ActionId::Send);
    if person.effects.contains(&Effect::FetchPage) {
        person.does(Intent::Send(SendIntent::Page(Ok(SHELL.into()))));
    }
    person.does(Intent::Send(SendIntent::Notes(notes)));
    person.does(Intent::Send(SendIntent::Facts(facts)));
    let promised = person.app.sending().size;
    person.does(Intent::Send(SendIntent::Download));
    let found = person.effects.drain(..).find_map(|effect| match effect {
        Effect::DownloadPage { name, contents, revision } => Some((contents, name, revision)),
        _ => None,
    });
    let found = found.expect("a page was made");
    assert_eq!(promised, Some(found.0.len()), "the dialog says how large the file is");
    found
}

fn map_in(page: &str) -> Document {
    open(&[NamedBytes { name: "x.html", bytes: page.as_bytes() }]).unwrap().document
}

/// What somebody reads who has switched scripts off: everything before the map's data, without the marks.
fn readable(page: &str) -> String {
    let body = page.split_once("<main id=\"handout\">").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
        text.push(' ');
    }
    text
}

#[test]
fn the_whole_map_goes_out_and_can_be_read_without_scripts() {
    let mut person = with_sample("hospital-estate", "estate.map.json");
    let document = (**person.app.document()).clone();
    let (page, name, revision) = sent(&mut person, true, true);
    assert!(name.ends_with("_2026-03-04.map.html"), "{name}");
    assert_eq!(revision, None, "sending is not saving");
    assert_eq!(map_in(&page), document);
    let text = readable(&page);
    assert!(
        page.contains("<svg ") && text.contains("As of 4 March 2026") && text.contains("This file is a Wardley map")
    );
    for component in document.components.values() {
        let name = crate::analysis::rank::shown(&component.name).replace('&', "&amp;").replace('\'', "&#39;");
        assert!(text.contains(&name), "{name} is in the table");
    }
    assert!(text.contains("greatest risks"));
    let analysis = person.app.analysis();
    let first = analysis.ranking.rows.first().unwrap().component;
    let sentence = crate::analysis::voice::board(&document, analysis, first).unwrap().replace('\'', "&#39;");
    assert!(text.contains(&sentence), "the worst system has its sentences: {sentence}");
    let parsed = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    roxmltree::Document::parse(&format!("<main{parsed}</main>"))
        .expect("every element is closed and every sign escaped");
}

#[test]
fn facts_stay_at_home_when_they_are_left_out() {
    let mut person = with_sample("hospital-trust", "trust.map.json");
    let document = (**person.app.document()).clone();
    let (page, ..) = sent(&mut person, true, false);
    let mut secrets: Vec<String> = document.risks.values().map(|risk| risk.title.clone()).collect();
    secrets.extend(document.contracts.values().map(|contract| contract.name.clone()));
    secrets.extend(document.knowledge.values().map(|held| held.holder.clone()));
    let owners = document.components.values().filter_map(|c| c.facts().owner_technical.value().cloned());
    secrets.extend(owners);
    let names: Vec<&String> = document.components.values().map(|c| &c.name).collect();
    secrets.retain(|secret| secret.len() > 8 && !names.iter().any(|name| name.contains(secret.as_str())));
    assert!(secrets.len() > 20);
    for secret in secrets {
        assert!(!page.contains(&secret), "{secret}");
    }
    let left = map_in(&page);
    assert_eq!(left.components.len(), document.components.len());
    assert_eq!(left.links.len(), document.links.len());
    assert!(left.risks.is_empty() && left.components.values().all(|c| c.facts.is_none()));
}

#[test]
fn notes_stay_at_home_when_they_are_left_out() {
    let mut person = with_sample("outpatient-booking", "booking.map.json");
    let document = (**person.app.document()).clone();
    let descriptions = || document.components.values().map(|c| &c.description).filter(|d| !d.is_empty());
    let notes = || descriptions().chain(document.notes.values().map(|note| &note.text));
    assert!(notes().count() > 1);
    let (whole, ..) = sent(&mut person, true, true);
    let (page, ..) = sent(&mut person, false, true);
    for note in notes() {
        let line = note.lines().next().unwrap();
        assert!(whole.contains(line), "{line}");
        assert!(!page.contains(line), "{line}");
    }
}

#[test]
fn a_map_that_came_in_a_page_is_saved_as_one() {
    let mut person = with_sample("letters-after", "letters.map.json");
    let (page, ..) = sent(&mut person, true, true);
    let mut other = Person::new();
    let files = vec![ReadFile { name: "Letters.map.html".to_owned(), bytes: page.into_bytes() }];
    other.does(Intent::File(FileIntent::Opened { files, can_save_back: true }));
    assert!(!other.app.file_state().can_save_back, "a page is never overwritten with a map file");
    let id = *other.app.document().components.keys().next().unwrap();
    other.does(Intent::Edit(crate::edit::Command::Delete([crate::model::AnyRecordId::Component(id)].into())));
    other.effects.clear();
    other.acts(ActionId::Save);
    assert_eq!(other.app.dialog(), Some(&DialogKind::Send));
    let (page, _, revision) = sent(&mut other, true, true);
    assert_eq!(revision, Some(other.app.revision()));
    assert!(!map_in(&page).components.contains_key(&id));
    let (_, _, revision) = sent(&mut other, true, false);
    assert_eq!(revision, None, "what leaves something out is no copy to rely on");
}

#[test]
fn without_the_page_nothing_is_promised() {
    let mut person = with_sample("tea-shop", "tea.owm");
    person.acts(ActionId::Send);
    assert!(person.effects.contains(&Effect::FetchPage));
    assert_eq!(person.app.sending().size, None);
    person.does(Intent::Send(SendIntent::Page(Err("no network".to_owned()))));
    assert_eq!((person.app.sending().problem(), person.app.sending().size), (Some("no network"), None));
    person.does(Intent::Send(SendIntent::Download));
    assert!(!person.effects.iter().any(|effect| matches!(effect, Effect::DownloadPage { .. })));
    // It is asked for again the next time.
    person.effects.clear();
    person.acts(ActionId::Send);
    assert!(person.effects.contains(&Effect::FetchPage));
}

#[test]
fn a_new_version_is_loaded_without_losing_work() {
    let ready = |person: &mut Person| person.does(Intent::Show(crate::app::intent::ShowIntent::UpdateReady));
    let mut idle = Person::new();
    assert!(!idle.app.is_enabled(ActionId::LoadUpdate));
    ready(&mut idle);
    idle.acts(ActionId::LoadUpdate);
    assert!(idle.effects.contains(&Effect::LoadUpdate));

    let mut busy = Person::with_tea_shop();
    ready(&mut busy);
    busy.acts(ActionId::LoadUpdate);
    assert_eq!(busy.app.dialog(), Some(&DialogKind::UnsavedChanges(AfterUnsaved::Update)));
    assert!(!busy.effects.contains(&Effect::LoadUpdate));
    busy.does(Intent::File(FileIntent::ContinueWithoutSaving));
    let at = |wanted: fn(&Effect) -> bool| busy.effects.iter().position(wanted).expect("it is done");
    let kept = at(|effect| matches!(effect, Effect::Keep(keep) if keep.text.contains("Kettle")));
    assert!(kept < at(|effect| *effect == Effect::LoadUpdate), "the draft is kept first");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_left_over_obeys_the_rules(document in arbitrary_document(), notes: bool, facts: bool) {
        let left = without(&document, notes, facts);
        prop_assert_eq!(violations(&left), vec![]);
        if !notes {
            let written = crate::format::json::write(&left, &Default::default());
            prop_assert!(!written.contains("\"description\":"), "{}", written);
        }
        if notes && facts {
            prop_assert_eq!(left, document);
        } else {
            prop_assert_eq!(without(&left, notes, facts), left);
        }
    }

    #[test]
    fn any_map_makes_a_well_formed_page(document in arbitrary_document()) {
        let mut app = App::new(crate::app::intent::Start {
            seed: 1, today: crate::date::parse_iso("2026-03-04"), look: Default::default(), wheel_zooms: None,
            letter_shortcuts: true,
            address: String::new(), text_pane: (false, 300),
        });
        app.document = Rc::new(document);
        let page = app.page_to_read(&app.document);
        roxmltree::Document::parse(&page).map_err(|error| TestCaseError::fail(format!("{error}\n{page}")))?;
    }
}
