//! Every enum value and every error code has a text in both languages, and both languages have the same keys.
//! Reads the files as they are: the front end compiles for wasm32 only and cannot run this itself.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a file that cannot be read stops the test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use domain::{
    appearance::{Group, Item, Mark},
    audit::{AuditFault, AuditOutcome},
    bad_ratings::{
        BadRatingAction, BadRatingEventKind, BadRatingFinding, BadRatingQueue, BadRatingStatus, RaterContact,
        appeal::{RatingAppealDecision, RatingAppealGround, RatingAppealStatus},
        clock::BadRatingStep,
    },
    campaigns::{
        BallotStatus, CampaignAction, CampaignKind, CampaignStatus, RaterStatus, TargetKind,
        city::{CityRoundAction, CityRoundStatus},
        draw::Recusal,
        remarks::{Disposition, Opinion, RemarkCategory, RemarkKind},
        steps::CampaignStep,
        third_party::{FactAnswer, FactVerdict, ReportAction, ReportStatus},
    },
    care::{CareAction, CareMode, CareStatus, RecipientCategory},
    center::{CenterAction, CenterKind, CenterStatus},
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintQueue,
        ComplaintStatus, ComplaintSubject, EscalationCause, EscalationLevel, FeedbackMode, HandlingSatisfaction,
        PauseReason, RefusalGround, ReviewOutcome, Step, referral::ReferralStatus,
    },
    evaluation::{
        flags::{RatingFlagKind, RatingFlagState},
        forms::{ChangeKind, FormField, FormKind, FormPart, FormSource, FormStatus, RatingChannel},
        levels::{FiveLevel, FourLevel},
        ratings::{PointChannel, PointKind, RatingOrigin},
        scoring::ScoringRule,
    },
    handling::{ServiceCaseAction, ServiceCaseQueue, ServiceCaseStatus},
    identity::MemberStatus,
    improvement::{
        FindingArea, FindingStatus, RectificationAction, RectificationCause, RectificationQueue, RectificationSource,
        RectificationStatus, SupervisionKind,
        plan::{AppliedAs, ImprovementAction, ImprovementIndicator, ImprovementResult, ImprovementStatus},
    },
    items::{PlatformLink, ServedAt, WindowCheck, WindowType},
    metrics::{Metric, MetricDirection, MetricGathering, MetricUnit, PeriodKind, StratumKind, TrendStep},
    notices::NoticeReason,
    permission::Role,
    phrases::{PhraseCategory, PhraseKind},
    policy::PolicyKey,
    settings::{ChannelKind, DeviceKind},
    standardisation::{
        FindingResult, StandardAction, StandardLevel, StandardStatus, TaskProgress,
        checks::{StandardsCheck, StandardsStanding},
    },
    statistics::{Band, Signal},
    talents::{
        AppointmentStatus, TalentAction, TalentChannel, TalentField, TalentMatter, TalentStatus, TalentType, TellMode,
    },
    tidal::{BackWork, OpenReason, ProposalStatus, ReadingSource, TidalAction, TidalPhase},
    volunteers::{ConfirmationMeans, ServiceRecordAction, ServiceRecordStatus, ServiceType, VolunteerLack},
};
use serde_json::Value;

const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// What the server answers without a broken rule, and what the browser adds.
const ERRORS: [&str; 17] = [
    "OFFLINE",
    "UNAUTHENTICATED",
    "REAUTHENTICATE",
    "FORBIDDEN",
    "NOT_FOUND",
    "STALE",
    "KEY_REUSED",
    "TAKEN",
    "INVALID",
    "RATE_LIMITED",
    "INTERNAL",
    "BAD_REQUEST",
    "TOO_LARGE",
    "TOO_COMPLEX",
    "TIMEOUT",
    "BUSY",
    "receipt.format",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn texts(language: &str, file: &str) -> Value {
    let path = root().join("locales").join(language).join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `a.b.c` of every text, with the names of its placeholders.
fn keys(value: &Value, path: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                keys(member, &format!("{path}.{name}"), found);
            }
        }
        Value::String(text) => {
            let names = text.split('{').skip(1).filter_map(|part| part.split('}').next());
            found.insert(path.to_owned(), names.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect());
        }
        other => panic!("{path}: {other} is no text"),
    }
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    for file in fs::read_dir(root().join("locales/zh-CN")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let [zh, en] = LANGUAGES.map(|language| {
            let mut found = BTreeMap::new();
            keys(&texts(language, &name), "", &mut found);
            found
        });
        assert_eq!(zh, en, "{name}");
    }
}

