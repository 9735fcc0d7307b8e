//! Choosing places for names: greedily by importance, then mending what still collides.
//!
//! Knows the items that are in the way; lists no places itself (see `candidates`).

use std::collections::BTreeSet;

use crate::geom::{Point, Rect, World};
use crate::model::{AnyRecordId, ComponentId};
use crate::order;
use crate::scene::display::{Item, ItemKey, Shape, TextShape};
use crate::scene::items::segment_of;
use crate::scene::label::candidates::{Candidate, Candidates};
use crate::scene::label::{collide, label_item, Spot, Subject};
use crate::scene::metrics::*;
use crate::scene::solid::{each_box, each_line, Solid, COVERING};
use crate::scene::Scene;

/// Dislike of standing very near to something that must not be covered.
const TOUCHING: f64 = 0.4;
/// How near is very near, world pixels to the side; a third of it above and below.
const NEAR: f64 = 7.0;
/// Dislike of a line through the name, and the most that counts.
const CROSSING: f64 = 0.45;
/// See [`CROSSING`].
const MOST_CROSSING: f64 = 1.8;
/// Dislike of a stage separator through the name.
const ON_SEPARATOR: f64 = 0.1;
/// Dislike of standing outside the plane.
const OUTSIDE: f64 = 4.0;
/// How far from the top edge words of the frame stand within the plane, world pixels.
const WORDS_WITHIN: f64 = 24.0;
/// Dislike of each pixel away from the author's place when that is taken.
const FROM_AUTHOR: f64 = 0.02;
/// In maps with more links than this only the component's own are looked at; lines are everywhere then.
pub(super) const LINKS_LOOKED_AT: usize = 2_500;
/// Most lines looked at for one name.
pub(super) const LINES_LOOKED_AT: usize = 48;
/// In maps with more components than this only the sides and the nearest ring are searched: in a map so full, a name
/// further away is taken for that of another component.
const FULL_MAP: usize = 1_500;
/// In maps with no more components than this no pains are spared.
const SMALL_MAP: usize = 250;
/// A line this near to a name touches its letters' halo, world pixels.
const LINED: f64 = 1.5;
/// Rounds of mending.
const ROUNDS: usize = 3;
/// With more names than this to mend none is; the map is simply too full.
const MOST_MENDED: usize = 120;

/// Something in the way.
#[derive(Debug, Clone, Copy)]
struct Obstacle {
    rect: Rect<World>,
    /// Dislike of covering it.
    weight: f64,
    /// The slot of its item.
    slot: u32,
    /// It is the symbol the name belongs to, which it may stand near to.
    own: bool,
}

/// Chooses places in one scene; keeps its lists between names.
pub(super) struct Placer {
    all_lines: bool,
    full: bool,
    small: bool,
    obstacles: Vec<Obstacle>,
    lines: Vec<(Point<World>, Point<World>)>,
    separators: Vec<f64>,
    /// Title, names of the stages and the axes.
    words: Vec<Rect<World>>,
    plane: Rect<World>,
}

/// A choice and what it costs.
#[derive(Debug, Clone, Copy)]
struct Choice {
    candidate: Candidate,
    cost: f64,
}

impl Choice {
    fn clear(&self) -> bool {
        self.cost < COVERING
    }
}

impl Placer {
    pub(super) fn new(scene: &Scene) -> Self {
        let size = scene.frame.size();
        let evolution = &scene.settings.evolution;
        let separators = if evolution.hidden {
            Vec::new()
        } else {
            evolution.boundaries.iter().map(|boundary| boundary * size.width).collect()
        };
        Self {
            all_lines: scene.web.ends.len() <= LINKS_LOOKED_AT,
            full: scene.nodes.len() > FULL_MAP,
            small: scene.nodes.len() <= SMALL_MAP,
            obstacles: Vec::new(),
            lines: Vec::new(),
            separators,
            words: words_of_frame(scene),
            plane: scene.frame.rect(),
        }
    }

    /// Places the subjects. Those of components in `moved` may be anywhere; the others have a place already and keep
    /// it when it is clear.
    pub(super) fn run(mut self, scene: &mut Scene, subjects: &[Subject], moved: &BTreeSet<ComponentId>) {
        // Those whose author chose a place go first, then the important ones.
        let mut ordered: Vec<&Subject> = subjects.iter().collect();
        order::sort_by(&mut ordered, |a, b| {
            let authored = b.authored.is_some().cmp(&a.authored.is_some());
            authored.then(b.importance.total_cmp(&a.importance)).then(a.key.cmp(&b.key))
        });
        let is_moved = |key: ItemKey| match key {
            ItemKey::Label(id) | ItemKey::EvolveLabel(id) => moved.contains(&id),
            _ => false,
        };
        // Names that are placed anew must not be in each other's way at their old places.
        for subject in ordered.iter().filter(|s| is_moved(s.key)) {
            scene.put(subject.key, None);
        }
        let mut waiting = Vec::new();
        for subject in ordered {
            match self.kept(scene, subject) {
                Some(choice) => self.settle(scene, subject, choice),
                None => {
                    scene.put(subject.key, None);
                    waiting.push(subject);
                }
            }
        }
        let mut unclear = Vec::new();
        for subject in waiting {
            let Some(choice) = self.choose(scene, subject) else { continue };
            self.settle(scene, subject, choice);
            if !choice.clear() {
                unclear.push(subject.key);
            }
        }
        self.mend(scene, subjects, unclear);
    }

