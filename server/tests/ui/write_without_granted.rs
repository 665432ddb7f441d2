//! A scope is no permission: a write asks for the proof of a check.

use server::{auth::scope::Scope, db::Db};

async fn write(db: &Db, scope: &Scope) {
    let _ = db.write(scope).await;
}

fn main() {}
