//! The text a document was opened from, kept to the byte, with the record each statement stands for.
//!
//! Knows no grammar: the language's module in `format` makes and reads it. Edits on the map do not touch it;
//! the text with the edits worked in is computed when somebody wants to see or save it.

use crate::model::AnyRecordId;

/// The language of a map text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceLanguage {
    /// OnlineWardleyMaps.
    Owm,
    /// Mermaid `wardley-beta`.
    Mermaid,
}

/// A statement of the text and the record it made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceBinding {
    /// Number of the statement in the text, from 0.
    pub statement: u32,
    /// The record.
    pub record: AnyRecordId,
}

/// A map text and what its statements stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSource {
    /// Language.
    pub language: SourceLanguage,
    /// The text, every byte as it came.
    pub text: String,
    /// Statements with records, by statement.
    pub bindings: Vec<SourceBinding>,
}
