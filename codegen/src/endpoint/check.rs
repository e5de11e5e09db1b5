//! Checking the types of a rule set, and choosing the names of its variables.

mod endpoint;
mod functions;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::issues::Issues;
use super::parameters::{Parameter, ParameterType};
use super::rules;
use super::typed::{Block, Branch, Kind, Outcome, RESERVED, Step, Type, Value, VariableId, Variables};
use crate::naming;

pub(super) use endpoint::expected;

/// A rule set that is ready to be written down.
pub(super) struct Checked {
    /// Required parameters without a default, and the variables that hold their values.
    pub(super) required: Vec<(String, Value, VariableId)>,
    pub(super) block: Block,
    pub(super) variables: Variables,
}

/// Checks the rules; what is wrong goes to `issues`.
pub(super) fn check(parameters: &[Parameter], rules: &[rules::Rule], issues: &mut Issues<'_>) -> Checked {
    let mut checker = Checker { variables: Variables::default(), unchecked: BTreeSet::new(), issues };
    let (scope, required) = checker.root_scope(parameters);
    let block = checker.block(rules, &scope);
    Checked { required, block, variables: checker.variables }
}

struct Checker<'a, 'b> {
    variables: Variables,
    /// Fields of parameters that were found to be used without a check.
    unchecked: BTreeSet<String>,
    issues: &'a mut Issues<'b>,
}

/// The functions that give something for what is not set, and so say nothing about whether it is.
const TAKES_WHAT_IS_NOT_SET: &[&str] = &["coalesce", "isSet", "ite", "not"];

/// What names mean at a point of a rule set.
#[derive(Clone)]
struct Scope {
    /// `None` for names whose values had a flaw: what uses them is not reported again.
    names: BTreeMap<String, Option<Value>>,
    /// Identifiers of parameters and of variables in scope.
    idents: BTreeSet<String>,
    /// Booleans that conditions before this found to be true.
    facts: Vec<Value>,
}

impl Scope {
    /// An identifier for a name that nothing in scope has.
    fn claim(&mut self, name: &str) -> String {
        let mut ident = naming::local(name);
        while is_reserved(&ident) || !self.idents.insert(ident.clone()) {
            ident.push('_');
        }
        ident
    }

    /// From here on the boolean is known to be true.
    fn expect(&mut self, kind: Kind) -> Step {
        let value = Value::boolean(kind);
        self.facts.push(value.clone());
        Step::When(value)
    }
}

/// Whether the emitted function uses the identifier for something else.
fn is_reserved(ident: &str) -> bool {
    let is_hoisted = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
    RESERVED.contains(&ident) || ident.strip_prefix("value_").is_some_and(is_hoisted)
}

impl Checker<'_, '_> {
    fn root_scope(&mut self, parameters: &[Parameter]) -> (Scope, Vec<(String, Value, VariableId)>) {
        let mut scope = Scope { names: BTreeMap::new(), idents: BTreeSet::new(), facts: Vec::new() };
        let mut required = Vec::new();
        for parameter in parameters {
            let of = match parameter.kind {
                ParameterType::String => Type::String,
                ParameterType::Boolean => Type::Boolean,
                ParameterType::StringArray => Type::StringArray,
            };
            let kind = Kind::Parameter(parameter.field.clone());
            let value = Value::new(kind, of, parameter.is_optional());
            let known = if parameter.required && parameter.is_optional() {
                let variable = self.variable(&parameter.name, &value, &mut scope);
                required.push((parameter.name.clone(), value, variable));
                Value::new(Kind::Variable(variable), of, false)
            } else {
                value
            };
            scope.names.insert(parameter.name.clone(), Some(known));
        }
        // No variable takes the name a parameter's value will have once it is known to be set.
        for parameter in parameters {
            scope.idents.insert(parameter.field.clone());
        }
        (scope, required)
    }

    fn variable(&mut self, name: &str, value: &Value, scope: &mut Scope) -> VariableId {
        let ident = scope.claim(name);
        self.variables.add(ident, value.is_owned())
    }

    fn block(&mut self, rules: &[rules::Rule], scope: &Scope) -> Block {
        let branches: Vec<_> = rules.iter().filter_map(|rule| self.branch(rule, scope)).collect();
        // What stands after a rule that always matches is checked and then left out.
        let always = branches.iter().position(|branch| !branch.steps.iter().any(Step::is_conditional));
        let reachable = always.map_or(branches.len(), |index| index + 1);
        Block(branches.into_iter().take(reachable).collect())
    }

