//! What deputies say in words, and what becomes of it (7.2.3.3.2): each problem and each suggestion ends in a
//! rectification task or in a reasoned "no action", with a reply; whoever said it says whether the reply answers them.
//!
//! ```text
//! open ─ task ─▶ task        the reply ─ answers ─▶ settled
//!   └─── no_action ─▶ no_action        └─ does not ─▶ another reply
//! ```

use crate::{Violation, complaints::form::length, macros::text_enum};

/// Longest remark, in characters.
pub const TEXT_MAX: usize = 2000;
/// Longest reply and longest reason, in characters.
pub const REPLY_MAX: usize = 1000;
/// Longest note to an opinion, in characters.
pub const NOTE_MAX: usize = 500;

text_enum! {
    /// What is said.
    pub enum RemarkKind {
        /// 问题.
        Problem = "problem",
        /// 建议.
        Suggestion = "suggestion",
    }

    /// What it is about. Ours (ASSUMPTION): the four dimensions, and what lies beside them.
    pub enum RemarkCategory {
        /// 服务态度.
        Attitude = "attitude",
        /// 服务效能.
        Effectiveness = "effectiveness",
        /// 工作纪律.
        Discipline = "discipline",
        /// 工作区域及设备管理.
        Workplace = "workplace",
        /// 制度与流程.
        Procedure = "procedure",
        /// 信息公开.
        Disclosure = "disclosure",
        /// 其他.
        Other = "other",
    }

    /// What becomes of it.
    #[cfg_attr(feature = "graphql", graphql(name = "RemarkDisposition"))]
    pub enum Disposition {
        /// Nobody has looked at it yet.
        Open = "open",
        /// A rectification task was opened.
        Task = "task",
        /// Nothing is done, for a reason.
        NoAction = "no_action",
    }

    /// What whoever said it thinks of the reply.
    #[cfg_attr(feature = "graphql", graphql(name = "RemarkOpinion"))]
    pub enum Opinion {
        /// It answers the point.
        Answers = "answers",
        /// It does not.
        DoesNot = "does_not",
    }
}

/// Whether a remark may be worked through now.
///
/// # Errors
/// `campaigns.remark_done` when it was, and the reply was not refused; `form.required`, `form.too_long`.
pub fn check_classify(now: Disposition, reply: &str) -> Result<(), Violation> {
    if now != Disposition::Open {
        return Err(Violation::new("", "campaigns.remark_done"));
    }
    length("reply", reply, 1, REPLY_MAX).map_or(Ok(()), Err)
}

/// Whether a remark may be replied to once more.
///
/// # Errors
/// `campaigns.reply_stands` unless whoever said it says that the reply does not answer the point; as
/// [`check_classify`].
pub fn check_reply(opinion: Option<Opinion>, reply: &str) -> Result<(), Violation> {
    if opinion != Some(Opinion::DoesNot) {
        return Err(Violation::new("", "campaigns.reply_stands"));
    }
    length("reply", reply, 1, REPLY_MAX).map_or(Ok(()), Err)
}

/// Whether somebody may say what they think of a reply, and say this.
///
/// # Errors
/// `campaigns.no_reply`, `campaigns.judged`, `form.required` for a refusal without a word, `form.too_long`.
pub fn check_opinion(
    disposition: Disposition,
    before: Option<Opinion>,
    opinion: Opinion,
    note: Option<&str>,
) -> Result<(), Violation> {
    if disposition == Disposition::Open {
        return Err(Violation::new("", "campaigns.no_reply"));
    }
    if before.is_some() {
        return Err(Violation::new("", "campaigns.judged"));
    }
    let least = if opinion == Opinion::DoesNot { 1 } else { 0 };
    length("note", note.unwrap_or_default(), least, NOTE_MAX).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_worked_through_once_and_replied_to_again_only_where_the_reply_was_refused() {
        assert_eq!(check_classify(Disposition::Open, "x"), Ok(()));
        assert_eq!(check_classify(Disposition::Open, " ").unwrap_err().code, "form.required");
        for done in [Disposition::Task, Disposition::NoAction] {
            assert_eq!(check_classify(done, "x").unwrap_err().code, "campaigns.remark_done");
        }
        assert_eq!(check_reply(Some(Opinion::DoesNot), "x"), Ok(()));
        for standing in [None, Some(Opinion::Answers)] {
            assert_eq!(check_reply(standing, "x").unwrap_err().code, "campaigns.reply_stands");
        }
    }

    #[test]
    fn an_opinion_is_given_once_on_a_reply_and_a_refusal_says_why() {
        let say =
            |disposition, before, opinion, note| check_opinion(disposition, before, opinion, note).map_err(|v| v.code);
        assert_eq!(say(Disposition::Open, None, Opinion::Answers, None), Err("campaigns.no_reply"));
        assert_eq!(say(Disposition::Task, Some(Opinion::DoesNot), Opinion::Answers, None), Err("campaigns.judged"));
        assert_eq!(say(Disposition::NoAction, None, Opinion::DoesNot, Some(" ")), Err("form.required"));
        assert_eq!(say(Disposition::NoAction, None, Opinion::DoesNot, Some("还是没有人接电话")), Ok(()));
        assert_eq!(say(Disposition::Task, None, Opinion::Answers, None), Ok(()));
    }
}
