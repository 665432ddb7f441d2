//! The sockets. `axum::serve` sets no timer, and without one hyper waits for ever for the end of a
//! request's head (B-4); so connections are served by hyper itself.
//!
//! Bounded: connections in all, the time for a head (also of a kept connection that waits for its
//! next one), the size of a head (100 headers, 16 KB), the time for a body
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
/// Bytes of a connection that are read at once. An upload holds up to three times as many: one piece waits, one is
/// taken, one is written. Fifty at once do so all, with hyper's own 408 KB in 60 MB.
const BUFFER: usize = 16 * 1024;
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
    builder.timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(BUFFER);
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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream as Socket,
    };

    use axum::routing::get;
    use tokio::sync::{Notify, oneshot};

    use super::*;

    /// A page that is asked for, and answers when it is let.
    #[derive(Clone, Default)]
    struct Slow {
        asked: Arc<Notify>,
        let_go: Arc<Notify>,
    }

    struct Running {
        address: SocketAddr,
        stop: oneshot::Sender<()>,
        serving: tokio::task::JoinHandle<()>,
    }

    /// Serves a page that tells the peer, and a slow one.
    async fn start(limits: Limits, slow: Slow) -> Running {
        let peer = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() };
        let slow = move || async move {
            slow.asked.notify_one();
            slow.let_go.notified().await;
            "done"
        };
        let router = Router::new().route("/peer", get(peer)).route("/slow", get(slow));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(serve(listener, router, limits, async move { drop(stopped.await) }));
        Running { address, stop, serving }
    }

    fn limits(connections: usize, head: u64) -> Limits {
        Limits { connections, head: Duration::from_millis(head) }
    }

    /// Sends bytes and reads until the server closes.
    fn exchange(address: SocketAddr, bytes: &'static [u8]) -> tokio::task::JoinHandle<String> {
        tokio::task::spawn_blocking(move || {
            let mut socket = Socket::connect(address).unwrap();
            socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            socket.write_all(bytes).unwrap();
            let mut text = String::new();
            socket.read_to_string(&mut text).unwrap();
            text
        })
    }

    const PEER: &[u8] = b"GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_peer_is_known_to_the_handlers() {
        let running = start(limits(10, 5000), Slow::default()).await;
        let answer = exchange(running.address, PEER).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
        // No version of anything (O-2).
        assert!(!answer.to_lowercase().contains("server:"), "{answer}");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn half_a_head_and_a_silent_connection_are_closed() {
        let running = start(limits(10, 300), Slow::default()).await;
        for bytes in [b"".as_slice(), b"GET /peer HTTP/1.1\r\nhost: a\r\nx: ", b"GET /peer HTTP/1.1\r\nhost: a\r\n\r\n"]
        {
            // The last is answered, and closed when nothing more comes.
            let answer = exchange(running.address, bytes).await.unwrap();
            assert_eq!(answer.contains("200 OK"), bytes.ends_with(b"\r\n\r\n"), "{answer}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn an_endless_head_is_refused() {
        let running = start(limits(10, 5000), Slow::default()).await;
        let many: &'static [u8] = format!("GET /peer HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(200)).leak().as_bytes();
        let long: &'static [u8] = format!("GET /peer HTTP/1.1\r\nx: {}", "y".repeat(500_000)).leak().as_bytes();
        assert!(exchange(running.address, many).await.unwrap().starts_with("HTTP/1.1 431"));
        // The server may close before all was written: what counts is that it closes.
        let closed = exchange(running.address, long).await;
        assert!(closed.is_err() || closed.unwrap().starts_with("HTTP/1.1 431"));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn connections_are_bounded_and_the_next_waits() {
        let running = start(limits(2, 500), Slow::default()).await;
        let silent = [Socket::connect(running.address).unwrap(), Socket::connect(running.address).unwrap()];
        // Served when the silent ones have been closed.
        assert!(exchange(running.address, PEER).await.unwrap().starts_with("HTTP/1.1 200"));
        drop(silent);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_under_way_is_finished_before_it_stops() {
        let slow = Slow::default();
        let Running { address, stop, serving } = start(limits(10, 5000), slow.clone()).await;
        let under_way = exchange(address, b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n");
        slow.asked.notified().await;
        stop.send(()).unwrap();
        while Socket::connect(address).is_ok() {
            tokio::task::yield_now().await;
        }
        assert!(!serving.is_finished());
        slow.let_go.notify_one();
        assert!(under_way.await.unwrap().ends_with("done"));
        serving.await.unwrap();
    }
}
