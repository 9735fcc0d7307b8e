use std::rc::Rc;

use expect_test::{expect, expect_file};
use proptest::prelude::*;

use crate::diag::{Diagnostic, Severity};
use crate::format::fuzz::check_document;
use crate::format::json::*;
use crate::geom::{Evolution, Visibility};
use crate::id::Id;
use crate::known::Known;
use crate::model::arbitrary::arbitrary_document;
use crate::model::*;

const FULL: &str = include_str!("../../../tests/fixtures/json/v1/full.map.json");

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|d| d.code).collect()
}

/// A file of ours with these members of the document.
fn file(document: &str) -> String {
    format!("{{\"format\":\"portolan-map\",\"version\":1,\"document\":{{{document}}}}}")
}

fn opened(document: &str) -> Imported {
    let imported = read(file(document).as_bytes()).unwrap();
    assert_eq!(violations(&imported.document), [], "{document}");
    imported
}

fn component<'d>(document: &'d Document, id: &str) -> &'d Component {
    &document.components[&Id::parse(id).unwrap()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_equal(document in arbitrary_document()) {
        check_document(&document, &FileInfo::default()).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
    }

    #[test]
    fn writing_again_gives_what_writing_anew_gives(
        documents in prop::collection::vec(arbitrary_document(), 1..4),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0..3u8), 0..12),
    ) {
        let info = FileInfo::default();
        let mut before = WrittenLines::default();
        for document in &documents {
            prop_assert!(write_again(document, &info, &mut before) == write(document, &info));
        }
        let mut document = documents[0].clone();
        for (pick, what) in picks {
            let ids: Vec<ComponentId> = document.components.keys().copied().collect();
            if ids.is_empty() {
                break;
            }
            let id = ids[pick.index(ids.len())];
            match what {
                0 => Rc::make_mut(document.components.get_mut(&id).unwrap()).name.push('!'),
                1 => document.components.retain(|other, _| *other != id),
                _ => document.links.retain(|_, link| link.from != id),
            }
            let mut again = String::new();
            for _ in 0..2 {
                again = write_again(&document, &info, &mut before);
            }
            prop_assert!(again == write(&document, &info));
        }
    }

    #[test]
    fn every_record_stands_on_a_line_of_its_own(document in arbitrary_document()) {
        let text = write(&document, &FileInfo::default());
        let line_of = |id: String| text.lines().filter(|line| line.trim().starts_with(&format!("{{\"id\":\"{id}\""))).count();
        let mut lines: std::collections::BTreeMap<String, usize> = Default::default();
        for id in document.components.keys().map(Id::to_string)
            .chain(document.links.keys().map(Id::to_string))
            .chain(document.risks.keys().map(Id::to_string))
        {
            *lines.entry(id).or_default() += 1;
        }
        for (id, count) in lines {
            prop_assert_eq!(line_of(id), count);
        }
        for line in text.lines().filter(|line| line.trim().starts_with("{\"id\"")) {
            prop_assert!(serde_json::from_str::<Value>(line.trim().trim_end_matches(',')).is_ok(), "{}", line);
        }
    }
}

/// Fails on any change of the file's shape. If that is what you want: raise `CURRENT_VERSION`, add a migration with its
/// tests, keep the old file in `tests/fixtures/json/v1`, and only then update this snapshot.
#[test]
fn the_shape_of_the_file_is_what_it_was() {
    let imported = read(FULL.as_bytes()).unwrap();
    assert_eq!(imported.diagnostics, []);
    assert_eq!(write(&imported.document, &imported.file), FULL);
    let mut words = String::new();
    for (name, members) in records::ALL_RECORDS.iter().chain(names::ALL_WORDS) {
        words.push_str(&format!("{name}: {}\n", members.join(" ")));
    }
    expect_file!["../../../tests/fixtures/json/v1/names.txt"].assert_eq(&words);
}

