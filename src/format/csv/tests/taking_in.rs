//! Tables into a document that is there: matching, changes, what is left, messy files, and the way out and back.

use proptest::prelude::*;

use crate::date::{parse_iso, to_iso};
use crate::format::csv::tests::{corpus, named};
use crate::format::csv::*;
use crate::format::text::decode;
use crate::id::IdSource;
use crate::model::arbitrary::arbitrary_document;
use crate::model::*;

/// A text with every column as it seems to be meant, into a document.
fn taken(document: &Document, texts: &[&str]) -> Outcome {
    let sheets: Vec<Sheet> = texts.iter().map(|text| cut_sheet(text, Cut::default()).0).collect();
    let rows: Vec<RowsAre> = sheets.iter().map(|sheet| rows_of(sheet).unwrap_or(RowsAre::Systems)).collect();
    let orders: Vec<DateOrder> = sheets.iter().map(|sheet| probable_order(sheet).0).collect();
    let meanings: Vec<Vec<Meaning>> = (sheets.iter().zip(&rows).zip(&orders))
        .map(|((sheet, rows), order)| guess(sheet, *rows, *order).into_iter().map(|guess| guess.meaning).collect())
        .collect();
    let parts: Vec<Part<'_>> = (0..sheets.len())
        .map(|i| Part { sheet: &sheets[i], rows: rows[i], meanings: &meanings[i], order: orders[i] })
        .collect();
    take_in(document, &parts, &mut NewIds::from_source(IdSource::new(7))).unwrap()
}

fn changes(outcome: &Outcome) -> Vec<String> {
    let words = |c: &Changed| format!("{} {:?} {}: {} → {}", c.name, c.matched, c.field, c.before, c.after);
    outcome.changed.iter().map(words).collect()
}

fn meanings(text: &str) -> Vec<(String, Meaning, Confidence)> {
    let sheet = cut_sheet(text, Cut::default()).0;
    let rows = rows_of(&sheet).unwrap_or(RowsAre::Systems);
    let guesses = guess(&sheet, rows, DateOrder::DayFirst);
    let heading = |i: usize| sheet.headings[i].clone();
    guesses.into_iter().enumerate().map(|(i, guess)| (heading(i), guess.meaning, guess.confidence)).collect()
}

const ESTATE: &str = "id,label,owner,supplier,users,security_ends,technology,version\n\
    A1,Patient portal,Outpatients,Acme,120,2027-03-31,PHP,7.4\nA2,Booking desk,,,,,,\nA3,Archive,Records,,,,,\n";

fn estate() -> Document {
    read_tables(Some(ESTATE), None, "Estate").unwrap().document
}

#[test]
fn rows_are_matched_by_id_then_by_name_and_told_field_by_field() {
    let base = estate();
    let text = "Ref,System name,Business owner,Number of users,EOL date\n\
        A1,Patient Portal (new),Outpatients,\"1,500\",31/03/2027\n,  booking   DESK,Access team,,\nZ9,Letters,,40,\n";
    let outcome = taken(&base, &[text]);
    assert_eq!(
        changes(&outcome),
        [
            "Patient portal Id Name: Patient portal → Patient Portal (new)",
            "Patient portal Id Users: 120 → 1500",
            "Booking desk Name Name: Booking desk → booking   DESK",
            "Booking desk Name Owner:  → Access team",
        ]
    );
    assert_eq!(outcome.created.iter().map(|c| (c.row, c.name.as_str())).collect::<Vec<_>>(), [(4, "Letters")]);
    assert_eq!((outcome.systems_changed, outcome.same, outcome.untouched), (2, 0, 1));
    assert_eq!(violations(&outcome.document), []);
    // The same date in another spelling changed nothing, not even the record of where it comes from.
    assert_eq!(outcome.document.lifecycles, base.lifecycles);
    // Empty cells change nothing.
    assert_eq!(named(&outcome.document, "Patient Portal (new)").1.facts().supplier, "Acme");
}

