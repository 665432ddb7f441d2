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
