//! A small export, whole, and changed in every way.

use domain::{
    CenterId, FormVersionId, RatingPointId,
    audit::{Head, Link, Record},
    evaluation::{
        levels::{FiveLevel, FourLevel},
        ratings::{Marks, Place, PointChannel, RatingOrigin, opinion_bytes},
        tally::{Counts, Kept},
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::tenancy::centers::export::{FORMAT, VERSION};

const CENTER: CenterId = CenterId(Uuid::from_u128(1));
const FORM: FormVersionId = FormVersionId(Uuid::from_u128(3));
const FRIDAY: &str = "2026-02-13";
const SATURDAY: &str = "2026-02-14";
const SUNDAY: &str = "2026-02-15";
const MONDAY: &str = "2026-02-16";
const TABLES: [&str; 7] =
    ["rating", "survey_response", "rating_tally", "rating_root", "audit_event", "audit_head", "post"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn kept() -> Kept {
    Kept { origin: RatingOrigin::Active, channel: PointChannel::Qr, form: FORM }
}

/// What stands for the `n`-th of everything that was given.
fn commitment(n: u8) -> Digest {
    sha256(&[n])
}

/// On which day each rating was given, and its level.
fn ratings() -> [(&'static str, FiveLevel); 6] {
    use FiveLevel::{Dissatisfied, Satisfied, VerySatisfied};
    [
        (FRIDAY, VerySatisfied),
        (FRIDAY, Satisfied),
        (FRIDAY, Satisfied),
        (SUNDAY, Dissatisfied),
        (SUNDAY, VerySatisfied),
        (MONDAY, Satisfied),
    ]
}

fn answers() -> Vec<(String, FourLevel)> {
    vec![("attitude".to_owned(), FourLevel::Satisfied), ("overall".to_owned(), FourLevel::FairlySatisfied)]
}

/// How many were given on a day that was closed, and the root.
fn sealed(of: &str) -> (usize, String) {
    let (mut committed, mut counts) = (Vec::new(), Counts::default());
    for (n, (on, level)) in (0..).zip(ratings()).filter(|(_, (on, _))| *on == of) {
        assert_eq!(on, of);
        committed.push(commitment(n));
        counts.rating(kept(), level);
    }
    if of == FRIDAY {
        committed.push(commitment(100));
        counts.survey(kept(), &answers());
    }
    (committed.len(), hex(&tally::root(sha256, &committed, &counts)))
}

/// The audit: somebody signed in, then three days were closed.
fn audit() -> (Vec<Link>, Head) {
    let owner = Owner::Center(CENTER);
    let mut head = Head::empty(owner, 0, sha256);
    let closed = [FRIDAY, SATURDAY, SUNDAY].map(|of| {
        let (count, root) = sealed(of);
        (Verb::RatingDayClosed, Some(tally_line(day(of), count, &root)))
    });
    let mut links = Vec::new();
    for (n, (verb, detail)) in (0..).zip([(Verb::SignedIn, None)].into_iter().chain(closed)) {
        let record = Record {
            seq: 0,
            id: Uuid::from_u128(500 + n),
            actor: None,
            actor_kind: "job".to_owned(),
            roles: None,
            verb: verb.as_str().to_owned(),
            outcome: "done".to_owned(),
            object: None,
            detail,
            request: "job:ratings".to_owned(),
            source: None,
            at: "2026-02-16T01:00:00.000001Z".parse().unwrap(),
        };
        let link = Link::new(record, owner, head, sha256);
        head = link.head();
        links.push(link);
    }
    (links, head)
}

fn row(table: &str, row: Value) -> Value {
    json!({ "table": table, "row": row })
}

/// All lines but the last one.
fn lines() -> Vec<Value> {
    let begin = json!({ "format": FORMAT, "version": VERSION, "center": CENTER, "code": "shiqi", "tables": TABLES });
    let mut lines = vec![begin, row("post", json!({ "center_id": CENTER, "name": "窗口" }))];
    let Kept { origin, channel, form } = kept();
    let common = json!({ "center_id": CENTER, "channel": channel, "form_version": form, "origin": origin });
    let with = |more: Value| {
        let mut all = common.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    for (on, level) in ratings() {
        lines.push(row("rating", with(json!({ "day": on, "level": level }))));
        lines.push(row("rating_tally", with(json!({ "day": on, "level": level, "ratings": 1 }))));
    }
    let text = serde_json::to_string(&answers()).unwrap();
    lines.push(row("survey_response", with(json!({ "day": FRIDAY, "answers": text }))));
    for of in [FRIDAY, SATURDAY, SUNDAY] {
        let (count, root) = sealed(of);
        lines.push(row("rating_root", json!({ "center_id": CENTER, "day": of, "ratings": count, "root": root })));
    }
    let (links, head) = audit();
    for Link { record, previous, hash } in links {
        lines.push(row(
            "audit_event",
            json!({ "center_id": CENTER, "id": record.id, "seq": record.seq, "prev_hash": hex(&previous),
                "hash": hex(&hash), "actor_id": record.actor, "actor_kind": record.actor_kind, "roles": record.roles,
                "verb": record.verb, "outcome": record.outcome, "object_id": record.object, "detail": record.detail,
                "request_id": record.request, "source": record.source, "created_at": record.at }),
        ));
    }
    lines.push(row("audit_head", json!({ "center_id": CENTER, "seq": head.seq, "hash": hex(&head.hash) })));
    for (n, (on, _)) in (0..).zip(ratings()) {
        lines.push(json!({ "day": on, "commitment": hex(&commitment(n)) }));
    }
    lines.push(json!({ "day": FRIDAY, "commitment": hex(&commitment(100)) }));
    lines
}

/// The file, with a last line that tells of just these.
fn file(lines: &[Value]) -> Vec<u8> {
    let mut bytes: Vec<u8> = lines.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect();
    let mut rows: BTreeMap<&str, usize> = TABLES.map(|table| (table, 0)).into();
    for table in lines.iter().filter_map(|line| line["table"].as_str()) {
        *rows.entry(table).or_default() += 1;
    }
    let commitments = lines.iter().filter(|line| line["commitment"].is_string()).count();
    let end = json!({ "end": true, "rows": rows, "commitments": commitments, "files": 0, "missing": 0,
        "sha256": hex(&sha256(&bytes)) });
    bytes.extend(format!("{end}\n").into_bytes());
    bytes
}

fn faults(bytes: &[u8]) -> Vec<Fault> {
    verify(bytes).unwrap().faults
}

#[test]
fn a_whole_export_is_as_it_was_sealed() {
    let report = verify(file(&lines()).as_slice()).unwrap();
    assert_eq!(report.faults, []);
    assert_eq!((report.days, report.given, report.since, report.records), (3, 6, 1, 4));
    assert!(report.to_string().contains("all as it was sealed"), "{report}");
}

#[test]
fn each_flipped_bit_and_each_dropped_row_is_found() {
    let whole = file(&lines());
    let mut unfound = Vec::new();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        if faults(&changed).is_empty() {
            unfound.push(at);
        }
    }
    assert_eq!(unfound, [0; 0], "of {} bytes", whole.len());
    let all: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    for at in 0..all.len() {
        let mut fewer = all.clone();
        fewer.remove(at);
        assert_ne!(faults(&fewer.concat()), [], "line {at}");
    }
    for end in (0..whole.len()).step_by(7) {
        assert_ne!(faults(&whole[..end]), [], "cut off at {end}");
    }
    println!("{} bytes flipped, {} lines dropped, all of it found", whole.len(), all.len());
}

#[test]
fn whoever_writes_the_last_line_anew_is_found_all_the_same() {
    let whole = lines();
    assert_eq!(faults(&file(&whole)), []);
    let what = |line: &Value| line["table"].as_str().unwrap_or("commitment").to_owned();
    for at in (1..whole.len()).filter(|at| what(&whole[*at]) != "post") {
        let (mut fewer, mut more) = (whole.clone(), whole.clone());
        fewer.remove(at);
        more.push(whole[at].clone());
        assert_ne!(faults(&file(&fewer)), [], "dropped {}", whole[at]);
        assert_ne!(faults(&file(&more)), [], "doubled {}", whole[at]);
    }
    for (table, column, other) in [
        ("rating", "level", json!("VERY_DISSATISFIED")),
        ("rating", "day", json!(SUNDAY)),
        ("rating", "origin", json!("IMPORTED")),
        ("rating", "channel", json!("KIOSK")),
        ("rating_tally", "ratings", json!(2)),
        ("rating_root", "ratings", json!(9)),
        ("rating_root", "root", json!("0".repeat(64))),
        ("survey_response", "answers", json!("[[\"attitude\",\"SATISFIED\"],[\"overall\",\"SATISFIED\"]]")),
        ("audit_event", "detail", json!("2026-02-13 4 0")),
        ("audit_event", "verb", json!("signed_out")),
        ("audit_head", "seq", json!(3)),
        ("commitment", "day", json!(SUNDAY)),
        ("commitment", "commitment", json!("1".repeat(64))),
    ] {
        let mut changed = whole.clone();
        let line = changed.iter_mut().find(|line| what(line) == table && !line["format"].is_string()).unwrap();
        let place = if table == "commitment" { &mut line[column] } else { &mut line["row"][column] };
        *place = other;
        assert_ne!(faults(&file(&changed)), [], "{table}.{column}");
    }
    // Also whoever makes the roots anew: the audit knows the others.
    let mut changed = whole.clone();
    let root = |line: &&mut Value| line["table"] == "rating_root" && line["row"]["day"] == FRIDAY;
    let line = changed.iter_mut().find(root).unwrap();
    line["row"]["root"] = json!(hex(&tally::root(sha256, &[commitment(0)], &Counts::default())));
    assert!(faults(&file(&changed)).contains(&Fault::Audit(day(FRIDAY))));
}

#[test]
fn what_is_no_export_is_said_to_be_none() {
    assert_eq!(faults(b""), [Fault::CutOff]);
    assert_eq!(faults(b"{}\n"), [Fault::NoExport]);
    assert_eq!(faults(b"hello\n"), [Fault::NoExport]);
    let mut other = lines();
    other[0]["version"] = json!(2);
    assert_eq!(faults(&file(&other)), [Fault::NoExport]);
    other = lines();
    other[1]["row"]["center_id"] = json!(Uuid::from_u128(9));
    assert_eq!(faults(&file(&other)), [Fault::Foreign(2)]);
}

#[test]
fn a_receipt_is_found_and_tells_of_what_it_stands_for_only_with_its_opening() {
    let place =
        Place { center: CENTER, point: Some(RatingPointId(Uuid::from_u128(2))), channel: PointChannel::Qr, form: FORM };
    let marks = Marks { indicators: Vec::new(), reasons: vec!["waiting".to_owned()] };
    let given = opinion_bytes(place, FiveLevel::Dissatisfied, &marks);
    let opening = [7; 32];
    let own = sha256(&[&opening[..], &given].concat());
    let mut all = lines();
    all.push(json!({ "day": MONDAY, "commitment": hex(&own) }));
    let report = verify(file(&all).as_slice()).unwrap();
    let closed = Receipt { commitment: own, opened: None };
    assert_eq!((report.find(&closed), closed.is_true()), (Found::Of(day(MONDAY)), None));
    let open = |opening, given: &[u8]| Receipt { commitment: own, opened: Some((opening, given.to_vec())) };
    assert_eq!(open(opening, &given).is_true(), Some(true));
    assert!(open(opening, &given).parts().contains(&"dissatisfied".to_owned()));
    assert_eq!(open([8; 32], &given).is_true(), Some(false));
    assert_eq!(open(opening, &opinion_bytes(place, FiveLevel::Satisfied, &marks)).is_true(), Some(false));
    assert_eq!(report.find(&Receipt { commitment: [0; 32], opened: None }), Found::Nowhere);
    // Beside what stands for a rating the file says nothing but the day.
    let text = String::from_utf8(file(&all)).unwrap();
    let line = text.lines().find(|line| line.contains(&hex(&own))).unwrap();
    assert!(!line.to_ascii_lowercase().contains("satisfied"), "{line}");
}
