//! Training sessions and skill tests, who took part, and what follows from it (6.7.1, 6.11.3, 6.12.10; domain section C).
//!
//! ```text
//! planned → held (who attended, and how; may be corrected)
//!    └────→ cancelled (with a reason)
//! ```
//! Invariants: only what was held counts; a session that is over keeps its day, kind and topic; nothing is deleted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::{StaffId, Violation, complaints::form::length, macros::text_enum, settings::line};

text_enum! {
    /// What a session is.
    #[cfg_attr(feature = "graphql", graphql(name = "TrainingKind"))]
    pub enum SessionKind {
        /// 培训.
        Training = "training",
        /// 技能测试 (6.12.10).
        SkillTest = "skill_test",
    }

    /// What it is about.
    #[cfg_attr(feature = "graphql", graphql(name = "TrainingTopic"))]
    pub enum Topic {
        /// 法律法规与政策.
        LawPolicy = "law_policy",
        /// 服务礼仪.
        ServiceManner = "service_manner",
        /// 业务知识.
        Business = "business",
        /// 标准化 (6.11.3).
        Standards = "standards",
        /// 安全应急.
        Safety = "safety",
        /// 志愿者岗前培训 (6.7.1).
        VolunteerInduction = "volunteer_induction",
        /// 人才政策 (6.16.7).
        TalentPolicy = "talent_policy",
        /// 其他.
        Other = "other",
    }

    /// Where it stands.
    #[cfg_attr(feature = "graphql", graphql(name = "TrainingStatus"))]
    pub enum SessionStatus {
        /// Lies ahead, or nobody has written down yet who was there.
        Planned = "planned",
        /// Took place.
        Held = "held",
        /// Does not take place.
        Cancelled = "cancelled",
    }

    /// How somebody did.
    #[cfg_attr(feature = "graphql", graphql(name = "TrainingResult"))]
    pub enum TestResult {
        /// 合格.
        Passed = "passed",
        /// 不合格.
        Failed = "failed",
    }
}

/// A session, as filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionForm {
    /// When.
    pub on: NaiveDate,
    /// From when on, `HH:MM`.
    pub start: String,
    /// How many hours it takes.
    pub hours: u32,
    /// What it is.
    pub kind: SessionKind,
    /// What it is about.
    pub topic: Topic,
    /// What it is called.
    pub title: String,
    /// Who trains or tests.
    pub trainer: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether nobody is told before: of a test alone.
    pub unscheduled: bool,
}

/// Most hours of one session.
pub const HOURS_MAX: u32 = 24;
/// Most people in one session.
pub const MARKS_MAX: usize = 500;
/// Best score.
pub const SCORE_MAX: u32 = 100;
/// How many days back a session may lie: paper of two years is written down afterwards.
const BACK: Days = Days::new(731);
/// How many days ahead one may be planned.
const AHEAD: Days = Days::new(731);

