//! What panels and painters read of the application. Changes nothing.

use std::rc::Rc;

use crate::app::*;

impl App {
    /// The document.
    pub fn document(&self) -> &Rc<Document> {
        &self.document
    }
    /// What follows from it.
    pub fn analysis(&self) -> &Rc<Analysis> {
        self.derived.analysis()
    }
    /// What is drawn.
    pub fn scene(&self) -> &Rc<Scene> {
        if let Some(scene) = self.dependency_scene() {
            return scene;
        }
        self.comparing().map_or(self.derived.scene(), |comparing| comparing.scene())
    }
    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }
    /// What is marked on the map: the selection, and while maps are compared the difference people are at.
    pub fn marked(&self) -> Selection {
        let mut marked = self.selection.clone();
        let at = self.comparing().and_then(|comparing| comparing.rows().get(comparing.current()?));
        if let Some(row) = at {
            marked.insert(row.record);
        }
        marked
    }
    /// The selected components.
    pub fn selected_components(&self) -> Vec<ComponentId> {
        self.selection.iter().filter_map(AnyRecordId::component).collect()
    }
    /// The one selected component, when exactly one thing is selected.
    pub fn only_component(&self) -> Option<ComponentId> {
        match self.selection.iter().collect::<Vec<_>>().as_slice() {
            [AnyRecordId::Component(id)] => Some(*id),
            _ => None,
        }
    }
    /// The record with the keyboard focus on the map.
    pub fn focus(&self) -> Option<AnyRecordId> {
        self.focus
    }
    /// Whether the map has the keyboard focus.
    pub fn map_focused(&self) -> bool {
        self.map_focused
    }
    /// The camera.
    pub fn camera(&self) -> Camera {
        self.camera
    }
    /// Size of the canvas.
    pub fn viewport(&self) -> Size<Screen> {
        self.viewport
    }
    /// World from map and back.
    pub fn frame(&self) -> MapFrame {
        MapFrame::new(self.document.settings.frame_size())
    }
    /// Where a component is drawn.
    pub fn position(&self, id: ComponentId) -> Option<Point<Map>> {
        self.derived.position(id)
    }
    /// Where a record is drawn: its centre.
    pub fn world_position(&self, record: AnyRecordId) -> Option<Point<World>> {
        if self.in_dependencies() {
            let item = || self.scene().item(ItemKey::Record(record)).map(|item| item.bounds.center());
            return record.component().map_or_else(item, |id| self.scene().node(id).map(|node| node.center));
        }
        let frame = self.frame();
        if !self.document.has(record) && self.comparing.is_some() {
            // Only the other map has it.
            let node = record.component().and_then(|id| self.scene().node(id)).map(|node| node.center);
            return node.or(self.scene().item(ItemKey::Record(record)).map(|item| item.bounds.center()));
        }
        match record {
            // Variants are drawn below the place they have by their pipeline.
            AnyRecordId::Component(id) => match self.scene().node(id) {
                Some(node) => Some(node.center),
                None => self.position(id).map(|p| frame.world_from_map(p)),
            },
            AnyRecordId::Link(id) => {
                let (from, to) = self.scene().ends_of(id)?;
                Some(self.scene().node(from)?.center.lerp(self.scene().node(to)?.center, 0.5))
            }
            AnyRecordId::Note(id) => self.document.notes.get(&id).map(|n| frame.world_from_map(n.at)),
            AnyRecordId::Annotation(id) => {
                self.document.annotations.get(&id)?.places.first().map(|p| frame.world_from_map(*p))
            }
            AnyRecordId::Attitude(id) => {
                self.document.attitudes.get(&id).map(|a| frame.world_from_map(a.from.lerp(a.to, 0.5)))
            }
            AnyRecordId::Accelerator(id) => self.document.accelerators.get(&id).map(|a| frame.world_from_map(a.at)),
            AnyRecordId::Pipeline(id) => {
                let parent = self.document.pipelines.get(&id)?.parent;
                self.position(parent).map(|p| frame.world_from_map(p))
            }
            AnyRecordId::Area(_) => self.scene().item(ItemKey::Record(record)).map(|item| item.bounds.center()),
            _ => None,
        }
    }
    /// The tool in hand.
    pub fn tool(&self) -> ToolKind {
        self.tool
    }
    /// What is drawn over the map during a gesture.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }
    /// Lines the drag has snapped to.
    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }
    /// Whether drags snap to boundaries and neighbours.
    pub fn snapping(&self) -> bool {
        self.snapping
    }
    /// The open label editor.
    pub fn label_edit(&self) -> Option<&LabelEdit> {
        self.label_edit.as_ref()
    }
    /// The view.
    pub fn tab(&self) -> ViewTab {
        self.tab
    }
    /// The side panel.
    pub fn side(&self) -> Option<SidePanel> {
        self.side
    }
    /// The dialog.
    pub fn dialog(&self) -> Option<&DialogKind> {
        self.dialog.as_ref()
    }
    /// Light, dark or high contrast.
    pub fn look(&self) -> Look {
        self.look
    }
    /// Whether risk marks are drawn.
    pub fn risk_marks(&self) -> bool {
        self.shown.marks == Marks::Risk
    }
    /// What is drawn and how.
    pub fn shown(&self) -> Shown {
        self.shown
    }
    /// Whether hidden components are drawn.
    pub fn hidden_shown(&self) -> bool {
        self.shown.hidden
    }
    /// Whether the wheel zooms instead of panning.
    pub fn wheel_zooms(&self) -> bool {
        self.wheel_zooms
    }
    /// Whether to ask what the wheel should do: once, when it was first turned.
    pub fn asks_about_wheel(&self) -> bool {
        self.wheel_question == Some(true)
    }
    /// Whether single-letter shortcuts work.
    pub fn letter_shortcuts(&self) -> bool {
        self.letter_shortcuts
    }
    /// What is looked for in the find dialog.
    pub fn find_text(&self) -> &str {
        &self.find
    }
    /// The message in the status bar.
    pub fn status(&self) -> Option<&Status> {
        self.status.as_ref()
    }
    /// The file behind the document.
    pub fn file_state(&self) -> &FileState {
        &self.file
    }
    /// Whether the map can be edited now.
    pub fn can_edit(&self) -> bool {
        !self.file.read_only && self.comparing.is_none()
    }
    /// Whether a new version of the app waits to be loaded.
    pub fn update_ready(&self) -> bool {
        self.update_ready
    }
    /// Today, when known.
    pub fn today(&self) -> Option<Date> {
        self.today
    }
    /// Label of what undo takes back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }
    /// Label of what redo does again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }
    /// Grows with every change of the document.
    pub fn revision(&self) -> u64 {
        self.history.revision()
    }
    /// Whether there are changes that are in no file.
    pub fn has_unsaved_changes(&self) -> bool {
        self.is_unsaved()
    }
    /// Title of the map, or words in its place.
    pub fn title(&self) -> &str {
        let title = self.document.settings.title.as_str();
        if title.is_empty() {
            "Untitled map"
        } else {
            title
        }
    }
    /// Whether the first screen with its three ways to begin is shown.
    pub fn shows_first_steps(&self) -> bool {
        self.document.is_empty() && self.label_edit.is_none() && self.dialog.is_none() && self.tab == ViewTab::Map
    }

    /// The text source that map texts are written from, when the map was opened from one.
    pub fn text_source(&self) -> Option<&Rc<TextSource>> {
        self.document.source.as_ref()
    }
}
