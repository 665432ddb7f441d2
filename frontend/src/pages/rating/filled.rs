//! The form about one target, as it is being filled in.

use chrono::NaiveDate;
use domain::{
    CampaignTargetId, FormVersionId, Violation,
    campaigns::{
        CampaignKind, TargetKind,
        ballot::{BallotContent, ConductBallot, Demands, Finding, Points, Remark, ThirdPartyBallot},
        remarks::RemarkKind,
    },
    evaluation::forms::{FormContent, Halves, Size},
};
use leptos::prelude::*;

use super::kept::Kept;
use crate::{
    api::{
        ApiError,
        files::AttachedFile,
        rating::{BallotInput, RoundPage, Task},
    },
    components::Uploads,
    time,
};

/// What is filled in about an item of form D. All of it stays when the item is unticked.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub ticked: RwSignal<bool>,
    pub size: RwSignal<String>,
    pub on: RwSignal<String>,
    pub time: RwSignal<String>,
    pub place: RwSignal<String>,
    pub note: RwSignal<String>,
    pub files: Uploads,
}

impl Typed {
    fn of(found: Option<&Finding>, size: Option<Size>, files: &[AttachedFile]) -> Self {
        let signal = |read: fn(&Finding) -> String| RwSignal::new(found.map(read).unwrap_or_default());
        let fixed = size.filter(|size| size.least == size.most).map(|size| size.least);
        let chosen = found.and_then(|found| found.size).or(fixed);
        let named = |file: &&AttachedFile| found.is_some_and(|found| found.files.contains(&file.id));
        Self {
            ticked: RwSignal::new(found.is_some()),
            size: RwSignal::new(chosen.map(|size| size.to_string()).unwrap_or_default()),
            on: signal(|found| found.on.map(|day| day.to_string()).unwrap_or_default()),
            time: signal(|found| found.time.clone()),
            place: signal(|found| found.place.clone()),
            note: signal(|found| found.note.clone()),
            files: Uploads::new(files.iter().filter(named).cloned().collect()),
        }
    }

    fn track(self) {
        self.ticked.track();
        for typed in [self.size, self.on, self.time, self.place, self.note] {
            typed.track();
        }
        drop(self.files.files());
    }

    fn read(self, code: &str) -> Finding {
        Finding {
            item: code.to_owned(),
            size: Halves::parse(&self.size.get_untracked()),
            on: self.on.get_untracked().parse().ok(),
            time: text(self.time),
            place: text(self.place),
            note: text(self.note),
            files: self.files.ids(),
        }
    }
}

/// A problem or a suggestion that is being written.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub key: u32,
    pub kind: RemarkKind,
    pub text: RwSignal<String>,
}

/// The form that is being filled in.
#[derive(Clone, Copy)]
pub(super) struct Filled {
    form: StoredValue<FormContent>,
    lines: StoredValue<Vec<(String, Typed)>>,
    points: StoredValue<Vec<(String, RwSignal<String>)>>,
    pub said: RwSignal<Vec<Said>>,
    next: StoredValue<u32>,
    demands: Demands,
    round: StoredValue<(CampaignTargetId, FormVersionId)>,
    version: RwSignal<i32>,
    kept: StoredValue<BallotContent>,
    on_site: bool,
    /// Where the target is, if that is known.
    site: StoredValue<String>,
}

