//! Where a request comes from.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use super::Served;

/// The address of whoever sent a request, as far as it is known. A request extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddr(IpAddr);

impl ClientAddr {
    /// The address behind `proxies` proxies, each of which appends who called it: that many from
    /// the right (B-3). What stands further left is the caller's own writing. A request that did
    /// not pass all of them is its peer's.
    #[must_use]
    pub fn of(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> Self {
        let forwarded = headers.get_all("x-forwarded-for").iter();
        let told: Vec<_> = forwarded.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).collect();
        let named = proxies.checked_sub(1).and_then(|skip| told.iter().rev().nth(skip));
        Self(named.and_then(|text| parse(text)).unwrap_or(peer).to_canonical())
    }

    /// What limits count by: an IPv4 address, or the /64 that a single IPv6 customer has.
    #[must_use]
    pub fn bucket(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        }
    }
}

impl ClientAddr {
    /// The network that the audit names: enough to tell an office from a stranger, no person.
    #[must_use]
    pub fn network(self) -> String {
        match self.0 {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(address) => format!("{}/48", Ipv6Addr::from_bits(address.to_bits() >> 80 << 80)),
        }
    }
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn parse(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// Gives each request its [`ClientAddr`]; none where there is no socket, as in tests.
pub async fn find(State(served): State<Served>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let found = ClientAddr::of(peer.ip(), request.headers(), served.app.edge.trusted_proxies);
        request.extensions_mut().insert(found);
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(lines: &[&str], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        ClientAddr::of("10.0.0.1".parse().unwrap(), &headers, proxies).bucket().to_string()
    }

    #[test]
    fn without_a_proxy_the_header_is_the_callers_own_writing() {
        assert_eq!(seen(&[], 0), "10.0.0.1");
        assert_eq!(seen(&["1.1.1.1, 2.2.2.2"], 0), "10.0.0.1");
    }

    #[test]
    fn the_address_is_counted_from_the_right() {
        assert_eq!(seen(&["6.6.6.6, 1.1.1.1"], 1), "1.1.1.1");
        assert_eq!(seen(&["6.6.6.6, 1.1.1.1, 2.2.2.2"], 2), "1.1.1.1");
        assert_eq!(seen(&["6.6.6.6", "1.1.1.1", "2.2.2.2"], 2), "1.1.1.1", "in several lines");
        let many = "6.6.6.6,".repeat(500) + "1.1.1.1";
        assert_eq!(seen(&[&many], 1), "1.1.1.1");
    }

    #[test]
    fn what_did_not_pass_all_proxies_is_its_peers() {
        assert_eq!(seen(&[], 1), "10.0.0.1");
        assert_eq!(seen(&["1.1.1.1"], 2), "10.0.0.1");
        for bad in ["", "unknown", "1.1.1", "_hidden", "1.1.1.1 2.2.2.2", "\u{e9}"] {
            assert_eq!(seen(&[bad], 1), "10.0.0.1", "{bad}");
        }
    }

    #[test]
    fn one_customer_is_one_bucket() {
        assert_eq!(seen(&["1.1.1.1:4711"], 1), "1.1.1.1");
        assert_eq!(seen(&["::ffff:1.1.1.1"], 1), "1.1.1.1");
        for address in ["2001:db8:1:2::1", "[2001:db8:1:2:3:4:5:6]", "[2001:db8:1:2::9]:443"] {
            assert_eq!(seen(&[address], 1), "2001:db8:1:2::", "{address}");
        }
        assert_eq!(seen(&["2001:db8:1:3::1"], 1), "2001:db8:1:3::");
    }
}
