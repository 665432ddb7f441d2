//! A title of a post, from the application to its end.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, ModelTitleId, PostId,
    model_posts::{ModelKind, title::TitleStatus},
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// A title of a post, from the application to its end.
    #[derive(serde::Serialize)]
    "model_title", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ModelTitleId,
        PostId => post_id: PostId,
        Kind => kind: ModelKind,
        Status => status: TitleStatus,
        Live => live: Option<bool>,
        ApplicantId => applicant_id: AccountId,
        AppliedOn => applied_on: NaiveDate,
        ReviewerId => reviewer_id: Option<AccountId>,
        OpenerId => opener_id: Option<AccountId>,
        AssessorId => assessor_id: Option<AccountId>,
        Score => score: Option<i32>,
        AppraisedStars => appraised_stars: Option<i32>,
        Stars => stars: Option<i32>,
        PublicisedUntil => publicised_until: Option<NaiveDate>,
        AwardedOn => awarded_on: Option<NaiveDate>,
        SinceOn => since_on: NaiveDate,
        RecheckOn => recheck_on: Option<NaiveDate>,
        EndsOn => ends_on: Option<NaiveDate>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}

impl Amendable for Entity {}
