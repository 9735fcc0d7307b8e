//! Diagnostics: what an importer or a check has to say, with a place and, where there is one, a fix.
//!
//! Knows no format. Codes are stable: people filter by them.

use std::fmt;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know; nothing is lost.
    Notice,
    /// Something was changed, guessed or left aside.
    Warning,
    /// Something could not be read.
    Error,
}

/// Where in the input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The input as a whole.
    Whole,
    /// A position in a text; `line` and `column` count from 1, columns in characters; `start..end` are bytes.
    Text {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
        /// First byte.
        start: usize,
        /// First byte behind.
        end: usize,
    },
    /// A cell of a table; `row` counts from 1 with the header as row 1.
    Cell {
        /// Row, from 1.
        row: u32,
        /// Column's heading, or its number when it has none.
        column: String,
    },
    /// A place in a JSON document, like `/document/components/3/name`.
    Json(String),
    /// A record of the document, by the text of its id.
    Record(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("the whole file"),
            Self::Text { line, column, .. } => write!(f, "line {line}, column {column}"),
            Self::Cell { row, column } => write!(f, "row {row}, column {column}"),
            Self::Json(path) => write!(f, "at {path}"),
            Self::Record(id) => write!(f, "record {id}"),
        }
    }
}

/// A replacement of bytes that would settle the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, for a button: "Quote the name".
    pub label: String,
    /// First byte to replace.
    pub start: usize,
    /// First byte behind.
    pub end: usize,
    /// What to put there.
    pub replacement: String,
}

/// One thing to say about the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable kebab-case code, such as `owm-dangling-link`.
    pub code: &'static str,
    /// One sentence in plain English for the person who made the file.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What would settle it, if one click can.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic without a fix.
    pub fn new(severity: Severity, code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), place, fix: None }
    }
}
