//! Who may do what: one table, used by the server to decide and by the browser to hide buttons.

mod grants;

use crate::macros::text_enum;

pub use grants::grants;

text_enum! {
    /// A role of domain section B. Those whose work is not served yet may only read the catalogue.
    pub enum Role {
        /// 投诉处置专员 (6.8.7): screens, handles and settles complaints.
        ComplaintHandler = "complaint_handler",
        /// 岗位人员: works on what is assigned to them.
        PostStaff = "post_staff",
        /// 中心管理员: approves conclusions, decides reviews, invites people.
        CenterAdmin = "center_admin",
        /// 政务督办专员 (C.9): presses overdue matters, decides reviews of what the administrator approved.
        SupervisionOfficer = "supervision_officer",
        /// 岗位负责人/首席代表.
        PostLead = "post_lead",
        /// “办不成事”窗口负责人 (C.9).
        UnresolvedWindowLead = "unresolved_window_lead",
        /// 台账管理员（党员先锋岗）.
        LedgerKeeperParty = "ledger_keeper_party",
        /// 台账管理员（巾帼文明岗）.
        LedgerKeeperWomen = "ledger_keeper_women",
        /// 台账管理员（青年文明号）.
        LedgerKeeperYouth = "ledger_keeper_youth",
        /// 标准化工作人员 (6.11.2).
        StandardsOfficer = "standards_officer",
        /// 志愿者管理.
        VolunteerCoordinator = "volunteer_coordinator",
        /// 志愿者.
        Volunteer = "volunteer",
        /// 企业人才管家 (6.16.1).
        TalentSteward = "talent_steward",
        /// 考核评价组织人.
        EvaluationOrganiser = "evaluation_organiser",
        /// 巡查员.
        PatrolInspector = "patrol_inspector",
        /// 上级部门评价人.
        SuperiorRater = "superior_rater",
        /// 互评人.
        PeerRater = "peer_rater",
        /// 自评人.
        SelfRater = "self_rater",
        /// 党代表.
        PartyDelegate = "party_delegate",
        /// 人大代表.
        CongressDeputy = "congress_deputy",
        /// 政协委员.
        CppccMember = "cppcc_member",
        /// 第三方机构负责人.
        ThirdPartyLead = "third_party_lead",
        /// 第三方机构评价员.
        ThirdPartyAssessor = "third_party_assessor",
        /// 市级管理员 (系统管理): centers, policy values, counts of all centers of the city; a case only where it was put before
        /// the city; no account.
        CityAdmin = "city_admin",
        /// 安全管理员: the accounts and roles of the city office; nothing else.
        SecurityAdmin = "security_admin",
        /// 市级复核员: looks into cases that were put before the city; decides appeals.
        CityReviewer = "city_reviewer",
        /// 纪检/审计 (审计管理): reads the audit of the city office, changes nothing.
        Auditor = "auditor",
    }

    /// Where a role is held.
    pub enum Seat {
        /// In a center.
        Center = "center",
        /// In a city office.
        City = "city",
        /// In one campaign, at the centers assigned for it, until it ends.
        Campaign = "campaign",
    }

    /// Something a role may do. Checked by `Scope::require` before any write.
    pub enum Permission {
        /// File a complaint, follow it and ask for review by receipt code.
        ComplaintFile = "complaint_file",
        /// Register a complaint for a caller, a visitor or a letter.
        ComplaintRegister = "complaint_register",
        /// Read every complaint of the center.
        ComplaintReadAll = "complaint_read_all",
        /// Read complaints assigned to oneself.
        ComplaintReadOwn = "complaint_read_own",
        /// Screen, accept, assign, conclude, feed back.
        ComplaintHandle = "complaint_handle",
        /// Investigate and propose a conclusion.
        ComplaintInvestigate = "complaint_investigate",
        /// Approve or send back a proposed conclusion.
        ComplaintApprove = "complaint_approve",
        /// Decide a review asked for by the complainant.
        ComplaintReview = "complaint_review",
        /// Ask the complainant, after the answer, whether they are satisfied.
        ComplaintFollowUp = "complaint_follow_up",
        /// Press and escalate.
        ComplaintSupervise = "complaint_supervise",
        /// Put a case before the city, with a reason.
        ComplaintRefer = "complaint_refer",
        /// See a complainant's name, phone and address; each look is logged.
        ComplaintReveal = "complaint_reveal",
        /// Compare the centers of the city by figures.
        CityCompare = "city_compare",
        /// Publish figures of closed periods, the second of two persons, and keep the city's reports.
        ComparePublish = "compare_publish",
        /// See how one's own center stands among those of the city, which have no names until the city publishes.
        StandingRead = "standing_read",
        /// Tell how many services the center has rendered, day by day.
        ServicesTell = "services_tell",
        /// See which cases were put before the city, and open one of them for a reason.
        ReferralOpen = "referral_open",
        /// Answer a case that was put before the city.
        ReferralAnswer = "referral_answer",
        /// Invite, suspend and end the people of the place; their links and sessions.
        MemberManage = "member_manage",
        /// Set up, suspend, export and close centers; appoint their administrators.
        CenterManage = "center_manage",
        /// Take everything along that the center owns.
        CenterExport = "center_export",
        /// Set the values that the rules read.
        PolicyManage = "policy_manage",
        /// Keep the center's departments, published channels, service points and devices.
        CenterSettings = "center_settings",
        /// See the posts, who works at them and who is where.
        PostRead = "post_read",
        /// Keep the center's posts and staff.
        PostManage = "post_manage",
        /// Keep the roster: of every post, or of those one leads.
        RosterManage = "roster_manage",
        /// See what only some may know of somebody, field by field as below; each look is logged.
        StaffReveal = "staff_reveal",
        /// … their sex.
        StaffSexRead = "staff_sex_read",
        /// … their day of birth.
        StaffBirthRead = "staff_birth_read",
        /// … whether they are a member of the party.
        StaffPartyRead = "staff_party_read",
        /// Add kinds of posts to the catalogue's.
        PostKindManage = "post_kind_manage",
        /// Upload files, to attach them to records.
        FileUpload = "file_upload",
        /// See model posts: their titles, ledgers and gaps, of the kinds below.
        ModelPostRead = "model_post_read",
        /// … party pioneer posts (6.9).
        ModelPartyRead = "model_party_read",
        /// … women's model posts (6.10).
        ModelWomenRead = "model_women_read",
        /// … youth model posts (6.12).
        ModelYouthRead = "model_youth_read",
        /// Write the ledger of a model post.
        LedgerKeep = "ledger_keep",
        /// Apply for a title, begin its review, and look on the spot.
        ModelPostPropose = "model_post_propose",
        /// Approve entries of a ledger and appraise a post.
        ModelPostAppraise = "model_post_appraise",
        /// Take and settle objections to a title.
        ModelPostHear = "model_post_hear",
        /// Decide about a title.
        ModelPostDecide = "model_post_decide",
        /// See one's own trainings and tests, and what is planned.
        TrainingRead = "training_read",
        /// Keep the center's sessions and who took part; see who is still to be trained.
        TrainingManage = "training_manage",
        /// See the tidal windows: the queue, what is proposed, who opened when.
        TidalRead = "tidal_read",
        /// Write down readings, calls and work in the back, at the posts one works at.
        TidalKeep = "tidal_keep",
        /// Open and close tidal windows, those one leads.
        TidalDecide = "tidal_decide",
        /// Tell how many wait, as a device of the center.
        QueueReport = "queue_report",
        /// See the services of care windows: those of the posts one works at, without who it was.
        CareRead = "care_read",
        /// Serve at a care window one works at, and at home.
        CareKeep = "care_keep",
        /// See how to reach somebody who is served; each look is logged.
        CareReveal = "care_reveal",
        /// See the cases of the windows one works at; of all of them where one brings results, or supervises.
        ServiceCaseRead = "service_case_read",
        /// Keep the cases of the windows one works at; bring results from a back office.
        ServiceCaseKeep = "service_case_keep",
        /// See the requests at talent posts, without who it is, and the answers to questions of policy.
        TalentRead = "talent_read",
        /// Take requests at a talent post one works at, follow one's own, and keep the answers.
        TalentKeep = "talent_keep",
        /// See who it is that one follows; each look is logged.
        TalentReveal = "talent_reveal",
        /// See the register of standards, the plan of the year, the officers and the self-audits.
        StandardsRead = "standards_read",
        /// Keep them.
        StandardsManage = "standards_manage",
        /// See one's own service records as a volunteer.
        VolunteerRead = "volunteer_read",
        /// … those of the volunteers' posts one works at or leads.
        VolunteerReadPost = "volunteer_read_post",
        /// … those of the whole center.
        VolunteerReadAll = "volunteer_read_all",
        /// Write service records of one's own and have recipients confirm them.
        VolunteerServe = "volunteer_serve",
        /// State that a recipient confirmed a colleague's service.
        ServiceWitness = "service_witness",
        /// Look at volunteers' vests and armbands: of everybody, or at the posts one leads.
        KitCheck = "kit_check",
        /// Say that a volunteer can work alone.
        CompetenceSign = "competence_sign",
        /// Confirm by a code that one was served, or say that one was not.
        ServiceConfirm = "service_confirm",
        /// See checks of appearance: one's own; with the next one all, or those of the posts one leads.
        AppearanceRead = "appearance_read",
        /// Check somebody's appearance at their post: at any, or at those one leads.
        AppearanceCheck = "appearance_check",
        /// Keep the center's phrases.
        PhraseManage = "phrase_manage",
        /// Read the city's forms: published versions, in the city office also drafts.
        FormRead = "form_read",
        /// Write, publish and retire versions of the city's forms.
        FormManage = "form_manage",
        /// Rate, and answer form E, once for each token.
        RatingGive = "rating_give",
        /// See what the public says, week by week: of the center, and of the posts one works at or leads.
        RatingRead = "rating_read",
        /// … of every point of the center.
        RatingReadAll = "rating_read_all",
        /// Keep the points at which the public rates, and print their posters.
        RatingPointManage = "rating_point_manage",
        /// See signs that ratings were not given freely, and what was said of them.
        RatingFlagRead = "rating_flag_read",
        /// Say of such a sign whether it stands.
        RatingFlagDecide = "rating_flag_decide",
        /// See the cases that bad ratings open: all of the center, or once they are verified those about oneself.
        BadRatingRead = "bad_rating_read",
        /// Contact, verify, put right, call back and close, unless one is the target.
        BadRatingHandle = "bad_rating_handle",
        /// See how to reach a rater; each look is logged.
        BadRatingReveal = "bad_rating_reveal",
        /// Appeal against a rating of oneself or of the post that one leads.
        BadRatingAppeal = "bad_rating_appeal",
        /// See appeals against ratings, open one for a reason, and decide it.
        AppealDecide = "appeal_decide",
        /// See findings, rectification tasks and improvement plans: one's own, or all of them where one directs them.
        ImprovementRead = "improvement_read",
        /// Write down what was found, and open a task for a complaint that was found right.
        FindingRecord = "finding_record",
        /// Plan, carry out and hand in what is one's own to put right or improve.
        ImprovementAct = "improvement_act",
        /// Open tasks and plans, say whose they are, accept them and look again.
        ImprovementDirect = "improvement_direct",
        /// See rounds of evaluation: who rates, how far they are, what they came to.
        CampaignRead = "campaign_read",
        /// Organise rounds: the roster, the draw, invitations, remarks, publication.
        CampaignManage = "campaign_manage",
        /// Rate in rounds that one was named or invited for.
        CampaignRate = "campaign_rate",
        /// See what published rounds came to: of the center and its posts, and of oneself.
        CampaignResultRead = "campaign_result_read",
        /// Organise rounds in several centers of the city, and see how far each is and what it came to.
        CityRoundManage = "city_round_manage",
        /// Read the messages to oneself, and say that one has.
        NoticeRead = "notice_read",
        /// Take up a role by a one-time link.
        InvitationAccept = "invitation_accept",
        /// Read the standard's catalogue.
        CatalogueRead = "catalogue_read",
        /// Read, verify and export the audit of one's own center or city office.
        AuditRead = "audit_read",
    }
}

