use crate::format::{detect, open, Detected, FormatError, NamedBytes};

fn sort(name: &str, text: &str) -> Detected {
    detect(name, text.as_bytes())
}

#[test]
fn content_decides_and_the_name_only_where_it_is_open() {
    let ours = "{\n  \"format\":\"portolan-map\",\n";
    assert_eq!(sort("map.txt", ours), Detected::Json);
    assert_eq!(sort("x.json", &format!("\u{feff}  {ours}")), Detected::Json);
    assert_eq!(sort("x.csv", "title Tea\ncomponent Kettle [0.4, 0.3]\nKettle->Power\n"), Detected::Owm);
    assert_eq!(sort("", "anchor Public [0.9, 0.6]"), Detected::Owm);
    assert_eq!(sort("tea.owm", "// nothing yet"), Detected::Owm);
    assert_eq!(sort("tea.txt", "---\ntitle: x\n---\nwardley-beta\ntitle Tea\n"), Detected::Mermaid);
    assert_eq!(sort("x.csv", "id,label\n1,Tea\n"), Detected::NodesCsv);
    assert_eq!(sort("", "Application Name;Owner\nTea;Me\n"), Detected::NodesCsv);
    assert_eq!(sort("x.tsv", "source\ttarget\na\tb\n"), Detected::EdgesCsv);
    assert_eq!(sort("x.csv", "a,b\n1,2\n"), Detected::Csv);
    assert_eq!(sort("x", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Detected::Svg);
    assert_eq!(sort("x", "<!DOCTYPE html><html>"), Detected::Html);
    assert_eq!(detect("x.svg", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Detected::Png);
}

#[test]
fn files_of_other_programs_are_called_by_their_name() {
    let cases: &[(&[u8], &str)] = &[
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "a Word document"),
        (b"PK\x03\x04....xl/workbook.xml", "an Excel workbook; save it as CSV first"),
        (b"PK\x03\x04....readme.txt", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint document"),
        (b"{\"type\": \"excalidraw\", \"version\": 2}", "an Excalidraw drawing"),
        (b"{\"tldrawFileFormatVersion\":1}", "a tldraw drawing"),
        (b"<mxfile host=\"app\"><diagram/></mxfile>", "a draw.io drawing"),
        (b"%% drawn by hand\nflowchart TD\n  A-->B\n", "a Mermaid diagram of another kind"),
        (b"Dear colleague,\nplease find attached.\n", "a plain text without statements of a map"),
    ];
    for (bytes, looks_like) in cases {
        let files = [NamedBytes { name: "f", bytes }];
        assert_eq!(open(&files).unwrap_err(), FormatError::NotThisFormat { looks_like }, "{looks_like}");
        let sentence = open(&files).unwrap_err().sentence("f");
        assert!(sentence.starts_with(&format!("“f” is {looks_like}, not a map")), "{sentence}");
    }
}

#[test]
fn nothing_and_too_much_are_refused_in_words() {
    let file = |name, bytes| NamedBytes { name, bytes };
    assert_eq!(open(&[]).unwrap_err(), FormatError::Empty);
    assert_eq!(open(&[file("a", b"")]).unwrap_err(), FormatError::Empty);
    assert_eq!(open(&[file("a", b" \r\n ")]).unwrap_err(), FormatError::Empty);
    let (systems, links) = (file("a.csv", b"id,label\n1,Tea\n"), file("b.csv", b"source,target\n1,2\n"));
    assert_eq!(open(&[systems, systems]).unwrap_err(), FormatError::SeveralFiles { count: 2 });
    assert_eq!(open(&[systems, links, links]).unwrap_err(), FormatError::SeveralFiles { count: 3 });
    assert_eq!(open(&[links, systems]).unwrap().document.links.len(), 1);
}

#[test]
fn titles_come_from_the_names_of_tables() {
    let title =
        |name: &str| open(&[NamedBytes { name, bytes: b"id,label\n1,Tea\n" }]).unwrap().document.settings.title.clone();
    assert_eq!(title("C:\\Users\\x\\Our_estate.nodes.csv"), "Our estate");
    assert_eq!(title("/tmp/north-wing systems.csv"), "north wing");
    assert_eq!(title("nodes.csv"), "nodes");
    assert_eq!(title(""), "");
}

#[test]
fn every_map_of_the_corpus_is_told_by_its_content_alone() {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else { return };
    for (folder, extension, expected) in [("owm", "owm", Detected::Owm), ("mermaid", "mmd", Detected::Mermaid)] {
        let mut wrong = Vec::new();
        let mut all = 0;
        for entry in std::fs::read_dir(std::path::Path::new(&root).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|found| found == extension) {
                all += 1;
                let bytes = std::fs::read(&path).unwrap();
                // A few were cut out of pages together with some of the page; only their names tell.
                let cut_out = bytes.trim_ascii_start().starts_with(b"<");
                let found = detect(if cut_out { "x.owm" } else { "" }, &bytes);
                if found != expected {
                    wrong.push((path.file_name().unwrap().to_owned(), found));
                }
            }
        }
        assert!(all > 50 && wrong.is_empty(), "{all}: {wrong:#?}");
    }
}
