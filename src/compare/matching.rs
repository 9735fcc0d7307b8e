//! Which record of one document is which of the other: by id where ids can be trusted, then by name, then by likeness;
//! each match says how it was found and how sure it is, and a person can correct it.
//!
//! Ids can be trusted when both documents say that they are versions of one file. Ids of components can be trusted also
//! when no name has moved to another id between them; in map texts everything is numbered by line, so there ids shift
//! when a line is put in, and links are known by their ends. Knows records; nothing of fields or changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::kinds::{id_text, records, same_kind};
use crate::geom::{Map, Point};
use crate::model::*;

/// Likeness from which two components that nothing else joins are taken for one, 0..=1.
pub const ALIKE_FROM: f64 = 0.5;
/// Most pairs of leftover components that are weighed for likeness.
const MOST_PAIRS: usize = 250_000;
/// Distance on the map beyond which two places have nothing in common.
const FAR: f64 = 0.25;

/// How a match was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A person said so.
    Person,
    /// Same id in versions of one file.
    Id,
    /// Same name, or the same ends of a link, the same number of a remark and so on.
    Name,
    /// Similar name, place and neighbours.
    Likeness,
}

/// Two records taken for one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Its id in the first document.
    pub before: AnyRecordId,
    /// How it was found.
    pub how: How,
    /// How sure, 0..=1.
    pub confidence: f64,
}

/// What a person said about which is which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Record of the first document and of the second that are the same thing.
    pub same: Vec<(AnyRecordId, AnyRecordId)>,
    /// Records of the second document that are new, whatever they look like.
    pub new: BTreeSet<AnyRecordId>,
}

/// Which record of the second document is which of the first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matching {
    /// By id in the second document; what is not there is new.
    pub pairs: BTreeMap<AnyRecordId, Match>,
    /// Whether the documents are versions of one file.
    pub same_file: bool,
}

impl Matching {
    /// The record's id in the first document.
    pub fn before(&self, after: AnyRecordId) -> Option<AnyRecordId> {
        self.pairs.get(&after).map(|found| found.before)
    }
}

/// Whether the documents are versions of one file, so that equal ids are the same thing.
pub fn same_file(before: &Document, after: &Document) -> bool {
    let (a, b) = (&before.settings.document_id, &after.settings.document_id);
    if !a.is_empty() && !b.is_empty() {
        return a == b;
    }
    let by_name = |document: &Document| -> BTreeMap<String, ComponentId> {
        let mut names = BTreeMap::new();
        for (id, component) in &document.components {
            names.entry(folded_name(&component.name)).or_insert(*id);
        }
        names
    };
    let (first, second) = (by_name(before), by_name(after));
    let (mut agree, mut common) = (0usize, 0usize);
    for (id, component) in &after.components {
        let Some(earlier) = before.components.get(id) else { continue };
        common += 1;
        let (old, new) = (folded_name(&earlier.name), folded_name(&component.name));
        if old == new {
            agree += 1;
            continue;
        }
        // The old name stands elsewhere now, or the new name stood elsewhere: ids have shifted.
        if second.get(&old).is_some_and(|other| other != id) || first.get(&new).is_some_and(|other| other != id) {
            return false;
        }
    }
    // Half of the names may change between two versions, not more.
    common > 0 && agree * 2 >= common
}

/// Matches all records of `after` with those of `before`.
pub fn match_records(before: &Document, after: &Document, corrections: &Corrections) -> Matching {
    matched(before, after, corrections, same_file(before, after), true)
}

/// The same for what two people added to versions of one file: only the same name makes two additions one.
pub(super) fn match_additions(before: &Document, after: &Document, known: &Corrections) -> Matching {
    matched(before, after, known, false, false)
}

