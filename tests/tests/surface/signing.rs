//! 27, 28: how requests are signed.

use std::time::{Duration, UNIX_EPOCH};

use kinesisvideo::{Credentials, ManualTime};
use kinesisvideo_tests::config;

use super::{accepting, client, join, sent};

#[tokio::test]
async fn option_27_signature_version_is_v4_or_refused() {
    assert_eq!(sent(config().signature_version("v4")).await.body, sent(config()).await.body);
    for version in ["v2", "v3", "s3", "v9", "bearer", "V4", ""] {
        let error = config().signature_version(version).build().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("Unknown signing version {version}: requests are signed with Signature Version 4, `v4`")
        );
    }
}

/// With and without the cache the same bytes are sent, whatever the key depends on changes in between.
#[tokio::test]
async fn option_28_signature_cache_changes_nothing_on_the_wire() {
    let time = ManualTime::new(UNIX_EPOCH + Duration::from_secs(1_715_344_496));
    let server = accepting();
    let mut signatures = Vec::new();
    let client = |cache: bool, secret: &str, region: &str| {
        let config = config().time_source(time.clone()).signature_cache(cache).region(region);
        client(&server, config.credentials(Credentials::new("AKIDEXAMPLE", secret)))
    };
    let pairs: Vec<_> = [("one", "us-west-2"), ("two", "us-west-2"), ("one", "eu-west-1")]
        .map(|(secret, region)| (client(true, secret, region), client(false, secret, region)))
        .into();
    for _day in 0..2 {
        for (cached, fresh) in &pairs {
            for client in [cached, cached, fresh] {
                join(client).await.unwrap();
            }
            let received = server.received();
            let last: Vec<_> =
                received[received.len() - 3..].iter().map(|request| request.header("authorization").unwrap()).collect();
            assert!(last[0] == last[1] && last[1] == last[2], "{last:?}");
            signatures.push(last[0].to_owned());
        }
        time.advance(Duration::from_secs(24 * 3600));
    }
    signatures.sort();
    signatures.dedup();
    assert_eq!(signatures.len(), 6, "secret, region and day are part of every signature");
}

/// One client whose credentials change: its cached key must not sign for the others.
#[tokio::test]
async fn option_28_signature_cache_follows_the_credentials() {
    use kinesisvideo::runtime::credentials::CredentialsFuture;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[derive(Debug, Default)]
    struct Alternating(AtomicBool);

    impl kinesisvideo::ProvideCredentials for Alternating {
        fn name(&self) -> &str {
            "alternating"
        }

        fn provide(&self) -> CredentialsFuture<'_> {
            let secret = if self.0.fetch_not(Ordering::SeqCst) { "two" } else { "one" };
            Box::pin(async move { Ok(Credentials::new("AKIDEXAMPLE", secret).with_expiry(UNIX_EPOCH)) })
        }
    }

    let server = accepting();
    let alternating = client(&server, config().credentials_provider(Alternating::default()));
    let fixed =
        ["one", "two"].map(|secret| client(&server, config().credentials(Credentials::new("AKIDEXAMPLE", secret))));
    for fixed in fixed.iter().chain(&fixed) {
        join(&alternating).await.unwrap();
        join(fixed).await.unwrap();
        let received = server.received();
        let last = &received[received.len() - 2..];
        assert_eq!(last[0].header("authorization"), last[1].header("authorization"));
    }
}
