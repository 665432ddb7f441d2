//! Nobody reads without saying where they may look.

use domain::CenterId;
use server::db::Db;

async fn read(db: &Db, center: CenterId) {
    let _ = db.read().await;
    let _ = db.read(&center).await;
}

fn main() {}
