//! Tables by owner. What makes a tenant's table safe (primary key, composite foreign keys,
//! row-level security) is decided here and nowhere else.

use sea_orm_migration::{prelude::*, schema};

use crate::rls;

/// A reference: the column here, and the table of the same owner whose `id` it holds.
pub type Ref = (&'static str, &'static str);

/// A table owned by a center: `center_id` and `id` are added, and lead every key.
pub async fn center_table(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
    refs: &[Ref],
) -> Result<(), DbErr> {
    let columns = std::iter::once(schema::uuid("id")).chain(columns);
    center_table_keyed(manager, table, "id", columns, refs).await
}

/// As [`center_table`], with another column than `id` after `center_id` in the key.
pub async fn center_table_keyed(
    manager: &SchemaManager<'_>,
    table: &'static str,
    key: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
    refs: &[Ref],
) -> Result<(), DbErr> {
    center_table_by(manager, table, &[key], columns, refs).await
}

/// As [`center_table`], with these columns after `center_id` in the key.
pub async fn center_table_by(
    manager: &SchemaManager<'_>,
    table: &'static str,
    keys: &[&'static str],
    columns: impl IntoIterator<Item = ColumnDef>,
    refs: &[Ref],
) -> Result<(), DbErr> {
    let mut statement = owned("center", table, keys, columns);
    for (column, target) in refs {
        statement.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{table}_{column}"))
                .from(table, ("center_id", *column))
                .to(*target, ("center_id", "id")),
        );
    }
    manager.create_table(statement).await?;
    rls::center(manager, table).await
}

/// One row for each center or city, which is its whole key.
pub async fn owner_table(
    manager: &SchemaManager<'_>,
    owner: Owner,
    table: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> Result<(), DbErr> {
    match owner {
        Owner::Center => {
            manager.create_table(owned("center", table, &[], columns)).await?;
            rls::center(manager, table).await
        }
        Owner::City => {
            manager.create_table(owned("city", table, &[], columns)).await?;
            rls::city(manager, table).await
        }
    }
}

/// Whose the rows are.
#[derive(Clone, Copy)]
pub enum Owner {
    /// A center's.
    Center,
    /// A city's.
    City,
}

/// A table owned by a city, keyed by `city_id` and `key`.
pub async fn city_table(
    manager: &SchemaManager<'_>,
    table: &'static str,
    key: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> Result<(), DbErr> {
    city_table_by(manager, table, &[key], columns).await
}

/// As [`city_table`], with these columns after `city_id` in the key.
pub async fn city_table_by(
    manager: &SchemaManager<'_>,
    table: &'static str,
    keys: &[&'static str],
    columns: impl IntoIterator<Item = ColumnDef>,
) -> Result<(), DbErr> {
    manager.create_table(owned("city", table, keys, columns)).await?;
    rls::city(manager, table).await
}

/// A table without a tenant, keyed by its first column.
pub fn plain_table(table: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut statement = Table::create();
    statement.table(table);
    for (position, mut column) in columns.into_iter().enumerate() {
        if position == 0 {
            column.primary_key();
        }
        statement.col(column);
    }
    statement
}

/// An index; of a tenant's table it begins with the tenant, so that one shard can answer.
pub async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: Unique,
) -> Result<(), DbErr> {
    let mut statement = Index::create();
    statement.table(table).name(format!("ix_{table}_{}", columns.join("_")));
    for column in columns {
        statement.col(*column);
    }
    if matches!(unique, Unique::Yes) {
        statement.unique();
    }
    manager.create_index(statement).await
}

/// Whether an index forbids equal keys.
#[derive(Clone, Copy)]
pub enum Unique {
    /// It does.
    Yes,
    /// It only finds.
    No,
}

/// A reference to an account: accounts belong to no center.
pub fn account_ref(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_account_id")).from(table, "account_id").to("account", "id").to_owned()
}

fn owned(
    owner: &'static str,
    table: &'static str,
    keys: &[&'static str],
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let owner_id = format!("{owner}_id");
    let mut statement = Table::create();
    statement.table(table).col(schema::uuid(Alias::new(&owner_id)));
    let (mut accounts, mut cities, mut centers) = (false, false, false);
    for column in columns {
        accounts |= column.get_column_name() == "account_id";
        cities |= column.get_column_name() == "city_id";
        centers |= column.get_column_name() == "for_center";
        statement.col(column);
    }
    let mut primary = Index::create().col(Alias::new(&owner_id)).to_owned();
    for key in keys {
        primary.col(*key);
    }
    statement.primary_key(&mut primary).foreign_key(
        ForeignKey::create().name(format!("fk_{table}_{owner_id}")).from(table, Alias::new(&owner_id)).to(owner, "id"),
    );
    if accounts {
        statement.foreign_key(&mut account_ref(table));
    }
    // The pair, so that no center's row can name another city than its own, and no city's another city's center.
    if let Some((name, center)) =
        cities.then_some(("city_id", "center_id")).or(centers.then_some(("for_center", "for_center")))
    {
        statement.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{table}_{name}"))
                .from(table, ("city_id", center))
                .to("center", ("city_id", "id")),
        );
    }
    statement
}
