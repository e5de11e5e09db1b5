//! A rule set whose types are checked and whose names are chosen: all that is left is writing it down.

/// The rules, in the order in which they are tried.
pub(super) struct Block(pub(super) Vec<Branch>);

impl Block {
    /// Calls `visit` with every endpoint of the rules.
    pub(super) fn each_endpoint<'a>(&'a self, visit: &mut impl FnMut(&'a Endpoint)) {
        for branch in &self.0 {
            match &branch.outcome {
                Outcome::Endpoint(endpoint) => visit(endpoint),
                Outcome::Block(block) => block.each_endpoint(visit),
                Outcome::Error(_) => {}
            }
        }
    }
}

/// A rule: steps that must all succeed, and what it gives then.
pub(super) struct Branch {
    pub(super) steps: Vec<Step>,
    pub(super) outcome: Outcome,
}

pub(super) enum Step {
    /// Succeeds if the boolean is true.
    When(Value),
    /// Succeeds if the optional value is there, and names it.
    Bind(VariableId, Value),
    /// Names a value that is always there.
    Let(VariableId, Value),
}

impl Step {
    pub(super) fn is_conditional(&self) -> bool {
        !matches!(self, Self::Let(..))
    }
}

pub(super) enum Outcome {
    Endpoint(Box<Endpoint>),
    Error(Value),
    Block(Block),
}

pub(super) struct Endpoint {
    pub(super) url: Value,
    pub(super) headers: Vec<(String, Vec<Value>)>,
    pub(super) auth_schemes: Vec<AuthScheme>,
    pub(super) properties: Vec<(String, Property)>,
}

pub(super) struct AuthScheme {
    pub(super) name: Value,
    pub(super) settings: Vec<Setting>,
}

/// A setting of an authentication scheme, and the method of the runtime's `AuthScheme` that takes it.
pub(super) struct Setting {
    pub(super) method: &'static str,
    pub(super) value: Value,
}

pub(super) enum Property {
    Value(Value),
    List(Vec<Property>),
    Map(Vec<(String, Property)>),
}

/// A place in [`Variables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct VariableId(usize);

/// The names of local variables.
#[derive(Default)]
pub(super) struct Variables(Vec<Variable>);

pub(super) struct Variable {
    pub(super) ident: String,
    /// Whether it holds its value itself, so that it must be borrowed to be read.
    pub(super) owned: bool,
}

impl Variables {
    pub(super) fn add(&mut self, ident: String, owned: bool) -> VariableId {
        self.0.push(Variable { ident, owned });
        VariableId(self.0.len() - 1)
    }

    pub(super) fn get(&self, id: VariableId) -> &Variable {
        &self.0[id.0]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Boolean,
    Integer,
    StringArray,
    Partition,
    Url,
    Arn,
}

impl Type {
    /// What it is, in words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::StringArray => "an array of strings",
            Self::Partition => "a partition",
            Self::Url => "a URL",
            Self::Arn => "an ARN",
        }
    }

    /// The Rust field and the type of a `getAttr` key.
    pub(super) fn field(self, key: &str) -> Option<(&'static str, Type)> {
        Some(match (self, key) {
            (Self::Partition, "name") => ("name", Self::String),
            (Self::Partition, "dnsSuffix") => ("dns_suffix", Self::String),
            (Self::Partition, "dualStackDnsSuffix") => ("dual_stack_dns_suffix", Self::String),
            (Self::Partition, "implicitGlobalRegion") => ("implicit_global_region", Self::String),
            (Self::Partition, "supportsFIPS") => ("supports_fips", Self::Boolean),
            (Self::Partition, "supportsDualStack") => ("supports_dual_stack", Self::Boolean),
            (Self::Url, "scheme") => ("scheme", Self::String),
            (Self::Url, "authority") => ("authority", Self::String),
            (Self::Url, "path") => ("path", Self::String),
            (Self::Url, "normalizedPath") => ("normalized_path", Self::String),
            (Self::Url, "isIp") => ("is_ip", Self::Boolean),
            (Self::Arn, "partition") => ("partition", Self::String),
            (Self::Arn, "service") => ("service", Self::String),
            (Self::Arn, "region") => ("region", Self::String),
            (Self::Arn, "accountId") => ("account_id", Self::String),
            (Self::Arn, "resourceId") => ("resource_id", Self::StringArray),
            _ => return None,
        })
    }
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) of: Type,
    /// Whether it may be nothing.
    pub(super) optional: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Boolean(bool),
    Integer(i64),
    Text(String),
    /// Strings joined: texts and other values, never texts alone.
    Joined(Vec<Value>),
    /// The field of `EndpointParams` with this name.
    Parameter(String),
    Variable(VariableId),
    /// The Rust field of a record.
    Field(Box<Value>, &'static str),
    /// The item of an array.
    Item(Box<Value>, i64),
    /// A function of the runtime.
    Call(Function, Vec<Value>),
    IsSet(Box<Value>),
    Not(Box<Value>),
    Equal(Box<Value>, Box<Value>),
    Different(Box<Value>, Box<Value>),
    /// The first that is there; all but the last are optional.
    Coalesce(Vec<Value>),
    /// One or the other, as the boolean says; both optional, or neither.
    Choice(Box<Value>, Box<Value>, Box<Value>),
    /// A value that is always there, as an optional one.
    Some(Box<Value>),
}

