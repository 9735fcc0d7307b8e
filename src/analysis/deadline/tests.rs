use std::rc::Rc;

use crate::analysis::deadline::*;
use crate::analysis::testing::{facts_with, Estate};
use crate::date::{parse_iso, to_iso};
use crate::id::Id;
use crate::known::Known;
use crate::model::*;

fn day(text: &str) -> Date {
    parse_iso(text).unwrap()
}

fn breaking(on: &str, months: u32) -> Contract {
    Contract {
        name: "Hosting".to_owned(),
        breaks: vec![ContractBreak { date: parse_iso(on), notice_months: months, charge: 0 }],
        ..Contract::default()
    }
}

fn estate(contract: Contract) -> Estate {
    let mut estate = Estate::default();
    let component = estate.system("portal", facts_with(2, 2));
    let contract = Contract { components: [component].into(), ..contract };
    estate.document.contracts.insert(Id::numbered('k', 1), Rc::new(contract));
    estate
}

#[test]
fn w11_last_days_for_notice() {
    let today = day("2026-01-15");
    let mut contract = breaking("2026-09-30", 6);
    contract.end = parse_iso("2028-03-31");
    contract.annual_charge = Known::exactly(38_000_000);
    let list = notices(&estate(contract).document, today);
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].last_day.map(to_iso).as_deref(), Some("2026-03-30"));
    assert_eq!(list[0].days_left, Some(74));
    // £380,000 a year over 548 days.
    assert_eq!(list[0].missing_commits, Some(57_052_055));
    let list = notices(&estate(breaking("2026-08-31", 6)).document, today);
    assert_eq!(list[0].last_day.map(to_iso).as_deref(), Some("2026-02-28"));
    let list = notices(&estate(breaking("2024-08-31", 6)).document, day("2024-01-01"));
    assert_eq!(list[0].last_day.map(to_iso).as_deref(), Some("2024-02-29"));
}

#[test]
fn missed_notice_is_listed_with_negative_days_and_is_no_deadline() {
    let estate = estate(breaking("2026-09-30", 6));
    let today = day("2026-05-01");
    assert_eq!(notices(&estate.document, today)[0].days_left, Some(-32));
    assert_eq!(deadlines(&estate.document, today), []);
}

#[test]
fn unknown_terms_are_said_not_assumed() {
    let list =
        notices(&estate(Contract { name: "Paper".to_owned(), ..Contract::default() }).document, day("2026-01-15"));
    assert_eq!((list[0].terms, list[0].last_day), (NoticeTerms::NotKnown, None));
    let renewing = Contract {
        end: parse_iso("2026-12-31"),
        auto_renews: Known::exactly(true),
        notice_months: Known::exactly(3),
        ..Contract::default()
    };
    let list = notices(&estate(renewing).document, day("2026-01-15"));
    assert_eq!(list[0].last_day.map(to_iso).as_deref(), Some("2026-09-30"));
}

#[test]
fn urgency_comes_from_the_nearest_deadline() {
    let today = day("2026-01-15");
    let mut contract = breaking("2026-09-30", 6);
    contract.end = parse_iso("2028-01-15");
    let mut estate = estate(contract);
    estate.system("loose", facts_with(2, 2));
    let analysis = crate::analysis::analyse(&estate.document, Some(today));
    let urgency = |name: &str| analysis.row(estate.id(name)).unwrap().urgency;
    assert!((urgency("portal").unwrap() - (1.0 - 74.0 / 1095.0)).abs() < 1e-12);
    assert_eq!(urgency("loose"), None);
    assert!(crate::analysis::analyse(&estate.document, None).row(estate.id("portal")).unwrap().urgency.is_none());
}

#[test]
fn support_dates_are_found_by_reference_or_by_product_and_cycle() {
    let mut estate = Estate::default();
    let mut facts = facts_with(2, 2);
    facts.technologies = vec![
        Technology { product: "Windows Server".into(), version: "2012.1".into(), ..Technology::default() },
        Technology {
            lifecycle_ref: "java8".into(),
            product: "Java".into(),
            version: "1.8".into(),
            ..Technology::default()
        },
        Technology { product: "Oracle".into(), version: "20".into(), ..Technology::default() },
    ];
    estate.system("portal", facts);
    let record = |product: &str, cycle: &str, ends| Lifecycle {
        product: product.to_owned(),
        cycle: cycle.to_owned(),
        security_ends: ends,
        ..Lifecycle::default()
    };
    let lifecycles = &mut estate.document.lifecycles;
    lifecycles
        .insert(Id::numbered('s', 1), Rc::new(record("windows  server", "2012", SupportEnd::On(day("2023-10-10")))));
    lifecycles.insert(Id::parse("java8").unwrap(), Rc::new(record("OpenJDK", "8", SupportEnd::On(day("2026-11-30")))));
    lifecycles.insert(Id::numbered('s', 3), Rc::new(record("Oracle", "2", SupportEnd::Over)));
    let list = deadlines(&estate.document, day("2026-01-15"));
    let said: Vec<&str> = list.iter().map(|d| d.what.as_str()).collect();
    assert_eq!(said, ["security support for Windows Server 2012.1 ended", "security support for Java 1.8 ends"]);
    let analysis = crate::analysis::analyse(&estate.document, parse_iso("2026-01-15"));
    assert_eq!(analysis.row(estate.id("portal")).unwrap().urgency, Some(1.0));
}

#[test]
fn judgements_lapse_after_half_a_year_and_never_later_than_a_year() {
    let judgement = |on: &str, expires: Option<&str>| Judgement {
        on: parse_iso(on),
        expires: expires.map(day),
        ..Judgement::default()
    };
    let lapses = |j| judgement_lapses(&j).map(to_iso);
    assert_eq!(lapses(judgement("2026-01-01", None)).as_deref(), Some("2026-06-30"));
    assert_eq!(lapses(judgement("2026-01-01", Some("2026-03-01"))).as_deref(), Some("2026-03-01"));
    assert_eq!(lapses(judgement("2026-01-01", Some("2030-01-01"))).as_deref(), Some("2027-01-01"));
    assert_eq!(lapses(Judgement::default()), None);
}

#[test]
fn extended_support_counts_only_when_something_shows_it_was_bought() {
    let over = SupportEnd::On(day("2023-10-10"));
    let later = SupportEnd::On(day("2026-10-13"));
    let record = Lifecycle { security_ends: over, extended_ends: later, ..Lifecycle::default() };
    assert_eq!(protected_until(&record), over);
    let bought = Lifecycle { extended_bought: "Order 4711".to_owned(), ..record };
    assert_eq!(protected_until(&bought), later);
    // It never makes the end earlier, and says nothing by itself.
    let shorter = Lifecycle { security_ends: later, extended_ends: over, ..bought.clone() };
    assert_eq!(protected_until(&shorter), later);
    let unknown = Lifecycle { extended_ends: SupportEnd::Unknown, ..bought };
    assert_eq!(protected_until(&unknown), over);
}
