//! The open map against another one: what differs, walking through it, and the report of it.
//!
//! While maps are compared the open one is looked at and not edited; what is taken over is one step of the history.
//! Knows the comparison (`crate::compare`) and the app; knows no browser.

mod matches;
mod merging;
mod picture;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::action::{action, ActionId, Menu};
pub use crate::app::compare::matches::{Matches, Pair};
pub use crate::app::compare::merging::Merging;
pub use crate::app::compare::picture::Drawn;
pub use crate::app::compare::rows::{Kind, Row};
use crate::app::derived::Derived;
use crate::app::describe::{self, count};
use crate::app::effect::Effect;
use crate::app::intent::ReadFile;
use crate::app::state::{DialogKind, SidePanel, ViewTab};
use crate::app::App;
use crate::compare::{compare_with, report, Comparison, Corrections, Side};
use crate::format::{self, NamedBytes};
use crate::model::{AnyRecordId, Document};
use crate::scene::Scene;

/// Why the map is not edited now.
pub(super) const LOOKED_AT: &str = "While maps are compared they are only looked at. Stop comparing to edit this one.";

/// What people do while they compare.
#[derive(Debug, Clone, PartialEq)]
pub enum CompareIntent {
    /// Compare the open map with this one.
    With {
        /// What to call the other one: a file name, or "the version of 14:02".
        name: String,
        /// The other one.
        document: Box<Document>,
        /// It is the earlier of the two, as a version of before; otherwise it is taken for what became of the open one.
        earlier: bool,
    },
    /// These files were chosen to compare with.
    Opened {
        /// The files.
        files: Vec<ReadFile>,
        /// They are the version both maps started from.
        ancestor: bool,
    },
    /// Only this group of the list, or all.
    Only(Option<Kind>),
    /// Go to this row of the list.
    Go(usize),
    /// Draw this of the two maps.
    Draw(Drawn),
    /// Show this page of the panel.
    Page(Page),
    /// Mark a thing to be taken over from the other map, or let it be.
    Want(AnyRecordId, bool),
    /// Mark a group, or everything.
    WantGroup(Option<Kind>, bool),
    /// Take over what is marked.
    Take,
    /// Choose the version both maps started from.
    PickAncestor,
    /// Take a side of this field's conflict, or leave it open.
    Settle(AnyRecordId, String, Option<Side>),
    /// Take a side in all conflicts.
    SettleAll(Option<Side>),
    /// Merge.
    Merge,
    /// This of the open map and that of the other one are one thing.
    Same(AnyRecordId, AnyRecordId),
    /// What the other map has here is another thing.
    NotTheSame(AnyRecordId),
    /// Match as found, without what people said.
    ForgetCorrections,
}

/// A page of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The list of differences.
    #[default]
    Differences,
    /// Which is which.
    Matches,
    /// Taking over and merging.
    TakeOver,
}

/// A comparison that is going on.
#[derive(Debug)]
pub struct Comparing {
    name: String,
    theirs: Rc<Document>,
    earlier: bool,
    corrections: Corrections,
    comparison: Rc<Comparison>,
    rows: Rc<[Row]>,
    only: Option<Kind>,
    current: Option<usize>,
    drawn: Drawn,
    scene: Rc<Scene>,
    page: Page,
    wanted: BTreeSet<AnyRecordId>,
    merging: Option<Merging>,
    /// A change of the map is being taken over: the one edit that is made while comparing.
    taking: bool,
}

impl Comparing {
    /// What the other map is called.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Whether the other map is the earlier one.
    pub fn is_earlier(&self) -> bool {
        self.earlier
    }
    /// The comparison.
    pub fn comparison(&self) -> &Rc<Comparison> {
        &self.comparison
    }
    /// All differences, group by group.
    pub fn rows(&self) -> &Rc<[Row]> {
        &self.rows
    }
    /// The only group that is listed, if it is one.
    pub fn only(&self) -> Option<Kind> {
        self.only
    }
    /// The row people are at, as its place in [`Comparing::rows`].
    pub fn current(&self) -> Option<usize> {
        self.current
    }
    /// The page of the panel.
    pub fn page(&self) -> Page {
        self.page
    }
    /// Whether a change of the map is being taken over.
    pub(super) fn is_taking(&self) -> bool {
        self.taking
    }
    /// Which of the two maps is drawn.
    pub fn drawn(&self) -> Drawn {
        self.drawn
    }
    /// The picture of both.
    pub(super) fn scene(&self) -> &Rc<Scene> {
        &self.scene
    }
    /// Whether a row is listed.
    pub fn lists(&self, row: &Row) -> bool {
        self.only.is_none_or(|kind| kind == row.kind)
    }
}

