//! Making items from records, one record at a time.
//!
//! Knows the document and the metrics; decides nothing about which records have to be made (see `update`)
//! nor where labels go (see `label`).

mod boxes;
pub(in crate::scene) mod component;
mod difference;
mod frame;
mod legend;
mod link;
pub(in crate::scene) mod notes;
mod text;

use std::rc::Rc;

use crate::geom::MapFrame;
use crate::model::{AnyRecordId, AreaId, ComponentId, Document, LinkId, PipelineId};
use crate::scene::display::{Item, ItemKey, Layer};
use crate::scene::measure::TextMeasure;
use crate::scene::node::NodeMaker;
use crate::scene::{Scene, SceneFacts, ViewOptions};

/// Everything shapes are made from.
#[derive(Clone, Copy)]
pub(crate) struct Maker<'a> {
    pub(crate) document: &'a Document,
    pub(crate) facts: &'a SceneFacts,
    pub(crate) options: &'a ViewOptions,
    pub(crate) measure: &'a dyn TextMeasure,
    pub(crate) frame: MapFrame,
}

impl Maker<'_> {
    /// Makes the node of the component and its items anew; takes them out when it is not drawn any more.
    pub(crate) fn remake_component(&self, scene: &mut Scene, id: ComponentId) {
        let degree = scene.links_of(id).len();
        let maker = NodeMaker {
            document: self.document,
            facts: self.facts,
            options: self.options,
            families: &scene.families,
            frame: self.frame,
        };
        let component = self.document.components.get(&id);
        let made = component.and_then(|component| Some((component, maker.node(id, component, degree)?)));
        let mut put = |key: ItemKey, item: Option<Item>| scene.put(key, item);
        match made {
            Some((component, node)) => {
                let record = Some(self.component_item(&node, component));
                put(ItemKey::Record(AnyRecordId::Component(id)), record);
                put(ItemKey::EvolveArrow(id), self.evolve_item(&node));
                put(ItemKey::RiskMark(id), self.mark_item(&node));
                match scene.nodes.get(&id) {
                    Some(there) if **there == node => {}
                    _ => {
                        scene.nodes.insert(id, Rc::new(node));
                    }
                }
            }
            None => {
                for key in [
                    ItemKey::Record(AnyRecordId::Component(id)),
                    ItemKey::EvolveArrow(id),
                    ItemKey::RiskMark(id),
                    ItemKey::Label(id),
                    ItemKey::EvolveLabel(id),
                ] {
                    put(key, None);
                }
                scene.nodes.remove(&id);
            }
        }
    }

    /// Makes the items of a link anew; takes them out when an end is not drawn.
    pub(crate) fn remake_link(&self, scene: &mut Scene, id: LinkId) {
        let made = self.document.links.get(&id).and_then(|link| {
            let (from, to) = (scene.nodes.get(&link.from)?, scene.nodes.get(&link.to)?);
            Some((self.link_item(id, link, from, to), self.link_text_item(id, link, from, to)))
        });
        let (line, text) = match made {
            Some((line, text)) => (Some(line), text),
            None => (None, None),
        };
        scene.put(ItemKey::Record(AnyRecordId::Link(id)), line);
        scene.put(ItemKey::LinkText(id), text);
    }

    /// Makes the box of a pipeline anew.
    pub(crate) fn remake_pipeline(&self, scene: &mut Scene, id: PipelineId) {
        let item = self.document.pipelines.get(&id).and_then(|pipeline| {
            let parent = scene.nodes.get(&pipeline.parent)?;
            let variants = scene.families.variants.get(&id).into_iter().flatten();
            let nodes = variants.filter_map(|variant| scene.nodes.get(variant)).map(|node| &**node);
            self.pipeline_item(id, pipeline, parent, nodes)
        });
        scene.put(ItemKey::Record(AnyRecordId::Pipeline(id)), item);
    }

    /// Makes the hull of an area anew; `number` chooses its colour.
    pub(crate) fn remake_area(&self, scene: &mut Scene, id: AreaId, number: usize) {
        let item = self.document.areas.get(&id).and_then(|area| {
            let nodes = area.members.iter().filter_map(|member| scene.nodes.get(member)).map(|node| &**node);
            self.area_item(id, area, number, nodes)
        });
        scene.put(ItemKey::Record(AnyRecordId::Area(id)), item);
    }

    /// Takes out what stands for records that the document does not have any more.
    pub(crate) fn remove_gone(&self, scene: &mut Scene) {
        let layers = [Layer::Areas, Layer::Boxes, Layer::Marks];
        let keys = layers.into_iter().flat_map(|layer| scene.items.layer(layer)).map(|item| item.key);
        let gone: Vec<ItemKey> = keys.filter(|key| self.is_gone(*key)).collect();
        for key in gone {
            scene.put(key, None);
        }
    }

    /// Makes all annotations, attitudes and accelerators anew.
    pub(crate) fn remake_decorations(&self, scene: &mut Scene) {
        for (id, annotation) in &self.document.annotations {
            scene.put(ItemKey::Record(AnyRecordId::Annotation(*id)), self.annotation_item(*id, annotation));
        }
        for (id, attitude) in &self.document.attitudes {
            scene.put(ItemKey::Record(AnyRecordId::Attitude(*id)), Some(self.attitude_item(*id, attitude)));
        }
        for (id, accelerator) in &self.document.accelerators {
            let item = self.accelerator_item(*id, accelerator);
            scene.put(ItemKey::Record(AnyRecordId::Accelerator(*id)), Some(item));
        }
    }

    /// Whether the key stands for a decoration that the document does not have any more.
    fn is_gone(&self, key: ItemKey) -> bool {
        match key {
            ItemKey::Record(AnyRecordId::Component(_) | AnyRecordId::Link(_)) => false,
            ItemKey::Record(record) => !self.document.has(record),
            _ => false,
        }
    }

    /// Makes axes, stages and title anew.
    pub(crate) fn remake_frame(&self, scene: &mut Scene) {
        scene.put(ItemKey::Frame, Some(self.frame_item()));
    }

    /// Makes the legend anew, or takes it out.
    pub(crate) fn remake_legend(&self, scene: &mut Scene) {
        let wanted = self.options.legend || self.options.legend_of_marks || !self.facts.differences_shown().is_empty();
        let item = if wanted { self.legend_item(scene) } else { None };
        scene.put(ItemKey::Legend, item);
    }
}
