//! Portolan's own file: JSON, one record a line, read with repair and written in one canonical form.
//!
//! Knows the document and its file, no screen. The form of each record is in `records`, the words of enumerations in
//! `names`, older versions in `migrate`; the published schema is `portolan-map.schema.json` beside this file and is
//! checked against what is written. What a reader does not understand is kept and written back.

mod cell;
mod fields;
mod lines;
mod migrate;
mod names;
mod range;
mod reader;
mod records;
mod salvage;
#[cfg(test)]
mod schema_check;
mod sections;
mod source;
mod writer;

pub use fields::{elements, in_words, Fields};
pub use lines::WrittenLines;
pub use migrate::MigrateError;
pub(crate) use names::Word;
pub use sections::{fields_of, set_fields};
pub(crate) use writer::value_text;

use serde_json::Value;

use crate::diag::{Place, Severity};
use crate::format::json::lines::Reuse;
use crate::format::json::migrate::{migrate, MIGRATIONS};
use crate::format::json::reader::{IdTable, Members, Reader};
use crate::format::json::sections::{put_document, take_document};
use crate::format::json::writer::{push_raw, push_string, Out};
use crate::format::repair::repair;
use crate::format::report::Report;
use crate::format::text::{decode, Encoding};
use crate::format::{FileInfo, FormatError, Imported, SyntaxReason, MAX_FILE_BYTES};
use crate::model::{Document, Extra};
use crate::order;

/// What the header's `format` says.
pub const FORMAT_NAME: &str = "portolan-map";
/// The version of the format that is written.
pub const CURRENT_VERSION: u32 = 1;
/// Brackets within brackets that a reader accepts.
pub const MAX_NESTING: usize = 64;

/// Saved states that a file remembers it comes from.
pub const MOST_ANCESTORS: usize = 24;

/// Members of the file in their order.
const HEADER_NAMES: &[&str] = &["format", "version", "generator", "saved_at", "lineage", "document", "view"];

/// The file's text: canonical order, defaults left out, one record a line, a line feed at the end.
pub fn write(document: &Document, file: &FileInfo) -> String {
    let mut out = Out::new();
    put_file(document, file, &mut out);
    out.text
}

/// The same text as [`write()`]; of records that have not changed since `before` was written here, the lines are
/// taken from there.
pub fn write_again(document: &Document, file: &FileInfo, before: &mut WrittenLines) -> String {
    let mut out = Out::new();
    out.text.reserve(before.len() + 1_024);
    out.reuse = Some(Reuse::of(before));
    put_file(document, file, &mut out);
    let Out { text, reuse, .. } = out;
    if let Some(now) = reuse.map(|reuse| reuse.finish(&text)) {
        *before = now;
    }
    text
}

fn put_file<'a>(document: &'a Document, file: &'a FileInfo, out: &mut Out<'a>) {
    out.text.push('{');
    let mut header = |name: &str, put: &dyn Fn(&mut String)| {
        out.line(1, |out| {
            out.key(name);
            put(&mut out.text);
            out.text.push(',');
        });
    };
    header("format", &|text| push_string(text, FORMAT_NAME));
    header("version", &|text| text.push_str(&file.newer_version.unwrap_or(CURRENT_VERSION).to_string()));
    header("generator", &|text| push_string(text, concat!("Portolan ", env!("CARGO_PKG_VERSION"))));
    if let Some(saved_at) = &file.saved_at {
        header("saved_at", &|text| push_string(text, saved_at));
    }
    if !file.lineage.is_empty() {
        header("lineage", &|text| {
            text.push('[');
            for (index, state) in file.lineage.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push_string(text, state);
            }
            text.push(']');
        });
    }
    out.line(1, |out| {
        out.key("document");
        out.text.push('{');
        put_document(document, out);
        out.close_on_line(1, "},");
    });
    if let Some(view) = &file.view {
        out.line(1, |out| {
            out.key("view");
            push_raw(&mut out.text, view);
            out.text.push(',');
        });
    }
    for (name, raw) in file.extra.iter().filter(|(name, _)| !HEADER_NAMES.contains(&name.as_str())) {
        out.line(1, |out| {
            out.key(name);
            push_raw(&mut out.text, raw);
            out.text.push(',');
        });
    }
    out.close_on_line(0, "}\n");
    #[cfg(test)]
    if file.newer_version.is_none() {
        schema_check::check_written(document, &out.text);
    }
}

/// Reads a file, repairing what can be repaired; what was repaired is in the diagnostics.
///
/// # Errors
/// [`FormatError`] when there is nothing to repair.
pub fn read(bytes: &[u8]) -> Result<Imported, FormatError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FormatError::TooLarge { bytes: bytes.len(), limit: MAX_FILE_BYTES });
    }
    let mut report = Report::default();
    let file = parse(bytes, &mut report)?;
    read_value(file, report)
}

