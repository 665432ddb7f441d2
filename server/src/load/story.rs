//! One invented case: what it says, where it stands, who worked on it.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    AccountId, ComplaintId,
    calendar::{end_of_day, local_date},
    complaints::{
        ComplaintChannel as Channel, ComplaintClass, ComplaintOutcome as Outcome, ComplaintStatus as Status,
        ComplaintSubject as Subject, EscalationCause, EscalationLevel, FeedbackMode, HandlingSatisfaction as Level,
        NOTICE_VERSION, RefusalGround, ReviewOutcome, Step,
        form::{mask_name, mask_phone},
        receipt,
        state::needs_approval,
    },
    policy::PolicyKey,
};
use entity::{complaint, complaint_event, complaint_pause};

use super::{
    People, Texts,
    course::{Course, Mark, Path, date, marks},
};
use crate::{
    complaints::service::{facts, filing::receipt_hash},
    crypto::CenterKeys,
    error::Result,
    graphql::context::CityRules,
};

/// Out of a hundred; whatever is missing is an archived case.
const STATUSES: &[(Status, u32)] = &[(Status::Closed, 30)];
const OPEN_OF_100: u32 = 12;
const OPEN: &[(Status, u32)] = &[
    (Status::Registered, 7),
    (Status::Screening, 8),
    (Status::NotAccepted, 2),
    (Status::OnSpotResolved, 3),
    (Status::Assigned, 10),
    (Status::Returned, 2),
    (Status::Investigating, 17),
    (Status::Proposed, 5),
    (Status::Approved, 3),
    (Status::Concluded, 4),
    (Status::FeedbackGiven, 9),
    (Status::Satisfied, 3),
    (Status::ReviewRequested, 2),
    (Status::UnderReview, 2),
    (Status::Reviewed, 1),
];
const CHANNELS: &[(Channel, u32)] = &[
    (Channel::OnSite, 20),
    (Channel::Phone, 18),
    (Channel::Hotline12345, 12),
    (Channel::Letter, 2),
    (Channel::Email, 3),
    (Channel::OpinionBox, 2),
    (Channel::OpinionBook, 3),
    (Channel::GrumbleWindow, 4),
    (Channel::ElectronicRating, 2),
    (Channel::GoodBadRating, 2),
    (Channel::Kiosk, 4),
    (Channel::Referred, 1),
];
const WITHDRAWN: &str = "投诉人来电表示情况已经说清，自愿撤回。";
const REFUSED: &str = "所反映事项不在本中心政务服务范围内，已记录并说明理由。";
const REFERRAL: &str = "请向有管辖权的部门反映，咨询电话 12345。";
const DISAGREED: &str = "答复没有说到我反映的重点，请另派人员再核实一次。";
/// Working days that an extension gives.
pub const EXTENSION: u32 = 5;

/// A case with its timeline.
pub struct Story {
    pub row: complaint::Model,
    pub events: [complaint_event::Model; 3],
    pub pause: Option<complaint_pause::Model>,
}

/// Invents the cases of one center.
pub struct Inventor<'a> {
    pub rng: fastrand::Rng,
    pub texts: &'a Texts,
    pub people: &'a People,
    pub rules: &'a Arc<CityRules>,
    keys: &'a CenterKeys,
    center: &'a str,
    pub now: DateTime<Utc>,
    /// Working days, today's or the last before it at the end.
    days: Vec<NaiveDate>,
    pub numbers: HashSet<String>,
}

/// What is settled before a case is written down.
pub struct Outline {
    pub status: Status,
    pub path: Path,
    pub subject: Subject,
    pub class: ComplaintClass,
    pub paused: bool,
    pub extended: bool,
    pub course: Course,
    pub handler: AccountId,
    pub investigator: AccountId,
    pub respondent: Option<AccountId>,
    pub admin: AccountId,
    pub supervisor: AccountId,
}

impl<'a> Inventor<'a> {
    #[expect(clippy::too_many_arguments, reason = "each is a part of the center's world")]
    pub fn new(
        seed: u64,
        texts: &'a Texts,
        people: &'a People,
        rules: &'a Arc<CityRules>,
        keys: &'a CenterKeys,
        center: &'a str,
        now: DateTime<Utc>,
        days: Vec<NaiveDate>,
    ) -> Self {
        let rng = fastrand::Rng::with_seed(seed);
        Self { rng, texts, people, rules, keys, center, now, days, numbers: HashSet::new() }
    }

