//! The talent service post (特定人才服务岗; 6.16, domain section C.12): what talents ask for, who follows each request, and
//! answers to questions of policy.
//!
//! ```text
//! requested → assigned → in_progress → feedback_due → completed
//!     └──────────┴────────────┴──────────────┴──────→ withdrawn
//! ```
//! The lists of fields (6.16.4) and of services (6.16.5) are lost in the extract: [`TalentField`] and [`TalentMatter`] are
//! ours (ASSUMPTION), as are all numbers, which are policy values.

pub mod answers;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::{
    Violation,
    calendar::shanghai,
    complaints::form::{length, normalize_phone},
    macros::text_enum,
    settings::line,
};

/// The kind of post that this is about.
pub const POST_KIND: &str = "talent_service_post";

text_enum! {
    /// What kind of talent asks (6.16.3; the list there is open).
    pub enum TalentType {
        /// 特聘人才.
        Appointed = "appointed",
        /// 正高级职称人才.
        SeniorTitle = "senior_title",
        /// 博士.
        Doctor = "doctor",
        /// 市首席技师.
        ChiefTechnician = "chief_technician",
        /// 高技能人才 (6.16.2).
        HighSkill = "high_skill",
        /// 其他人才.
        Other = "other",
    }

    /// What they work in (6.16.4, whose list is lost: ASSUMPTION).
    pub enum TalentField {
        /// 先进制造.
        Manufacturing = "manufacturing",
        /// 新一代信息技术.
        Information = "information",
        /// 生物医药与健康.
        Health = "health",
        /// 新能源与新材料.
        Energy = "energy",
        /// 现代服务业.
        Services = "services",
        /// 教育与文化.
        Education = "education",
        /// 现代农业.
        Agriculture = "agriculture",
        /// 其他.
        Other = "other",
    }

    /// How a request came.
    pub enum TalentChannel {
        /// “中山云预约”平台 (6.16.1).
        Booking = "booking",
        /// 电话.
        Phone = "phone",
        /// 来访.
        Visit = "visit",
        /// 企业人才管家上门收集 (6.16.1).
        Steward = "steward",
    }

    /// How a talent was told how it stands (6.16.2).
    pub enum TellMode {
        /// 电话.
        Phone = "phone",
        /// 当面.
        InPerson = "in_person",
        /// 短信或即时消息.
        Message = "message",
        /// 书面.
        Letter = "letter",
    }

    /// What is asked for (6.16.5, whose list is lost: ASSUMPTION).
    pub enum TalentMatter {
        /// 政策咨询 (6.16.7).
        Policy = "policy",
        /// 落户.
        Settlement = "settlement",
        /// 子女入学.
        Schooling = "schooling",
        /// 住房.
        Housing = "housing",
        /// 补贴申报.
        Subsidy = "subsidy",
        /// 职称、资格.
        Title = "title",
        /// 企业项目.
        Project = "project",
        /// 其他.
        Other = "other",
    }

    /// Where a request stands.
    pub enum TalentStatus {
        /// 已登记: nobody follows it yet.
        Requested = "requested",
        /// 已指派.
        Assigned = "assigned",
        /// 办理中.
        InProgress = "in_progress",
        /// 待反馈: a result is there, the talent is to be told.
        FeedbackDue = "feedback_due",
        /// 已办结.
        Completed = "completed",
        /// 已撤回.
        Withdrawn = "withdrawn",
    }

    /// What is done with it.
    pub enum TalentAction {
        /// Say who follows it; also another one later.
        Assign = "assign",
        /// Note what has come of it so far; after a result it goes on.
        Progress = "progress",
        /// Tell the talent how it stands (6.16.2).
        Tell = "tell",
        /// Write down the result: from now on the talent is to be told.
        Settle = "settle",
        /// End it; the result was told.
        Complete = "complete",
        /// Say when to get in touch next, or that there is no such day.
        PlanContact = "plan_contact",
        /// Make an appointment.
        Appoint = "appoint",
        /// Say what became of an appointment.
        EndAppointment = "end_appointment",
        /// Take down how satisfied the talent is.
        Rate = "rate",
        /// End it because the talent no longer asks.
        Withdraw = "withdraw",
    }

    /// What became of an appointment.
    pub enum AppointmentStatus {
        /// 已约定.
        Planned = "planned",
        /// 如约.
        Kept = "kept",
        /// 未到.
        Missed = "missed",
        /// 已取消.
        Cancelled = "cancelled",
    }
}

