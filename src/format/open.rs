//! Opens what somebody chose, dropped or pasted, whatever it is.
//!
//! Knows which reader reads what, and nothing of any format.

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::text::{decode, Encoding};
use crate::format::{csv, detect, html, json, mermaid, owm, picture, Detected, FormatError, Imported, MAX_FILE_BYTES};

/// A file's name and content.
#[derive(Debug, Clone, Copy)]
pub struct NamedBytes<'f> {
    /// Its name, with or without folders; may be empty for pasted text.
    pub name: &'f str,
    /// Its content.
    pub bytes: &'f [u8],
}

/// Opens one file of any readable format, or a table of systems together with a table of dependencies.
///
/// # Errors
/// [`FormatError`], which `sentence` turns into words.
pub fn open(files: &[NamedBytes<'_>]) -> Result<Imported, FormatError> {
    for file in files {
        if file.bytes.len() > MAX_FILE_BYTES {
            return Err(FormatError::TooLarge { bytes: file.bytes.len(), limit: MAX_FILE_BYTES });
        }
    }
    match files {
        [] => Err(FormatError::Empty),
        [file] => open_one(file),
        [a, b] => match (detect(a.name, a.bytes), detect(b.name, b.bytes)) {
            (Detected::NodesCsv, Detected::EdgesCsv) => open_tables(Some(a), Some(b)),
            (Detected::EdgesCsv, Detected::NodesCsv) => open_tables(Some(b), Some(a)),
            _ => Err(FormatError::SeveralFiles { count: 2 }),
        },
        more => Err(FormatError::SeveralFiles { count: more.len() }),
    }
}

fn open_one(file: &NamedBytes<'_>) -> Result<Imported, FormatError> {
    if file.bytes.is_empty() {
        return Err(FormatError::Empty);
    }
    let foreign = |looks_like| Err(FormatError::NotThisFormat { looks_like });
    match detect(file.name, file.bytes) {
        Detected::Json => json::read(file.bytes),
        Detected::NodesCsv => open_tables(Some(file), None),
        Detected::EdgesCsv => open_tables(None, Some(file)),
        Detected::Csv => Err(FormatError::NoColumns { missing: "“id” or “label”" }),
        Detected::Owm => read_map_text(file, owm::read),
        Detected::Mermaid => read_map_text(file, mermaid::read),
        Detected::Svg => {
            let found = decode(file.bytes).ok().and_then(|(text, _)| picture::svg::map_in(&text));
            picture::read_found(found, "a picture (SVG)")
        }
        Detected::Png => picture::read_found(picture::png::map_in(file.bytes), "a picture (PNG)"),
        Detected::Html => html::read(file.bytes),
        Detected::SupportDates => Err(FormatError::OnlySupportDates),
        Detected::Unknown(looks_like) => match decode(file.bytes) {
            Err(FormatError::Empty) => Err(FormatError::Empty),
            _ => foreign(looks_like),
        },
    }
}

fn open_tables(systems: Option<&NamedBytes<'_>>, links: Option<&NamedBytes<'_>>) -> Result<Imported, FormatError> {
    let text = |file: Option<&NamedBytes<'_>>| {
        file.map(|file| decode(file.bytes).map(|d| (d.0.into_owned(), d.1))).transpose()
    };
    let name = systems.or(links).map_or("", |file| file.name);
    let (systems, links) = (text(systems)?, text(links)?);
    let [system_text, link_text] = [&systems, &links].map(|read| read.as_ref().map(|(text, _)| text.as_str()));
    let mut imported = csv::read_tables(system_text, link_text, &title_of(name))?;
    for (_, encoding) in [systems, links].into_iter().flatten() {
        tell_encoding(encoding, &mut imported);
    }
    Ok(imported)
}

/// A map text in the language of OnlineWardleyMaps or of Mermaid.
fn read_map_text(file: &NamedBytes<'_>, read: fn(&str) -> Imported) -> Result<Imported, FormatError> {
    let (text, encoding) = decode(file.bytes)?;
    let mut imported = read(&text);
    tell_encoding(encoding, &mut imported);
    Ok(imported)
}

fn tell_encoding(encoding: Encoding, imported: &mut Imported) {
    if encoding == Encoding::Windows1252 {
        let message = "The file was read as Windows text (code page 1252); check letters with accents.";
        imported.diagnostics.push(Diagnostic::new(Severity::Notice, "text-code-page", Place::Whole, message));
    }
}

/// A title from a file's name: without folders, extensions and the words that tell the two tables apart.
pub fn title_of(name: &str) -> String {
    let mut stem = name.rsplit(['/', '\\']).next().unwrap_or_default();
    loop {
        let shorter = stem.rsplit_once(['.', '_', '-', ' ']).filter(|(_, last)| {
            let last = last.to_ascii_lowercase();
            matches!(last.as_str(), "csv" | "tsv" | "txt" | "tab" | "nodes" | "edges" | "systems" | "links")
        });
        match shorter {
            Some((rest, _)) => stem = rest,
            None => break,
        }
    }
    stem.split(['_', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
