//! Which statement of an old text a statement of its edited version is: by the same text, then by name, then by place.
//!
//! Knows no records: the caller carries ids over along the pairs.

use std::collections::BTreeMap;

use crate::format::owm::lexer::{is_blank, slice};
use crate::format::owm::syntax::{Kind, Role, Span, Tree};
use crate::model::folded_name;

/// Statements that can stand for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Component,
    Link,
    Pipeline,
    Note,
    Annotation,
    Attitude,
    Accelerator,
    Other,
}

fn class(kind: Kind) -> Option<Class> {
    Some(match kind {
        Kind::Component(_) => Class::Component,
        Kind::Link => Class::Link,
        Kind::Pipeline => Class::Pipeline,
        Kind::Note => Class::Note,
        Kind::Annotation => Class::Annotation,
        Kind::Attitude(_) => Class::Attitude,
        Kind::Accelerator { .. } => Class::Accelerator,
        Kind::Blank | Kind::Unknown | Kind::TooLong => return None,
        _ => Class::Other,
    })
}

/// Most pairs of differing statements that are compared letter by letter.
const MAX_COMPARED: usize = 400;

/// Statements without a partner between the same neighbours.
#[derive(Default)]
struct Gap {
    old: Vec<usize>,
    new: Vec<usize>,
}

struct Matching<'t> {
    old: &'t Tree<'t>,
    new: &'t Tree<'t>,
    /// For each new statement its old one.
    of_new: Vec<Option<u32>>,
    /// For each old statement whether it is taken.
    taken: Vec<bool>,
}

/// For each statement of `new` the statement of `old` that it was.
pub(super) fn matched<'t>(old: &'t Tree<'t>, new: &'t Tree<'t>) -> Vec<Option<u32>> {
    let mut matching =
        Matching { old, new, of_new: vec![None; new.statements().len()], taken: vec![false; old.statements().len()] };
    let middle = matching.ends();
    matching.same_text(middle);
    matching.same_name(middle);
    matching.same_remainder(middle);
    matching.same_gap(middle);
    matching.of_new
}

/// The statements between the common beginning and the common end: `old` and `new` ranges.
#[derive(Debug, Clone, Copy)]
struct Middle {
    old: Span,
    new: Span,
}

fn text_of<'t>(tree: &Tree<'t>, number: usize) -> &'t str {
    tree.statements().get(number).map_or("", |s| slice(tree.text, s.span)).trim_matches(is_blank)
}

fn name_of(tree: &Tree<'_>, number: usize) -> String {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let span = [Role::Index, Role::Name, Role::Text].into_iter().find_map(|role| tree.span(number, role));
    span.map(|span| folded_name(&tree.name(span))).unwrap_or_default()
}

/// What stands behind the name.
fn remainder_of<'t>(tree: &Tree<'t>, number: usize) -> &'t str {
    let at = u32::try_from(number).unwrap_or(u32::MAX);
    let name = [Role::Name, Role::Text].into_iter().find_map(|role| tree.span(at, role));
    name.map_or("", |span| slice(tree.text, Span::new(span.end, tree.body(at).end))).trim()
}

