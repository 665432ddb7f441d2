//! Who may do what, role by role.

use super::*;

#[test]
fn no_staff_role_files_as_the_public_and_the_city_reads_no_case() {
    for role in Role::ALL {
        assert!(!grants(*role, Permission::ComplaintFile), "{role:?}");
        assert!(!grants(*role, Permission::InvitationAccept), "{role:?}");
        assert!(!grants(*role, Permission::QueueReport), "{role:?}");
    }
    for role in Role::ALL.iter().filter(|role| role.seat() == Seat::City) {
        for permission in [Permission::ComplaintReadAll, Permission::ComplaintReadOwn, Permission::ComplaintReveal] {
            assert!(!grants(*role, permission), "{role:?} {permission:?}");
        }
    }
}

#[test]
fn a_center_refers_and_its_city_opens_and_answers() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let refers: Vec<_> = holders(Permission::ComplaintRefer).collect();
    assert_eq!(refers, [Role::CenterAdmin, Role::SupervisionOfficer]);
    for permission in [Permission::ReferralOpen, Permission::ReferralAnswer] {
        assert_eq!(holders(permission).collect::<Vec<_>>(), [Role::CityAdmin, Role::CityReviewer]);
    }
}

#[test]
fn each_keeper_knows_of_people_what_their_own_ledger_is_about() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    for (field, keeper) in [
        (Permission::StaffSexRead, Role::LedgerKeeperWomen),
        (Permission::StaffBirthRead, Role::LedgerKeeperYouth),
        (Permission::StaffPartyRead, Role::LedgerKeeperParty),
    ] {
        assert_eq!(holders(field).collect::<Vec<_>>(), [Role::CenterAdmin, keeper]);
    }
}

#[test]
fn each_keeper_sees_the_model_posts_of_one_kind_and_approves_nothing() {
    let kinds = [Permission::ModelPartyRead, Permission::ModelWomenRead, Permission::ModelYouthRead];
    let keepers: Vec<_> = Role::ALL.iter().filter(|role| grants(**role, Permission::LedgerKeep)).collect();
    assert_eq!(keepers.len(), 3);
    for keeper in keepers {
        assert_eq!(kinds.iter().filter(|kind| grants(*keeper, **kind)).count(), 1, "{keeper:?}");
        for permission in [Permission::ModelPostAppraise, Permission::ModelPostHear, Permission::ModelPostDecide] {
            assert!(!grants(*keeper, permission), "{keeper:?} {permission:?}");
        }
    }
}

#[test]
fn talents_are_known_by_name_to_those_who_may_follow_them() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let keepers = [Role::PostStaff, Role::CenterAdmin, Role::PostLead, Role::TalentSteward];
    for permission in [Permission::TalentKeep, Permission::TalentReveal] {
        assert_eq!(holders(permission).collect::<Vec<_>>(), keepers);
    }
    assert!(grants(Role::SupervisionOfficer, Permission::TalentRead), "the course, not who it is");
    assert_eq!(holders(Permission::TalentRead).count(), keepers.len() + 1);
}

#[test]
fn standards_are_kept_by_their_officer_and_the_administrator_and_no_city_reads_them() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let keep: Vec<_> = holders(Permission::StandardsManage).collect();
    assert_eq!(keep, [Role::CenterAdmin, Role::StandardsOfficer]);
    assert!(keep.iter().all(|role| grants(*role, Permission::StandardsRead)));
    assert!(holders(Permission::StandardsRead).all(|role| role.seat() == Seat::Center));
}

#[test]
fn a_volunteer_sees_the_own_records_and_no_posts_and_nobody_confirms_as_a_recipient() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    assert!([Permission::VolunteerRead, Permission::VolunteerServe].iter().all(|p| grants(Role::Volunteer, *p)));
    for permission in [
        Permission::VolunteerReadPost,
        Permission::VolunteerReadAll,
        Permission::ServiceWitness,
        Permission::PostRead,
        Permission::ComplaintReadOwn,
    ] {
        assert!(!grants(Role::Volunteer, permission), "{permission:?}");
    }
    assert_eq!(holders(Permission::ServiceConfirm).count(), 0);
    let coordinator = [Role::VolunteerCoordinator];
    assert_eq!(holders(Permission::CompetenceSign).collect::<Vec<_>>(), coordinator);
    assert_eq!(holders(Permission::KitCheck).collect::<Vec<_>>(), [Role::PostLead, Role::VolunteerCoordinator]);
    let all: Vec<_> = holders(Permission::VolunteerReadAll).collect();
    assert_eq!(all, [Role::CenterAdmin, Role::VolunteerCoordinator]);
    assert!(holders(Permission::ServiceWitness).all(|role| grants(role, Permission::VolunteerReadPost)));
}

