//! Scopes, grants and places come from where they were checked.

use domain::{AccountId, CenterId, CityId, permission::{Permission, RoleSet}};
use server::{
    auth::scope::{ActorId, Granted, Reach, Scope, Within},
    db::identity::Place,
};

fn scope(city: CityId, center: CenterId, account: AccountId) -> Scope {
    Scope {
        city,
        reach: Reach::Center(center, Within::All),
        roles: RoleSet::default(),
        actor: ActorId::Account(account),
        request_id: String::new(),
        source: None,
    }
}

fn granted(scope: Scope) -> Granted {
    Granted { scope, permission: Permission::ComplaintHandle }
}

fn place(known: Place, center: CenterId) -> Place {
    Place { center_id: Some(center), ..known }
}

fn main() {}
