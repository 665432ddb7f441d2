//! Posts (岗位), who works at them, and who is where on which day (chapter 6; domain section C).
//!
//! A post goes `planned → active ↔ suspended → closed`; nothing is deleted. Days are dates in Asia/Shanghai, intervals
//! include both ends. What is computed about a post is in [`check`], who is where in [`roster`].

pub mod assign;
pub mod check;
pub mod kind;
pub mod roster;

use chrono::NaiveDate;

use crate::{
    DepartmentId, Violation,
    complaints::form::length,
    macros::text_enum,
    settings::{ChannelKind, code, line, reaches},
};

text_enum! {
    /// Where a post is in its life.
    pub enum PostStatus {
        /// 筹备: being set up; nothing is owed yet.
        Planned = "planned",
        /// 在用.
        Active = "active",
        /// 停用: comes back.
        Suspended = "suspended",
        /// 撤销: for good.
        Closed = "closed",
    }

    /// What is done with a post's life.
    pub enum PostStep {
        /// Put into use.
        Activate = "activate",
        /// Take out of use for a while.
        Suspend = "suspend",
        /// Give up for good.
        Close = "close",
    }

    /// How somebody belongs to a post.
    pub enum Capacity {
        /// 专岗: their place of work; one at a time.
        Main = "main",
        /// 兼岗: besides their main post, e.g. in a model post's team.
        Concurrent = "concurrent",
    }

    /// Why somebody is away.
    pub enum AbsenceReason {
        /// 休假.
        Leave = "leave",
        /// 病假.
        Sick = "sick",
        /// 培训.
        Training = "training",
        /// 公出.
        Business = "business",
        /// 其他.
        Other = "other",
    }

    /// Where a handover stands.
    pub enum HandoverStatus {
        /// Passed on, not yet taken.
        Given = "given",
        /// Taken by the other.
        Accepted = "accepted",
        /// Taken back by whoever gave it.
        Withdrawn = "withdrawn",
    }

    /// 性别: only for the women's model post and the choice of appearance items.
    pub enum Sex {
        /// 女.
        Female = "female",
        /// 男.
        Male = "male",
    }
}

/// The status after `step`.
///
/// # Errors
/// `posts.step` when the post is not where the step starts.
pub fn after(status: PostStatus, step: PostStep) -> Result<PostStatus, Violation> {
    use PostStatus as S;
    match (status, step) {
        (S::Planned | S::Suspended, PostStep::Activate) => Ok(S::Active),
        (S::Active, PostStep::Suspend) => Ok(S::Suspended),
        (S::Planned | S::Active | S::Suspended, PostStep::Close) => Ok(S::Closed),
        _ => Err(Violation::new("", "posts.step")),
    }
}

/// A post, as filled in.
#[derive(Clone, Debug, Default)]
pub struct PostForm {
    /// Short code, unique in the center.
    pub code: String,
    /// What it is called, e.g. 3号综合窗口.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its department.
    pub department: Option<DepartmentId>,
    /// The number over the window.
    pub window_no: Option<String>,
    /// Where it is.
    pub location: Option<String>,
    /// The phone that the public may call.
    pub public_phone: Option<String>,
    /// When it is open, in words.
    pub open_hours: Option<String>,
    /// What its people do.
    pub duties: Option<String>,
    /// The values of its kind's own fields: (key, value).
    pub extra: Vec<(String, String)>,
}

/// Longest text of a post's duties, in characters.
pub const DUTIES_MAX: usize = 4000;

impl PostForm {
    /// Every broken rule, in the order of the fields; `kind` is what the catalogue says, none when it knows no such kind.
    #[must_use]
    pub fn check(&self, kind: Option<&[kind::FieldSpec]>) -> Vec<Violation> {
        let optional = |field, text: &Option<String>, max| text.as_deref().and_then(|text| line(field, text, max));
        let mut found: Vec<_> = [
            code(&self.code),
            line("name", &self.name, 60),
            kind.is_none().then(|| Violation::new("kind", "posts.kind_unknown")),
            optional("windowNo", &self.window_no, 20),
            optional("location", &self.location, 100),
            self.public_phone.as_deref().and_then(|text| reaches(ChannelKind::Phone, "publicPhone", text)),
            optional("openHours", &self.open_hours, 200),
            self.duties.as_deref().and_then(|text| length("duties", text, 0, DUTIES_MAX)),
        ]
        .into_iter()
        .flatten()
        .collect();
        found.extend(kind.and_then(|fields| kind::check_values(fields, &self.extra)));
        found
    }
}