/// Whether the action belongs to comparing.
pub(super) fn is_about_comparing(id: ActionId) -> bool {
    action(id).is_some_and(|row| row.menu == Menu::Compare)
}

/// Whether the action edits the map, which waits while maps are compared.
pub(super) fn changes_the_map(id: ActionId) -> bool {
    use ActionId as A;
    let view = matches!(id, A::ToggleSnapping | A::AddToSelection);
    let menu = action(id).is_some_and(|row| matches!(row.menu, Menu::Add | Menu::Component | Menu::Arrange));
    (menu && !view) || matches!(id, A::Cut | A::Paste | A::Duplicate | A::Delete | A::AcceptSuggestions | A::TakeIn)
}

impl App {
    /// The comparison that is going on.
    pub fn comparing(&self) -> Option<&Comparing> {
        self.comparing.as_deref()
    }

    pub(super) fn compare(&mut self, intent: CompareIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            CompareIntent::With { name, document, earlier } => self.begin_comparing(name, *document, earlier, effects),
            CompareIntent::Opened { files, ancestor } => self.compare_with_files(&files, ancestor, effects),
            CompareIntent::Only(kind) => {
                if let Some(comparing) = &mut self.comparing {
                    comparing.only = kind;
                }
            }
            CompareIntent::Page(page) => {
                if let Some(comparing) = &mut self.comparing {
                    comparing.page = page;
                }
            }
            CompareIntent::Want(record, on) => {
                if let Some(comparing) = &mut self.comparing {
                    comparing.want(record, on);
                }
            }
            CompareIntent::WantGroup(kind, on) => {
                if let Some(comparing) = &mut self.comparing {
                    comparing.want_group(kind, on);
                }
            }
            CompareIntent::Take => self.take_wanted(effects),
            CompareIntent::PickAncestor => effects.push(Effect::PickToCompare { ancestor: true }),
            CompareIntent::Settle(record, field, side) => self.settle(record, field, side),
            CompareIntent::SettleAll(side) => self.settle_all(side, effects),
            CompareIntent::Merge => self.merge_now(effects),
            CompareIntent::Same(ours, theirs) => self.match_by_hand(ours, theirs, effects),
            CompareIntent::NotTheSame(theirs) => self.unmatch(theirs, effects),
            CompareIntent::ForgetCorrections => self.forget_corrections(effects),
            CompareIntent::Go(row) => self.go_to_difference(row, effects),
            CompareIntent::Draw(drawn) => {
                if let Some(comparing) = &mut self.comparing {
                    comparing.drawn = drawn;
                }
                self.draw_comparison();
                let text = match drawn {
                    Drawn::Both => "Both maps are drawn, with ghosts and arrows.",
                    Drawn::Before => "The map before is drawn.",
                    Drawn::After => "The map after is drawn.",
                };
                self.say(text, false, effects);
            }
        }
    }

    /// Whether an action of comparing can be done now.
    pub(super) fn can_compare(&self, id: ActionId) -> bool {
        match id {
            ActionId::CompareFile => !self.document.is_empty(),
            ActionId::NextDifference | ActionId::PreviousDifference => {
                self.comparing().is_some_and(|comparing| !comparing.rows.is_empty())
            }
            _ => self.comparing.is_some(),
        }
    }

    pub(super) fn compare_action(&mut self, id: ActionId, effects: &mut Vec<Effect>) {
        match id {
            ActionId::CompareFile => effects.push(Effect::PickToCompare { ancestor: false }),
            ActionId::NextDifference => self.walk_differences(true, effects),
            ActionId::PreviousDifference => self.walk_differences(false, effects),
            ActionId::SwapCompared => self.swap_compared(effects),
            ActionId::CopyDifferences => self.copy_comparison(effects),
            ActionId::SaveDifferences => self.download_comparison(effects),
            ActionId::StopComparing => self.stop_comparing(effects),
            _ => {}
        }
    }

    /// A file was dropped on the page while maps were compared.
    pub(super) fn compare_with_dropped(&mut self, files: &[ReadFile], effects: &mut Vec<Effect>) {
        // The browser's handle is that of the dropped file now: the open map must not be saved over it.
        self.file.can_save_back = false;
        effects.push(Effect::ForgetFile);
        self.compare_with_files(files, false, effects);
    }

    fn compare_with_files(&mut self, files: &[ReadFile], ancestor: bool, effects: &mut Vec<Effect>) {
        let name = files.first().map(|file| file.name.clone()).unwrap_or_default();
        let named: Vec<NamedBytes<'_>> = files.iter().map(|f| NamedBytes { name: &f.name, bytes: &f.bytes }).collect();
        match format::open(&named) {
            Ok(imported) if ancestor => self.merge_from(name, imported.document, effects),
            Ok(imported) => {
                self.begin_comparing(name, imported.document, false, effects);
                // Where both come from, when this browser still keeps that state.
                self.fetch_ancestor(&imported.file.lineage, effects);
            }
            Err(error) => {
                let message = error.sentence(&name);
                self.complain(&message, effects);
                self.dialog = Some(DialogKind::CannotOpen { message });
            }
        }
    }

    fn begin_comparing(&mut self, name: String, theirs: Document, earlier: bool, effects: &mut Vec<Effect>) {
        let corrections = Corrections::default();
        let comparison = Rc::new(compare_with(&self.document, &theirs, earlier, &corrections, self.today));
        let rows: Rc<[Row]> = Rc::from(rows::rows(&comparison, &self.document));
        let said = match rows.len() {
            0 => format!("This map and {name} say the same."),
            n => format!("Compared with {name}: {}.", count(n, "difference")),
        };
        self.comparing = Some(Box::new(Comparing {
            name,
            theirs: Rc::new(theirs),
            earlier,
            corrections,
            comparison,
            rows,
            only: None,
            current: None,
            drawn: Drawn::Both,
            scene: Rc::clone(self.derived.scene()),
            page: Page::default(),
            wanted: BTreeSet::new(),
            merging: None,
            taking: false,
        }));
        self.draw_comparison();
        self.dialog = None;
        self.label_edit = None;
        self.cancel_gesture();
        self.side = Some(SidePanel::Compare);
        self.set_tab(ViewTab::Map);
        self.fit(None);
        self.changes = crate::app::state::Changes::ALL;
        self.say(&said, false, effects);
    }

    /// Brings the comparison up to date with the open map.
    pub(super) fn compare_anew(&mut self) {
        let Some(comparing) = &mut self.comparing else { return };
        let theirs = Rc::clone(&comparing.theirs);
        let comparison = compare_with(&self.document, &theirs, comparing.earlier, &comparing.corrections, self.today);
        let at = comparing.current.and_then(|at| comparing.rows.get(at)).map(|row| (row.kind, row.record));
        comparing.rows = Rc::from(rows::rows(&comparison, &self.document));
        comparing.current = comparing.rows.iter().position(|row| at == Some((row.kind, row.record)));
        comparing.comparison = Rc::new(comparison);
        self.merge_anew();
        self.draw_comparison();
        self.changes = crate::app::state::Changes::ALL;
    }

    /// Draws the comparison anew.
    pub(super) fn draw_comparison(&mut self) {
        let Some(comparing) = &mut self.comparing else { return };
        let (document, differences) = picture::picture(&comparing.comparison, &self.document, comparing.drawn);
        comparing.scene = Derived::compared(&document, self.today, self.shown, differences);
        self.changes.scene = true;
        self.changes.overlay = true;
    }

    /// Puts the comparison away.
    pub(super) fn stop_comparing(&mut self, effects: &mut Vec<Effect>) {
        if self.comparing.take().is_none() {
            return;
        }
        if self.side == Some(SidePanel::Compare) {
            self.side = Some(SidePanel::Inspector);
        }
        self.fit(None);
        self.changes = crate::app::state::Changes::ALL;
        self.say("The comparison is put away.", false, effects);
        effects.push(Effect::FocusMap);
    }

    /// Which of the two is which: the earlier becomes the later.
    fn swap_compared(&mut self, effects: &mut Vec<Effect>) {
        let Some(comparing) = &mut self.comparing else { return };
        comparing.earlier = !comparing.earlier;
        let text = if comparing.earlier {
            format!("{} counts as before, this map as after.", comparing.name)
        } else {
            format!("This map counts as before, {} as after.", comparing.name)
        };
        self.compare_anew();
        self.say(&text, false, effects);
    }

    fn go_to_difference(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let Some(comparing) = &mut self.comparing else { return };
        let Some(row) = comparing.rows.get(at) else { return };
        let (record, sentence) = (row.record, row.sentence.clone());
        comparing.current = Some(at);
        self.set_tab(ViewTab::Map);
        let selection = [record].into_iter().filter(|record| self.document.has(*record)).collect();
        if self.selection != selection {
            self.selection = selection;
            self.changes.overlay = true;
        }
        self.focus = Some(record).filter(|record| self.document.has(*record)).or(self.focus);
        self.reveal(record);
        self.changes.panels = true;
        effects.push(Effect::Announce { text: sentence, urgent: false });
    }

    /// To the first difference of this record; to the next of them when people are there already.
    pub(super) fn go_to_compared(&mut self, record: AnyRecordId, effects: &mut Vec<Effect>) {
        let Some(comparing) = &self.comparing else { return };
        let mut about = Vec::new();
        for (at, row) in comparing.rows.iter().enumerate() {
            if row.record == record {
                about.push(at);
            }
        }
        let next = about.iter().copied().find(|at| comparing.current.is_some_and(|here| *at > here));
        match next.or(about.first().copied()) {
            Some(at) => self.go_to_difference(at, effects),
            None => {
                let name = describe::record(self, record);
                self.say(&format!("The same in both maps: {name}"), false, effects);
            }
        }
    }

    /// To the next difference in the list, or the one before; round at the ends.
    fn walk_differences(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let Some(comparing) = &self.comparing else { return };
        let mut listed = Vec::new();
        for (at, row) in comparing.rows.iter().enumerate() {
            if comparing.lists(row) {
                listed.push(at);
            }
        }
        let here = comparing.current;
        let next = match forward {
            true => listed.iter().copied().find(|at| here.is_none_or(|here| *at > here)).or(listed.first().copied()),
            false => {
                let before = listed.iter().rev().copied().find(|at| here.is_some_and(|here| *at < here));
                before.or(listed.last().copied())
            }
        };
        match next {
            Some(at) => self.go_to_difference(at, effects),
            None => self.say("There is no difference to go to.", false, effects),
        }
    }

    /// What to call the two maps, the earlier first.
    pub fn compared_names(&self) -> Option<(String, String)> {
        let comparing = self.comparing()?;
        let ours = self.file.name.clone().unwrap_or_else(|| self.title().to_owned());
        let theirs = comparing.name.clone();
        Some(if comparing.earlier { (theirs, ours) } else { (ours, theirs) })
    }

    /// The comparison as plain text.
    fn comparison_report(&self) -> Option<String> {
        let (before, after) = self.compared_names()?;
        Some(report(&self.comparing()?.comparison, (&before, &after)))
    }

    fn copy_comparison(&mut self, effects: &mut Vec<Effect>) {
        let Some(text) = self.comparison_report() else { return };
        effects.push(Effect::WriteClipboard(text));
        self.say("The report of the differences is copied.", false, effects);
    }

    fn download_comparison(&mut self, effects: &mut Vec<Effect>) {
        let Some(contents) = self.comparison_report() else { return };
        let name = self.proposed_name("differences.txt");
        effects.push(Effect::Download { name, contents, media_type: "text/plain" });
        self.say("The report of the differences is saved as a text file.", false, effects);
    }
}
