//! Levels for amounts: direct cost, share of a budget, hours of staff time.
//!
//! The published bands leave gaps (4–5 %, 7–8 %, £10m–£11m, £20m–£21m, exactly 100 hours); a figure in a gap takes the
//! higher level.

/// C3 from pounds.
pub fn level_of_cost(pounds: f64) -> u8 {
    match pounds {
        p if p < 5e6 => 1,
        p if p <= 10e6 => 2,
        p if p <= 20e6 => 3,
        p if p <= 50e6 => 4,
        _ => 5,
    }
}

/// C3 from the share of the organisation's yearly budget, per cent.
pub fn level_of_budget_share(per_cent: f64) -> u8 {
    match per_cent {
        p if p < 1.0 => 1,
        p if p <= 4.0 => 2,
        p if p <= 7.0 => 3,
        p if p <= 10.0 => 4,
        _ => 5,
    }
}

/// C3 from pounds and, where known, the yearly budget in pounds: the higher of the two counts.
pub fn level_of_direct_cost(pounds: f64, budget: Option<f64>) -> u8 {
    let share = budget.filter(|b| *b > 0.0).map_or(1, |budget| level_of_budget_share(pounds / budget * 100.0));
    level_of_cost(pounds).max(share)
}

/// C5 from hours of staff time, idle or extra, after a failure.
pub fn level_of_staff_hours(hours: f64) -> u8 {
    match hours {
        h if h < 100.0 => 1,
        h if h <= 1_000.0 => 2,
        h if h <= 100_000.0 => 3,
        h if h <= 500_000.0 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::litraf::bands::*;

    #[test]
    fn w7_gaps_take_the_higher_level() {
        assert_eq!(level_of_budget_share(7.5), 4);
        assert_eq!(level_of_cost(10.5e6), 3);
        assert_eq!(level_of_staff_hours(100.0), 2);
    }

    #[test]
    fn of_pounds_and_share_the_higher_counts() {
        assert_eq!(level_of_direct_cost(6e6, None), 2);
        assert_eq!(level_of_direct_cost(6e6, Some(50e6)), 5);
        assert_eq!(level_of_direct_cost(60e6, Some(1e12)), 5);
    }
}
