//! Why a file cannot be opened at all, as a type, and as one sentence for the person who has it.
//!
//! Partial losses are not errors: they are diagnostics beside the document. Knows no format's details.

use crate::format::json::MigrateError;

/// Why nothing could be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// No file, or a file without content.
    #[error("the file is empty")]
    Empty,
    /// More bytes than a reader accepts.
    #[error("{bytes} bytes are more than the limit of {limit}")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// Most a reader accepts.
        limit: usize,
    },
    /// Neither text nor a file with a map inside.
    #[error("the file is not text")]
    NotText,
    /// JSON that cannot be read, and nothing in it could be saved.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        reason: SyntaxReason,
    },
    /// A file of something else.
    #[error("this is {looks_like}, not a map")]
    NotThisFormat {
        /// What it looks like, with its article: "a Word document".
        looks_like: &'static str,
    },
    /// Brackets within brackets beyond the limit.
    #[error("line {line}: nested more than {limit} deep")]
    TooDeep {
        /// Line, from 1.
        line: usize,
        /// Deepest a reader accepts.
        limit: usize,
    },
    /// More records of a kind than a document can hold.
    #[error("{count} {what} are more than the limit of {limit}")]
    TooMany {
        /// Plural of the kind: "components".
        what: &'static str,
        /// How many there are.
        count: usize,
        /// Most a document can hold.
        limit: usize,
    },
    /// A file of an older version could not be brought up to date.
    #[error("version {from}: {source}")]
    Migration {
        /// The version that could not be left behind.
        from: u32,
        /// Why.
        source: MigrateError,
    },
    /// A table without the columns that would say what its rows are.
    #[error("no column called {missing}")]
    NoColumns {
        /// What a heading should be called.
        missing: &'static str,
    },
    /// A picture without a map in it.
    #[error("{looks_like} without a map inside")]
    NoMapInside {
        /// What it is, with its article.
        looks_like: &'static str,
    },
    /// What carries the map is there, but the map in it cannot be read.
    #[error("{looks_like} with a damaged map inside")]
    DamagedInside {
        /// What it is, with its article.
        looks_like: &'static str,
    },
    /// A link of a later version of the app.
    #[error("the link was made by a newer version")]
    NewerLink,
    /// Support dates, which are taken into a map and are none.
    #[error("support dates are no map")]
    OnlySupportDates,
    /// Several files that do not belong together.
    #[error("{count} files do not make one map")]
    SeveralFiles {
        /// How many.
        count: usize,
    },
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxReason {
    /// The text stops in the middle.
    #[error("the text ends in the middle")]
    EndsTooEarly,
    /// Something else stands where it should not.
    #[error("{0}")]
    Unexpected(String),
}

impl FormatError {
    /// One sentence: what is wrong with the file of this name, where, and what to do.
    pub fn sentence(&self, file_name: &str) -> String {
        let name =
            if file_name.trim().is_empty() { "The file".to_owned() } else { format!("“{}”", file_name.trim()) };
        match self {
            Self::Empty => format!("{name} is empty; ask for it to be sent again, or look for an earlier copy."),
            Self::TooLarge { bytes, limit } => format!(
                "{name} is too large ({} MB, the limit is {} MB); check that it is the right file.",
                bytes.div_ceil(1 << 20),
                limit >> 20
            ),
            Self::NotText => {
                format!("{name} holds no text that could be a map; open a map file, a map text or a CSV table.")
            }
            Self::Syntax { line, reason: SyntaxReason::EndsTooEarly, .. } => format!(
                "{name} ends too early, at line {line}, and nothing in it could be saved; ask for it to be sent again."
            ),
            Self::Syntax { line, column, reason: SyntaxReason::Unexpected(reason) } => format!(
                "{name} is damaged at line {line}, column {column} ({reason}), and nothing in it could be saved; \
                 ask for it to be sent again."
            ),
            Self::NotThisFormat { looks_like } => {
                format!("{name} is {looks_like}, not a map; open a map file, a map text or a CSV table.")
            }
            Self::TooDeep { line, limit } => format!(
                "{name} is nested more than {limit} levels deep at line {line}, which no map is; \
                 check that it is the right file."
            ),
            Self::TooMany { what, count, limit } => {
                format!("{name} has {count} {what}, and a map holds at most {limit}; split it first.")
            }
            Self::Migration { from, source } => format!(
                "{name} was saved by version {from} of the file format and could not be brought up to date ({source}); \
                 keep it and report this."
            ),
            Self::NoColumns { missing } => format!(
                "{name} is a table without a column called {missing}; give its first row headings: \
                 “id” and “label” for systems, “source” and “target” for dependencies."
            ),
            Self::NoMapInside { looks_like } => format!(
                "{name} is {looks_like} without a map inside: it was exported as “picture only”, or a mail or chat program \
                 has made a new picture of it. Ask for the map file."
            ),
            Self::DamagedInside { looks_like } => format!(
                "{name} is {looks_like} with a map inside, but it is damaged or cut short, and nothing in it could be \
                 saved; ask for it to be sent again, best as a map file."
            ),
            Self::NewerLink => format!(
                "{name} was made by a newer version of Portolan, which this one cannot read; ask for the map file."
            ),
            Self::OnlySupportDates => format!(
                "{name} holds support dates, not a map; open the map they are for first, then open this file again."
            ),
            Self::SeveralFiles { count } => format!(
                "These {count} files do not belong together; open one at a time, or one table of systems with one table of \
                 dependencies."
            ),
        }
    }
}
