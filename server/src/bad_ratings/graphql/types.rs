//! Cases of bad ratings and appeals as GraphQL shows them.

use std::collections::HashMap;

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, BadRatingEventId, BadRatingId, RatingAppealId, RectificationTaskId,
    bad_ratings::{
        BadRatingAction, BadRatingEventKind, BadRatingFinding, BadRatingQueue, BadRatingStatus,
        appeal::{RatingAppealDecision, RatingAppealGround, RatingAppealStatus},
        clock::BadRatingStep,
    },
    center::CenterStatus,
    complaints::HandlingSatisfaction,
    evaluation::{forms::Words, levels::FiveLevel},
};
use entity::{bad_rating, bad_rating_event, rating_appeal};

use super::super::service::{
    appeals::{Appeal, File},
    reading::{Found, List, Page},
};
use crate::{auth::scope::Scope, files::graphql::AttachedFile, graphql::context::Cx, tenancy::graphql::PlaceNode};

/// The case of a bad rating.
#[derive(SimpleObject)]
pub struct BadRating {
    /// Its id.
    id: BadRatingId,
    /// How often it was changed.
    version: i32,
    /// The day of the rating; nobody keeps its time.
    rated_on: NaiveDate,
    /// Its level.
    level: FiveLevel,
    /// Whether the rater left a way to be reached, and so is called back.
    named: bool,
    /// Where it stands.
    status: BadRatingStatus,
    /// What was found.
    finding: Option<BadRatingFinding>,
    /// Which step is owed.
    due_step: Option<BadRatingStep>,
    /// When that is due.
    due_at: Option<DateTime<Utc>>,
    /// Whether the fix was put off.
    extended: bool,
    /// Calls since it stands there in which nobody was reached.
    missed: i32,
    /// How satisfied the rater was when they were called back.
    satisfaction: Option<HandlingSatisfaction>,
    /// Until when the rated side may appeal.
    appeal_until: Option<DateTime<Utc>>,
    /// Whether the city has excluded the rating.
    excluded: bool,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
    /// When remark, contact and log are removed.
    purge_on: Option<NaiveDate>,
}

/// A case in a list.
#[derive(SimpleObject)]
pub struct BadRatingRow {
    /// The case.
    case: BadRating,
    /// The rated post; null for the center.
    post: Option<String>,
    /// Working days left for the present step; negative when late.
    days_left: Option<i32>,
    /// Whether that step is late.
    late: bool,
}

/// How many cases a queue holds.
#[derive(SimpleObject)]
pub struct BadRatingCount {
    /// The queue.
    queue: BadRatingQueue,
    /// How many.
    count: u64,
}

/// Bad ratings that opened a case, in both totals.
#[derive(SimpleObject)]
pub struct BadRatingTotals {
    /// From which day on.
    since: NaiveDate,
    /// All of them.
    all: u64,
    /// Those that the city has excluded.
    excluded: u64,
    /// Those that count.
    counted: u64,
}

/// The center's cases, as far as the viewer sees them.
#[derive(SimpleObject)]
pub struct BadRatingList {
    /// How many there are, queue by queue.
    counts: Vec<BadRatingCount>,
    /// Those of the queue.
    rows: Vec<BadRatingRow>,
    /// Both totals of the last twelve months; null for whoever sees only what is about them.
    totals: Option<BadRatingTotals>,
}

/// A reason that a rater ticked, as the form has it.
#[derive(SimpleObject)]
pub struct BadRatingReason {
    /// Chinese.
    zh: String,
    /// English.
    en: String,
}

/// A line in the log.
#[derive(SimpleObject)]
pub struct BadRatingEvent {
    /// Its id.
    id: BadRatingEventId,
    /// What happened.
    kind: BadRatingEventKind,
    /// Where the case stood then.
    status: BadRatingStatus,
    /// When.
    at: DateTime<Utc>,
    /// By whom; null for the product, and for the city's reviewer where the center reads.
    actor: Option<String>,
    /// A key or a day that goes with the kind: outcome, finding, mode, level, ground, due day.
    detail: Option<String>,
    /// In words; null where there are none, they were removed, or are not for the viewer.
    text: Option<String>,
}