#[test]
fn the_city_writes_the_forms_and_whoever_organises_reads_them() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    assert_eq!(holders(Permission::FormManage).collect::<Vec<_>>(), [Role::CityAdmin]);
    let readers = [Role::CenterAdmin, Role::EvaluationOrganiser, Role::CityAdmin];
    assert_eq!(holders(Permission::FormRead).collect::<Vec<_>>(), readers);
}

#[test]
fn whoever_organises_a_round_does_not_rate_and_no_evaluator_reads_more_than_the_round() {
    use crate::campaigns::RULES;
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let organisers = [Role::CenterAdmin, Role::EvaluationOrganiser];
    assert_eq!(holders(Permission::CampaignManage).collect::<Vec<_>>(), organisers);
    assert!(organisers.iter().all(|role| grants(*role, Permission::CampaignRead)));
    for role in Role::ALL {
        let rates = RULES.iter().any(|rules| rules.roles.contains(role));
        assert_eq!(grants(*role, Permission::CampaignRate), rates, "{role:?}");
        assert!(!(rates && grants(*role, Permission::CampaignManage)), "{role:?}");
    }
    for role in Role::ALL.iter().filter(|role| role.seat() == Seat::Campaign) {
        let allowed =
            [Permission::CampaignRate, Permission::FileUpload, Permission::NoticeRead, Permission::CatalogueRead];
        assert!(Permission::ALL.iter().all(|p| !grants(*role, *p) || allowed.contains(p)), "{role:?}");
    }
    assert!(holders(Permission::CampaignResultRead).all(|role| role.seat() == Seat::Center));
    // The city organises rounds of its own, and reads no center's.
    assert_eq!(holders(Permission::CityRoundManage).collect::<Vec<_>>(), [Role::CityAdmin]);
    assert!(!grants(Role::CityAdmin, Permission::CampaignRead));
}

#[test]
fn bad_ratings_are_handled_in_the_center_and_appeals_decided_by_the_citys_reviewer_alone() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let handlers = [Role::ComplaintHandler, Role::CenterAdmin];
    for permission in [Permission::BadRatingHandle, Permission::BadRatingReveal] {
        assert_eq!(holders(permission).collect::<Vec<_>>(), handlers);
    }
    // Whoever may be rated sees what is said of them, and has a voice and a place for evidence.
    let rated: Vec<_> = holders(Permission::BadRatingAppeal).collect();
    assert!(holders(Permission::BadRatingRead).eq(rated.iter().copied()));
    assert!(rated.iter().all(|role| role.seat() == Seat::Center && grants(*role, Permission::FileUpload)));
    assert_eq!(holders(Permission::AppealDecide).collect::<Vec<_>>(), [Role::CityReviewer]);
}

#[test]
fn whoever_directs_improvement_sees_all_of_it_and_whoever_acts_proves_it() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let direct = [Role::CenterAdmin, Role::SupervisionOfficer, Role::EvaluationOrganiser];
    assert_eq!(holders(Permission::ImprovementDirect).collect::<Vec<_>>(), direct);
    for permission in [Permission::ImprovementDirect, Permission::FindingRecord, Permission::ImprovementAct] {
        assert!(holders(permission).all(|role| grants(role, Permission::ImprovementRead)), "{permission:?}");
    }
    assert!(holders(Permission::ImprovementAct).all(|role| grants(role, Permission::FileUpload)));
    assert!(holders(Permission::ImprovementRead).all(|role| role.seat() == Seat::Center));
}

