//! Passwords: argon2id with a pepper, hashed off the async threads behind a small gate with a
//! short queue; how guessable one is.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, LazyLock, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use domain::{
    Violation,
    identity::password::{Demands, check},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, oneshot};
use zxcvbn::{Score, zxcvbn};

use crate::error::{Error, Result};

/// 64 MiB, 3 passes, 1 lane, 32 bytes (security.md, numbers).
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// How many may wait for the hasher; more are sent away at once.
const QUEUE: usize = 32;

/// Each hash takes 64 MiB, and a queue of hashes is memory.
static GATE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(permits())));
/// A thread for each permit, which keeps its 64 MiB: where each hash took and gave them back, the allocator now and then
/// held a second and a third. None of the runtime's: those serve others afterwards, who should not give way. Whoever
/// sends has a permit, so none waits in the channel for long.
static HASHERS: LazyLock<mpsc::Sender<Work>> = LazyLock::new(|| {
    let (give, take) = mpsc::channel();
    let take = Arc::new(Mutex::new(take));
    for _ in 0..permits() {
        let take = take.clone();
        // Where none can begin, sending fails.
        let _ = std::thread::Builder::new().name("hasher".to_owned()).spawn(move || hash_on(&take));
    }
    give
});
static WAITING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(permits() + QUEUE));
/// Mixed into every hash; kept outside of the database.
static PEPPER: OnceLock<Vec<u8>> = OnceLock::new();
/// How long the latest check took, in microseconds.
static TAKES: AtomicU64 = AtomicU64::new(0);

/// What a hash is made in.
type Memory = Vec<Block>;
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// How many hashes are worked on at once: one core is left to those who do not sign in.
#[must_use]
pub fn permits() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).max(1))
}

/// Sets the pepper, once, before the first hash. Another one makes every password wrong.
pub fn set_pepper(pepper: &str) {
    // A second call would be a second server in one process: the first pepper stays.
    let _ = PEPPER.set(pepper.as_bytes().to_vec());
}

/// The hash of `password` by `params`, in a thread's `memory`.
fn output(
    password: &str,
    salt: &[u8],
    version: Version,
    params: Params,
    memory: &mut Memory,
) -> Result<Output, argon2::Error> {
    let (blocks, length) = (params.block_count(), params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN));
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let pepper = PEPPER.get().map_or(&[][..], Vec::as_slice);
    let hasher = Argon2::new_with_secret(pepper, Algorithm::Argon2id, version, params)?;
    let mut output = [0; Output::MAX_LENGTH];
    let output = output.get_mut(..length).ok_or(argon2::Error::OutputTooLong)?;
    hasher.hash_password_into_with_memory(password.as_bytes(), salt, output, &mut memory[..blocks])?;
    Output::new(output).map_err(|_| argon2::Error::OutputTooShort)
}

/// A hash to check against where there is no account, so that both answers take the same time.
static NOBODY: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

/// The PHC string of a new password.
///
/// # Errors
/// [`Error::Busy`] when too many wait already.
pub async fn hash(password: String) -> Result<String> {
    gated(move |memory| {
        let failed = |error| anyhow::anyhow!("argon2: {error}");
        let (salt, version) = (Salt::generate(), Version::V0x13);
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).map_err(failed)?;
        let stored = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(salt),
            hash: Some(output(&password, &salt, version, params, memory).map_err(failed)?),
        };
        Ok(stored.to_string())
    })
    .await
}

/// What a check of a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is another one.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, hashed with other parameters than today's: hash it anew.
    Outdated,
}

