//! The walls between centers (docs/ARCHITECTURE.md): types, row-level security, keys.
//! On PostgreSQL each is also tried with the others taken away.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: what fails fails the test")]

mod audit;
mod boot;
mod cancelled;
mod catalogue;
mod isolation;
mod ownership;
mod rls;
mod tamper;
mod upgrade;
mod writes;

use domain::permission::Permission;
use entity::complaint;
use server::{
    auth::scope::Granted,
    db::{AuditEvent, Verb},
    testing::TestDb,
};

/// The key to a write as `login`.
async fn granted(test: &TestDb, login: &str) -> Granted {
    test.scope(login).await.require(Permission::CatalogueRead).unwrap()
}

/// Files a complaint in the center of `login`.
async fn file(test: &TestDb, login: &str, number: &str) -> complaint::Model {
    let mut tx = test.db.write(&granted(test, login).await).await.unwrap();
    let row = tx.insert(test.complaint(number)).await.unwrap();
    tx.commit(AuditEvent::on(row.id.0, Verb::ComplaintRegistered)).await.unwrap();
    row
}
