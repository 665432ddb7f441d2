//! What stands between the network and the schema, and belongs to the whole process.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::{DeviceId, evaluation::kiosk::QUEUE};

use super::{buckets::Buckets, client::ClientAddr, graphql::Patience, lanes::Lanes, metrics::Metrics};
use crate::{
    config::{Config, Limits, Rate},
    error::{Error, Result},
};

/// Something visitors do, counted by their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VisitorAct {
    /// Filing a complaint.
    File,
    /// Asking for review.
    RequestReview,
    /// Rating the handling.
    Rate,
    /// Following a complaint.
    Track,
    /// Confirming a volunteer's service by a code.
    Confirm,
    /// Opening the page of a rating point.
    OpenRating,
    /// Rating there, or answering form E.
    GiveRating,
    /// Uploading a file, by whomever.
    Upload,
    /// Having a list written as a workbook, by whomever.
    Export,
    /// Signing in with a wrong password, or trying a one-time link.
    SignIn,
}

/// The settings and the counts.
#[derive(Debug)]
pub struct Edge {
    /// How many proxies stand in front.
    pub trusted_proxies: usize,
    /// The origin that browsers call the product by, where it is set.
    pub origin: Option<String>,
    /// How much runs at once.
    pub lanes: Lanes,
    /// How long a request may take.
    pub patience: Patience,
    /// What happened so far.
    pub metrics: Metrics,
    writing: Buckets<(VisitorAct, IpAddr)>,
    tracking: Buckets<(VisitorAct, IpAddr)>,
    signing_in: Buckets<(VisitorAct, IpAddr)>,
    uploading: Buckets<(VisitorAct, IpAddr)>,
    reporting: Buckets<DeviceId>,
    kiosks: Buckets<DeviceId>,
}

impl Edge {
    /// As the settings say.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            trusted_proxies: config.http.trusted_proxies,
            origin: config.http.public_url.as_deref().and_then(origin),
            ..Self::with(&config.limits, config.database.max_connections)
        }
    }

    fn with(limits: &Limits, connections: u32) -> Self {
        let buckets = |Rate { burst, per_minute }| Buckets::new(burst, per_minute);
        Self {
            trusted_proxies: 0,
            origin: None,
            lanes: Lanes::new(connections),
            patience: Patience::default(),
            metrics: Metrics::default(),
            writing: buckets(limits.visitor_writing),
            tracking: buckets(limits.visitor_tracking),
            signing_in: buckets(limits.failed_sign_in),
            uploading: buckets(limits.uploading),
            // A reading each ten seconds is more than a queue changes.
            reporting: Buckets::new(6, 6),
            // All that waits in a kiosk at once, and then more than people who stand in line before it give.
            kiosks: Buckets::new(QUEUE, 10),
        }
    }

    /// Counts an act of a visitor.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when their address did it too often.
    pub fn admit(&self, act: VisitorAct, client: ClientAddr, now: DateTime<Utc>) -> Result<()> {
        self.buckets(act).take((act, client.bucket()), now).map_err(Error::RateLimited)
    }

    /// Counts what a device tells.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when it tells too often.
    pub fn admit_device(&self, device: DeviceId, now: DateTime<Utc>) -> Result<()> {
        self.reporting.take(device, now).map_err(Error::RateLimited)
    }

    /// Counts what a kiosk asks and gives.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when it does so too often.
    pub fn admit_kiosk(&self, device: DeviceId, now: DateTime<Utc>) -> Result<()> {
        self.kiosks.take(device, now).map_err(Error::RateLimited)
    }

    /// Takes back what [`admit`](Self::admit) counted: it was right.
    pub fn forgive(&self, act: VisitorAct, client: ClientAddr) {
        self.buckets(act).give_back(&(act, client.bucket()));
    }

    const fn buckets(&self, act: VisitorAct) -> &Buckets<(VisitorAct, IpAddr)> {
        match act {
            VisitorAct::Track | VisitorAct::Confirm | VisitorAct::OpenRating => &self.tracking,
            VisitorAct::SignIn => &self.signing_in,
            VisitorAct::Upload | VisitorAct::Export => &self.uploading,
            VisitorAct::File | VisitorAct::RequestReview | VisitorAct::Rate | VisitorAct::GiveRating => &self.writing,
        }
    }
}

/// An edge for tests and jobs: no proxy, no name of its own, the limits of the default settings.
impl Default for Edge {
    fn default() -> Self {
        Self::with(&Limits::default(), 10)
    }
}

/// The origin of an address, as browsers write it: in lower case and without the usual port.
#[must_use]
pub fn origin(url: &str) -> Option<String> {
    let url = url.to_ascii_lowercase();
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let authority = authority.strip_suffix(usual).unwrap_or(authority);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    (!authority.is_empty() && authority.chars().all(plain)).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_unusual_port() {
        for (url, expected) in [
            ("https://Gangping.Example/", "https://gangping.example"),
            ("https://gangping.example:443", "https://gangping.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(origin(url).as_deref(), Some(expected));
        }
        for url in
            ["gangping.example", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a", "https://a b"]
        {
            assert_eq!(origin(url), None, "{url}");
        }
    }

    #[test]
    fn each_act_of_each_address_is_counted_by_itself() {
        let edge = Edge::default();
        let from = |text: &str| ClientAddr::of(text.parse().unwrap(), &axum::http::HeaderMap::new(), 0);
        let (one, two, now) = (from("192.0.2.1"), from("192.0.2.2"), DateTime::UNIX_EPOCH);
        while edge.admit(VisitorAct::File, one, now).is_ok() {}
        assert!(edge.admit(VisitorAct::Rate, one, now).is_ok());
        assert!(edge.admit(VisitorAct::File, two, now).is_ok());
        let Err(Error::RateLimited(wait)) = edge.admit(VisitorAct::File, one, now) else { panic!("it passed") };
        assert_eq!(wait.as_secs(), 10);
    }
}
