//! What may be asked before a scope exists: sign-in, sessions, places, public codes, and the
//! rules of a city. Concrete functions, each with the little it needs; no generic select.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, CampaignId, CenterId, CityId,
    audit::Owner,
    calendar::{DayKind, local_date},
    center::CenterStatus,
    identity::MemberStatus,
    permission::{Role, RoleSet},
    policy::PolicyKey,
};
use entity::{account, calendar_day, center, city, city_member, membership, policy_value};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, Select, sea_query::ExprTrait,
};

use serde::{Deserialize, Serialize};

use super::{
    Db, ReadTx,
    settings::{self, Mode, Settings},
};
use crate::{
    auth::scope::Scope,
    error::{Error, Kind, Result},
};

const ACTIVE: &str = "active";
/// Centers whose people get in.
const WORKING: [CenterStatus; 2] = [CenterStatus::Active, CenterStatus::Closing];

/// A person who signs in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Login name.
    pub login: String,
    /// Name.
    pub display_name: String,
    /// PHC string; empty where none was set yet.
    pub password_hash: String,
    /// When it was set.
    pub password_set_at: Option<DateTime<Utc>>,
    status: String,
}

impl Account {
    /// Whether it may sign in.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == ACTIVE
    }
}

/// A center's public face.
#[derive(Clone, Debug)]
pub struct Center {
    /// Its id.
    pub id: CenterId,
    /// The city it belongs to.
    pub city_id: CityId,
    /// Public code, as in `/c/<code>`.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Street, town, …
    pub kind: String,
    /// Order in the city's lists.
    pub position: i32,
    _from_here: Sealed,
}

/// Where somebody is a member: a center, or a city office.
#[derive(Clone, Debug)]
pub struct Place {
    /// The center; none for a city office.
    pub center_id: Option<CenterId>,
    /// The city.
    pub city_id: CityId,
    /// The campaign that they evaluate in; none for a member.
    pub campaign_id: Option<CampaignId>,
    /// Public code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Their name there.
    pub display_name: String,
    /// Their job title there.
    pub title: Option<String>,
    /// Their active roles there.
    pub roles: RoleSet,
    /// From which day on the first of them counts; none when one has no such day.
    pub valid_from: Option<NaiveDate>,
    /// Up to which day the last of them counts; none when one has no such day.
    pub valid_until: Option<NaiveDate>,
    account: AccountId,
}

/// Which place: a center in its city, or the city's office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceKey {
    /// The center; none for a city office.
    pub center: Option<CenterId>,
    /// The city.
    pub city: CityId,
    /// The campaign, for an evaluator.
    #[serde(default)]
    pub campaign: Option<CampaignId>,
}

impl Place {
    /// Its key.
    #[must_use]
    pub const fn key(&self) -> PlaceKey {
        PlaceKey { center: self.center_id, city: self.city_id, campaign: self.campaign_id }
    }

    /// Whether it was read for `account`.
    #[must_use]
    pub fn is_of(&self, account: AccountId) -> bool {
        self.account == account
    }
}

/// Keeps other modules from writing down a place or a center that the database does not hold.
#[derive(Clone, Copy, Debug)]
struct Sealed;

/// Functions that need no scope.
pub struct Identity<'a> {
    pub(super) db: &'a Db,
}

