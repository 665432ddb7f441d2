//! What a new operation may need here: one line for each text it takes, and a value where the usual one breaks a rule.

use serde_json::{Value, json};

/// What may stand in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An id; its scalar says of what.
    Id,
    /// The secret of a complaint.
    Receipt,
    /// A center's public code.
    CenterCode,
    /// The secret of a one-time link.
    Token,
    /// The name of a session.
    Session,
    /// A place in a list.
    Cursor,
    /// The key of a request that may be repeated.
    Key,
    /// A value that is taken once in a center.
    Unique,
    /// The code of a kind of post that a city has added.
    PostKindCode,
    /// A login name.
    Login,
    /// Words that are looked for.
    Words,
    /// A phone number that is looked for.
    Phone,
    /// Nobody's: free text, a password, a code that only its owner's clock knows.
    Plain,
}

/// What belongs in a text: by `Holder.field`, where the holder is the input type or the operation, then by field.
const KINDS: &[(&str, Kind)] = &[
    ("publicCenter.code", Kind::CenterCode),
    ("center", Kind::CenterCode),
    ("receiptCode", Kind::Receipt),
    ("token", Kind::Token),
    ("OwnSessionInput.id", Kind::Session),
    ("after", Kind::Cursor),
    ("idempotencyKey", Kind::Key),
    ("search", Kind::Words),
    ("SimilarInput.text", Kind::Words),
    ("SimilarInput.phone", Kind::Phone),
    ("login", Kind::Login),
    ("DepartmentInput.code", Kind::Unique),
    ("EditDepartmentInput.code", Kind::Unique),
    ("ServicePointInput.code", Kind::Unique),
    ("EditServicePointInput.code", Kind::Unique),
    ("DeviceInput.name", Kind::Unique),
    ("EditDeviceInput.name", Kind::Unique),
    ("PostInput.code", Kind::Unique),
    ("EditPostInput.code", Kind::Unique),
    ("staffNo", Kind::Unique),
    ("ServiceItemInput.code", Kind::Unique),
    ("EditServiceItemInput.code", Kind::Unique),
    ("externalNo", Kind::Unique),
    ("recipient", Kind::Plain),
    ("missing", Kind::Plain),
    ("pickupPlace", Kind::Plain),
    ("reference", Kind::Plain),
    ("PostKindInput.code", Kind::Unique),
    ("EditPostKindInput.code", Kind::PostKindCode),
    ("NamedPostKindInput.code", Kind::PostKindCode),
    ("RegisterStandardInput.number", Kind::Unique),
    ("EditStandardInput.number", Kind::Unique),
    // The public codes of centers are known to everybody.
    ("CreateCenterInput.code", Kind::Plain),
    ("CodeInput.code", Kind::Plain),
    ("ReauthenticateInput.code", Kind::Plain),
    ("list", Kind::Plain),
    ("current", Kind::Plain),
    ("password", Kind::Plain),
    ("verb", Kind::Plain),
    ("reason", Kind::Plain),
    ("text", Kind::Plain),
    ("place", Kind::Plain),
    ("window", Kind::Plain),
    ("name", Kind::Plain),
    ("phone", Kind::Plain),
    ("address", Kind::Plain),
    ("noticeVersion", Kind::Plain),
    ("note", Kind::Plain),
    ("kind", Kind::Plain),
    ("key", Kind::Plain),
    ("value", Kind::Plain),
    ("windowNo", Kind::Plain),
    ("situation", Kind::Plain),
    ("location", Kind::Plain),
    ("publicPhone", Kind::Plain),
    ("openHours", Kind::Plain),
    ("duties", Kind::Plain),
    ("items", Kind::Plain),
    ("clause", Kind::Plain),
    ("titleZh", Kind::Plain),
    ("titleEn", Kind::Plain),
    ("summaryZh", Kind::Plain),
    ("summaryEn", Kind::Plain),
    ("detail", Kind::Plain),
    ("keptAt", Kind::Plain),
    ("answer", Kind::Plain),
    ("outcome", Kind::Plain),
    ("need", Kind::Plain),
    ("tail", Kind::Plain),
    ("referral", Kind::Plain),
    ("finding", Kind::Plain),
    ("measures", Kind::Plain),
    ("reply", Kind::Plain),
    ("comment", Kind::Plain),
    ("displayName", Kind::Plain),
    ("title", Kind::Plain),
    ("nameZh", Kind::Plain),
    ("nameEn", Kind::Plain),
    ("labelZh", Kind::Plain),
    ("labelEn", Kind::Plain),
    ("valueZh", Kind::Plain),
    ("valueEn", Kind::Plain),
    ("edition", Kind::Plain),
    ("RecordSelfAuditInput.scope", Kind::Plain),
    ("AddAuditFindingInput.description", Kind::Plain),
    ("AddAuditFindingInput.measure", Kind::Plain),
    ("CloseAuditFindingInput.evidence", Kind::Plain),
    ("start", Kind::Plain),
    ("end", Kind::Plain),
    ("origin", Kind::Plain),
    ("strokes", Kind::Plain),
    ("statement", Kind::Plain),
    ("trainer", Kind::Plain),
    ("enterprise", Kind::Plain),
    ("description", Kind::Plain),
    ("time", Kind::Plain),
    ("result", Kind::Plain),
    ("ratingPage.point", Kind::Token),
    ("surveyPage.point", Kind::Token),
    ("credential", Kind::Token),
    ("GiveKioskRatingInput.point", Kind::Token),
    ("pin", Kind::Plain),
    ("RatedIndicatorInput.code", Kind::Plain),
    ("SurveyRowInput.code", Kind::Plain),
    ("AnswerSurveyInput.department", Kind::Plain),
    ("reasons", Kind::Plain),
    ("remark", Kind::Plain),
    ("contact", Kind::Plain),
    ("question", Kind::Plain),
    ("source", Kind::Plain),
    ("problem", Kind::Plain),
    ("rootCause", Kind::Plain),
    ("immediateFix", Kind::Plain),
    ("resources", Kind::Plain),
    ("indicatorName", Kind::Plain),
    ("method", Kind::Plain),
    ("unit", Kind::Plain),
    ("briefing", Kind::Plain),
    ("stratum", Kind::Plain),
    ("period", Kind::Plain),
    ("formulaZh", Kind::Plain),
    ("formulaEn", Kind::Plain),
    ("opening", Kind::Plain),
    ("practice", Kind::Plain),
    ("demands", Kind::Plain),
    ("SignReportContractInput.number", Kind::Plain),
    ("agency", Kind::Plain),
    ("plan", Kind::Plain),
    ("sample", Kind::Plain),
    ("advice", Kind::Plain),
    ("corrected", Kind::Plain),
    ("pool", Kind::Plain),
];

