//! Elementary functions and random numbers that give the same bits everywhere.
//!
//! The standard library's `exp` and `ln` are the platform's own and differ in the last bit between a desktop and a
//! browser; the ones used here are compiled in (crate `libm`), so a file's figures can be checked on any machine.
//! Knows nothing of risk.

pub mod normal;
pub mod random;

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power of `x`, minus 1, exact for small `x`.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Decimal logarithm.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// Chance of at least one event in a time in which `expected` are expected (Poisson): `1 - exp(-expected)`.
pub fn chance_of_any(expected: f64) -> f64 {
    if expected > 0.0 {
        -exp_m1(-expected)
    } else {
        0.0
    }
}
