//! The handler's inbox, as one GraphQL query over HTTP and as its SQL straight through the
//! database; the board of posts and what model posts lack, over HTTP; the comparison of the centers of a city, beside the
//! same question asked of single ratings; workbooks that come in; ratings, over HTTP and as their SQL. `scripts/bench.sh`
//! prepares both databases and a release server for it.

mod compare;
mod imports;
mod measure;
mod pages;
mod ratings;
mod raw;
mod statements;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context, ensure};
use api_tests::http::Client;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use serde_json::{Value, json};
use uuid::Uuid;

/// The inbox: accepted complaints of one center by due time, with what its rows show.
const INBOX: &str = "query Inbox($first: Int!) { complaints(status: ACCEPTED, first: $first) { totalCount \
    pageInfo { hasNextPage endCursor } nodes { id number status subject dueAt daysLeft late \
    handler { displayName } lastEventKind lastEventAt } } }";
/// How its answer begins.
const INBOX_BEGINS: &str = "{\"data\":{\"complaints\":{";
const ROWS: i64 = 20;

/// Measures a running server that was filled by `gangping load`.
#[derive(Parser)]
#[command(name = "bench")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Requests per second, p50 and p99, and the ratio to the same SQL without the server.
    Inbox(Inbox),
    /// How many statements a request takes, by the server's own log of them.
    Statements(Statements),
    /// Requests per second, p50 and p99 of the board of posts and of what model posts lack.
    Pages(Pages),
    /// The same of the city's comparison of its centers, and of the same question asked of the raw table of ratings.
    Compare(Compare),
    /// Time and memory of a table of 5,000 people that is judged, and of a bomb that poses as a workbook.
    Imports(Imports),
    /// Ratings per second, from the opened page to the count. The last line is the number alone.
    Ratings(Ratings),
    /// The same statements without a server, which must not run meanwhile; beside the number that it had.
    RatingsSql(RatingsSql),
}