impl Filled {
    /// With what a task has; `saved` is what the server has of it.
    pub(super) fn new(page: &RoundPage, task: &Task, saved: &BallotContent) -> Self {
        let (lines, points) = match (&page.form, &task.content) {
            (FormContent::Conduct(form), BallotContent::Conduct(given)) => {
                let items = form.dimensions.iter().flat_map(|one| &one.items).map(|item| (&item.code, item.size));
                let bonus = form.bonus.items.iter().map(|item| (&item.code, Some(item.size)));
                let line = |(code, size): (&String, Option<Size>)| {
                    let found = given.findings.iter().find(|found| found.item == *code);
                    (code.clone(), Typed::of(found, size, &task.files))
                };
                (items.chain(bonus).map(line).collect(), Vec::new())
            }
            (FormContent::ThirdParty(form), BallotContent::ThirdParty(given)) => {
                let line = |code: &String| {
                    let points = given.points.iter().find(|points| points.indicator == *code);
                    (code.clone(), RwSignal::new(points.map(|one| one.points.to_string()).unwrap_or_default()))
                };
                let codes = form.groups.iter().flat_map(|group| &group.indicators).map(|one| &one.code);
                (Vec::new(), codes.map(line).collect())
            }
            _ => (Vec::new(), Vec::new()),
        };
        let said: Vec<_> = (0..)
            .zip(task.content.remarks())
            .map(|(key, one)| Said { key, kind: one.kind, text: RwSignal::new(one.text.clone()) })
            .collect();
        // Which day it is, the server knows.
        let demands = Demands { from: page.round.starts_on, today: NaiveDate::MAX, secret: page.round.secret };
        Self {
            form: StoredValue::new(page.form.clone()),
            lines: StoredValue::new(lines),
            points: StoredValue::new(points),
            next: StoredValue::new(u32::try_from(said.len()).unwrap_or(u32::MAX)),
            said: RwSignal::new(said),
            demands,
            round: StoredValue::new((task.id, page.form_version)),
            version: RwSignal::new(task.version),
            kept: StoredValue::new(saved.clone()),
            on_site: page.round.kind == CampaignKind::OnSite,
            site: StoredValue::new(task.detail.clone().filter(|_| task.kind == TargetKind::Post).unwrap_or_default()),
        }
    }

    /// On site, a finding is taken down when and where it is seen.
    pub(super) fn stamp(self, typed: Typed) {
        if !self.on_site {
            return;
        }
        let now = time::now();
        let fill = |signal: RwSignal<String>, text: String| {
            if signal.with_untracked(String::is_empty) {
                signal.set(text);
            }
        };
        fill(typed.on, time::date(now));
        fill(typed.time, time::time(now));
        fill(typed.place, self.site.get_value());
    }

    /// Whether it is taken down on site.
    pub(super) const fn is_on_site(self) -> bool {
        self.on_site
    }

    /// Follows everything that is typed. Reactive.
    pub(super) fn track(self) {
        self.lines.with_value(|lines| lines.iter().for_each(|(_, typed)| typed.track()));
        self.points.with_value(|points| points.iter().for_each(|(_, typed)| typed.track()));
        self.said.with(|all| all.iter().for_each(|one| one.text.track()));
    }

    /// As it is kept on this phone.
    pub(super) fn as_kept(self) -> Kept {
        let files = untrack(|| {
            self.lines.with_value(|lines| lines.iter().flat_map(|(_, typed)| typed.files.files()).collect())
        });
        Kept { version: self.version(), content: self.content(), files }
    }

    /// Sends photos once more that found no network; whether there are any.
    pub(super) fn send_again(self) -> bool {
        self.lines.with_value(|lines| lines.iter().filter(|(_, typed)| typed.files.again()).count() > 0)
    }

    /// The photos of each line.
    pub(super) fn photos(self) -> Vec<(String, Uploads)> {
        self.lines.with_value(|lines| lines.iter().map(|(code, typed)| (code.clone(), typed.files)).collect())
    }

    /// Whether files, days and places would tell who it was.
    pub(super) const fn is_secret(self) -> bool {
        self.demands.secret
    }

    pub(super) fn line(self, code: &str) -> Option<Typed> {
        self.lines.with_value(|lines| lines.iter().find(|(own, _)| own == code).map(|(_, typed)| *typed))
    }

    pub(super) fn points(self, code: &str) -> Option<RwSignal<String>> {
        self.points.with_value(|points| points.iter().find(|(own, _)| own == code).map(|(_, typed)| *typed))
    }

    /// How many of these items are ticked. Reactive.
    pub(super) fn ticked(self, codes: &[String]) -> usize {
        codes.iter().filter_map(|code| self.line(code)).filter(|typed| typed.ticked.get()).count()
    }

    pub(super) fn say(self, kind: RemarkKind) -> u32 {
        let key = self.next.get_value();
        self.next.set_value(key.saturating_add(1));
        self.said.update(|all| all.push(Said { key, kind, text: RwSignal::new(String::new()) }));
        key
    }

    pub(super) fn unsay(self, key: u32) {
        self.said.update(|all| all.retain(|one| one.key != key));
    }