    /// The next case.
    pub fn invent(&mut self) -> Result<Story> {
        let (outline, text) = self.outline();
        let mut row = self.intake(&outline, text)?;
        self.work(&mut row, &outline)?;
        self.clock(&mut row, &outline);
        let (events, pause) = self.timeline(&mut row, &outline);
        Ok(Story { row, events, pause })
    }

    fn outline(&mut self) -> (Outline, &'a str) {
        use Status as S;
        let open = self.chance(OPEN_OF_100);
        let status = if open { self.weighted(OPEN, S::Accepted) } else { self.weighted(STATUSES, S::Archived) };
        let path = match status {
            S::NotAccepted => Path::Refused,
            S::OnSpotResolved => Path::OnSpot,
            S::ReviewRequested | S::UnderReview | S::Reviewed => Path::Review,
            S::Closed | S::Archived => {
                self.weighted(&[(Path::OnSpot, 14), (Path::Refused, 8), (Path::Review, 6)], Path::Plain)
            }
            S::FeedbackGiven | S::Satisfied => self.weighted(&[(Path::OnSpot, 15)], Path::Plain),
            _ => Path::Plain,
        };
        // Integrity matters are investigated and approved: there is one administrator to do that, and
        // nobody left to review it.
        let integrity = path == Path::Plain && self.chance(30);
        let (subject, text) = self.template(integrity);
        let classed = !matches!(status, S::Registered | S::Screening) && path != Path::Refused;
        let class = match self
            .weighted(&[(ComplaintClass::Simple, 20), (ComplaintClass::Complex, 12)], ComplaintClass::Normal)
        {
            class if classed => class,
            _ => ComplaintClass::Normal,
        };
        let pausable = matches!(status, S::Accepted | S::Assigned | S::Returned | S::Investigating);
        let paused = pausable && self.chance(8);
        let extended = status == S::Investigating && !paused && self.chance(12);
        let course = self.course(status, path, class, paused, extended);
        let people = self.people;
        let handler = self.one_of(&people.handlers);
        let staff = self.one_of(&people.staff);
        let about_staff = matches!(subject, Subject::Attitude | Subject::Discipline) && classed && self.chance(20);
        let outline = Outline {
            status,
            path,
            subject,
            class,
            paused,
            extended,
            course,
            handler,
            investigator: if about_staff { handler } else { staff },
            respondent: about_staff.then_some(staff),
            admin: self.one_of(&people.admins),
            supervisor: self.one_of(&people.supervisors),
        };
        (outline, text)
    }

    /// Open cases are as old as their step allows, or somewhat late; the others lie anywhere before.
    fn course(&mut self, status: Status, path: Path, class: ComplaintClass, paused: bool, extended: bool) -> Course {
        let marks = marks(&mut self.rng, status, path);
        let newest = self.days.len().saturating_sub(1);
        let took: usize = marks.iter().map(|(_, days)| days).sum();
        let anchor = if status.is_open() {
            let more = if extended { EXTENSION } else { 0 };
            let allowed = Step::of(status).map_or(3, |step| step.days(class, &self.rules.policy) + more);
            let age = match allowed {
                allowed if paused => self.rng.u32(0..=allowed.min(4)),
                allowed if self.chance(20) => allowed + self.rng.u32(1..=8),
                allowed => self.rng.u32(0..=allowed),
            };
            newest.saturating_sub(usize::try_from(age).unwrap_or(0))
        } else {
            (self.rng.usize(0..=newest.saturating_sub(took)) + took).min(newest)
        };
        date(&mut self.rng, &marks, anchor, &self.days, self.now)
    }

    fn template(&mut self, integrity: bool) -> (Subject, &'a str) {
        let texts = self.texts;
        let from = self.rng.usize(..texts.templates.len().max(1));
        let fits = |subject: &str| integrity || subject != Subject::Integrity.key();
        let found = texts.templates.iter().cycle().skip(from).take(texts.templates.len()).find(|t| fits(&t.subject));
        found.map_or((Subject::Other, ""), |t| (Subject::from_key(&t.subject).unwrap_or(Subject::Other), &t.text))
    }