/// Whether `password` is the one behind `stored`; takes the same time when there is none.
///
/// # Errors
/// [`Error::Busy`] when too many wait already; [`Error::Internal`] for a stored text that is no
/// hash, or one that would take more memory or time than ours: somebody put it there.
pub async fn verify(password: String, stored: Option<String>) -> Result<Verdict> {
    let stored = stored.filter(|stored| !stored.is_empty());
    let known = stored.is_some();
    let stored = match stored {
        Some(stored) => stored,
        None => NOBODY.get_or_try_init(|| hash("nobody".to_owned())).await?.clone(),
    };
    let verdict = gated(move |memory| {
        let began = Instant::now();
        let parsed = PasswordHash::new(&stored).map_err(|error| anyhow::anyhow!("stored hash: {error}"))?;
        let params = Params::try_from(&parsed).map_err(|error| anyhow::anyhow!("stored hash: {error}"))?;
        let failed = |error: argon2::Error| anyhow::anyhow!("stored hash: {error}");
        let version = parsed.version.map_or(Ok(Version::V0x13), Version::try_from).map_err(failed)?;
        let (Some(salt), Some(hash)) = (parsed.salt, parsed.hash) else { anyhow::bail!("a stored hash lacks a part") };
        anyhow::ensure!(parsed.algorithm == Algorithm::Argon2id.ident(), "a stored hash is of another kind");
        let (kib, passes, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
        anyhow::ensure!(
            kib <= MEMORY_KIB && passes <= 2 * PASSES && lanes <= 4,
            "a stored hash asks for m={kib}, t={passes}, p={lanes}"
        );
        // Compared in constant time.
        let matches = output(&password, &salt, version, params, memory).map_err(failed)? == hash;
        TAKES.store(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        Ok(match (matches, (kib, passes, lanes) == (MEMORY_KIB, PASSES, LANES)) {
            (false, _) => Verdict::Wrong,
            (true, true) => Verdict::Right,
            (true, false) => Verdict::Outdated,
        })
    })
    .await?;
    Ok(if known { verdict } else { Verdict::Wrong })
}

/// Waits as long as a check would take, for an answer that was given without one. The first time it is one: a
/// server begins with it.
///
/// # Errors
/// As [`verify`], the first time.
pub async fn as_long_as_a_check() -> Result<()> {
    match TAKES.load(Ordering::Relaxed) {
        0 => verify(String::new(), None).await.map(drop),
        takes => {
            // It waits its turn and takes it, as a check does: otherwise, while others sign in, it would be the quick one.
            let (_waiting, _permit) = enter().await?;
            tokio::time::sleep(Duration::from_micros(takes)).await;
            Ok(())
        }
    }
}

/// Whether `password` may be taken by somebody whom `context` describes.
///
/// # Errors
/// [`Error::Invalid`] with all that is wrong with it.
pub fn acceptable(password: &str, demands: Demands, context: &[&str]) -> Result<()> {
    let mut found = check(password, demands, context);
    // The first hundred characters tell enough, and the estimate takes longer for long ones.
    let begin: String = password.chars().take(100).collect();
    if found.is_empty() && zxcvbn(&begin, context).score() < Score::Three {
        found.push(Violation::new("password", "password.guessable"));
    }
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

/// A turn at the gate.
async fn enter() -> Result<(SemaphorePermit<'static>, OwnedSemaphorePermit)> {
    let waiting = WAITING.try_acquire().map_err(|_| Error::Busy)?;
    Ok((waiting, GATE.clone().acquire_owned().await.map_err(anyhow::Error::from)?))
}

async fn gated<T: Send + 'static>(work: impl FnOnce(&mut Memory) -> anyhow::Result<T> + Send + 'static) -> Result<T> {
    let (_waiting, permit) = enter().await?;
    let (answer, done) = oneshot::channel();
    let hashing: Work = Box::new(move |memory| {
        let result = work(memory);
        // Held until the thread is free again, not until the caller goes away.
        drop(permit);
        // Nobody waits any more: then nobody misses it.
        let _ = answer.send(result);
    });
    HASHERS.send(hashing).map_err(|_| anyhow::anyhow!("no thread hashes"))?;
    done.await.map_err(anyhow::Error::from)?.map_err(Error::Internal)
}

fn hash_on(work: &Mutex<mpsc::Receiver<Work>>) {
    give_way();
    let mut memory = Memory::new();
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(next) = next else { return };
        // One that panics has no answer; the next one still finds its thread.
        let _ = catch_unwind(AssertUnwindSafe(|| next(&mut memory)));
    }
}

/// Puts this thread behind those that serve requests. Where it cannot be, it is one among them.
fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

#[cfg(test)]
mod tests {
    use argon2::PasswordHasher;
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account_passes() {
        let stored = hash("correct horse battery".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
        assert_eq!(verify("correct horse battery".into(), Some(stored.clone())).await.unwrap(), Verdict::Right);
        assert_eq!(verify("wrong".into(), Some(stored)).await.unwrap(), Verdict::Wrong);
        assert_eq!(verify("nobody".into(), None).await.unwrap(), Verdict::Wrong);
        assert_eq!(verify("".into(), Some(String::new())).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn an_older_hash_passes_once_more_and_a_monstrous_one_never() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, Some(32)).unwrap());
        let stored = weak.hash_password(b"correct horse battery").unwrap().to_string();
        assert_eq!(verify("correct horse battery".into(), Some(stored)).await.unwrap(), Verdict::Outdated);
        let monstrous = "$argon2id$v=19$m=4194304,t=3,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(verify("any".into(), Some(monstrous.to_owned())).await.is_err());
    }

    #[tokio::test]
    async fn an_answer_without_a_check_takes_as_long_as_one_also_when_it_is_the_first() {
        for _ in 0..2 {
            let began = Instant::now();
            as_long_as_a_check().await.unwrap();
            let (took, check) = (began.elapsed(), Duration::from_micros(TAKES.load(Ordering::Relaxed)));
            assert!(check > Duration::ZERO && took >= check, "{took:?} for a check of {check:?}");
        }
    }

    #[tokio::test]
    async fn an_answer_without_a_check_takes_a_turn_at_the_gate() {
        as_long_as_a_check().await.unwrap();
        let mut answer = std::pin::pin!(as_long_as_a_check());
        assert!(answer.as_mut().now_or_never().is_none());
        assert_eq!(GATE.available_permits(), permits() - 1);
    }

    #[test]
    fn what_lists_and_patterns_hold_is_refused() {
        let demands = Demands::of(false, true, false);
        for guessable in ["password1234", "qwertyuiop12", "111111111111", "zhongshan2026", "handlershiqi1"] {
            assert!(acceptable(guessable, demands, &["handler.shiqi", "Zhongshan"]).is_err(), "{guessable}");
        }
        for good in ["paper lantern on the river", "石岐河边有一座老灯塔"] {
            let demands = Demands { shortest: 10, ..demands };
            assert!(acceptable(good, demands, &["handler.shiqi"]).is_ok(), "{good}");
        }
    }
}
