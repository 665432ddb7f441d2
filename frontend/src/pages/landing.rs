//! `/desk`: everyone lands where their day begins.

use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::session::use_session;

/// Sends on to the first page that the person's roles call for.
#[component]
pub fn Landing() -> impl IntoView {
    let session = use_session();
    let may = |permission| untrack(|| session.can(permission));
    let path = if may(Permission::ComplaintHandle) {
        "/desk/complaints?queue=mine"
    } else if may(Permission::ComplaintApprove) {
        "/desk/approvals"
    } else if may(Permission::ComplaintSupervise) {
        "/desk/overdue"
    } else if may(Permission::ComplaintReadOwn) {
        "/desk/today"
    } else if may(Permission::LedgerKeep) {
        "/desk/gaps"
    } else if may(Permission::PostRead) {
        "/desk/mine"
    } else if may(Permission::VolunteerServe) {
        "/desk/volunteers"
    } else if may(Permission::CityCompare) {
        "/desk/compare"
    } else if may(Permission::ReferralOpen) {
        "/desk/referrals"
    } else if may(Permission::MemberManage) {
        "/desk/members"
    } else if may(Permission::AuditRead) {
        "/desk/audit"
    } else {
        "/desk/catalogue"
    };
    view! { <Redirect path /> }
}
