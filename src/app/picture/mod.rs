//! The map on its way out as something to look at: pictures, the clipboard, paper, links.
//!
//! What was chosen in the dialogs, and what is made of it. Drawing in pixels, the clipboard, the printer and the address
//! of the page are the shell's; it gets whole texts and sizes and answers with intents.

mod draw;
pub mod sheet;
mod table;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::app::effect::Effect;
use crate::app::state::{AfterUnsaved, DialogKind, SaveState};
use crate::app::App;
use crate::edit::part_of;
use crate::format::picture::{png, svg};
use crate::format::{json, link, FileInfo};
use crate::model::{Document, Settings};
pub use draw::{Colors, Preview, MOST_PIXELS, MOST_SIDE};
pub use sheet::{Body, Page, Paper, Sheet};

/// Kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Lines and letters: sharp at any size.
    #[default]
    Svg,
    /// Pixels: goes everywhere.
    Png,
}

/// One thing chosen in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// SVG or PNG.
    Kind(Kind),
    /// Only what is selected.
    Selection(bool),
    /// Pixels of the picture for each of the map, 1..=4.
    Scale(u8),
    /// Light, dark or for print.
    Colors(Colors),
    /// With the legend.
    Legend(bool),
    /// Without the map inside.
    PictureOnly(bool),
    /// Size of the paper.
    Paper(Paper),
    /// The map at full size over several pages.
    SeveralPages(bool),
    /// The legend on paper.
    PrintLegend(bool),
    /// A table of the components.
    PrintTable(bool),
    /// The top risks.
    PrintRisks(bool),
    /// Notes and facts in the link too.
    LinkAll(bool),
}

/// What is chosen in the dialogs; kept for the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// See [`Choice`].
    pub kind: Kind,
    /// See [`Choice`].
    pub selection: bool,
    /// See [`Choice`].
    pub scale: u8,
    /// See [`Choice`].
    pub colors: Colors,
    /// See [`Choice`].
    pub legend: bool,
    /// See [`Choice`].
    pub picture_only: bool,
    /// See [`Choice`].
    pub paper: Paper,
    /// See [`Choice`].
    pub several_pages: bool,
    /// See [`Choice`].
    pub print_legend: bool,
    /// See [`Choice`].
    pub print_table: bool,
    /// See [`Choice`].
    pub print_risks: bool,
    /// See [`Choice`].
    pub link_all: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            kind: Kind::Svg,
            selection: false,
            scale: 2,
            colors: Colors::Light,
            legend: false,
            picture_only: false,
            paper: Paper::A4,
            several_pages: false,
            print_legend: true,
            print_table: false,
            print_risks: false,
            link_all: false,
        }
    }
}

/// What happened in the dialogs, and what the shell answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureIntent {
    /// Something was chosen.
    Choose(Choice),
    /// Save the picture.
    Save,
    /// Copy the picture, the table and the text.
    Copy,
    /// Copy the link.
    CopyLink,
    /// Bring up the browser's print dialog.
    Print,
    /// A picture was drawn and offered as a download.
    Saved,
    /// The browser could not draw it, with its reason.
    NotDrawn(String),
    /// How copying went.
    Copied(Copied),
    /// The page was opened with a map behind its `#`: that part of the address.
    LinkOpened(String),
}

/// How copying went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// Everything is on the clipboard.
    All,
    /// The browser took the text only.
    TextOnly,
    /// The browser refused, with its reason.
    Refused(String),
}

/// A picture that the shell should make pixels of.
#[derive(Debug, Clone, PartialEq)]
pub struct PixelJob {
    /// The picture as SVG of just this size.
    pub svg: String,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// The map that goes inside, as our file; `None` for the picture only.
    pub map: Option<String>,
}

/// The picture with the map inside, when there is one to go inside. For the shell, which gets the pixels.
pub fn finished(pixels: Vec<u8>, map: Option<&str>) -> Vec<u8> {
    match map.and_then(|map| png::with_map(&pixels, map)) {
        Some(with_map) => with_map,
        None => pixels,
    }
}

/// A link, and whether it can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOffer {
    /// The whole address.
    pub address: String,
    /// Its characters.
    pub length: usize,
    /// Short enough for mail and chat programs.
    pub fits: bool,
    /// This page lies on this computer, so nobody else can open the link.
    pub only_here: bool,
}

/// What was chosen and what is shown of it.
#[derive(Debug, Default)]
pub(super) struct PictureState {
    choices: Choices,
    /// Address of the page without what stands behind `#` and `?`.
    address: String,
    preview: Option<Rc<Preview>>,
    sheet: Option<Rc<Sheet>>,
    link: Option<Rc<LinkOffer>>,
}

impl PictureState {
    /// Nothing chosen yet, on a page with this address.
    pub(super) fn on_page(address: String) -> Self {
        Self { address, ..Self::default() }
    }
}

