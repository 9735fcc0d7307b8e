//! OnlineWardleyMaps text: a lossless syntax tree, reading, writing with the least change, and editing as text.
//!
//! Knows the document; knows no screen. Reads what authors mean and says where today's OnlineWardleyMaps would read
//! something else; writes what it reads the same. A text that was opened is kept byte for byte wherever the document
//! has not changed.

mod apply;
mod ids;
mod lexer;
mod lint;
mod locate;
mod lower;
mod matching;
mod merge;
mod parse;
mod read;
mod report;
mod said;
mod spell;
mod statement;
mod sync;
mod syntax;
mod tail;

pub use apply::{apply_over, apply_text};
pub(in crate::format) use lexer::{in_quotes, number_prefix};
pub use locate::{highlight, record_at, span_of, SourceIndex, TokenClass};
pub use read::read;
pub(in crate::format) use read::read_dialect;
pub(in crate::format) use report::{place, shown, At};
pub(in crate::format) use said::{said_point, stage_text};
pub use spell::name_in_line;
pub(in crate::format) use spell::number;
pub use sync::{write, Written};
pub use syntax::{Arrow, Dialect, Flag, Form, Kind, Part, Role, Span, Statement, Tree};

/// Most bytes of a text that is read.
pub const MAX_TEXT_LENGTH: usize = 8 * 1024 * 1024;
/// Most bytes of a line that is read; longer lines are kept and left aside.
pub const MAX_LINE_LENGTH: usize = 10_000;

#[cfg(test)]
pub(in crate::format) mod tests;
