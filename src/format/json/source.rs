//! The map text a document was opened from, in the file: line by line, so that a difference of two files shows the
//! lines that differ.
//!
//! Knows no map language. Lines are split at line feeds only and joined again with them, so every byte comes back.

use serde_json::Value;

use crate::format::json::cell::Cell;
use crate::format::json::reader::Reader;
use crate::format::json::sections::{record_of, section_of, ELEMENT_DEPTH, SECTION_DEPTH};
use crate::format::json::writer::{push_string, push_value, Out};
use crate::model::{SourceBinding, SourceLanguage, TextSource};

/// Members of the source in the file.
pub(super) const SOURCE_NAMES: &[&str] = &["language", "text", "bindings"];

impl Cell for TextSource {
    const BARE: bool = false;

    fn put<'a>(&'a self, out: &mut Out<'a>) {
        out.text.push('{');
        out.line(ELEMENT_DEPTH, |out| out.plain("language", &self.language));
        out.line(ELEMENT_DEPTH, |out| {
            out.key("text");
            out.text.push('[');
            for line in self.text.split('\n') {
                out.line(ELEMENT_DEPTH + 1, |out| push_string(&mut out.text, line));
                out.text.push(',');
            }
            out.close_on_line(ELEMENT_DEPTH, "],");
        });
        out.below("bindings", |out| {
            let left_over = out.left_over();
            if self.bindings.is_empty() && left_over.is_empty() {
                return out.line(ELEMENT_DEPTH, |out| out.kept_here("bindings"));
            }
            out.line(ELEMENT_DEPTH, |out| {
                out.key("bindings");
                out.text.push('[');
                for binding in &self.bindings {
                    let (section, id) = section_of(binding.record);
                    let id = if id.is_empty() { String::new() } else { format!(",\"{id}\"") };
                    let line = format!("[{},\"{section}\"{id}],", binding.statement);
                    out.line(ELEMENT_DEPTH + 1, |out| out.text.push_str(&line));
                }
                for value in left_over {
                    out.line(ELEMENT_DEPTH + 1, |out| push_value(&mut out.text, &value));
                    out.text.push(',');
                }
                out.close_on_line(ELEMENT_DEPTH, "],");
            });
        });
        out.line(ELEMENT_DEPTH, |out| out.kept_members(&[SOURCE_NAMES]));
        out.close_on_line(SECTION_DEPTH, "}");
    }

    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Object(members) = value else { return None };
        // Without language and text the whole is set aside, so look before taking.
        let language = SourceLanguage::take(members.get_mut("language")?, reader)?;
        let lines = members.get("text")?.as_array()?;
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            text.push_str(line.as_str()?);
        }
        members.remove("language");
        members.remove("text");
        let mut bindings = Vec::new();
        reader.section(members, "bindings", |elements, reader| bindings = reader.elements(elements, take_binding));
        reader.keep_rest(members);
        Some(Self { language, text, bindings })
    }
}

fn take_binding(value: &mut Value, reader: &mut Reader<'_>) -> Option<SourceBinding> {
    let Value::Array(parts) = value else { return None };
    let (statement, section, id) = match parts.as_mut_slice() {
        [statement, Value::String(section)] => (statement, section, &mut Value::Null),
        [statement, Value::String(section), id] => (statement, section, id),
        _ => return None,
    };
    let record = record_of(section, id, reader)?;
    let statement = u32::try_from(statement.as_u64()?).ok()?;
    Some(SourceBinding { statement, record })
}
