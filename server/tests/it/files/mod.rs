//! Files of records: what is taken, who sees it, how long it stays.

mod bucket;
mod corpus;
mod life;
mod samples;

use domain::files::ScanState;
use entity::attachment;
use server::{
    error::Error,
    files::service::{Arrived, take},
    graphql::context::Cx,
};

use crate::world::World;

/// A request of a login.
pub async fn cx(world: &World, login: &str) -> Cx {
    Cx::new(world.app.clone(), Some(world.test.scope(login).await), None, "test".to_owned())
}

/// Uploads as a login: the row, or the code of what is wrong.
pub async fn taken(
    world: &World,
    login: &str,
    name: &str,
    declared: &str,
    bytes: &[u8],
) -> Result<attachment::Model, String> {
    let temp = world.app.files.temp().unwrap();
    std::fs::write(temp.path(), bytes).unwrap();
    let arrived = Arrived { temp, name: name.to_owned(), declared: declared.to_owned() };
    take(&cx(world, login).await, arrived).await.map_err(|error| match error {
        Error::Invalid(violations) => violations[0].code.to_owned(),
        other => format!("{other:?}"),
    })
}

/// A file that must be taken.
pub async fn uploaded(world: &World, login: &str) -> attachment::Model {
    let row = taken(world, login, "照片.jpg", "image/jpeg", &samples::jpeg(40, 30)).await.unwrap();
    assert_eq!(row.scan, if world.app.files.clamd.is_some() { row.scan } else { ScanState::Clean });
    row
}