    /// What was received, as `filing` would store it.
    fn intake(&mut self, outline: &Outline, text: &str) -> Result<complaint::Model> {
        let texts = self.texts;
        let received = outline.course.received(self.now);
        let id = ComplaintId(self.id(received));
        let item = self.pick(&texts.items);
        let (place, window) = (self.pick(&texts.places), self.pick(&texts.windows));
        let body = text
            .replace("{day}", self.pick(&texts.days))
            .replace("{place}", place)
            .replace("{item}", item)
            .replace("{window}", window);
        let channel = self.weighted(CHANNELS, Channel::Web);
        let by_visitor = matches!(channel, Channel::Web | Channel::Kiosk);
        let department = texts.item_departments.get(item).and_then(|code| self.department(code));
        let cause = match outline.subject {
            Subject::Integrity => Some(EscalationCause::Integrity),
            _ if self.chance(1) => Some(self.weighted(&[(EscalationCause::Media, 60)], EscalationCause::Injury)),
            _ => None,
        };
        let mut row = complaint::Model {
            number: self.number(received),
            receipt_hash: receipt_hash(&receipt::encode(self.bytes())),
            subject: outline.subject,
            channel,
            body,
            happened_on: self.chance(85).then(|| local_date(received) - Days::new(self.rng.u64(0..6))),
            place: self.chance(90).then(|| place.to_owned()),
            window_name: self.chance(60).then(|| window.to_owned()),
            notice_version: NOTICE_VERSION.to_owned(),
            registered_by: (!by_visitor).then_some(outline.handler),
            department_id: department,
            escalation: if cause.is_some() { EscalationLevel::Supervision } else { EscalationLevel::None },
            escalation_cause: cause,
            demo: true,
            ..complaint::Model::blank(id, received)
        };
        self.complainant(&mut row)?;
        Ok(row)
    }

    /// Name, phone and address, or some of them, or none.
    fn complainant(&mut self, row: &mut complaint::Model) -> Result<()> {
        let people = &self.texts.people_zh;
        if self.chance(80) {
            // The family name of one and the given name of another.
            let family = self.pick(people).chars().take(1);
            let name: String = family.chain(self.pick(people).chars().skip(1)).collect();
            row.name_enc = Some(self.keys.seal("name", &name)?);
            row.name_mask = Some(mask_name(&name));
        }
        if self.chance(85) {
            // A block of numbers that the demo uses too: they are nobody's.
            let phone = format!("1380000{:04}", self.rng.u32(0..10_000));
            row.phone_enc = Some(self.keys.seal("phone", &phone)?);
            row.phone_mask = Some(mask_phone(&phone));
            row.phone_index = Some(self.keys.blind_index(&phone));
        }
        if self.chance(8) {
            let address = format!("{}示例路{}号", self.center, self.rng.u32(1..300));
            row.address_enc = Some(self.keys.seal("address", &address)?);
        }
        Ok(())
    }

    /// Who did what, and with what result.
    fn work(&mut self, row: &mut complaint::Model, outline: &Outline) -> Result<()> {
        use Status as S;
        let Outline { status, path, course, .. } = outline;
        row.status = *status;
        row.is_open = status.is_open();
        row.version = 3;
        row.class = outline.class;
        row.handler_id = (*status != S::Registered).then_some(outline.handler);
        row.respondent_id = outline.respondent;
        row.accepted_at = course.at(Mark::Accepted);
        let given = matches!(status, S::Assigned | S::Investigating | S::Proposed | S::Approved)
            || course.at(Mark::Concluded).is_some() && *path != Path::OnSpot;
        row.assignee_id = given.then_some(outline.investigator);
        row.department_id = row.department_id.filter(|_| given);
        if course.at(Mark::Declined).is_some() {
            row.refusal_ground = Some(self.weighted(
                &[(RefusalGround::NoIdentifiableMatter, 25), (RefusalGround::Unverifiable, 30)],
                RefusalGround::OutsideScope,
            ));
            row.refusal_reason = Some(REFUSED.to_owned());
            row.referral = Some(REFERRAL.to_owned());
        }
        if matches!(status, S::Proposed | S::Approved) || course.at(Mark::Concluded).is_some() {
            self.conclusion(row, outline);
        }
        if let Some(at) = course.at(Mark::Answered) {
            self.answer(row, at)?;
        }
        self.opinion(row, outline);
        row.closed_at = course.at(Mark::Closed);
        // Some were late once; that stays with the case.
        if row.closed_at.is_some() && row.escalation_cause.is_none() && self.chance(6) {
            row.escalation = EscalationLevel::Lead;
            row.escalation_cause = Some(EscalationCause::Overdue);
        }
        Ok(())
    }

