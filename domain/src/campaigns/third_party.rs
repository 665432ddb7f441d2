//! The course of a third party's round (7.2.3.8; domain section F.8). The center signs the contract, agrees to the plan and
//! checks facts; the agency's lead does the rest. The steps are those of the practice, their rules ours (ASSUMPTION).
//!
//! ```text
//! contract ─ plan ─▶ plan_submitted ─ agree ─▶ plan_approved ─ sample ─▶ sampling ─ begin ─▶ field_work
//!     ◀──── back ────────┘                                                                    │ end
//! published ◀─ publish ─ final ◀─ report ─ fact_check ◀─────────── draft ───────── draft_report ◀┘
//! ```

use chrono::NaiveDate;

use crate::{Violation, complaints::form::length, macros::text_enum};

/// Longest name of an agency, in characters.
pub const AGENCY_MAX: usize = 80;
/// Longest number of a contract, in characters.
pub const CONTRACT_NO_MAX: usize = 60;
/// Longest statement about conflicts of interest, plan and sample, in characters each.
pub const PLAN_MAX: usize = 2000;
/// Longest fact, correction and advice, in characters each: a fact and its advice make one remark.
pub const FACT_MAX: usize = 900;
/// Longest words about a fact, in characters.
pub const WORDS_MAX: usize = 1000;
/// Most facts of a report.
pub const FACTS_MAX: usize = 100;

text_enum! {
    /// Where a third party's report is.
    pub enum ReportStatus {
        /// The agency is hired; its plan is awaited.
        Contract = "contract",
        /// The plan waits for the center.
        PlanSubmitted = "plan_submitted",
        /// The center agrees; the sample is drawn next.
        PlanApproved = "plan_approved",
        /// The sample is there.
        Sampling = "sampling",
        /// Forms are filled in.
        FieldWork = "field_work",
        /// The draft is being written.
        DraftReport = "draft_report",
        /// The center checks its facts.
        FactCheck = "fact_check",
        /// It is as it stays.
        Final = "final",
        /// The rated see what the round came to.
        Published = "published",
    }

    /// What is done about a report.
    pub enum ReportAction {
        /// Hand in the plan, with a statement about conflicts of interest.
        SubmitPlan = "submit_plan",
        /// Send the plan back, with a reason.
        ReturnPlan = "return_plan",
        /// Agree to the plan.
        ApprovePlan = "approve_plan",
        /// Write down the sample.
        DrawSample = "draw_sample",
        /// Begin the field work.
        BeginFieldWork = "begin_field_work",
        /// End it: every target has its form.
        EndFieldWork = "end_field_work",
        /// Add a fact to the draft, or drop one.
        WriteFact = "write_fact",
        /// Hand in the draft: the center's days begin.
        SubmitDraft = "submit_draft",
        /// Say whether a fact is right.
        CheckFact = "check_fact",
        /// Answer where the center does not agree.
        AnswerFact = "answer_fact",
        /// Hand in the report as it stays.
        Finish = "finish",
        /// Show the rated what it came to.
        Publish = "publish",
    }

    /// What the center says of a fact.
    pub enum FactVerdict {
        /// It is right.
        Agrees = "agrees",
        /// It is not, in words and with proof.
        Disagrees = "disagrees",
    }

    /// What the agency answers to that.
    pub enum FactAnswer {
        /// The fact stays.
        Kept = "kept",
        /// It is corrected.
        Corrected = "corrected",
        /// It is taken back.
        Withdrawn = "withdrawn",
    }
}

impl ReportAction {
    /// Whether it is the center's to do; else it is the agency's.
    #[must_use]
    pub const fn is_center(self) -> bool {
        matches!(self, Self::ReturnPlan | Self::ApprovePlan | Self::CheckFact | Self::Publish)
    }
}

/// Where `action` takes a report.
///
/// # Errors
/// `campaigns.report_step` where it cannot be done.
pub const fn after(status: ReportStatus, action: ReportAction) -> Result<ReportStatus, Violation> {
    use ReportAction as A;
    use ReportStatus as S;
    match (status, action) {
        (S::Contract, A::SubmitPlan) => Ok(S::PlanSubmitted),
        (S::PlanSubmitted, A::ReturnPlan) => Ok(S::Contract),
        (S::PlanSubmitted, A::ApprovePlan) => Ok(S::PlanApproved),
        (S::PlanApproved | S::Sampling, A::DrawSample) => Ok(S::Sampling),
        (S::Sampling, A::BeginFieldWork) => Ok(S::FieldWork),
        (S::FieldWork, A::EndFieldWork) => Ok(S::DraftReport),
        (S::DraftReport, A::WriteFact) => Ok(S::DraftReport),
        (S::DraftReport, A::SubmitDraft) => Ok(S::FactCheck),
        (S::FactCheck, A::CheckFact | A::AnswerFact) => Ok(S::FactCheck),
        (S::FactCheck, A::Finish) => Ok(S::Final),
        (S::Final, A::Publish) => Ok(S::Published),
        _ => Err(Violation::new("", "campaigns.report_step")),
    }
}

