//! One-time links: looking at one, and taking it up. A link that is wrong, used, expired, cut
//! short or somebody else's has one answer.

use chrono::NaiveDate;
use domain::{
    AccountId, Violation,
    calendar::local_date,
    identity::{InvitationKind, MemberStatus, password::Demands},
    permission::Permission,
};

use entity::city;

use super::{
    profile,
    sign_in::{self, Viewer},
};
use crate::{
    auth::{
        password::{self, Verdict},
        scope::Scope,
    },
    crypto,
    db::{
        AuditEvent, Verb, WriteTx,
        credentials::Invitation,
        identity::{Account, Center},
    },
    error::{Error, Result},
    graphql::context::Cx,
    http::edge::VisitorAct,
    tenancy::repo::{self, Membership},
};

/// A link just made; the token is shown once.
pub struct Link {
    /// What it is for.
    pub kind: InvitationKind,
    /// The secret part of the address.
    pub token: String,
    /// Until when it works.
    pub expires_at: chrono::DateTime<chrono::Utc>,
}

/// What a link leads to.
pub struct Opened {
    /// What it is for.
    pub kind: InvitationKind,
    /// Whose it is.
    pub account: Account,
    /// Where it was made, and where it leads to.
    pub at: At,
    /// Whether they have a password already and are asked for that one.
    pub has_password: bool,
    /// What is asked of a new one.
    pub demands: Demands,
    /// The roles that it offers.
    pub offered: Vec<Membership>,
}

/// The place of a link, whatever its state: whoever opens the link should see whom to ask.
pub enum At {
    /// A center.
    Center(Center),
    /// A city office.
    City(city::Model),
}

/// A new token and its hash.
///
/// # Errors
/// When the system gives no random bytes.
pub fn new_token() -> Result<(String, String)> {
    let token: String = crypto::random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = crypto::sha256_hex(&token);
    Ok((token, hash))
}

/// Looks at a link without using it up.
pub async fn open(cx: &Cx, token: &str) -> Result<Opened> {
    let (link, account) = find(cx, token).await?;
    let (has_password, demands) = asked(cx, &link, &account).await?;
    let identity = cx.app.db.identity();
    let at = match link.center {
        Some(center) => identity.center(center).await?.map(At::Center),
        None => identity.city(link.city).await?.map(At::City),
    };
    let at = at.ok_or_else(invalid)?;
    let offered = offered(cx, &link).await?;
    Ok(Opened { kind: link.kind, at, has_password, demands, account, offered })
}

/// Takes a link up: with a new password, or with the one that the person has already.
pub async fn accept(cx: &Cx, token: &str, password: String) -> Result<Viewer> {
    let (link, account) = find(cx, token).await?;
    let (has_password, demands) = asked(cx, &link, &account).await?;
    let hash = if has_password {
        check_known(cx, &account, password).await?;
        None
    } else {
        password::acceptable(&password, demands, &profile::context(&account, &[]))?;
        profile::not_used_lately(cx, &account, &password).await?;
        Some(password::hash(password).await?)
    };
    let granted = Scope::invited(&link).with_request_id(&cx.request_id).require(Permission::InvitationAccept)?;
    let mut tx = cx.write(&granted).await?;
    if !tx.use_invitation(&link.token_hash).await? {
        return Err(invalid());
    }
    if let Some(hash) = hash {
        tx.set_password(account.id, hash).await?;
    }
    if link.kind != InvitationKind::PasswordReset {
        repo::take_up(&mut tx, account.id).await?;
    }
    let opens = first_day(&tx, account.id).await?;
    let verb = if link.kind == InvitationKind::PasswordReset { Verb::PasswordReset } else { Verb::InvitationAccepted };
    tx.commit(AuditEvent::on(account.id.0, verb)).await?;
    let account = cx.app.db.identity().account(account.id).await?.filter(Account::is_active).ok_or_else(invalid)?;
    let places = cx.app.db.identity().places(account.id).await?;
    if places.is_empty() {
        // Before its first day, or in a center that is suspended: the password is set, no door is open.
        let closed = Violation::new("", if opens.is_some() { "invitation.not_yet" } else { "invitation.no_place" });
        return Err(opens.into_iter().fold(closed, |closed, day| closed.with("day", day)).into());
    }
    sign_in::begin(cx, account, places).await
}

async fn find(cx: &Cx, token: &str) -> Result<(Invitation, Account)> {
    cx.admit(VisitorAct::SignIn)?;
    let identity = cx.app.db.identity();
    let link = identity.invitation(&crypto::sha256_hex(token.trim()), cx.now()).await?.ok_or_else(invalid)?;
    let account = identity.account(link.account).await?.filter(Account::is_active).ok_or_else(invalid)?;
    cx.forgive(VisitorAct::SignIn);
    Ok((link, account))
}

/// The day on which the place in scope opens to somebody for whom it does not yet.
async fn first_day(tx: &WriteTx, account: AccountId) -> Result<Option<NaiveDate>> {
    let today = local_date(tx.now());
    let rows = repo::memberships(tx).await?.into_iter();
    let theirs = rows.filter(|row| row.account_id == account && row.status == MemberStatus::Active);
    Ok(theirs.filter_map(|row| row.valid_from).filter(|day| *day > today).min())
}

/// What the holder of the link is invited to.
async fn offered(cx: &Cx, link: &Invitation) -> Result<Vec<Membership>> {
    if link.kind == InvitationKind::PasswordReset {
        return Ok(Vec::new());
    }
    let inside = cx.under(Scope::invited(link)).await;
    let rows = repo::memberships(&*inside.read().await?).await?.into_iter();
    Ok(rows.filter(|row| row.account_id == link.account && row.status == MemberStatus::Invited).collect())
}

async fn asked(cx: &Cx, link: &Invitation, account: &Account) -> Result<(bool, Demands)> {
    let reset = link.kind == InvitationKind::PasswordReset;
    let places = cx.app.db.identity().places(account.id).await?;
    Ok((!reset && !account.password_hash.is_empty(), profile::demands(cx, account, &places).await?))
}

async fn check_known(cx: &Cx, account: &Account, password: String) -> Result<()> {
    let wrong = || Error::from(Violation::new("password", "login.wrong"));
    let identity = cx.app.db.identity();
    let tried = [cx.app.keys.platform().blind_index(&format!("account:{}", account.login))];
    if identity.admit(&tried, cx.now()).await?.is_some() {
        return Err(wrong());
    }
    match password::verify(password, Some(account.password_hash.clone())).await? {
        Verdict::Wrong => Err(wrong()),
        Verdict::Right | Verdict::Outdated => identity.passed(&tried, cx.now()).await,
    }
}

fn invalid() -> Error {
    Violation::new("token", "invitation.invalid").into()
}
