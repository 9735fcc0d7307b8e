//! Components: their own lines, their evolve lines, decorators on lines of their own, addresses.

use std::borrow::Cow;

use crate::format::owm::lower::Lowered;
use crate::format::owm::said::{SaidComponent, SaidEvolve};
use crate::format::owm::spell::{self, Slot, OFFSET, PLACE};
use crate::format::owm::sync::{Line, Sync};
use crate::format::owm::syntax::{Form, Kind, Role, Span};
use crate::model::{AnyRecordId, ComponentId, Document};
use crate::order;

impl<'s> Sync<'s, '_> {
    pub(super) fn components(&mut self) {
        self.rename();
        let ids: Vec<ComponentId> = self.base.document.components.keys().copied().collect();
        for id in ids {
            if self.is_foreign(id) {
                continue;
            }
            let Some(base) = self.said_base(id) else { continue };
            match self.said(id) {
                None => {
                    self.freed_urls.extend(base.url.map(str::to_owned));
                    self.delete_component(id);
                }
                Some(said) => self.update_component(id, &base, &said),
            }
        }
        self.add_components();
        let lines = std::mem::take(&mut self.new_components);
        self.add_by_kind(|kind| matches!(kind, Kind::Component(_)), lines);
    }

    fn own_statements(&self, id: ComponentId) -> Vec<u32> {
        self.statements_of.get(&id).cloned().unwrap_or_default()
    }

    fn kind_of(&self, statement: u32) -> Kind {
        self.tree.statement(statement).map_or(Kind::Unknown, |s| s.kind)
    }

    fn delete_component(&mut self, id: ComponentId) {
        for statement in self.own_statements(id) {
            // An address may serve others; those nobody uses are taken out at the end.
            if self.kind_of(statement) != Kind::Url {
                self.deleted.insert(statement);
            }
        }
        // A link to itself is in the text only and goes with the component.
        self.deleted.extend(self.self_links.remove(&id).unwrap_or_default());
    }

    /// Every place that names a renamed component.
    fn rename(&mut self) {
        let base: &'s Lowered<'s> = self.base;
        for reference in &base.references {
            let id = reference.component;
            let name = |document: &'s Document| document.components.get(&id).map(|c| &c.name);
            if name(&base.document) == name(self.document) || self.is_foreign(id) {
                continue;
            }
            let (Some(before), Some(after)) = (self.said_base(id), self.said(id)) else { continue };
            if before.name == after.name {
                continue;
            }
            let statement = reference.statement;
            let slot = match self.kind_of(statement) {
                Kind::Link => {
                    let first = self.tree.span(statement, Role::Name) == Some(reference.span);
                    if first {
                        Slot::LinkStart
                    } else {
                        Slot::LinkEnd
                    }
                }
                Kind::Evolve => Slot::Evolving,
                Kind::Pipeline => Slot::Parent,
                Kind::Decorate(_) => Slot::Text,
                _ => Slot::Declared { bracket: self.tree.has(statement, Role::Bracket) },
            };
            let was_quoted = self.tree.code(reference.span).starts_with('"');
            let name = spell::name(&after.name, slot);
            let name = if was_quoted && !name.starts_with('"') {
                Cow::Owned(crate::format::owm::lexer::in_quotes(&after.name))
            } else {
                name
            };
            // A name where there was none needs its blank.
            let name = if reference.span.is_empty() { format!(" {name}") } else { name.into_owned() };
            self.edit(statement, reference.span, name);
        }
    }

    fn update_component(&mut self, id: ComponentId, base: &SaidComponent<'_>, said: &SaidComponent<'_>) {
        let declared = &self.base.declared;
        let found = declared.binary_search_by_key(&id, |(id, _)| *id).ok().and_then(|at| declared.get(at));
        let Some((_, statement)) = found.copied() else { return };
        let moved_block = base.variant_of != said.variant_of;
        let hidden_inside_line = base.hidden != said.hidden && !self.is_alone(statement);
        // Between the braces of a pipeline that is not on the map there is no visibility.
        let in_block = self.tree.statement(statement).is_some_and(|s| s.block.is_some());
        let raised = in_block && said.variant_of.is_none() && said.visibility.is_some();
        if moved_block || hidden_inside_line || raised {
            self.deleted.insert(statement);
            self.delete_decorators(id);
            self.add_component(id, said, Some(statement));
        } else {
            self.update_declaration(id, statement, base, said);
        }
        if !base.same_evolve(said) {
            self.update_evolve(id, statement, base, said);
        }
    }

    fn update_declaration(
        &mut self,
        id: ComponentId,
        statement: u32,
        base: &SaidComponent<'_>,
        said: &SaidComponent<'_>,
    ) {
        let keyword = self.tree.span(statement, Role::Keyword).unwrap_or_default();
        let implied = matches!(self.kind_of(statement), Kind::Component(Form::Market | Form::Ecosystem));
        if base.form != said.form && !implied {
            self.edit(statement, keyword, spell::word(said.form));
        }
        if base.hidden != said.hidden {
            match self.tree.span(statement, Role::CommentMark) {
                Some(mark) => self.edit(statement, mark, ""),
                None => self.edit(statement, Span::new(keyword.start, keyword.start), "// "),
            }
        }
        // Coordinates of nothing keep what follows apart from the name.
        let needs_bracket = said.has_tail() && !base.has_tail() && !self.tree.has(statement, Role::Bracket);
        if !base.same_place(said) || needs_bracket {
            self.update_place(statement, base, said);
        }
        if !base.same_label(said) {
            self.update_label(statement, base.label, said.label, said);
        }
        if !base.same_flags(said) || (implied && base.form != said.form) {
            self.update_flags(id, statement, keyword, said);
        }
        if base.url != said.url {
            self.freed_urls.extend(base.url.map(str::to_owned));
            self.update_url(statement, base, said);
        }
    }

    fn update_place(&mut self, statement: u32, base: &SaidComponent<'_>, said: &SaidComponent<'_>) {
        let numbers: Vec<Span> = self.tree.spans(statement, Role::Number).collect();
        let pairs: Vec<(Span, Option<f64>, Option<f64>)> = match (said.variant_of, numbers.as_slice()) {
            (Some(_), [one]) | (Some(_), [_, one]) => vec![(*one, base.evolution, said.evolution)],
            (None, [v, e]) => vec![(*v, base.visibility, said.visibility), (*e, base.evolution, said.evolution)],
            _ => Vec::new(),
        };
        let simple = !pairs.is_empty()
            && pairs
                .iter()
                .all(|(span, before, after)| before.is_some() && after.is_some() && self.is_plain_number(*span));
        if simple {
            for (span, before, after) in pairs {
                if let (Some(before), Some(after)) = (before, after) {
                    self.edit_number(statement, span, before, after, PLACE);
                }
            }
            return;
        }
        let text = spell::place_of(said);
        match self.tree.span(statement, Role::Bracket) {
            Some(bracket) if text.is_empty() => self.remove(statement, bracket),
            Some(bracket) => self.edit(statement, bracket, text),
            None if text.is_empty() => {}
            None => {
                let at = self.tree.span(statement, Role::Name).map_or_else(|| self.end_of_parts(statement), |n| n.end);
                self.edit(statement, Span::new(at, at), format!(" {text}"));
            }
        }
    }

    fn update_label(
        &mut self,
        statement: u32,
        before: Option<(f64, f64)>,
        after: Option<(f64, f64)>,
        said: &SaidComponent<'_>,
    ) {
        let label = self.tree.span(statement, Role::Label);
        match (label, before, after) {
            (Some(_), Some(before), Some(after)) => self.move_label(statement, before, after),
            // A label whose numbers could not be read.
            (Some(label), _, Some(after)) => self.edit(statement, label, spell::label(after)),
            (Some(label), _, None) => self.remove(statement, label),
            (None, _, Some(after)) => {
                let parts = self.tree.parts_of(statement).iter();
                let behind =
                    parts.filter(|p| matches!(p.role, Role::Bracket | Role::Name | Role::Maturity | Role::NewName));
                let at = behind.map(|p| p.span.end).max().unwrap_or_else(|| self.end_of_parts(statement));
                // Coordinates that are only being added stand before the label.
                let at = if said.variant_of.is_none() { at } else { at.max(self.bracket_end(statement)) };
                self.edit(statement, Span::new(at, at), format!(" {}", spell::label(after)));
            }
            (None, _, None) => {}
        }
    }

    fn bracket_end(&self, statement: u32) -> usize {
        self.tree.span(statement, Role::Bracket).map_or(0, |b| b.end)
    }

    fn move_label(&mut self, statement: u32, before: (f64, f64), after: (f64, f64)) {
        let numbers: Vec<Span> = self.tree.spans(statement, Role::LabelNumber).collect();
        match numbers.as_slice() {
            [x, y] if self.is_plain_number(*x) && self.is_plain_number(*y) => {
                self.edit_number(statement, *x, before.0, after.0, OFFSET);
                self.edit_number(statement, *y, before.1, after.1, OFFSET);
            }
            _ => {
                if let Some(label) = self.tree.span(statement, Role::Label) {
                    self.edit(statement, label, spell::label(after));
                }
            }
        }
    }

    fn delete_decorators(&mut self, id: ComponentId) {
        for statement in self.own_statements(id) {
            if matches!(self.kind_of(statement), Kind::Decorate(_)) {
                self.deleted.insert(statement);
            }
        }
    }

    fn update_flags(&mut self, id: ComponentId, statement: u32, keyword: Span, said: &SaidComponent<'_>) {
        self.delete_decorators(id);
        if matches!(self.kind_of(statement), Kind::Component(Form::Market | Form::Ecosystem)) {
            // From now on the symbol stands in parentheses.
            self.edit(statement, keyword, spell::word(said.form));
        }
        let parts = self.tree.parts_of(statement).to_vec();
        let groups: Vec<Span> = parts.iter().filter(|p| p.role == Role::Group).map(|p| p.span).collect();
        let words: Vec<Span> = parts.iter().filter(|p| matches!(p.role, Role::Flag(_))).map(|p| p.span).collect();
        let bare: Vec<Span> =
            words.iter().copied().filter(|w| !groups.iter().any(|g| g.start < w.start && w.end < g.end)).collect();
        let wanted: Vec<&str> = said.method_flag().into_iter().chain(said.symbol_flag()).map(spell::flag).collect();
        // One word for another, as `(buy)` for `(build)`.
        if let ([_], [word], [wanted], [], false) =
            (groups.as_slice(), words.as_slice(), wanted.as_slice(), bare.as_slice(), said.inertia)
        {
            self.edit(statement, *word, *wanted);
            return;
        }
        for span in groups.into_iter().chain(bare) {
            self.remove(statement, span);
        }
        let behind =
            parts.iter().filter(|p| matches!(p.role, Role::Name | Role::Bracket | Role::Label | Role::Maturity));
        let at = behind.map(|p| p.span.end).max().unwrap_or_else(|| self.end_of_parts(statement));
        self.edit(statement, Span::new(at, at), spell::flags(said));
    }

    fn update_url(&mut self, statement: u32, base: &SaidComponent<'_>, said: &SaidComponent<'_>) {
        let call = self.tree.span(statement, Role::UrlCall);
        match (said.url, call) {
            (None, Some(call)) => self.remove(statement, call),
            (None, None) => {}
            (Some(url), call) => {
                // An address that nobody else uses is changed where it stands.
                let key_span = self.tree.span(statement, Role::UrlKey);
                let line = key_span.and_then(|span| self.base.urls.get(self.tree.code(span))).copied();
                let address = line.and_then(|line| self.tree.span(line, Role::Address).map(|span| (line, span)));
                if let (Some((line, span)), Some(old)) = (address, base.url) {
                    if self.users_of(old).is_empty() && !self.edits.contains_key(&line) {
                        self.edit(line, span, url);
                        return;
                    }
                }
                let key = self.key_of(url);
                match call {
                    Some(call) => self.edit(statement, call, format!("url({key})")),
                    None => {
                        let at = self.end_of_parts(statement);
                        self.edit(statement, Span::new(at, at), format!(" url({key})"));
                    }
                }
            }
        }
    }

    /// The key of the line with this address: one that is there, or a new one.
    fn key_of(&mut self, url: &str) -> String {
        let there = self.base.urls.iter().find(|(key, statement)| {
            !key.is_empty()
                && self.tree.span(**statement, Role::Address).is_some_and(|span| self.tree.code(span) == url)
        });
        if let Some((key, _)) = there {
            return key.clone();
        }
        if let Some(key) = self.url_keys.get(url) {
            return key.clone();
        }
        let mut number = self.url_keys.len() + 1;
        let mut key = format!("link{number}");
        while self.base.urls.contains_key(&key) {
            number += 1;
            key = format!("link{number}");
        }
        self.url_keys.insert(url.to_owned(), key.clone());
        key
    }

    /// Lines for new addresses; lines of addresses that the edits left without a user are taken out.
    pub(super) fn addresses(&mut self) {
        let lines: Vec<Line> = self
            .url_keys
            .iter()
            .map(|(url, key)| Line { text: format!("url {key} [{url}]"), records: self.users_of(url) })
            .collect();
        self.add_by_kind(|kind| kind == Kind::Url, lines);
        for statement in self.base.urls.values() {
            let Some(address) = self.tree.span(*statement, Role::Address) else { continue };
            let url = self.tree.code(address);
            if self.freed_urls.contains(url) && !self.edits.contains_key(statement) && self.users_of(url).is_empty() {
                self.deleted.insert(*statement);
            }
        }
    }

    fn users_of(&self, url: &str) -> Vec<AnyRecordId> {
        let user = self.document.components.iter().find(|(_, c)| c.url.as_deref() == Some(url));
        user.map(|(id, _)| AnyRecordId::Component(*id)).into_iter().collect()
    }

    fn update_evolve(&mut self, id: ComponentId, declared: u32, base: &SaidComponent<'_>, said: &SaidComponent<'_>) {
        let lines: Vec<u32> =
            self.own_statements(id).into_iter().filter(|s| self.kind_of(*s) == Kind::Evolve).collect();
        let inline = self.tree.span(declared, Role::EvolveWord);
        match (lines.as_slice(), inline, &base.evolve, &said.evolve) {
            ([line], None, Some(before), Some(after)) => self.edit_evolve(*line, base, before, said, after),
            (_, _, _, after) => {
                self.deleted.extend(lines);
                if let (Some(word), false) = (inline, self.deleted.contains(&declared)) {
                    let end = self.tree.span(declared, Role::Maturity).map_or(word.end, |m| m.end);
                    self.remove(declared, Span::new(word.start, end));
                }
                if let Some(after) = after {
                    let line =
                        Line { text: spell::evolve(&said.name, after), records: vec![AnyRecordId::Component(id)] };
                    let anchor = self.last(|kind| kind == Kind::Evolve).unwrap_or_else(|| self.end_of_block(declared));
                    self.insert_after(anchor, [line]);
                }
            }
        }
    }

    /// The statement itself, or the closing brace when it stands in a block.
    pub(super) fn end_of_block(&self, statement: u32) -> u32 {
        let Some(block) = self.tree.statement(statement).and_then(|s| s.block) else { return statement };
        let all = self.tree.statements();
        let last = all.iter().rposition(|s| s.block == Some(block)).and_then(|at| u32::try_from(at).ok());
        last.unwrap_or(statement)
    }

    fn edit_evolve(
        &mut self,
        line: u32,
        base: &SaidComponent<'_>,
        before: &SaidEvolve<'_>,
        said: &SaidComponent<'_>,
        after: &SaidEvolve<'_>,
    ) {
        let maturity = self.tree.span(line, Role::Maturity).filter(|span| self.is_plain_number(*span));
        let name = self.tree.span(line, Role::Name);
        let (Some(maturity), Some(name)) = (maturity, name) else {
            self.replace_body(line, spell::evolve(&said.name, after));
            return;
        };
        // What OWM could not read is written anew, whatever changed.
        let readable = self.tree.code(maturity).split_once('.').is_some_and(|(whole, _)| !whole.is_empty());
        if readable {
            self.edit_number(line, maturity, before.to, after.to, PLACE);
        } else if !spell::same_number(before.to, after.to, PLACE) {
            self.edit(line, maturity, spell::number(after.to, PLACE, 0));
        }
        if before.name != after.name {
            match (self.tree.span(line, Role::NewName), &after.name) {
                (Some(old), Some(new)) => self.edit(line, old, spell::name(new, Slot::Evolving).into_owned()),
                (Some(old), None) => self.edit(line, Span::new(name.end, old.end), ""),
                (None, Some(new)) => {
                    let text = format!("->{}", spell::name(new, Slot::Evolving));
                    self.edit(line, Span::new(name.end, name.end), text);
                }
                (None, None) => {}
            }
        }
        if before.label != after.label {
            self.update_label(line, before.label, after.label, base);
        }
    }

    /// Lines for components that the text does not have.
    fn add_components(&mut self) {
        for id in self.new_in_reading_order() {
            if let Some(said) = self.said(id) {
                self.add_component(id, &said, None);
            }
        }
    }

    /// Components that the text does not have, from the top of the map and from the left: ids are in no order that
    /// means anything to a reader.
    pub(super) fn new_in_reading_order(&self) -> Vec<ComponentId> {
        let mut new: Vec<ComponentId> =
            self.document.components.keys().filter(|id| self.is_new(**id)).copied().collect();
        let place = |id: &ComponentId| {
            let component = self.document.components.get(id);
            let visibility: f64 = component.and_then(|c| c.visibility).map_or(-1.0, |v| v.get());
            (visibility, component.and_then(|c| c.evolution).map_or(2.0, |e| e.get()))
        };
        order::sort_by(&mut new, |a, b| {
            let (a, b) = (place(a), place(b));
            b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1))
        });
        new
    }

    /// A line for a component: into its pipeline's braces, or behind the last component.
    fn add_component(&mut self, id: ComponentId, said: &SaidComponent<'_>, before: Option<u32>) {
        let key = said.url.map(|url| self.key_of(url));
        let line = Line { text: spell::component(said, key.as_deref()), records: vec![AnyRecordId::Component(id)] };
        match said.variant_of {
            Some(pipeline) => self.variants.entry(pipeline).or_default().push(line),
            None => {
                // A variant that leaves its box stays near it.
                let near = before.filter(|b| self.tree.statement(*b).is_some_and(|s| s.block.is_some()));
                match near.map(|b| self.end_of_block(b)) {
                    Some(anchor) => self.insert_after(anchor, [line]),
                    None => self.new_components.push(line),
                }
            }
        }
    }

    /// Evolve lines of components that the text does not have.
    pub(super) fn evolves_of_new(&mut self) {
        let mut lines = Vec::new();
        for id in self.new_in_reading_order() {
            let Some(said) = self.said(id) else { continue };
            if let Some(evolve) = &said.evolve {
                lines.push(Line { text: spell::evolve(&said.name, evolve), records: vec![AnyRecordId::Component(id)] });
            }
        }
        self.add_by_kind(|kind| kind == Kind::Evolve, lines);
    }
}
