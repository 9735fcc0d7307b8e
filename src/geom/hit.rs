//! Distances for hit tests; plain geometry.

use crate::geom::Point;

/// Distance from `p` to the segment `a`–`b`.
pub fn distance_to_segment<S>(p: Point<S>, a: Point<S>, b: Point<S>) -> f64 {
    let along = b - a;
    let length_squared = along.x * along.x + along.y * along.y;
    if length_squared <= 0.0 {
        return p.distance(a);
    }
    let from_a = p - a;
    let t = ((from_a.x * along.x + from_a.y * along.y) / length_squared).clamp(0.0, 1.0);
    p.distance(a.lerp(b, t))
}

/// Distance from `p` to the nearest segment of the line; infinite when it has no point.
pub fn distance_to_polyline<S>(p: Point<S>, line: &[Point<S>]) -> f64 {
    match line {
        [] => f64::INFINITY,
        [only] => p.distance(*only),
        _ => line
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some(distance_to_segment(p, *a, *b)),
                _ => None,
            })
            .fold(f64::INFINITY, f64::min),
    }
}