#[test]
fn a_shared_support_date_and_a_shared_contract_are_left_to_the_others() {
    let mut base = estate();
    let (portal, record) = named(&base, "Patient portal");
    let (desk, _) = named(&base, "Booking desk");
    let shared = record.facts().technologies.clone();
    let mut other = Component::clone(&base.components[&desk]);
    other.facts = Some(std::rc::Rc::new(SystemFacts { technologies: shared, ..SystemFacts::default() }));
    base.components.insert(desk, std::rc::Rc::new(other));
    let contract = Contract { name: "Both".to_owned(), components: [portal, desk].into(), ..Contract::default() };
    base.contracts.insert(crate::id::Id::parse("both").unwrap(), std::rc::Rc::new(contract));
    let outcome = taken(&base, &["label,EOL,Contract end\nPatient portal,2030-01-01,2028-01-01\n"]);
    assert_eq!(
        changes(&outcome),
        [
            "Patient portal Name Support ends: 2027-03-31 → 2030-01-01",
            "Patient portal Name Contract end:  → 2028-01-01"
        ]
    );
    assert!(outcome.unreadable[0].reason.contains("covers other systems"), "{:?}", outcome.unreadable);
    let date = |name: &str| {
        let technology = &named(&outcome.document, name).1.facts().technologies[0];
        let key: LifecycleId = crate::id::Id::parse(&technology.lifecycle_ref).unwrap();
        outcome.document.lifecycles[&key].security_ends
    };
    assert_eq!(date("Booking desk"), SupportEnd::On(parse_iso("2027-03-31").unwrap()));
    assert_eq!(date("Patient portal"), SupportEnd::On(parse_iso("2030-01-01").unwrap()));
}

#[test]
fn contracts_money_and_yes_or_no_are_read() {
    let text = "Application,Contract end date,Annual cost,Auto-renew,Notice months\n\
        PAS,31 Mar 2028,\"£1,250,000\",Yes,6\nLab,46112,12.5k,n,3 months\nBad,soon,lots,maybe,90\n";
    let outcome = taken(&Document::new(), &[text]);
    let contract = |name: &str| {
        let id = named(&outcome.document, name).0;
        outcome.document.contracts.values().find(|contract| contract.components.contains(&id)).cloned()
    };
    let pas = contract("PAS").unwrap();
    assert_eq!((pas.end.map(to_iso).as_deref(), pas.annual_charge.value()), (Some("2028-03-31"), Some(&125_000_000)));
    assert_eq!((pas.auto_renews.value(), pas.notice_months.value()), (Some(&true), Some(&6)));
    let lab = contract("Lab").unwrap();
    assert_eq!((lab.end.map(to_iso).as_deref(), lab.annual_charge.value()), (Some("2026-03-31"), Some(&1_250_000)));
    assert_eq!((lab.auto_renews.value(), lab.notice_months.value()), (Some(&false), Some(&3)));
    assert!(contract("Bad").is_none());
    assert_eq!(
        outcome.unreadable.iter().map(|it| (it.row, it.cell.as_str())).collect::<Vec<_>>(),
        [(4, "soon"), (4, "lots"), (4, "maybe"), (4, "90")]
    );
    // What was not understood is beside the system, not lost.
    assert_eq!(kept_columns(&named(&outcome.document, "Bad").1.extra).len(), 4);
}

#[test]
fn days_are_read_in_the_usual_spellings() {
    for text in [
        "2027-03-31",
        "31/03/2027",
        "31.3.27",
        "31-Mar-2027",
        "31 March 2027",
        "March 31, 2027",
        "31st Mar 27",
        "20270331",
        "46477",
        "46477.75",
        "2027-03-31T00:00:00Z",
        "31/03/2027 23:59",
        "Wed 31 Mar 2027",
        "2027/3/31",
    ] {
        assert_eq!(cells::date(text, DateOrder::DayFirst).map(to_iso).as_deref(), Some("2027-03-31"), "{text}");
    }
    assert_eq!(cells::date("3/4/2026", DateOrder::MonthFirst), parse_iso("2026-03-04"));
    assert_eq!(cells::date("3/4/2026", DateOrder::DayFirst), parse_iso("2026-04-03"));
    for text in [
        "",
        "soon",
        "2027",
        "12",
        "31/02/2027",
        "13/13/2027",
        "15y 0m ago",
        "1200000",
        "2027-03",
        "v7.4.1",
        "10.0.19045",
        "99999",
    ] {
        assert_eq!(cells::date(text, DateOrder::DayFirst), None, "{text}");
    }
}

