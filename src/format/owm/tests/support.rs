//! Helpers of the tests: the corpus, and short ways of looking at a tree.

use std::path::PathBuf;

use proptest::prelude::{prop, prop_oneof, Strategy as Generator};

use crate::format::owm::*;
use crate::geom::Vector;
use crate::model::*;

/// Files of a corpus folder, name and text, sorted; empty with a message when there is no corpus.
pub(super) fn corpus(folder: &str) -> Vec<(String, String)> {
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
pub(super) fn owm_corpus() -> Vec<(String, String)> {
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
pub(super) fn scrambled() -> impl Generator<Value = String> {
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
pub(super) fn assert_same(expected: &Document, found: &Document, what: &str) {
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
    change(std::rc::Rc::make_mut(document.components.get_mut(&id).unwrap()));
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
            std::rc::Rc::make_mut(component).pipeline = None;
        }
    }
}
