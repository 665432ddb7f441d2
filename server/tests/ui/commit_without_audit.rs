//! No change without its audit event.

use server::db::WriteTx;

async fn commit(tx: WriteTx) {
    let _ = tx.commit().await;
}

fn main() {}
