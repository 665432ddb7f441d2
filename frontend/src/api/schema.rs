//! The schema's types. Scalars are the domain's own types, and so are enums, which `build.rs` turns into scalars:
//! a value means the same in every layer.

#[cynic::schema("gangping")]
mod schema {}
pub use schema::*;

cynic::impl_scalar!(domain::AccountId, schema::AccountId);
cynic::impl_scalar!(domain::CampaignId, schema::CampaignId);
cynic::impl_scalar!(domain::AuditEventId, schema::AuditEventId);
cynic::impl_scalar!(domain::CenterId, schema::CenterId);
cynic::impl_scalar!(domain::CityId, schema::CityId);
cynic::impl_scalar!(domain::ComplaintEventId, schema::ComplaintEventId);
cynic::impl_scalar!(domain::ComplaintId, schema::ComplaintId);
cynic::impl_scalar!(domain::DepartmentId, schema::DepartmentId);
cynic::impl_scalar!(domain::MembershipId, schema::MembershipId);
cynic::impl_scalar!(domain::ReferralId, schema::ReferralId);
cynic::impl_scalar!(domain::NotificationId, schema::NotificationId);
cynic::impl_scalar!(chrono::DateTime<chrono::Utc>, schema::DateTime);
cynic::impl_scalar!(chrono::NaiveDate, schema::NaiveDate);

cynic::impl_scalar!(domain::center::CenterAction, schema::CenterAction);
cynic::impl_scalar!(domain::center::CenterKind, schema::CenterKind);
cynic::impl_scalar!(domain::center::CenterStatus, schema::CenterStatus);
cynic::impl_scalar!(domain::policy::PolicyKey, schema::PolicyKey);
cynic::impl_scalar!(domain::audit::AuditOutcome, schema::AuditOutcome);
cynic::impl_scalar!(domain::audit::AuditFault, schema::AuditFault);
cynic::impl_scalar!(domain::permission::Role, schema::Role);
cynic::impl_scalar!(domain::permission::Permission, schema::Permission);
cynic::impl_scalar!(domain::identity::InvitationKind, schema::InvitationKind);
cynic::impl_scalar!(domain::identity::MemberStatus, schema::MemberStatus);
cynic::impl_scalar!(domain::complaints::ComplaintStatus, schema::ComplaintStatus);
cynic::impl_scalar!(domain::complaints::ComplaintChannel, schema::ComplaintChannel);
cynic::impl_scalar!(domain::complaints::ComplaintSubject, schema::ComplaintSubject);
cynic::impl_scalar!(domain::complaints::ComplaintClass, schema::ComplaintClass);
cynic::impl_scalar!(domain::complaints::RefusalGround, schema::RefusalGround);
cynic::impl_scalar!(domain::complaints::ComplaintOutcome, schema::ComplaintOutcome);
cynic::impl_scalar!(domain::complaints::ReviewOutcome, schema::ReviewOutcome);
cynic::impl_scalar!(domain::complaints::PauseReason, schema::PauseReason);
cynic::impl_scalar!(domain::complaints::EscalationLevel, schema::EscalationLevel);
cynic::impl_scalar!(domain::complaints::EscalationCause, schema::EscalationCause);
cynic::impl_scalar!(domain::complaints::HandlingSatisfaction, schema::HandlingSatisfaction);
cynic::impl_scalar!(domain::complaints::FeedbackMode, schema::FeedbackMode);
cynic::impl_scalar!(domain::complaints::ComplaintEventKind, schema::ComplaintEventKind);
cynic::impl_scalar!(domain::complaints::ComplaintQueue, schema::ComplaintQueue);
cynic::impl_scalar!(domain::complaints::Action, schema::ComplaintAction);
cynic::impl_scalar!(domain::complaints::referral::ReferralStatus, schema::ReferralStatus);
cynic::impl_scalar!(domain::complaints::Step, schema::ComplaintStep);
cynic::impl_scalar!(domain::AbsenceId, schema::AbsenceId);
cynic::impl_scalar!(domain::AssignmentId, schema::AssignmentId);
cynic::impl_scalar!(domain::DutyId, schema::DutyId);
cynic::impl_scalar!(domain::HandoverId, schema::HandoverId);
cynic::impl_scalar!(domain::PostId, schema::PostId);
cynic::impl_scalar!(domain::StaffId, schema::StaffId);
cynic::impl_scalar!(domain::posts::PostStatus, schema::PostStatus);
cynic::impl_scalar!(domain::posts::Capacity, schema::Capacity);
cynic::impl_scalar!(domain::posts::AbsenceReason, schema::AbsenceReason);
cynic::impl_scalar!(domain::posts::HandoverStatus, schema::HandoverStatus);
cynic::impl_scalar!(domain::posts::Sex, schema::Sex);
cynic::impl_scalar!(domain::posts::roster::Presence, schema::Presence);
cynic::impl_scalar!(domain::posts::kind::FieldType, schema::FieldType);
cynic::impl_scalar!(domain::posts::kind::PostCheck, schema::PostCheck);
cynic::impl_scalar!(domain::ImportBatchId, schema::ImportBatchId);
cynic::impl_scalar!(domain::imports::ImportTable, schema::ImportTable);