/// The appeal against a rating, as its center shows it.
#[derive(SimpleObject)]
pub struct BadRatingAppeal {
    /// Its id.
    id: RatingAppealId,
    /// Why the rating is not to count.
    ground: RatingAppealGround,
    /// In words.
    reason: String,
    /// Whether the city has decided.
    status: RatingAppealStatus,
    /// When somebody appealed.
    appealed_at: DateTime<Utc>,
    /// By when the city decides.
    due_at: Option<DateTime<Utc>>,
    /// What it says.
    decision: Option<RatingAppealDecision>,
    /// Why.
    answer: Option<String>,
    /// When it decided.
    decided_at: Option<DateTime<Utc>>,
    /// The evidence.
    files: Vec<AttachedFile>,
}

/// A case with everything about it.
#[derive(SimpleObject)]
pub struct BadRatingPage {
    /// The case.
    row: BadRatingRow,
    /// The reasons that the rater ticked.
    reasons: Vec<BadRatingReason>,
    /// What the rater wrote; for whoever handles it, until it is removed.
    remark: Option<String>,
    /// Whether the viewer may see how to reach the rater.
    reveals: bool,
    /// Who worked at the post on that day.
    targets: Vec<String>,
    /// The log, oldest first.
    events: Vec<BadRatingEvent>,
    /// The appeal.
    appeal: Option<BadRatingAppeal>,
    /// What the viewer may do.
    actions: Vec<BadRatingAction>,
    /// Whether the viewer is on the rated side.
    rated: bool,
    /// Whether a rectification task follows from it.
    tasked: bool,
    /// That task, where the viewer sees it.
    task: Option<RectificationTaskId>,
    /// Whether the viewer may open one.
    may_task: bool,
}

/// How to reach a rater.
#[derive(SimpleObject)]
pub struct RaterContactShown {
    /// As they wrote it.
    pub contact: Option<String>,
}

/// An appeal, as the city's list shows it: nobody's name in it.
#[derive(SimpleObject)]
pub struct RatingAppeal {
    /// Its id.
    id: RatingAppealId,
    /// The center.
    center: PlaceNode,
    /// That center's state; one that does not work cannot be looked into.
    center_status: CenterStatus,
    /// The rated post; null for the center.
    post: Option<String>,
    /// The day of the rating.
    rated_on: NaiveDate,
    /// Its level.
    level: FiveLevel,
    /// Why it is not to count.
    ground: RatingAppealGround,
    /// In words.
    reason: String,
    /// Whether it is decided.
    status: RatingAppealStatus,
    /// When somebody appealed.
    appealed_at: DateTime<Utc>,
    /// By when it is to be decided.
    due_at: Option<DateTime<Utc>>,
    /// Whether that has passed.
    late: bool,
    /// Who has opened it.
    opened_by: Option<String>,
    /// Whether that is the viewer.
    mine: bool,
    /// The decision.
    decision: Option<RatingAppealDecision>,
    /// Why.
    answer: Option<String>,
    /// By whom.
    decided_by: Option<String>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
}

/// A case as the reviewer reads it who has opened the appeal.
#[derive(SimpleObject)]
pub struct AppealedCase {
    /// Whether the rater left a way to be reached.
    named: bool,
    /// What the center found.
    finding: Option<BadRatingFinding>,
    /// The reasons that the rater ticked.
    reasons: Vec<BadRatingReason>,
    /// What the rater wrote.
    remark: Option<String>,
    /// The log without the notes of colleagues, oldest first.
    events: Vec<BadRatingEvent>,
    /// The evidence.
    files: Vec<AttachedFile>,
}

/// An appeal with its case.
#[derive(SimpleObject)]
pub struct RatingAppealPage {
    /// The appeal.
    appeal: RatingAppeal,
    /// The case; null unless the viewer has opened it, and once it is decided.
    case: Option<AppealedCase>,
}