fn matched(before: &Document, after: &Document, corrections: &Corrections, ids: bool, likeness: bool) -> Matching {
    let mut matcher = Matcher {
        before,
        after,
        taken: BTreeSet::new(),
        matching: Matching { same_file: ids, ..Matching::default() },
        new: &corrections.new,
        likeness,
    };
    for (a, b) in &corrections.same {
        if before.has(*a) && after.has(*b) && same_kind(*a, *b) {
            matcher.join(*a, *b, How::Person, 1.0);
        }
    }
    let sure = ids && !after.settings.document_id.is_empty() && !before.settings.document_id.is_empty();
    if ids {
        for record in records(after) {
            if before.has(record) && (sure || record.component().is_some()) {
                matcher.join(record, record, How::Id, 1.0);
            }
        }
    }
    matcher.components();
    matcher.others();
    if ids {
        // Renamed areas, contracts and the like; a link with other ends is another link.
        for record in records(after) {
            if before.has(record) && !matches!(record, AnyRecordId::Link(_)) {
                matcher.join(record, record, How::Id, 0.8);
            }
        }
    }
    matcher.matching
}

/// Which of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

struct Matcher<'d> {
    before: &'d Document,
    after: &'d Document,
    /// Records of the first document that have their match.
    taken: BTreeSet<AnyRecordId>,
    matching: Matching,
    new: &'d BTreeSet<AnyRecordId>,
    /// Whether what is merely alike is joined.
    likeness: bool,
}

