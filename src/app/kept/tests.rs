use std::rc::Rc;

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::{FileIntent, Intent, ReadFile, ShowIntent};
use crate::app::kept::*;
use crate::app::tests::script::Person;
use crate::edit::{Command, NewComponent};
use crate::format::json;
use crate::geom::Point;

const MINUTE: f64 = 60_000.0;

fn version(number: usize, at_ms: f64, why: Why) -> Head {
    Head { key: format!("d1/s-{number}"), document: "d1".to_owned(), at_ms, why, ..Head::default() }
}

/// The browser's part: keeps what it is given and answers.
#[derive(Default)]
struct Browser {
    texts: Vec<(Head, String)>,
    now_ms: f64,
}

impl Browser {
    /// Carries out what the person's app asked for, until nothing is left to do.
    fn serves(&mut self, person: &mut Person) {
        for _ in 0..50 {
            let effects = std::mem::take(&mut person.effects);
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                match effect {
                    Effect::ScheduleDraft => {
                        self.now_ms += 400.0;
                        person.does(Intent::Keep(KeepIntent::Due(self.now_ms)));
                    }
                    Effect::Keep(Keep { mut head, text, .. }) => {
                        head.at_ms = self.now_ms;
                        let head = Head::read(&head.key, &head.write()).expect("heads are read as they were written");
                        self.texts.retain(|(other, _)| other.key != head.key);
                        self.texts.push((head.clone(), text));
                        person.does(Intent::Keep(KeepIntent::Stored { head: Box::new(head), cleared: false }));
                    }
                    Effect::CopyKept { from, to } => {
                        let (head, text) = self.text(&from);
                        let head = Head { key: to, why: Why::Draft, ..head };
                        self.texts.push((head.clone(), text));
                        person.does(Intent::Keep(KeepIntent::Stored { head: Box::new(head), cleared: false }));
                    }
                    Effect::FetchKept { key, goal } => {
                        let (head, text) = self.text(&key);
                        person.does(Intent::Keep(KeepIntent::Fetched { head: Box::new(head), text, goal }));
                    }
                    Effect::ForgetKept(keys) => self.texts.retain(|(head, _)| !keys.contains(&head.key)),
                    Effect::ListKept => {
                        let heads = self.texts.iter().map(|(head, _)| head.clone()).collect();
                        person.does(Intent::Keep(KeepIntent::Listed { heads, elsewhere: Vec::new() }));
                    }
                    Effect::SaveFile { name, revision, .. } => {
                        let saved = FileIntent::Saved { name, clock: "14:02".into(), can_save_back: true, revision };
                        person.does(Intent::File(saved));
                    }
                    _ => {}
                }
            }
        }
        panic!("the app never comes to rest");
    }

    fn text(&self, key: &str) -> (Head, String) {
        self.texts.iter().find(|(head, _)| head.key == key).cloned().expect("kept under this key")
    }

    fn reasons(&self, person: &Person) -> Vec<Why> {
        let mut versions = person.app.versions();
        versions.reverse();
        versions.into_iter().map(|head| head.why).collect()
    }
}

/// The tea shop, with what waits for the browser since it was drawn.
fn tea_shop() -> Person {
    let mut person = Person::with_tea_shop();
    person.effects.push(Effect::ScheduleDraft);
    person
}

fn adds(person: &mut Person, name: &str, x: f64) {
    let new = NewComponent { name: name.to_owned(), at: Some(Point::new(x, 0.5)), ..NewComponent::default() };
    person.does(Intent::Edit(Command::AddComponent(new)));
}

#[test]
fn a_head_is_read_as_it_was_written_whatever_its_texts() {
    let head = Head {
        key: "d1/now".into(),
        document: "d1".into(),
        title: "A = b, “c”".into(),
        at_ms: 1_767_225_600_123.0,
        why: Why::BeforeMerge,
        components: 12,
        links: 3,
        bytes: 4_567,
        changed: "Added Kettle.".into(),
        state: "s9".into(),
        file: "Tea=2.map.json".into(),
        revision: 99,
    };
    assert_eq!(Head::read(&head.key, &head.write()), Some(head.clone()));
    let broken = Head { title: "two\nlines\u{0}".into(), ..head };
    let read = Head::read("k", &broken.write()).expect("a line break in a title breaks nothing");
    assert_eq!(read.title, "two lines ");
    assert_eq!(Head::read("k", ""), None);
    assert_eq!(Head::read("k", "why=nobody knows\nat=NaN"), None);
    assert_eq!(
        Head::read("k", "document=d\nat=NaN\ncomponents=-3").map(|head| (head.at_ms, head.components)),
        Some((0.0, 0))
    );
}