impl App {
    /// What is chosen in the dialogs.
    pub fn picture_choices(&self) -> Choices {
        self.picture.choices
    }
    /// The picture as it would be now, while its dialog is open.
    pub fn picture_preview(&self) -> Option<&Rc<Preview>> {
        self.picture.preview.as_ref()
    }
    /// The pages as they would be printed now, while their dialog is open.
    pub fn print_sheet(&self) -> Option<&Rc<Sheet>> {
        self.picture.sheet.as_ref()
    }
    /// The link as it would be now, while its dialog is open.
    pub fn link_offer(&self) -> Option<&Rc<LinkOffer>> {
        self.picture.link.as_ref()
    }

    pub(super) fn picture_intent(&mut self, intent: PictureIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            PictureIntent::Choose(choice) => {
                self.choose(choice);
                self.make_what_dialog_shows();
            }
            PictureIntent::Save => self.save_picture(effects),
            PictureIntent::Copy => self.copy_picture(effects),
            PictureIntent::CopyLink => self.copy_link(effects),
            PictureIntent::Print => effects.push(Effect::Print),
            PictureIntent::Saved => {
                self.close_dialog_after(effects);
                self.say(self.picture.choices.saved_words(), false, effects);
            }
            PictureIntent::NotDrawn(reason) => {
                let text = format!(
                    "The browser could not draw this picture ({reason}). Choose a smaller size, or SVG, which has no limit."
                );
                self.complain(&text, effects);
            }
            PictureIntent::Copied(copied) => self.after_copying(&copied, effects),
            PictureIntent::LinkOpened(fragment) => {
                self.ask_before(AfterUnsaved::OpenLink(fragment), effects);
            }
        }
    }

    fn choose(&mut self, choice: Choice) {
        let choices = &mut self.picture.choices;
        match choice {
            Choice::Kind(kind) => choices.kind = kind,
            Choice::Selection(on) => choices.selection = on,
            Choice::Scale(scale) => choices.scale = scale.clamp(1, 4),
            Choice::Colors(colors) => choices.colors = colors,
            Choice::Legend(on) => choices.legend = on,
            Choice::PictureOnly(on) => choices.picture_only = on,
            Choice::Paper(paper) => choices.paper = paper,
            Choice::SeveralPages(on) => choices.several_pages = on,
            Choice::PrintLegend(on) => choices.print_legend = on,
            Choice::PrintTable(on) => choices.print_table = on,
            Choice::PrintRisks(on) => choices.print_risks = on,
            Choice::LinkAll(on) => choices.link_all = on,
        }
    }

    pub(super) fn open_picture_dialog(&mut self, dialog: DialogKind) {
        if dialog == DialogKind::Picture {
            // What is selected is likely to be meant, and must not be left out of sight.
            self.picture.choices.selection = self.picture.choices.selection && !self.selection.is_empty();
            self.picture.choices.legend |= self.shown.legend || self.shown.is_marked();
        }
        self.dialog = Some(dialog);
        self.make_what_dialog_shows();
        self.changes.panels = true;
        self.changes.overlay = true;
    }

    /// Makes what the open dialog shows; the document cannot change below it.
    fn make_what_dialog_shows(&mut self) {
        let preview = (self.dialog == Some(DialogKind::Picture)).then(|| Rc::new(self.draw_preview()));
        let sheet = (self.dialog == Some(DialogKind::Print)).then(|| Rc::new(self.make_sheet()));
        let link = (self.dialog == Some(DialogKind::Link)).then(|| Rc::new(self.make_link()));
        self.picture.preview = preview;
        self.picture.sheet = sheet;
        self.picture.link = link;
    }

    fn close_dialog_after(&mut self, effects: &mut Vec<Effect>) {
        if self.dialog == Some(DialogKind::Picture) {
            self.dialog = None;
            self.changes.overlay = true;
            effects.push(Effect::FocusMap);
        }
    }

    /// The document that a picture of all or of the selection stands for.
    fn pictured(&self, selection: bool) -> Document {
        if !selection {
            return Document::clone(&self.document);
        }
        let mut part = part_of(&self.document, &self.selection);
        // What is said about the map as a whole does not go along with a part of it.
        let settings = Settings::clone(&self.document.settings);
        part.settings = Rc::new(Settings { description: String::new(), ..settings });
        part
    }

    /// The text of the map inside, unless there shall be none.
    fn map_inside(&self, selection: bool) -> Option<String> {
        if self.picture.choices.picture_only {
            return None;
        }
        if !selection {
            return Some(self.file_text());
        }
        Some(json::write(&self.pictured(true), &FileInfo::default()))
    }

    fn save_picture(&mut self, effects: &mut Vec<Effect>) {
        let choices = self.picture.choices;
        let selection = choices.selection && !self.selection.is_empty();
        let map = self.map_inside(selection);
        match choices.kind {
            Kind::Svg => {
                let payload = map.map(|map| svg::payload(&map));
                let drawn = self.draw(selection, choices.legend, choices.colors, 1.0, payload.as_deref());
                let name = self.proposed_name(if payload.is_some() { "map.svg" } else { "svg" });
                effects.push(Effect::Download { name, contents: drawn.svg, media_type: "image/svg+xml" });
                self.close_dialog_after(effects);
                self.say(choices.saved_words(), false, effects);
            }
            Kind::Png => {
                let drawn = self.draw(selection, choices.legend, choices.colors, f64::from(choices.scale), None);
                if let Some(words) = drawn.too_large() {
                    return self.complain(&words, effects);
                }
                let name = self.proposed_name(if map.is_some() { "map.png" } else { "png" });
                effects.push(Effect::SavePixels { name, job: drawn.into_job(map) });
            }
        }
    }

    /// Puts a picture, a table and a text on the clipboard together, so that every program finds what it can use.
    pub(super) fn copy_picture(&mut self, effects: &mut Vec<Effect>) {
        let choices = self.picture.choices;
        // In the dialog as chosen there; by key what is selected, or everything.
        let in_dialog = self.dialog == Some(DialogKind::Picture);
        let selection = !self.selection.is_empty() && (!in_dialog || choices.selection);
        let legend = if in_dialog { choices.legend } else { self.shown.legend };
        let map = self.map_inside(selection);
        let table = self.component_table(selection);
        let title = self.title().to_owned();
        let html = table::as_html(&title, &table, map.as_deref().map(svg::payload).as_deref());
        let text = table::as_text(&title, &table);
        // As large as chosen, or as large as can be drawn.
        let drawn = (1..=choices.scale)
            .rev()
            .map(|scale| self.draw(selection, legend, choices.colors, f64::from(scale), None))
            .find(|drawn| drawn.too_large().is_none());
        let picture = drawn.map(|drawn| drawn.into_job(map));
        effects.push(Effect::CopyRich { picture, html, text });
    }

    fn after_copying(&mut self, copied: &Copied, effects: &mut Vec<Effect>) {
        let link = self.dialog == Some(DialogKind::Link);
        match copied {
            Copied::All if link => self.say("The link is on the clipboard.", false, effects),
            Copied::TextOnly if link => self.say("The link is on the clipboard, as text.", false, effects),
            Copied::All => {
                self.close_dialog_after(effects);
                self.say("Copied as a picture, as a table and as text: paste it where you like.", false, effects);
            }
            Copied::TextOnly => {
                let text =
                    "This browser copies no pictures: the components are on the clipboard as text. For a picture, \
                            use “Export picture…”.";
                self.complain(text, effects);
            }
            Copied::Refused(reason) if link => {
                let text =
                    format!("The browser did not allow copying ({reason}). Select the link and copy it by hand.");
                self.complain(&text, effects);
            }
            Copied::Refused(reason) => {
                let text =
                    format!("The browser did not allow copying ({reason}). Use “Export picture…” and insert the file.");
                self.complain(&text, effects);
            }
        }
    }

    fn make_link(&self) -> LinkOffer {
        let all = self.picture.choices.link_all;
        let fragment = if all { link::write(&self.document) } else { link::write(&link::drawing_only(&self.document)) };
        let address = format!("{}#{fragment}", self.picture.address);
        let length = address.chars().count();
        LinkOffer {
            fits: length <= link::MOST_CHARACTERS,
            only_here: !self.picture.address.starts_with("http"),
            length,
            address,
        }
    }

    fn copy_link(&mut self, effects: &mut Vec<Effect>) {
        let Some(offer) = self.picture.link.clone().filter(|offer| offer.fits) else { return };
        let html = table::link_as_html(&offer.address, self.title());
        effects.push(Effect::CopyRich { picture: None, html, text: offer.address.clone() });
    }

    /// Opens the map behind the `#` of the page's address.
    pub(super) fn open_link(&mut self, fragment: &str, effects: &mut Vec<Effect>) {
        match link::read(fragment) {
            Ok(imported) => {
                self.take_imported(imported, "the link".to_owned(), false, effects);
                // It is in no file, and no longer in the address.
                self.file.name = None;
                self.history.mark_unsaved();
                self.file.saved = SaveState::NotSaved;
                self.draft_scheduled = true;
                effects.push(Effect::ScheduleDraft);
                self.say("Opened from a link. Save it to a file to keep it.", false, effects);
            }
            Err(error) => {
                let message = error.sentence("The link");
                self.complain(&message, effects);
                self.dialog = Some(DialogKind::CannotOpen { message });
            }
        }
    }
}

impl Choices {
    fn saved_words(self) -> &'static str {
        if self.picture_only {
            "Exported as a picture, without the map inside."
        } else {
            "Exported as a picture with the map inside: open it here to go on."
        }
    }
}
