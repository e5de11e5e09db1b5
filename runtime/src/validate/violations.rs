use std::fmt;

/// What stands in place of values that must not be shown.
pub(super) const REDACTED: &str = "*** redacted ***";

/// The fields of [`Checks`](super::Checks), ordered.
const SWITCHES: [&str; 4] = ["enumeration", "max", "min", "pattern"];

/// What kind of violation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A required member is absent.
    MissingRequired,
    /// A name the model does not know.
    Unexpected,
    /// A value of the wrong type, or a union with other than one member set.
    Type,
    /// Shorter or smaller than allowed.
    Min,
    /// Longer or larger than allowed.
    Max,
    /// Does not match the pattern.
    Pattern,
    /// Not a known value of an enumeration.
    Enumeration,
    /// Empty, although it becomes a part of the path.
    EmptyLabel,
}

impl ViolationKind {
    /// The code, as in the AWS SDK for JavaScript v2.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MissingRequired => "MissingRequiredParameter",
            Self::Unexpected => "UnexpectedParameter",
            Self::Type => "InvalidParameterType",
            Self::Min => "MinRangeError",
            Self::Max => "MaxRangeError",
            Self::Pattern => "PatternMatchError",
            Self::Enumeration => "EnumError",
            Self::EmptyLabel => "UriParameterError",
        }
    }

    /// The field of [`Checks`](super::Checks) that turns the check off, if one does.
    const fn switch(self) -> Option<&'static str> {
        match self {
            Self::Min => Some("min"),
            Self::Max => Some("max"),
            Self::Pattern => Some("pattern"),
            Self::Enumeration => Some("enumeration"),
            _ => None,
        }
    }
}

/// One thing in the input that the model does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) kind: ViolationKind,
    pub(super) path: String,
    pub(super) message: String,
    pub(super) limit: Option<String>,
    pub(super) found: Option<String>,
}

impl Violation {
    /// What kind it is.
    pub fn kind(&self) -> ViolationKind {
        self.kind
    }

    /// `MinRangeError`, `PatternMatchError`, …: see [`ViolationKind::code`].
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Where it is: `params.channelArn`, `params.tags[0]`, `params.attributes['key']`. For a missing or unexpected
    /// member, the path that member has or would have.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the model says: a number, a pattern, the values of an enumeration separated by `|`.
    pub fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    /// What the input has instead: a length, a number, a text. Values that are sensitive are redacted, long ones cut.
    pub fn found(&self) -> Option<&str> {
        self.found.as_deref()
    }

    /// The message, as in the AWS SDK for JavaScript v2.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Everything in the input that the model does not allow; nothing was sent.
///
/// `Display` is the [`message`](Self::message), and below it, where a check can be turned off, how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationErrors {
    violations: Vec<Violation>,
}

impl ValidationErrors {
    /// `None` when there is no violation.
    pub(super) fn new(violations: Vec<Violation>) -> Option<Self> {
        (!violations.is_empty()).then_some(Self { violations })
    }

    /// The violations: those of a structure's missing members first, then those of its members in the order given.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.violations.iter()
    }

    /// The only violation's code, or `MultipleValidationErrors`.
    pub fn code(&self) -> &'static str {
        match &self.violations[..] {
            [violation] => violation.code(),
            _ => "MultipleValidationErrors",
        }
    }

    /// The only violation's message, or a list of all, as in the AWS SDK for JavaScript v2.
    pub fn message(&self) -> String {
        match &self.violations[..] {
            [violation] => violation.message.clone(),
            violations => {
                let mut text = format!("There were {} validation errors:", violations.len());
                for violation in violations {
                    text.push_str("\n* ");
                    text.push_str(violation.code());
                    text.push_str(": ");
                    text.push_str(&violation.message);
                }
                text
            }
        }
    }
}

impl<'e> IntoIterator for &'e ValidationErrors {
    type Item = &'e Violation;
    type IntoIter = std::slice::Iter<'e, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for ValidationErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        let off = |switch: &&str| self.iter().any(|violation| violation.kind.switch() == Some(switch));
        let switches = SWITCHES.into_iter().filter(off).collect::<Vec<_>>().join("`, `");
        if switches.is_empty() {
            return Ok(());
        }
        // A service may have widened what the model still forbids: say how to send it all the same.
        write!(f, "\nhelp: if the service accepts it, turn off `{switches}` in `param_validation`")
    }
}

impl std::error::Error for ValidationErrors {}