#[test]
fn a_version_is_due_after_five_minutes_or_when_the_clock_jumped_back() {
    assert!(!due(4.9 * MINUTE, 0.0));
    assert!(due(5.0 * MINUTE, 0.0));
    assert!(due(0.0, 60.0 * MINUTE));
}

#[test]
fn thinning_keeps_landmarks_the_newest_and_a_spread_over_time() {
    // A working day of versions by the clock, with two landmarks among them.
    let mut versions: Vec<Head> = (0..96).map(|n| version(n, n as f64 * 5.0 * MINUTE, Why::Time)).collect();
    versions[10].why = Why::BeforeImport;
    versions[40].why = Why::Saved;
    let gone = surplus(&versions, MOST);
    assert_eq!(gone.len(), 96 - MOST);
    let left: Vec<&Head> = versions.iter().filter(|head| !gone.contains(&head.key)).collect();
    let key = |n: usize| versions[n].key.as_str();
    for kept in [0, 10, 40, 94, 95] {
        assert!(left.iter().any(|head| head.key == key(kept)), "version {kept} is gone");
    }
    let last_hour = left.iter().filter(|head| head.at_ms >= 84.0 * 5.0 * MINUTE).count();
    let first_hour = left.iter().filter(|head| head.at_ms < 12.0 * 5.0 * MINUTE).count();
    assert!(last_hour > first_hour, "{last_hour} of the last hour, {first_hour} of the first");
    let widest = left.windows(2).map(|pair| pair[1].at_ms - pair[0].at_ms).fold(0.0, f64::max);
    assert!(widest <= 60.0 * MINUTE, "nobody misses more than an hour of a day: {}", widest / MINUTE);
    assert_eq!(surplus(&versions[..LEAST], MOST), Vec::<String>::new());
}

#[test]
fn thinning_ends_with_anything() {
    let all_landmarks: Vec<Head> = (0..60).map(|n| version(n, 0.0, Why::Saved)).collect();
    assert_eq!(surplus(&all_landmarks, 48).len(), 12);
    let strange: Vec<Head> = [f64::NAN, f64::INFINITY, -1.0, 0.0].map(|at| version(1, at, Why::Time)).to_vec();
    assert_eq!(surplus(&strange, 1).len(), 3);
    assert_eq!(surplus(&strange, 0).len(), 3, "one is always left");
}

#[test]
fn editing_for_hours_leaves_more_than_twenty_versions_with_what_changed() {
    let (mut person, mut browser) = (Person::new(), Browser::default());
    for step in 0..80 {
        adds(&mut person, &format!("System {step}"), 0.1 + f64::from(step) * 0.01);
        browser.serves(&mut person);
        browser.now_ms += 5.0 * MINUTE;
    }
    let versions = person.app.versions();
    assert!(versions.len() >= LEAST && versions.len() <= MOST, "{}", versions.len());
    let newest = versions.first().expect("versions");
    assert_eq!(newest.changed, "Added System 79.");
    assert!(newest.components == 80 && newest.bytes > 1_000);
    let (_, text) = browser.text(&newest.key);
    assert_eq!(json::read(text.as_bytes()).expect("our file").document, **person.app.document());
}

#[test]
fn landmarks_are_kept_before_what_is_hard_to_take_back() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    adds(&mut person, "Milk", 0.2);
    browser.serves(&mut person);
    person.acts(ActionId::SelectAll);
    person.acts(ActionId::Delete);
    browser.serves(&mut person);
    person.key("Ctrl+z");
    person.acts(ActionId::Save);
    browser.serves(&mut person);
    assert_eq!(browser.reasons(&person), [Why::BeforeDelete, Why::Saved]);
    let saved = person.app.versions()[0].clone();
    assert!(!saved.state.is_empty() && saved.file.ends_with(".map.json"), "{saved:?}");
    let recent: Vec<&Head> = person.app.recent_maps().collect();
    assert_eq!(recent.len(), 1);
    assert_eq!(recent[0].file, saved.file, "the list says which file holds it");
}