    /// The place the name has already, when it is clear: the author's, else the one it had before.
    fn kept(&mut self, scene: &Scene, subject: &Subject) -> Option<Choice> {
        let before = scene.spots.get(&subject.key).map(|spot| spot.candidate);
        let candidates = Candidates(subject);
        for candidate in [candidates.authored(), before.and_then(|number| candidates.numbered(number))] {
            let Some(candidate) = candidate else { continue };
            self.look_around(scene, subject, candidate.rect.inflate(LINED));
            let cost = self.cost(subject, &candidate, COVERING);
            if cost < COVERING {
                return Some(Choice { candidate, cost });
            }
        }
        None
    }

    /// The best place: a side if one is clear, else the nearest clear place further out, else the side that covers
    /// least.
    fn choose(&mut self, scene: &Scene, subject: &Subject) -> Option<Choice> {
        let candidates = Candidates(subject);
        let own = Own::of(scene, subject.key);
        if self.full && candidates.sides().all(|side| is_taken(scene, &own, &side.rect)) {
            // In a map so full it does not matter what is covered: such names are shown when there is room on the
            // screen.
            let free = candidates.ring(0).find(|place| !is_taken(scene, &own, &place.rect));
            let cost = if free.is_some() { 0.0 } else { COVERING };
            let candidate = free.or_else(|| candidates.sides().next())?;
            self.look_around(scene, subject, candidate.rect.inflate(LINED));
            return Some(Choice { candidate, cost: candidate.cost + cost });
        }
        let mut best: Option<Choice> = None;
        let around = candidates.sides().map(|c| c.rect).reduce(|a, b| a.union(&b))?;
        self.look_around(scene, subject, around.inflate(LINED));
        for candidate in candidates.sides() {
            self.better(subject, candidate, &mut best);
        }
        for ring in 0..Candidates::rings() {
            if best.is_some_and(|best| best.clear()) {
                break;
            }
            // Most places in a full map are taken; looking closer is only worth while at the others.
            let free: Vec<Candidate> = candidates.ring(ring).filter(|c| !is_taken(scene, &own, &c.rect)).collect();
            let Some(around) = free.iter().map(|c| c.rect).reduce(|a, b| a.union(&b)) else { continue };
            self.look_around(scene, subject, around.inflate(LINED));
            for candidate in free {
                self.better(subject, candidate, &mut best);
            }
        }
        if self.small && !best.is_some_and(|best| best.clear()) {
            // No place is clear. Where it takes no time, the one that covers least is looked for further out too.
            let all = || (0..Candidates::rings()).flat_map(|ring| candidates.ring(ring));
            if let Some(around) = all().map(|c| c.rect).reduce(|a, b| a.union(&b)) {
                self.look_around(scene, subject, around.inflate(LINED));
                all().for_each(|candidate| self.better(subject, candidate, &mut best));
            }
        }
        best
    }

    fn better(&self, subject: &Subject, candidate: Candidate, best: &mut Option<Choice>) {
        let limit = best.map_or(f64::INFINITY, |best| best.cost);
        let cost = self.cost(subject, &candidate, limit);
        if cost < limit {
            *best = Some(Choice { candidate, cost });
        }
    }

    /// Writes the choice into the scene.
    fn settle(&self, scene: &mut Scene, subject: &Subject, choice: Choice) {
        let number = choice.candidate.number;
        let displaced = subject.authored.is_some() && number != 0;
        let spot = Spot { candidate: number, clear: choice.clear(), displaced };
        scene.spots.insert(subject.key, spot);
        scene.put(subject.key, Some(label_item(subject, &choice.candidate, self.is_lined(&choice.candidate.rect))));
    }

    /// Whether a line runs through the box, of those looked at last; where not all are looked at, one may.
    fn is_lined(&self, rect: &Rect<World>) -> bool {
        let near = rect.inflate(LINED);
        !self.all_lines
            || self.lines.iter().any(|(a, b)| crosses(&near, *a, *b))
            || self.separators.iter().any(|x| *x > near.min.x && *x < near.max.x)
    }

