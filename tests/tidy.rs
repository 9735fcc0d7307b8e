//! Checks of the source itself: layer rules, module headings, names that may not appear where.
//!
//! Each finding names file, line and rule. The compiler checks the rest: without the feature `web` no browser crate
//! is there at all.

#![allow(clippy::unwrap_used, reason = "a check that cannot read the source must fail")]

use std::path::{Path, PathBuf};

/// What each layer may use of the crate. A file's layer is its first folder or file under `src`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("geom", &["geom"]),
    ("id", &["id"]),
    ("date", &["date"]),
    ("diag", &["diag"]),
    ("known", &["known", "date"]),
    ("order", &["order"]),
    ("model", &["model", "order", "geom", "id", "date", "known"]),
    ("edit", &["edit", "order", "model", "geom", "id", "date", "known"]),
    ("analysis", &["analysis", "order", "model", "geom", "id", "date", "known", "diag"]),
    ("format", &["format", "order", "model", "geom", "id", "date", "known", "diag"]),
    ("compare", &["compare", "order", "format", "analysis", "model", "geom", "id", "date", "known", "diag"]),
    ("layout", &["layout", "order", "geom"]),
    ("scene", &["scene", "layout", "order", "model", "geom", "id", "date", "known"]),
    ("render", &["render", "scene", "model", "geom", "id"]),
    (
        "app",
        &[
            "app", "order", "compare", "render", "scene", "layout", "format", "analysis", "edit", "model", "geom",
            "id", "date", "known", "diag",
        ],
    ),
    ("platform", &["platform", "order", "app", "geom", "date", "id", "model"]),
    (
        "ui",
        &[
            "ui", "order", "platform", "app", "compare", "render", "scene", "analysis", "format", "edit", "model",
            "geom", "id", "date", "known", "diag",
        ],
    ),
];

/// Names of the browser's world, which the core must not know.
const BROWSER: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "gloo", "yew"];
/// What the core must not do: read a clock, a file, print, or start threads.
const OUTSIDE: &[&str] =
    &["std::fs", "std::net", "std::thread", "std::env", "SystemTime", "Instant::now", "println!", "eprintln!"];
/// Layers that may know the browser.
const SHELL: &[&str] = &["platform", "ui", "main.rs"];
/// The only files with colours.
const COLOR_FILES: &[&str] = &["src/scene/style.rs", "styles/tokens.css"];
/// Longest file of code, lines.
const MOST_LINES: usize = 800;

fn files_under(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_under(&path, ending, into);
        } else if path.extension().is_some_and(|e| e == ending) {
            into.push(path);
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Each source file with its path from the root and its text.
fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    files_under(&root().join(folder), ending, &mut files);
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn layer_of(file: &str) -> &str {
    let below = file.strip_prefix("src/").unwrap_or(file);
    let first = below.split('/').next().unwrap_or(below);
    if first == "main.rs" || first == "lib.rs" {
        first
    } else {
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

fn is_test_file(file: &str) -> bool {
    file.ends_with("/tests.rs")
        || file.contains("/tests/")
        || file.ends_with("/arbitrary.rs")
        || file.ends_with("/testing.rs")
}

/// Code lines with their numbers: comments left out, and everything from an inline test module on.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line))
        .take_while(|(_, line)| line.trim() != "mod tests {")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn report(findings: &[String]) {
    assert!(findings.is_empty(), "{} finding(s):\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn layers_use_only_what_lies_below() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs") {
        let layer = layer_of(&file);
        if is_test_file(&file) || matches!(layer, "main.rs" | "lib.rs" | "bin") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == layer) else {
            findings.push(format!("{file}: the layer {layer:?} is not in the table of tests/tidy.rs"));
            continue;
        };
        for (number, line) in code_lines(&text) {
            for part in line.split("crate::").skip(1) {
                let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = MAY_USE.iter().any(|(name, _)| *name == used);
                if known && !allowed.contains(&used.as_str()) {
                    findings.push(format!("{file}:{number}: {layer} may not use {used}"));
                }
            }
            if line.contains("super::super") {
                findings.push(format!("{file}:{number}: write crate:: paths instead of super::super"));
            }
        }
    }
    report(&findings);
}

#[test]
fn stable_sorting_goes_through_one_routine() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs") {
        if ["bin", "order.rs", "order"].contains(&layer_of(&file)) || is_test_file(&file) {
            continue;
        }
        for (number, line) in code_lines(&text) {
            if [".sort_by(", ".sort_by_key(", ".sort()"].iter().any(|method| line.contains(method)) {
                findings
                    .push(format!("{file}:{number}: use crate::order, which needs little code in the shipped file"));
            }
        }
    }
    report(&findings);
}

