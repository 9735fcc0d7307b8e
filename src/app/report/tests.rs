use crate::analysis::analyse;
use crate::analysis::dependency::{FindingsJob, GainsJob, Simulation};
use crate::analysis::money::{YearSimulation, DEFAULT_YEARS};
use crate::app::ranking::Audience;
use crate::app::report::records::{
    self, field_text, fields, new_record, RecordError, RecordKind, KINDS, RISK_TEMPLATES,
};
use crate::app::report::{lenses, pictures, register, sheet, summary, weak_points, DataTable, Section};
use crate::app::samples;
use crate::date::{parse_iso, Date};
use crate::edit::{plan, AnyRecord, Command};
use crate::format::{open, NamedBytes};
use crate::id::IdSource;
use crate::known::Known;
use crate::model::{violations, AnyRecordId, Document, Harm, Risk};

fn changed(
    document: &Document,
    record: AnyRecordId,
    field: usize,
    typed: &str,
    today: Option<Date>,
) -> Result<Option<Command>, RecordError> {
    records::changed(document, record, field, typed, today, &mut IdSource::new(1))
}

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

/// U6: a risk nobody has assessed stays in the matrix, in its margin, and one half assessed has a box around where it may be.
#[test]
fn unassessed_risks_stay_in_the_matrices() {
    let mut document = hospital();
    let (id, risk) = document.risks.iter().next().map(|(id, risk)| (*id, Risk::clone(risk))).unwrap();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    let rows = |document: &Document| {
        let all = pictures(document, &analysis, None);
        let picture = all.into_iter().find(|it| it.chart.title == "Clinical risk").unwrap();
        let words: Vec<String> = picture.chart.marks.iter().map(|mark| format!("{mark:?}")).collect();
        (picture.table.rows.len(), words.join("\n"))
    };
    let (before, _) = rows(&document);
    let mut half = risk;
    half.harm = Harm { severity: Known::exactly(4), ..Harm::default() };
    document.risks.insert(id, half.clone().into());
    let (count, words) = rows(&document);
    assert_eq!(count, before);
    assert!(words.contains("unsure") && words.contains("?\""), "{words}");
    half.harm = Harm::default();
    document.risks.insert(id, half.into());
    let (count, words) = rows(&document);
    assert_eq!(count, before);
    assert!(words.contains("Neither known, may be anywhere:"), "{words}");
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

/// The record as a document holds it after a command.
fn after(document: &Document, command: &Command) -> Document {
    let mut copy = document.clone();
    let planned = plan(document, command, &mut IdSource::new(1), &|_| None).unwrap();
    copy.apply(&planned.patch);
    assert_eq!(violations(&copy), []);
    copy
}

/// What a field says can be typed into it again and changes nothing: not a range, not a date, not where it comes from.
/// What it says can be taken away and typed anew, and then says the same.
#[test]
fn records_are_read_as_they_are_written() {
    let document = hospital();
    let today = parse_iso("2026-03-04");
    for (kind, heading, _, _) in KINDS {
        let all = records::records(&document, kind);
        assert!(!all.is_empty(), "{heading}");
        for record in all {
            for (field, it) in fields(kind).iter().enumerate() {
                let text = field_text(&document, record, field);
                assert_eq!(
                    changed(&document, record, field, &format!(" {text} "), today),
                    Ok(None),
                    "{heading} {field}"
                );
                // Away with it, and back again.
                let other = match it.choices {
                    [] if field == 0 => "Something else".to_owned(),
                    [] => String::new(),
                    choices => choices.iter().find(|choice| **choice != text).unwrap().to_string(),
                };
                let Ok(Some(away)) = changed(&document, record, field, &other, today) else { continue };
                let without = after(&document, &away);
                if field_text(&without, record, field) == text {
                    continue;
                }
                let back = changed(&without, record, field, &text, today);
                let back = back.unwrap_or_else(|error| panic!("{heading} {field} “{text}”: {error}")).unwrap();
                assert_eq!(field_text(&after(&without, &back), record, field), text, "{heading} {field}");
            }
        }
    }
}

#[test]
fn what_a_record_cannot_take_is_said() {
    let document = hospital();
    let today = parse_iso("2026-03-04");
    let contract = AnyRecordId::Contract(*document.contracts.keys().next().unwrap());
    let wrong = |record, field, text| changed(&document, record, field, text, today).unwrap_err();
    assert!(matches!(wrong(contract, 3, "No such system"), RecordError::NoSuchSystem(_)));
    assert!(matches!(wrong(contract, 10, "soon"), RecordError::Break));
    assert!(wrong(contract, 5, "32/13/2026").to_string().contains("day"));
    let command = changed(&document, contract, 10, "2027-03-31, 6 months, £10,000; 31/3/2028", today).unwrap().unwrap();
    let Command::Put(AnyRecord::Contract(_, contract)) = command else { panic!("a contract") };
    assert_eq!(contract.breaks.len(), 2);
    assert_eq!((contract.breaks[0].notice_months, contract.breaks[0].charge), (6, 1_000_000));

    let risk = AnyRecordId::Risk(*document.risks.keys().next().unwrap());
    assert!(matches!(wrong(risk, 16, "No such pathway"), RecordError::NoSuchPathway(_)));
    assert!(matches!(wrong(risk, 19, "Alarm | perhaps"), RecordError::Control));
    assert!(matches!(wrong(risk, 20, "Buy it | me | someday"), RecordError::Action));
    let typed = "Buy a cooler | Estates | by 2027-03-31 | £80,000 | outages halve\nTry the backup";
    let Command::Put(AnyRecord::Risk(_, changed_risk)) = changed(&document, risk, 20, typed, today).unwrap().unwrap()
    else {
        panic!("a risk")
    };
    assert_eq!(changed_risk.actions.len(), 2);
    assert_eq!((changed_risk.actions[0].cost, changed_risk.actions[0].due), (Some(8_000_000), parse_iso("2027-03-31")));
    assert_eq!(changed_risk.actions[1].text, "Try the backup");
    // Closing wants somebody who closes it.
    let command = changed(&document, risk, 12, "", today).unwrap().unwrap();
    let ownerless = after(&document, &command);
    assert_eq!(changed(&ownerless, risk, 14, "Closed", today), Err(RecordError::Owner));
}

#[test]
fn links_are_put_into_a_set_of_alternatives_by_name() {
    let document = hospital();
    let group = AnyRecordId::RedundancyGroup(*document.redundancy_groups.keys().next().unwrap());
    let before = field_text(&document, group, 4);
    assert!(before.lines().count() > 1 && before.contains(" → "), "{before}");
    let first = before.lines().next().unwrap();
    let command = changed(&document, group, 4, first, None).unwrap().unwrap();
    let one = after(&document, &command);
    assert_eq!(field_text(&one, group, 4), first);
    let command = changed(&one, group, 4, &before.replace('→', "->"), None).unwrap().unwrap();
    assert_eq!(after(&one, &command), document);
    assert!(matches!(changed(&document, group, 4, "Here → there", None), Err(RecordError::NoSuchLink(_))));
}

/// Every template makes a record that the register can show, with a date to look at it again.
#[test]
fn a_risk_begins_from_an_example() {
    let document = hospital();
    let today = parse_iso("2026-03-04");
    for (template, (_, title, ..)) in RISK_TEMPLATES.iter().enumerate() {
        let mut ids = IdSource::new(9);
        let record = new_record(&document, RecordKind::Risk, &mut ids, template, today).unwrap();
        let document = after(&document, &Command::Put(record));
        let row = register(&document).rows.into_iter().find(|row| row[0].contains(title)).unwrap();
        assert!(row[0].starts_with("If ") && row.contains(&"2027-03-04".to_owned()), "{row:?}");
    }
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
    let [about, apart, table] = sections.as_slice() else { panic!("three sections") };
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
    let said = apart.lines.join(" ");
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
    let mut gains = GainsJob::new(&document, &analysis, &failures);
    while !gains.step(7).is_done() {
        assert!(gains.result().is_none(), "nothing is said before the end");
    }
    let gains = gains.result().unwrap();
    let waiting = weak_points(&document, &analysis, None, None, None);
    let sections = weak_points(&document, &analysis, Some(&findings), Some(&failures), Some(&gains));
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
    assert!(of("What mending is worth").table.rows.iter().any(|row| row[3].contains(" → ")), "chains are named");
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

/// What the browser's tests find on the screen, word for word, simulations with all their trials included: it cannot go
/// stale while this passes.
#[test]
fn the_words_about_the_hospital_are_those_that_the_browser_is_compared_with() {
    let document = hospital();
    let analysis = analyse(&document, parse_iso("2026-03-04"));
    let mut years = YearSimulation::of_document(&document, DEFAULT_YEARS);
    years.step(DEFAULT_YEARS);
    let page = summary(&document, &analysis, (Audience::Board, false), years.result().as_ref());
    let mut words = String::new();
    for line in page.lead.iter().chain(page.risks.iter().flat_map(|risk| &risk.text)) {
        words.push_str(line);
        words.push('\n');
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/rank/hospital-trust.board.txt");
    expect_test::expect_file![path].assert_eq(&words);
}
