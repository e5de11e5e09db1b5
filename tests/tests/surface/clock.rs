//! 15, 26: the clock that signatures are dated with.

use kinesisvideo_tests::config;
use kinesisvideo_tests::scripted::{Answer, Server};

use super::{answering, client, join, sent};

/// Two hours after the clock of these tests.
const LATER: &str = "Fri, 10 May 2024 14:34:56 GMT";

fn dates(server: &Server) -> Vec<String> {
    server.received().iter().map(|request| request.header("x-amz-date").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn option_15_correct_clock_skew_is_off_by_default() {
    let skewed = Answer::reply(403, r#"{"__type":"SignatureDoesNotMatch"}"#).header("date", LATER);
    let server = answering([skewed]);
    join(&client(&server, config())).await.unwrap_err();
    assert_eq!(dates(&server), ["20240510T123456Z"]);
}

#[tokio::test]
async fn option_15_correct_clock_skew_signs_anew_with_the_services_time() {
    for code in ["SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException"] {
        let skewed = Answer::reply(403, format!(r#"{{"__type":"{code}"}}"#)).header("date", LATER);
        let server = answering([skewed, Answer::reply(200, "{}")]);
        join(&client(&server, config().correct_clock_skew(true))).await.unwrap();
        assert_eq!(dates(&server), ["20240510T123456Z", "20240510T143456Z"]);
    }
}

#[tokio::test]
async fn option_15_correct_clock_skew_learns_from_any_response_from_five_minutes_on() {
    for (date, second) in [
        ("Fri, 10 May 2024 12:39:55 GMT", "20240510T123456Z"),
        ("Fri, 10 May 2024 12:39:56 GMT", "20240510T123956Z"),
        ("no date", "20240510T123456Z"),
    ] {
        let server = answering([Answer::reply(200, "{}").header("date", date)]);
        let client = client(&server, config().correct_clock_skew(true));
        join(&client).await.unwrap();
        join(&client).await.unwrap();
        assert_eq!(dates(&server), ["20240510T123456Z", second], "{date}");
    }
}

/// Unlike the original, which sends a wrong key four times.
#[tokio::test]
async fn option_15_correct_clock_skew_does_not_retry_what_it_has_not_corrected() {
    let server = answering([Answer::reply(403, r#"{"__type":"SignatureDoesNotMatch"}"#)]);
    join(&client(&server, config().correct_clock_skew(true))).await.unwrap_err();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn option_26_system_clock_offset_dates_signatures() {
    for (offset, date) in [(0, "20240510T123456Z"), (3_600_000, "20240510T133456Z"), (-60_500, "20240510T123355Z")] {
        assert_eq!(sent(config().system_clock_offset(offset)).await.header("x-amz-date"), Some(date));
    }
}
