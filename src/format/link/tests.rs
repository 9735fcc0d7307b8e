//! Links: the same document back, nothing private in them unless asked for, and no harm from hostile ones.

use proptest::prelude::*;

use crate::format::link::*;
use crate::model::arbitrary::arbitrary_document;
use crate::model::sample::SampleRandom;
use crate::model::violations;

const BOOKING: &str = include_str!("../../app/samples/outpatient-booking.map.json");

fn booking() -> Document {
    json::read(BOOKING.as_bytes()).unwrap().document
}

#[test]
fn a_workshop_map_fits_and_its_link_says_nothing_private() {
    let whole = booking();
    let drawing = drawing_only(&whole);
    let link = write(&drawing);
    assert!(link.starts_with("m=1.") && link.len() < 1_400, "{} characters", link.len());
    assert!(link.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=.".contains(&b)));
    let back = read(&format!("#{link}")).unwrap();
    assert_eq!(back.document, drawing);
    assert!(back.diagnostics.is_empty());
    let text = json::write(&back.document, &FileInfo::default());
    for private in ["likelihood", "Quayside", "Eleven people", "supplier", "owner", "description", "strength"] {
        assert!(BOOKING.contains(private) && !text.contains(private), "{private}");
    }
    assert_eq!(back.document.components.len(), whole.components.len());
    assert_eq!(read(&write(&whole)).unwrap().document, whole, "with everything when that is asked for");
}

/// A stored link opens for ever. This one was packed by another program (zlib with `COMMON` as its dictionary).
#[test]
fn the_first_version_stays_readable() {
    const KEPT: &str = include_str!("kept-1.txt");
    let imported = read(KEPT.trim()).unwrap();
    let names: Vec<&str> = imported.document.components.values().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Public", "Cup of tea", "Kettle"]);
    assert_eq!(imported.document.settings.title, "Kept");
    assert_eq!(imported.document.links.len(), 2);
}

#[test]
fn fifty_systems_with_made_up_names_fit() {
    let words =
        ["Patient", "portal", "archive", "booking", "results", "engine", "ward", "list", "letters", "store", "index"];
    let mut random = SampleRandom::new(3);
    let mut text = String::from("title Estate\n");
    let mut names = Vec::new();
    for number in 0..50 {
        let name = format!("{} {} {number}", words[random.next_below(11)], words[random.next_below(11)]);
        text.push_str(&format!("component {name} [0.{:02}, 0.{:02}]\n", random.next_below(99), random.next_below(99)));
        names.push(name);
    }
    for _ in 0..75 {
        text.push_str(&format!("{}->{}\n", names[random.next_below(50)], names[random.next_below(50)]));
    }
    let document = crate::format::owm::read(&text).document;
    let length = write(&drawing_only(&document)).len();
    assert!(length + "https://maps.example.org/portolan/#".len() <= MOST_CHARACTERS, "{length}");
}

#[test]
fn what_is_wrong_with_a_link_is_said() {
    let link = write(&booking());
    let damaged = FormatError::DamagedInside { looks_like: "a link" };
    for broken in ["", "#", "m=", "m=1", "m=1.", "m=1.AAAA", "m=0.x", "m=one.x", "x=1.y", &link[..link.len() - 3]] {
        assert_eq!(read(broken).unwrap_err(), damaged, "{broken}");
    }
    assert_eq!(read("#m=2.abc").unwrap_err(), FormatError::NewerLink);
    assert!(matches!(read(&format!("m=1.{}", "A".repeat(300_000))), Err(FormatError::TooLarge { .. })));
    for error in [damaged, FormatError::NewerLink] {
        assert!(error.sentence("The link").len() > 60);
    }
    // What unpacks to more than a map may be.
    let mut bomb = vec![0; 4];
    bomb.extend(pack_after(COMMON.as_bytes(), &vec![b' '; 64 << 20]));
    assert!(bomb.len() < 100_000);
    assert!(matches!(read(&format!("m=1.{}", to_letters(&bomb))), Err(FormatError::DamagedInside { .. })));
}

#[test]
fn every_beginning_and_ten_thousand_damages_open_whole_or_not_at_all() {
    let document = booking();
    let link = write(&document);
    for end in 0..link.len() {
        // The last letter may hold only two bits that count for nothing.
        assert!(
            read(&link[..end]).map_or(true, |imported| imported.document == document && end + 1 >= link.len()),
            "{end}"
        );
    }
    let mut random = SampleRandom::new(11);
    let letters: Vec<char> = link.chars().collect();
    for _ in 0..10_000 {
        let mut damaged = letters.clone();
        for _ in 0..1 + random.next_below(3) {
            let at = random.next_below(damaged.len());
            match random.next_below(4) {
                0 => damaged[at] = ['A', '_', '-', '.', '=', '%', '#', 'é', '9', 'z'][random.next_below(10)],
                1 => drop(damaged.remove(at)),
                2 => damaged.insert(at, 'Q'),
                _ => {
                    let other = random.next_below(damaged.len());
                    damaged.swap(at, other);
                }
            }
        }
        if let Ok(imported) = read(&damaged.into_iter().collect::<String>()) {
            assert_eq!(imported.document, document);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_comes_back(document in arbitrary_document()) {
        prop_assert_eq!(&read(&write(&document)).unwrap().document, &document);
        let drawing = drawing_only(&document);
        prop_assert_eq!(violations(&drawing), vec![]);
        prop_assert_eq!(&read(&write(&drawing)).unwrap().document, &drawing);
        prop_assert!(drawing.notes.is_empty() && drawing.risks.is_empty() && drawing.source.is_none());
        prop_assert!(drawing.components.values().all(|c| c.facts.is_none() && c.description.is_empty() && c.extra.is_empty()));
    }

    #[test]
    fn any_text_can_be_tried(text in any::<String>(), letters in "m=1\\.[A-Za-z0-9_-]{0,200}") {
        let _either_way = (read(&text), read(&letters));
    }
}
