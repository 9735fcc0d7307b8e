//! The thirteen questions about a system, with a word for every answer, and what follows from them.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::analysis::litraf::suggest::Suggestion;
use crate::analysis::litraf::{AnswerState, Criterion};
use crate::analysis::{litraf, rank};
use crate::app::intent::{Intent, RiskIntent};
use crate::app::ranking::{answer_key, answer_of};
use crate::app::report::basis_in_words;
use crate::app::report::records::{QUESTIONS, SYSTEM};
use crate::date::to_iso;
use crate::known::Known;
use crate::model::{AnyRecordId, Component, ComponentId};
use crate::ui::field::SelectField;
use crate::ui::frame::View;
use crate::ui::risk::records::{self, field_row};

/// The questions, folded into two groups.
pub(crate) fn facts(view: &View<'_>, id: ComponentId, component: &Component) -> Html {
    let assessment = litraf::assess(component.facts(), view.app.document().settings.risk.red_from, view.app.today());
    let suggestions = view.app.suggestions(id);
    let answered = |impact: bool| {
        Criterion::all()
            .filter(|c| matches!(c, Criterion::Impact(_)) == impact)
            .filter(|c| assessment.answer(*c).state != AnswerState::Unknown)
            .count()
    };
    let group = |title: &'static str, impact: bool, of: usize| {
        html! {
            <details class="section">
                <summary>
                    { title }
                    <span class="summary-note">{ format!("{} of {of}", answered(impact)) }</span>
                </summary>
                { for Criterion::all().filter(|c| matches!(c, Criterion::Impact(_)) == impact)
                    .map(|criterion| question(view, id, component, criterion, &suggestions)) }
            </details>
        }
    };
    html! {
        <>
            { suggested(view, id, &suggestions, component) }
            { group("How likely is trouble?", false, 7) }
            { group("How bad would it be?", true, 6) }
            { more(view, id) }
            { why(view, id) }
        </>
    }
}

/// Groups of the fields about a system: heading, fields.
const MORE: [(&str, &[usize]); 3] = [
    ("The system", &[0, 1, 2, 3, 4, 5, 6, 7, 17, 18]),
    ("People, use and recovery", &[8, 9, 10, 11, 12, 13, 14, 15, 16]),
    ("Controls, evidence and notes", &[19, 20, 21]),
];

/// Everything else that can be said about a system.
fn more(view: &View<'_>, id: ComponentId) -> Html {
    let disabled = view.app.file_state().read_only;
    let record = AnyRecordId::Component(id);
    let groups = MORE.iter().map(|(title, fields)| {
        let rows = fields.iter().filter_map(|at| Some(field_row(view, record, *at, SYSTEM.get(*at)?, disabled)));
        html! {
            <details key={*title} class="section">
                <summary>{ *title }</summary>
                <div key={id.to_string()} class="record-form is-narrow">{ for rows }</div>
            </details>
        }
    });
    html! { <>{ for groups }</> }
}

/// How many levels the facts suggest for questions without an answer, and the button that takes them all over.
fn suggested(view: &View<'_>, id: ComponentId, suggestions: &[Suggestion], component: &Component) -> Html {
    let open = suggestions.iter().filter(|s| answer_of(component.facts(), s.criterion).is_none_or(Known::is_unknown));
    let open = open.count();
    if open == 0 {
        return Html::default();
    }
    let words = if open == 1 {
        "The facts suggest an answer to one open question.".to_owned()
    } else {
        format!("The facts suggest answers to {open} open questions.")
    };
    html! {
        <div key="suggested" class="section suggestion">
            <p>{ words }</p>
            <button type="button" class="button is-small" disabled={view.app.file_state().read_only}
                onclick={view.on(Intent::Risk(RiskIntent::Accept([id].into(), None)))}>
                { if open == 1 { "Accept it" } else { "Accept all of them" } }
            </button>
        </div>
    }
}

fn question(
    view: &View<'_>,
    id: ComponentId,
    component: &Component,
    criterion: Criterion,
    suggestions: &[Suggestion],
) -> Html {
    let question = criterion.question();
    let answer = answer_of(component.facts(), criterion);
    let value = answer_key(answer);
    let choices = choices_of(criterion);
    let on_change = answer_with(view, [id].into(), criterion);
    let label = html! { <><span class="question-code">{ question.code }</span>{ question.text }</> };
    html! {
        <div class="question" key={question.code}>
            <SelectField id={format!("fact-{}", question.code)} {label} {value} {choices}
                disabled={view.app.file_state().read_only} {on_change} />
            if let Some(answer) = answer.filter(|answer| !answer.is_unknown()) {
                <p class="field-hint">{ provenance(answer) }</p>
            } else {
                <p class="field-hint">{ format!("Ask {}.", question.ask) }</p>
            }
            { source_of(view, id, criterion) }
            if let Some(suggestion) = suggestions.iter().find(|s| s.criterion == criterion) {
                { one_suggestion(view, id, answer, suggestion) }
            }
        </div>
    }
}

