//! Professional judgement beside the sum: the order as people have judged it, for as long as their judgements last.
//!
//! A judgement of the order says which place a system should have. It never changes a score or a group; both orders are
//! shown. Lapsed judgements stop acting and are listed.

use crate::analysis::deadline::judgement_lapses;
use crate::analysis::rank::firmness::kendall_tau;
use crate::analysis::Analysis;
use crate::model::{ComponentId, Document, Judgement, JudgementId};

/// The field of a judgement that is about the order.
pub const ORDER_FIELD: &str = "order";
/// Agreement below which the sum seems to miss something.
pub const POOR_AGREEMENT: f64 = 0.6;

/// A place in the judged order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgedRow {
    /// The system.
    pub component: ComponentId,
    /// Its place by the sum, from 1.
    pub computed: u32,
    /// The judgement that moved it, if one did.
    pub judgement: Option<JudgementId>,
}

/// The order as judged.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedOrder {
    /// Systems, first things first.
    pub rows: Vec<JudgedRow>,
    /// Kendall's tau against the computed order, -1..=1, over the top ten and everything down to the last place that
    /// changed; 1 when nothing was judged.
    pub tau: f64,
    /// Judgements of any field that have lapsed, by id.
    pub lapsed: Vec<JudgementId>,
}

impl JudgedOrder {
    /// Whether the two orders differ so much that a criterion seems to be missing.
    pub fn asks_for_a_criterion(&self) -> bool {
        self.tau < POOR_AGREEMENT
    }
}

/// Whether a judgement acts on the day of the analysis. One without any date never does; without a day all do.
pub fn is_in_force(judgement: &Judgement, analysis: &Analysis) -> bool {
    match analysis.today() {
        None => true,
        Some(today) => judgement_lapses(judgement).is_some_and(|date| date >= today),
    }
}

/// The judged order and what has lapsed.
pub fn judged_order(document: &Document, analysis: &Analysis) -> JudgedOrder {
    let mut lapsed = Vec::new();
    let mut moves: Vec<(u32, ComponentId, JudgementId)> = Vec::new();
    for (id, judgement) in &document.judgements {
        if !is_in_force(judgement, analysis) {
            lapsed.push(*id);
            continue;
        }
        if judgement.field != ORDER_FIELD || analysis.row(judgement.component).is_none() {
            continue;
        }
        let place =
            if judgement.judged.is_finite() { judgement.judged.clamp(1.0, 1e9).round() as u32 } else { continue };
        let newer =
            |other: &JudgementId| document.judgements.get(other).is_none_or(|o| (o.on, other) <= (judgement.on, id));
        match moves.iter_mut().find(|m| m.1 == judgement.component) {
            // Of two judgements of one system the newer acts.
            Some(earlier) if newer(&earlier.2) => *earlier = (place, judgement.component, *id),
            Some(_) => {}
            None => moves.push((place, judgement.component, *id)),
        }
    }
    moves.sort_unstable();
    let moved = |id: ComponentId| moves.iter().any(|m| m.1 == id);
    let mut rows: Vec<JudgedRow> = analysis
        .ranking
        .rows
        .iter()
        .filter(|row| !moved(row.component))
        .map(|row| JudgedRow { component: row.component, computed: row.rank, judgement: None })
        .collect();
    for (place, component, judgement) in &moves {
        let computed = analysis.row(*component).map_or(0, |row| row.rank);
        let at = (*place as usize - 1).min(rows.len());
        rows.insert(at, JudgedRow { component: *component, computed, judgement: Some(*judgement) });
    }
    let tau = tau_of(&rows);
    JudgedOrder { rows, tau, lapsed }
}

/// Only the stretch between the first and the last place that changed is compared: agreement among thousands of systems
/// that nobody looked at would drown every disagreement.
fn tau_of(rows: &[JudgedRow]) -> f64 {
    let changed = |(place, row): &(usize, &JudgedRow)| row.computed as usize != place + 1;
    let first = rows.iter().enumerate().find(changed).map(|(place, _)| place);
    let last = rows.iter().enumerate().rev().find(changed).map(|(place, _)| place);
    let (Some(first), Some(last)) = (first, last) else { return 1.0 };
    // At least the ten top rows, the part of the order that people act on.
    let (first, last) = (if first < 10 { 0 } else { first }, last.max(9).min(rows.len() - 1));
    let places: Vec<usize> =
        rows.iter().skip(first).take(last + 1 - first).take(2_000).map(|r| r.computed as usize).collect();
    kendall_tau(&places)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::analysis::analyse;
    use crate::analysis::rank::judged::*;
    use crate::analysis::testing::{facts_with, Estate};
    use crate::date::parse_iso;
    use crate::id::Id;

    /// Five systems whose computed order is a, b, c, d, e.
    fn five() -> Estate {
        let mut estate = Estate::default();
        for (name, level) in [("a", 6), ("b", 5), ("c", 4), ("d", 2), ("e", 1)] {
            estate.system(name, facts_with(level, 4));
        }
        estate
    }

    fn judge(estate: &mut Estate, name: &str, place: f64, on: &str) {
        let judgement = Judgement {
            component: estate.id(name),
            field: ORDER_FIELD.to_owned(),
            judged: place,
            on: parse_iso(on),
            ..Judgement::default()
        };
        let number = estate.document.judgements.len() as u64 + 1;
        estate.document.judgements.insert(Id::numbered('j', number), Rc::new(judgement));
    }

    fn order(estate: &Estate) -> (String, f64, usize) {
        let analysis = analyse(&estate.document, parse_iso("2026-01-15"));
        let judged = judged_order(&estate.document, &analysis);
        let names = judged.rows.iter().map(|r| estate.document.components[&r.component].name.as_str()).collect();
        (names, judged.tau, judged.lapsed.len())
    }

    #[test]
    fn w29_moves_and_agreement() {
        let mut estate = five();
        assert_eq!(order(&estate), ("abcde".to_owned(), 1.0, 0));
        judge(&mut estate, "c", 2.0, "2026-01-01");
        let (names, tau, _) = order(&estate);
        assert_eq!(names, "acbde");
        assert!((tau - 0.8).abs() < 1e-12);
        let mut estate = five();
        judge(&mut estate, "e", 1.0, "2026-01-01");
        let (names, tau, _) = order(&estate);
        assert_eq!(names, "eabcd");
        assert!((tau - 0.2).abs() < 1e-12);
    }

    #[test]
    fn lapsed_judgements_stop_acting_and_are_listed() {
        let mut estate = five();
        judge(&mut estate, "e", 1.0, "2025-01-01");
        assert_eq!(order(&estate), ("abcde".to_owned(), 1.0, 1));
    }

    #[test]
    fn the_newer_judgement_acts_and_odd_places_are_kept_within_the_list() {
        let mut estate = five();
        judge(&mut estate, "e", 1.0, "2026-01-02");
        judge(&mut estate, "e", 3.0, "2026-01-01");
        judge(&mut estate, "a", 99.0, "2026-01-01");
        judge(&mut estate, "b", f64::NAN, "2026-01-01");
        assert_eq!(order(&estate).0, "ebcda");
    }
}
