//! Who needs whom: the links of a document by component, with depth in the value chain and cycles.
//!
//! Structure only: strengths and facts are in `dependency` and `litraf`, so a changed fact leaves this untouched.
//! Hidden components and their links are left out. Components have dense numbers ("nodes") in the order of their
//! ids; inner loops run over those, never over maps. `petgraph` does not leave this file.

use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex, UnGraph};

use crate::analysis::index::IdIndex;
use crate::model::{ComponentId, Document, LinkId};

/// One end of a link, seen from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neighbor {
    /// The component at the other end.
    pub component: ComponentId,
    /// The link.
    pub link: LinkId,
    /// Dense number of the component.
    pub(crate) node: u32,
    /// Dense number of the link among those that count.
    pub(crate) edge: u32,
}

/// Lists of neighbours, one after the other.
#[derive(Debug, Clone, PartialEq, Default)]
struct Adjacency {
    /// First entry of each node, and one more.
    offsets: Vec<u32>,
    entries: Vec<Neighbor>,
}

impl Adjacency {
    fn of(&self, node: usize) -> &[Neighbor] {
        let range = self.offsets.get(node).zip(self.offsets.get(node + 1));
        range.and_then(|(start, end)| self.entries.get(*start as usize..*end as usize)).unwrap_or(&[])
    }
}

/// A link between two components that count.
#[derive(Debug, Clone, Copy)]
struct Edge {
    link: LinkId,
    from: u32,
    to: u32,
}

/// The dependency graph of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    ids: IdIndex,
    anchor: Vec<bool>,
    links: Vec<LinkId>,
    needs: Adjacency,
    needed_by: Adjacency,
    depth: Vec<u32>,
    isolated: Vec<bool>,
    cycles: Vec<Vec<ComponentId>>,
    order: Vec<u32>,
    circle_starts: Vec<u32>,
}

impl Graph {
    /// The graph of the components that are not hidden. O((n + m) log n).
    pub fn new(document: &Document) -> Self {
        let visible = document.components.iter().filter(|(_, c)| !c.hidden);
        let (ids, anchor): (Vec<ComponentId>, Vec<bool>) = visible.map(|(id, c)| (*id, c.is_anchor())).unzip();
        let ids = IdIndex::new(ids);
        let number = |id: ComponentId| ids.get(id).map(|node| node as u32);

        let mut edges = Vec::with_capacity(document.links.len());
        for (link, record) in &document.links {
            if let (Some(from), Some(to)) = (number(record.from), number(record.to)) {
                if from != to {
                    edges.push(Edge { link: *link, from, to });
                }
            }
        }
        // A variant stands at its pipeline's height, so for depth it hangs level with the parent.
        let mut level_with = Vec::new();
        if !document.pipelines.is_empty() {
            for (id, component) in document.components.iter().filter(|(_, c)| c.pipeline.is_some()) {
                let parent = component.pipeline.and_then(|p| document.pipelines.get(&p)).and_then(|p| number(p.parent));
                if let (Some(parent), Some(variant)) = (parent, number(*id)) {
                    if parent != variant {
                        level_with.push((parent, variant));
                    }
                }
            }
        }

        let n = ids.ids().len();
        let needs = adjacency(ids.ids(), &edges, |e| (e.from, e.to));
        let needed_by = adjacency(ids.ids(), &edges, |e| (e.to, e.from));
        let components = strong_components(n, edges.iter().map(|e| (e.from, e.to)));
        let mut cycles: Vec<Vec<ComponentId>> = components
            .iter()
            .filter(|c| c.len() > 1)
            .map(|c| c.iter().filter_map(|node| ids.ids().get(*node as usize).copied()).collect())
            .collect();
        cycles.sort_unstable();

        let mut isolated: Vec<bool> =
            (0..n).map(|node| needs.of(node).is_empty() && needed_by.of(node).is_empty()).collect();
        for (parent, variant) in &level_with {
            for node in [parent, variant] {
                if let Some(flag) = isolated.get_mut(*node as usize) {
                    *flag = false;
                }
            }
        }
        let depth = if level_with.is_empty() {
            depths(n, &anchor, &components, &needs, &[])
        } else {
            let pairs = edges.iter().map(|e| (e.from, e.to)).chain(level_with.iter().copied());
            let joined = strong_components(n, pairs);
            depths(n, &anchor, &joined, &needs, &level_with)
        };
        let links = edges.iter().map(|e| e.link).collect();
        let mut circle_starts = Vec::with_capacity(components.len() + 1);
        let mut order = Vec::with_capacity(n);
        for component in &components {
            circle_starts.push(order.len() as u32);
            order.extend(component);
        }
        circle_starts.push(order.len() as u32);
        Self { ids, anchor, links, needs, needed_by, depth, isolated, cycles, order, circle_starts }
    }

