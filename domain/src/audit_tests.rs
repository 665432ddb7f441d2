use std::hash::{DefaultHasher, Hasher};

use super::*;

/// Not a good hash, but one that needs no crate; the server's tests tamper with chains of SHA-256.
fn hash(bytes: &[u8]) -> Digest {
    let mut digest = [0; 32];
    for (salt, part) in (0_u64..).zip(digest.chunks_exact_mut(8)) {
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(salt);
        hasher.write(bytes);
        part.copy_from_slice(&hasher.finish().to_be_bytes());
    }
    digest
}

const OWNER: Owner = Owner::Center(CenterId(Uuid::from_u128(7)));

fn record(n: u128) -> Record {
    Record {
        seq: 0,
        id: Uuid::from_u128(n),
        actor: Some(Uuid::from_u128(99)),
        actor_kind: "account".to_owned(),
        roles: Some("center_admin".to_owned()),
        verb: "note_added".to_owned(),
        outcome: AuditOutcome::Done.key().to_owned(),
        object: Some(Uuid::from_u128(5).to_string()),
        detail: None,
        request: "r".to_owned(),
        source: None,
        at: "2026-02-13T01:00:00.000001Z".parse().unwrap(),
    }
}

fn chain(records: u128) -> (Vec<Link>, Option<Head>) {
    let mut head = Head::empty(OWNER, 0, hash);
    let mut links = Vec::new();
    for n in 0..records {
        let link = Link::new(record(n), OWNER, head, hash);
        head = link.head();
        links.push(link);
    }
    (links, Some(head))
}

fn check(links: &[Link], head: Option<Head>) -> Result<Head, Break> {
    let none = BTreeMap::new();
    verify(Verifier::new(OWNER, 0, &none, hash), links, head)
}

fn broken(seq: i64, fault: AuditFault) -> Result<Head, Break> {
    Err(Break { seq, fault })
}

#[test]
fn an_untouched_chain_is_good_and_one_of_nothing_too() {
    let (links, head) = chain(10);
    assert_eq!(check(&links, head), Ok(head.unwrap()));
    let empty = Head::empty(OWNER, 0, hash);
    assert_eq!(check(&[], None), Ok(empty));
    assert_eq!(check(&[], Some(empty)), Ok(empty));
}

#[test]
fn every_field_is_hashed_and_absent_is_not_empty() {
    let base = record(1);
    let form = |record: &Record| record.canonical(OWNER, &[0; 32]);
    let some = |text: &str| Some(text.to_owned());
    let changed = [
        Record { seq: 1, ..base.clone() },
        Record { id: Uuid::from_u128(2), ..base.clone() },
        Record { actor: None, ..base.clone() },
        Record { actor_kind: "job".to_owned(), ..base.clone() },
        Record { roles: some(""), ..base.clone() },
        Record { roles: None, ..base.clone() },
        Record { verb: "x".to_owned(), ..base.clone() },
        Record { outcome: "refused".to_owned(), ..base.clone() },
        Record { object: None, ..base.clone() },
        Record { detail: some(""), ..base.clone() },
        Record { request: String::new(), ..base.clone() },
        Record { source: some(""), ..base.clone() },
        Record { at: base.at + chrono::TimeDelta::microseconds(1), ..base.clone() },
    ];
    let mut forms: Vec<_> = changed.iter().map(form).collect();
    forms.push(form(&base));
    forms.push(base.canonical(OWNER, &[1; 32]));
    forms.push(base.canonical(Owner::City(CityId(Uuid::from_u128(7))), &[0; 32]));
    let count = forms.len();
    forms.sort();
    forms.dedup();
    assert_eq!(forms.len(), count);
}

#[test]
fn words_moved_from_one_field_to_the_next_change_the_form() {
    let with = |object: &str, detail: &str| {
        Record { object: Some(object.to_owned()), detail: Some(detail.to_owned()), ..record(1) }
            .canonical(OWNER, &[0; 32])
    };
    assert_ne!(with("ab", "c"), with("a", "bc"));
}

#[test]
fn the_form_is_the_one_that_was_released() {
    // Whoever changes the form breaks every chain there is: it takes a new tag.
    assert_eq!(hex(&hash_of_form()), "4c0f85a6e2526dae");
}

fn hash_of_form() -> [u8; 8] {
    // FNV-1a, which no release of the standard library changes.
    let form = record(1).canonical(OWNER, &[0; 32]);
    let fnv = form
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    fnv.to_be_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_kind_of_tampering_is_found_where_it_was_done() {
    let (links, head) = chain(10);
    let tampered = |change: fn(&mut Vec<Link>)| {
        let mut links = links.clone();
        change(&mut links);
        check(&links, head)
    };
    assert_eq!(tampered(|links| links[3].record.verb.push('x')), broken(4, AuditFault::Hash));
    assert_eq!(tampered(|links| drop(links.remove(3))), broken(4, AuditFault::Number));
    assert_eq!(tampered(|links| links.insert(3, links[2].clone())), broken(4, AuditFault::Number));
    assert_eq!(tampered(|links| links.swap(3, 4)), broken(4, AuditFault::Number));
    assert_eq!(tampered(|links| drop(links.pop())), broken(10, AuditFault::Tail));
    assert_eq!(tampered(Vec::clear), broken(1, AuditFault::Tail));
    // Numbers put right again do not help.
    assert_eq!(
        tampered(|links| {
            links.remove(3);
            (1..).zip(links).for_each(|(seq, link)| link.record.seq = seq);
        }),
        broken(4, AuditFault::Previous)
    );
    // Finer than the hash looks.
    assert_eq!(tampered(|links| links[3].record.at += chrono::TimeDelta::nanoseconds(1)), broken(4, AuditFault::Hash));
    assert_eq!(check(&links, None), broken(11, AuditFault::Tail));
}

#[test]
fn a_chain_of_another_owner_or_with_other_rows_before_it_is_another_chain() {
    let (links, head) = chain(3);
    let none = BTreeMap::new();
    let city = Owner::City(CityId(Uuid::from_u128(7)));
    for verifier in [Verifier::new(city, 0, &none, hash), Verifier::new(OWNER, 1, &none, hash)] {
        assert_eq!(verify(verifier, &links, head), broken(1, AuditFault::Previous));
    }
}

#[test]
fn a_chain_made_anew_is_found_by_what_was_kept_elsewhere() {
    let (links, head) = chain(10);
    let anchors = BTreeMap::from([(5, links[4].hash), (10, links[9].hash)]);
    let anchored = |links: &[Link], head| verify(Verifier::new(OWNER, 0, &anchors, hash), links, head);
    assert_eq!(anchored(&links, head), Ok(head.unwrap()));
    // All records written again, without the second: a chain without a fault of its own.
    let mut last = Head::empty(OWNER, 0, hash);
    let mut forged = Vec::new();
    for link in links.iter().filter(|link| link.record.seq != 2) {
        let link = Link::new(link.record.clone(), OWNER, last, hash);
        last = link.head();
        forged.push(link);
    }
    assert!(check(&forged, Some(last)).is_ok());
    assert_eq!(anchored(&forged, Some(last)), broken(5, AuditFault::Anchor));
    // Cut off after an anchor, head and all.
    assert_eq!(anchored(&links[..7], Some(links[6].head())), broken(8, AuditFault::Anchor));
}

#[test]
fn a_source_is_a_network_and_no_address() {
    for (address, expected) in [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
    ] {
        assert_eq!(network(address.parse().unwrap()), expected);
    }
}
