//! Titles, ledgers, looks and gaps as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, LedgerEntryId, ModelTitleId, ObjectionId, PostCheckId, PostId, StaffId,
    model_posts::{
        Activity, CheckKind, EvidenceKind, Gap, ModelKind,
        gaps::{GapCode, Severity},
        ledger::{EntryAction, EntryStatus},
        team::Point,
        title::{ObjectionStatus, TitleAction, TitleStatus},
    },
};
use entity::{clause, ledger_entry, model_title, model_title_event, post_check};

use super::super::service::reading::{Entry, Lacking, Listed, Objection, TitlePage};
use crate::{files::graphql::AttachedFile, graphql::page::PageInfo, tenancy::graphql::MemberNode};

/// A title of a post.
#[derive(SimpleObject)]
pub struct ModelTitle {
    /// Its id.
    id: ModelTitleId,
    /// How often it was changed.
    version: i32,
    /// Of which post.
    post_id: PostId,
    /// Which title.
    kind: ModelKind,
    /// Where it stands.
    status: TitleStatus,
    /// When it was applied for.
    applied_on: NaiveDate,
    /// The last day for objections.
    publicised_until: Option<NaiveDate>,
    /// When it was awarded.
    awarded_on: Option<NaiveDate>,
    /// Points of the last appraisal, for a party pioneer post.
    score: Option<i32>,
    /// Stars of the last appraisal.
    appraised_stars: Option<i32>,
    /// Stars that it bears.
    stars: Option<i32>,
    /// The last day for the next review.
    recheck_on: Option<NaiveDate>,
    /// The last day of the term.
    ends_on: Option<NaiveDate>,
}

/// A title in a list.
#[derive(SimpleObject)]
pub struct TitleRow {
    /// The title.
    title: ModelTitle,
    /// The post's short code.
    post_code: String,
    /// Its name.
    post_name: String,
    /// Who leads it.
    lead_id: Option<StaffId>,
}

/// What a title asks for.
#[derive(SimpleObject)]
pub struct TitleCriterion {
    /// The clause.
    clause: String,
    /// What it is about, in Chinese.
    title_zh: String,
    /// The same in English.
    title_en: String,
    /// What it says, in our words, in Chinese.
    summary_zh: String,
    /// The same in English.
    summary_en: String,
    /// Whether some of it is computed; the rest is for whoever appraises.
    computed: bool,
}

/// A share of a team from a day on.
#[derive(SimpleObject)]
pub struct TeamShare {
    /// The first day.
    from: NaiveDate,
    /// How many count.
    have: u32,
    /// How many there are.
    total: u32,
}

/// A step in the life of a title.
#[derive(SimpleObject)]
pub struct TitleEvent {
    /// What was done; null for the application.
    action: Option<TitleAction>,
    /// Where the title stood then.
    status: TitleStatus,
    /// Who did it.
    actor: AccountId,
    /// When.
    at: DateTime<Utc>,
    /// Points.
    score: Option<i32>,
    /// Stars.
    stars: Option<i32>,
    /// A date that was set.
    until: Option<NaiveDate>,
    /// What was said.
    note: Option<String>,
}

/// What somebody holds against a title.
#[derive(SimpleObject)]
pub struct TitleObjection {
    /// Its id.
    id: ObjectionId,
    /// How often it was changed.
    version: i32,
    /// In words.
    text: String,
    /// When it was taken down.
    taken_at: DateTime<Utc>,
    /// What became of it.
    status: ObjectionStatus,
    /// What was found.
    answer: Option<String>,
}

