//! Passwords: argon2id, hashed off the async threads behind a small gate.

use std::sync::{Arc, LazyLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// One permit a core: each hash takes 64 MiB, and a queue of hashes is memory.
static GATE: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get))));

/// 64 MiB, 3 passes, 1 lane, 32 bytes (security.md, numbers).
fn hasher() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A hash to check against where there is no account, so that both answers take the same time.
static NOBODY: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

/// The PHC string of a new password.
///
/// # Errors
/// [`Error::Internal`] when hashing fails.
pub async fn hash(password: String) -> Result<String> {
    gated(move || {
        let hash = hasher()?.hash_password(password.as_bytes());
        Ok(hash.map_err(|error| anyhow::anyhow!("argon2: {error}"))?.to_string())
    })
    .await
}

/// Whether `password` is the one behind `stored`; takes the same time when there is none.
///
/// # Errors
/// [`Error::Internal`] when hashing fails.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    let known = stored.is_some();
    let stored = match stored {
        Some(stored) => stored,
        None => NOBODY.get_or_try_init(|| hash("nobody".to_owned())).await?.clone(),
    };
    let matches = gated(move || {
        let parsed = PasswordHash::new(&stored).map_err(|error| anyhow::anyhow!("stored hash: {error}"))?;
        Ok(hasher()?.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?;
    Ok(known && matches)
}

async fn gated<T: Send + 'static>(work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
    let permit = GATE.clone().acquire_owned().await.map_err(anyhow::Error::from)?;
    let done = tokio::task::spawn_blocking(move || {
        let result = work();
        // Held until the memory is free again, not until the caller goes away.
        drop(permit);
        result
    });
    done.await.map_err(anyhow::Error::from)?.map_err(Error::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account_passes() {
        let stored = hash("correct horse battery".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
        assert!(verify("correct horse battery".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("wrong".into(), Some(stored)).await.unwrap());
        assert!(!verify("nobody".into(), None).await.unwrap());
    }
}
