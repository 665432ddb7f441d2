//! Inviting, suspending and ending the people of a place, by its administrator.
//!
//! Nobody gives a role to themself or acts on their own membership; an administrator of a center
//! makes no other (Z-6). What opens an account (its password, its second factor) is reset only
//! where all its places are: a center's administrator could otherwise open another center's door.

use chrono::NaiveDate;
use domain::{
    AccountId, CampaignId, CenterId, MembershipId, Violation,
    calendar::local_date,
    identity::{InvitationKind, MemberAction, MemberStatus, after},
    permission::{Permission, Role, RoleSet, Seat},
};

use super::{
    invitations::{Link, new_token},
    profile::shown_lately,
};
use crate::{
    auth::scope::{Granted, Scope},
    campaigns,
    db::{AuditEvent, Verb, WriteTx, credentials::Invitation},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    tenancy::repo::{self, Membership, NewMembership},
};

/// Longest name and title, in characters.
const LONGEST_NAME: usize = 50;

/// Somebody to be invited.
pub struct Invite {
    /// Their login, new or known.
    pub login: String,
    /// Their name at this place.
    pub display_name: String,
    /// Their job title.
    pub title: Option<String>,
    /// The roles they get.
    pub roles: Vec<Role>,
    /// From which day on; at once without one.
    pub valid_from: Option<NaiveDate>,
    /// Up to which day.
    pub valid_until: Option<NaiveDate>,
    /// The round of an evaluator.
    pub campaign: Option<CampaignId>,
}

/// Everybody who holds, held or was offered a role here.
pub async fn list(cx: &Cx) -> Result<Vec<Membership>> {
    cx.scope()?.require(Permission::MemberManage)?;
    repo::memberships(&*cx.read().await?).await
}

/// Invites somebody to the viewer's place.
pub async fn invite(cx: &Cx, cmd: Invite) -> Result<(AccountId, Link)> {
    let scope = cx.scope()?.clone();
    invite_under(cx, scope, cmd).await
}

/// Invites an administrator to a center of the viewer's city.
pub async fn appoint(cx: &Cx, center: CenterId, cmd: Invite) -> Result<(AccountId, Link)> {
    let centers = cx.app.db.identity().centers(cx.scope()?.city()).await?;
    let center = centers.into_iter().find(|known| known.id == center).ok_or(Error::NotFound(Kind::Center))?;
    let scope = cx.scope()?.appointing(&center)?;
    invite_under(cx, scope, cmd).await
}

async fn invite_under(cx: &Cx, scope: Scope, cmd: Invite) -> Result<(AccountId, Link)> {
    let granted = scope.require(Permission::MemberManage)?;
    shown_lately(cx).await?;
    let kind = check(cx, &scope, &cmd)?;
    let mut tx = cx.write(&granted).await?;
    let (account, link) = offer(cx, &mut tx, &cmd, kind).await?;
    // Whoever is invited to a round rates in it; the rounds say whether they may.
    if let (InvitationKind::Evaluator, Some(round), [role]) = (kind, cmd.campaign, cmd.roles.as_slice()) {
        campaigns::service::raters::join(cx, &mut tx, round, (account, *role), cmd.display_name.trim()).await?;
    }
    let roles: Vec<_> = cmd.roles.iter().map(|role| role.key()).collect();
    tx.commit(AuditEvent::on(account.0, Verb::MemberInvited).with_detail(roles.join(","))).await?;
    Ok((account, link))
}

/// Offers somebody roles, with a link.
async fn offer(cx: &Cx, tx: &mut WriteTx, cmd: &Invite, kind: InvitationKind) -> Result<(AccountId, Link)> {
    let (login, name) = (cmd.login.trim().to_lowercase(), cmd.display_name.trim());
    let account = tx.account_of(&login, name, AccountId(cx.app.ids.next())).await?;
    if Some(account) == tx.scope().account() {
        return Err(Violation::new("login", "member.not_oneself").into());
    }
    for role in &cmd.roles {
        let id = MembershipId(cx.app.ids.next());
        repo::offer(tx, NewMembership::of(id, account, *role, cmd)).await?;
    }
    Ok((account, link(tx, cx, account, kind).await?))
}

/// Invites an evaluator to a round, in the transaction of its organiser, who has the permission to; the audit is theirs, and
/// so is the check whether this round is one of the center's.
pub async fn call(cx: &Cx, tx: &mut WriteTx, cmd: &Invite) -> Result<(AccountId, Link)> {
    shown_lately(cx).await?;
    let found = check_names(cmd);
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    offer(cx, tx, cmd, InvitationKind::Evaluator).await
}

/// A new link for an evaluator who has not taken up the first one, as [`call`].
pub async fn call_again(cx: &Cx, tx: &mut WriteTx, account: AccountId) -> Result<Link> {
    shown_lately(cx).await?;
    let theirs = repo::memberships(tx).await?.into_iter().find(|row| {
        (row.account_id, row.status) == (account, MemberStatus::Invited) && row.role.seat() == Seat::Campaign
    });
    theirs.ok_or_else(|| Violation::new("", "member.not_now"))?;
    link(tx, cx, account, InvitationKind::Evaluator).await
}