#[test]
fn restoring_is_one_step_and_keeps_the_present_state() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    person.acts(ActionId::KeepVersion);
    browser.serves(&mut person);
    let before = Rc::clone(person.app.document());
    person.clicks(person.spot("Kettle"));
    person.acts(ActionId::Delete);
    let after = Rc::clone(person.app.document());
    person.acts(ActionId::Versions);
    browser.serves(&mut person);
    let viewed = person.app.viewed_version().expect("the newest is in view");
    assert!(viewed.picture.starts_with("<svg") && viewed.picture.contains("Kettle"));
    assert_eq!(viewed.against_now, "Removed Kettle, 2 links.");
    person.does(Intent::Keep(KeepIntent::Restore { when: "today at 14:02".into() }));
    browser.serves(&mut person);
    assert_eq!(person.app.document().components, before.components);
    assert_eq!(person.app.document().links, before.links);
    assert!(browser.reasons(&person).contains(&Why::BeforeRestore));
    person.key("Ctrl+z");
    assert_eq!(person.app.document().components, after.components, "one step back");
}

#[test]
fn a_copy_of_a_version_is_a_document_of_its_own() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    person.acts(ActionId::Save);
    browser.serves(&mut person);
    let first = person.app.document().settings.document_id.clone();
    person.acts(ActionId::Versions);
    browser.serves(&mut person);
    person.does(Intent::Keep(KeepIntent::OpenCopy));
    browser.serves(&mut person);
    assert_ne!(person.app.document().settings.document_id, first);
    assert_eq!(person.names().len(), 4);
    assert!(person.app.has_unsaved_changes());
    assert_eq!(person.app.recent_maps().count(), 2, "both are kept");
    person.does(Intent::Keep(KeepIntent::Forget(first.clone())));
    browser.serves(&mut person);
    assert_eq!(person.app.recent_maps().count(), 1);
    assert!(browser.texts.iter().all(|(head, _)| head.document != first), "versions too");
}

#[test]
fn copies_of_one_file_find_their_common_ancestor() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    let mut saves = |person: &mut Person| {
        person.acts(ActionId::Save);
        let text = person.effects.iter().find_map(|effect| match effect {
            Effect::SaveFile { contents, .. } => Some(contents.clone()),
            _ => None,
        });
        browser.serves(person);
        json::read(text.expect("asks to save").as_bytes()).expect("our file").file.lineage
    };
    let first = saves(&mut person);
    assert_eq!(first.len(), 1);
    assert_eq!(saves(&mut person), first, "saving again without a change is the same state");
    adds(&mut person, "Milk", 0.2);
    let second = saves(&mut person);
    assert_eq!(second[1..], first[..], "a changed file knows the state it comes from");
}

#[test]
fn opening_a_file_whose_draft_is_newer_keeps_the_draft_as_a_version() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    let file = json::write(person.app.document(), &crate::format::FileInfo::default());
    adds(&mut person, "Milk", 0.2);
    browser.serves(&mut person);

    let mut next = Person::in_session(8);
    next.effects.push(Effect::ListKept);
    browser.serves(&mut next);
    let files = vec![ReadFile { name: "tea.map.json".into(), bytes: file.into_bytes() }];
    next.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    assert!(next.status().contains("Newer changes that are in no file are kept"), "{}", next.status());
    browser.serves(&mut next);
    adds(&mut next, "Sugar", 0.3);
    browser.serves(&mut next);
    let draft = next.app.versions().into_iter().find(|head| head.why == Why::Draft).expect("a version").clone();
    assert!(browser.text(&draft.key).1.contains("Milk"), "what was in no file is still there");
}

