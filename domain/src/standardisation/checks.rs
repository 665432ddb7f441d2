//! What standards management lacks, and from which day on (domain section C.7).

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::{
    StaffId,
    macros::text_enum,
    policy::{Policy, PolicyKey},
};

text_enum! {
    /// What is looked at.
    pub enum StandardsCheck {
        /// The plan of this year was adopted (6.11.1).
        PlanAdopted = "plan_adopted",
        /// Somebody looks after the standards (6.11.2).
        OfficerAppointed = "officer_appointed",
        /// Each of them was trained about standards this year (6.11.3).
        OfficersTrained = "officers_trained",
        /// Each standard in use was reviewed in time (6.11.1).
        ReviewsDone = "reviews_done",
        /// The center has looked at itself within the city's months.
        SelfAudited = "self_audited",
        /// What was found then was put right in time.
        FindingsClosed = "findings_closed",
    }

    /// How a check stands.
    pub enum StandardsStanding {
        /// Nothing is missing.
        Fine = "fine",
        /// Something is, and there is still time.
        Due = "due",
        /// Something is, and it is too late.
        Breach = "breach",
    }
}

/// Somebody's term as an officer.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Who.
    pub staff: StaffId,
    /// Their first day.
    pub from: NaiveDate,
    /// Their last day; none while none is known.
    pub until: Option<NaiveDate>,
    /// When they were last trained about standards this year.
    pub trained_on: Option<NaiveDate>,
}

impl Term {
    /// Whether they are an officer on `day`.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What is known of a center's standards management.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Whether this year's plan was adopted and holds a task.
    pub plan: bool,
    /// Everybody's terms, past ones too.
    pub terms: Vec<Term>,
    /// By when each standard in use is to be reviewed.
    pub reviews: Vec<NaiveDate>,
    /// When the center last looked at itself.
    pub audited_on: Option<NaiveDate>,
    /// By when each finding that is open is to be put right.
    pub findings: Vec<NaiveDate>,
}

/// How a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was looked at.
    pub check: StandardsCheck,
    /// Whether something is missing, and whether it is too late.
    pub standing: StandardsStanding,
    /// The first day of the breach: that which has come, or that which comes if nothing is done. None where none comes by
    /// itself, or nothing of the kind ever was.
    pub breach_on: Option<NaiveDate>,
    /// How many it concerns.
    pub count: usize,
}

/// All checks, in their order.
#[must_use]
pub fn checks(facts: &Facts, today: NaiveDate, policy: &Policy) -> Vec<Checked> {
    StandardsCheck::ALL.iter().map(|check| one(*check, facts, today, policy)).collect()
}

fn one(check: StandardsCheck, facts: &Facts, today: NaiveDate, policy: &Policy) -> Checked {
    let year = today.year();
    let (missing, breach_on, count) = match check {
        StandardsCheck::PlanAdopted => {
            let owed = if facts.plan { year + 1 } else { year };
            (!facts.plan, plan_breach(owed, policy), usize::from(!facts.plan))
        }
        StandardsCheck::OfficerAppointed => {
            let nobody = !facts.terms.iter().any(|term| term.contains(today));
            (nobody, vacancy(&facts.terms, today), usize::from(nobody))
        }
        StandardsCheck::OfficersTrained => {
            let current = || facts.terms.iter().filter(|term| term.contains(today));
            let untrained = current().filter(|term| term.trained_on.is_none()).count();
            let missing = untrained > 0 || current().next().is_none();
            (missing, new_year(if missing { year + 1 } else { year + 2 }), untrained)
        }
        StandardsCheck::ReviewsDone => overdue(&facts.reviews, today),
        StandardsCheck::SelfAudited => {
            let months = Months::new(policy.get(PolicyKey::StandardsAuditMonths));
            let breach_on = facts.audited_on.and_then(|day| day.checked_add_months(months)).and_then(next_day);
            let missing = breach_on.is_none_or(|day| day <= today);
            (missing, breach_on, usize::from(missing))
        }
        StandardsCheck::FindingsClosed => overdue(&facts.findings, today),
    };
    let late = breach_on.is_none_or(|day| day <= today);
    let standing = match (missing, late) {
        (false, _) => StandardsStanding::Fine,
        (true, false) => StandardsStanding::Due,
        (true, true) => StandardsStanding::Breach,
    };
    Checked { check, standing, breach_on, count }
}

/// The first day on which the plan of `year` is late.
fn plan_breach(year: i32, policy: &Policy) -> Option<NaiveDate> {
    new_year(year)?.checked_add_months(Months::new(policy.get(PolicyKey::StandardsPlanMonth)))
}

/// The first day from which on nobody is an officer; none where somebody stays, or nobody ever was one.
fn vacancy(terms: &[Term], today: NaiveDate) -> Option<NaiveDate> {
    let begun = terms.iter().filter(|term| term.from <= today);
    let ends: Option<Vec<_>> = begun.map(|term| term.until).collect();
    ends?.into_iter().max().and_then(next_day)
}

/// What has days by which it is to be done.
fn overdue(due: &[NaiveDate], today: NaiveDate) -> (bool, Option<NaiveDate>, usize) {
    let late = due.iter().filter(|day| **day < today).count();
    (late > 0, due.iter().min().copied().and_then(next_day), late)
}

fn new_year(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
}

fn next_day(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(1))
}
