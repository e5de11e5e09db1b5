//! Profiles, and where their credentials come from.

use super::plan::{Role, Source, Sso, WebIdentity, plan};
use crate::credentials::{Credentials, CredentialsErrorKind};
use crate::env::Env;
use crate::files::Files;
use crate::profile::ProfileSources;

fn of(profile: &str, config: &str) -> Result<Source, crate::CredentialsError> {
    let sources = ProfileSources {
        env: Env::from_map([("HOME", "/h")]),
        files: Files::from_map([("/h/.aws/config", config)]),
        profile: None,
    };
    plan(&sources.load().unwrap().profiles, profile)
}

fn role(arn: &str) -> Role {
    Role { arn: arn.to_owned(), external_id: None, session_name: None, duration_seconds: None, region: None }
}

fn keys(id: &str) -> Source {
    Source::Keys(Credentials::new(id, "s").with_provider_name("profile `base`"))
}

const BASE: &str = "[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n";

#[test]
fn keys_stand_in_the_profile() {
    let config = "[default]\naws_access_key_id = AKID\naws_secret_access_key = s\naws_session_token = t\n";
    let expected = Credentials::new("AKID", "s").with_session_token("t").with_provider_name("profile `default`");
    assert_eq!(of("default", config).unwrap(), Source::Keys(expected));
}

#[test]
fn a_process_is_asked_when_there_are_no_keys() {
    let process = "[default]\ncredential_process = /bin/get \"a  b\"\n";
    assert_eq!(of("default", process).unwrap(), Source::Process { command: "/bin/get \"a  b\"".to_owned() });
    assert_eq!(of("base", &format!("{BASE}credential_process = x\n")).unwrap(), keys("AKIDBASE"));
}

#[test]
fn sso_is_configured_by_a_session_or_in_the_profile() {
    let sso = |cache_key: &str, region: &str| {
        Source::Sso(Sso {
            account_id: "1".to_owned(),
            role_name: "Dev".to_owned(),
            region: region.to_owned(),
            cache_key: cache_key.to_owned(),
        })
    };
    let session = "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n[sso-session corp]\n\
                   sso_region = eu-west-1\nsso_start_url = https://x\n";
    assert_eq!(of("default", session).unwrap(), sso("corp", "eu-west-1"));
    let legacy = "[default]\nsso_start_url = https://x\nsso_region = r\nsso_account_id = 1\nsso_role_name = Dev\n";
    assert_eq!(of("default", legacy).unwrap(), sso("https://x", "r"));
}

#[test]
fn a_role_is_assumed_by_another_profile_or_another_source() {
    let config = format!(
        "{BASE}[profile dev]\nrole_arn = arn:dev\nsource_profile = base\nexternal_id = e\nrole_session_name = n\n\
         duration_seconds = 900\nregion = eu-west-1\n[profile far]\nrole_arn = arn:far\nsource_profile = dev\n"
    );
    let dev = Role {
        external_id: Some("e".to_owned()),
        session_name: Some("n".to_owned()),
        duration_seconds: Some(900),
        region: Some("eu-west-1".to_owned()),
        ..role("arn:dev")
    };
    let dev = Source::Role { role: dev, by: Box::new(keys("AKIDBASE")) };
    assert_eq!(of("dev", &config).unwrap(), dev);
    assert_eq!(of("far", &config).unwrap(), Source::Role { role: role("arn:far"), by: Box::new(dev) });
    for (name, source) in [
        ("Environment", Source::Environment),
        ("EcsContainer", Source::Container),
        ("Ec2InstanceMetadata", Source::InstanceMetadata),
    ] {
        let config = format!("[default]\nrole_arn = arn:a\ncredential_source = {name}\n");
        assert_eq!(of("default", &config).unwrap(), Source::Role { role: role("arn:a"), by: Box::new(source) });
    }
}

#[test]
fn a_profile_may_assume_its_role_with_its_own_keys() {
    let config = format!("{BASE}role_arn = arn:a\nsource_profile = base\n");
    assert_eq!(of("base", &config).unwrap(), Source::Role { role: role("arn:a"), by: Box::new(keys("AKIDBASE")) });
}

#[test]
fn a_role_may_be_exchanged_for_a_token() {
    let config = "[default]\nrole_arn = arn:a\nweb_identity_token_file = /token\nrole_session_name = n\n";
    let expected = WebIdentity {
        role_arn: "arn:a".to_owned(),
        token_file: "/token".to_owned(),
        session_name: Some("n".to_owned()),
        region: None,
    };
    assert_eq!(of("default", config).unwrap(), Source::WebIdentity(expected));
}

#[test]
fn nothing_about_credentials_is_not_found() {
    let error = of("default", "[default]\nregion = r\n").unwrap_err();
    assert_eq!(error.kind(), CredentialsErrorKind::NotFound);
    assert_eq!(error.to_string(), "profile `default`: it says nothing about credentials");
    assert_eq!(of("default", "").unwrap_err().kind(), CredentialsErrorKind::NotFound);
}

#[test]
fn what_is_half_configured_is_an_error_that_says_what_is_missing() {
    for (config, reason) in [
        ("aws_access_key_id = hunter2", "it has `aws_access_key_id` and no `aws_secret_access_key`"),
        ("aws_secret_access_key = hunter2", "it has `aws_secret_access_key` and no `aws_access_key_id`"),
        (
            "role_arn = a",
            "it has a `role_arn` and none of `source_profile`, `credential_source` or `web_identity_token_file`",
        ),
        ("role_arn = a\nsource_profile = x", "its `source_profile` is `x`, and there is no such profile"),
        ("role_arn = a\nsource_profile = default", "`source_profile` leads in a circle: `default`, `default`"),
        (
            "role_arn = a\ncredential_source = Ec2",
            "its `credential_source` is none of `Environment`, `EcsContainer` or `Ec2InstanceMetadata`",
        ),
        (
            "role_arn = a\ncredential_source = Environment\nsource_profile = x",
            "it has both `source_profile` and `credential_source`: keep one",
        ),
        (
            "role_arn = a\ncredential_source = Environment\nmfa_serial = m",
            "its role needs a code of a device (`mfa_serial`), which cannot be asked for here",
        ),
        (
            "role_arn = a\ncredential_source = Environment\nduration_seconds = 1h",
            "its `duration_seconds` is not a whole number",
        ),
        ("sso_start_url = u", "it has no `sso_region`"),
        ("sso_start_url = u\nsso_region = r", "it has no `sso_account_id`"),
        ("sso_start_url = u\nsso_region = r\nsso_account_id = 1", "it has no `sso_role_name`"),
        ("sso_session = s", "its `sso_session` is `s`, and there is no such section"),
        ("sso_session = s\n[sso-session s]", "the section `[sso-session s]` has no `sso_region`"),
    ] {
        let error = of("default", &format!("[default]\n{config}\n")).unwrap_err();
        assert_eq!(error.to_string(), format!("profile `default`: {reason}"));
        assert_eq!(error.kind(), CredentialsErrorKind::Invalid);
    }
}

#[test]
fn a_circle_of_profiles_is_found() {
    let config = "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n";
    let error = of("a", config).unwrap_err().to_string();
    assert_eq!(error, "profile `a`: `source_profile` leads in a circle: `a`, `b`, `a`");
}

#[test]
fn debug_shows_no_secret() {
    let keys = of("default", "[default]\naws_access_key_id = A\naws_secret_access_key = hunter2\n").unwrap();
    let process = of("default", "[default]\ncredential_process = get --password hunter2\n").unwrap();
    let shown = format!("{keys:?} {process:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
}
