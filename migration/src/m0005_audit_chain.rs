//! Links the audit into chains, one for each center and each city, and says who acted in which role, from where, and
//! whether it was done or refused.
//!
//! Rows that are there already keep their place before the chain, without number and hash. Their count goes into the
//! hash that the chain begins with, so that none of them can be added or removed afterwards; what they say is not
//! covered, and the page does not show them. No release has written such rows.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Owner, Unique, index, owner_table},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (owner, key, events, heads) in [
            (Owner::Center, "center_id", "audit_event", "audit_head"),
            (Owner::City, "city_id", "city_audit_event", "city_audit_head"),
        ] {
            let columns = [
                big_integer_null("seq"),
                text_null("prev_hash"),
                text_null("hash"),
                text_null("roles"),
                text("outcome").default("done").take(),
                text_null("source"),
            ];
            for column in columns {
                // One at a time: SQLite adds no more at once.
                manager.alter_table(Table::alter().table(events).add_column(column).take()).await?;
            }
            index(manager, events, &[key, "seq"], Unique::Yes).await?;
            // A second record after the same one would be a fork.
            index(manager, events, &[key, "prev_hash"], Unique::Yes).await?;
            index(manager, events, &[key, "actor_id", "created_at"], Unique::No).await?;
            index(manager, events, &[key, "verb", "created_at"], Unique::No).await?;
            rls::chained(manager, events).await?;
            owner_table(manager, owner, heads, [big_integer("seq"), text("hash")]).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
