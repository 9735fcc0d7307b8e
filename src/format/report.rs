//! Collects diagnostics while a file is read, and keeps a file with ten thousand faults of one kind readable.
//!
//! Knows no format.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place, Severity};

/// Diagnostics of one code that are listed one by one; the others are counted.
pub(crate) const SHOWN_PER_CODE: usize = 50;

/// The diagnostics so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    diagnostics: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, (usize, Severity)>,
}

impl Report {
    /// Adds a diagnostic; from the 51st of a code on it is only counted, and the sentence is not even made.
    pub(crate) fn add<M: Into<String>>(
        &mut self,
        severity: Severity,
        code: &'static str,
        place: impl FnOnce() -> Place,
        message: impl FnOnce() -> M,
    ) {
        let (count, worst) = self.counts.entry(code).or_insert((0, severity));
        *count += 1;
        *worst = severity.max(*worst);
        if *count <= SHOWN_PER_CODE {
            self.diagnostics.push(Diagnostic::new(severity, code, place(), message()));
        }
    }

    /// All diagnostics in the order of the input, and a line for each code that had more than were listed.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (code, (count, severity)) in self.counts {
            if count > SHOWN_PER_CODE {
                let more = count - SHOWN_PER_CODE;
                let example = self.diagnostics.iter().find(|d| d.code == code).map_or("", |d| d.message.as_str());
                let message = format!("{more} more of the same kind as: {example}");
                self.diagnostics.push(Diagnostic::new(severity, code, Place::Whole, message));
            }
        }
        self.diagnostics
    }
}
