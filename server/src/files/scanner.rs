//! Asks clamd whether a file is clean (I-5), by its `INSTREAM` command.

use std::{net::SocketAddr, time::Duration};

use anyhow::ensure;
use domain::files::ScanState;
use futures_util::{Stream, StreamExt};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What clamd says of the bytes; whatever it does not say leaves the file pending.
pub async fn scan<B, E>(clamd: SocketAddr, bytes: impl Stream<Item = Result<B, E>>) -> ScanState
where
    B: AsRef<[u8]>,
    E: std::error::Error + Send + Sync + 'static,
{
    match timeout(PATIENCE, ask(clamd, bytes)).await {
        Ok(Ok(state)) => state,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the scanner does not answer");
            ScanState::Pending
        }
        Err(_) => {
            tracing::warn!("the scanner takes too long");
            ScanState::Pending
        }
    }
}

async fn ask<B, E>(clamd: SocketAddr, bytes: impl Stream<Item = Result<B, E>>) -> anyhow::Result<ScanState>
where
    B: AsRef<[u8]>,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut socket = TcpStream::connect(clamd).await?;
    socket.write_all(b"zINSTREAM\0").await?;
    let mut bytes = std::pin::pin!(bytes);
    while let Some(piece) = bytes.next().await {
        let piece = piece?;
        // A piece of no length would end the file.
        for part in piece.as_ref().chunks(1 << 16) {
            socket.write_all(&u32::try_from(part.len())?.to_be_bytes()).await?;
            socket.write_all(part).await?;
        }
    }
    socket.write_all(&[0; 4]).await?;
    let mut answer = String::new();
    socket.take(4096).read_to_string(&mut answer).await?;
    let answer = answer.trim_end_matches('\0').trim();
    if answer.ends_with(" FOUND") {
        return Ok(ScanState::Refused);
    }
    ensure!(answer == "stream: OK", "clamd answered neither OK nor FOUND");
    Ok(ScanState::Clean)
}
