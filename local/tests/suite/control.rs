//! The control plane: channels, streams, what is linked to what, and where endpoints are.

use std::time::{Duration, SystemTime};

use kinesisvideo_local::{Builder, Channel, LocalService, Quotas, Stream, Verification};
use kinesisvideo_runtime::time::ManualTime;
use serde_json::{Value, json};

use crate::common::{self, authority, post};

fn builder() -> Builder {
    LocalService::builder()
        .verification(Verification::Off)
        .quotas(Quotas::unlimited())
}

fn empty() -> LocalService {
    builder().start_blocking().unwrap()
}

/// An operation's output.
#[track_caller]
fn ok(service: &LocalService, operation: &str, input: Value) -> Value {
    let reply = common::call(service, &format!("/{operation}"), &input.to_string());
    assert_eq!(
        reply.status,
        200,
        "{operation} {input}: {}",
        String::from_utf8_lossy(&reply.body)
    );
    reply.json()
}

/// An operation's status, error code and message.
#[track_caller]
fn refused(service: &LocalService, operation: &str, input: Value) -> (u16, String, String) {
    let reply = common::call(service, &format!("/{operation}"), &input.to_string());
    let (status, code, message) = reply.error();
    assert_eq!(
        reply.json()["Message"],
        json!(message),
        "{operation} spells errors with a capital"
    );
    (status, code.to_owned(), message)
}

/// An operation's error code.
#[track_caller]
fn code(service: &LocalService, operation: &str, input: Value) -> String {
    refused(service, operation, input).1
}

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
    let info = ok(
        &service,
        "describeSignalingChannel",
        json!({ "ChannelName": "demo" }),
    )["ChannelInfo"]
        .clone();
    assert_eq!(
        (&info["ChannelARN"], &info["ChannelStatus"]),
        (&arn, &json!("ACTIVE"))
    );
    assert_eq!(
        info["SingleMasterConfiguration"],
        json!({ "MessageTtlSeconds": 5 })
    );
    assert!(arn.as_str().unwrap().ends_with(&format!(
        "/{}",
        (info["CreationTime"].as_f64().unwrap() * 1000.0).round()
    )));
    assert_eq!(
        ok(
            &service,
            "ListTagsForResource",
            json!({ "ResourceARN": arn })
        )["Tags"],
        json!({ "site": "north" })
    );
    assert_eq!(
        code(&service, "createSignalingChannel", input),
        "ResourceInUseException"
    );

    let stale = json!({ "ChannelARN": arn, "CurrentVersion": "stale" });
    assert_eq!(
        code(&service, "deleteSignalingChannel", stale),
        "VersionMismatchException"
    );
    ok(
        &service,
        "deleteSignalingChannel",
        json!({ "ChannelARN": arn, "CurrentVersion": info["Version"] }),
    );
    let gone = refused(
        &service,
        "describeSignalingChannel",
        json!({ "ChannelARN": arn }),
    );
    assert_eq!(
        (gone.0, gone.1.as_str()),
        (404, "ResourceNotFoundException")
    );
}

#[test]
fn an_update_makes_a_new_version() {
    let service = builder().channel("demo").start_blocking().unwrap();
    let describe = || {
        ok(
            &service,
            "describeSignalingChannel",
            json!({ "ChannelName": "demo" }),
        )["ChannelInfo"]
            .clone()
    };
    let before = describe();
    assert_eq!(
        before["SingleMasterConfiguration"]["MessageTtlSeconds"],
        json!(60)
    );
    let update = json!({
        "ChannelARN": before["ChannelARN"],
        "CurrentVersion": before["Version"],
        "SingleMasterConfiguration": { "MessageTtlSeconds": 120 },
    });
    ok(&service, "updateSignalingChannel", update.clone());
    let after = describe();
    assert_ne!(after["Version"], before["Version"]);
    assert_eq!(
        after["SingleMasterConfiguration"]["MessageTtlSeconds"],
        json!(120)
    );
    assert_eq!(
        code(&service, "updateSignalingChannel", update),
        "VersionMismatchException"
    );
}

