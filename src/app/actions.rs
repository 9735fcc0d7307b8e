//! What each action does, and when it can be done.

use crate::app::action::ActionId;
use crate::app::compare::{changes_the_map, is_about_comparing};
use crate::app::dependencies::focus::FocusKind;
use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::kept::{is_big_deletion, KeepIntent, Why};
use crate::app::state::{
    AfterUnsaved, DialogKind, GuideStep, LabelTarget, Look, Marks, Selection, SidePanel, Sizes, TextFormat, ToolKind,
    ViewTab,
};
use crate::app::{App, ZOOM_STEP};
use crate::edit::{
    align, distribute, Alignment, AnyRecord, Command, ComponentChange, Direction, LinkChange, NewComponent,
};
use crate::geom::{Evolution, Map, Point, Rect, Vector};
use crate::model::{
    AnyRecordId, AttitudeKind, Component, ComponentId, ComponentKind, FlowDirection, Inertia, LinkKind, Method, Symbol,
};

/// One step of an arrow key, share of the axis.
pub(super) const NUDGE: f64 = 0.01;
/// One step with Shift.
const NUDGE_FAR: f64 = 0.05;
/// Screen pixels of one step of moving the view by key.
const PAN_STEP: f64 = 160.0;

/// What is about places on the map or about what only the map shows.
const NOT_IN_DEPENDENCIES: &[ActionId] = &[
    ActionId::AddComponent,
    ActionId::AddAnchor,
    ActionId::AddLinkedBelow,
    ActionId::AddLinkedAbove,
    ActionId::AddLinkedLeft,
    ActionId::AddLinkedRight,
    ActionId::AddNote,
    ActionId::AddAnnotation,
    ActionId::AddAccelerator,
    ActionId::AddDeaccelerator,
    ActionId::AddPioneers,
    ActionId::AddSettlers,
    ActionId::AddTownPlanners,
    ActionId::MarkArea,
    ActionId::AddArea,
    ActionId::AddPipeline,
    ActionId::AddVariant,
    ActionId::EvolveForward,
    ActionId::PlaceLabel,
    ActionId::AutoLabel,
    ActionId::AlignLeft,
    ActionId::AlignRight,
    ActionId::AlignTop,
    ActionId::AlignBottom,
    ActionId::DistributeEvolution,
    ActionId::DistributeVisibility,
    ActionId::TidyLabels,
    ActionId::ToggleSnapping,
    ActionId::Duplicate,
    ActionId::SizeByRisk,
    ActionId::SizeByNeeded,
    ActionId::SizeByUsers,
];