    /// Names that still cover something: move one name that is in the way if it has another clear place.
    fn mend(&mut self, scene: &mut Scene, subjects: &[Subject], mut unclear: Vec<ItemKey>) {
        if unclear.is_empty() || unclear.len() > MOST_MENDED {
            return;
        }
        let mut by_key: Vec<&Subject> = subjects.iter().collect();
        order::sort_by_key(&mut by_key, |subject| subject.key);
        let find = |key: ItemKey| {
            by_key.binary_search_by_key(&key, |s| s.key).ok().and_then(|index| by_key.get(index).copied())
        };
        for _ in 0..ROUNDS {
            if unclear.is_empty() {
                return;
            }
            let round = std::mem::take(&mut unclear);
            for key in round {
                let Some(subject) = find(key) else { continue };
                scene.put(key, None);
                // Room may have come free since.
                let Some(now) = self.choose(scene, subject) else { continue };
                if now.clear() {
                    self.settle(scene, subject, now);
                    continue;
                }
                if !self.push_aside(scene, subject, &find) {
                    self.settle(scene, subject, now);
                    unclear.push(key);
                }
            }
        }
    }

    /// Takes a side that only one other name covers, if that name has a clear place elsewhere.
    fn push_aside<'s>(
        &mut self,
        scene: &mut Scene,
        subject: &Subject,
        find: &dyn Fn(ItemKey) -> Option<&'s Subject>,
    ) -> bool {
        let candidates: Vec<Candidate> = Candidates(subject).sides().collect();
        let Some(around) = candidates.iter().map(|c| c.rect).reduce(|a, b| a.union(&b)) else { return false };
        self.look_around(scene, subject, around);
        let blocked: Vec<(Candidate, ItemKey)> = candidates
            .into_iter()
            .filter_map(|candidate| {
                let mut in_the_way =
                    self.obstacles.iter().filter(|o| o.weight >= COVERING && collide(&o.rect, &candidate.rect));
                match (in_the_way.next(), in_the_way.next()) {
                    (Some(only), None) => {
                        let key = scene.items.at(only.slot)?.key;
                        matches!(key, ItemKey::Label(_) | ItemKey::EvolveLabel(_)).then_some((candidate, key))
                    }
                    _ => None,
                }
            })
            .collect();
        for (candidate, other) in blocked {
            let Some(other) = find(other).filter(|other| other.authored.is_none()) else { continue };
            let Some(there) = scene.items.get(other.key).map(|item| Item::clone(item)) else { continue };
            scene.put(other.key, None);
            scene.put(subject.key, Some(label_item(subject, &candidate, true)));
            let choice = self.choose(scene, other).filter(Choice::clear);
            match choice {
                Some(choice) => {
                    self.settle(scene, other, choice);
                    self.look_around(scene, subject, candidate.rect.inflate(LINED));
                    self.settle(scene, subject, Choice { candidate, cost: candidate.cost });
                    return true;
                }
                None => {
                    scene.put(subject.key, None);
                    scene.put(other.key, Some(there));
                }
            }
        }
        false
    }

    /// Gathers what lies in the area.
    fn look_around(&mut self, scene: &Scene, subject: &Subject, area: Rect<World>) {
        self.obstacles.clear();
        self.lines.clear();
        let (obstacles, lines) = (&mut self.obstacles, &mut self.lines);
        let own = Own::of(scene, subject.key);
        scene.items.each_solid(&area.inflate(NEAR), |slot, solid| {
            if Some(slot) == own.name {
                return;
            }
            let is_own = own.symbols.contains(&Some(slot));
            match solid {
                Solid::None => {}
                Solid::Box(rect, weight) => {
                    obstacles.push(Obstacle { rect: *rect, weight: *weight, slot, own: is_own })
                }
                Solid::Many => {
                    let Some(item) = scene.items.at(slot) else { return };
                    each_box(item, &mut |rect| obstacles.push(Obstacle { rect, weight: COVERING, slot, own: is_own }));
                    each_line(item, &mut |a, b| {
                        if crosses(&area, a, b) {
                            lines.push((a, b));
                        }
                    });
                }
            }
        });
        if self.all_lines {
            scene.items.each_line_near(&area, |item| {
                if lines.len() < LINES_LOOKED_AT {
                    lines.extend(segment_of(item).filter(|(a, b)| crosses(&area, *a, *b)));
                }
            });
            // A line that passes several cells comes several times.
            lines.sort_unstable_by(|p, q| {
                p.0.x
                    .total_cmp(&q.0.x)
                    .then(p.0.y.total_cmp(&q.0.y))
                    .then(p.1.x.total_cmp(&q.1.x))
                    .then(p.1.y.total_cmp(&q.1.y))
            });
            lines.dedup();
        } else {
            lines.extend(subject.partners.iter().map(|other| (subject.center, *other)));
        }
    }

    /// How much the place is disliked; something beyond `limit` when it is not less than that.
    fn cost(&self, subject: &Subject, candidate: &Candidate, limit: f64) -> f64 {
        let rect = &candidate.rect;
        let mut cost = candidate.cost;
        for obstacle in &self.obstacles {
            if cost >= limit {
                return cost;
            }
            if collide(&obstacle.rect, rect) {
                // The more is covered, the worse.
                let share =
                    obstacle.rect.overlap_area(rect) / (obstacle.rect.width() * obstacle.rect.height()).max(1.0);
                cost += obstacle.weight * (1.0 + share);
            } else if !obstacle.own && obstacle.weight >= COVERING && is_near(&obstacle.rect, rect) {
                cost += TOUCHING;
            }
        }
        // Away from the edges there are no such words.
        let inside = rect.min.x > 0.0 && rect.min.y > WORDS_WITHIN && rect.max.y < self.plane.max.y;
        if !inside && self.words.iter().any(|words| collide(words, rect)) {
            cost += COVERING;
        }
        if candidate.number == 0 {
            return cost;
        }
        let crossings = self.lines.iter().filter(|(a, b)| crosses(rect, *a, *b)).count();
        cost += (CROSSING * crossings as f64).min(MOST_CROSSING);
        if self.separators.iter().any(|x| *x > rect.min.x && *x < rect.max.x) {
            cost += ON_SEPARATOR;
        }
        let plane = &self.plane;
        if rect.min.x < plane.min.x || rect.max.x > plane.max.x + MARGIN_RIGHT || rect.min.y < plane.min.y - 14.0 {
            cost += OUTSIDE;
        }
        if rect.max.y > plane.max.y + 2.0 {
            // The names of the stages stand there.
            cost += COVERING;
        }
        if let Some((offset, ..)) = &subject.authored {
            cost += FROM_AUTHOR * (rect.min - (subject.center + *offset)).length();
        }
        cost
    }
}