#[test]
fn every_enum_value_has_a_label() {
    fn of<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|value| key(*value)).collect()
    }
    fn of_those_that_differ() -> Vec<&'static str> {
        Item::ALL.iter().filter(|item| item.differs()).map(|item| item.key()).collect()
    }
    // The page of the policy values puts them together by the first part of their keys.
    fn of_policy_groups() -> Vec<&'static str> {
        PolicyKey::ALL.iter().map(|key| key.key().split_once('.').map_or("", |(group, _)| group)).collect()
    }
    let groups = [
        ("role", of(Role::ALL, Role::key)),
        ("member_status", of(MemberStatus::ALL, MemberStatus::key)),
        ("complaint_status", of(ComplaintStatus::ALL, ComplaintStatus::key)),
        ("complaint_channel", of(ComplaintChannel::ALL, ComplaintChannel::key)),
        ("complaint_subject", of(ComplaintSubject::ALL, ComplaintSubject::key)),
        ("complaint_class", of(ComplaintClass::ALL, ComplaintClass::key)),
        ("refusal_ground", of(RefusalGround::ALL, RefusalGround::key)),
        ("complaint_outcome", of(ComplaintOutcome::ALL, ComplaintOutcome::key)),
        ("review_outcome", of(ReviewOutcome::ALL, ReviewOutcome::key)),
        ("pause_reason", of(PauseReason::ALL, PauseReason::key)),
        ("escalation_level", of(EscalationLevel::ALL, EscalationLevel::key)),
        ("escalation_cause", of(EscalationCause::ALL, EscalationCause::key)),
        ("handling_satisfaction", of(HandlingSatisfaction::ALL, HandlingSatisfaction::key)),
        ("feedback_mode", of(FeedbackMode::ALL, FeedbackMode::key)),
        ("event", of(ComplaintEventKind::ALL, ComplaintEventKind::key)),
        ("queue", of(ComplaintQueue::ALL, ComplaintQueue::key)),
        ("step", of(Step::ALL, Step::key)),
        ("action", of(Action::ALL, Action::key)),
        ("audit_outcome", of(AuditOutcome::ALL, AuditOutcome::key)),
        ("audit_fault", of(AuditFault::ALL, AuditFault::key)),
        ("center_status", of(CenterStatus::ALL, CenterStatus::key)),
        ("center_action", of(CenterAction::ALL, CenterAction::key)),
        ("center_kind", of(CenterKind::ALL, CenterKind::key)),
        ("policy", of(PolicyKey::ALL, PolicyKey::key)),
        ("policy_group", of_policy_groups()),
        ("channel_kind", of(ChannelKind::ALL, ChannelKind::key)),
        ("device_kind", of(DeviceKind::ALL, DeviceKind::key)),
        ("referral_status", of(ReferralStatus::ALL, ReferralStatus::key)),
        ("standard_level", of(StandardLevel::ALL, StandardLevel::key)),
        ("standard_status", of(StandardStatus::ALL, StandardStatus::key)),
        ("standard_action", of(StandardAction::ALL, StandardAction::key)),
        ("task_progress", of(TaskProgress::ALL, TaskProgress::key)),
        ("supervision_kind", of(SupervisionKind::ALL, SupervisionKind::key)),
        ("finding_area", of(FindingArea::ALL, FindingArea::key)),
        ("finding_status", of(FindingStatus::ALL, FindingStatus::key)),
        ("rectification_source", of(RectificationSource::ALL, RectificationSource::key)),
        ("rectification_cause", of(RectificationCause::ALL, RectificationCause::key)),
        ("rectification_status", of(RectificationStatus::ALL, RectificationStatus::key)),
        ("rectification_action", of(RectificationAction::ALL, RectificationAction::key)),
        ("rectification_queue", of(RectificationQueue::ALL, RectificationQueue::key)),
        ("improvement_status", of(ImprovementStatus::ALL, ImprovementStatus::key)),
        ("improvement_action", of(ImprovementAction::ALL, ImprovementAction::key)),
        ("improvement_indicator", of(ImprovementIndicator::ALL, ImprovementIndicator::key)),
        ("improvement_result", of(ImprovementResult::ALL, ImprovementResult::key)),
        ("applied_as", of(AppliedAs::ALL, AppliedAs::key)),
        ("finding_result", of(FindingResult::ALL, FindingResult::key)),
        ("standards_check", of(StandardsCheck::ALL, StandardsCheck::key)),
        ("standards_standing", of(StandardsStanding::ALL, StandardsStanding::key)),
        ("tidal_phase", of(TidalPhase::ALL, TidalPhase::key)),
        ("tidal_action", of(TidalAction::ALL, TidalAction::key)),
        ("reading_source", of(ReadingSource::ALL, ReadingSource::key)),
        ("open_reason", of(OpenReason::ALL, OpenReason::key)),
        ("proposal_status", of(ProposalStatus::ALL, ProposalStatus::key)),
        ("back_work", of(BackWork::ALL, BackWork::key)),
        ("recipient_category", of(RecipientCategory::ALL, RecipientCategory::key)),
        ("care_mode", of(CareMode::ALL, CareMode::key)),
        ("care_status", of(CareStatus::ALL, CareStatus::key)),
        ("care_action", of(CareAction::ALL, CareAction::key)),
        ("appearance_group", of(Group::ALL, Group::key)),
        ("appearance_item", of(Item::ALL, Item::key)),
        ("appearance_item_women", of_those_that_differ()),
        ("appearance_item_men", of_those_that_differ()),
        ("appearance_mark", of(Mark::ALL, Mark::key)),
        ("phrase_kind", of(PhraseKind::ALL, PhraseKind::key)),
        ("phrase_category", of(PhraseCategory::ALL, PhraseCategory::key)),
        ("talent_type", of(TalentType::ALL, TalentType::key)),
        ("talent_field", of(TalentField::ALL, TalentField::key)),
        ("talent_channel", of(TalentChannel::ALL, TalentChannel::key)),
        ("talent_matter", of(TalentMatter::ALL, TalentMatter::key)),
        ("talent_status", of(TalentStatus::ALL, TalentStatus::key)),
        ("talent_action", of(TalentAction::ALL, TalentAction::key)),
        ("appointment_status", of(AppointmentStatus::ALL, AppointmentStatus::key)),
        ("tell_mode", of(TellMode::ALL, TellMode::key)),
        ("window_type", of(WindowType::ALL, WindowType::key)),
        ("platform_link", of(PlatformLink::ALL, PlatformLink::key)),
        ("served_at", of(ServedAt::ALL, ServedAt::key)),
        ("window_check", of(WindowCheck::ALL, WindowCheck::key)),
        ("service_case_status", of(ServiceCaseStatus::ALL, ServiceCaseStatus::key)),
        ("service_case_action", of(ServiceCaseAction::ALL, ServiceCaseAction::key)),
        ("service_case_queue", of(ServiceCaseQueue::ALL, ServiceCaseQueue::key)),
        ("service_type", of(ServiceType::ALL, ServiceType::key)),
        ("service_record_status", of(ServiceRecordStatus::ALL, ServiceRecordStatus::key)),
        ("service_record_action", of(ServiceRecordAction::ALL, ServiceRecordAction::key)),
        ("confirmation_means", of(ConfirmationMeans::ALL, ConfirmationMeans::key)),
        ("form_kind", of(FormKind::ALL, FormKind::key)),
        ("form_kind_help", of(FormKind::ALL, FormKind::key)),
        ("form_status", of(FormStatus::ALL, FormStatus::key)),
        ("form_source", of(FormSource::ALL, FormSource::key)),
        ("form_part", of(FormPart::ALL, FormPart::key)),
        ("form_field", of(FormField::ALL, FormField::key)),
        ("change_kind", of(ChangeKind::ALL, ChangeKind::key)),
        ("rating_channel", of(RatingChannel::ALL, RatingChannel::key)),
        ("four_level", of(FourLevel::ALL, FourLevel::key)),
        ("five_level", of(FiveLevel::ALL, FiveLevel::key)),
        ("point_kind", of(PointKind::ALL, PointKind::key)),
        ("point_channel", of(PointChannel::ALL, PointChannel::key)),
        ("rating_origin", of(RatingOrigin::ALL, RatingOrigin::key)),
        ("rating_flag_kind", of(RatingFlagKind::ALL, RatingFlagKind::key)),
        ("rating_flag_why", of(RatingFlagKind::ALL, RatingFlagKind::key)),
        ("rating_flag_state", of(RatingFlagState::ALL, RatingFlagState::key)),
        ("scoring_rule", of(ScoringRule::ALL, ScoringRule::key)),
        ("bad_rating_status", of(BadRatingStatus::ALL, BadRatingStatus::key)),
        ("bad_rating_action", of(BadRatingAction::ALL, BadRatingAction::key)),
        ("bad_rating_finding", of(BadRatingFinding::ALL, BadRatingFinding::key)),
        ("bad_rating_event", of(BadRatingEventKind::ALL, BadRatingEventKind::key)),
        ("bad_rating_queue", of(BadRatingQueue::ALL, BadRatingQueue::key)),
        ("bad_rating_step", of(BadRatingStep::ALL, BadRatingStep::key)),
        ("rater_contact", of(RaterContact::ALL, RaterContact::key)),
        ("rating_appeal_ground", of(RatingAppealGround::ALL, RatingAppealGround::key)),
        ("rating_appeal_status", of(RatingAppealStatus::ALL, RatingAppealStatus::key)),
        ("rating_appeal_decision", of(RatingAppealDecision::ALL, RatingAppealDecision::key)),
        ("volunteer_lack", of(VolunteerLack::ALL, VolunteerLack::key)),
        ("campaign_kind", of(CampaignKind::ALL, CampaignKind::key)),
        ("campaign_status", of(CampaignStatus::ALL, CampaignStatus::key)),
        ("campaign_action", of(CampaignAction::ALL, CampaignAction::key)),
        ("campaign_step", of(CampaignStep::ALL, CampaignStep::key)),
        ("target_kind", of(TargetKind::ALL, TargetKind::key)),
        ("rater_status", of(RaterStatus::ALL, RaterStatus::key)),
        ("ballot_status", of(BallotStatus::ALL, BallotStatus::key)),
        ("recusal", of(Recusal::ALL, Recusal::key)),
        ("remark_kind", of(RemarkKind::ALL, RemarkKind::key)),
        ("remark_category", of(RemarkCategory::ALL, RemarkCategory::key)),
        ("disposition", of(Disposition::ALL, Disposition::key)),
        ("opinion", of(Opinion::ALL, Opinion::key)),
        ("metric", of(Metric::ALL, Metric::key)),
        ("metric_formula", of(Metric::ALL, Metric::key)),
        ("metric_unit", of(MetricUnit::ALL, MetricUnit::key)),
        ("metric_direction", of(MetricDirection::ALL, MetricDirection::key)),
        ("metric_gathering", of(MetricGathering::ALL, MetricGathering::key)),
        ("stratum_kind", of(StratumKind::ALL, StratumKind::key)),
        ("period_kind", of(PeriodKind::ALL, PeriodKind::key)),
        ("trend_step", of(TrendStep::ALL, TrendStep::key)),
        ("compare_band", of(Band::ALL, Band::key)),
        ("trend_signal", of(Signal::ALL, Signal::key)),
        ("report_status", of(ReportStatus::ALL, ReportStatus::key)),
        ("report_action", of(ReportAction::ALL, ReportAction::key)),
        ("fact_verdict", of(FactVerdict::ALL, FactVerdict::key)),
        ("fact_answer", of(FactAnswer::ALL, FactAnswer::key)),
        ("city_round_status", of(CityRoundStatus::ALL, CityRoundStatus::key)),
        ("city_round_action", of(CityRoundAction::ALL, CityRoundAction::key)),
        ("notice_reason", of(NoticeReason::ALL, NoticeReason::key)),
    ];
    for language in LANGUAGES {
        let labels = texts(language, "labels.json");
        for (group, values) in &groups {
            for value in values {
                assert!(labels[group][value].is_string(), "locales/{language}/labels.json lacks {group}.{value}");
            }
        }
    }
}

