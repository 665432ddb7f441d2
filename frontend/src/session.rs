//! Who is signed in, for every page of the desk.

use cynic::QueryBuilder;
use domain::permission::Permission;
use leptos::prelude::*;

use crate::api::{
    ApiError, run,
    tenancy::{Viewer, ViewerQuery},
};

/// The session: provided once by the desk's frame, read with [`use_session`].
#[derive(Clone, Copy)]
pub struct Session {
    viewer: RwSignal<Option<Viewer>>,
}

impl Session {
    /// A session with nobody in it, put where [`use_session`] finds it.
    pub fn provide() -> Self {
        let session = Self { viewer: RwSignal::new(None) };
        provide_context(session);
        session
    }

    /// Asks the server who is signed in.
    ///
    /// # Errors
    /// Whatever the server or the network says.
    pub async fn load(self) -> Result<Option<Viewer>, ApiError> {
        let viewer = run(ViewerQuery::build(())).await?.viewer;
        self.viewer.set(viewer.clone());
        Ok(viewer)
    }

    /// Remembers the answer to signing in, signing out or choosing a place.
    pub fn set(self, viewer: Option<Viewer>) {
        self.viewer.set(viewer);
    }

    /// The person, if signed in. Reactive.
    pub fn viewer(self) -> Option<Viewer> {
        self.viewer.get()
    }

    /// Whether to show what needs `permission`. Comfort only: the server decides.
    pub fn can(self, permission: Permission) -> bool {
        self.viewer.with(|viewer| {
            viewer.as_ref().and_then(|v| v.scope.as_ref()).is_some_and(|scope| scope.permissions.contains(&permission))
        })
    }
}

/// The session of the desk.
pub fn use_session() -> Session {
    expect_context()
}
