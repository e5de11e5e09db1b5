//! Types of the golden cases in the hands of a program.

use kinesisvideo_golden::{constraints, names, operations, scalars, unions};
use kinesisvideo_runtime::schema::Kind;
use kinesisvideo_runtime::{Operation, Timestamp};

#[test]
fn nothing_sensitive_is_shown() {
    let output = operations::GetOutput::new().password("hunter2").keys(["hunter3".to_owned()]).name("n");
    assert_eq!(
        format!("{output:?}"),
        r#"GetOutput { keys: *** redacted ***, name: Some("n"), password: *** redacted *** }"#
    );
    let input = constraints::CheckInput::new("a", "b")
        .note("hunter2")
        .secret("hunter2")
        .inner(constraints::types::Inner::new("hunter2"));
    let shown = format!("{input:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let credential = unions::types::Credential::Token("hunter2".to_owned());
    assert_eq!(format!("{credential:?}"), "Token(*** redacted ***)");
}

#[test]
fn enumerations_keep_what_they_do_not_know() {
    use scalars::types::{Codec, Level};
    for (codec, text) in
        [(Codec::H264, "H.264"), (Codec::Unknown_, "UNKNOWN"), (Codec::Unknown("AV1".to_owned()), "AV1")]
    {
        assert_eq!((codec.as_str(), codec.to_string().as_str()), (text, text));
        assert_eq!(Codec::from(text), codec);
    }
    assert_eq!(Codec::VALUES, ["H.264", "UNKNOWN", "VP9"]);
    for (level, number) in [(Level::Low, 1), (Level::High, -3), (Level::Unknown(9), 9)] {
        assert_eq!((level.as_i32(), Level::from(number)), (number, level));
    }
}

#[test]
fn constraints_are_facts_for_the_validator() {
    let input = constraints::CheckInput::META.input;
    let member = |name: &str| input.member(name).unwrap().1;
    assert!(member("arn").required && member("arn").label);
    assert!(member("name").required && !member("token").required && !member("preset").required);
    assert!(member("note").sensitive && member("secret").shape.sensitive);
    let Kind::String { length, pattern, .. } = &member("arn").shape.kind else { panic!() };
    assert_eq!((length.min, length.max, pattern.is_some()), (Some(1), Some(64), true));
    // The member's own constraint replaces that of what it targets.
    let Kind::String { length, .. } = &member("short").shape.kind else { panic!() };
    assert_eq!((length.min, length.max), (None, Some(3)));
    let Kind::String { values, .. } = &member("kind").shape.kind else { panic!() };
    assert_eq!(*values, ["a", "b"]);
    // A structure that holds itself is described once.
    let Kind::Structure(inner) = &member("inner").shape.kind else { panic!() };
    assert_eq!(inner.members[1].wire, "inner_name");
    let Kind::Structure(again) = &inner.members[0].shape.kind else { panic!() };
    assert!(std::ptr::eq(*inner, *again));
}

#[test]
fn valid_inputs_pass_and_every_violation_of_others_is_reported() {
    use kinesisvideo_runtime::Checks;
    use kinesisvideo_runtime::validate::validate;
    let valid = constraints::CheckInput::new("arn:aws:123456789012", "n").age(1).ratio(0.5);
    assert!(validate(&valid, constraints::CheckInput::META.input, Checks::ALL).is_ok());
    let invalid = constraints::CheckInput::new("x", "").age(0).kind(constraints::types::Kind::Unknown("c".to_owned()));
    let errors = validate(&invalid, constraints::CheckInput::META.input, Checks::ALL).unwrap_err().to_string();
    for path in ["params.arn", "params.name", "params.age", "params.kind"] {
        assert!(errors.contains(path), "{path}: {errors}");
    }
}

#[test]
fn names_that_rust_has_taken_are_usable() {
    let option = names::types::Option::new("some").value(names::types::Option::new("inner"));
    assert_eq!(option.count, 9);
    let input = names::SendInput::new("t")
        .self_("s")
        .gen_("g")
        .new_("n")
        .default_(1)
        .clone_(true)
        .channel_arn("arn")
        .kms_key_ids(["k".to_owned()])
        .ipv6_address("::1")
        .option(option)
        .result(names::types::Result::Self_(true))
        .string(names::types::StringShape::Upper2);
    let body = input.to_request().unwrap().body;
    assert_eq!(
        std::str::from_utf8(&body).unwrap(),
        r#"{"IPv6Address":"::1","KMSKeyIDs":["k"],"channelARN":"arn","clone":true,"default":1,"gen":"g","new":"n","#
            .to_owned()
            + r#""option":{"Some":"some","count":9,"value":{"Some":"inner","count":9}},"result":{"Self":true},"#
            + r#""self":"s","string":"upper","type":"t"}"#
    );
    let names: Vec<&str> = names::OperationName::ALL.iter().map(|name| name.as_str()).collect();
    assert_eq!(names, ["Call", "GetSDPOffer", "ListKMSKeyIDs", "New", "Self", "Send", "Types", "crate"]);
    assert_eq!("self".parse(), Ok(names::OperationName::Self_));
}

#[test]
fn operations_are_found_by_both_of_their_names() {
    use operations::OperationName;
    assert_eq!("Put".parse(), Ok(OperationName::Put));
    assert_eq!("put".parse(), Ok(OperationName::Put));
    let error = "PUT".parse::<OperationName>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown operation `PUT`: known are Either, Get, Old, Open, Put, Send, Signed, Unsigned"
    );
    let time = scalars::PutScalarsInput::new().time(Timestamp::from_seconds(0));
    assert_eq!(serde_json::to_string(&time).unwrap(), r#"{"time":0}"#);
}