/// The string literals of a source file that are shaped like a violation's code.
fn codes(source: &str, found: &mut BTreeSet<String>) {
    const SPACES: &[&str] = &[
        "login",
        "member",
        "password",
        "factor",
        "invitation",
        "calendar",
        "form",
        "receipt",
        "complaint",
        "scope",
        "page",
        "audit",
        "center",
        "policy",
        "settings",
        "model_post",
        "improvement",
        "standards",
        "tidal",
        "care",
        "talents",
        "items",
        "handling",
        "volunteers",
        "confirm",
        "appearance",
        "phrase",
        "bad_rating",
        "campaigns",
        "forms",
        "rating",
        "metrics",
        "rating_flag",
        "kiosk",
    ];
    for literal in source.split('"').skip(1).step_by(2) {
        let code = literal.split_once('.').is_some_and(|(space, name)| {
            SPACES.contains(&space) && name.chars().all(|c| c == '_' || c.is_ascii_lowercase())
        });
        // The keys of policy values and the names of data files and demo accounts look the same.
        let other = [".csv", ".json", ".shiqi"].iter().any(|end| literal.ends_with(end))
            || PolicyKey::from_key(literal).is_some();
        if code && !other {
            found.insert(literal.to_owned());
        }
    }
}

fn scan(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            scan(&path, found);
        } else if name.ends_with(".rs") && !name.ends_with("_tests.rs") {
            codes(&fs::read_to_string(&path).unwrap(), found);
        }
    }
}

