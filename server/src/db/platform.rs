//! Setting up a city: its office, calendar, policy, centers and people, in one transaction.
//!
//! Run again, it adds what is missing and leaves alone what is there: values that the city has
//! changed and passwords stay.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, CenterId, CityId, ComplaintChannelId, DepartmentId, DeviceId, FormVersionId, MembershipId,
    ServicePointId,
    audit::Owner,
    calendar::{DayKind, local_date},
    center::CenterStatus,
    evaluation::forms::{FormContent, FormStatus},
    identity::MemberStatus,
    permission::Role,
    settings::{ChannelKind, DeviceStatus, EntryStatus},
};
use entity::{
    account, calendar_day, center, city, city_member, complaint_channel, department, device, form_version, membership,
    policy_value, service_point, standard_edition,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};

use super::{
    AuditEvent, Db, Verb, chain,
    settings::{self, Mode, Settings},
};
use crate::error::{Error, Kind, Result};

/// A city to be set up.
#[derive(Clone, Debug, Default)]
pub struct CitySetup {
    /// Public code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Days that differ from the plain week, with the festival's name.
    pub calendar: Vec<(NaiveDate, DayKind, String)>,
    /// Policy values by key.
    pub policy: Vec<(String, i32)>,
    /// The first version of each form.
    pub forms: Vec<FormSetup>,
    /// People of the city office.
    pub members: Vec<MemberSetup>,
    /// Its centers, in order.
    pub centers: Vec<CenterSetup>,
}

/// The first version of a form, to be set up.
#[derive(Clone, Debug)]
pub struct FormSetup {
    /// What is in it.
    pub content: FormContent,
    /// A draft that the city looks through first, or published from today on.
    pub status: FormStatus,
}

/// A center to be set up.
#[derive(Clone, Debug, Default)]
pub struct CenterSetup {
    /// Public code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Street, town, …
    pub kind: String,
    /// Resident departments and offices.
    pub departments: Vec<DepartmentSetup>,
    /// Published ways to complain.
    pub channels: Vec<ChannelSetup>,
    /// Village and community service points.
    pub service_points: Vec<ServicePointSetup>,
    /// Self-service terminals.
    pub devices: Vec<DeviceSetup>,
    /// Its people.
    pub members: Vec<MemberSetup>,
}

/// A department to be set up.
#[derive(Clone, Debug)]
pub struct DepartmentSetup {
    /// Short code, unique in the center.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
}

/// A published way to complain, to be set up. Its position is the one in the list.
#[derive(Clone, Debug)]
pub struct ChannelSetup {
    /// Phone, website, …
    pub kind: ChannelKind,
    /// Chinese label.
    pub label_zh: String,
    /// English label.
    pub label_en: String,
    /// The number, address, … in Chinese.
    pub value_zh: String,
    /// The same in English.
    pub value_en: String,
}

/// A service point to be set up.
#[derive(Clone, Debug)]
pub struct ServicePointSetup {
    /// Short code, unique in the center.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Where it is.
    pub address: String,
    /// Its phone.
    pub phone: Option<String>,
}

/// A device to be set up. Until its credential is renewed nobody knows it.
#[derive(Clone, Debug)]
pub struct DeviceSetup {
    /// Its name, unique in the center.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Of its credential.
    pub credential_hash: String,
}

/// A person with one role. The same login in several places is the same person.
#[derive(Clone, Debug)]
pub struct MemberSetup {
    /// Login name.
    pub login: String,
    /// Name.
    pub display_name: String,
    /// Job title.
    pub title: Option<String>,
    /// The role.
    pub role: Role,
    /// PHC string, for an account that does not exist yet.
    pub password_hash: String,
}

/// Set-up functions.
pub struct Platform<'a> {
    db: &'a Db,
}

impl<'a> Platform<'a> {
    pub(super) const fn new(db: &'a Db) -> Self {
        Self { db }
    }

    /// Sets up a city, or adds to it what is missing.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) from the database; nothing is changed then.
    pub async fn set_up(&self, setup: &CitySetup) -> Result<CityId> {
        let _turn = self.db.turn().await;
        let tx = settings::begin(&self.db.conn, Mode::Write, &Settings::default()).await?;
        let work = Work { db: self.db, tx, now: self.db.clock.now() };
        let city = work.city(setup).await?;
        for (position, center) in (1..).zip(&setup.centers) {
            work.center(city, position, center).await?;
        }
        work.tx.commit().await?;
        Ok(city)
    }
}

