//! Random numbers from a stated seed: same seed, same numbers, on every machine.

use crate::analysis::number::{exp, ln, normal};

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitMix64(u64);

impl SplitMix64 {
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

    /// The next number in 0..1: the top 53 bits over 2^53.
    pub fn next_share(&mut self) -> f64 {
        (self.next_bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// True with this chance. A chance of 0 or 1 draws nothing.
    pub fn happens(&mut self, chance: f64) -> bool {
        chance >= 1.0 || (chance > 0.0 && self.next_share() < chance)
    }

    /// A standard normal number, by inversion: one draw each.
    pub fn normal(&mut self) -> f64 {
        normal::quantile(self.next_share().max(1e-17))
    }

    /// An exponential number of mean 1.
    pub fn exponential(&mut self) -> f64 {
        -ln(1.0 - self.next_share())
    }

    /// Weights that are not negative and sum to 1, every such vector as likely as any other.
    pub fn simplex<const N: usize>(&mut self) -> [f64; N] {
        let mut weights = [0.0; N];
        for weight in &mut weights {
            *weight = self.exponential();
        }
        let sum: f64 = weights.iter().sum();
        weights.map(|w| if sum > 0.0 { w / sum } else { 1.0 / N as f64 })
    }

    /// How often something happens that is expected `mean` times (Poisson, by multiplication; means are cut at
    /// 100,000 and split into parts below 30, where the product stays exact).
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let mut rest = if mean.is_nan() { 0.0 } else { mean.clamp(0.0, 100_000.0) };
        let mut count = 0;
        while rest > 0.0 {
            let part = rest.min(29.0);
            rest -= part;
            let limit = exp(-part);
            let mut product = self.next_share();
            while product > limit {
                count += 1;
                product *= self.next_share();
            }
        }
        count
    }

    /// A gamma number of this shape (at least 1) and scale 1 (Marsaglia and Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.next_share();
            if ln(u.max(1e-300)) < 0.5 * x * x + d - d * v + d * ln(v) {
                return d * v;
            }
        }
    }

    /// A beta number in 0..1 with these shapes, each at least 1.
    pub fn beta(&mut self, alpha: f64, beta: f64) -> f64 {
        let a = self.gamma(alpha.max(1.0));
        let b = self.gamma(beta.max(1.0));
        if a + b > 0.0 {
            a / (a + b)
        } else {
            0.5
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::number::random::*;

    #[test]
    fn w22_the_generators_vectors() {
        let mut random = SplitMix64::new(0);
        let bits = [random.next_bits(), random.next_bits(), random.next_bits()];
        assert_eq!(bits, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
        let mut random = SplitMix64::new(0);
        for expected in [0.883_310_808_214, 0.431_527_997_049, 0.026_433_771_593] {
            assert!((random.next_share() - expected).abs() < 5e-13);
        }
    }

    /// Mean and variance of many draws, each within four standard errors.
    fn check(draws: Vec<f64>, mean: f64, variance: f64, what: &str) {
        let n = draws.len() as f64;
        let got = draws.iter().sum::<f64>() / n;
        assert!((got - mean).abs() < 4.0 * (variance / n).sqrt(), "{what}: mean {got}, not {mean}");
        let spread = draws.iter().map(|x| (x - got) * (x - got)).sum::<f64>() / n;
        assert!((spread / variance - 1.0).abs() < 0.05, "{what}: variance {spread}, not {variance}");
    }

    #[test]
    fn distributions_have_their_mean_and_variance() {
        let mut random = SplitMix64::new(42);
        let mut draw = |f: &dyn Fn(&mut SplitMix64) -> f64| (0..50_000).map(|_| f(&mut random)).collect::<Vec<_>>();
        check(draw(&|r| r.normal()), 0.0, 1.0, "normal");
        check(draw(&|r| r.exponential()), 1.0, 1.0, "exponential");
        for mean in [0.02, 2.0, 29.5, 200.0] {
            check(draw(&|r| f64::from(r.poisson(mean))), mean, mean, "poisson");
        }
        // The document's W20 shapes.
        let (a, b) = (1.363_636, 4.636_364);
        check(draw(&|r| r.beta(a, b)), a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1.0)), "beta");
    }
}
