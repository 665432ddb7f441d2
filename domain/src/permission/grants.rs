//! What each role may do: the one table.

use super::{Permission, Role, Seat};

/// Whether `role` holds `permission`.
#[must_use]
pub const fn grants(role: Role, permission: Permission) -> bool {
    use Permission as P;
    // Messages are a center's: about its matters, to whoever works in it or rates in its rounds.
    if matches!(permission, P::NoticeRead) {
        return !matches!(role.seat(), Seat::City);
    }
    match role {
        Role::ComplaintHandler => matches!(
            permission,
            P::ComplaintRegister
                | P::ComplaintReadAll
                | P::ComplaintReadOwn
                | P::ComplaintHandle
                | P::ComplaintInvestigate
                | P::ComplaintFollowUp
                | P::ComplaintReveal
                | P::BadRatingRead
                | P::BadRatingHandle
                | P::BadRatingReveal
                | P::BadRatingAppeal
                | P::PostRead
                | P::TrainingRead
                | P::FileUpload
                | P::StandardsRead
                | P::AppearanceRead
                | P::ImprovementRead
                | P::FindingRecord
                | P::ImprovementAct
                | P::CampaignResultRead
                | P::CatalogueRead
        ),
        Role::PostStaff => matches!(
            permission,
            P::ComplaintRegister
                | P::ComplaintReadOwn
                | P::ComplaintInvestigate
                | P::BadRatingRead
                | P::BadRatingAppeal
                | P::PostRead
                | P::TrainingRead
                | P::FileUpload
                | P::TidalRead
                | P::TidalKeep
                | P::CareRead
                | P::CareKeep
                | P::CareReveal
                | P::VolunteerRead
                | P::VolunteerReadPost
                | P::VolunteerServe
                | P::ServiceWitness
                | P::ServiceCaseRead
                | P::ServiceCaseKeep
                | P::TalentRead
                | P::TalentKeep
                | P::TalentReveal
                | P::StandardsRead
                | P::AppearanceRead
                | P::ImprovementRead
                | P::ImprovementAct
                | P::CampaignResultRead
                | P::RatingRead
                | P::CatalogueRead
        ),
        Role::CenterAdmin => matches!(
            permission,
            P::ComplaintRegister
                | P::ComplaintReadAll
                | P::ComplaintReadOwn
                | P::ComplaintApprove
                | P::ComplaintReview
                | P::ComplaintFollowUp
                | P::ComplaintRefer
                | P::ComplaintReveal
                | P::BadRatingRead
                | P::BadRatingHandle
                | P::BadRatingReveal
                | P::BadRatingAppeal
                | P::MemberManage
                | P::CenterExport
                | P::CenterSettings
                | P::PostRead
                | P::TrainingRead
                | P::TrainingManage
                | P::PostManage
                | P::RosterManage
                | P::StaffReveal
                | P::StaffSexRead
                | P::StaffBirthRead
                | P::StaffPartyRead
                | P::FileUpload
                | P::ModelPostRead
                | P::ModelPartyRead
                | P::ModelWomenRead
                | P::ModelYouthRead
                | P::ModelPostAppraise
                | P::ModelPostHear
                | P::ModelPostDecide
                | P::TidalRead
                | P::TidalKeep
                | P::TidalDecide
                | P::CareRead
                | P::CareKeep
                | P::CareReveal
                | P::VolunteerRead
                | P::VolunteerReadPost
                | P::VolunteerReadAll
                | P::ServiceCaseRead
                | P::ServiceCaseKeep
                | P::TalentRead
                | P::TalentKeep
                | P::TalentReveal
                | P::StandardsRead
                | P::StandardsManage
                | P::AppearanceRead
                | P::AppearanceCheck
                | P::FormRead
                | P::CampaignRead
                | P::CampaignManage
                | P::CampaignResultRead
                | P::PhraseManage
                | P::ImprovementRead
                | P::FindingRecord
                | P::ImprovementAct
                | P::ImprovementDirect
                | P::RatingRead
                | P::RatingReadAll
                | P::RatingPointManage
                | P::StandingRead
                | P::ServicesTell
                | P::CatalogueRead
                | P::AuditRead
        ),
        Role::SupervisionOfficer => matches!(
            permission,
            P::ComplaintRegister
                | P::ComplaintReadAll
                | P::ComplaintReadOwn
                | P::ComplaintReview
                | P::ComplaintFollowUp
                | P::ComplaintSupervise
                | P::ComplaintRefer
                | P::BadRatingRead
                | P::BadRatingAppeal
                | P::PostRead
                | P::TrainingRead
                | P::FileUpload
                | P::ModelPostRead
                | P::ModelPartyRead
                | P::ModelWomenRead
                | P::ModelYouthRead
                | P::ModelPostHear
                | P::TidalRead
                | P::CareRead
                | P::ServiceCaseRead
                | P::TalentRead
                | P::StandardsRead
                | P::AppearanceRead
                | P::AppearanceCheck
                | P::ImprovementRead
                | P::FindingRecord
                | P::ImprovementAct
                | P::ImprovementDirect
                | P::CampaignRead
                | P::CampaignResultRead
                | P::RatingRead
                | P::RatingReadAll
                | P::RatingFlagRead
                | P::RatingFlagDecide
                | P::StandingRead
                | P::CatalogueRead
        ),
        Role::CityAdmin => {
            matches!(
                permission,
                P::CityCompare
                    | P::ComparePublish
                    | P::ReferralOpen
                    | P::ReferralAnswer
                    | P::CenterManage
                    | P::PolicyManage
                    | P::PostKindManage
                    | P::FormRead
                    | P::FormManage
                    | P::CityRoundManage
                    | P::CatalogueRead
            )
        }
        Role::CityReviewer => matches!(
            permission,
            P::ReferralOpen | P::ReferralAnswer | P::AppealDecide | P::RatingFlagRead | P::CatalogueRead
        ),
        Role::SecurityAdmin => matches!(permission, P::MemberManage | P::CatalogueRead),
        Role::Auditor => matches!(permission, P::AuditRead | P::CatalogueRead),
        Role::PostLead => matches!(
            permission,
            P::PostRead
                | P::TrainingRead
                | P::TrainingManage
                | P::RosterManage
                | P::BadRatingRead
                | P::BadRatingAppeal
                | P::FileUpload
                | P::ModelPostRead
                | P::ModelPartyRead
                | P::ModelWomenRead
                | P::ModelYouthRead
                | P::ModelPostPropose
                | P::ModelPostAppraise
                | P::TidalRead
                | P::TidalKeep
                | P::TidalDecide
                | P::CareRead
                | P::CareKeep
                | P::CareReveal
                | P::VolunteerRead
                | P::VolunteerReadPost
                | P::VolunteerServe
                | P::ServiceWitness
                | P::KitCheck
                | P::ServiceCaseRead
                | P::ServiceCaseKeep
                | P::TalentRead
                | P::TalentKeep
                | P::TalentReveal
                | P::StandardsRead
                | P::AppearanceRead
                | P::AppearanceCheck
                | P::ImprovementRead
                | P::ImprovementAct
                | P::CampaignResultRead
                | P::RatingRead
                | P::CatalogueRead
        ),
        // Each keeper knows of people what their own ledger is about (domain section B).
        Role::LedgerKeeperParty => ledger(permission) || matches!(permission, P::StaffPartyRead | P::ModelPartyRead),
        Role::LedgerKeeperWomen => ledger(permission) || matches!(permission, P::StaffSexRead | P::ModelWomenRead),
        Role::LedgerKeeperYouth => ledger(permission) || matches!(permission, P::StaffBirthRead | P::ModelYouthRead),
        Role::StandardsOfficer => matches!(
            permission,
            P::PostRead
                | P::TrainingRead
                | P::TrainingManage
                | P::StandardsRead
                | P::StandardsManage
                | P::AppearanceRead
                | P::ImprovementRead
                | P::PhraseManage
                | P::CatalogueRead
        ),
        Role::VolunteerCoordinator => matches!(
            permission,
            P::PostRead
                | P::TrainingRead
                | P::TrainingManage
                | P::VolunteerRead
                | P::VolunteerReadPost
                | P::VolunteerReadAll
                | P::ServiceWitness
                | P::KitCheck
                | P::CompetenceSign
                | P::AppearanceRead
                | P::CatalogueRead
        ),
        // Their own records and no more.
        Role::Volunteer => {
            matches!(permission, P::VolunteerRead | P::VolunteerServe | P::AppearanceRead | P::CatalogueRead)
        }
        Role::TalentSteward => matches!(
            permission,
            P::PostRead
                | P::TrainingRead
                | P::TalentRead
                | P::TalentKeep
                | P::TalentReveal
                | P::AppearanceRead
                | P::CatalogueRead
        ),
        Role::PatrolInspector => matches!(
            permission,
            P::PostRead
                | P::TrainingRead
                | P::FileUpload
                | P::AppearanceRead
                | P::AppearanceCheck
                | P::ImprovementRead
                | P::FindingRecord
                | P::CampaignRate
                | P::CatalogueRead
        ),
        Role::UnresolvedWindowLead => {
            matches!(permission, P::PostRead | P::TrainingRead | P::AppearanceRead | P::CatalogueRead)
        }
        Role::EvaluationOrganiser => matches!(
            permission,
            P::PostRead
                | P::TrainingRead
                | P::FileUpload
                | P::AppearanceRead
                | P::FormRead
                | P::ImprovementRead
                | P::FindingRecord
                | P::ImprovementDirect
                | P::CampaignRead
                | P::CampaignManage
                | P::CampaignResultRead
                | P::RatingRead
                | P::RatingReadAll
                | P::RatingPointManage
                | P::CatalogueRead
        ),
        // They prove what they take points off for; an agency hands in its plan and its report.
        Role::SuperiorRater
        | Role::SelfRater
        | Role::PartyDelegate
        | Role::CongressDeputy
        | Role::CppccMember
        | Role::ThirdPartyLead => {
            matches!(permission, P::CampaignRate | P::FileUpload | P::CatalogueRead)
        }
        // A file would tell whose vote it is.
        Role::PeerRater | Role::ThirdPartyAssessor => {
            matches!(permission, P::CampaignRate | P::CatalogueRead)
        }
    }
}

/// What everybody who keeps a ledger may do.
const fn ledger(permission: Permission) -> bool {
    use Permission as P;
    matches!(
        permission,
        P::PostRead
            | P::TrainingRead
            | P::StaffReveal
            | P::FileUpload
            | P::ModelPostRead
            | P::LedgerKeep
            | P::ModelPostPropose
            | P::StandardsRead
            | P::AppearanceRead
            | P::CatalogueRead
    )
}
