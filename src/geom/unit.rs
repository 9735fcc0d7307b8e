//! Checked scalars: numbers that are finite and inside their range by construction.

/// Place on the evolution axis, 0 (genesis) to 1 (commodity).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evolution(f64);

/// Place on the value chain axis, 0 (invisible to the user) to 1 (the user's need).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visibility(f64);

macro_rules! unit_interval {
    ($name:ident) => {
        impl $name {
            /// The value, if it is a finite number in 0..=1.
            pub fn new(value: f64) -> Option<Self> {
                (value.is_finite() && (0.0..=1.0).contains(&value)).then_some(Self(value))
            }
            /// The nearest allowed value; NaN becomes 0.
            pub fn clamped(value: f64) -> Self {
                if value.is_nan() {
                    Self(0.0)
                } else {
                    Self(value.clamp(0.0, 1.0))
                }
            }
            /// The number, 0..=1.
            pub const fn get(self) -> f64 {
                self.0
            }
        }
        impl Eq for $name {}
        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }
    };
}
unit_interval!(Evolution);
unit_interval!(Visibility);
