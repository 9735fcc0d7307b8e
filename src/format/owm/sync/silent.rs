//! Records whose statement, read with the rest of the text, does not make them, as the second of two links that say
//! the same. They are written once and stay bound to that line, which changes only when it says something else.

use std::collections::BTreeMap;

use crate::format::owm::said::{said_name, SaidLink};
use crate::format::owm::sync::Sync;
use crate::format::owm::syntax::{Arrow, Role, Span};
use crate::model::{AnyRecordId, Document, Link, LinkKind, SourceBinding};

/// Records of the document that are bound to a statement which, read with the rest of the text, does not make them.
pub(crate) fn silent(read: &Document, document: &Document, bindings: &[SourceBinding]) -> BTreeMap<AnyRecordId, u32> {
    let unheard = bindings.iter().filter(|b| document.has(b.record) && !read.has(b.record));
    let mut silent = BTreeMap::new();
    for binding in unheard {
        silent.entry(binding.record).or_insert(binding.statement);
    }
    silent
}

impl Sync<'_, '_> {
    /// Writes the lines anew that should be others.
    pub(super) fn silent_lines(&mut self) {
        let silent: Vec<(AnyRecordId, u32)> = self.silent.iter().map(|(record, at)| (*record, *at)).collect();
        for (record, statement) in silent {
            let AnyRecordId::Link(id) = record else { continue };
            let link = self.document.links.get(&id).filter(|link| !self.says_link(statement, link));
            let line = link.map(|link| self.spelled(link));
            let body = self.tree.body(statement);
            if let Some(line) = line.filter(|_| !body.is_empty()) {
                self.deleted.remove(&statement);
                self.replace_body(statement, line);
            }
        }
    }

    fn names_of(&self, statement: u32) -> Vec<String> {
        let spans: Vec<Span> = self.tree.spans(statement, Role::Name).collect();
        spans.into_iter().map(|span| said_name(&self.tree.name(span)).into_owned()).collect()
    }

    fn says_link(&self, statement: u32, link: &Link) -> bool {
        let arrows: Vec<Arrow> = self
            .tree
            .parts_of(statement)
            .iter()
            .filter_map(|part| if let Role::Arrow(arrow) = part.role { Some(arrow) } else { None })
            .collect();
        let [arrow] = arrows.as_slice() else {
            // One link of a chain among others; the others keep the line.
            return true;
        };
        let text =
            |role| self.tree.span(statement, role).map(|span| self.tree.name(span).into_owned()).unwrap_or_default();
        let written = Link {
            kind: match arrow {
                Arrow::Need => LinkKind::Need,
                Arrow::Flow(direction) => LinkKind::Flow(*direction),
            },
            context: text(Role::Context),
            flow_text: text(Role::FlowText),
            ..Link::need(link.from, link.to)
        };
        SaidLink::of(&written) == SaidLink::of(link)
            && self.names_of(statement) == [self.said_name(link.from), self.said_name(link.to)]
    }
}
