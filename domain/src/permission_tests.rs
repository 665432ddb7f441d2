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