impl<'a> Identity<'a> {
    pub(super) const fn new(db: &'a Db) -> Self {
        Self { db }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Internal`] when it does not, as in every function here.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.db.lobby.ping().await?)
    }

    /// The account of a login name, active or not.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        let found = account::Entity::find().filter(account::Column::Login.eq(login));
        Ok(found.one(&self.db.lobby).await?.map(Into::into))
    }

    /// An account, active or not.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>> {
        let found = account::Entity::find().filter(account::Column::Id.eq(id));
        Ok(found.one(&self.db.lobby).await?.map(Into::into))
    }

    /// Replaces a password's hash, e.g. by one of newer parameters.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn set_password_hash(&self, id: AccountId, hash: &str) -> Result<()> {
        let change = account::ActiveModel { password_hash: Set(hash.to_owned()), ..Default::default() };
        let updated =
            account::Entity::update_many().set(change).filter(account::Column::Id.eq(id)).exec(&self.db.lobby).await?;
        if updated.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound(Kind::Account)) }
    }

    /// Where an active account may work: city offices first, then centers in their order.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn places(&self, account: AccountId) -> Result<Vec<Place>> {
        let settings = Settings { account: Some(account), ..Settings::default() };
        let tx = settings::begin(&self.db.lobby, Mode::Read, &settings).await?;
        let mut rows = city_places(account).into_model::<PlaceRow>().all(&tx).await?;
        rows.extend(center_places(account, self.today()).into_model::<PlaceRow>().all(&tx).await?);
        Ok(gather(account, rows))
    }

    /// Whose people somebody is among: wherever they hold a role or were offered one, also while it is suspended, has run
    /// out or lies in a closed center.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn ties(&self, account: AccountId) -> Result<Vec<Owner>> {
        let settings = Settings { account: Some(account), ..Settings::default() };
        let tx = settings::begin(&self.db.lobby, Mode::Read, &settings).await?;
        let cities = city_member::Entity::find()
            .filter(city_member::Column::AccountId.eq(account))
            .filter(city_member::Column::Status.ne(MemberStatus::Ended));
        let centers = membership::Entity::find()
            .filter(membership::Column::AccountId.eq(account))
            .filter(membership::Column::Status.ne(MemberStatus::Ended));
        let cities = cities.all(&tx).await?.into_iter().map(|row| Owner::City(row.city_id));
        Ok(cities.chain(centers.all(&tx).await?.into_iter().map(|row| Owner::Center(row.center_id))).collect())
    }

    /// The snapshot of somebody at a place of theirs, under the scope that their memberships of
    /// this moment give there; none when they do not work there (any more). One transaction
    /// for the check and for what is read afterwards.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn enter(&self, account: AccountId, at: PlaceKey, request_id: &str) -> Result<Option<ReadTx>> {
        let settings = Settings { center: at.center, city: Some(at.city), account: Some(account) };
        let tx = settings::begin(&self.db.conn, Mode::Read, &settings).await?;
        let rows = match at.center {
            Some(center) => {
                let here = center_places(account, self.today()).filter(membership::Column::CenterId.eq(center));
                let here = here.filter(center::Column::CityId.eq(at.city));
                let campaign = membership::Column::CampaignId;
                here.filter(at.campaign.map_or_else(|| campaign.is_null(), |id| campaign.eq(id)))
                    .into_model::<PlaceRow>()
                    .all(&tx)
                    .await?
            }
            None => {
                let here = city_places(account).filter(city_member::Column::CityId.eq(at.city));
                here.into_model::<PlaceRow>().all(&tx).await?
            }
        };
        let place = gather(account, rows).pop();
        Ok(place
            .map(|place| ReadTx::new(tx, Scope::member(&place, account).with_request_id(request_id), self.db.filter)))
    }

    /// An active center by its public code.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn center_by_code(&self, code: &str) -> Result<Option<Center>> {
        let found = active_centers().filter(center::Column::Code.eq(code)).one(&self.db.lobby).await?;
        Ok(found.map(Into::into))
    }

    /// A center by its id, whatever its state.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn center(&self, id: CenterId) -> Result<Option<Center>> {
        let found = center::Entity::find().filter(center::Column::Id.eq(id)).one(&self.db.lobby).await?;
        Ok(found.map(Into::into))
    }

    /// The active centers of a city, in their order.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn centers(&self, city: CityId) -> Result<Vec<Center>> {
        let found = active_centers().filter(center::Column::CityId.eq(city)).all(&self.db.lobby).await?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The centers of a city whose people work: the active ones, and those that are winding up.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn working_centers(&self, city: CityId) -> Result<Vec<Center>> {
        let found = centers_in(WORKING).filter(center::Column::CityId.eq(city)).all(&self.db.lobby).await?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The same of all cities, for jobs.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn all_working_centers(&self) -> Result<Vec<Center>> {
        Ok(centers_in(WORKING).all(&self.db.lobby).await?.into_iter().map(Into::into).collect())
    }

    /// The active centers of all cities, for the portal's list.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn all_centers(&self) -> Result<Vec<Center>> {
        Ok(active_centers().all(&self.db.lobby).await?.into_iter().map(Into::into).collect())
    }

    /// A city by its id.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn city(&self, id: CityId) -> Result<Option<city::Model>> {
        Ok(city::Entity::find().filter(city::Column::Id.eq(id)).one(&self.db.lobby).await?)
    }

    /// A city by its code.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn city_by_code(&self, code: &str) -> Result<Option<city::Model>> {
        Ok(city::Entity::find().filter(city::Column::Code.eq(code)).one(&self.db.lobby).await?)
    }

    /// The official calendar of a city.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn city_calendar(&self, city: CityId) -> Result<Vec<(NaiveDate, DayKind)>> {
        let tx = self.in_city(city).await?;
        let days = calendar_day::Entity::find().filter(calendar_day::Column::CityId.eq(city)).all(&tx).await?;
        Ok(days.into_iter().map(|row| (row.day, row.kind)).collect())
    }

    /// The values a city has set; keys that the rules do not know are left out.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn city_policy(&self, city: CityId) -> Result<Vec<(PolicyKey, u32)>> {
        let tx = self.in_city(city).await?;
        let rows = policy_value::Entity::find().filter(policy_value::Column::CityId.eq(city)).all(&tx).await?;
        let known = |row: policy_value::Model| PolicyKey::from_key(&row.key).zip(u32::try_from(row.value).ok());
        Ok(rows.into_iter().filter_map(known).collect())
    }

    fn today(&self) -> NaiveDate {
        local_date(self.db.clock.now())
    }

    async fn in_city(&self, city: CityId) -> Result<sea_orm::DatabaseTransaction> {
        let settings = Settings { city: Some(city), ..Settings::default() };
        Ok(settings::begin(&self.db.lobby, Mode::Read, &settings).await?)
    }
}

fn active_centers() -> Select<center::Entity> {
    centers_in([CenterStatus::Active])
}

fn centers_in(states: impl IntoIterator<Item = CenterStatus>) -> Select<center::Entity> {
    center::Entity::find()
        .filter(center::Column::Status.is_in(states))
        .order_by_asc(center::Column::Position)
        .order_by_asc(center::Column::Code)
}

#[derive(FromQueryResult)]
struct PlaceRow {
    center_id: Option<CenterId>,
    city_id: CityId,
    campaign_id: Option<CampaignId>,
    code: String,
    name_zh: String,
    name_en: String,
    display_name: String,
    title: Option<String>,
    role: Role,
    // A city office's memberships have no dates.
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
}

/// Memberships in centers that count on that day, in one statement. A suspended account has no place.
fn center_places(account: AccountId, today: NaiveDate) -> Select<membership::Entity> {
    let of_account: RelationDef = membership::Entity::belongs_to(account::Entity)
        .from(membership::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let of_center: RelationDef =
        membership::Entity::belongs_to(center::Entity).from(membership::Column::CenterId).to(center::Column::Id).into();
    membership::Entity::find()
        .select_only()
        .columns([
            membership::Column::CenterId,
            membership::Column::CampaignId,
            membership::Column::DisplayName,
            membership::Column::Title,
            membership::Column::Role,
            membership::Column::ValidFrom,
            membership::Column::ValidUntil,
        ])
        .columns([center::Column::CityId, center::Column::Code, center::Column::NameZh, center::Column::NameEn])
        .join(JoinType::InnerJoin, of_account)
        .join(JoinType::InnerJoin, of_center)
        .filter(membership::Column::AccountId.eq(account))
        .filter(membership::Column::Status.eq(MemberStatus::Active))
        .filter(membership::Column::ValidFrom.is_null().or(membership::Column::ValidFrom.lte(today)))
        .filter(membership::Column::ValidUntil.is_null().or(membership::Column::ValidUntil.gte(today)))
        .filter(account::Column::Status.eq(ACTIVE))
        .filter(center::Column::Status.is_in(WORKING))
        .order_by_asc(center::Column::Position)
        .order_by_asc(center::Column::Code)
}

/// The same for city offices.
fn city_places(account: AccountId) -> Select<city_member::Entity> {
    let of_account: RelationDef = city_member::Entity::belongs_to(account::Entity)
        .from(city_member::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let of_city: RelationDef =
        city_member::Entity::belongs_to(city::Entity).from(city_member::Column::CityId).to(city::Column::Id).into();
    city_member::Entity::find()
        .select_only()
        .columns([
            city_member::Column::CityId,
            city_member::Column::DisplayName,
            city_member::Column::Title,
            city_member::Column::Role,
        ])
        .columns([city::Column::Code, city::Column::NameZh, city::Column::NameEn])
        .join(JoinType::InnerJoin, of_account)
        .join(JoinType::InnerJoin, of_city)
        .filter(city_member::Column::AccountId.eq(account))
        .filter(city_member::Column::Status.eq(MemberStatus::Active))
        .filter(account::Column::Status.eq(ACTIVE))
        .order_by_asc(city::Column::Code)
}

/// One place with all its roles for several rows with one role each.
fn gather(account: AccountId, rows: Vec<PlaceRow>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut roles: BTreeMap<usize, Vec<Role>> = BTreeMap::new();
    for row in rows {
        let at = PlaceKey { center: row.center_id, city: row.city_id, campaign: row.campaign_id };
        let known = places.iter().position(|place| place.key() == at);
        roles.entry(known.unwrap_or(places.len())).or_default().push(row.role);
        if let Some(place) = known.and_then(|at| places.get_mut(at)) {
            place.valid_from = Ord::min(place.valid_from, row.valid_from);
            place.valid_until = place.valid_until.zip(row.valid_until).map(|(one, other)| Ord::max(one, other));
        } else {
            places.push(Place {
                center_id: row.center_id,
                city_id: row.city_id,
                campaign_id: row.campaign_id,
                code: row.code,
                name_zh: row.name_zh,
                name_en: row.name_en,
                display_name: row.display_name,
                title: row.title,
                roles: RoleSet::default(),
                valid_from: row.valid_from,
                valid_until: row.valid_until,
                account,
            });
        }
    }
    for (place, roles) in places.iter_mut().zip(roles.into_values()) {
        place.roles = RoleSet::new(roles);
    }
    places
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        let account::Model { id, login, display_name, password_hash, password_set_at, status, .. } = row;
        Self { id, login, display_name, password_hash, password_set_at, status }
    }
}

impl From<center::Model> for Center {
    fn from(row: center::Model) -> Self {
        let center::Model { id, city_id, code, name_zh, name_en, kind, position, .. } = row;
        Self { id, city_id, code, name_zh, name_en, kind, position, _from_here: Sealed }
    }
}