/// Something that is missing; what else there is to say depends on the code.
#[derive(SimpleObject)]
pub struct ModelGap {
    /// What.
    code: GapCode,
    /// The clause that asks for it.
    clause: Option<&'static str>,
    /// How much it counts.
    severity: Severity,
    /// Whether it counts against the post today.
    breach: bool,
    /// The first day on which it counts against the post; null where nobody knows since when.
    breach_on: Option<NaiveDate>,
    /// How much there is.
    have: Option<u32>,
    /// How much is asked for.
    need: Option<u32>,
    /// Out of how much.
    total: Option<u32>,
    /// Which entries.
    activity: Option<Activity>,
    /// Which check.
    check: Option<CheckKind>,
    /// The first day of the quarter or year.
    period_from: Option<NaiveDate>,
    /// Which kinds of material.
    evidence: Vec<EvidenceKind>,
    /// Whom it concerns; nobody where it would tell what they are.
    people: Vec<StaffId>,
}

/// A title with everything about it.
#[derive(SimpleObject)]
pub struct ModelTitlePage {
    /// The title and its post.
    row: TitleRow,
    /// As of which day.
    on: NaiveDate,
    /// What it asks for.
    criteria: Vec<TitleCriterion>,
    /// What is missing.
    gaps: Vec<ModelGap>,
    /// How many of a hundred the title asks for, where it asks for a share.
    share_min: Option<u32>,
    /// How the share moved that the title asks for, up to the next review.
    shares: Vec<TeamShare>,
    /// The latest looks on the spot, newest first, at most 50.
    looks: Vec<PostCheckEntry>,
    /// What happened to it, oldest first.
    events: Vec<TitleEvent>,
    /// Who did, of those who are or were members.
    people: Vec<MemberNode>,
    /// What was held against it, oldest first.
    objections: Vec<TitleObjection>,
    /// What the viewer may do now.
    actions: Vec<TitleAction>,
}

/// A post and what it lacks.
#[derive(SimpleObject)]
pub struct PostGaps {
    /// The title and the post.
    row: TitleRow,
    /// What is missing; what counts longest comes first.
    gaps: Vec<ModelGap>,
    /// As of which day.
    on: NaiveDate,
    /// How many of these count against the post on that day.
    breaches: usize,
}

/// An entry of a ledger.
#[derive(SimpleObject)]
pub struct LedgerEntry {
    /// Its id.
    id: LedgerEntryId,
    /// How often it was changed.
    version: i32,
    /// Of which post's ledger.
    post_id: PostId,
    /// Where it stands.
    status: EntryStatus,
    /// When it happened.
    happened_on: NaiveDate,
    /// What it is about.
    activity: Activity,
    /// What kind of material proves it.
    evidence: EvidenceKind,
    /// What it is called.
    title: String,
    /// What was done and what came of it.
    detail: Option<String>,
    /// How many hours it took.
    hours: Option<i32>,
    /// Where what proves it is kept.
    kept_at: Option<String>,
    /// Who took part.
    participants: Vec<StaffId>,
    /// The files that prove it.
    files: Vec<AttachedFile>,
    /// Who wrote it.
    author: AccountId,
    /// When it was handed in.
    submitted_at: Option<DateTime<Utc>>,
    /// Who approved it or sent it back.
    decider: Option<AccountId>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// Why it was sent back.
    return_reason: Option<String>,
    /// Who wrote it and who decided, of those who are or were members.
    people: Vec<MemberNode>,
    /// What the viewer may do now.
    actions: Vec<EntryAction>,
}

/// A page of a ledger.
#[derive(SimpleObject)]
pub struct LedgerConnection {
    /// The entries.
    pub nodes: Vec<LedgerEntry>,
    /// Whether there is more.
    pub page_info: PageInfo,
}

/// A look on the spot.
#[derive(SimpleObject)]
pub struct PostCheckEntry {
    /// Its id.
    id: PostCheckId,
    /// Where.
    post_id: PostId,
    /// What was looked at.
    check: CheckKind,
    /// When.
    on: NaiveDate,
    /// Whether it was in order.
    fine: bool,
    /// What there was to say.
    note: Option<String>,
    /// Who looked.
    checker: AccountId,
}

impl From<model_title::Model> for ModelTitle {
    fn from(row: model_title::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            post_id: row.post_id,
            kind: row.kind,
            status: row.status,
            applied_on: row.applied_on,
            publicised_until: row.publicised_until,
            awarded_on: row.awarded_on,
            score: row.score,
            appraised_stars: row.appraised_stars,
            stars: row.stars,
            recheck_on: row.recheck_on,
            ends_on: row.ends_on,
        }
    }
}

