//! What the drawing needs to know from elsewhere: places and risk marks from the analysis, options of the view.
//!
//! Plain data filled by the application, so that drawing needs no knowledge of how they are computed.

use crate::geom::{Map, Point};
use crate::model::{AnyRecordId, ComponentId};
use crate::order;

/// A place for a component whose evolution or visibility nobody has decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SuggestedPlace {
    /// Which component.
    pub component: ComponentId,
    /// Where to draw it, 0..=1 in both directions. A coordinate that is decided counts, not this one.
    pub at: Point<Map>,
}

/// The risk of a component as the map shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RiskMark {
    /// Which component.
    pub component: ComponentId,
    /// Step of the ramp, 1 (none) to 5 (critical); drawn as a number, a mark and a colour.
    pub step: u8,
    /// Place in the ranking from 1, when ranked; the first are kept longest when there is no room.
    pub rank: Option<u32>,
    /// Not known to be below red: drawn with a dashed ring and a question mark.
    pub unsure: bool,
    /// It is no risk but the number of a group, 1..=6, drawn with a shape and a colour of its own.
    pub group: Option<u8>,
}

/// How large a component is drawn because of what is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeMark {
    /// Which component.
    pub component: ComponentId,
    /// Step 1 (as usual) to 5 (largest); `None` when nobody knows: the usual size in a dashed ring as large as the largest.
    pub step: Option<u8>,
    /// It may be larger than that: the dashed ring is drawn too.
    pub unsure: bool,
}

/// What happened to something between two maps, as a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceSign {
    /// Plus: new.
    Added,
    /// Minus: gone; drawn as a ghost.
    Removed,
    /// Wave: other fields or another name.
    Changed,
    /// Arrow: stands elsewhere.
    Moved,
}

/// A difference from another map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// What differs.
    pub record: AnyRecordId,
    /// Its sign; none where the arrow from the ghost says it all.
    pub sign: Option<DifferenceSign>,
    /// Where it stood: a ghost is drawn there with an arrow to where it stands.
    pub from: Option<Point<Map>>,
}

/// What the drawing takes from the analysis. The lists are sorted by component, at most one entry each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SceneFacts {
    places: Vec<SuggestedPlace>,
    marks: Vec<RiskMark>,
    /// Names of the groups that marks stand for, from group 1.
    groups: Vec<String>,
    /// How large components are drawn; empty when all are as usual.
    sizes: Vec<SizeMark>,
    /// What a size says: first that it is not known, then steps 1 to 5.
    size_words: Vec<String>,
    /// What differs from another map while maps are compared, one entry a record.
    differences: Vec<Difference>,
}

impl SceneFacts {
    /// Facts from lists in any order; of several entries for a component the first counts.
    pub fn new(mut places: Vec<SuggestedPlace>, mut marks: Vec<RiskMark>) -> Self {
        places.retain(|place| place.at.is_finite());
        order::sort_by_key(&mut places, |place| place.component);
        places.dedup_by_key(|place| place.component);
        order::sort_by_key(&mut marks, |mark| mark.component);
        marks.dedup_by_key(|mark| mark.component);
        Self { places, marks, ..Self::default() }
    }

    /// The same with the names of the groups that marks stand for, from group 1; for the legend.
    #[must_use]
    pub fn with_groups(mut self, groups: Vec<String>) -> Self {
        self.groups = groups;
        self
    }

    /// The same with sizes in any order, and what they say: first that it is not known, then steps 1 to 5.
    #[must_use]
    pub fn with_sizes(mut self, mut sizes: Vec<SizeMark>, words: Vec<String>) -> Self {
        order::sort_by_key(&mut sizes, |size| size.component);
        sizes.dedup_by_key(|size| size.component);
        self.sizes = sizes;
        self.size_words = words;
        self
    }

    /// The size of a component, when components have sizes.
    pub fn size(&self, component: ComponentId) -> Option<SizeMark> {
        let index = self.sizes.binary_search_by_key(&component, |size| size.component).ok()?;
        self.sizes.get(index).copied()
    }

    /// Sizes, by component.
    pub fn sizes(&self) -> &[SizeMark] {
        &self.sizes
    }

    /// What a step of the sizes says; 0 is that it is not known.
    pub fn size_words(&self, step: u8) -> &str {
        self.size_words.get(usize::from(step)).map_or("", |words| words)
    }

    /// The same with what differs from another map.
    #[must_use]
    pub fn with_differences(mut self, differences: Vec<Difference>) -> Self {
        self.differences = differences;
        self
    }

    /// What differs from another map.
    pub fn differences_shown(&self) -> &[Difference] {
        &self.differences
    }

    /// The name of a group.
    pub fn group_name(&self, number: u8) -> &str {
        self.groups.get(usize::from(number).saturating_sub(1)).map_or("", |name| name)
    }

    /// Suggested places, by component.
    pub fn places(&self) -> &[SuggestedPlace] {
        &self.places
    }

    /// Risk marks, by component.
    pub fn marks(&self) -> &[RiskMark] {
        &self.marks
    }

    /// The suggested place of a component.
    pub fn place(&self, component: ComponentId) -> Option<Point<Map>> {
        let index = self.places.binary_search_by_key(&component, |place| place.component).ok()?;
        self.places.get(index).map(|place| place.at)
    }

    /// The risk mark of a component.
    pub fn mark(&self, component: ComponentId) -> Option<RiskMark> {
        let index = self.marks.binary_search_by_key(&component, |mark| mark.component).ok()?;
        self.marks.get(index).copied()
    }

    /// Components whose suggested place, mark or size differs between the two.
    pub fn differences(&self, other: &Self) -> Vec<ComponentId> {
        let mut found = Vec::new();
        differing(&self.places, &other.places, |place| place.component, &mut found);
        differing(&self.marks, &other.marks, |mark| mark.component, &mut found);
        differing(&self.sizes, &other.sizes, |size| size.component, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Walks two lists sorted by component side by side.
fn differing<T: PartialEq>(a: &[T], b: &[T], key: impl Fn(&T) -> ComponentId, found: &mut Vec<ComponentId>) {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (None, None) => return,
            (Some(x), Some(y)) if key(x) == key(y) => {
                if x != y {
                    found.push(key(x));
                }
                left.next();
                right.next();
            }
            (Some(x), y) if y.is_none_or(|y| key(x) < key(y)) => {
                found.push(key(x));
                left.next();
            }
            (_, y) => {
                found.extend(y.map(|y| key(y)));
                right.next();
            }
        }
    }
}

/// What the viewer wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ViewOptions {
    /// Risk marks on the components.
    pub risk: bool,
    /// The legend to the right of the plane.
    pub legend: bool,
    /// A legend of the marks alone.
    pub legend_of_marks: bool,
    /// Hidden components, drawn like undecided ones.
    pub show_hidden: bool,
}
