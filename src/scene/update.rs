//! Building a scene whole and bringing it up to date after an edit.
//!
//! Decides which records have to be made anew; how they are made is in `build`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::geom::{MapFrame, Rect};
use crate::model::{ComponentId, Document, LinkId, PipelineId, Settings, Touched};
use crate::order;
use crate::scene::build::Maker;
use crate::scene::detail::Details;
use crate::scene::items::ItemStore;
use crate::scene::measure::TextMeasure;
use crate::scene::node::Families;
use crate::scene::{Scene, SceneFacts, ViewOptions, Web};

impl Scene {
    /// The scene of a document. With a `previous` scene, items that are equal keep their pointers and labels stay
    /// where they are as long as nothing new covers them.
    pub fn build(
        document: &Document,
        facts: &Rc<SceneFacts>,
        options: &ViewOptions,
        measure: &dyn TextMeasure,
        previous: Option<&Self>,
    ) -> Self {
        let frame = MapFrame::new(document.settings.frame_size());
        let maker = Maker { document, facts, options, measure, frame };
        let mut links_at: BTreeMap<ComponentId, Vec<LinkId>> = BTreeMap::new();
        for (id, link) in &document.links {
            links_at.entry(link.from).or_default().push(*id);
            if link.to != link.from {
                links_at.entry(link.to).or_default().push(*id);
            }
        }
        let plane = Rect { min: frame.rect().min, max: frame.rect().max }.inflate(60.0);
        let mut scene = Self {
            frame,
            settings: Rc::clone(&document.settings),
            options: options.clone(),
            facts: Rc::clone(facts),
            families: Families::of(document),
            nodes: BTreeMap::new(),
            web: Rc::new(Web {
                links_at: order::map(links_at.into_iter().map(|(id, links)| (id, Rc::from(links)))),
                ends: order::map(document.links.iter().map(|(id, link)| (*id, (link.from, link.to)))),
            }),
            items: ItemStore::new(plane),
            spots: previous.map(|previous| previous.spots.clone()).unwrap_or_default(),
            changed: Vec::new(),
            details: Details::default(),
            diagram: None,
            earlier: previous.map(|previous| previous.items.clone()),
        };
        maker.remake_frame(&mut scene);
        for id in document.components.keys() {
            maker.remake_component(&mut scene, *id);
        }
        for id in document.links.keys() {
            maker.remake_link(&mut scene, *id);
        }
        for id in document.pipelines.keys() {
            maker.remake_pipeline(&mut scene, *id);
        }
        for (number, id) in document.areas.keys().enumerate() {
            maker.remake_area(&mut scene, *id, number);
        }
        maker.remake_decorations(&mut scene);
        maker.remake_notes(&mut scene);
        maker.remake_differences(&mut scene);
        maker.remake_legend(&mut scene);
        maker.place_all(&mut scene);
        maker.color_differences(&mut scene);
        scene.changed.clear();
        scene.earlier = None;
        scene
    }

    /// Brings the scene up to date: `touched` is what has changed in `document` since the scene was made, `facts`
    /// and `options` are compared with the earlier ones here.
    pub fn update(
        &mut self,
        document: &Document,
        facts: &Rc<SceneFacts>,
        options: &ViewOptions,
        measure: &dyn TextMeasure,
        touched: &Touched,
    ) {
        let settings_changed = touched.settings || !Rc::ptr_eq(&self.settings, &document.settings);
        if self.options != *options || settings_changed && !same_plane(&self.settings, &document.settings) {
            *self = Self::build(document, facts, options, measure, Some(self));
            return;
        }
        let mut dirty = touched.components.clone();
        if !Rc::ptr_eq(&self.facts, facts) {
            dirty.extend(self.facts.differences(facts));
            self.facts = Rc::clone(facts);
        }
        if touched.structure || touched.decorations {
            let families = Families::of(document);
            dirty.extend(self.families.differences(&families));
            self.families = families;
        }
        self.families.add_variants(&mut dirty);
        let mut links = touched.links.clone();
        for id in &touched.links {
            dirty.extend(self.relink(document, *id));
        }
        let maker = Maker { document, facts, options, measure, frame: self.frame };
        for id in &dirty {
            links.extend(self.links_of(*id));
            maker.remake_component(self, *id);
        }
        for id in links {
            maker.remake_link(self, id);
        }
        let decorations = touched.decorations || touched.structure;
        self.remake_boxes(&maker, &dirty, decorations);
        if settings_changed {
            self.settings = Rc::clone(&document.settings);
            maker.remake_frame(self);
        }
        // They stay clear of words and symbols, so they come after them.
        if decorations || settings_changed || !dirty.is_empty() {
            maker.remake_notes(self);
        }
        if options.legend || options.legend_of_marks {
            maker.remake_legend(self);
        }
        self.details.clear();
        let changed = std::mem::take(&mut self.changed);
        maker.place_some(self, &dirty, &changed);
        self.changed.clear();
    }

    /// The same scene with every name placed as if the map had just been opened.
    #[must_use]
    pub fn tidied(&self, document: &Document, measure: &dyn TextMeasure) -> Self {
        let mut before = self.clone();
        before.spots.clear();
        Self::build(document, &self.facts, &self.options, measure, Some(&before))
    }

    /// Pipelines and areas with a changed member; all of them and all other decorations when `all` says so.
    fn remake_boxes(&mut self, maker: &Maker<'_>, dirty: &BTreeSet<ComponentId>, all: bool) {
        let document = maker.document;
        if all {
            maker.remove_gone(self);
            maker.remake_decorations(self);
        }
        let concerned: Vec<PipelineId> = document
            .pipelines
            .iter()
            .filter(|(id, pipeline)| {
                let variants = self.families.variants.get(id).into_iter().flatten();
                all || dirty.contains(&pipeline.parent) || variants.into_iter().any(|v| dirty.contains(v))
            })
            .map(|(id, _)| *id)
            .collect();
        for id in concerned {
            maker.remake_pipeline(self, id);
        }
        for (number, (id, area)) in document.areas.iter().enumerate() {
            if all || dirty.iter().any(|component| area.members.contains(component)) {
                maker.remake_area(self, *id, number);
            }
        }
    }

    /// Takes over the ends of a link and returns the components whose number of links has changed.
    fn relink(&mut self, document: &Document, id: LinkId) -> Vec<ComponentId> {
        let after = document.links.get(&id).map(|link| (link.from, link.to));
        let before = self.web.ends.get(&id).copied();
        if before == after {
            return Vec::new();
        }
        let web = Rc::make_mut(&mut self.web);
        let mut changed = Vec::with_capacity(4);
        let mut change = |end: ComponentId, add: bool| {
            let mut links = web.links_at.get(&end).map_or(Vec::new(), |links| links.to_vec());
            match links.binary_search(&id) {
                Ok(place) if !add => {
                    links.remove(place);
                }
                Err(place) if add => links.insert(place, id),
                _ => {}
            }
            if links.is_empty() {
                web.links_at.remove(&end);
            } else {
                web.links_at.insert(end, Rc::from(links));
            }
            changed.push(end);
        };
        for (ends, add) in [(before, false), (after, true)] {
            let Some((from, to)) = ends else { continue };
            change(from, add);
            change(to, add);
        }
        match after {
            Some(ends) => web.ends.insert(id, ends),
            None => web.ends.remove(&id),
        };
        changed
    }
}

/// Whether nothing about the plane has changed that the places or looks of components depend on.
fn same_plane(a: &Settings, b: &Settings) -> bool {
    a.frame_size() == b.frame_size() && a.evolution.boundaries == b.evolution.boundaries && a.style == b.style
}
