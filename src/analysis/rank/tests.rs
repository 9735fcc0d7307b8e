use std::rc::Rc;

use proptest::prelude::*;

use crate::analysis::analyse;
use crate::analysis::dependency;
use crate::analysis::rank::*;
use crate::analysis::testing::{facts_with, facts_with_impact, Estate};
use crate::date::parse_iso;
use crate::id::Id;
use crate::known::Known;
use crate::model::{sample, SystemFacts};

fn names(estate: &Estate) -> Vec<String> {
    let ranking = estate.analysis().ranking;
    ranking.rows.iter().map(|r| estate.document.components[&r.component].name.clone()).collect()
}

#[test]
fn groups_come_before_everything_else() {
    let mut estate = Estate::default();
    estate.system("sound", facts_with(1, 1));
    estate.system("red", facts_with(4, 4));
    estate.system("open", SystemFacts::default());
    estate.component(Component::named("never described"));
    assert_eq!(names(&estate), ["red", "never described", "open", "sound"]);
    let ranking = estate.analysis().ranking;
    assert_eq!(ranking.counts, [1, 2, 1]);
    assert_eq!(ranking.with_facts, 2);
    let levels: Vec<(u8, bool)> = ranking.rows.iter().map(|r| (r.level, r.hatched)).collect();
    assert_eq!(levels, [(5, false), (3, true), (3, true), (1, false)]);
}

#[test]
fn users_are_not_ranked_and_nothing_else_is_left_out() {
    let mut estate = Estate::default();
    estate.anchor("patient");
    estate.component(Component::named("booking"));
    estate.component(Component { kind: crate::model::ComponentKind::Submap, ..Component::named("elsewhere") });
    assert_eq!(names(&estate), ["booking", "elsewhere"]);
    assert!(estate.analysis().ranking.is_silent());
}

#[test]
fn the_index_is_the_weighted_sum_of_the_documents_rows() {
    // The four rows of W27.
    let rows = [
        (20.0, 5.0, 120e3, 0.9, 6.0, 0.747_477),
        (14.0, 4.0, 180e3, 0.4, 3.0, 0.497_107),
        (17.0, 3.6, 60e3, 0.2, 5.0, 0.504_229),
        (12.0, 4.0, 400e3, 0.1, 2.0, 0.421_841),
    ];
    for (litraf, inherited, cost, urgency, knowledge, expected) in rows {
        let values = [litraf, inherited, f64::log10(cost), urgency, knowledge];
        let index: f64 = IndexCriterion::ALL
            .iter()
            .zip(values)
            .zip(RiskSettings::default().weights)
            .map(|((criterion, value), weight)| weight * criterion.share(value))
            .sum();
        assert!((index - expected).abs() < 1e-6, "{index} is not {expected}");
    }
}

#[test]
fn ties_go_to_older_evidence_then_to_the_name() {
    let mut estate = Estate::default();
    for (name, date) in [("b", "2025-06-01"), ("c", "2024-06-01"), ("a", "2025-06-01")] {
        let mut facts = facts_with(2, 3);
        facts.likelihood[0].as_of = parse_iso(date);
        estate.system(name, facts);
    }
    assert_eq!(names(&estate), ["c", "a", "b"]);
}

#[test]
fn names_tie_break_to_their_end_and_without_case() {
    let mut estate = Estate::default();
    for name in ["Clinical portal 10", "clinical  PORTAL 09", "Clinical portal", "\u{e9}chographie", "Zoo"] {
        estate.system(name, facts_with(2, 3));
    }
    let expected = ["Clinical portal", "clinical  PORTAL 09", "Clinical portal 10", "Zoo", "\u{e9}chographie"];
    assert_eq!(names(&estate), expected);
}

#[test]
fn unusable_weights_fall_back_to_the_usual_ones() {
    assert_eq!(normalized([f64::NAN, -1.0, 0.0, 0.0, 0.0]), RiskSettings::default().weights);
    assert_eq!(normalized([2.0, 2.0, 0.0, 0.0, 0.0]), [0.5, 0.5, 0.0, 0.0, 0.0]);
}

#[test]
fn finding_out_is_worth_most_where_much_is_open_and_much_depends() {
    let mut estate = Estate::default();
    estate.system("service", facts_with(2, 5));
    estate.system("known", facts_with(2, 2));
    let mut half = facts_with(2, 2);
    half.likelihood[0] = Known::unknown();
    estate.system("half", half);
    estate.system("open", SystemFacts::default());
    estate.need("service", "open", 1.0);
    let ranking = estate.analysis().ranking;
    let order: Vec<ComponentId> = ranking.find_out_first().iter().map(|row| row.component).collect();
    assert_eq!(order, [estate.id("open"), estate.id("half")]);
    // (30 - 1) / 29 × 5
    assert!((ranking.find_out_first()[0].find_out - 5.0).abs() < 1e-12);
}

