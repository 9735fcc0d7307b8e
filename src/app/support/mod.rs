//! The review before end-of-support dates are taken in: what each system is made with, which product and release of the
//! file that is, and what would be set.
//!
//! Everything here is a proposal that a person may change; the document changes once, as one step. Knows no screen.

#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::analysis::deadline::lifecycle_of;
use crate::app::describe::count;
use crate::app::effect::Effect;
use crate::app::intent::ReadFile;
use crate::app::kept::Why;
use crate::app::state::DialogKind;
use crate::app::table::columns::support_words;
use crate::app::App;
use crate::date::Date;
use crate::edit::Command;
use crate::format::csv::NewIds;
use crate::format::support_dates::{propose, read, take_in, uses, Proposal, SupportDates, Taken, Use};
use crate::format::{detect, Detected, MAX_FILE_BYTES};
use crate::model::{Document, SupportEnd, Technology};

/// What happened in the review. Rows count from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum SupportIntent {
    /// The file is about this product; it does not say so itself.
    Named(String),
    /// Show the products to choose from for this row.
    Open(usize),
    /// The row is of this product of the file; `None` for none of them.
    Product(usize, Option<usize>),
    /// The row is this release of its product; `None` leaves it as it is.
    Release(usize, Option<usize>),
    /// Set the dates.
    Take,
}

/// What systems are made with, and what of the file that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As the map has it.
    pub of: Use,
    /// As proposed or chosen.
    pub proposal: Proposal,
    /// A person chose it.
    pub chosen: bool,
    /// End of security support as the map has it now.
    pub now: SupportEnd,
}

/// Dates under review.
#[derive(Debug, Clone)]
pub struct SupportReview {
    /// Name of the file.
    pub name: String,
    /// What it says.
    pub dates: Rc<SupportDates>,
    /// What the map says, with what was found first.
    pub rows: Vec<Row>,
    /// The row whose product is being chosen.
    pub open: Option<usize>,
    /// What would become of the document.
    pub taken: Rc<Taken>,
    /// Whether anything would change.
    pub changes: bool,
    today: Option<Date>,
}

impl SupportReview {
    fn new(name: &str, dates: SupportDates, document: &Document, today: Option<Date>) -> Self {
        let mut rows = Vec::new();
        for of in uses(document) {
            let proposal = propose(&dates, &of);
            // Systems without a product are only shown when their name says it.
            if !of.by_name || proposal.release.is_some() {
                let now = standing(document, &of);
                rows.push(Row { of, proposal, chosen: false, now });
            }
        }
        crate::order::sort_by_key(&mut rows, |row| (row.proposal.product.is_none(), row.proposal.release.is_none()));
        let name = name.to_owned();
        let dates = Rc::new(dates);
        let mut review = Self { name, dates, rows, open: None, taken: Rc::default(), changes: false, today };
        review.work_out(document);
        review
    }

    fn take_in(&self, document: &Document, ids: &mut NewIds) -> Taken {
        let mut chosen = Vec::new();
        for row in &self.rows {
            if let (Some(product), Some(release)) = (row.proposal.product, row.proposal.release) {
                chosen.push((&row.of, product, release));
            }
        }
        take_in(document, &self.dates, &chosen, ids, self.today)
    }

    fn work_out(&mut self, document: &Document) {
        let taken = self.take_in(document, &mut NewIds::numbered());
        self.changes = !document.patch_to(&taken.document).is_empty();
        self.taken = Rc::new(taken);
    }

    /// Name of a row for people: "SQL Server 2012".
    pub fn row_name(row: &Row) -> String {
        crate::analysis::rank::shown(&format!("{} {}", row.of.product, row.of.version))
    }

    /// End of security support of a row by the file, in words; nothing where no release was chosen.
    pub fn found(&self, row: &Row) -> Option<String> {
        let product = self.dates.products.get(row.proposal.product?)?;
        Some(support_words(product.releases.get(row.proposal.release?)?.security_ends))
    }

    /// What would happen, as a sentence.
    pub fn summary(&self) -> String {
        let systems = self.taken.systems.len();
        if systems == 0 {
            return "No system would get a date.".to_owned();
        }
        if !self.changes {
            return format!("{} these dates already.", have(systems));
        }
        format!("Sets the support dates of {}.", count(systems, "system"))
    }
}

