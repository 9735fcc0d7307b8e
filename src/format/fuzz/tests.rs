use crate::format::fuzz::*;
use crate::format::{detect, open, NamedBytes};
use crate::model::sample::SampleRandom;
use proptest::prelude::*;

/// Every field of every record.
const FULL: &str = include_str!("../../../tests/fixtures/json/v1/full.map.json");
const JSON: &str = include_str!("../../app/samples/letters-after.map.json");
const OWM: &str = include_str!("../../app/samples/tea-shop.owm");
const CSV: &str = include_str!("../../../tests/fixtures/fuzz/systems.csv");
const LINKS: &str = include_str!("../../../tests/fixtures/fuzz/links.csv");
const DATES: &str = include_str!("../support_dates/fixtures/windows-server.json");
const MERMAID: &str = include_str!("../../../tests/fixtures/fuzz/every-statement.mmd");

fn hold(check: Check, bytes: &[u8]) {
    if let Err(broken) = check(bytes) {
        panic!("{broken}\n{}", String::from_utf8_lossy(bytes));
    }
}

fn reader(name: &str) -> &'static Reader {
    READERS.iter().find(|reader| reader.name == name).expect("is in the table")
}

/// What each reader begins with in the ordinary tests; the command takes the corpus too.
fn samples(reader: &Reader) -> Vec<Vec<u8>> {
    let text = |ending: &str| match ending {
        ".map.json" => vec![JSON.as_bytes().to_vec(), FULL.as_bytes().to_vec()],
        ".owm" => vec![OWM.as_bytes().to_vec()],
        ".mmd" => vec![MERMAID.as_bytes().to_vec()],
        ".json" => vec![DATES.as_bytes().to_vec()],
        ".csv" => vec![CSV.as_bytes().to_vec(), LINKS.as_bytes().to_vec()],
        _ => Vec::new(),
    };
    reader.endings.iter().flat_map(|ending| text(ending)).collect()
}

