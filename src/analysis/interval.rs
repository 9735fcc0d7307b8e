//! A number that is only partly known: the smallest, the planned and the largest value it may have.
//!
//! Knows nothing of risk.

/// `low <= plan <= high`, all finite.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Interval {
    /// Every unknown taken at its mildest.
    pub low: f64,
    /// The value to plan with.
    pub plan: f64,
    /// Every unknown taken at its worst.
    pub high: f64,
}

impl Interval {
    /// The interval with these three values, put in order; NaN becomes 0.
    pub fn new(low: f64, plan: f64, high: f64) -> Self {
        let clean = |v: f64| if v.is_nan() { 0.0 } else { v };
        let (low, plan, high) = (clean(low), clean(plan), clean(high));
        let (low, high) = (low.min(high), low.max(high));
        Self { low, plan: plan.clamp(low, high), high }
    }

    /// A number known exactly.
    pub const fn exactly(value: f64) -> Self {
        Self { low: value, plan: value, high: value }
    }

    /// Distance from low to high; 0 when everything is known.
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether nothing is left open.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// The same function, which must not fall, applied to all three.
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { low: f(self.low), plan: f(self.plan), high: f(self.high) }
    }
}
