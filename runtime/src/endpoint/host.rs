//! Host labels.

/// `isValidHostLabel`: whether the text is a host label as RFC 1123 has it, or, with `allow_subdomains`, such labels
/// joined by dots.
///
/// A label has 1 to 63 letters, digits and hyphens, and no hyphen at either end.
///
/// ```
/// # use kinesisvideo_runtime::endpoint::is_valid_host_label;
/// assert!(is_valid_host_label("us-west-2", false));
/// assert!(!is_valid_host_label("a.b", false));
/// assert!(is_valid_host_label("a.b", true));
/// ```
#[must_use]
pub fn is_valid_host_label(text: &str, allow_subdomains: bool) -> bool {
    if allow_subdomains { text.split('.').all(is_label) } else { is_label(text) }
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// `aws.isVirtualHostableS3Bucket`: whether a bucket of this name can be named in the host.
///
/// That is a [valid host label](is_valid_host_label) of 3 to 63 characters, the labels of subdomains together, without
/// upper-case letters, that does not look like an IPv4 address.
#[must_use]
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_subdomains: bool) -> bool {
    (3..=63).contains(&text.len())
        && is_valid_host_label(text, allow_subdomains)
        && !text.bytes().any(|b| b.is_ascii_uppercase())
        && !looks_like_ipv4(text)
}

/// Four numbers between dots, whatever their size: names such as `999.1.1.1` are refused too.
fn looks_like_ipv4(text: &str) -> bool {
    let numbers = text.split('.').filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    numbers.count() == 4 && text.split('.').count() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_letters_digits_and_inner_hyphens() {
        let longest = "a".repeat(63);
        for good in ["us-east-1", "3aws4", "A", "a--b", longest.as_str()] {
            assert!(is_valid_host_label(good, false), "{good:?}");
            assert!(is_valid_host_label(good, true), "{good:?}");
        }
        let too_long = "a".repeat(64);
        for bad in ["", "-a", "a-", "a b", "a_b", "é", "a\n", too_long.as_str()] {
            assert!(!is_valid_host_label(bad, false), "{bad:?}");
            assert!(!is_valid_host_label(bad, true), "{bad:?}");
        }
    }

    #[test]
    fn dots_are_allowed_only_between_labels_and_on_request() {
        for text in ["part1.part2", "a.b.c"] {
            assert!(!is_valid_host_label(text, false), "{text:?}");
            assert!(is_valid_host_label(text, true), "{text:?}");
        }
        for bad in [".", "a.", ".a", "a..b", "a.-b", "a-.b"] {
            assert!(!is_valid_host_label(bad, true), "{bad:?}");
        }
    }

    #[test]
    fn buckets_in_a_host_are_stricter_than_labels() {
        for good in ["bucket-name", "bucket-with-number-1", "192-168-5-4", "abc"] {
            assert!(is_virtual_hostable_s3_bucket(good, false), "{good:?}");
        }
        for bad in ["BucketName", "aa", "bucket_name", "-bucket", "bucket-", &"a".repeat(64)] {
            assert!(!is_virtual_hostable_s3_bucket(bad, false), "{bad:?}");
            assert!(!is_virtual_hostable_s3_bucket(bad, true), "{bad:?}");
        }
        assert!(!is_virtual_hostable_s3_bucket("bucket.name", false));
        for good in ["bucket.name", "a.b", "1.2.3", "1.2.3.4.5", "1.2.3.x"] {
            assert!(is_virtual_hostable_s3_bucket(good, true), "{good:?}");
        }
        for bad in ["192.168.5.4", "999.1.1.1", "bucket-.name", "bucket.-name", ".bucket", "bucket.", "a..b"] {
            assert!(!is_virtual_hostable_s3_bucket(bad, true), "{bad:?}");
        }
    }
}
