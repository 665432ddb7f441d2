//! What is shown: the sessions of a year, one of them, who is still to be trained, one's own part. Each in a number of
//! statements that does not grow with the rows.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::{
    PostId, StaffId, TrainingId, Violation,
    calendar::local_date,
    permission::Permission,
    policy::PolicyKey,
    posts::PostStatus,
    training::{self, Coverage, SessionKind, SessionStatus, days_of},
};
use entity::{post, staff_member, training_attendance, training_session};

use super::{super::repo, record};
use crate::{
    error::{Error, Result},
    graphql::context::Cx,
    posts::{self, repo::People},
};

/// A session and how many were there.
pub struct Listed {
    /// The session.
    pub row: training_session::Model,
    /// How many were there.
    pub attended: u32,
    /// How many should have been and were not.
    pub absent: u32,
    /// How many passed.
    pub passed: u32,
}

/// A session with who took part.
pub struct SessionPage {
    /// The session.
    pub row: training_session::Model,
    /// Who took part, and how.
    pub marks: Vec<training_attendance::Model>,
    /// Who they are, and everybody who works here.
    pub people: People,
}

/// Somebody who was trained too seldom.
pub struct Missing {
    /// Who.
    pub staff: StaffId,
    /// How often they were trained.
    pub times: u32,
    /// Where they work, or did in that year.
    pub posts: Vec<PostId>,
}

/// How far a year's people are trained.
pub struct YearCoverage {
    /// Which year.
    pub year: i32,
    /// How many trainings are asked for.
    pub asked: u32,
    /// How many people there are.
    pub total: usize,
    /// Those who were trained too seldom, by number.
    pub missing: Vec<Missing>,
    /// How many trainings were held.
    pub trainings: usize,
    /// How many tests.
    pub tests: usize,
    /// How many of these without notice.
    pub unscheduled: usize,
    /// Their posts.
    pub posts: Vec<post::Model>,
    /// Who they are.
    pub people: People,
}

/// Somebody's own part in a session.
pub struct OwnMark {
    /// The session.
    pub session: training_session::Model,
    /// How they took part.
    pub mark: training_attendance::Model,
}

/// What somebody sees of trainings.
pub struct OwnTraining {
    /// The viewer; none when they are not on the staff.
    pub me: Option<staff_member::Model>,
    /// This year.
    pub year: i32,
    /// How often they were trained this year.
    pub times: u32,
    /// How many trainings are asked for.
    pub asked: u32,
    /// What lies ahead, soonest first.
    pub ahead: Vec<training_session::Model>,
    /// Their own part, newest first.
    pub marks: Vec<OwnMark>,
}

/// The sessions of a year, newest first.
pub async fn sessions(cx: &Cx, year: i32) -> Result<Vec<Listed>> {
    cx.scope()?.require(Permission::TrainingManage)?;
    let (from, until) = days(year)?;
    let tx = cx.read().await?;
    let counts: HashMap<_, _> = tx.attendance(year).await?.into_iter().map(|row| (row.session, row)).collect();
    let listed = |row: training_session::Model| {
        let counted = counts.get(&row.id);
        let number = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
        let attended = number(counted.map(|c| c.attended));
        let absent = number(counted.map(|c| c.marks)).saturating_sub(attended);
        Listed { attended, absent, passed: number(counted.map(|c| c.passed)), row }
    };
    Ok(repo::sessions(&tx, from, until).await?.into_iter().map(listed).collect())
}

/// One session.
pub async fn session(cx: &Cx, id: TrainingId) -> Result<SessionPage> {
    cx.scope()?.require(Permission::TrainingManage)?;
    let tx = cx.read().await?;
    let row = repo::session(&tx, id).await?;
    let marks = repo::marks(&tx, id).await?;
    // Whoever has left since is named where they were there.
    let marked: BTreeSet<_> = marks.iter().map(|mark| mark.staff_id).collect();
    let all = posts::repo::staff(&tx, true).await?.into_iter();
    let people = all.filter(|one| one.left_on.is_none_or(|left| left >= row.on_day) || marked.contains(&one.id));
    let people = people.map(|one| (one.id, one)).collect();
    Ok(SessionPage { row, marks, people })
}

