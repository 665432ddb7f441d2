//! The sockets. `axum::serve` sets no timer, and without one hyper waits for ever for the end of a
//! request's head (B-4); so connections are served by hyper itself.
//!
//! Bounded: connections in all, the time for a head (also of a kept connection that waits for its
//! next one), the size of a head (hyper: 100 headers, 400 KB), the time for a body
//! (`http::graphql`). Not bounded here: how slowly a client reads its answer, and how many
//! connections one address may hold; the proxy in front has to.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{sleep, timeout},
};
use tower::ServiceExt;

/// How long the head of a request may take, and how long a kept connection may be idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// How long requests under way may take after the signal to stop (B-5).
const STOP_TIMEOUT: Duration = Duration::from_secs(20);
/// Rest after a failure to accept, e.g. when the system is out of files.
const REST: Duration = Duration::from_millis(200);

/// How connections are served.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At once.
    pub connections: usize,
    /// For the head of a request.
    pub head: Duration,
}

impl Limits {
    /// So many connections, and the usual time for a head.
    #[must_use]
    pub const fn of(connections: usize) -> Self {
        Self { connections, head: HEAD_TIMEOUT }
    }
}

/// Serves until `stop`, then lets what is under way end.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let (stopping, stopped) = watch::channel(());
    tokio::pin!(stop);
    loop {
        // The place first: who finds none waits in the system's queue.
        let next = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        match (place, accepted) {
            (Ok(place), Ok((stream, peer))) => {
                tokio::spawn(connection(stream, peer, router.clone(), limits.head, stopped.clone(), place));
            }
            (_, Err(error)) => {
                tracing::warn!(%error, "a connection was not accepted");
                sleep(REST).await;
            }
            (Err(_), _) => break,
        }
    }
    drop(listener);
    stopping.send_replace(());
    // Each connection holds a receiver until it ends.
    drop(stopped);
    if timeout(STOP_TIMEOUT, stopping.closed()).await.is_err() {
        tracing::warn!(connections = stopping.receiver_count(), "stopped before every request had ended");
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head: Duration,
    mut stopped: watch::Receiver<()>,
    _place: OwnedSemaphorePermit,
) {
    // An answer is written at once: waiting for more to send would only delay it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let serving = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        _ = stopped.changed() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
