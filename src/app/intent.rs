//! Intents: everything that can happen to the app, as plain data.
//!
//! Browser events, menu choices, panel edits and answers of the browser all arrive as one of these.
//! Knows no browser type.

use std::collections::BTreeSet;

use crate::app::action::ActionId;
pub use crate::app::compare::CompareIntent;
pub use crate::app::dependencies::DependencyIntent;
use crate::app::form::FormIntent;
pub use crate::app::import::ImportIntent;
use crate::app::kept::KeepIntent;
pub use crate::app::picture::PictureIntent;
pub use crate::app::ranking::RiskIntent;
pub use crate::app::send::SendIntent;
use crate::app::state::{DialogKind, Look, SidePanel, TextFormat, ToolKind, ViewTab};
pub use crate::app::support::SupportIntent;
pub use crate::app::table::TableIntent;
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::edit::{Command, Direction};
use crate::geom::{Map, Point, Screen, Size, Vector};
use crate::model::{AnyRecordId, ComponentId};

/// Something that happened.
#[allow(clippy::large_enum_variant, reason = "one lives at a time, for one call; boxes would cost more than they save")]
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// The pointer over the map.
    Pointer(PointerInput),
    /// The wheel or a pinch over the map.
    Wheel(WheelInput),
    /// A key, wherever the focus is (text fields keep their own keys).
    Key(KeyInput),
    /// A menu item, button or palette entry.
    Action(ActionId),
    /// A change made in a panel.
    Edit(Command),
    /// The label editor.
    Label(LabelIntent),
    /// A field of a form.
    Form(FormIntent),
    /// What is selected or focused.
    Select(SelectIntent),
    /// What is shown.
    Show(ShowIntent),
    /// The view of the map.
    View(ViewIntent),
    /// Files and the clipboard.
    File(FileIntent),
    /// What this browser keeps.
    Keep(KeepIntent),
    /// The text beside the map.
    Text(TextIntent),
    /// The table of systems.
    Table(TableIntent),
    /// The ranking and the risk view.
    Risk(RiskIntent),
    /// The dependency view.
    Dependencies(DependencyIntent),
    /// Pictures, paper, links.
    Picture(PictureIntent),
    /// Comparing with another map.
    Compare(CompareIntent),
    /// The map in a page, for people without the tool.
    Send(SendIntent),
    /// The review of a table.
    Import(ImportIntent),
    /// The review of support dates.
    Support(SupportIntent),
}

/// The text beside the map. Places are bytes of the text that is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum TextIntent {
    /// The text is this now. The shell waits a moment, so that not every letter of a large text is taken in.
    Typed {
        /// All of it.
        text: String,
        /// Where the caret is.
        caret: usize,
    },
    /// Nobody has typed for a while: the next letter begins a new step of the history.
    Paused,
    /// The caret was moved here.
    Caret(usize),
    /// Time to bring the text up to date with the map.
    Due,
    /// Show on the map what the text says, although lines of it are not understood.
    TakeAsIs,
    /// Do what this remark proposes.
    Fix(Box<Diagnostic>),
    /// Put the caret where this remark points.
    GoTo(Box<Diagnostic>),
    /// Make the pane so wide, CSS pixels.
    Width(u16),
}

/// A phase of a pointer's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerPhase {
    /// A button went down.
    Down,
    /// It moved.
    Move,
    /// A button went up.
    Up,
    /// The browser took the pointer away.
    Cancel,
    /// Two quick clicks.
    DoubleClick,
    /// The menu button or a long press.
    ContextMenu,
}

/// Which button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PointerButton {
    /// The main button, a finger, a pen.
    #[default]
    Primary,
    /// The wheel button.
    Middle,
    /// The menu button.
    Secondary,
}

/// What kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PointerDevice {
    /// A mouse or pad.
    #[default]
    Mouse,
    /// A finger.
    Touch,
    /// A pen.
    Pen,
}

/// A handle of the selected component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// Drag to another component to link, to an empty place to add a linked one.
    Link,
    /// Drag sideways to say where it is going.
    Evolve,
}

/// The pointer at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointerInput {
    /// Phase.
    pub phase: PointerPhase,
    /// Where, from the corner of the canvas.
    pub at: Point<Screen>,
    /// Which button.
    pub button: PointerButton,
    /// Which device.
    pub device: PointerDevice,
    /// Shift is held.
    pub shift: bool,
    /// Ctrl or Cmd is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// The handle under the pointer when it went down.
    pub handle: Option<Handle>,
}

/// The wheel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WheelInput {
    /// Where the pointer is.
    pub at: Point<Screen>,
    /// How far, CSS pixels, right and down.
    pub by: Vector<Screen>,
    /// Ctrl or Cmd is held, or it is a pinch.
    pub ctrl: bool,
    /// Shift is held.
    pub shift: bool,
}