impl TalentStatus {
    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Withdrawn)
    }
}

impl TalentAction {
    /// Whether it shows that somebody is at it, so that the next note is due anew.
    #[must_use]
    pub const fn is_progress(self) -> bool {
        matches!(self, Self::Assign | Self::Progress | Self::Tell | Self::Settle)
    }
}

/// What somebody has to do with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing: sees its course, without who it is and what was said.
    Looks,
    /// Is its steward.
    Follows,
    /// Leads the post or administers the center: does what a steward does, and says who is one.
    Directs,
}

impl Part {
    /// Whether this one may take a step at all.
    ///
    /// # Errors
    /// `talents.not_yours`.
    pub fn may(self, action: TalentAction) -> Result<(), Violation> {
        match (self, action) {
            (Self::Directs, _) => Ok(()),
            (Self::Follows, action) if action != TalentAction::Assign => Ok(()),
            _ => Err(Violation::new("", "talents.not_yours")),
        }
    }
}

/// Where a request stands, as its course needs it.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// Its status.
    pub status: TalentStatus,
    /// Whether the talent was told since the result is there.
    pub told: bool,
    /// Whether somebody has asked how satisfied they are.
    pub rated: bool,
    /// Whether the details were removed: nothing said is kept any more.
    pub purged: bool,
}

impl Course {
    /// The status after `action`.
    ///
    /// # Errors
    /// `talents.step` when the request is not where the step starts, `talents.untold` when the talent does not know the
    /// result yet.
    pub fn after(self, action: TalentAction) -> Result<TalentStatus, Violation> {
        use {TalentAction as A, TalentStatus as S};
        let status = self.status;
        match (status, action) {
            (S::Requested, A::Assign) => Ok(S::Assigned),
            (S::Assigned | S::InProgress | S::FeedbackDue, A::Progress) | (S::Assigned, A::Tell) => Ok(S::InProgress),
            (S::Assigned | S::InProgress, A::Settle) => Ok(S::FeedbackDue),
            (S::FeedbackDue, A::Complete) if self.told => Ok(S::Completed),
            (S::FeedbackDue, A::Complete) => Err(Violation::new("", "talents.untold")),
            (S::Completed, A::Rate) if !self.rated && !self.purged => Ok(S::Completed),
            (S::Requested | S::Assigned | S::InProgress | S::FeedbackDue, A::Withdraw) => Ok(S::Withdrawn),
            (
                S::Assigned | S::InProgress | S::FeedbackDue,
                A::Assign | A::Tell | A::PlanContact | A::Appoint | A::EndAppointment,
            ) => Ok(status),
            _ => Err(Violation::new("", "talents.step")),
        }
    }
}

/// What somebody of this part may do now, in the order of declaration. [`TalentAction::EndAppointment`] is an
/// appointment's, and not among them.
pub fn actions(part: Part, course: Course) -> impl Iterator<Item = TalentAction> {
    let may = move |action: &TalentAction| {
        *action != TalentAction::EndAppointment && part.may(*action).is_ok() && course.after(*action).is_ok()
    };
    TalentAction::ALL.iter().copied().filter(may)
}

/// The days that a request is measured by.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Its status.
    pub status: TalentStatus,
    /// The last day for the next note.
    pub progress_due_on: Option<NaiveDate>,
    /// When to get in touch next.
    pub next_contact_on: Option<NaiveDate>,
}

impl Days {
    /// Whether nobody has noted anything for longer than the city says.
    #[must_use]
    pub fn is_overdue(self, today: NaiveDate) -> bool {
        !self.status.is_over() && self.progress_due_on.is_some_and(|due| due < today)
    }

    /// Whether somebody was to get in touch on a day that has gone by.
    #[must_use]
    pub fn contact_passed(self, today: NaiveDate) -> bool {
        !self.status.is_over() && self.next_contact_on.is_some_and(|on| on < today)
    }
}

