//! Puts the dates of chosen releases into a document: a record for each release, which the technologies refer to.
//!
//! A record that is there for the same product and release is brought up to date instead of making a second one.
//! Levels are never set: a date suggests a level, and a person accepts it.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::date::Date;
use crate::format::csv::NewIds;
use crate::format::support_dates::matching::words;
use crate::format::support_dates::{Product, SupportDates, Use};
use crate::model::{folded_name, ComponentId, Document, Lifecycle, LifecycleId, SystemFacts, Technology};

/// What imported records say about where their dates come from.
pub const SOURCE: &str = "endoflife.date";

/// What became of a document.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// The document with the dates.
    pub document: Document,
    /// Records that are new.
    pub made: usize,
    /// Records that say something else now.
    pub changed: usize,
    /// Systems that have a date of this file.
    pub systems: BTreeSet<ComponentId>,
}

/// The record of a release in the document: the same release of the product as the file or the map calls it.
fn record_of(document: &Document, product: &Product, one: &Use, release: &str) -> Option<LifecycleId> {
    let joined = |text: &str| words(text).concat();
    let release = joined(release);
    let mut names = vec![joined(&product.label), joined(&product.name), joined(&one.product)];
    for alias in &product.aliases {
        names.push(joined(alias));
    }
    let mut found = None;
    for (id, record) in &document.lifecycles {
        if joined(&record.cycle) == release && names.contains(&joined(&record.product)) {
            // Rather one that was imported before.
            if record.source == SOURCE {
                return Some(*id);
            }
            found = found.or(Some(*id));
        }
    }
    found
}

/// Takes the dates in for the uses whose product and release (their places in the file) were chosen.
pub fn take_in(
    document: &Document,
    dates: &SupportDates,
    chosen: &[(&Use, usize, usize)],
    ids: &mut NewIds,
    today: Option<Date>,
) -> Taken {
    let mut taken = Taken { document: document.clone(), ..Taken::default() };
    for (one, product, release) in chosen {
        let Some(product) = dates.products.get(*product) else { continue };
        let Some(release) = product.releases.get(*release) else { continue };
        let known = record_of(&taken.document, product, one, &release.name);
        let key = known.unwrap_or_else(|| ids.next('y', &taken.document).cast());
        let before = taken.document.lifecycles.get(&key).cloned();
        let old = before.as_deref().cloned().unwrap_or_default();
        let record = Lifecycle {
            product: product.label.clone(),
            cycle: release.name.clone(),
            support_ends: release.support_ends,
            security_ends: release.security_ends,
            extended_ends: release.extended_ends,
            source: SOURCE.to_owned(),
            imported_on: today,
            ..old
        };
        match before {
            None => taken.made += 1,
            Some(before) if *before != record => taken.changed += 1,
            Some(_) => {}
        }
        taken.document.lifecycles.insert(key, Rc::new(record));
        for id in &one.systems {
            if let Some(component) = taken.document.components.get_mut(id) {
                let mut facts = SystemFacts::clone(component.facts());
                if refer(&mut facts, one, [&product.label, &release.name], key) {
                    Rc::make_mut(component).facts = Some(Rc::new(facts));
                }
                taken.systems.insert(*id);
            }
        }
    }
    taken
}

/// The technologies of this use refer to the record; whether that changes anything.
fn refer(facts: &mut SystemFacts, one: &Use, [label, release]: [&String; 2], key: LifecycleId) -> bool {
    let reference = key.to_string();
    if one.by_name {
        let (product, version) = (label.clone(), release.clone());
        facts.technologies.push(Technology { product, version, lifecycle_ref: reference, ..Technology::default() });
        return true;
    }
    let (product, version) = (folded_name(&one.product), folded_name(&one.version));
    let mut changes = false;
    for technology in &mut facts.technologies {
        let same = folded_name(&technology.product) == product && folded_name(&technology.version) == version;
        if same && technology.lifecycle_ref != reference {
            technology.lifecycle_ref.clone_from(&reference);
            changes = true;
        }
    }
    changes
}
