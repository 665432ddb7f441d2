//! An improvement plan (7.3.1, 7.3.2): goal → plan → carry out → check and evaluate, and what came of it applied.
//!
//! ```text
//! identified → goal_set → planned → approved → executing → checking → effective → applied → closed
//!                  ↑         │ sent back                      └──→ not_effective → closed (another plan follows)
//!                  └─────────┘
//! ```
//! A number is kept in tenths: what is measured is compared exactly. Whether more or less is better follows from the goal.

use chrono::NaiveDate;

use super::{Actor, MEASURES_MAX, PROBLEM_MAX, RectificationCause};
use crate::{StaffId, Violation, complaints::form::length, macros::text_enum, permission::Permission, settings::line};

/// Most measures of a plan.
pub const MEASURES_OF_PLAN: usize = 20;
/// The largest number of an indicator, in tenths; of one in hundredths, 1000.
const VALUE_MAX: i32 = 10_000_000;

text_enum! {
    /// Where a plan stands.
    pub enum ImprovementStatus {
        /// 已识别.
        Identified = "identified",
        /// 已定目标.
        GoalSet = "goal_set",
        /// 已制定计划.
        Planned = "planned",
        /// 已批准.
        Approved = "approved",
        /// 实施中.
        Executing = "executing",
        /// 待检查评价.
        Checking = "checking",
        /// 达到目标.
        Effective = "effective",
        /// 未达目标.
        NotEffective = "not_effective",
        /// 已固化应用.
        Applied = "applied",
        /// 已结束.
        Closed = "closed",
    }

    /// What is done with a plan.
    pub enum ImprovementAction {
        /// It was begun.
        Start = "start",
        /// Say what is to be better by when, and by how much.
        SetGoal = "set_goal",
        /// Add a measure.
        AddMeasure = "add_measure",
        /// Take a measure out again.
        DropMeasure = "drop_measure",
        /// Say why it is so, and hand the plan in.
        Plan = "plan",
        /// Approve the plan.
        Approve = "approve",
        /// Send the plan back.
        SendBack = "send_back",
        /// Begin.
        Execute = "execute",
        /// Say that a measure was carried out.
        FinishMeasure = "finish_measure",
        /// Measure again, and compare.
        Verify = "verify",
        /// Make what has worked the rule.
        Apply = "apply",
        /// Follow what has not worked with another plan.
        Renew = "renew",
        /// End it.
        Close = "close",
    }

    /// What is measured (domain section H.1).
    pub enum ImprovementIndicator {
        /// 按期办结率.
        OnTimeRate = "on_time_rate",
        /// 满意率.
        Satisfaction = "satisfaction",
        /// 差评率.
        BadRatingRate = "bad_rating_rate",
        /// 投诉件数.
        Complaints = "complaints",
        /// 平均等候分钟数.
        WaitingMinutes = "waiting_minutes",
        /// 平均办理天数.
        HandlingDays = "handling_days",
        /// 培训覆盖率.
        TrainingCoverage = "training_coverage",
        /// 台账达标率.
        LedgerCompliance = "ledger_compliance",
        /// 检查合格率.
        PassRate = "pass_rate",
        /// 其他, with a name.
        Other = "other",
    }

    /// What the comparison came to.
    pub enum ImprovementResult {
        /// 达到.
        Met = "met",
        /// 部分达到.
        Partly = "partly",
        /// 未达到.
        Not = "not",
    }

    /// What what has worked became.
    pub enum AppliedAs {
        /// 修订制度.
        RuleChange = "rule_change",
        /// 纳入培训.
        Training = "training",
        /// 修改目录清单.
        CatalogueEdit = "catalogue_edit",
        /// 不需固化.
        Nothing = "nothing",
    }
}

impl ImprovementStatus {
    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed)
    }
}

impl ImprovementAction {
    /// The permission that taking the step asks for.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::SetGoal | Self::AddMeasure | Self::DropMeasure | Self::Plan | Self::Execute | Self::FinishMeasure => {
                Permission::ImprovementAct
            }
            Self::Start | Self::Approve | Self::SendBack | Self::Verify | Self::Apply | Self::Renew | Self::Close => {
                Permission::ImprovementDirect
            }
        }
    }
}