/// A link for the security administrator of a city office, from the command line: to begin with, and when the last one
/// has lost the way in. Everybody else comes in by theirs.
pub async fn first(cx: &Cx, login: &str, name: &str) -> Result<Link> {
    let scope = cx.scope()?.clone();
    let granted = scope.require(Permission::MemberManage)?;
    let role = Role::SecurityAdmin;
    let cmd = Invite {
        login: login.trim().to_lowercase(),
        display_name: name.trim().to_owned(),
        title: None,
        roles: vec![role],
        valid_from: None,
        valid_until: None,
        campaign: None,
    };
    let found = check_names(&cmd);
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let mut tx = cx.write(&granted).await?;
    let account = tx.account_of(&cmd.login, &cmd.display_name, AccountId(cx.app.ids.next())).await?;
    let theirs = repo::memberships(&tx).await?.into_iter().find(|row| row.account_id == account && row.role == role);
    let kind = match theirs.map(|row| row.status) {
        Some(MemberStatus::Active) => InvitationKind::PasswordReset,
        Some(MemberStatus::Invited) => InvitationKind::FirstRun,
        _ => {
            let id = MembershipId(cx.app.ids.next());
            repo::offer(&mut tx, NewMembership::of(id, account, role, &cmd)).await?;
            InvitationKind::FirstRun
        }
    };
    let link = link(&mut tx, cx, account, kind).await?;
    let verb = if kind == InvitationKind::FirstRun { Verb::MemberInvited } else { Verb::PasswordResetLinked };
    tx.commit(AuditEvent::on(account.0, verb).with_detail(role.key())).await?;
    Ok(link)
}

/// A new link for somebody who has not taken up the first one.
pub async fn renew(cx: &Cx, account: AccountId) -> Result<Link> {
    let (mut tx, theirs) = manage(cx, account).await?;
    let Some(invited) = theirs.iter().find(|row| row.status == MemberStatus::Invited) else {
        return Err(Violation::new("", "member.not_now").into());
    };
    let kind = if invited.role.seat() == Seat::Campaign { InvitationKind::Evaluator } else { InvitationKind::Member };
    let link = link(&mut tx, cx, account, kind).await?;
    tx.commit(AuditEvent::on(account.0, Verb::InvitationRenewed)).await?;
    Ok(link)
}

/// Suspends, reinstates or ends a membership; it counts at the person's next request.
pub async fn act(cx: &Cx, id: MembershipId, action: MemberAction) -> Result<Membership> {
    let granted = cx.scope()?.require(Permission::MemberManage)?;
    shown_lately(cx).await?;
    let mut tx = cx.write(&granted).await?;
    let row = repo::membership(&tx, id).await?;
    may_touch(cx, &granted, &[row.role], row.account_id)?;
    let status = after(row.status, action)?;
    repo::set_status(&mut tx, &row, status).await?;
    let verb = match action {
        MemberAction::Suspend => Verb::MemberSuspended,
        MemberAction::Reinstate => Verb::MemberReinstated,
        MemberAction::End => Verb::MemberEnded,
    };
    tx.commit(AuditEvent::on(row.account_id.0, verb).with_detail(row.role.key())).await?;
    Ok(Membership { status, ..row })
}

/// A link by which somebody chooses a new password.
pub async fn reset_password(cx: &Cx, account: AccountId) -> Result<Link> {
    let (mut tx, _) = manage(cx, account).await?;
    only_here(cx, account).await?;
    let link = link(&mut tx, cx, account, InvitationKind::PasswordReset).await?;
    tx.commit(AuditEvent::on(account.0, Verb::PasswordResetLinked)).await?;
    Ok(link)
}

/// Takes a lost authenticator off an account, and ends its sessions.
pub async fn reset_second_factor(cx: &Cx, account: AccountId, reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Violation::new("reason", "form.required").into());
    }
    let (mut tx, _) = manage(cx, account).await?;
    only_here(cx, account).await?;
    tx.remove_second_factor(account).await?;
    tx.end_sessions(account).await?;
    tx.commit(AuditEvent::on(account.0, Verb::SecondFactorRemoved).with_detail(reason.trim())).await
}

/// Ends the sessions of somebody who works here.
pub async fn end_sessions(cx: &Cx, account: AccountId) -> Result<()> {
    let (mut tx, theirs) = manage(cx, account).await?;
    // An offer alone gives no hold on somebody who works elsewhere.
    if !theirs.iter().any(|row| row.status.was_taken_up()) {
        return Err(Violation::new("", "member.not_now").into());
    }
    tx.end_sessions(account).await?;
    tx.commit(AuditEvent::on(account.0, Verb::MemberSessionsEnded)).await
}

