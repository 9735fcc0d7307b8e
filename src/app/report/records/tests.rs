use std::rc::Rc;

use crate::app::intent::{Intent, RiskIntent};
use crate::app::report::records::{field_text, part_address, QUESTIONS, SYSTEM};
use crate::app::tests::script::Person;
use crate::date::parse_iso;
use crate::known::Basis;
use crate::model::{AnyRecordId, PaceLayer, SystemFacts};

fn puts(person: &mut Person, record: AnyRecordId, field: usize, text: &str) {
    person.does(Intent::Risk(RiskIntent::Field(record, field, text.to_owned())));
}

fn facts(person: &Person) -> SystemFacts {
    person.app.document().components[&person.id("Kettle")].facts().clone()
}

#[test]
fn every_field_of_a_system_is_taken_and_said_again_in_the_same_words() {
    let mut person = Person::with_tea_shop();
    let kettle = person.record("Kettle");
    let typed = [
        "Platform",
        "Shadow",
        "A nurse showed it",
        "Estates",
        "n/a",
        "Kettles Ltd",
        "Main building",
        "Oracle Database | 12.1 | COBOL\nJava | 8",
        "Analyst; Night shift (operates)",
        "120 (100–150)",
        "30",
        "4 (2–6)",
        "12",
        "2025-05-01",
        "0.5 (0.2–1)",
        "3",
        "2 (1–3)",
        "Record",
        "Replatform",
        "Standby is tested | in place since 2025-03-01\nA second one | planned",
        "Recovery test | shared drive | 2025-03-01",
        "Warm to the touch",
    ];
    assert_eq!(typed.len(), SYSTEM.len());
    for (field, text) in typed.iter().enumerate() {
        puts(&mut person, kettle, field, text);
        assert_eq!(person.app.ranking().wrong(), None, "{}", SYSTEM[field].label);
        assert_eq!(field_text(person.app.document(), kettle, field), *text, "{}", SYSTEM[field].label);
        // The same again is no step of its own.
        let revision = Rc::clone(person.app.document());
        puts(&mut person, kettle, field, text);
        assert!(Rc::ptr_eq(&revision, person.app.document()), "{}", SYSTEM[field].label);
    }
    let facts = facts(&person);
    assert_eq!((facts.technologies.len(), facts.technologies[0].language.as_str()), (2, "COBOL"));
    assert_eq!(facts.pace_layer, Some(PaceLayer::Record));
    assert_eq!(facts.recovery_tested_on, parse_iso("2025-05-01"));
    assert!(facts.controls[0].built && !facts.controls[1].built);
    assert_eq!(facts.evidence[0].date, parse_iso("2025-03-01"));
    assert!(facts.owner_technical.is_not_applicable());
    assert_eq!(person.app.document().knowledge.len(), 2);
}

#[test]
fn where_a_value_comes_from_is_said_part_by_part() {
    let mut person = Person::with_tea_shop();
    let kettle = person.record("Kettle");
    puts(&mut person, kettle, QUESTIONS + 2, "4 (3–5)");
    for (part, text) in ["Interview", "2025-12-01", "Ward manager", "90", "Said at the meeting"].into_iter().enumerate()
    {
        puts(&mut person, kettle, part_address(QUESTIONS + 2, part), text);
        assert_eq!(field_text(person.app.document(), kettle, part_address(QUESTIONS + 2, part)), text);
    }
    let answer = facts(&person).likelihood[2].clone();
    assert_eq!(answer.range(), Some((&3, &4, &5)), "the range stays");
    assert_eq!((answer.basis, answer.as_of, answer.review_days), (Basis::Interview, parse_iso("2025-12-01"), Some(90)));
    assert_eq!((answer.by.as_str(), answer.reason.as_str()), ("Ward manager", "Said at the meeting"));
    // What cannot be taken stays in its field with the reason.
    for (part, text, words) in
        [(3, "7", "from 30 to 1825"), (4, "because", "at least 10 characters"), (1, "soon", "a day")]
    {
        let address = part_address(QUESTIONS + 2, part);
        puts(&mut person, kettle, address, text);
        let wrong = person.app.ranking().wrong().unwrap();
        assert_eq!((wrong.field, wrong.text.as_str()), (address, text));
        assert!(wrong.error.to_string().contains(words), "{}", wrong.error);
    }
}

#[test]
fn products_keep_the_support_dates_they_refer_to() {
    let mut person = Person::with_tea_shop();
    let kettle = person.record("Kettle");
    puts(&mut person, kettle, 7, "Oracle Database | 12.1");
    person.does(Intent::Table(crate::app::intent::TableIntent::Go { row: 0, column: 0, extend: false }));
    let mut facts_now = facts(&person);
    facts_now.technologies[0].lifecycle_ref = "y1".to_owned();
    let change = crate::edit::ComponentChange::Facts(Box::new(facts_now));
    let ids = vec![person.id("Kettle")];
    person.does(Intent::Edit(crate::edit::Command::ChangeComponents { ids, change }));
    puts(&mut person, kettle, 7, "Java | 8\nOracle Database | 12.1 | PL/SQL");
    let technologies = facts(&person).technologies;
    assert_eq!((technologies[1].lifecycle_ref.as_str(), technologies[1].language.as_str()), ("y1", "PL/SQL"));
}
