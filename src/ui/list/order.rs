//! Which components the list shows, in which order.

use crate::analysis::Analysis;
use crate::model::{folded_name, ComponentId, Document};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Column {
    /// Name.
    #[default]
    Name,
    /// Evolution.
    Evolution,
    /// Visibility.
    Visibility,
    /// Risk.
    Risk,
    /// How many it needs.
    Needs,
    /// How many need it.
    NeededBy,
}

impl Column {
    /// Columns from left to right.
    pub(crate) const ALL: [Self; 6] =
        [Self::Name, Self::Evolution, Self::Visibility, Self::Risk, Self::Needs, Self::NeededBy];

    /// Heading.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Evolution => "Evolution %",
            Self::Visibility => "Visibility %",
            Self::Risk => "Risk",
            Self::Needs => "Needs",
            Self::NeededBy => "Needed by",
        }
    }

    /// Numbers stand to the right.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Evolution | Self::Visibility | Self::Needs | Self::NeededBy)
    }
}

/// By which column, and in which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sorting {
    /// Column.
    pub(crate) column: Column,
    /// Largest first.
    pub(crate) falling: bool,
}

/// Components whose name holds `filter`, sorted; equal ones by name. What has no value comes last either way.
pub(crate) fn ordered(document: &Document, analysis: &Analysis, filter: &str, sorting: Sorting) -> Vec<ComponentId> {
    let wanted = folded_name(filter);
    let value = |id: ComponentId| -> Option<f64> {
        let component = document.components.get(&id)?;
        match sorting.column {
            Column::Name => None,
            Column::Evolution => component.evolution.map(|e| e.get()),
            Column::Visibility => component.visibility.map(|v| v.get()),
            // The first in the ranking carries the most risk.
            Column::Risk => analysis.row(id).filter(|row| row.has_facts).map(|row| -f64::from(row.rank)),
            Column::Needs => Some(analysis.needs(id).len() as f64),
            Column::NeededBy => Some(analysis.needed_by(id).len() as f64),
        }
    };
    let mut rows: Vec<(String, ComponentId)> = document
        .components
        .iter()
        .map(|(id, component)| (folded_name(&component.name), *id))
        .filter(|(name, _)| name.contains(&wanted))
        .collect();
    rows.sort_unstable();
    if sorting.column == Column::Name {
        if sorting.falling {
            rows.reverse();
        }
    } else {
        let sign = if sorting.falling { -1.0 } else { 1.0 };
        rows.sort_by_cached_key(|(_, id)| {
            let value = value(*id).map_or(f64::INFINITY, |value| value * sign);
            // Ordered as numbers are: flips the bits of negative ones.
            let bits = value.to_bits();
            if bits >> 63 == 1 {
                !bits
            } else {
                bits | 1 << 63
            }
        });
    }
    rows.into_iter().map(|(_, id)| id).collect()
}
