//! What the original adds to requests because of where the program runs.

use kinesisvideo::runtime::http::{HeaderValue, Request};
use kinesisvideo::runtime::interceptor::Call;
use kinesisvideo::{ConfigBuilder, Env, Interceptor};
use kinesisvideo_tests::config;

use super::sent;

const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793";

fn within(variables: &[(&str, &str)]) -> ConfigBuilder {
    config().env(Env::from_map(variables.iter().copied()))
}

#[tokio::test]
async fn the_trace_of_a_lambda_invocation_is_passed_on_unsigned() {
    let request = sent(within(&[("AWS_LAMBDA_FUNCTION_NAME", "f"), ("_X_AMZN_TRACE_ID", TRACE)])).await;
    assert_eq!(request.header("x-amzn-trace-id"), Some(TRACE));
    assert!(!request.header("authorization").unwrap().contains("x-amzn-trace-id"));
}

#[tokio::test]
async fn a_trace_is_passed_on_in_lambda_alone_and_when_it_can_stand_in_a_header() {
    for variables in [
        &[("_X_AMZN_TRACE_ID", TRACE)][..],
        &[("AWS_LAMBDA_FUNCTION_NAME", "f")],
        &[("AWS_LAMBDA_FUNCTION_NAME", ""), ("_X_AMZN_TRACE_ID", TRACE)],
        &[("AWS_LAMBDA_FUNCTION_NAME", "f"), ("_X_AMZN_TRACE_ID", "a\nb")],
    ] {
        assert_eq!(sent(within(variables)).await.header("x-amzn-trace-id"), None, "{variables:?}");
    }
}

#[derive(Debug)]
struct OwnTrace;

impl Interceptor for OwnTrace {
    fn on_build(&self, _: &Call<'_>, request: &mut Request) {
        request.headers.insert("x-amzn-trace-id", HeaderValue::from_static("Root=mine"));
    }
}

#[tokio::test]
async fn a_trace_of_a_hook_wins() {
    let lambda = within(&[("AWS_LAMBDA_FUNCTION_NAME", "f"), ("_X_AMZN_TRACE_ID", TRACE)]);
    assert_eq!(sent(lambda.interceptor(OwnTrace)).await.header("x-amzn-trace-id"), Some("Root=mine"));
}

#[tokio::test]
async fn the_user_agent_names_the_platform_and_what_the_program_calls_itself() {
    let plain = sent(config()).await.header("user-agent").unwrap().to_owned();
    let platform = within(&[("AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023")]).user_agent_suffix("my-camera/1.2");
    assert_eq!(
        sent(platform).await.header("user-agent").unwrap(),
        format!("{plain} exec-env/AWS_Lambda_provided.al2023 my-camera/1.2")
    );
    let error = within(&[("AWS_EXECUTION_ENV", "two words")]).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "environment variable AWS_EXECUTION_ENV is sent in the user agent and may hold visible ASCII characters only"
    );
}
