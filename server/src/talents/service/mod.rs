//! What may be done at a talent post: one verb, one transaction, one line in the log, one entry in the audit.
//!
//! Whoever works at a talent post today, or leads one, takes requests and sees the center's, without who it is. A request's
//! steward follows it; who leads its post, and the administrator, do so too and say who its steward is.

pub mod answers;
pub mod contact;
pub mod reading;
pub mod steps;
pub mod stewards;

use chrono::NaiveDate;
use domain::{
    PostId, StaffId, TalentEventId, TalentRequestId, Violation,
    permission::Permission,
    posts::PostStatus,
    talents::{AppointmentStatus, Course, Part, TalentAction, TalentStatus, TellMode},
};
use entity::{post, talent_event, talent_request};
use sea_orm::ActiveValue::Set;

use super::repo;
use crate::{
    db::{ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts,
};

/// The encrypted text of a line in the log.
const BODY: &str = "body";

/// What the viewer is at the talent posts of the center.
pub struct Viewer {
    /// Who they are on the staff.
    pub me: Option<StaffId>,
    /// The talent posts at which they work today or which they lead; of the administrator, all.
    pub posts: Vec<post::Model>,
    holds: bool,
    administers: bool,
}

impl Viewer {
    /// Reads it; a number of statements that does not grow.
    pub async fn of(cx: &Cx, tx: &ReadTx) -> Result<Self> {
        let scope = cx.scope()?;
        let holds = scope.require(Permission::TalentKeep).is_ok();
        let mut posts = repo::posts(tx).await?;
        let own = posts::service::reading::own_posts(cx, tx).await?;
        posts.retain(|row| holds && own.as_ref().is_none_or(|own| own.contains(&row.id)));
        let me = posts::service::me(cx, tx).await?.map(|me| me.id);
        Ok(Self { me, posts, holds, administers: own.is_none() })
    }

    /// Whether they see the center's requests: those at a post, and those who only look.
    fn sees(&self) -> bool {
        !self.holds || self.keeps()
    }

    /// Whether they work at a talent post, or administer the center.
    pub fn keeps(&self) -> bool {
        self.holds && (self.administers || !self.posts.is_empty())
    }

    /// What they have to do with a request.
    pub fn part(&self, row: &talent_request::Model) -> Part {
        let post = self.posts.iter().find(|post| post.id == row.post_id);
        match post {
            Some(_) if self.administers => Part::Directs,
            Some(post) if self.me.is_some() && post.lead_id == self.me => Part::Directs,
            Some(_) if self.me.is_some() && row.steward_id == self.me => Part::Follows,
            _ => Part::Looks,
        }
    }

    /// Whether they may see who it is: the administrator, and whoever follows the request.
    pub fn reveals(&self, row: &talent_request::Model) -> bool {
        self.part(row) != Part::Looks && (self.administers || (self.me.is_some() && row.steward_id == self.me))
    }

    /// Whether they say who is a steward, and a senior clerk.
    pub fn directs(&self) -> bool {
        let leads = |post: &post::Model| self.me.is_some() && post.lead_id == self.me;
        self.holds && (self.administers || self.posts.iter().any(leads))
    }
}

/// A request that the viewer sees; to others of the center it is not there.
async fn seen(cx: &Cx, tx: &ReadTx, id: TalentRequestId) -> Result<(talent_request::Model, Viewer)> {
    let row = repo::request(tx, id).await?;
    let viewer = Viewer::of(cx, tx).await?;
    if viewer.sees() { Ok((row, viewer)) } else { Err(Error::NotFound(Kind::Row)) }
}

/// A write at a talent post where the viewer works.
async fn at_post(cx: &Cx, post: PostId) -> Result<(WriteTx, post::Model)> {
    let tx = cx.write(&cx.scope()?.require(Permission::TalentKeep)?).await?;
    let row = repo::post(&tx, post).await?;
    let viewer = Viewer::of(cx, &tx).await?;
    if !viewer.posts.iter().any(|own| own.id == row.id) {
        Err(Violation::new("", "talents.not_there").into())
    } else if row.status == PostStatus::Active {
        Ok((tx, row))
    } else {
        Err(Violation::new("", "talents.not_in_use").into())
    }
}

/// A write of whoever works at some talent post, or administers the center.
async fn keeping(cx: &Cx) -> Result<WriteTx> {
    let tx = cx.write(&cx.scope()?.require(Permission::TalentKeep)?).await?;
    let viewer = Viewer::of(cx, &tx).await?;
    if viewer.keeps() { Ok(tx) } else { Err(Violation::new("", "talents.not_there").into()) }
}

/// What the course of a request needs to know of it.
const fn course(row: &talent_request::Model) -> Course {
    Course {
        status: row.status,
        told: row.told,
        rated: row.satisfaction.is_some(),
        purged: row.status.is_over() && row.purge_on.is_none(),
    }
}

/// What a line in the log says besides what was done.
#[derive(Clone, Copy, Debug, Default)]
struct Said<'a> {
    /// In words; kept encrypted.
    body: Option<&'a str>,
    /// The day that it is about.
    on: Option<NaiveDate>,
    /// How the talent was told.
    mode: Option<TellMode>,
    /// What became of an appointment.
    outcome: Option<AppointmentStatus>,
}

impl<'a> Said<'a> {
    /// Words alone.
    fn words(text: &'a str) -> Self {
        Self { body: Some(text), ..Self::default() }
    }
}

/// Writes a line into the log.
async fn log(
    cx: &Cx,
    tx: &mut WriteTx,
    request: TalentRequestId,
    (action, status): (Option<TalentAction>, TalentStatus),
    said: Said<'_>,
) -> Result<()> {
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let body = said.body.map(str::trim).filter(|text| !text.is_empty());
    let line = talent_event::ActiveModel {
        id: Set(TalentEventId(cx.app.ids.next())),
        request_id: Set(request),
        action: Set(action),
        status: Set(status),
        body_enc: Set(body.map(|text| keys.seal(BODY, text)).transpose()?),
        on_day: Set(said.on),
        mode: Set(said.mode),
        outcome: Set(said.outcome),
        actor_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(line).await.map(drop)
}

/// What the audit says of a step.
const fn verb(action: TalentAction) -> Verb {
    match action {
        TalentAction::Assign => Verb::TalentAssigned,
        TalentAction::Progress => Verb::TalentProgressNoted,
        TalentAction::Tell => Verb::TalentTold,
        TalentAction::Settle => Verb::TalentSettled,
        TalentAction::Complete => Verb::TalentCompleted,
        TalentAction::PlanContact => Verb::TalentContactPlanned,
        TalentAction::Appoint => Verb::TalentAppointed,
        TalentAction::EndAppointment => Verb::TalentAppointmentEnded,
        TalentAction::Rate => Verb::TalentRated,
        TalentAction::Withdraw => Verb::TalentWithdrawn,
    }
}
