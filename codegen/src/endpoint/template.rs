//! Template strings and `getAttr` paths.

/// A text with references in it: `https://{Region}.{PartitionResult#dnsSuffix}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(pub(super) Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it is, never empty.
    Literal(String),
    /// `{name}` or `{name#path}`.
    Reference { name: String, path: Option<String> },
}

impl Template {
    /// Reads a template, in which `{{` and `}}` stand for braces.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            literal.push_str(before);
            if let Some(after) = brace.strip_prefix("{{") {
                literal.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                literal.push('}');
                rest = after;
            } else if let Some((name, after)) = brace.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(reference(name)?);
                rest = after;
            } else {
                return Err(format!("template `{text}` has a brace without its counterpart"));
            }
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Self(pieces))
    }

    /// A text in which braces mean nothing.
    pub(super) fn literal(text: &str) -> Self {
        Self(match text {
            "" => Vec::new(),
            text => vec![Piece::Literal(text.to_owned())],
        })
    }

    /// The text, if there are no references in it.
    pub(super) fn as_literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

fn reference(text: &str) -> Result<Piece, String> {
    let (name, path) = match text.split_once('#') {
        Some((name, path)) => (name, Some(path.to_owned())),
        None => (text, None),
    };
    if is_name(name) {
        let name = name.to_owned();
        Ok(Piece::Reference { name, path })
    } else {
        Err(format!("`{{{text}}}` is not a reference such as `{{Region}}`"))
    }
}

/// Whether a text can name a parameter or an assigned value.
pub(super) fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A step of a `getAttr` path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    /// From the end if negative.
    Index(i64),
}

/// Reads a `getAttr` path, such as `resourceId[0]`: keys joined by dots, an index only at the end.
pub(super) fn parse_path(text: &str) -> Result<Vec<Step>, String> {
    let flaw = || format!("`{text}` is not a path such as `name`, `resourceId[0]` or `[0]`, its index at the end");
    let mut steps = Vec::new();
    for part in text.split('.') {
        if matches!(steps.last(), Some(Step::Index(_))) {
            return Err(flaw());
        }
        let (key, index) = match part.split_once('[') {
            Some((key, index)) => (key, Some(index)),
            None => (part, None),
        };
        if is_name(key) {
            steps.push(Step::Key(key.to_owned()));
        } else if !key.is_empty() || index.is_none() {
            return Err(flaw());
        }
        if let Some(index) = index {
            let number = index.strip_suffix(']').and_then(|number| {
                // `parse` would take a plus sign.
                number.parse::<i32>().ok().filter(|_| !number.starts_with('+'))
            });
            steps.push(Step::Index(i64::from(number.ok_or_else(flaw)?)));
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    fn reference(name: &str, path: Option<&str>) -> Piece {
        let (name, path) = (name.to_owned(), path.map(str::to_owned));
        Piece::Reference { name, path }
    }

    #[test]
    fn templates_are_texts_and_references() {
        for (text, pieces) in [
            ("", vec![]),
            ("a", vec![literal("a")]),
            ("{Region}", vec![reference("Region", None)]),
            (
                "https://{Region}.{p#dnsSuffix}/x",
                vec![
                    literal("https://"),
                    reference("Region", None),
                    literal("."),
                    reference("p", Some("dnsSuffix")),
                    literal("/x"),
                ],
            ),
            ("{{a}}{b}}}", vec![literal("{a}"), reference("b", None), literal("}")]),
        ] {
            assert_eq!(Template::parse(text), Ok(Template(pieces)), "{text:?}");
        }
    }

    #[test]
    fn broken_templates_are_refused() {
        for text in ["{", "}", "a{b", "a}b", "{}", "{a b}", "{1}", "{#x}", "{a"] {
            assert!(Template::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn paths_are_keys_and_one_index_at_the_end() {
        let key = |key: &str| Step::Key(key.to_owned());
        for (text, steps) in [
            ("name", vec![key("name")]),
            ("resourceId[0]", vec![key("resourceId"), Step::Index(0)]),
            ("[12]", vec![Step::Index(12)]),
            ("[-1]", vec![Step::Index(-1)]),
            ("a.b[2]", vec![key("a"), key("b"), Step::Index(2)]),
        ] {
            assert_eq!(parse_path(text), Ok(steps), "{text:?}");
        }
        for text in ["", ".", "a.", "a[", "a[]", "a[x]", "a[0", "a[0].b", "a[0][1]", "a[+1]", "a b"] {
            assert!(parse_path(text).is_err(), "{text:?}");
        }
    }
}