    /// Number of components that count.
    pub fn len(&self) -> usize {
        self.ids.ids().len()
    }

    /// Whether no component counts.
    pub fn is_empty(&self) -> bool {
        self.ids.ids().is_empty()
    }

    /// All components that count, in the order of their ids.
    pub fn components(&self) -> &[ComponentId] {
        self.ids.ids()
    }

    /// What the component needs, in the order of the links. Two links to the same component give two entries.
    pub fn needs(&self, id: ComponentId) -> &[Neighbor] {
        self.node(id).map_or(&[], |node| self.needs.of(node))
    }

    /// Who needs the component, in the order of the links.
    pub fn needed_by(&self, id: ComponentId) -> &[Neighbor] {
        self.node(id).map_or(&[], |node| self.needed_by.of(node))
    }

    /// Steps below the start of the value chain along the longest chain; 0 for anchors and, on a map without
    /// anchors, for what nobody needs. Components of a cycle share a depth, and a variant has its pipeline's.
    pub fn depth(&self, id: ComponentId) -> Option<u32> {
        self.node(id).and_then(|node| self.depth.get(node).copied())
    }

    /// Whether nothing links the component to another, not even a pipeline.
    pub fn is_isolated(&self, id: ComponentId) -> bool {
        self.node(id).is_some_and(|node| self.node_is_isolated(node))
    }

    /// Sets of components that need one another in a circle, each in the order of ids.
    pub fn cycles(&self) -> &[Vec<ComponentId>] {
        &self.cycles
    }

    /// The circle the component is part of.
    pub fn cycle_of(&self, id: ComponentId) -> Option<&[ComponentId]> {
        self.cycles.iter().find(|cycle| cycle.binary_search(&id).is_ok()).map(Vec::as_slice)
    }

    /// The shortest way round a circle: from its first component along needs back to it, both ends included.
    pub fn a_way_round(&self, circle: &[ComponentId]) -> Vec<ComponentId> {
        let Some(start) = circle.first().and_then(|id| self.node(*id)) else { return Vec::new() };
        // Breadth first, each node with the one it was come to from.
        let mut found: Vec<(usize, usize)> = vec![(start, 0)];
        let mut seen = vec![false; self.len()];
        let mut at = 0;
        while let Some((node, _)) = found.get(at).copied() {
            for need in self.node_needs(node) {
                let next = need.node as usize;
                if next == start {
                    let mut way = vec![start];
                    let mut back = at;
                    while let Some((node, before)) = found.get(back).copied().filter(|_| back > 0) {
                        way.push(node);
                        back = before;
                    }
                    way.push(start);
                    way.reverse();
                    return way.into_iter().filter_map(|node| self.id(node)).collect();
                }
                if seen.get(next) == Some(&false) && self.id(next).is_some_and(|id| circle.binary_search(&id).is_ok()) {
                    if let Some(flag) = seen.get_mut(next) {
                        *flag = true;
                    }
                    found.push((next, at));
                }
            }
            at += 1;
        }
        circle.to_vec()
    }

    /// Components whose loss would tear the map apart, directions and backups aside, in the order of ids. For drawing
    /// only: what stops is for the directed questions in `dependency`.
    pub fn cut_points(&self) -> Vec<ComponentId> {
        let mut graph = UnGraph::<(), (), u32>::with_capacity(self.len(), self.links.len());
        for _ in 0..self.len() {
            graph.add_node(());
        }
        for node in 0..self.len() {
            for need in self.needs.of(node) {
                graph.add_edge(NodeIndex::new(node), NodeIndex::new(need.node as usize), ());
            }
        }
        let mut points: Vec<ComponentId> =
            articulation_points(&graph).into_iter().filter_map(|node| self.id(node.index())).collect();
        // They come out of a hash set.
        points.sort_unstable();
        points
    }

    /// Components that people come for: those an anchor needs, and those nobody needs but that need something.
    /// Anchors themselves are people or needs, not services.
    pub fn is_service(&self, id: ComponentId) -> bool {
        self.node(id).is_some_and(|node| self.node_is_service(node))
    }

    /// All services, in the order of ids.
    pub fn services(&self) -> Vec<ComponentId> {
        (0..self.len()).filter(|node| self.node_is_service(*node)).filter_map(|node| self.id(node)).collect()
    }

    pub(crate) fn node_is_service(&self, node: usize) -> bool {
        if self.node_is_anchor(node) {
            return false;
        }
        let above = self.needed_by.of(node);
        above.iter().any(|n| self.node_is_anchor(n.node as usize))
            || (above.is_empty() && !self.needs.of(node).is_empty())
    }

    /// Dense number of a component.
    pub(crate) fn node(&self, id: ComponentId) -> Option<usize> {
        self.ids.get(id)
    }

