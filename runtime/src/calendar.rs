//! The proleptic Gregorian calendar, as far as timestamps need it.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const SECONDS_PER_DAY: i64 = 86_400;

/// A point in time in UTC, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    /// 1 to 12.
    pub(crate) month: i64,
    /// 1 to 31.
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    /// 0 is Sunday.
    pub(crate) weekday: usize,
}

/// Takes seconds since 1970 apart.
///
/// Years are counted from March, so that the day added by a leap year comes last; 400 years have 146 097 days.
pub(crate) fn civil(seconds: i64) -> Civil {
    let days = seconds.div_euclid(SECONDS_PER_DAY);
    let second_of_day = seconds.rem_euclid(SECONDS_PER_DAY);
    // 719 468 days lie between 0000-03-01 and 1970-01-01.
    let from_march = days + 719_468;
    let era = from_march.div_euclid(146_097);
    let day_of_era = from_march.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Civil {
        year: era * 400 + year_of_era + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
        hour: second_of_day / 3_600,
        minute: second_of_day / 60 % 60,
        second: second_of_day % 60,
        // 1970-01-01 was a Thursday.
        weekday: usize::try_from((days + 4).rem_euclid(7)).unwrap_or(0),
    }
}

/// Seconds from 1970 to the start of a day; `None` if the calendar has no such day.
pub(crate) fn seconds(year: i64, month: i64, day: i64) -> Option<i64> {
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let seconds = (era * 146_097 + day_of_era - 719_468) * SECONDS_PER_DAY;
    // A day that does not exist comes back as another.
    let found = civil(seconds);
    ((found.year, found.month, found.day) == (year, month, day)).then_some(seconds)
}

pub(crate) fn month_name(month: i64) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

pub(crate) fn month_number(name: &str) -> Option<i64> {
    let index = MONTHS.iter().position(|month| *month == name)?;
    i64::try_from(index + 1).ok()
}

pub(crate) fn weekday_name(weekday: usize) -> &'static str {
    WEEKDAYS.get(weekday).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_800_years_round_trips_and_follows_the_day_before() {
        let mut previous = civil(seconds(1600, 1, 1).unwrap());
        let start = seconds(1600, 1, 2).unwrap();
        for day in 0..292_193 {
            let civil = civil(start + day * SECONDS_PER_DAY);
            assert_eq!(seconds(civil.year, civil.month, civil.day), Some(start + day * SECONDS_PER_DAY));
            assert_eq!(civil.weekday, (previous.weekday + 1) % 7);
            assert!(civil.day == previous.day + 1 || civil.day == 1, "{civil:?}");
            previous = civil;
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (year, month, day) in
            [(2018, 2, 29), (1900, 2, 29), (2018, 4, 31), (2018, 0, 1), (2018, 13, 1), (2018, 1, 0), (2018, 1, 32)]
        {
            assert_eq!(seconds(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(seconds(2000, 2, 29).is_some());
    }
}
