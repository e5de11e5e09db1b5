//! Clocks that disagree.

use std::time::{Duration, SystemTime};

use kinesisvideo_local::{Builder, LocalService, Quotas};
use kinesisvideo_runtime::time::ManualTime;

use crate::signed_join::Join;

fn builder() -> Builder {
    LocalService::builder().quotas(Quotas::unlimited()).channel("demo")
}

#[test]
fn dates_more_than_five_minutes_off_are_refused_with_the_services_date() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_715_344_496);
    let service = builder().clock(ManualTime::new(now)).start_blocking().unwrap();
    let join = |time| Join { time, ..Join::new() }.send(&service);
    for seconds in [0, 299, 300] {
        assert_eq!(join(now - Duration::from_secs(seconds)).status, 200, "{seconds} s ago");
        assert_eq!(join(now + Duration::from_secs(seconds)).status, 200, "in {seconds} s");
    }
    let late = join(now - Duration::from_secs(301));
    assert_eq!((late.error().0, late.error().1), (403, "InvalidSignatureException"));
    assert_eq!(late.header("date"), Some("Fri, 10 May 2024 12:34:56 GMT"));
    let expected =
        "Signature expired: 20240510T122955Z is now earlier than 20240510T122956Z (20240510T123456Z - 5 min.)";
    assert_eq!(late.error().2, expected);
    let early = join(now + Duration::from_secs(301)).error().2;
    let expected =
        "Signature not yet current: 20240510T123957Z is still later than 20240510T123956Z (20240510T123456Z + 5 min.)";
    assert_eq!(early, expected);
}

#[test]
fn the_services_clock_can_be_moved_while_it_runs() {
    let service = builder().clock_skew(-600).start_blocking().unwrap();
    assert!(Join::new().send(&service).error().2.starts_with("Signature not yet current"));
    service.set_clock_skew(600);
    assert!(Join::new().send(&service).error().2.starts_with("Signature expired"));
    service.set_clock_skew(0);
    assert_eq!(Join::new().send(&service).status, 200);
}