/// Boxes of the texts that stand still around the plane.
pub(in crate::scene) fn words_of_frame(scene: &Scene) -> Vec<Rect<World>> {
    let texts = scene.items.get(ItemKey::Frame).into_iter().flat_map(|item| item.shapes.iter().filter_map(Shape::text));
    texts.map(TextShape::bounds).collect()
}

/// Whether two boxes that do not overlap are so near that they look like one.
fn is_near(a: &Rect<World>, b: &Rect<World>) -> bool {
    let aside = (a.min.x - b.max.x).max(b.min.x - a.max.x);
    let above = (a.min.y - b.max.y).max(b.min.y - a.max.y);
    aside < NEAR && above < NEAR / 3.0
}

/// The slots of what a name belongs to.
struct Own {
    /// The name itself.
    name: Option<u32>,
    /// Its symbol and the risk mark there.
    symbols: [Option<u32>; 2],
}

impl Own {
    fn of(scene: &Scene, name: ItemKey) -> Self {
        let slot = |key: ItemKey| scene.items.slot_of(key);
        let symbols = match name {
            ItemKey::Label(id) => [slot(ItemKey::Record(AnyRecordId::Component(id))), slot(ItemKey::RiskMark(id))],
            ItemKey::EvolveLabel(id) => [slot(ItemKey::EvolveArrow(id)), None],
            _ => [None, None],
        };
        Self { name: slot(name), symbols }
    }
}

/// Whether something that must not be covered lies at a place.
fn is_taken(scene: &Scene, own: &Own, place: &Rect<World>) -> bool {
    scene.items.any_solid(place, |slot, solid| {
        if Some(slot) == own.name {
            return false;
        }
        match solid {
            Solid::None => false,
            Solid::Box(rect, weight) => *weight >= COVERING && collide(rect, place),
            Solid::Many => {
                let mut taken = false;
                if let Some(item) = scene.items.at(slot) {
                    each_box(item, &mut |rect| taken |= collide(&rect, place));
                }
                taken
            }
        }
    })
}

/// Whether the segment passes through the box (Liang and Barsky's clipping).
pub(super) fn crosses(rect: &Rect<World>, a: Point<World>, b: Point<World>) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (step, inside) in
        [(-dx, a.x - rect.min.x), (dx, rect.max.x - a.x), (-dy, a.y - rect.min.y), (dy, rect.max.y - a.y)]
    {
        if step == 0.0 {
            if inside <= 0.0 {
                return false;
            }
        } else if step < 0.0 {
            from = from.max(inside / step);
        } else {
            to = to.min(inside / step);
        }
    }
    from < to
}
