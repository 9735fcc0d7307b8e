//! The command line from the outside: what it prints and how it exits.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::PathBuf;
use std::process::{Command, Output};

fn portolan(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portolan")).args(words).output().unwrap()
}

fn file(name: &str, text: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("portolan-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn check_names_file_line_and_column() {
    let map = file("check.owm", "component Tea [0.8, 0.6]\nTea->Kettel\ncomponent Kettle [0.4, 0.3]\nwhat is this\n");
    let run = portolan(&["check", map.to_str().unwrap()]);
    let said = text(&run.stdout);
    assert!(said.contains("check.owm:2:"), "{said}");
    assert!(said.contains("check.owm:4:1: "), "{said}");
    assert!(said.contains("Kettle"), "a suggestion for the misspelt name: {said}");
    assert_eq!(run.status.code(), Some(1));
    let run = portolan(&["check", map.to_str().unwrap(), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(json[0]["components"].to_string(), "2");
    assert_eq!(json[0]["diagnostics"][0]["line"].to_string(), "2");
}

#[test]
fn a_map_goes_round_through_json_and_back_to_the_same_text() {
    let text_of = "// my map\ntitle Tea Shop\ncomponent Tea [0.8, 0.6]\n\ncomponent Kettle [0.4, 0.3]\nTea->Kettle\n";
    let map = file("round.owm", text_of);
    let json = map.with_extension("json");
    let back = map.with_file_name("back.owm");
    assert!(portolan(&["convert", map.to_str().unwrap(), "-o", json.to_str().unwrap()]).status.success());
    assert!(portolan(&["convert", json.to_str().unwrap(), "-o", back.to_str().unwrap()]).status.success());
    assert_eq!(std::fs::read_to_string(back).unwrap(), text_of);
}

#[test]
fn render_draws_an_svg() {
    let map = file("draw.owm", "title Tea & <Shop>\ncomponent Tea [0.8, 0.6]\n");
    let run = portolan(&["render", map.to_str().unwrap()]);
    let svg = text(&run.stdout);
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{}", &svg[..40]);
    assert!(svg.contains("Tea &amp; &lt;Shop&gt;"));
}

#[test]
fn what_cannot_be_done_exits_with_two_and_says_why() {
    let cases: [(&[&str], &str); 4] = [
        (&["check", "no-such-file.owm"], "no-such-file.owm"),
        (&["paint"], "no command"),
        (&["convert", "x.owm"], "x.owm"),
        (&["check", "--loud"], "no option"),
    ];
    for (words, why) in cases {
        let run = portolan(words);
        assert_eq!(run.status.code(), Some(2), "{words:?}");
        assert!(text(&run.stderr).contains(why), "{words:?}: {}", text(&run.stderr));
    }
}
