//! Questions of policy with their answers: short, with a source and a day, looked at again in time (6.16.7).

use chrono::{Months, NaiveDate};

use crate::{
    Violation,
    complaints::form::length,
    policy::{Policy, PolicyKey},
    settings::line,
};

/// A question with its answer, as filled in.
#[derive(Clone, Debug)]
pub struct AnswerForm {
    /// What is asked.
    pub question: String,
    /// What is answered.
    pub answer: String,
    /// The document that says so.
    pub source: String,
    /// The day of that document.
    pub source_on: NaiveDate,
}

impl AnswerForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let found = [
            line("question", &self.question, 100),
            length("answer", &self.answer, 1, 1000),
            line("source", &self.source, 100),
            (self.source_on > today).then(|| Violation::new("sourceOn", "form.date_in_future")),
        ];
        found.into_iter().flatten().collect()
    }
}

/// The last day for looking at an answer again; none where no calendar reaches so far.
#[must_use]
pub fn review_due_on(reviewed_on: NaiveDate, policy: &Policy) -> Option<NaiveDate> {
    reviewed_on.checked_add_months(Months::new(policy.get(PolicyKey::TalentAnswerMonths)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_its_source_and_is_looked_at_once_a_year() {
        let today = NaiveDate::from_ymd_opt(2026, 2, 13).unwrap();
        let form = AnswerForm {
            question: " ".into(),
            answer: String::new(),
            source: "文件\n".into(),
            source_on: today.succ_opt().unwrap(),
        };
        let found: Vec<_> = form.check(today).into_iter().map(|v| (v.field, v.code)).collect();
        let expected = [
            ("question", "form.required"),
            ("answer", "form.required"),
            ("source", "form.control_characters"),
            ("sourceOn", "form.date_in_future"),
        ];
        assert_eq!(found, expected);
        assert_eq!(review_due_on(today, &Policy::default()), NaiveDate::from_ymd_opt(2027, 2, 13));
    }
}