#[test]
fn a_stream_is_created_described_and_deleted() {
    let service = empty();
    let about =
        json!({ "StreamName": "cam", "DeviceName": "d-1", "MediaType": "video/h264,audio/aac" });
    let arn = ok(&service, "createStream", about)["StreamARN"].clone();
    let info = ok(&service, "describeStream", json!({ "StreamARN": arn }))["StreamInfo"].clone();
    assert_eq!(
        (&info["DataRetentionInHours"], &info["Status"]),
        (&json!(0), &json!("ACTIVE"))
    );
    assert_eq!(
        (&info["DeviceName"], &info["MediaType"]),
        (&json!("d-1"), &json!("video/h264,audio/aac"))
    );
    assert_eq!(
        code(&service, "createStream", json!({ "StreamName": "cam" })),
        "ResourceInUseException"
    );

    let update =
        json!({ "StreamName": "cam", "CurrentVersion": info["Version"], "DeviceName": "d-2" });
    ok(&service, "updateStream", update.clone());
    assert_eq!(
        code(&service, "updateStream", update),
        "VersionMismatchException"
    );
    let info = ok(&service, "describeStream", json!({ "StreamName": "cam" }))["StreamInfo"].clone();
    assert_eq!(
        (&info["DeviceName"], &info["MediaType"]),
        (&json!("d-2"), &json!("video/h264,audio/aac"))
    );

    ok(&service, "deleteStream", json!({ "StreamARN": arn }));
    assert_eq!(
        code(&service, "deleteStream", json!({ "StreamARN": arn })),
        "ResourceNotFoundException"
    );
}

#[test]
fn the_retention_moves_between_nothing_and_ten_years() {
    let service = builder()
        .stream(Stream::new("cam").retention_hours(1))
        .start_blocking()
        .unwrap();
    let change = |operation: &str, hours: i64| {
        let info =
            ok(&service, "describeStream", json!({ "StreamName": "cam" }))["StreamInfo"].clone();
        json!({
            "StreamName": "cam",
            "CurrentVersion": info["Version"],
            "Operation": operation,
            "DataRetentionChangeInHours": hours,
        })
    };
    ok(
        &service,
        "updateDataRetention",
        change("INCREASE_DATA_RETENTION", 87_599),
    );
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
    ok(
        &service,
        "updateDataRetention",
        change("DECREASE_DATA_RETENTION", 87_600),
    );
    let info = ok(&service, "describeStream", json!({ "StreamName": "cam" }))["StreamInfo"].clone();
    assert_eq!(info["DataRetentionInHours"], json!(0));
}

#[test]
fn inputs_are_checked_by_the_model() {
    let service = builder().channel("demo").start_blocking().unwrap();
    let long = "x".repeat(257);
    for (operation, input, words) in [
        (
            "createSignalingChannel",
            json!({}),
            "'ChannelName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "createSignalingChannel",
            json!({ "ChannelName": "a b" }),
            "'a b' at 'ChannelName'",
        ),
        (
            "createSignalingChannel",
            json!({ "ChannelName": long }),
            "less than or equal to 256",
        ),
        (
            "createSignalingChannel",
            json!({ "ChannelName": "x", "ChannelType": "MESH" }),
            "[SINGLE_MASTER, FULL_MESH]",
        ),
        (
            "createSignalingChannel",
            json!({ "ChannelName": "x", "ChannelType": "FULL_MESH" }),
            "only ChannelType",
        ),
        (
            "createSignalingChannel",
            json!({ "ChannelName": "x", "SingleMasterConfiguration": { "MessageTtlSeconds": 4 } }),
            "'4' at 'SingleMasterConfiguration.MessageTtlSeconds'",
        ),
        (
            "createSignalingChannel",
            json!({ "ChannelName": "x", "Tags": [{ "Key": "k" }] }),
            "'Tags.member.Value'",
        ),
        (
            "createStream",
            json!({ "StreamName": "x", "DataRetentionInHours": -1 }),
            "greater than or equal to 0",
        ),
        (
            "createStream",
            json!({ "StreamName": "x", "DataRetentionInHours": 87_601 }),
            "less than or equal to 87600",
        ),
        (
            "createStream",
            json!({ "StreamName": "x", "MediaType": "video" }),
            "'video' at 'MediaType'",
        ),
        (
            "createStream",
            json!({ "StreamName": "x", "Tags": { "k\n": "" } }),
            "'Tags.key'",
        ),
        (
            "describeStream",
            json!({}),
            "Either StreamName or StreamARN",
        ),
        (
            "describeSignalingChannel",
            json!({ "ChannelARN": "demo" }),
            "'demo' at 'ChannelARN'",
        ),
        (
            "describeSignalingChannel",
            json!({ "ChannelARN": service.channel_arn("demo"), "ChannelName": "other" }),
            "the same resource",
        ),
        (
            "updateMediaStorageConfiguration",
            json!({ "ChannelARN": service.channel_arn("demo") }),
            "not be null",
        ),
        (
            "getDataEndpoint",
            json!({ "StreamName": "demo", "APIName": "GET_ALL" }),
            "PUT_MEDIA",
        ),
        (
            "listStreams",
            json!({ "MaxResults": 0 }),
            "'0' at 'MaxResults'",
        ),
        ("listStreams", json!({ "NextToken": "zz" }), "NextToken"),
    ] {
        let (status, code, message) = refused(&service, operation, input.clone());
        assert_eq!(
            (status, code.as_str()),
            (400, "InvalidArgumentException"),
            "{operation} {input}"
        );
        assert!(message.contains(words), "{operation} {input}: {message}");
    }
    assert_eq!(
        code(&service, "createStream", json!({ "StreamName": 5 })),
        "SerializationException"
    );
}

