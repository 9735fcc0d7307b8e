//! End-of-support dates from files of endoflife.date: the shapes of its API v0 (a list of release cycles) and v1 (a
//! product, one release, or all products).
//!
//! Knows no document but in `matching` (which release a system runs on) and `take` (what is set). Never asks a network:
//! the file was saved by somebody. A release cycle says `true` or `false` where no day is known; what can be read of a
//! damaged entry is taken, and the rest is told with its place.

mod matching;
mod take;

pub use matching::{propose, uses, Proposal, Use};
pub use take::{take_in, Taken, SOURCE};

use serde_json::{Map, Value};

use crate::date::parse_iso;
use crate::diag::{Diagnostic, Place, Severity};
use crate::format::report::Report;
use crate::format::{json, FormatError};
use crate::model::SupportEnd;

/// Most products of a file that are read.
pub const MOST_PRODUCTS: usize = 5_000;
/// Most releases of a product that are read.
pub const MOST_RELEASES: usize = 2_000;
/// Most characters of a name that are kept.
const MOST_CHARACTERS: usize = 200;
/// Most other names of a product that are kept.
const MOST_ALIASES: usize = 50;

/// A release cycle with the ends of its support.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Release {
    /// Its short name: "12.1".
    pub name: String,
    /// Its name for people, when it has another: "12.1 (LTS)".
    pub label: String,
    /// End of active support.
    pub support_ends: SupportEnd,
    /// End of security support.
    pub security_ends: SupportEnd,
    /// End of support that is paid for.
    pub extended_ends: SupportEnd,
}

