//! Following a chain from its first record to its last, and against the heads that were kept elsewhere.

use std::collections::BTreeMap;

use domain::audit::{AuditFault, Break, Digest, Head, Verifier};

use crate::{crypto::sha256, db::ReadTx, error::Result};

/// Records in memory at once.
const PAGE: u64 = 1000;

/// What became of following a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The last record that is good.
    pub head: Head,
    /// The first that is not.
    pub broken: Option<Break>,
    /// Rows older than the chain: counted by it, not covered.
    pub earlier: i64,
}

/// Follows the chain of the snapshot's place, all of it in this one snapshot.
pub async fn verify(tx: &ReadTx, anchors: &BTreeMap<i64, Digest>) -> Result<Verdict> {
    let earlier = tx.audit_earlier().await?;
    let mut verifier = Verifier::new(tx.scope().owner(), earlier, anchors, sha256);
    let verdict = |verifier: &Verifier<'_>, broken| Verdict { head: verifier.last(), broken, earlier };
    // From below the first number on: a record that was slipped in before it is one too many.
    let mut after = i64::MIN;
    loop {
        let links = tx.audit_links(after, PAGE).await?;
        let Some(last) = links.last() else { break };
        after = last.record.seq;
        for link in &links {
            if let Err(found) = verifier.follow(link) {
                return Ok(verdict(&verifier, Some(found)));
            }
        }
    }
    let so_far = verdict(&verifier, None);
    let broken = verifier.finish(tx.audit_head().await?).err();
    Ok(Verdict { broken, ..so_far })
}

impl std::fmt::Display for Verdict {
    /// For the command line and for the audit itself: `1204` or `17 hash`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.broken {
            None => write!(f, "{}", self.head.seq),
            Some(Break { seq, fault }) => write!(f, "{seq} {}", fault.key()),
        }
    }
}

impl Verdict {
    /// What was written down about an earlier look: how far it was good, or where it broke.
    #[must_use]
    pub fn read(text: &str) -> Option<(i64, Option<AuditFault>)> {
        match text.split_once(' ') {
            None => Some((text.parse().ok()?, None)),
            Some((seq, fault)) => Some((seq.parse().ok()?, Some(AuditFault::from_key(fault)?))),
        }
    }
}
