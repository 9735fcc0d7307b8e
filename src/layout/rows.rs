//! From links to rows: parts that are not linked with each other, circles opened, a row for each box.

use crate::layout::{row_at, Course, Diagram, Route, BOX_HEIGHT, LINE_PITCH, PITCH, ROW, SHAPE};
use crate::order;

/// Fewest boxes that a row is split from.
const LEAST_WIDTH: usize = 4;

/// A box or a line passing through a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    /// Number of its row in the part, from 0.
    pub(super) row: u32,
    /// The box (number in the part), `None` for a line.
    pub(super) node: Option<u32>,
    /// Of a line: number of its first item.
    pub(super) line: Option<u32>,
    /// x of the centre.
    pub(super) x: f64,
    /// Its x is decided.
    pub(super) fixed: bool,
}

impl Item {
    /// Half of the room it takes in its row.
    pub(super) fn half(&self) -> f64 {
        if self.node.is_some() {
            PITCH / 2.0
        } else {
            LINE_PITCH / 2.0
        }
    }
}

/// Lines through the rows between two boxes: the first item and the row it is in; one item a row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Trunk {
    pub(super) first: u32,
    pub(super) row: u32,
    pub(super) count: u32,
}

/// The first row of a line and the one behind its last.
pub(super) type Stretch = (i32, i32);

impl Trunk {
    /// The item in a row.
    pub(super) fn item(&self, row: u32) -> Option<u32> {
        (row >= self.row && row - self.row < self.count).then(|| self.first + row - self.row)
    }
}

/// What is worked out on the way to rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    below: Neighbors,
    above: Neighbors,
    /// Whoever needs before what is needed.
    sequence: Vec<u32>,
    /// Boxes by layer.
    members: Vec<Vec<u32>>,
    /// The width tried last, boxes; 0 before the first.
    width: usize,
    /// The page of the best rows so far.
    least: f64,
    /// Row of each box.
    pub(super) rows: Vec<i32>,
}

/// Boxes that are linked with each other (or pinned: those are laid out together, because their places are absolute).
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// Numbers of the boxes in the diagram.
    pub(super) nodes: Vec<u32>,
    /// Links that lead from one box to another: number in the diagram, ends by number in the part.
    pub(super) links: Vec<(u32, u32, u32)>,
    /// Places are absolute.
    pub(super) pinned: bool,
    /// How each link runs.
    pub(super) courses: Vec<Course>,
    /// Row of the first list in `rows`.
    pub(super) first_row: i32,
    /// Items; those of the boxes come first, in their order.
    pub(super) items: Vec<Item>,
    /// Items by row from left to right.
    pub(super) rows: Vec<Vec<u32>>,
    /// Pairs of items in neighbouring rows that a line joins, upper first, and how many links run there.
    pub(super) segments: Vec<(u32, u32, u32)>,
    /// Neighbours above and below by item.
    pub(super) above: Neighbors,
    pub(super) below: Neighbors,
    /// The shared line to each box, and the one from each box.
    pub(super) trunks: Vec<Trunk>,
    pub(super) fans: Vec<Trunk>,
    /// Which of the two each long link uses: that from the box that needs.
    pub(super) fanned: Vec<bool>,
    /// Lines of links that close a circle, by link.
    pub(super) returns: Vec<Trunk>,
    /// The way to rows.
    pub(super) plan: Plan,
    /// The best order so far and its crossings.
    pub(super) best: Option<(u64, Vec<Vec<u32>>)>,
    /// Place of each item in its row, while rows are ordered.
    pub(super) positions: Vec<u32>,
    /// Crossings counted so far, or exchanges made in this round.
    pub(super) counted: u64,
    /// Where each long line would be upright, by the number of its first item.
    pub(super) middles: Vec<f64>,
    /// How far beside the middle of its box each link leaves, and the routes so far.
    pub(super) ports: Vec<f64>,
    pub(super) routes: Vec<Route>,
}

/// Lists of neighbours with weights, one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Neighbors {
    offsets: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