#[test]
fn lists_come_in_pages() {
    let service = empty();
    for name in ["b-1", "a-1", "b-3", "b-2", "c-1"] {
        ok(
            &service,
            "createSignalingChannel",
            json!({ "ChannelName": name }),
        );
        ok(&service, "createStream", json!({ "StreamName": name }));
    }
    for (operation, condition, list, name) in [
        (
            "listSignalingChannels",
            "ChannelNameCondition",
            "ChannelInfoList",
            "ChannelName",
        ),
        (
            "listStreams",
            "StreamNameCondition",
            "StreamInfoList",
            "StreamName",
        ),
    ] {
        let mut input = json!({ "MaxResults": 2 });
        input[condition] = json!({ "ComparisonOperator": "BEGINS_WITH", "ComparisonValue": "b-" });
        let names = |page: &Value| -> Vec<String> {
            page[list]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item[name].as_str().unwrap().to_owned())
                .collect()
        };
        let first = ok(&service, operation, input.clone());
        assert_eq!(names(&first), ["b-1", "b-2"]);
        input["NextToken"] = first["NextToken"].clone();
        let second = ok(&service, operation, input);
        assert_eq!(
            (names(&second), second.get("NextToken")),
            (vec!["b-3".to_owned()], None)
        );
        assert_eq!(names(&ok(&service, operation, json!({}))).len(), 5);
    }
}

