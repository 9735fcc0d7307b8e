//! The sections of the document in the file, in their order, and the ids of their records.
//!
//! Every record is one line. Ids that cannot be used get new ones before anything is read, so that references to them
//! follow.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use crate::diag::{Place, Severity};
use crate::format::json::cell::Cell;
use crate::format::json::fields::{self, Fields};
use crate::format::json::reader::{IdTable, Members, Reader};
use crate::format::json::records::{put_inside, take_inside, Record};
use crate::format::json::writer::{push_string, push_value, Out};
use crate::format::report::Report;
use crate::format::FormatError;
use crate::id::Id;
use crate::model::*;
use crate::order;

/// Steps of indentation of a section.
pub(super) const SECTION_DEPTH: usize = 2;
/// Steps of indentation of an element of a section.
pub(super) const ELEMENT_DEPTH: usize = 3;

/// A kind of record with a section of its own.
pub(super) trait Section: Record + 'static {
    /// Name of the section.
    const NAME: &'static str;
    /// First letter of new ids.
    const PREFIX: char;
    /// Most records of the kind.
    const LIMIT: usize;
    /// What happens to an id that could not be used.
    fn keep_old_id(&mut self, _old: &str) {}
}

impl<K: Section> Cell for Id<K> {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        push_string(&mut out.text, &self.to_string());
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        let text = value.as_str()?;
        Self::parse(text).ok().or_else(|| reader.ids.aliases.get(&(K::NAME, text.to_owned())).map(|id| id.cast()))
    }
}

/// Ids for the records of one section, in the order of the file.
#[derive(Default)]
struct SectionIds(Vec<Id<()>>);

fn assign_ids<K: Section>(elements: &[Value], table: &mut IdTable, report: &mut Report) -> SectionIds {
    let text_of = |value: &Value| value.get("id").and_then(Value::as_str).map(str::to_owned);
    let mut taken: BTreeSet<Id<()>> =
        order::set(elements.iter().filter_map(text_of).filter_map(|t| Id::parse(&t).ok()));
    let mut given = BTreeSet::new();
    let mut number = 0;
    let mut ids = Vec::with_capacity(elements.len());
    for (index, element) in elements.iter().enumerate() {
        let text = text_of(element);
        let usable = text.as_deref().and_then(|t| Id::<()>::parse(t).ok());
        if let Some(id) = usable.filter(|id| given.insert(*id)) {
            ids.push(id);
            continue;
        }
        let fresh = loop {
            number += 1;
            let id = Id::numbered(K::PREFIX, number);
            if taken.insert(id) {
                break id;
            }
        };
        ids.push(fresh);
        if !element.is_object() {
            continue;
        }
        let place = || Place::Json(format!("/document/{}/{index}", K::NAME));
        match &text {
            None => {
                report
                    .add(Severity::Warning, "json-no-id", place, || format!("A record had no id; it became {fresh}."));
            }
            Some(text) if usable.is_some() => report.add(Severity::Warning, "json-duplicate-id", place, || {
                format!("The id {text} was there twice; the second became {fresh}.")
            }),
            Some(text) => {
                table.aliases.entry((K::NAME, text.clone())).or_insert(fresh);
                report.add(Severity::Notice, "json-foreign-id", place, || {
                    let short: String = text.chars().take(60).collect();
                    format!("The id “{short}” is not one of this format; it became {fresh}.")
                });
            }
        }
    }
    SectionIds(ids)
}

fn take_section<K: Section>(elements: &mut [Value], ids: SectionIds, reader: &mut Reader<'_>) -> RecordMap<K> {
    let mut ids = ids.0.into_iter();
    let records = reader.elements(elements, |value, reader| {
        let id = ids.next().unwrap_or_default();
        let Value::Object(members) = value else { return None };
        let old = members.remove("id");
        let mut record: K = take_inside(members, reader);
        // An id that came through unchanged needs no second home.
        match old {
            Some(Value::String(old)) if old != id.to_string() => record.keep_old_id(&old),
            _ => {}
        }
        Some((id.cast(), Rc::new(record)))
    });
    order::map(records)
}

