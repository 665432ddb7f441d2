//! Who may call which operation: one row for each root field of the schema, and for each route beside it (Z-1).
//!
//! The server asks this table at its one door, before anything runs; an operation without a row is
//! refused to everybody. The services ask once more for themselves. [`page`] prints the same table
//! for people, and a test compares both with the schema.

mod operations;
mod routes;

use std::fmt::Write;

use crate::{
    complaints::{
        Action,
        state::{permission, states},
    },
    files::OwnerKind,
    permission::{Permission, Role, grants},
};

/// What an operation asks of whoever calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: visitors call it, and whoever is about to sign in.
    Public,
    /// A session of their own; what is still asked of it is for the service to say.
    Account,
    /// The credential of a device, which lets it do this and nothing else.
    Device(Permission),
    /// A role with this permission at the chosen place.
    Needs(Permission),
    /// A step on a case: its permission, in the states of [`states`].
    Step(Action),
}

impl Access {
    /// The permission it asks for, if any.
    #[must_use]
    pub const fn permission(self) -> Option<Permission> {
        match self {
            Self::Public | Self::Account => None,
            Self::Device(needed) | Self::Needs(needed) => Some(needed),
            Self::Step(action) => Some(permission(action)),
        }
    }
}

pub use operations::OPERATIONS;
pub use routes::ROUTES;

use Access::{Device, Public, Step};

/// What `operation` asks for; none where there is no such operation.
#[must_use]
pub fn of(operation: &str) -> Option<Access> {
    OPERATIONS.iter().find(|(name, _)| *name == operation).map(|(_, access)| *access)
}

/// What a route asks for; none where there is no such route.
#[must_use]
pub fn of_route(route: &str) -> Option<Access> {
    ROUTES.iter().find(|(name, _)| *name == route).map(|(_, access)| *access)
}

/// The table as a page of Markdown, with the roles and the states that each row comes to.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# Who may call what\n\nPrinted from `domain/src/access/` by `make schema`; a test compares. \
         States are those of a complaint in which the step makes sense; `domain::complaints::may` adds \
         the separation of duties and the clocks.\n\n| Operation | Asks for | Roles | States |\n|---|---|---|---|\n",
    );
    for (name, access) in OPERATIONS.iter().chain(ROUTES) {
        let (asks, roles) = match access.permission() {
            Some(needed) if matches!(access, Device(_)) => (needed.key(), "a device of the center".to_owned()),
            Some(needed) => (needed.key(), holders(needed)),
            None if *access == Public => ("nothing", "anybody".to_owned()),
            None => ("a session", "whoever signs in".to_owned()),
        };
        let states = match access {
            Step(action) => list(states(*action).iter().map(|state| state.key())),
            _ => String::new(),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(page, "| `{name}` | {asks} | {roles} | {states} |");
    }
    page.push_str("\n## Whose files\n\n| Files of | Seen by whoever sees the record and has |\n|---|---|\n");
    for kind in OwnerKind::ALL {
        let reader = kind.reader().map_or("(nobody but the uploader yet)", Permission::key);
        let _ = writeln!(page, "| {} | {reader} |", kind.key());
    }
    page
}

fn holders(needed: Permission) -> String {
    let (yes, no): (Vec<Role>, Vec<Role>) = Role::ALL.iter().copied().partition(|role| grants(*role, needed));
    if no.is_empty() { "every role".to_owned() } else { list(yes.iter().map(|role| role.key())) }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::Permission as P;

    #[test]
    fn each_operation_has_one_row_and_each_permission_an_operation() {
        for (position, (name, _)) in OPERATIONS.iter().enumerate() {
            assert!(OPERATIONS.iter().skip(position + 1).all(|(other, _)| other != name), "{name}");
        }
        // Asked for where no role is, by receipt code and by one-time link; and for single fields of one operation.
        let staff = [P::StaffSexRead, P::StaffBirthRead, P::StaffPartyRead];
        let fields = [&staff[..], &[P::ModelPartyRead, P::ModelWomenRead, P::ModelYouthRead]].concat();
        // How much of the volunteers' records somebody sees, and what a recipient does with a code.
        let service = [P::VolunteerReadPost, P::VolunteerReadAll, P::ServiceConfirm];
        // How much of what the public says somebody sees, and what the public does.
        let rating = [P::RatingReadAll, P::RatingGive];
        let elsewhere = [&[P::ComplaintFile, P::InvitationAccept], &fields[..], &service[..], &rating[..]].concat();
        for permission in Permission::ALL.iter().filter(|permission| !elsewhere.contains(permission)) {
            assert!(
                OPERATIONS.iter().chain(ROUTES).any(|(_, access)| access.permission() == Some(*permission)),
                "{permission:?}"
            );
        }
        for action in Action::ALL {
            assert!(OPERATIONS.iter().any(|(_, access)| *access == Step(*action)), "{action:?}");
        }
    }

    #[test]
    fn what_has_no_row_is_nobodys() {
        assert_eq!(of("dropEverything"), None);
        assert_eq!(of("acceptComplaint").and_then(Access::permission), Some(P::ComplaintHandle));
        assert_eq!(of("viewer").and_then(Access::permission), None);
    }
}