impl App {
    /// Whether the action can be done now; menus grey it out otherwise.
    pub fn is_enabled(&self, id: ActionId) -> bool {
        use ActionId as A;
        if self.comparing.is_some() && changes_the_map(id) {
            return false;
        }
        let selected = !self.selection.is_empty();
        let components = self.selected_components();
        let one = self.only_component();
        let record = one.and_then(|id| self.document.components.get(&id));
        if self.in_dependencies() && NOT_IN_DEPENDENCIES.contains(&id) {
            return false;
        }
        match id {
            A::Undo => self.undo_label().is_some() || (self.text.is_open() && self.text.waits_for().is_some()),
            A::Redo => self.redo_label().is_some(),
            A::Cut | A::Copy | A::Duplicate | A::Delete => selected,
            A::SelectNone => selected,
            A::TakeOver => self.file.mirror,
            A::KeepVersion => !self.document.is_empty() && !self.file.mirror,
            A::SelectAll | A::InvertSelection | A::Find | A::SelectArea | A::MarkArea => !self.document.is_empty(),
            A::AddLinkedBelow | A::AddLinkedAbove | A::AddLinkedLeft | A::AddLinkedRight | A::LinkTo => {
                one.or_else(|| self.focus.and_then(|f| f.component())).is_some()
            }
            A::AddArea => !components.is_empty(),
            A::MethodBuild
            | A::MethodBuy
            | A::MethodOutsource
            | A::ToggleMarket
            | A::ToggleEcosystem
            | A::ToggleSubmap
            | A::ToggleAnchor => !components.is_empty(),
            A::LeavePipeline => record.is_some_and(|c| c.pipeline.is_some()),
            A::MakeFlow => self.only_link().is_some(),
            A::MakeNeed => {
                let link = self.only_link().and_then(|id| self.document.links.get(&id));
                link.is_some_and(|link| link.kind != LinkKind::Need)
            }
            A::AddPipeline => one.is_some_and(|id| self.document.pipeline_of_parent(id).is_none()),
            A::AddVariant => self.pipeline_in_hand().is_some(),
            A::Rename => selected || self.focus.is_some() || self.tool.places(),
            A::EvolveForward => one.is_some(),
            A::RemoveEvolve => record.is_some_and(|c| c.evolve.is_some()),
            A::PlaceLabel => record.is_some(),
            A::AddAnnotationPlace => self.only_annotation().is_some(),
            A::AutoLabel => record.is_some_and(|c| c.label_offset.is_some()),
            A::ToggleInertia | A::Lock | A::Hide => !components.is_empty(),
            A::MoveTo => selected && (self.in_dependencies() || !self.document.settings.locked),
            A::WhatStops | A::WhatNeeds | A::FocusAround => {
                self.component_in_hand().is_some() || !components.is_empty()
            }
            A::FocusMore | A::FocusLess => {
                self.dependencies.focus().is_some() || self.component_in_hand().is_some() || !components.is_empty()
            }
            A::LeaveFocus => self.dependencies.focus().is_some(),
            A::Unpin => !self.pinned(false).is_empty(),
            A::UnpinAll => self.document.components.values().any(|c| c.pin.is_some()),
            A::ListNeighbors => self.in_dependencies(),
            A::ReverseLink => self.only_link().is_some(),
            A::AlignLeft | A::AlignRight | A::AlignTop | A::AlignBottom => components.len() >= 2,
            A::DistributeEvolution | A::DistributeVisibility => components.len() >= 3,
            A::SuggestPositions => self.document.components.values().any(|c| c.place().is_none() && !c.hidden),
            A::RemoveArea => !self.areas_in_hand().is_empty(),
            A::ColorByArea => !self.document.areas.is_empty(),
            A::ColorByOwner => self.document.components.values().any(|c| {
                let facts = c.facts();
                facts.owner_business.value().or(facts.owner_technical.value()).is_some()
            }),
            A::SizeByRisk | A::SizeByNeeded => !self.document.components.is_empty(),
            A::SizeByUsers => self.document.components.values().any(|c| c.facts().users.value().is_some()),
            A::TidyLabels => self.document.components.values().any(|c| c.label_offset.is_some()),
            A::FitSelection => selected,
            A::LoadUpdate => self.update_ready,
            A::Send
            | A::CopyText
            | A::ExportOwm
            | A::ExportMermaid
            | A::ExportPicture
            | A::ShareLink
            | A::CopyPicture
            | A::ExportCsv
            | A::Print => !self.document.is_empty(),
            A::ExportLinks => !self.document.links.is_empty(),
            A::AddToSelection | A::ToggleSelected => self.focus.is_some(),
            id if is_about_comparing(id) => self.can_compare(id),
            id => self.can_risk(id).unwrap_or(true),
        }
    }

    fn only_link(&self) -> Option<crate::model::LinkId> {
        match self.selection.iter().collect::<Vec<_>>().as_slice() {
            [AnyRecordId::Link(id)] => Some(*id),
            _ => None,
        }
    }

    fn only_annotation(&self) -> Option<crate::model::AnnotationId> {
        match self.selection.iter().collect::<Vec<_>>().as_slice() {
            [AnyRecordId::Annotation(id)] => Some(*id),
            _ => None,
        }
    }

    /// The areas that are selected, or else those whose members are exactly what is selected.
    fn areas_in_hand(&self) -> Selection {
        let mut areas: Selection =
            self.selection.iter().copied().filter(|r| matches!(r, AnyRecordId::Area(_))).collect();
        let selected = self.selected_components();
        if areas.is_empty() && !selected.is_empty() {
            for (id, area) in &self.document.areas {
                if area.members.iter().eq(&selected) {
                    areas.insert(AnyRecordId::Area(*id));
                }
            }
        }
        areas
    }

    /// The pipeline that is selected, or whose parent or variant is.
    fn pipeline_in_hand(&self) -> Option<crate::model::PipelineId> {
        match self.selection.iter().collect::<Vec<_>>().as_slice() {
            [AnyRecordId::Pipeline(id)] => Some(*id),
            [AnyRecordId::Component(id)] => self
                .document
                .pipeline_of_parent(*id)
                .map(|(p, _)| p)
                .or_else(|| self.document.components.get(id).and_then(|c| c.pipeline)),
            _ => None,
        }
    }