    /// A rule, unless it has a flaw or a condition that never holds.
    fn branch(&mut self, rule: &rules::Rule, scope: &Scope) -> Option<Branch> {
        let mut scope = scope.clone();
        let mut steps = Vec::new();
        let mut possible = true;
        for condition in &rule.conditions {
            steps.extend(self.imply_set(&condition.call, &mut scope));
            match self.condition(condition, &mut scope) {
                Some(Holds::Always) => {}
                Some(Holds::Never) => possible = false,
                Some(Holds::If(step)) => steps.push(step),
                None => possible = false,
            }
        }
        let outcome = match &rule.outcome {
            rules::Outcome::Endpoint(endpoint) => Outcome::Endpoint(Box::new(self.endpoint(endpoint, &scope)?)),
            rules::Outcome::Error(message) => {
                Outcome::Error(self.required(message, Type::String, "the error", &scope)?)
            }
            rules::Outcome::Tree(rules) => Outcome::Block(self.block(rules, &scope)),
        };
        possible.then_some(Branch { steps, outcome })
    }

    /// A function of something that is not set gives nothing, and the condition does not hold: where it holds, the
    /// parameters that it takes are set. Published rule sets rely on it, that of SimpleDB for one.
    fn imply_set(&mut self, call: &rules::Call, scope: &mut Scope) -> Vec<Step> {
        if TAKES_WHAT_IS_NOT_SET.contains(&call.function.as_str()) {
            return Vec::new();
        }
        let mut steps = Vec::new();
        for argument in &call.arguments {
            let rules::ArgumentKind::Reference(name) = &argument.kind else { continue };
            let Some(Some(value)) = scope.names.get(name).cloned() else { continue };
            if let (true, Kind::Parameter(field)) = (value.optional, value.kind.clone()) {
                steps.push(self.narrow(&field, value, scope));
            }
        }
        steps
    }

    /// What a condition checks; names it assigns, and parameters it finds set, enter the scope.
    fn condition(&mut self, condition: &rules::Condition, scope: &mut Scope) -> Option<Holds> {
        let path = &condition.call.path;
        if let Some(name) = condition.assign.as_ref().filter(|name| scope.names.contains_key(*name)) {
            self.issues.report_with_help(
                path,
                format!("`{name}` is assigned, but is a parameter or has been assigned before"),
                "choose another name",
            );
            return None;
        }
        let value = self.call(&condition.call, scope);
        let Some(value) = value else {
            if let Some(name) = &condition.assign {
                scope.names.insert(name.clone(), None);
            }
            return None;
        };
        let of = value.of;
        if of == Type::Boolean {
            if let Some(name) = &condition.assign {
                let holds = Value::boolean(Kind::Boolean(true));
                scope.names.insert(name.clone(), Some(holds));
            }
            return Some(self.boolean_condition(value, scope));
        }
        match (&condition.assign, value.optional) {
            (Some(name), optional) => {
                let variable = self.variable(name, &value, scope);
                let known = Value::new(Kind::Variable(variable), of, false);
                scope.names.insert(name.clone(), Some(known));
                Some(Holds::If(match optional {
                    true => Step::Bind(variable, value),
                    false => Step::Let(variable, value),
                }))
            }
            (None, true) => {
                let is_set = Kind::IsSet(Box::new(value));
                Some(Holds::If(Step::When(Value::boolean(is_set))))
            }
            (None, false) => Some(Holds::Always),
        }
    }

    fn boolean_condition(&mut self, value: Value, scope: &mut Scope) -> Holds {
        // False and nothing are the same to a condition.
        let value = match value.optional {
            true => Value::boolean(Kind::Coalesce(vec![value, Value::boolean(Kind::Boolean(false))])),
            false => value,
        };
        let is_known = scope.facts.contains(&value);
        let is_refuted = scope.facts.contains(&value.clone().negate());
        let step = match value.kind {
            Kind::Boolean(true) => return Holds::Always,
            Kind::Boolean(false) => return Holds::Never,
            Kind::IsSet(inner) => match inner.kind.clone() {
                Kind::Parameter(field) => self.narrow(&field, *inner, scope),
                _ => scope.expect(Kind::IsSet(inner)),
            },
            kind => scope.expect(kind),
        };
        match (is_known, is_refuted) {
            (true, _) => Holds::Always,
            (_, true) => Holds::Never,
            _ => Holds::If(step),
        }
    }

    /// From here on the parameter is known to be set.
    fn narrow(&mut self, field: &str, parameter: Value, scope: &mut Scope) -> Step {
        // The name is the parameter's own: free it for the claim.
        scope.idents.remove(field);
        let variable = self.variable(field, &parameter, scope);
        scope.idents.insert(field.to_owned());
        for known in scope.names.values_mut().flatten() {
            if known.kind == parameter.kind {
                *known = Value::new(Kind::Variable(variable), parameter.of, false);
            }
        }
        Step::Bind(variable, parameter)
    }
}

enum Holds {
    Always,
    Never,
    If(Step),
}
