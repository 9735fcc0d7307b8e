use crate::analysis::analyse;
use crate::analysis::dependency::{FindingsJob, Simulation};
use crate::analysis::money::YearSimulation;
use crate::app::ranking::Audience;
use crate::app::report::records::{changed, field_text, fields, records, RecordError, KINDS};
use crate::app::report::{lenses, pictures, register, sheet, summary, weak_points, DataTable, Section};
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
        let page = summary(&document, &analysis, (audience, false), None);
        assert_eq!(page.risks.len(), 10);
        for text in page.risks.iter().flat_map(|risk| &risk.text).chain(&page.lead) {
            for jargon in ["SPOF", "ALE", "CVE", "LITRAF", "DCB0129", "NaN"] {
                assert!(!text.split(|c: char| !c.is_alphanumeric()).any(|word| word == jargon), "{text}");
            }
        }
    }
    for audience in [Audience::Board, Audience::Clinical] {
        let brief = summary(&document, &analysis, (audience, true), None);
        assert!(brief.risks.iter().all(|risk| risk.text.len() == 1 && risk.text[0].ends_with('.')));
        // Words that fit on a page of about 70 lines of 120 letters.
        let texts =
            brief.risks.iter().flat_map(|r| &r.text).chain(&brief.lead).chain(brief.lists.iter().flat_map(|l| &l.1));
        let lines: usize = texts.map(|text| text.chars().count().div_ceil(120)).sum();
        assert!(lines < 65, "{lines} lines");
    }
    let clinical = summary(&document, &analysis, (Audience::Clinical, false), None);
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
    assert_eq!(
        table.rows[*sorted.last().unwrap()][cost],
        "not known",
        "what is not known never stands on top as nothing"
    );
    let table = DataTable {
        headings: vec![("x", true)],
        rows: ["£950", "", "£1.2 million", "£41,000 (£1–£2)"].map(|cell| vec![cell.to_owned()]).to_vec(),
        ..DataTable::default()
    };
    let order: Vec<&str> = table.sorted(0, true).iter().map(|row| table.rows[*row][0].as_str()).collect();
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

fn cells(section: &Section) -> impl Iterator<Item = &str> {
    section.table.rows.iter().flatten().map(String::as_str).chain(section.lines.iter().map(String::as_str))
}

fn whole(sections: &[Section]) {
    for section in sections {
        let table = &section.table;
        assert!(table.rows.iter().all(|row| row.len() == table.headings.len()), "{}", section.heading);
        assert!(table.about.is_empty() || table.about.len() == table.rows.len(), "{}", section.heading);
        assert!(!section.lines.is_empty() || !table.rows.is_empty(), "{}", section.heading);
        for text in cells(section) {
            for jargon in ["SPOF", "LITRAF", "NaN", "inf", "DCB0129"] {
                assert!(!text.split(|c: char| !c.is_alphanumeric()).any(|word| word == jargon), "{text}");
            }
        }
    }
}

#[test]
fn six_lenses_stand_side_by_side_and_say_where_they_disagree() {
    let document = hospital();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    let sections = lenses(&document, &analysis);
    whole(&sections);
    let [about, table] = sections.as_slice() else { panic!("two sections") };
    assert_eq!(about.table.rows.len(), 6);
    assert_eq!(table.table.rows.len(), analysis.ranking.with_facts);
    // Places are in step with the rows: the first of the order, and the red ones first by score.
    for (row, line) in analysis.ranking.rows.iter().filter(|row| row.has_facts).zip(&table.table.rows) {
        assert_eq!(line[1], row.rank.to_string());
        if row.clinical.is_none() {
            assert_eq!((line[5].as_str(), line[6].as_str()), ("not assessed", "not known"));
        }
        if row.yearly_cost.is_none() {
            assert_eq!((line[10].as_str(), line[11].as_str()), ("not known", "not known"));
        }
    }
    let place = |line: &Vec<String>| line[4].trim_start_matches('=').parse::<usize>().unwrap();
    let group = |line: &Vec<String>| line[2].chars().next().unwrap();
    for a in &table.table.rows {
        for b in &table.table.rows {
            assert!(group(a) >= group(b) || place(a) < place(b), "a surely red score stands before one that may be");
        }
    }
    let said = about.lines.join(" ");
    assert!(said.contains(" in the order"), "{said}");
}

#[test]
fn weak_points_name_causes_chains_and_chances() {
    let document = std::rc::Rc::new(hospital());
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    let mut findings = FindingsJob::new(&document, &analysis);
    findings.step(usize::MAX);
    let mut failures = Simulation::new(&document, &analysis, 4_000);
    failures.step(4_000);
    let (findings, failures) = (findings.result().unwrap(), failures.result().unwrap());
    let waiting = weak_points(&document, &analysis, None, None);
    let sections = weak_points(&document, &analysis, Some(&findings), Some(&failures));
    whole(&sections);
    assert!(waiting.len() < sections.len());
    let of = |heading: &str| sections.iter().find(|s| s.heading == heading).unwrap();
    let kinds: Vec<&str> = of("Shared causes").table.rows.iter().map(|row| row[1].as_str()).collect();
    for kind in ["site", "supplier", "only person who knows it"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(of("What stops a service all by itself").table.rows.iter().all(|row| row[3].contains(" → ")));
    let late = of("Harm before recovery");
    assert!(!late.table.rows.is_empty() && late.lines[1].contains("not known to be in time"));
    let stops = of("How often services stop");
    let pathways = stops.table.rows.iter().filter(|row| row[1] == "pathway").count();
    assert_eq!(pathways, document.pathways.len(), "every pathway has its chance");
    assert!(stops.table.rows.iter().filter(|row| row[4] == "simulation").all(|row| row[3].starts_with('±')));
    assert!(of("What mending is worth").table.rows.iter().all(|row| row[4].contains("would fall by")));
}

/// The sheet is the reportable number: judgements stand beside it, what is not known is asked for.
#[test]
fn a_sheet_has_thirteen_answers_and_the_number_of_the_ranking() {
    let document = hospital();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    for row in &analysis.ranking.rows {
        let sheet = sheet(&document, &analysis, row.component).unwrap();
        assert_eq!(sheet.answers.rows.len(), 13);
        assert!(sheet.answers.rows.iter().all(|line| line.len() == sheet.answers.headings.len()));
        let unknown = sheet.answers.rows.iter().filter(|line| line[3].starts_with("Not known. Ask ")).count();
        assert_eq!(unknown, usize::from(row.score.unknown));
        assert!(sheet.outcome[0].contains(row.score.group.words()), "{}", sheet.outcome[0]);
    }
    let anchor = document.components.iter().find(|(_, c)| c.is_anchor()).map(|(id, _)| *id).unwrap();
    assert!(sheet(&document, &analysis, anchor).is_none());
}
