//! What may be done about standards: one verb, one transaction, one entry in the audit. The standards officer and the
//! administrator do it; others on the staff look on.

pub mod audits;
pub mod officers;
pub mod plan;
pub mod reading;
pub mod register;

use domain::{AccountId, Violation, permission::Permission};

use crate::{
    db::WriteTx,
    error::{Error, Result},
    graphql::context::Cx,
};

async fn manage(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::StandardsManage)?).await
}

fn actor(cx: &Cx) -> Result<AccountId> {
    cx.scope()?.account().ok_or(Error::Unauthenticated)
}

fn sound(found: Vec<Violation>) -> Result<()> {
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}
