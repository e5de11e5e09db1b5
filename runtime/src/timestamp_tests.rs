use super::*;

fn formats(seconds: i64, nanoseconds: u32) -> [String; 3] {
    let timestamp = Timestamp::from_parts(seconds, nanoseconds);
    [Format::EpochSeconds, Format::DateTime, Format::HttpDate].map(|format| timestamp.format(format))
}

#[test]
fn timestamps_are_written_in_all_three_formats() {
    let cases = [
        (0, 0, ["0", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"]),
        (1_576_540_098, 0, ["1576540098", "2019-12-16T23:48:18Z", "Mon, 16 Dec 2019 23:48:18 GMT"]),
        (1_398_796_238, 123_000_000, ["1398796238.123", "2014-04-29T18:30:38.123Z", "Tue, 29 Apr 2014 18:30:38 GMT"]),
        (-1, 500_000_000, ["-0.5", "1969-12-31T23:59:59.5Z", "Wed, 31 Dec 1969 23:59:59 GMT"]),
        (-2, 250_000_000, ["-1.75", "1969-12-31T23:59:58.25Z", "Wed, 31 Dec 1969 23:59:58 GMT"]),
        (951_782_400, 1, ["951782400.000000001", "2000-02-29T00:00:00.000000001Z", "Tue, 29 Feb 2000 00:00:00 GMT"]),
    ];
    for (seconds, nanoseconds, expected) in cases {
        assert_eq!(formats(seconds, nanoseconds), expected);
    }
}

#[test]
fn what_is_written_is_read_back() {
    for (seconds, nanoseconds) in [(0, 0), (-1, 500_000_000), (-62_135_596_800, 1), (253_402_300_799, 999_999_999)] {
        let timestamp = Timestamp::from_parts(seconds, nanoseconds);
        for format in [Format::EpochSeconds, Format::DateTime] {
            assert_eq!(Timestamp::parse(&timestamp.format(format), format), Ok(timestamp));
        }
        let whole = Timestamp::from_seconds(seconds);
        assert_eq!(Timestamp::parse(&whole.format(Format::HttpDate), Format::HttpDate), Ok(whole));
    }
}

#[test]
fn date_times_may_have_offsets_and_fractions() {
    let cases = [
        ("2019-12-16T22:48:18-01:00", 1_576_540_098, 0),
        ("2019-12-17T00:48:18+01:00", 1_576_540_098, 0),
        ("2000-01-02T20:34:56.123Z", 946_845_296, 123_000_000),
        ("2000-01-02t20:34:56.1234567891z", 946_845_296, 123_456_789),
        ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
    ];
    for (text, seconds, nanoseconds) in cases {
        assert_eq!(text.parse(), Ok(Timestamp::from_parts(seconds, nanoseconds)), "{text}");
    }
}

#[test]
fn texts_that_are_not_times_are_refused() {
    let cases = [
        (Format::DateTime, "2019-12-16"),
        (Format::DateTime, "2019-12-16T22:48Z"),
        (Format::DateTime, "2019-12-16T22:48:18"),
        (Format::DateTime, "2019-13-16T22:48:18Z"),
        (Format::DateTime, "2019-02-29T22:48:18Z"),
        (Format::DateTime, "2019-12-16T24:48:18Z"),
        (Format::DateTime, "0000-12-16T22:48:18Z"),
        (Format::DateTime, "2019-12-16T22:48:18+1:00"),
        (Format::DateTime, "+019-12-16T22:48:18Z"),
        (Format::DateTime, "2019-12-16T22:48:18.Z"),
        (Format::HttpDate, "Mon, 16 Dec 2019 23:48:18"),
        (Format::HttpDate, "Mon, 16 dec 2019 23:48:18 GMT"),
        (Format::HttpDate, "2019-12-16T22:48:18Z"),
        (Format::EpochSeconds, ""),
        (Format::EpochSeconds, "-"),
        (Format::EpochSeconds, "1e9"),
        (Format::EpochSeconds, "NaN"),
        (Format::EpochSeconds, "99999999999999999999"),
        (Format::EpochSeconds, "253402300800"),
    ];
    for (format, text) in cases {
        assert_eq!(Timestamp::parse(text, format), Err(TimestampError { format }), "{text}");
    }
}

#[test]
fn system_times_convert_both_ways() {
    for time in
        [UNIX_EPOCH, UNIX_EPOCH + Duration::from_nanos(1_500_000_001), UNIX_EPOCH - Duration::from_millis(1_250)]
    {
        assert_eq!(SystemTime::try_from(Timestamp::from(time)), Ok(time));
    }
    assert_eq!(Timestamp::from(UNIX_EPOCH - Duration::from_millis(250)).to_string(), "1969-12-31T23:59:59.75Z");
}

#[test]
fn numbers_are_rounded_to_microseconds() {
    assert_eq!(Timestamp::from_f64(1_398_796_238.123), Some(Timestamp::from_parts(1_398_796_238, 123_000_000)));
    assert_eq!(Timestamp::from_f64(0.999_999_999), Some(Timestamp::from_seconds(1)));
    assert_eq!(Timestamp::from_f64(-0.5), Some(Timestamp::from_parts(-1, 500_000_000)));
    for number in [f64::NAN, f64::INFINITY, 1e300] {
        assert_eq!(Timestamp::from_f64(number), None);
    }
}

#[test]
fn times_beyond_the_calendar_are_cut() {
    assert_eq!(Timestamp::from_seconds(i64::MAX).to_string(), "9999-12-31T23:59:59.999999999Z");
    assert_eq!(Timestamp::from_seconds(i64::MIN).to_string(), "0001-01-01T00:00:00Z");
}
