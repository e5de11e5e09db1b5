//! Starting: what a service can be set up with, and what it refuses.

use kinesisvideo_local::{Builder, Channel, Credentials, LocalService, StartError, Stream, Verification};

use crate::common;

#[track_caller]
fn refused(builder: Builder, words: &[&str]) {
    let error = builder.start_blocking().unwrap_err();
    words.iter().for_each(|word| assert!(error.to_string().contains(word), "{error}"));
}

#[test]
fn the_defaults_are_the_documented_ones() {
    let service = LocalService::start_blocking().unwrap();
    assert_eq!(service.region(), "us-west-2");
    let arn = "arn:aws:kinesisvideo:us-west-2:123456789012:channel/demo/1700000000000";
    assert_eq!(service.channel_arn("demo").as_deref(), Some(arn));
    assert_eq!(service.channel_arns(), [arn]);
    assert_eq!(service.channel_arn("other"), None);
    assert_eq!(service.credentials().access_key_id(), "AKIAIOSFODNN7EXAMPLE");
    assert_eq!(service.endpoint(), service.url());
}

#[test]
fn a_regions_partition_is_in_its_arns() {
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")] {
        let service = LocalService::builder().region(region).channel("demo").start_blocking().unwrap();
        let arn = service.channel_arn("demo").unwrap();
        assert!(arn.starts_with(&format!("arn:{partition}:kinesisvideo:{region}:")), "{arn}");
    }
}

#[test]
fn it_starts_in_any_async_runtime_or_none() {
    struct Thread(std::thread::Thread);
    impl std::task::Wake for Thread {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    /// The smallest executor: no runtime at all.
    fn block_on<T>(future: impl Future<Output = T>) -> T {
        let waker = std::sync::Arc::new(Thread(std::thread::current())).into();
        let mut future = std::pin::pin!(future);
        loop {
            match future.as_mut().poll(&mut std::task::Context::from_waker(&waker)) {
                std::task::Poll::Ready(value) => return value,
                std::task::Poll::Pending => std::thread::park(),
            }
        }
    }
    let url = block_on(async {
        let service = LocalService::start().await.unwrap();
        let url = service.url().to_owned();
        service.shutdown().await;
        url
    });
    assert!(std::net::TcpStream::connect(url.strip_prefix("http://").unwrap()).is_err());
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    let builder = LocalService::builder;
    refused(builder().region("US West"), &["region", "\"US West\"", "us-west-2"]);
    refused(builder().account("12"), &["account", "12 digits"]);
    refused(builder().credentials(Credentials::new("AKID", "")), &["credentials", "\"AKID\"", "secret"]);
    refused(builder().channel("a b"), &["\"a b\"", "a-z"]);
    refused(builder().channel("a").channel("a"), &["\"a\"", "once"]);
    refused(builder().channel("a").channel(Channel::new("b").stream("a")), &["\"b\"", "no other channel"]);
    refused(builder().stream("s").stream("s"), &["\"s\"", "once"]);
    refused(builder().stream(Stream::new("s").retention_hours(0)).channel("s"), &["\"s\"", "retention"]);
    refused(builder().stream(Stream::new("s").retention_hours(87_601)), &["87600"]);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let first = LocalService::start_blocking().unwrap();
    let port = first.url().rsplit(':').next().unwrap().parse().unwrap();
    let error = LocalService::builder().port(port).start_blocking().unwrap_err();
    assert!(matches!(error, StartError::Bind { .. }));
    assert!(error.to_string().contains(&format!("127.0.0.1:{port}")) && error.to_string().contains("another port"));
}

#[test]
fn a_seed_says_what_is_there() {
    let seed = r#"{
        "region": "eu-west-1",
        "account": "999999999999",
        "quotas": { "channels": 2 },
        "credentials": [{ "accessKeyId": "AKIDSEED", "secretAccessKey": "secret", "sessionToken": "token" }],
        "streams": [{ "name": "archive", "retentionHours": 48 }],
        "channels": [{ "name": "door", "stream": "archive" }, { "name": "talk", "storage": false }]
    }"#;
    let builder = LocalService::builder().verification(Verification::Off);
    let service = builder.seed(seed).unwrap().start_blocking().unwrap();
    assert_eq!(service.credentials().session_token(), Some("token"));
    assert!(service.channel_arn("door").unwrap().contains(":eu-west-1:999999999999:"));
    assert!(service.webrtc_endpoint("door").is_some() && service.webrtc_endpoint("talk").is_none());
    assert_eq!(service.stream_arn("talk"), None);
    let create = common::call(&service, "/createSignalingChannel", r#"{"ChannelName":"third"}"#);
    assert_eq!(create.error().1, "AccountChannelLimitExceededException");
}

#[test]
fn a_seed_with_a_mistake_says_where() {
    for (seed, words) in [
        ("{", "line 1"),
        (r#"{"channel": []}"#, "unknown field `channel`"),
        (r#"{"channels": [{}]}"#, "missing field `name`"),
        (r#"{"streams": [{"name": "s", "retentionHours": -1}]}"#, "u32"),
    ] {
        let error = LocalService::builder().seed(seed).unwrap_err();
        assert!(matches!(error, StartError::Seed(_)) && error.to_string().contains(words), "{error}");
    }
}

#[test]
fn every_request_is_shown_to_the_hook() {
    let (send, receive) = std::sync::mpsc::channel();
    let builder = LocalService::builder().verification(Verification::Off).channel("demo");
    let service = builder.on_request(move |request| _ = send.send(request.to_string())).start_blocking().unwrap();
    crate::common::call(&service, "/nowhere", "");
    assert_eq!(receive.recv().unwrap(), "POST /nowhere 404 UnknownOperationException, signature not checked");
}
