//! What is known of a kept text without reading it: whose it is, when and why it was kept, how much it holds.
//!
//! Written as lines of `name=value`, so that the browser stores two texts and knows neither.

/// Why a state of a document is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Why {
    /// The newest state; written anew at every change.
    #[default]
    Now,
    /// Some minutes of work.
    Time,
    /// Written to a file.
    Saved,
    /// Before something was read into the map.
    BeforeImport,
    /// Before another map was worked in.
    BeforeMerge,
    /// Before much was deleted.
    BeforeDelete,
    /// Before an earlier version was put in its place.
    BeforeRestore,
    /// Before another document was opened here.
    BeforeOpening,
    /// Before another tab took over.
    BeforeTakeover,
    /// A draft that was there when the same document was opened from a file.
    Draft,
    /// Somebody asked.
    ByHand,
}

/// Each reason with its key in storage and its words.
const REASONS: [(Why, &str, &str); 11] = [
    (Why::Now, "now", "The newest state"),
    (Why::Time, "time", "While you worked"),
    (Why::Saved, "saved", "Saved to a file"),
    (Why::BeforeImport, "import", "Before an import"),
    (Why::BeforeMerge, "merge", "Before a merge"),
    (Why::BeforeDelete, "delete", "Before much was deleted"),
    (Why::BeforeRestore, "restore", "Before a version was restored"),
    (Why::BeforeOpening, "opening", "Before another map was opened"),
    (Why::BeforeTakeover, "takeover", "Before another tab took over"),
    (Why::Draft, "draft", "Draft from before, in no file"),
    (Why::ByHand, "hand", "Kept by you"),
];

impl Why {
    /// In words, for a list.
    pub fn words(self) -> &'static str {
        REASONS.iter().find(|(why, ..)| *why == self).map_or("", |(_, _, words)| words)
    }

    fn key(self) -> &'static str {
        REASONS.iter().find(|(why, ..)| *why == self).map_or("", |(_, key, _)| key)
    }

    /// Somebody would look for it later; a state kept by the clock gives way first.
    pub fn is_landmark(self) -> bool {
        !matches!(self, Self::Now | Self::Time)
    }
}

/// What is known of a kept text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// Where it is kept.
    pub key: String,
    /// The document's id.
    pub document: String,
    /// Its title; may be empty.
    pub title: String,
    /// When it was kept, milliseconds since 1970. The shell has the clock.
    pub at_ms: f64,
    /// Why.
    pub why: Why,
    /// Number of components.
    pub components: usize,
    /// Number of links.
    pub links: usize,
    /// Length of the text, bytes.
    pub bytes: usize,
    /// What changed since the version before, one sentence; empty when there is none.
    pub changed: String,
    /// Id of the saved state that it is or comes from; empty when it was never in a file of ours.
    pub state: String,
    /// Name of the file that holds exactly this; empty when none does.
    pub file: String,
    /// Revision in the session that kept it.
    pub revision: u64,
}

impl Head {
    /// Whether no file holds this state.
    pub fn is_in_no_file(&self) -> bool {
        self.file.is_empty()
    }

    /// Title, or words in its place.
    pub fn name(&self) -> &str {
        if self.title.is_empty() {
            "Untitled map"
        } else {
            &self.title
        }
    }

    /// As it is stored. The key is not in it: the store has that.
    pub fn write(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| {
            text.push_str(name);
            text.push('=');
            text.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
            text.push('\n');
        };
        line("document", &self.document);
        line("title", &self.title);
        line("at", &self.at_ms.to_string());
        line("why", self.why.key());
        line("components", &self.components.to_string());
        line("links", &self.links.to_string());
        line("bytes", &self.bytes.to_string());
        line("changed", &self.changed);
        line("state", &self.state);
        line("file", &self.file);
        line("revision", &self.revision.to_string());
        text
    }

    /// From what is stored. What cannot be read has its default; `None` when not even the document is named.
    pub fn read(key: &str, text: &str) -> Option<Self> {
        let mut head = Self { key: key.to_owned(), ..Self::default() };
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "document" => value.clone_into(&mut head.document),
                "title" => value.clone_into(&mut head.title),
                "at" => head.at_ms = value.parse().ok().filter(|at: &f64| at.is_finite()).unwrap_or_default(),
                "why" => {
                    head.why = REASONS.iter().find(|(_, key, _)| *key == value).map_or(Why::Time, |(why, ..)| *why)
                }
                "components" => head.components = value.parse().unwrap_or_default(),
                "links" => head.links = value.parse().unwrap_or_default(),
                "bytes" => head.bytes = value.parse().unwrap_or_default(),
                "changed" => value.clone_into(&mut head.changed),
                "state" => value.clone_into(&mut head.state),
                "file" => value.clone_into(&mut head.file),
                "revision" => head.revision = value.parse().unwrap_or_default(),
                _ => {}
            }
        }
        (!head.document.is_empty()).then_some(head)
    }
}

/// Where the newest state of a document is kept.
pub fn now_key(document: &str) -> String {
    format!("{document}/now")
}

/// Where a version is kept; `session` and `number` make it unique.
pub fn version_key(document: &str, session: &str, number: u64) -> String {
    format!("{document}/{session}-{number}")
}