impl SessionForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let date = if self.on > today + AHEAD {
            Some("training.too_far")
        } else {
            (self.on + BACK < today).then_some("form.date_too_old")
        };
        let start = NaiveTime::parse_from_str(&self.start, "%H:%M").is_ok() && self.start.len() == 5;
        let optional = |field, text: &Option<String>| text.as_deref().and_then(|text| line(field, text, 60));
        [
            date.map(|code| Violation::new("on", code)),
            (!start).then(|| Violation::new("start", "training.start")),
            (!(1..=HOURS_MAX).contains(&self.hours))
                .then(|| Violation::new("hours", "training.hours").with("max", HOURS_MAX)),
            line("title", &self.title, 60),
            optional("trainer", &self.trainer),
            optional("place", &self.place),
            (self.unscheduled && self.kind != SessionKind::SkillTest)
                .then(|| Violation::new("unscheduled", "training.unscheduled_training")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// How somebody took part, as written down.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Who.
    pub staff: StaffId,
    /// Whether they were there.
    pub attended: bool,
    /// How they did, where that is asked.
    pub result: Option<TestResult>,
    /// Points of 100.
    pub score: Option<u32>,
}

/// What the rules need to know of a session.
#[derive(Clone, Copy, Debug)]
pub struct SessionFacts {
    /// Where it stands.
    pub status: SessionStatus,
    /// When it is.
    pub on: NaiveDate,
    /// What it is.
    pub kind: SessionKind,
    /// What it is about.
    pub topic: Topic,
}

impl SessionFacts {
    /// Whether those who were there pass or fail: in a test, and before a volunteer's first shift.
    #[must_use]
    pub fn is_passed_or_failed(&self) -> bool {
        self.kind == SessionKind::SkillTest || self.topic == Topic::VolunteerInduction
    }

    /// Whether it may be changed or called off.
    ///
    /// # Errors
    /// `training.over` once it was held or called off.
    pub fn is_open(&self) -> Result<(), Violation> {
        if self.status == SessionStatus::Planned { Ok(()) } else { Err(Violation::new("", "training.over")) }
    }

    /// Every broken rule of what is written down on `today` about who was there; of a session that was held it is a
    /// correction.
    #[must_use]
    pub fn check_marks(&self, marks: &[Mark], today: NaiveDate) -> Vec<Violation> {
        if self.status == SessionStatus::Cancelled {
            return vec![Violation::new("", "training.over")];
        }
        let mut seen = BTreeSet::new();
        let result = |mark: &Mark| mark.result.is_some() == (mark.attended && self.is_passed_or_failed());
        let score = |mark: &Mark| mark.score.is_none_or(|score| mark.result.is_some() && score <= SCORE_MAX);
        let wrong = |broken: bool, code| broken.then(|| Violation::new("marks", code));
        [
            (self.on > today).then(|| Violation::new("", "training.not_yet").with("on", self.on)),
            wrong(marks.is_empty(), "training.nobody"),
            (marks.len() > MARKS_MAX).then(|| Violation::new("marks", "training.too_many").with("max", MARKS_MAX)),
            wrong(!marks.iter().all(|mark| seen.insert(mark.staff)), "training.person_twice"),
            wrong(!marks.iter().all(result), "training.result"),
            wrong(!marks.iter().all(score), "training.score"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Why a session does not take place.
///
/// # Errors
/// `form.required` or `form.too_long` at `reason`.
pub fn check_reason(reason: &str) -> Option<Violation> {
    length("reason", reason, 1, 500)
}

/// How often somebody was trained in a year. Sessions and the ledgers of model posts are books of the same trainings:
/// what stands in several of them counts once, so the fullest book tells.
#[must_use]
pub fn times(books: impl IntoIterator<Item = u32>) -> u32 {
    books.into_iter().max().unwrap_or(0)
}

/// Before a volunteer's first shift: `passed_on` is the first day on which an induction was passed, `first` the first
/// day there.
///
/// # Errors
/// `training.no_induction` at `field`.
pub fn inducted(field: &'static str, passed_on: Option<NaiveDate>, first: NaiveDate) -> Result<(), Violation> {
    if passed_on.is_some_and(|passed| passed <= first) {
        Ok(())
    } else {
        Err(Violation::new(field, "training.no_induction").with("on", first))
    }
}

/// How far the people of a year are trained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many people there are.
    pub total: usize,
    /// Those with fewer trainings than asked for, and how many they have.
    pub missing: BTreeMap<StaffId, u32>,
}

impl Coverage {
    /// Of `people`, each once, who are asked for `min` trainings.
    #[must_use]
    pub fn of(people: &BTreeSet<StaffId>, times: impl Fn(StaffId) -> u32, min: u32) -> Self {
        let missing = people.iter().map(|staff| (*staff, times(*staff))).filter(|(_, times)| *times < min);
        Self { total: people.len(), missing: missing.collect() }
    }
}

/// Whether somebody with this last day here still counts for `year`: who has left before the day that is looked at can
/// be trained no more.
#[must_use]
pub fn counts(left_on: Option<NaiveDate>, year: i32, today: NaiveDate) -> bool {
    left_on.is_none_or(|left| left >= last_day(year).min(today))
}

/// The first and the last day of `year`, if that is a year of this century.
#[must_use]
pub fn days_of(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    (2000..2100).contains(&year).then(|| (last_day(year - 1) + Days::new(1), last_day(year)))
}

/// The last day of `year`.
#[must_use]
pub fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The last day on which a training of `today`'s year can still be had.
#[must_use]
pub fn due_on(today: NaiveDate) -> NaiveDate {
    last_day(today.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(n: u128) -> StaffId {
        StaffId(uuid::Uuid::from_u128(n))
    }

    fn mark(n: u128, attended: bool, result: Option<TestResult>, score: Option<u32>) -> Mark {
        Mark { staff: person(n), attended, result, score }
    }

    fn session(kind: SessionKind, topic: Topic) -> SessionFacts {
        SessionFacts { status: SessionStatus::Planned, on: day("2026-02-13"), kind, topic }
    }

    #[test]
    fn each_field_of_a_session_reports_its_own_fault() {
        let today = day("2026-02-13");
        let fine = SessionForm {
            on: today,
            start: "09:00".into(),
            hours: 2,
            kind: SessionKind::SkillTest,
            topic: Topic::Business,
            title: "窗口业务测试".into(),
            trainer: Some("王老师".into()),
            place: None,
            unscheduled: true,
        };
        assert_eq!(fine.check(today), []);
        let wrong = SessionForm {
            on: day("2029-01-01"),
            start: "9:00".into(),
            hours: 25,
            kind: SessionKind::Training,
            title: String::new(),
            place: Some("会\n议室".into()),
            ..fine.clone()
        };
        let found: Vec<_> = wrong.check(today).into_iter().map(|v| (v.field, v.code)).collect();
        assert_eq!(
            found,
            [
                ("on", "training.too_far"),
                ("start", "training.start"),
                ("hours", "training.hours"),
                ("title", "form.required"),
                ("place", "form.control_characters"),
                ("unscheduled", "training.unscheduled_training"),
            ]
        );
        let old = SessionForm { on: day("2024-02-12"), start: "24:00".into(), ..fine };
        let found: Vec<_> = old.check(today).into_iter().map(|v| v.code).collect();
        assert_eq!(found, ["form.date_too_old", "training.start"]);
    }

    #[test]
    fn a_test_is_passed_or_failed_by_whoever_was_there_and_a_training_is_not() {
        use TestResult::{Failed, Passed};
        let today = day("2026-02-13");
        let codes = |session: SessionFacts, marks: &[Mark]| {
            session.check_marks(marks, today).into_iter().map(|v| v.code).collect::<Vec<_>>()
        };
        let training = session(SessionKind::Training, Topic::Business);
        let test = session(SessionKind::SkillTest, Topic::Business);
        let induction = session(SessionKind::Training, Topic::VolunteerInduction);
        assert_eq!(codes(training, &[mark(1, true, None, None), mark(2, false, None, None)]), Vec::<&str>::new());
        assert_eq!(codes(training, &[mark(1, true, Some(Passed), None)]), ["training.result"]);
        for session in [test, induction] {
            let marks = [mark(1, true, Some(Passed), Some(100)), mark(2, true, Some(Failed), None)];
            assert_eq!(codes(session, &marks), Vec::<&str>::new());
            assert_eq!(codes(session, &[mark(1, true, None, None)]), ["training.result"]);
            assert_eq!(codes(session, &[mark(1, false, Some(Passed), None)]), ["training.result"]);
            assert_eq!(codes(session, &[mark(1, true, Some(Passed), Some(101))]), ["training.score"]);
        }
        assert_eq!(codes(training, &[]), ["training.nobody"]);
        let twice = [mark(1, true, None, None), mark(1, false, None, None)];
        assert_eq!(codes(training, &twice), ["training.person_twice"]);
        let tomorrow = SessionFacts { on: day("2026-02-14"), ..training };
        assert_eq!(codes(tomorrow, &[mark(1, true, None, None)]), ["training.not_yet"]);
        let off = SessionFacts { status: SessionStatus::Cancelled, ..training };
        assert_eq!(codes(off, &[mark(1, true, None, None)]), ["training.over"]);
    }

    #[test]
    fn nobody_serves_as_a_volunteer_before_an_induction_was_passed() {
        let first = day("2026-02-13");
        assert_eq!(inducted("staff", Some(first), first), Ok(()));
        assert_eq!(inducted("staff", Some(day("2024-01-01")), first), Ok(()));
        for passed in [None, Some(day("2026-02-14"))] {
            let refused = inducted("staff", passed, first).map_err(|v| (v.field, v.code));
            assert_eq!(refused, Err(("staff", "training.no_induction")));
        }
    }

    #[test]
    fn those_are_missing_who_have_fewer_trainings_than_asked_for() {
        let people = BTreeSet::from([person(1), person(2), person(3)]);
        let had = |staff: StaffId| if staff == person(1) { times([1, 2]) } else { times([0, 1]) };
        assert_eq!(Coverage::of(&people, had, 1), Coverage { total: 3, missing: BTreeMap::new() });
        let two = Coverage::of(&people, had, 2);
        assert_eq!(two.missing, BTreeMap::from([(person(2), 1), (person(3), 1)]));
        assert_eq!(times([]), 0);
    }

    #[test]
    fn whoever_left_before_the_day_looked_at_counts_no_more() {
        let today = day("2026-02-13");
        for (left, year, counted) in [
            (None, 2026, true),
            (Some("2026-02-13"), 2026, true),
            (Some("2026-02-12"), 2026, false),
            (Some("2026-02-12"), 2025, true),
            (Some("2025-12-30"), 2025, false),
        ] {
            assert_eq!(counts(left.map(day), year, today), counted, "{left:?} {year}");
        }
        assert_eq!(days_of(2026), Some((day("2026-01-01"), day("2026-12-31"))));
        assert_eq!((days_of(1999), days_of(2100), days_of(i32::MAX)), (None, None, None));
    }
}
