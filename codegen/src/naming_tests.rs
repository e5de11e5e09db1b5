use super::*;

#[test]
fn members_are_in_snake_case_with_acronyms_as_words() {
    let cases = [
        ("channelArn", "channel_arn"),
        ("ChannelARN", "channel_arn"),
        ("KMSKeyId", "kms_key_id"),
        ("KmsKeyIDs", "kms_key_ids"),
        ("ResourceARNs", "resource_arns"),
        ("ARNsByName", "arns_by_name"),
        ("SDPOffer", "sdp_offer"),
        ("H264", "h264"),
        ("MPEG4Audio", "mpeg4_audio"),
        ("EC2InstanceId", "ec2_instance_id"),
        ("X509Certificate", "x509_certificate"),
        ("s3Bucket", "s3_bucket"),
        ("IPv6Addresses", "ipv6_addresses"),
        ("UseIPv4", "use_ipv4"),
        ("IoTThingName", "iot_thing_name"),
        ("sizeInGiB", "size_in_gib"),
        ("HLSStreamingSessionURL", "hls_streaming_session_url"),
        ("already_snake", "already_snake"),
        ("_private", "private"),
    ];
    for (name, expected) in cases {
        assert_eq!(member(name), expected, "{name}");
    }
}

#[test]
fn keywords_and_names_that_would_clash_take_an_underscore() {
    for (name, expected) in [
        ("type", "type_"),
        ("Type", "type_"),
        ("gen", "gen_"),
        ("async", "async_"),
        ("self", "self_"),
        ("Self", "self_"),
        ("super", "super_"),
        ("crate", "crate_"),
        ("union", "union_"),
        ("new", "new_"),
        ("clone", "clone_"),
        ("ToRequest", "to_request_"),
        ("raw", "raw"),
    ] {
        assert_eq!(member(name), expected);
    }
    assert_eq!(shape("Self"), "Self_");
    assert_eq!(shape("self"), "Self_");
    assert_eq!(shape("Option"), "Option");
    assert_eq!(method("Send"), "send_");
    assert_eq!(method("WithEndpoint"), "with_endpoint_");
    assert_eq!(module("Types"), "types_");
    assert_eq!(module("Crate"), "crate_");
    assert_eq!(error_variant("Unhandled"), "Unhandled_");
    assert_eq!(union_variant("unknown"), "Unknown_");
}

#[test]
fn every_keyword_is_one_to_the_parser() {
    for keyword in KEYWORDS {
        // `union` is a keyword in one place only, and harmless as a name; it is listed to keep declarations readable.
        let is_name = syn::parse_str::<syn::Ident>(keyword).is_ok();
        assert_eq!(is_name, matches!(keyword, "union" | "gen"), "{keyword}");
    }
}

#[test]
fn shapes_are_in_pascal_case() {
    for (name, expected) in [
        ("AWSAcuityRoutingServiceLambda", "AwsAcuityRoutingServiceLambda"),
        ("SDPOffer", "SdpOffer"),
        ("__listOf__string", "ListOfString"),
        ("H264", "H264"),
        ("tag", "Tag"),
    ] {
        assert_eq!(shape(name), expected);
    }
}

#[test]
fn values_of_enumerations_become_variants_whatever_they_hold() {
    let cases = [
        ("ACTIVE", "Active"),
        ("MJPEG_HLS", "MjpegHls"),
        ("us-east-1", "UsEast1"),
        ("application/json", "ApplicationJson"),
        ("h.264", "H264"),
        ("1080p", "_1080p"),
        ("UNKNOWN", "Unknown_"),
        ("self", "Self_"),
        ("=", "U003d"),
        ("", "Empty"),
    ];
    for (value, expected) in cases {
        assert_eq!(enum_variants([value]), [expected], "{value}");
    }
}

#[test]
fn values_that_fall_together_are_numbered_around_names_that_are_taken() {
    assert_eq!(
        enum_variants(["INVALID_REQUEST", "invalid_request", "InvalidRequest2", "invalid-request"]),
        ["InvalidRequest", "InvalidRequest3", "InvalidRequest2", "InvalidRequest4"]
    );
    assert_eq!(numbered(["ARN", "ARN", "ARN_2"].map(String::from)), ["ARN", "ARN_2", "ARN_2_2"]);
}

#[test]
fn names_that_become_one_identifier_are_found() {
    let names = ["channelARN", "ChannelArn", "other"];
    let identifiers = names.map(member);
    let pairs: Vec<_> = names.iter().copied().zip(identifiers.iter().map(String::as_str)).collect();
    assert_eq!(collisions(pairs), [Collision { first: "channelARN", second: "ChannelArn", identifier: "channel_arn" }]);
}

#[test]
fn every_name_becomes_an_identifier() {
    for name in ["", "1", "_", "__", "é", "a-b", "ß", "𝒳", "=", "\u{200d}", "Self", "crate"] {
        for identifier in enum_variants([name]) {
            assert!(syn::parse_str::<syn::Ident>(&identifier).is_ok(), "{name:?} became {identifier:?}");
        }
    }
}