impl From<Listed> for TitleRow {
    fn from(Listed { title, post }: Listed) -> Self {
        Self { title: title.into(), post_code: post.code, post_name: post.name, lead_id: post.lead_id }
    }
}

impl From<Point> for TeamShare {
    fn from(Point { from, have, total }: Point) -> Self {
        Self { from, have, total }
    }
}

impl From<model_title_event::Model> for TitleEvent {
    fn from(row: model_title_event::Model) -> Self {
        let model_title_event::Model { action, status, actor_id, at, score, stars, until, note, .. } = row;
        Self { action, status, actor: actor_id, at, score, stars, until, note }
    }
}

impl From<Objection> for TitleObjection {
    fn from(Objection { row, text }: Objection) -> Self {
        Self { id: row.id, version: row.version, text, taken_at: row.taken_at, status: row.status, answer: row.answer }
    }
}

impl ModelGap {
    fn of(gap: Gap, today: NaiveDate) -> Self {
        let breach = gap.is_breach(today);
        let Gap {
            code,
            clause,
            severity,
            breach_on,
            have,
            need,
            total,
            activity,
            check,
            period_from,
            evidence,
            people,
        } = gap;
        Self {
            code,
            clause,
            severity,
            breach,
            breach_on,
            have,
            need,
            total,
            activity,
            check,
            period_from,
            evidence,
            people,
        }
    }
}

impl From<TitlePage> for ModelTitlePage {
    fn from(page: TitlePage) -> Self {
        let TitlePage { listed, on, criteria, gaps, share_min, shares, looks, events, people, objections, actions } =
            page;
        let criterion = |(row, computed): (clause::Model, bool)| {
            let clause::Model { number: clause, title_zh, title_en, summary_zh, summary_en, .. } = row;
            TitleCriterion { clause, title_zh, title_en, summary_zh, summary_en, computed }
        };
        Self {
            row: listed.into(),
            on,
            criteria: criteria.into_iter().map(criterion).collect(),
            gaps: gaps.into_iter().map(|gap| ModelGap::of(gap, on)).collect(),
            share_min,
            shares: all(shares),
            looks: all(looks),
            events: all(events),
            people: people.into_values().map(Into::into).collect(),
            objections: all(objections),
            actions,
        }
    }
}

impl PostGaps {
    /// What a post lacks, as of today.
    pub fn of(Lacking { listed, gaps }: Lacking, today: NaiveDate) -> Self {
        let gaps: Vec<_> = gaps.into_iter().map(|gap| ModelGap::of(gap, today)).collect();
        let breaches = gaps.iter().filter(|gap| gap.breach).count();
        Self { row: listed.into(), gaps, on: today, breaches }
    }
}

impl From<Entry> for LedgerEntry {
    fn from(Entry { row, participants, files, people, actions }: Entry) -> Self {
        let ledger_entry::Model { id, version, post_id, status, happened_on, activity, evidence, .. } = row;
        Self {
            id,
            version,
            post_id,
            status,
            happened_on,
            activity,
            evidence,
            title: row.title,
            detail: row.detail,
            hours: row.hours,
            kept_at: row.kept_at,
            participants,
            files,
            author: row.author_id,
            submitted_at: row.submitted_at,
            decider: row.decider_id,
            decided_at: row.decided_at,
            return_reason: row.return_reason,
            people: people.into_values().map(Into::into).collect(),
            actions,
        }
    }
}

impl From<post_check::Model> for PostCheckEntry {
    fn from(row: post_check::Model) -> Self {
        let post_check::Model { id, post_id, looked_at, on_day, fine, note, checker_id, .. } = row;
        Self { id, post_id, check: looked_at, on: on_day, fine, note, checker: checker_id }
    }
}

fn all<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
    rows.into_iter().map(B::from).collect()
}