#[test]
fn the_full_sample_holds_every_field_of_every_record() {
    let mut seen = std::collections::BTreeSet::new();
    fn collect(value: &Value, seen: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                seen.extend(members.keys().cloned());
                members.values().for_each(|member| collect(member, seen));
            }
            Value::Array(elements) => elements.iter().for_each(|element| collect(element, seen)),
            _ => {}
        }
    }
    collect(&serde_json::from_str(FULL).unwrap(), &mut seen);
    for (record, names) in records::ALL_RECORDS {
        for name in *names {
            assert!(seen.contains(*name), "{record}.{name} is in no record of the full sample");
        }
    }
    assert!(sections::SECTION_NAMES.iter().all(|section| seen.contains(*section)));
}

#[test]
fn files_of_every_version_ever_written_still_open() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/json");
    let mut files = 0;
    for version in 1..=CURRENT_VERSION {
        for entry in std::fs::read_dir(folder.join(format!("v{version}"))).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let imported = read(&std::fs::read(&path).unwrap()).unwrap();
                assert_eq!(imported.diagnostics, [], "{}", path.display());
                assert_eq!(violations(&imported.document), []);
                files += 1;
            }
        }
    }
    assert!(files > 0);
}

#[test]
fn a_small_map_is_a_short_file() {
    let mut document = Document::new();
    document.settings = Rc::new(Settings { title: "Tea".to_owned(), ..Settings::default() });
    let cup = Component {
        evolution: Some(Evolution::clamped(0.5)),
        visibility: Some(Visibility::clamped(1.0)),
        ..Component::named("Cup \"of\" tea")
    };
    let facts = SystemFacts { users: Known::exactly(3), ..SystemFacts::default() };
    let water = Component { facts: Some(Rc::new(facts)), ..Component::named("Water") };
    document.components.insert(Id::numbered('c', 2), Rc::new(cup));
    document.components.insert(Id::numbered('c', 1), Rc::new(water));
    document.links.insert(Id::numbered('l', 1), Rc::new(Link::need(Id::numbered('c', 2), Id::numbered('c', 1))));
    let info = FileInfo { saved_at: Some("2026-03-04T14:02:00Z".to_owned()), ..FileInfo::default() };
    expect![[r#"
        {
          "format":"portolan-map",
          "version":1,
          "generator":"Portolan 0.1.0",
          "saved_at":"2026-03-04T14:02:00Z",
          "document":{
            "settings":{"title":"Tea"},
            "components":[
              {"id":"c0001","name":"Water","facts":{"users":3}},
              {"id":"c0002","name":"Cup \"of\" tea","evolution":0.5,"visibility":1}
            ],
            "links":[
              {"id":"l0001","from":"c0002","to":"c0001"}
            ]
          }
        }
    "#]]
    .assert_eq(&write(&document, &info));
}

#[test]
fn an_empty_map_is_a_file_too() {
    let text = write(&Document::new(), &FileInfo::default());
    let back = read(text.as_bytes()).unwrap();
    assert_eq!(back.document, Document::new());
    assert_eq!(back.diagnostics, []);
}

#[test]
fn what_is_not_understood_is_reported_and_written_back() {
    let text = "\"settings\":{\"style\":\"neon\",\"evolution\":{\"curve\":[1,2]},\"grid\":{\"on\":true}},\
        \"components\":[{\"id\":\"a\",\"name\":\"A\",\"kind\":\"drone\",\"method\":\"barter\",\"visibility\":\"high\",\
        \"facts\":{\"users\":{\"value\":3,\"unit\":\"people\"},\"technologies\":[{\"product\":\"Go\",\"sha\":1},7]},\
        \"wave\":2.50}],\"links\":\"none\",\"waves\":[{\"id\":\"w1\"},{\"id\":\"w2\"}]";
    let imported = opened(text);
    let a = component(&imported.document, "a");
    assert_eq!(a.kind, ComponentKind::Unknown("drone".to_owned()));
    assert_eq!(a.visibility, None);
    assert_eq!(a.extra["wave"], "2.50");
    assert_eq!(a.facts().users.value(), Some(&3));
    assert_eq!(a.facts().technologies.len(), 1);
    assert_eq!(imported.document.settings.style, MapStyle::Other("neon".to_owned()));
    assert_eq!(
        codes(&imported.diagnostics),
        ["json-unreadable-value", "json-unreadable-value", "json-unreadable-element", "json-unreadable-section"]
    );
    // Whatever stood in the file stands in it again, in our order.
    let written: Value = serde_json::from_str(&write(&imported.document, &imported.file)).unwrap();
    let original: Value = serde_json::from_str(&file(text)).unwrap();
    assert_eq!(written["document"], original["document"]);
    let section = write(&imported.document, &imported.file);
    assert!(section.contains("    \"waves\":[\n      {\"id\":\"w1\"},\n      {\"id\":\"w2\"}\n    ]\n"), "{section}");
}

#[test]
fn setting_a_field_replaces_what_was_kept_in_its_place() {
    let mut imported =
        opened("\"components\":[{\"id\":\"a\",\"name\":\"A\",\"method\":\"barter\",\"tags\":[\"x\",7]}]");
    let id = Id::parse("a").unwrap();
    let changed = Component { method: Some(Method::Buy), ..component(&imported.document, "a").clone() };
    imported.document.components.insert(id, Rc::new(changed));
    let text = write(&imported.document, &imported.file);
    assert!(text.contains("{\"id\":\"a\",\"name\":\"A\",\"method\":\"buy\",\"tags\":[\"x\",7]}"), "{text}");
}

#[test]
fn newer_files_open_read_only_and_lose_nothing() {
    let text =
        "{\"format\":\"portolan-map\",\"version\":9,\"lineage\":[\"a\"],\"document\":{\"components\":[{\"id\":\"a\",\
        \"name\":\"A\",\"orbit\":{\"radius\":1e3}}],\"orbits\":[]},\"view\":{\"camera\":[0,0,1]}}";
    let imported = read(text.as_bytes()).unwrap();
    assert!(imported.newer_version);
    assert_eq!(codes(&imported.diagnostics), ["json-newer-version"]);
    let mut written: Value = serde_json::from_str(&write(&imported.document, &imported.file)).unwrap();
    written.as_object_mut().unwrap().remove("generator");
    assert_eq!(written, serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn repairs_are_made_and_listed() {
    let cases: &[(&str, &[&str])] = &[
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\",\"evolution\":1.5}]", &["json-out-of-range"]),
        ("\"components\":[{\"id\":\"a\"}]", &["json-missing"]),
        ("\"components\":[{\"name\":\"A\"}]", &["json-no-id"]),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"a\",\"name\":\"B\"}]", &["json-duplicate-id"]),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\"},5,null]", &["json-unreadable-element", "json-unreadable-element"]),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\",\"url\":\"javascript:alert(1)\"}]", &["json-address"]),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\",\"pipeline\":\"p\"}]", &["missing-pipeline"]),
        (
            "\"components\":[{\"id\":\"a\",\"name\":\"A\",\"pipeline\":\"p\"}],\"pipelines\":[{\"id\":\"p\",\"parent\":\"a\"},{\"id\":\"q\",\"parent\":\"a\"}]",
            &["second-pipeline", "missing-pipeline"],
        ),
        ("\"links\":[{\"id\":\"l\",\"from\":\"a\",\"to\":\"b\"}]", &["dangling-link"]),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\"}],\"links\":[{\"id\":\"l\",\"from\":\"a\",\"to\":\"a\"}]", &["self-link"]),
        ("\"areas\":[{\"id\":\"x\",\"name\":\"X\",\"members\":[\"gone\"]}]", &["dangling-reference"]),
        ("\"knowledge\":[{\"id\":\"x\",\"component\":\"gone\",\"holder\":\"H\"}]", &["dangling-reference"]),
        ("\"settings\":{\"evolution\":{\"boundaries\":[0.9,0.1,0.5]}}", &["broken-axis"]),
        ("\"settings\":{\"risk\":{\"weights\":[1,1,1,1,1]}}", &["json-weights"]),
        (
            "\"components\":[{\"id\":\"a\",\"name\":\"A\",\"facts\":{\"users\":{\"value\":5,\"low\":6,\"high\":2}}}]",
            &["json-range-order"],
        ),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\",\"facts\":{\"likelihood\":{\"L1\":9}}}]", &["json-out-of-range"]),
        ("\"components\":[{\"id\":\"a\",\"name\":\"A\",\"facts\":{\"users\":-4}}]", &["json-out-of-range"]),
        ("\"components\":{\"a\":1}", &["json-unreadable-section"]),
    ];
    for (document, expected) in cases {
        let imported = opened(document);
        assert_eq!(codes(&imported.diagnostics), *expected, "{document}");
        // Repaired once is repaired for good, but for what is kept for others.
        let again = read(write(&imported.document, &imported.file).as_bytes()).unwrap();
        assert_eq!(again.document, imported.document, "{document}");
    }
    let long = "x".repeat(700);
    let imported = opened(&format!("\"components\":[{{\"id\":\"a\",\"name\":\"{long}\"}}]"));
    assert_eq!(codes(&imported.diagnostics), ["name-too-long"]);
    assert_eq!(component(&imported.document, "a").name.len(), MAX_NAME_LENGTH);
}