impl Matcher<'_> {
    fn join(&mut self, before: AnyRecordId, after: AnyRecordId, how: How, confidence: f64) {
        let free = !self.taken.contains(&before) && !self.matching.pairs.contains_key(&after);
        if free && !self.new.contains(&after) {
            self.taken.insert(before);
            self.matching.pairs.insert(after, Match { before, how, confidence });
        }
    }

    fn is_open(&self, after: AnyRecordId) -> bool {
        !self.matching.pairs.contains_key(&after) && !self.new.contains(&after)
    }

    fn components(&mut self) {
        let (before, after) = (self.before, self.after);
        // Same id and same name; then an id from the system they were imported from; then a name that stands once.
        for (id, component) in &after.components {
            let record = AnyRecordId::Component(*id);
            let same = |old: &&std::rc::Rc<Component>| folded_name(&old.name) == folded_name(&component.name);
            if before.components.get(id).filter(same).is_some() {
                self.join(record, record, How::Name, 1.0);
            }
        }
        self.once(&|c| c.external_id.clone().unwrap_or_default(), 0.95);
        self.once(&|c| folded_name(&c.name), 0.95);
        // Several of one name: in their order.
        self.in_order(&|side, record| {
            let document = if side == Side::Second { after } else { before };
            let component = record.component().and_then(|id| document.components.get(&id));
            component.map_or_else(String::new, |c| folded_name(&c.name))
        });
        if self.likeness {
            self.alike();
        }
    }

    /// Joins open components with the same key, when it stands once on each side.
    fn once(&mut self, key: &dyn Fn(&Component) -> String, confidence: f64) {
        let count = |document: &Document, open: &dyn Fn(AnyRecordId) -> bool| {
            let mut keys: BTreeMap<String, Vec<AnyRecordId>> = BTreeMap::new();
            for (id, component) in &document.components {
                let (record, key) = (AnyRecordId::Component(*id), key(component));
                if !key.is_empty() && open(record) {
                    keys.entry(key).or_default().push(record);
                }
            }
            keys
        };
        let first = count(self.before, &|record| !self.taken.contains(&record));
        let second = count(self.after, &|record| self.is_open(record));
        for (key, after) in second {
            if let (Some([a]), [b]) = (first.get(&key).map(Vec::as_slice), after.as_slice()) {
                self.join(*a, *b, How::Name, confidence);
            }
        }
    }

    /// Joins open records of the same key in the order of their ids.
    fn in_order(&mut self, key: &dyn Fn(Side, AnyRecordId) -> String) {
        let mut waiting: BTreeMap<String, Vec<AnyRecordId>> = BTreeMap::new();
        for record in records(self.before).into_iter().rev() {
            let key = if self.taken.contains(&record) { String::new() } else { key(Side::First, record) };
            if !key.is_empty() {
                waiting.entry(key).or_default().push(record);
            }
        }
        for record in records(self.after) {
            let key = if self.is_open(record) { key(Side::Second, record) } else { String::new() };
            if let Some(before) = waiting.get_mut(&key).and_then(Vec::pop) {
                self.join(before, record, How::Name, 0.9);
            }
        }
    }

    /// Joins what is left by similar names, places and neighbours, the most alike first.
    fn alike(&mut self) {
        let open = |document: &Document, free: &dyn Fn(AnyRecordId) -> bool| -> Vec<ComponentId> {
            document.components.keys().copied().filter(|id| free(AnyRecordId::Component(*id))).collect()
        };
        let first = open(self.before, &|record| !self.taken.contains(&record));
        let second = open(self.after, &|record| self.is_open(record));
        if first.len().saturating_mul(second.len()) > MOST_PAIRS {
            return;
        }
        let old_neighbors = neighbors(self.before, &|id| Some(id));
        let new_neighbors = neighbors(self.after, &|id| self.component_before(id));
        let nobody = BTreeSet::new();
        let mut found: Vec<(u64, ComponentId, ComponentId)> = Vec::new();
        for a in &first {
            for b in &second {
                let (Some(old), Some(new)) = (self.before.components.get(a), self.after.components.get(b)) else {
                    continue;
                };
                let names = similar(&old.name, &new.name);
                let places = closeness(old.place(), new.place());
                let known = (old_neighbors.get(a).unwrap_or(&nobody), new_neighbors.get(b).unwrap_or(&nobody));
                let (both, all) = (known.0.intersection(known.1).count(), known.0.union(known.1).count());
                let around = if all == 0 { 0.0 } else { both as f64 / all as f64 };
                // A name that has nothing in common must stand at the very place, among the same neighbours.
                let plausible = names >= 0.4 || (places > 0.9 && around >= 0.5) || (a == b && places > 0.9);
                let score = 0.5 * names + 0.25 * places + 0.25 * around + if a == b { 0.1 } else { 0.0 };
                if plausible && score >= ALIKE_FROM {
                    found.push((score.min(0.9).to_bits(), *a, *b));
                }
            }
        }
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (score, a, b) in found {
            self.join(AnyRecordId::Component(a), AnyRecordId::Component(b), How::Likeness, f64::from_bits(score));
        }
    }

    fn component_before(&self, id: ComponentId) -> Option<ComponentId> {
        self.matching.before(AnyRecordId::Component(id))?.component()
    }

    /// Everything but components, by what each kind is known by.
    fn others(&mut self) {
        let pairs = self.matching.pairs.clone();
        let mine = |record: AnyRecordId| Some(id_text(record));
        let theirs = |record: AnyRecordId| pairs.get(&record).map(|found| id_text(found.before));
        let (first, second) = (self.before, self.after);
        // Of several alike, those of the same id belong together.
        for record in records(second) {
            let known = known_by(first, record, &mine);
            if known.is_some() && known == known_by(second, record, &theirs) && self.is_open(record) {
                self.join(record, record, How::Name, 1.0);
            }
        }
        self.in_order(&|side, record| {
            match side {
                Side::First => known_by(first, record, &mine),
                Side::Second => known_by(second, record, &theirs),
            }
            .unwrap_or_default()
        });
        if self.likeness {
            // Texts that were reworded, or that stand where one stood.
            self.reworded();
        }
    }

    fn reworded(&mut self) {
        let notes = |document: &Document| -> Vec<(AnyRecordId, String, Point<Map>)> {
            let notes = document.notes.iter().map(|(id, n)| (AnyRecordId::Note(*id), n.text.clone(), n.at));
            let forces =
                document.accelerators.iter().map(|(id, a)| (AnyRecordId::Accelerator(*id), a.name.clone(), a.at));
            notes.chain(forces).collect()
        };
        let (first, second) = (notes(self.before), notes(self.after));
        if first.len().saturating_mul(second.len()) > MOST_PAIRS {
            return;
        }
        for (b, text, at) in &second {
            let mut best: Option<(f64, AnyRecordId)> = None;
            for (a, old, was) in &first {
                if self.taken.contains(a) || !same_kind(*a, *b) {
                    continue;
                }
                let score = 0.6 * similar(old, text) + 0.4 * closeness(Some(*was), Some(*at));
                if score >= ALIKE_FROM && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, *a));
                }
            }
            if let Some((score, a)) = best {
                self.join(a, *b, How::Likeness, score.min(0.9));
            }
        }
    }
}

