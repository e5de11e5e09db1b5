//! Random numbers for jitter and for idempotency tokens.
//!
//! The standard library keys its hashers from the operating system's randomness, each with a key of its own. Their output is
//! unpredictable enough for both uses, neither of which is a secret.

use std::hash::{BuildHasher, Hasher, RandomState};

fn bits() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A number that is uniform in 0..1.
pub(crate) fn fraction() -> f64 {
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A UUID of version 4 (RFC 9562), in its usual text form.
pub(crate) fn uuid() -> String {
    let bits = u128::from(bits()) << 64 | u128::from(bits());
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let text = format!("{bits:032x}");
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_spread_over_the_unit_interval() {
        let numbers: Vec<f64> = (0..1000).map(|_| fraction()).collect();
        assert!(numbers.iter().all(|n| (0.0..1.0).contains(n)));
        let mean = numbers.iter().sum::<f64>() / 1000.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
    }

    #[test]
    fn uuids_have_their_form_and_differ() {
        let all: std::collections::BTreeSet<String> = (0..10_000).map(|_| uuid()).collect();
        assert_eq!(all.len(), 10_000);
        for uuid in all {
            let parts: Vec<_> = uuid.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{uuid}");
            assert_eq!(uuid.as_bytes()[14], b'4', "{uuid}");
            assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
        }
    }
}
