//! `portolan convert`: the same map in another format.

use portolan::diag::Diagnostic;
use portolan::format::{csv, json, mermaid, owm, FileInfo};
use portolan::model::Document;

use crate::commands::check::text_line;
use crate::files::{self, ending, Opened};
use crate::words::Words;
use crate::{Failure, Outcome};

/// The document as text in the format that the path's ending names, and what the format cannot say.
pub(crate) fn written(document: &Document, file: &FileInfo, path: &str) -> Result<(String, Vec<Diagnostic>), Failure> {
    Ok(match ending(path).as_str() {
        "json" => (json::write(document, file), Vec::new()),
        "owm" | "wm" | "txt" => {
            let written = owm::write(document);
            (written.text, written.diagnostics)
        }
        "mmd" | "mermaid" => {
            let written = mermaid::write(document);
            (written.text, written.diagnostics)
        }
        "csv" => (csv::write_systems(document), Vec::new()),
        other => {
            return Err(Failure::Usage(format!(
                "there is no writer for “.{other}”: .json, .owm, .wm, .txt, .mmd, .csv."
            )))
        }
    })
}

pub(crate) fn convert(words: &Words) -> Result<Outcome, Failure> {
    let Opened { path, imported, .. } = words.one_file()?;
    let out =
        words.option("-o").ok_or_else(|| Failure::Usage("-o OUT says where to and in which format.".to_owned()))?;
    let (text, lost) = written(&imported.document, &imported.file, out)?;
    files::write(Some(out), text.as_bytes())?;
    for diagnostic in &lost {
        eprint!("{}", text_line(&path, diagnostic));
    }
    Ok(if lost.is_empty() { Outcome::Fine } else { Outcome::Findings })
}
