use std::rc::Rc;

use crate::analysis::analyse;
use crate::analysis::dependency::tests::cancer;
use crate::analysis::outage::Outages;
use crate::analysis::testing::{facts_with, Estate};
use crate::analysis::voice;
use crate::date::{days_after, parse_iso, Date};
use crate::id::Id;
use crate::known::{Basis, Known};
use crate::model::*;

fn today() -> Date {
    parse_iso("2026-01-15").unwrap()
}

/// The cancer graph with what a clinician would want to know about its data centre.
fn told() -> Estate {
    let mut estate = cancer();
    let dc = estate.id("dc");
    let mut set = |name: &str, change: &dyn Fn(&mut SystemFacts)| {
        let component = Rc::make_mut(estate.document.components.get_mut(&estate.id(name)).unwrap());
        let mut facts = component.facts().clone();
        change(&mut facts);
        component.facts = Some(Rc::new(facts));
    };
    set("chemo", &|f| {
        f.patients_per_day = Known::exactly(40);
        f.tolerable_outage_h = Known::exactly(9.0);
    });
    set("dc", &|f| f.recovery_h = Known::exactly(36.0));
    let risk = Risk {
        title: "If the cooling fails, chemotherapy stops".into(),
        components: [dc].into(),
        frequency: Known { basis: Basis::Estimate, ..Known::exactly(0.25) },
        loss: vec![LossLine { low: 2_000_000, high: 50_000_000, ..LossLine::default() }],
        harm: Harm { severity: Known::exactly(4), likelihood: Known::exactly(3), ..Harm::default() },
        ..Risk::default()
    };
    estate.document.risks.insert(Id::numbered('r', 1), Rc::new(risk));
    estate
}

#[test]
fn the_clinical_voice_speaks_of_patients_and_hours() {
    let estate = told();
    let analysis = analyse(&estate.document, Some(today()));
    let outages = Outages::new(&estate.document, &analysis.graph);
    let text = voice::clinical(&estate.document, &analysis, &outages, estate.id("dc")).unwrap();
    assert_eq!(
        text,
        "If dc fails, so does chemo, which needs it through lab. Harm may begin after 9 hours or earlier, but bringing it \
         back may take 36 hours. On a normal day that is 40 patients. The worst credible harm is the death or \
         life-changing injury of one patient, or serious injuries that heal for several. The chance in a year is about 1 \
         in 5, but nobody has measured this."
    );
    let text = voice::clinical(&estate.document, &analysis, &outages, estate.id("rx")).unwrap();
    assert!(text.ends_with("Nobody has assessed the harm yet."), "{text}");
}

#[test]
fn the_boards_voice_speaks_of_money_and_what_is_open() {
    let mut estate = told();
    let text = |estate: &Estate| {
        let analysis = analyse(&estate.document, Some(today()));
        voice::board(&estate.document, &analysis, estate.id("dc")).unwrap()
    };
    assert!(text(&estate).ends_with("Its risks cost about £40,000 a year on average."), "{}", text(&estate));
    let open = Risk { components: [estate.id("dc")].into(), ..Risk::default() };
    estate.document.risks.insert(Id::numbered('r', 2), Rc::new(open));
    assert!(text(&estate).ends_with("at least £40,000 a year on average; one risk has no known cost."));
    let analysis = analyse(&estate.document, Some(today()));
    let none = voice::board(&estate.document, &analysis, estate.id("rx")).unwrap();
    assert!(none.ends_with("Nobody has put a cost on its risks yet."));
}

#[test]
fn no_voice_uses_the_trades_abbreviations() {
    let estate = told();
    let analysis = analyse(&estate.document, Some(today()));
    let outages = Outages::new(&estate.document, &analysis.graph);
    for id in estate.document.components.keys() {
        let clinical = voice::clinical(&estate.document, &analysis, &outages, *id).unwrap();
        let board = voice::board(&estate.document, &analysis, *id).unwrap();
        for word in ["CVE", "SPOF", "ALE", "LITRAF", "DCB", "RTO", "NaN", "inf "] {
            assert!(!clinical.contains(word) && !board.contains(word), "{word}: {clinical} {board}");
        }
    }
}

