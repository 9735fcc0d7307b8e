//! The ranking at work: weights, judgements, slices of work, and what the lists and opened rows say.

use crate::analysis::litraf::suggest::Suggestion;
use crate::analysis::litraf::Criterion;
use crate::analysis::rank::judged::judged_order;
use crate::analysis::voice::{find_out_first, give_notice_by, next_steps, why};
use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::{Intent, RiskIntent, ShowIntent};
use crate::app::ranking::{answer_of, is_from_facts, NewJudgement, RankList, RiskPage};
use crate::app::state::{SidePanel, ViewTab};
use crate::app::tests::script::Person;
use crate::model::Document;

fn at_the_hospital() -> Person {
    let mut person = Person::new();
    person.does(Intent::Show(ShowIntent::OpenSample("hospital-estate")));
    person.effects.clear();
    person
}

/// Answers every request for time, as the browser does; the number of slices.
fn lets_it_work(person: &mut Person) -> usize {
    let mut slices = 0;
    while person.effects.contains(&Effect::WorkSoon) {
        person.effects.clear();
        person.does(Intent::Risk(RiskIntent::Work));
        slices += 1;
        assert!(slices < 10_000, "never done");
    }
    slices
}

fn order(person: &Person) -> Vec<String> {
    let rows = &person.app.analysis().ranking.rows;
    rows.iter().map(|row| person.app.document().components[&row.component].name.clone()).collect()
}

#[test]
fn a_slider_moves_the_order_live_and_is_one_step() {
    let mut person = at_the_hospital();
    let (before, usual) = (Document::clone(person.app.document()), order(&person));
    for step in 0..=10 {
        person.does(Intent::Risk(RiskIntent::Weight(3, f64::from(step) / 10.0)));
        let weights = person.app.document().settings.risk.weights;
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((weights[3] - f64::from(step) / 10.0).abs() < 1e-9);
    }
    assert_ne!(order(&person), usual, "only deadlines count now");
    person.does(Intent::Risk(RiskIntent::WeightDone));
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), before);
}

#[test]
fn work_is_done_in_slices_while_somebody_looks() {
    let mut person = at_the_hospital();
    assert!(!person.effects.contains(&Effect::WorkSoon), "nobody looks");
    person.does(Intent::Show(ShowIntent::Side(Some(SidePanel::Ranking))));
    assert!(person.app.ranking().work().is_running());
    let slices = lets_it_work(&mut person);
    assert!(slices > 10, "{slices} slices");
    let firmness = std::rc::Rc::clone(person.app.ranking().work().firmness().unwrap());
    assert_eq!(firmness.draws, 20_000);
    assert_eq!(firmness.rows.len(), order(&person).len());
    // A change starts it anew; the old figures stay meanwhile.
    person.does(Intent::Risk(RiskIntent::Weight(0, 0.9)));
    assert!(person.app.ranking().work().is_running() && person.app.ranking().work().firmness().is_some());
    assert!(person.app.ranking().work().is_old(), "what is shown is of the weights before");
    lets_it_work(&mut person);
    assert!(!person.app.ranking().work().is_running() && !person.app.ranking().work().is_old());

    person.does(Intent::Show(ShowIntent::Tab(ViewTab::Risk)));
    person.does(Intent::Risk(RiskIntent::Page(RiskPage::Pictures)));
    lets_it_work(&mut person);
    let losses = person.app.ranking().work().losses().unwrap();
    assert!(losses.years == 50_000 && losses.p10 <= losses.p50 && losses.p50 <= losses.p90);
}

