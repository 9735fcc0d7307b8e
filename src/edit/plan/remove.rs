//! Taking records out, with everything that hangs on them.

use std::collections::BTreeSet;

use crate::edit::error::CommandError;
use crate::edit::plan::*;
use crate::model::*;

impl Planner<'_> {
    pub(super) fn delete(&mut self, records: &BTreeSet<AnyRecordId>) -> Result<String, CommandError> {
        if records.is_empty() {
            return Err(CommandError::NotThere);
        }
        let document = self.document;
        let gone: BTreeSet<ComponentId> = order::set(records.iter().filter_map(|r| match r {
            AnyRecordId::Component(id) => Some(*id),
            _ => None,
        }));
        let mut gone_pipelines: BTreeSet<PipelineId> =
            order::set(document.pipelines.iter().filter(|(_, p)| gone.contains(&p.parent)).map(|(id, _)| *id));
        for record in records {
            match record {
                AnyRecordId::Settings | AnyRecordId::Source | AnyRecordId::Component(_) => {}
                AnyRecordId::Pipeline(id) => {
                    gone_pipelines.insert(*id);
                }
                AnyRecordId::Link(id) => self.patch.links(document, *id, None),
                AnyRecordId::Note(id) => self.patch.notes(document, *id, None),
                AnyRecordId::Annotation(id) => self.patch.annotations(document, *id, None),
                AnyRecordId::Attitude(id) => self.patch.attitudes(document, *id, None),
                AnyRecordId::Accelerator(id) => self.patch.accelerators(document, *id, None),
                AnyRecordId::Area(id) => self.patch.areas(document, *id, None),
                AnyRecordId::Pathway(id) => {
                    self.patch.pathways(document, *id, None);
                    for (risk_id, risk) in document.risks.iter().filter(|(_, r)| r.pathways.contains(id)) {
                        let mut after = Risk::clone(risk);
                        after.pathways.retain(|p| p != id);
                        self.patch.risks(document, *risk_id, Some(after));
                    }
                }
                AnyRecordId::Contract(id) => self.patch.contracts(document, *id, None),
                AnyRecordId::Knowledge(id) => self.patch.knowledge(document, *id, None),
                AnyRecordId::Risk(id) => self.patch.risks(document, *id, None),
                AnyRecordId::RedundancyGroup(id) => {
                    self.patch.redundancy_groups(document, *id, None);
                    for (link_id, link) in document.links.iter().filter(|(_, l)| l.group == Some(*id)) {
                        self.patch.links(document, *link_id, Some(Link { group: None, ..Link::clone(link) }));
                    }
                }
                AnyRecordId::Lifecycle(id) => self.patch.lifecycles(document, *id, None),
                AnyRecordId::Judgement(id) => self.patch.judgements(document, *id, None),
            }
        }
        let mut links = 0;
        for (id, link) in &document.links {
            if gone.contains(&link.from) || gone.contains(&link.to) {
                self.patch.links(document, *id, None);
                links += 1;
            }
        }
        self.without_components(&gone);
        for id in &gone_pipelines {
            self.patch.pipelines(document, *id, None);
        }
        for (id, component) in &document.components {
            if gone.contains(id) {
                self.patch.components(document, *id, None);
            } else if component.pipeline.is_some_and(|p| gone_pipelines.contains(&p)) {
                // Variants become ordinary components at the height of the box.
                let visibility =
                    component.visibility.or_else(|| (self.positions)(*id).map(|p| Visibility::clamped(p.y)));
                let after = Component { pipeline: None, visibility, ..Component::clone(component) };
                self.patch.components(document, *id, Some(after));
            }
        }
        let name = match gone.iter().collect::<Vec<_>>().as_slice() {
            [only] if records.len() == 1 => self.document.components.get(only).map(|c| first_line(&c.name)),
            _ => None,
        };
        let what = name.unwrap_or_else(|| match (gone.len(), records.len()) {
            (0, 1) => match records.iter().next() {
                Some(AnyRecordId::Link(_)) => "link".to_owned(),
                Some(AnyRecordId::Note(_)) => "note".to_owned(),
                Some(AnyRecordId::Pipeline(_)) => "pipeline".to_owned(),
                _ => "element".to_owned(),
            },
            (n, m) if n == m => counted(n, "component"),
            (_, m) => counted(m, "element"),
        });
        Ok(match links {
            0 => format!("Delete {what}"),
            n => format!("Delete {what} and {}", counted(n, "link")),
        })
    }

    /// Takes components out of every record that names them.
    fn without_components(&mut self, gone: &BTreeSet<ComponentId>) {
        let document = self.document;
        for (id, area) in document.areas.iter().filter(|(_, a)| a.members.iter().any(|m| gone.contains(m))) {
            let mut after = Area::clone(area);
            after.members.retain(|m| !gone.contains(m));
            self.patch.areas(document, *id, Some(after));
        }
        for (id, pathway) in document.pathways.iter().filter(|(_, p)| p.steps.iter().any(|m| gone.contains(m))) {
            let mut after = Pathway::clone(pathway);
            after.steps.retain(|m| !gone.contains(m));
            self.patch.pathways(document, *id, Some(after));
        }
        for (id, contract) in document.contracts.iter().filter(|(_, c)| c.components.iter().any(|m| gone.contains(m))) {
            let mut after = Contract::clone(contract);
            after.components.retain(|m| !gone.contains(m));
            self.patch.contracts(document, *id, Some(after));
        }
        for (id, risk) in document.risks.iter().filter(|(_, r)| r.components.iter().any(|m| gone.contains(m))) {
            let mut after = Risk::clone(risk);
            after.components.retain(|m| !gone.contains(m));
            self.patch.risks(document, *id, Some(after));
        }
        for (id, _) in document.knowledge.iter().filter(|(_, k)| gone.contains(&k.component)) {
            self.patch.knowledge(document, *id, None);
        }
        for (id, _) in document.judgements.iter().filter(|(_, j)| gone.contains(&j.component)) {
            self.patch.judgements(document, *id, None);
        }
    }
}
