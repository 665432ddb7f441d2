//! Invented checks of the center that a newcomer sees first, with phrases of its own: a badge that many forget, one person
//! twice, a heel too high, a department with its own dress.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use domain::{
    PhraseId, PostId, StaffId,
    appearance::{Entry, Item, Mark, Measure},
    calendar::{local_date, shanghai},
    phrases::{PhraseCategory, PhraseForm, PhraseKind},
    settings::Department,
};
use entity::appearance_check;

use super::service::{
    reading,
    record::{self, NewCheck},
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    phrases, posts,
    posts::service::Seen,
    settings, tenancy,
};

/// What was wrong in a check: the item, what was measured, what there is to say.
type Faults = &'static [(Item, Option<u32>, &'static str)];

/// Working days ago, whom by number, where by code, and what was wrong.
const CHECKS: &[(u32, &str, &str, Faults)] = &[
    (12, "S002", "w01", &[(Item::Badge, None, "工作牌翻在背面"), (Item::Smile, None, "")]),
    (11, "S003", "w02", &[(Item::Badge, None, "没有佩戴工作牌")]),
    (9, "S004", "w05", &[(Item::Badge, None, "工作牌夹在抽屉里")]),
    (9, "S006", "hr1", &[(Item::Badge, None, ""), (Item::Posture, None, "斜靠椅背接待")]),
    (8, "S007", "hr1", &[]),
    (7, "S009", "guide", &[(Item::Badge, None, "外套遮住了工作牌")]),
    (2, "S003", "w02", &[(Item::Badge, None, "又没有佩戴"), (Item::Pieces, Some(4), "手链两条")]),
];
/// … by whoever leads the post.
const LED: &[(u32, &str, &str, Faults)] =
    &[(6, "S018", "women", &[]), (5, "S016", "youth", &[(Item::Shoes, Some(45), "鞋跟偏高")])];

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let teller = Teller { app, cast };
    let now = teller.now();
    own_dress(&now).await?;
    let heard = own_phrases(&now).await?;
    let (people, places) = {
        let cx = teller.now();
        let tx = cx.read().await?;
        let people = posts::repo::staff(&tx, false).await?;
        let places = posts::repo::posts(&tx).await?;
        (
            people.into_iter().map(|row| (row.staff_no, row.id)).collect::<BTreeMap<_, _>>(),
            places.into_iter().map(|row| (row.code, row.id)).collect::<BTreeMap<_, _>>(),
        )
    };
    let led = cast.ledgers.as_ref().map(|ledgers| (&ledgers.lead, LED));
    let mut first = None;
    for (scope, checks) in std::iter::once((&cast.supervisor, CHECKS)).chain(led) {
        for (ago, number, code, faults) in checks {
            let (Some(staff), Some(post)) = (people.get(*number), places.get(*code)) else { continue };
            let phrase = Some(heard).filter(|_| *ago == 2);
            let row = teller.check(scope, *ago, (*staff, *post), faults, phrase).await?;
            if *number == "S003" && first.is_none() {
                first = Some(row);
            }
        }
    }
    let Some(row) = first else { return Ok(()) };
    let then = teller.at(cast.staff.clone(), row.created_at + TimeDelta::hours(6));
    let text = "工作牌当天送修，下午已领临时牌。".to_owned();
    record::answer(&then, Seen { id: row.id, version: row.version }, text).await.map(drop)
}

async fn own_dress(cx: &Cx) -> Result<()> {
    for row in tenancy::service::departments(cx).await? {
        if ["tax", "police_household"].contains(&row.code.as_str()) {
            let typed =
                Department { code: row.code, name_zh: row.name_zh, name_en: row.name_en, own_dress: Some(true) };
            settings::service::edit_department(cx, Seen { id: row.id, version: row.version }, typed).await?;
        }
    }
    Ok(())
}

/// A forbidden phrase of the center's own with what to say instead; returns the former.
async fn own_phrases(cx: &Cx) -> Result<PhraseId> {
    let form = |kind, text: &str, situation: &str, replacement_for| PhraseForm {
        kind,
        category: PhraseCategory::Handling,
        text: text.to_owned(),
        situation: Some(situation.to_owned()),
        replacement_for,
        source: Some("本中心晨会整理".to_owned()),
    };
    let bad = form(PhraseKind::Forbidden, "系统慢，我也没办法", "系统卡顿", None);
    let bad = phrases::service::add(cx, bad).await?.row.id;
    let good = "系统有点慢，我先帮您核对材料，不让您白等";
    phrases::service::add(cx, form(PhraseKind::Civil, good, "系统卡顿", Some(bad))).await?;
    Ok(bad)
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
}

impl Teller<'_> {
    async fn check(
        &self,
        scope: &Scope,
        ago: u32,
        (staff, post): (StaffId, PostId),
        faults: Faults,
        phrase: Option<PhraseId>,
    ) -> Result<appearance_check::Model> {
        let cx = self.at(scope.clone(), self.working_days_ago(ago).await?);
        let asked = reading::items(&cx, staff).await?;
        let items = asked.iter().map(|offered| {
            let (item, measure) = (offered.spec.item, offered.spec.measure);
            let fault = faults.iter().find(|(failed, ..)| *failed == item);
            let usual = measure.map(|measure| if measure == Measure::Heel { 20 } else { 1 });
            let number = fault.and_then(|(_, number, _)| *number).or(usual);
            let mark = if fault.is_some() { Mark::Fail } else { Mark::Pass };
            let note = fault.map(|(.., note)| (*note).to_owned()).filter(|note| !note.is_empty());
            Entry { item, mark: Some(mark), number, note }
        });
        let (on, items) = (local_date(cx.now()), items.collect());
        record::record(&cx, NewCheck { post, staff, on, items, note: None, phrase, files: Vec::new() }).await
    }

    /// Ten in the morning there, so many working days ago.
    async fn working_days_ago(&self, mut days: u32) -> Result<DateTime<Utc>> {
        let rules = self.app.rules(self.cast.center.city_id).await?;
        let mut day = local_date(self.app.clock.now());
        while days > 0 {
            day = day - Days::new(1);
            days -= u32::from(rules.calendar.is_working(day)?);
        }
        let morning = day.and_time(NaiveTime::MIN).and_local_timezone(shanghai()).single();
        Ok(morning.map_or_else(|| self.app.clock.now(), |at| at.to_utc() + TimeDelta::hours(10)))
    }

    fn at(&self, scope: Scope, at: DateTime<Utc>) -> Cx {
        Cx::new(self.app.at(Clock::fixed(at)), Some(scope), None, "demo".to_owned())
    }

    fn now(&self) -> Cx {
        Cx::new(self.app.clone(), Some(self.cast.admin.clone()), None, "demo".to_owned())
    }
}