impl Neighbors {
    /// Of `count` things; pairs are owner, other, weight.
    pub(super) fn new(count: usize, pairs: &[(u32, u32, u32)], flipped: bool) -> Self {
        let ends = |pair: &(u32, u32, u32)| if flipped { (pair.1, pair.0) } else { (pair.0, pair.1) };
        let mut offsets = vec![0u32; count + 1];
        for pair in pairs {
            if let Some(slot) = offsets.get_mut(ends(pair).0 as usize + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut entries = vec![(0, 0); pairs.len()];
        for pair in pairs {
            let (own, other) = ends(pair);
            let Some(at) = next.get_mut(own as usize) else { continue };
            if let Some(entry) = entries.get_mut(*at as usize) {
                *entry = (other, pair.2);
            }
            *at += 1;
        }
        Self { offsets, entries }
    }

    pub(super) fn of(&self, item: u32) -> &[(u32, u32)] {
        let range = self.offsets.get(item as usize).zip(self.offsets.get(item as usize + 1));
        range.and_then(|(a, b)| self.entries.get(*a as usize..*b as usize)).unwrap_or(&[])
    }
}

/// The parts of a diagram that have links or pins, the largest first. Boxes that no link touches are in none.
pub(super) fn parts(diagram: &Diagram) -> Vec<Part> {
    let count = diagram.nodes.len();
    let mut leader: Vec<u32> = (0..count as u32).collect();
    let mut linked = vec![false; count];
    let real = |(from, to): &(u32, u32)| from != to && (*from as usize) < count && (*to as usize) < count;
    let mut pinned: Option<u32> = None;
    for (number, node) in (0u32..).zip(&diagram.nodes) {
        if node.pin.is_some() {
            if let Some(flag) = linked.get_mut(number as usize) {
                *flag = true;
            }
            match pinned {
                Some(first) => join(&mut leader, first, number),
                None => pinned = Some(number),
            }
        }
    }
    for (from, to) in diagram.links.iter().filter(|link| real(link)) {
        for end in [from, to] {
            if let Some(flag) = linked.get_mut(*end as usize) {
                *flag = true;
            }
        }
        join(&mut leader, *from, *to);
    }
    let mut place = vec![u32::MAX; count];
    let mut own = vec![0u32; count];
    let mut parts: Vec<Part> = Vec::new();
    for number in 0..count as u32 {
        if linked.get(number as usize) != Some(&true) {
            continue;
        }
        let root = find(&mut leader, number) as usize;
        let Some(slot) = place.get_mut(root) else { continue };
        if *slot == u32::MAX {
            *slot = parts.len() as u32;
            parts.push(Part::default());
        }
        if let (Some(part), Some(own)) = (parts.get_mut(*slot as usize), own.get_mut(number as usize)) {
            *own = part.nodes.len() as u32;
            part.nodes.push(number);
            part.pinned |= diagram.nodes.get(number as usize).is_some_and(|node| node.pin.is_some());
        }
    }
    for (number, link) in (0u32..).zip(&diagram.links).filter(|(_, link)| real(link)) {
        let root = find(&mut leader, link.0) as usize;
        let part = place.get(root).and_then(|slot| parts.get_mut(*slot as usize));
        if let (Some(part), Some(from), Some(to)) = (part, own.get(link.0 as usize), own.get(link.1 as usize)) {
            part.links.push((number, *from, *to));
        }
    }
    order::sort_by(&mut parts, |a, b| b.pinned.cmp(&a.pinned).then(b.nodes.len().cmp(&a.nodes.len())));
    parts
}

fn find(leader: &mut [u32], mut number: u32) -> u32 {
    loop {
        let up = leader.get(number as usize).copied().unwrap_or(number);
        if up == number {
            return number;
        }
        let above = leader.get(up as usize).copied().unwrap_or(up);
        if let Some(slot) = leader.get_mut(number as usize) {
            *slot = above;
        }
        number = up;
    }
}

fn join(leader: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(leader, a), find(leader, b));
    if let Some(slot) = leader.get_mut(a.max(b) as usize) {
        *slot = a.min(b);
    }
}

impl Part {
    /// Opens circles and tells how far down each box stands.
    pub(super) fn make_chains(&mut self, diagram: &Diagram) {
        let count = self.nodes.len();
        self.courses = self.open_circles(diagram);
        // Downwards pairs: the upper end first, whoever needs whom.
        let pairs: Vec<(u32, u32, u32)> = self
            .links
            .iter()
            .zip(&self.courses)
            .map(|((_, from, to), course)| if *course == Course::Circle { (*to, *from, 1) } else { (*from, *to, 1) })
            .collect();
        let below = Neighbors::new(count, &pairs, false);
        let above = Neighbors::new(count, &pairs, true);
        let sequence = topological(count, &below, &above);
        let layers = self.layers(diagram, &sequence, &below, &above);
        self.plan = Plan { members: members(&layers, &below, &above), below, above, sequence, ..Plan::default() };
    }