impl Role {
    /// Where it is held.
    #[must_use]
    pub const fn seat(self) -> Seat {
        match self {
            Self::CityAdmin | Self::SecurityAdmin | Self::CityReviewer | Self::Auditor => Seat::City,
            Self::PartyDelegate
            | Self::CongressDeputy
            | Self::CppccMember
            | Self::ThirdPartyLead
            | Self::ThirdPartyAssessor => Seat::Campaign,
            _ => Seat::Center,
        }
    }

    /// Whether it can do so much that a second factor is asked for, and idle sessions end sooner
    ///
    #[must_use]
    pub const fn is_privileged(self) -> bool {
        self.is_administration() || matches!(self, Self::CenterAdmin | Self::SupervisionOfficer)
    }

    /// Whether it administers the deployment: its system, its security or its audit. Nobody holds two of these (Z-6).
    #[must_use]
    pub const fn is_administration(self) -> bool {
        matches!(self, Self::CityAdmin | Self::SecurityAdmin | Self::Auditor)
    }

    /// Whether whoever manages members as `self` may give `role`. An administrator of a center
    /// does not make another: the city does; who works in the city office is the security
    /// administrator's to say (Z-6).
    #[must_use]
    pub const fn may_give(self, role: Self) -> bool {
        match self {
            Self::CenterAdmin => !matches!(role.seat(), Seat::City) && !matches!(role, Self::CenterAdmin),
            Self::CityAdmin => matches!(role, Self::CenterAdmin),
            Self::SecurityAdmin => matches!(role.seat(), Seat::City),
            _ => false,
        }
    }
}

/// The roles a person holds in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleSet(Vec<Role>);

impl RoleSet {
    /// The roles, each once, in the order of [`Role::ALL`].
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Self {
        let mut roles: Vec<_> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }

    /// Whether any of the roles holds `permission`.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.0.iter().any(|role| grants(*role, permission))
    }

    /// Whether one of the roles is privileged.
    #[must_use]
    pub fn are_privileged(&self) -> bool {
        self.0.iter().any(|role| role.is_privileged())
    }

    /// Whether one of the roles may give `role`.
    #[must_use]
    pub fn may_give(&self, role: Role) -> bool {
        self.0.iter().any(|own| own.may_give(role))
    }

    /// The roles themselves.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.0
    }
}

#[cfg(test)]
#[path = "permission_tests.rs"]
mod tests;
