//! Small estates by name, for the tests of this folder.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::dependency::Chance;
use crate::analysis::{analyse, Analysis};
use crate::id::Id;
use crate::known::Known;
use crate::model::{
    Component, ComponentId, ComponentKind, Document, Link, LinkId, RedundancyGroup, RedundancyGroupId, SystemFacts,
};

/// A document whose components are spoken of by name.
#[derive(Default)]
pub(crate) struct Estate {
    pub(crate) document: Document,
    ids: BTreeMap<String, ComponentId>,
}

/// Facts with all six impact answers at this level.
pub(crate) fn facts_with_impact(level: u8) -> SystemFacts {
    SystemFacts { impact: [0; 6].map(|_| Known::exactly(level)), ..SystemFacts::default() }
}

/// Facts with all thirteen answers.
pub(crate) fn facts_with(likelihood: u8, impact: u8) -> SystemFacts {
    SystemFacts { likelihood: [0; 7].map(|_| Known::exactly(likelihood)), ..facts_with_impact(impact) }
}

impl Estate {
    pub(crate) fn component(&mut self, component: Component) -> ComponentId {
        let id = Id::numbered('c', self.ids.len() as u64 + 1);
        self.ids.insert(component.name.clone(), id);
        self.document.components.insert(id, Rc::new(component));
        id
    }

    pub(crate) fn system(&mut self, name: &str, facts: SystemFacts) -> ComponentId {
        self.component(Component { facts: Some(Rc::new(facts)), ..Component::named(name) })
    }

    pub(crate) fn failing(&mut self, name: &str, rate: f64) -> ComponentId {
        self.system(name, SystemFacts { fail_rate: Known::exactly(rate), ..SystemFacts::default() })
    }

    pub(crate) fn anchor(&mut self, name: &str) -> ComponentId {
        self.component(Component { kind: ComponentKind::Anchor, ..Component::named(name) })
    }

    pub(crate) fn id(&self, name: &str) -> ComponentId {
        self.ids[name]
    }

    fn link(&mut self, link: Link) -> LinkId {
        let id = Id::numbered('l', self.document.links.len() as u64 + 1);
        self.document.links.insert(id, Rc::new(link));
        id
    }

    pub(crate) fn need(&mut self, from: &str, to: &str, strength: f64) -> LinkId {
        let link = Link { strength: Known::exactly(strength), ..Link::need(self.id(from), self.id(to)) };
        self.link(link)
    }

    pub(crate) fn need_unknown(&mut self, from: &str, to: &str) -> LinkId {
        self.link(Link::need(self.id(from), self.id(to)))
    }

    pub(crate) fn alternative(&mut self, from: &str, to: &str, strength: f64, group: RedundancyGroupId) -> LinkId {
        let link =
            Link { strength: Known::exactly(strength), group: Some(group), ..Link::need(self.id(from), self.id(to)) };
        self.link(link)
    }

    pub(crate) fn group(&mut self, group: RedundancyGroup) -> RedundancyGroupId {
        let id = Id::numbered('g', self.document.redundancy_groups.len() as u64 + 1);
        self.document.redundancy_groups.insert(id, Rc::new(group));
        id
    }

    pub(crate) fn analysis(&self) -> Analysis {
        analyse(&self.document, None)
    }

    pub(crate) fn chance(&self, name: &str) -> Chance {
        self.analysis().chance_of_stopping(&self.document, self.id(name)).unwrap()
    }
}
