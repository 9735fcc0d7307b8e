//! Pictures, the clipboard, paper and links as a person uses them; the browser's part is played here.

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::*;
use crate::app::picture::*;
use crate::app::tests::script::Person;
use crate::format::{open, NamedBytes};

/// One grey pixel, made with another program.
const PIXEL: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\x68\x00\x00\x00\x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn chosen(person: &mut Person, choices: &[Choice]) {
    for choice in choices {
        person.does(Intent::Picture(PictureIntent::Choose(*choice)));
    }
}

fn sample(id: &'static str) -> Person {
    let mut person = Person::new();
    person.does(Intent::Show(ShowIntent::OpenSample(id)));
    person.effects.clear();
    person
}

fn saved_svg(person: &mut Person) -> (String, String) {
    person.effects.clear();
    person.does(Intent::Picture(PictureIntent::Save));
    let saved = person.effects.iter().find_map(|effect| match effect {
        Effect::Download { name, contents, .. } => Some((name.clone(), contents.clone())),
        _ => None,
    });
    saved.expect("a download")
}

fn pixels(person: &mut Person) -> (String, PixelJob) {
    person.effects.clear();
    person.does(Intent::Picture(PictureIntent::Save));
    let saved = person.effects.iter().find_map(|effect| match effect {
        Effect::SavePixels { name, job } => Some((name.clone(), job.clone())),
        _ => None,
    });
    saved.expect("asks for pixels")
}

fn copied(person: &mut Person) -> (Option<PixelJob>, String, String) {
    let found = person.effects.iter().rev().find_map(|effect| match effect {
        Effect::CopyRich { picture, html, text } => Some((picture.clone(), html.clone(), text.clone())),
        _ => None,
    });
    found.expect("asks to copy")
}

fn opens(name: &str, text: &str) -> Document {
    open(&[NamedBytes { name, bytes: text.as_bytes() }]).unwrap().document
}

#[test]
fn a_saved_picture_opens_as_the_same_map_and_picture_only_does_not() {
    let mut person = sample("outpatient-booking");
    person.acts(ActionId::ExportPicture);
    let (name, svg) = saved_svg(&mut person);
    assert_eq!(name, "Outpatient-booking_2026-03-04.map.svg");
    assert_eq!(&opens(&name, &svg), &**person.app.document());
    assert!(person.app.dialog().is_none(), "done, so the dialog is gone");

    person.acts(ActionId::ExportPicture);
    chosen(&mut person, &[Choice::PictureOnly(true)]);
    let (name, svg) = saved_svg(&mut person);
    assert_eq!(name, "Outpatient-booking_2026-03-04.svg");
    assert!(!svg.contains("metadata") && !svg.contains("portolan-map"));
    // Not even what cannot be seen.
    assert!(!svg.contains("Quayside"));
}

#[test]
fn a_picture_of_the_selection_holds_only_the_selection() {
    let mut person = sample("outpatient-booking");
    let names = ["Booking desk", "Online booking", "Appointment"];
    let records = names.map(|name| person.record(name));
    person.does(Intent::Select(SelectIntent::Only(records.into())));
    person.acts(ActionId::ExportPicture);
    let whole = Rc::clone(person.app.picture_preview().unwrap());
    chosen(&mut person, &[Choice::Selection(true), Choice::Legend(true)]);
    let part = Rc::clone(person.app.picture_preview().unwrap());
    assert!(part.width < whole.width && part.height < whole.height);
    let (name, svg) = saved_svg(&mut person);
    for shown in ["Booking desk", "Online booking", "Appointment", "Legend"] {
        assert!(svg.contains(shown), "{shown}");
    }
    for hidden in ["GP practice", "Printing and post", "Evolution<"] {
        assert!(!svg.contains(hidden), "{hidden}");
    }
    let inside = opens(&name, &svg);
    assert_eq!(inside.components.len(), 3);
    assert_eq!(inside.links.len(), 2, "appointment to desk and to online");
    assert!(inside.risks.is_empty() && inside.settings.description.is_empty());
}

