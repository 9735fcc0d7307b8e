//! Effects: what should happen outside, as plain data. The shell carries them out and answers with intents.

use crate::app::intent::ReadFile;
use crate::app::kept::{Goal, Keep};
use crate::app::picture::PixelJob;

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
        /// Overwrite the file even when somebody else has changed it.
        overwrite: bool,
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
    /// Make pixels of a picture and offer them for download; answered by `PictureIntent::Saved` or `NotDrawn`.
    SavePixels {
        /// File name.
        name: String,
        /// What to draw.
        job: PixelJob,
    },
    /// Put all of these on the clipboard together; answered by `PictureIntent::Copied`.
    CopyRich {
        /// A picture.
        picture: Option<PixelJob>,
        /// Markup.
        html: String,
        /// Text.
        text: String,
    },
    /// Ask for [`KeepIntent::Due`](crate::app::kept::KeepIntent::Due) in less than a second, once.
    ScheduleDraft,
    /// Keep this text in the browser, with the time.
    Keep(Keep),
    /// Fetch a kept text.
    FetchKept {
        /// Where it is kept.
        key: String,
        /// What for.
        goal: Goal,
    },
    /// Make a version of what is kept under a key, before something else is kept there.
    CopyKept {
        /// Where it is kept.
        from: String,
        /// Where the version goes.
        to: String,
    },
    /// Forget what is kept under these keys.
    ForgetKept(Vec<String>),
    /// Say what is kept.
    ListKept,
    /// Say whether the browser has promised to clear nothing of what is kept.
    LookForPromise,
    /// Ask it to promise.
    AskPromise,
    /// Ask for the right to change this document; give up the one before.
    Claim {
        /// Its id.
        document: String,
    },
    /// Give the right to the tab that asked for it.
    LetGo,
    /// Ask the other tab for the right, and take it when no answer comes.
    TakeOver,
    /// Show tabs that look on what the document is now.
    Share(String),
    /// Offer a file as it was read.
    DownloadFile(ReadFile),
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
