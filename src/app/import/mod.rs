//! The review before a table is taken in: what each column means, what would be made, changed and left.
//!
//! Everything here is a proposal; the document changes once, when the person says so, and as one step. Knows no screen.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::app::describe::count;
use crate::app::effect::Effect;
use crate::app::intent::ReadFile;
use crate::app::kept::Why;
use crate::app::state::{AfterUnsaved, DialogKind};
use crate::app::App;
use crate::edit::Command;
use crate::format::csv::{
    as_new_document, cut_sheet, guess, may_repeat, probable_order, rows_of, take_in, Confidence, Cut, DateOrder, Field,
    Guess, Meaning, NewIds, Outcome, Part, RowsAre, Sheet,
};
use crate::format::text::{decode_as, Encoding};
use crate::format::{detect, title_of, Detected, MAX_FILE_BYTES};
use crate::model::Document;

/// What happened in the review. `table` counts the tables that are taken in together, from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportIntent {
    /// A column means this.
    Column {
        /// Which table.
        table: usize,
        /// Which column, from 0.
        column: usize,
        /// What it means.
        meaning: Meaning,
    },
    /// The rows are these.
    Rows(usize, RowsAre),
    /// The headings stand in this row of those that hold anything, from 0.
    Headings(usize, usize),
    /// This stands between cells.
    Separator(usize, u8),
    /// The text is encoded like this.
    Encoded(usize, Encoding),
    /// What "03/04/2026" means.
    Order(usize, DateOrder),
    /// Into a map of its own rather than into the open one.
    AsNew(bool),
    /// Take it in.
    Take,
}

/// A table under review.
#[derive(Debug, Clone, PartialEq)]
pub struct TableReview {
    /// Name of its file.
    pub name: String,
    /// How it is encoded.
    pub encoding: Encoding,
    /// Its cells.
    pub sheet: Rc<Sheet>,
    /// What its rows are.
    pub rows: RowsAre,
    /// What was guessed for each column, and why.
    pub guesses: Rc<[Guess]>,
    /// What each column is taken for.
    pub meanings: Rc<[Meaning]>,
    /// What "03/04/2026" means.
    pub order: DateOrder,
    /// A date that can be read in both orders, when none settles it.
    pub open_date: Option<String>,
    bytes: Rc<[u8]>,
    cut: Cut,
}

impl TableReview {
    fn of(file: &ReadFile) -> Result<Self, String> {
        let refuse = |error: crate::format::FormatError| error.sentence(&file.name);
        let (text, encoding) = crate::format::text::decode(&file.bytes).map_err(refuse)?;
        let mut review = Self {
            name: file.name.clone(),
            encoding,
            sheet: Rc::new(Sheet::default()),
            rows: RowsAre::Systems,
            guesses: Rc::from([]),
            meanings: Rc::from([]),
            order: DateOrder::default(),
            open_date: None,
            bytes: Rc::from(file.bytes.as_slice()),
            cut: Cut::default(),
        };
        review.cut_again(&text, None);
        Ok(review)
    }

    /// Cuts the text anew and guesses anew: what was chosen for other columns would not fit these.
    fn cut_again(&mut self, text: &str, rows: Option<RowsAre>) {
        let sheet = cut_sheet(text, self.cut).0;
        self.rows = rows.or_else(|| rows_of(&sheet)).unwrap_or(RowsAre::Systems);
        (self.order, self.open_date) = probable_order(&sheet);
        self.sheet = Rc::new(sheet);
        self.guess_again();
    }

    fn guess_again(&mut self) {
        let guesses = guess(&self.sheet, self.rows, self.order);
        self.meanings = guesses.iter().map(|guess| guess.meaning).collect();
        self.guesses = Rc::from(guesses);
    }

    fn text(&self) -> String {
        decode_as(&self.bytes, self.encoding)
    }

    /// Whether any column is read as days.
    pub fn has_dates(&self) -> bool {
        use crate::format::csv::{field_row, Takes};
        self.meanings.iter().any(|meaning| match meaning {
            Meaning::Field(field) => matches!(field_row(*field).takes, Takes::Date | Takes::SupportEnd),
            _ => false,
        })
    }
}

/// Everything under review.
#[derive(Debug, Clone)]
pub struct Review {
    /// The tables, one or two.
    pub tables: Vec<TableReview>,
    /// Into a map of its own.
    pub as_new: bool,
    /// What would become of the document, or why nothing can.
    pub outcome: Result<Rc<Outcome>, String>,
}

