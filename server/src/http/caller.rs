//! What a request tells of where it comes from: its address, the browser, and whether this
//! browser has signed in before; and which cookies the answer leaves there.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Request, header},
    middleware::Next,
    response::Response,
};
use domain::identity::DEVICE_LIFETIME;

use super::{client::ClientAddr, session};

/// Where a request comes from.
#[derive(Debug, Default)]
pub struct Caller {
    /// The address; unknown in jobs, in set-up and without a socket.
    pub client: Option<ClientAddr>,
    /// Whether it shows any cookie.
    pub cookie: bool,
    /// Browser and system, e.g. "Chrome, Windows", for the list of one's own sessions.
    pub browser: Option<String>,
    /// What the browser tells of itself, word for word.
    pub agent: String,
    /// The token of a browser that has signed in before.
    pub device: Option<String>,
    session: Option<String>,
    remember: Mutex<Option<String>>,
    signed_out: AtomicBool,
}

impl Caller {
    fn of(headers: &HeaderMap, client: Option<ClientAddr>, demo: bool) -> Self {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let value = |cookie| {
            let mut pairs =
                text(header::COOKIE).unwrap_or_default().split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(name, _)| *name == cookie).map(|(_, value)| value.to_owned())
        };
        Self {
            client,
            cookie: headers.contains_key(header::COOKIE),
            device: value(device_cookie(demo)).filter(|token| token.len() == 64),
            session: value(session::cookie_name(demo)),
            browser: text(header::USER_AGENT).and_then(browser),
            agent: [header::USER_AGENT, header::ACCEPT_LANGUAGE].map(|name| text(name).unwrap_or_default()).join("\n"),
            ..Self::default()
        }
    }

    /// Has this browser keep `token`, so that it is known the next time.
    pub fn remember(&self, token: String) {
        *self.remember.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }

    /// Has this browser drop its session's cookie: somebody signs out here.
    pub fn forget_session(&self) {
        self.signed_out.store(true, Ordering::Relaxed);
    }
}

const fn device_cookie(demo: bool) -> &'static str {
    if demo { "device" } else { "__Host-device" }
}

/// Puts the [`Caller`] into the request, and into the answer the cookie of a browser that has just signed in. Outside
/// of the layer that knows sessions, whose cookies it sees.
pub async fn layer(demo: bool, mut request: Request<Body>, next: Next) -> Response {
    let (name, secure) = (device_cookie(demo), if demo { "" } else { "; Secure" });
    let caller = Arc::new(Caller::of(request.headers(), request.extensions().get().copied(), demo));
    request.extensions_mut().insert(Arc::clone(&caller));
    let mut response = next.run(request).await;
    let signed_out = caller.signed_out.load(Ordering::Relaxed);
    session::tell_only_news(response.headers_mut(), demo, caller.session.as_deref(), signed_out);
    let token = caller.remember.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(token) = token {
        let age = DEVICE_LIFETIME.num_seconds();
        let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
        // Hexadecimal digits and our own words: always a legal value.
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// Family and system, no version: enough to tell one's own sessions apart.
fn browser(agent: &str) -> Option<String> {
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    let family = first(&[
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ])?;
    let system = first(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| family.to_owned(), |system| format!("{family}, {system}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_cookie_counts() {
        let token = "a".repeat(64);
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("sid=1; device={token}; xdevice=2").parse().unwrap());
        assert_eq!(Caller::of(&headers, None, true).device, Some(token));
        assert_eq!(Caller::of(&headers, None, false).device, None);
        headers.insert(header::COOKIE, "device=short".parse().unwrap());
        assert_eq!(Caller::of(&headers, None, true).device, None);
    }

    #[test]
    fn a_browser_is_told_by_family_and_system() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(browser(edge).as_deref(), Some("Edge, Windows"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17 Safari/604.1";
        assert_eq!(browser(phone).as_deref(), Some("Safari, iOS"));
        assert_eq!(browser("curl/8"), None);
    }
}
