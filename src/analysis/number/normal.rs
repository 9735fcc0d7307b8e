//! The normal distribution.

#![allow(clippy::excessive_precision, reason = "coefficients stay as they were published")]

use crate::analysis::number::{exp, ln};

/// Where 95 % of the standard normal distribution lie below: half the width of a 90 % range.
pub const NINETY_FIVE: f64 = 1.644_853_626_951_472_2;

const INVERSE_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;

/// Density of the standard normal distribution.
fn density(x: f64) -> f64 {
    INVERSE_ROOT_TWO_PI * exp(-0.5 * x * x)
}

/// Share of the standard normal distribution below `x`, to about 1e-15 near the middle.
///
/// Series of Marsaglia (2004) up to 6, Laplace's continued fraction in the tails, so that small tails keep their
/// relative accuracy.
pub fn below(x: f64) -> f64 {
    if x.is_nan() {
        return 0.5;
    }
    if x.abs() > 6.0 {
        let tail = upper_tail(x.abs());
        return if x > 0.0 { 1.0 - tail } else { tail };
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    // Terms shrink from the 19th on at the latest; 200 is far behind the last that counts.
    for _ in 0..200 {
        odd += 2.0;
        term *= x * x / odd;
        let next = sum + term;
        if next == sum {
            break;
        }
        sum = next;
    }
    (0.5 + sum * density(x)).clamp(0.0, 1.0)
}

/// Share above `x`, for `x` of at least 6.
fn upper_tail(x: f64) -> f64 {
    if x > 38.0 {
        return 0.0;
    }
    let mut fraction = x;
    for k in (1..=60).rev() {
        fraction = x + f64::from(k) / fraction;
    }
    density(x) / fraction
}

/// The value below which a share `p` of the standard normal distribution lies (Wichura's algorithm AS 241, 1988,
/// relative accuracy about 1e-16). `p` is kept within 1e-300 ..= 1 - 1e-16.
pub fn quantile(p: f64) -> f64 {
    let p = if p.is_nan() { 0.5 } else { p.clamp(1e-300, 1.0 - 1.2e-16) };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-ln(tail)).sqrt();
    let value = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 {
        -value
    } else {
        value
    }
}

/// Numerator and denominator, constant term first.
type Ratio = ([f64; 8], [f64; 8]);

fn ratio((above, under): &Ratio, r: f64) -> f64 {
    let polynomial = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * r + term);
    polynomial(above) / polynomial(under)
}

static CENTRE: Ratio = (
    [
        3.387_132_872_796_366_608,
        133.141_667_891_784_377_45,
        1_971.590_950_306_551_442_7,
        13_731.693_765_509_461_125,
        45_921.953_931_549_871_457,
        67_265.770_927_008_700_853,
        33_430.575_583_588_128_105,
        2_509.080_928_730_122_672_7,
    ],
    [
        1.0,
        42.313_330_701_600_911_252,
        687.187_007_492_057_908_3,
        5_394.196_021_424_751_107_7,
        21_213.794_301_586_595_867,
        39_307.895_800_092_710_61,
        28_729.085_735_721_942_674,
        5_226.495_278_852_854_561,
    ],
);
static MIDDLE: Ratio = (
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        0.241_780_725_177_450_611_77,
        0.022_723_844_989_269_184_583_3,
        0.000_774_545_014_278_341_407_64,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        0.689_767_334_985_100_004_55,
        0.148_103_976_427_480_074_59,
        0.015_198_666_563_616_457_196_6,
        0.000_547_593_808_499_534_494_6,
        1.050_750_071_644_416_843_24e-9,
    ],
);
static FAR: Ratio = (
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        0.296_560_571_828_504_891_23,
        0.026_532_189_526_576_123_093,
        0.001_242_660_947_388_078_438_6,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_937_69,
        0.136_929_880_922_735_805_31,
        0.014_875_361_290_850_614_852_5,
        0.000_786_869_131_145_613_259_1,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
);

#[cfg(test)]
mod tests {
    use crate::analysis::number::normal::*;

    #[test]
    fn the_documents_vector() {
        assert!((quantile(0.95) - NINETY_FIVE).abs() < 1e-15);
        assert!((below(NINETY_FIVE) - 0.95).abs() < 1e-15);
    }

    #[test]
    fn tables_agree() {
        // Abramowitz and Stegun, table 26.1.
        for (x, share) in
            [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (2.0, 0.977_249_868_051_821), (3.0, 0.998_650_101_968_370)]
        {
            assert!((below(x) - share).abs() < 1e-14, "{x}");
            assert!((below(-x) - (1.0 - share)).abs() < 1e-14, "{x}");
        }
        assert!((below(-10.0) / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-12);
        assert_eq!((below(-40.0), below(40.0)), (0.0, 1.0));
    }

    #[test]
    fn quantile_and_share_are_inverse() {
        for i in 1..2000 {
            let p = f64::from(i) / 2000.0;
            assert!((below(quantile(p)) - p).abs() < 1e-14, "{p}");
        }
        for p in [1e-12, 1e-30, 1e-200] {
            assert!((below(quantile(p)) / p - 1.0).abs() < 1e-9, "{p}");
        }
    }
}
