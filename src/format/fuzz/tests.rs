use proptest::prelude::*;
use serde_json::Value;

use crate::format::fuzz::*;
use crate::format::{detect, open, NamedBytes};
use crate::model::sample::SampleRandom;

/// Every field of every record.
const FULL: &str = include_str!("../../../tests/fixtures/json/v1/full.map.json");
const JSON: &str = include_str!("../../app/samples/letters-after.map.json");
const OWM: &str = include_str!("../../app/samples/tea-shop.owm");
const CSV: &str = "id,label,kind,owner,L1,C2,end_of_life,tags,depends on,Cost\n\
    a,\"Alpha, the first\",service,Estates,3,n/a,2026-01-31,old|slow,b,\"1,200\"\nb,Beta,person,,,,True,,,\n=c,\"Ga\"\"mma\",,,9,,soon,,a; z,\n";

type Check = fn(&[u8]) -> Result<(), Broken>;

fn hold(check: Check, bytes: &[u8]) {
    if let Err(broken) = check(bytes) {
        panic!("{broken}\n{}", String::from_utf8_lossy(bytes));
    }
}

/// One of the damages that mail, disks and people do.
fn damage(bytes: &mut Vec<u8>, random: &mut SampleRandom) {
    let at = random.next_below(bytes.len());
    match random.next_below(7) {
        0 => bytes[at] ^= 1 << random.next_below(8),
        1 => {
            const SIGNS: &[u8] = b"{}[]\",:\\\n;|'0-9e.\0\xff";
            bytes[at] = SIGNS[random.next_below(SIGNS.len())];
        }
        2 => bytes.truncate(at),
        3 => {
            let end = (at + 1 + random.next_below(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        4 => {
            let end = (at + 1 + random.next_below(200)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            let to = random.next_below(bytes.len());
            bytes.splice(to..to, copy);
        }
        5 => {
            let number =
                ["1e999", "-1", "99999999999999999999", "0.5", "null", "\"x\"", "[]", "{}"][random.next_below(8)];
            bytes.splice(at..at, number.bytes());
        }
        _ => {
            let other = random.next_below(bytes.len());
            bytes.swap(at, other);
        }
    }
}

/// 2,000, or as many as the environment says for a long search, which then also starts elsewhere.
fn runs(seed: u64) -> (usize, SampleRandom) {
    let asked = std::env::var("PORTOLAN_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok());
    (asked.unwrap_or(2000), SampleRandom::new(seed + 1000 * asked.unwrap_or(0) as u64))
}

fn corruptions(original: &str, check: Check, seed: u64) {
    let (runs, mut random) = runs(seed);
    for _ in 0..runs {
        let mut bytes = original.as_bytes().to_vec();
        for _ in 0..1 + random.next_below(3) {
            if !bytes.is_empty() {
                damage(&mut bytes, &mut random);
            }
        }
        hold(check, &bytes);
    }
}

#[test]
fn two_thousand_damaged_files_of_ours() {
    corruptions(JSON, check_json, 1);
}

/// Changes one place of a JSON value: another type, a lost or a doubled element, another name.
fn change(value: &mut Value, random: &mut SampleRandom) {
    // Mostly further down, so that all depths are reached.
    let deeper = random.next_below(8) > 0;
    match value {
        Value::Array(elements) if deeper && !elements.is_empty() => {
            let at = random.next_below(elements.len());
            return change(&mut elements[at], random);
        }
        Value::Object(members) if deeper && !members.is_empty() => {
            let at = random.next_below(members.len());
            if let Some(member) = members.values_mut().nth(at) {
                return change(member, random);
            }
        }
        _ => {}
    }
    match (random.next_below(4), value) {
        (0, Value::Array(elements)) if !elements.is_empty() => {
            let at = random.next_below(elements.len());
            elements.push(elements[at].clone());
        }
        (1, Value::Array(elements)) if !elements.is_empty() => {
            elements.remove(random.next_below(elements.len()));
        }
        (2, Value::Object(members)) if !members.is_empty() => {
            let name = members.keys().nth(random.next_below(members.len())).cloned().unwrap();
            let member = members.remove(&name).unwrap();
            let others = ["id", "name", "kind", "to", "+", "0", "a/b", "~", "", "value", "state", "low"];
            members.insert(others[random.next_below(others.len())].to_owned(), member);
        }
        (_, value) => {
            let others = [
                "null",
                "true",
                "-7",
                "1e40",
                "0.5",
                "3",
                "\"archive\"",
                "\"booking\"",
                "\"\"",
                "\"not_applicable\"",
                "[]",
                "{}",
                "[1,2]",
                "[null]",
                "{\"value\":3,\"high\":1}",
                "{\"state\":\"unknown\",\"value\":2}",
                "\"2026-02-30\"",
                "[0.5]",
            ];
            *value = serde_json::from_str(others[random.next_below(others.len())]).unwrap();
        }
    }
}

#[test]
fn five_hundred_files_with_other_values() {
    let original: Value = serde_json::from_str(FULL).unwrap();
    let (runs, mut random) = runs(4);
    // Each of these costs as much as five damaged files.
    for _ in 0..runs / 4 {
        let mut file = original.clone();
        for _ in 0..1 + random.next_below(6) {
            change(file.get_mut("document").unwrap(), &mut random);
        }
        let text = file.to_string();
        // A file of ours opens whatever stands in its fields.
        let imported = json::read(text.as_bytes()).unwrap();
        if let Err(broken) = check_document(&imported.document, &imported.file) {
            panic!("{broken}\n{text}");
        }
    }
}

#[test]
fn two_thousand_damaged_map_texts() {
    corruptions(OWM, check_owm, 2);
}

#[test]
fn two_thousand_damaged_tables() {
    corruptions(CSV, check_csv, 3);
}

#[test]
fn every_beginning_of_a_file() {
    for end in 0..JSON.len() {
        hold(check_json, &JSON.as_bytes()[..end]);
    }
    for end in 0..OWM.len() {
        hold(check_owm, &OWM.as_bytes()[..end]);
    }
    for end in 0..CSV.len() {
        hold(check_csv, &CSV.as_bytes()[..end]);
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
