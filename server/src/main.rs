//! `gangping`: migrate, set up, fill a demo, serve.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Context, ensure};
use clap::{Args, Parser, Subcommand};
use domain::CityId;
use server::{
    auth::{password, scope::Scope},
    cli::{self, Which},
    clock::{Clock, IdSource},
    config::Config,
    crypto::{Keys, unhex},
    db::{Db, identity::Center},
    demo::{self, Cast, Ledgers},
    files::store::Files,
    graphql::{
        context::{App, Security},
        schema::{Introspection, build},
    },
    http::{
        Served,
        edge::Edge,
        health, router,
        serve::{self, Limits},
    },
    jobs,
    load::{self, Load, posts::PostLoad, ratings::RatingLoad},
    oversight::audit::anchors::AnchorFile,
    ratings::{flags, tally::Receipt},
    setup,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// A request makes thousands of small allocations; the system's allocator took a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whoever asks for health and metrics is few.
const ADMIN_CONNECTIONS: usize = 16;

/// Gangping 岗评: conduct of government service staff.
#[derive(Parser)]
#[command(name = "gangping", version)]
struct Cli {
    /// Settings file; `APP__…` variables win over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the tables up to date.
    Migrate,
    /// Migrate; load the city, its centers and the official calendar.
    Setup,
    /// Set up with invented accounts and cases (demo mode only); does nothing the second time.
    Demo,
    /// Add invented cases in any number to a demo's centers, for trials and measurements.
    Load(Sample),
    /// Serve the product.
    Serve,
    /// What was done, refused and read.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Invite the security administrator of the city office by a one-time link: the first account of a deployment,
    /// who invites everybody else there; or let one in again who has lost the password.
    Admin {
        /// Their login.
        #[arg(long)]
        login: String,
        /// Their name.
        #[arg(long)]
        name: String,
    },
    /// Centers that have left.
    #[command(subcommand)]
    Center(CenterCommand),
    /// Make the figures by which centers are compared what the rows of each center come to: after a recount of the night
    /// has told that they differ, and somebody has found out why.
    Recount {
        /// Only this center's, by its code.
        #[arg(long)]
        center: Option<String>,
    },
    /// What the public has said, as it was sealed day by day. Needs neither settings nor a database.
    #[command(subcommand)]
    Tally(TallyCommand),
}

#[derive(Subcommand)]
enum TallyCommand {
    /// Look at what a center has taken along: whether the ratings of each day make the root that was kept of them, and
    /// whether the audit tells of the same. Fails when something was changed, dropped or added.
    Verify {
        /// The file.
        export: PathBuf,
        /// The check value of a receipt: tells of which day it is.
        #[arg(long)]
        commitment: Option<String>,
        /// Its opening: with it, and with what was given, tells whether the check value stands for that.
        #[arg(long, requires_all = ["commitment", "given"])]
        opening: Option<String>,
        /// What was given, as it stands on the receipt.
        #[arg(long, requires = "opening")]
        given: Option<String>,
    },
}

#[derive(Subcommand)]
enum CenterCommand {
    /// Remove the rows of a center that two people of its city have closed. Its audit stays. There is no way back.
    Remove {
        /// The center, by its code.
        code: String,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Follow every chain and compare it with the heads kept outside of the database. Fails when one is broken.
    Verify {
        /// Only this center's, by its code.
        #[arg(long, conflicts_with = "city")]
        center: Option<String>,
        /// Only this city office's, by its code.
        #[arg(long)]
        city: Option<String>,
    },
}

#[derive(Args)]
struct Sample {
    /// Complaints in all, three events each.
    #[arg(long, default_value_t = 0)]
    complaints: usize,
    /// Posts of the first center; three of five are model posts.
    #[arg(long, default_value_t = 0)]
    posts: usize,
    /// People at those posts.
    #[arg(long, default_value_t = 0)]
    staff: usize,
    /// Entries of the ledgers of those posts.
    #[arg(long, default_value_t = 0)]
    entries: usize,
    /// Ratings in all, on the closed days of the last year.
    #[arg(long, default_value_t = 0)]
    ratings: usize,
    /// So many centers, the city's own ones among them; those that are invented have nobody who works there.
    #[arg(long, default_value_t = 0)]
    centers: usize,
    /// Another seed, other cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A request is a tower of futures, each a frame of the stack while it is polled; unoptimised they are large.
const STACK: usize = 8 * 1024 * 1024;

/// How the allocator keeps memory: it commits what is used, and gives back at once what is free. With its own settings
/// fifty uploads took 59 MiB, with these 16 (`make uploads`; ADR 16).
const ALLOCATION: [(&str, &str); 2] = [("MIMALLOC_ARENA_EAGER_COMMIT", "0"), ("MIMALLOC_PURGE_DELAY", "0")];

/// The allocator reads its settings before `main`, so the process starts itself anew with them, under the same id. What an
/// operator has set stays. Where that cannot be (no /proc, a binary that was replaced), it goes on and takes more memory.
#[cfg(unix)]
fn settle_allocator() {
    use std::os::unix::process::CommandExt;
    let missing = || ALLOCATION.into_iter().filter(|(name, _)| std::env::var_os(name).is_none());
    if let (true, Ok(itself)) = (missing().next().is_some(), std::env::current_exe()) {
        // It comes back only when it fails.
        let _ = std::process::Command::new(itself).args(std::env::args_os().skip(1)).envs(missing()).exec();
    }
}

fn main() -> anyhow::Result<ExitCode> {
    #[cfg(unix)]
    settle_allocator();
    let cli = match Cli::parse() {
        // Whoever looks at a file has neither settings nor a server.
        Cli { command: Command::Tally(command), .. } => return verify_tally(command),
        cli => cli,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    runtime.block_on(run(cli))
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let invented = matches!(cli.command, Command::Demo | Command::Load(_));
    let settings = if invented { Config::load_demo } else { Config::load };
    let config = settings(cli.config.as_deref())?;
    match cli.command {
        Command::Migrate => Db::migrate(&config.database).await,
        Command::Setup => set_up(&config).await,
        Command::Demo => fill_demo(&config).await,
        Command::Load(sample) => fill_sample(&config, &sample).await,
        Command::Serve => serve(config).await,
        Command::Admin { login, name } => invite(&config, &login, &name).await,
        Command::Center(CenterCommand::Remove { code }) => remove_center(&config, &code).await,
        Command::Recount { center } => {
            cli::recount(&open(&config).await?, center.as_deref(), &mut std::io::stdout()).await
        }
        Command::Audit(AuditCommand::Verify { center, city }) => return verify_audit(&config, center, city).await,
        Command::Tally(command) => return verify_tally(command),
    }
    .map(|()| ExitCode::SUCCESS)
}

fn verify_tally(TallyCommand::Verify { export, commitment, opening, given }: TallyCommand) -> anyhow::Result<ExitCode> {
    let value = |text: &str| unhex(text.trim()).with_context(|| format!("{text} is no check value"));
    let opened = opening.zip(given).map(|(opening, given)| anyhow::Ok((value(&opening)?, bytes(&given)?)));
    let opened = opened.transpose()?;
    let receipt = commitment.map(|text| anyhow::Ok(Receipt { commitment: value(&text)?, opened })).transpose()?;
    let whole = cli::verify_tally(&export, receipt.as_ref(), &mut std::io::stdout())?;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Bytes in hex.
fn bytes(text: &str) -> anyhow::Result<Vec<u8>> {
    let digits: Vec<_> = text.trim().chars().collect();
    let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16));
    Ok(pairs.collect::<Result<_, _>>()?)
}

async fn verify_audit(config: &Config, center: Option<String>, city: Option<String>) -> anyhow::Result<ExitCode> {
    let app = open(config).await?;
    let which = center.map(Which::Center).or(city.map(Which::City)).unwrap_or(Which::All);
    let whole = cli::verify_audit(&app, &which, &mut std::io::stdout()).await?;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn invite(config: &Config, login: &str, name: &str) -> anyhow::Result<()> {
    let app = open(config).await?;
    let origin = config.http.public_url.clone().unwrap_or_else(|| format!("http://{}", config.http.listen));
    cli::invite_administrator(&app, setup::CITY, login, name, &origin, &mut std::io::stdout()).await
}

async fn remove_center(config: &Config, code: &str) -> anyhow::Result<()> {
    let db = open(config).await?.db;
    let center = db.identity().center_by_code(code).await?.with_context(|| format!("there is no center {code}"))?;
    let removed = db.remove_center(&config.database, code).await?;
    let files = files(config).await?.remove_center(center.id).await?;
    say(&format!("{removed} rows and {files} files of {code} are removed; its audit stays."))
}

async fn set_up(config: &Config) -> anyhow::Result<()> {
    Db::migrate(&config.database).await?;
    let app = open(config).await?;
    app.db.platform().set_up(&setup::city()?).await?;
    say("The city, its centers and the official calendar are loaded. Next: gangping admin --login … --name …")
}

async fn fill_demo(config: &Config) -> anyhow::Result<()> {
    Db::migrate(&config.database).await?;
    let app = open(config).await?.with_files(files(config).await?);
    let Some(city) = set_up_demo(&app).await? else { return accounts() };
    let casts = casts(&app, city).await?;
    let told = demo::tell(&app, &casts).await?;
    say(&format!("Demo: {} centers, {told} invented complaints.", casts.len()))?;
    accounts()
}

/// The city with its invented people; none when they were there before.
async fn set_up_demo(app: &App) -> anyhow::Result<Option<CityId>> {
    if app.db.identity().account_by_login(&format!("city.{}", setup::CITY)).await?.is_some() {
        return Ok(None);
    }
    ensure!(
        app.db.identity().all_centers().await?.is_empty(),
        "this database is in use: invented data need one of their own"
    );
    Ok(Some(app.db.platform().set_up(&setup::demo_city().await?).await?))
}

async fn fill_sample(config: &Config, sample: &Sample) -> anyhow::Result<()> {
    Db::migrate(&config.database).await?;
    let app = open(config).await?;
    set_up_demo(&app).await?;
    if sample.complaints > 0 {
        fill_complaints(&app, sample).await?;
    }
    let known = app.db.identity().all_centers().await?.len();
    if sample.centers > known {
        let started = Instant::now();
        app.db.platform().set_up(&setup::more_centers(known..sample.centers)).await?;
        let seconds = started.elapsed().as_secs_f64();
        say(&format!("Added {} centers in {seconds:.1} s.", sample.centers - known))?;
    }
    if sample.ratings > 0 {
        let started = Instant::now();
        load::ratings::fill(&app, RatingLoad { ratings: sample.ratings, seed: sample.seed }).await?;
        let seconds = started.elapsed().as_secs_f64();
        let rows = u32::try_from(sample.ratings).map_or(f64::INFINITY, f64::from);
        say(&format!(
            "Loaded {} ratings of 364 days in {seconds:.1} s, {:.0} per s.",
            sample.ratings,
            rows / seconds.max(f64::EPSILON)
        ))?;
        let started = Instant::now();
        jobs::metrics::sweep(&app).await?;
        say(&format!("Counted again and closed what is over in {:.1} s.", started.elapsed().as_secs_f64()))?;
    }
    let Sample { posts, staff, entries, seed, .. } = *sample;
    if posts > 0 {
        let started = Instant::now();
        let centers = app.db.identity().all_centers().await?;
        let admin = member(&app, centers.first().context("there is no center to fill")?, "admin").await?;
        load::posts::fill(&app, &admin, PostLoad { posts, staff, entries, seed }).await?;
        let seconds = started.elapsed().as_secs_f64();
        say(&format!("Loaded {posts} posts, {staff} people, {entries} entries of ledgers in {seconds:.1} s."))?;
    }
    Ok(())
}

async fn fill_complaints(app: &App, sample: &Sample) -> anyhow::Result<()> {
    let started = Instant::now();
    load::fill(app, Load { complaints: sample.complaints, seed: sample.seed }).await?;
    let seconds = started.elapsed().as_secs_f64();
    // A case and its three events.
    let rows = u32::try_from(sample.complaints.saturating_mul(4)).map_or(f64::INFINITY, f64::from);
    say(&format!(
        "Loaded {} complaints with 3 events each in {seconds:.1} s, {:.0} rows/s.",
        sample.complaints,
        rows / seconds.max(f64::EPSILON)
    ))
}

async fn casts(app: &App, city: CityId) -> anyhow::Result<Vec<Cast>> {
    let mut casts = Vec::new();
    for center in app.db.identity().centers(city).await? {
        casts.push(Cast {
            handler: member(app, &center, "handler").await?,
            staff: member(app, &center, "staff").await?,
            admin: member(app, &center, "admin").await?,
            supervisor: member(app, &center, "supervisor").await?,
            ledgers: if casts.is_empty() { Some(ledgers(app, &center).await?) } else { None },
            standards: if casts.is_empty() { Some(member(app, &center, "standard").await?) } else { None },
            center,
        });
    }
    Ok(casts)
}

async fn ledgers(app: &App, center: &Center) -> anyhow::Result<Ledgers> {
    Ok(Ledgers {
        lead: member(app, center, "lead").await?,
        party: member(app, center, "party").await?,
        women: member(app, center, "women").await?,
        youth: member(app, center, "youth").await?,
    })
}

async fn member(app: &App, center: &Center, role: &str) -> anyhow::Result<Scope> {
    let login = format!("{role}.{}", center.code);
    let account = app.db.identity().account_by_login(&login).await?.with_context(|| login.clone())?;
    let places = app.db.identity().places(account.id).await?;
    let place = places.iter().find(|place| place.center_id == Some(center.id)).with_context(|| login.clone())?;
    Ok(Scope::member(place, account.id))
}

fn accounts() -> anyhow::Result<()> {
    say("Demo accounts, all with the password demo-gangping-2026:")?;
    for (login, what) in [
        ("handler.shiqi", "complaint handler 投诉处置专员"),
        ("handler2.shiqi", "the same, in two centers 同时任职两个中心"),
        ("staff.shiqi", "post staff 岗位人员"),
        ("admin.shiqi", "center administrator 中心管理员"),
        ("supervisor.shiqi", "supervision officer 政务督办专员"),
        ("lead.shiqi", "lead of two model posts 岗位负责人"),
        ("party.shiqi", "keeper of the party pioneer post's ledger 台账管理员（党员先锋岗）"),
        ("women.shiqi", "keeper of the women's model post's ledger 台账管理员（巾帼文明岗）"),
        ("youth.shiqi", "keeper of the youth model post's ledger 台账管理员（青年文明号）"),
        ("standard.shiqi", "standards officer 标准化工作人员"),
        ("talent.shiqi", "talent steward 企业人才管家"),
        ("coordinator.shiqi", "volunteer coordinator 志愿者管理员"),
        ("volunteer.shiqi", "volunteer 志愿者"),
        ("inspector.shiqi", "patrol inspector in a round on site 巡查人员"),
        ("deputy.shiqi", "congress deputy in a round of evaluation; signs in at /evaluate 人大代表"),
        ("agency.shiqi", "lead of an agency in its yearly round; signs in at /evaluate 第三方机构"),
        ("city.zhongshan", "city administrator 市级管理员"),
        ("city2.zhongshan", "a second one: closing a center takes two 市级管理员"),
        ("reviewer.zhongshan", "reviewer: decides appeals against ratings 市级复核员"),
        ("security.zhongshan", "security administrator 安全管理员"),
        ("auditor.zhongshan", "auditor 审计管理员"),
    ] {
        say(&format!("  {login:<18} {what}"))?;
    }
    say("Every other center has the first five too, e.g. handler.xiaolan.")
}

async fn serve(config: Config) -> anyhow::Result<()> {
    config.check_serving()?;
    let app = open(&config).await?.behind(Edge::new(&config)).with_files(files(&config).await?);
    // The first failed sign-in takes no longer than the next ones.
    password::as_long_as_a_check().await?;
    let introspection = if config.demo { Introspection::On } else { Introspection::Off };
    let served = Served { app: app.clone(), schema: build(introspection) };
    let listener = TcpListener::bind(config.http.listen).await.context(config.http.listen)?;
    if let Some(admin) = config.http.admin_listen {
        let listener = TcpListener::bind(admin).await.context(admin)?;
        say(&format!("Health and metrics on http://{}", listener.local_addr()?))?;
        tokio::spawn(serve::serve(listener, health::router(app.clone()), Limits::of(ADMIN_CONNECTIONS), stopped()));
    }
    say(&format!("Serving http://{}", listener.local_addr()?))?;
    let sweep = tokio::spawn(jobs::deadlines::run(app.clone()));
    let files = tokio::spawn(jobs::files::run(app.clone()));
    let care = tokio::spawn(jobs::care::run(app.clone()));
    let handling = tokio::spawn(jobs::handling::run(app.clone()));
    let ratings = tokio::spawn(jobs::ratings::run(app.clone()));
    let talents = tokio::spawn(jobs::talents::run(app.clone()));
    let volunteers = tokio::spawn(jobs::volunteers::run(app.clone()));
    let campaigns = tokio::spawn(jobs::campaigns::run(app.clone()));
    let metrics = tokio::spawn(jobs::metrics::run(app.clone()));
    let anchors = tokio::spawn(jobs::anchors::run(app.clone()));
    let limits = Limits::of(config.http.max_connections);
    serve::serve(listener, router(served, &config.http.dist), limits, stopped()).await;
    sweep.abort();
    files.abort();
    care.abort();
    handling.abort();
    ratings.abort();
    talents.abort();
    volunteers.abort();
    campaigns.abort();
    metrics.abort();
    anchors.abort();
    // What was noticed of today's ratings is kept nowhere else.
    if let Err(error) = flags::service::stop(&app).await {
        tracing::error!(?error, "flags of today were not written");
    }
    Ok(())
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        }
        Err(_) => drop(interrupted.await),
    }
}

async fn open(config: &Config) -> anyhow::Result<App> {
    let clock = config.clock.map_or_else(Clock::system, Clock::starting_at);
    let ids = IdSource::system();
    let db = Db::open(&config.database).await?.with_clock(clock.clone(), ids.clone());
    if let Some(pepper) = &config.keys.pepper {
        password::set_pepper(pepper.expose());
    }
    let security = Security {
        require_second_factor: config.security.require_second_factor.unwrap_or(!config.demo),
        dengbao_compat: config.security.dengbao_compat,
    };
    let keys = keys(config)?;
    let anchors = config.anchor_file().map(|path| AnchorFile::new(&path, &keys));
    Ok(App::new(db, keys, clock, ids, config.demo).with_security(security).with_anchors(anchors))
}

async fn files(config: &Config) -> anyhow::Result<Files> {
    Files::open(&config.files_folder(), &config.files, &config.keys).await
}

/// The key of field encryption: from the environment, or for a demo on SQLite a file beside the database.
fn keys(config: &Config) -> anyhow::Result<Keys> {
    if let Some(secret) = &config.keys.field {
        return Keys::from_base64(secret.expose()).context("APP__KEYS__FIELD");
    }
    ensure!(config.demo, "APP__KEYS__FIELD is not set");
    let file = config.database.url.strip_prefix("sqlite://").context("a demo on PostgreSQL needs APP__KEYS__FIELD")?;
    let path = Path::new(file).with_extension("key");
    if !path.exists() {
        std::fs::write(&path, Keys::generate()?).with_context(|| path.display().to_string())?;
    }
    Keys::from_base64(&std::fs::read_to_string(&path)?).with_context(|| path.display().to_string())
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("standard output")
}
