//! Channels and streams: created, described, listed, changed, deleted.

use std::time::{Duration, SystemTime};

use kinesisvideo_local::Stream;
use kinesisvideo_runtime::time::ManualTime;
use serde_json::{Value, json};

use super::{builder, code, empty, ok, refused};

#[test]
fn a_channel_is_created_described_and_deleted() {
    let service = empty();
    let input = json!({
        "ChannelName": "demo",
        "ChannelType": "SINGLE_MASTER",
        "SingleMasterConfiguration": { "MessageTtlSeconds": 5 },
        "Tags": [{ "Key": "site", "Value": "north" }],
    });
    let arn = ok(&service, "createSignalingChannel", input.clone())["ChannelARN"].clone();
    assert_eq!(json!(service.channel_arn("demo")), arn);
    let info = ok(&service, "describeSignalingChannel", json!({ "ChannelName": "demo" }))["ChannelInfo"].clone();
    assert_eq!((&info["ChannelARN"], &info["ChannelStatus"]), (&arn, &json!("ACTIVE")));
    assert_eq!(info["SingleMasterConfiguration"], json!({ "MessageTtlSeconds": 5 }));
    assert!(
        arn.as_str().unwrap().ends_with(&format!("/{}", (info["CreationTime"].as_f64().unwrap() * 1000.0).round()))
    );
    assert_eq!(ok(&service, "ListTagsForResource", json!({ "ResourceARN": arn }))["Tags"], json!({ "site": "north" }));
    assert_eq!(code(&service, "createSignalingChannel", input), "ResourceInUseException");

    let stale = json!({ "ChannelARN": arn, "CurrentVersion": "stale" });
    assert_eq!(code(&service, "deleteSignalingChannel", stale), "VersionMismatchException");
    ok(&service, "deleteSignalingChannel", json!({ "ChannelARN": arn, "CurrentVersion": info["Version"] }));
    let gone = refused(&service, "describeSignalingChannel", json!({ "ChannelARN": arn }));
    assert_eq!((gone.0, gone.1.as_str()), (404, "ResourceNotFoundException"));
}

#[test]
fn an_update_makes_a_new_version() {
    let service = builder().channel("demo").start_blocking().unwrap();
    let describe = || ok(&service, "describeSignalingChannel", json!({ "ChannelName": "demo" }))["ChannelInfo"].clone();
    let before = describe();
    assert_eq!(before["SingleMasterConfiguration"]["MessageTtlSeconds"], json!(60));
    let update = json!({
        "ChannelARN": before["ChannelARN"],
        "CurrentVersion": before["Version"],
        "SingleMasterConfiguration": { "MessageTtlSeconds": 120 },
    });
    ok(&service, "updateSignalingChannel", update.clone());
    let after = describe();
    assert_ne!(after["Version"], before["Version"]);
    assert_eq!(after["SingleMasterConfiguration"]["MessageTtlSeconds"], json!(120));
    assert_eq!(code(&service, "updateSignalingChannel", update), "VersionMismatchException");
}

#[test]
fn a_stream_is_created_described_and_deleted() {
    let service = empty();
    let about = json!({ "StreamName": "cam", "DeviceName": "d-1", "MediaType": "video/h264,audio/aac" });
    let arn = ok(&service, "createStream", about)["StreamARN"].clone();
    let info = ok(&service, "describeStream", json!({ "StreamARN": arn }))["StreamInfo"].clone();
    assert_eq!((&info["DataRetentionInHours"], &info["Status"]), (&json!(0), &json!("ACTIVE")));
    assert_eq!((&info["DeviceName"], &info["MediaType"]), (&json!("d-1"), &json!("video/h264,audio/aac")));
    assert_eq!(code(&service, "createStream", json!({ "StreamName": "cam" })), "ResourceInUseException");

    let update = json!({ "StreamName": "cam", "CurrentVersion": info["Version"], "DeviceName": "d-2" });
    ok(&service, "updateStream", update.clone());
    assert_eq!(code(&service, "updateStream", update), "VersionMismatchException");
    let info = ok(&service, "describeStream", json!({ "StreamName": "cam" }))["StreamInfo"].clone();
    assert_eq!((&info["DeviceName"], &info["MediaType"]), (&json!("d-2"), &json!("video/h264,audio/aac")));

    ok(&service, "deleteStream", json!({ "StreamARN": arn }));
    assert_eq!(code(&service, "deleteStream", json!({ "StreamARN": arn })), "ResourceNotFoundException");
}

#[test]
fn the_retention_moves_between_nothing_and_ten_years() {
    let service = builder().stream(Stream::new("cam").retention_hours(1)).start_blocking().unwrap();
    let change = |operation: &str, hours: i64| {
        let info = ok(&service, "describeStream", json!({ "StreamName": "cam" }))["StreamInfo"].clone();
        json!({
            "StreamName": "cam",
            "CurrentVersion": info["Version"],
            "Operation": operation,
            "DataRetentionChangeInHours": hours,
        })
    };
    ok(&service, "updateDataRetention", change("INCREASE_DATA_RETENTION", 87_599));
    for (operation, hours) in [
        ("INCREASE_DATA_RETENTION", 1),
        ("DECREASE_DATA_RETENTION", 87_601),
        ("DECREASE_DATA_RETENTION", 0),
        ("DECREASE_DATA_RETENTION", -1),
        ("DOUBLE_DATA_RETENTION", 1),
    ] {
        let code = code(&service, "updateDataRetention", change(operation, hours));
        assert_eq!(code, "InvalidArgumentException", "{operation} {hours}");
    }
    ok(&service, "updateDataRetention", change("DECREASE_DATA_RETENTION", 87_600));
    let info = ok(&service, "describeStream", json!({ "StreamName": "cam" }))["StreamInfo"].clone();
    assert_eq!(info["DataRetentionInHours"], json!(0));
}