#[derive(Args)]
struct Ratings {
    /// Address and port of the server, which lets one address rate as often as it likes.
    #[arg(long)]
    server: SocketAddr,
    /// The database it serves from, as the role it serves as.
    #[arg(long)]
    database: String,
    /// Where the place that was rated is written, for the other side.
    #[arg(long)]
    place: PathBuf,
    /// Connections at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// How long.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

#[derive(Args)]
struct RatingsSql {
    /// The database, as the role that serves from it.
    #[arg(long)]
    database: String,
    /// What `ratings` has written.
    #[arg(long)]
    place: PathBuf,
    /// The number that it had.
    #[arg(long)]
    against: f64,
    /// Connections at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// How long.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

#[derive(Args)]
struct Inbox {
    /// Address and port of the server.
    #[arg(long)]
    server: SocketAddr,
    /// The database it serves from, as the role it serves as.
    #[arg(long)]
    database: String,
    /// The server's own size of the pool.
    #[arg(long, default_value_t = 8)]
    pool: u32,
    /// Connections at once, one measurement each.
    #[arg(long, value_delimiter = ',', default_value = "1,32")]
    connections: Vec<usize>,
    /// How long each measurement takes, after warming up.
    #[arg(long, default_value_t = 8)]
    seconds: u32,
    /// In how many turns: drift of the machine then meets all alike.
    #[arg(long, default_value_t = 4)]
    turns: u32,
}

#[derive(Args)]
struct Pages {
    /// Address and port of the server.
    #[arg(long)]
    server: SocketAddr,
    /// How many posts were loaded.
    #[arg(long)]
    posts: usize,
    /// How long each measurement takes, after warming up.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

#[derive(Args)]
struct Compare {
    /// Address and port of the server.
    #[arg(long)]
    server: SocketAddr,
    /// The database it serves from, as somebody who sees the rows of all centers.
    #[arg(long)]
    database: String,
    /// What day it is at the server.
    #[arg(long)]
    today: NaiveDate,
    /// Connections at once, beside a measurement with one.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// How long each measurement takes, after warming up.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
}

#[derive(Args)]
struct Imports {
    /// Address and port of the server.
    #[arg(long)]
    server: SocketAddr,
    /// Its process on this machine, whose memory is looked at.
    #[arg(long)]
    process: u32,
}

#[derive(Args)]
struct Statements {
    /// Address and port of the server, started with RUST_LOG=server=info,sqlx::query=debug.
    #[arg(long)]
    server: SocketAddr,
    /// Where its log goes.
    #[arg(long)]
    log: PathBuf,
}

/// Whose inbox it is.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    account: Uuid,
    center: Uuid,
    city: Uuid,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Inbox(inbox) => run_inbox(&inbox).await,
        Command::Pages(pages) => pages::run(pages.server, pages.posts, Duration::from_secs(pages.seconds)).await,
        Command::Compare(asked) => {
            let each = Duration::from_secs(asked.seconds);
            compare::run(asked.server, &asked.database, asked.today, asked.connections, each).await
        }
        Command::Imports(imports) => imports::run(imports.server, imports.process).await,
        Command::Ratings(cmd) => rate(&cmd).await,
        Command::RatingsSql(cmd) => rate_by_sql(&cmd).await,
        Command::Statements(counting) => statements::run(counting.server, &counting.log).await,
    }
}

async fn run_inbox(cmd: &Inbox) -> anyhow::Result<()> {
    let (mut client, viewer) = sign_in(cmd.server).await?;
    let people = inspect(&mut client).await?;
    let each = Duration::from_secs(u64::from(cmd.seconds)) / cmd.turns.max(1);
    for connections in &cmd.connections {
        let request = client.request(INBOX, json!({ "first": ROWS }));
        let mut http = Vec::new();
        for _ in 0..*connections {
            http.push(measure::Http { client: client.again().await?, request: request.clone(), begins: INBOX_BEGINS });
        }
        if cmd.database.starts_with("sqlite:") {
            let pool = raw::sqlite_pool(&cmd.database, cmd.pool).await?;
            let session = raw::sqlite::session(&pool).await?;
            let inbox = raw::sqlite::workers(&pool, raw::inbox(viewer, &people), *connections);
            let whole = raw::sqlite::workers(&pool, raw::whole(viewer, &people, &session), *connections);
            measure::compare("SQLite", http, inbox, whole, each, cmd.turns).await?;
        } else {
            let pool = raw::postgres_pool(&cmd.database, cmd.pool).await?;
            let session = raw::postgres::session(&pool).await?;
            let inbox = raw::postgres::workers(&pool, raw::inbox(viewer, &people), *connections);
            let whole = raw::postgres::workers(&pool, raw::whole(viewer, &people, &session), *connections);
            measure::compare("PostgreSQL", http, inbox, whole, each, cmd.turns).await?;
        }
    }
    Ok(())
}

async fn rate(cmd: &Ratings) -> anyhow::Result<()> {
    let place = ratings::place(cmd.server).await?;
    std::fs::write(&cmd.place, place.to_string())?;
    let mut visitors = Vec::new();
    for _ in 0..cmd.connections {
        visitors.push(ratings::Visitor::new(cmd.server, &place).await?);
    }
    let each = Duration::from_secs(cmd.seconds);
    if cmd.database.starts_with("sqlite:") {
        let pool = raw::sqlite_pool(&cmd.database, 2).await?;
        ratings::over_http("SQLite", visitors, each, async || ratings::sqlite::sealed(&pool, &place).await).await
    } else {
        let pool = raw::postgres_pool(&cmd.database, 2).await?;
        ratings::over_http("PostgreSQL", visitors, each, async || ratings::postgres::sealed(&pool, &place).await).await
    }
}

async fn rate_by_sql(cmd: &RatingsSql) -> anyhow::Result<()> {
    let place: ratings::Place = std::fs::read_to_string(&cmd.place)?.parse()?;
    let (each, count) = (Duration::from_secs(cmd.seconds), cmd.connections);
    let (shared, size) = (ratings::Shared::new(place), u32::try_from(count)?);
    let day = ratings::another_day();
    if cmd.database.starts_with("sqlite:") {
        let pool = raw::sqlite_pool(&cmd.database, size).await?;
        let workers = ratings::sqlite::workers(&pool, &shared, day, count);
        let (mut workers, mut figures) = measure::kept(workers, each).await?;
        let rest = std::time::Instant::now();
        ratings::sqlite::finish(&mut workers).await?;
        figures.also(rest.elapsed());
        figures.print("SQLite", count, "its statements alone", Some(cmd.against));
    } else {
        let pool = raw::postgres_pool(&cmd.database, size).await?;
        let workers = ratings::postgres::workers(&pool, &shared, day, count);
        let (mut workers, mut figures) = measure::kept(workers, each).await?;
        let rest = std::time::Instant::now();
        ratings::postgres::finish(&mut workers).await?;
        figures.also(rest.elapsed());
        figures.print("PostgreSQL", count, "its statements alone", Some(cmd.against));
    }
    Ok(())
}

/// The demo's complaint handler of the first center.
async fn sign_in(server: SocketAddr) -> anyhow::Result<(Client, Viewer)> {
    let mut client = Client::connect(server).await?;
    let answer = client.sign_in("handler.shiqi", "demo-gangping-2026").await?;
    let place = &answer["scope"]["place"];
    let viewer =
        Viewer { account: id(&answer["accountId"])?, center: id(&place["centerId"])?, city: id(&place["cityId"])? };
    Ok((client, viewer))
}

/// Whether the inbox is what it is to be, and the people whose names it asks for.
async fn inspect(client: &mut Client) -> anyhow::Result<Vec<Uuid>> {
    let query = INBOX.replace("handler {", "assignee { accountId } handler { accountId");
    let answer = client.graphql(&query, json!({ "first": ROWS })).await?;
    let nodes = answer["complaints"]["nodes"].as_array().context("no nodes")?;
    let total = answer["complaints"]["totalCount"].as_i64().unwrap_or(0);
    let wanted = usize::try_from(ROWS)?;
    ensure!(nodes.len() == wanted, "{} rows instead of {wanted}: fill the database with `gangping load`", nodes.len());
    ensure!(nodes.is_sorted_by_key(|node| node["dueAt"].as_str().map(ToOwned::to_owned)), "not by due time");
    ensure!(nodes.iter().all(|node| node["handler"]["displayName"].is_string()), "a row without its handler's name");
    let mut people = Vec::new();
    for node in nodes {
        for role in ["handler", "assignee"] {
            people.extend(node[role]["accountId"].is_string().then(|| id(&node[role]["accountId"])).transpose()?);
        }
    }
    people.sort_unstable();
    people.dedup();
    eprintln!("The inbox: {wanted} of {total} accepted complaints, {} people.", people.len());
    Ok(people)
}

fn id(value: &Value) -> anyhow::Result<Uuid> {
    Ok(value.as_str().context("an id is missing")?.parse()?)
}
