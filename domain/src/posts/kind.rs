//! Kinds of posts as data: what is filled in besides, and what is looked at. The catalogue brings those of chapter 6, a
//! city adds its own.

use serde::{Deserialize, Serialize};

use crate::{
    Violation,
    complaints::form::length,
    macros::text_enum,
    settings::{code, line},
};

text_enum! {
    /// What a kind's own field takes.
    pub enum FieldType {
        /// A line of text.
        Text = "text",
        /// A whole number, not below 0.
        Number = "number",
        /// Yes or no: `true` or `false`.
        Flag = "flag",
        /// One of the options, by its key.
        Choice = "choice",
    }

    /// What is looked at for each active post of a kind (domain section C).
    pub enum PostCheck {
        /// It has a lead.
        Lead = "lead",
        /// Somebody is assigned.
        Staffed = "staffed",
        /// Its duties were reviewed within 12 months.
        DutiesReviewed = "duties_reviewed",
        /// Each person was trained this year (6.12.10, here for every post).
        Trained = "trained",
        /// Each person has passed an induction; before that nobody is put there (6.7.1).
        Inducted = "inducted",
    }
}

/// One of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOption {
    /// What is stored.
    pub key: String,
    /// Chinese label.
    pub label_zh: String,
    /// English label.
    pub label_en: String,
}

/// A kind's own field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// What is stored under; small letters, digits, underscores.
    pub key: String,
    /// What it takes.
    pub kind: FieldType,
    /// Chinese label.
    pub label_zh: String,
    /// English label.
    pub label_en: String,
    /// What a choice is between.
    #[serde(default)]
    pub options: Vec<FieldOption>,
}

/// A kind that a city adds, as filled in.
#[derive(Clone, Debug, Default)]
pub struct KindForm {
    /// Short code, unique among all kinds.
    pub code: String,
    /// The clause it belongs to, if any.
    pub clause: Option<String>,
    /// Chinese name.
    pub title_zh: String,
    /// English name.
    pub title_en: String,
    /// What it is, in Chinese.
    pub summary_zh: String,
    /// The same in English.
    pub summary_en: String,
    /// Its own fields.
    pub fields: Vec<FieldSpec>,
    /// What is looked at.
    pub checks: Vec<PostCheck>,
}

/// Most fields of a kind.
pub const FIELDS_MAX: usize = 20;

impl KindForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let texts = [
            code(&self.code),
            self.clause.as_deref().and_then(|text| line("clause", text, 20)),
            line("titleZh", &self.title_zh, 40),
            line("titleEn", &self.title_en, 60),
            length("summaryZh", &self.summary_zh, 1, 300),
            length("summaryEn", &self.summary_en, 1, 500),
            (self.fields.len() > FIELDS_MAX)
                .then(|| Violation::new("fields", "posts.too_many_fields").with("max", FIELDS_MAX)),
        ];
        texts.into_iter().flatten().chain(self.fields.iter().filter_map(|field| self.check_field(field))).collect()
    }

    fn check_field(&self, field: &FieldSpec) -> Option<Violation> {
        let keys = |key: &str| {
            !key.is_empty()
                && key.len() <= 32
                && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        let wrong = |code| Violation::new("fields", code).with("key", &field.key);
        let twice = self.fields.iter().filter(|other| other.key == field.key).count() > 1;
        let choice = field.kind == FieldType::Choice;
        let options_fine = field
            .options
            .iter()
            .all(|o| keys(&o.key) && line("", &o.label_zh, 40).is_none() && line("", &o.label_en, 60).is_none());
        if !keys(&field.key) || line("", &field.label_zh, 40).is_some() || line("", &field.label_en, 60).is_some() {
            Some(wrong("posts.field"))
        } else if twice {
            Some(wrong("posts.field_twice"))
        } else if choice == field.options.is_empty() || !options_fine {
            Some(wrong("posts.field_options"))
        } else {
            None
        }
    }
}

/// The first value that does not suit its field, or that has none.
#[must_use]
pub fn check_values(fields: &[FieldSpec], values: &[(String, String)]) -> Option<Violation> {
    values.iter().enumerate().find_map(|(i, (key, value))| {
        let wrong = |code| Some(Violation::new("extra", code).with("key", key));
        let Some(field) = fields.iter().find(|field| field.key == *key) else { return wrong("posts.field_unknown") };
        if values.iter().take(i).any(|(other, _)| other == key) {
            return wrong("posts.field_twice");
        }
        let fine = match field.kind {
            FieldType::Text => line("", value, 200).is_none(),
            FieldType::Number => value.parse::<u32>().is_ok(),
            FieldType::Flag => matches!(value.as_str(), "true" | "false"),
            FieldType::Choice => field.options.iter().any(|option| option.key == *value),
        };
        if fine { None } else { wrong("posts.field_value") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, kind: FieldType) -> FieldSpec {
        let options = match kind {
            FieldType::Choice => {
                vec![FieldOption { key: "intake".into(), label_zh: "受理".into(), label_en: "Intake".into() }]
            }
            _ => Vec::new(),
        };
        FieldSpec { key: key.into(), kind, label_zh: "字段".into(), label_en: "Field".into(), options }
    }

    #[test]
    fn a_value_suits_its_field() {
        let fields = [
            field("type", FieldType::Choice),
            field("linked", FieldType::Flag),
            field("seats", FieldType::Number),
            field("note", FieldType::Text),
        ];
        for (key, value, fine) in [
            ("type", "intake", true),
            ("type", "other", false),
            ("linked", "true", true),
            ("linked", "yes", false),
            ("seats", "3", true),
            ("seats", "-3", false),
            ("note", "备注", true),
            ("note", "a\nb", false),
            ("nothing", "x", false),
        ] {
            assert_eq!(check_values(&fields, &[(key.into(), value.into())]).is_none(), fine, "{key} {value}");
        }
        let twice = [("seats".to_owned(), "1".to_owned()), ("seats".to_owned(), "2".to_owned())];
        assert_eq!(check_values(&fields, &twice).map(|v| v.code), Some("posts.field_twice"));
    }

    #[test]
    fn a_citys_kind_says_what_is_wrong_with_its_fields() {
        let form = |fields| KindForm {
            code: "night-desk".into(),
            title_zh: "夜间岗".into(),
            title_en: "Night desk".into(),
            summary_zh: "夜间值守。".into(),
            summary_en: "Open at night.".into(),
            fields,
            ..KindForm::default()
        };
        let codes = |fields| form(fields).check().into_iter().map(|v| v.code).collect::<Vec<_>>();
        assert_eq!(codes(vec![field("seats", FieldType::Number)]), Vec::<&str>::new());
        assert_eq!(codes(vec![field("Seats!", FieldType::Number)]), ["posts.field"]);
        assert_eq!(codes(vec![field("a", FieldType::Flag), field("a", FieldType::Flag)]), ["posts.field_twice"; 2]);
        let bare = FieldSpec { options: Vec::new(), ..field("type", FieldType::Choice) };
        assert_eq!(codes(vec![bare]), ["posts.field_options"]);
    }
}
