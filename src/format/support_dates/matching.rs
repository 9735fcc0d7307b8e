//! Which product and release of a file is meant by what a map says: "SQL Server", "2012 SP2".
//!
//! Proposes and gives its reason; what is not clear is left for the person who knows. Knows texts and the document.

use std::collections::BTreeMap;

use crate::format::support_dates::{Product, Release, SupportDates};
use crate::model::{folded_name, ComponentId, Document};

/// A product with its version as the map has it, and the systems made with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Product as written.
    pub product: String,
    /// Version as written; empty when nobody said.
    pub version: String,
    /// The systems.
    pub systems: Vec<ComponentId>,
    /// The map names no product: the name of the system is looked at.
    pub by_name: bool,
}

/// What a use may be in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// Place of the product in the file.
    pub product: Option<usize>,
    /// Place of the release in the product.
    pub release: Option<usize>,
    /// The same names, so that nothing had to be guessed.
    pub sure: bool,
    /// Why, as a sentence.
    pub why: String,
}

/// Everything the map says systems are made with, by product and version; then the systems without a product.
pub fn uses(document: &Document) -> Vec<Use> {
    let mut found: BTreeMap<(bool, String, String), Use> = BTreeMap::new();
    for (id, component) in document.components.iter().filter(|(_, c)| !c.is_anchor()) {
        let mut add = |by_name: bool, product: &str, version: &str| {
            let key = (by_name, folded_name(product), folded_name(version));
            let entry = found.entry(key).or_insert_with(|| Use {
                product: product.trim().to_owned(),
                version: version.trim().to_owned(),
                systems: Vec::new(),
                by_name,
            });
            if entry.systems.last() != Some(id) {
                entry.systems.push(*id);
            }
        };
        let mut named = false;
        for technology in &component.facts().technologies {
            if !technology.product.trim().is_empty() {
                named = true;
                add(false, &technology.product, &technology.version);
            }
        }
        if !named {
            add(true, &component.name, "");
        }
    }
    let mut uses = Vec::new();
    for (_, one) in found {
        uses.push(one);
    }
    uses
}

/// Words of letters or of digits and letters, small; "v8" is 8.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        } else if !word.is_empty() {
            let number = word.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            words.push(number.map_or_else(|| word.clone(), str::to_owned));
            word.clear();
        }
    }
    words
}

/// What the file may mean by a use.
pub fn propose(dates: &SupportDates, one: &Use) -> Proposal {
    let product_words = words(&one.product);
    let mut all = product_words.clone();
    all.extend(words(&one.version));
    all.truncate(16);
    let Some((at, start, used, exact)) = find_product(dates, &all) else {
        return Proposal { why: "The file has no such product.".to_owned(), ..Proposal::default() };
    };
    let rest = all.get(start + used..).unwrap_or_default();
    let product = dates.products.get(at);
    let mut proposal = Proposal { product: Some(at), ..Proposal::default() };
    if let Some(product) = product {
        find_release(product, rest, &mut proposal);
    }
    // Words that belong to neither product nor release may mean something else.
    let whole_product = start == 0 && used == product_words.len();
    proposal.sure &= exact && (whole_product || one.version.is_empty() && start == 0);
    if one.by_name && (proposal.release.is_none() || start > 0) {
        // The name of a system only counts when all of it is understood.
        return Proposal { why: "The file has no such product.".to_owned(), ..Proposal::default() };
    }
    proposal
}

/// Where a product was found in words: its place in the file, the first word, how many words, whether by its whole name.
type FoundProduct = (usize, usize, usize, bool);
/// The longer the name the better; then whole names, then those further in front.
type Likeness = (usize, bool, usize);

/// The product with the longest name in the words.
fn find_product(dates: &SupportDates, all: &[String]) -> Option<FoundProduct> {
    let mut best: Option<(Likeness, FoundProduct)> = None;
    for (at, product) in dates.products.iter().enumerate() {
        for name in [&product.label, &product.name].into_iter().chain(&product.aliases) {
            let whole = words(name);
            // "Microsoft SQL Server" is called SQL Server, too.
            let short = whole.get(1..).filter(|rest| rest.len() >= 2).map(|rest| rest.concat());
            for (name, exact) in [(Some(whole.concat()), true), (short, false)] {
                let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
                if let Some((start, used)) = find_run(all, &name) {
                    let value = (name.len(), exact, usize::MAX - start);
                    if best.is_none_or(|(known, _)| value > known) {
                        best = Some((value, (at, start, used, exact)));
                    }
                }
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Where words, written without blanks, make a name.
fn find_run(all: &[String], name: &str) -> Option<(usize, usize)> {
    for start in 0..all.len() {
        let mut rest = name;
        for (used, word) in all.get(start..).unwrap_or_default().iter().enumerate() {
            match rest.strip_prefix(word.as_str()) {
                Some("") => return Some((start, used + 1)),
                Some(more) => rest = more,
                None => break,
            }
        }
    }
    None
}

fn named(release: &Release) -> &str {
    if release.label.is_empty() {
        &release.name
    } else {
        &release.label
    }
}

fn find_release(product: &Product, wanted: &[String], proposal: &mut Proposal) {
    if wanted.is_empty() {
        proposal.why = "The map does not say which release.".to_owned();
        return;
    }
    let said = wanted.join(".");
    // The longest release that the version begins with: 12.1.0.2 is of 12.1 rather than of 12.
    let mut best: Option<(usize, usize)> = None;
    let mut beginning = Vec::new();
    for (at, release) in product.releases.iter().enumerate() {
        let mut begins = false;
        for name in [words(&release.name), words(&release.label)] {
            if !name.is_empty() && wanted.starts_with(&name) && best.is_none_or(|(_, length)| name.len() > length) {
                best = Some((at, name.len()));
            }
            begins |= name.starts_with(wanted);
        }
        if begins {
            beginning.push(at);
        }
    }
    let name_of = |at: usize| product.releases.get(at).map_or("", named);
    match (best, beginning.as_slice()) {
        (Some((at, length)), _) if length == wanted.len() => {
            proposal.release = Some(at);
            proposal.sure = true;
            proposal.why = "The same product and release.".to_owned();
        }
        (Some((at, _)), _) => {
            proposal.release = Some(at);
            proposal.why = format!("{said} belongs to {}.", name_of(at));
        }
        (None, [only]) => {
            proposal.release = Some(*only);
            proposal.why = format!("The only release that begins with {said}.");
        }
        (None, []) => proposal.why = format!("No release of this product is called {said}."),
        (None, several) => proposal.why = format!("{} releases begin with {said}: choose one.", several.len()),
    }
}
