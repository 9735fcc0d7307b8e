use crate::analysis::analyse;
use crate::analysis::money::YearSimulation;
use crate::app::ranking::Audience;
use crate::app::report::records::{changed, field_text, fields, records, RecordError, KINDS};
use crate::app::report::{pictures, register, summary, DataTable};
use crate::app::samples;
use crate::date::parse_iso;
use crate::format::{open, NamedBytes};
use crate::model::{violations, AnyRecordId, Document};

fn hospital() -> Document {
    let sample = samples::all().iter().find(|sample| sample.id == "hospital-trust").unwrap();
    open(&[NamedBytes { name: sample.file_name, bytes: sample.content.as_bytes() }]).unwrap().document
}

#[test]
fn every_picture_has_words_and_its_numbers() {
    let document = hospital();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    let mut years = YearSimulation::of_document(&document, 2_000);
    years.step(2_000);
    let pictures = pictures(&document, &analysis, years.result().as_ref());
    let titles: Vec<&str> = pictures.iter().map(|p| p.chart.title.as_str()).collect();
    assert!(titles.contains(&"What a year may cost") && titles.contains(&"Clinical risk"), "{titles:?}");
    for picture in &pictures {
        assert!(picture.chart.description.len() > 30 && !picture.table.rows.is_empty(), "{}", picture.chart.title);
        assert!(picture.table.rows.iter().all(|row| row.len() == picture.table.headings.len()));
    }
}

/// Nothing below red prints as the red line (U3): the numbers of the bars are those of the ranking.
#[test]
fn the_bars_say_what_the_ranking_says() {
    let document = hospital();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    let bars = &pictures(&document, &analysis, None)[0];
    for row in &bars.table.rows {
        if row[2] == "below red" {
            assert!(row[5].parse::<f64>().unwrap() < 16.0, "{row:?}");
        }
    }
}

#[test]
fn the_summary_speaks_to_its_readers() {
    let document = hospital();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    for audience in [Audience::Board, Audience::Clinical] {
        let page = summary(&document, &analysis, audience, None);
        assert_eq!(page.risks.len(), 10);
        for text in page.risks.iter().flat_map(|risk| &risk.text).chain(&page.lead) {
            for jargon in ["SPOF", "ALE", "CVE", "LITRAF", "DCB0129", "NaN"] {
                assert!(!text.split(|c: char| !c.is_alphanumeric()).any(|word| word == jargon), "{text}");
            }
        }
    }
    let clinical = summary(&document, &analysis, Audience::Clinical, None);
    assert!(clinical.risks.iter().all(|risk| risk.text[0].contains("fail")), "{:?}", clinical.risks[0].text);
}

#[test]
fn the_register_says_what_is_not_known_and_sorts_by_amounts() {
    let document = hospital();
    let table = register(&document);
    assert_eq!(table.rows.len(), document.risks.len());
    assert!(table.rows.iter().flatten().any(|cell| cell == "not known"));
    let cost = table.headings.iter().position(|(words, _)| *words == "Cost a year").unwrap();
    let sorted = table.sorted(cost, true);
    assert_eq!(sorted.last().unwrap()[cost], "not known", "what is not known never stands on top as nothing");
    let table = DataTable {
        headings: vec![("x", true)],
        rows: ["£950", "", "£1.2 million", "£41,000 (£1–£2)"].map(|cell| vec![cell.to_owned()]).to_vec(),
    };
    let order: Vec<&str> = table.sorted(0, true).iter().map(|row| row[0].as_str()).collect();
    assert_eq!(order, ["£1.2 million", "£41,000 (£1–£2)", "£950", ""]);
}

/// What a field says can be typed into it again and changes nothing that counts; nonsense is refused with a reason.
#[test]
fn records_are_read_as_they_are_written() {
    let document = hospital();
    let today = parse_iso("2026-03-04");
    for (kind, heading, _, _) in KINDS {
        for record in records(&document, kind) {
            for field in 0..fields(kind).len() {
                let text = field_text(&document, record, field);
                let after = changed(&document, record, field, &text, today)
                    .unwrap_or_else(|error| panic!("{heading} {field} “{text}”: {error}"));
                let mut copy = document.clone();
                let mut ids = crate::id::IdSource::new(1);
                let put = crate::edit::Command::Put(after);
                let planned = crate::edit::plan(&document, &put, &mut ids, &|_| None).unwrap();
                copy.apply(&planned.patch);
                assert_eq!(violations(&copy), []);
                assert_eq!(field_text(&copy, record, field), text, "{heading} {field}");
            }
        }
    }
    let contract = AnyRecordId::Contract(*document.contracts.keys().next().unwrap());
    let wrong = |field, text| changed(&document, contract, field, text, today).unwrap_err();
    assert!(matches!(wrong(3, "No such system"), RecordError::NoSuchSystem(_)));
    assert!(matches!(wrong(10, "soon"), RecordError::Break));
    assert!(wrong(5, "32/13/2026").to_string().contains("day"));
    let after = changed(&document, contract, 10, "2027-03-31, 6 months, £10,000; 31/3/2028", today).unwrap();
    let crate::edit::AnyRecord::Contract(_, after) = after else { panic!("a contract") };
    assert_eq!(after.breaks.len(), 2);
    assert_eq!((after.breaks[0].notice_months, after.breaks[0].charge), (6, 1_000_000));
}
