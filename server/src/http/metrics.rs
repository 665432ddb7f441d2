//! Figures for the operator, in the text format that Prometheus reads. Labels are names of our
//! own: nothing that a request could choose, and nobody's data.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Upper ends of the histogram's buckets, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// What happened since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    requests: BTreeMap<(String, String), u64>,
    durations: BTreeMap<String, Histogram>,
    sign_ins: BTreeMap<&'static str, u64>,
}

#[derive(Debug, Default)]
struct Histogram {
    within: [u64; SECONDS.len()],
    count: u64,
    sum: f64,
}

impl Metrics {
    /// Counts an answered request by its operation and the code of its outcome, `OK` without one.
    pub fn request(&self, operation: &str, code: &str, took: Duration) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.requests.entry((operation.to_owned(), code.to_owned())).or_default() += 1;
        let histogram = counts.durations.entry(operation.to_owned()).or_default();
        histogram.count += 1;
        histogram.sum += took.as_secs_f64();
        for (bucket, _) in histogram.within.iter_mut().zip(SECONDS).filter(|(_, end)| took.as_secs_f64() <= *end) {
            *bucket += 1;
        }
    }

    /// Counts the end of a sign-in: `ok` for a session that begins, `wrong`, `wrong_code`, `locked`, `rate_limited`, or
    /// `unchecked` where the hasher had no room.
    pub fn sign_in(&self, outcome: &'static str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.sign_ins.entry(outcome).or_default() += 1;
    }

    /// The counts as text.
    ///
    /// # Errors
    /// None: writing to a text does not fail.
    pub fn write(&self, text: &mut String) -> fmt::Result {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        head(text, "requests_total", "counter", "GraphQL requests by operation and outcome")?;
        for ((operation, code), count) in &counts.requests {
            writeln!(text, "gangping_requests_total{{operation=\"{operation}\",code=\"{code}\"}} {count}")?;
        }
        head(text, "request_seconds", "histogram", "How long they took")?;
        for (operation, Histogram { within, count, sum }) in &counts.durations {
            let name = "gangping_request_seconds";
            for (end, within) in SECONDS.iter().zip(within) {
                writeln!(text, "{name}_bucket{{operation=\"{operation}\",le=\"{end}\"}} {within}")?;
            }
            writeln!(text, "{name}_bucket{{operation=\"{operation}\",le=\"+Inf\"}} {count}")?;
            writeln!(text, "{name}_sum{{operation=\"{operation}\"}} {sum}")?;
            writeln!(text, "{name}_count{{operation=\"{operation}\"}} {count}")?;
        }
        head(text, "sign_ins_total", "counter", "Sign-ins by outcome")?;
        for (outcome, count) in &counts.sign_ins {
            writeln!(text, "gangping_sign_ins_total{{outcome=\"{outcome}\"}} {count}")?;
        }
        Ok(())
    }
}

/// A figure of this moment, for each value of a label.
///
/// # Errors
/// As [`Metrics::write`].
pub fn gauge(text: &mut String, name: &str, help: &str, label: &str, values: &[(&str, u64)]) -> fmt::Result {
    head(text, name, "gauge", help)?;
    for (of, value) in values {
        match label {
            "" => writeln!(text, "gangping_{name} {value}")?,
            _ => writeln!(text, "gangping_{name}{{{label}=\"{of}\"}} {value}")?,
        }
    }
    Ok(())
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(text, "# HELP gangping_{name} {help}.\n# TYPE gangping_{name} {kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_durations_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.request("complaints", "OK", Duration::from_millis(7));
        metrics.request("complaints", "OK", Duration::from_secs(9));
        metrics.request("signIn", "INVALID", Duration::from_millis(300));
        metrics.sign_in("wrong");
        let mut text = String::new();
        metrics.write(&mut text).unwrap();
        gauge(&mut text, "running", "Requests under way", "lane", &[("members", 3)]).unwrap();
        gauge(&mut text, "memory_bytes", "Resident memory", "", &[("", 5)]).unwrap();
        for line in [
            "# TYPE gangping_requests_total counter",
            "gangping_requests_total{operation=\"complaints\",code=\"OK\"} 2",
            "gangping_requests_total{operation=\"signIn\",code=\"INVALID\"} 1",
            "gangping_request_seconds_bucket{operation=\"complaints\",le=\"0.005\"} 0",
            "gangping_request_seconds_bucket{operation=\"complaints\",le=\"0.01\"} 1",
            "gangping_request_seconds_bucket{operation=\"complaints\",le=\"5\"} 1",
            "gangping_request_seconds_bucket{operation=\"complaints\",le=\"+Inf\"} 2",
            "gangping_request_seconds_sum{operation=\"complaints\"} 9.007",
            "gangping_sign_ins_total{outcome=\"wrong\"} 1",
            "gangping_running{lane=\"members\"} 3",
            "gangping_memory_bytes 5",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
    }
}
