//! The action table: everything a menu, a button, the palette or a shortcut can ask for, one row each.
//!
//! Menus, tooltips, the shortcut sheet and the palette are made from it; a test fails on clashing shortcuts.
//! What an action does is in `update`; when it can be done is decided by [`crate::app::App::is_enabled`].

use crate::app::intent::{KeyContext, KeyInput};

/// Where a shortcut works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere, also in text fields.
    Everywhere,
    /// Everywhere but in text fields.
    OutsideText,
    /// Only while the map has the keyboard focus.
    Map,
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// Ctrl, or Cmd on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// `KeyboardEvent.key` (letters in lower case), or its `code` for `Digit…`, which differs with Shift by keyboard.
    pub key: &'static str,
    /// Where it works.
    pub scope: Scope,
}

impl Shortcut {
    const fn new(key: &'static str, scope: Scope) -> Self {
        Self { ctrl: false, shift: false, alt: false, key, scope }
    }
    const fn ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }
    const fn shift(self) -> Self {
        Self { shift: true, ..self }
    }
    const fn alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// Whether it is a single printable key, which people can switch off.
    pub fn is_letter(&self) -> bool {
        !self.ctrl && !self.alt && self.key.chars().count() == 1
    }

    /// Whether this key input is the shortcut.
    pub fn matches(&self, input: &KeyInput) -> bool {
        let modifiers = self.ctrl == input.ctrl && self.alt == input.alt;
        // A sign such as "?" or "+" needs Shift on some keyboards and not on others.
        let sign = self.key != " " && self.key.chars().count() == 1 && !self.key.chars().all(char::is_alphanumeric);
        let shift = self.shift == input.shift || (sign && !self.shift);
        let in_scope = match (self.scope, input.context) {
            (Scope::Everywhere, _) | (_, KeyContext::Map) => true,
            (Scope::OutsideText, context) => context != KeyContext::TextField,
            (Scope::Map, _) => false,
        };
        modifiers && shift && in_scope && self.key_matches(input)
    }

    fn key_matches(&self, input: &KeyInput) -> bool {
        if self.key.starts_with("Digit") {
            return input.code == self.key;
        }
        let letter = self.key.len() == 1 && self.key.chars().all(|c| c.is_ascii_lowercase());
        if letter {
            // On keyboards of other scripts the key is no Latin letter; its place on the keyboard decides then.
            let typed = input.key.to_lowercase();
            return typed == self.key || (!typed.is_ascii() && input.code == format!("Key{}", self.key.to_uppercase()));
        }
        input.key == self.key
    }

    /// As written on a menu: "Ctrl+Shift+Z".
    pub fn words(&self) -> String {
        let mut words = String::new();
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                words.push_str(name);
            }
        }
        let key = match self.key {
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "Escape" => "Esc",
            " " => "Space",
            "PageUp" => "Page up",
            "PageDown" => "Page down",
            key => key.strip_prefix("Digit").unwrap_or(key),
        };
        if key.chars().count() == 1 {
            words.extend(key.chars().flat_map(char::to_uppercase));
        } else {
            words.push_str(key);
        }
        words
    }
}

/// The menu an action stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    /// Open, save, export.
    File,
    /// Undo, delete, duplicate.
    Edit,
    /// Add things.
    Add,
    /// What the selection is.
    Component,
    /// Lining up.
    Arrange,
    /// Zoom, panels, look.
    View,
    /// What the risk view shows.
    Risk,
    /// This map and another.
    Compare,
    /// Keys that walk the map; in the sheet but in no menu.
    Keyboard,
    /// Help.
    Help,
}

impl Menu {
    /// Menus in order.
    pub const ALL: [Self; 10] = [
        Self::File,
        Self::Edit,
        Self::Add,
        Self::Component,
        Self::Arrange,
        Self::View,
        Self::Risk,
        Self::Compare,
        Self::Keyboard,
        Self::Help,
    ];

    /// Heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Add => "Add",
            Self::Component => "Component",
            Self::Arrange => "Arrange",
            Self::View => "View",
            Self::Risk => "Risk",
            Self::Compare => "Compare",
            Self::Keyboard => "On the map",
            Self::Help => "Help",
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Which.
    pub id: ActionId,
    /// On buttons and in menus: sentence case, a verb first.
    pub label: &'static str,
    /// Menu.
    pub menu: Menu,
    /// Keys.
    pub shortcuts: &'static [Shortcut],
}

