//! Parameters of endpoint rules that a path through an operation's input gives.

use serde::Serialize;
use serde_json::Value;

use crate::jmespath::Expression;

/// The text that an expression gives for an input; `None` when it gives none.
pub fn text_of(input: &impl Serialize, path: &Expression) -> Option<String> {
    match evaluate(input, path) {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The truth value that an expression gives for an input; `None` when it gives none.
pub fn flag_of(input: &impl Serialize, path: &Expression) -> Option<bool> {
    evaluate(input, path).as_bool()
}

/// The texts that an expression gives for an input; `None` when it gives no list. What is no text in it is left out.
pub fn texts_of(input: &impl Serialize, path: &Expression) -> Option<Vec<String>> {
    match evaluate(input, path) {
        Value::Array(items) => Some(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()),
        _ => None,
    }
}

fn evaluate(input: &impl Serialize, path: &Expression) -> Value {
    path.evaluate(&serde_json::to_value(input).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_gives_what_is_there_and_nothing_else() {
        let input = json!({"name": "a", "on": true, "items": [{"key": "x"}, {"key": 1}, {"key": "y"}]});
        const KEYS: Expression = Expression::Project(&Expression::Field("items"), &Expression::Field("key"));
        assert_eq!(text_of(&input, &Expression::Field("name")).as_deref(), Some("a"));
        assert_eq!(flag_of(&input, &Expression::Field("on")), Some(true));
        assert_eq!(texts_of(&input, &KEYS), Some(vec!["x".to_owned(), "y".to_owned()]));
        for path in [Expression::Field("items"), Expression::Field("none")] {
            assert_eq!(text_of(&input, &path), None);
            assert_eq!(flag_of(&input, &path), None);
        }
        assert_eq!(texts_of(&input, &Expression::Field("name")), None);
    }
}
