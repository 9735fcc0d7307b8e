//! Helpers of the tests: the corpus, and short ways of looking at a tree.

use std::path::PathBuf;
use std::rc::Rc;

use proptest::prelude::{any, prop, prop_oneof, ProptestConfig, Strategy as Generator};

use crate::format::owm::*;
use crate::geom::{Evolution, Point, Vector, Visibility};
use crate::id::Id;
use crate::model::*;

/// Failing inputs are printed, not kept in files. `PROPTEST_CASES` asks for more cases than the daily few.
pub(in crate::format) fn quiet() -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { usual.cases } else { 100 };
    ProptestConfig { cases, ..usual }
}

/// Files of a corpus folder, name and text, sorted; empty with a message when there is no corpus.
pub(in crate::format) fn corpus(folder: &str) -> Vec<(String, String)> {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        eprintln!("PORTOLAN_CORPUS is not set: tests over real files are skipped");
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(PathBuf::from(root).join(folder)).expect("corpus folder") {
        let path = entry.expect("entry").path();
        if path.extension().is_some_and(|e| e == "owm" || e == "mmd") {
            let text = String::from_utf8_lossy(&std::fs::read(&path).expect("file")).into_owned();
            files.push((path.file_name().expect("name").to_string_lossy().into_owned(), text));
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no files in {folder}");
    files
}

/// All OWM texts of the corpus.
pub(in crate::format) fn owm_corpus() -> Vec<(String, String)> {
    let mut files = corpus("owm");
    files.extend(corpus("owm/history"));
    files
}

/// The first statement's parts as `Role=text` with the text as written.
pub(super) fn parts_of_line(line: &str) -> String {
    let tree = Tree::parse(line);
    let statement = &tree.statements()[0];
    let parts: Vec<String> =
        tree.parts(statement).iter().map(|p| format!("{:?}={}", p.role, &line[p.span.range()])).collect();
    format!("{:?}: {}", statement.kind, parts.join(" "))
}

/// Pieces that maps are made of, thrown together.
pub(in crate::format) fn scrambled() -> impl Generator<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "component ",
            "Component\t",
            "anchor ",
            "pipeline ",
            "{",
            "}",
            "\n",
            "\r\n",
            "\r",
            "[0.1, 0.2]",
            " [",
            "]",
            "\"",
            "\\",
            "//",
            "/*",
            "*/",
            "->",
            "+'",
            "'>",
            "+<>",
            "label ",
            "label [3, -4]",
            "inertia",
            "(buy)",
            "(",
            "evolve ",
            " 0.8",
            "; ",
            "url(",
            "note ",
            "annotation 1 ",
            "title ",
            "http://",
            "é",
            "Tea ",
            "market",
            "[[",
            ", ",
            "--hide",
            "evolution ",
            "'",
            "%%",
            "wardley-beta\n",
            "---\n",
            "\u{feff}",
            "\u{a0}",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// What a document says, without ids and in no order: for comparing documents that were read apart.
pub(super) fn essence(document: &Document) -> Vec<String> {
    let name = |id: &ComponentId| document.components.get(id).map_or("?", |c| c.name.as_str());
    let mut said = vec![format!("{:?}", Settings { risk: Default::default(), ..Settings::clone(&document.settings) })];
    for component in document.components.values() {
        let parent = component.pipeline.and_then(|p| document.pipelines.get(&p)).map(|p| name(&p.parent));
        // A file says -16.74000000000001 and gets -16.74 back.
        let round = |n: f64| (n * 1e6).round() / 1e6;
        let label_offset = component.label_offset.map(|v| Vector::new(round(v.x), round(v.y)));
        said.push(format!(
            "{parent:?} {:?}",
            Component { pipeline: None, label_offset, ..Component::clone(component) }
        ));
    }
    for link in document.links.values() {
        let plain = Link { from: Default::default(), to: Default::default(), ..Link::clone(link) };
        said.push(format!("{:?} -> {:?} {plain:?}", name(&link.from), name(&link.to)));
    }
    said.extend(document.pipelines.values().map(|p| format!("pipeline {:?} {:?}", name(&p.parent), p.span)));
    said.extend(document.notes.values().map(|r| format!("{r:?}")));
    said.extend(document.annotations.values().map(|r| format!("{r:?}")));
    said.extend(document.attitudes.values().map(|r| format!("{r:?}")));
    said.extend(document.accelerators.values().map(|r| format!("{r:?}")));
    said.sort();
    said
}

/// Two documents say the same.
pub(in crate::format) fn assert_same(expected: &Document, found: &Document, what: &str) {
    let (expected, found) = (essence(expected), essence(found));
    assert!(expected == found, "{what}\n{}", difference(&expected.join("\n"), &found.join("\n")));
}

/// Lines that differ, `-` before and `+` after, in order.
pub(super) fn difference(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // Longest common subsequence; the tests' texts are short.
    let mut length = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i][j] =
                if old[i] == new[j] { length[i + 1][j + 1] + 1 } else { length[i + 1][j].max(length[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || length[i + 1][j] >= length[i][j + 1]) {
            lines.push(format!("-{}", old[i]));
            i += 1;
        } else {
            lines.push(format!("+{}", new[j]));
            j += 1;
        }
    }
    lines.join("\n")
}

/// The document read from `text` and changed by `change`, as the text it is written as.
pub(super) fn edited(text: &str, change: impl FnOnce(&mut Document)) -> String {
    let mut document = read(text).document;
    change(&mut document);
    assert_eq!(violations(&document), []);
    let written = write(&document);
    let again = read(&written.text);
    let bound: Vec<u32> = written.bindings.iter().map(|b| b.statement).collect();
    let bound_again: Vec<u32> = again.document.source.as_ref().unwrap().bindings.iter().map(|b| b.statement).collect();
    assert_eq!(bound, bound_again, "bindings of the written text are those of reading it");
    written.text
}

/// Changes the component of this name.
pub(super) fn change(document: &mut Document, name: &str, change: impl FnOnce(&mut Component)) {
    let (id, _) = document.component_named(name).unwrap_or_else(|| panic!("no {name}"));
    change(Rc::make_mut(document.components.get_mut(&id).unwrap()));
}

/// Takes the component of this name out, with its links.
pub(super) fn delete(document: &mut Document, name: &str) {
    let (id, _) = document.component_named(name).unwrap_or_else(|| panic!("no {name}"));
    document.components.remove(&id);
    document.links.retain(|_, l| l.from != id && l.to != id);
    let gone: Vec<PipelineId> = document.pipelines.iter().filter(|(_, p)| p.parent == id).map(|(i, _)| *i).collect();
    document.pipelines.retain(|i, _| !gone.contains(i));
    for component in document.components.values_mut() {
        if component.pipeline.is_some_and(|p| gone.contains(&p)) {
            Rc::make_mut(component).pipeline = None;
        }
    }
}

/// Short real maps, and a made-up one with everything.
pub(super) fn texts() -> Vec<String> {
    let mut texts: Vec<String> = owm_corpus().into_iter().map(|(_, text)| text).filter(|t| t.len() < 4_000).collect();
    texts.push(
        "title T\ncomponent A [0.5, 0.5]\npipeline A\n{\n  component B [0.3]\n  // component H [0.4]\n}\nA->B; x\nevolve A->N 0.8 label [1, 2]\n\
         anchor U [0.9, 0.9] (buy)\nU+'y'<>A\nU->A->B\nnote n [0.1, 0.2]\nannotation 1 [[0.1,0.2],[0.3,0.4]] t\nbuild A\n\
         pioneers [0.9, 0.1, 0.8, 0.2]\naccelerator acc [0.1, 0.1]\nsubmap S [0.3, 0.3] url(k)\nurl k [https://x.org]\n\
         // component A [0.1, 0.1]\ncomponent A [0.2, 0.3]\nA->A\nU->Ghost\nstyle dark\nsize [900, 600]"
            .to_owned(),
    );
    texts
}

/// An edit of a text: what to do, where, how much, and with what.
pub(super) type TextEdit = (u8, prop::sample::Index, usize, String);

pub(super) fn text_edits() -> impl Generator<Value = Vec<TextEdit>> {
    let piece = prop_oneof![
        "[\\PC\n\"\\[\\]/*{}>+-]{0,4}",
        prop::sample::select(vec![
            "A->B",
            "component A [0.1, 0.2]",
            "// ",
            "Kettle",
            "{",
            "}",
            "pipeline A",
            "0.7",
            " (buy)"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((0u8..6, any::<prop::sample::Index>(), 0usize..12, piece), 1..8)
}

pub(super) fn with_edits(text: &str, edits: &[TextEdit]) -> String {
    let mut text = text.to_owned();
    for (what, at, length, piece) in edits {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let line = at.index(lines.len() + 1);
        match what {
            0 if line < lines.len() => {
                lines.remove(line);
            }
            1 if line < lines.len() => lines.push(lines[line].clone()),
            2 if line < lines.len() => {
                let moved = lines.remove(line);
                lines.insert(length % (lines.len() + 1), moved);
            }
            3 => lines.insert(line, format!("{piece}\n")),
            _ => {
                let mut bytes = lines.concat().into_bytes();
                let at = at.index(bytes.len() + 1);
                let end = (at + length).min(bytes.len());
                bytes.splice(at..end, piece.clone().into_bytes());
                lines = vec![String::from_utf8_lossy(&bytes).into_owned()];
            }
        }
        text = lines.concat();
    }
    text
}

/// A map with random edits.
pub(super) fn mutated() -> impl Generator<Value = String> {
    (prop::sample::select(texts()), text_edits()).prop_map(|(text, edits)| with_edits(&text, &edits))
}

/// A change of a document: what, which record, and a number for it.
pub(super) type Change = (u8, prop::sample::Index, f64);

pub(super) fn changes() -> impl Generator<Value = Vec<Change>> {
    prop::collection::vec((0u8..16, any::<prop::sample::Index>(), 0.0..1.0f64), 0..6)
}

/// Changes made as the map's editor makes them; some have no words in the text.
pub(super) fn with_changes(document: &mut Document, changes: &[Change]) {
    for (number, (what, which, value)) in changes.iter().enumerate() {
        let ids: Vec<ComponentId> = document.components.keys().copied().collect();
        if ids.is_empty() {
            return;
        }
        let id = ids[which.index(ids.len())];
        let other = ids[(which.index(ids.len()) + 1) % ids.len()];
        let fresh = 9_000 + number as u64;
        let component = Rc::make_mut(document.components.get_mut(&id).unwrap());
        match what {
            0 => component.evolution = Some(Evolution::clamped(*value)),
            1 => component.visibility = Some(Visibility::clamped((value * 100.0).round() / 100.0)),
            2 => component.name = format!("New name {number}"),
            3 => component.name = "A".to_owned(),
            4 => component.label_offset = Some(Vector::new(value * 90.0, -9.0)),
            5 => component.facts = Some(Rc::new(SystemFacts::default())),
            6 => component.hidden = !component.hidden,
            7 => component.method = Some(Method::Buy),
            8 => component.visibility = None,
            9 => {
                let to = Evolution::clamped(*value);
                component.evolve = Some(Evolve { to, name: Some("It [2.0] // x".to_owned()), label_offset: None });
            }
            10 => component.kind = if component.is_anchor() { ComponentKind::Submap } else { ComponentKind::Anchor },
            11 => {
                let name = component.name.clone();
                delete(document, &name);
            }
            12 => {
                let new = Component { description: "x".to_owned(), ..Component::named(format!("note; {number} 1.5")) };
                document.components.insert(Id::numbered('c', fresh), Rc::new(new.at(Point::new(*value, 0.5))));
            }
            13 if id != other => {
                document.links.insert(Id::numbered('l', fresh), Rc::new(Link::need(id, other)));
            }
            14 => {
                let note =
                    Note { text: "a \"b\" // [c]".to_owned(), at: Point::new(*value, *value), ..Note::default() };
                document.notes.insert(Id::numbered('n', fresh), Rc::new(note));
            }
            _ => {
                let at = which.index(document.links.len() + 1);
                if let Some(link) = document.links.keys().nth(at).copied() {
                    document.links.remove(&link);
                }
            }
        }
    }
}
