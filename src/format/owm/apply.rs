//! An edit of the text as a change of the document.
//!
//! Three texts are compared: what the document is written as, what somebody made of it, and the document itself, which
//! knows more than any text says. Only what differs between the two texts changes in the document, so facts,
//! descriptions and numbers finer than the text survive, and so do ids.
//!
//! A caller that takes over every keystroke should apply the whole text to the document as it was when typing began,
//! and replace its earlier patch: half-typed names would otherwise take links away that come back as new ones.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diag::Diagnostic;
use crate::format::owm::ids::{Ids, Record};
use crate::format::owm::lexer::slice;
use crate::format::owm::lower::{lower, Lowered};
use crate::format::owm::matching::matched;
use crate::format::owm::merge::{merge, sweep};
use crate::format::owm::read::too_large;
use crate::format::owm::said::said_name;
use crate::format::owm::sync::{silent, write, Written};
use crate::format::owm::syntax::{Role, Tree};
use crate::id::Id;
use crate::model::{AnyRecordId, Document, Patch, SourceBinding, SourceLanguage, TextSource};
use crate::order;

/// What the document has to become to say `new_text`, and what there is to say about that text.
///
/// Afterwards [`write`] gives `new_text` back byte for byte. The text that the document is written as already gives a
/// patch that changes no record but the source.
pub fn apply_text(document: &Document, new_text: &str) -> (Patch, Vec<Diagnostic>) {
    apply_over(document, &write(document), new_text)
}

/// The same for a caller that knows what the document is written as: half the work.
pub fn apply_over(document: &Document, written: &Written, new_text: &str) -> (Patch, Vec<Diagnostic>) {
    if let Some(refused) = too_large(new_text) {
        return (Patch::default(), vec![refused]);
    }
    let old_tree = Tree::parse(&written.text);
    let old = lower(&old_tree, Ids::planned(&written.bindings, document, 0));
    let new_tree = Tree::parse(new_text);
    let partners = matched(&old_tree, &new_tree);

    let mut by_old: BTreeMap<u32, Vec<AnyRecordId>> = BTreeMap::new();
    for binding in &old.bindings {
        by_old.entry(binding.statement).or_default().push(binding.record);
    }
    let mut unheard: BTreeMap<u32, Vec<AnyRecordId>> = BTreeMap::new();
    for (record, statement) in silent(&old.document, document, &written.bindings) {
        unheard.entry(statement).or_default().push(record);
    }
    let mut plan = Vec::new();
    let mut carried = Vec::new();
    for (statement, partner) in (0u32..).zip(&partners) {
        let Some(partner) = partner else { continue };
        let bind = |record: &AnyRecordId| SourceBinding { statement, record: *record };
        plan.extend(by_old.get(partner).into_iter().flatten().map(bind));
        if same_text(&old_tree, *partner, &new_tree, statement) {
            carried.extend(unheard.remove(partner).into_iter().flatten().map(|record| bind(&record)));
        }
    }
    plan.extend(carried.iter().copied());
    let mut ids = Ids::planned(&plan, document, seed(new_text));
    ids.know(&old.document);
    let new = lower(&new_tree, ids);

    let mut next = document.clone();
    merge(&mut next, &old.document, &new.document);
    // Their lines are gone.
    for record in unheard.into_values().flatten().filter(|record| !new.document.has(*record)) {
        remove(&mut next, record);
    }
    // So are those whose unchanged line now names something else.
    for binding in carried.iter().filter(|b| !new.document.has(b.record)) {
        if !still_names(&next, &new_tree, binding) {
            remove(&mut next, binding.record);
        }
    }
    sweep(&mut next);
    let mut bindings: Vec<SourceBinding> = new.bindings.iter().copied().filter(|b| next.has(b.record)).collect();
    bindings.extend(carried.into_iter().filter(|b| next.has(b.record) && !new.document.has(b.record)));
    order::sort_by_key(&mut bindings, |b| b.statement);
    let source = TextSource { language: SourceLanguage::Owm, text: new_text.to_owned(), bindings };
    if document.source.as_deref() != Some(&source) {
        next.source = Some(Rc::new(source));
    }
    let Lowered { diagnostics, .. } = new;
    (document.patch_to(&next), diagnostics)
}

/// Whether the ends of a link are called what its line calls them.
fn still_names(document: &Document, tree: &Tree<'_>, binding: &SourceBinding) -> bool {
    let Some(link) = Record::of(binding.record).and_then(|id| document.links.get(&id)) else { return true };
    let name = |id| document.components.get(id).map(|c| said_name(&c.name).into_owned());
    let mut written = tree.spans(binding.statement, Role::Name).map(|span| tree.name(span).into_owned());
    [name(&link.from), name(&link.to)].into_iter().all(|name| name.is_some() && written.next() == name)
}

fn same_text(old: &Tree<'_>, in_old: u32, new: &Tree<'_>, in_new: u32) -> bool {
    let text = |tree: &Tree<'_>, number| slice(tree.text, tree.body(number)).to_owned();
    text(old, in_old) == text(new, in_new)
}

fn remove(document: &mut Document, record: AnyRecordId) {
    fn take<K>(records: &mut BTreeMap<Id<K>, Rc<K>>, id: Option<Id<K>>) {
        if let Some(id) = id {
            records.remove(&id);
        }
    }
    take(&mut document.components, Record::of(record));
    take(&mut document.links, Record::of(record));
    take(&mut document.pipelines, Record::of(record));
}

/// FNV-1a: new records of the same text get the same ids, of other texts others.
fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
