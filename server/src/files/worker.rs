//! The one thread that looks into files, and reads and writes workbooks.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, mpsc},
    time::Duration,
};

use tokio::{
    sync::{Semaphore, oneshot},
    time::timeout,
};

use crate::error::{Error, Result};

type Work = Box<dyn FnOnce() + Send>;

/// Always the same thread: in threads of the runtime's pool the same uploads took 21 to 33 MiB instead of 13 to 24
/// (`make uploads`).
static THREAD: LazyLock<mpsc::Sender<Work>> = LazyLock::new(|| {
    let (give, take) = mpsc::channel::<Work>();
    // Where none can begin, sending fails.
    let _ = std::thread::Builder::new().name("files".to_owned()).spawn(move || {
        for work in take {
            // One that panics has no answer; the next one still finds its thread.
            let _ = catch_unwind(AssertUnwindSafe(work));
        }
    });
    give
});

/// A place for one work at a time: it takes all of a core as well.
#[derive(Clone, Debug)]
pub struct Worker(Arc<Semaphore>);

impl Default for Worker {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Worker {
    /// Does `work` once it is its turn; none when it panicked: decoders and readers are not ours.
    ///
    /// # Errors
    /// [`Error::Busy`] when its turn does not come within `patience`.
    pub async fn alone<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let turn = timeout(patience, self.0.clone().acquire_owned()).await.map_err(|_| Error::Busy)?;
        let turn = turn.map_err(|_| Error::Busy)?;
        let (answer, done) = oneshot::channel();
        let work: Work = Box::new(move || {
            // Held until the work has ended, whoever still waits for it.
            let _turn = turn;
            // Nobody waits any more: then nobody misses it.
            let _ = answer.send(work());
        });
        THREAD.send(work).map_err(|_| anyhow::anyhow!("no thread looks into files"))?;
        Ok(done.await.ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    #[tokio::test]
    async fn every_work_has_the_same_thread_also_after_one_that_panicked() {
        let worker = Worker::default();
        let thread = || std::thread::current().id();
        let first = worker.alone(SOON, thread).await.unwrap();
        assert_eq!(worker.alone(SOON, || -> u8 { panic!("a decoder that is not ours") }).await.unwrap(), None);
        assert!(first.is_some() && first != Some(thread()));
        assert_eq!(worker.alone(SOON, thread).await.unwrap(), first);
    }

    #[tokio::test]
    async fn whoever_finds_no_turn_in_time_is_told_so() {
        let worker = Worker::default();
        let (end, ended) = mpsc::channel::<()>();
        let long = tokio::spawn({
            let worker = worker.clone();
            async move { worker.alone(SOON, move || ended.recv().is_err()).await.unwrap() }
        });
        while worker.0.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(worker.alone(Duration::from_millis(1), || ()).await, Err(Error::Busy)));
        drop(end);
        assert_eq!(long.await.unwrap(), Some(true));
    }
}
