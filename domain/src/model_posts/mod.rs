//! Model posts (clauses 6.9, 6.10, 6.12; domain sections C.5, C.6, C.8): a title a post earns and keeps, the ledger that
//! proves it, and what is missing.
//!
//! One engine, three definitions in data ([`definition`]): the life of a title is in [`title`], entries of the ledger in
//! [`ledger`], a team over time in [`team`], what is missing in [`gaps`]. Days are dates in Asia/Shanghai.
//! Invariants: nobody decides what they proposed, nobody approves an entry of a ledger they keep; sex, day of birth and
//! party membership come in as facts and leave as counts, or as names to whoever may know them.

pub mod definition;
pub mod gaps;
pub mod ledger;
pub mod team;
pub mod title;

use crate::{macros::text_enum, permission::Permission};

pub use definition::{Criterion, Definition, Rule, definition};
pub use gaps::{Facts, Gap, gaps};

text_enum! {
    /// Which of the three titles.
    pub enum ModelKind {
        /// 党员先锋岗 (6.9).
        Party = "party",
        /// 巾帼文明岗 (6.10).
        Women = "women",
        /// 青年文明岗 (6.12).
        Youth = "youth",
    }

    /// What proves an entry: the six kinds of material of 6.12.4.
    pub enum EvidenceKind {
        /// 文件.
        Document = "document",
        /// 图片.
        Picture = "picture",
        /// 资料.
        Material = "material",
        /// 音像.
        AudioVideo = "audio_video",
        /// 实物: kept somewhere, no file.
        PhysicalObject = "physical_object",
        /// 原始记录.
        OriginalRecord = "original_record",
    }

    /// What an entry of the ledger is about.
    #[cfg_attr(feature = "graphql", graphql(name = "LedgerActivity"))]
    pub enum Activity {
        /// 学习法规标准.
        Study = "study",
        /// 培训.
        Training = "training",
        /// 技能考核、竞赛.
        SkillTest = "skill_test",
        /// 解决窗口问题.
        ProblemSolved = "problem_solved",
        /// 合理化建议.
        Suggestion = "suggestion",
        /// 示范带动.
        Mobilising = "mobilising",
        /// 志愿服务.
        Volunteering = "volunteering",
        /// 创新创效.
        Innovation = "innovation",
        /// 信用建设示范行动.
        CreditAction = "credit_action",
        /// 会议.
        Meeting = "meeting",
        /// 宣传.
        Publicity = "publicity",
        /// 荣誉.
        Honour = "honour",
    }

    /// What somebody looks at on the spot, and finds in order or not.
    pub enum CheckKind {
        /// 标识牌.
        Plaque = "plaque",
        /// 党徽.
        PartyBadge = "party_badge",
        /// 环境和设施.
        Facilities = "facilities",
        /// 投诉信箱.
        ComplaintBox = "complaint_box",
        /// 投诉电话.
        ComplaintPhone = "complaint_phone",
        /// 挂牌服务.
        NamePlates = "name_plates",
        /// 公开的承诺: there, up to date and kept.
        Promise = "promise",
        /// 公开的制度、程序、标准.
        PublishedRules = "published_rules",
        /// 纪律: no breach on record.
        Conduct = "conduct",
    }
}

impl ModelKind {
    /// The kind of post in the catalogue that bears the title.
    #[must_use]
    pub const fn post_kind(self) -> &'static str {
        match self {
            Self::Party => "party_pioneer_post",
            Self::Women => "women_model_post",
            Self::Youth => "youth_model_post",
        }
    }

    /// The title of posts of this kind of the catalogue, if they bear one.
    #[must_use]
    pub fn of_post(post_kind: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.post_kind() == post_kind)
    }

    /// What lets somebody see its posts; whoever keeps its ledger sees no other kind.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Party => Permission::ModelPartyRead,
            Self::Women => Permission::ModelWomenRead,
            Self::Youth => Permission::ModelYouthRead,
        }
    }
}
