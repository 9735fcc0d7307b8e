//! What this browser keeps: the newest state of every document, versions of it, and which tab may change it.
//!
//! Decides what is kept, when and for how long; the shell stores texts by key and tells the time. Knows no browser.

mod act;
mod changed;
mod head;
mod policy;
mod tabs;
#[cfg(test)]
mod tests;
mod trouble;
mod versions;

pub use changed::sentence as what_changed;
pub use head::{now_key, version_key, Head, Why};
pub use policy::{due, is_big_deletion, surplus, EVERY_MS, LEAST, MOST};
pub use trouble::Trouble;

use std::rc::Rc;

use crate::model::Document;

/// A text to keep under the key of its head. The shell fills in the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// What is known of it.
    pub head: Head,
    /// The document as text.
    pub text: String,
    /// Whatever stands there gives way: the document was taken over from the tab that wrote it.
    pub over_others: bool,
}

/// Whether the browser has promised to clear nothing by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// It has.
    Given,
    /// It has not, or not yet.
    NotGiven,
    /// It was asked and said no.
    Refused,
    /// It gives none to pages like this one.
    NotOffered,
}

impl Promise {
    /// What it means, one sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Given => "This browser has promised to keep these maps until you delete them or its site data.",
            Self::NotGiven => {
                "When space runs short this browser may clear what is kept here. Save to files what matters, or ask it \
                 to keep everything."
            }
            Self::Refused => {
                "This browser did not promise to keep these maps: when space runs short it may clear them. Save to files \
                 what matters."
            }
            Self::NotOffered => {
                "This browser makes no promise to keep what is here. Save to files what matters."
            }
        }
    }
}

/// What a kept text is fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// To be opened as the document it is.
    Open,
    /// To be shown in the list of versions.
    Show,
    /// To be what both maps of a comparison come from.
    Ancestor,
}

/// What became of keeping, and what somebody wants done with what is kept.
#[derive(Debug, Clone, PartialEq)]
pub enum KeepIntent {
    /// Time to keep what changed; milliseconds since 1970.
    Due(f64),
    /// Kept, with the time filled in; `cleared` when what was kept before had been deleted from outside.
    Stored {
        /// What is known of it.
        head: Box<Head>,
        /// Everything kept before is gone.
        cleared: bool,
    },
    /// The browser did not keep it. It may be in memory until the page is closed.
    Refused {
        /// What should have been kept.
        head: Box<Head>,
        /// Why.
        trouble: Trouble,
        /// It is in memory.
        in_memory: bool,
    },
    /// All that is kept.
    Listed {
        /// Newest states and versions of all documents.
        heads: Vec<Head>,
        /// Documents that other tabs have in hand.
        elsewhere: Vec<String>,
    },
    /// The text under a key, as asked for.
    Fetched {
        /// What is known of it.
        head: Box<Head>,
        /// The document as text.
        text: String,
        /// What it was fetched for.
        goal: Goal,
    },
    /// What was to be fetched is not there, or the browser does not give it.
    FetchFailed(Trouble),
    /// Show the versions, or all documents that are kept.
    ShowVersions,
    /// Show all documents that are kept.
    ShowRecent,
    /// Look at this version.
    Look(String),
    /// Put the version in view in the place of the map, as one step; `when` it was kept, in words.
    Restore {
        /// "today at 14:02".
        when: String,
    },
    /// Show what became of the version in view since; `when` it was kept, in words.
    Compare {
        /// "today at 14:02".
        when: String,
    },
    /// Open the version in view as a document of its own.
    OpenCopy,
    /// Download the version in view.
    Download,
    /// Open the newest state of this document.
    Open(String),
    /// Ask whether to forget this document; `None` takes the question back.
    AskForget(Option<String>),
    /// Forget this document with all its versions.
    Forget(String),
    /// The draft that was found is not wanted now; it stays among the recent maps.
    Later,
    /// This tab may change the document.
    Owned,
    /// Another tab has the document in hand.
    Elsewhere,
    /// Another tab took the document without waiting for this one.
    Taken,
    /// Another tab wants the document.
    AskedFor,
    /// Another tab began to look at the document.
    Watched,
    /// The document as the tab that owns it has it now.
    Shared(String),
    /// The file behind the document, as the tab that owns it knows it: its name. The shell can write it.
    FileKnown(String),
    /// Whether the browser has promised to clear nothing.
    Promised(Promise),
    /// Ask it to.
    AskPromise,
    /// Change the document in this tab from now on.
    TakeOver,
    /// Open what this tab had before it began to follow the other one.
    OpenOwn,
}

/// The version in view.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewed {
    /// What is known of it.
    pub head: Head,
    /// The document; `None` when the text cannot be read.
    pub document: Option<Rc<Document>>,
    /// A picture of it, SVG.
    pub picture: Rc<str>,
    /// The text.
    pub text: Rc<str>,
    /// What differs from the map as it is now, one sentence.
    pub against_now: String,
}

/// What the app remembers of keeping.
#[derive(Debug, Default)]
pub(super) struct KeptState {
    /// All that is kept, as last heard of; newest first.
    pub(super) heads: Vec<Head>,
    /// Documents other tabs have in hand.
    pub(super) elsewhere: Vec<String>,
    /// Drafts from before this session that are in no file, offered when the app starts; newest first.
    pub(super) offered: Vec<Head>,
    /// Whether the drafts from before have been looked through.
    pub(super) looked: bool,
    /// The version in view.
    pub(super) viewed: Option<Viewed>,
    /// This session, for keys of versions.
    pub(super) session: String,
    /// Number of the next version.
    pub(super) next: u64,
    /// Document whose ownership was asked for.
    pub(super) claimed: String,
    /// The document when a version was kept last, or when it was opened.
    pub(super) last_version: Option<Rc<Document>>,
    /// When that was, milliseconds; `None` until the first change is kept.
    pub(super) last_version_ms: Option<f64>,
    /// A newest state is on its way into storage.
    pub(super) storing: bool,
    /// It was time to keep something while it was.
    pub(super) overdue: bool,
    /// Revision of the newest state that was handed out for storing.
    pub(super) stored_revision: Option<u64>,
    /// Some tab looks on.
    pub(super) watched: bool,
    /// What this tab had before it began to follow another.
    pub(super) own: Option<Rc<Document>>,
    /// The document was taken over from a tab and nothing was changed since: a late text still counts.
    pub(super) fresh_owner: bool,
    /// Since when changes have been in no file, milliseconds since 1970, and the same at the last look.
    pub(super) unsaved_since: Option<(f64, f64)>,
    /// Whether the browser has promised to clear nothing; `None` until that is known.
    pub(super) promise: Option<Promise>,
    /// The trouble that was told last.
    pub(super) refused: Option<Trouble>,
    /// Room was made once by giving up versions.
    pub(super) made_room: bool,
}
