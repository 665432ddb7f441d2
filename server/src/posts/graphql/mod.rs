//! Posts, the people at them and the roster over GraphQL.

mod convert;
mod inputs;
mod types;

use async_graphql::{Context, Object};
use chrono::NaiveDate;
use domain::{PostId, StaffId, posts::PostStep, settings::EntryStatus};

pub(crate) use self::{
    convert::names,
    types::{Post, StaffName},
};
use self::{
    inputs::{
        AddDutyInput, AssignStaffInput, EditPostInput, EditPostKindInput, EditStaffInput, EndAssignmentInput,
        GiveHandoverInput, NameLeadInput, NamedPostKindInput, PostInput, PostKindInput, RecordAbsenceInput,
        RevealStaffInput, SeenAbsenceInput, SeenAssignmentInput, SeenDutyInput, SeenHandoverInput, SeenPostInput,
        SeenStaffInput, SetSignboardPhotoInput, StaffInput, StaffLeavesInput,
    },
    types::{
        AbsenceEntry, DutyEntry, HandoverEntry, OwnDesk, PostAssignment, PostBoard, PostKindEntry, PostPage,
        RosterWeek, StaffMember, StaffPage, StaffRestricted,
    },
};
use super::service::{self, Seen, handovers, kinds, people, plan, reading};
use crate::{error::Result, graphql::context::ContextExt};

/// Queries about posts.
#[derive(Default)]
pub struct PostsQuery;

