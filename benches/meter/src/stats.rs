//! Medians, and ratios of runs that alternate.

/// The middle value, or the mean of the two in the middle; `None` of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(sorted.len() / 2 - 1)?, upper))
}

/// Figures of two rivals whose runs alternated: A B A B ….
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    a: Vec<f64>,
    b: Vec<f64>,
}

impl Pairs {
    /// Adds a run of each.
    pub fn push(&mut self, a: f64, b: f64) {
        self.a.push(a);
        self.b.push(b);
    }

    /// The medians of both.
    pub fn medians(&self) -> Option<(f64, f64)> {
        Some((median(&self.a)?, median(&self.b)?))
    }

    /// The median of the pairs' ratios a / b: what slows both runs of a pair down cancels out.
    pub fn ratio(&self) -> Option<f64> {
        median(&self.a.iter().zip(&self.b).map(|(a, b)| a / b).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_odd_even_and_none() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn ratio_is_taken_pair_by_pair() {
        let mut pairs = Pairs::default();
        // The machine was ten times slower during the second pair.
        pairs.push(1.0, 2.0);
        pairs.push(10.0, 20.0);
        pairs.push(1.0, 2.0);
        assert_eq!(pairs.ratio(), Some(0.5));
        assert_eq!(pairs.medians(), Some((1.0, 2.0)));
    }
}