#[test]
fn the_order_of_day_and_month_is_asked_only_when_no_date_settles_it() {
    let order = |dates: &str| probable_order(&cut_sheet(&format!("id,eol\n{dates}"), Cut::default()).0);
    assert_eq!(order("a,03/04/2026\nb,25/04/2026\n"), (DateOrder::DayFirst, None));
    assert_eq!(order("a,03/04/2026\nb,04/25/2026\n"), (DateOrder::MonthFirst, None));
    assert_eq!(order("a,03/04/2026\nb,2026-04-25\n"), (DateOrder::DayFirst, Some("03/04/2026".to_owned())));
    assert_eq!(order("a,03/03/2026\n"), (DateOrder::DayFirst, None));
    // A table with both sorts leaves it open whichever is more.
    assert_eq!(order("a,03/04/2026\nb,04/25/2026\nc,25/04/2026\n").1.as_deref(), Some("03/04/2026"));
}

#[test]
fn amounts_are_read_with_the_signs_of_several_countries() {
    for (text, pence) in [
        ("£1,234.50", 123_450),
        ("1.234,50 €", 123_450),
        ("1 234,5", 123_450),
        ("GBP 1234.5", 123_450),
        ("12.345", 1_234_500),
        ("1,234", 123_400),
        ("£85k", 8_500_000),
        ("1.25m", 125_000_000),
        ("0", 0),
        ("£900 p.a.", 90_000),
    ] {
        assert_eq!(cells::money(text), Some(pence), "{text}");
    }
    for text in ["", "£", "-5", "(5)", "lots", "5 per head", "1e9"] {
        assert_eq!(cells::money(text), None, "{text}");
    }
}

#[test]
fn headings_are_guessed_with_their_confidence() {
    let found = meanings("Application Name,Supplier name (legal),L3 People,Cost,Empty,EOL,Rank,Dependencies\nA,Acme,4,5,,never mind,1,B\nB,Beta,n/a,6,,who knows,2,\n");
    let field = Meaning::Field;
    assert_eq!(
        found,
        [
            ("Application Name".to_owned(), field(Field::Name), Confidence::Sure),
            ("Supplier name (legal)".to_owned(), field(Field::Supplier), Confidence::Likely),
            ("L3 People".to_owned(), field(Field::Likelihood(2)), Confidence::Sure),
            ("Cost".to_owned(), Meaning::Keep, Confidence::None),
            ("Empty".to_owned(), Meaning::LeaveOut, Confidence::Sure),
            ("EOL".to_owned(), field(Field::SecurityEnds), Confidence::Guess),
            ("Rank".to_owned(), Meaning::LeaveOut, Confidence::Likely),
            ("Dependencies".to_owned(), field(Field::DependsOn), Confidence::Sure),
        ]
    );
    // Without any known heading the first column of different texts is the names.
    let found = meanings("Was,Wo\nAlpha,Nord\nBeta,Nord\nGamma,Nord\n");
    assert_eq!(found[0].1, field(Field::Name));
    assert_eq!(found[1].1, Meaning::Keep);
}

#[test]
fn every_field_has_one_row() {
    for (at, row) in FIELDS.iter().enumerate() {
        assert_eq!(field_row(row.field).words, row.words);
        assert!(
            FIELDS.iter().skip(at + 1).all(|other| other.field != row.field && other.words != row.words),
            "{}",
            row.words
        );
    }
}

