//! The parts of the app's state that panels read: plain enums and small structs without behaviour.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::kept::Trouble;
use crate::diag::Diagnostic;
use crate::edit::NewComponent;
use crate::geom::{Point, Rect, Vector, World};
use crate::model::{AnyRecordId, AttitudeKind, ComponentId};
use crate::scene::display::ItemKey;

/// What is selected.
pub type Selection = BTreeSet<AnyRecordId>;

/// A view of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ViewTab {
    /// The map.
    #[default]
    Map,
    /// Who needs whom, laid out by dependency.
    Dependencies,
    /// All components as a list that edits everything the map edits.
    List,
    /// All systems as a spreadsheet.
    Table,
    /// Summary, pictures and registers of risk.
    Risk,
}

impl ViewTab {
    /// Whether it is drawn on the canvas.
    pub fn is_canvas(self) -> bool {
        matches!(self, Self::Map | Self::Dependencies)
    }
}

/// A panel beside the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SidePanel {
    /// What is selected, with its numbers.
    Inspector,
    /// The risk ranking.
    Ranking,
    /// What was repaired or guessed, and hints about the map.
    Problems,
    /// What differs between this map and another; there only while maps are compared.
    Compare,
}

/// A dialog over everything.
#[derive(Debug, Clone, PartialEq)]
pub enum DialogKind {
    /// All shortcuts.
    Help,
    /// Every action by name.
    Palette,
    /// Find a component by name.
    Find,
    /// Choose what to link the selected component to, by name.
    LinkTo(ComponentId),
    /// Choose a component by name for a form.
    Pick(crate::app::form::Pick),
    /// Choose a place for the name of the selected component.
    LabelPlace,
    /// Title, axes, size and look of the map.
    MapSettings,
    /// The samples.
    Samples,
    /// The map in a page, for people without the tool.
    Send,
    /// Versions of this document.
    Versions,
    /// All documents that this browser keeps; whether to forget this one is being asked.
    Recent {
        /// Its id.
        forgetting: Option<String>,
    },
    /// The file was changed by somebody else since it was opened.
    FileChanged(crate::app::intent::ReadFile),
    /// There are changes that are in no file.
    UnsavedChanges(AfterUnsaved),
    /// What an export as text leaves out.
    ExportLosses(TextFormat, Vec<String>),
    /// A picture to save or copy.
    Picture,
    /// Pages to print.
    Print,
    /// A link with the map in it.
    Link,
    /// A file could not be opened.
    CannotOpen {
        /// One sentence.
        message: String,
    },
    /// Steps that leave a first map.
    Guide(GuideStep),
    /// What a table would change, before it is taken in.
    Import,
    /// What a file of support dates would set, before it is taken in.
    SupportDates,
}

/// A text that maps are exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// OnlineWardleyMaps.
    Owm,
    /// Mermaid's `wardley-beta`.
    Mermaid,
}

/// What was asked before the question about unsaved changes.
#[derive(Debug, Clone, PartialEq)]
pub enum AfterUnsaved {
    /// An empty map.
    New,
    /// Choose a file.
    Open,
    /// These files.
    OpenThese(Vec<crate::app::intent::ReadFile>),
    /// The map in this part of the page's address.
    OpenLink(String),
    /// A sample.
    Sample(&'static str),
    /// The new version of the app.
    Update,
    /// The newest state that is kept of this document.
    Kept(String),
    /// This text of ours, as a document of its own.
    Copy(Rc<str>),
    /// The table under review as a map of its own.
    TakeReview,
}

/// A step of the guide to a first map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GuideStep {
    /// Who needs something?
    #[default]
    User,
    /// What do they need?
    Need,
    /// What does that take?
    Parts,
}

/// The tool in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ToolKind {
    /// Select and move.
    #[default]
    Select,
    /// Move the view.
    Hand,
    /// Point at things: a bright dot that everybody in the room sees. Changes nothing.
    Laser,
    /// Add a component where clicked.
    Component,
    /// Add an anchor where clicked.
    Anchor,
    /// Link: click one, click the other.
    Link,
    /// Add a note where clicked.
    Note,
    /// Select an area with two clicks.
    Area,
    /// Click where the selection should go.
    MoveTo,
    /// Add a numbered remark where clicked.
    Annotation,
    /// Add another place to the selected remark where clicked.
    AnnotationPlace,
    /// Hang a pipeline on the component that is clicked.
    Pipeline,
    /// Make an area of interest of what lies in a rectangle.
    Interest,
    /// Add an accelerator where clicked.
    Accelerator,
    /// Add a deaccelerator where clicked.
    Deaccelerator,
    /// Mark the rectangle of an attitude with two clicks or a drag.
    Attitude(AttitudeKind),
}

/// What the components are coloured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marks {
    /// Nothing.
    #[default]
    None,
    /// Risk.
    Risk,
    /// Area of interest.
    Area,
    /// Who answers for it.
    Owner,
}

