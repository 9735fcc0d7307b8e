//! The command line from the outside: what it prints and how it exits.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, clippy::indexing_slicing, reason = "a test")]

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
    let cases: [(&[&str], &str); 8] = [
        (&["check", "no-such-file.owm"], "no-such-file.owm"),
        (&["rank", "x.owm", "--format", "xml"], "text or json or csv"),
        (&["rank", "x.owm", "--today", "tomorrow"], "2026-03-04"),
        (&["render", "x.owm", "-o", "x.gif"], ".svg or .png"),
        (&["render", "x.owm", "--scale", "900"], "0.1 to 10"),
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

#[test]
fn damaged_files_are_named_with_line_and_column() {
    let broken = file("broken.json", "{\n  \"format\": \"portolan-map\",\n nonsense");
    let run = portolan(&["rank", broken.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    let said = text(&run.stderr);
    assert!(said.contains("broken.json") && said.contains("line 3, column 2"), "{said}");
}

#[test]
fn mermaid_maps_go_in_and_out() {
    let map = file("tea.mmd", "wardley-beta\ntitle Tea Shop\nanchor \"Public\" [0.95, 0.6]\ncomponent \"Tea\" [0.8, 0.61]\n\"Public\" -> \"Tea\"\n");
    let (json, back, owm) = (map.with_extension("json"), map.with_file_name("back.mmd"), map.with_extension("owm"));
    for (from, to, code) in [(&map, &json, 0), (&json, &back, 0), (&back, &owm, 1)] {
        let run = portolan(&["convert", from.to_str().unwrap(), "-o", to.to_str().unwrap()]);
        assert_eq!(run.status.code(), Some(code), "{}", text(&run.stderr));
        // Mermaid's own bounds of stages are the one thing that map text has no words for.
        assert_eq!(text(&run.stderr).matches("[owm-lost-stages]").count(), usize::from(code == 1));
    }
    let back = std::fs::read_to_string(back).unwrap();
    assert!(back.starts_with("wardley-beta\n") && back.contains("component \"Tea\" [0.8"), "{back}");
    let owm = std::fs::read_to_string(owm).unwrap();
    assert!(owm.contains("title Tea Shop") && owm.contains("Public->Tea"), "{owm}");
}

#[test]
fn what_mermaid_cannot_say_is_listed() {
    let map = file("lost.owm", "component Tea [0.8, 0.6]\npioneers [0.9, 0.1, 0.8, 0.2]\n");
    let run = portolan(&["convert", map.to_str().unwrap(), "-o", map.with_extension("mmd").to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1), "{}", text(&run.stderr));
    assert!(text(&run.stderr).contains("mermaid-lost"));
}

#[test]
fn render_in_another_style_is_the_map_as_if_its_author_had_chosen_it() {
    let map = file("styled.owm", "component Tea [0.8, 0.6]\n");
    let svg = |theme: &str| text(&portolan(&["render", map.to_str().unwrap(), "--theme", theme]).stdout);
    assert!(svg("wardley").contains("Uncharted") && svg("wardley").contains("Industrialised"));
    assert!(!svg("plain").contains("Uncharted"));
    let own = file("flanks.owm", "style wardley\ncomponent Tea [0.8, 0.6]\n");
    let plain = portolan(&["render", own.to_str().unwrap(), "--theme", "plain"]);
    assert!(!text(&plain.stdout).contains("Uncharted"));
    assert!(text(&portolan(&["render", own.to_str().unwrap()]).stdout).contains("Uncharted"));
}

/// Width and height as the header of a PNG states them.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn render_draws_a_png_at_any_scale() {
    let map = file("dots.owm", "component Tea [0.8, 0.6]\ncomponent Water [0.2, 0.9]\nTea->Water\n");
    let size = |scale: &str, theme: &str| {
        let out = map.with_file_name(format!("dots{scale}.png"));
        let words = [map.to_str().unwrap(), "-o", out.to_str().unwrap(), "--scale", scale, "--theme", theme];
        let run = portolan(&[&["render"], words.as_slice()].concat());
        if text(&run.stderr).contains("No font") {
            return None;
        }
        assert!(run.status.success(), "{}", text(&run.stderr));
        let bytes = std::fs::read(out).unwrap();
        Some((png_size(&bytes), bytes.len()))
    };
    let (Some((one, plain)), Some((two, _))) = (size("1", "plain"), size("2", "dark")) else {
        println!("skipped: this machine has no fonts, which the command says");
        return;
    };
    assert!(one.0 > 1_000 && one.1 > 600 && plain > 5_000, "{one:?}");
    assert!(two.0.abs_diff(2 * one.0) <= 1 && two.1.abs_diff(2 * one.1) <= 1, "{one:?} {two:?}");
}

/// The cancer example of the risk model (W15): chances of failure .3, .1, .05, .1, .05 as rates.
fn cancer() -> PathBuf {
    let system = |id: &str, impact: u8, chance: f64| {
        let rate = -(1.0 - chance).ln();
        let levels: Vec<String> = (1..=6).map(|n| format!("\"C{n}\":{impact}")).collect();
        format!(
            "{{\"id\":\"{id}\",\"name\":\"{id}\",\"facts\":{{\"impact\":{{{}}},\"fail_rate\":{rate}}}}}",
            levels.join(",")
        )
    };
    let need = |number: usize, from: &str, to: &str, strength: f64| {
        format!("{{\"id\":\"l{number}\",\"from\":\"{from}\",\"to\":\"{to}\",\"strength\":{strength}}}")
    };
    let systems = [
        system("chemo", 5, 0.0),
        system("rx", 2, 0.3),
        system("lab", 2, 0.1),
        system("pas", 2, 0.05),
        system("engine", 2, 0.1),
        system("dc", 2, 0.05),
    ];
    let links = [
        need(1, "chemo", "rx", 1.0),
        need(2, "chemo", "lab", 0.8),
        need(3, "chemo", "pas", 0.5),
        need(4, "rx", "engine", 0.6),
        need(5, "lab", "engine", 0.9),
        need(6, "lab", "dc", 1.0),
        need(7, "pas", "dc", 1.0),
        need(8, "engine", "dc", 1.0),
    ];
    let text = format!(
        "{{\"format\":\"portolan-map\",\"version\":1,\"document\":{{\"components\":[{}],\"links\":[{}]}}}}",
        systems.join(","),
        links.join(",")
    );
    file("cancer.map.json", &text)
}

fn json(run: &Output) -> serde_json::Value {
    assert!(run.status.success(), "{}", text(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn by_id<'v>(list: &'v serde_json::Value, id: &str) -> &'v serde_json::Value {
    list.as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap_or_else(|| panic!("no {id} in {list}"))
}

fn close(value: &serde_json::Value, expected: f64) {
    let value = value.as_f64().unwrap();
    // The document prints six digits or more of each figure.
    assert!((value - expected).abs() < 5.1e-7, "{value} is not {expected}");
}

#[test]
fn analyse_gives_the_figures_of_the_worked_example() {
    let map = cancer();
    let words = ["analyse", map.to_str().unwrap(), "--today", "2026-01-15", "--draws", "200"];
    let report = json(&portolan(&words));
    let chemo = by_id(&report["services"], "chemo");
    close(&chemo["chance_in_a_year"]["at_least"], 0.454_691_18);
    for (id, worth) in [("rx", 0.233_703_78), ("engine", 0.052_596), ("dc", 0.027_226_78), ("pas", 0.013_946)] {
        close(&by_id(&chemo["worth_of_fixing"], id)["worth"], worth);
    }
    let lab = by_id(&chemo["worth_of_fixing"], "lab")["worth"].as_f64().unwrap();
    assert!((lab - 0.04689).abs() < 5.1e-6, "the document prints five digits: {lab}");
    close(&by_id(&chemo["worth_of_fixing"], "dc")["birnbaum"], 0.544_535_6);
    let dc = by_id(&report["systems_in_detail"], "dc");
    close(&by_id(&dc["stops"]["affected"], "chemo")["reach"]["plan"], 0.8);
    close(&by_id(&report["systems"], "dc")["inherited_impact"]["plan"], 4.0);
    close(&by_id(&report["systems"], "engine")["inherited_impact"]["plan"], 3.6);
    assert_eq!(dc["inherited_from"][0], "chemo");
    let sentences: Vec<&str> =
        dc["sentences"]["explanation"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    assert!(sentences.iter().any(|s| s.contains("By itself it matters 2 of 5, but chemo needs it")), "{sentences:?}");
    // The same words, the same bytes.
    assert_eq!(portolan(&words).stdout, portolan(&words).stdout);
}

#[test]
fn rank_gives_the_same_order_in_all_three_forms() {
    let map = cancer();
    let run = |format: &str| {
        portolan(&["rank", map.to_str().unwrap(), "--today", "2026-01-15", "--draws", "500", "--format", format])
    };
    let report = json(&run("json"));
    let systems = report["systems"].as_array().unwrap();
    assert_eq!(systems.len(), 6);
    let names: Vec<&str> = systems.iter().map(|s| s["name"].as_str().unwrap()).collect();
    for system in systems {
        // Groups go by the worst that the seven unknown answers may turn out to be.
        let worst = if system["id"] == "chemo" { 30.0 } else { 12.0 };
        let group = if worst >= 16.0 { "B" } else { "C" };
        close(&system["overall"]["high"], worst);
        assert_eq!((system["group"].as_str(), system["unknown_answers"].as_u64()), (Some(group), Some(7)), "{system}");
        assert_eq!(system["legacy"], "not known to be free of legacy");
        let (low, plan, high) = (&system["overall"]["low"], &system["overall"]["plan"], &system["overall"]["high"]);
        assert!(low.as_f64() <= plan.as_f64() && plan.as_f64() <= high.as_f64());
        let shares: f64 =
            system["by_weights"]["ranks"].as_array().unwrap().iter().map(|r| r["share"].as_f64().unwrap()).sum();
        assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    }
    let table = text(&run("csv").stdout);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 7);
    assert!(lines[0].starts_with("rank,id,name,group"));
    let list = text(&run("text").stdout);
    for (place, name) in names.iter().enumerate() {
        let group = if *name == "chemo" { "B" } else { "C" };
        let start = format!("{},{name},{name},{group},not known to be free of legacy", place + 1);
        assert!(lines[place + 1].starts_with(&start), "{}", lines[place + 1]);
        assert!(list.contains(&format!("{}. {name}  [{group}]", place + 1)), "{list}");
    }
    assert!(list.contains("chemo is not known to be below red"), "{list}");
}

/// The file the browser's tests compare with what the app exports: it cannot go stale while this passes.
#[test]
fn the_ranking_of_the_hospital_is_the_file_that_the_browser_is_compared_with() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/rank");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/samples/hospital-trust.map.json");
    let run = portolan(&["rank", sample, "--format", "csv", "--today", "2026-03-04"]);
    // To the byte, line ends too, as the browser's test compares. UPDATE_EXPECT=1 writes the file anew.
    let file = format!("{folder}/hospital-trust.csv");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &run.stdout).unwrap();
    }
    assert!(std::fs::read(&file).unwrap() == run.stdout, "{file} says something else");
}