/// Where the keyboard focus is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyContext {
    /// On the map.
    Map,
    /// In a field that takes text; only shortcuts with Ctrl reach the app.
    TextField,
    /// On a button, in a list or nowhere.
    #[default]
    Elsewhere,
}

/// A key that went down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyInput {
    /// `KeyboardEvent.key`.
    pub key: String,
    /// `KeyboardEvent.code`.
    pub code: String,
    /// Ctrl or Cmd.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// Where the focus is.
    pub context: KeyContext,
}

/// What comes after a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterLabel {
    /// Back to the map.
    #[default]
    Done,
    /// Name a component that this one needs.
    LinkedNeighbour,
}

/// The label editor.
#[derive(Debug, Clone, PartialEq)]
pub enum LabelIntent {
    /// Take this text.
    Commit(String, AfterLabel),
    /// Leave it as it was.
    Cancel,
}

/// What is selected or focused.
#[derive(Debug, Clone, PartialEq)]
pub enum SelectIntent {
    /// Exactly these.
    Only(BTreeSet<AnyRecordId>),
    /// This one in or out.
    Toggle(AnyRecordId),
    /// This one, and bring it into view.
    Reveal(AnyRecordId),
    /// The keyboard focus on the map.
    Focus(Option<AnyRecordId>),
    /// The map itself got or lost the keyboard focus.
    MapFocused(bool),
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum ShowIntent {
    /// A view.
    Tab(ViewTab),
    /// A side panel, or none.
    Side(Option<SidePanel>),
    /// A dialog, or none.
    Dialog(Option<DialogKind>),
    /// A tool.
    Tool(ToolKind),
    /// Light, dark, high contrast.
    Look(Look),
    /// Risk marks on the map.
    RiskMarks(bool),
    /// Hidden components, drawn faintly.
    HiddenComponents(bool),
    /// The wheel zooms instead of panning.
    WheelZooms(bool),
    /// Single-letter shortcuts.
    LetterShortcuts(bool),
    /// A new version of the app is ready to be loaded.
    UpdateReady,
    /// The status message was read.
    DismissStatus,
    /// The next step of the first-steps guide, with what was typed.
    Guide(String),
    /// Find by name.
    Find(String),
    /// One of the samples.
    OpenSample(&'static str),
}

/// The view of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ViewIntent {
    /// The canvas has this size.
    Resized(Size<Screen>),
    /// Pan by screen pixels.
    Pan(Vector<Screen>),
    /// Zoom by a factor about a point (the middle when `None`).
    Zoom(f64, Option<Point<Screen>>),
    /// Exactly this zoom about the middle.
    ZoomTo(f64),
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Files and the clipboard.
#[derive(Debug, Clone, PartialEq)]
pub enum FileIntent {
    /// The user chose or dropped these. `can_save_back` when the browser may write the file again.
    Opened {
        /// The files.
        files: Vec<ReadFile>,
        /// The browser holds a handle to write back to.
        can_save_back: bool,
    },
    /// The browser could not read what the user chose.
    ReadFailed(String),
    /// Saved; `clock` is the local time, "14:02".
    Saved {
        /// Name of the file.
        name: String,
        /// Local time.
        clock: String,
        /// Written to a file that can be written again, instead of downloaded.
        can_save_back: bool,
        /// Revision of the document that was written.
        revision: u64,
    },
    /// Could not save, with the browser's reason.
    SaveFailed(String),
    /// The user closed the file picker.
    Cancelled,
    /// The file was changed since it was opened; this is what it holds now. Nothing was written.
    Changed(ReadFile),
    /// Show what somebody else changed in the file.
    ShowTheirs,
    /// Write over what somebody else wrote.
    Overwrite,
    /// Download the file as it was before it was repaired.
    DownloadOriginal,
    /// Text came from the clipboard.
    Pasted(String),
    /// Export as text without what it cannot carry.
    ExportText(TextFormat),
    /// Save first, then go on with what was asked.
    SaveThenContinue,
    /// Go on without saving.
    ContinueWithoutSaving,
}

/// A place on the map with a component to link from: where the next one is named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewPlace {
    /// Where.
    pub at: Point<Map>,
    /// Who will need it.
    pub needed_by: Option<ComponentId>,
    /// In which direction it lies from there.
    pub direction: Option<Direction>,
}

/// What the shell tells the app when it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Seed of the session's ids.
    pub seed: u64,
    /// Today, when known.
    pub today: Option<Date>,
    /// Light, dark or high contrast, as the user last chose.
    pub look: Look,
    /// The wheel zooms; `None` when nobody has said yet.
    pub wheel_zooms: Option<bool>,
    /// Single-letter shortcuts work.
    pub letter_shortcuts: bool,
    /// Address of the page, without what stands behind `#` and `?`; empty when not known.
    pub address: String,
    /// The text beside the map: whether it is open, and its width in CSS pixels.
    pub text_pane: (bool, u16),
}