/// A transaction on somebody of the place whom the viewer may manage.
async fn manage(cx: &Cx, account: AccountId) -> Result<(WriteTx, Vec<Membership>)> {
    let granted = cx.scope()?.require(Permission::MemberManage)?;
    shown_lately(cx).await?;
    let tx = cx.write(&granted).await?;
    let theirs: Vec<_> = repo::memberships(&tx).await?.into_iter().filter(|row| row.account_id == account).collect();
    if theirs.is_empty() {
        return Err(Error::NotFound(Kind::Member));
    }
    let roles: Vec<_> = theirs.iter().filter(|row| row.status != MemberStatus::Ended).map(|row| row.role).collect();
    may_touch(cx, &granted, &roles, account)?;
    Ok((tx, theirs))
}

fn may_touch(cx: &Cx, granted: &Granted, roles: &[Role], account: AccountId) -> Result<()> {
    if cx.scope()?.account() == Some(account) {
        return Err(Violation::new("", "member.not_oneself").into());
    }
    let own = granted.scope().roles();
    if roles.iter().all(|role| own.may_give(*role)) { Ok(()) } else { Err(Error::Forbidden(granted.permission())) }
}

/// Refuses for somebody who has a role elsewhere too, or was offered one, also while it is suspended: whoever opens the
/// account would be there, too, as soon as it goes on.
async fn only_here(cx: &Cx, account: AccountId) -> Result<()> {
    let here = cx.scope()?.owner();
    if cx.app.db.identity().ties(account).await?.iter().all(|tie| *tie == here) {
        Ok(())
    } else {
        Err(Violation::new("", "member.elsewhere").into())
    }
}

async fn link(tx: &mut WriteTx, cx: &Cx, account: AccountId, kind: InvitationKind) -> Result<Link> {
    let (token, token_hash) = new_token()?;
    let (city, center) = (tx.scope().city(), tx.scope().center().ok());
    tx.add_invitation(Invitation { kind, account, city, center, token_hash }).await?;
    Ok(Link { kind, token, expires_at: cx.now() + kind.lifetime() })
}

impl NewMembership {
    fn of(id: MembershipId, account: AccountId, role: Role, cmd: &Invite) -> Self {
        Self {
            id,
            account,
            role,
            display_name: cmd.display_name.trim().to_owned(),
            title: cmd.title.clone().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()),
            valid_from: cmd.valid_from,
            valid_until: cmd.valid_until,
            campaign: cmd.campaign,
        }
    }
}

fn check_names(cmd: &Invite) -> Vec<Violation> {
    let mut found = Vec::new();
    let login = cmd.login.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if !(3..=64).contains(&login.len()) || !login.chars().all(plain) {
        found.push(Violation::new("login", "member.login_form"));
    }
    let name = cmd.display_name.trim().chars().count();
    if name == 0 {
        found.push(Violation::new("displayName", "form.required"));
    }
    let title = cmd.title.as_ref().map_or(0, |title| title.chars().count());
    for (field, length) in [("displayName", name), ("title", title)] {
        if length > LONGEST_NAME {
            found.push(Violation::new(field, "form.too_long").with("max", LONGEST_NAME));
        }
    }
    found
}

fn check(cx: &Cx, scope: &Scope, cmd: &Invite) -> Result<InvitationKind> {
    let mut found = check_names(cmd);
    if cmd.roles.is_empty() {
        found.push(Violation::new("roles", "form.required"));
    }
    // A city office that appoints gives the roles that it may give, in a center.
    let own: &RoleSet = scope.roles();
    let fits = |role: &Role| own.may_give(*role) && (role.seat() == Seat::City) == scope.center().is_err();
    let evaluators = cmd.roles.iter().filter(|role| role.seat() == Seat::Campaign).count();
    if cmd.roles.iter().filter(|role| role.is_administration()).count() > 1 {
        found.push(Violation::new("roles", "member.administrators_apart"));
    }
    if !cmd.roles.iter().all(fits) {
        found.push(Violation::new("roles", "member.role_not_yours"));
    }
    if evaluators > 0 && evaluators < cmd.roles.len() {
        found.push(Violation::new("roles", "member.evaluator_apart"));
    }
    if evaluators == 0 && cmd.campaign.is_some() {
        found.push(Violation::new("campaignId", "member.evaluator_apart"));
    }
    if evaluators > 0 && cmd.campaign.is_none() {
        found.push(Violation::new("campaignId", "member.evaluator_round"));
    }
    if evaluators > 1 {
        found.push(Violation::new("roles", "member.one_evaluator"));
    }
    for (field, day) in [("validFrom", cmd.valid_from), ("validUntil", cmd.valid_until)] {
        if evaluators > 0 && day.is_none() {
            found.push(Violation::new(field, "member.evaluator_dates"));
        }
    }
    let backwards = cmd.valid_from.zip(cmd.valid_until).is_some_and(|(from, until)| until < from);
    if backwards || cmd.valid_until.is_some_and(|until| until < local_date(cx.now())) {
        found.push(Violation::new("validUntil", "member.dates"));
    }
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    Ok(if evaluators > 0 { InvitationKind::Evaluator } else { InvitationKind::Member })
}
