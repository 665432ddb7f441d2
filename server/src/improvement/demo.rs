//! Invented findings, tasks and plans of the center that a newcomer sees first: a task in each hand, one that is late, one
//! that has lasted, and two plans.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    ImprovementPlanId, PostId, RectificationTaskId, StaffId,
    calendar::local_date,
    improvement::{
        FindingArea, FindingForm, MeasuresForm, RectificationCause, SupervisionKind, TaskForm,
        plan::{GoalForm, ImprovementIndicator, MeasureForm, StartForm},
    },
};
use entity::{finding, improvement_plan, rectification_task};

use super::service::{
    findings::{self, About},
    plans, tasks,
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
};

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let now = app.clock.now();
    let cx = Cx::new(app.clone(), Some(cast.admin.clone()), None, "demo".to_owned());
    let tx = cx.read().await?;
    let people = posts::repo::staff(&tx, false).await?.into_iter().map(|row| (row.staff_no, row.id)).collect();
    let places = posts::repo::posts(&tx).await?.into_iter().map(|row| (row.code, row.id)).collect();
    drop((tx, cx));
    let teller = Teller { app, cast, now, people, places };
    teller.undecided().await?;
    let lasted = teller.lasted().await?;
    teller.late().await?;
    teller.handed_in().await?;
    teller.plans(lasted).await
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    now: DateTime<Utc>,
    people: HashMap<String, StaffId>,
    places: HashMap<String, PostId>,
}

const fn at(row: &rectification_task::Model) -> Seen<RectificationTaskId> {
    Seen { id: row.id, version: row.version }
}

const fn of(row: &improvement_plan::Model) -> Seen<ImprovementPlanId> {
    Seen { id: row.id, version: row.version }
}

