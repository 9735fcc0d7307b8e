//! The thirteen questions about a system, with a word for every answer, and what follows from them.

use std::rc::Rc;

use yew::prelude::*;

use crate::analysis::litraf::{AnswerState, Criterion};
use crate::analysis::{litraf, rank};
use crate::app::intent::Intent;
use crate::edit::{Command, ComponentChange};
use crate::known::{Basis, Known};
use crate::model::{Component, ComponentId, SystemFacts};
use crate::ui::field::SelectField;
use crate::ui::frame::View;

/// The questions, folded into two groups.
pub(crate) fn facts(view: &View<'_>, id: ComponentId, component: &Component) -> Html {
    let assessment = litraf::assess(component.facts(), view.app.document().settings.risk.red_from, view.app.today());
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
                    .map(|criterion| question(view, id, component, criterion)) }
            </details>
        }
    };
    html! {
        <>
            { group("How likely is trouble?", false, 7) }
            { group("How bad would it be?", true, 6) }
            { why(view, id) }
        </>
    }
}

fn known(facts: &SystemFacts, criterion: Criterion) -> Option<&Known<u8>> {
    match criterion {
        Criterion::Likelihood(place) => facts.likelihood.get(place),
        Criterion::Impact(place) => facts.impact.get(place),
    }
}

fn question(view: &View<'_>, id: ComponentId, component: &Component, criterion: Criterion) -> Html {
    let question = criterion.question();
    let answer = known(component.facts(), criterion);
    let value = match answer {
        Some(answer) if answer.is_not_applicable() => "na".to_owned(),
        Some(answer) => answer.value().map_or_else(|| "unknown".to_owned(), u8::to_string),
        None => "unknown".to_owned(),
    };
    let mut choices: Vec<(AttrValue, AttrValue)> = vec![("unknown".into(), "Not known".into())];
    for level in 1..=criterion.highest_level() {
        let word = criterion.level_word(level).unwrap_or_default();
        choices.push((level.to_string().into(), format!("{level} – {word}").into()));
    }
    choices.push(("na".into(), "Does not apply".into()));
    let (facts, today) = (component.facts.clone(), view.app.today());
    let on_change = view.dispatch.reform(move |value: String| {
        let mut facts = facts.as_ref().map_or_else(SystemFacts::default, |facts| SystemFacts::clone(facts));
        let answer = match value.as_str() {
            "na" => Known::not_applicable("Said not to apply"),
            level => level.parse().map_or_else(|_not_known| Known::unknown(), Known::exactly),
        };
        let slot = match criterion {
            Criterion::Likelihood(place) => facts.likelihood.get_mut(place),
            Criterion::Impact(place) => facts.impact.get_mut(place),
        };
        if let Some(slot) = slot {
            *slot = Known { basis: Basis::Estimate, as_of: today, ..answer };
        }
        let change = ComponentChange::Facts(Box::new(facts));
        Intent::Edit(Command::ChangeComponents { ids: vec![id], change })
    });
    let label = html! { <><span class="question-code">{ question.code }</span>{ question.text }</> };
    html! {
        <div class="question" key={question.code}>
            <SelectField id={format!("fact-{}", question.code)} {label} {value} {choices}
                disabled={view.app.file_state().read_only} {on_change} />
            if value_is_unknown(answer) {
                <p class="field-hint">{ format!("Ask {}.", question.ask) }</p>
            }
        </div>
    }
}

fn value_is_unknown(answer: Option<&Known<u8>>) -> bool {
    answer.is_none_or(Known::is_unknown)
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
            <ul class="sentences">
                { for explanation.sentences().map(|sentence| html! { <li>{ sentence.to_owned() }</li> }) }
            </ul>
        </details>
    }
}
