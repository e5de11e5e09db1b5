//! What is wrong with a configuration or an input is said before anything is sent: typed, and with the way out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails with it")]

use kinesisvideo::webrtc_storage::{Client, Error, JoinStorageSessionAsViewerInput, JoinStorageSessionInput};
use kinesisvideo::{Config, ConfigError, Env, ParamValidation};
use kinesisvideo_tests::scripted::{Answer, Server};
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::json;

fn refused(builder: kinesisvideo::ConfigBuilder) -> ConfigError {
    match builder.build() {
        Err(error) => error,
        Ok(config) => Client::new(config).map(|_| ()).unwrap_err(),
    }
}

#[test]
fn a_configuration_that_cannot_work_is_refused() {
    let with_endpoint = |endpoint: &str| Config::builder().region("us-west-2").endpoint(endpoint);
    for (builder, says) in [
        (Config::builder(), "Missing region in config"),
        (Config::builder().region(""), "Missing region in config"),
        (Config::builder().region("-us"), "Invalid region in config"),
        (Config::builder().region("us west"), "Invalid region in config"),
        (with_endpoint(""), "empty"),
        (with_endpoint("ftp://host"), "scheme `ftp`"),
        (with_endpoint("https://host?x=1"), "query"),
        (with_endpoint("https://host#f"), "fragment"),
        (with_endpoint("https://user:secret@host"), "user info"),
        (with_endpoint("https://{Service}.x.test"), "placeholder `{Service}`"),
        (with_endpoint("https://host").use_fips(true), "FIPS and custom endpoint are not supported"),
        (with_endpoint("https://host").use_dual_stack(true), "Dualstack and custom endpoint are not supported"),
        (Config::builder().region("us-west-2").user_agent_suffix("a\r\nb"), "user agent"),
    ] {
        let error = refused(builder);
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert_eq!(error.code(), "ConfigError");
    }
}

#[tokio::test]
async fn credentials_that_are_missing_or_halved_are_named() {
    for (variables, says) in [
        // Without this variable, the instance metadata service of the machine would be asked.
        (vec![("AWS_EC2_METADATA_DISABLED", "true")], "AWS_ACCESS_KEY_ID"),
        (vec![("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")], "AWS_SECRET_ACCESS_KEY"),
        (vec![("AWS_SECRET_ACCESS_KEY", "the-secret")], "AWS_ACCESS_KEY_ID"),
    ] {
        let server = Server::start([Answer::reply(200, "{}")]).unwrap();
        let config = Config::builder().region("us-west-2").endpoint(server.url()).env(Env::from_map(variables));
        let client = Client::new(config.build().unwrap()).unwrap();
        let error = client.join_storage_session(JoinStorageSessionInput::new(CHANNEL_ARN)).await.unwrap_err();
        assert_eq!(error.code(), "CredentialsError");
        assert!(error.to_string().contains(says), "{error}");
        assert!(!format!("{error:?}").contains("the-secret"));
        assert!(server.received().is_empty());
    }
}

#[tokio::test]
async fn all_violations_are_reported_at_once_and_nothing_is_sent() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let strict = config().param_validation(ParamValidation::ALL).endpoint(server.url());
    let client = Client::new(strict.build().unwrap()).unwrap();

    let input = JoinStorageSessionAsViewerInput::new("not an ARN", "");
    let Error::Validation(errors) = client.join_storage_session_as_viewer(input).await.unwrap_err() else {
        panic!("not a validation error")
    };
    let codes: Vec<_> = errors.iter().map(|violation| violation.code()).collect();
    assert_eq!(codes, ["PatternMatchError", "MinRangeError", "PatternMatchError"]);
    assert!(errors.to_string().contains("param_validation"), "the text names the switch: {errors}");

    for (params, codes) in [
        (json!({}), vec!["MissingRequiredParameter", "MissingRequiredParameter"]),
        (
            json!({"clientId": 1, "x": 2}),
            vec!["MissingRequiredParameter", "InvalidParameterType", "UnexpectedParameter"],
        ),
        (json!(7), vec!["InvalidParameterType", "MissingRequiredParameter", "MissingRequiredParameter"]),
    ] {
        let error = client.call("joinStorageSessionAsViewer", params).await.unwrap_err();
        let Error::Validation(errors) = error else { panic!("not a validation error") };
        assert_eq!(errors.iter().map(|violation| violation.code()).collect::<Vec<_>>(), codes, "{errors}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn validation_can_be_turned_off() {
    let server = Server::start([Answer::reply(200, "{}")]).unwrap();
    let lax = config().param_validation(false).endpoint(server.url());
    let client = Client::new(lax.build().unwrap()).unwrap();
    client.call("JoinStorageSession", json!(null)).await.unwrap();
    client.call("JoinStorageSession", json!({"channelArn": 5, "unknown": true})).await.unwrap();
    let bodies: Vec<_> =
        server.received().into_iter().map(|request| String::from_utf8(request.body).unwrap()).collect();
    assert_eq!(bodies, ["{}", r#"{"channelArn":"5"}"#]);
}

#[tokio::test]
async fn an_unknown_operation_is_named_with_the_known_ones() {
    let client = Client::new(config().build().unwrap()).unwrap();
    let error = client.call("joinStorageSesion", json!({})).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, Error::UnknownOperation(_)));
    assert!(text.contains("joinStorageSesion") && text.contains("JoinStorageSessionAsViewer"), "{text}");
}
