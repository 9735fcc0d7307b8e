//! `portolan check`: what reading the files has to say.

use portolan::diag::{Diagnostic, Place, Severity};
use serde::Serialize;

use crate::files::{self, Opened};
use crate::words::Words;
use crate::{Failure, Outcome};

/// A file's part of `check --format json`.
#[derive(Serialize)]
struct FileReport<'r> {
    file: &'r str,
    components: usize,
    links: usize,
    diagnostics: Vec<DiagnosticReport<'r>>,
}

/// A diagnostic in `check --format json`. Lines, columns and rows count from 1.
#[derive(Serialize)]
struct DiagnosticReport<'r> {
    severity: &'static str,
    code: &'r str,
    message: &'r str,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn report(diagnostic: &Diagnostic) -> DiagnosticReport<'_> {
    let (line, column) = match &diagnostic.place {
        Place::Text { line, column, .. } => (Some(*line), Some(*column)),
        Place::Cell { row, .. } => (Some(*row), None),
        _ => (None, None),
    };
    DiagnosticReport {
        severity: severity(diagnostic.severity),
        code: diagnostic.code,
        message: &diagnostic.message,
        place: diagnostic.place.to_string(),
        line,
        column,
    }
}

/// `path:line:column: severity: message [code]`, the form that editors jump from.
pub(crate) fn text_line(path: &str, diagnostic: &Diagnostic) -> String {
    let place = match &diagnostic.place {
        Place::Text { line, column, .. } => format!("{path}:{line}:{column}"),
        Place::Cell { row, column } => format!("{path}:{row}: column {column}"),
        Place::Whole => path.to_owned(),
        other => format!("{path}: {other}"),
    };
    format!("{place}: {}: {} [{}]\n", severity(diagnostic.severity), diagnostic.message, diagnostic.code)
}

pub(crate) fn check(words: &Words) -> Result<Outcome, Failure> {
    if words.files.is_empty() {
        return Err(Failure::Usage("a file to check is wanted.".to_owned()));
    }
    let opened = words.files.iter().map(|file| files::open(file)).collect::<Result<Vec<_>, _>>()?;
    let text = match words.one_of("--format", &["text", "json"])? {
        "text" => {
            let lines = |o: &Opened| o.imported.diagnostics.iter().map(|d| text_line(&o.path, d)).collect::<String>();
            opened.iter().map(lines).collect::<String>()
        }
        _ => {
            let reports: Vec<FileReport<'_>> = opened
                .iter()
                .map(|o| FileReport {
                    file: &o.path,
                    components: o.imported.document.components.len(),
                    links: o.imported.document.links.len(),
                    diagnostics: o.imported.diagnostics.iter().map(report).collect(),
                })
                .collect();
            files::json_text(&reports)?
        }
    };
    files::write(None, text.as_bytes())?;
    let more_than_notices = opened.iter().flat_map(|o| &o.imported.diagnostics).any(|d| d.severity > Severity::Notice);
    Ok(if more_than_notices { Outcome::Findings } else { Outcome::Fine })
}
