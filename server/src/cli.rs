//! Commands for whoever operates the product, and for whoever looks at what a center has taken along.

use std::{
    fs::File,
    io::{BufReader, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};

use crate::{
    analytics::service::recounting,
    auth::scope::Reach,
    crypto::hex,
    graphql::context::{App, Cx},
    oversight::audit::{anchors, chain},
    ratings::tally::{self, Found, Receipt},
    tenancy::service::people,
};

/// Makes a one-time link for the security administrator of a city office, and prints it.
///
/// # Errors
/// When there is no such city, or the login or name will not do.
pub async fn invite_administrator(
    app: &App,
    city: &str,
    login: &str,
    name: &str,
    origin: &str,
    out: &mut impl Write,
) -> Result<()> {
    let offices = app.db.chains("first_run").await?.into_iter();
    let office = offices.filter(|(_, scope)| scope.reach() == Reach::City).find(|(code, _)| code == city);
    let (_, scope) = office.with_context(|| format!("there is no city {city}: run `gangping setup` first"))?;
    let cx = Cx::new(app.clone(), Some(scope), None, String::new());
    let link = people::first(&cx, login, name).await?;
    writeln!(
        out,
        "For {login}, once, until {}:\n{origin}/desk/invitation#{}",
        link.expires_at.with_timezone(&domain::calendar::shanghai()).format("%F %R"),
        link.token
    )
    .context("standard output")
}

/// Which chains to verify.
#[derive(Clone, Debug)]
pub enum Which {
    /// All of them.
    All,
    /// A center's, by its public code.
    Center(String),
    /// A city's, by its public code.
    City(String),
}

impl Which {
    fn wants(&self, kind: &str, code: &str) -> bool {
        match self {
            Self::All => true,
            Self::Center(wanted) => kind == "center" && wanted == code,
            Self::City(wanted) => kind == "city" && wanted == code,
        }
    }
}

/// Follows the chains, one line each, and compares them with the heads kept elsewhere. Whether all are whole.
///
/// # Errors
/// When the database cannot be read, the anchors are not this deployment's, or there is no such chain.
pub async fn verify_audit(app: &App, which: &Which, out: &mut impl Write) -> Result<bool> {
    let anchors = anchors::kept(app.anchors.as_ref()).await.map_err(anyhow::Error::from)?;
    let (mut chains, mut whole) = (0, true);
    for (code, scope) in app.db.chains("audit").await? {
        let owner = scope.owner();
        if !which.wants(owner.kind(), &code) {
            continue;
        }
        chains += 1;
        let anchors = anchors.of(owner);
        let verdict = chain::verify(&app.db.read(&scope).await?, &anchors).await?;
        let (kind, head) = (owner.kind(), verdict.head);
        let state = match verdict.broken {
            None => "ok".to_owned(),
            Some(found) => format!("BROKEN at {}: {}", found.seq, found.fault.key()),
        };
        whole &= verdict.broken.is_none();
        let earlier = if verdict.earlier == 0 { String::new() } else { format!(", {} older rows", verdict.earlier) };
        let anchored = anchors.len();
        writeln!(
            out,
            "{kind} {code}: {} records{earlier}, head {}, {anchored} anchors, {state}",
            head.seq,
            hex(&head.hash)
        )
        .context("standard output")?;
    }
    if chains == 0 {
        bail!("there is no such chain");
    }
    Ok(whole)
}

/// Makes the figures of centers what their rows come to; prints how many counts were something else.
///
/// # Errors
/// When there is no such center, or the database fails: the centers before it are counted then.
pub async fn recount(app: &App, center: Option<&str>, out: &mut impl Write) -> Result<()> {
    let mut centers = app.db.identity().all_working_centers().await?;
    centers.retain(|row| center.is_none_or(|code| row.code == code));
    if centers.is_empty() {
        bail!("there is no such center");
    }
    for center in centers {
        let cells = recounting::rebuild(app, &center).await?;
        writeln!(out, "{}: {cells} counts were something else", center.code).context("standard output")?;
    }
    Ok(())
}

/// Looks at an export of a center, and whether a receipt is in it; in words. Whether all is as it was sealed, and the receipt
/// where it is asked for is of a day and stands for what it says.
///
/// # Errors
/// When the file cannot be read.
pub fn verify_tally(file: &Path, receipt: Option<&Receipt>, out: &mut impl Write) -> Result<bool> {
    let name = || file.display().to_string();
    let report = tally::verify(BufReader::new(File::open(file).with_context(name)?)).with_context(name)?;
    write!(out, "{report}").context("standard output")?;
    let mut whole = report.faults.is_empty();
    if let Some(receipt) = receipt {
        let found = report.find(receipt);
        whole &= found != Found::Nowhere && receipt.is_true() != Some(false);
        match found {
            Found::Of(day) => writeln!(out, "receipt: it is among those of {day}"),
            Found::Nowhere => writeln!(out, "receipt: NOT FOUND"),
        }
        .context("standard output")?;
        match receipt.is_true() {
            Some(true) => writeln!(out, "receipt: it stands for {}", receipt.parts().join(", ")),
            Some(false) => writeln!(out, "receipt: it does NOT stand for what it says was given"),
            None => Ok(()),
        }
        .context("standard output")?;
    }
    Ok(whole)
}