/// Somebody who works in the center, as filled in.
#[derive(Clone, Debug, Default)]
pub struct StaffForm {
    /// 工号: unique in the center.
    pub staff_no: String,
    /// Their name.
    pub name: String,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// What they are there.
    pub title: Option<String>,
    /// Since when they work here.
    pub joined_on: Option<NaiveDate>,
}

impl StaffForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
        let number = line("staffNo", &self.staff_no, 20)
            .or_else(|| (!self.staff_no.chars().all(plain)).then(|| Violation::new("staffNo", "posts.staff_no")));
        let title = self.title.as_deref().and_then(|text| line("title", text, 40));
        let joined =
            self.joined_on.filter(|day| *day > today).map(|_| Violation::new("joinedOn", "form.date_in_future"));
        [number, line("name", &self.name, 40), title, joined].into_iter().flatten().collect()
    }
}

/// What only some may know of somebody (domain section B, `ledger_keeper`). Stored encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Restricted {
    /// Sex.
    pub sex: Option<Sex>,
    /// Day of birth.
    pub born_on: Option<NaiveDate>,
    /// Whether they are a member of the party.
    pub party_member: Option<bool>,
}

impl Restricted {
    /// Every broken rule: nobody who works here is younger than 16 or older than 100.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let wrong = |day: &NaiveDate| today.years_since(*day).is_none_or(|age| !(16..=100).contains(&age));
        self.born_on.filter(wrong).map(|_| Violation::new("bornOn", "posts.born_on")).into_iter().collect()
    }
}

/// What one passes on to another, as filled in.
///
/// # Errors
/// `form.required` or `form.too_long` at `items`.
pub fn check_items(items: &str) -> Option<Violation> {
    length("items", items, 1, 2000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_moves_only_where_its_life_leads() {
        use PostStatus as S;
        let steps = |status| PostStep::ALL.iter().filter_map(move |step| after(status, *step).ok()).collect::<Vec<_>>();
        assert_eq!(steps(S::Planned), [S::Active, S::Closed]);
        assert_eq!(steps(S::Active), [S::Suspended, S::Closed]);
        assert_eq!(steps(S::Suspended), [S::Active, S::Closed]);
        assert_eq!(steps(S::Closed), []);
    }

    #[test]
    fn each_field_of_a_post_reports_its_own_fault() {
        let form = PostForm {
            code: "No 1".into(),
            window_no: Some("3\n".into()),
            public_phone: Some("call".into()),
            duties: Some("岗".repeat(DUTIES_MAX + 1)),
            ..PostForm::default()
        };
        let found: Vec<_> = form.check(None).into_iter().map(|v| (v.field, v.code)).collect();
        assert_eq!(
            found,
            [
                ("code", "settings.code"),
                ("name", "form.required"),
                ("kind", "posts.kind_unknown"),
                ("windowNo", "form.control_characters"),
                ("publicPhone", "form.phone"),
                ("duties", "form.too_long"),
            ]
        );
    }

    #[test]
    fn staff_are_told_what_is_wrong_with_their_number_their_dates_and_their_age() {
        let today = NaiveDate::from_ymd_opt(2026, 2, 13).unwrap();
        let tomorrow = today.succ_opt();
        let form = StaffForm { staff_no: "工号1".into(), joined_on: tomorrow, ..StaffForm::default() };
        let found: Vec<_> = form.check(today).into_iter().map(|v| (v.field, v.code)).collect();
        assert_eq!(
            found,
            [("staffNo", "posts.staff_no"), ("name", "form.required"), ("joinedOn", "form.date_in_future")]
        );
        for (born, fine) in [("2010-02-13", true), ("2010-02-14", false), ("1925-02-14", true), ("1925-02-12", false)] {
            let born_on = born.parse().ok();
            assert_eq!(Restricted { born_on, ..Restricted::default() }.check(today).is_empty(), fine, "{born}");
        }
    }
}
