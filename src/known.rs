//! Values that may be unknown: unknown is a state of its own, never a blank that looks safe.
//!
//! Knows nothing of risk; the rules for scoring with unknowns live in `analysis`.

use crate::date::{days_between, Date};

/// Days after which a value wants to be confirmed again, unless it says otherwise.
pub const DEFAULT_REVIEW_DAYS: u16 = 365;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Basis {
    /// Measured.
    Measured,
    /// Read in a document.
    Document,
    /// Said in an interview.
    Interview,
    /// Estimated.
    #[default]
    Estimate,
    /// Came in with an imported file.
    Imported,
    /// Computed from other facts.
    Derived,
    /// Assumed for want of better.
    Assumed,
}

/// What is known about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Knowledge<T> {
    /// Nobody has said. The starting state.
    #[default]
    Unknown,
    /// Known, as a value with a range around it: `low <= value <= high`.
    Known {
        /// The value to plan with.
        value: T,
        /// Smallest credible value.
        low: T,
        /// Largest credible value.
        high: T,
    },
    /// Does not apply here; the reason is kept beside it.
    NotApplicable,
}

/// A field with its state, its provenance and its age.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<T> {
    /// Unknown, known with a range, or not applicable.
    pub knowledge: Knowledge<T>,
    /// Where it comes from.
    pub basis: Basis,
    /// When it was true.
    pub as_of: Option<Date>,
    /// Who said so: a role rather than a name. Empty when not given.
    pub by: String,
    /// Days until it wants confirming; `None` is [`DEFAULT_REVIEW_DAYS`].
    pub review_days: Option<u16>,
    /// Why it does not apply, or why it was set back to unknown.
    pub reason: String,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self::unknown()
    }
}

impl<T> Known<T> {
    /// Nobody knows.
    pub const fn unknown() -> Self {
        Self {
            knowledge: Knowledge::Unknown,
            basis: Basis::Estimate,
            as_of: None,
            by: String::new(),
            review_days: None,
            reason: String::new(),
        }
    }

    /// Known exactly.
    pub fn exactly(value: T) -> Self
    where
        T: Clone,
    {
        Self::ranged(value.clone(), value.clone(), value)
    }

    /// Known as `value`, credible from `low` to `high`.
    pub fn ranged(low: T, value: T, high: T) -> Self {
        Self { knowledge: Knowledge::Known { value, low, high }, ..Self::unknown() }
    }

    /// Does not apply, because `reason`.
    pub fn not_applicable(reason: impl Into<String>) -> Self {
        Self { knowledge: Knowledge::NotApplicable, reason: reason.into(), ..Self::unknown() }
    }

    /// The value to plan with, when known.
    pub fn value(&self) -> Option<&T> {
        match &self.knowledge {
            Knowledge::Known { value, .. } => Some(value),
            _ => None,
        }
    }

    /// (low, value, high), when known.
    pub fn range(&self) -> Option<(&T, &T, &T)> {
        match &self.knowledge {
            Knowledge::Known { value, low, high } => Some((low, value, high)),
            _ => None,
        }
    }

    /// Whether nobody has said.
    pub fn is_unknown(&self) -> bool {
        matches!(self.knowledge, Knowledge::Unknown)
    }

    /// Whether the field was said not to apply.
    pub fn is_not_applicable(&self) -> bool {
        matches!(self.knowledge, Knowledge::NotApplicable)
    }

    /// Whether a known value is older than its review time. A value without a date does not go stale.
    pub fn is_stale(&self, today: Date) -> bool {
        let limit = i64::from(self.review_days.unwrap_or(DEFAULT_REVIEW_DAYS));
        self.value().is_some() && self.as_of.is_some_and(|as_of| days_between(as_of, today) > limit)
    }
}