/// The JSON value of the bytes, or as much of it as can be saved from a damaged file.
fn parse(bytes: &[u8], report: &mut Report) -> Result<Value, FormatError> {
    let (text, damaged) = match decode(bytes) {
        Ok((text, Encoding::Utf8 | Encoding::Utf16)) => (text, false),
        Err(FormatError::Empty) => return Err(FormatError::Empty),
        // Single damaged bytes, or zeros where a disk never wrote, are no reason to lose the rest; marks show where.
        _ => (String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}").into(), true),
    };
    match serde_json::from_str(&text) {
        Ok(value) => {
            if let Some(line) = too_deep(&text, MAX_NESTING) {
                return Err(FormatError::TooDeep { line, limit: MAX_NESTING });
            }
            let said_twice = colons(&text).saturating_sub(members_in(&value));
            if said_twice > 0 {
                report.add(
                    Severity::Warning,
                    "json-said-twice",
                    || Place::Whole,
                    || match said_twice {
                        1 => "One field stands twice in the same place; the last one counts.".to_owned(),
                        more => format!("{more} fields stand twice in the same place; the last one counts."),
                    },
                );
            }
            if damaged {
                report.add(
                    Severity::Warning,
                    "json-damaged-text",
                    || Place::Whole,
                    || "Some characters were damaged; each is shown as �.",
                );
            }
            Ok(value)
        }
        // The parser's own limit is higher than ours and keeps its recursion in bounds.
        Err(error) if error.to_string().starts_with("recursion limit") => {
            Err(FormatError::TooDeep { line: error.line(), limit: MAX_NESTING })
        }
        Err(error) => salvage::salvage(&text, report).ok_or_else(|| syntax_error(&error)),
    }
}

/// The JSON value of a file of somebody else: as it is or not at all.
pub(crate) fn parse_strictly(bytes: &[u8]) -> Result<Value, FormatError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FormatError::TooLarge { bytes: bytes.len(), limit: MAX_FILE_BYTES });
    }
    let (text, _) = decode(bytes)?;
    match serde_json::from_str(&text) {
        Ok(value) => match too_deep(&text, MAX_NESTING) {
            Some(line) => Err(FormatError::TooDeep { line, limit: MAX_NESTING }),
            None => Ok(value),
        },
        Err(error) if error.to_string().starts_with("recursion limit") => {
            Err(FormatError::TooDeep { line: error.line(), limit: MAX_NESTING })
        }
        Err(error) => Err(syntax_error(&error)),
    }
}

fn syntax_error(error: &serde_json::Error) -> FormatError {
    let reason = if error.is_eof() {
        SyntaxReason::EndsTooEarly
    } else {
        let text = error.to_string();
        SyntaxReason::Unexpected(text.split(" at line ").next().unwrap_or_default().to_owned())
    };
    FormatError::Syntax { line: error.line(), column: error.column(), reason }
}

/// Colons outside of texts: as many as there are members, those that the parser dropped because another one of the same
/// name followed included.
fn colons(text: &str) -> usize {
    let (mut count, mut quoted, mut escaped) = (0usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b':' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

fn members_in(value: &Value) -> usize {
    match value {
        Value::Array(elements) => elements.iter().map(members_in).sum(),
        Value::Object(members) => members.len() + members.values().map(members_in).sum::<usize>(),
        _ => 0,
    }
}

/// The line, from 1, on which brackets nest deeper than `limit`.
fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let (mut depth, mut line, mut quoted, mut escaped) = (0usize, 1, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' => line += 1,
            _ if quoted => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return Some(line);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn read_value(file: Value, mut report: Report) -> Result<Imported, FormatError> {
    let foreign = FormatError::NotThisFormat { looks_like: "a JSON file of another program" };
    let Value::Object(mut members) = file else { return Err(foreign) };
    if members.get("format").and_then(Value::as_str) != Some(FORMAT_NAME) {
        return Err(foreign);
    }
    let version = members.get("version").and_then(Value::as_u64).filter(|v| *v > 0);
    let version = version.map(|v| u32::try_from(v).unwrap_or(u32::MAX)).unwrap_or_else(|| {
        report.add(
            Severity::Warning,
            "json-no-version",
            || Place::Json("/version".to_owned()),
            || "The version of the format is missing; the present one was taken.",
        );
        CURRENT_VERSION
    });
    if version < CURRENT_VERSION {
        let migrated = migrate(Value::Object(members), version, CURRENT_VERSION, MIGRATIONS)
            .map_err(|(from, source)| FormatError::Migration { from, source })?;
        let Value::Object(brought_up) = migrated else { return Err(foreign) };
        members = brought_up;
    }
    let newer = version > CURRENT_VERSION;
    if newer {
        report.add(
            Severity::Notice,
            "json-newer-version",
            || Place::Json("/version".to_owned()),
            || "This file was made by a newer version; parts unknown here are kept and will be written back.",
        );
    }
    let body = match members.remove("document") {
        Some(Value::Object(body)) => body,
        other => {
            report.add(
                Severity::Error,
                "json-no-document",
                || Place::Json("/document".to_owned()),
                || match other {
                    None => "The file holds no document; an empty map was opened.",
                    Some(_) => "The document is not readable; an empty map was opened.",
                },
            );
            Members::new()
        }
    };
    let info = file_info(members, newer.then_some(version), &mut report);
    let mut document = take_document(body, &mut report)?;
    repair(&mut document, &mut report);
    Ok(Imported { document, diagnostics: report.finish(), newer_version: newer, file: info })
}

fn file_info(mut members: Members, newer_version: Option<u32>, report: &mut Report) -> FileInfo {
    let mut saved_at = None;
    let ids = IdTable::default();
    Reader::new(report, &ids, "").member(&mut members, "saved_at", &mut saved_at);
    let view = members.remove("view").map(|view| value_text(&view));
    let mut lineage = Vec::new();
    if let Some(Value::Array(states)) = members.remove("lineage") {
        for state in states.into_iter().take(MOST_ANCESTORS) {
            if let Value::String(state) = state {
                lineage.push(state);
            }
        }
    }
    let others = members.into_iter().filter(|(name, _)| !HEADER_NAMES.contains(&name.as_str()));
    let extra: Extra = order::map(others.map(|(name, value)| (name, value_text(&value))));
    FileInfo { newer_version, saved_at, view, lineage, extra }
}

#[cfg(test)]
mod tests;
