//! Settings: the baked-in `config.default.toml`, then a file, then `APP__…` variables.
//! Whatever is unknown or contradictory stops the start; secrets come from the environment only.

mod check;

use std::{fmt, net::SocketAddr, path::Path, path::PathBuf};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use config::{Environment, File, FileFormat, Map};
use serde::Deserialize;

const DEFAULTS: &str = include_str!("config.default.toml");

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the data is.
    pub database: Database,
    /// What is served where.
    pub http: Http,
    /// How often visitors may do things.
    pub limits: Limits,
    /// Secrets.
    #[serde(default)]
    pub keys: Keys,
    /// What is asked of those who sign in.
    #[serde(default)]
    pub security: Security,
    /// The audit.
    #[serde(default)]
    pub audit: Audit,
    /// Files of records.
    pub files: Files,
    /// Whether this is a demo: loopback, plain http, invented data.
    pub demo: bool,
    /// Where a demo's clock begins.
    pub clock: Option<DateTime<Utc>>,
}

/// Where the data is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://…` or `postgres://…`, as the role that serves.
    pub url: String,
    /// The role that owns the tables, for migrations on PostgreSQL.
    pub owner_url: Option<String>,
    /// How many connections to hold for requests; a quarter as many come on top for sessions and sign-in.
    pub max_connections: u32,
    /// Lets PostgreSQL serve that may lose acknowledged writes in a power cut.
    pub allow_unsafe_durability: bool,
}

impl fmt::Debug for Database {
    /// Without the addresses: they may hold passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("max_connections", &self.max_connections).finish_non_exhaustive()
    }
}

/// What is served where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Address and port.
    pub listen: SocketAddr,
    /// Address and port of health and metrics; none without.
    pub admin_listen: Option<SocketAddr>,
    /// The address that browsers know, e.g. `https://gangping.example`.
    pub public_url: Option<String>,
    /// How many proxies stand in front.
    pub trusted_proxies: usize,
    /// Connections held open at once.
    pub max_connections: usize,
    /// Folder of the built front end.
    pub dist: PathBuf,
}

/// What is asked of those who sign in.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Security {
    /// A second factor of city and center administrators and supervision officers; by default everywhere but in a demo.
    pub require_second_factor: Option<bool>,
    /// What 等保 asks of passwords besides: three of four kinds of characters, a new one every 90 days.
    pub dengbao_compat: bool,
}

/// How often visitors may do things, by address and kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Filing, asking for review, rating.
    pub visitor_writing: Rate,
    /// Following a complaint.
    pub visitor_tracking: Rate,
    /// Wrong passwords and one-time links; right ones are not counted.
    pub failed_sign_in: Rate,
    /// Files.
    pub uploading: Rate,
}

/// So many at once, and so many a minute from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// From then on.
    pub per_minute: u32,
}

/// What the default settings say as well.
impl Default for Limits {
    fn default() -> Self {
        Self {
            visitor_writing: Rate { burst: 10, per_minute: 6 },
            visitor_tracking: Rate { burst: 30, per_minute: 30 },
            failed_sign_in: Rate { burst: 10, per_minute: 6 },
            uploading: Rate { burst: 60, per_minute: 60 },
        }
    }
}

/// Secrets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Encrypts personal data; a demo may do without.
    pub field: Option<Secret>,
    /// Mixed into passwords.
    pub pepper: Option<Secret>,
    /// Opens the bucket of files, with the next one.
    pub bucket_id: Option<Secret>,
    /// Opens the bucket of files.
    pub bucket_secret: Option<Secret>,
}

/// The audit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Where the heads of the chains are kept, outside of the database.
    pub anchor_file: Option<PathBuf>,
}

/// Files of records.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The folder they lie in, or with a bucket arrive in.
    pub folder: Option<PathBuf>,
    /// The bucket they lie in instead.
    pub bucket: Option<Bucket>,
    /// Bytes that a center may store.
    pub center_quota: u64,
    /// Address and port of clamd; none without.
    pub clamd: Option<SocketAddr>,
}

/// A bucket of a store that speaks S3.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Where it is, e.g. `cn-south-1`.
    pub region: String,
    /// The address of the store.
    pub endpoint: String,
    /// Whether that address begins with the bucket's name.
    #[serde(default)]
    pub virtual_hosted: bool,
}

/// What the default settings say as well.
impl Default for Files {
    fn default() -> Self {
        Self { folder: None, bucket: None, center_quota: 10 << 30, clamd: None }
    }
}

/// A text that is never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Config {
    /// The settings of this process.
    ///
    /// # Errors
    /// Names the setting that is unknown, missing, malformed or contradicts another.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        Self::layered(file, std::env::vars().collect())
    }

    /// The settings of a process that fills a demo: demo mode, whatever else is set.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_demo(file: Option<&Path>) -> anyhow::Result<Self> {
        let demo = ("APP__DEMO".to_owned(), "true".to_owned());
        Self::layered(file, std::env::vars().chain([demo]).collect())
    }

    fn layered(file: Option<&Path>, variables: Map<String, String>) -> anyhow::Result<Self> {
        let mut layers = config::Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
            let source = File::from_str(&text, FileFormat::Toml);
            let own = config::Config::builder().add_source(source.clone()).build();
            let own = own.with_context(|| format!("in {}", path.display()))?;
            ensure!(
                own.get_table("keys").is_err(),
                "{}: [keys] holds secrets; set APP__KEYS__FIELD and the others in the environment instead",
                path.display()
            );
            layers = layers.add_source(source);
        }
        // The separator is given twice: without the first, `APP_FOO` would count as well.
        let environment = Environment::with_prefix("APP")
            .prefix_separator("__")
            .separator("__")
            .ignore_empty(true)
            .source(Some(variables));
        let config: Self = layers
            .add_source(environment)
            .build()
            .and_then(config::Config::try_deserialize)
            .context("settings (config.default.toml, --config FILE, APP__… variables)")?;
        config.check()?;
        Ok(config)
    }

    /// Where the heads of the audit are kept: the setting, or beside an SQLite file.
    #[must_use]
    pub fn anchor_file(&self) -> Option<PathBuf> {
        let beside = || Some(Path::new(self.database.url.strip_prefix("sqlite://")?).with_extension("anchors"));
        self.audit.anchor_file.clone().or_else(beside)
    }
}