#[test]
fn every_error_code_has_a_message() {
    let mut found: BTreeSet<String> = ERRORS.map(str::to_owned).into();
    scan(&root().join("domain/src"), &mut found);
    scan(&root().join("server/src"), &mut found);
    assert!(found.len() > 40, "the search for codes has gone blind: {found:?}");
    for language in LANGUAGES {
        let messages = texts(language, "errors.json");
        let missing: Vec<_> = found.iter().filter(|code| !messages[code.as_str()].is_string()).collect();
        assert!(missing.is_empty(), "locales/{language}/errors.json lacks {missing:?}");
    }
}

/// The settings page looks its texts up by the names of its documents and their fields.
#[test]
fn every_verb_of_the_settings_has_a_text() {
    let documents = fs::read_to_string(root().join("frontend/src/api/settings.graphql")).unwrap();
    let verbs = documents.lines().filter_map(|line| line.strip_prefix("mutation ")?.split('(').next());
    for language in LANGUAGES {
        let texts = texts(language, "settings.json");
        for verb in verbs.clone().filter(|verb| *verb != "moveChannel") {
            assert!(texts["verb"][verb].is_string(), "locales/{language}/settings.json lacks verb.{verb}");
            let asks = ["retire", "withdraw", "renew", "revoke"].iter().any(|act| verb.starts_with(act));
            assert!(!asks || texts["means"][verb].is_string(), "locales/{language}/settings.json lacks means.{verb}");
        }
    }
}