/// What belongs in a text; none where nobody has said so yet.
pub fn kind(holder: &str, field: &str) -> Option<Kind> {
    let full = format!("{holder}.{field}");
    let of = |name: &str| KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    of(&full).or_else(|| of(field))
}

/// Left out unless it is what a call tries: together with the rest it would break a rule.
const LEFT_OUT: &[&str] = &[
    "ChooseScopeInput.cityId",
    "ChooseScopeInput.campaignId",
    "InviteMemberInput.campaignId",
    "InviteMemberInput.validFrom",
    "InviteMemberInput.validUntil",
    "ExportAuditInput.person",
    "ExportAuditInput.from",
    "ExportAuditInput.to",
    "AppealBadRatingInput.files",
    "DeviceInput.place",
    "DeviceInput.ratingPointId",
    "DeviceInput.pin",
    "EditDeviceInput.ratingPointId",
    "EditDeviceInput.pin",
    "DepartmentInput.ownDress",
    "EditDepartmentInput.ownDress",
    "RecordAppearanceCheckInput.files",
    "SetDressPicturesInput.files",
    "SetSignboardPhotoInput.photo",
    "ReauthenticateInput.code",
    "PostInput.extra",
    "EditPostInput.extra",
    "StaffInput.accountId",
    "EditStaffInput.accountId",
    "PostKindInput.fields",
    "AddLedgerEntryInput.files",
    "AssignHomeVisitInput.companion",
    "AcceptServiceCaseInput.on",
    "EditLedgerEntryInput.files",
    "EditPostKindInput.fields",
    "RecordFindingInput.post",
    "RecordFindingInput.department",
    "RecordFindingInput.files",
    "RectifyComplaintInput.post",
    "ProveRectificationInput.files",
    "RepresentativeInput.staff",
    "EditRepresentativeInput.staff",
    "RepresentativeConflictInput.staff",
    "CheckReportFactInput.files",
    "SubmitReportPlanInput.files",
];