    pub(super) fn node<'a>(&self, diagram: &'a Diagram, own: u32) -> Option<&'a crate::layout::DiagramNode> {
        self.nodes.get(own as usize).and_then(|number| diagram.nodes.get(*number as usize))
    }

    /// Walks along the needs from the users; a link to a box that is still being walked closes a circle.
    fn open_circles(&self, diagram: &Diagram) -> Vec<Course> {
        let count = self.nodes.len();
        let out: Vec<(u32, u32, u32)> =
            (0u32..).zip(&self.links).map(|(number, (_, from, to))| (*from, *to, number)).collect();
        let needs = Neighbors::new(count, &out, false);
        let mut courses = vec![Course::Down; self.links.len()];
        let mut needed = vec![false; count];
        for (_, _, to) in &self.links {
            if let Some(flag) = needed.get_mut(*to as usize) {
                *flag = true;
            }
        }
        // Users first, then what nobody needs, then the rest: a circle is opened where one comes into it.
        let mut starts: Vec<u32> = (0..count as u32).collect();
        order::sort_by_key(&mut starts, |own| {
            (!self.node(diagram, *own).is_some_and(|node| node.top), needed.get(*own as usize) == Some(&true))
        });
        let mut state = vec![0u8; count];
        let mut open: Vec<(u32, usize)> = Vec::new();
        for start in starts {
            if state.get(start as usize) != Some(&0) {
                continue;
            }
            open.push((start, 0));
            mark(&mut state, start, 1);
            while let Some((own, next)) = open.last_mut() {
                let Some((to, link)) = needs.of(*own).get(*next).copied() else {
                    mark(&mut state, *own, 2);
                    open.pop();
                    continue;
                };
                *next += 1;
                match state.get(to as usize) {
                    Some(0) => {
                        mark(&mut state, to, 1);
                        open.push((to, 0));
                    }
                    Some(1) => {
                        if let Some(course) = courses.get_mut(link as usize) {
                            *course = Course::Circle;
                        }
                    }
                    _ => {}
                }
            }
        }
        courses
    }

    /// Longest chains from the top, then those whose weight hangs below let down to what they need.
    fn layers(&self, diagram: &Diagram, sequence: &[u32], below: &Neighbors, above: &Neighbors) -> Vec<i32> {
        let mut layer = vec![0i32; self.nodes.len()];
        for own in sequence {
            let lowest = above.of(*own).iter().filter_map(|(up, _)| layer.get(*up as usize)).max().copied();
            mark(&mut layer, *own, lowest.map_or(0, |row| row + 1));
        }
        for own in sequence.iter().rev() {
            let top = self.node(diagram, *own).is_some_and(|node| node.top);
            if top || below.of(*own).len() <= above.of(*own).len() {
                continue;
            }
            if let Some(row) = below.of(*own).iter().filter_map(|(down, _)| layer.get(*down as usize)).min() {
                let row = row - 1;
                mark(&mut layer, *own, row);
            }
        }
        layer
    }

    /// Splits rows that are too wide for a picture of a page's shape: the width that gives the largest scale counts. Tries
    /// one width each time; whether there is another.
    pub(super) fn try_width(&mut self) -> bool {
        let widest = self.plan.members.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let width = match self.plan.width {
            0 => widest,
            before => (before * 4 / 5).clamp(LEAST_WIDTH, before - 1),
        };
        let first = self.plan.width == 0;
        self.plan.width = width;
        let (rows, count) = self.plan.rows_of(width, self.nodes.len());
        let page = self.page(&rows, count);
        // A little better is not worth a picture that looks different after a small edit.
        if first || page < self.plan.least * 0.97 {
            (self.plan.least, self.plan.rows) = (page, rows);
        }
        width > LEAST_WIDTH
    }

    /// The rows of the width that was best, with pinned boxes where they are.
    pub(super) fn take_rows(&mut self, diagram: &Diagram) {
        let plan = std::mem::take(&mut self.plan);
        self.plan.rows = self.with_pins(diagram, plan.rows, &plan.sequence, &plan.below, &plan.above);
    }

    /// Height of the page of the wanted shape that holds these rows.
    fn page(&self, rows: &[i32], count: usize) -> f64 {
        let mut room = vec![0.0f64; count];
        for row in rows {
            if let Some(room) = room.get_mut((*row).max(0) as usize) {
                *room += PITCH;
            }
        }
        let mut lines = vec![0i64; count + 1];
        let (trunks, fans, _) = self.stretches(rows);
        for (from, to) in trunks.into_iter().chain(fans).filter(|(from, to)| from < to) {
            for (row, change) in [(from, 1), (to, -1)] {
                if let Some(slot) = lines.get_mut(row.max(0) as usize) {
                    *slot += change;
                }
            }
        }
        let mut passing = 0;
        let mut width = 0.0f64;
        for (room, change) in room.iter().zip(&lines) {
            passing += change;
            width = width.max(room + passing as f64 * LINE_PITCH);
        }
        (width / SHAPE).max(count as f64 * ROW - (ROW - BOX_HEIGHT))
    }

    /// Rows (first, and the one behind the last) through which the shared lines to and from each box run, and for each
    /// link whether it uses the one from the box that needs: the one that more long links can share.
    pub(super) fn stretches(&self, rows: &[i32]) -> (Vec<Stretch>, Vec<Stretch>, Vec<bool>) {
        let count = self.nodes.len();
        let ends = |from: u32, to: u32| {
            let (a, b) = (rows.get(from as usize).copied()?, rows.get(to as usize).copied()?);
            (a + 1 < b).then_some((a + 1, b))
        };
        let (mut leaving, mut arriving) = (vec![0u32; count], vec![0u32; count]);
        let long = || self.links.iter().zip(&self.courses).filter(|(_, course)| **course == Course::Down);
        for ((_, from, to), _) in long().filter(|((_, from, to), _)| ends(*from, *to).is_some()) {
            for (list, own) in [(&mut leaving, from), (&mut arriving, to)] {
                if let Some(slot) = list.get_mut(*own as usize) {
                    *slot += 1;
                }
            }
        }
        let nowhere = (i32::MAX, i32::MIN);
        let (mut trunks, mut fans) = (vec![nowhere; count], vec![nowhere; count]);
        let mut fanned = vec![false; self.links.len()];
        for (link, ((_, from, to), course)) in self.links.iter().zip(&self.courses).enumerate() {
            let Some((first, end)) = ends(*from, *to).filter(|_| *course == Course::Down) else { continue };
            let fan = leaving.get(*from as usize) > arriving.get(*to as usize);
            let slot = if fan { fans.get_mut(*from as usize) } else { trunks.get_mut(*to as usize) };
            if let (Some(slot), Some(flag)) = (slot, fanned.get_mut(link)) {
                *slot = (slot.0.min(first), slot.1.max(end));
                *flag = fan;
            }
        }
        (trunks, fans, fanned)
    }

    /// Pinned boxes have their row; the others keep theirs as far as that leaves them between who needs them and what
    /// they need.
    fn with_pins(
        &mut self,
        diagram: &Diagram,
        wanted: Vec<i32>,
        sequence: &[u32],
        below: &Neighbors,
        above: &Neighbors,
    ) -> Vec<i32> {
        if !self.pinned {
            return wanted;
        }
        let pin = |own: u32| self.node(diagram, own).and_then(|node| node.pin).map(|at| row_at(at.y));
        let mut most = vec![i32::MAX; wanted.len()];
        for own in sequence.iter().rev() {
            let limit = below.of(*own).iter().filter_map(|(down, _)| most.get(*down as usize)).min().copied();
            let limit = limit.filter(|row| *row != i32::MAX).map_or(i32::MAX, |row| row.saturating_sub(1));
            mark(&mut most, *own, pin(*own).unwrap_or(limit));
        }
        let mut rows = wanted;
        for own in sequence {
            let least = above.of(*own).iter().filter_map(|(up, _)| rows.get(*up as usize)).max().copied();
            let own_wish = rows.get(*own as usize).copied().unwrap_or(0);
            let limit = most.get(*own as usize).copied().unwrap_or(i32::MAX);
            let row = own_wish.min(limit).max(least.map_or(i32::MIN, |row| row.saturating_add(1)));
            mark(&mut rows, *own, pin(*own).unwrap_or(row));
        }
        for ((_, from, to), course) in self.links.iter().zip(&mut self.courses) {
            let (a, b) = (rows.get(*from as usize).copied(), rows.get(*to as usize).copied());
            let up = a >= b;
            *course = match *course {
                // A circle that a hand has opened elsewhere.
                Course::Circle if !up => Course::Down,
                Course::Down if up => Course::ByHand,
                Course::Circle if a == b => Course::ByHand,
                course => course,
            };
        }
        rows
    }
}

