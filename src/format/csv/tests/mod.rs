mod taking_in;

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::csv::*;
use crate::format::{detect, open, Detected, FormatError, Imported, NamedBytes};
use crate::known::Basis;
use crate::model::*;

/// A folder of the corpus; `None` with a printed message when it is not there.
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn corpus(folder: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PORTOLAN_CORPUS").map(|root| std::path::Path::new(&root).join(folder));
    if path.as_ref().is_none_or(|path| !path.is_dir()) {
        eprintln!("skipped: PORTOLAN_CORPUS does not name a folder with {folder}");
        return None;
    }
    path
}

fn systems(text: &str) -> Imported {
    read_tables(Some(text), None, "Estate").unwrap()
}

fn named<'d>(document: &'d Document, name: &str) -> (ComponentId, &'d Component) {
    let (id, component) = document.component_named(name).unwrap_or_else(|| panic!("no {name}"));
    (id, component)
}

fn cells(diagnostics: &[Diagnostic], code: &str) -> Vec<(u32, String)> {
    let at = |d: &Diagnostic| match &d.place {
        Place::Cell { row, column } => (*row, column.clone()),
        other => panic!("{other:?}"),
    };
    diagnostics.iter().filter(|d| d.code == code).map(at).collect()
}

#[test]
fn every_graph_of_the_corpus_opens_whole() {
    let Some(folder) = corpus("graphs") else { return };
    let manifest = std::fs::read(folder.join("MANIFEST.csv")).unwrap();
    let table = sheet::read_sheet(std::str::from_utf8(&manifest).unwrap(), &mut Default::default());
    let column = |heading: &str| table.headings.iter().position(|h| h == heading).unwrap();
    let mut seen = 0;
    for row in &table.rows {
        let name = row.cell(column("name"));
        let read = |part: &str| std::fs::read(folder.join(format!("{name}.{part}.csv"))).unwrap();
        let (nodes, edges) = (read("nodes"), read("edges"));
        let names = [format!("{name}.nodes.csv"), format!("{name}.edges.csv")];
        let files = [NamedBytes { name: &names[1], bytes: &edges }, NamedBytes { name: &names[0], bytes: &nodes }];
        assert_eq!(detect(files[0].name, files[0].bytes), Detected::EdgesCsv, "{name}");
        let imported = open(&files).unwrap();
        let document = &imported.document;
        assert_eq!(violations(document), [], "{name}");
        assert_eq!(document.components.len().to_string(), row.cell(column("nodes")), "{name}");
        assert_eq!(document.links.len().to_string(), row.cell(column("edges")), "{name}");
        assert_eq!(document.settings.title, name.replace('_', " "));
        // One url of all these files is none ("TODO").
        let loud: Vec<_> = imported.diagnostics.iter().filter(|d| d.severity > Severity::Notice).collect();
        assert_eq!(loud.len(), usize::from(name == "hmpps"), "{name}: {loud:#?}");
        assert!(document.components.values().all(|c| c.external_id.is_some() && c.place().is_none()), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 13);
}

#[test]
fn dependencies_of_the_corpus_point_from_the_needing_to_the_needed() {
    let Some(folder) = corpus("graphs") else { return };
    let edges = std::fs::read(folder.join("govuk_docker_projects.edges.csv")).unwrap();
    let document = open(&[NamedBytes { name: "a/govuk_docker_projects.edges.csv", bytes: &edges }]).unwrap().document;
    // The manifest: most needed is nginx-proxy with 44, most needing finder-frontend with 9.
    let (proxy, _) = named(&document, "nginx-proxy");
    let (finder, _) = named(&document, "finder-frontend");
    assert_eq!(document.links.values().filter(|link| link.to == proxy).count(), 44);
    assert_eq!(document.links.values().filter(|link| link.from == finder).count(), 9);
    // 67 nodes fit a frame for 60 with a little growth; an estate of 2,867 needs nearly seven times the width.
    let width = document.settings.frame_size().width;
    assert!((1100.0..1200.0).contains(&width), "{width}");
}

#[test]
fn inventories_of_the_corpus_open_with_their_inner_dependencies() {
    let Some(folder) = corpus("inventories") else { return };
    let bytes = std::fs::read(folder.join("assessment_template.csv")).unwrap();
    let imported = open(&[NamedBytes { name: "assessment_template.csv", bytes: &bytes }]).unwrap();
    let document = &imported.document;
    assert_eq!(document.components.len(), 211);
    // The graph that was derived from the same table has 85 edges.
    assert_eq!(document.links.len(), 85);
    let (id, archive) = named(document, "Email Archive Platform");
    assert_eq!(archive.facts().supplier, "Microsoft");
    assert_eq!(archive.facts().owner_business.value().map(String::as_str), Some("Transportation"));
    assert_eq!(archive.facts().owner_business.basis, Basis::Imported);
    let needed: Vec<_> = document.links_of(id).map(|(_, link)| &document.components[&link.to].name).collect();
    assert_eq!(needed, ["Records Management Email Archive", "Benefits Administration"]);
    let areas: Vec<_> = document.areas.values().map(|area| area.name.as_str()).collect();
    assert_eq!(areas.len(), 8);
    assert!(areas.contains(&"Records Management"));
    let kept = kept_columns(&archive.extra);
    assert!(kept.contains(&("Tech Health".to_owned(), "2".to_owned())), "{kept:?}");
}

#[test]
fn support_dates_become_lifecycles() {
    let imported = systems(
        "id,label,version,end_of_life,active_support_end,extended_support_end\n\
         pg@9,PostgreSQL 9,9.6,2021-11-11,True,\n\
         pg@18,PostgreSQL 18,18,False,,soon\n",
    );
    let document = &imported.document;
    let (_, nine) = named(document, "PostgreSQL 9");
    let technology = &nine.facts().technologies[0];
    assert_eq!((technology.product.as_str(), technology.version.as_str()), ("PostgreSQL 9", "9.6"));
    let find = |reference: &str| {
        let key: LifecycleId = crate::id::Id::parse(reference).unwrap();
        document.lifecycles[&key].as_ref().clone()
    };
    let lifecycle = find(&technology.lifecycle_ref);
    assert_eq!(lifecycle.cycle, "9.6");
    assert_eq!(lifecycle.security_ends, SupportEnd::On(crate::date::parse_iso("2021-11-11").unwrap()));
    assert_eq!(lifecycle.support_ends, SupportEnd::Over);
    assert_eq!(lifecycle.extended_ends, SupportEnd::Unknown);
    let (_, newest) = named(document, "PostgreSQL 18");
    assert_eq!(find(&newest.facts().technologies[0].lifecycle_ref).security_ends, SupportEnd::NoDate);
    // A date that cannot be read is not lost.
    assert_eq!(cells(&imported.diagnostics, "csv-unreadable-cell"), [(3, "extended_support_end".to_owned())]);
    assert_eq!(kept_columns(&newest.extra), [("extended_support_end".to_owned(), "soon".to_owned())]);
}

#[test]
fn messy_tables_are_read_with_the_row_in_question() {
    let text = "sep=;\r\nID;Name;Name;Owner\r\n\r\na;\"Alpha \"\"one\"\"\";x;\"Line 1\nLine 2\"\r\nb;Beta\r\n;;;\r\nb;Beta again;;;extra\r\n;;z;\r\n";
    let imported = systems(text);
    let names: Vec<_> = imported.document.components.values().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Alpha \"one\"", "Beta", "Beta again"]);
    let (_, alpha) = named(&imported.document, "Alpha \"one\"");
    assert_eq!(alpha.facts().owner_business.value().map(String::as_str), Some("Line 1\nLine 2"));
    assert_eq!(kept_columns(&alpha.extra), [("Name column 3".to_owned(), "x".to_owned())]);
    let diagnostics = &imported.diagnostics;
    assert_eq!(cells(diagnostics, "csv-duplicate-heading"), [(1, "Name".to_owned())]);
    // Row numbers are a spreadsheet's: the hint and the blank line are rows, the break inside quotes is not.
    assert_eq!(cells(diagnostics, "csv-short-row"), [(5, "Name".to_owned())]);
    assert_eq!(cells(diagnostics, "csv-long-row"), [(7, "5".to_owned())]);
    assert_eq!(cells(diagnostics, "csv-duplicate-id"), [(7, "id".to_owned())]);
    assert_eq!(cells(diagnostics, "csv-nameless-row"), [(8, "1".to_owned())]);
    let (_, again) = named(&imported.document, "Beta again");
    assert_eq!(kept_columns(&again.extra), [("column 5".to_owned(), "extra".to_owned())]);
}

