//! What a deployment starts with: the city, its centers and the official calendar, and for a
//! demo the invented people.

use anyhow::Context;
use domain::{
    calendar::DayKind,
    evaluation::forms::{FormContent, FormStatus},
    permission::Role,
    settings::ChannelKind,
};
use serde::Deserialize;

use crate::{
    auth::password,
    db::platform::{
        CenterSetup, ChannelSetup, CitySetup, DepartmentSetup, DeviceSetup, FormSetup, MemberSetup, ServicePointSetup,
    },
    demo::PASSWORD,
    tenancy::service::invitations::new_token,
};

const CENTERS: &str = include_str!("../../migration/data/centers.csv");
const CALENDAR: &str = include_str!("../../migration/data/calendar.csv");
const POLICY: &str = include_str!("../../migration/data/policy.json");
const CHANNELS: &str = include_str!("../../migration/data/channels.json");
const FORMS: &str = include_str!("../../migration/data/forms.json");
const TEXTS: &str = include_str!("../../migration/data/demo_texts.json");

/// Code of the city office, and of its accounts.
pub const CITY: &str = "zhongshan";

#[derive(Deserialize)]
struct CenterRow {
    code: String,
    name_zh: String,
    name_en: String,
    kind: String,
}

#[derive(Deserialize)]
struct DayRow {
    date: chrono::NaiveDate,
    kind: String,
    festival: String,
}

#[derive(Deserialize)]
struct PolicyRow {
    key: String,
    value: serde_json::Number,
}

#[derive(Deserialize)]
struct Channels {
    channels: Vec<ChannelRow>,
    overrides: std::collections::HashMap<String, std::collections::HashMap<String, String>>,
}

#[derive(Deserialize)]
struct ChannelRow {
    kind: String,
    label_zh: String,
    label_en: String,
    value_zh: String,
    value_en: String,
}

#[derive(Deserialize)]
struct Texts {
    departments: Vec<DepartmentRow>,
    people_zh: Vec<String>,
    service_points: Vec<PointRow>,
    devices: Vec<DeviceRow>,
}

#[derive(Clone, Deserialize)]
struct DepartmentRow {
    code: String,
    name_zh: String,
    name_en: String,
}

#[derive(Deserialize)]
struct PointRow {
    code: String,
    name_zh: String,
    name_en: String,
    address: String,
}

#[derive(Deserialize)]
struct DeviceRow {
    name: String,
    place: String,
}

/// How many of the invented service points each demo center has.
const POINTS: usize = 3;

/// The forms that the product ships, one of each kind; nearly all of their wording and numbers are ours (ASSUMPTION).
///
/// # Errors
/// When the shipped data are malformed.
pub fn forms() -> anyhow::Result<Vec<FormContent>> {
    serde_json::from_str(FORMS).context("forms.json")
}

/// The same as the first versions of a city.
///
/// # Errors
/// As [`forms`].
pub fn forms_as(status: FormStatus) -> anyhow::Result<Vec<FormSetup>> {
    Ok(forms()?.into_iter().map(|content| FormSetup { content, status }).collect())
}

/// Zhongshan with its 23 centers, the official calendar, the policy's defaults and drafts of its forms; nobody signs in.
///
/// # Errors
/// When the shipped data are malformed.
pub fn city() -> anyhow::Result<CitySetup> {
    let mut days = Vec::new();
    for row in csv::Reader::from_reader(CALENDAR.as_bytes()).deserialize() {
        let row: DayRow = row.context("calendar.csv")?;
        let kind = DayKind::from_key(&row.kind).with_context(|| format!("calendar.csv: {}", row.kind))?;
        days.push((row.date, kind, row.festival));
    }
    let mut centers = Vec::new();
    for row in csv::Reader::from_reader(CENTERS.as_bytes()).deserialize() {
        let CenterRow { code, name_zh, name_en, kind } = row.context("centers.csv")?;
        centers.push(CenterSetup { code, name_zh, name_en, kind, ..Default::default() });
    }
    let policy: Vec<PolicyRow> = serde_json::from_str(POLICY).context("policy.json")?;
    // Shares are not whole numbers; no rule reads them yet, and a rule that does will bring its own type.
    let policy = policy.into_iter().filter_map(|row| Some((row.key, i32::try_from(row.value.as_i64()?).ok()?)));
    Ok(CitySetup {
        code: CITY.to_owned(),
        name_zh: "中山市政务服务数据管理局".to_owned(),
        name_en: "Zhongshan Government Services Bureau".to_owned(),
        calendar: days,
        policy: policy.collect(),
        forms: forms_as(FormStatus::Draft)?,
        members: Vec::new(),
        centers,
    })
}

