//! Where a system stands in the portfolio: how well it does its job against how sound it is (TIME, Gartner).
//!
//! Unknown fit is "not classified", never a quadrant; and a system that is red or not known to be below red is never
//! said to be tolerable without a judgement.

use crate::analysis::litraf::Group;
use crate::known::Known;
use crate::model::SystemFacts;

/// Fit from which a side counts as good, of 5.
const GOOD_FROM: u8 = 3;

/// A quadrant, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// Does its job and is sound.
    Invest,
    /// Does its job, is not sound.
    Migrate,
    /// Sound, does not do its job.
    Tolerate,
    /// Sound, does not do its job, but its risk forbids tolerating it without a judgement.
    TolerateNeedsJudgement,
    /// Neither.
    Eliminate,
    /// The fit is not known, or known only as a range across the line.
    NotClassified,
}

impl Quadrant {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Invest => "Invest",
            Self::Migrate => "Migrate",
            Self::Tolerate => "Tolerate",
            Self::TolerateNeedsJudgement => "Not to be tolerated without a judgement",
            Self::Eliminate => "Eliminate",
            Self::NotClassified => "Not classified",
        }
    }
}

/// The quadrant of a system in this group; `judged` when a judgement that it may be tolerated is in force.
pub fn quadrant(facts: &SystemFacts, group: Group, judged: bool) -> Quadrant {
    let good = |fit: &Known<u8>| match fit.range() {
        Some((low, _, high)) if *low >= GOOD_FROM && *high >= GOOD_FROM => Some(true),
        Some((low, _, high)) if *low < GOOD_FROM && *high < GOOD_FROM => Some(false),
        _ => None,
    };
    match (good(&facts.functional_fit), good(&facts.technical_fit)) {
        (Some(true), Some(true)) => Quadrant::Invest,
        (Some(true), Some(false)) => Quadrant::Migrate,
        (Some(false), Some(true)) if group == Group::C || judged => Quadrant::Tolerate,
        (Some(false), Some(true)) => Quadrant::TolerateNeedsJudgement,
        (Some(false), Some(false)) => Quadrant::Eliminate,
        _ => Quadrant::NotClassified,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::portfolio::*;

    fn facts(functional: Known<u8>, technical: Known<u8>) -> SystemFacts {
        SystemFacts { functional_fit: functional, technical_fit: technical, ..SystemFacts::default() }
    }

    #[test]
    fn w31_quadrants() {
        let of = |f, t| quadrant(&facts(Known::exactly(f), Known::exactly(t)), Group::C, false);
        assert_eq!(of(3, 3), Quadrant::Invest);
        assert_eq!(of(4, 2), Quadrant::Migrate);
        assert_eq!(of(2, 5), Quadrant::Tolerate);
        assert_eq!(of(1, 1), Quadrant::Eliminate);
        let open = quadrant(&facts(Known::unknown(), Known::exactly(5)), Group::C, false);
        assert_eq!(open, Quadrant::NotClassified);
        let across = quadrant(&facts(Known::ranged(2, 3, 4), Known::exactly(5)), Group::C, false);
        assert_eq!(across, Quadrant::NotClassified);
    }

    #[test]
    fn what_may_be_red_is_never_tolerated_unjudged() {
        for group in [Group::A, Group::B] {
            let facts = facts(Known::exactly(1), Known::exactly(5));
            assert_eq!(quadrant(&facts, group, false), Quadrant::TolerateNeedsJudgement);
            assert_eq!(quadrant(&facts, group, true), Quadrant::Tolerate);
        }
    }
}
