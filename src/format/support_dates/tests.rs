//! Files in both shapes as the site gives them, broken ones, and what systems are found to run on.

use std::rc::Rc;

use crate::date::parse_iso;
use crate::diag::Place;
use crate::format::csv::NewIds;
use crate::format::support_dates::*;
use crate::format::{detect, open, Detected, FormatError, NamedBytes};
use crate::id::Id;
use crate::model::*;

const SERVER: &str = include_str!("fixtures/windows-server.json");
const ORACLE: &str = include_str!("fixtures/oracle-database.json");

fn on(text: &str) -> SupportEnd {
    SupportEnd::On(parse_iso(text).unwrap())
}

fn ends(dates: &SupportDates, release: &str) -> [SupportEnd; 3] {
    let all = dates.products.iter().flat_map(|it| &it.releases);
    let it = all.clone().find(|it| it.name == release).unwrap();
    [it.support_ends, it.security_ends, it.extended_ends]
}

/// A document with a system for each product and version.
fn estate(technologies: &[(&str, &str)]) -> Document {
    let mut document = Document::new();
    for (at, (product, version)) in technologies.iter().enumerate() {
        let technology =
            Technology { product: (*product).to_owned(), version: (*version).to_owned(), ..Technology::default() };
        let facts = SystemFacts { technologies: vec![technology], ..SystemFacts::default() };
        let component = Component { name: format!("System {at}"), facts: Some(Rc::new(facts)), ..Component::default() };
        document.components.insert(Id::numbered('c', at as u64 + 1), Rc::new(component));
    }
    document
}

#[test]
fn the_first_version_of_the_api() {
    assert_eq!(detect("windows-server.json", SERVER.as_bytes()), Detected::SupportDates);
    let dates = read("windows-server.json", SERVER.as_bytes()).unwrap();
    assert_eq!((dates.products.len(), dates.named_by_file, dates.diagnostics.len()), (1, false, 0));
    assert_eq!(dates.products[0].label, "Microsoft Windows Server");
    assert_eq!(ends(&dates, "2012-R2"), [on("2018-10-09"), on("2023-10-10"), on("2026-10-13")]);
    assert_eq!(ends(&dates, "2003"), [SupportEnd::Over, SupportEnd::Over, SupportEnd::Unknown]);
    assert_eq!(ends(&dates, "2025"), [on("2029-11-13"), on("2034-11-14"), SupportEnd::Unknown]);
}

#[test]
fn the_version_before_says_yes_for_supported_but_yes_for_over_in_eol() {
    assert_eq!(detect("oracle-database.json", ORACLE.as_bytes()), Detected::SupportDates);
    let dates = read("C:\\downloads\\oracle-database (1).json", ORACLE.as_bytes()).unwrap();
    assert_eq!((dates.products[0].name.as_str(), dates.named_by_file), ("oracle-database", true));
    assert_eq!(ends(&dates, "23ai"), [on("2031-12-31"), SupportEnd::NoDate, SupportEnd::Over]);
    assert_eq!(ends(&dates, "19"), [SupportEnd::NoDate, on("2029-12-31"), on("2032-12-31")]);
    assert_eq!(ends(&dates, "9.2"), [SupportEnd::Over, SupportEnd::Over, SupportEnd::Unknown]);
}