    /// An action asked for by a button or by name. The list of names closes without taking the keyboard away from
    /// what the action opens.
    pub(super) fn act_from_anywhere(&mut self, id: ActionId, effects: &mut Vec<Effect>) {
        let by_name = self.dialog == Some(DialogKind::Palette) && id != ActionId::Palette;
        if by_name {
            self.dialog = None;
            self.changes.panels = true;
            self.changes.overlay = true;
        }
        self.act(id, effects);
        if by_name && self.dialog.is_none() && self.label_edit.is_none() {
            effects.push(Effect::FocusMap);
        }
    }

    /// Does an action. What cannot be done now is passed over.
    pub(super) fn act(&mut self, id: ActionId, effects: &mut Vec<Effect>) {
        use ActionId as A;
        if !self.is_enabled(id) {
            return;
        }
        match id {
            A::NewMap => self.ask_before(AfterUnsaved::New, effects),
            A::Open => self.ask_before(AfterUnsaved::Open, effects),
            A::OpenSample => self.open_dialog(DialogKind::Samples),
            A::TakeIn => effects.push(Effect::PickFiles),
            // Whoever got the map in a page chooses between such a page and a map file.
            A::Save if self.came_in_a_page() => self.open_send(effects),
            A::Save => self.save(false, effects),
            A::SaveAs => self.save(true, effects),
            A::Send => self.open_send(effects),
            A::LoadUpdate => self.ask_before(AfterUnsaved::Update, effects),
            A::ExportOwm => self.export_text(TextFormat::Owm, effects),
            A::Recent => self.keep_intent(KeepIntent::ShowRecent, effects),
            A::Versions => self.keep_intent(KeepIntent::ShowVersions, effects),
            A::TakeOver => self.keep_intent(KeepIntent::TakeOver, effects),
            A::KeepVersion => {
                self.keep_version(Why::ByHand, effects);
                self.say("Kept as a version: see “Versions of this map” in the menu.", false, effects);
            }
            A::ExportPicture => self.open_picture_dialog(DialogKind::Picture),
            A::ShareLink => self.open_picture_dialog(DialogKind::Link),
            A::CopyPicture => self.copy_picture(effects),
            A::ExportCsv => self.export_table(false, effects),
            A::ExportLinks => self.export_table(true, effects),
            A::MapSettings => self.open_dialog(DialogKind::MapSettings),
            // The risk view is a page of its own.
            A::Print if self.tab == ViewTab::Risk => effects.push(Effect::Print),
            A::Print => self.open_picture_dialog(DialogKind::Print),
            A::Undo => self.undo(effects),
            A::Redo => self.redo(effects),
            A::Copy => self.copy(effects),
            A::Cut => {
                self.copy(effects);
                self.delete_selection(effects);
            }
            A::Paste => effects.push(Effect::ReadClipboard),
            A::Duplicate => {
                let records = self.selection.clone();
                self.duplicate(records, self.last_duplicate, effects);
            }
            A::Delete => self.delete_selection(effects),
            A::SelectAll => {
                let all = self.everything();
                self.set_selection(all, effects);
            }
            A::SelectNone => self.set_selection(Selection::new(), effects),
            A::InvertSelection => {
                let others = self.everything().difference(&self.selection).copied().collect();
                self.set_selection(others, effects);
            }
            A::SelectArea => self.set_tool(ToolKind::Area, effects),
            A::CopyText => self.copy_text(effects),
            A::ToggleText => self.toggle_text(effects),
            A::NextRemark | A::PreviousRemark => self.next_remark(id == A::NextRemark, effects),
            A::Find => self.open_dialog(DialogKind::Find),
            A::Palette => self.open_dialog(DialogKind::Palette),
            A::AddComponent => self.add_in_view(ComponentKind::Component),
            A::AddAnchor => self.add_in_view(ComponentKind::Anchor),
            A::AddLinkedBelow => self.add_linked(Direction::Down),
            A::AddLinkedAbove => self.add_linked(Direction::Up),
            A::AddLinkedLeft => self.add_linked(Direction::Left),
            A::AddLinkedRight => self.add_linked(Direction::Right),
            A::LinkTo => {
                if let Some(from) = self.component_in_hand() {
                    self.open_dialog(DialogKind::LinkTo(from));
                }
            }
            A::AddNote => {
                let at = self.free_place_in_view();
                self.name_new_text(LabelTarget::NewNote, at);
            }
            A::AddAnnotation => {
                let at = self.free_place_in_view();
                self.name_new_text(LabelTarget::NewAnnotation, at);
            }
            A::AddAccelerator | A::AddDeaccelerator => {
                let at = self.free_place_in_view();
                self.name_new_text(LabelTarget::NewAccelerator { slows: id == A::AddDeaccelerator }, at);
            }
            A::AddPioneers => self.set_tool(ToolKind::Attitude(AttitudeKind::Pioneers), effects),
            A::AddSettlers => self.set_tool(ToolKind::Attitude(AttitudeKind::Settlers), effects),
            A::AddTownPlanners => self.set_tool(ToolKind::Attitude(AttitudeKind::TownPlanners), effects),
            A::AddArea => {
                let places: Vec<Point<Map>> = self.selected_places().into_iter().map(|(_, p)| p).collect();
                let at = Rect::around_points(places).map_or(Point::new(0.5, 0.5), |rect| rect.center());
                self.name_new_text(LabelTarget::NewArea, at);
            }
            A::RemoveArea => {
                let areas = self.areas_in_hand();
                self.run(&Command::Delete(areas), effects);
            }
            A::MarkArea => self.set_tool(ToolKind::Interest, effects),
            A::ExportMermaid => self.export_text(TextFormat::Mermaid, effects),
            A::AddPipeline => {
                if let Some(parent) = self.only_component() {
                    self.run(&Command::AddPipeline { parent }, effects);
                }
            }
            A::AddVariant => self.add_variant(),
            A::Guide => {
                self.open_dialog(DialogKind::Guide(GuideStep::User));
                let text = describe::guide_question(self, GuideStep::User);
                effects.push(Effect::Announce { text, urgent: false });
            }
            A::Rename => self.rename_or_select(effects),
            A::MoveTo => self.set_tool(ToolKind::MoveTo, effects),
            A::EvolveForward => self.evolve_forward(effects),
            A::RemoveEvolve => {
                let ids = self.selected_components();
                self.run(&Command::ChangeComponents { ids, change: ComponentChange::Evolve(None) }, effects);
            }
            A::ToggleInertia => {
                let change = |on: bool| ComponentChange::Inertia(on.then(Inertia::default));
                self.toggle(|c| c.inertia.is_some(), change, effects);
            }
            A::MethodBuild => self.toggle(
                |c| c.method == Some(Method::Build),
                |on| ComponentChange::Method(on.then_some(Method::Build)),
                effects,
            ),
            A::MethodBuy => self.toggle(
                |c| c.method == Some(Method::Buy),
                |on| ComponentChange::Method(on.then_some(Method::Buy)),
                effects,
            ),
            A::MethodOutsource => self.toggle(
                |c| c.method == Some(Method::Outsource),
                |on| ComponentChange::Method(on.then_some(Method::Outsource)),
                effects,
            ),
            A::ToggleMarket => self.toggle(
                |c| c.symbol == Symbol::Market,
                |on| ComponentChange::Symbol(if on { Symbol::Market } else { Symbol::Plain }),
                effects,
            ),
            A::ToggleEcosystem => self.toggle(
                |c| c.symbol == Symbol::Ecosystem,
                |on| ComponentChange::Symbol(if on { Symbol::Ecosystem } else { Symbol::Plain }),
                effects,
            ),
            A::ToggleSubmap => self.toggle(
                |c| c.kind == ComponentKind::Submap,
                |on| ComponentChange::Kind(if on { ComponentKind::Submap } else { ComponentKind::Component }),
                effects,
            ),
            A::ToggleAnchor => self.toggle(
                |c| c.kind == ComponentKind::Anchor,
                |on| ComponentChange::Kind(if on { ComponentKind::Anchor } else { ComponentKind::Component }),
                effects,
            ),
            A::LeavePipeline => {
                let ids = self.selected_components();
                self.run(&Command::ChangeComponents { ids, change: ComponentChange::Pipeline(None) }, effects);
            }
            A::MakeFlow | A::MakeNeed => {
                if let Some(link) = self.only_link() {
                    let kind = self.document.links.get(&link).map_or(LinkKind::Need, |l| l.kind);
                    let next = match kind {
                        _ if id == A::MakeNeed => LinkKind::Need,
                        LinkKind::Need => LinkKind::Flow(FlowDirection::Forward),
                        LinkKind::Flow(FlowDirection::Forward) => LinkKind::Flow(FlowDirection::Backward),
                        LinkKind::Flow(FlowDirection::Backward) => LinkKind::Flow(FlowDirection::Both),
                        LinkKind::Flow(FlowDirection::Both) => LinkKind::Flow(FlowDirection::Forward),
                    };
                    self.run(&Command::ChangeLink { id: link, change: LinkChange::Kind(next) }, effects);
                }
            }
            A::Lock => self.toggle(|c| c.locked, ComponentChange::Locked, effects),
            A::Hide => self.toggle(|c| c.hidden, ComponentChange::Hidden, effects),
            A::ReverseLink => {
                if let Some(id) = self.only_link() {
                    self.run(&Command::ChangeLink { id, change: LinkChange::Reverse }, effects);
                }
            }
            A::PlaceLabel => self.open_dialog(DialogKind::LabelPlace),
            A::AddAnnotationPlace => self.set_tool(ToolKind::AnnotationPlace, effects),
            A::AutoLabel => {
                let ids = self.selected_components();
                self.run(&Command::ChangeComponents { ids, change: ComponentChange::LabelOffset(None) }, effects);
            }
            A::AlignLeft => self.align(Alignment::Left, effects),
            A::AlignRight => self.align(Alignment::Right, effects),
            A::AlignTop => self.align(Alignment::Top, effects),
            A::AlignBottom => self.align(Alignment::Bottom, effects),
            A::DistributeEvolution | A::DistributeVisibility => {
                let places = distribute(&self.selected_places(), id == A::DistributeEvolution);
                self.run(&Command::Place(places), effects);
            }
            A::SuggestPositions => {
                let undecided = self.document.components.iter().filter(|(_, c)| c.place().is_none() && !c.hidden);
                let places = undecided.filter_map(|(id, _)| self.position(*id).map(|p| (*id, p))).collect();
                self.run(&Command::Place(places), effects);
            }
            A::TidyLabels => {
                let moved = self.document.components.iter().filter(|(_, c)| c.label_offset.is_some());
                let ids = moved.map(|(id, _)| *id).collect();
                self.run(&Command::ChangeComponents { ids, change: ComponentChange::LabelOffset(None) }, effects);
            }
            A::ToggleSnapping => {
                self.snapping = !self.snapping;
                self.say(if self.snapping { "Snapping is on." } else { "Snapping is off." }, false, effects);
            }
            A::LockMap => {
                let mut settings = crate::model::Settings::clone(&self.document.settings);
                settings.locked = !settings.locked;
                let text = if settings.locked { "The map is locked: nothing moves." } else { "The map is unlocked." };
                if self.run(&Command::ChangeSettings(Box::new(settings)), effects).is_some() {
                    self.say(text, true, effects);
                }
            }
            A::ZoomIn | A::ZoomOut => {
                let factor = if id == A::ZoomIn { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
                self.camera = self.camera.zoomed_about(self.middle(), factor);
                self.after_zoom(effects);
            }
            A::ZoomActual => {
                self.camera = self.camera.zoomed_about(self.middle(), 1.0 / self.camera.zoom());
                self.after_zoom(effects);
            }
            A::FitAll => {
                self.fit(None);
                self.after_zoom(effects);
            }
            A::FitSelection => {
                let places = self.selection.iter().filter_map(|r| self.world_position(*r)).collect::<Vec<_>>();
                if let Some(rect) = Rect::around_points(places) {
                    self.fit(Some(rect.inflate(120.0)));
                    self.after_zoom(effects);
                }
            }
            A::CompareFile
            | A::NextDifference
            | A::PreviousDifference
            | A::SwapCompared
            | A::CopyDifferences
            | A::SaveDifferences
            | A::StopComparing => self.compare_action(id, effects),
            A::ShowMap => self.set_tab(ViewTab::Map),
            A::ShowDependencies => {
                let other = if self.in_dependencies() { ViewTab::Map } else { ViewTab::Dependencies };
                self.set_tab(other);
                effects.push(Effect::FocusMap);
            }
            A::WhatStops => self.show_reach(FocusKind::Stops, effects),
            A::WhatNeeds => self.show_reach(FocusKind::Needs, effects),
            A::FocusAround => self.focus_around(effects),
            A::FocusMore | A::FocusLess => self.reach_both(id == A::FocusMore, effects),
            A::LeaveFocus => _ = self.leave_emphasis(effects),
            A::Unpin | A::UnpinAll => self.release(id == A::UnpinAll, effects),
            A::ListNeighbors => self.toggle_neighbors(effects),
            A::ShowList => self.set_tab(ViewTab::List),
            A::ShowTable => self.set_tab(ViewTab::Table),
            A::ShowRisk => self.set_tab(ViewTab::Risk),
            A::RiskSummary
            | A::RiskLenses
            | A::RiskWeakPoints
            | A::RiskPictures
            | A::RiskRegister
            | A::RiskSheets
            | A::RiskRecords
            | A::ExportRegister
            | A::ExportRanking
            | A::AcceptSuggestions
            | A::StopWork
            | A::GoOnWorking => self.act_on_risk(id, effects),
            A::ShowInspector => self.toggle_side(SidePanel::Inspector),
            A::ShowRanking => self.toggle_side(SidePanel::Ranking),
            A::ShowProblems => self.toggle_side(SidePanel::Problems),
            A::ToggleRiskMarks => {
                let on = !self.risk_marks();
                self.show(crate::app::intent::ShowIntent::RiskMarks(on), effects);
            }
            A::ColorByArea | A::ColorByOwner => {
                let (marks, words) = match id {
                    A::ColorByArea => (Marks::Area, "Coloured by area of interest."),
                    _ => (Marks::Owner, "Coloured by owner."),
                };
                let on = self.shown.marks != marks;
                self.color_by(if on { marks } else { Marks::None });
                self.say(if on { words } else { "Not coloured any more." }, false, effects);
            }
            A::SizeByRisk => self.size_by(Sizes::Risk, effects),
            A::SizeByNeeded => self.size_by(Sizes::Needed, effects),
            A::SizeByUsers => self.size_by(Sizes::Users, effects),
            A::OnlyMap => self.show_only_view(!self.shown.only_view, effects),
            A::ToggleLegend => {
                self.shown.legend = !self.shown.legend;
                self.redraw_with_legend();
                self.say(if self.shown.legend { "Legend shown." } else { "Legend hidden." }, false, effects);
            }
            A::ToggleHidden => {
                let on = !self.shown.hidden;
                self.show(crate::app::intent::ShowIntent::HiddenComponents(on), effects);
            }
            A::LookSystem => self.show(crate::app::intent::ShowIntent::Look(Look::System), effects),
            A::LookLight => self.show(crate::app::intent::ShowIntent::Look(Look::Light), effects),
            A::LookDark => self.show(crate::app::intent::ShowIntent::Look(Look::Dark), effects),
            A::LookHighContrast => self.show(crate::app::intent::ShowIntent::Look(Look::HighContrast), effects),
            A::SelectTool => self.set_tool(ToolKind::Select, effects),
            A::Laser => {
                let puts_away = self.tool == ToolKind::Laser;
                self.set_tool(if puts_away { ToolKind::Select } else { ToolKind::Laser }, effects);
            }
            A::HandTool => self.set_tool(ToolKind::Hand, effects),
            A::WalkLeft => self.arrow(Direction::Left, NUDGE, effects),
            A::WalkRight => self.arrow(Direction::Right, NUDGE, effects),
            A::WalkUp => self.arrow(Direction::Up, NUDGE, effects),
            A::WalkDown => self.arrow(Direction::Down, NUDGE, effects),
            A::MoveFarLeft => self.arrow(Direction::Left, NUDGE_FAR, effects),
            A::MoveFarRight => self.arrow(Direction::Right, NUDGE_FAR, effects),
            A::MoveFarUp => self.arrow(Direction::Up, NUDGE_FAR, effects),
            A::MoveFarDown => self.arrow(Direction::Down, NUDGE_FAR, effects),
            A::WalkNext => self.walk_everything(true, effects),
            A::WalkPrevious => self.walk_everything(false, effects),
            A::WalkToUser => self.walk_links(true, effects),
            A::WalkToNeed => self.walk_links(false, effects),
            A::ToggleSelected => {
                if let Some(record) = self.focus {
                    let records = if self.selection == [record].into() { Selection::new() } else { [record].into() };
                    self.set_selection(records, effects);
                    self.focus = Some(record);
                }
            }
            A::AddToSelection => self.gather(effects),
            A::PanUp => self.pan(Vector::new(0.0, PAN_STEP)),
            A::PanDown => self.pan(Vector::new(0.0, -PAN_STEP)),
            A::PanLeft => self.pan(Vector::new(PAN_STEP, 0.0)),
            A::PanRight => self.pan(Vector::new(-PAN_STEP, 0.0)),
            A::Escape => self.escape(effects),
            A::ToggleLetters => {
                let on = !self.letter_shortcuts;
                self.show(crate::app::intent::ShowIntent::LetterShortcuts(on), effects);
                self.say(if on { "Single-letter keys are on." } else { "Single-letter keys are off." }, false, effects);
            }
            A::Help => self.open_dialog(DialogKind::Help),
        }
    }

    /// Switches something on for the selected components, or off when all of them have it.
    fn toggle(
        &mut self,
        has: impl Fn(&Component) -> bool,
        change: impl Fn(bool) -> ComponentChange,
        effects: &mut Vec<Effect>,
    ) {
        let ids = self.selected_components();
        let all = ids.iter().all(|id| self.document.components.get(id).is_some_and(|c| has(c)));
        self.run(&Command::ChangeComponents { ids, change: change(!all) }, effects);
    }

    fn open_dialog(&mut self, dialog: DialogKind) {
        if matches!(dialog, DialogKind::Find) {
            self.find.clear();
        }
        self.dialog = Some(dialog);
        self.changes.panels = true;
        self.changes.overlay = true;
    }

    pub(super) fn set_tab(&mut self, tab: ViewTab) {
        self.swap_cameras(self.tab, tab);
        self.tab = tab;
        self.table_arrived();
        self.changes.panels = true;
        self.changes.overlay = true;
    }

    fn toggle_side(&mut self, side: SidePanel) {
        self.side = if self.side == Some(side) { None } else { Some(side) };
        self.problems_again();
        self.changes.panels = true;
    }

    fn pan(&mut self, by: Vector<crate::geom::Screen>) {
        self.camera = self.camera.panned(by);
        self.changes.camera = true;
    }

    fn after_zoom(&mut self, effects: &mut Vec<Effect>) {
        self.changes.camera = true;
        self.changes.panels = true;
        let text = format!("Zoom {} %.", (self.camera.zoom() * 100.0).round());
        effects.push(Effect::Announce { text, urgent: false });
    }

    /// Closes one thing: menu or dialog, gesture, tool, selection; in this order.
    fn escape(&mut self, effects: &mut Vec<Effect>) {
        if self.dialog.take().is_some() {
            effects.push(Effect::FocusMap);
        } else if self.label_edit.is_some() {
            self.cancel_label(effects);
        } else if self.cancel_gesture() {
            // One press, one visible effect: the tool goes with what it had begun.
            self.set_tool(ToolKind::Select, effects);
            self.say("Cancelled.", false, effects);
        } else if self.tool != ToolKind::Select {
            self.set_tool(ToolKind::Select, effects);
        } else if self.tab.is_canvas() && self.leave_emphasis(effects) {
        } else if !self.selection.is_empty() {
            self.set_selection(Selection::new(), effects);
            effects.push(Effect::Announce { text: "Nothing selected.".to_owned(), urgent: false });
        } else if self.shown.only_view {
            self.show_only_view(false, effects);
        } else if self.status.take().is_none() {
            return;
        }
        self.changes.panels = true;
        self.changes.overlay = true;
    }

    fn everything(&self) -> Selection {
        let document = &self.document;
        let shown = document.components.iter().filter(|(_, c)| !c.hidden || self.shown.hidden);
        shown
            .map(|(id, _)| AnyRecordId::Component(*id))
            .chain(document.notes.keys().map(|id| AnyRecordId::Note(*id)))
            .chain(document.annotations.keys().map(|id| AnyRecordId::Annotation(*id)))
            .chain(document.attitudes.keys().map(|id| AnyRecordId::Attitude(*id)))
            .chain(document.accelerators.keys().map(|id| AnyRecordId::Accelerator(*id)))
            .collect()
    }

    /// The selected component, or else the focused one.
    fn component_in_hand(&self) -> Option<ComponentId> {
        self.only_component().or_else(|| self.focus.and_then(|f| f.component()))
    }

    fn add_in_view(&mut self, kind: ComponentKind) {
        // With a component in hand the new ones are what it needs: name, Enter, name, Enter.
        match (self.only_component(), &kind) {
            (Some(parent), ComponentKind::Component) => self.name_linked(parent, Direction::Down, true),
            _ => {
                let at = if kind == ComponentKind::Anchor {
                    let positions = |id| self.derived.position(id);
                    let top = Point::new(0.6, 1.05);
                    crate::edit::free_place_near(&positions, &self.document, top, Direction::Down)
                } else {
                    self.free_place_in_view()
                };
                let chain = kind == ComponentKind::Component;
                self.name_new(NewComponent { kind, at: Some(at), ..NewComponent::default() }, chain);
            }
        }
    }

    fn add_linked(&mut self, direction: Direction) {
        if let Some(id) = self.component_in_hand() {
            self.name_linked(id, direction, false);
        }
    }

    pub(super) fn add_variant(&mut self) {
        let Some(pipeline) = self.pipeline_in_hand() else { return };
        let Some(parent) = self.document.pipelines.get(&pipeline).map(|p| p.parent) else { return };
        let Some(at) = self.position(parent) else { return };
        let taken: Vec<f64> =
            self.document.pipeline_members(pipeline).filter_map(|(id, _)| self.position(id)).map(|p| p.x).collect();
        // The first place to the right of the last variant, then to the left of the first.
        let right = taken.iter().copied().fold(at.x - 0.1, f64::max) + 0.1;
        let x = if right <= 0.97 { right } else { taken.iter().copied().fold(at.x, f64::min) - 0.1 };
        let at = Point::new(x.clamp(0.02, 0.98), at.y);
        self.name_new(NewComponent { at: Some(at), pipeline: Some(pipeline), ..NewComponent::default() }, true);
    }

    /// Enter: the focused one is selected first, then renamed.
    fn rename_or_select(&mut self, effects: &mut Vec<Effect>) {
        if self.tool.places() {
            return self.use_tool_by_key(effects);
        }
        match (self.selection.iter().next().copied(), self.focus) {
            (Some(record), _) if self.selection.len() == 1 => self.edit_label_of(record),
            (None, Some(record)) => {
                self.set_selection([record].into(), effects);
            }
            _ => {}
        }
    }

    fn evolve_forward(&mut self, effects: &mut Vec<Effect>) {
        let Some(id) = self.only_component() else { return };
        let from = self.position(id).map_or(0.5, |p| p.x);
        let target = self.document.components.get(&id).and_then(|c| c.evolve.as_ref()).map(|e| e.to.get());
        let to = Evolution::clamped(target.unwrap_or(from) + if target.is_some() { NUDGE_FAR } else { 0.15 });
        self.set_evolve(id, to, effects);
    }

    /// Another place for the selected annotation.
    pub(super) fn add_annotation_place(&mut self, at: Point<Map>, effects: &mut Vec<Effect>) {
        let Some(id) = self.only_annotation() else { return };
        let Some(mut annotation) = self.document.annotations.get(&id).map(|a| (**a).clone()) else { return };
        annotation.places.push(at);
        self.run(&Command::Put(AnyRecord::Annotation(id, annotation)), effects);
    }

    fn selected_places(&self) -> Vec<(ComponentId, Point<Map>)> {
        self.selected_components().into_iter().filter_map(|id| self.position(id).map(|p| (id, p))).collect()
    }

    fn align(&mut self, alignment: Alignment, effects: &mut Vec<Effect>) {
        let places = align(&self.selected_places(), alignment);
        self.run(&Command::Place(places), effects);
    }

    pub(super) fn delete_selection(&mut self, effects: &mut Vec<Effect>) {
        let records = self.selection.clone();
        if is_big_deletion(records.len(), self.document.components.len()) && !self.file.read_only {
            self.keep_version(Why::BeforeDelete, effects);
        }
        // The keyboard goes on from the nearest one that is left.
        let next = records.iter().next().and_then(|r| self.derived.nearest_other(*r, &records));
        if self.run(&Command::Delete(records), effects).is_some() {
            self.focus = next.filter(|r| self.document.has(*r));
        }
    }
}