    /// What is filled in, at this moment.
    pub(super) fn content(self) -> BallotContent {
        let remarks = self.said.with_untracked(|all| {
            all.iter().map(|one| Remark { kind: one.kind, text: text(one.text) }).collect::<Vec<_>>()
        });
        let third_party = self.form.with_value(|form| matches!(form, FormContent::ThirdParty(_)));
        if third_party {
            let points = self.points.with_value(|points| points.iter().filter_map(read_points).collect());
            return BallotContent::ThirdParty(ThirdPartyBallot { points, remarks });
        }
        let findings = self.lines.with_value(|lines| {
            let ticked = lines.iter().filter(|(_, typed)| typed.ticked.get_untracked());
            ticked.map(|(code, typed)| typed.read(code)).collect()
        });
        BallotContent::Conduct(ConductBallot { findings, remarks })
    }

    /// What is wrong with it, by the places of this page; of a draft, or of what is to be handed in.
    pub(super) fn check(self, whole: bool) -> Vec<Violation> {
        let content = self.content();
        let found = self.form.with_value(|form| {
            if whole { content.check_handed_in(form, self.demands) } else { content.check_draft(form, self.demands) }
        });
        let places = Places::of(self);
        let found = found.into_iter().map(|found| Violation { within: places.here(&found.within), ..found });
        found.chain(self.under_way()).collect()
    }

    fn under_way(self) -> Vec<Violation> {
        self.lines.with_value(|lines| {
            let going = lines.iter().filter(|(_, typed)| typed.ticked.get_untracked() && typed.files.under_way());
            let wrong =
                going.map(|(code, _)| Violation::new("content", "files.under_way").within(format!("{code}.files")));
            wrong.collect()
        })
    }

    /// What is sent, and what becomes of the answer.
    pub(super) fn input(self) -> BallotInput {
        let content = self.content();
        let (target, form) = self.round.get_value();
        BallotInput { target, version: self.version(), form, files: content.files(), content }
    }

    /// How often it was saved.
    pub(super) fn version(self) -> i32 {
        self.version.get_untracked()
    }

    /// Remembers that this was kept.
    pub(super) fn keep(self, version: i32, content: BallotContent) {
        self.version.set(version);
        self.kept.set_value(content);
    }

    /// Whether something was typed since it was kept.
    pub(super) fn is_changed(self) -> bool {
        let content = self.content();
        self.kept.with_value(|kept| *kept != content)
    }

    /// Faults that the server found, by the places of this page.
    pub(super) fn placed(self, mut error: ApiError) -> ApiError {
        let places = Places::of(self);
        for found in &mut error.violations {
            if let Some(within) = found.field.strip_prefix("content.") {
                found.field = format!("content.{}", places.here(within));
            }
        }
        error
    }
}

fn text(value: RwSignal<String>) -> String {
    value.with_untracked(|text| text.trim().to_owned())
}

// What is no number is more than any indicator has.
fn read_points((code, typed): &(String, RwSignal<String>)) -> Option<Points> {
    let typed = text(*typed);
    (!typed.is_empty()).then(|| Points { indicator: code.clone(), points: typed.parse().unwrap_or(u16::MAX) })
}

/// Which finding and which remark of the document is which line of the page: the document has the ticked ones alone.
struct Places {
    findings: Vec<String>,
    remarks: Vec<u32>,
}

impl Places {
    fn of(filled: Filled) -> Self {
        Self {
            findings: filled.lines.with_value(|lines| {
                let ticked = lines.iter().filter(|(_, typed)| typed.ticked.get_untracked());
                ticked.map(|(code, _)| code.clone()).collect()
            }),
            remarks: filled.said.with_untracked(|all| all.iter().map(|one| one.key).collect()),
        }
    }

    fn here(&self, within: &str) -> String {
        let mut parts = within.splitn(3, '.');
        let list = parts.next();
        let at = parts.next().and_then(|at| at.parse::<usize>().ok());
        let rest = parts.next().unwrap_or_default();
        let place = match (list, at) {
            (Some("findings"), Some(at)) => self.findings.get(at).map(|code| format!("{code}.{rest}")),
            (Some("remarks"), Some(at)) => self.remarks.get(at).map(|key| format!("said-{key}.{rest}")),
            _ => None,
        };
        place.unwrap_or_else(|| within.to_owned())
    }
}
