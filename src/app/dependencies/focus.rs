//! What is looked at: what stops if something stops, what something needs, what is around it; with a sentence.
//!
//! The dependency view shows only that; the map shows the rest faintly. Escape leaves.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::dependency::{Affected, BlastRadius, Direction, LIKELY_FROM};
use crate::analysis::Analysis;
use crate::app::effect::Effect;
use crate::app::state::ViewTab;
use crate::app::{describe, App};
use crate::model::{AnyRecordId, ComponentId, Document};

/// Most links in one direction.
const FARTHEST: u8 = 9;
/// Longest chain that is named whole.
const LONGEST_CHAIN: usize = 7;

/// What of the links is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusKind {
    /// Everything that is likely to stop.
    Stops,
    /// Everything that is needed.
    Needs,
    /// So many links up and down.
    Around(u8, u8),
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus {
    /// From here.
    pub of: BTreeSet<ComponentId>,
    /// This far.
    pub kind: FocusKind,
}

/// What a focus comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Emphasis {
    /// Components that count, those looked at among them.
    pub lit: BTreeSet<ComponentId>,
    /// Says it.
    pub sentence: String,
}

impl App {
    /// Shows what stops or what is needed, or leaves that when it is shown already.
    pub(in crate::app) fn show_reach(&mut self, kind: FocusKind, effects: &mut Vec<Effect>) {
        let of = self.in_hand();
        if of.is_empty() {
            return;
        }
        let focus = Focus { of, kind };
        if self.dependencies.focus.as_ref() == Some(&focus) {
            self.leave_emphasis(effects);
            return;
        }
        self.set_focus(focus, effects);
    }

    /// Looks at what is around the selection.
    pub(in crate::app) fn focus_around(&mut self, effects: &mut Vec<Effect>) {
        self.show_reach(FocusKind::Around(1, 1), effects);
    }

    /// One link more or less.
    pub(in crate::app) fn reach_further(&mut self, upwards: bool, more: bool, effects: &mut Vec<Effect>) {
        let (of, (up, down)) = match &self.dependencies.focus {
            Some(Focus { of, kind: FocusKind::Around(up, down) }) => (of.clone(), (*up, *down)),
            _ => (self.in_hand(), (1, 1)),
        };
        let step = |n: u8| if more { (n + 1).min(FARTHEST) } else { n.saturating_sub(1) };
        let kind = if upwards { FocusKind::Around(step(up), down) } else { FocusKind::Around(up, step(down)) };
        if !of.is_empty() {
            self.set_focus(Focus { of, kind }, effects);
        }
    }

    /// The same in both directions.
    pub(in crate::app) fn reach_both(&mut self, more: bool, effects: &mut Vec<Effect>) {
        self.reach_further(true, more, effects);
        if matches!(self.dependencies.focus, Some(Focus { kind: FocusKind::Around(..), .. })) {
            self.reach_further(false, more, effects);
        }
    }

    fn in_hand(&self) -> BTreeSet<ComponentId> {
        let mut of: BTreeSet<ComponentId> = BTreeSet::new();
        let graph = &self.derived.analysis().graph;
        let focused = self.focus.filter(|_| self.selection.is_empty());
        for record in self.selection.iter().copied().chain(focused) {
            if let Some(id) = record.component().filter(|id| graph.node(*id).is_some()) {
                of.insert(id);
            }
        }
        of
    }

    fn set_focus(&mut self, focus: Focus, effects: &mut Vec<Effect>) {
        self.dependencies.focus = Some(focus);
        self.dependencies.answered = true;
        self.picture_is_stale();
        self.refresh_dependencies(effects);
        if self.tab != ViewTab::Dependencies && self.tab != ViewTab::Map {
            self.set_tab(ViewTab::Dependencies);
        }
        self.changes.scene = true;
        if let Some(text) = self.dependencies.emphasis.as_ref().map(|emphasis| emphasis.sentence.clone()) {
            self.say(&text, false, effects);
        }
    }