#[test]
fn inputs_are_checked_by_the_model() {
    let service = builder().channel("demo").start_blocking().unwrap();
    let long = "x".repeat(257);
    for (operation, input, words) in [
        ("createSignalingChannel", json!({}), "'ChannelName' failed to satisfy constraint: Member must not be null"),
        ("createSignalingChannel", json!({ "ChannelName": "a b" }), "'a b' at 'ChannelName'"),
        ("createSignalingChannel", json!({ "ChannelName": long }), "less than or equal to 256"),
        ("createSignalingChannel", json!({ "ChannelName": "x", "ChannelType": "MESH" }), "[SINGLE_MASTER, FULL_MESH]"),
        ("createSignalingChannel", json!({ "ChannelName": "x", "ChannelType": "FULL_MESH" }), "only ChannelType"),
        (
            "createSignalingChannel",
            json!({ "ChannelName": "x", "SingleMasterConfiguration": { "MessageTtlSeconds": 4 } }),
            "'4' at 'SingleMasterConfiguration.MessageTtlSeconds'",
        ),
        ("createSignalingChannel", json!({ "ChannelName": "x", "Tags": [{ "Key": "k" }] }), "'Tags.member.Value'"),
        ("createStream", json!({ "StreamName": "x", "DataRetentionInHours": -1 }), "greater than or equal to 0"),
        ("createStream", json!({ "StreamName": "x", "DataRetentionInHours": 87_601 }), "less than or equal to 87600"),
        ("createStream", json!({ "StreamName": "x", "MediaType": "video" }), "'video' at 'MediaType'"),
        ("createStream", json!({ "StreamName": "x", "Tags": { "k\n": "" } }), "'Tags.key'"),
        ("describeStream", json!({}), "Either StreamName or StreamARN"),
        ("describeSignalingChannel", json!({ "ChannelARN": "demo" }), "'demo' at 'ChannelARN'"),
        (
            "describeSignalingChannel",
            json!({ "ChannelARN": service.channel_arn("demo"), "ChannelName": "other" }),
            "the same resource",
        ),
        ("updateMediaStorageConfiguration", json!({ "ChannelARN": service.channel_arn("demo") }), "not be null"),
        ("getDataEndpoint", json!({ "StreamName": "demo", "APIName": "GET_ALL" }), "PUT_MEDIA"),
        ("listStreams", json!({ "MaxResults": 0 }), "'0' at 'MaxResults'"),
        ("listStreams", json!({ "NextToken": "zz" }), "NextToken"),
    ] {
        let (status, code, message) = refused(&service, operation, input.clone());
        assert_eq!((status, code.as_str()), (400, "InvalidArgumentException"), "{operation} {input}");
        assert!(message.contains(words), "{operation} {input}: {message}");
    }
    assert_eq!(code(&service, "createStream", json!({ "StreamName": 5 })), "SerializationException");
}

#[test]
fn lists_come_in_pages() {
    let service = empty();
    for name in ["b-1", "a-1", "b-3", "b-2", "c-1"] {
        ok(&service, "createSignalingChannel", json!({ "ChannelName": name }));
        ok(&service, "createStream", json!({ "StreamName": name }));
    }
    for (operation, condition, list, name) in [
        ("listSignalingChannels", "ChannelNameCondition", "ChannelInfoList", "ChannelName"),
        ("listStreams", "StreamNameCondition", "StreamInfoList", "StreamName"),
    ] {
        let mut input = json!({ "MaxResults": 2 });
        input[condition] = json!({ "ComparisonOperator": "BEGINS_WITH", "ComparisonValue": "b-" });
        let names = |page: &Value| -> Vec<String> {
            page[list].as_array().unwrap().iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
        };
        let first = ok(&service, operation, input.clone());
        assert_eq!(names(&first), ["b-1", "b-2"]);
        input["NextToken"] = first["NextToken"].clone();
        let second = ok(&service, operation, input);
        assert_eq!((names(&second), second.get("NextToken")), (vec!["b-3".to_owned()], None));
        assert_eq!(names(&ok(&service, operation, json!({}))).len(), 5);
    }
}

#[test]
fn resources_may_take_their_time() {
    let time = ManualTime::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let service = builder().clock(time.clone()).settling(Duration::from_secs(3)).start_blocking().unwrap();
    let arn = ok(&service, "createSignalingChannel", json!({ "ChannelName": "demo" }))["ChannelARN"].clone();
    let describe = || ok(&service, "describeSignalingChannel", json!({ "ChannelARN": arn }))["ChannelInfo"].clone();
    assert_eq!(describe()["ChannelStatus"], "CREATING");
    let delete = json!({ "ChannelARN": arn });
    assert_eq!(code(&service, "deleteSignalingChannel", delete.clone()), "ResourceInUseException");
    assert_eq!(code(&service, "getSignalingChannelEndpoint", delete.clone()), "ResourceInUseException");
    time.advance(Duration::from_secs(3));
    assert_eq!(describe()["ChannelStatus"], "ACTIVE");
    ok(&service, "deleteSignalingChannel", delete.clone());
    assert_eq!(describe()["ChannelStatus"], "DELETING");
    time.advance(Duration::from_secs(3));
    assert_eq!(code(&service, "deleteSignalingChannel", delete), "ResourceNotFoundException");
}
