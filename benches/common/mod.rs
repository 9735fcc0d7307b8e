//! Shared by all native benches: a bench is a name and a body that is made for a number of components.
//!
//! `tests/benches.rs` runs every body once at 50 components, so benches keep compiling and working.

use criterion::{BenchmarkId, Criterion};

/// Sizes a bench runs at when it has none of its own, in components.
pub(crate) const SIZES: [usize; 4] = [50, 500, 5_000, 20_000];

/// One bench: `make(n)` prepares the input, the closure it gives is measured.
pub(crate) struct Body {
    /// Name in the report.
    pub(crate) name: &'static str,
    /// Largest number of components it is measured at.
    pub(crate) up_to: usize,
    /// Prepares the input for a number of components.
    pub(crate) make: fn(usize) -> Box<dyn FnMut()>,
}

impl Body {
    /// A bench at all sizes.
    pub(crate) const fn new(name: &'static str, make: fn(usize) -> Box<dyn FnMut()>) -> Self {
        Self { name, up_to: usize::MAX, make }
    }

    /// The same up to this number of components.
    #[must_use]
    #[allow(dead_code, reason = "only some benches have a limit")]
    pub(crate) const fn up_to(mut self, n: usize) -> Self {
        self.up_to = n;
        self
    }
}

/// Measures all bodies at the usual sizes; understands criterion's command line.
#[allow(dead_code, reason = "the scene has sizes of its own")]
pub(crate) fn run(group: &str, bodies: &[Body]) {
    run_at(group, bodies, &SIZES);
}

/// Measures all bodies at these sizes, in components.
pub(crate) fn run_at(group: &str, bodies: &[Body], sizes: &[usize]) {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_secs(1))
        .without_plots()
        .configure_from_args();
    let mut group = criterion.benchmark_group(group);
    for body in bodies {
        for n in sizes.iter().copied().filter(|n| *n <= body.up_to) {
            let mut measured = (body.make)(n);
            group.bench_function(BenchmarkId::new(body.name, n), |bencher| bencher.iter(&mut measured));
        }
    }
    group.finish();
    criterion.final_summary();
}
