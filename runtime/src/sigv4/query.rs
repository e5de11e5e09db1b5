//! Canonical queries.

use super::encode::{encode_query_part, reencode_query_part};
use std::ops::Range;

/// A query whose parameters are percent-encoded in one way, to be sorted when all are there.
#[derive(Default)]
pub(super) struct CanonicalQuery {
    text: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: Range<usize>,
    value: Range<usize>,
}

impl CanonicalQuery {
    /// Takes the parameters of a query as it is sent.
    pub(super) fn parse(query: &str) -> Self {
        let mut canonical = Self::default();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            canonical.add(|text| reencode_query_part(name, text), |text| reencode_query_part(value, text));
        }
        canonical
    }

    /// Adds a parameter.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.add(|text| encode_query_part(name, text), |text| encode_query_part(value, text));
    }

    fn add(&mut self, name: impl FnOnce(&mut String), value: impl FnOnce(&mut String)) {
        let start = self.text.len();
        name(&mut self.text);
        let end = self.text.len();
        value(&mut self.text);
        self.parameters.push(Parameter { name: start..end, value: end..self.text.len() });
    }

    /// Removes the parameters of these canonical names.
    pub(super) fn remove(&mut self, names: &[&str]) {
        let text = &self.text;
        self.parameters.retain(|parameter| !names.contains(&&text[parameter.name.clone()]));
    }

    /// The parameters' canonical names and values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters
            .iter()
            .map(|parameter| (&self.text[parameter.name.clone()], &self.text[parameter.value.clone()]))
    }

    /// Sorts the parameters by name, then value, and writes them.
    pub(super) fn finish(mut self) -> String {
        let text = &self.text;
        self.parameters.sort_by(|a, b| {
            (&text[a.name.clone()], &text[a.value.clone()]).cmp(&(&text[b.name.clone()], &text[b.value.clone()]))
        });
        let mut query = String::with_capacity(text.len() + 2 * self.parameters.len());
        for (name, value) in self.iter() {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(name);
            query.push('=');
            query.push_str(value);
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_encoded_then_sorted() {
        for (query, canonical) in [
            ("", ""),
            ("b=2&a=1%20x", "a=1%20x&b=2"),
            ("a=2&a=1&a", "a=&a=1&a=2"),
            ("&&a=1&", "a=1"),
            ("=v", "=v"),
            ("a=b=c", "a=b%3Dc"),
            ("a-b=1&a=2&aa=3", "a=2&a-b=1&aa=3"),
            // By the encoded name: `%3A` comes before `a`, `:` would as well; `~` stays behind letters.
            ("~=1&:=2&a=3&Z=4", "%3A=2&Z=4&a=3&~=1"),
        ] {
            assert_eq!(CanonicalQuery::parse(query).finish(), canonical, "{query}");
        }
    }

    #[test]
    fn parameters_are_added_and_removed() {
        let mut query = CanonicalQuery::parse("z=1&X-Amz-Date=old&X%2DAmz%2DDate=older");
        query.remove(&["X-Amz-Date"]);
        query.push("X-Amz-Date", "20240510T123456Z");
        assert_eq!(query.finish(), "X-Amz-Date=20240510T123456Z&z=1");
    }
}