#[test]
fn pixels_have_the_chosen_size_and_the_impossible_is_said() {
    let mut person = sample("outpatient-booking");
    person.acts(ActionId::ExportPicture);
    chosen(&mut person, &[Choice::Kind(Kind::Png), Choice::Scale(1)]);
    let (name, once) = pixels(&mut person);
    assert_eq!(name, "Outpatient-booking_2026-03-04.map.png");
    chosen(&mut person, &[Choice::Scale(4)]);
    let (_, four) = pixels(&mut person);
    assert!(four.width.abs_diff(once.width * 4) <= 4 && four.height.abs_diff(once.height * 4) <= 4);
    assert!(
        four.svg.contains(&format!("width=\"{}", four.width - 1))
            || four.svg.contains(&format!("width=\"{}", four.width))
    );
    // What the shell does with the pixels.
    let png = finished(PIXEL.to_vec(), once.map.as_deref());
    let inside = open(&[NamedBytes { name: &name, bytes: &png }]).unwrap().document;
    assert_eq!(&inside, &**person.app.document());

    let mut settings = Settings::clone(&person.app.document().settings);
    settings.size = Some(crate::geom::Size::new(6000.0, 3000.0));
    person.does(Intent::Show(ShowIntent::Dialog(None)));
    person.does(Intent::Edit(crate::edit::Command::ChangeSettings(Box::new(settings))));
    person.acts(ActionId::ExportPicture);
    person.effects.clear();
    person.does(Intent::Picture(PictureIntent::Save));
    assert!(!person.effects.iter().any(|e| matches!(e, Effect::SavePixels { .. })));
    let words = &person.app.status().unwrap().text;
    assert!(words.contains("more than browsers draw") && words.contains("16384"), "{words}");
}

#[test]
fn colours_are_those_chosen_whatever_the_screen_and_the_style() {
    let mut person = sample("tea-shop");
    person.acts(ActionId::LookDark);
    person.acts(ActionId::ExportPicture);
    let mut ground = |colors| {
        chosen(&mut person, &[Choice::Colors(colors)]);
        let svg = &person.app.picture_preview().unwrap().svg;
        let from = svg.find("<rect").unwrap();
        svg[from..].split("fill=\"").nth(1).unwrap()[..7].to_owned()
    };
    assert_eq!(ground(Colors::Light), "#ffffff");
    assert_eq!(ground(Colors::Print), "#ffffff");
    let dark = ground(Colors::Dark);
    assert!(dark != "#ffffff");
    chosen(&mut person, &[Choice::Colors(Colors::Print)]);
    assert!(person.app.picture_preview().unwrap().svg.contains("fill=\"#000000\""), "black letters");
}

#[test]
fn copying_puts_picture_table_and_text_together() {
    let mut person = sample("outpatient-booking");
    person.acts(ActionId::CopyPicture);
    let (picture, html, text) = copied(&mut person);
    assert_eq!(&opens("x.json", picture.unwrap().map.as_ref().unwrap()), &**person.app.document());
    let count = person.app.document().components.len();
    assert_eq!(html.matches("<tr>").count(), count + 1);
    assert!(html.contains("<th>Name</th><th>Stage</th>") && html.contains("<td>Booking desk</td>"));
    assert_eq!(text.lines().count(), count + 3);
    assert!(text.starts_with("Outpatient booking\r\n") && text.contains("\tOutpatient manager\t"));
    person.does(Intent::Picture(PictureIntent::Copied(Copied::All)));
    assert!(person.app.status().unwrap().text.starts_with("Copied as a picture"));
    for (answer, words) in [
        (Copied::TextOnly, "as text"),
        (Copied::Refused("this browser does not allow it here".to_owned()), "does not allow it here"),
    ] {
        person.does(Intent::Picture(PictureIntent::Copied(answer)));
        let status = person.app.status().unwrap();
        assert!(status.is_error && status.text.contains(words) && status.text.contains("Export picture"));
    }
    // Pasted here again, it comes back as components.
    let mut other = Person::new();
    other.does(Intent::File(FileIntent::Pasted(html)));
    assert_eq!(other.app.document().components.len(), count);

    person.does(Intent::Select(SelectIntent::Only([person.record("Booking desk")].into())));
    person.acts(ActionId::CopyPicture);
    let (_, html, _) = copied(&mut person);
    assert_eq!(html.matches("<tr>").count(), 2, "only what is selected");
}

#[test]
fn no_name_becomes_a_formula_or_markup_on_the_clipboard() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    let id = person.app.only_component().unwrap();
    let name = "=HYPERLINK(\"x\")<img src=x>".to_owned();
    let change = crate::edit::ComponentChange::Name(name);
    person.does(Intent::Edit(crate::edit::Command::ChangeComponents { ids: vec![id], change }));
    person.acts(ActionId::SelectNone);
    person.acts(ActionId::CopyPicture);
    let (_, html, text) = copied(&mut person);
    assert!(html.contains("<td>&#39;=HYPERLINK(&quot;x&quot;)&lt;img src=x&gt;</td>"), "{html}");
    assert!(text.contains("\r\n'=HYPERLINK"));
}