/// How many there are in the ordinary tests, or as many as `PORTOLAN_FUZZ_RUNS` says.
fn runs(ordinary: u64) -> u64 {
    let asked = std::env::var("PORTOLAN_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok());
    asked.unwrap_or(ordinary)
}

/// Random corruptions of a real file, and made-up ones.
fn corruptions(name: &str, ordinary: u64) {
    let reader = reader(name);
    let samples = samples(reader);
    for number in 0..runs(ordinary) {
        hold(reader.check, &mutate::input(reader, &samples, 1, number));
    }
}

#[test]
fn damaged_files_of_ours() {
    corruptions("json", 2_000);
}

#[test]
fn damaged_map_texts() {
    corruptions("owm", 2_000);
}

#[test]
fn damaged_texts_for_mermaid() {
    corruptions("mermaid", 2_000);
}

#[test]
fn damaged_tables() {
    corruptions("csv", 2_000);
}

#[test]
fn damaged_pictures_pages_and_links() {
    for name in ["svg", "png", "html", "link", "endoflife", "open"] {
        corruptions(name, 400);
    }
}

/// Nearly everything was refused if the damaging went wrong.
#[test]
fn damaged_files_are_still_read_often_enough() {
    for name in ["svg", "png", "html", "link"] {
        let reader = reader(name);
        let samples = samples(reader);
        let inputs = (0..200).map(|number| mutate::input(reader, &samples, 1, number));
        let read = inputs.filter(|bytes| match name {
            "link" => std::str::from_utf8(bytes).is_ok_and(|text| link::read(text).is_ok()),
            _ => open(&[NamedBytes { name: "", bytes }]).is_ok(),
        });
        let count = read.count();
        assert!(count > 40, "{name}: {count}");
    }
}

#[test]
fn an_input_is_the_same_for_the_same_number() {
    let reader = reader("json");
    let samples = samples(reader);
    let make = |seed, number| mutate::input(reader, &samples, seed, number);
    assert_eq!(make(1, 5), make(1, 5));
    assert_ne!(make(1, 5), make(1, 6));
    assert_ne!(make(1, 5), make(2, 5));
}

/// Files as they are hold for their readers, or the damaged ones would say nothing.
#[test]
fn sound_files_hold_for_every_reader() {
    for reader in READERS {
        for sample in samples(reader) {
            let bytes = reader.wrap.map_or(sample.clone(), |wrap| wrap(&sample));
            hold(reader.check, &bytes);
            let alone = matches!(reader.name, "link" | "endoflife");
            assert!(alone || open(&[NamedBytes { name: "", bytes: &bytes }]).is_ok(), "{}", reader.name);
        }
    }
}

#[test]
fn files_with_other_values() {
    let mut random = SampleRandom::new(4);
    for _ in 0..runs(2_000) / 4 {
        let mut bytes = FULL.as_bytes().to_vec();
        mutate::change_json(&mut bytes, &mut random);
        hold(check_json, &bytes);
    }
}

/// A field that stands twice, as after merging by hand: the parser would drop the first without a word.
#[test]
fn what_stands_twice_is_told() {
    let twice = JSON.replacen("\"components\":[", "\"components\":[],\n    \"components\":[", 1);
    let imported = json::read(twice.as_bytes()).unwrap();
    assert_eq!(imported.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["json-said-twice"]);
    assert!(json::read(JSON.as_bytes()).unwrap().diagnostics.is_empty());
    assert!(json::read(FULL.as_bytes()).unwrap().diagnostics.iter().all(|d| d.code != "json-said-twice"));
}

/// Each beginning; in the ordinary tests of long files every so many, all of them with `PORTOLAN_FUZZ_RUNS`.
#[test]
fn every_beginning_of_a_file() {
    for reader in READERS {
        for sample in samples(reader) {
            let bytes = reader.wrap.map_or(sample.clone(), |wrap| wrap(&sample));
            let step = if runs(0) > 0 { 1 } else { bytes.len() / 300 + 1 };
            for end in (0..=bytes.len()).step_by(step) {
                hold(reader.check, &bytes[..end]);
            }
        }
    }
}

/// What was lost must have been said: a file cut off never opens as if nothing were missing.
#[test]
fn a_cut_file_is_never_taken_for_whole() {
    let whole = json::read(JSON.as_bytes()).unwrap();
    // Without the last line feed, or with the closing brace alone missing, nothing is lost.
    for end in 0..JSON.trim_end().len() {
        if let Ok(imported) = json::read(&JSON.as_bytes()[..end]) {
            assert!(!imported.diagnostics.is_empty(), "{end}");
            assert!(imported.document.components.len() <= whole.document.components.len());
        }
    }
}

#[test]
fn the_corpus_survives_our_file() {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else { return };
    let mut checked = 0;
    for entry in std::fs::read_dir(std::path::Path::new(&root).join("owm")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "owm") {
            if let Err(broken) = check_owm(&std::fs::read(&path).unwrap()) {
                panic!("{}: {broken}", path.display());
            }
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for check in [check_json, check_csv, check_owm] {
            check(&bytes).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
        }
        detect("", &bytes);
        // Whatever it is, opening it ends in a document or in a sentence.
        if let Err(error) = open(&[NamedBytes { name: "x", bytes: &bytes }]) {
            prop_assert!(error.sentence("x").len() > 20);
        }
    }

    #[test]
    fn random_tables(text in "(id|label|source|target|L1|tags|,|;|\"|\n|\r|=|a|b|1|n/a|é){0,60}") {
        check_csv(text.as_bytes()).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
        check_csv(format!("id,label,x\n{text}").as_bytes()).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
        check_csv(format!("source,target,kind\n{text}").as_bytes()).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
    }

    #[test]
    fn random_json(text in "([{}\\[\\],:]|\"id\"|\"name\"|\"document\"|\"components\"|\"facts\"|\"a\"|1|null|\n){0,80}") {
        check_json(text.as_bytes()).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
        let ours = format!("{{\"format\":\"portolan-map\",\"version\":1,\"document\":{{\"components\":[\n{text}");
        check_json(ours.as_bytes()).map_err(|broken| TestCaseError::fail(broken.to_string()))?;
    }
}
