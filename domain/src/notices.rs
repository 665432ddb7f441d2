//! Messages to whoever works in a center or rates in a round of it: why somebody is told.

use crate::macros::text_enum;

text_enum! {
    /// Why somebody is told. What the message is about follows from it.
    pub enum NoticeReason {
        /// 投诉: something happened to a case; what, its event says.
        Case = "case",
        /// 一周评价已汇总: to whoever leads the center, supervises it or leads a post (7.2.3.2.2, 7.2.3.4.2).
        WeekSummed = "week_summed",
        /// 差评立案: to whoever handles it.
        BadRatingOpened = "bad_rating_opened",
        /// 申诉已复核: to both sides of a bad rating.
        AppealDecided = "appeal_decided",
        /// 发现的问题: to the department that it is about (7.2.3.2.2, 7.2.3.4.2).
        FindingTold = "finding_told",
        /// 整改任务交办: to its owner.
        TaskGiven = "task_given",
        /// 整改任务退回, or the same has come again: to its owner.
        TaskReturned = "task_returned",
        /// 整改任务超期: to its owner.
        TaskOverdue = "task_overdue",
        /// 改进计划可以检查评价: to whoever may measure its effect.
        CheckDue = "check_due",
        /// 列为评价人: to somebody of the center.
        RaterNamed = "rater_named",
        /// 评价明天截止: to whoever has not handed everything in.
        RoundEnds = "round_ends",
        /// 意见有答复: to whoever said it.
        RemarkReplied = "remark_replied",
    }
}
