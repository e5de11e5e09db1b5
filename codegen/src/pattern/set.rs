//! Sets of code points, surrogates included: patterns are written for engines that see UTF-16.

/// A set of code points as ascending ranges that neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    ranges: Vec<(u32, u32)>,
}

/// The surrogates, which no Rust text contains.
pub(super) const SURROGATES: (u32, u32) = (0xd800, 0xdfff);
/// The last code point.
pub(super) const LAST: u32 = 0x10_ffff;

impl Set {
    /// The code points of all these inclusive ranges.
    pub(super) fn new(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().collect();
        sorted.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::with_capacity(sorted.len());
        for (first, last) in sorted {
            match ranges.last_mut() {
                Some(range) if first <= range.1.saturating_add(1) => range.1 = range.1.max(last),
                _ => ranges.push((first, last)),
            }
        }
        Self { ranges }
    }

    pub(super) fn single(point: u32) -> Self {
        Self::new([(point, point)])
    }

    /// The ranges, inclusive and ascending.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// The only character, if there is just one.
    pub fn as_char(&self) -> Option<char> {
        match self.ranges[..] {
            [(first, last)] if first == last => char::from_u32(first),
            _ => None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self::new(self.ranges.iter().chain(&other.ranges).copied())
    }

    pub(super) fn complement(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut first = 0;
        for &(start, end) in &self.ranges {
            if start > first {
                ranges.push((first, start - 1));
            }
            first = end + 1;
        }
        if first <= LAST {
            ranges.push((first, LAST));
        }
        Self { ranges }
    }

    pub(super) fn intersection(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        let (mut left, mut right) = (self.ranges.iter().peekable(), other.ranges.iter().peekable());
        while let (Some(&&a), Some(&&b)) = (left.peek(), right.peek()) {
            if a.0.max(b.0) <= a.1.min(b.1) {
                ranges.push((a.0.max(b.0), a.1.min(b.1)));
            }
            if a.1 < b.1 {
                left.next()
            } else {
                right.next()
            };
        }
        Self { ranges }
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }

    pub(super) fn contains_all(&self, other: &Self) -> bool {
        self.intersection(other) == *other
    }
}

#[cfg(test)]
mod tests {
    use super::Set;
    use proptest::prelude::*;

    fn members(set: &Set) -> Vec<u32> {
        set.ranges().iter().flat_map(|&(first, last)| first..=last.min(99)).filter(|&point| point < 100).collect()
    }

    proptest! {
        /// Set algebra agrees with the same algebra done member by member.
        #[test]
        fn algebra(a in prop::collection::vec((0u32..100, 0u32..10), 0..8), b in prop::collection::vec((0u32..100, 0u32..10), 0..8)) {
            let make = |ranges: &[(u32, u32)]| Set::new(ranges.iter().map(|&(first, more)| (first, first + more)));
            let (a, b) = (make(&a), make(&b));
            let (in_a, in_b) = (members(&a), members(&b));
            let expect = |keep: &dyn Fn(bool, bool) -> bool| -> Vec<u32> {
                (0..100).filter(|point| keep(in_a.contains(point), in_b.contains(point))).collect()
            };
            prop_assert_eq!(members(&a.union(&b)), expect(&|a, b| a || b));
            prop_assert_eq!(members(&a.intersection(&b)), expect(&|a, b| a && b));
            prop_assert_eq!(members(&a.without(&b)), expect(&|a, b| a && !b));
            prop_assert_eq!(members(&a.complement()), expect(&|a, _| !a));
            prop_assert_eq!(a.complement().complement(), a);
        }
    }
}
