//! The chain from end to end, over variables, files and answers that are given.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use reqsign_core::{Error, HttpSend, Result};

use super::*;
use crate::credentials::CredentialsErrorKind;

/// Answers requests whose URL begins with a text, and notes what was sent.
#[derive(Debug, Default)]
struct Answers {
    answers: Vec<(&'static str, u16, String)>,
    /// URLs that never answer.
    silent: &'static str,
    sent: Mutex<Vec<http::Request<Bytes>>>,
}

impl HttpSend for Answers {
    async fn http_send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>> {
        let url = request.uri().to_string();
        self.sent.lock().unwrap().push(request);
        if !self.silent.is_empty() && url.starts_with(self.silent) {
            std::future::pending::<()>().await;
        }
        match self.answers.iter().find(|(prefix, ..)| url.starts_with(prefix)) {
            Some((_, status, body)) => {
                let mut response = http::Response::new(Bytes::from(body.clone()));
                *response.status_mut() = http::StatusCode::from_u16(*status).unwrap();
                Ok(response)
            }
            None => Err(Error::unexpected(format!("no connection to {url}"))),
        }
    }
}

struct Case {
    chain: StandardChain,
    answers: Arc<Answers>,
}

impl Case {
    fn new(variables: &[(&str, &str)], files: &[(&str, &str)], answers: Vec<(&'static str, u16, String)>) -> Self {
        Self::silent(variables, files, answers, "")
    }

    fn silent(
        variables: &[(&str, &str)],
        files: &[(&str, &str)],
        answers: Vec<(&'static str, u16, String)>,
        silent: &'static str,
    ) -> Self {
        let answers = Arc::new(Answers { answers, silent, sent: Mutex::default() });
        let variables = [("HOME", "/h")].into_iter().chain(variables.iter().copied());
        let chain = StandardChain::new()
            .env(Env::from_map(variables))
            .files(Files::from_map(files.iter().copied()))
            .region(Region::new("eu-west-1").unwrap())
            .http(answers.clone());
        Self { chain, answers }
    }

    async fn id(&self) -> String {
        self.chain.provide().await.unwrap().access_key_id().to_owned()
    }

    async fn failure(&self) -> CredentialsError {
        self.chain.provide().await.unwrap_err()
    }

    /// Method and URL of each request.
    fn sent(&self) -> Vec<String> {
        self.answers
            .sent
            .lock()
            .unwrap()
            .iter()
            .map(|request| format!("{} {}", request.method(), request.uri()))
            .collect()
    }

    fn header(&self, request: usize, name: &str) -> String {
        self.answers.sent.lock().unwrap()[request].headers()[name].to_str().unwrap().to_owned()
    }
}

const EXPIRY: &str = "2099-01-01T00:00:00Z";
const PROFILE: &str = "/h/.aws/config";

/// What containers and instances answer.
fn json(id: &str) -> String {
    format!(r#"{{"Code":"Success","AccessKeyId":"{id}","SecretAccessKey":"s","Token":"t","Expiration":"{EXPIRY}"}}"#)
}

/// What the token service answers.
fn xml(operation: &str, id: &str) -> String {
    format!(
        "<{operation}Response><{operation}Result><Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>s\
         </SecretAccessKey><SessionToken>t</SessionToken><Expiration>{EXPIRY}</Expiration></Credentials>\
         </{operation}Result></{operation}Response>"
    )
}

const METADATA: &str = "http://169.254.169.254/latest/";

fn metadata(id: &str) -> Vec<(&'static str, u16, String)> {
    vec![
        ("http://169.254.169.254/latest/api/token", 200, "metadata-token".to_owned()),
        ("http://169.254.169.254/latest/meta-data/iam/security-credentials/camera", 200, json(id)),
        ("http://169.254.169.254/latest/meta-data/iam/security-credentials/", 200, "camera".to_owned()),
    ]
}

#[tokio::test]
async fn each_place_is_asked_only_after_those_before_it() {
    let env = [("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "s")];
    let token = [("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r")];
    let container = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/creds")];
    let profile = "[default]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = s\n";
    let mut answers = metadata("AKIDMETADATA");
    answers.push(("http://169.254.170.2/creds", 200, json("AKIDCONTAINER")));
    answers.push(("https://sts.eu-west-1.amazonaws.com/", 200, xml("AssumeRoleWithWebIdentity", "AKIDWEBIDENTITY")));
    let id = |variables: Vec<(&'static str, &'static str)>, profile| {
        let answers = answers.clone();
        async move { Case::new(&variables, &[(PROFILE, profile), ("/token", "jwt\n")], answers).id().await }
    };
    assert_eq!(id([&env[..], &token, &container].concat(), profile).await, "AKIDENV");
    assert_eq!(id([&token[..], &container].concat(), profile).await, "AKIDPROFILE");
    assert_eq!(id([&token[..], &container].concat(), "").await, "AKIDWEBIDENTITY");
    assert_eq!(id(container.to_vec(), "").await, "AKIDCONTAINER");
    assert_eq!(id(Vec::new(), "").await, "AKIDMETADATA");
}

#[tokio::test]
async fn when_nothing_is_configured_every_place_is_listed() {
    let error = Case::new(&[], &[], Vec::new()).failure().await;
    assert_eq!(error.kind(), CredentialsErrorKind::NotFound);
    assert_eq!(
        error.failures().iter().map(CredentialsError::provider).collect::<Vec<_>>(),
        ["environment", "profile `default`", "web identity", "container", "instance metadata"]
    );
    let text = error.to_string();
    for part in [
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
        "profile `default`: there is no such profile",
        "AWS_WEB_IDENTITY_TOKEN_FILE is not set",
        "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
        "failed to connect to IMDS (no connection to http://169.254.169.254/latest/api/token) (is this an EC2 instance?)",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[tokio::test]
async fn a_place_that_is_configured_and_fails_ends_the_search() {
    let half = Case::new(&[("AWS_ACCESS_KEY_ID", "AKID")], &[], metadata("AKIDMETADATA"));
    assert_eq!(half.failure().await.failures().len(), 1);
    let circle = "[default]\nrole_arn = r\nsource_profile = nobody\n";
    let profile = Case::new(&[], &[(PROFILE, circle)], metadata("AKIDMETADATA"));
    let error = profile.failure().await;
    assert_eq!((error.kind(), error.failures().len()), (CredentialsErrorKind::Invalid, 2));
    assert!(profile.sent().is_empty());
    let malformed = Case::new(&[], &[(PROFILE, "oops")], metadata("AKIDMETADATA")).failure().await.to_string();
    assert!(malformed.contains("profile: shared configuration file ~/.aws/config, line 1: "), "{malformed}");
}

#[tokio::test]
async fn instance_metadata_is_asked_with_a_session_token() {
    let case = Case::new(&[], &[], metadata("AKIDMETADATA"));
    let credentials = case.chain.provide().await.unwrap();
    assert_eq!(credentials.session_token(), Some("t"));
    assert!(credentials.expires_at().is_some());
    assert_eq!(credentials.provider_name(), "instance metadata");
    assert_eq!(
        case.sent(),
        [
            format!("PUT {METADATA}api/token"),
            format!("GET {METADATA}meta-data/iam/security-credentials/"),
            format!("GET {METADATA}meta-data/iam/security-credentials/camera"),
        ]
    );
    assert_eq!(case.header(1, "x-aws-ec2-metadata-token"), "metadata-token");
    case.chain.provide().await.unwrap();
    assert_eq!(case.sent().len(), 5, "the session token is used again");
}

#[tokio::test]
async fn instance_metadata_is_not_asked_when_it_is_disabled() {
    for value in ["true", "TRUE"] {
        let case = Case::new(&[("AWS_EC2_METADATA_DISABLED", value)], &[], metadata("AKIDMETADATA"));
        assert!(case.failure().await.to_string().contains("AWS_EC2_METADATA_DISABLED is true"));
        assert!(case.sent().is_empty());
    }
    let on = Case::new(&[("AWS_EC2_METADATA_DISABLED", "false")], &[], metadata("AKIDMETADATA"));
    assert_eq!(on.id().await, "AKIDMETADATA");
}

#[tokio::test]
async fn instance_metadata_may_be_elsewhere() {
    for (variable, value, url) in [
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1338/", "PUT http://127.0.0.1:1338/latest/api/token"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6", "PUT http://[fd00:ec2::254]/latest/api/token"),
    ] {
        let case = Case::new(&[(variable, value)], &[], Vec::new());
        case.failure().await;
        assert_eq!(case.sent(), [url]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_never_answers_is_given_up() {
    let silent = Case::silent(&[], &[], Vec::new(), METADATA);
    let began = tokio::time::Instant::now();
    let text = silent.failure().await.to_string();
    assert!(text.contains("instance metadata: no answer within 3 s"), "{text}");
    assert_eq!(began.elapsed().as_secs(), 3);
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_gives_credentials() {
    let config = format!(
        "[default]\ncredential_process = printf '{{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"s\",\
         \"Expiration\":\"{EXPIRY}\"}}'\n"
    );
    let credentials = Case::new(&[], &[(PROFILE, &config)], Vec::new()).chain.provide().await.unwrap();
    assert_eq!(credentials.access_key_id(), "AKIDPROCESS");
    assert_eq!(credentials.provider_name(), "profile `default`");
    assert!(credentials.expires_at().is_some());
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_command_that_does_not_end_is_given_up() {
    let case = Case::new(&[], &[(PROFILE, "[default]\ncredential_process = exec sleep 1000\n")], Vec::new());
    let text = case.failure().await.to_string();
    assert!(text.contains("profile `default`: no answer within 60 s"), "{text}");
}

#[tokio::test]
async fn a_role_is_assumed_with_a_signed_request_in_the_profiles_region() {
    let config = "[default]\nrole_arn = arn:aws:iam::123456789012:role/camera\nsource_profile = base\nregion = us-west-2\n\
                  external_id = ext\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = hunter2\n";
    let id = "ASIAEXAMPLEEXAMPLE";
    let sts = ("https://sts.us-west-2.amazonaws.com/", 200, xml("AssumeRole", id));
    let case = Case::new(&[], &[(PROFILE, config)], vec![sts]);
    assert_eq!(case.id().await, id);
    let [url] = &case.sent()[..] else { panic!("one request") };
    for part in ["Action=AssumeRole", "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fcamera", "ExternalId=ext"] {
        assert!(url.contains(part), "{url}");
    }
    let authorization = case.header(0, "authorization");
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDBASE/"), "{authorization}");
    assert!(authorization.contains("/us-west-2/sts/aws4_request"), "{authorization}");
}

#[tokio::test]
async fn a_refusal_of_the_token_service_is_told() {
    let config = "[default]\nrole_arn = arn:aws:iam::123456789012:role/camera\ncredential_source = Environment\n\
                  region = us-west-2\n";
    let body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not\nyou</Message></Error></ErrorResponse>";
    let answers = vec![("https://sts.us-west-2.amazonaws.com/", 403, body.to_owned())];
    // The variables are there for the profile alone: without `AWS_PROFILE` they would come first themselves.
    let chain = Case::new(
        &[("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "hunter2")],
        &[(PROFILE, config)],
        answers,
    );
    let error = chain.chain.profile_credentials().await.unwrap_err().to_string();
    assert_eq!(error, "profile `default`: AccessDenied: not you");
}

#[tokio::test]
async fn an_sso_token_is_exchanged() {
    let config = "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n\
                  [sso-session corp]\nsso_region = cn-north-1\nsso_start_url = https://x\n";
    let token = format!(r#"{{"accessToken":"hunter2","expiresAt":"{EXPIRY}"}}"#);
    // The SHA-1 of `corp`.
    let cache = "/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
    let body = r#"{"roleCredentials":{"accessKeyId":"AKIDSSO","secretAccessKey":"s","sessionToken":"t","expiration":4070908800000}}"#;
    let portal = "https://portal.sso.cn-north-1.amazonaws.com.cn/federation/credentials";
    let case = Case::new(&[], &[(PROFILE, config), (cache, &token)], vec![(portal, 200, body.to_owned())]);
    assert_eq!(case.id().await, "AKIDSSO");
    assert_eq!(case.sent(), [format!("GET {portal}?role_name=Dev&account_id=123456789012")]);
    assert_eq!(case.header(0, "x-amz-sso_bearer_token"), "hunter2");

    let missing = Case::new(&[], &[(PROFILE, config)], Vec::new()).failure().await.to_string();
    assert!(missing.contains("run 'aws sso login'"), "{missing}");
}

#[tokio::test]
async fn a_web_identity_is_exchanged_by_a_profile_too() {
    let config = "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nweb_identity_token_file = /token\n\
                  role_session_name = cam-1\n";
    let sts = ("https://sts.eu-west-1.amazonaws.com/", 200, xml("AssumeRoleWithWebIdentity", "AKIDTOKEN"));
    let case = Case::new(&[], &[(PROFILE, config), ("/token", "hunter2\n")], vec![sts]);
    assert_eq!(case.id().await, "AKIDTOKEN");
    let body = case.answers.sent.lock().unwrap()[0].body().clone();
    let body = std::str::from_utf8(&body).unwrap();
    assert!(body.contains("WebIdentityToken=hunter2&") && body.contains("RoleSessionName=cam-1"), "{body}");

    let lone = Case::new(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")], &[], Vec::new()).failure().await.to_string();
    assert!(lone.contains("AWS_WEB_IDENTITY_TOKEN_FILE is set but AWS_ROLE_ARN is not"), "{lone}");
}

#[tokio::test]
async fn a_containers_endpoint_is_asked_with_its_token() {
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials"),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this one"),
    ];
    let answers = vec![("http://169.254.170.23/v1/credentials", 200, json("AKIDEKS"))];
    let case = Case::new(&variables, &[("/token", "hunter2\n")], answers);
    assert_eq!(case.id().await, "AKIDEKS");
    assert_eq!(case.header(0, "authorization"), "hunter2");
}

#[tokio::test]
async fn a_containers_endpoint_elsewhere_must_be_over_tls() {
    for (url, asked) in [
        ("http://example.test/creds", false),
        ("http://10.0.0.1/creds", false),
        ("http://127.0.0.1.example.test/creds", false),
        ("ftp://127.0.0.1/creds", false),
        ("not a URL", false),
        ("https://example.test/creds", true),
        ("http://127.0.0.1:80/creds", true),
        ("http://127.1.2.3/creds", true),
        ("http://localhost/creds", true),
        ("http://[::1]/creds", true),
        ("http://169.254.170.2/creds", true),
        ("http://[fd00:ec2::23]/creds", true),
    ] {
        let case = Case::new(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)], &[], Vec::new());
        let text = case.failure().await.to_string();
        assert_eq!(!case.sent().is_empty(), asked, "{url}");
        assert_eq!(text.contains("neither an `https` URL"), !asked, "{text}");
    }
}

#[tokio::test]
async fn no_error_quotes_an_answer_that_could_not_be_read() {
    let container = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/creds")];
    let body = r#"{"AccessKeyId":"A","SecretAccessKey":{"x":1},"Token":"hunter2","Expiration":"hunter2"}"#;
    let answers = vec![("http://169.254.170.2/creds", 200, body.to_owned())];
    let error = Case::new(&container, &[], answers).failure().await;
    let text = format!("{error} {error:?}");
    assert!(text.contains("failed to parse ECS credentials response"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let case = Case::new(&[("AWS_SECRET_ACCESS_KEY", "hunter2")], &[(PROFILE, "[default]\na = hunter2")], Vec::new());
    assert!(!format!("{:?}", case.chain).contains("hunter2"));
}
