//! What is checked of a real file: it opens, no line of it is lost, its text comes back to the byte, an edit touches one
//! line, and what is written is read as the same document.
//!
//! Shared by `cargo xtask corpus` and the tests over real files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use portolan::compare::{compare, Corrections};
use portolan::diag::{Diagnostic, Place, Severity};
use portolan::format::owm::{Kind, Tree};
use portolan::format::text::decode;
use portolan::format::{json, mermaid, open, owm, FileInfo, NamedBytes};
use portolan::geom::Evolution;
use portolan::model::{violations, Document, SourceLanguage};
use portolan::scene::label_overlaps;

use super::overlap;

/// Most components for which names are placed; the pictures of larger estates are looked at in parts.
const MOST_DRAWN: usize = 1_000;

/// Answer to a question that does not arise for every file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    /// No, and the writer named what its format cannot say.
    Told,
    No,
    NotAsked,
}

impl Answer {
    fn of(yes: bool) -> Self {
        if yes {
            Self::Yes
        } else {
            Self::No
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Told => "told",
            Self::No => "NO",
            Self::NotAsked => "-",
        }
    }
}

/// Names that overlap another name or a symbol, in pairs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Overlaps {
    pub(crate) names: usize,
    pub(crate) before: usize,
    pub(crate) after: usize,
}

/// What was found out about one file.
pub(crate) struct Checked {
    pub(crate) name: String,
    pub(crate) components: usize,
    pub(crate) links: usize,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) time: Duration,
    /// Text saved without a change is the same to the byte.
    pub(crate) unchanged: Answer,
    /// Moving any one component changes its line and no other.
    pub(crate) one_line: Answer,
    /// What is written is read as the same document, in the file's own format and as JSON.
    pub(crate) reread: Answer,
    pub(crate) overlaps: Option<Overlaps>,
    /// What went wrong, in words.
    pub(crate) failures: Vec<String>,
}