#[test]
fn every_line_end_and_separator_gives_the_same_table() {
    let expected = systems("id,label\na,Alpha\nb,Beta\n").document;
    for separator in [",", ";", "\t", "|"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = "id,label\na,Alpha\nb,Beta".replace(',', separator).replace('\n', end);
            assert_eq!(systems(&text).document, expected, "{separator:?} {end:?}");
        }
    }
}

#[test]
fn an_open_quote_is_told_with_its_row() {
    let imported = systems("id,label\na,Alpha\nb,\"Beta\nc,Gamma\nd,Delta\n");
    assert_eq!(cells(&imported.diagnostics, "csv-open-quote"), [(3, "1".to_owned())]);
}

#[test]
fn edges_find_systems_by_id_or_name_and_report_the_rest() {
    let systems = "id,label\n1,Booking\n2,Archive\n";
    let edges = "source,target,kind,strength,label\n1,2,hosted on,0.5,nightly\nbooking,ARCHIVE,uses,2,\n1,9,uses,,\n2,2,uses,,\n2,,,,\n1,9,depends_on,,\n";
    let imported = read_tables(Some(systems), Some(edges), "").unwrap();
    let document = &imported.document;
    assert_eq!(violations(document), []);
    let links: Vec<_> = document.links.values().collect();
    assert_eq!(links.len(), 3);
    assert_eq!(links[0].dependency, DependencyKind::HostedOn);
    assert_eq!(links[0].strength.value(), Some(&0.5));
    assert_eq!(links[0].context, "nightly");
    assert!(links[1].strength.is_unknown());
    assert_eq!(kept_columns(&links[1].extra), [("strength".to_owned(), "2".to_owned())]);
    assert_eq!(document.components.len(), 3);
    assert_eq!(cells(&imported.diagnostics, "csv-unknown-system"), [(4, "source".to_owned())]);
    assert_eq!(cells(&imported.diagnostics, "csv-self-link"), [(5, "target".to_owned())]);
    assert_eq!(cells(&imported.diagnostics, "csv-open-edge"), [(6, "source".to_owned())]);
    assert_eq!(cells(&imported.diagnostics, "csv-duplicate-edge"), [(7, "source".to_owned())]);
}

