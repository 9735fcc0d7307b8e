//! Sentences that say why a system stands where it stands, written from the data in plain English.
//!
//! No abbreviations of the trade, no colour names for "safe" that the unknowns do not bear (U3). Names come from the
//! document and are only ever text.

use std::fmt::Write as _;

use crate::analysis::dependency::{BlastRadius, Direction, LIKELY_FROM};
use crate::analysis::litraf::{assess, AnswerState, Assessment, Criterion, Group};
use crate::analysis::rank::firmness::swaps;
use crate::analysis::rank::{IndexCriterion, RankRow};
use crate::analysis::Analysis;
use crate::model::{ComponentId, Document};
use crate::order;

/// Why a system stands where it stands. Each field is one or more whole sentences.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explanation {
    /// Score against the red line and the two answers that weigh most.
    pub standing: String,
    /// Trouble that is there already although the system is below red.
    pub already: Option<String>,
    /// What is not known, what is planned instead, how far it could move the score, whom to ask.
    pub unknown: Option<String>,
    /// Answers that want confirming.
    pub stale: Option<String>,
    /// What stops if it stops.
    pub stops: String,
    /// Services that stop if it alone stops.
    pub alone: Option<String>,
    /// Importance that comes down to it from what needs it.
    pub inherited: Option<String>,
    /// Why it stands above the next one.
    pub order: Option<String>,
    /// What the order leaves out for want of data.
    pub left_out: Option<String>,
}

impl Explanation {
    /// All sentences in reading order.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        [Some(&self.standing), self.already.as_ref(), Some(&self.stops), self.alone.as_ref(), self.inherited.as_ref()]
            .into_iter()
            .chain([self.unknown.as_ref(), self.stale.as_ref(), self.order.as_ref(), self.left_out.as_ref()])
            .flatten()
            .map(String::as_str)
            .filter(|s| !s.is_empty())
    }
}

/// A name as it goes into a sentence: one line, and never nothing.
pub fn shown(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        "an unnamed component".to_owned()
    } else {
        line
    }
}

pub(crate) fn name_of(document: &Document, id: ComponentId) -> String {
    document.components.get(&id).map_or_else(|| shown(""), |c| shown(&c.name))
}

/// The one sentence of a row: where it stands and why, without what it depends on. Cheap enough for every visible row.
pub fn headline(document: &Document, row: &RankRow) -> String {
    let Some(component) = document.components.get(&row.component) else { return String::new() };
    let assessment = assess(component.facts(), document.settings.risk.red_from, None);
    standing(document, row, &assessment)
}

/// Everything there is to say about a component; `None` for anchors and hidden ones. O((n + m) log n).
pub fn explain(document: &Document, analysis: &Analysis, id: ComponentId) -> Option<Explanation> {
    let row = analysis.row(id)?;
    let component = document.components.get(&id)?;
    let assessment = assess(component.facts(), document.settings.risk.red_from, analysis.today());
    let radius = analysis.blast_radius(id, Direction::WhatStops);
    Some(Explanation {
        standing: standing(document, row, &assessment),
        already: already(row, &assessment),
        unknown: unknown(document, row, &assessment),
        stale: stale(&assessment),
        stops: stops(document, analysis, &radius),
        alone: alone(document, analysis, &radius),
        inherited: inherited(document, analysis, row),
        order: order(document, analysis, row),
        left_out: left_out(row),
    })
}

/// Two decimals: the red line is compared unrounded, and nothing below it may print as 16.
pub fn score_in_words(value: f64, red_from: f64) -> String {
    let text = format!("{value:.2}");
    if value < red_from && text == format!("{red_from:.2}") {
        return format!("{:.2}", value - 0.005);
    }
    text
}