/// Whether a field stays out of a call that does not try it.
pub fn is_left_out(holder: &str, field: &str) -> bool {
    LEFT_OUT.contains(&format!("{holder}.{field}").as_str())
}

/// A value that keeps the rules, where the usual one of its type does not.
pub fn special(holder: &str, field: &str, mark: &str) -> Option<Value> {
    Some(match (holder, field) {
        ("ChangeCenterInput", "action") => json!("SUSPEND"),
        ("ChannelInput" | "EditChannelInput", "kind") => json!("PHONE"),
        ("ChannelInput" | "EditChannelInput", "valueZh" | "valueEn") => json!("0760-88880001"),
        ("ChannelInput" | "EditChannelInput", "labelZh" | "labelEn") => json!(format!("⟦public {mark}⟧")),
        ("RegisterComplaintInput", "escalationCause") | ("EscalateComplaintInput", "cause") => json!("MEDIA"),
        ("ReclassifyComplaintInput", "class") => json!("COMPLEX"),
        ("InviteMemberInput", "roles") => json!(["POST_STAFF"]),
        ("SetPolicyValueInput", "key") => json!("COMPLAINT_NORMAL"),
        ("SetPolicyValueInput", "seen") => json!(5),
        ("SetPolicyValueInput", "value") | ("policyEffect", "value") => json!(6),
        ("ExtendComplaintInput", "days") => json!(2),
        ("MoveChannelInput", "up") => json!(true),
        ("PostInput" | "EditPostInput", "kind") => json!("guide_post"),
        ("RestrictedInput", "bornOn") => json!("1990-02-13"),
        ("AddLedgerEntryInput" | "EditLedgerEntryInput", "activity") => json!("TRAINING"),
        ("AddLedgerEntryInput" | "EditLedgerEntryInput", "evidence") => json!("DOCUMENT"),
        ("RecordPostCheckInput", "check") => json!("COMPLAINT_BOX"),
        ("TrainingInput" | "EditTrainingInput", "start") => json!("09:00"),
        ("TrainingInput" | "EditTrainingInput", "unscheduled") => json!(false),
        ("TrainingMarkInput", "result" | "score") => Value::Null,
        ("trainingSessions" | "trainingCoverage", "year") => json!(2026),
        (
            "RegisterStandardInput" | "EditStandardInput" | "EnforceStandardInput" | "ConfirmStandardInput",
            "reviewDue",
        ) => {
            json!("2029-02-13")
        }
        ("PlanTaskInput" | "AdoptYearPlanInput", "year") => json!(2026),
        ("EditPlanTaskInput", "year") => json!(2027),
        ("EditPlanTaskInput", "dueOn") => json!("2027-02-13"),
        ("MovePlanTaskInput", "progress") => json!("DOING"),
        ("AddAuditFindingInput", "result") => json!("NONCONFORM"),
        ("managedStandards", "year") => json!(2026),
        ("RecordTidalCallInput", "answered") => json!(false),
        ("MakeTalentAppointmentInput", "time") => json!("20:00"),
        ("EndTalentAppointmentInput", "outcome") => json!("CANCELLED"),
        ("SetImprovementGoalInput", "baseline") => json!(800),
        ("SetImprovementGoalInput", "target") => json!(900),
        ("VerifyImprovementInput", "measured") => json!(950),
        ("WriteServiceRecordInput", "start") => json!("06:00"),
        ("WriteServiceRecordInput", "end") => json!("06:20"),
        ("EditServiceRecordInput", "start") => json!("06:30"),
        ("EditServiceRecordInput", "end") => json!("06:50"),
        ("ShowServiceCodeInput", "origin") => json!("https://gangping.example"),
        ("SignServiceRecordInput", "strokes") => json!("10,10 120,20 180,140"),
        ("RecordAppearanceCheckInput", "items") => crate::appearance::items(mark),
        (_, "calledAt") => json!("2026-02-13T00:30:00Z"),
        ("SetUpWindowInput", "syncedAt") => json!("2026-02-12T08:00:00Z"),
        ("ServiceItemInput" | "PlaceServiceItemInput", "servedAt") => json!("DEDICATED"),
        ("RefuseServiceCaseInput", "pickupAt") => json!("2026-02-14T01:00:00Z"),
        (_, "tail") => json!("1234"),
        (_, "publicPhone") => json!("0760-88880001"),
        (_, "windowNo") => json!(format!("⟦{mark}⟧ 3")),
        (_, "clause") => json!("6.20"),
        (_, "noticeVersion") => json!(domain::complaints::NOTICE_VERSION),
        (_, "phone") => json!(phone(mark)),
        (_, "happenedOn") => json!("2026-02-12"),
        (_, "name") => json!(format!("{}{}", surname(mark), "小明")),
        // All of them are more than leave at once.
        (_, "verb") => json!("note_added"),
        ("CreateCenterInput", "code") => json!("brand-new"),
        ("SignInInput" | "AcceptInvitationInput", "password") | (_, "current") => json!(crate::people::PASSWORD),
        ("ChangePasswordInput", "password") => json!("dry boots by the radiator"),
        ("BeginSecondFactorInput" | "ReauthenticateInput", "password") => json!(crate::people::PASSWORD),
        ("calendarEffect" | "PublishCalendarInput", "list") => json!("2027-01-01,holiday,元旦"),
        ("PublishCalendarInput", "seen") => json!(0),
        ("CodeInput", "code") => json!("123456"),
        ("StartFormVersionInput", "kind") => json!("THIRD_PARTY"),
        ("GiveRatingInput" | "GiveKioskRatingInput", "indicators" | "reasons") => json!([]),
        // Only a kiosk has a rating point, which another center's could be tried as.
        ("DeviceInput" | "EditDeviceInput", "kind") => json!("KIOSK"),
        ("GiveRatingInput", "contact") => Value::Null,
        ("AnswerSurveyInput", "department") => json!("tax"),
        ("AnswerSurveyInput", "rows") => crate::ratings::rows(),
        ("DecideRatingFlagInput", "state") => json!("KEPT"),
        ("ratingPosters", "origin") => json!("https://gangping.example"),
        ("EditFormVersionInput", "content") => form(mark),
        ("RepresentativeInput" | "EditRepresentativeInput", "group") => json!("PARTY_DELEGATE"),
        ("PlanCampaignInput" | "EditCampaignInput" | "PlanCityRoundInput", "least") => json!(3),
        ("SignReportContractInput", "version") => json!(0),
        ("MoveReportInput", "action") => json!("BEGIN_FIELD_WORK"),
        ("CampaignTargetInput", "staff" | "pool") | ("NameCampaignRaterInput", "pool") => Value::Null,
        ("BallotInput" | "RecuseFromTargetInput", "version") => json!(0),
        ("BallotInput", "content") => crate::campaigns::content(json!([])),
        ("BallotInput", "files") => json!([]),
        ("ServiceDayInput", "day") => json!("2026-02-12"),
        ("ServiceDayInput", "version") => json!(0),
        ("serviceDays", "day") => json!("2026-01-07"),
        ("CompareInput" | "TrendInput" | "ProfileInput" | "ComparePeriodsInput", "from") => json!("2026-01-01"),
        ("CompareInput" | "TrendInput" | "ProfileInput" | "ComparePeriodsInput", "to") => json!("2026-01-31"),
        (_, "stratum") => Value::Null,
        (_, "period") => json!(crate::metrics::PERIOD),
        // A rater from outside would read a mark of the whole center in their own words.
        ("JudgeReplyInput", "note") => json!("所答非所问"),
        _ => return None,
    })
}

/// A third party's indicators, as a form.
fn form(mark: &str) -> Value {
    let title = json!({ "zh": words(mark), "en": words(mark) });
    let indicator = json!({ "code": "seats", "title": title, "weight": 100, "source": "CITY" });
    json!({ "kind": "THIRD_PARTY", "groups": [{ "code": "comfort", "title": title, "indicators": [indicator] }] })
}

/// Words that a place's texts are made of; those of two places are not alike.
pub fn words(mark: &str) -> String {
    let about = match mark {
        "A" => "三号窗口排队很久没有叫号",
        "B" => "电梯停运多日老人上不了楼",
        _ => "洗手间水管漏得满地都是",
    };
    format!("⟦{mark}⟧ {about}")
}

/// A phone number of a range kept for a place.
pub fn phone(mark: &str) -> String {
    match mark {
        "A" => "138 0000 1234".to_owned(),
        "B" => "139 8642 7531".to_owned(),
        _ => "137 5555 0000".to_owned(),
    }
}

/// A surname that only one place's people have.
fn surname(mark: &str) -> &'static str {
    match mark {
        "A" => "陈",
        "B" => "皕",
        _ => "王",
    }
}