impl Teller<'_> {
    /// One that waits for a decision, and one from which nothing followed.
    async fn undecided(&self) -> Result<()> {
        let text = "自助服务区的身份证读卡器需反复放置才能识别，群众排队等候。";
        self.found(3, "self", FindingArea::Workplace, SupervisionKind::Internal, text).await?;
        let text = "群众反映大厅北门中午未开。";
        let row = self.found(20, "guide", FindingArea::Other, SupervisionKind::Social, text).await?;
        let reason = "北门因消防检修临时关闭一天，已提前公告。";
        findings::dismiss(&self.by(&self.cast.admin, 19), Seen { id: row.id, version: row.version }, reason)
            .await
            .map(drop)
    }

    /// One that was put right, and found to have lasted.
    async fn lasted(&self) -> Result<Option<RectificationTaskId>> {
        let text = "一次性告知单上缺少咨询电话，两名群众因此多跑一趟。";
        let row = self.found(75, "w02", FindingArea::Effectiveness, SupervisionKind::Hierarchical, text).await?;
        let Some(row) = self.task(75, row, "告知单缺少咨询电话", RectificationCause::Information, "S003").await?
        else {
            return Ok(None);
        };
        let (staff, admin) = (&self.cast.staff, &self.cast.admin);
        let row = self.planned(73, staff, row, "模板更新后旧单未收回。", "换发新版告知单，旧单当日收回登记。").await?;
        let row = tasks::submit(&self.by(staff, 64), at(&row), "旧单已全部收回，窗口使用新版。", &[]).await?;
        let row = tasks::accept(&self.by(admin, 62), at(&row), Some("抽查三个窗口，均为新版。")).await?;
        let row = tasks::recheck(&self.by(&self.cast.supervisor, 25), at(&row), "抽查二十份，电话齐全。", &[]).await?;
        Ok(Some(row.id))
    }

    /// One whose day is over.
    async fn late(&self) -> Result<()> {
        let text = "取号后平均等候超过四十分钟，午间仅开两个窗口。";
        let row = self.found(40, "w05", FindingArea::Effectiveness, SupervisionKind::Hierarchical, text).await?;
        let Some(row) = self.task(40, row, "午间窗口开放不足", RectificationCause::Staffing, "S011").await?
        else {
            return Ok(());
        };
        let handler = &self.cast.handler;
        self.planned(38, handler, row, "午间轮休没有安排顶岗。", "排班表增加午间顶岗，值班长每日核对。").await.map(drop)
    }

    /// One that waits to be accepted.
    async fn handed_in(&self) -> Result<()> {
        let text = "巡查时两名人员在窗口闲聊，群众等候无人应答。";
        let row = self.found(14, "w02", FindingArea::Discipline, SupervisionKind::Internal, text).await?;
        let Some(row) = self.task(14, row, "窗口工作秩序松散", RectificationCause::Conduct, "S003").await?
        else {
            return Ok(());
        };
        let staff = &self.cast.staff;
        let row = self.planned(6, staff, row, "班前会没有强调纪律。", "班前会提醒，值班长每小时巡查。").await?;
        tasks::submit(&self.by(staff, 1), at(&row), "已巡查一周，未再发现闲聊。", &[]).await.map(drop)
    }

    /// A plan with a measure that is late, and one that waits to be approved.
    async fn plans(&self, task: Option<RectificationTaskId>) -> Result<()> {
        let (Some(owner), Some(post)) = (self.people.get("S003").copied(), self.places.get("w02").copied()) else {
            return Ok(());
        };
        let (staff, admin) = (&self.cast.staff, &self.cast.admin);
        let from = plans::Beginning { task, post: Some(post), owner };
        let goal =
            |indicator, baseline, target| GoalForm { indicator, name: None, baseline, target, on: self.day(-90) };
        let form =
            StartForm { problem: "告知不到位造成多跑".to_owned(), cause: RectificationCause::Information };
        let row = plans::start(&self.by(admin, 24), form, from).await?;
        let better = goal(ImprovementIndicator::PassRate, 812, 950);
        let row = plans::set_goal(&self.by(staff, 23), of(&row), better).await?;
        let row =
            plans::add_measure(&self.by(staff, 23), of(&row), self.measure("汇总常见缺件，逐项写入告知单", owner, 8))
                .await?;
        let row =
            plans::add_measure(&self.by(staff, 23), of(&row), self.measure("窗口人员互查告知单", owner, -30)).await?;
        let row = plans::plan(&self.by(staff, 22), of(&row), "告知内容靠个人经验，没有统一清单。").await?;
        let row = plans::approve(&self.by(admin, 21), of(&row), None).await?;
        plans::execute(&self.by(staff, 20), of(&row)).await?;
        let form = StartForm { problem: "午间等候时间长".to_owned(), cause: RectificationCause::Staffing };
        let from = plans::Beginning { task: None, post: None, owner };
        let row = plans::start(&self.by(admin, 9), form, from).await?;
        let shorter = goal(ImprovementIndicator::WaitingMinutes, 410, 200);
        let row = plans::set_goal(&self.by(staff, 8), of(&row), shorter).await?;
        let row =
            plans::add_measure(&self.by(staff, 8), of(&row), self.measure("午间增开一个窗口", owner, -20)).await?;
        plans::plan(&self.by(staff, 7), of(&row), "午间轮休没有安排顶岗。").await.map(drop)
    }

    fn measure(&self, text: &str, owner: StaffId, ago: i64) -> MeasureForm {
        MeasureForm { text: text.to_owned(), owner, due_on: self.day(ago), resources: None }
    }

    async fn found(
        &self,
        ago: i64,
        post: &str,
        area: FindingArea,
        supervision: SupervisionKind,
        text: &str,
    ) -> Result<finding::Model> {
        let form = FindingForm { on: self.day(ago), supervision, area, description: text.to_owned() };
        let cx = self.by(&self.cast.supervisor, ago);
        findings::record(&cx, form, About { post: self.places.get(post).copied(), department: None }, &[]).await
    }

    async fn task(
        &self,
        ago: i64,
        row: finding::Model,
        problem: &str,
        cause: RectificationCause,
        owner: &str,
    ) -> Result<Option<rectification_task::Model>> {
        let Some(owner) = self.people.get(owner).copied() else { return Ok(None) };
        let form = TaskForm { problem: problem.to_owned(), cause, days: None };
        let seen = Seen { id: row.id, version: row.version };
        tasks::rectify_finding(&self.by(&self.cast.admin, ago), seen, form, Some(owner)).await.map(Some)
    }

    async fn planned(
        &self,
        ago: i64,
        owner: &Scope,
        row: rectification_task::Model,
        root_cause: &str,
        measures: &str,
    ) -> Result<rectification_task::Model> {
        let form =
            MeasuresForm { root_cause: root_cause.to_owned(), immediate_fix: None, measures: measures.to_owned() };
        let row = tasks::plan(&self.by(owner, ago), at(&row), form).await?;
        tasks::agree(&self.by(&self.cast.admin, ago - 1), at(&row), None).await
    }

    /// So many days ago, or ahead.
    fn day(&self, ago: i64) -> NaiveDate {
        let today = local_date(self.now);
        let days = Days::new(ago.unsigned_abs());
        let day = if ago < 0 { today.checked_add_days(days) } else { today.checked_sub_days(days) };
        day.unwrap_or(today)
    }

    fn by(&self, scope: &Scope, ago: i64) -> Cx {
        let app = self.app.at(Clock::fixed(self.now - TimeDelta::days(ago)));
        Cx::new(app, Some(scope.clone()), None, "demo".to_owned())
    }
}
