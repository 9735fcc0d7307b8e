//! Maps to begin with. Each opens as a document of its own, so there is nothing to clear away.

/// A map to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Key.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub summary: &'static str,
    /// Name of its file.
    pub file_name: &'static str,
    /// The file.
    pub content: &'static str,
}

/// All samples, in the order they are offered.
pub fn all() -> &'static [Sample] {
    &[]
}
