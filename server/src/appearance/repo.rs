//! Checks and their items, as they are stored.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{AppearanceCheckId, PostId, StaffId, appearance::Mark};
use entity::{appearance_check, appearance_result, post};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{db::ReadTx, error::Result, posts::repo::one};

/// Checks read at once.
const CHECKS: u64 = 2000;
/// Failures counted at once.
const FAILURES: u64 = 20_000;

/// Whose checks somebody sees.
#[derive(Clone, Debug)]
pub enum Reach {
    /// Everybody's.
    All,
    /// Those at some posts, and their own.
    At(BTreeSet<PostId>, Option<StaffId>),
}

impl Reach {
    /// Whether it holds a check of this person at this post.
    #[must_use]
    pub fn holds(&self, post: PostId, staff: StaffId) -> bool {
        match self {
            Self::All => true,
            Self::At(posts, me) => posts.contains(&post) || *me == Some(staff),
        }
    }

    fn condition<C: ColumnTrait>(&self, post: C, staff: C) -> Condition {
        match self {
            Self::All => Condition::all(),
            Self::At(posts, me) => {
                let there = Condition::any().add(post.is_in(posts.iter().copied()));
                me.map_or(there.clone(), |me| there.add(staff.eq(me)))
            }
        }
    }
}

/// The posts that somebody leads.
pub async fn led(tx: &ReadTx, lead: StaffId) -> Result<BTreeSet<PostId>> {
    let rows = tx.select::<post::Entity>()?.filter(post::Column::LeadId.eq(lead)).all().await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Checks since a day, of one person where one is named; newest first.
pub async fn checks(
    tx: &ReadTx,
    reach: &Reach,
    of: Option<StaffId>,
    since: NaiveDate,
) -> Result<Vec<appearance_check::Model>> {
    use appearance_check::Column as C;
    let mut found = tx.select::<appearance_check::Entity>()?.filter(reach.condition(C::PostId, C::StaffId));
    if let Some(staff) = of {
        found = found.filter(C::StaffId.eq(staff));
    }
    let found = found.filter(C::OnDay.gte(since)).order_by(C::OnDay, Order::Desc).order_by(C::Id, Order::Desc);
    found.limit(CHECKS).all().await
}

/// One check.
pub async fn check(tx: &ReadTx, id: AppearanceCheckId) -> Result<appearance_check::Model> {
    one::<appearance_check::Entity>(tx, appearance_check::Column::Id.eq(id)).await
}

/// Its items, in their order.
pub async fn results(tx: &ReadTx, check: AppearanceCheckId) -> Result<Vec<appearance_result::Model>> {
    use appearance_result::Column as C;
    let mut rows = tx.select::<appearance_result::Entity>()?.filter(C::CheckId.eq(check)).all().await?;
    rows.sort_by_key(|row| row.item);
    Ok(rows)
}

/// Items that somebody failed since a day.
pub async fn failures(tx: &ReadTx, reach: &Reach, since: NaiveDate) -> Result<Vec<appearance_result::Model>> {
    use appearance_result::Column as C;
    let failed = tx.select::<appearance_result::Entity>()?.filter(reach.condition(C::PostId, C::StaffId));
    let failed = failed.filter(C::Mark.eq(Mark::Fail)).filter(C::OnDay.gte(since));
    failed.order_by(C::OnDay, Order::Desc).order_by(C::Id, Order::Desc).limit(FAILURES).all().await
}
