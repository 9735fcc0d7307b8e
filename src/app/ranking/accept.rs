//! Levels that the facts suggest, taken over by a person: the answer keeps the reason and that it came from facts.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::litraf::suggest::{suggestions, Suggestion};
use crate::analysis::litraf::Criterion;
use crate::app::describe::count;
use crate::app::effect::Effect;
use crate::app::App;
use crate::edit::{Command, ComponentChange};
use crate::known::{Basis, Known};
use crate::model::{ComponentId, SystemFacts};

/// The answer to a question.
pub fn answer_of(facts: &SystemFacts, criterion: Criterion) -> Option<&Known<u8>> {
    match criterion {
        Criterion::Likelihood(place) => facts.likelihood.get(place),
        Criterion::Impact(place) => facts.impact.get(place),
    }
}

/// The facts with another answer to a question.
fn with_answer(facts: &SystemFacts, criterion: Criterion, answer: Known<u8>) -> SystemFacts {
    let mut facts = facts.clone();
    let slot = match criterion {
        Criterion::Likelihood(place) => facts.likelihood.get_mut(place),
        Criterion::Impact(place) => facts.impact.get_mut(place),
    };
    if let Some(slot) = slot {
        *slot = answer;
    }
    facts
}

/// An answer as a key to choose by: its level, `na` or `unknown`.
pub fn answer_key(answer: Option<&Known<u8>>) -> String {
    match answer {
        Some(answer) if answer.is_not_applicable() => "na".to_owned(),
        Some(answer) => answer.value().map_or_else(|| "unknown".to_owned(), u8::to_string),
        None => "unknown".to_owned(),
    }
}

/// Whether an answer was taken over from facts rather than judged.
pub fn is_from_facts(answer: &Known<u8>) -> bool {
    answer.basis == Basis::Derived && answer.value().is_some()
}

impl App {
    /// A person answers a question for one system or for several at once. Systems that have this answer keep where it
    /// comes from.
    pub(super) fn answer_together(
        &mut self,
        components: &BTreeSet<ComponentId>,
        criterion: Criterion,
        text: &str,
        effects: &mut Vec<Effect>,
    ) {
        let level = text.parse().ok().filter(|level| (1..=criterion.highest_level()).contains(level));
        let answer = match text {
            "na" => Known::not_applicable("Said not to apply"),
            _ => level.map_or_else(Known::unknown, Known::exactly),
        };
        let answer = Known { basis: Basis::Estimate, as_of: self.today, ..answer };
        let mut commands = Vec::new();
        for id in components {
            let Some(component) = self.document.components.get(id) else { continue };
            if component.is_anchor() || answer_key(answer_of(component.facts(), criterion)) == text {
                continue;
            }
            let change = ComponentChange::Facts(Box::new(with_answer(component.facts(), criterion, answer.clone())));
            commands.push(Command::ChangeComponents { ids: vec![*id], change });
        }
        let title = format!("Answer {}", criterion.question().code);
        match commands.len() {
            0 => {}
            1 => _ = commands.pop().and_then(|command| self.run(&command, effects)),
            _ => _ = self.run(&Command::Batch(commands, title), effects),
        }
    }

    /// What the facts suggest about a system, today.
    pub fn suggestions(&self, id: ComponentId) -> Vec<Suggestion> {
        let Some(today) = self.today else { return Vec::new() };
        suggestions(&self.document, &self.derived.analysis().graph, id, today)
    }

    /// Takes suggestions over: the one for `criterion`, or those for all questions without an answer.
    pub(super) fn accept_suggestions(
        &mut self,
        components: &BTreeSet<ComponentId>,
        criterion: Option<Criterion>,
        effects: &mut Vec<Effect>,
    ) {
        let (mut commands, mut taken) = (Vec::new(), 0);
        for id in components {
            let Some(component) = self.document.components.get(id).map(Rc::clone) else { continue };
            let mut facts = component.facts().clone();
            let before = taken;
            for suggestion in self.suggestions(*id) {
                let wanted = match criterion {
                    Some(criterion) => criterion == suggestion.criterion,
                    None => answer_of(&facts, suggestion.criterion).is_some_and(Known::is_unknown),
                };
                if wanted {
                    let answer = Known {
                        basis: Basis::Derived,
                        as_of: self.today,
                        reason: suggestion.reason,
                        ..Known::exactly(suggestion.level)
                    };
                    facts = with_answer(&facts, suggestion.criterion, answer);
                    taken += 1;
                }
            }
            if taken > before {
                let change = ComponentChange::Facts(Box::new(facts));
                commands.push(Command::ChangeComponents { ids: vec![*id], change });
            }
        }
        if commands.is_empty() {
            return self.say("The facts suggest nothing that is not answered already.", false, effects);
        }
        let systems = commands.len();
        let title = format!("Accept {}", count(taken, "suggestion"));
        if self.run(&Command::Batch(commands, title), effects).is_some() {
            let of = if systems > 1 { format!(" for {}", count(systems, "system")) } else { String::new() };
            self.say(&format!("Accepted {} from the facts{of}.", count(taken, "answer")), true, effects);
        }
    }
}
