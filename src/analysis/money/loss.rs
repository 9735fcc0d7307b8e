//! What one event costs.

use crate::analysis::money::{pert_mean, pert_shapes};
use crate::analysis::number::random::SplitMix64;
use crate::analysis::number::{exp, ln, normal};
use crate::model::LossLine;

/// A loss of one event, pounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Loss {
    /// Always the same.
    Fixed(f64),
    /// Lognormal, from a 90 % range.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// PERT, from the least, the likeliest and the most.
    Pert {
        /// Least.
        low: f64,
        /// Likeliest.
        likely: f64,
        /// Most.
        high: f64,
    },
}

impl Loss {
    /// Lognormal with 90 % of losses between `low` and `high`; `None` unless `0 < low <= high`.
    pub fn within(low: f64, high: f64) -> Option<Self> {
        if !(low > 0.0 && high >= low && high.is_finite()) {
            return None;
        }
        if low == high {
            return Some(Self::Fixed(low));
        }
        let (a, b) = (ln(low), ln(high));
        Some(Self::Lognormal { mu: (a + b) / 2.0, sigma: (b - a) / (2.0 * normal::NINETY_FIVE) })
    }

    /// PERT from three amounts; `None` unless `0 < low <= likely <= high`.
    pub fn pert(low: f64, likely: f64, high: f64) -> Option<Self> {
        if !(low > 0.0 && low <= likely && likely <= high && high.is_finite()) {
            return None;
        }
        Some(if low == high { Self::Fixed(low) } else { Self::Pert { low, likely, high } })
    }

    /// The loss of a line of the register; `None` when its amounts make no sense.
    pub fn of_line(line: &LossLine) -> Option<Self> {
        let pounds = |pence: i64| pence as f64 / 100.0;
        match line.likely {
            Some(likely) => Self::pert(pounds(line.low), pounds(likely), pounds(line.high)),
            None => Self::within(pounds(line.low), pounds(line.high)),
        }
    }

    /// Mean, pounds.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Fixed(amount) => amount,
            Self::Lognormal { mu, sigma } => exp(mu + sigma * sigma / 2.0),
            Self::Pert { low, likely, high } => pert_mean(low, likely, high),
        }
    }

    /// The amount that a share `p` of losses stays below; `None` for PERT, which has no closed form.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        match *self {
            Self::Fixed(amount) => Some(amount),
            Self::Lognormal { mu, sigma } => Some(exp(mu + sigma * normal::quantile(p))),
            Self::Pert { .. } => None,
        }
    }

    /// Chance that a loss is above `pounds`; `None` for PERT.
    pub fn chance_above(&self, pounds: f64) -> Option<f64> {
        match *self {
            Self::Fixed(amount) => Some(f64::from(u8::from(amount > pounds))),
            Self::Lognormal { .. } if pounds <= 0.0 => Some(1.0),
            // The upper tail directly: 1 - below(x) loses its digits where it is small.
            Self::Lognormal { mu, sigma } => Some(normal::below((mu - ln(pounds)) / sigma)),
            Self::Pert { .. } => None,
        }
    }

    /// One loss by chance.
    pub(crate) fn draw(&self, random: &mut SplitMix64) -> f64 {
        match *self {
            Self::Fixed(amount) => amount,
            Self::Lognormal { mu, sigma } => exp(mu + sigma * random.normal()),
            Self::Pert { low, likely, high } => {
                let (alpha, beta) = pert_shapes(low, likely, high);
                low + (high - low) * random.beta(alpha, beta)
            }
        }
    }
}
