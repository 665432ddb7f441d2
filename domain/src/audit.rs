//! The audit chain: each record is sealed together with the hash of the one before it, so that none can be changed,
//! removed, added or moved without breaking the chain there. One chain for each center, one for each city.
//!
//! ```text
//! genesis = H(tag, owner, earlier)      earlier: rows older than the chain, counted when it began
//! hash[n] = H(tag, hash[n-1], owner, n, every field of record n)
//! head    = (n, hash[n]) of the last record; anchors are heads kept elsewhere
//! ```
//! The hash function is the caller's: the rule is the order and the form of what is hashed.

use std::{collections::BTreeMap, net::IpAddr};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{CenterId, CityId, macros::text_enum};

/// Names the form and the hash. Another form or hash gets another tag, and with it another chain.
const TAG: &str = "gangping.audit.v1.sha256";

/// A hash of the chain.
pub type Digest = [u8; 32];

/// A function that hashes.
pub type Hash = fn(&[u8]) -> Digest;

text_enum! {
    /// Whether something was done.
    pub enum AuditOutcome {
        /// It was.
        Done = "done",
        /// The person may not do it.
        Refused = "refused",
    }

    /// What is wrong at a place of a chain.
    pub enum AuditFault {
        /// The numbers do not run on: a record was removed, added or moved.
        Number = "number",
        /// The record does not follow the one before it.
        Previous = "previous",
        /// The record is not what was hashed.
        Hash = "hash",
        /// The chain does not end where its head says.
        Tail = "tail",
        /// The chain is not the one whose head was kept elsewhere.
        Anchor = "anchor",
    }
}

/// Whose chain it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A center's.
    Center(CenterId),
    /// A city office's.
    City(CityId),
}

impl Owner {
    /// `center` or `city`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Center(_) => "center",
            Self::City(_) => "city",
        }
    }

    /// The id of the center or the city.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Center(id) => id.0,
            Self::City(id) => id.0,
        }
    }
}

/// What was done, by whom, to what. Texts are as stored: a value that nobody knows is a finding, not a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number in the chain, from 1.
    pub seq: i64,
    /// Its id.
    pub id: Uuid,
    /// The account, if somebody was signed in.
    pub actor: Option<Uuid>,
    /// Account, visitor or job.
    pub actor_kind: String,
    /// Roles held at the time.
    pub roles: Option<String>,
    /// What was done.
    pub verb: String,
    /// [`AuditOutcome`].
    pub outcome: String,
    /// To which row.
    pub object: Option<String>,
    /// Particulars.
    pub detail: Option<String>,
    /// The request or job.
    pub request: String,
    /// From which network.
    pub source: Option<String>,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
}

impl Record {
    /// What is hashed. Every part says how long it is, and absent is not the same as empty: no two records have one form.
    #[must_use]
    pub fn canonical(&self, owner: Owner, previous: &Digest) -> Vec<u8> {
        let mut form = Form::new();
        form.part(Some(previous));
        form.owner(owner);
        form.number(self.seq);
        form.part(Some(self.id.as_bytes()));
        form.part(self.actor.as_ref().map(|id| id.as_bytes().as_slice()));
        form.text(Some(&self.actor_kind));
        form.text(self.roles.as_deref());
        form.text(Some(&self.verb));
        form.text(Some(&self.outcome));
        form.text(self.object.as_deref());
        form.text(self.detail.as_deref());
        form.text(Some(&self.request));
        form.text(self.source.as_deref());
        form.number(self.at.timestamp_micros());
        form.0
    }
}

/// What the hash before the first record is made of: the owner, and how many rows are older than the chain.
#[must_use]
pub fn genesis(owner: Owner, earlier: i64) -> Vec<u8> {
    let mut form = Form::new();
    form.owner(owner);
    form.number(earlier);
    form.0
}

/// A record as it is linked into its chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The record.
    pub record: Record,
    /// The hash of the record before.
    pub previous: Digest,
    /// Its own.
    pub hash: Digest,
}

impl Link {
    /// Links `record` to the end of a chain.
    #[must_use]
    pub fn new(mut record: Record, owner: Owner, head: Head, hash: Hash) -> Self {
        record.seq = head.seq.saturating_add(1);
        let hash = hash(&record.canonical(owner, &head.hash));
        Self { record, previous: head.hash, hash }
    }

