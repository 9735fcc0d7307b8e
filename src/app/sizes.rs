//! How large components are drawn because of what is known about them, and what the sizes say.
//!
//! Five steps, each with about twice the surface of the one before; where something is not known, that is what is drawn.

use crate::analysis::Analysis;
use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::state::Sizes;
use crate::app::App;
use crate::known::Knowledge;
use crate::model::{Component, ComponentId, Document};
use crate::scene::SizeMark;

/// First that it is not known, then the steps.
type Words = [&'static str; 6];

const RISK: Words = [
    "Dashed: may be as grave as this",
    "Size: risk 1, none",
    "Size: risk 2, low",
    "Size: risk 3, moderate",
    "Size: risk 4, high",
    "Size: risk 5, critical",
];
const NEEDED: Words =
    ["", "Nothing here needs it", "One needs it", "2 or 3 need it", "4 to 7 need it", "8 or more need it"];
const USERS: Words = [
    "Dashed: may be as many as this",
    "Below 10 people use it",
    "10 or more people",
    "100 or more people",
    "1,000 or more people",
    "10,000 or more people",
];

/// Step of a number by where the steps 2 to 5 begin.
fn step(number: u64, begins: [u64; 4]) -> u8 {
    1 + begins.iter().filter(|from| number >= **from).count() as u8
}

/// Sizes of everything but users of the map, and what they say.
pub(super) fn sizes(document: &Document, analysis: &Analysis, by: Sizes) -> (Vec<SizeMark>, Vec<String>) {
    let words = match by {
        Sizes::None => return (Vec::new(), Vec::new()),
        Sizes::Risk => RISK,
        Sizes::Needed => NEEDED,
        Sizes::Users => USERS,
    };
    let mut sizes = Vec::new();
    if by == Sizes::Risk {
        for row in analysis.ranking.rows.iter().filter(|row| row.has_facts) {
            sizes.push(SizeMark { component: row.component, step: Some(row.level.clamp(1, 5)), unsure: row.hatched });
        }
    }
    for (id, component) in document.components.iter().filter(|(_, c)| !c.is_anchor()) {
        let size = match by {
            // Of two entries for one component the first counts: those that are ranked keep theirs.
            Sizes::None | Sizes::Risk => Some((None, false)),
            Sizes::Needed => Some((Some(needed(analysis, *id)), false)),
            Sizes::Users => by_users(component),
        };
        sizes.extend(size.map(|(step, unsure)| SizeMark { component: *id, step, unsure }));
    }
    (sizes, words.map(str::to_owned).to_vec())
}

fn needed(analysis: &Analysis, id: ComponentId) -> u8 {
    step(analysis.graph.needed_by(id).len() as u64, [1, 2, 4, 8])
}

/// `None` where the question does not apply.
fn by_users(component: &Component) -> Option<(Option<u8>, bool)> {
    let step = |users| step(users, [10, 100, 1_000, 10_000]);
    match component.facts().users.knowledge {
        Knowledge::Unknown => Some((None, false)),
        Knowledge::Known { value, high, .. } => Some((Some(step(value)), step(high) > step(value))),
        Knowledge::NotApplicable => None,
    }
}

impl App {
    /// Sizes components by this, or all alike again when they are sized by it already.
    pub(super) fn size_by(&mut self, by: Sizes, effects: &mut Vec<Effect>) {
        let on = self.shown.sizes != by;
        self.shown.sizes = if on { by } else { Sizes::None };
        self.redraw_with_legend();
        let words = match by {
            _ if !on => "All components have the same size again.",
            Sizes::Risk => "Larger is graver.",
            Sizes::Needed => "Larger is needed by more.",
            Sizes::Users | Sizes::None => "Larger is used by more people.",
        };
        let facts = self.derived.facts();
        let unknown = facts.sizes().iter().filter(|size| size.step.is_none()).count();
        let text = match unknown {
            0 => words.to_owned(),
            many => {
                format!("{words} Not known of {}: drawn with a dashed ring.", describe::count(many, "component"))
            }
        };
        self.say(&text, false, effects);
    }
}
