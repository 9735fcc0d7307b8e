//! The sheet of one system in the form of the framework: thirteen answers with where they come from, the sums, what stands
//! beside them. The number that can be reported; judgements never change it. Knows no screen.

use crate::analysis::litraf::{assess, AnswerState, Criterion, LEGACY_FROM};
use crate::analysis::rank::{score_in_words, shown};
use crate::analysis::voice::{date_in_words, judgements};
use crate::analysis::Analysis;
use crate::app::ranking::answer_of;
use crate::app::report::DataTable;
use crate::date::to_iso;
use crate::known::{Basis, Known};
use crate::model::{ComponentId, Document};

/// A sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The system.
    pub component: ComponentId,
    /// Its name.
    pub name: String,
    /// Who answers for it, what it is made with: label and words.
    pub head: Vec<(&'static str, String)>,
    /// The outcome, in sentences.
    pub outcome: Vec<String>,
    /// The thirteen answers.
    pub answers: DataTable,
    /// What stands beside the number.
    pub beside: Vec<String>,
}

/// Where an answer comes from, in words.
pub fn basis_in_words(answer: &Known<u8>) -> &'static str {
    match answer.basis {
        Basis::Measured => "measured",
        Basis::Document => "read in a document",
        Basis::Interview => "asked",
        Basis::Estimate => "judged",
        Basis::Imported => "imported",
        Basis::Derived => "suggested from facts",
        Basis::Assumed => "assumed",
    }
}

/// The sheet of a system; `None` for users and hidden components.
pub fn sheet(document: &Document, analysis: &Analysis, id: ComponentId) -> Option<Sheet> {
    let row = analysis.row(id)?;
    let facts = document.components.get(&id)?.facts();
    let red_from = document.settings.risk.red_from;
    let assessment = assess(facts, red_from, analysis.today());
    let who = |known: &Known<String>| known.value().map_or_else(|| "not known".to_owned(), |who| shown(who));
    let said = |text: &str| if text.trim().is_empty() { "not known".to_owned() } else { shown(text) };
    let made_with: Vec<String> =
        facts.technologies.iter().map(|t| format!("{} {}", t.product, t.version).trim().to_owned()).collect();
    let mut head = vec![
        ("Answers for it", who(&facts.owner_business)),
        ("Runs it", who(&facts.owner_technical)),
        ("Supplier", said(&facts.supplier)),
        ("Made with", said(&made_with.join(", "))),
    ];
    if let Some(today) = analysis.today() {
        head.push(("As of", date_in_words(today)));
    }
    let mut answers = DataTable {
        headings: vec![
            ("Code", false),
            ("Question", false),
            ("Level", true),
            ("In words", false),
            ("From", false),
            ("As of", false),
            ("Why", false),
        ],
        ..DataTable::default()
    };
    for criterion in Criterion::all() {
        let question = criterion.question();
        let (state, known) = (assessment.answer(criterion).state, answer_of(facts, criterion));
        let value = known.and_then(|known| known.value().copied());
        let level = match (known.and_then(Known::range), state) {
            (Some((low, value, high)), _) if low < high => format!("{value} ({low}–{high})"),
            (Some((_, value, _)), _) => value.to_string(),
            (None, AnswerState::NotApplicable) => "1".to_owned(),
            (None, _) => format!("? (1–{})", criterion.highest_level()),
        };
        let words = match (value.and_then(|value| criterion.level_word(value)), state) {
            (Some(word), AnswerState::Stale) => format!("{word}; out of date, counts as up to one worse"),
            (Some(word), _) => word.to_owned(),
            (None, AnswerState::NotApplicable) => "Does not apply".to_owned(),
            (None, _) => format!("Not known. Ask {}.", question.ask),
        };
        let answered = known.filter(|known| !known.is_unknown());
        answers.rows.push(vec![
            question.code.to_owned(),
            question.name.to_owned(),
            level,
            words,
            answered.map_or("", basis_in_words).to_owned(),
            answered.and_then(|known| known.as_of).map_or_else(String::new, to_iso),
            answered.map_or_else(String::new, |known| {
                let by = if known.by.is_empty() { String::new() } else { format!(" ({})", shown(&known.by)) };
                format!("{}{by}", known.reason.trim()).trim().to_owned()
            }),
        ]);
    }
    let score = row.score;
    let number = |value: f64| score_in_words(value, red_from);
    let span = |it: crate::analysis::interval::Interval| {
        if it.is_exact() {
            number(it.plan)
        } else {
            format!("{} to {}, planned as {}", number(it.low), number(it.high), number(it.plan))
        }
    };
    let mut outcome = vec![
        format!("Risk score: {} of 30. It is {}; red starts at {red_from}.", span(score.overall), score.group.words()),
        format!(
            "Likelihood {} of 6 (mean and highest of seven), times impact {} of 5 (mean and highest of six).",
            span(score.likelihood),
            span(score.impact)
        ),
        format!(
            "It is {}: a system is legacy when any likelihood answer is {LEGACY_FROM} or more.",
            score.legacy.words()
        ),
    ];
    if score.unknown > 0 {
        outcome.push(format!(
            "{} of 13 answers are not known. Each counts as the mildest level in the lowest score and as the worst in the \
             highest; planned is the mean of the known ones, but never below 3.",
            score.unknown
        ));
    }
    if score.already {
        outcome
            .push("A likelihood answer is at its worst: the trouble is there already, whatever the score.".to_owned());
    }
    let mut beside = judgements(document, analysis, id);
    if !beside.is_empty() {
        beside.insert(0, "Recorded judgements stand beside the number and do not change it:".to_owned());
    }
    Some(Sheet { component: id, name: shown(&document.components.get(&id)?.name), head, outcome, answers, beside })
}
