//! Invented standards management of the center that a newcomer sees first: a register in all its states, a plan that waits
//! to be adopted, an officer, a self-audit with something left to be closed.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    ManagedStandardId, StaffId,
    calendar::local_date,
    standardisation::{
        AuditForm, FindingForm, FindingResult, OfficerForm, StandardForm, StandardLevel, TaskForm, TaskProgress,
    },
};
use entity::managed_standard;

use super::service::{audits, officers, plan, register};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
};

/// A standard in force: number, title, level, edition, the day since when, days until its review, who answers for it.
type InForce = (&'static str, &'static str, StandardLevel, &'static str, (i32, u32, u32), i64, &'static str);

const IN_FORCE: [InForce; 7] = [
    ("DB4420/T 29—2023", "政务服务人员行为规范", StandardLevel::Local, "2023年版", (2023, 8, 26), 177, "S017"),
    // The one that should have been reviewed by now.
    ("GB/T 36113—2018", "投诉处置", StandardLevel::National, "2018年版", (2021, 3, 1), -20, "S011"),
    ("GB/T 39735—2020", "服务评价", StandardLevel::National, "2020年版", (2022, 1, 10), 120, "S017"),
    ("GB/T 32168—2015", "网上服务", StandardLevel::National, "2015年版", (2022, 1, 10), 30, "S017"),
    ("Q/SQZW 001—2024", "一次性告知工作要求", StandardLevel::Internal, "第1版", (2024, 5, 6), 430, "S001"),
    ("Q/SQZW 002—2022", "窗口服务用语细则", StandardLevel::Internal, "第1版", (2022, 9, 1), 60, "S005"),
    ("Q/SQZW 002—2025", "窗口服务用语细则", StandardLevel::Internal, "第2版", (2025, 6, 9), 830, "S005"),
];

/// A task: what, its last day in the year, who, how far.
type Task = (&'static str, (u32, u32), &'static str, TaskProgress);

const TASKS: [Task; 5] = [
    ("更新各岗位职责文件", (2, 20), "S017", TaskProgress::Doing),
    ("组织标准化业务培训", (2, 28), "S017", TaskProgress::Done),
    ("帮办代办服务要求征求意见并发布", (6, 30), "S009", TaskProgress::Doing),
    ("年中标准体系自查", (7, 31), "S001", TaskProgress::Open),
    ("参加跨镇街标准化交流", (10, 31), "S017", TaskProgress::Dropped),
];

/// Puts it in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let Some(officer) = &cast.standards else { return Ok(()) };
    let now = app.clock.now();
    let known = {
        let cx = Cx::new(app.clone(), Some(officer.clone()), None, "demo".to_owned());
        let staff = posts::repo::staff(&*cx.read().await?, false).await?;
        staff.into_iter().map(|row| (row.staff_no, row.id)).collect()
    };
    let teller = Teller { app, officer, now, known };
    let standards = teller.register().await?;
    teller.plan().await?;
    let from = local_date(now) - Days::new(200);
    let duties = "维护标准台账和年度计划，组织标准宣贯、复审与自查。".to_owned();
    let Some(staff) = teller.person("S017") else { return Ok(()) };
    officers::appoint(&teller.ago(200), OfficerForm { staff, full_time: true, duties, from }).await?;
    teller.audit(&standards).await
}

struct Teller<'a> {
    app: &'a App,
    officer: &'a Scope,
    now: DateTime<Utc>,
    known: HashMap<String, StaffId>,
}

const fn seen(row: &managed_standard::Model) -> Seen<ManagedStandardId> {
    Seen { id: row.id, version: row.version }
}

