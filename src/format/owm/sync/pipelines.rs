//! Pipelines: their ends, their braces, and variants that come in.

use std::collections::BTreeSet;

use crate::format::owm::lexer::number_prefix;
use crate::format::owm::said::{said_span, same_span};
use crate::format::owm::spell::{self, Slot, PLACE};
use crate::format::owm::sync::{Line, Sync};
use crate::format::owm::syntax::{Kind, Role, Span};
use crate::model::{AnyRecordId, Pipeline, PipelineId};
use crate::order;

impl Sync<'_, '_> {
    pub(super) fn pipelines(&mut self) {
        let with_variants: BTreeSet<PipelineId> =
            order::set(self.document.components.values().filter_map(|c| c.pipeline));
        let base = self.base;
        for (id, before) in &base.document.pipelines {
            if self.is_foreign(*id) {
                continue;
            }
            match self.document.pipelines.get(id) {
                None => self.delete_pipeline(*id),
                Some(after) => self.update_pipeline(*id, before, after, with_variants.contains(id)),
            }
        }
        let mut lines = Vec::new();
        for (id, pipeline) in &self.document.pipelines {
            if !self.is_new(*id) {
                continue;
            }
            let record = AnyRecordId::Pipeline(*id);
            let variants = self.variants.remove(id).unwrap_or_default();
            let span = said_span(pipeline, with_variants.contains(id));
            lines.push(Line { text: spell::pipeline(&self.said_name(pipeline.parent), span), records: vec![record] });
            lines.extend(block(variants, record, "  "));
        }
        if lines.is_empty() {
            return;
        }
        match self.last(|kind| kind == Kind::Pipeline) {
            Some(pipeline) => {
                let anchor = self.end_of_own_block(pipeline);
                self.insert_after(anchor, lines);
            }
            None => self.add_by_kind(|kind| matches!(kind, Kind::Component(_)), lines),
        }
    }

    /// All statements of the pipeline: its lines and braces.
    fn statements_of_pipeline(&self, id: PipelineId) -> Vec<u32> {
        let record = AnyRecordId::Pipeline(id);
        self.base.bindings.iter().filter(|b| b.record == record).map(|b| b.statement).collect()
    }

    fn delete_pipeline(&mut self, id: PipelineId) {
        let statements = self.statements_of_pipeline(id);
        self.deleted.extend(statements);
    }

    fn update_pipeline(&mut self, id: PipelineId, before: &Pipeline, after: &Pipeline, has_variants: bool) {
        let Some(statement) = self.first_of.get(&AnyRecordId::Pipeline(id)).copied() else { return };
        if before.parent != after.parent {
            let name = self.said_name(after.parent);
            if let Some(span) = self.tree.span(statement, Role::Name) {
                self.edits.remove(&statement);
                self.edit(statement, span, spell::name(&name, Slot::Parent).into_owned());
            }
        }
        if !has_variants {
            self.update_span(statement, before, after);
        }
        let Some(variants) = self.variants.remove(&id) else { return };
        let owner =
            self.statements_of_pipeline(id).into_iter().find(|s| self.own_block(*s).is_some()).unwrap_or(statement);
        let record = AnyRecordId::Pipeline(id);
        let indent = self.indent(owner);
        match self.own_block(owner) {
            None => {
                let lines = block(variants, record, "  ");
                self.insert_after(owner, lines);
            }
            Some((last, closed)) => {
                let inside = self.variant_indent(owner).unwrap_or_else(|| format!("{indent}  "));
                let lines = variants.into_iter().map(|line| Line { text: format!("{inside}{}", line.text), ..line });
                let at = if closed { last } else { last + 1 };
                self.inserts.entry(at).or_default().extend(lines);
            }
        }
    }

    fn update_span(&mut self, statement: u32, before: &Pipeline, after: &Pipeline) {
        let numbers: Vec<Span> = self.tree.spans(statement, Role::Number).collect();
        let written = |span: &Span| number_prefix(self.tree.code(*span)).map(|(n, _)| n.clamp(0.0, 1.0));
        // Variants, gone now, kept the numbers from being heard.
        let said = said_span(before, false).or_else(|| match numbers.as_slice() {
            [left, right, ..] => Some((written(left)?, written(right)?)),
            _ => None,
        });
        let wanted = said_span(after, false);
        if same_span(said, wanted) {
            return;
        }
        let bracket = self.tree.span(statement, Role::Bracket);
        match (numbers.as_slice(), said, wanted, bracket) {
            ([left, right], Some(old), Some(new), _)
                if self.is_plain_number(*left)
                    && self.is_plain_number(*right)
                    && written(left) == Some(old.0)
                    && written(right) == Some(old.1) =>
            {
                self.edit_number(statement, *left, old.0, new.0, PLACE);
                self.edit_number(statement, *right, old.1, new.1, PLACE);
            }
            (_, _, Some((left, right)), Some(bracket)) => {
                self.edit(statement, bracket, spell::bracket(Some(left), Some(right)));
            }
            (_, _, Some((left, right)), None) => {
                let at = self.tree.span(statement, Role::Name).map_or_else(|| self.end_of_parts(statement), |n| n.end);
                self.edit(statement, Span::new(at, at), format!(" {}", spell::bracket(Some(left), Some(right))));
            }
            (_, _, None, Some(bracket)) => self.remove(statement, bracket),
            (_, _, None, None) => {}
        }
    }

    /// The last statement of the braces behind the pipeline's line, and whether it is the closing one.
    fn own_block(&self, pipeline: u32) -> Option<(u32, bool)> {
        let behind = self.tree.statements().iter().enumerate().skip(pipeline as usize + 1);
        let mut last = None;
        for (number, statement) in behind {
            if statement.block == Some(pipeline) {
                last = Some((number, statement.kind == Kind::BlockClose));
                if statement.kind == Kind::BlockClose {
                    break;
                }
            } else if last.is_some() || !matches!(statement.kind, Kind::Blank | Kind::Comment) {
                break;
            }
        }
        last.and_then(|(number, closed)| Some((u32::try_from(number).ok()?, closed)))
    }

    fn end_of_own_block(&self, pipeline: u32) -> u32 {
        self.own_block(pipeline).map_or(pipeline, |(last, _)| last)
    }

    fn variant_indent(&self, pipeline: u32) -> Option<String> {
        let all = self.tree.statements();
        let at = all.iter().rposition(|s| s.block == Some(pipeline) && matches!(s.kind, Kind::Component(_)))?;
        let number = u32::try_from(at).ok()?;
        self.is_alone(number).then(|| self.indent(number))
    }
}

/// Variants between braces on lines of their own, as OWM needs them; nothing when there are none.
fn block(variants: Vec<Line>, record: AnyRecordId, indent: &str) -> Vec<Line> {
    if variants.is_empty() {
        return Vec::new();
    }
    let brace = |text: &str| Line { text: text.to_owned(), records: vec![record] };
    let inside = variants.into_iter().map(|line| Line { text: format!("{indent}{}", line.text), ..line });
    std::iter::once(brace("{")).chain(inside).chain(std::iter::once(brace("}"))).collect()
}
