//! Settings that are insecure or contradict each other, refused with the reason (O-1). What only
//! the database can tell, `Db::open` asks it.

use std::{net::IpAddr, path::Path};

use anyhow::{Context, ensure};
use axum::http::Uri;

use super::{Config, Database, DatabaseKind, Http, Rate};
use crate::{crypto, http::edge::origin};

/// More proxies than anybody has in a row.
const MAX_PROXIES: usize = 5;
/// More connections than a PostgreSQL serves well.
const MAX_POOL: u32 = 500;
/// Files open besides connections: databases, logs, the pages.
const OTHER_FILES: usize = 64;

impl Config {
    /// What must hold for any command.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        self.database.check()?;
        if let Some(bucket) = &self.files.bucket {
            let address: Uri = bucket.endpoint.parse().context("files.bucket.endpoint")?;
            let near = address.host().is_some_and(|host| ["127.0.0.1", "localhost"].contains(&host));
            ensure!(
                address.scheme_str() == Some("https") || near && address.scheme_str() == Some("http"),
                "files.bucket.endpoint must begin with https://: files would cross the network in clear"
            );
            ensure!(
                self.keys.bucket_id.is_some() && self.keys.bucket_secret.is_some(),
                "files.bucket is set, but not APP__KEYS__BUCKET_ID and APP__KEYS__BUCKET_SECRET"
            );
        }
        if self.demo {
            return Ok(());
        }
        ensure!(self.clock.is_none(), "clock is for demos only; unset APP__CLOCK or set APP__DEMO=true");
        ensure!(
            !self.database.allow_unsafe_durability,
            "database.allow_unsafe_durability is for demos and tests: a power cut would lose acknowledged writes"
        );
        let field = self.keys.field.as_ref().context(
            "APP__KEYS__FIELD is not set: it encrypts names, phones and addresses of complainants \
             (make one with `openssl rand -base64 32`)",
        )?;
        crypto::Keys::from_base64(field.expose()).context("APP__KEYS__FIELD")?;
        ensure!(is_mixed(field.expose()), "APP__KEYS__FIELD repeats itself: take 32 random bytes");
        if let Some(pepper) = &self.keys.pepper {
            ensure!(pepper.expose().len() >= 16, "APP__KEYS__PEPPER must be at least 16 characters");
            ensure!(is_mixed(pepper.expose()), "APP__KEYS__PEPPER repeats itself: take a random text");
            ensure!(pepper.expose() != field.expose(), "APP__KEYS__PEPPER must not be the same as APP__KEYS__FIELD");
        }
        Ok(())
    }

    /// What must hold before anything is served.
    ///
    /// # Errors
    /// Names the setting and the reason.
    pub fn check_serving(&self) -> anyhow::Result<()> {
        self.http.check()?;
        for (name, Rate { burst, per_minute }) in [
            ("visitor_writing", self.limits.visitor_writing),
            ("visitor_tracking", self.limits.visitor_tracking),
            ("uploading", self.limits.uploading),
        ] {
            ensure!(burst > 0 && per_minute > 0, "limits.{name}: burst and per_minute must be at least 1");
        }
        if self.demo { self.http.check_demo() } else { self.http.check_production() }
    }
}

impl Database {
    fn check(&self) -> anyhow::Result<()> {
        ensure!(self.max_connections >= 2, "database.max_connections must be at least 2");
        ensure!(self.max_connections <= MAX_POOL, "database.max_connections must be at most {MAX_POOL}");
        match self.kind()? {
            DatabaseKind::Sqlite => {
                let file = self.url.strip_prefix("sqlite://").unwrap_or_default();
                let path = file.split('?').next().unwrap_or_default();
                ensure!(!path.is_empty(), "database.url must name a file: sqlite://FILE");
                ensure!(
                    !file.contains(":memory:") && !file.contains("mode=memory"),
                    "database.url: a database in memory is gone when its connection is"
                );
                ensure!(self.owner_url.is_none(), "database.owner_url is for PostgreSQL; database.url names SQLite");
            }
            DatabaseKind::Postgres => {
                let Some(owner) = &self.owner_url else { return Ok(()) };
                ensure!(
                    owner.starts_with("postgres://") || owner.starts_with("postgresql://"),
                    "database.owner_url must begin with postgres://, as database.url does"
                );
                ensure!(
                    *owner != self.url,
                    "database.owner_url is the same as database.url: the role that serves must own nothing"
                );
            }
        }
        Ok(())
    }
}

impl Http {
    fn check(&self) -> anyhow::Result<()> {
        for page in ["portal/index.html", "desk/index.html"] {
            let built = self.dist.join(page).exists();
            ensure!(built, "http.dist: no {page} in {}: build the front end with `make dist`", self.dist.display());
        }
        ensure!(
            self.trusted_proxies <= MAX_PROXIES,
            "http.trusted_proxies = {}: more than {MAX_PROXIES} proxies in a row are not believed",
            self.trusted_proxies
        );
        ensure!(self.max_connections > 0, "http.max_connections must be at least 1");
        if let Some(limit) = open_files(Path::new("/proc/self/limits")) {
            ensure!(
                self.max_connections.saturating_add(OTHER_FILES) <= limit,
                "http.max_connections = {}: this process may open {limit} files only (ulimit -n)",
                self.max_connections
            );
        }
        if let Some(url) = &self.public_url {
            ensure!(origin(url).is_some(), "http.public_url must be like https://gangping.example, without a path");
        }
        let Some(admin) = self.admin_listen else { return Ok(()) };
        ensure!(
            is_private(admin.ip()),
            "http.admin_listen = {admin}: metrics are for the operator; name a loopback or private address"
        );
        ensure!(
            admin.port() == 0
                || admin.port() != self.listen.port()
                || (admin.ip() != self.listen.ip() && !self.listen.ip().is_unspecified()),
            "http.admin_listen = {admin}: http.listen takes the same port"
        );
        Ok(())
    }

    fn check_demo(&self) -> anyhow::Result<()> {
        for (name, address) in [("listen", Some(self.listen)), ("admin_listen", self.admin_listen)] {
            ensure!(
                address.is_none_or(|address| address.ip().is_loopback()),
                "http.{name} = {}: a demo listens on loopback only (e.g. 127.0.0.1:8080); set APP__DEMO=false to serve",
                address.map(|address| address.to_string()).unwrap_or_default()
            );
        }
        ensure!(self.trusted_proxies == 0, "http.trusted_proxies: a demo stands behind no proxy");
        Ok(())
    }

    fn check_production(&self) -> anyhow::Result<()> {
        ensure!(
            self.public_url.as_ref().is_none_or(|url| url.to_ascii_lowercase().starts_with("https://")),
            "http.public_url must begin with https://: the session cookie is sent over https only"
        );
        ensure!(
            !self.listen.ip().is_loopback() || self.trusted_proxies > 0,
            "http.listen = {}: only a proxy on this machine reaches it, so set http.trusted_proxies; \
             otherwise all visitors have one address and share its limits",
            self.listen
        );
        Ok(())
    }
}

/// Whether a secret is more than one or two characters over and over.
fn is_mixed(secret: &str) -> bool {
    let mut seen: Vec<char> = secret.trim_end_matches('=').chars().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() >= 8
}

fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// How many files the system lets this process open, where it tells.
fn open_files(limits: &Path) -> Option<usize> {
    let text = std::fs::read_to_string(limits).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
