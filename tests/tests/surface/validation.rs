//! 12: `paramValidation`.

use kinesisvideo::webrtc_storage::JoinStorageSessionAsViewerInput;
use kinesisvideo::{Checks, ParamValidation};
use kinesisvideo_tests::{CHANNEL_ARN, config};
use serde_json::{Value, json};

use super::{accepting, body, client, only};

/// What a call with these parameters ends with: the code of its error, or what was sent.
async fn outcome(validation: impl Into<ParamValidation>, params: Value) -> Result<Value, String> {
    let server = accepting();
    let client = client(&server, config().param_validation(validation));
    match client.call("joinStorageSessionAsViewer", params).await {
        Ok(_) => Ok(body(&only(&server))),
        Err(error) => {
            assert!(server.received().is_empty());
            Err(error.code().to_owned())
        }
    }
}

fn viewer(client_id: &str) -> Value {
    json!({"channelArn": CHANNEL_ARN, "clientId": client_id})
}

#[tokio::test]
async fn option_12_param_validation_checks_names_types_and_required_members_unless_it_is_off() {
    for (params, code) in [
        (json!({}), "MultipleValidationErrors"),
        (json!({"channelArn": CHANNEL_ARN}), "MissingRequiredParameter"),
        (json!({"channelArn": CHANNEL_ARN, "clientId": "c", "nope": 1}), "UnexpectedParameter"),
        (json!({"channelArn": [], "clientId": "c"}), "InvalidParameterType"),
    ] {
        for validation in [ParamValidation::default(), Checks::NONE.into()] {
            assert_eq!(outcome(validation, params.clone()).await, Err(code.to_owned()));
        }
    }
    assert_eq!(outcome(false, json!({"channelArn": CHANNEL_ARN})).await, Ok(json!({"channelArn": CHANNEL_ARN})));
}

#[tokio::test]
async fn option_12_param_validation_is_the_same_for_typed_inputs() {
    let server = accepting();
    let client = client(&server, config());
    let error = client.join_storage_session_as_viewer(JoinStorageSessionAsViewerInput::default()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "There were 2 validation errors:\n* MissingRequiredParameter: Missing required key 'channelArn' in params\n\
         * MissingRequiredParameter: Missing required key 'clientId' in params"
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn option_12a_param_validation_min_is_on_by_default() {
    assert_eq!(outcome(true, viewer("")).await, Err("MinRangeError".to_owned()));
    assert_eq!(outcome(Checks::NONE, viewer("")).await, Ok(viewer("")));
    assert_eq!(outcome(true, viewer("c")).await, Ok(viewer("c")));
}

#[tokio::test]
async fn option_12b_param_validation_max_is_off_by_default() {
    let (longest, longer) = ("x".repeat(256), "x".repeat(257));
    let max = Checks { max: true, ..Checks::NONE };
    assert_eq!(outcome(max, viewer(&longer)).await, Err("MaxRangeError".to_owned()));
    assert_eq!(outcome(max, viewer(&longest)).await, Ok(viewer(&longest)));
    assert_eq!(outcome(true, viewer(&longer)).await, Ok(viewer(&longer)));
}

#[tokio::test]
async fn option_12c_param_validation_pattern_is_off_by_default() {
    let pattern = Checks { pattern: true, ..Checks::NONE };
    assert_eq!(outcome(pattern, viewer("a b")).await, Err("PatternMatchError".to_owned()));
    assert_eq!(outcome(pattern, viewer("a\n")).await, Err("PatternMatchError".to_owned()));
    assert_eq!(outcome(true, viewer("a b")).await, Ok(viewer("a b")));
}

/// No member of this service is an enumeration; one of the control plane's is.
#[tokio::test]
async fn option_12d_param_validation_enum_is_off_by_default() {
    use kinesisvideo::video::Client;

    let create = |validation: ParamValidation| async move {
        let server = accepting();
        let config = config().param_validation(validation).endpoint(server.url()).build().unwrap();
        let params = json!({"ChannelName": "c", "ChannelType": "DOUBLE_MASTER"});
        let result = Client::new(config).unwrap().call("createSignalingChannel", params).await;
        (result.map_err(|error| error.to_string()), server.received().len())
    };
    let (result, requests) = create(Checks { enumeration: true, ..Checks::NONE }.into()).await;
    let message = result.unwrap_err();
    assert!(
        message.starts_with(
            "Found string value of DOUBLE_MASTER, but expected FULL_MESH|SINGLE_MASTER for params.ChannelType"
        ),
        "{message}"
    );
    assert_eq!(requests, 0);
    assert_eq!(create(ParamValidation::default()).await.1, 1);
}
