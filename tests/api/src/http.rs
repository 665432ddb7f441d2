//! A small HTTP/1.1 client with one kept connection. A measuring client has to cost little, and
//! the server only ever answers with a length or in chunks.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One connection, with the cookie it was given.
pub struct Client {
    stream: TcpStream,
    address: SocketAddr,
    cookie: Option<String>,
    buffer: Vec<u8>,
}

struct Head {
    bytes: usize,
    status: u16,
    body: Body,
}

enum Body {
    Length(usize),
    Chunked,
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("no server at {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, address, cookie: None, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Another connection of the same browser.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn again(&self) -> anyhow::Result<Self> {
        Ok(Self { cookie: self.cookie.clone(), ..Self::connect(self.address).await? })
    }

    /// Signs in, and keeps the session.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> anyhow::Result<Value> {
        let query = "mutation SignIn($input: SignInInput!) { signIn(input: $input) \
            { accountId scope { place { centerId cityId } } } }";
        let input = json!({ "login": login, "password": password });
        let mut answer = self.graphql(query, json!({ "input": input })).await?;
        Ok(answer["signIn"].take())
    }

    /// Runs one operation and returns its data.
    ///
    /// # Errors
    /// Also when the answer holds GraphQL errors.
    pub async fn graphql(&mut self, query: &str, variables: Value) -> anyhow::Result<Value> {
        let request = self.request(query, variables);
        let body = self.exchange(&request).await?;
        let mut answer: Value = serde_json::from_slice(&body)?;
        ensure!(answer.get("errors").is_none(), "{}", answer["errors"]);
        Ok(answer["data"].take())
    }

    /// The bytes of an operation, to be sent many times.
    #[must_use]
    pub fn request(&self, query: &str, variables: Value) -> Vec<u8> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.message("/graphql", "application/json", body.as_bytes())
    }

    fn message(&self, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let cookie = self.cookie.as_ref().map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: {kind}\r\nx-requested-with: bench\r\n{cookie}\
             content-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    /// Sends a file; the status and the answer.
    ///
    /// # Errors
    /// When the connection breaks, and when the answer is no JSON.
    pub async fn send(&mut self, path: &str, file: &[u8]) -> anyhow::Result<(u16, Value)> {
        let request = self.message(path, "application/octet-stream", file);
        let (status, body) = self.answer(&request).await?;
        Ok((status, serde_json::from_slice(&body)?))
    }

    /// Sends a request and returns the body of a 200.
    ///
    /// # Errors
    /// For any other status, and when the connection breaks.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Vec<u8>> {
        let (status, body) = self.answer(request).await?;
        ensure!(status == 200, "{status}: {}", String::from_utf8_lossy(&body));
        Ok(body)
    }

    async fn answer(&mut self, request: &[u8]) -> anyhow::Result<(u16, Vec<u8>)> {
        self.stream.write_all(request).await?;
        let head = loop {
            if let Some(head) = self.head()? {
                break head;
            }
            self.more().await?;
        };
        self.buffer.drain(..head.bytes);
        let body = match head.body {
            Body::Length(length) => self.take(length).await?,
            Body::Chunked => self.chunks().await?,
        };
        Ok((head.status, body))
    }

    fn head(&mut self) -> anyhow::Result<Option<Head>> {
        let mut headers = [httparse::EMPTY_HEADER; 32];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(bytes) = response.parse(&self.buffer)? else { return Ok(None) };
        let status = response.code.unwrap_or(0);
        let mut body = Body::Length(0);
        for header in response.headers.iter() {
            let value = std::str::from_utf8(header.value)?;
            match header.name.to_ascii_lowercase().as_str() {
                "content-length" => body = Body::Length(value.parse()?),
                "transfer-encoding" => body = Body::Chunked,
                "set-cookie" if value.contains("sid=") => self.cookie = value.split(';').next().map(ToOwned::to_owned),
                _ => {}
            }
        }
        Ok(Some(Head { bytes, status, body }))
    }

    async fn chunks(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let (start, size) = loop {
                match httparse::parse_chunk_size(&self.buffer) {
                    Ok(httparse::Status::Complete(found)) => break found,
                    Ok(httparse::Status::Partial) => self.more().await?,
                    Err(_) => bail!("a chunk without a size"),
                }
            };
            self.buffer.drain(..start);
            let size = usize::try_from(size)?;
            body.extend(self.take(size).await?);
            // The line's end after each chunk, also after the last, empty one.
            self.take(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn take(&mut self, bytes: usize) -> anyhow::Result<Vec<u8>> {
        while self.buffer.len() < bytes {
            self.more().await?;
        }
        let rest = self.buffer.split_off(bytes);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        Ok(())
    }
}