/// What the lists of texts in `locales` have together under a name.
fn shipped(files: &[&str], name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let lists = fs::read_to_string(root().join("locales").join(file)).unwrap();
        let lists: Value = serde_json::from_str(&lists).unwrap();
        found.extend(lists[name].as_array().unwrap().iter().filter_map(Value::as_str).map(ToOwned::to_owned));
    }
    found
}

/// The groups of labels that a page looks up.
fn looked_up(page: &Path, found: &mut BTreeSet<String>) {
    for call in fs::read_to_string(page).unwrap().split("label(").skip(1) {
        found.extend(call.split('"').nth(1).filter(|group| *group != "label").map(ToOwned::to_owned));
    }
}

/// Texts that a public page looks up by key are among those that the portal ships (`locales/public.json`).
#[test]
fn the_portal_has_every_text_that_its_pages_look_up() {
    let shipped = shipped(&["public.json"], "labels");
    let mut asked = BTreeSet::new();
    for file in fs::read_dir(root().join("frontend/src/pages/public")).unwrap() {
        looked_up(&file.unwrap().path(), &mut asked);
    }
    assert!(asked.len() > 5, "{asked:?}");
    let missing: Vec<_> = asked.difference(&shipped).collect();
    assert!(missing.is_empty(), "locales/public.json lacks {missing:?}");
}