#[test]
fn work_tells_how_far_it_is_and_can_be_stopped() {
    let mut person = at_the_hospital();
    person.does(Intent::Show(ShowIntent::Tab(ViewTab::Risk)));
    person.does(Intent::Risk(RiskIntent::Page(RiskPage::WeakPoints)));
    let mut told = Vec::new();
    while person.app.ranking().work().failures().is_none() {
        person.effects.clear();
        person.does(Intent::Risk(RiskIntent::Work));
        told.extend(person.app.ranking().work().percent());
        assert!(told.len() < 20_000, "never done");
    }
    assert!(told.is_sorted() && told.first() < told.last(), "it only grows: {told:?}");
    let failures = std::rc::Rc::clone(person.app.ranking().work().failures().unwrap());
    assert_eq!(failures.trials, 20_000);
    assert!(!person.app.ranking().work().findings().unwrap().causes.is_empty());

    // An edit makes it old; stopping leaves it old, and nothing runs until somebody asks.
    let first = person.app.analysis().ranking.rows[0].component;
    person.does(Intent::Risk(RiskIntent::Accept([first].into(), None)));
    person.does(Intent::Risk(RiskIntent::Weight(0, 0.5)));
    person.does(Intent::Risk(RiskIntent::WeightDone));
    let work = person.app.ranking().work();
    assert!(work.is_running() && work.is_old() && work.failures().is_some());
    person.does(Intent::Risk(RiskIntent::Cancel));
    person.effects.clear();
    person.does(Intent::Risk(RiskIntent::Work));
    let work = person.app.ranking().work();
    assert!(!work.is_running() && work.is_old() && work.is_cancelled());
    assert!(!person.effects.contains(&Effect::WorkSoon));
    person.does(Intent::Risk(RiskIntent::Resume));
    assert!(person.app.ranking().work().is_running());
    lets_it_work(&mut person);
    assert!(!person.app.ranking().work().is_old());
}

#[test]
fn suggestions_are_taken_over_with_their_reason_and_leave_judged_answers_alone() {
    let mut person = at_the_hospital();
    let ids: Vec<_> = person.app.document().components.keys().copied().collect();
    let open = |person: &Person, id| {
        let facts = person.app.document().components[&id].facts().clone();
        let open = |s: &Suggestion| answer_of(&facts, s.criterion).unwrap().is_unknown();
        person.app.suggestions(id).into_iter().filter(open).collect::<Vec<_>>()
    };
    let id = ids.iter().copied().find(|id| open(&person, *id).len() > 1).expect("somebody has open suggestions");
    let (suggested, before) = (open(&person, id), person.app.document().components[&id].facts().clone());
    person.does(Intent::Risk(RiskIntent::Accept([id].into(), Some(suggested[0].criterion))));
    let facts = person.app.document().components[&id].facts().clone();
    let answer = answer_of(&facts, suggested[0].criterion).unwrap();
    assert_eq!((answer.value(), answer.reason.as_str()), (Some(&suggested[0].level), suggested[0].reason.as_str()));
    assert!(is_from_facts(answer) && answer.as_of == person.app.today());
    assert!(answer_of(&facts, suggested[1].criterion).unwrap().is_unknown(), "only the one");

    person.does(Intent::Risk(RiskIntent::Accept(ids.iter().copied().collect(), None)));
    let facts = person.app.document().components[&id].facts().clone();
    for criterion in Criterion::all() {
        let was = answer_of(&before, criterion).unwrap();
        if !was.is_unknown() {
            assert_eq!(answer_of(&facts, criterion).unwrap(), was, "an answer that was there stays");
        }
    }
    assert!(ids.iter().all(|id| open(&person, *id).is_empty()));
    assert!(person.app.status().unwrap().text.starts_with("Accepted "));
    person.acts(ActionId::Undo);
    person.acts(ActionId::Undo);
    assert_eq!(*person.app.document().components[&id].facts(), before, "one step each");
}

