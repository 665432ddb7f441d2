//! What may be done with the case of a bad rating: one verb, one transaction, one line in the log, one entry in the audit.

pub mod appeals;
pub mod clock;
pub mod opening;
pub mod reading;
pub mod steps;
pub mod tasks;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, BadRatingEventId, BadRatingId, RatingAppealId,
    bad_ratings::{
        BadRatingAction, BadRatingEventKind, BadRatingStatus, Facts, Part,
        clock::{BadRatingStep, due_at},
    },
    permission::Permission,
};
use entity::{bad_rating, bad_rating_event};
use sea_orm::ActiveValue::Set;

pub use self::opening::{NewBadRating, open};
use super::repo::{self, Seen};
use crate::{
    auth::scope::Within,
    crypto::CenterKeys,
    db::{ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::{CityRules, Cx},
    posts,
};

/// The encrypted words of a rater.
pub const REMARK: &str = "remark";
/// How to reach a rater, encrypted.
pub const CONTACT: &str = "contact";
/// The encrypted text of a line in the log.
const BODY: &str = "body";

/// What the viewer is to the cases of the center.
pub struct Viewer {
    /// What they see.
    seen: Seen,
    handles: bool,
    appeals: bool,
    administers: bool,
}

impl Viewer {
    /// Reads it; a number of statements that does not grow.
    pub async fn of(tx: &ReadTx) -> Result<Self> {
        let scope = tx.scope();
        let account = scope.account().ok_or(Error::Unauthenticated)?;
        let holds = |permission| scope.require(permission).is_ok();
        let me = posts::repo::person_of(tx, account).await?.map(|person| person.id);
        let rated = repo::rated(tx, me, account).await?;
        let posts = posts::repo::posts(tx).await?;
        let led = posts.into_iter().filter(|post| me.is_some() && post.lead_id == me).map(|post| post.id).collect();
        Ok(Self {
            seen: Seen { all: scope.within() == Some(Within::All), rated, led },
            handles: holds(Permission::BadRatingHandle),
            appeals: holds(Permission::BadRatingAppeal),
            administers: holds(Permission::PostManage),
        })
    }

    /// What they have to do with a case, and whether they speak for the rated side; none where it is not there for them.
    /// Whoever is rated is nothing else, and knows of it once it is verified.
    fn part(&self, row: &bad_rating::Model) -> Option<(Part, bool)> {
        let told = !BadRatingStatus::UNTOLD.contains(&row.status);
        let rated = self.seen.rated.contains(&row.id);
        let leads = row.post_id.is_some_and(|post| self.seen.led.contains(&post));
        let centers = row.post_id.is_none() && self.administers;
        let part = if rated {
            told.then_some(Part::Rated)
        } else if self.seen.all {
            Some(if self.handles { Part::Handles } else { Part::Looks })
        } else {
            (leads && told).then_some(Part::Rated)
        };
        part.map(|part| (part, self.appeals && (rated || leads || centers)))
    }
}

/// A case that the viewer sees; to anybody else it is not there.
async fn seen(tx: &ReadTx, id: BadRatingId) -> Result<(bad_rating::Model, Viewer, (Part, bool))> {
    let row = repo::case(tx, id).await?;
    let viewer = Viewer::of(tx).await?;
    let part = viewer.part(&row).ok_or(Error::NotFound(Kind::Row))?;
    Ok((row, viewer, part))
}

/// Whether the viewer sees the case of an appeal, and with it the evidence.
pub async fn sees_appeal(tx: &ReadTx, id: RatingAppealId) -> Result<bool> {
    let found = match repo::appeal(tx, id).await {
        Ok(appeal) => seen(tx, appeal.bad_rating_id).await.map(drop),
        Err(error) => Err(error),
    };
    match found {
        Ok(()) => Ok(true),
        Err(Error::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What the rules need to know of a case.
fn facts(row: &bad_rating::Model) -> Facts {
    Facts {
        status: row.status,
        named: row.named,
        missed: u32::try_from(row.missed).unwrap_or(0),
        extended: row.extended,
        again: row.again,
        due_at: row.due_at,
        appeal_until: row.appeal_until,
        appealed: row.appealed,
    }
}

/// Sets the clock of the step that a case in `status` owes, where that is another one than before. A date past the last
/// published year comes with its list.
fn set_clock(
    change: &mut bad_rating::ActiveModel,
    (status, named, before): (BadRatingStatus, bool, Option<BadRatingStep>),
    now: DateTime<Utc>,
    rules: &CityRules,
) {
    let step = BadRatingStep::of(status, named);
    if step == before {
        return;
    }
    let days = step.map(|step| step.days(&rules.policy));
    change.due_step = Set(step);
    change.step_started_at = Set(now);
    change.step_days = Set(days.map(days_stored));
    change.due_at = Set(days.and_then(|days| due_at(now, days, &rules.calendar).ok()));
    change.overdue_at = Set(None);
}

/// Working days as the database keeps them: policy values are far below the limit.
fn days_stored(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// What a line in the log says.
struct Line<'a> {
    kind: BadRatingEventKind,
    /// A key or a day that goes with the kind.
    detail: Option<String>,
    /// In words; kept encrypted.
    body: Option<&'a str>,
}

impl<'a> Line<'a> {
    const fn of(kind: BadRatingEventKind) -> Self {
        Self { kind, detail: None, body: None }
    }

    fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    fn words(self, text: &'a str) -> Self {
        Self { body: Some(text.trim()).filter(|text| !text.is_empty()), ..self }
    }
}

/// Writes a line into the log.
async fn log(cx: &Cx, tx: &mut WriteTx, (case, status): (BadRatingId, BadRatingStatus), line: Line<'_>) -> Result<()> {
    let keys = keys(cx, tx)?;
    let row = bad_rating_event::ActiveModel {
        id: Set(BadRatingEventId(cx.app.ids.next())),
        bad_rating_id: Set(case),
        kind: Set(line.kind),
        status: Set(status),
        detail: Set(line.detail),
        body_enc: Set(line.body.map(|text| keys.seal(BODY, text)).transpose()?),
        actor_id: Set(tx.scope().account()),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(row).await.map(drop)
}

/// The keys of the center in which this is, also for the city inside a case.
fn keys(cx: &Cx, tx: &ReadTx) -> Result<CenterKeys> {
    Ok(cx.app.keys.center(tx.scope().tenant().ok_or(Error::OutOfReach)?))
}

/// Who has written in a log.
fn actors(events: &[bad_rating_event::Model]) -> BTreeSet<AccountId> {
    events.iter().filter_map(|event| event.actor_id).collect()
}

/// The permission that a step takes.
const fn permission(action: BadRatingAction) -> Permission {
    match action {
        BadRatingAction::Appeal => Permission::BadRatingAppeal,
        _ => Permission::BadRatingHandle,
    }
}

/// What the audit says of a step.
const fn verb(action: BadRatingAction) -> Verb {
    match action {
        BadRatingAction::Contact => Verb::RaterContacted,
        BadRatingAction::Verify => Verb::BadRatingVerified,
        BadRatingAction::Rectify => Verb::BadRatingRectified,
        BadRatingAction::Extend => Verb::BadRatingExtended,
        BadRatingAction::FeedBack => Verb::BadRatingFedBack,
        BadRatingAction::CallBack => Verb::RaterCalledBack,
        BadRatingAction::Close => Verb::BadRatingClosed,
        BadRatingAction::Note => Verb::BadRatingNoted,
        BadRatingAction::Appeal => Verb::RatingAppealed,
    }
}