fn plain(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn standing(document: &Document, row: &RankRow, assessment: &Assessment) -> String {
    let name = name_of(document, row.component);
    let red_from = document.settings.risk.red_from;
    if !row.has_facts {
        return format!(
            "Nothing is known about {name} yet, so it is {}: its score may be anything from {} to {} of 30.",
            row.score.group.words(),
            plain(row.score.overall.low),
            plain(row.score.overall.high),
        );
    }
    let score = row.score.overall;
    let range = if score.is_exact() {
        format!("{} of 30", score_in_words(score.plan, red_from))
    } else {
        format!("between {} and {} of 30", score_in_words(score.low, red_from), score_in_words(score.high, red_from))
    };
    let mut text = format!("{name} is {}: {range}, where red starts at {}.", row.score.group.words(), plain(red_from));
    let reasons = reasons(assessment);
    match reasons.as_slice() {
        [] => {}
        [one] => _ = write!(text, " What weighs most: {one}."),
        [one, two, ..] => _ = write!(text, " What weighs most: {one}, and {two}."),
    }
    text
}

/// The heaviest known answers in words, heaviest first; mild ones are no reasons.
fn reasons(assessment: &Assessment) -> Vec<String> {
    let mut heavy: Vec<(f64, Criterion)> = Criterion::all()
        .filter_map(|criterion| {
            let answer = assessment.answer(criterion);
            let known = matches!(answer.state, AnswerState::Known | AnswerState::Stale);
            let share = answer.level.plan / f64::from(criterion.highest_level());
            (known && answer.level.plan >= 3.0).then_some((share, criterion))
        })
        .collect();
    order::sort_by(&mut heavy, |a, b| b.0.total_cmp(&a.0));
    heavy.into_iter().take(2).map(|(_, criterion)| answer_in_words(criterion, assessment)).collect()
}

fn answer_in_words(criterion: Criterion, assessment: &Assessment) -> String {
    let question = criterion.question();
    let level = assessment.answer(criterion).level.plan.round() as u8;
    if level >= criterion.highest_level() {
        return question.worst.to_owned();
    }
    let word = criterion.level_word(level).unwrap_or("");
    format!("{} ({})", question.name.to_lowercase(), lower_first(word))
}

fn lower_first(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

fn already(row: &RankRow, assessment: &Assessment) -> Option<String> {
    if row.score.group == Group::A || !row.score.already {
        return None;
    }
    let there = Criterion::all().filter(|c| {
        let answer = assessment.answer(*c);
        matches!(c, Criterion::Likelihood(_)) && answer.state != AnswerState::Unknown && answer.level.plan >= 6.0
    });
    let words: Vec<&str> = there.map(|c| c.question().worst).collect();
    let is = row.score.group.words();
    Some(format!("Although it is {is} as a whole, {}.", join(&words)))
}

fn unknown(document: &Document, row: &RankRow, assessment: &Assessment) -> Option<String> {
    let missing: Vec<Criterion> = assessment.unknown().collect();
    let first = missing.first()?;
    let facts = document.components.get(&row.component)?.facts();
    let mut matters: Vec<String> = missing.iter().take(3).map(|c| c.question().matter.to_owned()).collect();
    if missing.len() > 3 {
        matters.push(format!("{} more of 13 answers", missing.len() - 3));
    }
    let planned = assessment.answer(*first).level.plan;
    let (low, high) = (row.score.overall.low, row.score.overall.high);
    let owner = [&facts.owner_technical, &facts.owner_business].into_iter().find_map(|o| o.value());
    let ask = owner.map_or_else(|| first.question().ask.to_owned(), |owner| shown(owner));
    Some(format!(
        "We do not know {}. Until somebody finds out we plan with {} for {}; the answers could move the score to \
         anywhere from {} to {}. Ask {ask}.",
        join(&matters),
        planned_words(*first, planned),
        if missing.len() == 1 { "it" } else { "each of them or more" },
        plain(low),
        plain(high),
    ))
}

fn planned_words(criterion: Criterion, planned: f64) -> String {
    format!("level {} of {}", plain((planned * 100.0).round() / 100.0), criterion.highest_level())
}

fn stale(assessment: &Assessment) -> Option<String> {
    let old: Vec<&str> = Criterion::all()
        .filter(|c| assessment.answer(*c).state == AnswerState::Stale)
        .map(|c| c.question().matter)
        .collect();
    let first: Vec<&str> = old.iter().take(3).copied().collect();
    let more = if old.len() > 3 { format!(" and {} more", old.len() - 3) } else { String::new() };
    (!old.is_empty())
        .then(|| format!("What we know is getting old on {}{more}: each may be a level worse by now.", join(&first)))
}

/// Names of services first, as people know those, then of what is reached most surely.
fn known_names(document: &Document, analysis: &Analysis, ids: &[ComponentId]) -> String {
    let (services, others): (Vec<ComponentId>, Vec<ComponentId>) =
        ids.iter().partition(|id| analysis.graph.is_service(**id));
    let names: Vec<String> = services.iter().chain(&others).take(3).map(|id| name_of(document, *id)).collect();
    let more = ids.len().saturating_sub(names.len());
    if more == 0 {
        join(&names)
    } else {
        format!("{} and {more} more", names.join(", "))
    }
}

fn stops(document: &Document, analysis: &Analysis, radius: &BlastRadius) -> String {
    let systems: Vec<_> = radius
        .affected
        .iter()
        .filter(|a| !document.components.get(&a.component).is_some_and(|c| c.is_anchor()))
        .collect();
    if systems.is_empty() {
        return "Nothing else is known to stop if it stops.".to_owned();
    }
    let likely: Vec<ComponentId> =
        systems.iter().filter(|a| a.with_backups >= LIKELY_FROM).map(|a| a.component).collect();
    let possible: Vec<ComponentId> =
        systems.iter().filter(|a| a.with_backups < LIKELY_FROM).map(|a| a.component).collect();
    let mut text = String::new();
    if likely.is_empty() {
        _ = write!(text, "If it stops, {} might stop with it", known_names(document, analysis, &possible));
    } else {
        _ = write!(
            text,
            "If it stops, {} probably {} with it",
            known_names(document, analysis, &likely),
            if likely.len() == 1 { "stops" } else { "stop" }
        );
        if !possible.is_empty() {
            _ = write!(text, "; {} more might", possible.len());
        }
    }
    text.push('.');
    let guessed = systems.iter().filter(|a| !a.reach.is_exact()).count();
    if guessed > 0 {
        text.push_str(" Nobody has said how much of this holds for sure; unknown links count as certain.");
    }
    text
}

fn alone(document: &Document, analysis: &Analysis, radius: &BlastRadius) -> Option<String> {
    let at_risk = radius.affected.iter().filter(|a| analysis.graph.is_service(a.component));
    let (stopped, covered): (Vec<_>, Vec<_>) =
        at_risk.filter(|a| a.is_likely()).partition(|a| a.with_backups >= LIKELY_FROM);
    let ids = |list: &[&crate::analysis::dependency::Affected]| -> Vec<ComponentId> {
        list.iter().map(|a| a.component).collect()
    };
    if !stopped.is_empty() {
        let names = known_names(document, analysis, &ids(&stopped));
        return Some(format!("Nothing stands in for it: it alone can stop {names}."));
    }
    (!covered.is_empty()).then(|| {
        format!(
            "Something stands in for it, so {} should keep running; a backup counts only once it has been tried.",
            known_names(document, analysis, &ids(&covered))
        )
    })
}

fn inherited(document: &Document, analysis: &Analysis, row: &RankRow) -> Option<String> {
    let own = row.score.impact.plan;
    if row.inherited.plan <= own + 0.005 {
        return None;
    }
    let chain = analysis.dependency.chain_of_inheritance(&analysis.graph, row.component);
    let service = name_of(document, *chain.first()?);
    let middle: Vec<String> = chain.iter().skip(1).rev().skip(1).rev().map(|id| name_of(document, *id)).collect();
    let through = match middle.as_slice() {
        [] => String::new(),
        [one] => format!(" through {one}"),
        [one, two] => format!(" through {one} and {two}"),
        [one, .., last] => format!(" through {one}, {} more and {last}", middle.len() - 2),
    };
    Some(format!(
        "By itself it matters {} of 5, but {service} needs it{through}, so it counts as {} of 5.",
        plain(own),
        plain(row.inherited.plan)
    ))
}

fn order(document: &Document, analysis: &Analysis, row: &RankRow) -> Option<String> {
    let next = analysis.ranking.rows.get(row.rank as usize)?;
    let below = name_of(document, next.component);
    if next.score.group != row.score.group {
        return Some(format!(
            "It stands above {below} because it is {}, and {below} is {}.",
            row.score.group.words(),
            next.score.group.words()
        ));
    }
    if row.gated && !next.gated {
        return Some(format!("It stands above {below} because of the harm to patients it can do."));
    }
    let weights = analysis.ranking.weights;
    let gains = row.parts(weights).into_iter().zip(next.parts(weights));
    let (gain, mine, theirs) =
        gains.map(|(a, b)| (a.weight * (a.share.plan - b.share.plan), a, b)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    if row.index.plan - next.index.plan < 1e-9 || gain <= 0.0 {
        return Some(format!("It ties with {below}; what we know about it is older, or its name comes first."));
    }
    let value = |part: &crate::analysis::rank::IndexPart| match (part.criterion, part.value) {
        (_, None) => "not known".to_owned(),
        (IndexCriterion::YearlyCost, Some(v)) => format!("about £{:.0}", 10f64.powf(v.plan)),
        (_, Some(v)) => plain(v.plan),
    };
    let mut text = format!(
        "It stands above {below} mostly by {}: {} against {}.",
        mine.criterion.name().to_lowercase(),
        value(&mine),
        value(&theirs)
    );
    if let Some(swap) = swaps(&analysis.ranking, row).first() {
        let percent = |share: f64| format!("{:.1}%", share * 100.0);
        _ = write!(
            text,
            " They would swap if {} weighed {} instead of {}.",
            swap.criterion.name().to_lowercase(),
            percent(swap.at),
            percent(swap.weight)
        );
    }
    Some(text)
}

fn left_out(row: &RankRow) -> Option<String> {
    match (row.yearly_cost.is_none(), row.urgency.is_none()) {
        (true, true) => Some("Its yearly cost and its deadlines are not known; both count as middling.".to_owned()),
        (true, false) => Some("Its yearly cost is not known and counts as middling.".to_owned()),
        (false, true) => Some("No deadline is known for it; urgency counts as middling.".to_owned()),
        (false, false) => None,
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn join(parts: &[impl AsRef<str>]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}
