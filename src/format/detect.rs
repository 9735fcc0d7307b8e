//! What sort of file it is, from its name and its first bytes.
//!
//! Knows how formats begin, not how they go on. The content decides; the name only where the content leaves it open.

use std::borrow::Cow;

use crate::format::json::FORMAT_NAME;
use crate::format::text::decode;

/// A sort of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detected {
    /// Our own file.
    Json,
    /// OnlineWardleyMaps text.
    Owm,
    /// Mermaid `wardley-beta` text.
    Mermaid,
    /// A table with a row for each system.
    NodesCsv,
    /// A table with a row for each dependency.
    EdgesCsv,
    /// A table of something else.
    Csv,
    /// A picture that may hold a map.
    Svg,
    /// A picture that may hold a map.
    Png,
    /// A page that may hold a map.
    Html,
    /// End-of-support dates from endoflife.date, for an open map.
    SupportDates,
    /// Something else: what it looks like, with its article.
    Unknown(&'static str),
}

/// The sort of the file with this name (may be empty) and content.
pub fn detect(name: &str, bytes: &[u8]) -> Detected {
    if let Some(known) = by_first_bytes(bytes) {
        return known;
    }
    let start = bytes.trim_ascii_start();
    if start.starts_with(b"{") && has(start, FORMAT_NAME.as_bytes()) {
        // Even when it is so damaged that it is hardly text any more.
        return Detected::Json;
    }
    // The beginning is enough.
    let beginning = bytes.get(..64 << 10).unwrap_or(bytes);
    let text = match decode(beginning) {
        Ok((text, _)) => text,
        Err(_) => Cow::Borrowed(""),
    };
    let text = text.trim_start();
    if text.is_empty() {
        return Detected::Unknown(if bytes.is_empty() { "an empty file" } else { "a file that is not text" });
    }
    if text.starts_with(['{', '[']) {
        return by_json(text);
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    // Somebody called it a map text: pages with a map in them are found under this name too.
    if matches!(extension.as_str(), "owm" | "wm") {
        return Detected::Owm;
    }
    if text.starts_with('<') {
        return by_markup(text);
    }
    by_words(&extension, text)
}

/// Files whose first bytes say what they are.
const MAGIC: &[(&[u8], Detected)] = &[
    (b"\x89PNG\r\n\x1a\n", Detected::Png),
    (b"%PDF-", Detected::Unknown("a PDF document")),
    (b"\xd0\xcf\x11\xe0", Detected::Unknown("an old Word, Excel or PowerPoint document")),
    (b"\xff\xd8\xff", Detected::Unknown("a JPEG picture")),
    (b"GIF8", Detected::Unknown("a GIF picture")),
    (b"\x1f\x8b", Detected::Unknown("a compressed file")),
    (b"7z\xbc\xaf", Detected::Unknown("a 7-Zip archive")),
    (b"{\\rtf", Detected::Unknown("a rich text document")),
    (b"SQLite format 3", Detected::Unknown("a database")),
];

/// Whether the beginning holds these bytes.
fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.get(..8192).unwrap_or(bytes).windows(part.len()).any(|window| window == part)
}

fn by_first_bytes(bytes: &[u8]) -> Option<Detected> {
    if bytes.starts_with(b"PK\x03\x04") {
        let has = |part: &[u8]| has(bytes, part);
        return Some(Detected::Unknown(match () {
            () if has(b"word/") => "a Word document",
            () if has(b"xl/") => "an Excel workbook; save it as CSV first",
            () if has(b"ppt/") => "a PowerPoint presentation",
            () if has(b"visio/") => "a Visio drawing",
            () if has(b"opendocument") => "an OpenDocument file",
            () => "a ZIP archive",
        }));
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, detected)| *detected)
}

fn by_json(text: &str) -> Detected {
    let start: String = text.chars().take(4096).filter(|c| !c.is_whitespace()).collect();
    let has = |part: &str| start.contains(part);
    let of_release = ["isEol", "eolFrom", "releases", "cycles", "versionCommand", "identifiers"];
    match () {
        () if has(FORMAT_NAME) => Detected::Json,
        () if start.starts_with("[{") && has("\"cycle\":") && has("\"eol\":") => Detected::SupportDates,
        () if has("\"schema_version\":")
            && has("\"result\":")
            && of_release.iter().any(|key| has(&format!("\"{key}\":"))) =>
        {
            Detected::SupportDates
        }
        () if has("\"type\":\"excalidraw") => Detected::Unknown("an Excalidraw drawing"),
        () if has("tldrawFileFormatVersion") => Detected::Unknown("a tldraw drawing"),
        () if has("\"nodes\":") && has("\"edges\":") => Detected::Unknown("a graph of another program"),
        () => Detected::Unknown("a JSON file of another program"),
    }
}

fn by_markup(text: &str) -> Detected {
    let start: String = text.chars().take(2048).collect::<String>().to_ascii_lowercase();
    match () {
        () if start.contains("<mxfile") || start.contains("<mxgraphmodel") => Detected::Unknown("a draw.io drawing"),
        () if start.contains("<html") || start.contains("<!doctype html") => Detected::Html,
        () if start.contains("<svg") => Detected::Svg,
        () if start.contains("archimate") => Detected::Unknown("an ArchiMate model"),
        () => Detected::Unknown("an XML file of another program"),
    }
}

/// Names of map texts end like this.
const MAP_EXTENSIONS: &[&str] = &["owm", "wm", "wmap"];

/// First words of statements that only a map text has.
const MAP_WORDS: &[&str] = &[
    "component",
    "anchor",
    "evolve",
    "pipeline",
    "evolution",
    "annotation",
    "annotations",
    "submap",
    "market",
    "ecosystem",
    "pioneers",
    "settlers",
    "townplanners",
    "accelerator",
    "deaccelerator",
    "note",
    "style",
    "title",
    "buy",
    "build",
    "outsource",
    "y-axis",
    "x-axis",
    "size",
    "url",
];

fn by_words(extension: &str, text: &str) -> Detected {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let meaningful = || lines().filter(|line| !line.starts_with("%%") && !line.starts_with("//"));
    if meaningful().take(40).any(|line| line.starts_with("wardley-beta") || line.starts_with("wardley ")) {
        return Detected::Mermaid;
    }
    let other_diagram = ["graph ", "flowchart ", "sequenceDiagram", "classDiagram", "erDiagram", "mindmap"];
    if meaningful().next().is_some_and(|line| other_diagram.iter().any(|word| line.starts_with(word))) {
        return Detected::Unknown("a Mermaid diagram of another kind");
    }
    if MAP_EXTENSIONS.contains(&extension) {
        return Detected::Owm;
    }
    let table = crate::format::csv::kind_of_table(text);
    if let (Some(kind), true) = (table, matches!(extension, "csv" | "tsv" | "tab")) {
        return kind;
    }
    let is_statement = |line: &str| {
        line.contains("->")
            || line
                .split(|c: char| c.is_whitespace() || c == ':' || c == '(')
                .next()
                .is_some_and(|w| MAP_WORDS.contains(&w))
    };
    let (statements, all) =
        meaningful().take(400).fold((0, 0), |(some, all), line| (some + usize::from(is_statement(line)), all + 1));
    if statements * 3 >= all && statements > 0 && !matches!(table, Some(Detected::NodesCsv | Detected::EdgesCsv)) {
        return Detected::Owm;
    }
    match table {
        Some(kind) => kind,
        None => Detected::Unknown("a plain text without statements of a map"),
    }
}

#[cfg(test)]
mod tests;