#[test]
fn tables_without_useful_headings_are_refused_with_what_is_missing() {
    let refused = open(&[NamedBytes { name: "numbers.csv", bytes: b"1,2\n3,4\n" }]).unwrap_err();
    assert_eq!(refused, FormatError::NoColumns { missing: "“id” or “label”" });
    assert!(refused.sentence("numbers.csv").contains("“source” and “target”"));
}

/// Otherwise each of the rows would be walked half a million columns wide.
#[test]
fn absurdly_wide_tables_are_refused_at_once() {
    let text = format!("id{}\n{}", ",".repeat(500_000), "a\n".repeat(40_000));
    let refused = read_tables(Some(&text), None, "").unwrap_err();
    assert_eq!(refused, FormatError::TooMany { what: "columns", count: 500_001, limit: 2000 });
}

#[test]
fn what_is_written_opens_in_a_spreadsheet_as_text_and_reads_back() {
    let systems =
        "id,label,owner,L3,C1,Cost,users\n=1+1,\"@sum, \"\"x\"\"\",Estates,4,n/a,12.50,\"1,200\"\n2,Plain,,,,,\n";
    let edges = "source,target,strength,Since\n2,=1+1,0.25,2011\n";
    let first = read_tables(Some(systems), Some(edges), "").unwrap().document;
    let (table, links) = (write_systems(&first), write_links(&first));
    assert!(table.starts_with("\u{feff}id,label,"));
    for cell in table.split([',', '\n']) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    assert!(table.contains("\"'=1+1\",\"'@sum, \"\"x\"\"\","), "{table}");
    let strip = |text: &str| text.trim_start_matches('\u{feff}').to_owned();
    let back = read_tables(Some(&strip(&table)), Some(&strip(&links)), "").unwrap();
    let loud: Vec<_> = back.diagnostics.iter().filter(|d| d.severity > Severity::Notice).collect();
    assert!(loud.is_empty(), "{loud:?}");
    let (_, back_first) = named(&back.document, "@sum, \"x\"");
    let (_, original) = named(&first, "@sum, \"x\"");
    assert_eq!(back_first, original);
    assert_eq!(back.document.links, first.links);
    assert_eq!(back.document.lifecycles, first.lifecycles);
    assert_eq!(original.facts().users.value(), Some(&1200));
    assert!(original.facts().impact[0].is_not_applicable());
}

#[test]
fn ten_thousand_faults_are_counted_rather_than_listed() {
    let text: String =
        std::iter::once("id,label\n".to_owned()).chain((0..10_000).map(|_| "same,Same\n".to_owned())).collect();
    let imported = systems(&text);
    let told: Vec<_> = imported.diagnostics.iter().filter(|d| d.code == "csv-duplicate-id").collect();
    assert_eq!(told.len(), 51);
    assert!(told[50].message.starts_with("9949 more"), "{}", told[50].message);
}
