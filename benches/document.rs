//! The document: reading and writing its file, planning, applying and undoing an edit, and a whole edit in the app
//! (patch, analysis, display list). `cargo bench --bench document`

#![allow(missing_docs, reason = "macros of the bench harness")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{criterion_group, criterion_main, BatchSize, BenchmarkId, Criterion};
use portolan::app::action::ActionId;
use portolan::app::intent::{FileIntent, Intent, ReadFile, SelectIntent, Start};
use portolan::app::state::Look;
use portolan::app::App;
use portolan::edit::{plan, Command, ComponentChange, History, NewComponent};
use portolan::format::{json, FileInfo};
use portolan::geom::{Point, Vector};
use portolan::id::{Id, IdSource};
use portolan::model::{sample, AnyRecordId, ComponentId};

const SIZES: [usize; 4] = [50, 500, 5_000, 20_000];

fn middle(n: usize) -> ComponentId {
    Id::numbered('c', n as u64 / 2 + 1)
}

fn file(c: &mut Criterion) {
    let mut group = c.benchmark_group("file");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for n in SIZES {
        let document = sample::synthetic(n, 1);
        let text = json::write(&document, &FileInfo::default());
        group.bench_with_input(BenchmarkId::new("write", n), &document, |b, d| {
            b.iter(|| json::write(black_box(d), &FileInfo::default()));
        });
        group.bench_with_input(BenchmarkId::new("read", n), &text, |b, t| {
            b.iter(|| json::read(black_box(t.as_bytes())))
        });
    }
    group.finish();
}

fn edit(c: &mut Criterion) {
    let mut group = c.benchmark_group("edit");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for n in SIZES {
        let start = sample::synthetic(n, 1);
        let command =
            Command::Move { records: [AnyRecordId::Component(middle(n))].into(), by: Vector::new(0.001, 0.0) };
        group.bench_function(BenchmarkId::new("plan and apply", n), |b| {
            let (mut document, mut ids) = (start.clone(), IdSource::new(1));
            b.iter(|| {
                let place = |id| document.components.get(&id).and_then(|c| c.place());
                if let Ok(planned) = plan(&document, &command, &mut ids, &place) {
                    document.apply(black_box(&planned.patch));
                }
            });
        });
        group.bench_function(BenchmarkId::new("undo and redo", n), |b| {
            let (mut document, mut ids, mut history) = (start.clone(), IdSource::new(1), History::<()>::new());
            let place = |id| start.components.get(&id).and_then(|c| c.place());
            if let Ok(planned) = plan(&document, &command, &mut ids, &place) {
                history.commit(&mut document, planned.patch, planned.label, ((), ()), None);
            }
            b.iter(|| {
                black_box(history.undo(&mut document));
                black_box(history.redo(&mut document));
            });
        });
    }
    group.finish();
}

/// An app with a synthetic estate of `n` components open.
fn app_with(n: usize) -> App {
    let mut app = App::new(Start {
        seed: 1,
        today: None,
        look: Look::Light,
        wheel_zooms: Some(false),
        letter_shortcuts: true,
        text_pane: (false, 360),
    });
    let text = json::write(&sample::synthetic(n, 1), &FileInfo::default());
    let files = vec![ReadFile { name: "estate.map.json".to_owned(), bytes: text.into_bytes() }];
    app.update(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    app.update(Intent::Select(SelectIntent::Only([AnyRecordId::Component(middle(n))].into())));
    app
}

fn whole_edit(c: &mut Criterion) {
    let mut group = c.benchmark_group("edit in the app");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for n in SIZES {
        let mut app = app_with(n);
        let ids = vec![middle(n)];
        let by = Vector::new(0.0001, 0.0);
        let moved = Intent::Edit(Command::Move { records: [AnyRecordId::Component(middle(n))].into(), by });
        group.bench_function(BenchmarkId::new("move", n), |b| b.iter(|| black_box(app.update(moved.clone()))));
        let mut name = 0;
        group.bench_function(BenchmarkId::new("rename", n), |b| {
            b.iter(|| {
                name += 1;
                let change = ComponentChange::Name(format!("Name {name}"));
                black_box(app.update(Intent::Edit(Command::ChangeComponents { ids: ids.clone(), change })))
            });
        });
        group.bench_function(BenchmarkId::new("add linked", n), |b| {
            b.iter_batched(
                || NewComponent {
                    name: "New".to_owned(),
                    at: Some(Point::new(0.5, 0.5)),
                    needed_by: Some(middle(n)),
                    ..NewComponent::default()
                },
                |new| {
                    app.update(Intent::Edit(Command::AddComponent(new)));
                    black_box(app.update(Intent::Action(ActionId::Undo)))
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, file, edit, whole_edit);
criterion_main!(benches);