    fn conclusion(&mut self, row: &mut complaint::Model, outline: &Outline) {
        let outcome = match outline.path {
            // Without approval, so that the one administrator may review it.
            Path::Review => Outcome::Unsubstantiated,
            _ => self.weighted(
                &[(Outcome::Partly, 30), (Outcome::Unsubstantiated, 22), (Outcome::Withdrawn, 3)],
                Outcome::Substantiated,
            ),
        };
        let texts = self.texts;
        let begins = match outcome {
            Outcome::Substantiated => "属实",
            Outcome::Partly => "部分属实",
            Outcome::Unsubstantiated | Outcome::Withdrawn => "不属实",
        };
        let fitting: Vec<_> = texts.findings.iter().filter(|text| text.starts_with(begins)).collect();
        let finding = fitting.get(self.rng.usize(..fitting.len().max(1))).map_or(WITHDRAWN, |text| text.as_str());
        row.outcome = Some(outcome);
        row.finding = Some(if outcome == Outcome::Withdrawn { WITHDRAWN } else { finding }.to_owned());
        row.proposer_id = Some(if outline.path == Path::OnSpot { outline.handler } else { outline.investigator });
        let approved = outline.path == Path::Plain
            && match outline.status {
                Status::Proposed => false,
                Status::Approved => true,
                _ => needs_approval(&facts(row, &self.rules.policy)),
            };
        row.approver_id = approved.then_some(outline.admin);
    }

    fn answer(&mut self, row: &mut complaint::Model, at: DateTime<Utc>) -> Result<()> {
        let texts = self.texts;
        row.reply = Some(self.pick(&texts.replies).to_owned());
        row.feedback_at = Some(at);
        row.feedback_mode = Some(match row.channel {
            Channel::Web | Channel::Kiosk | Channel::Email => FeedbackMode::Online,
            Channel::OnSite | Channel::GrumbleWindow => FeedbackMode::InPerson,
            Channel::Letter => FeedbackMode::Letter,
            _ => FeedbackMode::Phone,
        });
        let window = self.rules.policy.get(PolicyKey::ComplaintReviewWindow);
        // Past the end of the calendar the window stays unset, as the clocks do.
        row.review_until = self.rules.calendar.add(local_date(at), window).ok().map(end_of_day);
        Ok(())
    }

    /// What the complainant said of the answer, and what became of that.
    fn opinion(&mut self, row: &mut complaint::Model, outline: &Outline) {
        let course = &outline.course;
        if course.at(Mark::FollowedUp).is_some() {
            let levels = [(Level::VerySatisfied, 28), (Level::BasicallySatisfied, 20)];
            row.satisfaction = Some(self.weighted(&levels, Level::Satisfied));
        }
        if course.at(Mark::Asked).is_some() {
            row.satisfaction = Some(self.weighted(&[(Level::VeryDissatisfied, 25)], Level::Dissatisfied));
            row.review_reason = Some(DISAGREED.to_owned());
        }
        let decided = course.at(Mark::Decided).is_some();
        row.reviewer_id = (decided || outline.status == Status::UnderReview).then_some(outline.admin);
        if decided {
            let texts = self.texts;
            row.review_outcome = Some(self.weighted(&[(ReviewOutcome::Revised, 30)], ReviewOutcome::Upheld));
            row.review_reply = Some(self.pick(&texts.replies).to_owned());
        }
    }
}