impl Plan {
    /// Rows of the boxes when none is wider than this, and how many rows that makes.
    fn rows_of(&self, width: usize, count: usize) -> (Vec<i32>, usize) {
        let mut rows = vec![0i32; count];
        let mut row = 0;
        for list in &self.members {
            let pieces = list.len().div_ceil(width).max(1);
            let size = list.len().div_ceil(pieces).max(1);
            for piece in list.chunks(size) {
                for own in piece {
                    mark(&mut rows, *own, row);
                }
                row += 1;
            }
        }
        (rows, row.max(1) as usize)
    }
}

/// The boxes of each layer: what is needed from above first, what needs much below last.
fn members(layers: &[i32], below: &Neighbors, above: &Neighbors) -> Vec<Vec<u32>> {
    let last = layers.iter().max().copied().unwrap_or(0).max(0) as usize;
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); last + 1];
    for (own, layer) in (0u32..).zip(layers) {
        if let Some(list) = members.get_mut((*layer).max(0) as usize) {
            list.push(own);
        }
    }
    for list in &mut members {
        order::sort_by_key(list, |own| below.of(*own).len() as i64 - above.of(*own).len() as i64);
    }
    members
}

/// Whoever needs before what is needed; there are no circles any more.
fn topological(count: usize, below: &Neighbors, above: &Neighbors) -> Vec<u32> {
    let mut waits: Vec<u32> = (0..count as u32).map(|own| above.of(own).len() as u32).collect();
    let mut sequence: Vec<u32> = (0..count as u32).filter(|own| above.of(*own).is_empty()).collect();
    let mut at = 0;
    while let Some(own) = sequence.get(at).copied() {
        at += 1;
        for (down, _) in below.of(own) {
            if let Some(left) = waits.get_mut(*down as usize) {
                *left -= 1;
                if *left == 0 {
                    sequence.push(*down);
                }
            }
        }
    }
    sequence
}

/// `list[at] = value`, where there is such a place.
pub(super) fn mark<T>(list: &mut [T], at: u32, value: T) {
    if let Some(slot) = list.get_mut(at as usize) {
        *slot = value;
    }
}
