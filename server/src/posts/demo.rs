//! Invented posts and people of the center that a newcomer sees first, told by the services themselves.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate, NaiveTime};
use domain::{
    DepartmentId, PostId, StaffId,
    calendar::{local_date, shanghai},
    posts::{AbsenceReason, Capacity, PostForm, PostStep, Restricted, Sex, StaffForm, assign::Days as Interval},
};
use serde::Deserialize;

use super::service::{
    self, Seen, handovers, people,
    plan::{self, NewAbsence, NewAssignment},
};
use crate::{
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    tenancy,
};

#[derive(Deserialize)]
struct Texts {
    staff: Vec<Person>,
    posts: Vec<Post>,
}

#[derive(Deserialize)]
struct Person {
    staff_no: String,
    name: String,
    department: String,
    title: String,
    sex: Sex,
    born_on: NaiveDate,
    party_member: bool,
    joined_on: NaiveDate,
}

#[derive(Deserialize)]
struct Post {
    code: String,
    name: String,
    kind: String,
    department: String,
    window_no: Option<String>,
    location: String,
    public_phone: Option<String>,
    open_hours: String,
    duties: String,
    extra: BTreeMap<String, String>,
    lead: String,
    people: Vec<Assigned>,
    reviewed_months_ago: Option<u32>,
}

#[derive(Deserialize)]
struct Assigned {
    staff_no: String,
    capacity: Capacity,
}

/// Since how many months the invented people are at their posts.
const SINCE: u32 = 7;

/// Puts them in: one post is left without people, one with old duties, somebody is away with a substitute, and something
/// was passed on and waits.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let texts: Texts =
        serde_json::from_str(include_str!("../../../migration/data/demo_posts.json")).map_err(anyhow::Error::from)?;
    let teller = Teller { app, cast, today: local_date(app.clock.now()) };
    let departments = teller.departments().await?;
    let mut known = BTreeMap::new();
    for person in texts.staff {
        let number = person.staff_no.clone();
        known.insert(number, teller.person(person, &departments).await?);
    }
    let mut posts = BTreeMap::new();
    for post in texts.posts {
        let code = post.code.clone();
        posts.insert(code, teller.post(post, &departments, &known).await?);
    }
    teller.accounts(&known).await?;
    teller.plans(&known, &posts).await
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    today: NaiveDate,
}

type Known = BTreeMap<String, (StaffId, i32)>;

impl Teller<'_> {
    async fn departments(&self) -> Result<BTreeMap<String, DepartmentId>> {
        let rows = tenancy::service::departments(&self.now()).await?;
        Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
    }

    async fn person(&self, person: Person, departments: &BTreeMap<String, DepartmentId>) -> Result<(StaffId, i32)> {
        let Person { staff_no, name, department, title, sex, born_on, party_member, joined_on } = person;
        let department = departments.get(&department).copied();
        let form = StaffForm { staff_no, name, department, title: Some(title), joined_on: Some(joined_on) };
        let restricted = Restricted { sex: Some(sex), born_on: Some(born_on), party_member: Some(party_member) };
        let typed = people::Typed { form, account: None, restricted: Some(restricted) };
        let row = people::add(&self.months_ago(SINCE), typed).await?;
        Ok((row.id, row.version))
    }

    async fn post(&self, post: Post, departments: &BTreeMap<String, DepartmentId>, known: &Known) -> Result<PostId> {
        let then = self.months_ago(SINCE);
        let form = PostForm {
            code: post.code,
            name: post.name,
            kind: post.kind,
            department: departments.get(&post.department).copied(),
            window_no: post.window_no,
            location: Some(post.location),
            public_phone: post.public_phone,
            open_hours: Some(post.open_hours),
            duties: Some(post.duties),
            extra: post.extra.into_iter().collect(),
        };
        let mut row = service::add(&then, form).await?;
        let id = row.id;
        row = service::step(&then, Seen { id, version: row.version }, PostStep::Activate).await?;
        let lead = known.get(&post.lead).map(|(id, _)| *id);
        row = service::name_lead(&then, Seen { id, version: row.version }, lead).await?;
        if let Some(months) = post.reviewed_months_ago {
            service::review_duties(&self.months_ago(months), Seen { id, version: row.version }).await?;
        }
        for Assigned { staff_no, capacity } in post.people {
            let Some((staff, _)) = known.get(&staff_no) else { continue };
            let days = Interval { from: local_date(then.now()), until: None };
            plan::assign(&then, NewAssignment { post: id, staff: *staff, capacity, days }).await?;
        }
        Ok(id)
    }

    /// The people who sign in are on the list too.
    async fn accounts(&self, known: &Known) -> Result<()> {
        let cx = self.now();
        let members = tenancy::service::members(&cx).await?;
        let lead = self.cast.ledgers.as_ref().map(|ledgers| (&ledgers.lead, "S015"));
        let known_by = [(&self.cast.staff, "S003"), (&self.cast.handler, "S011")];
        let standards = self.cast.standards.as_ref().map(|officer| (officer, "S017"));
        for (scope, number) in known_by.into_iter().chain(lead).chain(standards) {
            let member = members.iter().find(|member| Some(member.account_id) == scope.account());
            let (Some(member), Some((id, version))) = (member, known.get(number)) else { continue };
            let row = super::repo::person(&*cx.read().await?, *id).await?;
            let form = StaffForm {
                staff_no: row.staff_no,
                name: member.display_name.clone(),
                department: row.department_id,
                title: row.title,
                joined_on: row.joined_on,
            };
            let typed = people::Typed { form, account: Some(member.account_id), restricted: None };
            people::edit(&cx, Seen { id: *id, version: *version }, typed).await?;
        }
        Ok(())
    }

    async fn plans(&self, known: &Known, posts: &BTreeMap<String, PostId>) -> Result<()> {
        let id = |number: &str| known.get(number).map(|(id, _)| *id);
        let (Some(away), Some(substitute), Some(other)) = (id("S002"), id("S013"), id("S008")) else { return Ok(()) };
        let cx = self.now();
        let until = self.today.checked_add_days(Days::new(2)).unwrap_or(self.today);
        let absence = |staff, reason, substitute| NewAbsence { staff, from: self.today, until, reason, substitute };
        plan::record_absence(&cx, absence(away, AbsenceReason::Training, Some(substitute))).await?;
        plan::record_absence(&cx, absence(other, AbsenceReason::Leave, None)).await?;
        let (Some(post), Some(taker)) = (posts.get("comp"), id("S003")) else { return Ok(()) };
        let handler = Cx::new(self.app.clone(), Some(self.cast.handler.clone()), None, "demo".to_owned());
        let items = "108室钥匙一把；待回访投诉两件，电话见系统；意见箱周五开箱。".to_owned();
        handovers::give(&handler, *post, taker, items).await.map(|_| ())
    }

    fn now(&self) -> Cx {
        Cx::new(self.app.clone(), Some(self.cast.admin.clone()), None, "demo".to_owned())
    }

    fn months_ago(&self, months: u32) -> Cx {
        let day = self.today.checked_sub_months(Months::new(months)).unwrap_or(self.today);
        let at = day.and_time(NaiveTime::MIN).and_local_timezone(shanghai()).single();
        // Nine in the morning there.
        let at = at.map_or_else(|| self.app.clock.now(), |at| at.to_utc() + chrono::TimeDelta::hours(9));
        let app = self.app.at(Clock::fixed(at));
        Cx::new(app, Some(self.cast.admin.clone()), None, "demo".to_owned())
    }
}
