//! What a center takes along says of its ratings what was sealed, and shows when it does not.

use serde_json::json;
use server::{
    both_dbs,
    cli::verify_tally,
    clock::IdSource,
    crypto::unhex,
    ratings::tally::{self, Fault, Found, Receipt},
    testing::TestDb,
};

use super::Hall;
use crate::browser::{Browser, PASSWORD, with_passwords};

/// The file, as the administrator fetches it.
async fn taken(hall: &Hall) -> String {
    with_passwords(&hall.world, &["admin.shiqi"]).await;
    let mut admin = Browser::new(&hall.world);
    admin.sign_in("admin.shiqi").await;
    let allow = "mutation($i: AllowExportInput!) { allowExport(input: $i) }";
    admin.ok(allow, json!({ "i": { "current": PASSWORD } })).await;
    admin.fetch("/export").await.2
}

fn receipt(given: &serde_json::Value) -> Receipt {
    let text = |name: &str| given[name].as_str().unwrap().to_owned();
    let bytes = text("given");
    let bytes = (0..bytes.len()).step_by(2).map(|at| u8::from_str_radix(&bytes[at..at + 2], 16).unwrap());
    let opened = Some((unhex(&text("opening")).unwrap(), bytes.collect()));
    Receipt { commitment: unhex(&text("commitment")).unwrap(), opened }
}

fn faults(file: &str) -> Vec<Fault> {
    tally::verify(file.as_bytes()).unwrap().faults
}

both_dbs!(an_export_says_what_was_sealed_and_shows_when_it_does_not, |test: TestDb| async move {
    let hall = Hall::new(test).await;
    let own = hall.rates("DISSATISFIED", json!({ "reasons": ["waiting"], "remark": "等了很久。" })).await;
    for level in ["VERY_SATISFIED", "SATISFIED", "SATISFIED"] {
        hall.rates(level, json!({})).await;
    }
    let survey = hall.survey(json!({ "department": "tax" })).await["data"]["answerSurvey"].clone();
    hall.at("2026-02-15T00:11");
    hall.sweep().await;
    let late = hall.rates("SATISFIED", json!({})).await;
    hall.at("2026-02-15T09:00");
    let file = taken(&hall).await;

    let report = tally::verify(file.as_bytes()).unwrap();
    assert_eq!(report.faults, [], "{report}");
    assert_eq!((report.center.as_str(), report.days, report.given, report.since), ("shiqi", 2, 5, 0));
    assert_eq!(report.find(&receipt(&own)), Found::Of("2026-02-13".parse().unwrap()));
    assert_eq!(report.find(&receipt(&survey)), Found::Of("2026-02-13".parse().unwrap()));
    assert_eq!(report.find(&receipt(&late)), Found::Nowhere, "nobody has opened it yet");
    for given in [&own, &survey, &late] {
        assert_eq!(receipt(given).is_true(), Some(true));
    }
    assert!(receipt(&own).parts().contains(&"dissatisfied".to_owned()));
    let other = Receipt { opened: receipt(&survey).opened, ..receipt(&own) };
    assert_eq!(other.is_true(), Some(false));
    // Whoever sees the check value in the file does not see what it stands for.
    let commitment = own["commitment"].as_str().unwrap();
    let line = file.lines().find(|line| line.contains(commitment)).unwrap();
    assert!(line.len() < 140 && !line.contains("SATISFIED"), "{line}");
    assert!(!file.contains(own["opening"].as_str().unwrap()));

    // Here and there a bit, and each row that has to do with it.
    let bytes = file.as_bytes();
    for at in (0..bytes.len()).step_by(bytes.len() / 97) {
        let mut changed = bytes.to_vec();
        changed[at] ^= 1;
        assert_ne!(tally::verify(changed.as_slice()).unwrap().faults, [], "byte {at}");
    }
    let lines: Vec<&str> = file.split_inclusive('\n').collect();
    let about =
        ["\"rating\"", "\"survey_response\"", "\"rating_root\"", "\"rating_tally\"", "\"commitment\"", "\"audit_"];
    let mut dropped = 0;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| about.iter().any(|what| line.contains(what))) {
        let fewer = [&lines[..at], &lines[at + 1..]].concat().concat();
        assert_ne!(faults(&fewer), [], "{line}");
        dropped += 1;
    }
    assert!(dropped > 20, "{dropped}");

    // The same on the command line, in words.
    let path = std::env::temp_dir().join(format!("{}.jsonl", IdSource::system().unordered()));
    let said = |text: &str, receipt: &Receipt| {
        std::fs::write(&path, text).unwrap();
        let mut out = Vec::new();
        let whole = verify_tally(&path, Some(receipt), &mut out).unwrap();
        (whole, String::from_utf8(out).unwrap())
    };
    let (whole, words) = said(&file, &receipt(&own));
    assert!(whole && words.contains("all as it was sealed") && words.contains("among those of 2026-02-13"), "{words}");
    assert!(words.contains("dissatisfied"), "{words}");
    let (whole, words) = said(&file, &receipt(&late));
    assert!(!whole && words.contains("NOT FOUND"), "{words}");
    let changed = file.replacen("\"VERY_SATISFIED\"", "\"SATISFIED\"", 1);
    let (whole, words) = said(&changed, &receipt(&own));
    assert!(!whole && words.contains("BROKEN") && words.contains("NOT as it was sealed"), "{words}");
    std::fs::remove_file(&path).unwrap();
});
