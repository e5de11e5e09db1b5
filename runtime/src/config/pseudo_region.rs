//! Region names that mean a region and a setting.

/// A region as it is signed for, and whether its name asked for the FIPS endpoint.
///
/// Older tools write `fips-us-west-2` or `us-west-2-fips` for the FIPS endpoint of `us-west-2`, and `aws-global` or
/// `aws-us-gov-global` for the region that a partition's global services are signed for. No region has such a name.
pub(super) fn real_region(name: &str) -> (String, bool) {
    let is_fips = name.starts_with("fips-") || name.ends_with("-fips");
    let region = match name {
        "aws-global" | "fips-aws-global" | "aws-fips" => "us-east-1",
        "aws-us-gov-global" | "fips-aws-us-gov-global" => "us-gov-west-1",
        name => match name.strip_prefix("fips-") {
            Some(region) => region.strip_prefix("dkr-").or_else(|| region.strip_prefix("prod-")).unwrap_or(region),
            None => name.strip_suffix("-fips").unwrap_or(name),
        },
    };
    (region.to_owned(), is_fips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudo_region_is_a_region_and_a_setting() {
        for (name, region, fips) in [
            ("us-west-2", "us-west-2", false),
            ("fips-us-west-2", "us-west-2", true),
            ("us-west-2-fips", "us-west-2", true),
            ("fips-dkr-us-west-2", "us-west-2", true),
            ("aws-global", "us-east-1", false),
            ("fips-aws-global", "us-east-1", true),
            ("aws-fips", "us-east-1", true),
            ("aws-us-gov-global", "us-gov-west-1", false),
            ("", "", false),
        ] {
            assert_eq!(real_region(name), (region.to_owned(), fips), "{name}");
        }
    }
}
