//! Whether an acceptor takes an answer.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Comparator, Matcher, PathMatcher, State, Waiter};
use crate::error::Error;
use crate::operation::ServiceError;

/// An answer as matchers see it.
pub(super) enum Answer<'a> {
    /// An output, with the input that it answers, as an object of both.
    Output(Value),
    /// An error of the service.
    Refusal(&'a str),
    /// An error of which the service knows nothing, or that leaves open what the service thinks.
    Trouble,
}

impl<'a> Answer<'a> {
    pub(super) fn of<E: ServiceError>(input: &impl Serialize, result: &'a Result<impl Serialize, Error<E>>) -> Self {
        match result {
            Ok(output) => Self::Output(json!({
                "input": serde_json::to_value(input).unwrap_or_default(),
                "output": serde_json::to_value(output).unwrap_or_default(),
            })),
            Err(Error::Service(failure)) => Self::Refusal(failure.code()),
            Err(_) => Self::Trouble,
        }
    }
}

/// What the answer means; `None` when no acceptor takes it: an output is then asked for again, and an error ends the waiting.
pub(super) fn judge(waiter: &Waiter, answer: Answer<'_>) -> Option<State> {
    let matching = waiter.acceptors.iter().find(|acceptor| matches(&acceptor.matcher, &answer));
    match (matching, answer) {
        (Some(acceptor), _) => Some(acceptor.state),
        (None, Answer::Output(_)) => Some(State::Retry),
        (None, Answer::Refusal(_) | Answer::Trouble) => None,
    }
}

fn matches(matcher: &Matcher, answer: &Answer<'_>) -> bool {
    match (matcher, answer) {
        (Matcher::Success(success), Answer::Output(_)) => *success,
        (Matcher::Success(success), Answer::Refusal(_)) => !*success,
        (Matcher::ErrorType(expected), Answer::Refusal(code)) => expected == code,
        (Matcher::Output(path), Answer::Output(both)) => gives(path, &both["output"]),
        (Matcher::InputOutput(path), Answer::Output(both)) => gives(path, both),
        _ => false,
    }
}

fn gives(matcher: &PathMatcher, value: &Value) -> bool {
    let found = matcher.path.evaluate(value);
    let is_expected = |text: &Value| text.as_str() == Some(matcher.expected);
    match matcher.comparator {
        Comparator::StringEquals => is_expected(&found),
        Comparator::BooleanEquals => found.as_bool().is_some_and(|found| found == (matcher.expected == "true")),
        Comparator::AllStringEquals => {
            found.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(is_expected))
        }
        Comparator::AnyStringEquals => found.as_array().is_some_and(|items| items.iter().any(is_expected)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jmespath::Expression;
    use crate::waiter::Acceptor;

    static STATUS: Expression = Expression::Field("status");
    static ITEMS: Expression = Expression::Field("items");

    fn gives(path: &'static Expression, comparator: Comparator, expected: &'static str, output: Value) -> bool {
        let both = Answer::Output(json!({"input": {}, "output": output}));
        matches(&Matcher::Output(PathMatcher::new(path, comparator, expected)), &both)
    }

    #[test]
    fn comparators_compare_what_they_say() {
        use Comparator::{AllStringEquals, AnyStringEquals, BooleanEquals, StringEquals};
        assert!(gives(&STATUS, StringEquals, "OK", json!({"status": "OK"})));
        assert!(!gives(&STATUS, StringEquals, "OK", json!({"status": ["OK"]})));
        assert!(!gives(&STATUS, StringEquals, "null", json!({})));
        assert!(gives(&STATUS, BooleanEquals, "false", json!({"status": false})));
        assert!(!gives(&STATUS, BooleanEquals, "false", json!({})));
        assert!(gives(&ITEMS, AllStringEquals, "a", json!({"items": ["a", "a"]})));
        assert!(!gives(&ITEMS, AllStringEquals, "a", json!({"items": ["a", "b"]})));
        assert!(!gives(&ITEMS, AllStringEquals, "a", json!({"items": []})));
        assert!(gives(&ITEMS, AnyStringEquals, "a", json!({"items": ["b", "a"]})));
        assert!(!gives(&ITEMS, AnyStringEquals, "a", json!({"items": "a"})));
    }

    #[test]
    fn the_first_acceptor_that_matches_counts() {
        static ACCEPTORS: [Acceptor; 3] = [
            Acceptor::new(State::Retry, Matcher::ErrorType("Gone")),
            Acceptor::new(State::Failure, Matcher::Success(false)),
            Acceptor::new(State::Success, Matcher::Success(true)),
        ];
        static WAITER: Waiter = Waiter::new("Done", 1, 1, &ACCEPTORS);
        assert_eq!(judge(&WAITER, Answer::Refusal("Gone")), Some(State::Retry));
        assert_eq!(judge(&WAITER, Answer::Refusal("Denied")), Some(State::Failure));
        assert_eq!(judge(&WAITER, Answer::Output(Value::Null)), Some(State::Success));
        assert_eq!(judge(&WAITER, Answer::Trouble), None);
    }

    #[test]
    fn what_no_acceptor_takes_is_asked_again_or_ends_the_waiting() {
        static WAITER: Waiter = Waiter::new("Done", 1, 1, &[]);
        assert_eq!(judge(&WAITER, Answer::Output(Value::Null)), Some(State::Retry));
        assert_eq!(judge(&WAITER, Answer::Refusal("Denied")), None);
    }

    #[test]
    fn input_and_output_can_be_compared() {
        static SAME: Expression = Expression::Compare(
            crate::jmespath::Relation::Equal,
            &Expression::Chain(&Expression::Field("input"), &Expression::Field("want")),
            &Expression::Chain(&Expression::Field("output"), &Expression::Field("have")),
        );
        let matcher = Matcher::InputOutput(PathMatcher::new(&SAME, Comparator::BooleanEquals, "true"));
        assert!(matches(&matcher, &Answer::Output(json!({"input": {"want": 2}, "output": {"have": 2}}))));
        assert!(!matches(&matcher, &Answer::Output(json!({"input": {"want": 2}, "output": {"have": 1}}))));
    }
}
