//! What others see of what the public says: weeks that are over, figures about enough people, words without whose they
//! are (P-7, P-8). Domain `suppress` says what is shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use domain::{
    FormVersionId, RatingPointId,
    bad_ratings::appeal::RatingAppealGround,
    calendar::local_date,
    evaluation::{
        forms::{FormContent, Line, Questionnaire},
        levels::{FiveLevel, FourLevel},
        ratings::{RatingOrigin, last_week, monday},
        suppress::{self, Counted},
    },
    permission::Permission,
    policy::PolicyKey,
};
use entity::{rating_flag, rating_point, rating_tally, survey_response};
use sea_orm::Order;

use crate::{
    bad_ratings,
    db::ReadTx,
    error::Result,
    evaluation::forms::service::published,
    graphql::context::Cx,
    posts::service::reading::own_posts,
    ratings::{flags, repo},
};

/// Weeks that a page offers.
const WEEKS: usize = 26;

/// How many chose each level.
pub type Levels = BTreeMap<FiveLevel, u64>;

/// A row of a week.
pub struct Row {
    /// The point; none for the link after an answered complaint.
    pub point: Option<rating_point::Model>,
    /// What was given there; none where it is not shown.
    pub levels: Option<Levels>,
    /// Signs that not all of it was given freely; none where it is not shown.
    pub marks: Vec<rating_flag::Model>,
}

/// Form E as some people answered it.
pub struct Answered {
    /// How many they are.
    pub responses: u64,
    /// Each row, and how many chose each level.
    pub rows: Vec<(Line, BTreeMap<FourLevel, u64>)>,
}

/// Form E by one of its versions.
pub struct Survey {
    /// All of it together.
    pub all: Answered,
    /// Department by department, as the form names them; last of those who named none. None where it is not shown.
    pub departments: Vec<(Option<Line>, Option<Answered>)>,
}

/// A week that is over.
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// All of it together; none where that would be about too few.
    pub total: Option<Levels>,
    /// The same without ratings that the city has excluded, where there are some.
    pub without_excluded: Option<Counted>,
    /// How many these are, by why they do not count; none where the total is not shown.
    pub excluded: BTreeMap<RatingAppealGround, u64>,
    /// Point by point.
    pub rows: Vec<Row>,
    /// Ratings that nobody gave: by a rule elsewhere, and brought in.
    pub defaulted: u64,
    /// … brought in from elsewhere.
    pub imported: u64,
    /// What people wrote, in no order.
    pub words: Vec<String>,
    /// Form E, version by version.
    pub surveys: Vec<Survey>,
}

/// What there is to see.
pub struct Results {
    /// Mondays of weeks that are over, the last one first.
    pub weeks: Vec<NaiveDate>,
    /// The one that was asked for, or the last one; none where it is not over or nothing was given before.
    pub week: Option<Week>,
    /// How many people a figure is about at least.
    pub least: u32,
}

/// The week that `day` lies in, or the last one.
pub async fn results(cx: &Cx, day: Option<NaiveDate>) -> Result<Results> {
    cx.scope()?.require(Permission::RatingRead)?;
    let tx = cx.read().await?;
    let least = cx.rules().await?.policy.get(PolicyKey::RatingMinGroup);
    let weeks = weeks(&tx).await?;
    let wanted = day.map(monday).or_else(|| weeks.first().copied());
    let week = match wanted.filter(|monday| weeks.contains(monday)) {
        Some(monday) => Some(week(cx, &tx, monday, least.into()).await?),
        None => None,
    };
    Ok(Results { weeks, week, least })
}

async fn weeks(tx: &ReadTx) -> Result<Vec<NaiveDate>> {
    let (first, last) = (repo::closed(tx, Order::Asc).await?, repo::closed(tx, Order::Desc).await?);
    let Some((first, last)) = first.zip(last) else { return Ok(Vec::new()) };
    let mut weeks = Vec::new();
    let mut week = last_week(last);
    while week >= monday(first) && weeks.len() < WEEKS {
        weeks.push(week);
        week = week - Days::new(7);
    }
    Ok(weeks)
}

async fn week(cx: &Cx, tx: &ReadTx, monday: NaiveDate, least: u64) -> Result<Week> {
    let sunday = monday + Days::new(6);
    let tallies = repo::tallies(tx, monday, sunday).await?;
    let of = |origin| tallies.iter().filter(move |row| row.origin == origin);
    let sum = |origin| of(origin).map(number).sum::<u64>();
    let points = points(tx, of(RatingOrigin::Active).map(|row| row.point_id), monday).await?;
    let mut given: HashMap<Option<RatingPointId>, Levels> = HashMap::new();
    for row in of(RatingOrigin::Active) {
        *given.entry(row.point_id).or_default().entry(row.level).or_default() += number(row);
    }
    let sizes: Vec<u64> = points
        .iter()
        .map(|point| given.get(&point.as_ref().map(|row| row.id)).map_or(0, |levels| levels.values().sum()))
        .collect();
    let shown = suppress::shown(&sizes, least);
    let mut total = Levels::new();
    for (level, count) in given.values().flatten() {
        *total.entry(*level).or_default() += count;
    }
    let flags = flags::repo::standing(tx, monday, sunday).await?;
    let rows = points.into_iter().zip(shown.rows).map(|(point, open)| {
        let id = point.as_ref().map(|row| row.id);
        let levels = given.remove(&id).unwrap_or_default();
        let marks = flags.iter().filter(|flag| open && flag.point_id == id).cloned().collect();
        Row { point, levels: open.then_some(levels), marks }
    });
    let rows = mine(cx, tx, rows.collect()).await?;
    let exclusions = if shown.total { bad_ratings::repo::exclusions(tx, monday, sunday).await? } else { Vec::new() };
    let levels: Vec<_> = exclusions.iter().map(|(level, _)| *level).collect();
    let mut excluded = BTreeMap::new();
    for (_, ground) in exclusions {
        *excluded.entry(ground).or_default() += 1;
    }
    let enough = |count: u64| if count >= least { count } else { 0 };
    Ok(Week {
        monday,
        without_excluded: suppress::counted(&total, &levels, least),
        excluded,
        words: if shown.total { words(cx, tx, monday, sunday).await? } else { Vec::new() },
        total: shown.total.then_some(total),
        rows,
        defaulted: enough(sum(RatingOrigin::Defaulted)),
        imported: enough(sum(RatingOrigin::Imported)),
        surveys: surveys(tx, monday, sunday, least).await?,
    })
}