fn put_section<'a, K: Section>(records: &'a RecordMap<K>, out: &mut Out<'a>) {
    let section = |out: &mut Out<'a>| {
        let left_over = out.left_over();
        if records.is_empty() && left_over.is_empty() {
            return out.kept_here(K::NAME);
        }
        out.key(K::NAME);
        out.text.push('[');
        if let Some(reuse) = &mut out.reuse {
            reuse.begin_section();
        }
        for (id, record) in records {
            let start = out.text.len();
            let shared = out.reuse.is_some().then(|| Rc::clone(record) as Rc<dyn Any>);
            let before = out.reuse.as_mut().zip(shared.as_ref()).and_then(|(reuse, it)| reuse.line(id.cast(), it));
            match before {
                Some(line) => {
                    out.text.push_str(line);
                    out.text.push(',');
                }
                None => put_line(*id, record, out),
            }
            if let (Some(reuse), Some(shared)) = (&mut out.reuse, shared) {
                // Without the comma: that of the last line goes.
                reuse.remember(id.cast(), shared, start, out.text.len().saturating_sub(1));
            }
        }
        for value in left_over {
            out.line(ELEMENT_DEPTH, |out| push_value(&mut out.text, &value));
            out.text.push(',');
        }
        out.close_on_line(SECTION_DEPTH, "],");
    };
    out.line(SECTION_DEPTH, |out| out.below(K::NAME, section));
}

/// One record on a line of its own.
fn put_line<'a, K: Section>(id: Id<K>, record: &'a Rc<K>, out: &mut Out<'a>) {
    out.line(ELEMENT_DEPTH, |out| {
        out.object(|out| {
            out.key("id");
            push_string(&mut out.text, &id.to_string());
            out.text.push(',');
            put_inside(record.as_ref(), &["id"], out);
        });
        out.text.push(',');
    });
}

macro_rules! sections {
    ($($field:ident $kind:ident $variant:ident $prefix:literal $limit:expr $(, $keep:expr)?;)*) => {
        $(
            impl Section for $kind {
                const NAME: &'static str = stringify!($field);
                const PREFIX: char = $prefix;
                const LIMIT: usize = $limit;
                $(fn keep_old_id(&mut self, old: &str) {
                    let keep: fn(&mut Self, &str) = $keep;
                    keep(self, old);
                })?
            }
        )*

        /// Names of the sections in their order.
        pub(super) const SECTION_NAMES: &[&str] = &[$(stringify!($field)),*];

        /// Gives every record its id.
        ///
        /// # Errors
        /// [`FormatError::TooMany`].
        fn all_ids(document: &Members, table: &mut IdTable, report: &mut Report) -> Result<Vec<SectionIds>, FormatError> {
            let mut all = Vec::new();
            $(
                let elements = document.get($kind::NAME).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                if elements.len() > $kind::LIMIT {
                    return Err(FormatError::TooMany { what: $kind::NAME, count: elements.len(), limit: $kind::LIMIT });
                }
                all.push(assign_ids::<$kind>(elements, table, report));
            )*
            Ok(all)
        }

        fn take_sections(members: &mut Members, ids: Vec<SectionIds>, document: &mut Document, reader: &mut Reader<'_>) {
            let mut ids = ids.into_iter();
            $(
                let own = ids.next().unwrap_or_default();
                reader.section(members, $kind::NAME, |elements, reader| {
                    document.$field = take_section(elements, own, reader);
                });
            )*
        }

        /// Whether anything of a newer version is kept anywhere in the document.
        #[cfg(test)]
        pub(super) fn keeps_anything(document: &Document) -> bool {
            let mut facts = document.components.values().filter_map(|component| component.facts.as_deref());
            !document.extra.is_empty() || !document.settings.extra.is_empty()
                || facts.any(|facts| !facts.extra.is_empty())
                $(|| document.$field.values().any(|record| record.extra().is_some_and(|extra| !extra.is_empty())))*
        }

        fn put_sections<'a>(document: &'a Document, out: &mut Out<'a>) {
            $(put_section(&document.$field, out);)*
        }

        /// The fields of a record; empty when it is not there. The text source has none.
        pub fn fields_of(document: &Document, record: AnyRecordId) -> Fields {
            match record {
                AnyRecordId::Settings => fields::of_record(&*document.settings),
                AnyRecordId::Source => Fields::new(),
                $(AnyRecordId::$variant(id) => {
                    document.$field.get(&id).map_or_else(Fields::new, |record| fields::of_record(&**record))
                })*
            }
        }

        /// Puts a record with these fields into the document. References in it are taken as they stand.
        pub fn set_fields(document: &mut Document, record: AnyRecordId, fields: &Fields) {
            match record {
                AnyRecordId::Settings => document.settings = Rc::new(fields::to_record(fields)),
                AnyRecordId::Source => {}
                $(AnyRecordId::$variant(id) => {
                    document.$field.insert(id, Rc::new(fields::to_record(fields)));
                })*
            }
        }

        /// The section and the id of a record other than settings and source.
        pub(super) fn section_of(record: AnyRecordId) -> (&'static str, String) {
            match record {
                AnyRecordId::Settings => ("settings", String::new()),
                AnyRecordId::Source => ("source", String::new()),
                $(AnyRecordId::$variant(id) => ($kind::NAME, id.to_string()),)*
            }
        }

        /// The record of this section and id.
        pub(super) fn record_of(section: &str, id: &mut Value, reader: &mut Reader<'_>) -> Option<AnyRecordId> {
            match section {
                "settings" => Some(AnyRecordId::Settings),
                "source" => Some(AnyRecordId::Source),
                $(stringify!($field) => Cell::take(id, reader).map(AnyRecordId::$variant),)*
                _ => None,
            }
        }
    };
}

