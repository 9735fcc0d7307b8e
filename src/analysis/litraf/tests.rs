use proptest::prelude::*;

use crate::analysis::litraf::*;
use crate::date::parse_iso;

/// Facts with these answers; 0 is unknown.
fn facts(likelihood: [u8; 7], impact: [u8; 6]) -> SystemFacts {
    let known = |level: u8| if level == 0 { Known::unknown() } else { Known::exactly(level) };
    SystemFacts { likelihood: likelihood.map(known), impact: impact.map(known), ..SystemFacts::default() }
}

fn score(likelihood: [u8; 7], impact: [u8; 6]) -> Score {
    assess(&facts(likelihood, impact), 16.0, None).score
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 5e-7, "{a} is not {b}");
}

#[test]
fn w1_the_published_example() {
    let score = score([5, 5, 5, 5, 6, 6, 6], [5, 5, 2, 5, 5, 4]);
    close(score.likelihood.plan, 5.714286);
    close(score.impact.plan, 4.666667);
    close(score.overall.plan, 26.666667);
    assert_eq!(format!("{:.2}", score.overall.plan), "26.67");
    assert!(score.overall.is_exact());
    assert_eq!((score.group, score.legacy, score.unknown), (Group::A, Legacy::Yes, 0));
}

#[test]
fn w2_two_answers_missing() {
    let score = score([5, 5, 5, 0, 6, 6, 6], [5, 5, 0, 5, 5, 4]);
    close(score.overall.low, 24.880952);
    close(score.overall.plan, 28.175);
    close(score.overall.high, 28.446429);
    assert_eq!((score.known(), score.group), (11, Group::A));
}

#[test]
fn w3_nothing_known() {
    let score = score([0; 7], [0; 6]);
    assert_eq!(score.overall, Interval { low: 1.0, plan: 9.0, high: 30.0 });
    assert_eq!((score.group, score.legacy, score.unknown), (Group::B, Legacy::NotKnown, 13));
}

#[test]
fn w4_all_fours_are_exactly_red() {
    let fours = score([4; 7], [4; 6]);
    assert_eq!((fours.overall.low, fours.group), (16.0, Group::A));
    let one_less = score([4, 4, 4, 3, 4, 4, 4], [4; 6]);
    close(one_less.overall.plan, 15.714286);
    assert_eq!(one_less.group, Group::C);
}

#[test]
fn w5_a_single_worst_answer_is_below_red_but_flagged() {
    let score = score([6, 1, 1, 1, 1, 1, 1], [5, 1, 1, 1, 1, 1]);
    close(score.overall.plan, 12.857143);
    assert_eq!(score.group, Group::C);
    assert!(score.already);
}

#[test]
fn w33_stale_evidence_may_have_grown_worse() {
    let today = parse_iso("2026-01-15").unwrap();
    let mut facts = facts([2; 7], [2; 6]);
    facts.likelihood[0].as_of = parse_iso("2024-12-01");
    let answer = assess(&facts, 16.0, Some(today)).likelihood[0];
    assert_eq!((answer.state, answer.level.low, answer.level.high), (AnswerState::Stale, 2.0, 3.0));
    assert_eq!(assess(&facts, 16.0, Some(today)).score.legacy, Legacy::NotKnown);
    facts.likelihood[0].as_of = parse_iso("2025-12-01");
    let fresh = assess(&facts, 16.0, Some(today));
    assert_eq!((fresh.likelihood[0].state, fresh.score.legacy), (AnswerState::Known, Legacy::No));
    facts.likelihood[0] = Known { as_of: parse_iso("2020-01-01"), ..Known::exactly(6) };
    assert_eq!(assess(&facts, 16.0, Some(today)).likelihood[0].level, Interval::exactly(6.0));
}

#[test]
fn not_applicable_counts_as_the_mildest_and_is_no_unknown() {
    let mut facts = facts([4; 7], [4; 6]);
    facts.likelihood[4] = Known::not_applicable("runs at the supplier's");
    let assessment = assess(&facts, 16.0, None);
    assert_eq!(assessment.likelihood[4].level, Interval::exactly(1.0));
    assert_eq!(assessment.score.unknown, 0);
}

#[test]
fn levels_outside_the_scale_count_as_its_end() {
    let wild = score([255, 9, 6, 6, 6, 6, 6], [200, 5, 5, 5, 5, 5]);
    assert_eq!(wild.overall, Interval::exactly(30.0));
}

#[test]
fn every_level_has_its_word() {
    for criterion in Criterion::all() {
        let question = criterion.question();
        assert_eq!(question.levels.len(), usize::from(criterion.highest_level()), "{}", question.code);
        let distinct: std::collections::BTreeSet<_> = question.levels.iter().collect();
        assert_eq!(distinct.len(), question.levels.len(), "{}", question.code);
        assert!(criterion.level_word(0).is_none());
        assert!(criterion.level_word(criterion.highest_level() + 1).is_none());
    }
}

fn levels(highest: u8) -> impl Strategy<Value = Known<u8>> {
    prop_oneof![
        2 => Just(Known::unknown()),
        5 => (1..=highest).prop_map(Known::exactly),
        2 => (1..=highest, 1..=highest).prop_map(|(a, b)| Known::ranged(a.min(b), a, a.max(b))),
        1 => Just(Known::not_applicable("does not apply here")),
        1 => (1..=highest).prop_map(|l| Known { as_of: parse_iso("2020-02-02"), ..Known::exactly(l) }),
    ]
}

fn systems() -> impl Strategy<Value = SystemFacts> {
    (prop::collection::vec(levels(6), 7), prop::collection::vec(levels(5), 6)).prop_map(|(l, c)| SystemFacts {
        likelihood: l.try_into().unwrap(),
        impact: c.try_into().unwrap(),
        ..SystemFacts::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// W6, U5, over 20,000 systems: hiding a known value never lowers high, never raises low, never moves a system from A or B to C.
    #[test]
    fn w6_hiding_a_value_never_makes_a_system_look_safer(facts in systems(), hidden in 0..13usize) {
        let today = parse_iso("2026-01-15");
        let before = assess(&facts, 16.0, today).score;
        let mut less = facts;
        if hidden < 7 { less.likelihood[hidden] = Known::unknown() } else { less.impact[hidden - 7] = Known::unknown() }
        let after = assess(&less, 16.0, today).score;
        prop_assert!(after.overall.high >= before.overall.high);
        prop_assert!(after.overall.low <= before.overall.low);
        prop_assert!(!(before.group != Group::C && after.group == Group::C));
        prop_assert!(!(before.legacy != Legacy::No && after.legacy == Legacy::No));
        prop_assert!(before.overall.low <= before.overall.plan && before.overall.plan <= before.overall.high);
    }

    #[test]
    fn raising_an_answer_never_lowers_a_score(facts in systems(), raised in 0..13usize) {
        let before = assess(&facts, 16.0, None).score;
        let mut worse = facts.clone();
        let (answer, most) =
            if raised < 7 { (&mut worse.likelihood[raised], 6) } else { (&mut worse.impact[raised - 7], 5) };
        if let Knowledge::Known { value, low, high } = &mut answer.knowledge {
            (*value, *low, *high) = ((*value + 1).min(most), (*low + 1).min(most), (*high + 1).min(most));
        }
        let after = assess(&worse, 16.0, None).score;
        prop_assert!(after.overall.low >= before.overall.low - 1e-12);
        prop_assert!(after.overall.plan >= before.overall.plan - 1e-12);
        prop_assert!(after.overall.high >= before.overall.high - 1e-12);
    }
}
