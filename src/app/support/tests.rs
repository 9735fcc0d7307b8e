use crate::app::action::ActionId;
use crate::app::intent::*;
use crate::app::state::DialogKind;
use crate::app::support::SupportReview;
use crate::app::tests::script::Person;
use crate::model::SupportEnd;

const SERVER: &str = include_str!("../../format/support_dates/fixtures/windows-server.json");
const TABLE: &str = "name,product,version\nBooking,Windows Server,2012 R2\nLetters,Windows Server,\nMaps,FileMaker,7\n";

fn opens(person: &mut Person, name: &str, text: &str) {
    let file = ReadFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    person.does(Intent::File(FileIntent::Opened { files: vec![file], can_save_back: false }));
}

fn with_estate() -> Person {
    let mut person = Person::new();
    opens(&mut person, "systems.csv", TABLE);
    person.does(Intent::Import(ImportIntent::Take));
    person
}

fn row(person: &Person, name: &str) -> usize {
    let review = person.app.support_review().unwrap();
    review.rows.iter().position(|row| SupportReview::row_name(row).trim() == name).unwrap()
}

#[test]
fn dates_are_reviewed_changed_set_and_taken_back_in_one_step() {
    let mut person = with_estate();
    let before = std::rc::Rc::clone(person.app.document());
    opens(&mut person, "windows-server.json", SERVER);
    assert_eq!(person.app.dialog(), Some(&DialogKind::SupportDates));
    assert_eq!(**person.app.document(), *before, "nothing has happened yet");
    let review = person.app.support_review().unwrap();
    assert_eq!(review.summary(), "Sets the support dates of 1 system.");
    assert_eq!(review.found(&review.rows[row(&person, "Windows Server 2012 R2")]).unwrap(), "2023-10-10");
    assert_eq!(review.rows[row(&person, "FileMaker 7")].proposal.product, None);
    // The one without a version is known to somebody; the other is put right.
    let (letters, booking) = (row(&person, "Windows Server"), row(&person, "Windows Server 2012 R2"));
    person.does(Intent::Support(SupportIntent::Release(letters, Some(1))));
    person.does(Intent::Support(SupportIntent::Release(booking, Some(4))));
    person.does(Intent::Support(SupportIntent::Take));
    assert_eq!(person.app.dialog(), None);
    let end = |person: &Person, name: &str| {
        let component = &person.app.document().components[&person.id(name)];
        crate::analysis::deadline::lifecycle_of(person.app.document(), &component.facts().technologies[0])
            .map(|record| (record.security_ends, record.source.clone(), record.imported_on.is_some()))
    };
    let day = SupportEnd::On(crate::date::parse_iso("2029-01-09").unwrap());
    assert_eq!(end(&person, "Letters"), Some((day, "endoflife.date".to_owned(), true)));
    assert_eq!(end(&person, "Booking"), Some((SupportEnd::Over, "endoflife.date".to_owned(), true)));
    assert_eq!(end(&person, "Maps"), None);
    let suggested = person.app.suggestions(person.id("Booking"));
    assert_eq!(suggested[0].level, 6, "a date suggests an answer");
    assert!(
        person.app.document().components[&person.id("Booking")].facts().likelihood[0].is_unknown(),
        "and sets none"
    );
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), *before);
}

#[test]
fn a_product_can_be_chosen_and_the_file_named() {
    let mut person = with_estate();
    opens(&mut person, "windows-server.json", SERVER);
    let maps = row(&person, "FileMaker 7");
    person.does(Intent::Support(SupportIntent::Product(maps, Some(0))));
    assert!(person.app.support_review().unwrap().rows[maps].proposal.release.is_none());
    person.does(Intent::Support(SupportIntent::Release(maps, Some(0))));
    assert_eq!(person.app.support_review().unwrap().summary(), "Sets the support dates of 2 systems.");
    // A file of the older shape is called after its file until somebody says what it is about.
    opens(&mut person, "fm.json", r#"[{"cycle":"7","eol":"2010-01-01"}]"#);
    assert_eq!(person.app.support_review().unwrap().summary(), "No system would get a date.");
    person.does(Intent::Support(SupportIntent::Named("FileMaker".to_owned())));
    assert_eq!(person.app.support_review().unwrap().summary(), "Sets the support dates of 1 system.");
}

#[test]
fn without_a_map_the_reason_is_given() {
    let mut person = Person::new();
    opens(&mut person, "windows-server.json", SERVER);
    let Some(DialogKind::CannotOpen { message }) = person.app.dialog() else { panic!("it was taken for a map") };
    assert!(message.contains("open the map they are for first"), "{message}");
}