sections! {
    components Component Component 'c' MAX_COMPONENTS, |component, old| {
        component.external_id.get_or_insert_with(|| old.to_owned());
    };
    links Link Link 'l' MAX_LINKS;
    pipelines Pipeline Pipeline 'p' MAX_COMPONENTS;
    notes Note Note 'n' MAX_COMPONENTS;
    annotations Annotation Annotation 'n' MAX_COMPONENTS;
    attitudes Attitude Attitude 'a' MAX_COMPONENTS;
    accelerators Accelerator Accelerator 'a' MAX_COMPONENTS;
    areas Area Area 'a' MAX_COMPONENTS;
    pathways Pathway Pathway 'w' MAX_COMPONENTS;
    contracts Contract Contract 'k' MAX_COMPONENTS;
    knowledge KnowledgeHolding Knowledge 'h' MAX_LINKS;
    risks Risk Risk 'r' MAX_COMPONENTS;
    redundancy_groups RedundancyGroup RedundancyGroup 'g' MAX_COMPONENTS;
    lifecycles Lifecycle Lifecycle 'y' MAX_COMPONENTS;
    judgements Judgement Judgement 'j' MAX_LINKS;
}

/// Reads the document; nothing is checked between records yet.
///
/// # Errors
/// [`FormatError::TooMany`].
pub(super) fn take_document(mut members: Members, report: &mut Report) -> Result<Document, FormatError> {
    let mut table = IdTable { aliases: BTreeMap::new() };
    let ids = all_ids(&members, &mut table, report)?;
    let mut document = Document::new();
    let mut reader = Reader::new(report, &table, "/document");
    let kept = reader.record(|reader| {
        let mut settings = Rc::new(Settings::default());
        reader.member(&mut members, "settings", &mut settings);
        document.settings = settings;
        reader.member(&mut members, "source", &mut document.source);
        take_sections(&mut members, ids, &mut document, reader);
        reader.keep_rest(&mut members);
    });
    document.extra = kept;
    Ok(document)
}

/// Appends the members of the document, each section and each of its records on a line of its own.
pub(super) fn put_document<'a>(document: &'a Document, out: &mut Out<'a>) {
    out.with_kept(&document.extra, |out| {
        out.line(SECTION_DEPTH, |out| out.member("settings", &document.settings, &Rc::default(), false));
        out.line(SECTION_DEPTH, |out| out.member("source", &document.source, &None, false));
        put_sections(document, out);
        for (name, raw) in out.kept_names(&[&["settings", "source"], SECTION_NAMES]) {
            out.line(SECTION_DEPTH, |out| out.section_as_it_came(&name, raw));
        }
    });
}
