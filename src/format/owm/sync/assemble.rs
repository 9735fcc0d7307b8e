//! Putting the text together: statements kept, edited or left out, and lines added between them.

use crate::format::owm::sync::{Line, Sync};
use crate::model::{AnyRecordId, SourceBinding};

impl Sync<'_, '_> {
    pub(super) fn assemble(mut self, source: &[SourceBinding]) -> (String, Vec<SourceBinding>) {
        self.edits.retain(|_, edits| !edits.is_empty());
        if self.edits.is_empty() && self.deleted.is_empty() && self.inserts.is_empty() {
            return (self.tree.text.to_owned(), source.to_vec());
        }
        let newline = self.line_break();
        let mut out = Out {
            text: String::with_capacity(self.tree.text.len() + 256),
            bindings: Vec::new(),
            statements: 0,
            newline,
            pending: false,
        };
        let mut bindings = self.base.bindings.iter().peekable();
        for line in self.inserts.remove(&0).unwrap_or_default() {
            out.line(line);
        }
        let mut number = 0u32;
        for statement in self.tree.statements() {
            let mut records: Vec<AnyRecordId> = Vec::new();
            while let Some(binding) = bindings.next_if(|b| b.statement <= number) {
                records.push(binding.record);
            }
            if let Some(changed) = self.records.remove(&number) {
                records = changed;
            }
            records.extend(self.silent.iter().filter(|(_, at)| **at == number).map(|(record, _)| *record));
            // Records that only the text knows of are not bound.
            records.retain(|record| self.document.has(*record));
            if !self.deleted.contains(&number) {
                out.statement(&self.rendered(number, statement.span), &records);
            }
            number += 1;
            for line in self.inserts.remove(&number).unwrap_or_default() {
                out.line(line);
            }
        }
        // A text that ended with a line break still does; a new one does, too.
        if out.pending && (self.tree.text.is_empty() || self.tree.text.ends_with(['\n', '\r'])) {
            out.text.push_str(newline);
        }
        (out.text, out.bindings)
    }

    /// The line break that the text uses first.
    fn line_break(&self) -> &'static str {
        match self.tree.text.find(['\n', '\r']) {
            Some(at) => match self.tree.text.get(at..at + 2) {
                Some("\r\n") => "\r\n",
                _ if self.tree.text.get(at..=at) == Some("\r") => "\r",
                _ => "\n",
            },
            None => "\n",
        }
    }
}

struct Out {
    text: String,
    bindings: Vec<SourceBinding>,
    statements: u32,
    newline: &'static str,
    /// The last line added still needs its line break.
    pending: bool,
}

impl Out {
    fn settle(&mut self) {
        if self.pending {
            self.text.push_str(self.newline);
            self.pending = false;
        }
    }

    fn statement(&mut self, text: &str, records: &[AnyRecordId]) {
        self.settle();
        self.text.push_str(text);
        self.bind(records);
    }

    fn line(&mut self, line: Line) {
        self.settle();
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\r']) {
            self.text.push_str(self.newline);
        }
        self.text.push_str(&line.text);
        self.pending = true;
        self.bind(&line.records);
    }

    fn bind(&mut self, records: &[AnyRecordId]) {
        let statement = self.statements;
        self.bindings.extend(records.iter().map(|record| SourceBinding { statement, record: *record }));
        self.statements += 1;
    }
}