#[test]
fn nobody_of_the_staff_rates_and_five_roles_see_the_weeks() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    assert_eq!(holders(Permission::RatingGive).count(), 0);
    let readers: Vec<_> = holders(Permission::RatingRead).collect();
    let all = [Role::CenterAdmin, Role::SupervisionOfficer, Role::EvaluationOrganiser];
    assert_eq!(holders(Permission::RatingReadAll).collect::<Vec<_>>(), all);
    assert!(all.iter().all(|role| readers.contains(role)) && readers.len() == 5, "{readers:?}");
    let keepers = [Role::CenterAdmin, Role::EvaluationOrganiser];
    assert_eq!(holders(Permission::RatingPointManage).collect::<Vec<_>>(), keepers);
    // Whoever keeps the points says nothing of whether they are used freely, and the city sees what was said.
    assert_eq!(holders(Permission::RatingFlagDecide).collect::<Vec<_>>(), [Role::SupervisionOfficer]);
    let watch = [Role::SupervisionOfficer, Role::CityReviewer];
    assert_eq!(holders(Permission::RatingFlagRead).collect::<Vec<_>>(), watch);
}

#[test]
fn whoever_works_in_a_center_or_rates_there_has_messages_and_no_city_office() {
    for role in Role::ALL {
        assert_eq!(grants(*role, Permission::NoticeRead), role.seat() != Seat::City, "{role:?}");
    }
    // Whoever opens a task sees what becomes of it.
    for opener in [Permission::FindingRecord, Permission::BadRatingHandle, Permission::StandardsManage] {
        let mut openers = Role::ALL.iter().filter(|role| grants(**role, opener));
        assert!(openers.all(|role| grants(*role, Permission::ImprovementRead)), "{opener:?}");
    }
}

#[test]
fn the_city_compares_and_publishes_and_a_center_sees_how_it_stands() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    for permission in [Permission::CityCompare, Permission::ComparePublish] {
        assert_eq!(holders(permission).collect::<Vec<_>>(), [Role::CityAdmin]);
    }
    let standing = [Role::CenterAdmin, Role::SupervisionOfficer];
    assert_eq!(holders(Permission::StandingRead).collect::<Vec<_>>(), standing);
    assert_eq!(holders(Permission::ServicesTell).collect::<Vec<_>>(), [Role::CenterAdmin]);
}

#[test]
fn whoever_handles_does_not_approve() {
    for role in Role::ALL {
        assert!(!(grants(*role, Permission::ComplaintHandle) && grants(*role, Permission::ComplaintApprove)));
    }
}

#[test]
fn roles_are_given_by_those_who_manage_members_each_in_their_own_house() {
    for role in Role::ALL {
        assert!(!Role::CenterAdmin.may_give(*role) || role.seat() != Seat::City, "{role:?}");
        assert_eq!(Role::SecurityAdmin.may_give(*role), role.seat() == Seat::City, "{role:?}");
        // It appoints the administrators of its centers, and puts nobody in charge of a case.
        assert_eq!(Role::CityAdmin.may_give(*role), *role == Role::CenterAdmin, "{role:?}");
        let givers = [Role::CenterAdmin, Role::SecurityAdmin, Role::CityAdmin];
        for giver in Role::ALL.iter().filter(|giver| !givers.contains(giver)) {
            assert!(!giver.may_give(*role), "{giver:?} gives {role:?}");
        }
    }
    assert!(!Role::CenterAdmin.may_give(Role::CenterAdmin));
}

#[test]
fn system_security_and_audit_are_three_jobs() {
    let (system, security, audit) = (Permission::CenterManage, Permission::MemberManage, Permission::AuditRead);
    for role in Role::ALL.iter().filter(|role| role.seat() == Seat::City) {
        let jobs = [system, security, audit].iter().filter(|job| grants(*role, **job)).count();
        assert_eq!(jobs, usize::from(role.is_administration()), "{role:?}");
    }
    assert_eq!(Role::ALL.iter().filter(|role| role.is_administration()).count(), 3);
}

#[test]
fn whoever_may_be_checked_sees_their_own_and_four_roles_check() {
    let holders = |permission| Role::ALL.iter().copied().filter(move |role| grants(*role, permission));
    let checkers: Vec<_> = holders(Permission::AppearanceCheck).collect();
    assert_eq!(checkers, [Role::CenterAdmin, Role::SupervisionOfficer, Role::PostLead, Role::PatrolInspector]);
    // They prove what they saw.
    assert!(checkers.iter().all(|role| grants(*role, Permission::FileUpload)));
    // Whoever is on the staff has trainings, and an appearance.
    assert!(holders(Permission::TrainingRead).all(|role| grants(role, Permission::AppearanceRead)));
    assert!(holders(Permission::PhraseManage).eq([Role::CenterAdmin, Role::StandardsOfficer]));
}
