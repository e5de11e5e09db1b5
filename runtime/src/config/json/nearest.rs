//! The name that was probably meant.

/// What a letter costs that is put in, left out or swapped with its neighbour.
const SLIP: usize = 2;
/// What a letter costs that is replaced by another: the rarer slip. It decides between `apiVersion` and `apiVersions` for
/// `apiVersios`.
const REPLACEMENT: usize = 3;

/// The known name nearest to `name`, if there is one near enough to have been meant. Of two as near, the one of the
/// more similar length.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() * SLIP / 3).max(REPLACEMENT);
    let distances = known.map(|known| (distance(&lower(name), &lower(known)), known.len().abs_diff(name.len()), known));
    distances.filter(|(distance, ..)| *distance <= limit).min().map(|(.., known)| known)
}

pub(super) fn lower(text: &str) -> Vec<char> {
    text.to_lowercase().chars().collect()
}

/// What it costs to turn `a` into `b`.
pub(super) fn distance(a: &[char], b: &[char]) -> usize {
    // Rows of the table of distances between the beginnings of `a` and of `b`: two rows back, the last one, this one.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).map(|length| length * SLIP).collect();
    for i in 1..=a.len() {
        let mut row = vec![i * SLIP];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + if a[i - 1] == b[j - 1] { 0 } else { REPLACEMENT };
            let mut least = replaced.min(last[j] + SLIP).min(row[j - 1] + SLIP);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + SLIP);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> usize {
        distance(&lower(a), &lower(b))
    }

    #[test]
    fn the_distance_is_the_cheapest_way_from_one_to_the_other() {
        for (a, b, expected) in [
            ("region", "region", 0),
            ("Region", "region", 0),
            ("regoin", "region", SLIP),
            ("reion", "region", SLIP),
            ("regiion", "region", SLIP),
            ("rehion", "region", REPLACEMENT),
            ("max_retries", "maxRetries", SLIP),
            ("", "abc", 3 * SLIP),
            ("kitten", "sitting", 2 * REPLACEMENT + SLIP),
        ] {
            assert_eq!(between(a, b), expected, "{a} {b}");
            assert_eq!(between(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn nothing_near_is_no_suggestion() {
        assert_eq!(nearest("colour", ["region", "endpoint"].into_iter()), None);
        assert_eq!(nearest("", ["region"].into_iter()), None);
        assert_eq!(nearest("mqx", ["min", "max"].into_iter()), Some("max"));
        assert_eq!(nearest("maxRetry", ["maxRetries", "maxRedirects"].into_iter()), None);
        assert_eq!(nearest("maxRetrys", ["maxRetries", "maxRedirects"].into_iter()), Some("maxRetries"));
    }
}
