//! Effects: what should happen outside, as plain data. The shell carries them out and answers with intents.

/// Something for the shell to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Say this to screen readers.
    Announce {
        /// A sentence.
        text: String,
        /// Interrupt what is being said.
        urgent: bool,
    },
    /// Put the keyboard focus on the map.
    FocusMap,
    /// Put the keyboard focus into the text beside the map.
    FocusText,
    /// Ask for [`crate::app::intent::TextIntent::Due`] in a moment; a second time begins the moment anew.
    ScheduleText,
    /// Let the user choose files to open.
    PickFiles,
    /// Let the user choose a file to compare with, or the one that both compared maps started from; the file behind
    /// the document stays what it is.
    PickToCompare {
        /// The version both started from.
        ancestor: bool,
    },
    /// Write the document to a file.
    SaveFile {
        /// Proposed name.
        name: String,
        /// What to write.
        contents: String,
        /// Ask for a new place even when the file can be written back.
        ask_where: bool,
        /// Revision that is written, for the answer.
        revision: u64,
    },
    /// Offer bytes for download (pictures, other formats).
    Download {
        /// File name.
        name: String,
        /// What it holds.
        contents: String,
        /// Media type.
        media_type: &'static str,
    },
    /// Fetch the page of the app, into which maps are put; answered by [`crate::app::intent::SendIntent::Page`].
    FetchPage,
    /// Offer a page with the map inside for download.
    DownloadPage {
        /// File name.
        name: String,
        /// The page.
        contents: String,
        /// Revision that is then saved, when the page counts as the file.
        revision: Option<u64>,
    },
    /// Load the new version of the app that waits.
    LoadUpdate,
    /// Ask for [`crate::app::intent::FileIntent::DraftDue`] in a second, once.
    ScheduleDraft,
    /// Store the draft.
    StoreDraft {
        /// What to store.
        contents: String,
        /// Its revision.
        revision: u64,
    },
    /// Forget the stored draft.
    ForgetDraft,
    /// Put text on the clipboard.
    WriteClipboard(String),
    /// Read text from the clipboard.
    ReadClipboard,
    /// Keep a preference over sessions.
    StorePreference {
        /// Which.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// Ask before the page is left, or stop asking.
    GuardLeaving(bool),
    /// Title of the page.
    SetPageTitle(String),
    /// Forget the handle of the opened file: the document is another one now.
    ForgetFile,
    /// Print the page.
    Print,
    /// Ask for [`crate::app::ranking::RiskIntent::Work`] once the browser has drawn and taken in what waits.
    WorkSoon,
}
