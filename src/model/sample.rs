//! Made-up documents of any size, the same for the same seed: for tests, benches and the browser bench.
//!
//! Nothing here is shown to users; the samples they open are files in `src/app/samples`.

use std::rc::Rc;

use crate::geom::{Evolution, Size, Visibility};
use crate::id::Id;
use crate::known::Known;
use crate::model::{Component, ComponentKind, Document, Link, Settings, SystemFacts};

/// A small pseudo-random generator (SplitMix64) for made-up data.
#[derive(Debug, Clone)]
pub struct SampleRandom(u64);

impl SampleRandom {
    /// A generator with this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number in 0..1.
    pub fn next_share(&mut self) -> f64 {
        (self.next_bits() >> 11) as f64 / (1u64 << 53) as f64
    }
    /// A number in 0..`below` (0 when `below` is 0).
    pub fn next_below(&mut self, below: usize) -> usize {
        self.next_bits().checked_rem(below as u64).unwrap_or(0) as usize
    }
}

/// A layered estate of `n` components with about 1.6 links each and half of its LITRAF answers known.
/// Same `n` and `seed`, same document.
pub fn synthetic(n: usize, seed: u64) -> Document {
    let mut random = SampleRandom::new(seed ^ 0x5eed);
    let mut document = Document::new();
    let scale = (n as f64 / 60.0).sqrt().max(1.0);
    document.settings = Rc::new(Settings {
        title: format!("Synthetic estate of {n}"),
        size: Some(Size::new((1100.0 * scale).round(), (720.0 * scale).round())),
        ..Settings::default()
    });
    let words = ["Booking", "Archive", "Ward list", "Pathology", "Imaging", "Payroll", "Network", "Ledger"];
    for i in 0..n {
        let depth = i as f64 / n.max(1) as f64;
        let mut facts = SystemFacts::default();
        for level in &mut facts.likelihood {
            if random.next_share() < 0.5 {
                *level = Known::exactly(1 + random.next_below(6) as u8);
            }
        }
        for level in &mut facts.impact {
            if random.next_share() < 0.5 {
                *level = Known::exactly(1 + random.next_below(5) as u8);
            }
        }
        let word = words.get(random.next_below(words.len())).copied().unwrap_or("System");
        let component = Component {
            name: format!("{word} {i}"),
            kind: if i == 0 { ComponentKind::Anchor } else { ComponentKind::Component },
            evolution: Some(Evolution::clamped(0.03 + 0.94 * random.next_share())),
            visibility: Some(Visibility::clamped(0.97 - 0.92 * depth + 0.04 * (random.next_share() - 0.5))),
            facts: Some(Rc::new(facts)),
            ..Component::default()
        };
        document.components.insert(Id::numbered('c', i as u64 + 1), Rc::new(component));
    }
    let mut number = 0;
    for i in 1..n {
        let count = 1 + usize::from(random.next_share() < 0.6);
        for _ in 0..count {
            // Mostly near neighbours in the chain, sometimes anything above.
            let window = if random.next_share() < 0.8 { i.min(40) } else { i };
            let from = i - 1 - random.next_below(window);
            number += 1;
            let link = Link {
                strength: Known::exactly((random.next_share() * 100.0).round() / 100.0),
                ..Link::need(Id::numbered('c', from as u64 + 1), Id::numbered('c', i as u64 + 1))
            };
            document.links.insert(Id::numbered('l', number), Rc::new(link));
        }
    }
    document
}
