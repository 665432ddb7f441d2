use super::*;
use crate::{FormVersionId, campaigns::CampaignKind, complaints::ComplaintClass, evaluation::ratings::PointChannel};
use chrono::{Datelike, NaiveDate};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to), day("2030-01-01")).unwrap()
}

#[test]
fn a_metric_is_stored_with_its_version() {
    for metric in Metric::ALL {
        assert_eq!(Metric::from_id(&metric.id()), Some(*metric));
    }
    assert_eq!(Metric::SatisfactionRate.id(), "satisfaction_rate.v1");
    for other in ["satisfaction_rate.v2", "satisfaction_rate", "satisfaction_rate.v01", ".v1", "nothing.v1"] {
        assert_eq!(Metric::from_id(other), None, "{other}");
    }
}

#[test]
fn figures_about_people_have_a_minimum() {
    for metric in Metric::ALL {
        let things = matches!(metric, Metric::ModelPostCompliance | Metric::DepartmentCoverage | Metric::OpenPeakShare);
        assert_eq!(metric.minimum() >= 5, !things, "{metric:?}");
        // Only what is made of days has strata of days, and it comes last.
        assert_eq!(metric.strata().last() == Some(&StratumKind::Days), metric.unit() == MetricUnit::Days);
        assert_eq!(metric.strata().last() == Some(&StratumKind::Points), metric.unit() == MetricUnit::Points);
        assert!(metric.strata().is_sorted(), "{metric:?}");
        assert_eq!(check_filter(*metric, metric.usual_part()), Ok(()), "{metric:?}");
    }
}

#[test]
fn a_filter_is_the_first_parts_of_a_stratum() {
    let form = FormVersionId("01970000-0000-7000-8000-000000000001".parse().unwrap());
    let stratum = rated(PointChannel::Qr, form);
    assert_eq!(stratum, "qr/01970000-0000-7000-8000-000000000001");
    assert!(within(&stratum, "") && within(&stratum, "qr") && within(&stratum, &stratum));
    assert!(!within(&stratum, "q") && !within(&stratum, "kiosk") && !within("qr", &stratum));
    let checked = |metric, filter: &str| check_filter(metric, filter).map_err(|found| found.code);
    assert_eq!(checked(Metric::SatisfactionRate, &stratum), Ok(()));
    assert_eq!(checked(Metric::SatisfactionRate, "kiosk"), Ok(()));
    assert_eq!(checked(Metric::OnTimeRate, "normal"), Ok(()));
    assert_eq!(checked(Metric::ResponseRate, ""), Ok(()));
    let unknown = Err("metrics.stratum_unknown");
    assert_eq!(checked(Metric::SatisfactionRate, "normal"), unknown);
    assert_eq!(checked(Metric::SatisfactionRate, "qr/"), unknown);
    assert_eq!(checked(Metric::SatisfactionRate, "qr/01970000000070008000000000000001"), unknown);
    assert_eq!(checked(Metric::SatisfactionRate, &format!("{stratum}/x")), unknown);
    assert_eq!(checked(Metric::ResponseRate, "qr"), unknown);
    assert_eq!(checked(Metric::MedianDays, "normal/007"), unknown);
    assert_eq!(checked(Metric::FormDMean, "deputies"), Ok(()));
    assert_eq!(checked(Metric::FormDMean, "deputies/09650"), unknown);
    assert_eq!(checked(Metric::FormDMean, "qr"), unknown);
}

#[test]
fn days_are_read_as_they_were_written() {
    for class in ComplaintClass::ALL {
        for (took, kept) in [(0, 0), (7, 7), (999, 999), (4000, DAYS_MAX)] {
            let stratum = lasted(*class, took);
            assert_eq!(amount(&stratum), Some(kept));
            assert!(within(&stratum, &classed(*class)));
        }
    }
    assert_eq!(amount("normal"), None);
}

#[test]
fn points_are_read_as_they_were_written() {
    for (hundredths, kept) in [(0, 0), (9_650, 9_650), (10_500, 10_500), (u32::MAX, POINTS_MAX)] {
        assert_eq!(amount(&scored(CampaignKind::Peer, hundredths)), Some(kept));
    }
    assert_eq!(scored(CampaignKind::Deputies, 9_650), "deputies/09650");
}

#[test]
fn a_period_that_does_not_exist_is_refused() {
    let today = day("2026-03-10");
    let refused = |from: &str, to: &str| Period::new(day(from), day(to), today).map_err(|found| found.code);
    assert_eq!(refused("2026-03-10", "2026-03-09"), Err("metrics.period_inverted"));
    assert_eq!(refused("2026-03-11", "2026-03-12"), Err("metrics.period_future"));
    assert_eq!(refused("2016-03-11", "2026-03-10"), Err("metrics.period_too_long"));
    assert_eq!(refused("2023-03-01", "2026-03-01"), Err("metrics.period_too_long"));
    assert!(refused("2023-03-01", "2026-02-28").is_ok());
    assert!(refused("2026-03-10", "2026-12-31").is_ok());
}