#[test]
fn one_answer_for_several_leaves_those_that_have_it_as_they_are() {
    let mut person = at_the_hospital();
    let question = Criterion::Likelihood(4);
    let ids: std::collections::BTreeSet<_> =
        person.app.analysis().ranking.rows.iter().take(12).map(|row| row.component).collect();
    let before = Document::clone(person.app.document());
    let known = ids.iter().find_map(|id| answer_of(before.components[id].facts(), question)?.value().copied());
    let level = known.expect("one of them is answered");
    person.does(Intent::Risk(RiskIntent::Answer(ids.clone(), question, level.to_string())));
    for id in &ids {
        let (was, is) = (before.components[id].facts(), person.app.document().components[id].facts());
        let (was, is) = (answer_of(was, question).unwrap(), answer_of(is, question).unwrap());
        assert_eq!(is.value(), Some(&level));
        if was.value() == Some(&level) {
            assert_eq!(was, is, "where it comes from stays");
        } else {
            assert_eq!(is.as_of, person.app.today());
        }
    }
    person.acts(ActionId::Undo);
    assert_eq!(**person.app.document(), before, "one step");
}

#[test]
fn a_judgement_needs_a_reason_and_lapses() {
    let mut person = at_the_hospital();
    let last = person.app.analysis().ranking.rows.last().unwrap().component;
    let judged = |reason: &str| NewJudgement {
        component: last,
        place: 1,
        reason: reason.to_owned(),
        by: "Chief clinical information officer".to_owned(),
        days: 90,
    };
    person.does(Intent::Risk(RiskIntent::Judge(judged("I say so"))));
    assert!(person.app.status().unwrap().text.contains("at least 30 characters"));
    let known = person.app.document().judgements.len();
    let reason = "It failed twice last week and nobody on the night shift knew what to do.";
    person.does(Intent::Risk(RiskIntent::Judge(judged(reason))));
    person.does(Intent::Risk(RiskIntent::Judge(NewJudgement { place: 2, ..judged(reason) })));
    assert_eq!(person.app.document().judgements.len(), known + 1, "of one day the later one counts");
    assert_eq!(person.app.ranking().list(), RankList::Judged);
    let order = judged_order(person.app.document(), person.app.analysis());
    assert_eq!(order.rows[1].component, last);
    assert!(order.tau < 1.0);
    let answers = why(person.app.document(), person.app.analysis(), last);
    assert!(answers[0].sentences.iter().any(|s| s.contains(reason.trim_end_matches('.')) && s.contains("lapses")));
    person.acts(ActionId::Undo);
    person.acts(ActionId::Undo);
    assert_eq!(person.app.document().judgements.len(), known);
}

#[test]
fn an_opened_row_answers_four_questions() {
    let person = at_the_hospital();
    let (document, analysis) = (person.app.document(), person.app.analysis());
    for row in &analysis.ranking.rows {
        let answers = why(document, analysis, row.component);
        let questions: Vec<&str> = answers.iter().map(|answer| answer.question).collect();
        assert_eq!(
            questions,
            ["Why here?", "What would change it?", "What is not known?", "What happens if it stops?"]
        );
        for answer in &answers {
            assert!(!answer.sentences.is_empty(), "{answer:?}");
            for sentence in &answer.sentences {
                for jargon in ["SPOF", "ALE", "CVE", "LITRAF", "NaN", "inf"] {
                    assert!(!sentence.split(|c: char| !c.is_alphanumeric()).any(|word| word == jargon), "{sentence}");
                }
            }
        }
        // U3: what may be red is never called safe.
        assert!(row.score.unknown == 0 || answers[2].sentences.iter().any(|s| s.contains("Ask")));
    }
}

#[test]
fn lists_say_whom_to_ask_by_when_and_what() {
    let person = at_the_hospital();
    let (document, analysis) = (person.app.document(), person.app.analysis());
    let find_out = find_out_first(document, analysis, 10);
    assert!(!find_out.is_empty() && find_out.iter().all(|item| item.text.starts_with("Ask ")));
    let notices = give_notice_by(document, person.app.today().unwrap());
    assert!(!notices.is_empty());
    assert!(!next_steps(document, analysis, person.app.today()).is_empty());
}