/// A request, as filled in.
#[derive(Clone, Debug)]
pub struct RequestForm {
    /// The talent's name.
    pub name: String,
    /// Their phone.
    pub phone: String,
    /// What kind of talent.
    pub kind: TalentType,
    /// Where they work.
    pub enterprise: Option<String>,
    /// In what.
    pub field: TalentField,
    /// How the request came.
    pub channel: TalentChannel,
    /// What is asked for.
    pub matter: TalentMatter,
    /// In words.
    pub description: String,
    /// Whether it is about a key project of an enterprise (6.16.1).
    pub key_project: bool,
}

impl RequestForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let phone = if self.phone.trim().is_empty() {
            Some(Violation::new("phone", "form.required"))
        } else {
            normalize_phone(&self.phone).is_none().then(|| Violation::new("phone", "form.phone"))
        };
        let found = [
            line("name", &self.name, 40),
            phone,
            self.enterprise.as_deref().and_then(|text| line("enterprise", text, 60)),
            length("description", &self.description, 1, 1000),
        ];
        found.into_iter().flatten().collect()
    }
}

/// How far ahead somebody may be got in touch with, in days.
const CONTACT_AHEAD: TimeDelta = TimeDelta::days(180);

/// A day on which to get in touch.
#[must_use]
pub fn check_contact(field: &'static str, on: Option<NaiveDate>, today: NaiveDate) -> Option<Violation> {
    let on = on?;
    if on < today {
        Some(Violation::new(field, "talents.day_past"))
    } else {
        (on > today + CONTACT_AHEAD).then(|| Violation::new(field, "talents.day_far"))
    }
}

/// The day on which a talent was told: not before `since`, when there was something to tell, nor after `today`.
///
/// # Errors
/// `form.date_in_future`, or `talents.told_before` (arg `since`), at `on`.
pub fn check_told(on: NaiveDate, since: NaiveDate, today: NaiveDate) -> Result<(), Violation> {
    if on > today {
        Err(Violation::new("on", "form.date_in_future"))
    } else if on < since {
        Err(Violation::new("on", "talents.told_before").with("since", since))
    } else {
        Ok(())
    }
}

/// An appointment, as filled in.
#[derive(Clone, Debug)]
pub struct AppointmentForm {
    /// The day.
    pub on: NaiveDate,
    /// The time there, `HH:MM`.
    pub time: String,
    /// Where.
    pub place: String,
}

impl AppointmentForm {
    /// When it is.
    ///
    /// # Errors
    /// Every broken rule, in the order of the fields.
    pub fn at(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, Vec<Violation>> {
        let time = NaiveTime::parse_from_str(&self.time, "%H:%M").ok().filter(|_| self.time.len() == 5);
        let at = time.and_then(|time| self.on.and_time(time).and_local_timezone(shanghai()).single());
        let at = at.map(|at| at.to_utc());
        let day = at.and_then(|at| {
            if at < now {
                Some(Violation::new("on", "talents.day_past"))
            } else {
                (at > now + CONTACT_AHEAD).then(|| Violation::new("on", "talents.day_far"))
            }
        });
        let found =
            [day, at.is_none().then(|| Violation::new("time", "talents.time")), line("place", &self.place, 100)];
        let found: Vec<_> = found.into_iter().flatten().collect();
        match at {
            Some(at) if found.is_empty() => Ok(at),
            _ => Err(found),
        }
    }
}

/// What may become of an appointment at `at`: nobody has kept or missed what lies ahead.
///
/// # Errors
/// `talents.appointment_over` when something became of it before, `talents.appointment_ahead`, `form.required`.
pub fn end_appointment(
    was: AppointmentStatus,
    at: DateTime<Utc>,
    outcome: AppointmentStatus,
    now: DateTime<Utc>,
) -> Result<(), Violation> {
    use AppointmentStatus as S;
    match (was, outcome) {
        (S::Planned, S::Planned) => Err(Violation::new("outcome", "form.required")),
        (S::Planned, S::Kept | S::Missed) if at > now => Err(Violation::new("outcome", "talents.appointment_ahead")),
        (S::Planned, _) => Ok(()),
        _ => Err(Violation::new("", "talents.appointment_over")),
    }
}

/// Since when somebody is a senior administrative clerk (高级行政办事员; 6.16.1).
///
/// # Errors
/// `form.date_in_future` at `since`.
pub fn check_senior(since: Option<NaiveDate>, today: NaiveDate) -> Result<(), Violation> {
    match since {
        Some(since) if since > today => Err(Violation::new("since", "form.date_in_future")),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "talents_tests.rs"]
mod tests;
