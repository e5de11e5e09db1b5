//! Credentials in environment variables.

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::env::Env;

/// Credentials of the environment variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, else
/// of their `AMAZON_…` namesakes.
///
/// Variables of the two prefixes are never mixed, and an empty one counts as unset. The environment is read at every
/// call.
#[derive(Clone, Debug)]
pub struct EnvironmentCredentials {
    env: Env,
}

const NAME: &str = "environment";
const PREFIXES: [&str; 2] = ["AWS", "AMAZON"];

impl EnvironmentCredentials {
    /// Reads `env`.
    #[must_use]
    pub fn new(env: Env) -> Self {
        Self { env }
    }

    fn read(&self) -> Result<Credentials, CredentialsError> {
        let mut half = None;
        for prefix in PREFIXES {
            let id_name = format!("{prefix}_ACCESS_KEY_ID");
            let secret_name = format!("{prefix}_SECRET_ACCESS_KEY");
            match (self.env.get(&id_name), self.env.get(&secret_name)) {
                (Some(id), Some(secret)) => {
                    let token = self.env.get(&format!("{prefix}_SESSION_TOKEN")).unwrap_or_default();
                    return Ok(Credentials::new(id, secret).with_session_token(token).with_provider_name(NAME));
                }
                (Some(_), None) => half = half.or(Some((id_name, secret_name))),
                (None, Some(_)) => half = half.or(Some((secret_name, id_name))),
                (None, None) => {}
            }
        }
        Err(match half {
            Some((set, missing)) => CredentialsError::invalid(
                NAME,
                format!("{set} is set but {missing} is not"),
                format!("set {missing} too, or unset {set}"),
            ),
            None => CredentialsError::not_found(
                NAME,
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
                "set both, and AWS_SESSION_TOKEN for temporary credentials",
            ),
        })
    }
}

impl Default for EnvironmentCredentials {
    /// Reads the process's environment.
    fn default() -> Self {
        Self::new(Env::process())
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn name(&self) -> &str {
        NAME
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(self.read()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::CredentialsErrorKind;
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Credentials, CredentialsError> {
        EnvironmentCredentials::new(Env::from_map(variables.iter().copied())).read()
    }

    #[test]
    fn aws_comes_before_amazon() {
        let amazon = [("AMAZON_ACCESS_KEY_ID", "AKIDAMZN"), ("AMAZON_SECRET_ACCESS_KEY", "b")];
        let aws = [("AWS_ACCESS_KEY_ID", "AKIDAWS"), ("AWS_SECRET_ACCESS_KEY", "a")];
        assert_eq!(read(&amazon).unwrap().access_key_id(), "AKIDAMZN");
        assert_eq!(read(&[amazon, aws].concat()).unwrap().access_key_id(), "AKIDAWS");
    }

    #[test]
    fn a_session_token_needs_the_same_prefix() {
        let mut variables =
            vec![("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "a"), ("AMAZON_SESSION_TOKEN", "other")];
        assert_eq!(read(&variables).unwrap().session_token(), None);
        variables.push(("AWS_SESSION_TOKEN", "tok"));
        assert_eq!(read(&variables).unwrap().session_token(), Some("tok"));
    }

    #[test]
    fn half_a_pair_names_what_is_missing() {
        for (set, missing) in [
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
            ("AMAZON_ACCESS_KEY_ID", "AMAZON_SECRET_ACCESS_KEY"),
        ] {
            let error = read(&[(set, "some-value"), (missing, "")]).unwrap_err();
            assert_eq!(error.kind(), CredentialsErrorKind::Invalid);
            assert_eq!(
                error.to_string(),
                format!("environment: {set} is set but {missing} is not (set {missing} too, or unset {set})")
            );
        }
    }

    #[test]
    fn half_a_pair_does_not_hide_a_whole_one() {
        let credentials = read(&[
            ("AWS_ACCESS_KEY_ID", "AKIDAWS"),
            ("AMAZON_ACCESS_KEY_ID", "AKIDAMZN"),
            ("AMAZON_SECRET_ACCESS_KEY", "b"),
        ]);
        assert_eq!(credentials.unwrap().access_key_id(), "AKIDAMZN");
    }

    #[test]
    fn nothing_set_is_not_found() {
        assert_eq!(read(&[]).unwrap_err().kind(), CredentialsErrorKind::NotFound);
    }
}