    /// The head of the chain that ends here.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { seq: self.record.seq, hash: self.hash }
    }
}

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of its last record; 0 before the first.
    pub seq: i64,
    /// That record's hash.
    pub hash: Digest,
}

impl Head {
    /// The head of a chain without records.
    #[must_use]
    pub fn empty(owner: Owner, earlier: i64, hash: Hash) -> Self {
        Self { seq: 0, hash: hash(&genesis(owner, earlier)) }
    }
}

/// The first place where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The number of the record that is wrong or missing.
    pub seq: i64,
    /// What is wrong with it.
    pub fault: AuditFault,
}

/// Follows a chain from its first record to its last; holds no more than one of them.
#[derive(Debug)]
pub struct Verifier<'a> {
    owner: Owner,
    hash: Hash,
    last: Head,
    anchors: &'a BTreeMap<i64, Digest>,
}

impl<'a> Verifier<'a> {
    /// Before the first record. `anchors` are heads of this chain that were kept elsewhere, by number.
    #[must_use]
    pub fn new(owner: Owner, earlier: i64, anchors: &'a BTreeMap<i64, Digest>, hash: Hash) -> Self {
        Self { owner, hash, last: Head::empty(owner, earlier, hash), anchors }
    }

    /// The last record that is good.
    #[must_use]
    pub const fn last(&self) -> Head {
        self.last
    }

    /// The next record.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn follow(&mut self, link: &Link) -> Result<(), Break> {
        let seq = self.last.seq.saturating_add(1);
        let broken = |fault| Err(Break { seq, fault });
        if link.record.seq != seq {
            return broken(AuditFault::Number);
        }
        if link.previous != self.last.hash {
            return broken(AuditFault::Previous);
        }
        // A time that is finer than what is hashed was not written by us.
        let finer = !link.record.at.timestamp_subsec_nanos().is_multiple_of(1000);
        if finer || (self.hash)(&link.record.canonical(self.owner, &link.previous)) != link.hash {
            return broken(AuditFault::Hash);
        }
        if self.anchors.get(&seq).is_some_and(|kept| *kept != link.hash) {
            return broken(AuditFault::Anchor);
        }
        self.last = link.head();
        Ok(())
    }

    /// After the last record. `head` is what the owner keeps of its chain, if it has begun.
    ///
    /// # Errors
    /// When the chain ends before its head or before an anchor.
    pub fn finish(self, head: Option<Head>) -> Result<Head, Break> {
        let seq = self.last.seq.saturating_add(1);
        let ends_here = head.map_or(self.last.seq == 0, |head| head == self.last);
        if !ends_here {
            return Err(Break { seq, fault: AuditFault::Tail });
        }
        match self.anchors.last_key_value() {
            Some((kept, _)) if *kept > self.last.seq => Err(Break { seq, fault: AuditFault::Anchor }),
            _ => Ok(self.last),
        }
    }
}

/// Follows a whole chain.
///
/// # Errors
/// The first place where it is broken.
pub fn verify<'a>(
    mut verifier: Verifier<'_>,
    links: impl IntoIterator<Item = &'a Link>,
    head: Option<Head>,
) -> Result<Head, Break> {
    for link in links {
        verifier.follow(link)?;
    }
    verifier.finish(head)
}

/// The network of a client's address: enough to tell one line from another, not enough to name a person.
#[must_use]
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// Bytes under construction: each part is marked as present, followed by its length and itself, or marked as absent.
struct Form(Vec<u8>);

impl Form {
    fn new() -> Self {
        let mut form = Self(Vec::with_capacity(320));
        form.text(Some(TAG));
        form
    }

    fn part(&mut self, part: Option<&[u8]>) {
        let Some(part) = part else { return self.0.push(0) };
        self.0.push(1);
        self.0.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.extend(part);
    }

    fn text(&mut self, text: Option<&str>) {
        self.part(text.map(str::as_bytes));
    }

    fn number(&mut self, number: i64) {
        self.part(Some(&number.to_be_bytes()));
    }

    fn owner(&mut self, owner: Owner) {
        self.text(Some(owner.kind()));
        self.part(Some(owner.id().as_bytes()));
    }
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