#[test]
fn all_products_in_one_file_one_release_and_the_names_of_the_beta() {
    let whole: Value = serde_json::from_str(SERVER).unwrap();
    let all = format!(
        r#"{{"schema_version":"1.0.0-b1","total":2,"result":[{},{{"name":"nodejs","label":"Node.js","cycles":[
            {{"name":"18","isActiveSupportOver":true,"activeSupportUntil":"2023-10-18","isEol":false,"eolFrom":null,
              "isExtendedSupportOver":false,"extendedSupportUntil":null}}]}}]}}"#,
        whole["result"]
    );
    assert_eq!(detect("full.json", all.as_bytes()), Detected::SupportDates);
    let dates = read("full.json", all.as_bytes()).unwrap();
    assert_eq!(
        dates.products.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(),
        ["Microsoft Windows Server", "Node.js"]
    );
    assert_eq!(ends(&dates, "18"), [on("2023-10-18"), SupportEnd::NoDate, SupportEnd::NoDate]);
    let one = format!(r#"{{"schema_version":"1.2.0","result":{}}}"#, whole["result"]["releases"][1]);
    assert_eq!(detect("windows-server.json", one.as_bytes()), Detected::SupportDates);
    let dates = read("windows-server.json", one.as_bytes()).unwrap();
    assert_eq!((dates.products[0].name.as_str(), dates.named_by_file), ("windows-server", true));
    assert_eq!(ends(&dates, "2019")[1], on("2029-01-09"));
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_counts_as_not_known() {
    let text =
        r#"[{"cycle":"1","eol":"soon"},{"cycle":"2","eol":"2024-02-30"},7,{"eol":true},{"cycle":"3","eol":"false"}]"#;
    let dates = read("x.json", text.as_bytes()).unwrap();
    assert_eq!(
        [ends(&dates, "1")[1], ends(&dates, "2")[1], ends(&dates, "3")[1]],
        [SupportEnd::Unknown, SupportEnd::Unknown, SupportEnd::NoDate]
    );
    let told: Vec<_> = dates.diagnostics.iter().map(|it| (it.code, it.place.clone())).collect();
    let at = |place: &str| Place::Json(place.to_owned());
    let wanted = [
        ("eol-unreadable-date", at("/0/eol")),
        ("eol-unreadable-date", at("/1/eol")),
        ("eol-no-release", at("/2")),
        ("eol-no-name", at("/3")),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn other_files_are_refused_with_a_reason() {
    let refused = |text: &str| read("x.json", text.as_bytes()).unwrap_err();
    assert_eq!(refused(""), FormatError::Empty);
    assert!(matches!(refused("[1, 2"), FormatError::Syntax { .. }));
    assert!(matches!(refused("[]"), FormatError::NotThisFormat { .. }));
    assert!(matches!(refused(r#"{"result":{"releases":[]}}"#), FormatError::NotThisFormat { .. }));
    let deep = format!(r#"[{{"cycle":"1","eol":{}1{}}}]"#, "[".repeat(100), "]".repeat(100));
    assert!(matches!(refused(&deep), FormatError::TooDeep { .. }));
    // They are no map; the sentence says what to do.
    let error = open(&[NamedBytes { name: "windows-server.json", bytes: SERVER.as_bytes() }]).unwrap_err();
    assert_eq!(error, FormatError::OnlySupportDates);
    assert!(error.sentence("a.json").contains("open the map they are for first"));
}

#[test]
fn too_many_releases_are_cut_and_told() {
    let mut text = String::from("[");
    for at in 0..MOST_RELEASES + 5 {
        text += &format!(r#"{{"cycle":{at},"eol":true}},"#);
    }
    let text = format!("{}]", text.trim_end_matches(','));
    let dates = read("x.json", text.as_bytes()).unwrap();
    assert_eq!((dates.products[0].releases.len(), dates.diagnostics[0].code), (MOST_RELEASES, "eol-too-many"));
}

/// Every beginning and every damaged byte is either refused or read, and never panics.
#[test]
fn cut_and_damaged_files_never_panic() {
    for text in [SERVER, ORACLE] {
        let bytes = text.as_bytes();
        for end in (0..bytes.len()).step_by(3) {
            _ = read("x.json", &bytes[..end]);
            _ = detect("x.json", &bytes[..end]);
        }
        for at in (0..bytes.len()).step_by(5) {
            for put in [b'"', b'{', b'0', b't', 0xff, 0] {
                let mut damaged = bytes.to_vec();
                damaged[at] = put;
                if let Ok(dates) = read("x.json", &damaged) {
                    let document = estate(&[("Windows Server", "2012 R2"), ("Oracle", "12.1")]);
                    let uses = uses(&document);
                    let proposals: Vec<_> = uses.iter().map(|it| propose(&dates, it)).collect();
                    let chosen: Vec<_> = uses
                        .iter()
                        .zip(&proposals)
                        .filter_map(|(one, it)| Some((one, it.product?, it.release?)))
                        .collect();
                    let taken = take_in(&document, &dates, &chosen, &mut NewIds::numbered(), None);
                    assert_eq!(violations(&taken.document), vec![]);
                }
            }
        }
    }
}

#[test]
fn releases_are_found_by_what_people_write() {
    let server = read("windows-server.json", SERVER.as_bytes()).unwrap();
    let oracle = read("oracle-database.json", ORACLE.as_bytes()).unwrap();
    let found = |dates: &SupportDates, product: &str, version: &str| {
        let document = estate(&[(product, version)]);
        let proposal = propose(dates, &uses(&document)[0]);
        let release = proposal.product.and_then(|at| dates.products[at].releases.get(proposal.release?));
        (release.map(|it| it.name.clone()).unwrap_or_default(), proposal.sure, proposal.why)
    };
    let name = |found: (String, bool, String)| (found.0, found.1);
    let is = |name: &str, sure: bool| (name.to_owned(), sure);
    assert_eq!(name(found(&server, "Microsoft Windows Server", "2012 R2")), is("2012-R2", true));
    assert_eq!(name(found(&server, "windowsserver", "2012")), is("2012", true));
    assert_eq!(name(found(&server, "Windows Server", "2012 R2")), is("2012-R2", true), "the short name");
    assert_eq!(name(found(&server, "Windows Server 2012 R2 Standard", "")), is("2012-R2", false));
    assert_eq!(name(found(&oracle, "Oracle Database", "12.1.0.2")), is("12.1", false));
    assert_eq!(found(&oracle, "Oracle Database", "12.1.0.2").2, "12.1.0.2 belongs to 12.1.");
    assert_eq!(name(found(&oracle, "Oracle Database", "19")), is("19", true));
    let sql = r#"{"schema_version":"1","result":{"name":"mssqlserver","label":"Microsoft SQL Server","releases":[{"name":"11.0","label":"2012"},{"name":"12.0","label":"2014 SP3"}]}}"#;
    let sql = read("x.json", sql.as_bytes()).unwrap();
    assert_eq!(name(found(&sql, "SQL Server", "11.0.7")), is("11.0", false), "the maker is left out");
    assert_eq!(name(found(&sql, "Microsoft SQL Server", "2012")), is("11.0", true), "as people call the release");
    assert_eq!(name(found(&sql, "Microsoft SQL Server", "2014")), is("12.0", false));
    // What is not clear is left to the person, with the reason.
    assert_eq!(found(&oracle, "Oracle Database", "12").2, "2 releases begin with 12: choose one.");
    assert_eq!(found(&oracle, "Oracle Database", "").2, "The map does not say which release.");
    assert_eq!(found(&oracle, "Oracle Database", "7").2, "No release of this product is called 7.");
    assert_eq!(found(&oracle, "FileMaker", "7").2, "The file has no such product.");
}

#[test]
fn dates_are_set_with_their_source_and_day_and_again_change_nothing() {
    let dates = read("windows-server.json", SERVER.as_bytes()).unwrap();
    let document = estate(&[("Windows Server", "2012 R2"), ("Windows Server", "2012 R2"), ("FileMaker", "7")]);
    let uses_now = uses(&document);
    let one = uses_now.iter().find(|it| it.version == "2012 R2").unwrap();
    let proposal = propose(&dates, one);
    let chosen = [(one, proposal.product.unwrap(), proposal.release.unwrap())];
    let today = parse_iso("2026-03-04");
    let taken = take_in(&document, &dates, &chosen, &mut NewIds::numbered(), today);
    assert_eq!((taken.made, taken.changed, taken.systems.len()), (1, 0, 2));
    assert_eq!(violations(&taken.document), vec![]);
    let (key, record) = taken.document.lifecycles.iter().next().unwrap();
    assert_eq!((record.source.as_str(), record.imported_on), ("endoflife.date", today));
    assert_eq!((record.product.as_str(), record.cycle.as_str()), ("Microsoft Windows Server", "2012-R2"));
    assert_eq!(record.security_ends, on("2023-10-10"));
    for component in taken.document.components.values().take(2) {
        let technology = &component.facts().technologies[0];
        assert_eq!(
            (technology.product.as_str(), technology.lifecycle_ref.clone()),
            ("Windows Server", key.to_string())
        );
    }
    let again = take_in(&taken.document, &dates, &chosen, &mut NewIds::numbered(), today);
    assert_eq!((again.made, again.changed), (0, 0));
    assert!(taken.document.patch_to(&again.document).is_empty());
    // A record that somebody made by hand, spelt otherwise, is brought up to date rather than joined by a second one.
    let mut by_hand = document;
    let record = Lifecycle { product: "Windows server".into(), cycle: "2012 R2".into(), ..Lifecycle::default() };
    by_hand.lifecycles.insert(Id::numbered('y', 7), Rc::new(record));
    let taken = take_in(&by_hand, &dates, &chosen, &mut NewIds::numbered(), today);
    assert_eq!((taken.made, taken.changed, taken.document.lifecycles.len()), (0, 1, 1));
}

#[test]
fn a_system_named_after_a_product_gets_it() {
    let dates = read("windows-server.json", SERVER.as_bytes()).unwrap();
    let mut document = Document::new();
    for (at, name) in ["Windows Server 2019", "Old Windows Server 2019", "Booking"].into_iter().enumerate() {
        let component = Component { name: name.to_owned(), ..Component::default() };
        document.components.insert(Id::numbered('c', at as u64 + 1), Rc::new(component));
    }
    let uses = uses(&document);
    let found: Vec<_> = uses.iter().filter(|it| propose(&dates, it).release.is_some()).collect();
    assert_eq!(found.iter().map(|it| it.product.as_str()).collect::<Vec<_>>(), ["Windows Server 2019"]);
    let proposal = propose(&dates, found[0]);
    let chosen = [(found[0], proposal.product.unwrap(), proposal.release.unwrap())];
    let taken = take_in(&document, &dates, &chosen, &mut NewIds::numbered(), None);
    let facts = taken.document.components[&found[0].systems[0]].facts().clone();
    assert_eq!(
        (facts.technologies[0].product.as_str(), facts.technologies[0].version.as_str()),
        ("Microsoft Windows Server", "2019")
    );
}
