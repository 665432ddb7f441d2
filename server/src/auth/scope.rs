//! Where somebody may look, and what they were allowed to do there.
//!
//! Fields are private and the constructors are here: a [`Scope`] comes from a membership read
//! from the database, from a center's public page, from a device's credential, or from a job. [`Scope::require`] turns it
//! into [`Granted`], the only thing that `db.write` takes.

use domain::{
    AccountId, BadRatingId, CampaignId, CenterId, CityId, ComplaintId, DeviceId,
    audit::Owner,
    permission::{Permission, RoleSet},
};
use entity::device;
use uuid::Uuid;

use crate::{
    db::{
        appeals::OpenAppeal,
        chain::Office,
        credentials::Invitation,
        identity::{Center, Place},
        referrals::OpenCase,
    },
    error::{Error, Result},
};

/// How far a scope reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// City office: city-owned rows and reported figures; no center-owned row.
    City,
    /// A member of one center.
    Center(CenterId, Within),
    /// An evaluator in one campaign, at one of the centers assigned to them.
    Assigned(CampaignId, CenterId),
    /// The city office putting a center's administrators in place: its memberships, no more.
    Appointing(CenterId),
    /// A clerk of the city office inside one case that was put before it: that case's rows, no other of its center.
    Referred(CenterId, Case),
    /// A visitor or a device at one center: what is open to everybody, or to devices; nothing else.
    Public(CenterId),
}

/// The case that a clerk of the city office is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A complaint that was put before the city.
    Complaint(ComplaintId),
    /// A bad rating against which somebody has appealed.
    BadRating(BadRatingId),
}

impl Case {
    /// Its id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Complaint(id) => id.0,
            Self::BadRating(id) => id.0,
        }
    }

    /// What may be done inside of it.
    const fn grants(self, permission: Permission) -> bool {
        match self {
            Self::Complaint(_) => matches!(permission, Permission::ReferralOpen | Permission::ReferralAnswer),
            Self::BadRating(_) => matches!(permission, Permission::AppealDecide),
        }
    }
}

/// Which rows inside a center. Applied by the context's `repo.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// All of them.
    All,
    /// Those the person works on.
    Own(AccountId),
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorId {
    /// Somebody signed in.
    Account(AccountId),
    /// Somebody who holds a one-time link to this account.
    Invited(AccountId),
    /// Somebody without an account.
    Visitor,
    /// A device of the center, by its credential.
    Device(DeviceId),
    /// The product itself, by the job's name.
    Job(&'static str),
}

impl ActorId {
    /// The text stored with an audit event.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Invited(_) => "invited",
            Self::Visitor => "visitor",
            Self::Device(_) => "device",
            Self::Job(_) => "job",
        }
    }
}

/// Where the actor may look.
#[derive(Clone, Debug)]
pub struct Scope {
    city: CityId,
    reach: Reach,
    roles: RoleSet,
    actor: ActorId,
    request_id: String,
    source: Option<String>,
}

impl Scope {
    /// The scope of `account` at a place of theirs. Somebody else's place grants nothing.
    #[must_use]
    pub fn member(place: &Place, account: AccountId) -> Self {
        let roles = if place.is_of(account) { place.roles.clone() } else { RoleSet::default() };
        let within = if roles.may(Permission::ComplaintReadAll) { Within::All } else { Within::Own(account) };
        let reach = match (place.center_id, place.campaign_id) {
            (None, _) => Reach::City,
            (Some(center), None) => Reach::Center(center, within),
            (Some(center), Some(campaign)) => Reach::Assigned(campaign, center),
        };
        Self::new(place.city_id, reach, roles, ActorId::Account(account))
    }

    /// A visitor at a center's public page.
    #[must_use]
    pub fn public(center: &Center) -> Self {
        Self::new(center.city_id, Reach::Public(center.id), RoleSet::default(), ActorId::Visitor)
    }

    /// A device at its center.
    #[must_use]
    pub fn device(center: &Center, device: &device::Model) -> Self {
        Self::new(center.city_id, Reach::Public(device.center_id), RoleSet::default(), ActorId::Device(device.id))
    }

    /// The holder of a one-time link, where it leads.
    #[must_use]
    pub fn invited(link: &Invitation) -> Self {
        let reach = link.center.map_or(Reach::City, |center| Reach::Center(center, Within::Own(link.account)));
        Self::new(link.city, reach, RoleSet::default(), ActorId::Invited(link.account))
    }

    /// A job inside one center. May do anything there: it acts by the rules, not by a role.
    #[must_use]
    pub fn job(center: &Center, name: &'static str) -> Self {
        Self::new(center.city_id, Reach::Center(center.id, Within::All), RoleSet::default(), ActorId::Job(name))
    }

    /// A job in a city office.
    #[must_use]
    pub fn city_job(office: &Office, name: &'static str) -> Self {
        Self::new(office.id(), Reach::City, RoleSet::default(), ActorId::Job(name))
    }

    fn new(city: CityId, reach: Reach, roles: RoleSet, actor: ActorId) -> Self {
        Self { city, reach, roles, actor, request_id: String::new(), source: None }
    }

