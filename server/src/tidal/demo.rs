//! An invented morning at the tidal window of the center that a newcomer sees first: a peak that was met, one that was
//! not, calls, work in the back, and a queue that fills as one looks.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PostId,
    calendar::local_date,
    tidal::{BackWork, CallForm, Level, WorkForm},
};

use super::{
    repo,
    service::{logs, readings, sessions},
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::service::Seen,
};

/// Minutes before now, and how many wait: a peak some days ago that was met.
const MET: [(i64, u32, u32); 9] =
    [(60, 8, 9), (50, 16, 18), (45, 19, 22), (40, 21, 26), (30, 17, 19), (20, 9, 10), (14, 5, 6), (6, 4, 4), (0, 2, 3)];
/// One that nobody answered.
const MISSED: [(i64, u32, u32); 6] = [(40, 16, 20), (33, 18, 23), (26, 8, 9), (18, 4, 5), (9, 3, 4), (0, 2, 2)];
/// Now: it fills, not yet for long enough.
const NOW: [(i64, u32, u32); 7] =
    [(38, 3, 4), (32, 4, 5), (26, 7, 8), (20, 9, 10), (14, 11, 12), (8, 12, 13), (3, 13, 14)];

/// Puts it in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let teller = Teller { app, cast, now: app.clock.now() };
    let Some(post) = repo::posts(&*teller.at(&cast.admin, TimeDelta::zero()).read().await?).await?.pop() else {
        return Ok(());
    };
    let (met, missed) = (TimeDelta::days(4), TimeDelta::days(3));
    teller.readings(post.id, met, &MET[..4]).await?;
    sessions::open(&teller.at(&cast.admin, met + TimeDelta::minutes(38)), post.id).await?;
    teller.readings(post.id, met, &MET[4..]).await?;
    sessions::drain(&teller.at(&cast.admin, met - TimeDelta::minutes(1)), post.id).await?;
    sessions::close(&teller.at(&cast.admin, met - TimeDelta::minutes(8)), post.id, 17).await?;
    teller.readings(post.id, missed, &MISSED).await?;
    teller.logs(post.id, missed).await?;
    teller.readings(post.id, TimeDelta::zero(), &NOW).await
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    async fn readings(&self, post: PostId, ago: TimeDelta, readings: &[(i64, u32, u32)]) -> Result<()> {
        for (minutes, waiting, wait) in readings {
            let cx = self.at(&self.cast.admin, ago + TimeDelta::minutes(*minutes));
            readings::by_hand(&cx, post, Level { waiting: *waiting, minutes: Some(*wait) }).await?;
        }
        Ok(())
    }

    async fn logs(&self, post: PostId, ago: TimeDelta) -> Result<()> {
        let by = &self.cast.staff;
        let then = self.at(by, ago);
        let call = |before, answered, tail: &str, note: &str| CallForm {
            called_at: then.now() - TimeDelta::minutes(before),
            answered,
            tail: Some(tail.to_owned()),
            note: Some(note.to_owned()),
        };
        logs::call(&then, post, call(70, true, "4412", "咨询居住证办理材料。")).await?;
        let row = logs::call(&then, post, call(25, false, "0937", "无人接听。")).await?;
        let later = self.at(by, ago - TimeDelta::minutes(30));
        logs::returned(&later, Seen { id: row.id, version: row.version }, "已回电，告知周末延时服务安排。").await?;
        let today = self.at(by, TimeDelta::minutes(4));
        let missed = CallForm { called_at: today.now(), ..call(0, false, "2286", "无人接听。") };
        logs::call(&today, post, missed).await?;
        let work = WorkForm {
            on: local_date(then.now()),
            kind: BackWork::Online,
            cases: 11,
            minutes: 95,
            note: Some("网上申报预审。".to_owned()),
        };
        logs::work(&then, post, work).await.map(drop)
    }

    fn at(&self, scope: &Scope, ago: TimeDelta) -> Cx {
        let app = self.app.at(Clock::fixed(self.now - ago));
        Cx::new(app, Some(scope.clone()), None, "demo".to_owned())
    }
}
