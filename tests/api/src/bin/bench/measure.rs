//! Closed loops: each connection asks again as soon as it has its answer.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use anyhow::ensure;
use api_tests::http::Client;
use tokio::task::JoinSet;

const WARM_UP: Duration = Duration::from_secs(2);

/// Something done over and over.
pub trait Work: Send + 'static {
    /// Does it once.
    fn once(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// The query over HTTP.
pub struct Http {
    pub client: Client,
    pub request: Vec<u8>,
    /// How a good answer begins.
    pub begins: &'static str,
}

impl Work for Http {
    async fn once(&mut self) -> anyhow::Result<()> {
        let body = self.client.exchange(&self.request).await?;
        // Errors come first in an answer; a look at the whole of it would cost more than the request.
        ensure!(body.starts_with(self.begins.as_bytes()), "{}", String::from_utf8_lossy(&body));
        Ok(())
    }
}

/// How long each time took, and all of them together.
#[derive(Default)]
pub struct Figures {
    took: Vec<Duration>,
    seconds: f64,
}

impl Figures {
    /// Adds time that belongs to what was done.
    pub fn also(&mut self, more: Duration) {
        self.seconds += more.as_secs_f64();
    }

    /// Prints a line, with the ratio of `http` to it.
    pub fn print(&mut self, database: &str, connections: usize, what: &str, http: Option<f64>) {
        let (rate, p50, p99) = (self.per_second(), self.quantile(50), self.quantile(99));
        let ratio = http.map_or(1.0, |http| http / rate);
        println!("{database:<11} {connections:>5}  {what:<24} {rate:>8.0} {p50:>8.2} {p99:>8.2} {ratio:>8.2}");
    }

    /// How often a second.
    pub fn per_second(&self) -> f64 {
        // Exact far beyond what a bench can count.
        u32::try_from(self.took.len()).map_or(f64::INFINITY, f64::from) / self.seconds
    }

    fn quantile(&mut self, percent: usize) -> f64 {
        self.took.sort_unstable();
        let at = (self.took.len() * percent / 100).min(self.took.len().saturating_sub(1));
        self.took.get(at).map_or(f64::NAN, |took| took.as_secs_f64() * 1000.0)
    }
}

/// Measures the three in turn, and prints a line for each.
pub async fn compare<A: Work, B: Work>(
    database: &str,
    mut http: Vec<Http>,
    mut inbox: Vec<A>,
    mut whole: Vec<B>,
    each: Duration,
    turns: u32,
) -> anyhow::Result<()> {
    let connections = http.len();
    let [mut over_http, mut of_inbox, mut of_whole] = [Figures::default(), Figures::default(), Figures::default()];
    http = run(http, WARM_UP, &mut Figures::default()).await?;
    inbox = run(inbox, WARM_UP, &mut Figures::default()).await?;
    whole = run(whole, WARM_UP, &mut Figures::default()).await?;
    for _ in 0..turns {
        http = run(http, each, &mut over_http).await?;
        inbox = run(inbox, each, &mut of_inbox).await?;
        whole = run(whole, each, &mut of_whole).await?;
    }
    let rate = over_http.per_second();
    for (what, figures) in [
        ("GraphQL over HTTP", &mut over_http),
        ("its SQL alone", &mut of_inbox),
        ("all SQL of the request", &mut of_whole),
    ] {
        println!(
            "{database:<11} {connections:>5}  {what:<24} {:>8.0} {:>8.2} {:>8.2} {:>8.2}",
            figures.per_second(),
            figures.quantile(50),
            figures.quantile(99),
            rate / figures.per_second()
        );
    }
    Ok(())
}

/// Measures workers by themselves; they come back.
pub async fn kept<W: Work>(workers: Vec<W>, each: Duration) -> anyhow::Result<(Vec<W>, Figures)> {
    let mut figures = Figures::default();
    let workers = run(workers, each, &mut figures).await?;
    Ok((workers, figures))
}

/// Measures one connection by itself, and prints a line.
pub async fn alone(what: &str, http: Http, each: Duration) -> anyhow::Result<()> {
    several(what, vec![http], each).await
}

/// Measures several at once, and prints a line.
pub async fn several<W: Work>(what: &str, workers: Vec<W>, each: Duration) -> anyhow::Result<()> {
    let mut figures = Figures::default();
    let workers = run(workers, WARM_UP, &mut Figures::default()).await?;
    run(workers, each, &mut figures).await?;
    let (per_second, p50, p99) = (figures.per_second(), figures.quantile(50), figures.quantile(99));
    println!("{what:<40} {per_second:>8.1} per s, p50 {p50:.2} ms, p99 {p99:.2} ms");
    Ok(())
}

async fn run<W: Work>(workers: Vec<W>, duration: Duration, figures: &mut Figures) -> anyhow::Result<Vec<W>> {
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for mut worker in workers {
        tasks.spawn(async move {
            let mut took = Vec::new();
            while started.elapsed() < duration {
                let asked = Instant::now();
                worker.once().await?;
                took.push(asked.elapsed());
            }
            anyhow::Ok((worker, took))
        });
    }
    let mut workers = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let (worker, took) = done??;
        workers.push(worker);
        figures.took.extend(took);
    }
    figures.seconds += started.elapsed().as_secs_f64();
    Ok(workers)
}
