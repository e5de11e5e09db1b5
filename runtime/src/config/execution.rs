//! Where the program runs, as far as its platform tells in environment variables.

use ::http::HeaderValue;

use super::ConfigError;
use crate::env::Env;

/// What a platform says of itself, and in AWS Lambda of the invocation under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Execution {
    /// The platform, such as `AWS_Lambda_provided.al2023`, for the user agent.
    pub(super) environment: Option<String>,
    /// Set within a Lambda function. Its trace ID changes with every invocation, so it is read at every call.
    lambda: Option<Env>,
}

impl Execution {
    pub(super) fn find(env: &Env) -> Result<Self, ConfigError> {
        let environment = env.get("AWS_EXECUTION_ENV");
        if environment.as_deref().is_some_and(|text| !text.bytes().all(|b| b.is_ascii_graphic())) {
            return Err(ConfigError::Environment {
                variable: "AWS_EXECUTION_ENV".to_owned(),
                reason: "is sent in the user agent and may hold visible ASCII characters only".to_owned(),
            });
        }
        let lambda = env.get("AWS_LAMBDA_FUNCTION_NAME").map(|_| env.clone());
        Ok(Self { environment, lambda })
    }

    /// The trace that the invocation under way belongs to; one that cannot stand in a header is none.
    pub(super) fn trace_id(&self) -> Option<HeaderValue> {
        HeaderValue::try_from(self.lambda.as_ref()?.get("_X_AMZN_TRACE_ID")?).ok()
    }
}