/// Who of a year's people is still to be trained: everybody who has a day at a post in use in that year.
pub async fn coverage(cx: &Cx, year: i32) -> Result<YearCoverage> {
    cx.scope()?.require(Permission::TrainingManage)?;
    let (from, until) = days(year)?;
    let today = local_date(cx.now());
    let tx = cx.read().await?;
    let posts: Vec<_> = posts::repo::posts(&tx).await?;
    let posts: Vec<_> = posts.into_iter().filter(|row| row.status == PostStatus::Active).collect();
    let mut at: HashMap<StaffId, Vec<PostId>> = HashMap::new();
    for row in posts::repo::assignments_between(&tx, from, until).await? {
        let of = at.entry(row.staff_id).or_default();
        if posts.iter().any(|post| post.id == row.post_id) && !of.contains(&row.post_id) {
            of.push(row.post_id);
        }
    }
    at.retain(|_, posts| !posts.is_empty());
    let people = posts::repo::people(&tx, at.keys().copied().collect()).await?;
    let counted = people.values().filter(|row| training::counts(row.left_on, year, today)).map(|row| row.id);
    let times = record::in_year(&tx, year).await?;
    let asked = cx.rules().await?.policy.get(PolicyKey::TrainingMinPerYear);
    let of = |staff| times.get(&staff).copied().unwrap_or_default();
    let Coverage { total, missing } = Coverage::of(&counted.collect(), of, asked);
    let mut missing: Vec<_> = missing
        .into_iter()
        .map(|(staff, times)| Missing { staff, times, posts: at.remove(&staff).unwrap_or_default() })
        .collect();
    missing.sort_by_key(|one| people.get(&one.staff).map(|row| row.staff_no.clone()));
    let people: People = people.into_iter().filter(|(id, _)| missing.iter().any(|one| one.staff == *id)).collect();
    let held = repo::sessions(&tx, from, until).await?;
    let held: Vec<_> = held.into_iter().filter(|row| row.status == SessionStatus::Held).collect();
    let tests: Vec<_> = held.iter().filter(|row| row.kind == SessionKind::SkillTest).collect();
    let unscheduled = tests.iter().filter(|row| row.unscheduled).count();
    let (trainings, tests) = (held.len() - tests.len(), tests.len());
    Ok(YearCoverage { year, asked, total, missing, trainings, tests, unscheduled, posts, people })
}

/// The viewer's own part, and what lies ahead.
pub async fn own(cx: &Cx) -> Result<OwnTraining> {
    cx.scope()?.require(Permission::TrainingRead)?;
    let today = local_date(cx.now());
    let tx = cx.read().await?;
    let asked = cx.rules().await?.policy.get(PolicyKey::TrainingMinPerYear);
    let ahead = repo::ahead(&tx, today).await?;
    let me = posts::service::me(cx, &tx).await?;
    let Some(id) = me.as_ref().map(|me| me.id) else {
        return Ok(OwnTraining { me, year: today.year(), times: 0, asked, ahead, marks: Vec::new() });
    };
    let times = record::in_year(&tx, today.year()).await?.get(&id).copied().unwrap_or_default();
    let marks = repo::marks_of(&tx, id).await?;
    let sessions = repo::named(&tx, marks.iter().map(|mark| mark.session_id).collect()).await?;
    let with_session = |mark: training_attendance::Model| {
        let session = sessions.iter().find(|row| row.id == mark.session_id)?.clone();
        Some(OwnMark { session, mark })
    };
    let marks = marks.into_iter().filter_map(with_session).collect();
    Ok(OwnTraining { me, year: today.year(), times, asked, ahead, marks })
}

fn days(year: i32) -> Result<(NaiveDate, NaiveDate)> {
    days_of(year).ok_or_else(|| Error::from(Violation::new("year", "calendar.date_out_of_range")))
}