fn neighbors(
    document: &Document,
    name: &dyn Fn(ComponentId) -> Option<ComponentId>,
) -> BTreeMap<ComponentId, BTreeSet<(bool, ComponentId)>> {
    let mut all: BTreeMap<ComponentId, BTreeSet<(bool, ComponentId)>> = BTreeMap::new();
    for link in document.links.values() {
        if let Some(to) = name(link.to) {
            all.entry(link.from).or_default().insert((true, to));
        }
        if let Some(from) = name(link.from) {
            all.entry(link.to).or_default().insert((false, from));
        }
    }
    all
}

fn closeness(a: Option<Point<Map>>, b: Option<Point<Map>>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => (1.0 - (a.x - b.x).hypot(a.y - b.y) / FAR).max(0.0),
        _ => 0.0,
    }
}

/// Share of pairs of letters that two names have in common, 0..=1 (Dice); the shorter within the longer counts more.
fn similar(a: &str, b: &str) -> f64 {
    let (a, b) = (folded_name(a), folded_name(b));
    if a == b {
        return 1.0;
    }
    let pairs = |text: &str| -> BTreeMap<(char, char), usize> {
        let mut pairs = BTreeMap::new();
        for pair in text.chars().zip(text.chars().skip(1)) {
            *pairs.entry(pair).or_insert(0) += 1;
        }
        pairs
    };
    let (first, second) = (pairs(&a), pairs(&b));
    let size: usize = first.values().chain(second.values()).sum();
    let both: usize = first.iter().map(|(pair, count)| (*count).min(second.get(pair).copied().unwrap_or(0))).sum();
    let dice = if size == 0 { 0.0 } else { 2.0 * both as f64 / size as f64 };
    let within = a.len().min(b.len()) >= 3 && (a.contains(&b) || b.contains(&a));
    if within {
        dice.max(0.7)
    } else {
        dice
    }
}

/// What a record is known by besides its id, as a text that begins with its kind; `None` when it refers to something
/// that has no match.
fn known_by(document: &Document, record: AnyRecordId, name: &dyn Fn(AnyRecordId) -> Option<String>) -> Option<String> {
    let component = |id: ComponentId| name(AnyRecordId::Component(id));
    Some(match record {
        AnyRecordId::Link(id) => {
            let link = document.links.get(&id)?;
            format!("link {} {}", component(link.from)?, component(link.to)?)
        }
        AnyRecordId::Pipeline(id) => format!("pipeline {}", component(document.pipelines.get(&id)?.parent)?),
        AnyRecordId::Note(id) => format!("note {}", folded_name(&document.notes.get(&id)?.text)),
        AnyRecordId::Annotation(id) => format!("annotation {}", document.annotations.get(&id)?.number),
        AnyRecordId::Attitude(id) => format!("attitude {:?}", document.attitudes.get(&id)?.kind),
        AnyRecordId::Accelerator(id) => format!("accelerator {}", folded_name(&document.accelerators.get(&id)?.name)),
        AnyRecordId::Area(id) => format!("area {}", folded_name(&document.areas.get(&id)?.name)),
        AnyRecordId::Pathway(id) => format!("pathway {}", folded_name(&document.pathways.get(&id)?.name)),
        AnyRecordId::Contract(id) => format!("contract {}", folded_name(&document.contracts.get(&id)?.name)),
        AnyRecordId::Knowledge(id) => {
            let holding = document.knowledge.get(&id)?;
            format!("knowledge {} {}", component(holding.component)?, folded_name(&holding.holder))
        }
        AnyRecordId::Risk(id) => format!("risk {}", folded_name(&document.risks.get(&id)?.title)),
        AnyRecordId::RedundancyGroup(id) => {
            format!("group {}", folded_name(&document.redundancy_groups.get(&id)?.name))
        }
        AnyRecordId::Lifecycle(id) => {
            let record = document.lifecycles.get(&id)?;
            format!("lifecycle {} {}", folded_name(&record.product), folded_name(&record.cycle))
        }
        AnyRecordId::Judgement(id) => {
            let judgement = document.judgements.get(&id)?;
            format!("judgement {} {}", component(judgement.component)?, judgement.field)
        }
        AnyRecordId::Component(_) | AnyRecordId::Settings | AnyRecordId::Source => return None,
    })
}
