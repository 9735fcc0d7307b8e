//! Settings, and records that are one line each: notes, annotations, attitudes, accelerators.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::format::owm::ids::Record;
use crate::format::owm::lexer::in_quotes;
use crate::format::owm::said::{said_point, settings_lines, SaidLine};
use crate::format::owm::spell::{self, Slot, PLACE};
use crate::format::owm::sync::{Line, Sync};
use crate::format::owm::syntax::{Kind, Role, Span};
use crate::id::Id;
use crate::model::{Annotation, AnyRecordId};

type Records<K> = BTreeMap<Id<K>, Rc<K>>;

impl Sync<'_, '_> {
    pub(super) fn lines(&mut self) {
        let (base, document) = (&self.base.document, self.document);
        self.simple(
            &base.notes,
            &document.notes,
            |kind| kind == Kind::Note,
            |note| format!("note {} {}", spell::name(&note.text(), Slot::Text), spell::place(said_point(note.at))),
        );
        self.simple(&base.annotations, &document.annotations, |kind| kind == Kind::Annotation, annotation);
        self.simple(
            &base.attitudes,
            &document.attitudes,
            |kind| matches!(kind, Kind::Attitude(_)),
            |attitude| {
                let numbers: Vec<String> =
                    attitude.points().iter().flat_map(|p| [p.y, p.x]).map(|n| spell::number(n, PLACE, 0)).collect();
                format!("{} [{}]", spell::attitude(attitude.kind), numbers.join(", "))
            },
        );
        let is_accelerator = |kind| matches!(kind, Kind::Accelerator { .. });
        self.simple(&base.accelerators, &document.accelerators, is_accelerator, |a| {
            let word = if a.slows { "deaccelerator" } else { "accelerator" };
            format!("{word} {} {}", spell::name(&a.text(), Slot::Text), spell::place(said_point(a.at)))
        });
    }

    fn simple<K: Record + SaidLine>(
        &mut self,
        base: &Records<K>,
        document: &Records<K>,
        test: impl Fn(Kind) -> bool,
        spelled: impl Fn(&K) -> String,
    ) {
        for (id, before) in base {
            let Some(statement) = self.first_of.get(&K::any(*id)).copied() else { continue };
            if self.is_foreign(*id) {
                continue;
            }
            match document.get(id) {
                None => {
                    self.deleted.insert(statement);
                }
                Some(after) if before.same(after) => {}
                Some(after) => {
                    if !self.move_points(statement, &**before, &**after) {
                        self.replace_body(statement, spelled(after));
                    }
                }
            }
        }
        let new = document.iter().filter(|(id, _)| self.is_new(**id));
        let lines = new.map(|(id, record)| Line { text: spelled(record), records: vec![K::any(*id)] }).collect();
        self.add_by_kind(test, lines);
    }

    /// Changes only numbers, when only places differ and all of them are written plainly.
    fn move_points<K: SaidLine>(&mut self, statement: u32, before: &K, after: &K) -> bool {
        let numbers: Vec<Span> = self.tree.spans(statement, Role::Number).collect();
        let (old, new) = (before.points(), after.points());
        let simple = before.variety() == after.variety()
            && before.text() == after.text()
            && old.len() == new.len()
            && numbers.len() == old.len() * 2
            && numbers.iter().all(|span| self.is_plain_number(*span));
        if !simple {
            return false;
        }
        let values = old.iter().zip(&new).flat_map(|(old, new)| [(old.y, new.y), (old.x, new.x)]);
        for (span, (old, new)) in numbers.into_iter().zip(values) {
            self.edit_number(statement, span, old, new, PLACE);
        }
        true
    }

    pub(super) fn settings(&mut self) {
        const KINDS: [Kind; 7] =
            [Kind::Title, Kind::Size, Kind::Style, Kind::Evolution, Kind::ValueChain, Kind::YAxis, Kind::AnnotationBox];
        let before = settings_lines(&self.base.document.settings);
        let after = settings_lines(&self.document.settings);
        for ((kind, (_, before)), (word, after)) in KINDS.into_iter().zip(before).zip(after) {
            if before == after {
                continue;
            }
            let all: Vec<u32> =
                (0u32..).zip(self.tree.statements()).filter(|(_, s)| s.kind == kind).map(|(n, _)| n).collect();
            let heard = if kind == Kind::Title { all.first() } else { all.last() };
            match (heard, after) {
                (Some(statement), Some(rest)) => self.replace_body(*statement, format!("{word} {rest}")),
                // The others would be heard then.
                (Some(_), None) => self.deleted.extend(all),
                (None, Some(rest)) => self
                    .add_setting(kind, Line { text: format!("{word} {rest}"), records: vec![AnyRecordId::Settings] }),
                (None, None) => {}
            }
        }
    }

    /// The title on top, the place of the box behind the annotations, all else behind its like.
    fn add_setting(&mut self, kind: Kind, line: Line) {
        let anchor = match kind {
            Kind::Title => None,
            Kind::AnnotationBox => self.last(|k| k == Kind::Annotation).or_else(|| self.count().checked_sub(1)),
            _ => {
                self.last(|k| matches!(k, Kind::Title | Kind::Size | Kind::Evolution | Kind::ValueChain | Kind::YAxis))
            }
        };
        match anchor {
            Some(statement) => {
                self.inserts.entry(statement + 1).or_default().push(line);
            }
            None => self.inserts.entry(0).or_default().push(line),
        }
    }
}

fn annotation(annotation: &Annotation) -> String {
    let points: Vec<String> = annotation.points().into_iter().map(spell::place).collect();
    let places = match points.as_slice() {
        [] => String::new(),
        [one] => format!(" {one}"),
        several => format!(" [{}]", several.join(", ")),
    };
    let text = annotation.text();
    // OWM shows the quotes, so they are only put where the text would be read as something else.
    let odd = text.contains("//")
        || text.contains("/*")
        || text.starts_with([',', '"'])
        || (points.is_empty() && text.contains('['));
    let text = if odd { in_quotes(&text) } else { text.into_owned() };
    let gap = if text.is_empty() { "" } else { " " };
    format!("annotation {}{places}{gap}{text}", annotation.variety())
}