#[test]
fn lines_above_the_headings_and_totals_below_are_left_and_named() {
    let text = "Application register 2026;;;\n;;;\nPrinted;12/01/2026;;\nName;Owner;Users;Site\nPortal;Ann;40;North\nTotal;Bob;5;South\nDesk;Bob;60;\nTotal:;;105;\n";
    let outcome = taken(&Document::new(), &[text]);
    let names: Vec<_> = outcome.created.iter().map(|c| (c.row, c.name.as_str())).collect();
    // A system that is called Total in the middle of the table is one.
    assert_eq!(names, [(5, "Portal"), (6, "Total"), (7, "Desk")]);
    let left: Vec<_> = outcome.left.iter().map(|it| it.row).collect();
    assert_eq!(left, [1, 3, 8]);
    assert!(outcome.left[2].reason.contains("105"), "{:?}", outcome.left);
}

#[test]
fn a_cell_of_a_million_characters_is_refused_with_its_row_and_the_rest_is_read() {
    let text = format!("id,label,notes\na,Alpha,fine\nb,Beta,\"{}\"\nc,Gamma,fine\n", "x".repeat(1_000_000));
    let outcome = taken(&Document::new(), &[&text]);
    assert_eq!(outcome.created.len(), 3);
    assert_eq!(outcome.unreadable.len(), 1);
    assert_eq!((outcome.unreadable[0].row, outcome.unreadable[0].column.as_str()), (3, "notes"));
    assert!(outcome.unreadable[0].reason.starts_with("1000000 characters"), "{}", outcome.unreadable[0].reason);
}

#[test]
fn two_rows_about_one_system_take_the_first_and_name_the_second() {
    let outcome = taken(&estate(), &["id,label,owner\nA1,Patient portal,Ann\nA1,Patient portal,Bob\n,Archive,Cleo\n,Archive,Dan\nB4,Archive,Eve\n"]);
    assert_eq!(changes(&outcome), ["Patient portal Id Owner: Outpatients → Ann", "Archive Name Owner: Records → Cleo"]);
    assert_eq!(outcome.left.iter().map(|it| it.row).collect::<Vec<_>>(), [3, 5]);
    assert!(outcome.left[0].reason.contains("row 2"), "{}", outcome.left[0].reason);
    // With an id of its own it is another system of the same name.
    assert_eq!(outcome.created.iter().map(|c| c.row).collect::<Vec<_>>(), [6]);
}

#[test]
fn links_join_a_document_and_those_that_are_there_are_found() {
    let base = taken(&estate(), &["from,to,kind\nPatient portal,A2,data feed\n"]).document;
    let text = "From,To,Kind,Strength\na1,archive,,\nPatient portal,A2,,50%\nA2,Nowhere,,\nA2,A2,,\n";
    let outcome = taken(&base, &[text]);
    // "a1" is no id here, ids are exact; it is told that it was added.
    assert_eq!((outcome.links_created, outcome.links_changed, outcome.created.len()), (2, 1, 2));
    assert_eq!(changes(&outcome), ["Patient portal → Booking desk Id Strength (0 to 1):  → 0.5"]);
    assert_eq!(outcome.left.iter().map(|it| it.row).collect::<Vec<_>>(), [5]);
    let again = taken(&outcome.document, &["From,To,Kind,Strength\nPatient portal,A2,data_feed,0.5\n"]);
    assert!(again.is_nothing(), "{:?}", again.changed);
    assert_eq!(again.links_same, 1);
}

