//! Partitions that are not AWS's, for the case `endpoints`.

use kinesisvideo_runtime::endpoint::Partition;

pub(crate) static PARTITIONS: [Partition; 2] = [
    Partition {
        name: "aws",
        dns_suffix: "example.test",
        dual_stack_dns_suffix: "dual.example.test",
        implicit_global_region: "xx-east-1",
        supports_fips: true,
        supports_dual_stack: false,
        region_prefixes: &["xx-"],
        regions: &["xx-east-1"],
    },
    Partition {
        name: "yy",
        dns_suffix: "yy.test",
        dual_stack_dns_suffix: "dual.yy.test",
        implicit_global_region: "yy-east-1",
        supports_fips: false,
        supports_dual_stack: true,
        region_prefixes: &["yy-"],
        regions: &[],
    },
];
