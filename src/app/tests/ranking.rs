//! The ranking at work: weights, judgements, slices of work, and what the lists and opened rows say.

use crate::analysis::rank::judged::judged_order;
use crate::analysis::voice::{find_out_first, give_notice_by, next_steps, why};
use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::{Intent, RiskIntent, ShowIntent};
use crate::app::ranking::{NewJudgement, RankList, RiskPage};
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
    assert!(person.app.ranking().is_working());
    let slices = lets_it_work(&mut person);
    assert!(slices > 10, "{slices} slices");
    let firmness = std::rc::Rc::clone(person.app.ranking().firmness().unwrap());
    assert_eq!(firmness.draws, 20_000);
    assert_eq!(firmness.rows.len(), order(&person).len());
    // A change starts it anew; the old figures stay meanwhile.
    person.does(Intent::Risk(RiskIntent::Weight(0, 0.9)));
    assert!(person.app.ranking().is_working() && person.app.ranking().firmness().is_some());
    lets_it_work(&mut person);
    assert!(!person.app.ranking().is_working());

    person.does(Intent::Show(ShowIntent::Tab(ViewTab::Risk)));
    person.does(Intent::Risk(RiskIntent::Page(RiskPage::Pictures)));
    lets_it_work(&mut person);
    let losses = person.app.ranking().losses().unwrap();
    assert!(losses.years == 50_000 && losses.p10 <= losses.p50 && losses.p50 <= losses.p90);
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
