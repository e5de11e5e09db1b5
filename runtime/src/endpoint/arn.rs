//! Amazon Resource Names.

/// The parts of an ARN, `arn:partition:service:region:account-id:resource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition, never empty.
    pub partition: &'a str,
    /// The service, never empty.
    pub service: &'a str,
    /// The region; empty for resources that are in none.
    pub region: &'a str,
    /// The account; empty for resources that belong to none.
    pub account_id: &'a str,
    /// The resource, split at each `:` and `/`; parts may be empty.
    pub resource_id: Vec<&'a str>,
}

/// `aws.parseArn`: the parts of an ARN, or `None` when the text is not one.
///
/// ```
/// # use kinesisvideo_runtime::endpoint::parse_arn;
/// let arn = parse_arn("arn:aws:kinesisvideo:us-west-2:123456789012:channel/door/1").unwrap();
/// assert_eq!((arn.service, arn.region), ("kinesisvideo", "us-west-2"));
/// assert_eq!(arn.resource_id, ["channel", "door", "1"]);
/// ```
#[must_use]
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let (scheme, partition, service) = (next()?, next()?, next()?);
    let (region, account_id, resource) = (next()?, next()?, next()?);
    if scheme != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    let resource_id = resource.split([':', '/']).collect();
    Some(Arn { partition, service, region, account_id, resource_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_account_may_be_empty() {
        let arn = parse_arn("arn:aws:s3:::bucket_name").unwrap();
        assert_eq!((arn.region, arn.account_id), ("", ""));
        assert_eq!(arn.resource_id, ["bucket_name"]);
    }

    #[test]
    fn resources_are_split_at_colons_and_slashes_and_empty_parts_count() {
        let parts = |text: &'static str| parse_arn(text).unwrap().resource_id;
        assert_eq!(parts("arn:aws:iam::012345678910:user/johndoe"), ["user", "johndoe"]);
        assert_eq!(parts("arn:aws:s3:us-east-2:012345678:outpost:op-1/x"), ["outpost", "op-1", "x"]);
        assert_eq!(parts("arn:aws:s3:us-east-2:012345678:outpost::"), ["outpost", "", ""]);
    }

    #[test]
    fn what_is_not_an_arn_is_none() {
        for text in [
            "",
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:s3:us-west-2:123456789012:",
            "arn:aws::us-west-2:123456789012:resource-id",
            "arn::s3:us-west-2:123456789012:resource-id",
            "arn:aws:s3:us-west-2:123456789012",
            "ARN:aws:s3:::bucket",
            " arn:aws:s3:::bucket",
        ] {
            assert_eq!(parse_arn(text), None, "{text:?}");
        }
    }
}