/// A function of the runtime's endpoint library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    IsValidHostLabel,
    IsVirtualHostableS3Bucket,
    ParseArn,
    ParseUrl,
    Partition,
    Split,
    Substring,
    UriEncode,
}

impl Function {
    /// Its name in the runtime.
    pub(super) fn ident(self) -> &'static str {
        match self {
            Self::IsValidHostLabel => "is_valid_host_label",
            Self::IsVirtualHostableS3Bucket => "is_virtual_hostable_s3_bucket",
            Self::ParseArn => "parse_arn",
            Self::ParseUrl => "parse_url",
            Self::Partition => "partition",
            Self::Split => "split",
            Self::Substring => "substring",
            Self::UriEncode => "uri_encode",
        }
    }
}

/// Identifiers that no local variable may take, since the emitted function uses them.
pub(super) const RESERVED: &[&str] = &[
    "is_valid_host_label",
    "is_virtual_hostable_s3_bucket",
    "item",
    "params",
    "parse_arn",
    "parse_url",
    "partition",
    "split",
    "substring",
    "uri_encode",
];

impl Value {
    pub(super) fn new(kind: Kind, of: Type, optional: bool) -> Self {
        Self { kind, of, optional }
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::new(Kind::Text(text.into()), Type::String, false)
    }

    pub(super) fn boolean(kind: Kind) -> Self {
        Self::new(kind, Type::Boolean, false)
    }

    /// The text it is, if it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether evaluating it makes a value of its own, rather than a reference or a copy.
    pub(super) fn is_owned(&self) -> bool {
        match &self.kind {
            Kind::Joined(_) => true,
            Kind::Call(function, _) => {
                matches!(function, Function::ParseArn | Function::ParseUrl | Function::Split | Function::UriEncode)
            }
            Kind::Field(record, name) => {
                // A field of a record that is itself only passing by.
                record.is_owned() && matches!(*name, "normalized_path" | "resource_id")
            }
            Kind::Coalesce(values) => values.iter().any(Self::is_owned),
            // What a branch makes is gone at its end, and with it what refers to it.
            Kind::Choice(_, yes, no) => [yes, no].iter().any(|branch| branch.is_owned() || branch.refers_to_owned()),
            Kind::Some(value) => value.is_owned(),
            Kind::Boolean(_)
            | Kind::Integer(_)
            | Kind::Text(_)
            | Kind::Parameter(_)
            | Kind::Variable(_)
            | Kind::Item(..)
            | Kind::IsSet(_)
            | Kind::Not(_)
            | Kind::Equal(..)
            | Kind::Different(..) => false,
        }
    }

    /// Whether it is a reference into a value that is made while evaluating it.
    fn refers_to_owned(&self) -> bool {
        if !matches!(self.of, Type::String | Type::StringArray | Type::Url | Type::Arn) {
            return false;
        }
        match &self.kind {
            Kind::Call(function, arguments) => {
                *function != Function::UriEncode
                    && arguments.iter().any(|argument| argument.is_owned() || argument.refers_to_owned())
            }
            Kind::Item(array, _) => array.is_owned() || array.refers_to_owned(),
            Kind::Field(record, _) => record.refers_to_owned(),
            Kind::Coalesce(values) => !self.is_owned() && values.iter().any(Self::refers_to_owned),
            Kind::Some(value) => value.refers_to_owned(),
            _ => false,
        }
    }

    /// The boolean's opposite, in its simplest form.
    pub(super) fn negate(self) -> Self {
        Self::boolean(match self.kind {
            Kind::Boolean(flag) => Kind::Boolean(!flag),
            Kind::Not(inner) => return *inner,
            Kind::Equal(left, right) => Kind::Different(left, right),
            Kind::Different(left, right) => Kind::Equal(left, right),
            _ => Kind::Not(Box::new(self)),
        })
    }
}