/// Invented centers for measurements, in which nobody works.
#[must_use]
pub fn more_centers(numbers: std::ops::Range<usize>) -> CitySetup {
    let center = |number: usize| CenterSetup {
        code: format!("x{number:04}"),
        name_zh: format!("演示中心{number:04}"),
        name_en: format!("Invented Center {number:04}"),
        kind: "town".to_owned(),
        ..CenterSetup::default()
    };
    CitySetup { code: CITY.to_owned(), centers: numbers.map(center).collect(), ..CitySetup::default() }
}

/// The city with invented people, departments and channels in every center.
///
/// # Errors
/// As [`city`], and when hashing fails.
pub async fn demo_city() -> anyhow::Result<CitySetup> {
    let texts: Texts = serde_json::from_str(TEXTS).context("demo_texts.json")?;
    let channels: Channels = serde_json::from_str(CHANNELS).context("channels.json")?;
    let hash = password::hash(PASSWORD.to_owned()).await?;
    let mut names = texts.people_zh.iter().cycle();
    let mut member = |login: String, title: &str, role| MemberSetup {
        login,
        display_name: names.next().cloned().unwrap_or_default(),
        title: Some(title.to_owned()),
        role,
        password_hash: hash.clone(),
    };
    let mut setup = CitySetup { forms: forms_as(FormStatus::Published)?, ..city()? };
    setup.members = vec![
        member(format!("city.{CITY}"), "市级管理员", Role::CityAdmin),
        member(format!("city2.{CITY}"), "市级管理员", Role::CityAdmin),
        member(format!("security.{CITY}"), "安全管理员", Role::SecurityAdmin),
        member(format!("auditor.{CITY}"), "审计管理员", Role::Auditor),
    ];
    let mut points = texts.service_points.iter().cycle();
    for (number, center) in (1..).zip(&mut setup.centers) {
        let code = &center.code;
        center.members = vec![
            member(format!("handler.{code}"), "投诉处置专员", Role::ComplaintHandler),
            member(format!("handler2.{code}"), "投诉处置专员", Role::ComplaintHandler),
            member(format!("staff.{code}"), "窗口首席代表", Role::PostStaff),
            member(format!("admin.{code}"), "中心主任", Role::CenterAdmin),
            member(format!("supervisor.{code}"), "政务督办专员", Role::SupervisionOfficer),
        ];
        let departments = texts.departments.iter().cloned();
        center.departments = departments
            .map(|DepartmentRow { code, name_zh, name_en }| DepartmentSetup { code, name_zh, name_en })
            .collect();
        center.channels = channels.of(code, &center.name_zh, &center.name_en)?;
        let own = (1..).zip(points.by_ref().take(POINTS));
        center.service_points = own.map(|(n, point)| point.of(&center.name_zh, number, n)).collect();
        for DeviceRow { name, place } in &texts.devices {
            let (_, credential_hash) = new_token()?;
            center.devices.push(DeviceSetup { name: name.clone(), place: place.clone(), credential_hash });
        }
    }
    // Who leads model posts and keeps their ledgers, where there are some.
    if let Some(first) = setup.centers.first_mut() {
        let code = first.code.clone();
        first.members.extend(
            [
                ("lead", "罗雨桐", "登记注册专员", Role::PostLead),
                ("party", "周敏仪", "党建专员", Role::LedgerKeeperParty),
                ("women", "邱子晴", "妇联专员", Role::LedgerKeeperWomen),
                ("youth", "钟浩然", "团建专员", Role::LedgerKeeperYouth),
                ("standard", "萧静文", "标准化专员", Role::StandardsOfficer),
                ("talent", "彭卫东", "企业人才管家", Role::TalentSteward),
                ("coordinator", "卢嘉颖", "志愿者管理员", Role::VolunteerCoordinator),
                ("volunteer", "邓子轩", "志愿者", Role::Volunteer),
                ("inspector", "甘淑贤", "巡查专员", Role::PatrolInspector),
            ]
            .map(|(name, display_name, title, role)| MemberSetup {
                login: format!("{name}.{code}"),
                display_name: display_name.to_owned(),
                title: Some(title.to_owned()),
                role,
                password_hash: hash.clone(),
            }),
        );
    }
    // Decides appeals against ratings. With a name of their own, so that everybody else keeps theirs.
    setup.members.push(MemberSetup {
        login: format!("reviewer.{CITY}"),
        display_name: "温思远".to_owned(),
        title: Some("市级复核员".to_owned()),
        role: Role::CityReviewer,
        password_hash: hash.clone(),
    });
    // One person in two centers, to show the choice of a place.
    let both = setup.centers.first().map(|center| format!("handler2.{}", center.code));
    if let (Some(login), Some(second)) = (both, setup.centers.get_mut(1)) {
        second
            .members
            .push(MemberSetup { login, ..member(String::new(), "投诉处置专员", Role::ComplaintHandler) });
    }
    Ok(setup)
}