impl Review {
    fn work_out(&mut self, document: &Document, ids: &NewIds) {
        let empty = Document::new();
        let parts: Vec<Part<'_>> = self
            .tables
            .iter()
            .map(|it| Part { sheet: &it.sheet, rows: it.rows, meanings: &it.meanings, order: it.order })
            .collect();
        let mut ids = if self.as_new { NewIds::numbered() } else { ids.clone() };
        let base = if self.as_new { &empty } else { document };
        self.outcome = match take_in(base, &parts, &mut ids) {
            Ok(outcome) => Ok(Rc::new(outcome)),
            Err(crate::format::FormatError::NoColumns { .. }) => Err(missing(&self.tables)),
            Err(error) => Err(error.sentence(&self.name())),
        };
    }

    /// Names of the files.
    pub fn name(&self) -> String {
        let mut names = String::new();
        for table in &self.tables {
            if !names.is_empty() {
                names.push_str(" and ");
            }
            names.push_str(&table.name);
        }
        names
    }
}

fn missing(tables: &[TableReview]) -> String {
    if tables.iter().any(|table| table.rows == RowsAre::Links) {
        "Choose the column that says who needs something and the column that says what is needed.".to_owned()
    } else {
        "Choose the column with the names of the systems, or with their ids.".to_owned()
    }
}

/// Words for what would happen: "Makes 12 systems and changes 5".
pub fn summary(outcome: &Outcome) -> String {
    let mut parts = Vec::new();
    for (verb, number, what) in [
        ("makes", outcome.created.len(), "system"),
        ("changes", outcome.systems_changed, "system"),
        ("makes", outcome.links_created, "link"),
        ("changes", outcome.links_changed, "link"),
    ] {
        if number > 0 {
            parts.push(format!("{verb} {}", count(number, what)));
        }
    }
    let last = parts.pop();
    let mut text = parts.join(", ");
    if let Some(last) = last {
        if !text.is_empty() {
            text.push_str(" and ");
        }
        text.push_str(&last);
    }
    text
}

impl App {
    /// The review that is open.
    pub fn review(&self) -> Option<&Rc<Review>> {
        self.review.as_ref()
    }

    /// Begins a review when these files are tables; `false` leaves them to the other readers.
    pub(super) fn begin_review(&mut self, files: &[ReadFile], effects: &mut Vec<Effect>) -> bool {
        let is_table = |file: &ReadFile| {
            file.bytes.len() <= MAX_FILE_BYTES
                && matches!(detect(&file.name, &file.bytes), Detected::NodesCsv | Detected::EdgesCsv | Detected::Csv)
        };
        if files.is_empty() || files.len() > 2 || !files.iter().all(is_table) {
            return false;
        }
        let mut tables = Vec::new();
        for file in files {
            match TableReview::of(file) {
                Ok(table) => tables.push(table),
                Err(message) => {
                    self.complain(&message, effects);
                    self.dialog = Some(DialogKind::CannotOpen { message });
                    return true;
                }
            }
        }
        let as_new = self.document.is_empty() || self.file.read_only;
        let mut review = Review { tables, as_new, outcome: Err(String::new()) };
        review.work_out(&self.document, &NewIds::from_source(self.ids.clone()));
        self.review = Some(Rc::new(review));
        self.dialog = Some(DialogKind::Import);
        self.changes.panels = true;
        let text = format!("Check what the columns of {} mean before they are taken in.", self.review_name());
        self.say(&text, false, effects);
        true
    }

    fn review_name(&self) -> String {
        self.review.as_ref().map(|review| review.name()).unwrap_or_default()
    }

