//! Who calls: every role and every state of a membership, with a session as a sign-in leaves it.

use std::collections::HashMap;

use domain::{
    AccountId,
    access::Access,
    permission::{Role, grants},
};
use serde_json::json;
use server::{
    crypto::sha256_hex,
    db::{identity::PlaceKey, sessions::StoredSession},
    http::session::{self, SignedIn, Stage},
    testing::TestDb,
};
use tower_sessions::session::{Id, Record};

use crate::api::Operation;

/// The password of the few accounts that have one.
pub const PASSWORD: &str = "wet umbrellas in the hall";

/// From where somebody calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Center A, or its city's office.
    Here,
    /// A center of another city, or that city's office.
    Elsewhere,
}

/// What somebody may do at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What the role may do.
    Holds(Role),
    /// Nothing: the membership is not active, is over, or was never completed. It was for this role.
    Lost(Role),
    /// Nobody.
    Visitor,
}

/// Somebody who calls.
#[derive(Clone, Debug)]
pub struct Actor {
    /// For the report.
    pub name: String,
    /// From where.
    pub home: Home,
    /// What they may do.
    pub standing: Standing,
    /// The account and the place of the session; none for a visitor.
    pub session: Option<(AccountId, Option<PlaceKey>, Stage)>,
    /// The cookie.
    pub cookie: String,
}

impl Actor {
    /// Whether the matrix lets this one in; none where a session, or nothing, is asked for.
    pub fn may(&self, access: Access) -> Option<bool> {
        let needed = access.permission()?;
        Some(matches!(self.standing, Standing::Holds(role) if grants(role, needed)))
    }

    /// Whether a call could come to anything if somebody forgot to look at the membership. What is public does not look.
    pub fn could(&self, operation: &Operation) -> bool {
        match (self.standing, operation.access) {
            (Standing::Lost(_), Access::Public) => operation.name == "viewer",
            (Standing::Lost(role), access) => access.permission().is_none_or(|needed| grants(role, needed)),
            _ => true,
        }
    }

    /// The campaign of an evaluator.
    pub fn campaign(&self) -> Option<String> {
        self.session.as_ref()?.1?.campaign.map(|campaign| campaign.to_string())
    }

    /// The place whose values are theirs, and whose audit tells of them.
    pub fn place(&self) -> &'static str {
        match (self.home, self.is_office()) {
            (Home::Here, false) => "A",
            (Home::Here, true) => "zs",
            (Home::Elsewhere, false) => "F",
            (Home::Elsewhere, true) => "other",
        }
    }

    /// Whether this is somebody of a city office.
    pub fn is_office(&self) -> bool {
        matches!(self.session, Some((_, Some(PlaceKey { center: None, .. }), _)))
    }

    /// Signs in again: the last call has changed the session or ended it.
    pub async fn sign_in(&mut self, test: &TestDb) {
        if let Some((account, place, stage)) = &self.session {
            self.cookie = open(test, *account, *place, stage.clone()).await.0;
        }
    }
}

/// Opens a session: its cookie, and the hash by which the table knows it.
pub async fn open(test: &TestDb, account: AccountId, place: Option<PlaceKey>, stage: Stage) -> (String, String) {
    let mut state = SignedIn::new(account, stage, None, test.clock.now());
    state.place = place;
    let id = Id::default();
    // By the system's clock, as the sessions of the product.
    let expires_at = session::real_now() + chrono::TimeDelta::hours(6);
    let expiry_date = time::OffsetDateTime::from_unix_timestamp(expires_at.timestamp()).expect("a time");
    let data = HashMap::from([("signed_in".to_owned(), json!(state))]);
    let data = serde_json::to_string(&Record { id: Id(0), data, expiry_date }).expect("a record");
    assert!(session::stored(&data).is_some(), "the product reads its sessions in another way now");
    let id_hash = sha256_hex(&id.to_string());
    let stored = StoredSession { id_hash: id_hash.clone(), account: Some(account), browser: None, data, expires_at };
    assert!(test.db.identity().session_create(&stored).await.expect("a session"));
    (format!("__Host-sid={id}"), id_hash)
}

/// The account of a login.
pub async fn account(test: &TestDb, login: &str) -> AccountId {
    let known = test.db.identity().account_by_login(login).await.expect("a query");
    known.unwrap_or_else(|| panic!("no login {login}")).id
}
