//! Checks of appearance as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AppearanceCheckId, PostId, StaffId,
    appearance::{Failure, Group, Item, Mark, Measure, Wording},
};
use entity::{appearance_check, appearance_result, post};

use super::super::service::{
    Badge,
    reading::{Last, List, Offered, Page, Place},
};
use crate::{
    files::graphql::AttachedFile,
    posts::graphql::{StaffName, names},
};

/// A check of somebody at their post.
#[derive(SimpleObject)]
pub struct AppearanceCheck {
    /// Its id.
    id: AppearanceCheckId,
    /// How often it was changed.
    version: i32,
    /// Where.
    post_id: PostId,
    /// Whom.
    staff: StaffId,
    /// When.
    on: NaiveDate,
    /// How many items were in order.
    passed: i32,
    /// Of how many that apply.
    asked: i32,
    /// Whether the person has answered.
    answered: bool,
}

/// A post where somebody is checked.
#[derive(SimpleObject)]
pub struct AppearancePost {
    /// Its id.
    id: PostId,
    /// What it is called.
    name: String,
}

/// Somebody at a post today, and the last check of them in a year.
#[derive(SimpleObject)]
pub struct AppearanceLast {
    /// Who.
    staff: StaffId,
    /// Where they are today.
    post_id: PostId,
    /// The last check.
    check: Option<AppearanceCheck>,
}

/// What failed in most people in ninety days.
#[derive(SimpleObject)]
pub struct AppearanceFailing {
    /// Which item.
    item: Item,
    /// In how many people; never fewer than five.
    people: usize,
}

/// What somebody failed again in ninety days.
#[derive(SimpleObject)]
pub struct AppearanceRepeat {
    /// Who.
    staff: StaffId,
    /// Which item.
    item: Item,
    /// In how many checks.
    times: usize,
}

/// The checks that the viewer sees, and what they come to.
#[derive(SimpleObject)]
pub struct AppearanceList {
    /// Newest first, at most 100 of a year.
    checks: Vec<AppearanceCheck>,
    /// Whether there are more.
    more: bool,
    /// Who is at a post of the viewer's today: those whom nobody has checked first, then by the day of their last check.
    last: Vec<AppearanceLast>,
    /// What failed in most people.
    failing: Vec<AppearanceFailing>,
    /// What somebody failed again.
    repeats: Vec<AppearanceRepeat>,
    /// The posts that are named.
    posts: Vec<AppearancePost>,
    /// Who is named.
    people: Vec<StaffName>,
    /// The center's own pictures of dress.
    pictures: Vec<AttachedFile>,
}

/// How an item was.
#[derive(SimpleObject)]
pub struct AppearanceResult {
    /// Which.
    item: Item,
    /// How it was.
    mark: Mark,
    /// Whether a number was over its limit.
    exceeded: bool,
    /// How many pieces; a height is not kept.
    pieces: Option<i32>,
    /// What there is to say.
    note: Option<String>,
}

/// One check with everything about it.
#[derive(SimpleObject)]
pub struct AppearancePage {
    /// The check.
    check: AppearanceCheck,
    /// Its items, in their order.
    results: Vec<AppearanceResult>,
    /// Where.
    post: AppearancePost,
    /// Whom.
    staff_name: String,
    /// Who checked.
    checker: String,
    /// When it was written down.
    created_at: DateTime<Utc>,
    /// What there is to say besides.
    note: Option<String>,
    /// The words of a forbidden phrase that was heard.
    phrase: Option<String>,
    /// Photos.
    files: Vec<AttachedFile>,
    /// What the person said to it.
    answer: Option<String>,
    /// When.
    answered_at: Option<DateTime<Utc>>,
    /// Whether the viewer may answer it.
    may_answer: bool,
}

/// An item, as it is offered about somebody.
#[derive(SimpleObject)]
pub struct AppearanceItem {
    /// Which.
    item: Item,
    /// What it is about.
    group: Group,
    /// What is measured.
    measure: Option<Measure>,
    /// In which words.
    wording: Wording,
}

/// A post where the viewer may check, and whom.
#[derive(SimpleObject)]
pub struct AppearancePlace {
    /// The post.
    post: AppearancePost,
    /// Who is there today, by number.
    people: Vec<StaffName>,
}

impl From<appearance_check::Model> for AppearanceCheck {
    fn from(row: appearance_check::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            post_id: row.post_id,
            staff: row.staff_id,
            on: row.on_day,
            passed: row.passed,
            asked: row.asked,
            answered: row.answer.is_some(),
        }
    }
}

impl From<post::Model> for AppearancePost {
    fn from(post::Model { id, name, .. }: post::Model) -> Self {
        Self { id, name }
    }
}

impl From<Last> for AppearanceLast {
    fn from(Last { staff, post, check }: Last) -> Self {
        Self { staff, post_id: post, check: check.map(Into::into) }
    }
}

impl From<List> for AppearanceList {
    fn from(list: List) -> Self {
        let List { checks, more, last, failing, repeats, posts, people, pictures } = list;
        let repeat = |(Failure { staff, item }, times): (Failure, usize)| AppearanceRepeat { staff, item, times };
        Self {
            checks: checks.into_iter().map(Into::into).collect(),
            more,
            last: last.into_iter().map(Into::into).collect(),
            failing: failing.into_iter().map(|(item, people)| AppearanceFailing { item, people }).collect(),
            repeats: repeats.into_iter().map(repeat).collect(),
            posts: posts.into_iter().map(Into::into).collect(),
            people: names(people),
            pictures,
        }
    }
}

impl From<appearance_result::Model> for AppearanceResult {
    fn from(row: appearance_result::Model) -> Self {
        let appearance_result::Model { item, mark, exceeded, pieces, note, .. } = row;
        Self { item, mark, exceeded, pieces, note }
    }
}

impl From<Badge> for AppearanceResult {
    fn from(Badge { mark, note }: Badge) -> Self {
        Self { item: Item::PartyBadge, mark, exceeded: false, pieces: None, note }
    }
}

impl From<Page> for AppearancePage {
    fn from(page: Page) -> Self {
        let Page { check, results, badge, post, staff, checker, phrase, files, may_answer } = page;
        let mut results: Vec<AppearanceResult> = results.into_iter().map(Into::into).collect();
        results.extend(badge.map(Into::into));
        results.sort_by_key(|result| result.item);
        Self {
            results,
            post: post.into(),
            staff_name: staff.name,
            checker,
            created_at: check.created_at,
            note: check.note.clone(),
            phrase,
            files,
            answer: check.answer.clone(),
            answered_at: check.answered_at,
            may_answer,
            check: check.into(),
        }
    }
}

impl From<Offered> for AppearanceItem {
    fn from(Offered { spec, wording }: Offered) -> Self {
        Self { item: spec.item, group: spec.group, measure: spec.measure, wording }
    }
}

impl From<Place> for AppearancePlace {
    fn from(Place { post, people }: Place) -> Self {
        Self { post: post.into(), people: names(people) }
    }
}