    /// The same scope, for the request that the audit will name.
    #[must_use]
    pub fn with_request_id(mut self, request_id: &str) -> Self {
        request_id.clone_into(&mut self.request_id);
        self
    }

    /// The same scope, for a request from the network that the audit will name.
    #[must_use]
    pub fn with_source(mut self, source: Option<String>) -> Self {
        self.source = source;
        self
    }

    /// The key to a write, if the actor holds `permission` here.
    ///
    /// # Errors
    /// [`Error::Forbidden`] otherwise.
    pub fn require(&self, permission: Permission) -> Result<Granted> {
        let holds = match (self.actor, self.reach) {
            (ActorId::Job(_), _) => true,
            (ActorId::Invited(_), _) => permission == Permission::InvitationAccept,
            (ActorId::Device(_), _) => permission == Permission::QueueReport,
            (_, Reach::Public(_)) => {
                matches!(permission, Permission::ComplaintFile | Permission::ServiceConfirm | Permission::RatingGive)
            }
            (_, Reach::Appointing(_)) => permission == Permission::MemberManage,
            (_, Reach::Referred(_, case)) => case.grants(permission) && self.roles.may(permission),
            _ => self.roles.may(permission),
        };
        if holds { Ok(Granted { scope: self.clone(), permission }) } else { Err(Error::Forbidden(permission)) }
    }

    /// The scope in which a city office appoints a center's administrators.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without [`Permission::CenterManage`], [`Error::OutOfReach`] outside of a
    /// city office and for a center of another city.
    pub fn appointing(&self, center: &Center) -> Result<Self> {
        self.require(Permission::CenterManage)?;
        if self.reach != Reach::City || center.city_id != self.city {
            return Err(Error::OutOfReach);
        }
        Ok(Self { reach: Reach::Appointing(center.id), ..self.clone() })
    }

    /// The scope of a clerk of the city office inside a case that was put before it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without [`Permission::ReferralOpen`], [`Error::OutOfReach`] outside of the city office whose
    /// list holds the case.
    pub fn referred(&self, case: &OpenCase) -> Result<Self> {
        self.require(Permission::ReferralOpen)?;
        if self.reach != Reach::City || case.city() != self.city {
            return Err(Error::OutOfReach);
        }
        Ok(Self { reach: Reach::Referred(case.center(), Case::Complaint(case.complaint())), ..self.clone() })
    }

    /// The scope of a reviewer of the city office inside a bad rating against which somebody has appealed.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without [`Permission::AppealDecide`], [`Error::OutOfReach`] outside of the city office whose
    /// list holds the appeal.
    pub fn appealed(&self, appeal: &OpenAppeal) -> Result<Self> {
        self.require(Permission::AppealDecide)?;
        if self.reach != Reach::City || appeal.city() != self.city {
            return Err(Error::OutOfReach);
        }
        Ok(Self { reach: Reach::Referred(appeal.center(), Case::BadRating(appeal.case())), ..self.clone() })
    }

    /// The center whose rows are in reach.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] in a city office, also inside a case: of that center, one case is in reach.
    pub const fn center(&self) -> Result<CenterId> {
        match self.reach {
            Reach::Center(center, _)
            | Reach::Assigned(_, center)
            | Reach::Appointing(center)
            | Reach::Public(center) => Ok(center),
            Reach::City | Reach::Referred(..) => Err(Error::OutOfReach),
        }
    }

    /// The center in which this is: whose audit tells of it, and what row-level security compares with.
    #[must_use]
    pub const fn tenant(&self) -> Option<CenterId> {
        match self.reach {
            Reach::Center(center, _)
            | Reach::Assigned(_, center)
            | Reach::Appointing(center)
            | Reach::Referred(center, _)
            | Reach::Public(center) => Some(center),
            Reach::City => None,
        }
    }

    /// The city, also of a center.
    #[must_use]
    pub const fn city(&self) -> CityId {
        self.city
    }

    /// How far it reaches.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// Who is signed in, if anybody.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self.actor {
            ActorId::Account(account) | ActorId::Invited(account) => Some(account),
            ActorId::Visitor | ActorId::Device(_) | ActorId::Job(_) => None,
        }
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> ActorId {
        self.actor
    }

    /// Roles held here.
    #[must_use]
    pub const fn roles(&self) -> &RoleSet {
        &self.roles
    }

    /// Which rows inside the center; none outside of one and for a visitor.
    #[must_use]
    pub const fn within(&self) -> Option<Within> {
        match self.reach {
            Reach::Center(_, within) => Some(within),
            Reach::City | Reach::Assigned(..) | Reach::Appointing(_) | Reach::Referred(..) | Reach::Public(_) => None,
        }
    }

    /// The request this scope serves; empty where none was named.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The network it came from, if known.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Whose audit tells what is done here.
    #[must_use]
    pub fn owner(&self) -> Owner {
        self.tenant().map_or(Owner::City(self.city), Owner::Center)
    }
}

/// Proof of a passed permission check.
#[derive(Clone, Debug)]
pub struct Granted {
    scope: Scope,
    permission: Permission,
}

impl Granted {
    /// Where it holds.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What was asked for.
    #[must_use]
    pub const fn permission(&self) -> Permission {
        self.permission
    }

    /// The request it was asked in.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.scope.request_id
    }
}