#[test]
fn the_period_before_is_as_long() {
    let before = |from, to| period(from, to).before().unwrap();
    assert_eq!(before("2026-03-01", "2026-03-31"), period("2026-02-01", "2026-02-28"));
    assert_eq!(before("2026-01-01", "2026-03-31"), period("2025-10-01", "2025-12-31"));
    assert_eq!(before("2025-01-01", "2025-12-31"), period("2024-01-01", "2024-12-31"));
    assert_eq!(before("2026-01-03", "2026-01-09"), period("2025-12-27", "2026-01-02"));
}

#[test]
fn the_year_before_ends_at_the_same_end() {
    let before = |from, to| period(from, to).year_before().unwrap();
    assert_eq!(before("2025-02-01", "2025-02-28"), period("2024-02-01", "2024-02-29"));
    assert_eq!(before("2024-02-01", "2024-02-29"), period("2023-02-01", "2023-02-28"));
    assert_eq!(before("2025-12-20", "2026-01-05"), period("2024-12-20", "2025-01-05"));
    assert_eq!(before("2024-02-29", "2024-02-29"), period("2023-02-28", "2023-02-28"));
}

#[test]
fn parts_hold_every_day_once_also_across_a_year() {
    let whole = period("2025-12-20", "2026-02-10");
    for step in TrendStep::ALL {
        let parts = whole.parts(*step);
        assert_eq!((parts[0].from(), parts[parts.len() - 1].to()), (whole.from(), whole.to()));
        assert!(parts.windows(2).all(|two| two[0].to().succ_opt() == Some(two[1].from())));
    }
    let months: Vec<u32> = whole.parts(TrendStep::Month).iter().map(|part| part.from().day()).collect();
    assert_eq!(months, [20, 1, 1]);
    let weeks = whole.parts(TrendStep::Week);
    // 22 December 2025 is a Monday.
    assert_eq!((weeks[1].from(), weeks[2].from()), (day("2025-12-22"), day("2025-12-29")));
}

#[test]
fn a_period_of_the_calendar_has_one_name() {
    for (name, from, to) in [
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ] {
        let found = CalendarPeriod::parse(name).unwrap();
        assert_eq!((found.to_string().as_str(), found.period()), (name, period(from, to)));
        assert_eq!(CalendarPeriod::of(found.kind(), day(to)), found);
    }
    for name in
        ["2026-13", "2026-2", "2026-Q5", "2026-Q0", "26", "2026-", "", "2026-02-01", "2026-Q01", "+2026", "2026-q1"]
    {
        assert_eq!(CalendarPeriod::parse(name).map_err(|found| found.code), Err("metrics.period_unknown"), "{name}");
    }
}

#[test]
fn the_calendar_goes_back_across_the_year() {
    let of = |name| CalendarPeriod::parse(name).unwrap();
    assert_eq!(of("2026-01").before(), of("2025-12"));
    assert_eq!(of("2026-Q1").before(), of("2025-Q4"));
    assert_eq!(of("2026").before(), of("2025"));
    assert_eq!(of("2026-Q1").year_before(), of("2025-Q1"));
    assert!(of("2026-02").period().is_over(day("2026-03-01")));
    assert!(!of("2026-02").period().is_over(day("2026-02-28")));
}

#[test]
fn services_of_a_day_are_told_once_not_ahead_and_within_reason() {
    let today = day("2026-03-10");
    let row = |text: &str, services| DayServices { day: day(text), services, version: 0 };
    let found = |rows: &[DayServices]| {
        check_services(rows, today).iter().map(|found| format!("{} {}", found.place(), found.code)).collect::<Vec<_>>()
    };
    assert_eq!(found(&[row("2026-03-09", 0), row("2026-03-10", SERVICES_MAX)]), Vec::<String>::new());
    assert_eq!(found(&[]), ["days form.required"]);
    assert_eq!(found(&vec![row("2026-03-09", 1); DAYS_AT_ONCE + 1]), ["days metrics.services_days"]);
    let wrong = [row("2026-03-09", 1), row("2026-03-11", 1), row("2026-03-09", SERVICES_MAX + 1)];
    assert_eq!(
        found(&wrong),
        ["days.1.day form.date_in_future", "days.2.day metrics.day_twice", "days.2.services metrics.services_max"]
    );
}