#[test]
fn a_channel_stores_in_one_stream_and_a_stream_is_one_channels() {
    let service = builder()
        .channel(Channel::new("one").without_storage())
        .channel(Channel::new("two").without_storage())
        .stream("cam")
        .stream("other")
        .stream(Stream::new("fleeting").retention_hours(0))
        .start_blocking()
        .unwrap();
    let store = |channel: &str, stream: Option<&str>| {
        let stream_arn = stream.map(|stream| service.stream_arn(stream).unwrap());
        // The literal "null" is what AWS's own samples send.
        let (status, arn) = if stream.is_some() {
            ("ENABLED", stream_arn)
        } else {
            ("DISABLED", Some("null".into()))
        };
        json!({
            "ChannelARN": service.channel_arn(channel),
            "MediaStorageConfiguration": { "Status": status, "StreamARN": arn },
        })
    };
    let update = "updateMediaStorageConfiguration";
    let describe = |channel: &str| {
        ok(
            &service,
            "describeMediaStorageConfiguration",
            json!({ "ChannelName": channel }),
        )["MediaStorageConfiguration"]
            .clone()
    };
    let mapped = |stream: &str| {
        ok(
            &service,
            "describeMappedResourceConfiguration",
            json!({ "StreamName": stream }),
        )["MappedResourceConfigurationList"]
            .clone()
    };
    assert_eq!(describe("one"), json!({ "Status": "DISABLED" }));
    assert_eq!(mapped("cam"), json!([]));

    assert_eq!(
        code(&service, update, store("one", Some("fleeting"))),
        "NoDataRetentionException"
    );
    ok(&service, update, store("one", Some("cam")));
    ok(&service, update, store("one", Some("cam")));
    assert_eq!(
        describe("one"),
        json!({ "Status": "ENABLED", "StreamARN": service.stream_arn("cam") })
    );
    assert_eq!(mapped("cam")[0]["ARN"], json!(service.channel_arn("one")));
    assert_eq!(
        code(&service, update, store("one", Some("other"))),
        "ResourceInUseException"
    );
    assert_eq!(
        code(&service, update, store("two", Some("cam"))),
        "ResourceInUseException"
    );
    let delete = json!({ "ChannelARN": service.channel_arn("one") });
    assert_eq!(
        code(&service, "deleteSignalingChannel", delete.clone()),
        "ResourceInUseException"
    );
    let delete_stream = json!({ "StreamARN": service.stream_arn("cam") });
    assert_eq!(
        code(&service, "deleteStream", delete_stream.clone()),
        "ResourceInUseException"
    );

    let join = json!({ "channelArn": service.channel_arn("one") }).to_string();
    assert_eq!(
        common::call(&service, "/joinStorageSession", &join).status,
        200
    );
    ok(&service, update, store("one", None));
    assert!(service.sessions().is_empty());
    assert_eq!(
        common::call(&service, "/joinStorageSession", &join)
            .error()
            .1,
        "InvalidArgumentException"
    );
    ok(&service, "deleteSignalingChannel", delete);
    ok(&service, "deleteStream", delete_stream);
}

#[test]
fn a_stream_that_is_not_there_cannot_be_linked() {
    let service = builder()
        .channel(Channel::new("one").without_storage())
        .stream("cam")
        .start_blocking()
        .unwrap();
    let missing = service
        .stream_arn("cam")
        .unwrap()
        .replace("/cam/", "/missing/");
    for stream_arn in [missing, service.channel_arn("one").unwrap()] {
        let configuration = json!({ "Status": "ENABLED", "StreamARN": stream_arn });
        let input = json!({ "ChannelARN": service.channel_arn("one"), "MediaStorageConfiguration": configuration });
        assert_eq!(
            code(&service, "updateMediaStorageConfiguration", input),
            "ResourceNotFoundException"
        );
    }
}

#[test]
fn tags_are_kept_by_arn_and_by_name() {
    let service = builder()
        .channel(Channel::new("demo").tag("a", "1"))
        .start_blocking()
        .unwrap();
    let channel = service.channel_arn("demo").unwrap();
    let tags = json!([{ "Key": "a", "Value": "2" }, { "Key": "b", "Value": "" }]);
    ok(
        &service,
        "TagResource",
        json!({ "ResourceARN": channel, "Tags": tags }),
    );
    ok(
        &service,
        "UntagResource",
        json!({ "ResourceARN": channel, "TagKeyList": ["b", "unknown"] }),
    );
    assert_eq!(
        ok(
            &service,
            "ListTagsForResource",
            json!({ "ResourceARN": channel })
        )["Tags"],
        json!({ "a": "2" })
    );

    ok(
        &service,
        "tagStream",
        json!({ "StreamName": "demo", "Tags": { "site": "nörth 1" } }),
    );
    let stream = service.stream_arn("demo");
    assert_eq!(
        ok(
            &service,
            "listTagsForStream",
            json!({ "StreamARN": stream })
        )["Tags"],
        json!({ "site": "nörth 1" })
    );
    assert_eq!(
        ok(
            &service,
            "ListTagsForResource",
            json!({ "ResourceARN": stream })
        )["Tags"]["site"],
        "nörth 1"
    );
    let many: serde_json::Map<_, _> = (0..50).map(|i| (i.to_string(), json!(""))).collect();
    let error = code(
        &service,
        "tagStream",
        json!({ "StreamName": "demo", "Tags": many }),
    );
    assert_eq!(error, "TagsPerResourceExceededLimitException");
    ok(
        &service,
        "untagStream",
        json!({ "StreamName": "demo", "TagKeyList": ["site"] }),
    );
    assert_eq!(
        ok(
            &service,
            "listTagsForStream",
            json!({ "StreamName": "demo" })
        )["Tags"],
        json!({})
    );
    let missing = channel.replace("/demo/", "/missing/");
    assert_eq!(
        code(
            &service,
            "ListTagsForResource",
            json!({ "ResourceARN": missing })
        ),
        "ResourceNotFoundException"
    );
}