impl PointRow {
    fn of(&self, center_zh: &str, center: u32, number: u32) -> ServicePointSetup {
        ServicePointSetup {
            code: self.code.clone(),
            name_zh: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            address: self.address.replace("{name_zh}", center_zh),
            phone: Some(format!("0760-8000{center:02}{:02}", 10 + number)),
        }
    }
}

impl Channels {
    fn of(&self, code: &str, name_zh: &str, name_en: &str) -> anyhow::Result<Vec<ChannelSetup>> {
        let own = self.overrides.get(code);
        let fill = |text: &str| text.replace("{name_zh}", name_zh).replace("{name_en}", name_en);
        self.channels
            .iter()
            .map(|row| {
                let own = own.and_then(|values| values.get(&row.kind));
                Ok(ChannelSetup {
                    kind: ChannelKind::from_key(&row.kind).with_context(|| format!("channels.json: {}", row.kind))?,
                    label_zh: row.label_zh.clone(),
                    label_en: row.label_en.clone(),
                    value_zh: own.cloned().unwrap_or_else(|| fill(&row.value_zh)),
                    value_en: own.cloned().unwrap_or_else(|| fill(&row.value_en)),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::evaluation::forms::{ConductItem, FormKind, FormSource};

    use super::*;

    #[test]
    fn the_shipped_data_are_the_23_centers_and_the_official_calendar() {
        let city = city().unwrap();
        assert_eq!(city.centers.len(), 23);
        assert_eq!(city.calendar.len(), 256);
        assert!(city.centers.iter().all(|center| center.members.is_empty()), "nobody signs in by default (A-12)");
    }

    #[test]
    fn the_shipped_forms_are_fit_to_be_published_and_say_where_they_come_from() {
        let forms = forms().unwrap();
        let kinds: Vec<_> = forms.iter().map(FormContent::kind).collect();
        assert_eq!(kinds, FormKind::ALL);
        for form in &forms {
            assert_eq!(form.check_publication(), [], "{:?}", form.kind());
            // As it is stored and sent.
            let stored = serde_json::to_string(form).unwrap();
            assert_eq!(serde_json::from_str::<FormContent>(&stored).unwrap(), *form);
        }
        let FormContent::Conduct(conduct) = &forms[0] else { panic!("form D comes first") };
        let points: Vec<_> = conduct.dimensions.iter().map(|d| (d.code.as_str(), d.points)).collect();
        assert_eq!(points, [("attitude", 25), ("effectiveness", 25), ("discipline", 30), ("workplace", 20)]);
        let items = || conduct.dimensions.iter().flat_map(|dimension| &dimension.items);
        assert_eq!(items().filter(|item| item.size.is_none()).count(), 3);
        assert_eq!(items().filter(|item| item.source == FormSource::Standard).count(), 6);
    }

    #[test]
    fn a_form_that_is_half_filled_in_or_has_something_more_is_none() {
        let item = |more: &str| {
            let text = r#"{"code":"a","title":{"zh":"","en":" x "},"evidence":true,"source":"CITY"MORE}"#;
            serde_json::from_str::<ConductItem>(&text.replace("MORE", more))
        };
        assert!(item("").is_err(), "an item does not become a veto by leaving out its size");
        assert!(item(r#","size":null,"more":1"#).is_err());
        assert!(item(r#","size":{"least":1.5,"most":2}"#).is_err());
        let item = item(r#","size":null"#).unwrap();
        assert_eq!((item.size, item.title.en.as_str()), (None, "x"));
    }

    #[tokio::test]
    async fn every_demo_center_publishes_the_channels_of_6_8_2() {
        for center in demo_city().await.unwrap().centers {
            let kinds: Vec<_> = center.channels.iter().map(|channel| channel.kind.key()).collect();
            let required = ["reception_place", "opinion_box", "phone", "website", "email", "postal_address"];
            assert_eq!(kinds, required, "{}", center.code);
            assert!(center.channels.iter().all(|c| !c.value_zh.contains('{') && !c.value_en.contains('{')));
            assert_eq!((center.service_points.len(), center.devices.len()), (POINTS, 1), "{}", center.code);
            assert!(center.service_points.iter().all(|point| !point.address.contains('{')));
        }
    }
}