#[test]
fn foreign_ids_are_replaced_and_references_follow() {
    let imported = opened(
        "\"components\":[{\"id\":\"550e8400-e29b-41d4-a716-446655440000\",\"name\":\"A\"},{\"id\":\"c0001\",\"name\":\"B\"},\
         {\"id\":\"Große ID\",\"name\":\"C\",\"external_id\":\"own\"}],\
         \"links\":[{\"id\":\"Link #1\",\"from\":\"550e8400-e29b-41d4-a716-446655440000\",\"to\":\"c0001\"}],\
         \"areas\":[{\"id\":\"x\",\"name\":\"X\",\"members\":[\"Große ID\",\"550e8400-e29b-41d4-a716-446655440000\"]}]",
    );
    let document = &imported.document;
    let (a, component_a) = document.component_named("A").unwrap();
    let (b, _) = document.component_named("B").unwrap();
    let (c, component_c) = document.component_named("C").unwrap();
    assert_eq!(b.to_string(), "c0001");
    assert_eq!(component_a.external_id.as_deref(), Some("550e8400-e29b-41d4-a716-446655440000"));
    assert_eq!(component_c.external_id.as_deref(), Some("own"));
    let link = document.links.values().next().unwrap();
    assert_eq!((link.from, link.to), (a, b));
    assert_eq!(document.areas.values().next().unwrap().members, [a, c].into());
    assert!(imported.diagnostics.iter().all(|d| d.severity == Severity::Notice), "{:?}", imported.diagnostics);
}

