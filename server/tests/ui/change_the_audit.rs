//! What is written once stays as written.

use entity::audit_event;
use server::db::WriteTx;

async fn change(tx: &mut WriteTx, row: audit_event::ActiveModel) {
    let _ = tx.update_plain(row).await;
}

fn main() {}
