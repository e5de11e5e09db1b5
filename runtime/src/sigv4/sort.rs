//! Sorting of what a request has few of.

/// Sorts, and keeps the order of what is equal. The library's sort is made for many, and takes a hundred times the machine code.
pub(super) fn sort_few<T>(items: &mut [T], in_order: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let (sorted, rest) = items.split_at(end);
        let place = sorted.partition_point(|item| in_order(item, &rest[0]));
        items[place..=end].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_and_equal_ones_stay_as_they_are() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        sort_few(&mut items, |a, b| a.0 <= b.0);
        assert_eq!(items, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
        sort_few::<u8>(&mut [], |a, b| a <= b);
    }
}
