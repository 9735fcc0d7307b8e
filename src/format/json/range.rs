//! Moving numbers into their range.

use crate::known::{Knowledge, Known};

/// A number, or several, that can be moved into a range.
pub(super) trait Within {
    /// Moves it to the nearest value in `low..=high`; true when it was outside.
    fn move_within(&mut self, low: f64, high: f64) -> bool;
}

macro_rules! within {
    ($($number:ty),*) => {$(
        impl Within for $number {
            fn move_within(&mut self, low: f64, high: f64) -> bool {
                let number = *self as f64;
                if number < low {
                    *self = low as $number;
                } else if number > high {
                    *self = high as $number;
                }
                number < low || number > high
            }
        }
    )*};
}
within!(u8, u16, u32, u64, i64, f64);

impl<T: Within> Within for Option<T> {
    fn move_within(&mut self, low: f64, high: f64) -> bool {
        self.as_mut().is_some_and(|inner| inner.move_within(low, high))
    }
}

impl<T: Within> Within for Known<T> {
    fn move_within(&mut self, least: f64, most: f64) -> bool {
        match &mut self.knowledge {
            Knowledge::Known { value, low, high } => {
                value.move_within(least, most) | low.move_within(least, most) | high.move_within(least, most)
            }
            _ => false,
        }
    }
}

impl<T: Within, const N: usize> Within for [T; N] {
    fn move_within(&mut self, low: f64, high: f64) -> bool {
        self.iter_mut().fold(false, |moved, inner| inner.move_within(low, high) | moved)
    }
}