/// What the kiosk says without being asked twice: `locales/kiosk.json` names what it ships besides the portal's texts.
#[test]
fn the_kiosk_has_every_text_that_it_is_refused_with() {
    let mut refusals = BTreeSet::new();
    for source in [
        "server/src/ratings/service/kiosk.rs",
        "frontend/src/pages/public/kiosk.rs",
        "frontend/src/pages/public/kiosk_rating.rs",
        "frontend/src/pages/public/kiosk_staff.rs",
    ] {
        codes(&fs::read_to_string(root().join(source)).unwrap(), &mut refusals);
    }
    // Under these names the browser keeps something.
    refusals.retain(|code| !["kiosk.enrolment", "kiosk.shown", "kiosk.wrong"].contains(&code.as_str()));
    assert!(refusals.len() > 10, "{refusals:?}");
    let shipped = shipped(&["public.json", "kiosk.json"], "errors");
    let unread: Vec<_> = refusals.iter().filter(|code| !shipped.contains(code.split_once('.').unwrap().0)).collect();
    assert!(unread.is_empty(), "locales/kiosk.json lacks {unread:?}");
    for language in LANGUAGES {
        let messages = texts(language, "errors.json");
        let missing: Vec<_> = refusals.iter().filter(|code| !messages[code.as_str()].is_string()).collect();
        assert!(missing.is_empty(), "locales/{language}/errors.json lacks {missing:?}");
    }
}

/// The pages of whoever comes with a link ship what `locales/evaluator.json` names besides: what they look up, and what
/// they are refused with.
#[test]
fn the_evaluators_pages_have_every_text_that_they_look_up() {
    let lists = ["public.json", "evaluator.json"];
    let mut asked = BTreeSet::new();
    for page in [
        "pages/evaluator.rs",
        "pages/invitation.rs",
        "pages/confirm.rs",
        "pages/public/frame.rs",
        "pages/public/missing.rs",
        "components/layout/public.rs",
        "components/layout/staff.rs",
    ] {
        looked_up(&root().join("frontend/src").join(page), &mut asked);
    }
    let folder = |path: &str| fs::read_dir(root().join(path)).unwrap().map(|file| file.unwrap().path());
    folder("frontend/src/pages/rating").for_each(|page| looked_up(&page, &mut asked));
    assert!(asked.len() > 8, "{asked:?}");
    let labels = shipped(&lists, "labels");
    let missing: Vec<_> = asked.difference(&labels).collect();
    assert!(missing.is_empty(), "locales/evaluator.json lacks {missing:?}");
    let mut refusals = BTreeSet::new();
    for source in [
        "server/src/tenancy/service/sign_in.rs",
        "server/src/tenancy/service/invitations.rs",
        "server/src/auth/password.rs",
        "server/src/volunteers/service/confirming.rs",
        "domain/src/identity/password.rs",
        "frontend/src/pages/invitation.rs",
        "frontend/src/pages/confirm.rs",
    ] {
        codes(&fs::read_to_string(root().join(source)).unwrap(), &mut refusals);
    }
    scan(&root().join("server/src/campaigns/service"), &mut refusals);
    assert!(refusals.len() > 10, "{refusals:?}");
    // The steps after the password are the desk's.
    let later = ["factor", "scope"].map(str::to_owned);
    let spaces = shipped(&lists, "errors").into_iter().chain(later).collect::<BTreeSet<_>>();
    let begins = |code: &&String| code.split('.').next().is_some_and(|space| spaces.contains(space));
    let missing: Vec<_> = refusals.iter().filter(|code| !begins(code)).collect();
    assert!(missing.is_empty(), "locales/evaluator.json lacks {missing:?}");
}

/// What only the comparison ships (`locales/city.json`).
#[test]
fn no_other_page_looks_up_what_only_the_comparison_ships() {
    fn pages(folder: &Path, found: &mut BTreeSet<String>) {
        for path in
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("compare"))
        {
            if path.is_dir() { pages(&path, found) } else { looked_up(&path, found) }
        }
    }
    let mut asked = BTreeSet::new();
    pages(&root().join("frontend/src"), &mut asked);
    assert!(asked.len() > 50);
    let both: Vec<_> = shipped(&["city.json"], "labels").intersection(&asked).cloned().collect();
    assert!(both.is_empty(), "asked for outside of the comparison: {both:?}");
}