/// What the sizes of the components say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sizes {
    /// Nothing: all are alike.
    #[default]
    None,
    /// Risk.
    Risk,
    /// How many others need it.
    Needed,
    /// How many people use it.
    Users,
}

/// What of the document is drawn and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// Marks on the components, with a legend of them.
    pub marks: Marks,
    /// What sizes say, with a legend of them.
    pub sizes: Sizes,
    /// Hidden components, faintly.
    pub hidden: bool,
    /// A legend of everything that occurs.
    pub legend: bool,
    /// Nothing but the view: no bars, tools and panels.
    pub only_view: bool,
}

impl Shown {
    /// Whether colours or sizes say something that the legend has to explain.
    pub fn is_marked(self) -> bool {
        self.marks != Marks::None || self.sizes != Sizes::None
    }
}

/// The look of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Black, white and yellow.
    HighContrast,
}

/// What the label editor edits.
#[derive(Debug, Clone, PartialEq)]
pub enum LabelTarget {
    /// A record's name or text.
    Record(AnyRecordId),
    /// A component that does not exist yet.
    New(NewComponent),
    /// A note that does not exist yet.
    NewNote,
    /// A numbered remark that does not exist yet.
    NewAnnotation,
    /// An accelerator that does not exist yet.
    NewAccelerator {
        /// It slows down.
        slows: bool,
    },
    /// An area of interest around the selected components.
    NewArea,
}

/// The open label editor.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelEdit {
    /// What is named.
    pub target: LabelTarget,
    /// Text to begin with.
    pub text: String,
    /// Where the thing stands.
    pub at: Point<World>,
    /// After Enter the next one is named at once.
    pub chain: bool,
}

/// What is drawn over the map while something is going on.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Preview {
    /// Nothing.
    #[default]
    None,
    /// These move by this much.
    Move {
        /// What moves; shared, because it is handed on with every pointer move.
        records: Rc<BTreeSet<AnyRecordId>>,
        /// How far.
        by: Vector<World>,
        /// Copies are made instead.
        copy: bool,
    },
    /// A link is being drawn.
    Link {
        /// From here.
        from: ComponentId,
        /// To here.
        to: Point<World>,
        /// The component it would end at.
        target: Option<ComponentId>,
    },
    /// Where a component is going.
    Evolve {
        /// Which.
        component: ComponentId,
        /// The evolved place.
        to: Point<World>,
    },
    /// A label moves by this much, or the box of the annotations.
    Label {
        /// Which.
        item: ItemKey,
        /// How far.
        by: Vector<World>,
    },
    /// The area that is being selected.
    Marquee(Rect<World>),
}

/// Whether the work is safe, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SaveState {
    /// Nothing was done yet.
    #[default]
    Untouched,
    /// In a file since this time.
    SavedToFile {
        /// File name.
        name: String,
        /// Local time, "14:02".
        clock: String,
    },
    /// Changes since; the draft in this browser holds them.
    OnlyInBrowser,
    /// Changes since; not even the draft holds them yet.
    NotSaved,
    /// The browser refuses to keep a draft.
    BrowserRefuses {
        /// Why.
        trouble: Trouble,
    },
}

impl SaveState {
    /// The words on the screen.
    pub fn words(&self) -> String {
        match self {
            Self::Untouched => "No changes to save".to_owned(),
            Self::SavedToFile { clock, .. } => format!("Saved to file {clock}"),
            Self::OnlyInBrowser => "Changes only in this browser".to_owned(),
            Self::NotSaved => "Not saved".to_owned(),
            Self::BrowserRefuses { trouble } => trouble.words().to_owned(),
        }
    }
}

/// The file behind the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileState {
    /// Name of the file it was opened from or saved to.
    pub name: Option<String>,
    /// The browser can write it back without asking.
    pub can_save_back: bool,
    /// Whether the work is safe.
    pub saved: SaveState,
    /// What reading it had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// It can be looked at but not changed: a newer version wrote it, or another tab has it in hand.
    pub read_only: bool,
    /// Another tab has it in hand.
    pub mirror: bool,
    /// The bytes it was read from, when reading had to repair something.
    pub original: Option<crate::app::intent::ReadFile>,
}

/// A message in the status bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// One sentence.
    pub text: String,
    /// It tells of something that can be undone.
    pub can_undo: bool,
    /// Something went wrong.
    pub is_error: bool,
}

/// What changed since the shell last looked, so that it draws no more than needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// The display list.
    pub scene: bool,
    /// Camera or viewport.
    pub camera: bool,
    /// The preview over the map.
    pub preview: bool,
    /// Selection, focus, label editor, tool: what the overlay shows.
    pub overlay: bool,
    /// Anything the panels show.
    pub panels: bool,
}

impl Changes {
    /// Everything.
    pub const ALL: Self = Self { scene: true, camera: true, preview: true, overlay: true, panels: true };

    /// Whether there is anything to do.
    pub fn any(self) -> bool {
        self.scene || self.camera || self.preview || self.overlay || self.panels
    }
}