/// Whether the round may begin: the center has agreed to the plan.
#[must_use]
pub const fn is_agreed(status: ReportStatus) -> bool {
    !matches!(status, ReportStatus::Contract | ReportStatus::PlanSubmitted)
}

/// Who was hired, as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractForm {
    /// The agency's name.
    pub agency: String,
    /// The contract's number.
    pub number: String,
    /// When it was signed.
    pub signed_on: NaiveDate,
}

impl ContractForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let future = (self.signed_on > today).then(|| Violation::new("signedOn", "form.date_in_future"));
        [length("agency", &self.agency, 1, AGENCY_MAX), length("number", &self.number, 1, CONTRACT_NO_MAX), future]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// What is wrong with a plan and its statement.
#[must_use]
pub fn check_plan(statement: &str, plan: &str) -> Vec<Violation> {
    [length("statement", statement, 1, PLAN_MAX), length("plan", plan, 1, PLAN_MAX)].into_iter().flatten().collect()
}

/// What is wrong with the center's word about a plan: sent back, it says why.
#[must_use]
pub fn check_decision(approve: bool, note: Option<&str>) -> Option<Violation> {
    length("note", note.unwrap_or_default(), usize::from(!approve), WORDS_MAX)
}

/// What is wrong with a sample.
#[must_use]
pub fn check_sample(sample: &str) -> Option<Violation> {
    length("sample", sample, 1, PLAN_MAX)
}

/// What is wrong with a fact of a draft that has so many.
#[must_use]
pub fn check_fact(text: &str, advice: Option<&str>, there: usize) -> Vec<Violation> {
    let many = (there >= FACTS_MAX).then(|| Violation::new("", "campaigns.many").with("max", FACTS_MAX));
    let advice = advice.and_then(|advice| length("advice", advice, 0, FACT_MAX));
    [many, length("text", text, 1, FACT_MAX), advice].into_iter().flatten().collect()
}

