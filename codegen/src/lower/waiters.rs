//! How to tell that a resource is in a state: `smithy.waiters#waitable`.

use serde_json::Value;

use super::context::Context;
use super::paths;
use crate::diag::{Diagnostic, Diagnostics};
use crate::ir::{Acceptor, Matcher, PathMatcher, Waiter};
use crate::jmespath;
use crate::model::{HasTraits, Shape};
use crate::{naming, traits};

/// What waiters wait between two calls where the model does not say, in seconds.
const MIN_DELAY: u64 = 2;
const MAX_DELAY: u64 = 120;

/// The waiters of an operation, by name.
pub(super) fn lower(
    context: &Context<'_>,
    operation: &Shape,
    input: &Shape,
    output: &Shape,
    diagnostics: &mut Diagnostics,
) -> Vec<Waiter> {
    let Some(Value::Object(waitable)) = operation.get(traits::WAITABLE) else { return Vec::new() };
    let mut names: Vec<&String> = waitable.keys().collect();
    names.sort();
    let lowering = Lowering { context, operation, input, output };
    names.into_iter().filter_map(|name| diagnostics.collect(lowering.waiter(name, &waitable[name.as_str()]))).collect()
}

struct Lowering<'a> {
    context: &'a Context<'a>,
    operation: &'a Shape,
    input: &'a Shape,
    output: &'a Shape,
}

impl Lowering<'_> {
    fn waiter(&self, name: &str, waiter: &Value) -> Result<Waiter, Diagnostic> {
        let seconds = |key: &str, otherwise: u64| {
            let seconds = waiter.get(key).and_then(Value::as_u64).unwrap_or(otherwise);
            u32::try_from(seconds).map_err(|_| self.flaw(name, format!("has the {key} {seconds}, which is no pause")))
        };
        let min_delay = seconds("minDelay", MIN_DELAY)?;
        let max_delay = seconds("maxDelay", MAX_DELAY.max(min_delay.into()))?;
        if max_delay < min_delay {
            return Err(self.flaw(name, format!("has the minDelay {min_delay} above the maxDelay {max_delay}")));
        }
        let acceptors = waiter.get("acceptors").and_then(Value::as_array).into_iter().flatten();
        let acceptors = acceptors.map(|acceptor| self.acceptor(acceptor).map_err(|problem| self.flaw(name, problem)));
        Ok(Waiter {
            alias: Some(naming::lower_first(name)).filter(|alias| alias != name),
            constant: naming::constant(name),
            method: naming::waiter_method(name),
            docs: self.docs(name, waiter),
            min_delay,
            max_delay,
            acceptors: acceptors.collect::<Result<_, _>>()?,
            name: name.to_owned(),
        })
    }

    fn flaw(&self, waiter: &str, problem: impl std::fmt::Display) -> Diagnostic {
        self.context.model.diagnostic(&self.operation.id, format!("has the waiter `{waiter}`, which {problem}"))
    }

    fn acceptor(&self, acceptor: &Value) -> Result<Acceptor, String> {
        let state = match acceptor.get("state").and_then(Value::as_str) {
            Some("success") => "Success",
            Some("failure") => "Failure",
            _ => "Retry",
        };
        let matcher = acceptor.get("matcher").unwrap_or(&Value::Null);
        let text = |key: &str| matcher.get(key).and_then(Value::as_str);
        let matcher = if let Some(success) = matcher.get("success").and_then(Value::as_bool) {
            Matcher::Success(success)
        } else if let Some(error) = text("errorType") {
            // An absolute shape ID as well as a name alone.
            Matcher::ErrorType(error.rsplit('#').next().unwrap_or(error).to_owned())
        } else if let Some(matcher) = matcher.get("inputOutput") {
            Matcher::InputOutput(self.path(matcher, &paths::Root::Both(self.input, self.output))?)
        } else if let Some(matcher) = matcher.get("output") {
            Matcher::Output(self.path(matcher, &paths::Root::Output(self.output))?)
        } else {
            return Err("has an acceptor that matches nothing".to_owned());
        };
        Ok(Acceptor { state, matcher })
    }

    fn path(&self, matcher: &Value, root: &paths::Root<'_>) -> Result<PathMatcher, String> {
        let text = |key: &str| matcher.get(key).and_then(Value::as_str).unwrap_or_default();
        let (path, expected) = (text("path"), text("expected"));
        let comparator = match text("comparator") {
            "stringEquals" => "StringEquals",
            "booleanEquals" if matches!(expected, "true" | "false") => "BooleanEquals",
            "booleanEquals" => return Err(format!("expects `{expected}`, which is neither `true` nor `false`")),
            "allStringEquals" => "AllStringEquals",
            "anyStringEquals" => "AnyStringEquals",
            other => return Err(format!("compares with `{other}`, which is not known")),
        };
        let resolved =
            jmespath::parse(path).and_then(|expression| paths::resolve(self.context.model, expression, root));
        let path = resolved.map_err(|problem| format!("has the path `{path}`, which {problem}"))?;
        Ok(PathMatcher { path, comparator, expected: expected.to_owned() })
    }

    fn docs(&self, name: &str, waiter: &Value) -> String {
        let method = naming::method(self.operation.id.name());
        let own = waiter.get("documentation").and_then(Value::as_str).map(str::trim).filter(|docs| !docs.is_empty());
        let own = own.map(|docs| format!("\n\n{}", crate::docs::html::to_markdown(docs))).unwrap_or_default();
        format!(
            "Calls [`{method}`](Self::{method}) until `{name}` is reached, for `max_wait` at most.{own}\n\n\
             # Errors\nSee [`WaiterError`]: the state cannot be reached any more, the time is over, or a call failed."
        )
    }
}
