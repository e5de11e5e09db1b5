//! Where discovered endpoints lead.

use kinesisvideo_local::Channel;
use serde_json::{Value, json};

use super::{builder, ok, refused};
use crate::common::{self, authority, post};

#[test]
fn endpoints_lead_back_to_the_service_and_tell_roles_apart() {
    let service = builder().channel("demo").channel("other").start_blocking().unwrap();
    let discover = |role: &str| {
        let input = json!({
            "ChannelARN": service.channel_arn("demo"),
            "SingleMasterChannelEndpointConfiguration": { "Protocols": ["WEBRTC", "WSS", "HTTPS"], "Role": role },
        });
        let list = ok(&service, "getSignalingChannelEndpoint", input)["ResourceEndpointList"].clone();
        let find = |protocol: &str| {
            let item = list.as_array().unwrap().iter().find(|item| item["Protocol"] == protocol).unwrap();
            item["ResourceEndpoint"].as_str().unwrap().to_owned()
        };
        [find("WSS"), find("HTTPS"), find("WEBRTC")]
    };
    let [wss, https, webrtc] = discover("MASTER");
    assert!(wss.starts_with(&format!("ws://{}/m-", authority(&service))), "{wss}");
    assert!(https.starts_with(&format!("{}/r-", service.url())), "{https}");
    assert_eq!(Some(&webrtc), service.webrtc_endpoint("demo").as_ref());
    assert_ne!(service.webrtc_endpoint("demo"), service.webrtc_endpoint("other"));
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
    assert_eq!((other.error().0, other.error().1), (404, "ResourceNotFoundException"));
    let misplaced = common::call(&service, &format!("{path}/describeSignalingChannel"), "{}");
    assert_eq!((misplaced.error().0, misplaced.error().1), (404, "UnknownOperationException"));
}

#[test]
fn without_storage_there_is_no_webrtc_endpoint() {
    let service = builder().channel(Channel::new("bare").without_storage()).start_blocking().unwrap();
    let discover = |protocols: Value| {
        json!({
            "ChannelARN": service.channel_arn("bare"),
            "SingleMasterChannelEndpointConfiguration": { "Protocols": protocols, "Role": "MASTER" },
        })
    };
    let (status, code, message) = refused(&service, "getSignalingChannelEndpoint", discover(json!(["WSS", "WEBRTC"])));
    assert_eq!((status, code.as_str()), (400, "InvalidArgumentException"));
    assert!(message.contains("WEBRTC"), "{message}");
    ok(&service, "getSignalingChannelEndpoint", discover(json!(["WSS", "HTTPS"])));
    refused(&service, "getSignalingChannelEndpoint", discover(json!([])));
    assert_eq!(service.webrtc_endpoint("bare"), None);
}

#[test]
fn data_endpoints_tell_live_from_archived_media() {
    let service = builder().stream("cam").start_blocking().unwrap();
    let discover = |api: &str| {
        let output = ok(&service, "getDataEndpoint", json!({ "StreamName": "cam", "APIName": api }));
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
    for (host, expected) in [("kvs.test:8443", "kvs.test:8443"), ("user@evil/..", authority(&service))] {
        let reply = common::send(&service, &request.replace(authority(&service), host));
        let endpoint = reply.json()["ResourceEndpointList"][0]["ResourceEndpoint"].clone();
        assert!(endpoint.as_str().unwrap().starts_with(&format!("ws://{expected}/m-")), "{endpoint}");
    }
}

#[test]
fn strict_endpoints_refuse_joins_at_the_control_plane() {
    let service = builder().strict_endpoints(true).channel("demo").start_blocking().unwrap();
    let body = json!({ "channelArn": service.channel_arn("demo") }).to_string();
    let reply = common::call(&service, "/joinStorageSession", &body);
    assert_eq!((reply.error().0, reply.error().1), (404, "UnknownOperationException"));
    let endpoint = service.webrtc_endpoint("demo").unwrap();
    let path = endpoint.strip_prefix(service.url()).unwrap();
    assert_eq!(common::call(&service, &format!("{path}/joinStorageSession"), &body).status, 200);
}
