//! The figures by which centers are compared (domain section H.1): what each counts, of what, and what it leaves out.
//!
//! A definition has a version. Figures are stored under [`Metric::id`], key and version; to count in another way is
//! another version, and what was counted before stays as it was. The formula in words is in the texts
//! (`labels.metric_formula.<key>`), the arithmetic in [`crate::statistics`].
//!
//! What H.1 also lists and the product cannot count yet: `unresolved_solved_rate`, for matters of that window are not
//! worked here.

mod period;
mod services;
mod stratum;

use crate::macros::text_enum;

pub use period::{CalendarPeriod, Period, PeriodKind, TrendStep};
pub use services::{DAYS_AT_ONCE, DayServices, SERVICES_MAX, check_services};
pub use stratum::{DAYS_MAX, POINTS_MAX, amount, check_filter, classed, lasted, rated, scored, within};

/// Below so many a figure has neither band nor place in an order: "too few". No source but practice (CMS takes 25).
pub const RANK_MINIMUM: u64 = 30;

text_enum! {
    /// A figure of a center.
    pub enum Metric {
        /// 评价量: part = ratings that somebody gave; of = all ratings, also defaulted and imported ones. By their day.
        RatingVolume = "rating_volume",
        /// 主动评价率: part = ratings that somebody gave, without those that the city has excluded; of = services. Of the days
        /// of which the center has told its services.
        ActiveRatingRate = "active_rating_rate",
        /// 满意率: part = levels 5, 4 and 3 (ASSUMPTION on 3); of = ratings that somebody gave, without those that the city
        /// has excluded. By their day.
        SatisfactionRate = "satisfaction_rate",
        /// 差评率: part = levels 2 and 1; of = the same ratings. By their day.
        BadRatingRate = "bad_rating_rate",
        /// 差评整改率: part = fixed in time; of = fixes made or overdue, without excluded ratings. By the rating's day.
        BadRatingRectifiedRate = "bad_rating_rectified_rate",
        /// 实名差评回访率: part = called back; of = bad ratings whose rater left a way to be reached, without excluded
        /// ones. By the rating's day.
        RealnameFollowupRate = "realname_followup_rate",
        /// 差评回访满意度: part = satisfied when called back; of = raters who said so, without excluded ratings. By the
        /// rating's day.
        BadRatingFollowUpSatisfaction = "bad_rating_follow_up_satisfaction",
        /// 投诉率: part = complaints received, without those that are followed under another number; of = services. Of the days
        /// of which the center has told its services.
        ComplaintRate = "complaint_rate",
        /// 投诉响应率: part = looked at in time; of = complaints whose first look is done or overdue, without those that
        /// are followed under another number. By the day of receipt.
        ResponseRate = "response_rate",
        /// 投诉办结率: part = concluded; of = complaints accepted. By the day of acceptance.
        CompletionRate = "completion_rate",
        /// 投诉满意率: part = satisfied with the handling; of = complainants who said. By the day of acceptance.
        ComplaintSatisfactionRate = "complaint_satisfaction_rate",
        /// 按时办结率: part = replied to in time; of = complaints replied to or overdue. By the day of acceptance.
        OnTimeRate = "on_time_rate",
        /// 投诉超期率: part = first looks and replies that were late or are overdue; of = those that are done or overdue.
        /// By the day of receipt and of acceptance.
        OverdueRate = "overdue_rate",
        /// 问卷满意度: part = 满意 and 比较满意; of = rows of form E that were answered. By the day of the answer.
        SurveyTopShare = "survey_top_share",
        /// 表D指标得分, of one kind of raters: of = their forms in published rounds by form D, whose points are the stratum;
        /// forms about targets that have too few to be shown do not count. By the day of publication. Panels differ from
        /// center to center, so nobody is above or below by it (H.2).
        FormDMean = "form_d_mean",
        /// 潮汐开启率: part = peaks at which the window was opened; of = peaks that lasted long enough for the rule to
        /// propose it and that somebody decided about, or that went by. By the day of the proposal.
        OpenPeakShare = "open_peak_share",
        /// 办理时长中位数: of = complaints answered; the days of the calendar from receipt to the answer are the stratum.
        /// By the day of acceptance.
        MedianDays = "median_days",
        /// 培训覆盖率: part = staff trained at least once this year; of = staff. Taken each night.
        TrainingCoverage = "training_coverage",
        /// 评价部门覆盖率: part = departments that form E was answered about this year; of = departments that it names.
        /// Taken each night.
        DepartmentCoverage = "department_coverage",
        /// 台账合规率: part = criteria of model posts that are met; of = criteria that are asked. Taken each night.
        ModelPostCompliance = "model_post_compliance",
    }

    /// What a figure is.
    pub enum MetricUnit {
        /// part ÷ of.
        Share = "share",
        /// `of` itself.
        Count = "count",
        /// The median of days.
        Days = "days",
        /// The mean of points, at most 105 or so.
        Points = "points",
    }

    /// Which way is better.
    pub enum MetricDirection {
        /// Higher.
        Higher = "higher",
        /// Lower.
        Lower = "lower",
        /// Neither: it says how much there was.
        Neither = "neither",
    }

    /// How the figure of a period comes from the figures of its days.
    pub enum MetricGathering {
        /// Their sum.
        Sum = "sum",
        /// The last of them: every day counts the same people anew.
        Last = "last",
        /// The sum of those days of which both are known, part and whole.
        Matched = "matched",
    }

    /// By what the counts of a metric are kept apart, in this order in the text of a stratum.
    pub enum StratumKind {
        /// How a rating came in.
        Channel = "channel",
        /// The version of the form.
        Form = "form",
        /// The class of a complaint.
        Class = "class",
        /// Who rated in a round.
        Round = "round",
        /// How many days it took.
        Days = "days",
        /// How many points it came to.
        Points = "points",
    }
}

