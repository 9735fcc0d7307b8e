//! The map inside pictures: the same document back, and no harm from damaged or hostile pictures.

use proptest::prelude::*;

use crate::format::picture::*;
use crate::format::{open, FileInfo, NamedBytes};
use crate::model::arbitrary::arbitrary_document;
use crate::model::sample::SampleRandom;
use crate::model::{violations, Document};

const BOOKING: &str = include_str!("../../app/samples/outpatient-booking.map.json");

/// One grey pixel, made with another program.
const PIXEL: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\x68\x00\x00\x00\x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn opened(name: &str, bytes: &[u8]) -> Result<Imported, FormatError> {
    open(&[NamedBytes { name, bytes }])
}

fn text_of(document: &Document) -> String {
    json::write(document, &FileInfo::default())
}

fn as_svg(document: &Document) -> String {
    let payload = svg::payload(&text_of(document));
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title>\n<metadata id=\"portolan-document\">{payload}</metadata>\n<g><text>portolan-map;1;AAAA</text></g></svg>\n", "portolan-map;1;BBBB")
}

fn as_png(document: &Document) -> Vec<u8> {
    png::with_map(PIXEL, &text_of(document)).unwrap()
}

fn booking() -> Document {
    json::read(BOOKING.as_bytes()).unwrap().document
}

#[test]
fn a_picture_opens_as_the_map_it_shows() {
    let document = booking();
    for (name, bytes) in [("a.map.svg", as_svg(&document).into_bytes()), ("a.map.png", as_png(&document))] {
        let imported = opened(name, &bytes).unwrap();
        assert_eq!(imported.document, document, "{name}");
        assert!(imported.diagnostics.is_empty());
    }
}

#[test]
fn a_picture_without_a_map_says_so() {
    let plain = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>Other</metadata></svg>".to_vec();
    for (name, bytes) in [("plain.svg", plain), ("plain.png", PIXEL.to_vec())] {
        let error = opened(name, &bytes).unwrap_err();
        assert!(matches!(error, FormatError::NoMapInside { .. }), "{error:?}");
        let words = error.sentence(name);
        assert!(words.contains("without a map inside") && words.contains(name), "{words}");
    }
}

/// The check sums are those of the standard: a reader that is not ours takes the chunk and the text in it.
#[test]
fn the_chunk_is_as_the_standard_says() {
    let picture = as_png(&booking());
    let mut at = 8;
    let mut kinds = Vec::new();
    while at < picture.len() {
        let length = u32::from_be_bytes(picture[at..at + 4].try_into().unwrap()) as usize;
        kinds.push(String::from_utf8(picture[at + 4..at + 8].to_vec()).unwrap());
        at += length + 12;
    }
    assert_eq!(at, picture.len());
    assert_eq!(kinds, ["IHDR", "IDAT", "iTXt", "IEND"]);
    // IEND has no body, so its check sum is the same in every PNG; ours is found by the same routine.
    assert_eq!(&PIXEL[PIXEL.len() - 4..], b"\xae\x42\x60\x82");
    assert!(png::map_in(&picture).unwrap().whole);
}

