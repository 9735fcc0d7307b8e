//! The map inside the address of a page, behind the `#`: `#m=1.` and letters. What is behind a `#` stays in the browser.
//!
//! Version 1 is four bytes of check sum (Adler-32 of the text, high byte first) and the file's own text as raw deflate,
//! packed as if [`COMMON`] stood before it, in letters that need no escaping. `COMMON` may never change: another one is
//! another version. Knows no browser.

use std::rc::Rc;

use crate::format::packed::{check_sum, from_letters, pack_after, to_letters, unpack_after};
use crate::format::{json, FileInfo, FormatError, Imported};
use crate::model::{Component, Document, Inertia, Link, Settings};
use crate::order;

/// What the part behind the `#` begins with, whatever the version.
pub const PREFIX: &str = "m=";
/// Longest address that is offered, characters: mail and chat programs cut or refuse longer ones (Teams at 2,048, Windows
/// at 2,083).
pub const MOST_CHARACTERS: usize = 2_000;
/// Longest part behind the `#` that is read, characters.
const MOST_READ: usize = 200_000;
/// Most bytes that are unpacked.
const MOST_UNPACKED: usize = 4 << 20;

/// What nearly every file holds, the most frequent last.
const COMMON: &str = r#"
    "settings":{"title":"","size":[1600,900],"style":"wardley","evolution":{"stages":["Genesis","Custom-Built",["Product","(+rental)"],["Commodity","(+utility)"]],"boundaries":[0.175,0.4,0.7]},"value_chain":{"label":"Value Chain"}},
      {"id":"n0001","text":"","at":[0.5,0.5]},
    "notes":[
    "annotations":[
    "accelerators":[
      {"id":"a0001","kind":"town_planners","from":[0.6,0.1],"to":[0.95,0.5]}
    "attitudes":[
    "areas":[
      {"id":"a0001","name":"","members":["c0001","c0002"]}
    "pipelines":[
      {"id":"p0001","parent":"c0001","span":[0.25,0.7]}
,"facts":{"kind":"service","oversight":"managed","owner_business":"","owner_technical":"","supplier":"","users":,"likelihood":{"L1":3,"L2":3,"L3":3,"L4":3,"L5":3,"L6":3,"L7":3},"impact":{"C1":3,"C2":3,"C3":3,"C4":3,"C5":3,"C6":3}}},"description":"","symbol":"market","flow":"forward","context":"","strength":,"hidden":true
,"method":"build","method":"outsource","method":"buy","inertia":{},"kind":"submap","evolve":{"to":0.,"name":"","label_offset":[-
{
  "format":"portolan-map",
  "version":1,
  "generator":"Portolan 0.1.0",
  "document":{
    "settings":{"title":"
    },
    "components":[
      {"id":"c0001","name":"Patient","kind":"anchor","evolution":0.5,"visibility":0.95},
      {"id":"c0002","name":"System","evolution":0.35,"visibility":0.65,"label_offset":[10,-10]},
      {"id":"c0003","name":"Data","evolution":0.8,"visibility":0.25,"evolve":{"to":0.9}},
      {"id":"c0010","name":"","evolution":0.6,"visibility":0.4}
    ],
    "links":[
      {"id":"l0001","from":"c0001","to":"c0002"},
      {"id":"l0002","from":"c0002","to":"c0003"},
      {"id":"l0003","from":"c0002","to":"c0010"}
    ]
  }
}
"#;

/// The part of an address behind the `#` that holds the document, all of it.
pub fn write(document: &Document) -> String {
    of_bytes(json::write(document, &FileInfo::default()).as_bytes())
}

/// The part of an address with these bytes as the file.
pub(super) fn of_bytes(file: &[u8]) -> String {
    let mut bytes = check_sum(file).to_be_bytes().to_vec();
    bytes.extend_from_slice(&pack_after(COMMON.as_bytes(), file));
    format!("{PREFIX}1.{}", to_letters(&bytes))
}

/// The document from the part of an address behind the `#`, with or without the `#`.
///
/// # Errors
/// [`FormatError`] when it holds no map, is damaged, or was made by a newer version.
pub fn read(fragment: &str) -> Result<Imported, FormatError> {
    let damaged = FormatError::DamagedInside { looks_like: "a link" };
    let Some(rest) = fragment.strip_prefix('#').unwrap_or(fragment).strip_prefix(PREFIX) else { return Err(damaged) };
    if rest.len() > MOST_READ {
        return Err(FormatError::TooLarge { bytes: rest.len(), limit: MOST_READ });
    }
    let Some((version, letters)) = rest.split_once('.') else { return Err(damaged) };
    if version != "1" {
        let is_number = !version.is_empty() && version.len() < 6 && version.bytes().all(|b| b.is_ascii_digit());
        return Err(if is_number && version != "0" { FormatError::NewerLink } else { damaged });
    }
    let (bytes, _) = from_letters(letters);
    let Some((sum, packed)) = bytes.split_first_chunk::<4>() else { return Err(damaged) };
    let unpacked = unpack_after(COMMON.as_bytes(), packed, MOST_UNPACKED);
    // Half a map that looks like a whole one would be worse than none.
    if !unpacked.whole || check_sum(&unpacked.bytes) != u32::from_be_bytes(*sum) {
        return Err(damaged);
    }
    json::read(&unpacked.bytes)
}

/// The document without anything that people write for themselves: only what draws the map. No notes, remarks and
/// descriptions, no facts about systems and dependencies, no registers, and nothing that this version does not know.
pub fn drawing_only(document: &Document) -> Document {
    let settings = &document.settings;
    let settings = Settings {
        title: settings.title.clone(),
        as_of: settings.as_of,
        size: settings.size,
        evolution: settings.evolution.clone(),
        value_chain: settings.value_chain.clone(),
        style: settings.style.clone(),
        ..Settings::default()
    };
    let component = |c: &Component| Component {
        name: c.name.clone(),
        kind: c.kind.clone(),
        evolution: c.evolution,
        visibility: c.visibility,
        label_offset: c.label_offset,
        symbol: c.symbol,
        method: c.method,
        inertia: c.inertia.as_ref().map(|_| Inertia::default()),
        evolve: c.evolve.clone(),
        pipeline: c.pipeline,
        hidden: c.hidden,
        ..Component::default()
    };
    let link = |l: &Link| Link {
        from: l.from,
        to: l.to,
        kind: l.kind,
        context: l.context.clone(),
        flow_text: l.flow_text.clone(),
        ..Link::default()
    };

    let mut drawing = Document {
        settings: Rc::new(settings),
        components: order::map(document.components.iter().map(|(id, c)| (*id, Rc::new(component(c))))),
        links: order::map(document.links.iter().map(|(id, l)| (*id, Rc::new(link(l))))),
        pipelines: document.pipelines.clone(),
        attitudes: document.attitudes.clone(),
        accelerators: document.accelerators.clone(),
        areas: document.areas.clone(),
        ..Document::default()
    };
    for pipeline in drawing.pipelines.values_mut() {
        let pipeline = Rc::make_mut(pipeline);
        pipeline.extra.clear();
        pipeline.description.clear();
    }
    for attitude in drawing.attitudes.values_mut() {
        let attitude = Rc::make_mut(attitude);
        attitude.extra.clear();
        attitude.description.clear();
    }
    for accelerator in drawing.accelerators.values_mut() {
        let accelerator = Rc::make_mut(accelerator);
        accelerator.extra.clear();
        accelerator.description.clear();
    }
    for area in drawing.areas.values_mut() {
        let area = Rc::make_mut(area);
        area.extra.clear();
        area.description.clear();
    }
    drawing
}

#[cfg(test)]
mod tests;