    pub(crate) fn id(&self, node: usize) -> Option<ComponentId> {
        self.ids.ids().get(node).copied()
    }

    pub(crate) fn node_needs(&self, node: usize) -> &[Neighbor] {
        self.needs.of(node)
    }

    pub(crate) fn node_needed_by(&self, node: usize) -> &[Neighbor] {
        self.needed_by.of(node)
    }

    pub(crate) fn node_depth(&self, node: usize) -> u32 {
        self.depth.get(node).copied().unwrap_or(0)
    }

    pub(crate) fn node_is_anchor(&self, node: usize) -> bool {
        self.anchor.get(node).copied().unwrap_or(false)
    }

    pub(crate) fn node_is_isolated(&self, node: usize) -> bool {
        self.isolated.get(node).copied().unwrap_or(true)
    }

    /// All nodes in sets that need one another in a circle (mostly single ones), whoever needs before what is needed.
    pub(crate) fn circles(&self) -> impl Iterator<Item = &[u32]> {
        let ends = self.circle_starts.iter().skip(1);
        self.circle_starts.iter().zip(ends).filter_map(|(a, b)| self.order.get(*a as usize..*b as usize))
    }

    /// Links that count, in the order of their dense numbers.
    pub(crate) fn links(&self) -> &[LinkId] {
        &self.links
    }
}

/// Neighbours by node, by counting; keeps the order of the edges within a node.
fn adjacency(ids: &[ComponentId], edges: &[Edge], ends: impl Fn(&Edge) -> (u32, u32)) -> Adjacency {
    let mut offsets = vec![0u32; ids.len() + 1];
    for edge in edges {
        if let Some(count) = offsets.get_mut(ends(edge).0 as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    let mut next = offsets.clone();
    let blank = Neighbor { component: ComponentId::default(), link: LinkId::default(), node: 0, edge: 0 };
    let mut entries = vec![blank; edges.len()];
    for (number, edge) in (0u32..).zip(edges) {
        let (own, other) = ends(edge);
        let Some(position) = next.get_mut(own as usize) else { continue };
        let slot = entries.get_mut(*position as usize);
        if let (Some(slot), Some(component)) = (slot, ids.get(other as usize)) {
            *slot = Neighbor { component: *component, link: edge.link, node: other, edge: number };
        }
        *position += 1;
    }
    Adjacency { offsets, entries }
}

/// Strongly connected components in topological order (what needs comes before what is needed), each sorted.
fn strong_components(n: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let mut graph = DiGraph::<(), (), u32>::with_capacity(n, pairs.size_hint().0);
    for _ in 0..n {
        graph.add_node(());
    }
    for (from, to) in pairs {
        graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), ());
    }
    // Kosaraju's is iterative: Tarjan's in this crate recurses and would overflow on a chain of 50,000.
    let mut components: Vec<Vec<u32>> = kosaraju_scc(&graph)
        .into_iter()
        .map(|component| {
            let mut nodes: Vec<u32> = component.into_iter().map(|i| i.index() as u32).collect();
            nodes.sort_unstable();
            nodes
        })
        .collect();
    components.reverse();
    components
}

/// Longest distance from the start of the value chain; `level_with` pairs share a depth where they can.
fn depths(
    n: usize,
    anchor: &[bool],
    components: &[Vec<u32>],
    needs: &Adjacency,
    level_with: &[(u32, u32)],
) -> Vec<u32> {
    // Where there are users, what nobody is known to need still stands below them.
    let start = u32::from(anchor.contains(&true));
    let mut depth: Vec<u32> = (0..n).map(|node| if anchor.get(node) == Some(&true) { 0 } else { start }).collect();
    let mut component_of = vec![0u32; n];
    for (number, component) in (0u32..).zip(components) {
        for node in component {
            if let Some(slot) = component_of.get_mut(*node as usize) {
                *slot = number;
            }
        }
    }
    let mut variants = level_with.to_vec();
    variants.sort_unstable();
    for component in components {
        let own = component.iter().filter_map(|node| depth.get(*node as usize)).max().copied().unwrap_or(start);
        for node in component {
            let node = *node as usize;
            if let Some(slot) = depth.get_mut(node) {
                *slot = own;
            }
            let mut lower = |other: u32, to: u32| {
                if component_of.get(node) != component_of.get(other as usize) {
                    if let Some(slot) = depth.get_mut(other as usize) {
                        *slot = (*slot).max(to);
                    }
                }
            };
            for neighbor in needs.of(node) {
                lower(neighbor.node, own + 1);
            }
            let first = variants.partition_point(|(parent, _)| (*parent as usize) < node);
            for (_, variant) in variants.iter().skip(first).take_while(|(parent, _)| *parent as usize == node) {
                lower(*variant, own);
            }
        }
    }
    depth
}