#[test]
fn other_programs_may_write_the_picture_anew() {
    let document = booking();
    let payload = svg::payload(&text_of(&document));
    // Another prefix, other white space, broken lines.
    let (a, b) = payload.split_at(500);
    let rewritten = format!("<?xml version=\"1.0\"?>\r\n<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\"><svg:metadata\n id=\"metadata7\">\r\n   {a}\r\n{b}\n  </svg:metadata></svg:svg>");
    assert_eq!(opened("x.svg", rewritten.as_bytes()).unwrap().document, document);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(rewritten.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(opened("x.svg", &utf16).unwrap().document, document);
}

#[test]
fn a_damaged_map_is_never_taken_for_whole() {
    let document = booking();
    let mut picture = as_png(&document);
    let at = picture.len() - 60;
    picture[at] ^= 4;
    match opened("x.png", &picture) {
        Ok(imported) => assert!(imported.diagnostics.iter().any(|d| d.code == "picture-damaged")),
        Err(error) => assert!(error.sentence("x.png").len() > 60),
    }
    let cut = opened("x.png", &as_png(&document)[..400]);
    assert!(cut.is_err() || !cut.unwrap().diagnostics.is_empty());
}

#[test]
fn hostile_pictures_are_refused_in_bounded_time() {
    // A gigabyte of blanks in a chunk, lengths beyond the end, thousands of marks.
    let mut bomb = PIXEL[..33].to_vec();
    let packed = crate::format::packed::pack(&vec![b' '; 80 << 20]);
    let mut body = b"iTXtportolan-map\0\x01\0\0\0".to_vec();
    body.extend(packed);
    bomb.extend(((body.len() - 4) as u32).to_be_bytes());
    bomb.extend(body);
    bomb.extend([0; 4]);
    assert!(opened("x.png", &bomb).is_err());
    let mut long = PIXEL[..33].to_vec();
    long.extend(b"\xff\xff\xff\xffiTXtportolan-map\0\x01\0\0\0abc");
    assert!(opened("x.png", &long).is_err());
    let marks = format!("<svg>{}</svg>", "<metadata>portolan-map;1;</metadata>".repeat(20_000));
    assert!(opened("x.svg", marks.as_bytes()).is_err());
    let marks = format!("<svg>{}</svg>", "<metadata portolan-map;1;".repeat(20_000));
    assert!(opened("x.svg", marks.as_bytes()).is_err());
}

/// Whatever happened to a picture: it opens as the document, as a part of it with a remark, or not at all.
fn holds(document: &Document, name: &str, bytes: &[u8]) {
    match opened(name, bytes) {
        Ok(imported) => {
            assert_eq!(violations(&imported.document), vec![]);
            assert!(imported.document == *document || !imported.diagnostics.is_empty(), "a loss without a word");
        }
        Err(error) => assert!(error.sentence(name).len() > 20),
    }
}

#[test]
fn every_beginning_and_ten_thousand_damages() {
    let document = booking();
    let pictures = [("x.png", as_png(&document)), ("x.svg", as_svg(&document).into_bytes())];
    let mut random = SampleRandom::new(5);
    for (name, picture) in pictures {
        for end in 0..picture.len() {
            holds(&document, name, &picture[..end]);
        }
        for _ in 0..5_000 {
            let mut damaged = picture.clone();
            for _ in 0..1 + random.next_below(3) {
                let at = random.next_below(damaged.len());
                match random.next_below(4) {
                    0 => damaged[at] ^= 1 << random.next_below(8),
                    1 => damaged.truncate(at.max(1)),
                    2 => {
                        drop(damaged.drain(at..(at + 1 + random.next_below(30)).min(picture.len()).min(damaged.len())))
                    }
                    _ => damaged.insert(at, random.next_below(256) as u8),
                }
                if damaged.is_empty() {
                    damaged.push(0);
                }
            }
            match opened(name, &damaged) {
                Ok(imported) => assert_eq!(violations(&imported.document), vec![]),
                Err(error) => assert!(error.sentence(name).len() > 20),
            }
        }
    }
}

#[test]
fn the_corpus_survives_in_pictures_and_links() {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        return;
    };
    let mut checked = 0;
    for entry in std::fs::read_dir(std::path::Path::new(&root).join("owm")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "owm") {
            let bytes = std::fs::read(&path).unwrap();
            let Ok((text, _)) = crate::format::text::decode(&bytes) else { continue };
            let document = crate::format::owm::read(&text).document;
            let name = path.display();
            assert_eq!(opened("x.svg", as_svg(&document).as_bytes()).unwrap().document, document, "{name}");
            assert_eq!(opened("x.png", &as_png(&document)).unwrap().document, document, "{name}");
            let link = crate::format::link::write(&document);
            assert_eq!(crate::format::link::read(&link).unwrap().document, document, "{name}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_comes_back(document in arbitrary_document()) {
        prop_assert_eq!(&opened("x.svg", as_svg(&document).as_bytes()).unwrap().document, &document);
        prop_assert_eq!(&opened("x.png", &as_png(&document)).unwrap().document, &document);
    }

    #[test]
    fn any_bytes_can_be_tried(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut picture = PIXEL[..33].to_vec();
        picture.extend(&bytes);
        png::map_in(&picture);
        png::map_in(&bytes);
        png::with_map(&picture, "x");
        svg::map_in(&format!("<metadata>portolan-map;1;{}", String::from_utf8_lossy(&bytes)));
    }
}
