//! One macro that gives every table the same shape.

/// Declares `Model`, `Column`, `PrimaryKey` and the rest of a sea-orm entity.
///
/// sea-orm's own `DeriveEntityModel` takes the types of the key from the fields and asks of them
/// a conversion from `u64` that only makes sense for counters; here the key's types are named
/// apart, so that the fields can be the ids of `domain`.
macro_rules! table {
    (
        $(#[$meta:meta])*
        $table:literal, key($($key:ident: $key_type:ty),+) {
            $($column:ident => $field:ident: $type:ty),+ $(,)?
        }
    ) => {
        // Named bare by what `DeriveModel` expands to.
        use sea_orm::EntityTrait;

        #[derive(Clone, Copy, Debug, Default, sea_orm::DeriveEntity)]
        pub struct Entity;

        impl sea_orm::EntityName for Entity {
            fn table_name(&self) -> &'static str {
                $table
            }
        }

        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, sea_orm::DeriveModel, sea_orm::DeriveActiveModel)]
        pub struct Model {
            $(pub $field: $type),+
        }

        #[derive(Clone, Copy, Debug, sea_orm::EnumIter, sea_orm::DeriveColumn)]
        pub enum Column {
            $($column),+
        }

        impl sea_orm::ColumnTrait for Column {
            type EntityName = Entity;

            fn def(&self) -> sea_orm::ColumnDef {
                use sea_orm::{ColumnTypeTrait, sea_query::ValueType};
                match self {
                    $(Self::$column => {
                        let def = <$type as ValueType>::column_type().def();
                        if <$type as ValueType>::is_option() { def.nullable() } else { def }
                    }),+
                }
            }
        }

        #[derive(Clone, Copy, Debug, sea_orm::EnumIter, sea_orm::DerivePrimaryKey)]
        pub enum PrimaryKey {
            $($key),+
        }

        impl sea_orm::PrimaryKeyTrait for PrimaryKey {
            type ValueType = crate::table::key_type!($($key_type),+);

            fn auto_increment() -> bool {
                false
            }
        }

        /// None: rows are joined by named methods of `server::db` only.
        #[derive(Clone, Copy, Debug, sea_orm::EnumIter)]
        pub enum Relation {}

        impl sea_orm::RelationTrait for Relation {
            fn def(&self) -> sea_orm::RelationDef {
                match *self {}
            }
        }

        impl sea_orm::ActiveModelBehavior for ActiveModel {}
    };
}

/// A single type as it is, several as a tuple.
macro_rules! key_type {
    ($type:ty) => { $type };
    ($($type:ty),+) => { ($($type),+) };
}

pub(crate) use {key_type, table};