#[test]
fn the_core_knows_no_browser_and_no_outside() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs") {
        let layer = layer_of(&file);
        if SHELL.contains(&layer) || layer == "bin" || is_test_file(&file) {
            continue;
        }
        for (number, line) in code_lines(&text) {
            for name in BROWSER.iter().chain(OUTSIDE) {
                if line.contains(name) {
                    findings.push(format!("{file}:{number}: the core may not name {name}"));
                }
            }
        }
    }
    report(&findings);
}

#[test]
fn serde_stays_in_format() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs") {
        if matches!(layer_of(&file), "format" | "bin") || is_test_file(&file) {
            continue;
        }
        for (number, line) in code_lines(&text) {
            if line.contains("serde") {
                findings.push(format!("{file}:{number}: only src/format may use serde"));
            }
        }
    }
    report(&findings);
}

#[test]
fn petgraph_stays_in_analysis() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs") {
        if layer_of(&file) != "analysis" {
            findings.extend(
                code_lines(&text)
                    .filter(|(_, line)| line.contains("petgraph"))
                    .map(|(number, _)| format!("{file}:{number}: only src/analysis may use petgraph")),
            );
        }
    }
    report(&findings);
}

#[test]
fn every_module_says_what_it_is_for() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs").into_iter().chain(sources("xtask/src", "rs")) {
        if !is_test_file(&file) && !text.starts_with("//!") {
            findings.push(format!("{file}:1: begins without a //! heading"));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES && !is_test_file(&file) {
            findings.push(format!("{file}: {lines} lines, at most {MOST_LINES}"));
        }
    }
    report(&findings);
}

/// `#` and three, four, six or eight hexadecimal digits that end there.
fn has_hex_color(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let rest = line.get(at + 1..).unwrap_or("");
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = !rest.chars().nth(digits).is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
        matches!(digits, 3 | 4 | 6 | 8) && ends
    })
}

#[test]
fn colors_stand_in_one_place_each() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs").into_iter().chain(sources("styles", "css")) {
        if COLOR_FILES.contains(&file.as_str()) || is_test_file(&file) {
            continue;
        }
        for (number, line) in code_lines(&text) {
            if has_hex_color(line) {
                findings.push(format!("{file}:{number}: colours belong in {}", COLOR_FILES.join(" or ")));
            }
        }
    }
    report(&findings);
    assert!(has_hex_color("color: #fff;") && has_hex_color("\"#12ab34\"") && !has_hex_color("r#\"text\"#"));
}

#[test]
fn nothing_is_written_as_html() {
    let mut findings = Vec::new();
    for (file, text) in sources("src", "rs") {
        for (number, line) in code_lines(&text) {
            for name in
                ["set_inner_html", "from_html_unchecked", "insert_adjacent_html", "document.write", "set_outer_html"]
            {
                if line.contains(name) {
                    findings.push(format!("{file}:{number}: {name} would let data become markup"));
                }
            }
        }
    }
    report(&findings);
}

#[test]
fn the_checks_can_fail() {
    let text = "//! x\nuse crate::ui::canvas;\nfn f() { web_sys::window(); }\nmod tests {\nuse crate::app;\n";
    let used: Vec<usize> = code_lines(text).filter(|(_, l)| l.contains("crate::")).map(|(n, _)| n).collect();
    assert_eq!(used, [2]);
    assert_eq!(layer_of("src/app/tool/mod.rs"), "app");
    assert_eq!(layer_of("src/date.rs"), "date");
}
