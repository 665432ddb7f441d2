//! Wall 1 in one place: the condition that keeps a statement to its owner's rows.

use sea_orm::{Condition, sea_query::Expr};

/// Stands in everything that is built. Tests of wall 2 take it away (feature `testing`).
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    #[cfg(feature = "testing")]
    dropped: bool,
}

impl Filter {
    /// As it is built.
    pub const STANDING: Self = Self {
        #[cfg(feature = "testing")]
        dropped: false,
    };

    /// The rows of an owner.
    pub fn only(self, owner: Expr) -> Condition {
        #[cfg(feature = "testing")]
        if self.dropped {
            return Condition::all();
        }
        Condition::all().add(owner)
    }

    /// None: every statement then reaches as far as row-level security lets it.
    #[cfg(feature = "testing")]
    pub const fn dropped() -> Self {
        Self { dropped: true }
    }
}
