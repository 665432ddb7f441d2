//! What another policy would mean for cases that are open now, counted before anybody decides.

use chrono::{DateTime, Utc};

use super::{
    ComplaintClass, EscalationLevel,
    deadline::{Clock, Step, is_near, overdue_level},
};
use crate::{calendar::WorkingCalendar, policy::Policy};

/// An open case with a date.
#[derive(Clone, Debug)]
pub struct OpenClock {
    /// Its clock.
    pub clock: Clock,
    /// Its class, which decides the days of a reply.
    pub class: ComplaintClass,
    /// Working days by which the reply was put off.
    pub extended: u32,
    /// Working days for which the clock stood still.
    pub paused: u32,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// How far up it has gone.
    pub escalation: EscalationLevel,
    /// Whether somebody was warned.
    pub warned: bool,
}

/// Numbers of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Open, with a date.
    pub open: u32,
    /// On the clock that would get other days: they keep the date that was told.
    pub kept: u32,
    /// Of those: with the new days they would be due earlier.
    pub earlier: u32,
    /// Of those: later.
    pub later: u32,
    /// Of those: they would be late at this moment.
    pub late: u32,
    /// Warned about at the next look.
    pub warned: u32,
    /// Gone up further at the next look.
    pub raised: u32,
}

impl Effect {
    /// What `proposed` instead of `present` would mean for `cases`. A date that leaves the calendar counts as later.
    #[must_use]
    pub fn of(
        cases: &[OpenClock],
        present: &Policy,
        proposed: &Policy,
        calendar: &WorkingCalendar,
        now: DateTime<Utc>,
    ) -> Self {
        let mut effect = Self::default();
        for case in cases {
            effect.count(case, present, proposed, calendar, now);
        }
        effect
    }

    fn count(
        &mut self,
        case: &OpenClock,
        present: &Policy,
        proposed: &Policy,
        calendar: &WorkingCalendar,
        now: DateTime<Utc>,
    ) {
        self.open += 1;
        let days = |policy| case.clock.step.days(case.class, policy);
        if days(present) != days(proposed) {
            self.kept += 1;
            let put_off = if case.clock.step == Step::Reply { case.extended } else { 0 };
            let clock = Clock { days: days(proposed) + put_off, ..case.clock.clone() };
            let due = clock.due_after(case.paused, calendar);
            self.earlier += u32::from(due.as_ref().is_ok_and(|due| *due < case.due_at));
            self.later += u32::from(due.as_ref().map_or(true, |due| *due > case.due_at));
            self.late += u32::from(due.is_ok_and(|due| due < now));
        }
        let near = |policy| is_near(case.due_at, case.clock.days, now, policy, calendar).unwrap_or(false);
        self.warned += u32::from(!case.warned && near(proposed) && !near(present));
        let level = |policy| overdue_level(case.due_at, now, policy, calendar).unwrap_or(EscalationLevel::None);
        self.raised += u32::from(level(proposed) > case.escalation.max(level(present)));
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            open: self.open + other.open,
            kept: self.kept + other.kept,
            earlier: self.earlier + other.earlier,
            later: self.later + other.later,
            late: self.late + other.late,
            warned: self.warned + other.warned,
            raised: self.raised + other.raised,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::policy::PolicyKey;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    // March 2026 has no holidays: Monday 2 March + 5 is Monday 9 March.
    fn calendar() -> WorkingCalendar {
        let festival = |day| (NaiveDate::from_ymd_opt(2026, 1, day).unwrap(), crate::calendar::DayKind::Holiday);
        WorkingCalendar::new([festival(1), festival(2)])
    }

    fn reply(started: &str, days: u32) -> OpenClock {
        let clock = Clock { step: Step::Reply, started_at: at(started), days };
        let due_at = clock.due_at(&[], at(started), &calendar()).unwrap();
        OpenClock {
            clock,
            class: ComplaintClass::Normal,
            extended: 0,
            paused: 0,
            due_at,
            escalation: EscalationLevel::None,
            warned: false,
        }
    }

    #[test]
    fn running_clocks_are_counted_by_where_the_new_days_would_put_them() {
        let (policy, now) = (Policy::default(), at("2026-03-06T09:00:00+08:00"));
        let cases = [reply("2026-03-02T09:00:00+08:00", 5), reply("2026-03-05T09:00:00+08:00", 5)];
        let shorter =
            Effect::of(&cases, &policy, &policy.with(PolicyKey::ComplaintNormal, 3).unwrap(), &calendar(), now);
        assert_eq!(shorter, Effect { open: 2, kept: 2, earlier: 2, late: 1, ..Effect::default() });
        let longer =
            Effect::of(&cases, &policy, &policy.with(PolicyKey::ComplaintNormal, 9).unwrap(), &calendar(), now);
        assert_eq!(longer, Effect { open: 2, kept: 2, later: 2, ..Effect::default() });
        // Another clock's value leaves them alone; an extension and a pause stay.
        let other = Effect::of(&cases, &policy, &policy.with(PolicyKey::ComplaintAck, 3).unwrap(), &calendar(), now);
        assert_eq!(other, Effect { open: 2, ..Effect::default() });
        let mut moved = reply("2026-03-02T09:00:00+08:00", 9);
        (moved.extended, moved.paused) = (4, 2);
        let same =
            Effect::of(&[moved], &policy, &policy.with(PolicyKey::ComplaintNormal, 3).unwrap(), &calendar(), now);
        // 2 March + 3 + 4 + 2 working days is 13 March, as 9 were.
        assert_eq!((same.earlier, same.later), (0, 0));
    }

    #[test]
    fn warnings_and_escalations_follow_at_once() {
        let policy = Policy::default();
        let case = [reply("2026-03-02T09:00:00+08:00", 5)];
        let soon = policy.with(PolicyKey::WarnBefore, 3).unwrap();
        let effect = Effect::of(&case, &policy, &soon, &calendar(), at("2026-03-05T09:00:00+08:00"));
        assert_eq!(effect, Effect { open: 1, warned: 1, ..Effect::default() });
        let strict = policy.with(PolicyKey::EscalateToCity, 3).unwrap();
        let late = at("2026-03-13T09:00:00+08:00");
        assert_eq!(Effect::of(&case, &policy, &strict, &calendar(), late).raised, 1);
        assert_eq!(Effect::of(&case, &policy, &policy, &calendar(), late).raised, 0);
    }
}