#[test]
fn a_mirror_shows_what_the_owner_does_and_changes_nothing() {
    let mut owner = Person::with_tea_shop();
    let text = json::write(owner.app.document(), &crate::format::FileInfo::default());
    let open = |person: &mut Person| {
        let files = vec![ReadFile { name: "tea.map.json".into(), bytes: text.clone().into_bytes() }];
        person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    };
    let mut mirror = Person::in_session(8);
    open(&mut mirror);
    assert!(mirror.effects.iter().any(|effect| matches!(effect, Effect::Claim { .. })), "asks for the document");
    mirror.does(Intent::Keep(KeepIntent::Elsewhere));
    owner.does(Intent::Keep(KeepIntent::Watched));
    adds(&mut owner, "Milk", 0.2);
    owner.does(Intent::Keep(KeepIntent::Due(1.0)));
    let shared = owner.effects.iter().rev().find_map(|effect| match effect {
        Effect::Share(text) => Some(text.clone()),
        _ => None,
    });
    mirror.does(Intent::Keep(KeepIntent::Shared(shared.expect("shows what it does"))));
    assert!(mirror.names().contains(&"Milk".to_owned()));

    // Every action there is, and every other way in: the map stays as it is and the reason is said.
    let before = Rc::clone(mirror.app.document());
    mirror.effects.clear();
    for action in crate::app::action::ACTIONS {
        if matches!(action.id, ActionId::NewMap | ActionId::TakeOver) {
            continue;
        }
        mirror.clicks(mirror.spot("Kettle"));
        mirror.acts(action.id);
        if mirror.app.label_edit().is_some() {
            mirror.types_name("Changed");
        }
        mirror.key("Escape");
        mirror.key("Escape");
        assert_eq!(mirror.app.document().components, before.components, "{}", action.label);
        assert_eq!(mirror.app.document().links, before.links, "{}", action.label);
        assert_eq!(mirror.app.document().notes, before.notes, "{}", action.label);
        assert_eq!(mirror.app.document().settings, before.settings, "{}", action.label);
    }
    mirror.clicks(mirror.spot("Kettle"));
    mirror.key("Delete");
    assert!(mirror.status().contains("Take over here"), "{}", mirror.status());
    mirror.drags(mirror.spot("Kettle"), mirror.screen(0.9, 0.9));
    mirror.does(Intent::Show(ShowIntent::DismissStatus));
    mirror.does(Intent::File(FileIntent::Pasted("Sugar".into())));
    assert!(mirror.status().contains("Take over here"), "{}", mirror.status());
    assert_eq!(mirror.app.document().components, before.components);
    mirror.effects.clear();
    mirror.does(Intent::Keep(KeepIntent::Due(2.0)));
    assert!(!mirror.effects.iter().any(|effect| matches!(effect, Effect::Keep(_))), "never writes over the owner's");

    // Handing over: the owner gives its newest state before it lets go, and then is the mirror.
    adds(&mut owner, "Sugar", 0.3);
    owner.effects.clear();
    owner.does(Intent::Keep(KeepIntent::AskedFor));
    let order: Vec<&str> = owner
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Share(text) if text.contains("Sugar") => Some("shared"),
            Effect::LetGo => Some("let go"),
            _ => None,
        })
        .collect();
    assert_eq!(order, ["shared", "let go"]);
    assert!(owner.app.is_mirror());
    mirror.does(Intent::Keep(KeepIntent::Owned));
    assert!(!mirror.app.is_mirror() && mirror.app.has_unsaved_changes());
    adds(&mut mirror, "Honey", 0.25);
    assert!(mirror.names().contains(&"Honey".to_owned()));
}

#[test]
fn a_full_browser_gives_up_old_versions_once_and_then_says_so() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    for step in 0..8 {
        adds(&mut person, &format!("System {step}"), 0.1 + f64::from(step) * 0.1);
        browser.serves(&mut person);
        browser.now_ms += 6.0 * MINUTE;
    }
    let versions = person.app.versions().len();
    adds(&mut person, "One more", 0.15);
    person.effects.clear();
    let refuse = |person: &mut Person| {
        person.does(Intent::Keep(KeepIntent::Due(browser.now_ms)));
        let newest = person.effects.iter().rev().find_map(|effect| match effect {
            Effect::Keep(keep) if keep.head.why == Why::Now => Some(keep.head.clone()),
            _ => None,
        });
        let head = Box::new(newest.expect("the newest state"));
        person.does(Intent::Keep(KeepIntent::Refused { head, trouble: Trouble::Full, in_memory: false }));
    };
    refuse(&mut person);
    assert!(person.app.versions().len() < versions && person.status().contains("given up"), "{}", person.status());
    refuse(&mut person);
    assert_eq!(person.app.file_state().saved.words(), "Not saved: this browser is full");
    assert!(person.status().contains("Save to a file"), "{}", person.status());
    person.key("Escape");
    adds(&mut person, "And another", 0.35);
    browser.serves(&mut person);
    assert_eq!(person.app.file_state().saved.words(), "Changes only in this browser", "room again");
}

#[test]
fn a_copy_that_somebody_else_changed_is_merged_from_the_state_both_come_from() {
    let (mut person, mut browser) = (tea_shop(), Browser::default());
    person.acts(ActionId::Save);
    let sent = person.effects.iter().find_map(|effect| match effect {
        Effect::SaveFile { contents, .. } => Some(contents.clone()),
        _ => None,
    });
    browser.serves(&mut person);
    let theirs = sent.expect("a file").replace("\"Kettle\"", "\"Boiler\"");
    adds(&mut person, "Milk", 0.2);
    browser.serves(&mut person);
    let files = vec![ReadFile { name: "from-anna.map.json".into(), bytes: theirs.into_bytes() }];
    let opened = crate::app::intent::CompareIntent::Opened { files, ancestor: false };
    person.does(Intent::Compare(opened));
    browser.serves(&mut person);
    let merging = person.app.comparing().and_then(|comparing| comparing.merging()).expect("the ancestor was found");
    assert_eq!(merging.open(), 0);
    assert_eq!(
        merging.summary(),
        "Merging changes 1 component of this map.",
        "only the new name, not what is new here"
    );
}