    /// The same for pasted text, which must look like a table of systems or links with several columns.
    pub(super) fn begin_review_of_text(&mut self, text: &str, effects: &mut Vec<Effect>) -> bool {
        let (sheet, _) = cut_sheet(text.get(..text.len().min(4096)).unwrap_or_default(), Cut::default());
        let looks_so = sheet.headings.len() > 1 && !sheet.rows.is_empty() && rows_of(&sheet).is_some();
        let file = ReadFile { name: "Pasted table.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        looks_so && self.begin_review(&[file], effects)
    }

    pub(super) fn import(&mut self, intent: ImportIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        if intent == ImportIntent::Take {
            return self.take_review(effects);
        }
        let Some(mut review) = self.review.take().map(Rc::unwrap_or_clone) else { return };
        match intent {
            ImportIntent::AsNew(on) => review.as_new = on || self.file.read_only,
            ImportIntent::Take => {}
            ImportIntent::Column { table, column, meaning } => {
                if let Some(table) = review.tables.get_mut(table) {
                    choose(table, column, meaning);
                }
            }
            ImportIntent::Rows(at, rows) => with(&mut review, at, |table| {
                table.rows = rows;
                table.guess_again();
            }),
            ImportIntent::Order(at, order) => with(&mut review, at, |table| table.order = order),
            ImportIntent::Headings(at, row) => with(&mut review, at, |table| {
                table.cut.heading_row = Some(row);
                table.cut_again(&table.text(), None);
            }),
            ImportIntent::Separator(at, separator) => with(&mut review, at, |table| {
                table.cut = Cut { separator: Some(separator), heading_row: None };
                table.cut_again(&table.text(), None);
            }),
            ImportIntent::Encoded(at, encoding) => with(&mut review, at, |table| {
                table.encoding = encoding;
                table.cut_again(&table.text(), None);
            }),
        }
        review.work_out(&self.document, &NewIds::from_source(self.ids.clone()));
        let text = match &review.outcome {
            Ok(outcome) if outcome.is_nothing() => "Nothing would change.".to_owned(),
            Ok(outcome) => format!("The file now {}.", summary(outcome)),
            Err(message) => message.clone(),
        };
        effects.push(Effect::Announce { text, urgent: false });
        self.review = Some(Rc::new(review));
    }

    fn take_review(&mut self, effects: &mut Vec<Effect>) {
        let Some(review) = self.review.clone() else { return };
        if review.outcome.is_err() {
            return;
        }
        if review.as_new {
            return self.ask_before(AfterUnsaved::TakeReview, effects);
        }
        // Anew, because the ids of what is made are now given out for good.
        let mut ids = NewIds::from_source(self.ids.clone());
        let parts: Vec<Part<'_>> = review
            .tables
            .iter()
            .map(|it| Part { sheet: &it.sheet, rows: it.rows, meanings: &it.meanings, order: it.order })
            .collect();
        let Ok(outcome) = take_in(&self.document, &parts, &mut ids) else { return };
        if let Some(source) = ids.into_source() {
            self.ids = source;
        }
        let patch = self.document.patch_to(&outcome.document);
        let label = format!("Take in {}", review.name());
        self.dialog = None;
        self.review = None;
        if self.why_read_only().is_none() {
            self.keep_version(Why::BeforeImport, effects);
        }
        if self.run(&Command::Apply(patch, label), effects).is_some() {
            let text = match summary(&outcome) {
                nothing if nothing.is_empty() => format!("Nothing changed: {} says what is known.", review.name()),
                words => format!("{} {words}.", review.name()),
            };
            self.say(&text, true, effects);
        }
        effects.push(Effect::FocusMap);
    }

    /// The review as a map of its own, once unsaved changes are settled.
    pub(super) fn open_review(&mut self, effects: &mut Vec<Effect>) {
        let Some(review) = self.review.take() else { return };
        let Ok(outcome) = review.outcome.clone() else { return };
        let name = review.tables.first().map_or_else(String::new, |table| table.name.clone());
        let imported = as_new_document(Outcome::clone(&outcome), &title_of(&name));
        self.dialog = None;
        self.take_imported(imported, name, false, effects);
    }
}

fn with(review: &mut Review, at: usize, change: impl FnOnce(&mut TableReview)) {
    if let Some(table) = review.tables.get_mut(at) {
        change(table);
    }
}

/// A column gets a meaning; the column that had it before is kept under its heading instead.
fn choose(table: &mut TableReview, column: usize, meaning: Meaning) {
    let mut meanings: Vec<Meaning> = table.meanings.to_vec();
    for (at, other) in meanings.iter_mut().enumerate() {
        if at == column {
            *other = meaning;
        } else if *other == meaning && !may_repeat(meaning) {
            *other = Meaning::Keep;
        }
    }
    table.meanings = Rc::from(meanings);
}

/// How sure a guess is, in words.
pub fn confidence_words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "Sure",
        Confidence::Likely => "Likely",
        Confidence::Guess => "A guess",
        Confidence::None => "Not known",
    }
}

/// Every meaning a column of such rows can have, with the words for it.
pub fn choices(rows: RowsAre) -> impl Iterator<Item = (Meaning, &'static str)> {
    let fields = crate::format::csv::FIELDS.iter().filter(move |row| row.rows() == rows);
    let others = [(Meaning::Keep, "Keep under its heading"), (Meaning::LeaveOut, "Leave out")];
    others.into_iter().chain(fields.map(|row| (Meaning::Field(row.field), row.words)))
}

/// The meaning behind the place of a choice, as a form sends it back.
pub fn choice_at(rows: RowsAre, place: usize) -> Option<Meaning> {
    choices(rows).nth(place).map(|(meaning, _)| meaning)
}

/// Whether the column is the one that systems are told apart by.
pub fn is_key(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Field(Field::Id | Field::Name | Field::Source | Field::Target))
}