impl From<bad_rating::Model> for BadRating {
    fn from(row: bad_rating::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            rated_on: row.rated_on,
            level: row.level,
            named: row.named,
            status: row.status,
            finding: row.finding,
            due_step: row.due_step,
            due_at: row.due_at,
            extended: row.extended,
            missed: row.missed,
            satisfaction: row.satisfaction,
            appeal_until: row.appeal_until,
            excluded: row.excluded,
            closed_at: row.closed_at,
            purge_on: row.purge_on,
        }
    }
}

impl From<Found> for BadRatingRow {
    fn from(Found { row, post, days_left, late }: Found) -> Self {
        Self { case: row.into(), post, days_left, late }
    }
}

impl From<List> for BadRatingList {
    fn from(List { counts, rows, totals }: List) -> Self {
        Self {
            counts: counts.into_iter().map(|(queue, count)| BadRatingCount { queue, count }).collect(),
            rows: rows.into_iter().map(Into::into).collect(),
            totals: totals.map(|totals| BadRatingTotals {
                since: totals.since,
                all: totals.all,
                excluded: totals.excluded,
                counted: totals.all.saturating_sub(totals.excluded),
            }),
        }
    }
}

fn reasons(words: Vec<Words>) -> Vec<BadRatingReason> {
    words.into_iter().map(|Words { zh, en }| BadRatingReason { zh, en }).collect()
}

/// The lines of a log, with the names of those who wrote them.
fn lines(
    events: Vec<(bad_rating_event::Model, Option<String>)>,
    names: &HashMap<AccountId, String>,
) -> Vec<BadRatingEvent> {
    let line = |(row, text): (bad_rating_event::Model, Option<String>)| BadRatingEvent {
        id: row.id,
        kind: row.kind,
        status: row.status,
        at: row.at,
        actor: row.actor_id.and_then(|id| names.get(&id).cloned()),
        detail: row.detail,
        text,
    };
    events.into_iter().map(line).collect()
}

impl From<Page> for BadRatingPage {
    fn from(page: Page) -> Self {
        let appeal = |(row, files): (rating_appeal::Model, Vec<AttachedFile>)| BadRatingAppeal {
            id: row.id,
            ground: row.ground,
            reason: row.reason,
            status: row.status,
            appealed_at: row.appealed_at,
            due_at: row.due_at,
            decision: row.decision,
            answer: row.answer,
            decided_at: row.decided_at,
            files,
        };
        Self {
            events: lines(page.events, &page.names),
            row: page.found.into(),
            reasons: reasons(page.reasons),
            remark: page.remark,
            reveals: page.reveals,
            targets: page.targets,
            appeal: page.appeal.map(appeal),
            actions: page.actions,
            rated: page.rated,
            tasked: page.task.is_some(),
            task: page.task.and_then(|followed| followed.task),
            may_task: page.may_task,
        }
    }
}

impl RatingAppeal {
    /// As the viewer sees it.
    pub fn new(cx: &Cx, found: Appeal) -> Self {
        let Appeal { row, center, center_status, opened_by, decided_by } = found;
        let me = cx.scope().ok().and_then(Scope::account);
        Self {
            id: row.id,
            center: (&center).into(),
            center_status,
            post: row.post,
            rated_on: row.rated_on,
            level: row.level,
            ground: row.ground,
            reason: row.reason,
            status: row.status,
            appealed_at: row.appealed_at,
            due_at: row.due_at,
            late: row.status == RatingAppealStatus::Open && row.due_at.is_some_and(|due| cx.now() > due),
            opened_by,
            mine: row.opened_by.is_some() && row.opened_by == me,
            decision: row.decision,
            answer: row.answer,
            decided_by,
            decided_at: row.decided_at,
        }
    }
}

impl RatingAppealPage {
    /// As the viewer sees it.
    pub fn new(cx: &Cx, found: Appeal, case: Option<File>) -> Self {
        let case = case.map(|file| AppealedCase {
            named: file.case.named,
            finding: file.case.finding,
            reasons: reasons(file.reasons),
            remark: file.remark,
            events: lines(file.events, &file.names),
            files: file.files,
        });
        Self { appeal: RatingAppeal::new(cx, found), case }
    }
}
