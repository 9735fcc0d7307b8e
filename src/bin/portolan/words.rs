//! The words of a command line: files and options. Knows no command.

use std::collections::BTreeMap;

use portolan::date::{days_after, parse_iso, Date};

use crate::files::{self, Opened};
use crate::Failure;

/// Options that take a value, and those that do not.
const WITH_VALUE: &[&str] = &[
    "-o",
    "--format",
    "--theme",
    "--scale",
    "--today",
    "--systems",
    "--draws",
    "--prefer",
    "--same",
    "--ours",
    "--theirs",
];
const WITHOUT_VALUE: &[&str] = &["--legend", "--risk"];
/// Options that may be given several times.
const REPEATED: &[&str] = &["--same", "--ours", "--theirs"];

/// The words behind a command.
pub(crate) struct Words {
    pub(crate) files: Vec<String>,
    options: BTreeMap<String, Vec<String>>,
}

impl Words {
    /// Reads the words; `known` are the options that the command has.
    pub(crate) fn parse(words: &[String], known: &[&str]) -> Result<Self, Failure> {
        let mut options: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut files = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let takes_value = WITH_VALUE.contains(&word.as_str());
            if word.starts_with('-') && word != "-" {
                let exists = takes_value || WITHOUT_VALUE.contains(&word.as_str());
                if !exists || !known.contains(&word.as_str()) {
                    return Err(Failure::Usage(format!("there is no option “{word}” here.")));
                }
                let values = options.entry(word.clone()).or_default();
                if !values.is_empty() && !REPEATED.contains(&word.as_str()) {
                    return Err(Failure::Usage(format!("{word} stands there twice.")));
                }
                let value = if takes_value {
                    words.next().ok_or_else(|| Failure::Usage(format!("{word} wants a value behind it.")))?.clone()
                } else {
                    String::new()
                };
                values.push(value);
            } else {
                files.push(word.clone());
            }
        }
        Ok(Self { files, options })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.options.contains_key(name)
    }

    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of an option that may be given several times.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.options.get(name).into_iter().flatten().map(String::as_str)
    }

    /// One of a few words; the first when the option is not there.
    pub(crate) fn one_of<'w>(&'w self, name: &str, words: &[&'w str]) -> Result<&'w str, Failure> {
        let first = words.first().copied().unwrap_or_default();
        let given = self.option(name).unwrap_or(first);
        if words.contains(&given) {
            Ok(given)
        } else {
            Err(Failure::Usage(format!("{name} is {}, not “{given}”.", words.join(" or "))))
        }
    }

    /// A number within a range; `usual` when the option is not there.
    pub(crate) fn number(&self, name: &str, usual: f64, low: f64, high: f64) -> Result<f64, Failure> {
        let Some(text) = self.option(name) else { return Ok(usual) };
        text.parse()
            .ok()
            .filter(|number| (low..=high).contains(number))
            .ok_or_else(|| Failure::Usage(format!("{name} wants a number from {low} to {high}, not “{text}”.")))
    }

    pub(crate) fn one_file(&self) -> Result<Opened, Failure> {
        match self.files.as_slice() {
            [file] => files::open(file),
            other => Err(Failure::Usage(format!("one file is wanted here, not {}.", other.len()))),
        }
    }

    #[allow(clippy::disallowed_methods, reason = "a program on the desktop has a clock; the core has none")]
    /// The day to reckon from: as given, else that of the machine's clock (in universal time).
    pub(crate) fn today(&self) -> Result<Date, Failure> {
        match self.option("--today") {
            Some(text) => parse_iso(text)
                .ok_or_else(|| Failure::Usage(format!("--today wants a day like 2026-03-04, not “{text}”."))),
            None => {
                let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                let days = now.map_or(0, |time| time.as_secs() / 86_400);
                Ok(Date::from_ymd_opt(1970, 1, 1).and_then(|day| days_after(day, days)).unwrap_or(Date::MIN))
            }
        }
    }
}
