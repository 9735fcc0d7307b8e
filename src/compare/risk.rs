//! How the risk of systems differs between two documents.

use crate::analysis::analyse;
use crate::analysis::interval::Interval;
use crate::analysis::litraf::Group;
use crate::analysis::rank::{shown, RankRow};
use crate::date::Date;
use crate::model::{ComponentId, Document};

/// Differences of a score below this do not show in print.
const SAME_WITHIN: f64 = 0.005;

/// Where a system stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Place in the order, from 1.
    pub rank: u32,
    /// Group by the red line.
    pub group: Group,
    /// LITRAF score, 1..=30.
    pub overall: Interval,
    /// Inherited impact, 1..=5.
    pub inherited: Interval,
}

/// A system that stands otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskChange {
    /// The component, by its id in the first document.
    pub component: ComponentId,
    /// Its name in the second document.
    pub name: String,
    /// Where it stood.
    pub before: Standing,
    /// Where it stands.
    pub after: Standing,
}

fn standing(row: &RankRow) -> Standing {
    Standing { rank: row.rank, group: row.score.group, overall: row.score.overall, inherited: row.inherited }
}

fn differs(a: Interval, b: Interval) -> bool {
    [(a.low, b.low), (a.plan, b.plan), (a.high, b.high)].into_iter().any(|(a, b)| (a - b).abs() >= SAME_WITHIN)
}

/// Systems in both documents (which have the same ids) whose score, group or inherited impact differs.
pub(super) fn changes(before: &Document, after: &Document, today: Option<Date>) -> Vec<RiskChange> {
    let (first, second) = (analyse(before, today), analyse(after, today));
    let mut found = Vec::new();
    for row in &second.ranking.rows {
        let Some(old) = first.row(row.component) else { continue };
        let (was, is) = (standing(old), standing(row));
        if was.group != is.group || differs(was.overall, is.overall) || differs(was.inherited, is.inherited) {
            let name = after.components.get(&row.component).map_or_else(String::new, |c| shown(&c.name));
            found.push(RiskChange { component: row.component, name, before: was, after: is });
        }
    }
    found
}