#[test]
fn marks_and_line_ends_of_other_editors_are_no_matter() {
    let expected = read(FULL.as_bytes()).unwrap().document;
    let windows = FULL.replace('\n', "\r\n");
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(FULL.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [format!("\u{feff}{FULL}").into_bytes(), windows.into_bytes(), wide] {
        let imported = read(&bytes).unwrap();
        assert_eq!(imported.document, expected);
        assert_eq!(imported.diagnostics, []);
    }
}

#[test]
fn a_file_cut_off_gives_back_every_whole_line() {
    let lines: Vec<&str> = FULL.lines().collect();
    let broken = lines.iter().position(|line| line.contains("\"id\":\"l0002\"")).unwrap();
    let cut = format!("{}\n      {{\"id\":\"l0002\",\"fr", lines[..broken].join("\n"));
    let imported = read(cut.as_bytes()).unwrap();
    assert_eq!(codes(&imported.diagnostics)[..2], ["json-lost-line", "json-salvaged"]);
    assert!(imported.diagnostics[0].message.contains(&format!("Line {}", broken + 1)));
    assert_eq!(imported.document.components.len(), 4);
    assert_eq!(imported.document.links.len(), 1);
    assert_eq!(imported.document.settings.title, "Everything once");
    assert_eq!(violations(&imported.document), []);
}

#[test]
fn a_damaged_line_costs_only_itself() {
    let damaged = FULL.replacen("\"name\":\"Record archive\"", "\"name\":\"Record arc\u{1}hive", 1);
    let imported = read(damaged.as_bytes()).unwrap();
    assert!(imported.document.component_named("Booking").is_some());
    assert!(imported.document.component_named("Record archive").is_none());
    assert!(codes(&imported.diagnostics).contains(&"json-lost-line"));
    // A byte that is no text at all leaves a mark in its place.
    let mut bytes = FULL.as_bytes().to_vec();
    let place = FULL.find("Ask before").unwrap();
    bytes[place] = 0xff;
    let imported = read(&bytes).unwrap();
    assert_eq!(codes(&imported.diagnostics), ["json-damaged-text"]);
    assert_eq!(component(&imported.document, "booking").facts().notes, "�sk before touching");
}

/// What a power cut leaves: the right length, but zeros where the disk had not written yet.
#[test]
fn a_file_with_zeros_at_its_end_gives_back_what_was_written() {
    let cut = FULL.find("\"pipelines\"").unwrap();
    let mut bytes = FULL.as_bytes()[..cut].to_vec();
    bytes.resize(FULL.len(), 0);
    let imported = crate::format::open(&[crate::format::NamedBytes { name: "x.map.json", bytes: &bytes }]).unwrap();
    assert_eq!(imported.document.components.len(), 4);
    assert_eq!(imported.document.links.len(), 2);
    assert!(codes(&imported.diagnostics).contains(&"json-salvaged"));
}

#[test]
fn what_cannot_be_opened_says_why_in_one_sentence() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(70), "]".repeat(70));
    let very_deep = "[".repeat(100_000);
    let many = format!("\"components\":[{}1]", "1,".repeat(MAX_COMPONENTS));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "“x.json” is empty"),
        (b"{\"format\":\"portolan-map\",\"ver".to_vec(), "ends too early, at line 1"),
        (b"{\"format\":\"portolan-map\",\n\"version\":1,,}".to_vec(), "damaged at line 2, column 13"),
        (b"{\"type\":\"excalidraw\"}".to_vec(), "a JSON file of another program"),
        (b"[1,2]".to_vec(), "a JSON file of another program"),
        (deep.into_bytes(), "nested more than 64 levels deep at line 1"),
        (very_deep.into_bytes(), "nested more than 64 levels deep"),
        (file(&many).into_bytes(), "has 50001 components, and a map holds at most 50000"),
        (vec![b' '; MAX_FILE_BYTES + 1], "too large (65 MB, the limit is 64 MB)"),
    ];
    for (bytes, expected) in cases {
        let sentence = read(&bytes).unwrap_err().sentence("x.json");
        assert!(sentence.contains(expected), "{sentence}");
        assert_eq!(sentence.matches(". ").count(), 0, "{sentence}");
    }
}