impl ImprovementIndicator {
    /// Whether more is better; none where it depends.
    #[must_use]
    pub const fn rises(self) -> Option<bool> {
        match self {
            Self::OnTimeRate
            | Self::Satisfaction
            | Self::TrainingCoverage
            | Self::LedgerCompliance
            | Self::PassRate => Some(true),
            Self::BadRatingRate | Self::Complaints | Self::WaitingMinutes | Self::HandlingDays => Some(false),
            Self::Other => None,
        }
    }

    /// Whether it is a part of a hundred.
    #[must_use]
    pub const fn is_percent(self) -> bool {
        matches!(
            self,
            Self::OnTimeRate
                | Self::Satisfaction
                | Self::BadRatingRate
                | Self::TrainingCoverage
                | Self::LedgerCompliance
                | Self::PassRate
        )
    }
}

/// A number with at most one digit after the point, in tenths.
#[must_use]
pub fn tenths(text: &str) -> Option<i32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() != 1 || !digits(whole) || !digits(part) {
        return None;
    }
    whole.parse::<i32>().ok()?.checked_mul(10)?.checked_add(part.parse().ok()?)
}

/// The same as text.
#[must_use]
pub fn written(tenths: i32) -> String {
    let (whole, part) = (tenths / 10, tenths % 10);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part}") }
}

fn check_value(field: &'static str, indicator: ImprovementIndicator, value: i32) -> Option<Violation> {
    let max = if indicator.is_percent() { 1000 } else { VALUE_MAX };
    (!(0..=max).contains(&value)).then(|| Violation::new(field, "improvement.value").with("max", written(max)))
}

/// A plan, as it is begun.
#[derive(Clone, Debug)]
pub struct StartForm {
    /// What is wrong.
    pub problem: String,
    /// The kind of cause.
    pub cause: RectificationCause,
}

impl StartForm {
    /// Every broken rule.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        length("problem", &self.problem, 1, PROBLEM_MAX).into_iter().collect()
    }
}

/// What is to be better, as filled in; numbers in tenths.
#[derive(Clone, Debug)]
pub struct GoalForm {
    /// What is measured.
    pub indicator: ImprovementIndicator,
    /// What it is called, where it is none of the list.
    pub name: Option<String>,
    /// As it is.
    pub baseline: i32,
    /// As it shall be.
    pub target: i32,
    /// By when.
    pub on: NaiveDate,
}

