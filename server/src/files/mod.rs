//! Files of records: taken in as a stream, looked into, pictures made anew, stored outside of the database under a random
//! name, shown only to whom the record is shown.
//!
//! ```text
//! POST /files ─ temp file ─ inspect (kind, bombs, polyglots) ─ picture (made anew) ─ scan ─ store ─ a loose row
//! another context's WriteTx ─ service::attach ─ the row belongs to its record
//! GET /files/{id} ─ service::open ─ store
//! ```

mod decode;
pub mod graphql;
mod inspect;
pub mod office;
mod picture;
pub mod repo;
pub mod scanner;
pub mod service;
pub mod store;
pub mod worker;