/// Maps and graphs under a folder, sorted. Tables of dependencies come with their systems.
pub(crate) fn files_under(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_under(&path)?);
        } else if is_map(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_map(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let golden = name.starts_with("goldenmastermaptext");
    golden || [".owm", ".wm", ".mmd", ".map.json", ".nodes.csv"].iter().any(|ending| name.ends_with(ending))
}

/// Opens a file and holds it to everything that is promised.
pub(crate) fn check(path: &Path, shown: &str) -> Checked {
    let mut checked = Checked {
        name: shown.to_owned(),
        components: 0,
        links: 0,
        diagnostics: Vec::new(),
        time: Duration::ZERO,
        unchanged: Answer::NotAsked,
        one_line: Answer::NotAsked,
        reread: Answer::NotAsked,
        overlaps: None,
        failures: Vec::new(),
    };
    let edges = PathBuf::from(path.to_string_lossy().replace(".nodes.csv", ".edges.csv"));
    let paths = if edges != path && edges.is_file() { vec![path.to_owned(), edges] } else { vec![path.to_owned()] };
    let mut contents = Vec::new();
    for path in &paths {
        match std::fs::read(path) {
            Ok(bytes) => contents.push((path.to_string_lossy().into_owned(), bytes)),
            Err(error) => checked.failures.push(format!("{}: {error}", path.display())),
        }
    }
    let files: Vec<NamedBytes<'_>> = contents.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    let start = Instant::now();
    let opened = open(&files);
    checked.time = start.elapsed();
    let imported = match opened {
        Ok(imported) => imported,
        Err(error) => {
            checked.failures.push(error.sentence(shown));
            return checked;
        }
    };
    let document = &imported.document;
    checked.components = document.components.len();
    checked.links = document.links.len();
    let broken = violations(document);
    if !broken.is_empty() {
        checked.failures.push(format!("rules of the model are broken: {broken:?}"));
    }
    let is_owm = document.source.as_ref().is_some_and(|source| source.language == SourceLanguage::Owm);
    if let (true, Some((_, bytes))) = (is_owm, contents.first()) {
        if let Ok((text, _)) = decode(bytes) {
            map_text(&text, document, &imported.diagnostics, &mut checked);
        }
    } else if path.extension().is_some_and(|ending| ending == "mmd") {
        let written = mermaid::write(document);
        let told = !written.diagnostics.is_empty();
        reread(document, "as Mermaid", told, &|_| Some(mermaid::read(&written.text).document), &mut checked);
    }
    let as_json = |d: &Document| json::read(json::write(d, &FileInfo::default()).as_bytes()).ok().map(|i| i.document);
    reread(document, "as JSON", false, &as_json, &mut checked);
    if document.components.len() <= MOST_DRAWN {
        let scene = overlap::scene_of(document);
        let found = label_overlaps(&scene);
        checked.overlaps = Some(Overlaps {
            names: found.labels,
            before: overlap::as_left_by_the_author(document, &scene),
            after: found.label_label + found.label_node,
        });
    }
    checked.diagnostics = imported.diagnostics;
    checked
}

fn map_text(text: &str, document: &Document, diagnostics: &[Diagnostic], checked: &mut Checked) {
    checked.unchanged = Answer::of(owm::write(document).text == text);
    if checked.unchanged == Answer::No {
        checked.failures.push("the text saved without a change differs".to_owned());
    }
    lost_lines(text, document, diagnostics, checked);
    for id in document.components.keys() {
        let mut moved = document.clone();
        let Some(component) = moved.components.get_mut(id) else { continue };
        let component = Rc::make_mut(component);
        let to = if component.evolution == Some(Evolution::clamped(0.37)) { 0.38 } else { 0.37 };
        component.evolution = Some(Evolution::clamped(to));
        let name = component.name.clone();
        let written = owm::write(&moved).text;
        let (before, after): (Vec<&str>, Vec<&str>) = (text.split('\n').collect(), written.split('\n').collect());
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
        checked.one_line = Answer::of(before.len() == after.len() && changed == 1 && checked.one_line != Answer::No);
        if before.len() != after.len() || changed != 1 {
            checked.failures.push(format!("moving {name} changes {changed} lines"));
        }
        reread(&moved, "as text", false, &|_| Some(owm::read(&written).document), checked);
    }
}

/// Lines that made no record, are no comment and are named in no diagnostic.
fn lost_lines(text: &str, document: &Document, diagnostics: &[Diagnostic], checked: &mut Checked) {
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for diagnostic in diagnostics {
        if let Place::Text { line, .. } = diagnostic.place {
            told.insert(line);
        }
    }
    let mut bound: BTreeSet<u32> = BTreeSet::new();
    for binding in document.source.iter().flat_map(|source| &source.bindings) {
        bound.insert(binding.statement);
    }
    for (number, statement) in (0u32..).zip(Tree::parse(text).statements()) {
        let words = text.get(statement.span.range()).unwrap_or_default();
        let comment = matches!(statement.kind, Kind::Blank | Kind::Comment) || words.trim_start().starts_with("//");
        if !comment && !bound.contains(&number) && !told.contains(&statement.line) {
            checked.failures.push(format!("line {} is lost: {}", statement.line, words.trim()));
        }
    }
}

/// Holds what comes back from a format against the document; `told` when the writer named something it cannot say.
fn reread(
    document: &Document,
    how: &str,
    told: bool,
    back: &dyn Fn(&Document) -> Option<Document>,
    checked: &mut Checked,
) {
    let same = back(document).is_some_and(|again| {
        let plain = |document: &Document| Document { source: None, ..document.clone() };
        // Numbers of records may differ between formats; what they say may not.
        plain(document) == plain(&again) || compare(document, &again, &Corrections::default(), None).is_same()
    });
    checked.reread = match (same, told, checked.reread) {
        (_, _, Answer::No) | (false, false, _) => Answer::No,
        (_, _, Answer::Told) | (false, true, _) => Answer::Told,
        (true, _, _) => Answer::Yes,
    };
    if !same && !told {
        checked.failures.push(format!("{how} it is read as another document"));
    }
}

/// Diagnostics of all files by code: how much it matters, how many there are, in how many files.
pub(crate) fn by_code(all: &[Checked]) -> BTreeMap<&'static str, (Severity, usize, usize)> {
    let mut codes: BTreeMap<&'static str, (Severity, usize, usize)> = BTreeMap::new();
    for checked in all {
        let mut here = BTreeSet::new();
        for diagnostic in &checked.diagnostics {
            let entry = codes.entry(diagnostic.code).or_insert((diagnostic.severity, 0, 0));
            entry.0 = entry.0.max(diagnostic.severity);
            entry.1 += 1;
            entry.2 += usize::from(here.insert(diagnostic.code));
        }
    }
    codes
}