/// Bytes in every encoding and with every line end give the same document.
#[test]
fn the_usual_encodings_and_line_ends_give_the_same_document() {
    let text = "Name;Owner;Support end date\n\"Größe – Ärzte\";Zoë;31/03/2027\nCafé;Rhône;\n";
    let expected = taken(&Document::new(), &[text]).document;
    let wide = |swap: bool| -> Vec<u8> {
        let units = [0xfeff].into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let narrow: Vec<u8> =
        text.chars().map(|c| if c == '–' { 0x96 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    let old_mac = text.replace('\n', "\r").into_bytes();
    for bytes in [wide(false), wide(true), narrow, marked, old_mac] {
        let (text, _) = decode(&bytes).unwrap();
        assert_eq!(taken(&Document::new(), &[&text]).document, expected);
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "the counts are what somebody wants to see")]
fn every_table_of_the_corpus_is_taken_in_and_comes_back_unchanged() {
    for folder in ["inventories", "graphs"] {
        let Some(folder) = corpus(folder) else { return };
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let (text, _) = decode(&bytes).unwrap();
            let sheet = cut_sheet(&text, Cut::default()).0;
            let outcome = taken(&Document::new(), &[&text]);
            eprintln!(
                "{name}: {} rows, {} systems, {} links, {} rows left, {} cells not read",
                sheet.rows.len(),
                outcome.created.len(),
                outcome.links_created,
                outcome.left.len(),
                outcome.unreadable.len(),
            );
            assert_eq!(violations(&outcome.document), [], "{name}");
            let links = rows_of(&sheet) == Some(RowsAre::Links);
            let of_rows = if links { outcome.links_created } else { outcome.created.len() };
            assert_eq!(of_rows + outcome.left.len(), sheet.rows.len() + sheet.beside.len(), "{name}");
            if sheet.rows.is_empty() {
                continue;
            }
            // The same file again finds everything as it is.
            let again = taken(&outcome.document, &[&text]);
            assert!(again.is_nothing(), "{name}: {:?} {:?}", again.created.first(), again.changed.first());
            assert_eq!(again.document, outcome.document, "{name}");
        }
    }
}

#[test]
fn five_thousand_rows_are_taken_in() {
    let mut text = String::from("Application ID,Name,Owner,Area,End of life\n");
    for i in 0..5_000 {
        text.push_str(&format!(
            "APP{i},System {i},Owner {},Area {},{:02}/{:02}/2027\n",
            i % 40,
            i % 900,
            i % 28 + 1,
            i % 12 + 1
        ));
    }
    let first = taken(&Document::new(), &[&text]);
    assert_eq!((first.created.len(), first.left.len(), first.unreadable.len()), (5_000, 0, 0));
    assert_eq!(first.document.areas.len(), 900);
    let second = taken(&first.document, &[&text.replace("Owner 7,", "Owner 8,")]);
    assert_eq!((second.systems_changed, second.same, second.created.len()), (125, 4_875, 0));
}

/// What the columns of our tables say about a document, in an order that does not depend on ids.
fn said(document: &Document) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let rows = |text: String| {
        let mut rows: Vec<Vec<String>> =
            text.replace('\r', "\n").lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        rows.sort();
        rows
    };
    (rows(write_systems(document)), rows(write_links(document)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// What was exported and is taken in again changes nothing whatever.
    #[test]
    fn a_document_takes_in_its_own_export_unchanged(document in arbitrary_document()) {
        let outcome = taken(&document, &[&write_systems(&document), &write_links(&document)]);
        prop_assert!(outcome.is_nothing(), "{:?} {:?} {:?}", outcome.created, outcome.changed, outcome.links_created);
        prop_assert_eq!(&outcome.document, &document);
    }

    /// An empty document takes in an export, and from there on it is the same each time; nothing that the tables carry is
    /// lost on the way.
    #[test]
    fn an_export_makes_a_document_that_exports_the_same(document in arbitrary_document()) {
        let read = |document: &Document| {
            read_tables(Some(&write_systems(document)), Some(&write_links(document)), "").map(|it| it.document)
        };
        if document.components.is_empty() {
            return Ok(());
        }
        let once = read(&document).unwrap();
        let twice = read(&once).unwrap();
        let mut patch = once.patch_to(&twice);
        patch.squash(&Patch::default());
        prop_assert!(patch.is_empty(), "{:#?}", patch.changes().first());
        prop_assert_eq!(&twice, &once);
        prop_assert_eq!(said(&twice), said(&once));
        prop_assert_eq!(once.components.len(), document.components.len());
    }
}