impl Teller<'_> {
    async fn register(&self) -> Result<HashMap<&'static str, managed_standard::Model>> {
        let today = local_date(self.now);
        let mut made = HashMap::new();
        for (number, title, level, edition, (year, month, day), left, owner) in IN_FORCE {
            let Some(owner) = self.person(owner) else { continue };
            let form = StandardForm {
                number: number.to_owned(),
                title: title.to_owned(),
                level,
                edition: edition.to_owned(),
                adopted_on: NaiveDate::from_ymd_opt(year, month, day),
                owner,
                review_due: Some(today + TimeDelta::days(left)),
            };
            made.insert(number, register::add(&self.ago(190), form).await?);
        }
        if let Some(row) = made.get("GB/T 32168—2015") {
            let note = "对照现行网上办事流程逐条核对。".to_owned();
            register::review(&self.ago(12), seen(row), Some(note)).await?;
        }
        if let (Some(old), Some(new)) = (made.get("Q/SQZW 002—2022"), made.get("Q/SQZW 002—2025")) {
            let row = register::review(&self.ago(180), seen(old), None).await?;
            let note = "补充老年人接待用语，改动较多，另发新版。".to_owned();
            register::revise(&self.ago(170), seen(&row), new.id, Some(note)).await?;
        }
        if let Some(owner) = self.person("S009") {
            let draft = StandardForm {
                number: "Q/SQZW 003—2026".to_owned(),
                title: "帮办代办服务要求".to_owned(),
                level: StandardLevel::Internal,
                edition: "第1版".to_owned(),
                adopted_on: None,
                owner,
                review_due: None,
            };
            register::add(&self.ago(25), draft).await?;
        }
        Ok(made)
    }

    async fn plan(&self) -> Result<()> {
        let year = local_date(self.now).year();
        for (title, (month, day), owner, progress) in TASKS {
            let (Some(owner), Some(due_on)) = (self.person(owner), NaiveDate::from_ymd_opt(year, month, day)) else {
                continue;
            };
            let form = TaskForm { year, title: title.to_owned(), owner, due_on };
            let row = plan::add(&self.ago(0), form).await?;
            let reason = (progress == TaskProgress::Dropped).then(|| "并入市级统一活动，不再单独参加。".to_owned());
            if progress != TaskProgress::Open {
                // In time, where that day has come.
                let ago = (local_date(self.now) - due_on).num_days().max(0);
                plan::advance(&self.ago(ago), Seen { id: row.id, version: row.version }, progress, reason).await?;
            }
        }
        Ok(())
    }

    async fn audit(&self, standards: &HashMap<&'static str, managed_standard::Model>) -> Result<()> {
        let (Some(auditor), Some(owner)) = (self.person("S001"), self.person("S017")) else { return Ok(()) };
        let on = local_date(self.now) - Days::new(45);
        let scope = "综合窗口的一次性告知、服务用语，以及投诉渠道公示。".to_owned();
        let audit = audits::record(&self.ago(45), AuditForm { on, scope, auditor }).await?;
        let about = |number: &str| standards.get(number).map(|row| row.id);
        let fine = FindingForm {
            result: FindingResult::Conform,
            clause: Some("6.8.2".to_owned()),
            description: "受理地点、电话、意见箱和网址均已公示。".to_owned(),
            measure: None,
            owner: None,
            due_on: None,
        };
        audits::find(&self.ago(45), audit.id, about("DB4420/T 29—2023"), fine).await?;
        let open = FindingForm {
            result: FindingResult::Nonconform,
            clause: Some("4.2".to_owned()),
            description: "6号窗口的用语卡仍是旧版。".to_owned(),
            measure: Some("换发新版用语卡，班前会上学习一次。".to_owned()),
            owner: Some(owner),
            due_on: local_date(self.now).checked_sub_days(Days::new(10)),
        };
        audits::find(&self.ago(44), audit.id, about("Q/SQZW 002—2025"), open).await.map(drop)
    }

    fn person(&self, number: &str) -> Option<StaffId> {
        self.known.get(number).copied()
    }

    fn ago(&self, days: i64) -> Cx {
        let app = self.app.at(Clock::fixed(self.now - TimeDelta::days(days)));
        Cx::new(app, Some(self.officer.clone()), None, "demo".to_owned())
    }
}