fn number(row: &rating_tally::Model) -> u64 {
    u64::try_from(row.ratings).unwrap_or_default()
}

/// The rows of a week: the points that were in use in it or at which something was given, and the link.
async fn points(
    tx: &ReadTx,
    rated: impl Iterator<Item = Option<RatingPointId>>,
    monday: NaiveDate,
) -> Result<Vec<Option<rating_point::Model>>> {
    let rated: BTreeSet<_> = rated.flatten().collect();
    let mut points = repo::points(tx).await?;
    points.retain(|row| rated.contains(&row.id) || row.revoked_at.is_none_or(|revoked| local_date(revoked) >= monday));
    Ok(points.into_iter().map(Some).chain([None]).collect())
}

/// Of the rows those that the viewer sees: all of them, or those of their own posts.
async fn mine(cx: &Cx, tx: &ReadTx, mut rows: Vec<Row>) -> Result<Vec<Row>> {
    if cx.scope()?.require(Permission::RatingReadAll).is_err() {
        let posts = own_posts(cx, tx).await?.unwrap_or_default();
        rows.retain(|row| row.point.as_ref().and_then(|point| point.post_id).is_some_and(|post| posts.contains(&post)));
    }
    Ok(rows)
}

/// What people wrote, also in form E. Of everybody together and not point by point: there they would be too few.
async fn words(cx: &Cx, tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<String>> {
    if cx.scope()?.require(Permission::RatingReadAll).is_err() {
        return Ok(Vec::new());
    }
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let rows = repo::notes(tx, from, until).await?;
    rows.iter().map(|row| keys.open("remark", &row.remark_enc)).collect()
}

async fn surveys(tx: &ReadTx, from: NaiveDate, until: NaiveDate, least: u64) -> Result<Vec<Survey>> {
    let mut by_form: BTreeMap<FormVersionId, Vec<survey_response::Model>> = BTreeMap::new();
    for row in repo::surveys(tx, from, until).await?.into_iter().filter(|row| row.origin == RatingOrigin::Active) {
        by_form.entry(row.form_version).or_default().push(row);
    }
    let mut surveys = Vec::new();
    for (form, rows) in by_form {
        let (_, FormContent::Questionnaire(content)) = published(tx, form).await? else { continue };
        surveys.extend(survey(&content, &rows, least)?);
    }
    Ok(surveys)
}

/// Everybody answers every row, so the rows of a department are all about the same people: what is shown is decided for the
/// whole department.
fn survey(form: &Questionnaire, rows: &[survey_response::Model], least: u64) -> Result<Option<Survey>> {
    let mut names: Vec<_> =
        form.departments.rows.iter().flat_map(|row| &row.choices).map(|line| Some(line.clone())).collect();
    names.push(None);
    let place = |row: &survey_response::Model| {
        let named = |line: &Option<Line>| line.as_ref().is_some_and(|line| Some(&line.code) == row.department.as_ref());
        names.iter().position(named).unwrap_or(names.len() - 1)
    };
    let mut of: Vec<Vec<&survey_response::Model>> = vec![Vec::new(); names.len()];
    for row in rows {
        of[place(row)].push(row);
    }
    let sizes: Vec<_> = of.iter().map(|rows| u64::try_from(rows.len()).unwrap_or_default()).collect();
    let shown = suppress::shown(&sizes, least);
    if !shown.total {
        return Ok(None);
    }
    let parts = of.iter().zip(shown.rows).map(|(rows, open)| open.then(|| answered(form, rows)).transpose());
    let departments = names.into_iter().zip(parts.collect::<Result<Vec<_>>>()?).collect();
    Ok(Some(Survey { all: answered(form, &rows.iter().collect::<Vec<_>>())?, departments }))
}

fn answered(form: &Questionnaire, rows: &[&survey_response::Model]) -> Result<Answered> {
    let mut counts: HashMap<String, BTreeMap<FourLevel, u64>> = HashMap::new();
    for row in rows {
        let answers: Vec<(String, FourLevel)> = serde_json::from_str(&row.answers).map_err(anyhow::Error::from)?;
        for (code, level) in answers {
            *counts.entry(code).or_default().entry(level).or_default() += 1;
        }
    }
    let lines = form.rows.iter().map(|line| (line.clone(), counts.remove(&line.code).unwrap_or_default()));
    Ok(Answered { responses: u64::try_from(rows.len()).unwrap_or_default(), rows: lines.collect() })
}
