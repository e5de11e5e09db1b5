//! What channels store in, tags, and the limits of the account.

use kinesisvideo_local::{Channel, Quotas, Stream};
use serde_json::json;

use super::{builder, code, ok};
use crate::common;

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
        let (status, arn) = if stream.is_some() { ("ENABLED", stream_arn) } else { ("DISABLED", Some("null".into())) };
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

    assert_eq!(code(&service, update, store("one", Some("fleeting"))), "NoDataRetentionException");
    ok(&service, update, store("one", Some("cam")));
    ok(&service, update, store("one", Some("cam")));
    assert_eq!(describe("one"), json!({ "Status": "ENABLED", "StreamARN": service.stream_arn("cam") }));
    assert_eq!(mapped("cam")[0]["ARN"], json!(service.channel_arn("one")));
    assert_eq!(code(&service, update, store("one", Some("other"))), "ResourceInUseException");
    assert_eq!(code(&service, update, store("two", Some("cam"))), "ResourceInUseException");
    let delete = json!({ "ChannelARN": service.channel_arn("one") });
    assert_eq!(code(&service, "deleteSignalingChannel", delete.clone()), "ResourceInUseException");
    let delete_stream = json!({ "StreamARN": service.stream_arn("cam") });
    assert_eq!(code(&service, "deleteStream", delete_stream.clone()), "ResourceInUseException");

    let join = json!({ "channelArn": service.channel_arn("one") }).to_string();
    assert_eq!(common::call(&service, "/joinStorageSession", &join).status, 200);
    ok(&service, update, store("one", None));
    assert!(service.sessions().is_empty());
    assert_eq!(common::call(&service, "/joinStorageSession", &join).error().1, "InvalidArgumentException");
    ok(&service, "deleteSignalingChannel", delete);
    ok(&service, "deleteStream", delete_stream);
}

#[test]
fn a_stream_that_is_not_there_cannot_be_linked() {
    let service = builder().channel(Channel::new("one").without_storage()).stream("cam").start_blocking().unwrap();
    let missing = service.stream_arn("cam").unwrap().replace("/cam/", "/missing/");
    for stream_arn in [missing, service.channel_arn("one").unwrap()] {
        let configuration = json!({ "Status": "ENABLED", "StreamARN": stream_arn });
        let input = json!({ "ChannelARN": service.channel_arn("one"), "MediaStorageConfiguration": configuration });
        assert_eq!(code(&service, "updateMediaStorageConfiguration", input), "ResourceNotFoundException");
    }
}

#[test]
fn tags_are_kept_by_arn_and_by_name() {
    let service = builder().channel(Channel::new("demo").tag("a", "1")).start_blocking().unwrap();
    let channel = service.channel_arn("demo").unwrap();
    let tags = json!([{ "Key": "a", "Value": "2" }, { "Key": "b", "Value": "" }]);
    ok(&service, "TagResource", json!({ "ResourceARN": channel, "Tags": tags }));
    ok(&service, "UntagResource", json!({ "ResourceARN": channel, "TagKeyList": ["b", "unknown"] }));
    assert_eq!(ok(&service, "ListTagsForResource", json!({ "ResourceARN": channel }))["Tags"], json!({ "a": "2" }));

    ok(&service, "tagStream", json!({ "StreamName": "demo", "Tags": { "site": "nörth 1" } }));
    let stream = service.stream_arn("demo");
    assert_eq!(ok(&service, "listTagsForStream", json!({ "StreamARN": stream }))["Tags"], json!({ "site": "nörth 1" }));
    assert_eq!(ok(&service, "ListTagsForResource", json!({ "ResourceARN": stream }))["Tags"]["site"], "nörth 1");
    let many: serde_json::Map<_, _> = (0..50).map(|i| (i.to_string(), json!(""))).collect();
    let error = code(&service, "tagStream", json!({ "StreamName": "demo", "Tags": many }));
    assert_eq!(error, "TagsPerResourceExceededLimitException");
    ok(&service, "untagStream", json!({ "StreamName": "demo", "TagKeyList": ["site"] }));
    assert_eq!(ok(&service, "listTagsForStream", json!({ "StreamName": "demo" }))["Tags"], json!({}));
    let missing = channel.replace("/demo/", "/missing/");
    assert_eq!(code(&service, "ListTagsForResource", json!({ "ResourceARN": missing })), "ResourceNotFoundException");
}

#[test]
fn the_account_has_its_limits() {
    let quotas = Quotas::unlimited().channels(2).streams(2).channels_with_storage(1);
    let service = builder()
        .quotas(quotas)
        .channel("one")
        .channel(Channel::new("two").without_storage())
        .stream("two")
        .start_blocking()
        .unwrap();
    let error = code(&service, "createSignalingChannel", json!({ "ChannelName": "three" }));
    assert_eq!(error, "AccountChannelLimitExceededException");
    let error = code(&service, "createStream", json!({ "StreamName": "three" }));
    assert_eq!(error, "AccountStreamLimitExceededException");
    let configuration = json!({ "Status": "ENABLED", "StreamARN": service.stream_arn("two") });
    let input = json!({ "ChannelARN": service.channel_arn("two"), "MediaStorageConfiguration": configuration });
    assert_eq!(code(&service, "updateMediaStorageConfiguration", input), "ClientLimitExceededException");
}