#[test]
fn pages_are_counted_and_hold_every_component() {
    let mut person = sample("hospital-estate");
    person.acts(ActionId::Print);
    let one = Rc::clone(person.app.print_sheet().unwrap());
    assert_eq!(one.pages.len(), 1);
    assert_eq!(one.pages[0].number, "Page 1 of 1");
    assert_eq!(one.date, "4 March 2026");
    assert!(matches!(&one.pages[0].body, Body::Map(svg) if svg.contains("Legend") && !svg.contains(" id=")));
    chosen(&mut person, &[Choice::SeveralPages(true), Choice::PrintTable(true), Choice::PrintRisks(true)]);
    let all = Rc::clone(person.app.print_sheet().unwrap());
    let maps = all.pages.iter().filter(|page| matches!(page.body, Body::Map(_))).count();
    assert!(maps > 1, "{}", all.words());
    let last = all.pages.len();
    for (at, page) in all.pages.iter().enumerate() {
        assert_eq!(page.number, format!("Page {} of {last}", at + 1));
    }
    let document = person.app.document();
    let mut rows = Vec::new();
    let mut drawn = String::new();
    let mut risks = 0;
    for page in &all.pages {
        match &page.body {
            Body::Map(svg) => drawn.push_str(svg),
            Body::Table(table) => rows.extend(table.rows.iter().map(|row| row[0].clone())),
            Body::Risks(_, some) => risks += some.len(),
        }
    }
    assert_eq!(rows.len(), document.components.len());
    assert_eq!(risks, 10);
    for component in document.components.values() {
        let first = component.name.split_whitespace().next().unwrap().replace('&', "&amp;").replace('\'', "&#39;");
        assert!(drawn.contains(&first), "{first} is on some page");
    }
    // The table gets more rows on a page of larger paper.
    let most_rows = |person: &Person| {
        let sheet = person.app.print_sheet().unwrap();
        let tables = sheet.pages.iter().filter_map(|page| match &page.body {
            Body::Table(table) => Some(table.rows.len()),
            _ => None,
        });
        tables.max().unwrap()
    };
    let small = most_rows(&person);
    chosen(&mut person, &[Choice::Paper(Paper::A3)]);
    assert!(most_rows(&person) > small, "{small}");
    // The risk view prints as it is.
    person.does(Intent::Show(ShowIntent::Dialog(None)));
    assert!(person.app.print_sheet().is_none() || person.app.dialog().is_none());
}

#[test]
fn a_link_round_trip_asks_before_it_takes_the_place_of_work() {
    let mut person = sample("outpatient-booking");
    person.acts(ActionId::ShareLink);
    let offer = Rc::clone(person.app.link_offer().unwrap());
    assert!(offer.fits && !offer.only_here && offer.length == offer.address.chars().count());
    assert!(offer.address.starts_with("https://maps.example.org/portolan/#m=1."));
    person.does(Intent::Picture(PictureIntent::CopyLink));
    let (picture, _, text) = copied(&mut person);
    assert!(picture.is_none() && text == offer.address);

    let fragment = offer.address.split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap();
    let mut other = Person::with_tea_shop();
    other.does(Intent::Picture(PictureIntent::LinkOpened(fragment.clone())));
    assert_eq!(other.app.document().components.len(), 4, "asks first");
    other.does(Intent::File(FileIntent::ContinueWithoutSaving));
    assert_eq!(other.app.document().components.len(), person.app.document().components.len());
    assert!(other.app.document().components.values().all(|c| c.facts.is_none()));
    assert!(other.app.has_unsaved_changes(), "it is in no file");
    assert_eq!(other.app.file_state().name, None);

    let before = Rc::clone(other.app.document());
    let mut fresh = Person::new();
    fresh.does(Intent::Picture(PictureIntent::LinkOpened(fragment[..300].to_owned())));
    assert!(
        matches!(fresh.app.dialog(), Some(DialogKind::CannotOpen { message }) if message.contains("damaged or cut short"))
    );
    assert_eq!(*other.app.document(), before);
}

#[test]
fn a_link_that_is_too_large_is_not_copied() {
    let mut person = sample("hospital-estate");
    person.acts(ActionId::ShareLink);
    let offer = Rc::clone(person.app.link_offer().unwrap());
    assert!(!offer.fits && offer.length > 2_000, "{}", offer.length);
    person.effects.clear();
    person.does(Intent::Picture(PictureIntent::CopyLink));
    assert!(person.effects.is_empty());
    chosen(&mut person, &[Choice::LinkAll(true)]);
    assert!(person.app.link_offer().unwrap().length > offer.length);
}