macro_rules! actions {
    ($($id:ident, $label:literal, $menu:ident, [$($key:expr),*];)*) => {
        /// Everything that can be asked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ActionId {
            $(#[doc = $label] $id,)*
        }

        /// All actions, in the order of menus and the shortcut sheet.
        pub const ACTIONS: &[Action] = &[
            $(Action { id: ActionId::$id, label: $label, menu: Menu::$menu, shortcuts: &[$($key),*] },)*
        ];
    };
}

const fn everywhere(key: &'static str) -> Shortcut {
    Shortcut::new(key, Scope::Everywhere)
}
const fn outside(key: &'static str) -> Shortcut {
    Shortcut::new(key, Scope::OutsideText)
}
const fn map(key: &'static str) -> Shortcut {
    Shortcut::new(key, Scope::Map)
}

actions! {
    NewMap, "New map", File, [];
    Open, "Open…", File, [everywhere("o").ctrl()];
    OpenSample, "Open an example…", File, [];
    TakeIn, "Take in a table or support dates…", File, [];
    Save, "Save", File, [everywhere("s").ctrl()];
    SaveAs, "Save as…", File, [everywhere("s").ctrl().shift()];
    Recent, "Recent maps…", File, [];
    Versions, "Versions of this map…", File, [];
    KeepVersion, "Keep a version now", File, [];
    TakeOver, "Take over from another tab", File, [];
    Send, "Send to someone without the tool…", File, [];
    ExportOwm, "Export map text (OWM)…", File, [];
    ExportMermaid, "Export for Mermaid…", File, [];
    ExportPicture, "Export picture…", File, [outside("e").ctrl().shift()];
    ShareLink, "Share as a link…", File, [];
    ExportCsv, "Export systems (CSV)", File, [];
    ExportLinks, "Export links (CSV)", File, [];
    MapSettings, "Map title, axes and size…", File, [];
    Print, "Print…", File, [everywhere("p").ctrl()];

    Undo, "Undo", Edit, [outside("z").ctrl()];
    Redo, "Redo", Edit, [outside("z").ctrl().shift(), outside("y").ctrl()];
    Cut, "Cut", Edit, [map("x").ctrl()];
    Copy, "Copy", Edit, [map("c").ctrl()];
    Paste, "Paste", Edit, [map("v").ctrl()];
    Duplicate, "Duplicate", Edit, [map("d").ctrl()];
    Delete, "Delete", Edit, [map("Delete"), map("Backspace")];
    SelectAll, "Select all", Edit, [map("a").ctrl()];
    SelectNone, "Select nothing", Edit, [];
    InvertSelection, "Invert selection", Edit, [];
    SelectArea, "Select an area with two clicks", Edit, [];
    CopyPicture, "Copy as a picture", Edit, [outside("c").ctrl().shift()];
    CopyText, "Copy the map text", Edit, [];
    Find, "Find…", Edit, [outside("f").ctrl()];
    Palette, "Find an action…", Edit, [everywhere("k").ctrl(), everywhere("/").ctrl()];

    AddComponent, "Add component", Add, [map("Insert"), map("n")];
    AddAnchor, "Add anchor (user)", Add, [map("u")];
    AddLinkedBelow, "Add component it needs", Add, [map("Enter").ctrl(), map("ArrowDown").ctrl()];
    AddLinkedAbove, "Add component that needs it", Add, [map("ArrowUp").ctrl()];
    AddLinkedLeft, "Add needed component to the left", Add, [map("ArrowLeft").ctrl()];
    AddLinkedRight, "Add needed component to the right", Add, [map("ArrowRight").ctrl()];
    LinkTo, "Link to…", Add, [map("l")];
    AddNote, "Add note", Add, [map("t")];
    AddAnnotation, "Add numbered remark", Add, [map("a")];
    AddAnnotationPlace, "Add another place to the remark", Add, [];
    AddAccelerator, "Add accelerator", Add, [];
    AddDeaccelerator, "Add deaccelerator", Add, [];
    AddPioneers, "Mark where pioneers work", Add, [];
    AddSettlers, "Mark where settlers work", Add, [];
    AddTownPlanners, "Mark where town planners work", Add, [];
    AddArea, "Make an area of the selected components", Add, [map("g").ctrl()];
    MarkArea, "Mark an area of interest", Add, [];
    RemoveArea, "Remove the area, keep its members", Add, [map("g").ctrl().shift()];
    AddPipeline, "Add pipeline", Add, [];
    AddVariant, "Add variant to pipeline", Add, [];
    Guide, "Start from a user need", Add, [];

    Rename, "Rename", Component, [map("F2"), map("Enter")];
    MoveTo, "Move to a place you click", Component, [map("m")];
    EvolveForward, "Say where it is going", Component, [map("e")];
    RemoveEvolve, "Remove the evolution arrow", Component, [];
    ToggleInertia, "Mark or clear inertia", Component, [map("i")];
    MethodBuild, "Mark or clear: we build it", Component, [];
    MethodBuy, "Mark or clear: we buy it", Component, [];
    MethodOutsource, "Mark or clear: we outsource it", Component, [];
    ToggleMarket, "Make or unmake a market", Component, [];
    ToggleEcosystem, "Make or unmake an ecosystem", Component, [];
    ToggleSubmap, "Make or unmake a submap", Component, [];
    ToggleAnchor, "Make or unmake an anchor", Component, [];
    LeavePipeline, "Take out of its pipeline", Component, [];
    MakeFlow, "Make the link a flow, turn its direction", Component, [];
    MakeNeed, "Make the link a plain need", Component, [];
    Lock, "Lock or unlock", Component, [];
    Hide, "Hide or show", Component, [];
    ReverseLink, "Turn link round", Component, [];
    PlaceLabel, "Choose a place for the label…", Component, [];
    AutoLabel, "Place label automatically", Component, [];

    AlignLeft, "Align to the least evolved", Arrange, [map("ArrowLeft").ctrl().shift()];
    AlignRight, "Align to the most evolved", Arrange, [map("ArrowRight").ctrl().shift()];
    AlignTop, "Align to the most visible", Arrange, [map("ArrowUp").ctrl().shift()];
    AlignBottom, "Align to the least visible", Arrange, [map("ArrowDown").ctrl().shift()];
    DistributeEvolution, "Space evenly along evolution", Arrange, [];
    DistributeVisibility, "Space evenly along the value chain", Arrange, [];
    SuggestPositions, "Give undecided components a place", Arrange, [];
    TidyLabels, "Tidy labels", Arrange, [];
    ToggleSnapping, "Snap to boundaries and neighbours, or not", Arrange, [map("s").alt(), map("'").ctrl()];
    LockMap, "Lock or unlock the map", Arrange, [];

    ZoomIn, "Zoom in", View, [map("+").ctrl(), map("=").ctrl()];
    ZoomOut, "Zoom out", View, [map("-").ctrl()];
    ZoomActual, "Zoom to 100 %", View, [map("Digit0").ctrl(), map("Digit0").shift()];
    FitAll, "Fit the whole map", View, [map("Digit1").shift(), map("Home")];
    FitSelection, "Fit the selection", View, [map("Digit2").shift()];
    OnlyMap, "Show only the map, or everything again", View, [map("p")];
    ShowMap, "Show the map", View, [];
    ShowDependencies, "Show the dependencies, or the map again", View, [map("d")];
    ShowList, "Show the list", View, [];
    ToggleText, "Show or hide the text", View, [everywhere("t").alt()];
    NextRemark, "Go to the next remark in the text", View, [everywhere("F8")];
    PreviousRemark, "Go to the remark before", View, [everywhere("F8").shift()];
    ShowTable, "Show the table of systems", View, [];
    ShowRisk, "Show the risk summary, pictures and registers", View, [];
    WhatStops, "Show what breaks", View, [map("b")];
    WhatNeeds, "Show what it needs", View, [map("w")];
    FocusAround, "Show what is around it", View, [map("f")];
    FocusMore, "Follow one link more", View, [map("+")];
    FocusLess, "Follow one link less", View, [map("-")];
    LeaveFocus, "Show everything again", View, [];
    Unpin, "Release from its place", View, [];
    UnpinAll, "Release everything pinned", View, [];
    ListNeighbors, "Show or hide the neighbours as a list", View, [];
    ShowInspector, "Show details", View, [];
    ShowRanking, "Show risk ranking", View, [map("r")];
    ShowProblems, "Show problems", View, [];
    ToggleRiskMarks, "Show or hide risk marks", View, [];
    ColorByArea, "Colour by area of interest, or not", View, [];
    ColorByOwner, "Colour by owner, or not", View, [];
    SizeByRisk, "Size by risk, or not", View, [];
    SizeByNeeded, "Size by how many need it, or not", View, [];
    SizeByUsers, "Size by how many people use it, or not", View, [];
    ToggleLegend, "Show or hide the legend", View, [];
    ToggleHidden, "Show or hide hidden components", View, [];
    LookSystem, "Look: as the system", View, [];
    LookLight, "Look: light", View, [];
    LookDark, "Look: dark", View, [];
    LookHighContrast, "Look: high contrast", View, [];
    SelectTool, "Select tool", View, [map("v")];
    HandTool, "Hand tool", View, [map("h")];
    Laser, "Point with a bright dot, or stop", View, [map("k")];

    RiskSummary, "Show the summary for board or clinicians", Risk, [];
    RiskLenses, "Show the six lenses", Risk, [];
    RiskWeakPoints, "Show the weak points", Risk, [];
    RiskPictures, "Show matrices, bars and curves", Risk, [];
    RiskRegister, "Show the risk register", Risk, [];
    RiskSheets, "Show the sheets to report", Risk, [];
    RiskRecords, "Show contracts, people, pathways and other records", Risk, [];
    ExportRegister, "Export the risk register (CSV)", Risk, [];
    ExportRanking, "Export the ranking with every figure (CSV)", Risk, [];
    AcceptSuggestions, "Accept what the facts suggest for the selection", Risk, [];
    StopWork, "Stop working out the figures", Risk, [];
    GoOnWorking, "Go on working out the figures", Risk, [];

    CompareFile, "Compare with a file…", Compare, [];
    NextDifference, "Go to the next difference", Compare, [everywhere("PageDown").alt()];
    PreviousDifference, "Go to the difference before", Compare, [everywhere("PageUp").alt()];
    SwapCompared, "Swap before and after", Compare, [];
    CopyDifferences, "Copy the report of the differences", Compare, [];
    SaveDifferences, "Download the report of the differences", Compare, [];
    StopComparing, "Stop comparing", Compare, [];

    WalkLeft, "Walk or move left", Keyboard, [map("ArrowLeft")];
    WalkRight, "Walk or move right", Keyboard, [map("ArrowRight")];
    WalkUp, "Walk or move up", Keyboard, [map("ArrowUp")];
    WalkDown, "Walk or move down", Keyboard, [map("ArrowDown")];
    MoveFarLeft, "Move left by 5 %", Keyboard, [map("ArrowLeft").shift()];
    MoveFarRight, "Move right by 5 %", Keyboard, [map("ArrowRight").shift()];
    MoveFarUp, "Move up by 5 %", Keyboard, [map("ArrowUp").shift()];
    MoveFarDown, "Move down by 5 %", Keyboard, [map("ArrowDown").shift()];
    WalkToUser, "Walk to what needs it", Keyboard, [map("ArrowUp").alt()];
    WalkToNeed, "Walk to what it needs", Keyboard, [map("ArrowDown").alt()];
    WalkNext, "Walk to the next element of any kind", Keyboard, [map(".")];
    WalkPrevious, "Walk to the element before, of any kind", Keyboard, [map(",")];
    ToggleSelected, "Select or deselect the focused one", Keyboard, [map(" ")];
    AddToSelection, "Add the focused one to the selection", Keyboard, [map(" ").shift()];
    PanUp, "Move the view up", Keyboard, [map("PageUp")];
    PanDown, "Move the view down", Keyboard, [map("PageDown")];
    PanLeft, "Move the view left", Keyboard, [map("PageUp").shift()];
    PanRight, "Move the view right", Keyboard, [map("PageDown").shift()];
    Escape, "Stop, leave, deselect", Keyboard, [everywhere("Escape")];

    LoadUpdate, "Load the new version", Help, [];
    ToggleLetters, "Single-letter keys on the map, or not", Help, [];
    Help, "Keyboard shortcuts", Help, [outside("?"), everywhere("F1")];
}

/// The row of an action.
pub fn action(id: ActionId) -> Option<&'static Action> {
    ACTIONS.iter().find(|row| row.id == id)
}

/// The action whose shortcut this key input is. Single keys count only when `letters` is on.
pub fn action_for(input: &KeyInput, letters: bool) -> Option<ActionId> {
    ACTIONS
        .iter()
        .find(|row| row.shortcuts.iter().any(|s| (letters || !s.is_letter() || s.key == " ") && s.matches(input)))
        .map(|row| row.id)
}