impl Metric {
    /// Which definition this is.
    #[must_use]
    pub const fn version(self) -> u32 {
        1
    }

    /// Key and version, as they are stored: `satisfaction_rate.v1`.
    #[must_use]
    pub fn id(self) -> String {
        format!("{}.v{}", self.key(), self.version())
    }

    /// The metric whose present definition is stored as `id`; none for another version.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let (key, version) = id.rsplit_once(".v")?;
        Self::from_key(key).filter(|metric| metric.version().to_string() == version)
    }

    /// What the figure is.
    #[must_use]
    pub const fn unit(self) -> MetricUnit {
        match self {
            Self::RatingVolume => MetricUnit::Count,
            Self::MedianDays => MetricUnit::Days,
            Self::FormDMean => MetricUnit::Points,
            _ => MetricUnit::Share,
        }
    }

    /// Which way is better.
    #[must_use]
    pub const fn direction(self) -> MetricDirection {
        match self {
            Self::RatingVolume => MetricDirection::Neither,
            Self::BadRatingRate | Self::ComplaintRate | Self::OverdueRate | Self::MedianDays => MetricDirection::Lower,
            _ => MetricDirection::Higher,
        }
    }

    /// How the figure of a period comes from its days.
    #[must_use]
    pub const fn gathering(self) -> MetricGathering {
        match self {
            Self::TrainingCoverage | Self::DepartmentCoverage | Self::ModelPostCompliance => MetricGathering::Last,
            Self::ActiveRatingRate | Self::ComplaintRate => MetricGathering::Matched,
            _ => MetricGathering::Sum,
        }
    }

    /// By what its counts are kept apart.
    #[must_use]
    pub const fn strata(self) -> &'static [StratumKind] {
        match self {
            Self::RatingVolume | Self::SatisfactionRate | Self::BadRatingRate | Self::SurveyTopShare => {
                &[StratumKind::Channel, StratumKind::Form]
            }
            Self::CompletionRate | Self::ComplaintSatisfactionRate | Self::OnTimeRate | Self::OverdueRate => {
                &[StratumKind::Class]
            }
            Self::MedianDays => &[StratumKind::Class, StratumKind::Days],
            Self::FormDMean => &[StratumKind::Round, StratumKind::Points],
            _ => &[],
        }
    }

    /// The part that is meant where none is named: kinds of raters have measures of their own, and no mean is made of two.
    #[must_use]
    pub const fn usual_part(self) -> &'static str {
        if matches!(self, Self::FormDMean) { "deputies" } else { "" }
    }

    /// Below so many nothing is shown (P-7), unless the city's policy asks for more; 0 where no person stands behind a
    /// count.
    #[must_use]
    pub const fn minimum(self) -> u64 {
        if matches!(self, Self::ModelPostCompliance | Self::DepartmentCoverage | Self::OpenPeakShare) { 0 } else { 5 }
    }

    /// The clause that the figure serves.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::RatingVolume
            | Self::ActiveRatingRate
            | Self::SatisfactionRate
            | Self::BadRatingRate
            | Self::BadRatingRectifiedRate
            | Self::RealnameFollowupRate
            | Self::BadRatingFollowUpSatisfaction
            | Self::SurveyTopShare
            | Self::DepartmentCoverage => "7.2.3.4",
            Self::ComplaintRate
            | Self::ResponseRate
            | Self::CompletionRate
            | Self::ComplaintSatisfactionRate
            | Self::OnTimeRate
            | Self::OverdueRate
            | Self::MedianDays => "7.3.4",
            Self::FormDMean => "7.2.2.2",
            Self::OpenPeakShare => "6.13.1",
            Self::TrainingCoverage => "6.12.10",
            Self::ModelPostCompliance => "6.9, 6.10, 6.12",
        }
    }
}

#[cfg(test)]
#[path = "metrics_tests.rs"]
mod tests;
