//! How much runs at once (B-2). Visitors and staff wait in lanes of their own, so that a flood of
//! the one leaves the other served; signing in, which waits for the password hash and holds no
//! connection meanwhile, is a third.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::refusal::Refusal;

/// How many may wait for each that runs.
const WAITING: usize = 16;
/// How long one waits.
const PATIENCE: Duration = Duration::from_secs(2);
/// After which time another try is worth it.
const RETRY: Duration = Duration::from_secs(5);
/// Sign-ins at once. They wait for the hasher's own gate.
const SIGN_INS: usize = 64;

/// One lane.
#[derive(Debug)]
pub struct Lane {
    permits: usize,
    patience: Duration,
    running: Arc<Semaphore>,
    /// Of those that run or wait.
    room: Arc<Semaphore>,
}

/// A place in a lane, until it is dropped.
#[derive(Debug)]
pub struct Permit {
    _running: OwnedSemaphorePermit,
    _room: OwnedSemaphorePermit,
}

impl Lane {
    fn new(permits: usize, waiting: usize, patience: Duration) -> Self {
        let semaphore = |size| Arc::new(Semaphore::new(size));
        Self { permits, patience, running: semaphore(permits), room: semaphore(permits + waiting) }
    }

    /// Waits for a place.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait already, or for too long.
    pub async fn enter(&self) -> Result<Permit, Refusal> {
        let busy = Refusal::Busy(RETRY);
        let room = self.room.clone().try_acquire_owned().map_err(|_| busy)?;
        let running = timeout(self.patience, self.running.clone().acquire_owned()).await.map_err(|_| busy)?;
        Ok(Permit { _running: running.map_err(|_| busy)?, _room: room })
    }

    /// How many run.
    #[must_use]
    pub fn running(&self) -> usize {
        self.permits.saturating_sub(self.running.available_permits())
    }
}

/// The three of them.
#[derive(Debug)]
pub struct Lanes {
    /// Requests without a session.
    pub visitors: Lane,
    /// Requests with one.
    pub members: Lane,
    /// Sign-ins.
    pub sign_ins: Lane,
}

impl Lanes {
    /// Lanes for a pool of this size: visitors never hold more than half of it.
    #[must_use]
    pub fn new(connections: u32) -> Self {
        let all = usize::try_from(connections).unwrap_or(1).max(2);
        let lane = |permits: usize| Lane::new(permits, permits * WAITING, PATIENCE);
        Self { visitors: lane(all / 2), members: lane(all), sign_ins: Lane::new(SIGN_INS, 0, PATIENCE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_lane_waits_and_then_refuses_and_the_others_go_on() {
        let lanes = Arc::new(Lanes::new(4));
        let held = [lanes.visitors.enter().await.unwrap(), lanes.visitors.enter().await.unwrap()];
        assert_eq!((lanes.visitors.running(), lanes.members.running()), (2, 0));
        let wait = || {
            let lanes = lanes.clone();
            tokio::spawn(async move { lanes.visitors.enter().await.map(|_| ()) })
        };
        let waiting: Vec<_> = (0..2 * WAITING).map(|_| wait()).collect();
        tokio::task::yield_now().await;
        assert_eq!(wait().await.unwrap(), Err(Refusal::Busy(RETRY)), "no room to wait");
        assert!(lanes.members.enter().await.is_ok() && lanes.sign_ins.enter().await.is_ok());
        drop(held);
        for one in waiting {
            assert_eq!(one.await.unwrap(), Ok(()));
        }
        assert_eq!(lanes.visitors.running(), 0);
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let lane = Lane::new(1, 1, Duration::ZERO);
        let _held = lane.enter().await.unwrap();
        assert_eq!(lane.enter().await.map(|_| ()), Err(Refusal::Busy(RETRY)));
        assert_eq!(lane.room.available_permits(), 1, "whoever gave up has left");
    }
}
