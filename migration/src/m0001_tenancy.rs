//! Accounts, sessions, the city, its centers, and who is a member where.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, city_table, index, plain_table},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform(manager).await?;
        city_owned(manager).await?;
        center_owned(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn platform(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let account = vec![
        uuid("id"),
        text("login"),
        text("display_name"),
        text("password_hash"),
        text("status"),
        timestamp_with_time_zone("created_at"),
    ];
    manager.create_table(plain_table("account", account)).await?;
    index(manager, "account", &["login"], Unique::Yes).await?;

    let session = vec![
        text("id_hash"),
        uuid_null("account_id"),
        text("data"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("expires_at"),
    ];
    let mut session = plain_table("web_session", session);
    session.foreign_key(&mut crate::tables::account_ref("web_session"));
    manager.create_table(session).await?;
    index(manager, "web_session", &["expires_at"], Unique::No).await?;
    index(manager, "web_session", &["account_id"], Unique::No).await?;

    manager.create_table(plain_table("city", vec![uuid("id"), text("code"), text("name_zh"), text("name_en")])).await?;
    index(manager, "city", &["code"], Unique::Yes).await?;

    let center = vec![
        uuid("id"),
        uuid("city_id"),
        text("code"),
        text("name_zh"),
        text("name_en"),
        text("kind"),
        text("status"),
        integer("position"),
    ];
    let mut center = plain_table("center", center);
    center.foreign_key(ForeignKey::create().name("fk_center_city_id").from("center", "city_id").to("city", "id"));
    manager.create_table(center).await?;
    index(manager, "center", &["code"], Unique::Yes).await?;
    // What a figure's (city, center) pair refers to: no center reports to another's city.
    index(manager, "center", &["city_id", "id"], Unique::Yes).await
}

async fn city_owned(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let member =
        [uuid("id"), uuid("account_id"), text("role"), text("display_name"), text_null("title"), text("status")];
    city_table(manager, "city_member", "id", member).await?;
    rls::login(manager, "city_member").await?;
    index(manager, "city_member", &["city_id", "account_id", "role"], Unique::Yes).await?;
    index(manager, "city_member", &["account_id"], Unique::No).await?;

    let value = [text("key"), integer("value"), timestamp_with_time_zone("updated_at")];
    city_table(manager, "policy_value", "key", value).await?;

    city_table(manager, "calendar_day", "day", [date("day"), text("kind"), text("festival")]).await
}

async fn center_owned(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let member = [uuid("account_id"), text("role"), text("display_name"), text_null("title"), text("status")];
    center_table(manager, "membership", member, &[]).await?;
    rls::login(manager, "membership").await?;
    index(manager, "membership", &["center_id", "account_id", "role"], Unique::Yes).await?;
    index(manager, "membership", &["account_id"], Unique::No).await?;

    center_table(manager, "department", [text("code"), text("name_zh"), text("name_en")], &[]).await?;
    index(manager, "department", &["center_id", "code"], Unique::Yes).await
}
