//! Amazon resource names of channels and streams.

use std::fmt;

/// `arn:{partition}:kinesisvideo:{region}:{account}:{kind}/{name}/{creation time in milliseconds}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) name: &'a str,
    pub(crate) created: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes apart what the API models' patterns accept; `None` for everything else.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        let mut resource = resource.split('/');
        let (kind, name, created) = (resource.next()?, resource.next()?, resource.next()?);
        let well_formed = arn == "arn"
            && service == "kinesisvideo"
            && resource.next().is_none()
            && partition.strip_prefix("aws").is_some_and(|rest| all(rest, |b| b.is_ascii_alphabetic() || b == b'-'))
            && filled(region, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && filled(account, |b| b.is_ascii_digit())
            && filled(kind, |b| b.is_ascii_lowercase())
            && is_name(name)
            && filled(created, |b| b.is_ascii_digit());
        well_formed.then_some(Self { partition, region, account, kind, name, created })
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, region, account, kind, name, created } = self;
        write!(f, "arn:{partition}:kinesisvideo:{region}:{account}:{kind}/{name}/{created}")
    }
}

/// `^[a-zA-Z0-9_.-]+$`: what names of channels and streams and client IDs are made of.
pub(crate) fn is_name(text: &str) -> bool {
    filled(text, |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

/// The partition a region belongs to, by its prefix.
pub(crate) fn partition(region: &str) -> &'static str {
    match region {
        r if r.starts_with("cn-") => "aws-cn",
        r if r.starts_with("us-gov-") => "aws-us-gov",
        r if r.starts_with("us-isob-") => "aws-iso-b",
        r if r.starts_with("us-iso-") => "aws-iso",
        _ => "aws",
    }
}

fn filled(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && all(text, allowed)
}

fn all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_taken_apart_and_put_together() {
        let text = "arn:aws-us-gov:kinesisvideo:us-gov-west-1:123456789012:channel/a.b_c-D/1700000000000";
        let arn = Arn::parse(text).unwrap();
        assert_eq!((arn.kind, arn.name, arn.created), ("channel", "a.b_c-D", "1700000000000"));
        assert_eq!(arn.to_string(), text);
    }

    #[test]
    fn what_the_models_pattern_refuses_is_no_arn() {
        for text in [
            "",
            "arn",
            "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo",
            "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1/2",
            "arn:aws:kinesisvideo:us-west-2:123456789012:channel//1",
            "arn:aws:kinesisvideo:us-west-2:123456789012:channel/de mo/1",
            "arn:aws:kinesisvideo:us-west-2:12x:channel/demo/1",
            "arn:aws:kinesisvideo::123456789012:channel/demo/1",
            "arn:gcp:kinesisvideo:us-west-2:123456789012:channel/demo/1",
            "arn:aws:kinesis:us-west-2:123456789012:channel/demo/1",
            "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1x",
            "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1\n",
        ] {
            assert_eq!(Arn::parse(text), None, "{text:?}");
        }
    }
}