impl GoalForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let other = self.indicator == ImprovementIndicator::Other;
        let name = match &self.name {
            Some(name) => line("indicatorName", name, 60),
            None => other.then(|| Violation::new("indicatorName", "form.required")),
        };
        let rises = self.target > self.baseline;
        let worse = self.target == self.baseline || self.indicator.rises().is_some_and(|wanted| wanted != rises);
        [
            name,
            check_value("baseline", self.indicator, self.baseline),
            check_value("target", self.indicator, self.target)
                .or_else(|| worse.then(|| Violation::new("target", "improvement.no_better"))),
            (self.on < today).then(|| Violation::new("on", "improvement.day_past")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A measure of a plan, as filled in.
#[derive(Clone, Debug)]
pub struct MeasureForm {
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: StaffId,
    /// By when.
    pub due_on: NaiveDate,
    /// What it takes.
    pub resources: Option<String>,
}

impl MeasureForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        [
            length("text", &self.text, 1, 300),
            (self.due_on < today).then(|| Violation::new("dueOn", "improvement.day_past")),
            self.resources.as_deref().and_then(|text| length("resources", text, 1, 300)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What was measured again, as filled in.
#[derive(Clone, Debug)]
pub struct CheckForm {
    /// In tenths.
    pub measured: i32,
    /// How.
    pub method: String,
    /// When.
    pub on: NaiveDate,
}

impl CheckForm {
    /// Every broken rule, in the order of the fields; `from` is the first day on which an effect may be measured.
    #[must_use]
    pub fn check(&self, indicator: ImprovementIndicator, from: NaiveDate, today: NaiveDate) -> Vec<Violation> {
        let day = if self.on > today {
            Some(Violation::new("on", "form.date_in_future"))
        } else {
            (self.on < from).then(|| Violation::new("on", "improvement.too_early").with("on", from))
        };
        [check_value("measured", indicator, self.measured), length("method", &self.method, 1, MEASURES_MAX), day]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// What a number came to against the goal.
#[must_use]
pub const fn compare(baseline: i32, target: i32, measured: i32) -> ImprovementResult {
    let rises = target > baseline;
    let reached = if rises { measured >= target } else { measured <= target };
    let better = if rises { measured > baseline } else { measured < baseline };
    match (reached, better) {
        (true, _) => ImprovementResult::Met,
        (false, true) => ImprovementResult::Partly,
        (false, false) => ImprovementResult::Not,
    }
}

/// What the course of a plan needs to know of it.
#[derive(Clone, Debug)]
pub struct PlanFacts {
    /// Where it stands.
    pub status: ImprovementStatus,
    /// Whose it is.
    pub owner: StaffId,
    /// Who carries out its measures.
    pub doers: Vec<StaffId>,
    /// How many measures it has.
    pub measures: usize,
    /// How many of them are still to be done.
    pub left: usize,
    /// The first day on which the effect may be measured.
    pub check_from: Option<NaiveDate>,
}

impl PlanFacts {
    /// The status after `action` of `actor`; a goal met or not is decided by [`compare`].
    ///
    /// # Errors
    /// `improvement.not_yours`, `improvement.own_task` to whoever did it themselves, `improvement.plan_step` when it is not
    /// where the step starts, `improvement.too_early` (arg `on`).
    pub fn after(
        &self,
        action: ImprovementAction,
        actor: &Actor,
        today: NaiveDate,
    ) -> Result<ImprovementStatus, Violation> {
        use {ImprovementAction as A, ImprovementStatus as S};
        let refused = |code| Err(Violation::new("", code));
        let own = actor.is(Some(self.owner));
        let does = own || actor.me.is_some_and(|me| self.doers.contains(&me));
        match action {
            A::SetGoal | A::AddMeasure | A::DropMeasure | A::Plan | A::Execute if !(actor.acts && own) => {
                return refused("improvement.not_yours");
            }
            A::FinishMeasure if !(actor.acts && does) => return refused("improvement.not_yours"),
            A::Approve | A::SendBack | A::Verify | A::Apply | A::Renew | A::Close if !actor.directs => {
                return refused("improvement.not_directing");
            }
            A::Approve | A::SendBack if own => return refused("improvement.own_task"),
            A::Verify if does => return refused("improvement.own_task"),
            _ => {}
        }
        match (self.status, action) {
            // A goal may be set anew while nothing is planned.
            (S::Identified | S::GoalSet, A::SetGoal) => Ok(S::GoalSet),
            (S::GoalSet, A::AddMeasure) if self.measures >= MEASURES_OF_PLAN => {
                Err(Violation::new("", "improvement.too_many_measures").with("max", MEASURES_OF_PLAN))
            }
            (S::GoalSet, A::AddMeasure | A::DropMeasure) => Ok(S::GoalSet),
            (S::GoalSet, A::Plan) if self.measures == 0 => refused("improvement.no_measure"),
            (S::GoalSet, A::Plan) => Ok(S::Planned),
            (S::Planned, A::Approve) => Ok(S::Approved),
            (S::Planned, A::SendBack) => Ok(S::GoalSet),
            (S::Approved, A::Execute) => Ok(S::Executing),
            // The last one leads on by itself.
            (S::Executing, A::FinishMeasure) => Ok(if self.left <= 1 { S::Checking } else { S::Executing }),
            (S::Checking, A::Verify) => match self.check_from {
                Some(on) if today < on => Err(Violation::new("", "improvement.too_early").with("on", on)),
                _ => Ok(S::Effective),
            },
            (S::Effective, A::Apply) => Ok(S::Applied),
            (S::NotEffective, A::Renew) | (S::Applied, A::Close) => Ok(S::Closed),
            _ => refused("improvement.plan_step"),
        }
    }

    /// What `actor` may do now, in the order of declaration. What is done with a measure is the measure's, and not among
    /// them.
    pub fn actions(&self, actor: Actor, today: NaiveDate) -> impl Iterator<Item = ImprovementAction> {
        use ImprovementAction as A;
        let may = move |action: &A| {
            !matches!(action, A::FinishMeasure | A::DropMeasure) && self.after(*action, &actor, today).is_ok()
        };
        ImprovementAction::ALL.iter().copied().filter(may)
    }

    /// Whether `actor` may say that a measure of `doer` was carried out.
    #[must_use]
    pub fn may_finish(&self, doer: StaffId, actor: &Actor) -> bool {
        self.status == ImprovementStatus::Executing
            && actor.acts
            && (actor.is(Some(doer)) || actor.is(Some(self.owner)))
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
