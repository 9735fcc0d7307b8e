//! Shared by all native benches: a bench is a name and a body that is made for a number of components, or for a document.
//!
//! `tests/benches.rs` runs every body once at 50 components, so benches keep compiling and working.

use criterion::{BenchmarkId, Criterion};
use portolan::format::csv::read_tables;
use portolan::model::{sample, Document};

/// Sizes a bench runs at when it has none of its own, in components.
pub(crate) const SIZES: [usize; 4] = [50, 500, 5_000, 20_000];
/// Real graphs of `PORTOLAN_CORPUS` that are measured too: of 68, 278, 337, 1,256, 2,867 and 8,815 components.
const GRAPHS: [&str; 6] = ["train_ticket", "hmpps", "cargo_helix", "cargo_rerun", "vcpkg_default", "endoflife"];

/// What is measured is made of this.
#[derive(Clone, Copy)]
enum Make {
    Size(fn(usize) -> Box<dyn FnMut()>),
    Estate(fn(&Document) -> Box<dyn FnMut()>),
}

/// One bench: its input is prepared, the closure that gives is measured.
pub(crate) struct Body {
    /// Name in the report.
    pub(crate) name: &'static str,
    /// Largest number of components it is measured at.
    pub(crate) up_to: usize,
    make: Make,
}

#[allow(dead_code, reason = "each file of benches uses what it needs")]
impl Body {
    /// A bench at all sizes.
    pub(crate) const fn new(name: &'static str, make: fn(usize) -> Box<dyn FnMut()>) -> Self {
        Self { name, up_to: usize::MAX, make: Make::Size(make) }
    }

    /// A bench on made-up estates of all sizes and on the corpus' graphs.
    pub(crate) const fn on_estates(name: &'static str, make: fn(&Document) -> Box<dyn FnMut()>) -> Self {
        Self { name, up_to: usize::MAX, make: Make::Estate(make) }
    }

    /// The same up to this number of components.
    #[must_use]
    pub(crate) const fn up_to(mut self, n: usize) -> Self {
        self.up_to = n;
        self
    }

    /// Prepares a made-up input of so many components.
    pub(crate) fn made(&self, n: usize) -> Box<dyn FnMut()> {
        match self.make {
            Make::Size(make) => make(n),
            Make::Estate(make) => make(&sample::synthetic(n, 1)),
        }
    }
}

/// Measures all bodies at the usual sizes; understands criterion's command line.
#[allow(dead_code, reason = "some benches have sizes of their own")]
pub(crate) fn run(group: &str, bodies: &[Body]) {
    run_at(group, bodies, &SIZES);
}

/// Measures all bodies at these sizes, in components, and what is on estates on the corpus' graphs too.
pub(crate) fn run_at(group: &str, bodies: &[Body], sizes: &[usize]) {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_secs(1))
        .without_plots()
        .configure_from_args();
    let graphs = if bodies.iter().any(|body| matches!(body.make, Make::Estate(_))) { graphs() } else { Vec::new() };
    let mut group = criterion.benchmark_group(group);
    for body in bodies {
        for n in sizes.iter().copied().filter(|n| *n <= body.up_to) {
            let mut measured = body.made(n);
            group.bench_function(BenchmarkId::new(body.name, n), |bencher| bencher.iter(&mut measured));
        }
        let Make::Estate(make) = body.make else { continue };
        for (name, document) in graphs.iter().filter(|(_, document)| document.components.len() <= body.up_to) {
            let mut measured = make(document);
            group.bench_function(BenchmarkId::new(body.name, name), |bencher| bencher.iter(&mut measured));
        }
    }
    group.finish();
    criterion.final_summary();
}

/// The corpus' graphs as documents, by name.
#[allow(clippy::print_stderr, reason = "the person who measures is told what is left out")]
fn graphs() -> Vec<(String, Document)> {
    let Ok(folder) = std::env::var("PORTOLAN_CORPUS") else {
        eprintln!("PORTOLAN_CORPUS is not set: no real graphs are measured");
        return Vec::new();
    };
    let mut graphs = Vec::new();
    for name in GRAPHS {
        let table = |kind| std::fs::read_to_string(format!("{folder}/graphs/{name}.{kind}.csv"));
        let read = |(nodes, edges): (String, String)| read_tables(Some(&nodes), Some(&edges), name).ok();
        match table("nodes").and_then(|nodes| table("edges").map(|edges| (nodes, edges))).ok().and_then(read) {
            Some(imported) => graphs.push((name.to_owned(), imported.document)),
            None => eprintln!("{name} cannot be read in {folder}/graphs: not measured"),
        }
    }
    graphs
}