/// Where an answer comes from, and its range.
fn source_of(view: &View<'_>, id: ComponentId, criterion: Criterion) -> Html {
    let place = Criterion::all().position(|it| it == criterion).unwrap_or(0);
    records::source(
        view,
        AnyRecordId::Component(id),
        QUESTIONS + place,
        criterion.question().code,
        view.app.file_state().read_only,
    )
}

/// The answers to choose from.
fn choices_of(criterion: Criterion) -> Vec<(AttrValue, AttrValue)> {
    let mut choices: Vec<(AttrValue, AttrValue)> = vec![("unknown".into(), "Not known".into())];
    for level in 1..=criterion.highest_level() {
        let word = criterion.level_word(level).unwrap_or_default();
        choices.push((level.to_string().into(), format!("{level} – {word}").into()));
    }
    choices.push(("na".into(), "Does not apply".into()));
    choices
}

fn answer_with(view: &View<'_>, ids: BTreeSet<ComponentId>, criterion: Criterion) -> Callback<String> {
    view.dispatch.reform(move |text: String| Intent::Risk(RiskIntent::Answer(ids.clone(), criterion, text)))
}

/// The thirteen questions for several systems at once, and what the facts suggest for all of them.
pub(crate) fn facts_together(view: &View<'_>, ids: &BTreeSet<ComponentId>) -> Html {
    let systems = || ids.iter().filter_map(|id| view.app.document().components.get(id)).filter(|c| !c.is_anchor());
    if systems().count() < 2 {
        return Html::default();
    }
    let disabled = view.app.file_state().read_only;
    let question = |criterion: Criterion| {
        let question = criterion.question();
        let mut keys = systems().map(|component| answer_key(answer_of(component.facts(), criterion)));
        let first = keys.next().unwrap_or_default();
        let mut choices = choices_of(criterion);
        let mixed = keys.any(|key| key != first);
        if mixed {
            choices.insert(0, ("mixed".into(), "Various".into()));
        }
        let value = if mixed { "mixed".to_owned() } else { first };
        let label = html! { <><span class="question-code">{ question.code }</span>{ question.text }</> };
        html! {
            <div class="question" key={question.code}>
                <SelectField id={format!("fact-{}", question.code)} {label} {value} {choices} {disabled}
                    on_change={answer_with(view, ids.clone(), criterion)} />
            </div>
        }
    };
    html! {
        <>
            <div key="suggested" class="section">
                <button type="button" class="button is-small" {disabled}
                    onclick={view.on(Intent::Risk(RiskIntent::Accept(ids.clone(), None)))}>
                    { "Accept what the facts suggest for open questions" }
                </button>
            </div>
            <details key="together" class="section">
                <summary>{ "The thirteen questions, for all of them" }</summary>
                { for Criterion::all().map(question) }
            </details>
        </>
    }
}

/// Where an answer comes from: "suggested from facts, 2026-03-04: Security support for …".
fn provenance(answer: &Known<u8>) -> String {
    let mut text = basis_in_words(answer).to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if let Some(date) = answer.as_of {
        text += &format!(", {}", to_iso(date));
    }
    if !answer.by.is_empty() {
        text += &format!(", {}", answer.by);
    }
    match answer.reason.trim() {
        "" => text + ".",
        reason => format!("{text}: {}.", reason.trim_end_matches('.')),
    }
}

/// What the facts say, when the answer is another one; with a button to take it over.
fn one_suggestion(view: &View<'_>, id: ComponentId, answer: Option<&Known<u8>>, suggestion: &Suggestion) -> Html {
    if answer.is_some_and(|answer| answer.value() == Some(&suggestion.level)) {
        return Html::default();
    }
    let word = suggestion.criterion.level_word(suggestion.level).unwrap_or_default();
    let question = suggestion.criterion.question();
    html! {
        <div class="suggestion">
            <p>{ format!("The facts suggest {} – {word}. {}", suggestion.level, suggestion.reason) }</p>
            <button type="button" class="button is-small" disabled={view.app.file_state().read_only}
                aria-label={format!("Accept {} for {}", suggestion.level, question.name)}
                onclick={view.on(Intent::Risk(RiskIntent::Accept([id].into(), Some(suggestion.criterion))))}>
                { format!("Accept {}", suggestion.level) }
            </button>
        </div>
    }
}

/// Why it stands where it stands in the ranking.
fn why(view: &View<'_>, id: ComponentId) -> Html {
    let (document, analysis) = (Rc::clone(view.app.document()), Rc::clone(view.app.analysis()));
    let Some(row) = analysis.row(id).filter(|row| row.has_facts) else { return Html::default() };
    let Some(explanation) = rank::explain(&document, &analysis, id) else { return Html::default() };
    html! {
        <details class="section" open=true>
            <summary>
                { "Why it ranks here" }
                <span class="summary-note">{ format!("{} of {}", row.rank, analysis.ranking.rows.len()) }</span>
            </summary>
            <p>
                <button type="button" class="link-button is-small" onclick={view.on(Intent::Risk(RiskIntent::Sheet(Some(id))))}>
                    { "Open its sheet to report or print" }
                </button>
            </p>
            <ul class="sentences">
                { for explanation.sentences().map(|sentence| html! { <li>{ sentence.to_owned() }</li> }) }
            </ul>
        </details>
    }
}