fn have(systems: usize) -> String {
    format!("{} {}", count(systems, "system"), if systems == 1 { "has" } else { "have" })
}

/// End of security support of what systems are made with, as the map has it.
fn standing(document: &Document, of: &Use) -> SupportEnd {
    let mut technologies = Vec::new();
    for id in &of.systems {
        let Some(component) = document.components.get(id) else { continue };
        technologies.extend(component.facts().technologies.iter().filter(|it| is_of(it, of)));
    }
    let found = technologies.first().and_then(|technology| lifecycle_of(document, technology));
    found.map_or(SupportEnd::Unknown, |record| record.security_ends)
}

fn is_of(technology: &Technology, of: &Use) -> bool {
    technology.product.trim() == of.product && technology.version.trim() == of.version
}

impl App {
    /// The review that is open.
    pub fn support_review(&self) -> Option<&Rc<SupportReview>> {
        self.support.as_ref()
    }

    /// Begins a review when this is a file of support dates; `false` leaves it to the other readers.
    pub(super) fn begin_support_review(&mut self, files: &[ReadFile], effects: &mut Vec<Effect>) -> bool {
        let [file] = files else { return false };
        let is_dates = file.bytes.len() <= MAX_FILE_BYTES
            && detect(&file.name, &file.bytes) == Detected::SupportDates
            && !self.document.is_empty();
        if !is_dates {
            return false;
        }
        self.changes.panels = true;
        match read(&file.name, &file.bytes) {
            Ok(dates) => {
                let review = SupportReview::new(&file.name, dates, &self.document, self.today);
                let text = format!("Check which release each system runs on. {}", review.summary());
                self.support = Some(Rc::new(review));
                self.dialog = Some(DialogKind::SupportDates);
                self.say(&text, false, effects);
            }
            Err(error) => {
                let message = error.sentence(&file.name);
                self.complain(&message, effects);
                self.dialog = Some(DialogKind::CannotOpen { message });
            }
        }
        true
    }

    pub(super) fn support_intent(&mut self, intent: SupportIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        let Some(mut review) = self.support.take().map(Rc::unwrap_or_clone) else { return };
        match intent {
            SupportIntent::Take => return self.take_support(&review, effects),
            SupportIntent::Named(name) => {
                let mut dates = SupportDates::clone(&review.dates);
                if let Some(product) = dates.products.first_mut() {
                    product.label = name.trim().chars().take(crate::model::MAX_NAME_LENGTH).collect();
                }
                for row in review.rows.iter_mut().filter(|row| !row.chosen) {
                    row.proposal = propose(&dates, &row.of);
                }
                review.dates = Rc::new(dates);
            }
            SupportIntent::Open(row) => {
                review.open = Some(row).filter(|row| review.open != Some(*row));
            }
            SupportIntent::Product(at, product) => {
                review.open = None;
                if let Some(row) = review.rows.get_mut(at) {
                    row.chosen = true;
                    row.proposal = Proposal { product, why: "You chose this.".to_owned(), ..Proposal::default() };
                }
            }
            SupportIntent::Release(at, release) => {
                if let Some(row) = review.rows.get_mut(at) {
                    row.chosen = true;
                    row.proposal.release = release;
                    row.proposal.sure = release.is_some();
                    row.proposal.why = "You chose this.".to_owned();
                }
            }
        }
        review.work_out(&self.document);
        effects.push(Effect::Announce { text: review.summary(), urgent: false });
        self.support = Some(Rc::new(review));
    }

    fn take_support(&mut self, review: &SupportReview, effects: &mut Vec<Effect>) {
        let mut ids = NewIds::from_source(self.ids.clone());
        let taken = review.take_in(&self.document, &mut ids);
        if let Some(source) = ids.into_source() {
            self.ids = source;
        }
        let patch = self.document.patch_to(&taken.document);
        self.dialog = None;
        if self.why_read_only().is_none() {
            self.keep_version(Why::BeforeImport, effects);
        }
        let label = format!("Set support dates from {}", review.name);
        if self.run(&Command::Apply(patch, label), effects).is_some() {
            let text = format!(
                "{} support dates from {}. Answers they suggest wait in the details of each system.",
                have(taken.systems.len()),
                review.name
            );
            self.say(&text, true, effects);
        }
        effects.push(Effect::FocusMap);
    }
}