#[test]
fn endpoints_lead_back_to_the_service_and_tell_roles_apart() {
    let service = builder()
        .channel("demo")
        .channel("other")
        .start_blocking()
        .unwrap();
    let discover = |role: &str| {
        let input = json!({
            "ChannelARN": service.channel_arn("demo"),
            "SingleMasterChannelEndpointConfiguration": { "Protocols": ["WEBRTC", "WSS", "HTTPS"], "Role": role },
        });
        let list =
            ok(&service, "getSignalingChannelEndpoint", input)["ResourceEndpointList"].clone();
        let find = |protocol: &str| {
            let item = list
                .as_array()
                .unwrap()
                .iter()
                .find(|item| item["Protocol"] == protocol)
                .unwrap();
            item["ResourceEndpoint"].as_str().unwrap().to_owned()
        };
        [find("WSS"), find("HTTPS"), find("WEBRTC")]
    };
    let [wss, https, webrtc] = discover("MASTER");
    assert!(
        wss.starts_with(&format!("ws://{}/m-", authority(&service))),
        "{wss}"
    );
    assert!(
        https.starts_with(&format!("{}/r-", service.url())),
        "{https}"
    );
    assert_eq!(Some(&webrtc), service.webrtc_endpoint("demo").as_ref());
    assert_ne!(
        service.webrtc_endpoint("demo"),
        service.webrtc_endpoint("other")
    );
    let [viewer_wss, viewer_https, viewer_webrtc] = discover("VIEWER");
    assert_ne!(wss, viewer_wss);
    assert_eq!((https, &webrtc), (viewer_https, &viewer_webrtc));

    let path = webrtc.strip_prefix(service.url()).unwrap();
    let join = |channel: &str| {
        let body = json!({ "channelArn": service.channel_arn(channel) }).to_string();
        common::call(&service, &format!("{path}/joinStorageSession"), &body)
    };
    assert_eq!(join("demo").status, 200);
    let other = join("other");
    assert_eq!(
        (other.error().0, other.error().1),
        (404, "ResourceNotFoundException")
    );
    let misplaced = common::call(&service, &format!("{path}/describeSignalingChannel"), "{}");
    assert_eq!(
        (misplaced.error().0, misplaced.error().1),
        (404, "UnknownOperationException")
    );
}

#[test]
fn without_storage_there_is_no_webrtc_endpoint() {
    let service = builder()
        .channel(Channel::new("bare").without_storage())
        .start_blocking()
        .unwrap();
    let discover = |protocols: Value| {
        json!({
            "ChannelARN": service.channel_arn("bare"),
            "SingleMasterChannelEndpointConfiguration": { "Protocols": protocols, "Role": "MASTER" },
        })
    };
    let (status, code, message) = refused(
        &service,
        "getSignalingChannelEndpoint",
        discover(json!(["WSS", "WEBRTC"])),
    );
    assert_eq!((status, code.as_str()), (400, "InvalidArgumentException"));
    assert!(message.contains("WEBRTC"), "{message}");
    ok(
        &service,
        "getSignalingChannelEndpoint",
        discover(json!(["WSS", "HTTPS"])),
    );
    refused(&service, "getSignalingChannelEndpoint", discover(json!([])));
    assert_eq!(service.webrtc_endpoint("bare"), None);
}

#[test]
fn data_endpoints_tell_live_from_archived_media() {
    let service = builder().stream("cam").start_blocking().unwrap();
    let discover = |api: &str| {
        let output = ok(
            &service,
            "getDataEndpoint",
            json!({ "StreamName": "cam", "APIName": api }),
        );
        output["DataEndpoint"].as_str().unwrap().to_owned()
    };
    assert_eq!(discover("PUT_MEDIA"), discover("GET_MEDIA"));
    assert_eq!(discover("LIST_FRAGMENTS"), discover("GET_CLIP"));
    assert_ne!(discover("GET_MEDIA"), discover("GET_CLIP"));
}

