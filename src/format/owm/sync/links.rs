//! Links: their ends, arrows and texts; a chain loses or changes just the link concerned.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::owm::lower::LinkSite;
use crate::format::owm::said::SaidLink;
use crate::format::owm::spell::{self, Slot};
use crate::format::owm::sync::{Line, Sync};
use crate::format::owm::syntax::{Kind, Role, Span};
use crate::model::{AnyRecordId, ComponentId, Link, LinkId, LinkKind};
use crate::order;

/// What becomes of one arrow of a chain.
enum Fate<'d> {
    Keep,
    Remove,
    Change(&'d Link),
}

impl<'s> Sync<'s, '_> {
    pub(super) fn links(&mut self) {
        let mut sites: BTreeMap<u32, Vec<LinkSite>> = BTreeMap::new();
        for site in &self.base.links {
            sites.entry(site.statement).or_default().push(*site);
        }
        let silent: BTreeSet<u32> = order::set(self.silent.values().copied());
        for (statement, sites) in sites {
            // A double of a line stands for another link of the document, not for the one it repeats.
            if silent.contains(&statement) {
                continue;
            }
            self.link_statement(statement, &sites);
        }
        let new: Vec<(LinkId, &Link)> =
            self.document.links.iter().filter(|(id, _)| self.is_new(**id)).map(|(id, link)| (*id, &**link)).collect();
        // In the order of the components they begin at.
        let mut place: BTreeMap<ComponentId, usize> = BTreeMap::new();
        for (number, id) in self.new_in_reading_order().into_iter().enumerate() {
            place.insert(id, number);
        }
        let mut new = new;
        order::sort_by_key(&mut new, |(_, link)| (place.get(&link.from).copied(), place.get(&link.to).copied()));
        let lines: Vec<Line> = new
            .into_iter()
            .filter(|(_, link)| self.has_both_ends(link))
            .map(|(id, link)| Line { text: self.spelled(link), records: vec![AnyRecordId::Link(id)] })
            .collect();
        self.add_by_kind(|kind| kind == Kind::Link, lines);
    }

    fn has_both_ends(&self, link: &Link) -> bool {
        let has = |id: &ComponentId| self.document.components.contains_key(id);
        has(&link.from) && has(&link.to) && link.from != link.to
    }

    pub(super) fn spelled(&self, link: &Link) -> String {
        spell::link(&self.said_name(link.from), &SaidLink::of(link), &self.said_name(link.to))
    }

    fn fate(&self, id: LinkId) -> Fate<'s> {
        let Some(before) = self.base.document.links.get(&id) else { return Fate::Keep };
        if self.is_foreign(id) {
            return Fate::Keep;
        }
        match self.document.links.get(&id) {
            None => Fate::Remove,
            Some(after) if !self.has_both_ends(after) => Fate::Remove,
            Some(after) if SaidLink::of(before) == SaidLink::of(after) => Fate::Keep,
            Some(after) => Fate::Change(after),
        }
    }

    fn link_statement(&mut self, statement: u32, sites: &[LinkSite]) {
        let arrows: Vec<Span> =
            self.tree.parts_of(statement).iter().filter(|p| matches!(p.role, Role::Arrow(_))).map(|p| p.span).collect();
        if let ([arrow], [site]) = (arrows.as_slice(), sites) {
            match self.fate(site.link) {
                Fate::Keep => {}
                Fate::Remove => {
                    self.deleted.insert(statement);
                }
                Fate::Change(link) => self.change_single(statement, *arrow, site.link, link),
            }
            return;
        }
        let fates: Vec<Fate<'s>> = (0u32..)
            .zip(&arrows)
            .map(|(number, _)| sites.iter().find(|s| s.arrow == number).map_or(Fate::Keep, |s| self.fate(s.link)))
            .collect();
        if fates.iter().all(|fate| matches!(fate, Fate::Keep)) {
            return;
        }
        self.split_chain(statement, sites, &fates);
    }

    /// Replaces what differs on a line with one link.
    fn change_single(&mut self, statement: u32, arrow: Span, id: LinkId, after: &Link) {
        let Some(before) = self.base.document.links.get(&id) else { return };
        let (said, wanted) = (SaidLink::of(before), SaidLink::of(after));
        let names: Vec<Span> = self.tree.spans(statement, Role::Name).collect();
        for (number, old, new) in [(0, said.from, wanted.from), (1, said.to, wanted.to)] {
            let Some(span) = names.get(number).copied().filter(|_| old != new) else { continue };
            // A rename of the old end must not be worked in as well.
            if let Some(edits) = self.edits.get_mut(&statement) {
                edits.retain(|e| e.span.start != span.start);
            }
            let slot = if number == 0 { Slot::LinkStart } else { Slot::LinkEnd };
            let name = self.said_name(new);
            self.edit(statement, span, spell::name(&name, slot).into_owned());
        }
        if said.kind != wanted.kind || said.flow_text != wanted.flow_text {
            self.edit(statement, arrow, spell::arrow(&wanted));
        }
        if said.context != wanted.context {
            let end = names.last().map_or(arrow.end, |n| n.end);
            match self.tree.span(statement, Role::Context) {
                Some(context) if wanted.context.is_empty() => {
                    let end_of_context = context.end;
                    self.edit(statement, Span::new(end, end_of_context), "");
                }
                Some(context) if context.is_empty() => self.edit(statement, context, format!(" {}", wanted.context)),
                Some(context) => self.edit(statement, context, wanted.context.as_ref()),
                None => self.edit(statement, Span::new(end, end), format!("; {}", wanted.context)),
            }
        }
    }

    /// Writes a chain as the runs of links that stay as they are, and one line for each that changes.
    fn split_chain(&mut self, statement: u32, sites: &[LinkSite], fates: &[Fate<'s>]) {
        let names: Vec<Span> = self.tree.spans(statement, Role::Name).collect();
        let link_at = |arrow: usize| sites.iter().find(|s| s.arrow as usize == arrow).map(|s| s.link);
        let context = self.tree.span(statement, Role::Context).map(|span| self.tree.code(span).to_owned());
        let mut lines: Vec<Line> = Vec::new();
        let mut run: Option<(usize, usize)> = None;
        for (arrow, fate) in fates.iter().enumerate() {
            if let Fate::Keep = fate {
                run = Some(run.map_or((arrow, arrow), |(first, _)| (first, arrow)));
                if arrow + 1 < fates.len() {
                    continue;
                }
            }
            if let Some((first, last)) = run.take() {
                if let (Some(from), Some(to)) = (names.get(first), names.get(last + 1)) {
                    let mut text = self.rendered(statement, Span::new(from.start, to.end));
                    let ends_chain = last + 1 == fates.len();
                    if let Some(context) = context.as_ref().filter(|_| ends_chain) {
                        text.push_str("; ");
                        text.push_str(context);
                    }
                    let records = (first..=last).filter_map(link_at).map(AnyRecordId::Link).collect();
                    lines.push(Line { text, records });
                }
            }
            if let (Fate::Change(link), Some(id)) = (fate, link_at(arrow)) {
                lines.push(Line { text: self.spelled(link), records: vec![AnyRecordId::Link(id)] });
            }
        }
        let mut lines = lines.into_iter();
        match lines.next() {
            None => {
                self.deleted.insert(statement);
            }
            Some(first) => {
                self.records.insert(statement, first.records);
                self.replace_body(statement, first.text);
                let rest: Vec<Line> = lines.collect();
                if !rest.is_empty() {
                    self.insert_after(statement, rest);
                }
            }
        }
    }
}

/// Whether a link carries a text that OWM has no place for.
pub(super) fn loses_flow_text(link: &Link) -> bool {
    link.kind == LinkKind::Need && !link.flow_text.trim().is_empty()
}