    /// Whether there was something to leave.
    pub(in crate::app) fn leave_emphasis(&mut self, effects: &mut Vec<Effect>) -> bool {
        if self.dependencies.focus.take().is_none() {
            return false;
        }
        self.picture_is_stale();
        self.refresh_dependencies(effects);
        self.changes.scene = true;
        let text = if self.tab == ViewTab::Dependencies && self.asks_what_to_show() {
            "Left. Choose what to see.".to_owned()
        } else {
            "Everything is shown again.".to_owned()
        };
        self.say(&text, false, effects);
        true
    }

    /// The emphasis follows the document.
    pub(in crate::app) fn refresh_emphasis(&mut self) {
        let analysis = Rc::clone(self.derived.analysis());
        if let Some(focus) = &mut self.dependencies.focus {
            focus.of.retain(|id| analysis.graph.node(*id).is_some());
            if focus.of.is_empty() {
                self.dependencies.focus = None;
            }
        }
        let emphasis =
            self.dependencies.focus.as_ref().map(|focus| Rc::new(emphasis(&self.document, &analysis, focus)));
        if emphasis != self.dependencies.emphasis {
            self.dependencies.emphasis = emphasis;
        }
    }

    /// Components that are shown strongly on the map while the rest is faint; `None` when nothing is emphasised.
    pub fn lit(&self) -> Option<&BTreeSet<ComponentId>> {
        self.dependencies.emphasis.as_ref().filter(|_| self.tab == ViewTab::Map).map(|emphasis| &emphasis.lit)
    }

    /// Links above and below a component, all the way: drawn strongly while the pointer or the keyboard is on it.
    pub fn chain_links(&self, record: AnyRecordId) -> Vec<crate::model::LinkId> {
        let Some(id) = record.component() else { return Vec::new() };
        // Where the whole picture is this chain, drawing all of it strongly says nothing.
        let is_all = |focus: &Focus| !matches!(focus.kind, FocusKind::Around(..)) && focus.of.contains(&id);
        if self.dependencies.focus.as_ref().is_some_and(is_all) {
            return Vec::new();
        }
        let graph = &self.derived.analysis().graph;
        let mut links = Vec::new();
        for up in [true, false] {
            let mut seen = BTreeSet::from([id]);
            let mut open = vec![id];
            while let Some(at) = open.pop() {
                let next = if up { graph.needed_by(at) } else { graph.needs(at) };
                for neighbor in next {
                    links.push(neighbor.link);
                    if seen.insert(neighbor.component) {
                        open.push(neighbor.component);
                    }
                }
            }
        }
        links
    }
}