#[test]
fn sole_custodians_are_named_by_post_with_what_else_hangs_on_them() {
    let mut estate = Estate::default();
    let ids = ["payroll", "rota", "ledger"].map(|name| estate.system(name, facts_with(2, 2)));
    for (number, component) in ids.into_iter().enumerate() {
        let holding = KnowledgeHolding {
            component,
            holder: "COBOL analyst".into(),
            can: [Ability::Change].into(),
            leaves_on: days_after(today(), 200),
            ..KnowledgeHolding::default()
        };
        estate.document.knowledge.insert(Id::numbered('h', number as u64), Rc::new(holding));
    }
    assert_eq!(
        voice::people(&estate.document, ids[0], today()).as_deref(),
        Some(
            "Only one post can mend or change payroll, and COBOL analyst leaves in 6 months. The same post is the only \
             cover for rota and ledger."
        )
    );
    estate.document.knowledge.clear();
    assert_eq!(voice::people(&estate.document, ids[0], today()), None);
}

#[test]
fn contracts_say_the_day_and_the_price() {
    let mut estate = Estate::default();
    let id = estate.system("portal", facts_with(2, 2));
    let contract = Contract {
        name: "Hosting".into(),
        components: [id].into(),
        breaks: vec![ContractBreak { date: parse_iso("2026-09-30"), notice_months: 6, charge: 0 }],
        end: parse_iso("2028-03-31"),
        annual_charge: Known::exactly(38_000_000),
        ..Contract::default()
    };
    estate.document.contracts.insert(Id::numbered('k', 1), Rc::new(contract));
    assert_eq!(
        voice::contracts(&estate.document, id, today()),
        ["To leave Hosting at the break on 30 September 2026, notice must be given by 30 March 2026, in 74 days. Missing \
          it commits us to about £571,000 more."]
    );
}

#[test]
fn backups_are_doubted_by_what_they_share() {
    let mut estate = Estate::default();
    for name in ["epr", "hall one", "hall two", "cooling"] {
        estate.system(name, facts_with(2, 2));
    }
    let group = estate.group(RedundancyGroup::default());
    for hall in ["hall one", "hall two"] {
        estate.alternative("epr", hall, 1.0, group);
    }
    let said = |estate: &Estate| voice::backups(&estate.document, &estate.analysis(), estate.id("hall one"));
    assert_eq!(said(&estate), ["hall two can stand in for hall one, but nobody has shown that this works."]);
    for hall in ["hall one", "hall two"] {
        estate.need(hall, "cooling", 1.0);
    }
    assert!(said(&estate)[0].starts_with("hall two can stand in for hall one, but all of them rely on cooling."));
}

#[test]
fn a_judgement_stands_beside_the_sum() {
    let mut estate = Estate::default();
    let id = estate.system("portal", facts_with(2, 2));
    let judgement = Judgement {
        component: id,
        field: "order".into(),
        computed: 7.0,
        judged: 2.0,
        reason: "Two near misses this winter that nobody wrote down.".into(),
        by: "Chief nurse".into(),
        on: parse_iso("2026-01-10"),
        ..Judgement::default()
    };
    estate.document.judgements.insert(Id::numbered('j', 1), Rc::new(judgement));
    let analysis = analyse(&estate.document, Some(today()));
    assert_eq!(
        voice::judgements(&estate.document, &analysis, id),
        ["The sum says 7 for order. Chief nurse judged 2 on 10 January 2026, because: Two near misses this winter that \
          nobody wrote down. This lapses on 9 July 2026."]
    );
    let later = analyse(&estate.document, parse_iso("2027-01-10"));
    assert!(voice::judgements(&estate.document, &later, id).is_empty());
}
