//! A chain as somebody may have exported it, tampered with 5,000 times (L-4).

use std::collections::BTreeMap;

use domain::{
    CenterId,
    audit::{AuditOutcome, Head, Link, Owner, Record, Verifier, verify},
};
use server::{crypto::sha256, db::Verb};

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[test]
fn a_thousand_tampers_of_each_kind_are_all_found() {
    let owner = Owner::Center(CenterId(uuid::Uuid::from_u128(1)));
    let mut head = Head::empty(owner, 0, sha256);
    let exported: Vec<_> = (0..100_u128)
        .map(|n| {
            let record = Record {
                seq: 0,
                id: uuid::Uuid::from_u128(n),
                actor: (n % 3 > 0).then(|| uuid::Uuid::from_u128(n % 7)),
                actor_kind: "account".to_owned(),
                roles: (n % 4 > 0).then(|| "complaint_handler".to_owned()),
                verb: Verb::ALL[usize::try_from(n).unwrap() % Verb::ALL.len()].as_str().to_owned(),
                outcome: AuditOutcome::Done.key().to_owned(),
                object: (n % 5 > 0).then(|| n.to_string()),
                detail: (n % 2 > 0).then(|| format!("because of {n}")),
                request: format!("request {n}"),
                source: None,
                at: chrono::DateTime::from_timestamp_micros(i64::try_from(n).unwrap() * 1_000_003).unwrap(),
            };
            let link = Link::new(record, owner, head, sha256);
            head = link.head();
            link
        })
        .collect();
    let none = BTreeMap::new();
    let check = |links: &[Link], head| verify(Verifier::new(owner, 0, &none, sha256), links, Some(head));
    assert_eq!(check(&exported, head), Ok(head));
    let mut dice = Dice(7);
    for kind in [Tamper::Edit, Tamper::Delete, Tamper::Insert, Tamper::Swap, Tamper::Cut] {
        let mut found = 0;
        for _ in 0..1000 {
            // Short chains too; the head is that of the chain as it was.
            let length = 2 + dice.roll(exported.len() - 1);
            let mut links = exported[..length].to_vec();
            let (head, at) = (links[length - 1].head(), dice.roll(length));
            tamper(kind, &mut links, at, &mut dice);
            found += u32::from(check(&links, head).is_err());
        }
        println!("{kind:?}: {found} of 1000 found");
        assert_eq!(found, 1000, "{kind:?}");
    }
}

#[derive(Clone, Copy, Debug)]
enum Tamper {
    Edit,
    Delete,
    Insert,
    Swap,
    Cut,
}

fn tamper(kind: Tamper, links: &mut Vec<Link>, at: usize, dice: &mut Dice) {
    match kind {
        Tamper::Edit => return edit(&mut links[at], dice),
        Tamper::Cut => return links.truncate(at),
        Tamper::Delete => drop(links.remove(at)),
        Tamper::Insert => {
            let mut copy = links[dice.roll(links.len())].clone();
            copy.record.id = uuid::Uuid::from_u128(u128::MAX);
            links.insert(at, copy);
        }
        Tamper::Swap => {
            let other = (at + 1 + dice.roll(links.len() - 1)) % links.len();
            links.swap(at, other);
        }
    }
    // Every other time the numbers are put right again.
    if dice.roll(2) == 0 {
        (1..).zip(links).for_each(|(seq, link)| link.record.seq = seq);
    }
}

fn edit(link: &mut Link, dice: &mut Dice) {
    let flip = |bytes: &mut [u8; 32], at: usize| bytes[at % 32] ^= 1 << (at % 8);
    match dice.roll(14) {
        0 => link.record.seq += 1,
        1 => link.record.id = uuid::Uuid::from_u128(u128::MAX),
        2 => link.record.actor = Some(uuid::Uuid::from_u128(u128::MAX)),
        3 => link.record.actor_kind.clear(),
        4 => link.record.roles = Some(String::new()),
        5 => link.record.verb.push('d'),
        6 => link.record.outcome = "refused".to_owned(),
        7 => link.record.object = Some("x".to_owned()),
        8 => link.record.detail = Some(String::new()),
        9 => link.record.request.insert(0, ' '),
        10 => link.record.source = Some("::/48".to_owned()),
        11 => link.record.at += chrono::TimeDelta::microseconds(1),
        12 => flip(&mut link.previous, dice.roll(32)),
        _ => flip(&mut link.hash, dice.roll(32)),
    }
}
