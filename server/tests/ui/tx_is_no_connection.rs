//! A write transaction shows its reader, and that shows no connection.

use sea_orm::DatabaseTransaction;
use server::db::WriteTx;

fn connection(tx: &WriteTx) -> &DatabaseTransaction {
    &***tx
}

fn field(tx: &WriteTx) -> &DatabaseTransaction {
    &tx.tx
}

fn main() {}