#[test]
fn support_dates_are_put_into_a_map_and_what_is_unclear_is_told() {
    let dates = concat!(env!("CARGO_MANIFEST_DIR"), "/src/format/support_dates/fixtures/windows-server.json");
    let map = file("run.csv", "name,product,version\nBooking,Windows Server,2012 R2\nLetters,Windows Server,2016\n");
    let out = map.with_file_name("dated.map.json");
    let run = portolan(&["dates", map.to_str().unwrap(), dates, "-o", out.to_str().unwrap(), "--today", "2026-03-04"]);
    assert_eq!(run.status.code(), Some(1));
    let said = text(&run.stderr);
    assert!(said.contains("No release of this product is called 2016."), "{said}");
    let written = std::fs::read_to_string(out).unwrap();
    let record = r#""security_ends":"2023-10-10","extended_ends":"2026-10-13","source":"endoflife.date","imported_on":"2026-03-04""#;
    assert!(written.contains(record), "{written}");
    let run = portolan(&["dates", map.to_str().unwrap(), map.to_str().unwrap(), "-o", "x.json"]);
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn the_fields_of_the_reports_are_documented() {
    let documented = include_str!("../docs/analysis-json.md");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/samples/hospital-estate.map.json");
    let report = json(&portolan(&["analyse", sample, "--today", "2026-03-04", "--draws", "50"]));
    let mut missing = Vec::new();
    let first = |value: &serde_json::Value| value.as_array().and_then(|list| list.first()).cloned().unwrap_or_default();
    let objects =
        [report.clone(), first(&report["systems"]), first(&report["systems_in_detail"]), first(&report["services"])];
    for name in objects.iter().filter_map(|o| o.as_object()).flat_map(|o| o.keys()) {
        if !["id", "rank", "name"].contains(&name.as_str())
            && !documented.contains(&format!("{name}`"))
            && !documented.contains(&format!("{name}[]`"))
        {
            missing.push(name.clone());
        }
    }
    assert!(missing.is_empty(), "not in docs/analysis-json.md: {missing:?}");
}

const TEA: &str = "title Tea\n// mine\ncomponent Tea [0.8, 0.6]\ncomponent Kettle [0.4, 0.3]\nTea->Kettle\n";

#[test]
fn diff_says_what_differs_and_exits_as_version_control_expects() {
    let before = file("diff-a.owm", TEA);
    let after = file("diff-b.owm", &TEA.replace("// mine", "// other words").replace("[0.8, 0.6]", "[0.8, 0.7]"));
    let same = file("diff-c.owm", &TEA.replace("// mine\n", ""));
    let run = |words: &[&str]| portolan(&[&["diff", before.to_str().unwrap()], words].concat());
    let differs = run(&[after.to_str().unwrap()]);
    assert_eq!(differs.status.code(), Some(1));
    let said = text(&differs.stdout);
    assert!(said.contains("1 component moved.") && said.contains("→ Tea: evolution: 0.6 → 0.7"), "{said}");
    let equal = run(&[same.to_str().unwrap()]);
    assert_eq!((equal.status.code(), text(&equal.stdout).contains("Both say the same.")), (Some(0), true));
    assert_eq!(run(&["no-such-file.owm"]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
    let report = run(&[after.to_str().unwrap(), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(
        (&report["changes"][0]["what"][0], &report["changes"][0]["fields"][0]["after"]),
        (&"moved".into(), &"0.7".into())
    );
}

#[test]
fn a_match_can_be_corrected_by_name() {
    let before = file("same-a.owm", TEA);
    let after = file(
        "same-b.owm",
        &TEA.replace("title", "note n [0.1, 0.1]\ntitle").replace("Kettle", "Samovar").replace("0.4, 0.3", "0.1, 0.9"),
    );
    let words = ["diff", before.to_str().unwrap(), after.to_str().unwrap(), "--same", "Kettle=Samovar"];
    let said = text(&portolan(&words).stdout);
    assert!(said.contains("~ “Kettle” is now Samovar") && !said.contains("+ Samovar"), "{said}");
    let unknown = portolan(&[&words[..4], &["Kettle=Teapot"]].concat());
    assert!(unknown.status.code() == Some(2) && text(&unknown.stderr).contains("Teapot"));
}

#[test]
fn merge_takes_both_and_names_conflicts() {
    let base = file("merge-base.owm", TEA);
    let ours = file("merge-ours.owm", &TEA.replace("Kettle", "Electric kettle"));
    let theirs = file("merge-theirs.owm", &TEA.replace("[0.4, 0.3]", "[0.4, 0.55]"));
    let other = file("merge-other.owm", &TEA.replace("Kettle", "Urn"));
    let out = base.with_file_name("merged.owm");
    let run = |theirs: &PathBuf, more: &[&str]| {
        let files = [&base, &ours, theirs].map(|path| path.to_str().unwrap());
        portolan(&[&["merge"], files.as_slice(), &["-o", out.to_str().unwrap()], more].concat())
    };
    let clean = run(&theirs, &[]);
    assert_eq!(
        (clean.status.code(), text(&clean.stderr).contains("conflict")),
        (Some(0), false),
        "{}",
        text(&clean.stderr)
    );
    let merged =
        "title Tea\n// mine\ncomponent Tea [0.8, 0.6]\ncomponent Electric kettle [0.4, 0.55]\nTea->Electric kettle\n";
    assert_eq!(std::fs::read_to_string(&out).unwrap(), merged);
    let conflict = run(&other, &[]);
    assert_eq!(conflict.status.code(), Some(1));
    assert!(text(&conflict.stderr).contains("both changed name"), "{}", text(&conflict.stderr));
    assert!(std::fs::read_to_string(&out).unwrap().contains("component Electric kettle"));
    assert_eq!(run(&other, &["--prefer", "theirs"]).status.code(), Some(0));
    assert!(std::fs::read_to_string(&out).unwrap().contains("component Urn"));
    assert_eq!(run(&other, &["--theirs", "electric kettle"]).status.code(), Some(0));
    assert!(std::fs::read_to_string(&out).unwrap().contains("component Urn"));
    let nobody = run(&other, &["--theirs", "Teapot"]);
    assert!(nobody.status.code() == Some(2) && text(&nobody.stderr).contains("no conflict about “Teapot”"));
    assert_eq!(run(&PathBuf::from("no-such-file.owm"), &[]).status.code(), Some(2));
    // Names as git gives them: the format is that of the files themselves.
    let names = ["base", "ours", "theirs"].map(|name| base.with_file_name(format!(".merge_file_{name}")));
    for (from, to) in [&base, &ours, &theirs].into_iter().zip(&names) {
        std::fs::copy(from, to).unwrap();
    }
    let [b, a, t] = &names.each_ref().map(|path| path.to_str().unwrap());
    assert_eq!(portolan(&["merge", b, a, t, "-o", a]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(&names[1]).unwrap(), merged);
}
