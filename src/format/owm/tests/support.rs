//! Helpers of the tests: the corpus, and short ways of looking at a tree.

use std::path::PathBuf;

use proptest::prelude::*;

use crate::format::owm::*;

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
pub(super) fn scrambled() -> impl Strategy<Value = String> {
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
