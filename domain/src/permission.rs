//! Who may do what: one table, used by the server to decide and by the browser to hide buttons.

use crate::macros::text_enum;

text_enum! {
    /// A role of domain section B that this product serves so far.
    pub enum Role {
        /// 投诉处置专员 (6.8.7): screens, handles and settles complaints.
        ComplaintHandler = "complaint_handler",
        /// 岗位人员: works on what is assigned to them.
        PostStaff = "post_staff",
        /// 中心管理员: approves conclusions, decides reviews.
        CenterAdmin = "center_admin",
        /// 政务督办专员 (C.9): presses overdue matters.
        SupervisionOfficer = "supervision_officer",
        /// 市级管理员: sees counts of all centers of the city, no case.
        CityAdmin = "city_admin",
    }

    /// Something a role may do. Checked by `Scope::require` before any write.
    pub enum Permission {
        /// File a complaint, follow it and ask for review by receipt code.
        ComplaintFile = "complaint_file",
        /// Register a complaint for a caller, a visitor or a letter.
        ComplaintRegister = "complaint_register",
        /// Read every complaint of the center.
        ComplaintReadAll = "complaint_read_all",
        /// Read complaints assigned to oneself.
        ComplaintReadOwn = "complaint_read_own",
        /// Screen, accept, assign, conclude, feed back.
        ComplaintHandle = "complaint_handle",
        /// Investigate and propose a conclusion.
        ComplaintInvestigate = "complaint_investigate",
        /// Approve or send back a proposed conclusion.
        ComplaintApprove = "complaint_approve",
        /// Decide a review asked for by the complainant.
        ComplaintReview = "complaint_review",
        /// Ask the complainant, after the answer, whether they are satisfied.
        ComplaintFollowUp = "complaint_follow_up",
        /// Press and escalate.
        ComplaintSupervise = "complaint_supervise",
        /// See a complainant's name, phone and address; each look is logged.
        ComplaintReveal = "complaint_reveal",
        /// Compare the centers of the city by figures.
        CityCompare = "city_compare",
        /// Read the standard's catalogue.
        CatalogueRead = "catalogue_read",
        /// Read, verify and export the audit of one's own center or city office.
        AuditRead = "audit_read",
    }
}

/// Whether `role` holds `permission`.
#[must_use]
pub const fn grants(role: Role, permission: Permission) -> bool {
    use Permission as P;
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
                | P::CatalogueRead
        ),
        Role::PostStaff => matches!(
            permission,
            P::ComplaintRegister | P::ComplaintReadOwn | P::ComplaintInvestigate | P::CatalogueRead
        ),
        Role::CenterAdmin => matches!(
            permission,
            P::ComplaintRegister
                | P::ComplaintReadAll
                | P::ComplaintReadOwn
                | P::ComplaintApprove
                | P::ComplaintReview
                | P::ComplaintFollowUp
                | P::ComplaintReveal
                | P::CatalogueRead
                | P::AuditRead
        ),
        Role::SupervisionOfficer => matches!(
            permission,
            P::ComplaintRegister
                | P::ComplaintReadAll
                | P::ComplaintReadOwn
                | P::ComplaintFollowUp
                | P::ComplaintSupervise
                | P::CatalogueRead
        ),
        Role::CityAdmin => matches!(permission, P::CityCompare | P::CatalogueRead | P::AuditRead),
    }
}

/// The roles a person holds in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleSet(Vec<Role>);

impl RoleSet {
    /// The roles, each once, in the order of [`Role::ALL`].
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Self {
        let mut roles: Vec<_> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }

    /// Whether any of the roles holds `permission`.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.0.iter().any(|role| grants(*role, permission))
    }

    /// The roles themselves.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_staff_role_files_as_the_public_and_the_city_reads_no_case() {
        for role in Role::ALL {
            assert!(!grants(*role, Permission::ComplaintFile), "{role:?}");
        }
        for permission in [Permission::ComplaintReadAll, Permission::ComplaintReadOwn, Permission::ComplaintReveal] {
            assert!(!grants(Role::CityAdmin, permission), "{permission:?}");
        }
    }

    #[test]
    fn whoever_handles_does_not_approve() {
        for role in Role::ALL {
            assert!(!(grants(*role, Permission::ComplaintHandle) && grants(*role, Permission::ComplaintApprove)));
        }
    }
}
