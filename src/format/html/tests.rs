//! The map comes out of the page as it went in, whatever it says; and a page is never more than a page.

use proptest::prelude::*;

use crate::diag::Severity;
use crate::format::fuzz::check_html;
use crate::format::html::{self, Content};
use crate::format::{detect, json, open, Detected, FileInfo, FormatError, NamedBytes};
use crate::model::arbitrary::arbitrary_document;
use crate::model::{Component, ComponentId, Document};

/// A page such as the build makes, in miniature.
const SHELL: &str = "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Portolan</title></head><body>\
                     <!--portolan:page-->\n<div id=\"app-root\"></div>\n<!--portolan:map-->\n<script>start()</script></body></html>\n";

/// A map of ours with a bit of everything.
fn letters() -> Document {
    json::read(include_bytes!("../../app/samples/letters-after.map.json")).unwrap().document
}

fn page_with(document: &Document) -> String {
    let json = json::write(document, &FileInfo::default());
    html::write(SHELL, &Content { title: &document.settings.title, page: "<main>The map</main>", json: &json }).unwrap()
}

fn opened(bytes: &[u8]) -> Result<Document, FormatError> {
    open(&[NamedBytes { name: "map.html", bytes }]).map(|imported| imported.document)
}

proptest! {
    #[test]
    fn any_document_comes_back_from_its_page(document in arbitrary_document()) {
        let page = page_with(&document);
        prop_assert_eq!(detect("x.html", page.as_bytes()), Detected::Html);
        prop_assert_eq!(opened(page.as_bytes()).unwrap(), document);
    }

    #[test]
    fn any_text_in_a_name_stays_a_name(parts in prop::collection::vec(prop::sample::select(vec![
        "</script>", "</SCRIPT >", "<!--", "-->", "<script>", "]]>", "\u{2028}", "\u{2029}", "\"", "'", "&lt;", "\\", "\\u003c",
        "<!--portolan:map-->", "<!--portolan:page-->", "id=\"portolan-map\">", "<title>", "</title>", "a", " ", "\r\n", "\0",
    ]), 1..12)) {
        let mut document = Document::new();
        let name = parts.concat();
        let id = ComponentId::numbered('c', 1);
        let mut component = Component::named(name.clone());
        component.description.clone_from(&name);
        document.components.insert(id, std::rc::Rc::new(component));
        std::rc::Rc::make_mut(&mut document.settings).title = name;
        crate::format::mend(&mut document);
        let page = page_with(&document);
        prop_assert_eq!(opened(page.as_bytes()).unwrap(), document);
        // Nothing of the data is markup: one block, one end to it, one more script, as in the page without a map.
        prop_assert_eq!(page.matches("</script>").count(), 2);
        prop_assert_eq!(page.to_lowercase().matches("<script").count(), 2);
        prop_assert_eq!(page.matches("<!--").count(), 0);
        prop_assert_eq!(page.matches("</title>").count(), 1);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_html(&bytes).unwrap();
        let mut page = b"<!DOCTYPE html><script id=\"portolan-map\">".to_vec();
        page.extend(bytes);
        check_html(&page).unwrap();
    }
}

#[test]
fn every_beginning_of_a_page_is_read_or_refused() {
    let mut document = letters();
    std::rc::Rc::make_mut(&mut document.settings).title = "Tea <b> & co".to_owned();
    let page = page_with(&document);
    assert!(page.contains("<title>Tea &lt;b> &amp; co</title>"));
    let mut salvaged = 0;
    for end in 0..page.len() {
        let Some(start) = page.get(..end) else { continue };
        check_html(start.as_bytes()).unwrap();
        if let Ok(imported) = open(&[NamedBytes { name: "cut.html", bytes: start.as_bytes() }]) {
            let whole = imported.document == document;
            assert!(
                whole || imported.diagnostics.iter().any(|d| d.severity > Severity::Notice),
                "silent loss at {end}"
            );
            salvaged += usize::from(!whole);
        }
    }
    assert!(salvaged > 10, "a page that was cut off in the middle of the map still has what came before");
}

#[test]
fn pages_without_a_map_are_refused_in_words() {
    let refused = |text: &str| opened(text.as_bytes()).unwrap_err().sentence("x.html");
    assert!(refused("<html><body>News</body></html>").contains("a web page, not a map"));
    assert!(refused(SHELL).contains("Portolan itself without a map inside"));
    assert!(refused("<html><script id=\"portolan-map\">hello</script></html>").len() > 20);
    assert!(html::write("<html></html>", &Content { title: "", page: "", json: "{}" }).is_none());
}

#[test]
fn a_page_written_anew_by_another_program_is_read() {
    let page = page_with(&letters());
    let other = page.replace(
        "<script type=\"application/json\" id=\"portolan-map\">",
        "<script id=\"portolan-map\" type=\"application/json\" data-x=\"1\">",
    );
    assert_eq!(opened(other.as_bytes()).unwrap(), letters());
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(page.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(opened(&wide).unwrap(), letters());
}

#[test]
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn real_maps_come_back_from_their_pages() {
    let Some(folder) = std::env::var_os("PORTOLAN_CORPUS") else {
        println!("PORTOLAN_CORPUS is not set: real maps are not read.");
        return;
    };
    let mut count = 0;
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let (Ok(bytes), Some(name)) = (std::fs::read(&path), path.file_name()) else { continue };
            if bytes.len() > 200_000 {
                continue;
            }
            let name = name.to_string_lossy();
            let Ok(imported) = open(&[NamedBytes { name: &name, bytes: &bytes }]) else { continue };
            assert_eq!(
                opened(page_with(&imported.document).as_bytes()).unwrap(),
                imported.document,
                "{}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count > 50, "only {count} maps in the corpus");
}