#[test]
fn a_row_explains_itself() {
    let mut estate = dependency::tests::cancer();
    let mut facts = facts_with_impact(2);
    facts.likelihood[0] = Known::exactly(6);
    facts.likelihood[2] = Known::exactly(5);
    facts.owner_technical = Known::exactly("Head of infrastructure".to_owned());
    let dc = estate.id("dc");
    Rc::make_mut(estate.document.components.get_mut(&dc).unwrap()).facts = Some(Rc::new(facts));
    let analysis = estate.analysis();
    let said = explain(&estate.document, &analysis, dc).unwrap();
    assert_eq!(
        said.standing,
        "dc is below red: between 8.29 and 11.86 of 30, where red starts at 16. What weighs most: it is out of \
         support already, and knowledge and skills (almost certain)."
    );
    assert_eq!(said.already.as_deref(), Some("Although it is below red as a whole, it is out of support already."));
    assert_eq!(
        said.inherited.as_deref(),
        Some("By itself it matters 2 of 5, but chemo needs it through lab, so it counts as 4 of 5.")
    );
    assert_eq!(said.alone.as_deref(), Some("Nothing stands in for it: it alone can stop chemo."));
    assert_eq!(said.stops, "If it stops, chemo, lab, pas and 2 more probably stop with it.");
    let unknown = said.unknown.unwrap();
    assert!(unknown.starts_with("We do not know when the contract runs out, whether it still does what is needed,"));
    assert!(unknown.ends_with("Ask Head of infrastructure."), "{unknown}");
}

#[test]
fn nothing_known_never_reads_as_safe() {
    let mut estate = Estate::default();
    estate.component(Component::named("Kettle"));
    let analysis = estate.analysis();
    let said = explain(&estate.document, &analysis, estate.id("Kettle")).unwrap();
    assert_eq!(
        said.standing,
        "Nothing is known about Kettle yet, so it is not known to be below red: its score may be anything from 1 to 30 \
         of 30."
    );
    assert!(said.sentences().count() >= 4);
}

#[test]
fn below_red_never_prints_as_red() {
    let estate = {
        let mut estate = Estate::default();
        estate.system("close", facts_with(4, 4));
        estate.document.settings = Rc::new(crate::model::Settings {
            risk: RiskSettings { red_from: 16.0 + 1e-6, ..RiskSettings::default() },
            ..Default::default()
        });
        estate
    };
    let analysis = estate.analysis();
    let row = analysis.row(estate.id("close")).unwrap();
    assert!(!headline(&estate.document, row).contains("16.00 of 30"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn adding_a_system_changes_no_other_index(seed in 0..1000u64, level in 0..7u8) {
        let mut document = sample::synthetic(30, seed);
        let before = analyse(&document, None);
        let facts = (level > 0).then(|| Rc::new(facts_with(level.min(6), level.min(5))));
        let id = Id::numbered('a', 1);
        document.components.insert(id, Rc::new(Component { facts, ..Component::named("Another") }));
        let after = analyse(&document, None);
        prop_assert_eq!(after.ranking.rows.len(), before.ranking.rows.len() + 1);
        for row in &before.ranking.rows {
            let now = after.row(row.component).unwrap();
            prop_assert_eq!((now.index, now.score, now.inherited), (row.index, row.score, row.inherited));
        }
    }

    /// The same systems under other ids get the same scores, indices and order.
    #[test]
    fn ids_do_not_matter(seed in 0..1000u64, factor in 1..97u64) {
        let document = sample::synthetic(60, seed);
        // 61 is prime and above the count, so this permutes.
        let other = |id: ComponentId| -> ComponentId {
            let number: u64 = id.to_string()[1..].parse().unwrap();
            Id::numbered('c', number * (factor % 60 + 1) % 61)
        };
        let mut permuted = Document { components: Default::default(), links: Default::default(), ..document.clone() };
        for (id, component) in &document.components {
            permuted.components.insert(other(*id), Rc::clone(component));
        }
        prop_assert_eq!(permuted.components.len(), document.components.len());
        for (id, link) in &document.links {
            let link = crate::model::Link { from: other(link.from), to: other(link.to), ..(**link).clone() };
            permuted.links.insert(*id, Rc::new(link));
        }
        let (a, b) = (analyse(&document, None).ranking, analyse(&permuted, None).ranking);
        for (a, b) in a.rows.iter().zip(&b.rows) {
            prop_assert_eq!(other(a.component), b.component);
            prop_assert_eq!((a.index, a.inherited, a.rank), (b.index, b.inherited, b.rank));
        }
    }

    #[test]
    fn raising_a_strength_or_an_impact_never_lowers_an_index(seed in 0..1000u64, pick in any::<u16>()) {
        let mut document = sample::synthetic(40, seed);
        let before = analyse(&document, None).ranking;
        let link = document.links.values_mut().nth(usize::from(pick) % 40).unwrap();
        Rc::make_mut(link).strength = Known::exactly(1.0);
        let after = analyse(&document, None);
        for row in &before.rows {
            prop_assert!(after.row(row.component).unwrap().index.plan >= row.index.plan - 1e-12);
        }
    }
}