#[Object]
impl PostsQuery {
    /// The kinds of posts that the center may have.
    #[graphql(complexity = "10 + child_complexity")]
    async fn post_kinds(&self, ctx: &Context<'_>) -> Result<Vec<PostKindEntry>> {
        Ok(kinds::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// The same for the city, which adds to them.
    #[graphql(complexity = "10 + child_complexity")]
    async fn city_post_kinds(&self, ctx: &Context<'_>) -> Result<Vec<PostKindEntry>> {
        Ok(kinds::city_list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// Every post, by code.
    #[graphql(complexity = "10 + child_complexity")]
    async fn posts(&self, ctx: &Context<'_>) -> Result<Vec<Post>> {
        reading::posts(ctx.cx()?).await?.into_iter().map(TryInto::try_into).collect()
    }

    /// One post.
    #[graphql(complexity = "20 + child_complexity")]
    async fn post(&self, ctx: &Context<'_>, id: PostId) -> Result<PostPage> {
        reading::post(ctx.cx()?, id).await?.try_into()
    }

    /// Who is where on a day; today where none is given.
    #[graphql(complexity = "20 + child_complexity")]
    async fn post_board(&self, ctx: &Context<'_>, on: Option<NaiveDate>) -> Result<PostBoard> {
        reading::board(ctx.cx()?, on).await?.try_into()
    }

    /// Who is where in the week of a day.
    #[graphql(complexity = "20 + child_complexity")]
    async fn roster_week(&self, ctx: &Context<'_>, day: Option<NaiveDate>) -> Result<RosterWeek> {
        reading::week(ctx.cx()?, day).await?.try_into()
    }

    /// The people of the center, by number; also those who have left where asked for.
    #[graphql(complexity = "10 + child_complexity")]
    async fn staff_members(&self, ctx: &Context<'_>, former: Option<bool>) -> Result<Vec<StaffMember>> {
        let found = reading::staff(ctx.cx()?, former.unwrap_or(false)).await?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// One of them.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_member(&self, ctx: &Context<'_>, id: StaffId) -> Result<StaffPage> {
        reading::person(ctx.cx()?, id).await?.try_into()
    }

    /// The viewer's own day.
    #[graphql(complexity = "20 + child_complexity")]
    async fn own_desk(&self, ctx: &Context<'_>) -> Result<OwnDesk> {
        reading::desk(ctx.cx()?).await?.try_into()
    }
}

/// Keeping posts, people and the roster.
#[derive(Default)]
pub struct PostsMutation;

#[Object]
impl PostsMutation {
    /// Add a post, planned.
    async fn add_post(&self, ctx: &Context<'_>, input: PostInput) -> Result<Post> {
        service::add(ctx.cx()?, input.into()).await?.try_into()
    }

    /// Change what was filled in about a post.
    async fn edit_post(&self, ctx: &Context<'_>, input: EditPostInput) -> Result<Post> {
        let EditPostInput { id, version, typed } = input;
        service::edit(ctx.cx()?, Seen { id, version }, typed.into()).await?.try_into()
    }

    /// Put a post into use.
    async fn activate_post(&self, ctx: &Context<'_>, input: SeenPostInput) -> Result<Post> {
        service::step(ctx.cx()?, input.into(), PostStep::Activate).await?.try_into()
    }

    /// Take a post out of use for a while.
    async fn suspend_post(&self, ctx: &Context<'_>, input: SeenPostInput) -> Result<Post> {
        service::step(ctx.cx()?, input.into(), PostStep::Suspend).await?.try_into()
    }

    /// Give a post up for good.
    async fn close_post(&self, ctx: &Context<'_>, input: SeenPostInput) -> Result<Post> {
        service::step(ctx.cx()?, input.into(), PostStep::Close).await?.try_into()
    }

    /// Name who leads a post, or nobody.
    async fn name_post_lead(&self, ctx: &Context<'_>, input: NameLeadInput) -> Result<Post> {
        let NameLeadInput { id, version, lead } = input;
        service::name_lead(ctx.cx()?, Seen { id, version }, lead).await?.try_into()
    }

    /// Hang up a photo of a post's signboard in place of the one before, or take it down.
    async fn set_signboard_photo(&self, ctx: &Context<'_>, input: SetSignboardPhotoInput) -> Result<Post> {
        let SetSignboardPhotoInput { id, version, photo } = input;
        service::set_signboard(ctx.cx()?, Seen { id, version }, photo).await?.try_into()
    }

    /// Confirm that the duties, as they stand, still hold.
    async fn review_duties(&self, ctx: &Context<'_>, input: SeenPostInput) -> Result<Post> {
        service::review_duties(ctx.cx()?, input.into()).await?.try_into()
    }

    /// Add somebody to the staff.
    async fn add_staff_member(&self, ctx: &Context<'_>, input: StaffInput) -> Result<StaffMember> {
        Ok(people::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Change what is known of somebody.
    async fn edit_staff_member(&self, ctx: &Context<'_>, input: EditStaffInput) -> Result<StaffMember> {
        let EditStaffInput { id, version, typed } = input;
        Ok(people::edit(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Somebody leaves the center.
    async fn staff_member_leaves(&self, ctx: &Context<'_>, input: StaffLeavesInput) -> Result<StaffMember> {
        let StaffLeavesInput { id, version, on } = input;
        Ok(people::leave(ctx.cx()?, Seen { id, version }, on).await?.into())
    }

    /// Somebody who left is back.
    async fn staff_member_returns(&self, ctx: &Context<'_>, input: SeenStaffInput) -> Result<StaffMember> {
        Ok(people::come_back(ctx.cx()?, input.into()).await?.into())
    }

    /// Look at what only some may know of somebody. Refused as a whole when it asks for a field too many.
    async fn reveal_staff_member(&self, ctx: &Context<'_>, input: RevealStaffInput) -> Result<StaffRestricted> {
        let RevealStaffInput { id, fields, reason } = input;
        let asked: Vec<_> = fields.into_iter().map(inputs::RestrictedField::permission).collect();
        Ok(people::reveal(ctx.cx()?, id, &reason, &asked).await?.into())
    }

    /// Assign somebody to a post.
    async fn assign_staff_member(&self, ctx: &Context<'_>, input: AssignStaffInput) -> Result<PostAssignment> {
        Ok(plan::assign(ctx.cx()?, input.into()).await?.into())
    }

    /// Set the last day of somebody's time at a post.
    async fn end_assignment(&self, ctx: &Context<'_>, input: EndAssignmentInput) -> Result<PostAssignment> {
        let EndAssignmentInput { id, version, until } = input;
        Ok(plan::end(ctx.cx()?, Seen { id, version }, until).await?.into())
    }

    /// Take an assignment back that was a mistake.
    async fn cancel_assignment(&self, ctx: &Context<'_>, input: SeenAssignmentInput) -> Result<PostAssignment> {
        Ok(plan::cancel_assignment(ctx.cx()?, input.into()).await?.into())
    }

    /// Write down that somebody is away, and who stands in.
    async fn record_absence(&self, ctx: &Context<'_>, input: RecordAbsenceInput) -> Result<AbsenceEntry> {
        Ok(plan::record_absence(ctx.cx()?, input.into()).await?.into())
    }

    /// Take an absence back.
    async fn cancel_absence(&self, ctx: &Context<'_>, input: SeenAbsenceInput) -> Result<AbsenceEntry> {
        Ok(plan::cancel_absence(ctx.cx()?, input.into()).await?.into())
    }

    /// Put somebody at a post for one day more.
    async fn add_duty(&self, ctx: &Context<'_>, input: AddDutyInput) -> Result<DutyEntry> {
        let AddDutyInput { post, staff, on } = input;
        Ok(plan::add_duty(ctx.cx()?, post, staff, on).await?.into())
    }

    /// Take such a day back.
    async fn cancel_duty(&self, ctx: &Context<'_>, input: SeenDutyInput) -> Result<DutyEntry> {
        Ok(plan::cancel_duty(ctx.cx()?, input.into()).await?.into())
    }

    /// Pass something on to a colleague at a post.
    async fn give_handover(&self, ctx: &Context<'_>, input: GiveHandoverInput) -> Result<HandoverEntry> {
        let GiveHandoverInput { post, taker, items } = input;
        Ok(handovers::give(ctx.cx()?, post, taker, items).await?.into())
    }

    /// Take what a colleague passed on.
    async fn accept_handover(&self, ctx: &Context<'_>, input: SeenHandoverInput) -> Result<HandoverEntry> {
        Ok(handovers::accept(ctx.cx()?, input.into()).await?.into())
    }

    /// Take back what nobody has taken yet.
    async fn withdraw_handover(&self, ctx: &Context<'_>, input: SeenHandoverInput) -> Result<HandoverEntry> {
        Ok(handovers::withdraw(ctx.cx()?, input.into()).await?.into())
    }

    /// Add a kind of post for the centers of the city.
    async fn add_post_kind(&self, ctx: &Context<'_>, input: PostKindInput) -> Result<PostKindEntry> {
        Ok(kinds::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a kind that the city has added.
    async fn edit_post_kind(&self, ctx: &Context<'_>, input: EditPostKindInput) -> Result<PostKindEntry> {
        let EditPostKindInput { version, typed } = input;
        Ok(kinds::edit(ctx.cx()?, version, typed.into()).await?.into())
    }

    /// Offer a kind that the city has added no more.
    async fn retire_post_kind(&self, ctx: &Context<'_>, input: NamedPostKindInput) -> Result<PostKindEntry> {
        Ok(kinds::set(ctx.cx()?, &input.code, EntryStatus::Retired).await?.into())
    }

    /// Offer it again.
    async fn restore_post_kind(&self, ctx: &Context<'_>, input: NamedPostKindInput) -> Result<PostKindEntry> {
        Ok(kinds::set(ctx.cx()?, &input.code, EntryStatus::Active).await?.into())
    }
}
