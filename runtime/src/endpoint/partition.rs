//! Partitions: groups of regions that share their host names' suffix.

/// A partition and the regions in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// `aws`.
    pub name: &'static str,
    /// `amazonaws.com`: the end of host names.
    pub dns_suffix: &'static str,
    /// `api.aws`: the end of host names of dual-stack endpoints.
    pub dual_stack_dns_suffix: &'static str,
    /// The region that services with one endpoint for the whole partition sign for.
    pub implicit_global_region: &'static str,
    /// Whether there are FIPS endpoints.
    pub supports_fips: bool,
    /// Whether there are dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// What the names of its regions, known or new, begin with: the part before the last two words (`us-`, `us-gov-`).
    pub region_prefixes: &'static [&'static str],
    /// The regions known, and the name that stands for all of them (`aws-global`).
    pub regions: &'static [&'static str],
}

impl Partition {
    /// Whether a region has the form of this partition's: a prefix, a word, a hyphen, a number.
    fn has_form_of(&self, region: &str) -> bool {
        let is_rest = |rest: &str| match rest.split_once('-') {
            Some((word, number)) => {
                !word.is_empty()
                    && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                    && !number.is_empty()
                    && number.bytes().all(|b| b.is_ascii_digit())
            }
            None => false,
        };
        self.region_prefixes.iter().any(|prefix| region.strip_prefix(prefix).is_some_and(is_rest))
    }
}

/// `aws.partition`: the partition of a region.
///
/// A region that a partition lists is in that partition; any other is in the first partition whose regions' names have
/// its form, else in `aws`. `None` only where the table has no `aws`.
#[must_use]
pub fn partition(table: &'static [Partition], region: &str) -> Option<&'static Partition> {
    let listed = |partition: &&Partition| partition.regions.contains(&region);
    let formed = |partition: &&Partition| partition.has_form_of(region);
    let default = |partition: &&Partition| partition.name == "aws";
    let all = || table.iter();
    all().find(listed).or_else(|| all().find(formed)).or_else(|| all().find(default))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn test_partition(
        name: &'static str,
        region_prefixes: &'static [&'static str],
        regions: &'static [&'static str],
    ) -> Partition {
        Partition {
            name,
            dns_suffix: "example.test",
            dual_stack_dns_suffix: "dual.example.test",
            implicit_global_region: "xx-east-1",
            supports_fips: true,
            supports_dual_stack: true,
            region_prefixes,
            regions,
        }
    }

    static TABLE: [Partition; 3] = [
        test_partition("one", &["xx-", "yy-"], &["xx-east-1"]),
        test_partition("aws", &["xx-gov-"], &["aws-global", "odd"]),
        test_partition("three", &["zz-de-"], &["xx-listed-1"]),
    ];

    fn name_for(region: &str) -> &'static str {
        partition(&TABLE, region).unwrap().name
    }

    #[test]
    fn a_listed_region_is_in_the_partition_that_lists_it() {
        assert_eq!(name_for("xx-east-1"), "one");
        assert_eq!(name_for("odd"), "aws");
        assert_eq!(name_for("xx-listed-1"), "three");
    }

    #[test]
    fn a_new_region_is_in_the_partition_whose_form_it_has() {
        assert_eq!(name_for("xx-north-42"), "one");
        assert_eq!(name_for("yy-a_1-0"), "one");
        assert_eq!(name_for("xx-gov-west-1"), "aws");
        assert_eq!(name_for("zz-de-west-9"), "three");
    }

    #[test]
    fn any_other_region_is_in_aws() {
        for region in ["", "xx", "xx-", "xx--1", "xx-east-", "xx-east-1a", "xx-east-1-2", "zz-fr-west-1", "é", "xx-é-1"]
        {
            assert_eq!(name_for(region), "aws", "{region:?}");
        }
    }

    #[test]
    fn a_table_without_aws_knows_only_its_own_regions() {
        static ONE: [Partition; 1] = [test_partition("one", &["xx-"], &[])];
        assert!(partition(&ONE, "xx-east-1").is_some());
        assert!(partition(&ONE, "elsewhere").is_none());
        assert!(partition(&[], "xx-east-1").is_none());
    }
}