impl Config {
    /// Where files lie: the setting, or beside an SQLite file.
    #[must_use]
    pub fn files_folder(&self) -> PathBuf {
        let beside = || Some(Path::new(self.database.url.strip_prefix("sqlite://")?).with_extension("files"));
        self.files.folder.clone().or_else(beside).unwrap_or_else(|| PathBuf::from("data/files"))
    }
}

/// Which database a URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// `sqlite://…`.
    Sqlite,
    /// `postgres://…`.
    Postgres,
}

impl Database {
    /// Which database the URL names.
    ///
    /// # Errors
    /// When it names neither.
    pub fn kind(&self) -> anyhow::Result<DatabaseKind> {
        match self.url.split(':').next() {
            Some("sqlite") => Ok(DatabaseKind::Sqlite),
            Some("postgres" | "postgresql") => Ok(DatabaseKind::Postgres),
            _ => bail!("database.url must begin with sqlite:// or postgres://"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJ8IE=";

    fn load(file: Option<&str>, variables: &[(&str, &str)]) -> anyhow::Result<Config> {
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let Some(text) = file else {
            return Config::layered(None, variables);
        };
        let path = std::env::temp_dir().join(format!("gangping-config-{:?}.toml", std::thread::current().id()));
        std::fs::write(&path, text).unwrap();
        let loaded = Config::layered(Some(&path), variables);
        std::fs::remove_file(&path).unwrap();
        loaded
    }

    fn refusal(file: Option<&str>, variables: &[(&str, &str)]) -> String {
        format!("{:#}", load(file, variables).unwrap_err())
    }

    #[test]
    fn a_variable_wins_over_the_file_and_the_file_over_the_default() {
        let file = "[database]\nmax_connections = 3\nurl = \"sqlite://file.db\"";
        let config = load(Some(file), &[("APP__DATABASE__MAX_CONNECTIONS", "4"), ("APP__DEMO", "true")]).unwrap();
        assert_eq!((config.database.max_connections, config.database.url.as_str()), (4, "sqlite://file.db"));
        assert_eq!(config.http.listen.port(), 8080);
    }

    #[test]
    fn the_heads_of_the_audit_are_kept_beside_an_sqlite_file_unless_a_place_is_set() {
        let file = |url, more: &[_]| {
            let variables = [("APP__DEMO", "true"), ("APP__DATABASE__URL", url)].into_iter().chain(more.to_vec());
            load(None, &variables.collect::<Vec<_>>()).unwrap().anchor_file()
        };
        assert_eq!(file("sqlite://data/x.db", &[]).as_deref(), Some(Path::new("data/x.anchors")));
        assert_eq!(file("postgres://h/x", &[]), None);
        let set = [("APP__AUDIT__ANCHOR_FILE", "/mnt/other/heads")];
        assert_eq!(file("sqlite://data/x.db", &set).as_deref(), Some(Path::new("/mnt/other/heads")));
    }

    #[test]
    fn what_is_unknown_stops_the_start() {
        assert!(refusal(None, &[("APP__DEMO", "true"), ("APP__HTTP__PORT", "1")]).contains("port"));
        assert!(refusal(Some("colour = 1"), &[("APP__DEMO", "true")]).contains("colour"));
        assert!(refusal(None, &[("APP__DEMO", "true"), ("APP__DATABASE__URL", "mysql://x")]).contains("sqlite://"));
        // Other programs' variables are none of ours.
        assert!(load(None, &[("APP__DEMO", "true"), ("APPLE", "1"), ("APP_X", "1")]).is_ok());
    }

    #[test]
    fn secrets_stay_out_of_files_and_out_of_print() {
        assert!(refusal(Some("[keys]\nfield = \"x\""), &[("APP__DEMO", "true")]).contains("APP__KEYS__FIELD"));
        let config =
            load(None, &[("APP__KEYS__FIELD", KEY), ("APP__DATABASE__URL", "postgres://app:hush@localhost/db")])
                .unwrap();
        assert_eq!(config.keys.field.as_ref().unwrap().expose(), KEY);
        let printed = format!("{config:?}");
        assert!(!printed.contains(KEY) && !printed.contains("hush"), "{printed}");
    }

    #[test]
    fn only_a_demo_does_without_keys_and_with_another_clock() {
        assert!(refusal(None, &[]).contains("APP__KEYS__FIELD"));
        let clock = ("APP__CLOCK", "2026-02-13T02:00:00Z");
        assert!(refusal(None, &[("APP__KEYS__FIELD", "x"), clock]).contains("clock"));
        assert_eq!(load(None, &[("APP__DEMO", "true"), clock]).unwrap().clock.unwrap().timestamp(), 1_770_948_000);
    }

    #[test]
    fn the_limits_are_the_same_wherever_they_are_written() {
        let config = load(None, &[("APP__DEMO", "true")]).unwrap();
        assert_eq!(config.limits, Limits::default());
        assert_eq!(config.files.center_quota, Files::default().center_quota);
    }
}