#[test]
fn where_another_tab_has_written_this_one_goes_on_with_a_copy_of_its_own() {
    let mut person = tea_shop();
    let mut browser = Browser::default();
    browser.serves(&mut person);
    let before = person.app.document().settings.document_id.clone();
    adds(&mut person, "Biscuits", 0.3);
    person.effects.clear();
    person.does(Intent::Keep(KeepIntent::Due(9_000.0)));
    let refused = person.effects.iter().rev().find_map(|effect| match effect {
        Effect::Keep(keep) if keep.head.why == Why::Now => Some((keep.head.clone(), keep.over_others)),
        _ => None,
    });
    let (head, over_others) = refused.expect("the newest state goes to the browser");
    assert!(!over_others);
    person.effects.clear();
    let head = Box::new(head);
    person.does(Intent::Keep(KeepIntent::Refused { head, trouble: Trouble::Elsewhere, in_memory: false }));
    let own = person.app.document().settings.document_id.clone();
    assert!(own != before && !own.is_empty());
    assert!(person.app.status().unwrap().is_error && person.app.status().unwrap().text.contains("copy of its own"));
    // The copy is kept under its own name, with everything that was done here.
    browser.serves(&mut person);
    let (_, text) = browser.text(&now_key(&own));
    assert!(text.contains("Biscuits"));
    assert!(!browser.text(&now_key(&before)).1.contains("Biscuits"), "what the other tab has stays as it is");
}

#[test]
fn who_takes_over_writes_to_the_same_file_and_over_what_the_other_kept() {
    let mut person = tea_shop();
    person.does(Intent::Keep(KeepIntent::Elsewhere));
    person.does(Intent::Keep(KeepIntent::FileKnown("tea.map.json".to_owned())));
    person.does(Intent::Keep(KeepIntent::Owned));
    let file = person.app.file_state();
    assert_eq!((file.name.as_deref(), file.can_save_back), (Some("tea.map.json"), true));
    person.effects.clear();
    person.does(Intent::Keep(KeepIntent::Due(1_000.0)));
    let over = person.effects.iter().any(|effect| matches!(effect, Effect::Keep(keep) if keep.over_others));
    assert!(over, "the state of the tab that had it gives way once");
    // A tab that owns its document does not listen to what others say about files.
    person.does(Intent::Keep(KeepIntent::FileKnown("other.map.json".to_owned())));
    assert_eq!(person.app.file_state().name.as_deref(), Some("tea.map.json"));
}

#[test]
fn changes_that_are_in_no_file_for_long_say_for_how_long() {
    let mut person = tea_shop();
    let mut browser = Browser::default();
    browser.serves(&mut person);
    assert_eq!(person.app.save_words(), "Changes only in this browser");
    for (minutes, name, words) in [
        (50.0, "Jam", "Changes only in this browser"),
        (20.0, "Scone", "Changes only in this browser for 1 hour: save a file"),
        (60.0, "Cream", "Changes only in this browser for 2 hours: save a file"),
    ] {
        browser.now_ms += minutes * MINUTE;
        adds(&mut person, name, 0.3);
        browser.serves(&mut person);
        assert_eq!(person.app.save_words(), words);
    }
    person.acts(ActionId::Save);
    browser.serves(&mut person);
    assert!(person.app.save_words().starts_with("Saved to"), "{}", person.app.save_words());
    browser.now_ms += 5.0 * MINUTE;
    adds(&mut person, "Milk", 0.2);
    browser.serves(&mut person);
    assert_eq!(person.app.save_words(), "Changes only in this browser");
}

#[test]
fn the_browser_is_asked_to_clear_nothing_and_the_answer_is_said() {
    let mut person = tea_shop();
    person.does(Intent::Keep(KeepIntent::ShowRecent));
    assert!(person.effects.contains(&Effect::LookForPromise));
    person.does(Intent::Keep(KeepIntent::Promised(Promise::NotGiven)));
    person.does(Intent::Keep(KeepIntent::AskPromise));
    assert!(person.effects.contains(&Effect::AskPromise));
    person.does(Intent::Keep(KeepIntent::Promised(Promise::Given)));
    assert!(person.app.status().unwrap().text.contains("has promised to keep"));
    assert_eq!(person.app.promise(), Some(Promise::Given));
}