fn emphasis(document: &Document, analysis: &Analysis, focus: &Focus) -> Emphasis {
    let name = |id: &ComponentId| document.components.get(id).map_or_else(String::new, |c| describe::one_line(&c.name));
    let what = match focus.of.iter().collect::<Vec<_>>().as_slice() {
        [one] => name(one),
        [a, b] => format!("{} and {}", name(a), name(b)),
        all => format!("these {}", all.len()),
    };
    let mut lit = focus.of.clone();
    let direction = match focus.kind {
        FocusKind::Stops => Direction::WhatStops,
        FocusKind::Needs => Direction::WhatItNeeds,
        FocusKind::Around(up, down) => {
            around(analysis, &focus.of, up, true, &mut lit);
            around(analysis, &focus.of, down, false, &mut lit);
            let sentence = format!(
                "Around {what}: {} up and {} down, {}.",
                describe::count(usize::from(up), "link"),
                describe::count(usize::from(down), "link"),
                describe::count(lit.len(), "component")
            );
            return Emphasis { lit, sentence };
        }
    };
    let counts = |affected: &Affected| direction == Direction::WhatItNeeds || affected.with_backups >= LIKELY_FROM;
    let mut longest: Vec<ComponentId> = Vec::new();
    let mut covered = BTreeSet::new();
    for id in &focus.of {
        let radius = analysis.blast_radius(*id, direction);
        let mut farthest: Option<&Affected> = None;
        for affected in &radius.affected {
            if counts(affected) {
                lit.insert(affected.component);
                if farthest.is_none_or(|known| affected.steps > known.steps) {
                    farthest = Some(affected);
                }
            } else {
                covered.insert(affected.component);
            }
        }
        let chain = farthest.map(|affected| chain_of(&radius, affected.component)).unwrap_or_default();
        if chain.len() > longest.len() {
            longest = chain;
        }
    }
    let is_anchor = |id: &ComponentId| document.components.get(id).is_some_and(|c| c.is_anchor());
    let others: Vec<&ComponentId> = lit.iter().filter(|id| !focus.of.contains(id)).collect();
    let systems = others.iter().filter(|id| !is_anchor(id)).count();
    let users = others.len() - systems;
    let mut sentence = if direction == Direction::WhatStops {
        let pathways = document.pathways.values().filter(|p| p.steps.iter().any(|step| lit.contains(step))).count();
        let stop = if focus.of.len() == 1 { "stops" } else { "stop" };
        let mut parts = Vec::new();
        if systems > 0 || (users == 0 && pathways == 0) {
            parts.push(describe::count(systems, "system"));
        }
        if pathways > 0 {
            parts.push(describe::count(pathways, "pathway"));
        }
        if users > 0 {
            parts.push(describe::count(users, "user"));
        }
        match (systems + pathways, users) {
            (0, 0) => format!("If {what} {stop}, nothing else is known to stop."),
            (0, 1) => format!("If {what} {stop}, 1 user is left without it."),
            (0, n) => format!("If {what} {stop}, {n} users are left without it."),
            (n, _) => {
                let last = parts.pop().unwrap_or_default();
                let list = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
                let verb = if n + users == 1 { "stops" } else { "stop" };
                format!("If {what} {stop}, {list} {verb}.")
            }
        }
    } else if systems == 0 {
        format!("Nothing is known that {what} needs.")
    } else {
        let needs = if focus.of.len() == 1 { "needs" } else { "need" };
        format!("To run, {what} {needs} {}.", describe::count(systems, "system"))
    };
    covered.retain(|id| !lit.contains(id));
    if !covered.is_empty() {
        let others = describe::count(covered.len(), "other");
        sentence.push_str(&format!(" {others} would probably go on: a backup or a weak link stands between."));
    }
    if longest.len() > 2 {
        sentence.push_str(&format!(" The longest chain: {}.", chain_words(&longest, direction, &name)));
    }
    Emphasis { lit, sentence }
}

/// From who needs to what is needed.
fn chain_of(radius: &BlastRadius, to: ComponentId) -> Vec<ComponentId> {
    let mut chain = radius.chain_to(to);
    if radius.direction == Direction::WhatStops {
        chain.reverse();
    }
    chain
}

fn chain_words(chain: &[ComponentId], direction: Direction, name: &dyn Fn(&ComponentId) -> String) -> String {
    let names = |part: &[ComponentId]| part.iter().map(name).collect::<Vec<_>>().join(" needs ");
    if chain.len() <= LONGEST_CHAIN {
        return names(chain);
    }
    // The end that was asked about is the more telling one.
    let left_out = chain.len() - LONGEST_CHAIN;
    let (first, last) = if direction == Direction::WhatStops { (2, 5) } else { (5, 2) };
    let tail = chain.get(chain.len() - last..).unwrap_or(&[]);
    let head = chain.get(..first).unwrap_or(&[]);
    format!("{} needs … ({left_out} more) … needs {}", names(head), names(tail))
}

/// Everything within so many links.
fn around(analysis: &Analysis, of: &BTreeSet<ComponentId>, links: u8, up: bool, lit: &mut BTreeSet<ComponentId>) {
    let mut seen = of.clone();
    let mut edge: Vec<ComponentId> = of.iter().copied().collect();
    for _ in 0..links {
        let mut next = Vec::new();
        for id in edge {
            let neighbors = if up { analysis.needed_by(id) } else { analysis.needs(id) };
            for neighbor in neighbors {
                if seen.insert(neighbor.component) {
                    next.push(neighbor.component);
                }
            }
        }
        edge = next;
    }
    lit.extend(seen);
}
