//! The URI of an operation, taken apart.

use std::collections::BTreeSet;

/// The `uri` of `smithy.api#http`: `/streams/{StreamARN}/{Path+}?list&version=2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriPattern<'a> {
    /// What stands between the slashes of the path; empty for `/`.
    pub segments: Vec<UriSegment<'a>>,
    /// The literal parts of the query, in their order; the value is `None` without `=`.
    pub query: Vec<(&'a str, Option<&'a str>)>,
}

/// One segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UriSegment<'a> {
    /// Text that is sent as it is.
    Literal(&'a str),
    /// The value of a member.
    Label {
        /// The member's name.
        name: &'a str,
        /// Whether slashes in the value stay slashes.
        greedy: bool,
    },
}

impl<'a> UriPattern<'a> {
    /// Takes apart a URI.
    ///
    /// # Errors
    /// What is wrong with it, without saying where it stands.
    pub fn parse(uri: &'a str) -> Result<Self, String> {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let Some(path) = path.strip_prefix('/') else {
            return Err(format!("the URI `{uri}` must start with a slash"));
        };
        if uri.contains('#') || uri.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(format!("the URI `{uri}` must hold neither `#` nor white space"));
        }
        let mut segments = Vec::new();
        let parts = if path.is_empty() { None } else { Some(path.split('/')) };
        for part in parts.into_iter().flatten() {
            segments.push(segment(uri, part)?);
        }
        if query.contains(['{', '}']) {
            return Err(format!("the URI `{uri}` has a label in its query"));
        }
        let query = query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| match part.split_once('=') {
                Some((key, value)) => (key, Some(value)),
                None => (part, None),
            })
            .collect();
        let pattern = Self { segments, query };
        pattern.check_labels(uri)?;
        Ok(pattern)
    }

    /// The names of its labels, in their order.
    pub fn labels(&self) -> impl Iterator<Item = &'a str> {
        self.segments.iter().filter_map(|segment| match *segment {
            UriSegment::Label { name, .. } => Some(name),
            UriSegment::Literal(_) => None,
        })
    }

    fn check_labels(&self, uri: &str) -> Result<(), String> {
        let mut after_greedy = false;
        let mut seen = BTreeSet::new();
        for segment in &self.segments {
            let UriSegment::Label { name, greedy } = *segment else {
                continue;
            };
            if after_greedy {
                return Err(format!("the URI `{uri}` has the label `{name}` after a greedy one"));
            }
            if !seen.insert(name) {
                return Err(format!("the URI `{uri}` has the label `{name}` twice"));
            }
            after_greedy = greedy;
        }
        Ok(())
    }
}

fn segment<'a>(uri: &str, part: &'a str) -> Result<UriSegment<'a>, String> {
    let Some(label) = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        if part.contains(['{', '}']) {
            return Err(format!("the URI `{uri}` has a label that is only a part of the segment `{part}`"));
        }
        return Ok(UriSegment::Literal(part));
    };
    let (name, greedy) = match label.strip_suffix('+') {
        Some(name) => (name, true),
        None => (label, false),
    };
    if !super::is_identifier(name) {
        return Err(format!("the URI `{uri}` has the label `{part}`, which is not a member's name"));
    }
    Ok(UriSegment::Label { name, greedy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_is_taken_apart() {
        let label = |name, greedy| UriSegment::Label { name, greedy };
        let pattern = UriPattern::parse("/v1/{Bucket}/x/{Key+}?list&kind=a&empty=").unwrap();
        assert_eq!(
            pattern.segments,
            [UriSegment::Literal("v1"), label("Bucket", false), UriSegment::Literal("x"), label("Key", true)]
        );
        assert_eq!(pattern.query, [("list", None), ("kind", Some("a")), ("empty", Some(""))]);
        assert_eq!(pattern.labels().collect::<Vec<_>>(), ["Bucket", "Key"]);
        assert!(UriPattern::parse("/").unwrap().segments.is_empty());
        assert_eq!(UriPattern::parse("/a/").unwrap().segments, [UriSegment::Literal("a"), UriSegment::Literal("")]);
    }

    #[test]
    fn flaws_are_explained() {
        let cases = [
            ("", "the URI `` must start with a slash"),
            ("x", "the URI `x` must start with a slash"),
            ("/a b", "the URI `/a b` must hold neither `#` nor white space"),
            ("/a#b", "the URI `/a#b` must hold neither `#` nor white space"),
            ("/a{b}", "the URI `/a{b}` has a label that is only a part of the segment `a{b}`"),
            ("/{}", "the URI `/{}` has the label `{}`, which is not a member's name"),
            ("/{a}/{a}", "the URI `/{a}/{a}` has the label `a` twice"),
            ("/{a+}/{b}", "the URI `/{a+}/{b}` has the label `b` after a greedy one"),
            ("/?x={a}", "the URI `/?x={a}` has a label in its query"),
        ];
        for (uri, expected) in cases {
            assert_eq!(UriPattern::parse(uri), Err(expected.to_owned()));
        }
    }
}
