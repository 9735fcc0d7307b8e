//! Reading inputs and writing outputs.

use std::path::Path;

use portolan::format::{self, Detected, Imported, NamedBytes};
use serde::Serialize;

use crate::Failure;

/// A file that was opened.
pub(crate) struct Opened {
    /// Its path as given.
    pub(crate) path: String,
    /// What it is.
    pub(crate) detected: Detected,
    /// What could be read of it.
    pub(crate) imported: Imported,
}

/// Opens a map, or a table of systems with its table of dependencies (`NAME.nodes.csv` finds `NAME.edges.csv`).
pub(crate) fn open(path: &str) -> Result<Opened, Failure> {
    let bytes = read(path)?;
    let beside = path.strip_suffix(".nodes.csv").map(|stem| format!("{stem}.edges.csv"));
    let edges = beside.filter(|p| Path::new(p).is_file());
    let edge_bytes = edges.as_deref().map(read).transpose()?;
    let mut files = vec![NamedBytes { name: path, bytes: &bytes }];
    if let (Some(name), Some(bytes)) = (edges.as_deref(), edge_bytes.as_deref()) {
        files.push(NamedBytes { name, bytes });
    }
    match format::open(&files) {
        Ok(imported) => Ok(Opened { path: path.to_owned(), detected: format::detect(path, &bytes), imported }),
        Err(error) => Err(Failure::Format(error.sentence(path))),
    }
}

pub(crate) fn read(path: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::File { path: path.to_owned(), source })
}

/// Writes a file, or to the standard output when there is no path.
pub(crate) fn write(path: Option<&str>, contents: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) => std::fs::write(path, contents).map_err(|source| Failure::File { path: path.to_owned(), source }),
        None => {
            use std::io::Write as _;
            let failed = |source| Failure::File { path: "standard output".to_owned(), source };
            std::io::stdout().write_all(contents).map_err(failed)
        }
    }
}

/// The letters behind the last point of a path, small.
pub(crate) fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// A report as JSON with a line feed at the end.
pub(crate) fn json_text(report: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(report).map_err(|error| Failure::Format(error.to_string()))?;
    text.push('\n');
    Ok(text)
}