impl Matching<'_> {
    fn pair(&mut self, old: usize, new: usize) {
        if let (Some(slot), Some(taken)) = (self.of_new.get_mut(new), self.taken.get_mut(old)) {
            if slot.is_none() && !*taken {
                *slot = u32::try_from(old).ok();
                *taken = true;
            }
        }
    }

    fn ends(&mut self) -> Middle {
        let (count_old, count_new) = (self.taken.len(), self.of_new.len());
        let least = count_old.min(count_new);
        let front = (0..least).take_while(|i| text_of(self.old, *i) == text_of(self.new, *i)).count();
        let back = (1..=least - front)
            .take_while(|i| text_of(self.old, count_old - i) == text_of(self.new, count_new - i))
            .count();
        for i in 0..front {
            self.pair(i, i);
        }
        for i in 1..=back {
            self.pair(count_old - i, count_new - i);
        }
        Middle { old: Span::new(front, count_old - back), new: Span::new(front, count_new - back) }
    }

    /// Numbers of statements in the range that have no partner yet.
    fn free_old(&self, range: Span) -> impl Iterator<Item = usize> + '_ {
        range.range().filter(|i| self.taken.get(*i) == Some(&false))
    }

    fn free_new(&self, range: Span) -> impl Iterator<Item = usize> + '_ {
        range.range().filter(|i| self.of_new.get(*i) == Some(&None))
    }

    fn class_old(&self, number: usize) -> Option<Class> {
        self.old.statements().get(number).and_then(|s| class(s.kind))
    }

    fn class_new(&self, number: usize) -> Option<Class> {
        self.new.statements().get(number).and_then(|s| class(s.kind))
    }

    /// Pairs statements with the same key, the first with the first.
    fn by_key<K: Ord>(
        &mut self,
        middle: Middle,
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
    ) {
        let mut waiting: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for number in self.free_old(middle.old) {
            if let Some(key) = old_key(number) {
                waiting.entry(key).or_default().push(number);
            }
        }
        // The first comes out last.
        waiting.values_mut().for_each(|numbers| numbers.reverse());
        let new: Vec<usize> = self.free_new(middle.new).collect();
        for number in new {
            let old = new_key(number).and_then(|key| waiting.get_mut(&key)).and_then(Vec::pop);
            if let Some(old) = old {
                self.pair(old, number);
            }
        }
    }

    fn same_text(&mut self, middle: Middle) {
        let (old, new) = (self.old, self.new);
        self.by_key(
            middle,
            |n| Some(text_of(old, n)).filter(|t| !t.is_empty()),
            |n| Some(text_of(new, n)).filter(|t| !t.is_empty()),
        );
    }

    fn same_name(&mut self, middle: Middle) {
        let (old, new) = (self.old, self.new);
        let key = |tree: &Tree<'_>, number: usize| {
            let class = tree.statements().get(number).and_then(|s| class(s.kind))?;
            let name = name_of(tree, number);
            (!matches!(class, Class::Link | Class::Other) && !name.is_empty()).then_some((class, name))
        };
        self.by_key(middle, |n| key(old, n), |n| key(new, n));
    }

    /// A renamed line keeps its coordinates and what follows them.
    fn same_remainder(&mut self, middle: Middle) {
        let (old, new) = (self.old, self.new);
        let key = |tree: &Tree<'_>, number: usize| {
            let class = tree.statements().get(number).and_then(|s| class(s.kind))?;
            let rest = remainder_of(tree, number).to_owned();
            (class == Class::Component && rest.contains('[')).then_some(rest)
        };
        self.by_key(middle, |n| key(old, n), |n| key(new, n));
    }

    /// Pairs what is left between the same neighbours: in order when there are as many, else by likeness.
    fn same_gap(&mut self, middle: Middle) {
        // The gap of an old statement is the last paired one before it; of a new one the partner of that.
        let mut gaps: BTreeMap<(Option<usize>, Class), Gap> = BTreeMap::new();
        let mut before = middle.old.start.checked_sub(1);
        for number in middle.old.range() {
            if self.taken.get(number) == Some(&true) {
                before = Some(number);
            } else if let Some(class) = self.class_old(number) {
                gaps.entry((before, class)).or_default().old.push(number);
            }
        }
        let mut before = middle.old.start.checked_sub(1);
        for number in middle.new.range() {
            if let Some(Some(old)) = self.of_new.get(number) {
                before = Some(*old as usize);
            } else if let Some(class) = self.class_new(number) {
                gaps.entry((before, class)).or_default().new.push(number);
            }
        }
        for Gap { old, new } in gaps.into_values() {
            if old.len() == new.len() || old.len() * new.len() > MAX_COMPARED {
                for (old, new) in old.into_iter().zip(new) {
                    self.pair(old, new);
                }
            } else {
                self.by_likeness(&old, &new);
            }
        }
    }

    fn by_likeness(&mut self, old: &[usize], new: &[usize]) {
        let mut pairs: Vec<(usize, usize, usize)> = Vec::with_capacity(old.len() * new.len());
        for a in old {
            for b in new {
                pairs.push((unlikeness(text_of(self.old, *a), text_of(self.new, *b)), *a, *b));
            }
        }
        pairs.sort_unstable();
        for (_, a, b) in pairs {
            self.pair(a, b);
        }
    }
}

/// How many letters of both texts lie between their common beginning and their common end.
fn unlikeness(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let least = a.len().min(b.len());
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take(least - front).take_while(|(x, y)| x == y).count();
    a.len() + b.len() - 2 * (front + back)
}