#[test]
fn numbers_are_short_and_exact() {
    let shown = |number| {
        let mut text = String::new();
        writer::push_number(&mut text, number);
        text
    };
    assert_eq!(
        [1.0, 0.1, -0.0, 1.0 / 3.0, 1e21, 2.5e-9, f64::NAN].map(shown),
        ["1", "0.1", "0", "0.3333333333333333", "1e21", "2.5e-9", "0"]
    );
}

#[test]
fn kept_text_that_is_no_json_does_not_break_the_file() {
    let mut document = Document::new();
    let extra = Extra::from([("odd".to_owned(), "{not json".to_owned()), ("lines".to_owned(), "[1,\n2]".to_owned())]);
    document.components.insert(Id::numbered('c', 1), Rc::new(Component { extra, ..Component::named("A") }));
    let text = write(&document, &FileInfo::default());
    assert!(text.contains("{\"id\":\"c0001\",\"name\":\"A\",\"lines\":[1,2],\"odd\":\"{not json\"}"), "{text}");
    assert!(read(text.as_bytes()).unwrap().diagnostics.is_empty());
}

/// Found by damaging: such days were read and came back as others.
#[test]
fn days_before_our_calendar_are_set_aside_and_told() {
    const FULL: &str = include_str!("../../../tests/fixtures/json/v1/full.map.json");
    let day = FULL.match_indices("\"2026-").next().unwrap().0;
    for wrong in ["-026", "+026", " 026"] {
        let text = format!("{}\"{wrong}{}", &FULL[..day], &FULL[day + 5..]);
        crate::format::fuzz::check_json(text.as_bytes()).unwrap();
    }
}