/// What is wrong with what the center says of a fact, once: not agreeing takes words and proof.
#[must_use]
pub fn check_verdict(before: Option<FactVerdict>, verdict: FactVerdict, note: &str, files: usize) -> Vec<Violation> {
    let disagrees = verdict == FactVerdict::Disagrees;
    [
        before.map(|_| Violation::new("", "campaigns.fact_checked")),
        length("note", note, usize::from(disagrees), WORDS_MAX),
        (disagrees && files == 0).then(|| Violation::new("files", "campaigns.proof")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is wrong with the agency's answer, once: it has words, and a correction its text.
#[must_use]
pub fn check_answer(fact: Fact, answer: FactAnswer, note: &str, corrected: Option<&str>) -> Vec<Violation> {
    let nothing = fact.verdict != Some(FactVerdict::Disagrees) || fact.answer.is_some();
    let needed = usize::from(answer == FactAnswer::Corrected);
    [
        nothing.then(|| Violation::new("", "campaigns.fact_answered")),
        length("note", note, 1, WORDS_MAX),
        length("corrected", corrected.unwrap_or_default(), needed, FACT_MAX),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A fact, as far as the course is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// What the center says of it.
    pub verdict: Option<FactVerdict>,
    /// What the agency answers.
    pub answer: Option<FactAnswer>,
}

/// Whether a report may be handed in as it stays: each fact was checked, or the center's days are over; what it does not
/// agree with was answered.
///
/// # Errors
/// `campaigns.facts_unchecked` (args `count`, `day`), `campaigns.facts_unanswered` (arg `count`).
pub fn check_final(facts: &[Fact], due: Option<NaiveDate>, today: NaiveDate) -> Result<(), Violation> {
    let unchecked = facts.iter().filter(|fact| fact.verdict.is_none()).count();
    if let Some(due) = due.filter(|due| unchecked > 0 && today <= *due) {
        return Err(Violation::new("", "campaigns.facts_unchecked").with("count", unchecked).with("day", due));
    }
    let open = |fact: &&Fact| fact.verdict == Some(FactVerdict::Disagrees) && fact.answer.is_none();
    match facts.iter().filter(open).count() {
        0 => Ok(()),
        count => Err(Violation::new("", "campaigns.facts_unanswered").with("count", count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_report_goes_through_the_steps_of_the_practice_in_order() {
        use ReportAction as A;
        let course = [
            A::SubmitPlan,
            A::ApprovePlan,
            A::DrawSample,
            A::BeginFieldWork,
            A::EndFieldWork,
            A::SubmitDraft,
            A::Finish,
            A::Publish,
        ];
        let mut seen = vec![ReportStatus::Contract];
        for action in course {
            seen.push(after(*seen.last().unwrap(), action).unwrap());
        }
        assert_eq!(seen, ReportStatus::ALL);
        let back = after(ReportStatus::PlanSubmitted, A::ReturnPlan);
        assert_eq!(back, Ok(ReportStatus::Contract));
        // Nothing is done twice or before its time, but for what is written more than once.
        let mut led = 0;
        for status in ReportStatus::ALL {
            led += ReportAction::ALL.iter().filter(|action| after(*status, **action).is_ok()).count();
        }
        assert_eq!(led, 13);
        assert!(ReportStatus::ALL.iter().filter(|status| !is_agreed(**status)).eq(&ReportStatus::ALL[..2]));
    }

    #[test]
    fn the_center_decides_about_the_plan_and_the_facts_and_the_agency_does_the_rest() {
        let centers: Vec<_> = ReportAction::ALL.iter().filter(|action| action.is_center()).map(|a| a.key()).collect();
        assert_eq!(centers, ["return_plan", "approve_plan", "check_fact", "publish"]);
    }

    #[test]
    fn what_is_handed_in_has_its_words() {
        let codes = |found: Vec<Violation>| found.into_iter().map(|one| (one.field, one.code)).collect::<Vec<_>>();
        let contract = ContractForm { agency: " ".into(), number: "长".repeat(61), signed_on: day("2026-03-03") };
        let expected = [("agency", "form.required"), ("number", "form.too_long"), ("signedOn", "form.date_in_future")];
        assert_eq!(codes(contract.check(day("2026-03-02"))), expected);
        assert_eq!(codes(check_plan("", "走访三天")), [("statement", "form.required")]);
        assert_eq!(check_decision(true, None), None);
        assert_eq!(check_decision(false, None).unwrap().code, "form.required");
        assert_eq!(codes(check_fact("", Some(&"长".repeat(901)), 100)).len(), 3);
        assert!(check_fact("等候区座椅不足", None, 99).is_empty());
    }

    #[test]
    fn whoever_does_not_agree_says_why_and_proves_it_and_the_agency_answers_once() {
        use FactVerdict as V;
        let codes = |found: Vec<Violation>| found.into_iter().map(|one| one.code).collect::<Vec<_>>();
        assert!(codes(check_verdict(None, V::Agrees, "", 0)).is_empty());
        assert_eq!(codes(check_verdict(None, V::Disagrees, " ", 0)), ["form.required", "campaigns.proof"]);
        assert_eq!(codes(check_verdict(Some(V::Agrees), V::Disagrees, "有座椅", 1)), ["campaigns.fact_checked"]);
        let open = Fact { verdict: Some(V::Disagrees), answer: None };
        assert_eq!(codes(check_answer(open, FactAnswer::Corrected, "已核对", None)), ["form.required"]);
        assert!(codes(check_answer(open, FactAnswer::Kept, "照片为证", None)).is_empty());
        for nothing in [Fact::default(), Fact { verdict: Some(V::Agrees), answer: None }] {
            assert_eq!(codes(check_answer(nothing, FactAnswer::Kept, "是", None)), ["campaigns.fact_answered"]);
        }
    }

    #[test]
    fn a_report_is_final_when_its_facts_were_checked_or_the_days_are_over_and_every_objection_was_answered() {
        let agreed = Fact { verdict: Some(FactVerdict::Agrees), answer: None };
        let objected = Fact { verdict: Some(FactVerdict::Disagrees), answer: None };
        let answered = Fact { answer: Some(FactAnswer::Withdrawn), ..objected };
        let due = day("2026-03-09");
        let at = |facts: &[Fact], today: &str| check_final(facts, Some(due), day(today)).map_err(|found| found.code);
        assert_eq!(at(&[agreed, Fact::default()], "2026-03-09"), Err("campaigns.facts_unchecked"));
        assert_eq!(at(&[agreed, Fact::default()], "2026-03-10"), Ok(()));
        assert_eq!(at(&[agreed, objected], "2026-03-10"), Err("campaigns.facts_unanswered"));
        assert_eq!(at(&[agreed, answered], "2026-03-03"), Ok(()));
    }
}
