//! What an opened row of the ranking says: why here, what would change it, what is not known, what happens if it stops.

use crate::analysis::litraf::{assess, AnswerState};
use crate::analysis::money::counts_today;
use crate::analysis::outage::Outages;
use crate::analysis::rank::firmness::swaps;
use crate::analysis::rank::{explain, join};
use crate::analysis::voice::{backups, board, clinical, contracts, judgements, people};
use crate::analysis::Analysis;
use crate::model::{ComponentId, Document};

/// One of the four questions with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: &'static str,
    /// Sentences; never empty.
    pub sentences: Vec<String>,
}

/// The four answers about a system; empty for users and hidden components. O((n + m) log n).
pub fn why(document: &Document, analysis: &Analysis, id: ComponentId) -> Vec<Answer> {
    let (Some(explanation), Some(row), Some(component)) =
        (explain(document, analysis, id), analysis.row(id), document.components.get(&id))
    else {
        return Vec::new();
    };
    let today = analysis.today();
    let assessment = assess(component.facts(), document.settings.risk.red_from, today);

    let mut here = vec![explanation.standing.clone()];
    here.extend(explanation.already.clone());
    here.extend(explanation.inherited.clone());
    here.extend(explanation.order.clone());
    here.extend(judgements(document, analysis, id));

    let mut change = Vec::new();
    for swap in swaps(&analysis.ranking, row).iter().skip(1).take(2) {
        change.push(format!(
            "It would also change places with the next if {} weighed {:.1}% instead of {:.1}%.",
            swap.criterion.name().to_lowercase(),
            swap.at * 100.0,
            swap.weight * 100.0
        ));
    }
    let score = row.score.overall;
    if !score.is_exact() {
        change.push(format!(
            "What is found out can move its score to anywhere from {:.1} to {:.1} of 30; red starts at {}.",
            score.low, score.high, document.settings.risk.red_from
        ));
    }
    let naming = || document.risks.values().filter(|risk| counts_today(risk) && risk.components.contains(&id));
    let controls: Vec<&str> = component
        .facts()
        .controls
        .iter()
        .chain(naming().flat_map(|risk| &risk.controls))
        .filter(|control| !control.built)
        .map(|control| control.text.as_str())
        .collect();
    if !controls.is_empty() {
        let first = controls.get(..controls.len().min(3)).unwrap_or(&[]);
        change.push(format!("Planned but not there yet, so it does not count: {}.", join(first)));
    }
    for action in naming().flat_map(|risk| &risk.actions).filter(|action| !action.expected_after.trim().is_empty()) {
        change.push(format!("{}: afterwards {}.", action.text, action.expected_after.trim_end_matches('.')));
    }
    if change.is_empty() {
        change.push("Only other facts or other weights would: everything that counts is known.".to_owned());
    }

    let mut unknown: Vec<String> = explanation.unknown.iter().chain(&explanation.stale).cloned().collect();
    for criterion in assessment.unknown().skip(1).take(5) {
        let question = criterion.question();
        unknown.push(format!("{} Ask {}.", question.text, question.ask));
    }
    unknown.extend(explanation.left_out.clone());
    if unknown.is_empty() {
        let known = assessment.likelihood.iter().chain(&assessment.impact);
        let count = known.filter(|answer| answer.state == AnswerState::Known).count();
        unknown.push(format!("All thirteen questions are answered, {count} of them lately."));
    }

    let outages = Outages::new(document, &analysis.graph);
    let mut stops: Vec<String> = clinical(document, analysis, &outages, id).into_iter().collect();
    stops.push(explanation.stops.clone());
    stops.extend(explanation.alone.clone());
    stops.extend(backups(document, analysis, id));
    if let Some(today) = today {
        stops.extend(people(document, id, today));
        stops.extend(contracts(document, id, today));
    }
    // The board's own words about money; its first sentence is the standing, which is above already.
    let money = board(document, analysis, id).unwrap_or_default();
    stops.extend(money.strip_prefix(&explanation.standing).map(|rest| rest.trim().to_owned()));

    let questions = ["Why here?", "What would change it?", "What is not known?", "What happens if it stops?"];
    let answers = [here, change, unknown, stops];
    let answers = questions.into_iter().zip(answers);
    answers
        .map(|(question, mut sentences)| {
            sentences.retain(|sentence| !sentence.trim().is_empty());
            Answer { question, sentences }
        })
        .collect()
}