#[test]
fn endpoints_have_the_host_the_client_knows() {
    let service = builder().channel("demo").start_blocking().unwrap();
    let body = json!({ "ChannelARN": service.channel_arn("demo") }).to_string();
    let request = post(&service, "/getSignalingChannelEndpoint", &[], &body);
    for (host, expected) in [
        ("kvs.test:8443", "kvs.test:8443"),
        ("user@evil/..", authority(&service)),
    ] {
        let reply = common::send(&service, &request.replace(authority(&service), host));
        let endpoint = reply.json()["ResourceEndpointList"][0]["ResourceEndpoint"].clone();
        assert!(
            endpoint
                .as_str()
                .unwrap()
                .starts_with(&format!("ws://{expected}/m-")),
            "{endpoint}"
        );
    }
}

#[test]
fn strict_endpoints_refuse_joins_at_the_control_plane() {
    let service = builder()
        .strict_endpoints(true)
        .channel("demo")
        .start_blocking()
        .unwrap();
    let body = json!({ "channelArn": service.channel_arn("demo") }).to_string();
    let reply = common::call(&service, "/joinStorageSession", &body);
    assert_eq!(
        (reply.error().0, reply.error().1),
        (404, "UnknownOperationException")
    );
    let endpoint = service.webrtc_endpoint("demo").unwrap();
    let path = endpoint.strip_prefix(service.url()).unwrap();
    assert_eq!(
        common::call(&service, &format!("{path}/joinStorageSession"), &body).status,
        200
    );
}

#[test]
fn resources_may_take_their_time() {
    let time = ManualTime::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let service = builder()
        .clock(time.clone())
        .settling(Duration::from_secs(3))
        .start_blocking()
        .unwrap();
    let arn = ok(
        &service,
        "createSignalingChannel",
        json!({ "ChannelName": "demo" }),
    )["ChannelARN"]
        .clone();
    let describe = || {
        ok(
            &service,
            "describeSignalingChannel",
            json!({ "ChannelARN": arn }),
        )["ChannelInfo"]
            .clone()
    };
    assert_eq!(describe()["ChannelStatus"], "CREATING");
    let delete = json!({ "ChannelARN": arn });
    assert_eq!(
        code(&service, "deleteSignalingChannel", delete.clone()),
        "ResourceInUseException"
    );
    assert_eq!(
        code(&service, "getSignalingChannelEndpoint", delete.clone()),
        "ResourceInUseException"
    );
    time.advance(Duration::from_secs(3));
    assert_eq!(describe()["ChannelStatus"], "ACTIVE");
    ok(&service, "deleteSignalingChannel", delete.clone());
    assert_eq!(describe()["ChannelStatus"], "DELETING");
    time.advance(Duration::from_secs(3));
    assert_eq!(
        code(&service, "deleteSignalingChannel", delete),
        "ResourceNotFoundException"
    );
}

#[test]
fn the_account_has_its_limits() {
    let quotas = Quotas::unlimited()
        .channels(2)
        .streams(2)
        .channels_with_storage(1);
    let service = builder()
        .quotas(quotas)
        .channel("one")
        .channel(Channel::new("two").without_storage())
        .stream("two")
        .start_blocking()
        .unwrap();
    let error = code(
        &service,
        "createSignalingChannel",
        json!({ "ChannelName": "three" }),
    );
    assert_eq!(error, "AccountChannelLimitExceededException");
    let error = code(&service, "createStream", json!({ "StreamName": "three" }));
    assert_eq!(error, "AccountStreamLimitExceededException");
    let configuration = json!({ "Status": "ENABLED", "StreamARN": service.stream_arn("two") });
    let input = json!({ "ChannelARN": service.channel_arn("two"), "MediaStorageConfiguration": configuration });
    assert_eq!(
        code(&service, "updateMediaStorageConfiguration", input),
        "ClientLimitExceededException"
    );
}
