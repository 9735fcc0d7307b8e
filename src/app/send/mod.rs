//! One page with the map inside, for people without the tool: read with scripts off, changed and saved with them on.
//!
//! The page of the app itself comes from the shell ([`Effect::FetchPage`]); what goes into it is decided and made here:
//! how much of the map, as our file and as markup to read. Knows no browser.

mod page;
mod privacy;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::app::derived::Derived;
use crate::app::effect::Effect;
use crate::app::state::{DialogKind, Look, Marks, Shown};
use crate::app::App;
use crate::date::to_iso;
use crate::format::{html, json, FileInfo};
use crate::model::Document;

pub use privacy::without;

/// What happens in the dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendIntent {
    /// The page of the app, or why it cannot be had.
    Page(Result<Rc<str>, String>),
    /// Descriptions, notes and remarks go along.
    Notes(bool),
    /// Answers, owners, contracts, costs and scores go along.
    Facts(bool),
    /// Make the file.
    Download,
}

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendState {
    page: Option<Result<Rc<str>, String>>,
    /// Descriptions, notes and remarks go along.
    pub notes: bool,
    /// Answers, owners, contracts, costs and scores go along.
    pub facts: bool,
    /// Bytes of the file; `None` while the page is fetched or cannot be had.
    pub size: Option<usize>,
}

impl Default for SendState {
    fn default() -> Self {
        Self { page: None, notes: true, facts: true, size: None }
    }
}

impl SendState {
    /// Why no file can be made.
    pub fn problem(&self) -> Option<&str> {
        self.page.as_ref()?.as_ref().err().map(String::as_str)
    }
}

impl App {
    /// What the dialog of sending shows.
    pub fn sending(&self) -> &SendState {
        &self.send
    }

    /// The map came in a page, so the person may have nothing else to open a map file with.
    pub fn came_in_a_page(&self) -> bool {
        self.file.name.as_deref().is_some_and(|name| name.to_ascii_lowercase().ends_with(".html"))
    }

    pub(super) fn open_send(&mut self, effects: &mut Vec<Effect>) {
        self.dialog = Some(DialogKind::Send);
        self.changes.panels = true;
        self.send.notes = true;
        self.send.facts = true;
        if matches!(self.send.page, Some(Ok(_))) {
            self.send_changed();
        } else {
            self.send.page = None;
            effects.push(Effect::FetchPage);
        }
    }

    pub(super) fn send_intent(&mut self, intent: SendIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            SendIntent::Page(page) => self.send.page = Some(page),
            SendIntent::Notes(on) => self.send.notes = on,
            SendIntent::Facts(on) => self.send.facts = on,
            SendIntent::Download => return self.download_page(effects),
        }
        self.send_changed();
    }

    fn send_changed(&mut self) {
        self.send.size = self.page_with_map().map(|page| page.len());
    }

    fn download_page(&mut self, effects: &mut Vec<Effect>) {
        let Some(contents) = self.page_with_map() else { return };
        self.dialog = None;
        let name = self.proposed_name("map.html");
        let whole = self.send.notes && self.send.facts;
        // For somebody who got the map in a page, such a page is the file.
        let revision = (whole && self.came_in_a_page()).then(|| self.history.revision());
        let mut said = format!("Made {name}, which opens in any browser");
        said.push_str(match (self.send.notes, self.send.facts) {
            (true, true) => ".",
            (false, true) => ", without descriptions and notes.",
            (true, false) => ", without facts about risk.",
            (false, false) => ", without descriptions, notes and facts about risk.",
        });
        effects.push(Effect::DownloadPage { name, contents, revision });
        effects.push(Effect::FocusMap);
        self.say(&said, false, effects);
    }

    fn page_with_map(&self) -> Option<String> {
        let shell = self.send.page.as_ref()?.as_ref().ok()?;
        let whole = self.send.notes && self.send.facts;
        let (document, json) = if whole {
            (Rc::clone(&self.document), self.file_text())
        } else {
            let document = without(&self.document, self.send.notes, self.send.facts);
            let info = FileInfo { saved_at: self.today.map(to_iso), ..FileInfo::default() };
            let json = json::write(&document, &info);
            (Rc::new(document), json)
        };
        let page = self.page_to_read(&document);
        html::write(shell, &html::Content { title: self.title(), page: &page, json: &json })
    }

    fn page_to_read(&self, document: &Document) -> String {
        let marks = if self.send.facts { Marks::Risk } else { Marks::None };
        let shown = Shown { marks, legend: true, ..Shown::default() };
        let derived = Derived::of(document, self.today, shown);
        let picture = Derived::svg(derived.scene(), document, Look::Light);
        page::page(document, derived.analysis(), self.title(), &picture, self.send.facts)
    }
}