struct Work<'a> {
    db: &'a Db,
    tx: DatabaseTransaction,
    now: DateTime<Utc>,
}

impl Work<'_> {
    async fn city(&self, setup: &CitySetup) -> Result<CityId> {
        let known = city::Entity::find().filter(city::Column::Code.eq(&setup.code)).one(&self.tx).await?;
        let id = match known {
            Some(row) => row.id,
            None => {
                let id = CityId(self.db.ids.next());
                let row = city::ActiveModel {
                    id: Set(id),
                    code: Set(setup.code.clone()),
                    name_zh: Set(setup.name_zh.clone()),
                    name_en: Set(setup.name_en.clone()),
                };
                city::Entity::insert(row).exec_without_returning(&self.tx).await?;
                id
            }
        };
        Settings { city: Some(id), ..Settings::default() }.apply(&self.tx).await?;
        self.calendar_and_policy(id, setup).await?;
        self.forms(id, &setup.forms).await?;
        self.office(id, &setup.members).await?;
        let record = chain::by_command("set_up", self.db.ids.next(), AuditEvent::on(id.0, Verb::CitySetUp), self.now);
        chain::append(&self.tx, Owner::City(id), record).await?;
        Ok(id)
    }

    async fn calendar_and_policy(&self, city: CityId, setup: &CitySetup) -> Result<()> {
        let days = setup.calendar.iter().map(|(day, kind, festival)| calendar_day::ActiveModel {
            city_id: Set(city),
            day: Set(*day),
            kind: Set(*kind),
            festival: Set(festival.clone()),
        });
        self.add(days.collect(), &[calendar_day::Column::CityId, calendar_day::Column::Day]).await?;
        let values = setup.policy.iter().map(|(key, value)| policy_value::ActiveModel {
            city_id: Set(city),
            key: Set(key.clone()),
            value: Set(*value),
            updated_at: Set(self.now),
        });
        self.add(values.collect(), &[policy_value::Column::CityId, policy_value::Column::Key]).await
    }

    async fn forms(&self, city: CityId, forms: &[FormSetup]) -> Result<()> {
        use form_version::Column as C;
        if forms.is_empty() {
            return Ok(());
        }
        let edition = standard_edition::Entity::find().one(&self.tx).await?.ok_or(Error::NotFound(Kind::Row))?;
        let mut rows = Vec::new();
        for FormSetup { content, status } in forms {
            rows.push(form_version::ActiveModel {
                city_id: Set(city),
                id: Set(FormVersionId(self.db.ids.next())),
                kind: Set(content.kind()),
                number: Set(1),
                status: Set(*status),
                edition: Set(edition.code.clone()),
                copied_from: Set(None),
                valid_from: Set((*status == FormStatus::Published).then(|| local_date(self.now))),
                content: Set(serde_json::to_string(content).map_err(anyhow::Error::from)?),
                changed_at: Set(self.now),
                version: Set(1),
            });
        }
        self.add(rows, &[C::CityId, C::Kind, C::Number]).await
    }

    async fn office(&self, city: CityId, members: &[MemberSetup]) -> Result<()> {
        use city_member::Column as C;
        let mut rows = Vec::new();
        for member in members {
            rows.push(city_member::ActiveModel {
                city_id: Set(city),
                id: Set(MembershipId(self.db.ids.next())),
                account_id: Set(self.account(member).await?),
                role: Set(member.role),
                display_name: Set(member.display_name.clone()),
                title: Set(member.title.clone()),
                status: Set(MemberStatus::Active),
            });
        }
        self.add(rows, &[C::CityId, C::AccountId, C::Role]).await
    }

    async fn center(&self, city: CityId, position: i32, setup: &CenterSetup) -> Result<()> {
        let known = center::Entity::find().filter(center::Column::Code.eq(&setup.code)).one(&self.tx).await?;
        let id = match known {
            Some(row) => row.id,
            None => {
                let id = CenterId(self.db.ids.next());
                let row = center::ActiveModel {
                    id: Set(id),
                    city_id: Set(city),
                    code: Set(setup.code.clone()),
                    name_zh: Set(setup.name_zh.clone()),
                    name_en: Set(setup.name_en.clone()),
                    kind: Set(setup.kind.clone()),
                    status: Set(CenterStatus::Active),
                    position: Set(position),
                };
                center::Entity::insert(row).exec_without_returning(&self.tx).await?;
                id
            }
        };
        Settings { center: Some(id), city: Some(city), account: None }.apply(&self.tx).await?;
        self.departments_and_channels(id, setup).await?;
        self.points_and_devices(id, setup).await?;
        self.members(id, &setup.members).await
    }

    async fn departments_and_channels(&self, center: CenterId, setup: &CenterSetup) -> Result<()> {
        let departments = setup.departments.iter().map(|department| department::ActiveModel {
            center_id: Set(center),
            id: Set(DepartmentId(self.db.ids.next())),
            code: Set(department.code.clone()),
            name_zh: Set(department.name_zh.clone()),
            name_en: Set(department.name_en.clone()),
            status: Set(EntryStatus::Active),
            own_dress: Set(false),
            version: Set(1),
        });
        self.add(departments.collect(), &[department::Column::CenterId, department::Column::Code]).await?;
        let channels = (1..).zip(&setup.channels).map(|(position, channel)| complaint_channel::ActiveModel {
            center_id: Set(center),
            id: Set(ComplaintChannelId(self.db.ids.next())),
            kind: Set(channel.kind),
            label_zh: Set(channel.label_zh.clone()),
            label_en: Set(channel.label_en.clone()),
            value_zh: Set(channel.value_zh.clone()),
            value_en: Set(channel.value_en.clone()),
            position: Set(position),
            status: Set(EntryStatus::Active),
            version: Set(1),
        });
        self.add(channels.collect(), &[complaint_channel::Column::CenterId, complaint_channel::Column::Position]).await
    }

    async fn points_and_devices(&self, center: CenterId, setup: &CenterSetup) -> Result<()> {
        let points = setup.service_points.iter().map(|point| service_point::ActiveModel {
            center_id: Set(center),
            id: Set(ServicePointId(self.db.ids.next())),
            code: Set(point.code.clone()),
            name_zh: Set(point.name_zh.clone()),
            name_en: Set(point.name_en.clone()),
            address: Set(point.address.clone()),
            phone: Set(point.phone.clone()),
            status: Set(EntryStatus::Active),
            version: Set(1),
        });
        self.add(points.collect(), &[service_point::Column::CenterId, service_point::Column::Code]).await?;
        let devices = setup.devices.iter().map(|device| device::ActiveModel {
            center_id: Set(center),
            id: Set(DeviceId(self.db.ids.next())),
            name: Set(device.name.clone()),
            place: Set(Some(device.place.clone())),
            service_point_id: Set(None),
            status: Set(DeviceStatus::Active),
            credential_hash: Set(device.credential_hash.clone()),
            credential_at: Set(self.now),
            version: Set(1),
        });
        self.add(devices.collect(), &[device::Column::CenterId, device::Column::Name]).await
    }

    async fn members(&self, center: CenterId, members: &[MemberSetup]) -> Result<()> {
        use membership::Column as C;
        let mut rows = Vec::new();
        for member in members {
            rows.push(membership::ActiveModel {
                center_id: Set(center),
                id: Set(MembershipId(self.db.ids.next())),
                account_id: Set(self.account(member).await?),
                role: Set(member.role),
                display_name: Set(member.display_name.clone()),
                title: Set(member.title.clone()),
                status: Set(MemberStatus::Active),
                valid_from: Set(None),
                valid_until: Set(None),
                campaign_id: Set(None),
            });
        }
        self.add(rows, &[C::CenterId, C::AccountId, C::Role]).await
    }

    async fn account(&self, member: &MemberSetup) -> Result<AccountId> {
        let known = account::Entity::find().filter(account::Column::Login.eq(&member.login)).one(&self.tx).await?;
        if let Some(row) = known {
            return Ok(row.id);
        }
        let id = AccountId(self.db.ids.next());
        let row = account::ActiveModel {
            id: Set(id),
            login: Set(member.login.clone()),
            display_name: Set(member.display_name.clone()),
            password_hash: Set(member.password_hash.clone()),
            status: Set("active".to_owned()),
            password_set_at: Set(Some(self.now)),
            created_at: Set(self.now),
        };
        account::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(id)
    }

    /// Adds the rows whose `unique` columns are not taken.
    async fn add<A>(&self, rows: Vec<A>, unique: &[<A::Entity as EntityTrait>::Column]) -> Result<()>
    where
        A: ActiveModelTrait + Send,
        A::Entity: EntityTrait<ActiveModel = A>,
    {
        if rows.is_empty() {
            return Ok(());
        }
        let taken = OnConflict::columns(unique.iter().copied()).do_nothing().to_owned();
        A::Entity::insert_many(rows).on_conflict(taken).exec_without_returning(&self.tx).await?;
        Ok(())
    }
}