/// A product with its release cycles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Product {
    /// Its short name: "windows-server".
    pub name: String,
    /// Its name for people: "Microsoft Windows Server".
    pub label: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its releases, as in the file: the newest first.
    pub releases: Vec<Release>,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SupportDates {
    /// Products in the order of the file.
    pub products: Vec<Product>,
    /// The file does not say which product it is about; the file's name was taken.
    pub named_by_file: bool,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file of this name.
///
/// # Errors
/// [`FormatError`] when it is damaged, too large, or something else.
pub fn read(name: &str, bytes: &[u8]) -> Result<SupportDates, FormatError> {
    let value = json::parse_strictly(bytes)?;
    let mut reader = Reader { report: Report::default(), releases: 0 };
    let stem = stem_of(name);
    let mut dates = SupportDates::default();
    match &value {
        Value::Array(cycles) if cycles.iter().any(|it| it.get("cycle").is_some()) => {
            let releases = reader.releases(cycles, "");
            dates.products.push(Product { label: stem.clone(), name: stem, aliases: Vec::new(), releases });
            dates.named_by_file = true;
        }
        Value::Object(file) => match file.get("result") {
            Some(Value::Array(products)) => {
                if products.len() > MOST_PRODUCTS {
                    reader.say("eol-too-many", "/result", "Only the first 5,000 products were read.");
                }
                for (at, product) in products.iter().take(MOST_PRODUCTS).enumerate() {
                    match product {
                        Value::Object(product) => {
                            dates.products.extend(reader.product(product, &format!("/result/{at}")));
                        }
                        _ => reader.say(
                            "eol-no-product",
                            &format!("/result/{at}"),
                            "This is no product; it was left out.",
                        ),
                    }
                }
            }
            Some(Value::Object(one)) if one.contains_key("releases") || one.contains_key("cycles") => {
                dates.products.extend(reader.product(one, "/result"));
            }
            Some(Value::Object(one)) if one.contains_key("isEol") => {
                let releases: Vec<Release> = reader.release(one, "/result").into_iter().collect();
                dates.products.push(Product { label: stem.clone(), name: stem, aliases: Vec::new(), releases });
                dates.named_by_file = true;
            }
            _ => {}
        },
        _ => {}
    }
    dates.diagnostics = reader.report.finish();
    if reader.releases == 0 {
        return Err(FormatError::NotThisFormat { looks_like: "a JSON file without support dates" });
    }
    Ok(dates)
}

/// "windows-server.json" is about "windows-server".
fn stem_of(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.split_once('.').map_or(last, |(stem, _)| stem);
    // A second download of the same file.
    let stem = stem.split_once('(').map_or(stem, |(stem, _)| stem).trim();
    if stem.is_empty() { "Product" } else { stem }.chars().take(MOST_CHARACTERS).collect()
}

/// A text or a number as a text; nothing else.
fn text_of(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().chars().take(MOST_CHARACTERS).collect(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What the words of one end of support are in the versions of the API.
struct Names {
    /// v0: a day or a yes or no.
    plain: &'static str,
    /// v0's yes means "still supported" rather than "over".
    yes_is_supported: bool,
    /// v1: whether it is over; in its beta under the second name.
    over: [&'static str; 2],
    /// v1: since or until when.
    day: [&'static str; 2],
}

const SUPPORT: Names = Names {
    plain: "support",
    yes_is_supported: true,
    over: ["isEoas", "isActiveSupportOver"],
    day: ["eoasFrom", "activeSupportUntil"],
};
const SECURITY: Names =
    Names { plain: "eol", yes_is_supported: false, over: ["isEol", "isEol"], day: ["eolFrom", "eolFrom"] };
const EXTENDED: Names = Names {
    plain: "extendedSupport",
    yes_is_supported: true,
    over: ["isEoes", "isExtendedSupportOver"],
    day: ["eoesFrom", "extendedSupportUntil"],
};

struct Reader {
    report: Report,
    /// How many were read in all.
    releases: usize,
}

impl Reader {
    fn say(&mut self, code: &'static str, at: &str, message: &str) {
        self.report.add(Severity::Warning, code, || Place::Json(at.to_owned()), || message);
    }

    fn product(&mut self, product: &Map<String, Value>, at: &str) -> Option<Product> {
        let name = text_of(product.get("name"));
        let label = text_of(product.get("label"));
        let Some(label) = label.or_else(|| name.clone()) else {
            self.say("eol-no-name", at, "This product has no name; it was left out.");
            return None;
        };
        let mut aliases = Vec::new();
        if let Some(Value::Array(others)) = product.get("aliases") {
            aliases.extend(others.iter().take(MOST_ALIASES).filter_map(|other| text_of(Some(other))));
        }
        let key = if product.contains_key("releases") { "releases" } else { "cycles" };
        let releases = match product.get(key) {
            Some(Value::Array(releases)) => self.releases(releases, &format!("{at}/{key}")),
            _ => {
                self.say("eol-no-releases", at, "This product has no list of releases.");
                Vec::new()
            }
        };
        Some(Product { name: name.unwrap_or_else(|| label.clone()), label, aliases, releases })
    }

    fn releases(&mut self, releases: &[Value], at: &str) -> Vec<Release> {
        if releases.len() > MOST_RELEASES {
            self.say("eol-too-many", at, "Only the first 2,000 releases were read.");
        }
        let mut found = Vec::new();
        for (place, release) in releases.iter().take(MOST_RELEASES).enumerate() {
            let at = format!("{at}/{place}");
            match release {
                Value::Object(release) => found.extend(self.release(release, &at)),
                _ => self.say("eol-no-release", &at, "This is no release; it was left out."),
            }
        }
        found
    }

    fn release(&mut self, release: &Map<String, Value>, at: &str) -> Option<Release> {
        let Some(name) = text_of(release.get("name")).or_else(|| text_of(release.get("cycle"))) else {
            self.say("eol-no-name", at, "This release has no name; it was left out.");
            return None;
        };
        self.releases += 1;
        let label = text_of(release.get("label")).or_else(|| text_of(release.get("releaseLabel"))).unwrap_or_default();
        Some(Release {
            name,
            label,
            support_ends: self.end(release, &SUPPORT, at),
            security_ends: self.end(release, &SECURITY, at),
            extended_ends: self.end(release, &EXTENDED, at),
        })
    }

    /// A day wins over a yes or no; what is not there or null is not known.
    fn end(&mut self, release: &Map<String, Value>, names: &Names, at: &str) -> SupportEnd {
        let mut end = SupportEnd::Unknown;
        for (key, yes_is_over) in [
            (names.plain, !names.yes_is_supported),
            (names.over[0], true),
            (names.over[1], true),
            (names.day[0], true),
            (names.day[1], true),
        ] {
            let said = match release.get(key) {
                None | Some(Value::Null) => continue,
                Some(Value::Bool(yes)) => Some(*yes),
                Some(Value::String(text)) => match (text.trim(), parse_iso(text.trim())) {
                    (_, Some(date)) => return SupportEnd::On(date),
                    ("true", _) => Some(true),
                    ("false", _) => Some(false),
                    _ => None,
                },
                Some(_) => None,
            };
            match said {
                Some(yes) => end = if yes == yes_is_over { SupportEnd::Over } else { SupportEnd::NoDate },
                None => self.say(
                    "eol-unreadable-date",
                    &format!("{at}/{key}"),
                    "This is neither a day nor yes or no; it counts as not known.",
                ),
            }
        }
        end
    }
}

#[cfg(test)]
mod tests;
