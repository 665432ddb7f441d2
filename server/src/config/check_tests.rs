//! Broken settings, each refused by name. The base of each is a whole configuration that serves.

use std::path::PathBuf;

use super::*;

const KEY: &str = "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJ8IE=";

/// A folder with a front end of two empty pages.
fn dist() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gangping-check-{:?}", std::thread::current().id()));
    for page in ["portal", "desk", "admin"] {
        std::fs::create_dir_all(folder.join(page)).unwrap();
        std::fs::write(folder.join(page).join("index.html"), "").unwrap();
    }
    folder
}

fn load(base: &[(&str, &str)], change: &[(&str, &str)]) -> anyhow::Result<()> {
    let folder = dist();
    let dist = ("APP__HTTP__DIST", folder.to_str().unwrap());
    let variables = [dist].iter().chain(base).chain(change).map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let checked = Config::layered(None, variables).and_then(|config| config.check_serving());
    std::fs::remove_dir_all(folder).unwrap();
    checked
}

const PRODUCTION: [(&str, &str); 5] = [
    ("APP__KEYS__FIELD", KEY),
    ("APP__HTTP__LISTEN", "127.0.0.1:8080"),
    ("APP__HTTP__TRUSTED_PROXIES", "1"),
    ("APP__HTTP__PUBLIC_URL", "https://gangping.example"),
    ("APP__HTTP__ADMIN_LISTEN", "127.0.0.1:9090"),
];
const DEMO: [(&str, &str); 1] = [("APP__DEMO", "true")];

/// What is changed, and a part of the reason.
type Broken = (&'static [(&'static str, &'static str)], &'static str);

const BROKEN: [Broken; 34] = [
    (&[("APP__KEYS__FIELD", "")], "APP__KEYS__FIELD is not set"),
    (&[("APP__KEYS__FIELD", "c2hvcnQ=")], "32 bytes"),
    (&[("APP__KEYS__FIELD", "not base64!")], "APP__KEYS__FIELD"),
    (&[("APP__KEYS__FIELD", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")], "repeats itself"),
    (&[("APP__KEYS__PEPPER", "short")], "APP__KEYS__PEPPER must be at least"),
    (&[("APP__KEYS__PEPPER", "aaaaaaaaaaaaaaaaaaaaaaaa")], "APP__KEYS__PEPPER repeats"),
    (&[("APP__KEYS__PEPPER", KEY)], "must not be the same"),
    (&[("APP__CLOCK", "2026-02-13T02:00:00Z")], "clock is for demos"),
    (&[("APP__CLOCK", "yesterday")], "settings"),
    (&[("APP__DATABASE__ALLOW_UNSAFE_DURABILITY", "true")], "allow_unsafe_durability"),
    (&[("APP__DATABASE__URL", "mysql://app@db/gangping")], "sqlite:// or postgres://"),
    (&[("APP__DATABASE__URL", "sqlite://")], "must name a file"),
    (&[("APP__DATABASE__URL", "sqlite::memory:")], "must name a file"),
    (&[("APP__DATABASE__URL", "sqlite://:memory:")], "in memory"),
    (&[("APP__DATABASE__URL", "sqlite://x?mode=memory")], "in memory"),
    (&[("APP__DATABASE__OWNER_URL", "postgres://owner@db/x")], "names SQLite"),
    (
        &[("APP__DATABASE__URL", "postgres://app@db/x"), ("APP__DATABASE__OWNER_URL", "postgres://app@db/x")],
        "must own nothing",
    ),
    (
        &[("APP__DATABASE__URL", "postgres://app@db/x"), ("APP__DATABASE__OWNER_URL", "sqlite://x")],
        "owner_url must begin with postgres",
    ),
    (&[("APP__DATABASE__MAX_CONNECTIONS", "1")], "at least 2"),
    (&[("APP__DATABASE__MAX_CONNECTIONS", "100000")], "at most 500"),
    (&[("APP__DATABASE__MAX_CONNECTIONS", "-3")], "settings"),
    (&[("APP__HTTP__PUBLIC_URL", "http://gangping.example")], "must begin with https"),
    (&[("APP__HTTP__PUBLIC_URL", "gangping.example")], "without a path"),
    (&[("APP__HTTP__PUBLIC_URL", "https://gangping.example/desk")], "without a path"),
    (&[("APP__HTTP__TRUSTED_PROXIES", "0")], "share its limits"),
    (&[("APP__HTTP__TRUSTED_PROXIES", "77")], "not believed"),
    (&[("APP__HTTP__ADMIN_LISTEN", "0.0.0.0:9090")], "for the operator"),
    (&[("APP__HTTP__ADMIN_LISTEN", "203.0.113.5:9090")], "for the operator"),
    (&[("APP__HTTP__ADMIN_LISTEN", "127.0.0.1:8080")], "the same port"),
    (&[("APP__HTTP__LISTEN", "0.0.0.0:9090"), ("APP__HTTP__ADMIN_LISTEN", "127.0.0.1:9090")], "the same port"),
    (&[("APP__HTTP__MAX_CONNECTIONS", "0")], "at least 1"),
    (&[("APP__HTTP__DIST", "no-such-folder")], "build the front end"),
    (&[("APP__LIMITS__VISITOR_WRITING__BURST", "0")], "limits.visitor_writing"),
    (&[("APP__LIMITS__VISITOR_TRACKING__PER_MINUTE", "0")], "limits.visitor_tracking"),
];

const BROKEN_DEMO: [Broken; 4] = [
    (&[("APP__HTTP__LISTEN", "0.0.0.0:8080")], "loopback only"),
    (&[("APP__HTTP__LISTEN", "192.168.1.5:8080")], "loopback only"),
    (&[("APP__HTTP__ADMIN_LISTEN", "192.168.1.5:9090")], "loopback only"),
    (&[("APP__HTTP__TRUSTED_PROXIES", "1")], "no proxy"),
];

#[test]
fn each_broken_configuration_is_refused_with_its_reason() {
    load(&PRODUCTION, &[]).unwrap();
    load(&DEMO, &[]).unwrap();
    for (base, broken) in [(&PRODUCTION[..], &BROKEN[..]), (&DEMO[..], &BROKEN_DEMO[..])] {
        for (change, reason) in broken {
            let refused = format!("{:#}", load(base, change).expect_err(reason));
            assert!(refused.contains(reason), "{change:?}: {refused}");
            // The reason is told, the secret is not.
            assert!(!refused.contains(KEY), "{refused}");
        }
    }
}

#[test]
fn more_connections_than_files_are_refused() {
    let file = std::env::temp_dir().join("gangping-limits");
    std::fs::write(
        &file,
        "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024      4096      files\n",
    )
    .unwrap();
    assert_eq!(open_files(&file), Some(1024));
    assert_eq!(open_files(Path::new("/no/such/file")), None);
    std::fs::remove_file(file).unwrap();
}
