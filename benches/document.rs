//! The document: reading and writing its file, planning, applying and undoing an edit, a whole edit in the app (patch,
//! analysis, display list), comparing and merging. `cargo bench --bench document`

mod common;

use std::hint::black_box;
use std::rc::Rc;

use portolan::app::action::ActionId;
use portolan::app::intent::{FileIntent, Intent, ReadFile, SelectIntent, Start};
use portolan::app::state::Look;
use portolan::app::App;
use portolan::compare::{compare, merge, Choices, Corrections};
use portolan::edit::{plan, Command, ComponentChange, History, NewComponent};
use portolan::format::{json, FileInfo};
use portolan::geom::{Point, Vector};
use portolan::id::{Id, IdSource};
use portolan::model::{sample, AnyRecordId, Component, ComponentId, Document};

use common::Body;

fn middle(n: usize) -> ComponentId {
    Id::numbered('c', n as u64 / 2 + 1)
}

fn moving(n: usize) -> Command {
    Command::Move { records: [AnyRecordId::Component(middle(n))].into(), by: Vector::new(0.001, 0.0) }
}

/// An app with a synthetic estate of `n` components open and the one in the middle selected.
fn app_with(n: usize) -> App {
    let mut app = App::new(Start {
        seed: 1,
        today: None,
        look: Look::Light,
        wheel_zooms: Some(false),
        letter_shortcuts: true,
        address: String::new(),
        text_pane: (false, 360),
    });
    let text = json::write(&sample::synthetic(n, 1), &FileInfo::default());
    let files = vec![ReadFile { name: "estate.map.json".to_owned(), bytes: text.into_bytes() }];
    app.update(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    app.update(Intent::Select(SelectIntent::Only([AnyRecordId::Component(middle(n))].into())));
    app
}

/// The same estate with every `every`th component renamed.
fn renamed(document: &Document, every: usize) -> Document {
    let mut document = document.clone();
    for (number, component) in document.components.values_mut().enumerate() {
        if number % every == 0 {
            *component = Rc::new(Component { name: format!("Other {number}"), ..Component::clone(component) });
        }
    }
    document
}

/// All benches of this file.
pub(crate) fn bodies() -> Vec<Body> {
    vec![
        Body::new("write the file", |n| {
            let document = sample::synthetic(n, 1);
            Box::new(move || _ = black_box(json::write(black_box(&document), &FileInfo::default())))
        }),
        Body::new("write the file again, nothing changed", |n| {
            let (document, mut before) = (sample::synthetic(n, 1), json::WrittenLines::default());
            let info = FileInfo::default();
            Box::new(move || _ = black_box(json::write_again(black_box(&document), &info, &mut before)))
        }),
        Body::new("read the file", |n| {
            let text = json::write(&sample::synthetic(n, 1), &FileInfo::default());
            Box::new(move || _ = black_box(json::read(black_box(text.as_bytes()))))
        }),
        Body::new("plan and apply", |n| {
            let (mut document, mut ids) = (sample::synthetic(n, 1), IdSource::new(1));
            let command = moving(n);
            Box::new(move || {
                let place = |id| document.components.get(&id).and_then(|c| c.place());
                if let Ok(planned) = plan(&document, &command, &mut ids, &place) {
                    document.apply(black_box(&planned.patch));
                }
            })
        }),
        Body::new("undo and redo", |n| {
            let start = sample::synthetic(n, 1);
            let (mut document, mut ids, mut history) = (start.clone(), IdSource::new(1), History::<()>::new());
            let place = |id| start.components.get(&id).and_then(|c| c.place());
            if let Ok(planned) = plan(&document, &moving(n), &mut ids, &place) {
                history.commit(&mut document, planned.patch, planned.label, ((), ()), None);
            }
            Box::new(move || {
                black_box(history.undo(&mut document));
                black_box(history.redo(&mut document));
            })
        }),
        Body::new("edit in the app: move", |n| {
            let mut app = app_with(n);
            let moved = Intent::Edit(moving(n));
            Box::new(move || _ = black_box(app.update(moved.clone())))
        }),
        Body::new("edit in the app: rename", |n| {
            let (mut app, ids, mut name) = (app_with(n), vec![middle(n)], 0);
            Box::new(move || {
                name += 1;
                let change = ComponentChange::Name(format!("Name {name}"));
                black_box(app.update(Intent::Edit(Command::ChangeComponents { ids: ids.clone(), change })));
            })
        }),
        Body::new("edit in the app: add linked and undo", |n| {
            let mut app = app_with(n);
            let new = NewComponent {
                name: "New".to_owned(),
                at: Some(Point::new(0.5, 0.5)),
                needed_by: Some(middle(n)),
                ..NewComponent::default()
            };
            Box::new(move || {
                app.update(Intent::Edit(Command::AddComponent(new.clone())));
                black_box(app.update(Intent::Action(ActionId::Undo)));
            })
        }),
        Body::new("compare, one in ten renamed", |n| {
            let before = sample::synthetic(n, 1);
            let after = renamed(&before, 10);
            Box::new(move || _ = black_box(compare(&before, &after, &Corrections::default(), None)))
        }),
        Body::new("merge, one in ten renamed on each side", |n| {
            let base = sample::synthetic(n, 1);
            let (ours, theirs) = (renamed(&base, 10), renamed(&base, 11));
            Box::new(move || _ = black_box(merge(&base, &ours, &theirs, &Choices::default())))
        }),
    ]
}

fn main() {
    common::run("document", &bodies());
}
