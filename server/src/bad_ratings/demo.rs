//! How the demo's bad ratings went on, at the center that a newcomer sees first: one that was put right and closed, one
//! against which the administrator has appealed, one that is being put right, and some that nobody has looked at yet.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use domain::{
    bad_ratings::{BadRatingFinding, BadRatingStatus, RaterContact, appeal::RatingAppealGround},
    calendar::{local_date, shanghai},
    complaints::{FeedbackMode, HandlingSatisfaction},
};
use entity::bad_rating;

use super::{repo, service::steps};
use crate::{
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::service::Seen,
};

/// Goes on with what the demo's ratings have opened.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let teller = Teller { app, cast, now: app.clock.now() };
    let cx = teller.at(teller.now, 0);
    let mut rows = repo::with_a_clock(&*cx.read().await?).await?;
    rows.retain(|row| row.status == BadRatingStatus::Received);
    rows.sort_by_key(|row| (row.opened_at, row.rated_on, row.id));
    for (n, row) in rows.into_iter().enumerate() {
        match n % 5 {
            0 => teller.closed(row).await?,
            1 => teller.appealed(row).await?,
            2 => drop(teller.rectifying(row, "柜台解释政策时语气生硬。").await?),
            _ => {}
        }
    }
    Ok(())
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    /// By the administrator, so many days after the case was opened, at half past nine; never later than now.
    fn at(&self, opened: DateTime<Utc>, days: u64) -> Cx {
        let day = local_date(opened) + Days::new(days);
        let time = NaiveTime::from_hms_opt(9, 30, 0).unwrap_or_default();
        let at = day.and_time(time).and_local_timezone(shanghai()).single().map(|at| at.to_utc());
        let at = at.unwrap_or(self.now).max(opened).min(self.now);
        let app = self.app.at(Clock::fixed(at));
        Cx::new(app, Some(self.cast.admin.clone()), None, "demo".to_owned())
    }

    async fn verified(
        &self,
        row: bad_rating::Model,
        finding: BadRatingFinding,
        text: &str,
    ) -> Result<bad_rating::Model> {
        let opened = row.opened_at;
        let (outcome, said) = if row.named {
            (RaterContact::Reached, "电话联系，了解当日经过。")
        } else {
            (RaterContact::NoContact, "未留联系方式，调看当日监控和叫号记录。")
        };
        let row = steps::contact(&self.at(opened, 0), seen(&row), outcome, said).await?;
        steps::verify(&self.at(opened, 1), seen(&row), finding, text).await
    }

    async fn rectifying(&self, row: bad_rating::Model, text: &str) -> Result<bad_rating::Model> {
        let opened = row.opened_at;
        let row = self.verified(row, BadRatingFinding::Clear, text).await?;
        let how = "班前会通报，窗口负责人逐一演练服务用语，一周内复查。";
        steps::rectify(&self.at(opened, 1), seen(&row), how).await
    }

    async fn closed(&self, row: bad_rating::Model) -> Result<()> {
        let (opened, named) = (row.opened_at, row.named);
        let row = self.rectifying(row, "等候区没有说明需要补的材料，群众跑了两趟。").await?;
        let mode = named.then_some(FeedbackMode::Phone);
        let mut row =
            steps::feed_back(&self.at(opened, 2), seen(&row), "已补贴材料清单，窗口一次性告知。", mode).await?;
        if named {
            let level = Some(HandlingSatisfaction::Satisfied);
            let (reached, said) = (RaterContact::Reached, "评价人认可整改结果。");
            row = steps::call_back(&self.at(opened, 3), seen(&row), reached, level, said).await?;
        }
        // Not before the rated side may no longer appeal.
        let over = row.appeal_until.filter(|until| *until < self.now);
        let Some(over) = over else { return Ok(()) };
        steps::close(&self.at(over + TimeDelta::hours(10), 0), seen(&row)).await.map(drop)
    }

    /// The administrator speaks for the center where no post was rated; elsewhere the rated side has not said anything.
    async fn appealed(&self, row: bad_rating::Model) -> Result<()> {
        let (opened, centers) = (row.opened_at, row.post_id.is_none());
        let row = self.verified(row, BadRatingFinding::Mistaken, "评价人称点错了一栏，本意是满意。").await?;
        if centers {
            let why = "评价人在电话中确认点错，请求不计入。";
            steps::appeal(&self.at(opened, 1), seen(&row), RatingAppealGround::Mistaken, why, &[]).await?;
        }
        Ok(())
    }
}

const fn seen(row: &bad_rating::Model) -> Seen<domain::BadRatingId> {
    Seen { id: row.id, version: row.version }
}
