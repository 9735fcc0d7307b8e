//! How often names collide: the figure that says whether placing them works.
//!
//! Knows items only.

use crate::model::AnyRecordId;
use crate::scene::display::{ItemKey, Layer, Shape};
use crate::scene::label::{collide, text_box};
use crate::scene::Scene;

/// Pairs that overlap by more than a pixel in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelOverlaps {
    /// Names on the map.
    pub labels: usize,
    /// A name and another name.
    pub label_label: usize,
    /// A name and a component's symbol (or its inertia, its evolved place, its risk mark).
    pub label_node: usize,
    /// A name and a pipeline's box.
    pub label_box: usize,
}

impl LabelOverlaps {
    /// All pairs together.
    pub fn total(&self) -> usize {
        self.label_label + self.label_node + self.label_box
    }
}

/// Counts overlapping pairs over the whole scene.
pub fn label_overlaps(scene: &Scene) -> LabelOverlaps {
    let mut count = LabelOverlaps::default();
    for label in scene.items.layer(Layer::Labels) {
        if !matches!(label.key, ItemKey::Label(_) | ItemKey::EvolveLabel(_)) {
            continue;
        }
        let Some(rect) = text_box(label) else { continue };
        count.labels += 1;
        let mut pairs: Vec<(ItemKey, u8)> = Vec::new();
        scene.items.each_overlapping(&rect, |other| {
            let any = |kind: u8| {
                let hit = other.shapes.iter().any(|s| !matches!(s, Shape::Line { .. }) && collide(&s.bounds(), &rect));
                hit.then_some((other.key, kind))
            };
            let pair = match other.key {
                // Each pair once.
                ItemKey::Label(_) | ItemKey::EvolveLabel(_) if other.key < label.key => {
                    text_box(other).filter(|b| collide(b, &rect)).map(|_| (other.key, 0))
                }
                ItemKey::Record(AnyRecordId::Component(_)) | ItemKey::EvolveArrow(_) | ItemKey::RiskMark(_) => any(1),
                ItemKey::Record(AnyRecordId::Pipeline(_)) => any(2),
                _ => None,
            };
            pairs.extend(pair);
        });
        pairs.sort_unstable();
        pairs.dedup();
        for (_, kind) in pairs {
            match kind {
                0 => count.label_label += 1,
                1 => count.label_node += 1,
                _ => count.label_box += 1,
            }
        }
    }
    count
}
